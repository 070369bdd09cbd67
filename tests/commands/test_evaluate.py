"""`gcmrefs evaluate`: places of gold, forms of the result, runs to judge and to compare with, exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.commands import app
from pipeline.run import publish
from tests.run import fake

TEXT = "The forum met.\nWe thank diasporas.\nAnother forum met.\n"
GOLD = "paragraph,category,wording\n1,iscm.generic,the forum\n2,stakeholder.diasporas,diasporas\n"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in list(os.environ):
        if name.startswith("GCMREFS_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(publish, "write_tables", fake.write)
    for folder in ("corpus", "gold"):
        (tmp_path / folder).mkdir()
    (tmp_path / "corpus" / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "corpus" / "bad.txt").write_text("encrypted\n", encoding="utf-8")
    (tmp_path / "gold" / "truth.csv").write_text(GOLD, encoding="utf-8")
    with fake.stages():
        yield tmp_path


def call(*words: str, capfd: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    sys.argv = ["gcmrefs", *words]
    code = 0
    try:
        app.main()
    except SystemExit as left:
        code = int(left.code or 0)
    out, err = capfd.readouterr()
    return code, out, err


def test_json(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = call("evaluate", "--gold", "gold", "--json", capfd=capfd)
    found = json.loads(out)
    figure = next(f for f in found["figures"] if (f["matching"], f["by"]) == ("overlap", "all"))
    assert (code, figure["support"], figure["right"], figure["missed"], figure["spurious"]) == (0, 2, 1, 1, 1)
    assert found["files"][0]["known_by"] == "content" and found["documents"][0]["document"] == "one"
    assert found["versions"]["parser"] == fake.make_versions().parser
    assert err == ""


def test_gold_by_the_environment_and_by_file(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCMREFS_GOLD", "gold")
    assert call("evaluate", capfd=capfd)[0] == 0
    code, out, _ = call("evaluate", "--gold", "gold/truth.csv=one", "--json", capfd=capfd)
    assert (code, json.loads(out)["files"][0]["known_by"]) == (0, "given")


@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        ([], 2, "GCMREFS_GOLD"),
        (["--gold", "nowhere"], 1, "nowhere: no such file or folder"),
        (["--gold", "nowhere=one"], 2, "nowhere is no file"),
        (["--gold", "gold/truth.csv=two"], 1, "no document two in the corpus"),
        (["--gold", "gold", "-o", "a.xlsx"], 2, "must end in .md, .csv or .json"),
        (["--gold", "gold", "-o", "none/a.md"], 2, "no such folder"),
        (["--gold", "gold", "--what", "changes", "-o", "a.csv"], 2, "--compare RUN"),
        (["--gold", "gold", "--run", "latest"], 1, "no such run"),
        (["--gold", "gold", "--corpus", "none"], 1, "none: no such folder"),
        (["--gold", "corpus"], 1, "no gold file"),
    ],
)
def test_mistakes(words: list[str], code: int, problem: str, capfd: pytest.CaptureFixture[str]) -> None:
    got, _, err = call("evaluate", *words, capfd=capfd)
    assert got == code and problem in " ".join(err.replace("│", " ").split()) and "Traceback" not in err


def test_minimum(capfd: pytest.CaptureFixture[str]) -> None:
    assert call("evaluate", "--gold", "gold", "--min-f1", "0.5", capfd=capfd)[0] == 0
    code, _, err = call("evaluate", "--gold", "gold", "--min-f1", "0.9", capfd=capfd)
    assert code == 1 and "minimum missed: F1 0.5000 < 0.9" in err


def test_files(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert call("evaluate", "--gold", "gold", "-o", "a.md", capfd=capfd)[0] == 0
    first = (place / "a.md").read_bytes()
    assert call("evaluate", "--gold", "gold", "-o", "a.md", capfd=capfd)[0] == 0
    assert (place / "a.md").read_bytes() == first and b"# Accuracy" in first
    call("evaluate", "--gold", "gold", "-o", "a.csv", capfd=capfd)
    rows = list(csv.DictReader(io.StringIO((place / "a.csv").read_text(encoding="utf-8-sig"))))
    assert {row["by"] for row in rows} == {"all", "category", "document", "language"}
    call("evaluate", "--gold", "gold", "-o", "a.csv", "--what", "disagreements", capfd=capfd)
    rows = list(csv.DictReader(io.StringIO((place / "a.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["verdict"], row["paragraph"]) for row in rows] == [
        ("wording", "1"),
        ("missed", "2"),
        ("spurious", "3"),
    ]
    assert "quote" not in rows[0]


def test_runs(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (place / "corpus" / "bad.txt").unlink()
    assert call("run", capfd=capfd)[0] == 0
    code, out, _ = call("evaluate", "--gold", "gold", "--run", "latest", "--json", capfd=capfd)
    assert code == 0 and json.loads(out)["figures"][0]["support"] == 2
    (place / "corpus" / "one.txt").write_text(TEXT.replace("Another forum", "Nobody"), encoding="utf-8")
    code, out, _ = call("evaluate", "--gold", "gold", "--compare", "latest", "--json", capfd=capfd)
    assert json.loads(out)["comparison"]["counts"] == {"lost_better": 1}
    call("evaluate", "--gold", "gold", "--compare", "latest", "-o", "c.csv", "--what", "changes", capfd=capfd)
    text = (place / "c.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].startswith("lost,better,one,3,iscm.generic,forum")
    code, out, _ = call("evaluate", "--gold", "gold", "--compare", "latest", "-o", "c.md", capfd=capfd)
    assert "## Against run" in (place / "c.md").read_text(encoding="utf-8")
