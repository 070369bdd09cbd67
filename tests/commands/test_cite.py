from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.commands.app import app
from pipeline.errors import GcmrefsError


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    documents = [
        {"document": "lake.en", "title": "Lake Declaration", "date": "2022-06-10", "preferred": True},
        {"document": "lake.pdf", "title": "Lake Declaration", "date": "2022-06-10", "preferred": False},
    ]
    (tmp_path / "latest").mkdir()
    (tmp_path / "latest" / "run.json").write_text(json.dumps({"documents": documents}), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", "“Lake Declaration”, 10 June 2022\n"),
        ("lake.pdf lake.en", "“Lake Declaration”, 10 June 2022\n" * 2),
        ("lake.pdf --format ris", "TY  - RPRT\r\nID  - lake.pdf\r\n"),
    ],
)
def test_cite_prints(outputs: Path, words: str, expected: str) -> None:
    done = CliRunner().invoke(app, ["cite", *words.split(), "--outputs", str(outputs)])
    assert done.exit_code == 0 and done.stdout_bytes.decode().startswith(expected)


@pytest.mark.parametrize(
    ("name", "start"), [("a.bib", "@techreport{"), ("a.json", "["), ("a.ris", "TY"), ("a.txt", "“")]
)
def test_the_name_of_the_file_tells_the_format(outputs: Path, name: str, start: str) -> None:
    done = CliRunner().invoke(app, ["cite", "lake.en", "-o", str(outputs / name), "--outputs", str(outputs)])
    assert done.exit_code == 0 and (outputs / name).read_text(encoding="utf-8").startswith(start)


def test_mistakes_are_told_in_one_line(outputs: Path) -> None:
    done = CliRunner().invoke(app, ["cite", "-o", str(outputs / "a.doc"), "--outputs", str(outputs)])
    assert done.exit_code == 2 and "no format of citations" in done.stderr and done.stderr.count("\n") == 1
    done = CliRunner().invoke(app, ["cite", "lake.de", "--outputs", str(outputs)])
    assert isinstance(done.exception, GcmrefsError) and str(done.exception).endswith("it has lake.en, lake.pdf")
    done = CliRunner().invoke(app, ["cite", "--outputs", str(outputs / "nowhere")])
    assert isinstance(done.exception, GcmrefsError) and "run gcmrefs run first" in str(done.exception)
