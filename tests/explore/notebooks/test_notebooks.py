"""The notebooks run as scripts, are sound marimo files, and convert to Jupyter notebooks whose cells run."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("marimo", reason="needs the extra notebooks")
NOTEBOOKS = sorted((Path(__file__).parents[3] / "pipeline" / "explore" / "notebooks").glob("[!_]*.py"))

RUNNER = """
import ast, json, sys
scope = {"__name__": "__main__"}
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] != "code":
        continue
    tree = ast.parse("".join(cell["source"]))
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), scope)
    if last is not None:
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), scope)
        if hasattr(value, "_repr_html_"):
            print("HTML:", value._repr_html_())
"""
"""Runs the code cells of a Jupyter notebook one after the other in one scope, as a kernel does, and prints what each shows."""


def go(*words: str, env: dict[str, str], at: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, env=env, cwd=at, timeout=200)


def test_there_are_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["explore", "first_look"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_as_a_script(path: Path, environment: dict[str, str], tmp_path: Path) -> None:
    done = go(str(path), env=environment, at=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert ("Private sector" if path.stem == "first_look" else "Objectives that no RCP has taken up") in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_without_results_it_is_one_line(path: Path, environment: dict[str, str], tmp_path: Path) -> None:
    done = go(str(path), env=environment | {"GCMREFS_OUTPUTS": str(tmp_path / "none")})
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "make run" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_they_are_sound_marimo_files(environment: dict[str, str]) -> None:
    done = go("-m", "marimo", "check", "--strict", *map(str, NOTEBOOKS), env=environment)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "path",
    [pytest.param(p, marks=[pytest.mark.slow] if p.stem == "explore" else [], id=p.stem) for p in NOTEBOOKS],
)
def test_opens_in_jupyter(path: Path, environment: dict[str, str], tmp_path: Path) -> None:
    pytest.importorskip("jupytext", reason="needs the extra notebooks")
    import nbformat

    book = tmp_path / "book.ipynb"
    done = go("-m", "jupytext", "--to", "ipynb", str(path), "-o", str(book), env=environment)
    assert done.returncode == 0, done.stderr
    nbformat.validate(nbformat.read(book, as_version=4))
    done = go("-c", RUNNER, str(book), env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "<table" in done.stdout
    for element in ("marimo-table", "marimo-vega", "<script", "http://", "https://cdn"):
        assert element not in done.stdout.replace("http://www.w3.org", "")


def test_every_question_takes_under_ten_lines() -> None:
    tree = ast.parse(
        (Path(__file__).parents[3] / "pipeline" / "explore" / "notebooks" / "explore.py").read_text(encoding="utf-8")
    )
    cells = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    shown = [cell for cell in cells if "show_code" in ast.unparse(cell)]
    assert len(shown) >= 6
    for cell in shown:
        body = [statement for statement in cell.body if not isinstance(statement, ast.Return)]
        first, last = body[0].lineno, body[-1].end_lineno
        assert last is not None
        assert last - first + 1 < 10


def test_the_first_table_takes_ten_lines() -> None:
    tree = ast.parse(
        (Path(__file__).parents[3] / "pipeline" / "explore" / "notebooks" / "first_look.py").read_text(encoding="utf-8")
    )
    cell = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and "groupby" in ast.unparse(n))
    last = cell.body[-2].end_lineno
    assert last is not None
    assert last - cell.body[0].lineno + 1 <= 10
