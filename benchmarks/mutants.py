"""How many small faults, put into the code one at a time, the tests notice: `make mutants`.

    python -m benchmarks.mutants [--count 60] [--minutes 9] [--seed 1] [--workers 2] [--only pipeline/segment]

A mutant is the code of `pipeline/tables`, `pipeline/segment` or `extractors` with one comparison, condition, number,
sum, returned value or call changed. For each of a sample the tests of the mirrored folder and the examples of the
module run in a copy of the tree, those of the module first; it is killed where one fails or takes five times its
time. A module whose tests fail without any mutant is named and left out. The order of the sample is that of the seed,
and it ends with the count or the time. A survivor is a fault that no test of the folder would notice, or a change
that means nothing.

Two changes that mean nothing by themselves are not made: a returned True or False is turned round and not also made None
(None is as false as False), and a bound of twenty or more in a slice, which cuts a text for display or for speed, does
not grow by one.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import multiprocessing
import os
import py_compile
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FOLDERS = ("pipeline/tables", "pipeline/segment", "extractors")
GOAL = 0.85
_PATIENCE, _LEAST = 5, 60.0
"""A mutant may take so many times what the unchanged code takes, and so many seconds in any case."""
_FORK = multiprocessing.get_context("fork")
_HEAVY = ("pandas", "pydantic", "spacy", "rapidfuzz", "hypothesis", "docx", "sqlalchemy", "xlsxwriter", "pytest")
"""Libraries that each test process finds loaded."""
_LEFT = ("annotation", "returns", "decorator_list", "type_params")
"""Parts of the code that stay as they are."""
_LEAST_BOUND = 20
"""The smallest bound of a slice that is a mere length."""
_COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}


class Mutant(NamedTuple):
    """A change of the bytes from `start` to `end` of a file."""

    path: str
    line: int
    start: int
    end: int
    old: str
    new: str

    def __str__(self) -> str:
        old, new = (" ".join(text.split()) for text in (self.old, self.new))
        return f"{self.path}:{self.line}  {old[:70]} -> {new[:40]}"

    def applied(self, source: bytes) -> bytes:
        return source[: self.start] + self.new.encode() + source[self.end :]


def mutants(path: str, source: bytes) -> Iterator[Mutant]:
    """Every mutant of a file; annotations, decorators and messages of errors are left as they are.

    >>> [m.new for m in mutants("a.py", b"def f(a):\\n    return a < 1\\n")]
    ['None', '<=', '2']
    """
    lines = [0]
    for text in source.splitlines(keepends=True):
        lines.append(lines[-1] + len(text))

    def mutant(first: ast.expr | ast.stmt, start: int, end: int, new: str) -> Mutant:
        return Mutant(path, first.lineno, start, end, source[start:end].decode(), new)

    def span(node: ast.expr | ast.stmt) -> tuple[int, int]:
        return lines[node.lineno - 1] + node.col_offset, lines[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)

    def between(left: ast.expr, right: ast.expr, old: str, new: str) -> Iterator[Mutant]:
        """Change the operator that stands between two operands."""
        start, end = span(left)[1], span(right)[0]
        spaced = old.replace(" ", r"\s+")
        pattern = rf"\b{spaced}\b" if old[0].isalpha() else re.escape(old)
        if hit := re.search(pattern.encode(), source[start:end]):
            yield mutant(right, start + hit.start(), start + hit.end(), new)

    def of(node: ast.AST) -> Iterator[Mutant]:
        match node:
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                yield from between(left, right, *_COMPARISONS[type(op)])
            case ast.BoolOp(op=ast.And(), values=[left, right, *_]):
                yield from between(left, right, "and", "or")
            case ast.BoolOp(op=ast.Or(), values=[left, right, *_]):
                yield from between(left, right, "or", "and")
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                yield from between(left, right, "+", "-")
            case ast.BinOp(op=ast.Sub(), left=left, right=right):
                yield from between(left, right, "-", "+")
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield mutant(node, *span(node), f"({source[slice(*span(operand))].decode()})")
            case ast.Constant(value=bool(value)):
                yield mutant(node, *span(node), str(not value))
            case ast.Constant(value=int(value)):
                yield mutant(node, *span(node), str(value + 1))
            case ast.Constant(value=float(value)):
                yield mutant(node, *span(node), repr(value * 10 or 1.0))
            case ast.Return(value=ast.Constant(value=None | bool())):
                pass
            case ast.Return(value=ast.expr() as value):
                yield mutant(node, *span(value), "None")
            case ast.Expr(value=ast.Call()):
                yield mutant(node, *span(node), "pass")

    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.Raise | ast.JoinedStr):
            continue
        yield from of(node)
        for name, value in ast.iter_fields(node):
            if name not in _LEFT and not (isinstance(node, ast.Slice) and _is_length(value)):
                waiting += [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, ast.AST)]


def _is_length(bound: ast.expr | None) -> bool:
    """Whether a bound of a slice is a number that only says how long a text may be: `[:60]`, `[-80:]`."""
    number = bound.operand if isinstance(bound, ast.UnaryOp) else bound
    return isinstance(number, ast.Constant) and isinstance(number.value, int) and number.value >= _LEAST_BOUND


def tests_of(path: str) -> tuple[str, ...]:
    """The tests of a module: its own, its examples, then those of the folder that mirrors its own, then golden files above it."""
    module = Path(path)
    parts = module.parent.parts[1:] if module.parts[0] == "pipeline" else module.parent.parts
    folders = [ROOT.joinpath("tests", *parts[:n]) for n in range(len(parts), 0, -1)]
    near, *above = [folder for folder in folders if folder.is_dir()]
    own = near / f"test_{module.stem}.py"
    found = [*sorted(near.rglob("test_*.py")), *(folder / "test_golden.py" for folder in above)]
    names = [p.relative_to(ROOT).as_posix() for p in (own, *found) if p.is_file()]
    if ">>>" in (ROOT / path).read_text(encoding="utf-8"):
        dotted = ".".join(module.with_suffix("").parts).removesuffix(".__init__")
        names.insert(int(own.is_file()), f"tests/test_examples.py::test_they_are_true[{dotted}]")
    return tuple(dict.fromkeys(names))


def copied(folder: Path) -> Path:
    """A copy of the files that Git knows or would add, compiled so that only a changed module is compiled again."""
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    compileall.compile_dir(folder, quiet=2, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    return folder


def _child(tree: Path, tests: Sequence[str]) -> None:
    """Run tests in a copy of the tree; ends the process with pytest's exit code."""
    import pytest

    os.setsid()
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    os.chdir(tree)
    sys.dont_write_bytecode = True
    sys.path[:] = [str(tree), *(place for place in sys.path if Path(place or ".").resolve() != ROOT)]
    os._exit(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]))


