"""The files of an audit: columns, side by side texts, nothing that a document could run."""

from __future__ import annotations

import csv
import io
import json
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import html5lib
import openpyxl
import pytest
from docx import Document
from typer.testing import CliRunner

from pipeline.audit import Audit, audit_analysis
from pipeline.audit.claims import COLUMNS, MISSED_COLUMNS
from pipeline.audit.write.page import render_page
from pipeline.audit.write.rows import PARTS, csv_bytes, jsonl_bytes, list_rows
from pipeline.audit.write.word import write_word
from pipeline.audit.write.workbook import write_workbook
from pipeline.commands import app
from tests.audit import sample

HOSTILE = (
    '- "=HYPERLINK(1) <script>alert(1)</script> Exchange lessons in **settings** such as the Colombo Process" (§5i)\n'
)


@lru_cache(maxsize=1)
def audited() -> Audit:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "analysis <b>.md"
        path.write_text(sample.MARKDOWN + "\n## More\n\n" + HOSTILE, encoding="utf-8")
        return audit_analysis(path, sample.RESOLUTION)


def test_columns() -> None:
    assert COLUMNS == (
        "claim", "kind", "section", "wording", "quote", "paragraph_printed", "status", "paragraph_true", "wording_true", "note",
        "review",
    )  # fmt: skip


def test_csv_and_jsonl() -> None:
    found = list_rows(audited(), "claims")
    data = csv_bytes(found, PARTS["claims"])
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert tuple(read[0]) == COLUMNS
    assert len(read) == len(found) + 1
    assert not [cell for row in read for cell in row if cell[:1] in ("=", "@", "+")]
    assert [json.loads(line) for line in jsonl_bytes(found).decode().splitlines()] == found


def test_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(audited())), rich_text=True)
    assert book.sheetnames == ["Summary", "Claims", "Running text", "Not cited"]
    sheet = book["Claims"]
    assert [cell.value for cell in sheet[1]][:3] == ["Claim", "Kind", "Section"]
    assert sheet.max_row == len(audited().claims) + 1
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert [cell.value for cell in book["Not cited"][1]] == [name.capitalize() for name in MISSED_COLUMNS]
    assert write_workbook(audited()) == write_workbook(audited())


def test_word() -> None:
    document = Document(io.BytesIO(write_word(audited())))
    runs = [run for table in document.tables for cell in table._cells for p in cell.paragraphs for run in p.runs]
    assert any(run.font.strike and run.text.strip() == "organisations" for run in runs)
    assert any(run.font.underline and run.text.strip() == "organizations" for run in runs)


def test_page_shows_both_texts_and_runs_nothing() -> None:
    html = render_page(audited()).decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert "<del>organisations</del>" in html
    assert "<ins>organizations</ins>" in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "http" not in html.replace("http-equiv", "")


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.xlsx", "a.docx", "a.html"])
def test_the_files_name_tells_the_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("pipeline.audit.audit_analysis", lambda *files, **words: audited())
    (tmp_path / "analysis.md").write_text("x", encoding="utf-8")
    told = CliRunner().invoke(
        app.app,
        ["audit", str(tmp_path / "analysis.md"), "--against", str(sample.RESOLUTION), "-o", str(tmp_path / name)],
    )
    assert told.exit_code == 0, told.output
    assert (tmp_path / name).stat().st_size > 500
    assert "claims about sample-resolution.en.txt" in " ".join(told.output.split())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "wrong_paragraph"),
        (["--missed"], "category"),
        (["--narrative"], "Trade unions"),
        (["--json"], '"paragraph_printed"'),
        (["--format", "csv"], "paragraph_printed,status"),
        (["--format", "html"], "<!DOCTYPE html>"),
    ],
)
def test_printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: list[str], expected: str) -> None:
    monkeypatch.setattr("pipeline.audit.audit_analysis", lambda *files, **named: audited())
    (tmp_path / "analysis.md").write_text("x", encoding="utf-8")
    told = CliRunner().invoke(
        app.app, ["audit", str(tmp_path / "analysis.md"), "--against", str(sample.RESOLUTION), *words]
    )
    assert told.exit_code == 0, told.output
    assert expected in told.output
    if not words or words[0] in ("--missed", "--narrative"):
        assert max(map(len, told.stdout.splitlines())) <= 100


@pytest.mark.parametrize(
    "words",
    [
        ["--format", "xlsx"],
        ["-o", "a.zip"],
        ["--json", "--format", "csv"],
        ["--missed", "--narrative"],
        ["-o", "none/a.csv"],
    ],
)
def test_bad_usage(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    told = CliRunner().invoke(app.app, ["audit", str(tmp_path / "a.md"), "--against", str(sample.RESOLUTION), *words])
    assert told.exit_code == 2


def test_a_missing_file_is_bad_usage(tmp_path: Path) -> None:
    told = CliRunner().invoke(app.app, ["audit", str(tmp_path / "no.pdf"), "--against", str(sample.RESOLUTION)])
    assert told.exit_code == 2
    assert "such file" in told.output
