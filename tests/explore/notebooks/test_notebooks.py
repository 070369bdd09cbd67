"""The notebooks run as scripts, are sound marimo files, and convert to Jupyter notebooks whose cells run."""

from __future__ import annotations

import ast
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("marimo", reason="needs the extra notebooks")
Capture = pytest.CaptureFixture[str]
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


def run_script(path: Path, env: dict[str, str], at: Path, patch: pytest.MonkeyPatch) -> int:
    """Run a notebook as `python <path>` would, in this process, which loads its libraries once; return its exit code."""
    for name, value in env.items():
        patch.setenv(name, value)
    patch.chdir(at)
    patch.setattr(sys, "argv", [str(path)])
    try:
        runpy.run_path(str(path), run_name="__main__")
    except SystemExit as end:
        if not isinstance(end.code, str):
            return int(end.code or 0)
        print(end.code, file=sys.stderr)  # as the interpreter does
        return 1
    return 0


def test_there_are_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["explore", "first_look"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_as_a_script(
    path: Path, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    code = run_script(path, environment, tmp_path, monkeypatch)
    shown, told = capfd.readouterr()
    assert (code, told) == (0, "")
    assert ("Private sector" if path.stem == "first_look" else "Objectives that no RCP has taken up") in shown
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_without_results_it_is_one_line(
    path: Path, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    env = environment | {"GCMREFS_OUTPUTS": str(tmp_path / "none")}
    assert run_script(path, env, tmp_path, monkeypatch) == 1
    shown, told = capfd.readouterr()
    assert told.count("\n") == 1
    assert "make run" in told
    assert "Traceback" not in told + shown


def test_they_are_sound_marimo_files(environment: dict[str, str]) -> None:
    words = [sys.executable, "-m", "marimo", "check", "--strict", *map(str, NOTEBOOKS)]
    done = subprocess.run(words, capture_output=True, text=True, env=environment, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "path",
    [pytest.param(p, marks=[pytest.mark.slow] if p.stem == "explore" else [], id=p.stem) for p in NOTEBOOKS],
)
def test_opens_in_jupyter(
    path: Path, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    jupytext = pytest.importorskip("jupytext", reason="needs the extra notebooks")
    import nbformat

    book = tmp_path / "book.ipynb"
    monkeypatch.setenv("PATH", environment["PATH"])  # where jupytext looks for marimo
    jupytext.write(jupytext.read(path), book)
    nbformat.validate(nbformat.read(book, as_version=4))
    (cells := tmp_path / "cells.py").write_text(RUNNER.replace("sys.argv[1]", repr(str(book))), encoding="utf-8")
    code = run_script(cells, environment, tmp_path, monkeypatch)
    shown, told = capfd.readouterr()
    assert (code, told) == (0, "")
    assert "<table" in shown
    for element in ("marimo-table", "marimo-vega", "<script", "http://", "https://cdn"):
        assert element not in shown.replace("http://www.w3.org", "")


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