def passes(tree: Path, tests: Sequence[str], seconds: float) -> bool:
    """Whether the tests pass in that tree, in time."""
    process = _FORK.Process(target=_child, args=(tree, tests))
    process.start()
    process.join(seconds)
    if process.is_alive():
        os.killpg(process.pid or 0, 9)
        process.join()
    return process.exitcode == 0


def survives(tree: Path, mutant: Mutant, tests: Sequence[str], seconds: float) -> bool:
    """Put the mutant into the tree, run the tests, and put the module back."""
    place = tree / mutant.path
    source = place.read_bytes()
    try:
        place.write_bytes(mutant.applied(source))
        return passes(tree, tests, seconds)
    finally:
        place.write_bytes(source)


def sample(seed: int, only: Sequence[str]) -> list[Mutant]:
    """Every mutant of those folders or files, in the order of the seed."""
    paths = [p for place in only for p in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))]
    every = [m for p in sorted(paths) for m in mutants(p.relative_to(ROOT).as_posix(), p.read_bytes())]
    random.Random(seed).shuffle(every)
    return every


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks.mutants")
    options.add_argument("--count", type=int, default=10_000, help="so many mutants at most")
    options.add_argument("--minutes", type=float, default=9.0, help="so long at most")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--workers", type=int, default=2, help="so many mutants at a time")
    options.add_argument("--only", nargs="+", default=FOLDERS, metavar="PATH", help="folders or files to change")
    given = options.parse_args()
    end = time.monotonic() + given.minutes * 60
    every = sample(given.seed, given.only)
    for name in _HEAVY:
        __import__(name)
    with tempfile.TemporaryDirectory() as folder:
        trees = [copied(Path(folder) / str(n)) for n in range(given.workers)]
        known: dict[frozenset[str], float | None] = {}
        is_measuring = Lock()

        def allowed(tree: Path, tests: Sequence[str]) -> float | None:
            """The seconds that these tests may take, None where they fail; the modules of a folder have the same tests."""
            key = frozenset(tests)
            with is_measuring:
                if key not in known:
                    start = time.monotonic()
                    is_usable = passes(tree, tests, 600)
                    known[key] = max(_LEAST, _PATIENCE * (time.monotonic() - start)) if is_usable else None
                return known[key]

        def judged(number: int) -> list[tuple[Mutant, bool]]:
            """The results of one worker's part of the mutants."""
            out: list[tuple[Mutant, bool]] = []
            for mutant in every[: given.count][number :: given.workers]:
                if time.monotonic() > end:
                    break
                tests = tests_of(mutant.path)
                seconds = allowed(trees[number], tests)
                if seconds is None:
                    print(f"left out, its tests fail without any mutant: {mutant.path}", flush=True)
                    continue
                has_survived = survives(trees[number], mutant, tests, seconds)
                print("survived" if has_survived else "killed  ", mutant, flush=True)
                out.append((mutant, has_survived))
            return out

        with ThreadPoolExecutor(given.workers) as pool:
            results = [result for part in pool.map(judged, range(given.workers)) for result in part]
    killed = sum(not has_survived for _, has_survived in results)
    print(f"{killed} of {len(results)} mutants killed ({len(every)} possible, seed {given.seed}): ", end="")
    print(f"{killed / len(results) if results else 0:.2f}, goal {GOAL}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
