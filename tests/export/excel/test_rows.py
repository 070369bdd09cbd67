"""Rows written a column at a time are those that xlsxwriter writes cell by cell, to the byte."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.cell import CELL_LIMIT, fitting
from pipeline.export.excel.formats import SheetFormats, make_formats
from pipeline.export.excel.rows import SheetRow, SheetRows
from pipeline.extract.quote import Run, Runs

CELLS: list[str | int | float] = [
    "", "cities", " before", "behind ", "a & b < c > d \"e\" 'f'", "_x0041_ stays", "_x004", "two\nlines", "tab\there", "الهجرة",
    "=1+1", "-5", 0, 3, -7, 2.5, 1e21, 0.1, 123456789012345678, "😀 x" * 9000, "line\rend",
]  # fmt: skip
RICH: list[Runs] = [
    (),
    (Run("", True),),
    (Run("plain", False),),
    (Run("strong", True),),
    (Run("we thank ", False), Run("cities", True), Run(" & <all>", False)),
    (Run("two ", True), Run("strong", True)),
    (Run("تدعو ", False), Run("النقابات", True)),
    (Run("a" * CELL_LIMIT, False), Run("b", True)),
]
HEIGHTS = [15.0, 29.25, 16.0, 409.0]


def book(path: Path, fill: Callable[[Worksheet, SheetFormats], None]) -> bytes:
    made = Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = make_formats(made)
    sheet = made.add_worksheet()
    sheet.set_row(0, 20)
    sheet.write_string(0, 0, "value", formats.header)
    sheet.write_string(0, 1, "quote", formats.header)
    fill(sheet, formats)
    made.close()
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml") + archive.read("xl/styles.xml")


def cell_by_cell(sheet: Worksheet, formats: SheetFormats) -> None:
    for n, value in enumerate(CELLS):
        sheet.set_row(n + 1, HEIGHTS[n % 4], None, {"hidden": True} if n % 3 == 0 else {})
        if value == "":
            sheet.write_blank(n + 1, 0, None, formats.text)
        elif isinstance(value, str):
            sheet.write_string(n + 1, 0, fitting(value), formats.text)
        else:
            sheet.write_number(n + 1, 0, value, formats.count)
        runs = [run for run in RICH[n % len(RICH)] if run.text]
        whole = "".join(run.text for run in runs)
        style = formats.right_to_left if whole.startswith("ت") else formats.text
        if not runs:
            sheet.write_blank(n + 1, 1, None, formats.text)
        elif len(runs) == 1 or fitting(whole) != whole:
            sheet.write_string(n + 1, 1, fitting(whole), formats.strong if all(r.is_bold for r in runs) else style)
        else:
            pieces = [piece for r in runs for piece in (formats.bold if r.is_bold else formats.plain, r.text)]
            sheet.write_rich_string(n + 1, 1, *pieces, style)


def by_columns(sheet: Worksheet, formats: SheetFormats) -> None:
    rows = SheetRows(sheet, formats, formats.count)
    made = (
        SheetRow(n + 1, [rows.cell(value), rows.rich(RICH[n % len(RICH)])], HEIGHTS[n % 4], n % 3 == 0)
        for n, value in enumerate(CELLS)
    )
    rows.write(made, len(CELLS), 2)


def test_the_same_bytes(tmp_path: Path) -> None:
    assert book(tmp_path / "a.xlsx", by_columns) == book(tmp_path / "b.xlsx", cell_by_cell)


def test_a_sheet_of_a_header_alone(tmp_path: Path) -> None:
    made = book(tmp_path / "a.xlsx", lambda sheet, formats: SheetRows(sheet, formats, formats.number).write([], 0, 2))
    assert made == book(tmp_path / "b.xlsx", lambda sheet, formats: None)


@pytest.mark.parametrize("pair", [(1, 1.0), (0, False)])
def test_equal_values_are_the_same_number(pair: tuple[float, float], tmp_path: Path) -> None:
    def fill(sheet: Worksheet, formats: SheetFormats) -> None:
        rows = SheetRows(sheet, formats, formats.number)
        assert rows.cell(pair[0]) == rows.cell(pair[1])

    book(tmp_path / "a.xlsx", fill)
