from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.export.excel import workbook
from pipeline.export.page import report, sheets
from pipeline.export.pictures import figures
from pipeline.export.word import cross_tables as word
from pipeline.tables.build import Frames, build_tables
from pipeline.tables.table import Table
from tests.tables.mechanisms import sample as sample

RUN: dict[str, Any] = {"run_id": "r", "started": "2030-01-02T03:04:05Z", "documents": sample.DOCUMENTS}


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    return build_tables(Frames(*sample.frames(), documents=sample.DOCUMENTS), labels={})


@pytest.fixture(scope="module")
def drawn(tables: dict[str, Table]) -> tuple[figures.ChartFigure, ...]:
    return figures.draw(tables)


def test_files(tables: dict[str, Table], drawn: tuple[figures.ChartFigure, ...], tmp_path: Path) -> None:
    paths = figures.write(tmp_path / "charts", drawn)
    assert sorted(paths) == sorted((tmp_path / "charts").iterdir())
    assert {path.suffix for path in paths} == {".svg", ".png"} and len(paths) == 2 * len(drawn) == 12
    assert figures.write(tmp_path / "none", ()) == [] and not (tmp_path / "none").exists()


def test_page_shows_them_as_pictures_that_run_nothing(
    tables: dict[str, Table], drawn: tuple[figures.ChartFigure, ...], tmp_path: Path
) -> None:
    tree = LexborHTMLParser(report.write(tmp_path / "r.html", tables, RUN, drawn).read_text(encoding="utf-8"))
    pictures = tree.css("#mechanisms figure")
    assert len(pictures) == len(drawn) == len(tree.css("#mechanisms figure svg[role=img]"))
    for picture, figure in zip(pictures, drawn, strict=True):
        title, said, table = (picture.css_first(name) for name in ("svg > title", "svg > desc", "details table"))
        assert title is not None and said is not None and table is not None
        assert (title.text(), said.text()) == (figure.heading, figure.chart.alt)
        assert len(table.css("tbody tr")) == len(figure.chart.rows)
    assert len(tree.css("script:not([type])")) == 1 and not tree.css("img")


def test_page_keeps_its_size_with_them(
    tables: dict[str, Table], drawn: tuple[figures.ChartFigure, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "HEAD", 1)
    whole = report.write(tmp_path / "a.html", tables, RUN, drawn).stat().st_size
    monkeypatch.setattr(report, "SIZE_LIMIT", whole - 1)
    assert report.write(tmp_path / "b.html", tables, RUN, drawn).stat().st_size < whole


def test_listing_in_word_and_workbook(
    tables: dict[str, Table], drawn: tuple[figures.ChartFigure, ...], tmp_path: Path
) -> None:
    document = docx.Document(str(word.write(tmp_path / "t.docx", tables, RUN, drawn)))
    assert len(document.inline_shapes) == len(drawn)
    texts = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert any(row[0] == "13" and "standing agenda item" in " ".join(row) for row in texts)
    assert not any("not stated" in row for row in texts)
    widths = {section.orientation: section.page_width for section in document.sections}
    assert len(widths) == 2
    book = openpyxl.load_workbook(workbook.write(tmp_path / "t.xlsx", tables, sample.frames()[0], RUN, drawn))
    profile = book["ISCM profile"]
    assert [cell.value for cell in profile[1]][:4] == ["ISCM", "No.", "Question", "Answer"]
    assert profile.max_row == len(tables["iscm_profile"].frame) + 1
    spans = [
        (image.anchor._from.row, image.anchor._from.row + image.anchor.ext.height / 9_525 / 20)
        if hasattr(image.anchor, "ext")
        else (image.anchor._from.row, image.anchor.to.row + 1)
        for image in book["Charts"]._images
    ]
    assert len(spans) == len(drawn)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


EVIL = "=1+1</td><script>alert(1)</script>"


def test_text_of_documents_is_text_everywhere(tmp_path: Path) -> None:
    paragraphs = [(d, p, kind, text.replace("Tegucigalpa", EVIL)) for d, p, kind, text in sample.PARAGRAPHS]
    built = build_tables(Frames(*sample.frames(paragraphs), documents=sample.DOCUMENTS), labels={})
    page = report.write(tmp_path / "r.html", built, RUN, figures.draw(built)).read_text(encoding="utf-8")
    assert len(LexborHTMLParser(page).css("script:not([type])")) == 1
    word.write(tmp_path / "t.docx", built, RUN)
