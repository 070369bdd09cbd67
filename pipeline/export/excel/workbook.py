"""The workbook: a sheet that begins with the result, one sheet a table with rows, one with every reference."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from extractors.model import Reference
from pipeline.cell import fitting, is_right_to_left, legible, plain
from pipeline.export import run_facts
from pipeline.export.excel import read_me
from pipeline.export.excel.layout import column_width, ordered, row_height, upright_height
from pipeline.export.excel.xml import MOST, Body, Line, Value, complete, font, rich
from pipeline.export.pictures.figures import ChartFigure
from pipeline.export.pictures.png import pixels
from pipeline.export.run_facts import RunFacts
from pipeline.extract.quote import Runs
from pipeline.store.runs import run_id, started
from pipeline.tables.records import typed_rows
from pipeline.tables.table import Table

SHEETS: Mapping[str, str] = {
    "iscm_wordings": "ISCM wordings",
    "igo_wordings": "IGO wordings",
    "stakeholder_wordings": "Stakeholder wordings",
    "other_wordings": "Other wordings",
    "iscm_quotes": "ISCM quotes",
    "igo_quotes": "IGO quotes",
    "stakeholder_quotes": "Stakeholder quotes",
    "other_quotes": "Other quotes",
    "stakeholders_by_objective": "Stakeholders by objective",
    "stakeholders_by_objective_counts": "Stakeholders by obj. (counts)",
    "stakeholders_by_objective_differences": "Stakeholders printed and found",
    "iscm_positions": "ISCM positions",
    "iscm_themes_principles_objectives_in_common": "Themes etc. in common",
    "iscm_themes_principles_objectives": "Themes etc. by ISCM",
    "iscm_profile_overview": "ISCM profile at a glance",
    "iscm_profile": "ISCM profile",
    "iscm_partnerships_by_category": "Partnerships by category",
    "iscm_partnerships": "Partnerships (quotes)",
    "iscm_areas_of_focus": "Areas of focus",
    "iscms_by_type_and_region": "ISCMs by type and region",
    "entry_points": "Entry points",
    "recommendations": "Recommendations",
    "counts_by_category": "By category",
    "counts_by_document": "By document",
}
_LISTED = (
    "document", "citation", "objective", "wording", "canonical", "level", "quote", "occurrences", "page", "status",
    "category", "paragraph",
)  # fmt: skip
_CHUNK = 2_000
"""Rows that are taken from a table at a time."""
_A4, _A3 = 9, 8
_ON_A4 = 300.0
"""Characters that a page of A4 in landscape holds in one line at half the size of the screen."""
_PICTURE = 640
"""Pixels of the screen that a chart is wide."""
_BLUE, _FACE, _SIZE = "#1F3864", "Calibri", 10
_REGULAR, _BOLD = font(_FACE, _SIZE), font(_FACE, _SIZE, bold=True, colour=_BLUE)
_TEXT, _BACKWARDS, _STRONG, _NUMBER = range(4)
"""Places of the formats of a sheet's cells."""


@dataclass(frozen=True, slots=True)
class SheetFormats:
    """The looks of cells."""

    text: Format
    right_to_left: Format
    number: Format
    count: Format
    header: Format
    upright: Format
    title: Format
    heading: Format
    strong: Format
    link: Format


def write(
    path: Path,
    tables: Mapping[str, Table],
    references: pd.DataFrame,
    run: RunFacts,
    figures: Sequence[ChartFigure] = (),
) -> Path:
    """Write the workbook: wordings bold inside quotes, filters, frozen headers, ready to print on pages in landscape.

    A table without rows has no sheet. Everything is written as text or number, so that no cell is ever a formula; the
    only links are those from the sheet "Read me" to the other sheets. The book's date is the run's, so that the same
    input gives the same bytes. A sheet holds the rows that Excel takes, 1,048,575; "Read me" names every table that has
    more.
    """
    skeleton = io.BytesIO()
    book = Workbook(skeleton, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    about = {"title": run_facts.TITLE, "comments": f"Run {run_id(run)}", "created": started(run)}
    book.set_properties(about)
    formats = _formats(book)
    shown = {name: table for name, table in tables.items() if len(table.rows)}
    names = sheet_names(shown)
    read_me.write(book.add_worksheet("Read me"), formats, tables, names, run, most=MOST)
    several = len(tables["counts_by_document"].frame) > 1 if "counts_by_document" in tables else True
    bodies: list[Body | None] = [None]
    bodies += [_body(book.add_worksheet(names[name]), formats, table, several) for name, table in shown.items()]
    if figures:
        _write_pictures(book.add_worksheet("Charts"), formats, figures)
        bodies.append(None)
    if len(references):
        every = Table(
            "references",
            "All references",
            "One row for each reference, rejected ones included.",
            "quotes",
            Reference,
            tuple(typed_rows(references, Reference)),
            only=tuple(c for c in _LISTED if c in references.columns),
        )
        bodies.append(_body(book.add_worksheet("All references"), formats, every, True))
    book.close()
    complete(skeleton, path, bodies)
    return path


def sheet_names(tables: Mapping[str, Table]) -> dict[str, str]:
    """A sheet name for each table, at most 31 characters and each only once."""
    out: dict[str, str] = {}
    for name in tables:
        sheet, n = SHEETS.get(name, name)[:31], 1
        while sheet.casefold() in {taken.casefold() for taken in out.values()}:
            n += 1
            sheet = f"{SHEETS.get(name, name)[:28]} {n}"
        out[name] = sheet
    return out


def _formats(book: Workbook) -> SheetFormats:
    face = {"font_name": _FACE, "font_size": _SIZE}
    base = face | {"valign": "top", "bottom": 1, "bottom_color": "#D0D7E5"}
    blue = {"font_name": _FACE, "bold": True, "font_color": _BLUE}
    head = base | {"bold": True, "bg_color": "#D9E2F3", "border": 1, "border_color": "#8EA9DB", "text_wrap": True}
    return SheetFormats(
        text=book.add_format(base | {"text_wrap": True}),
        right_to_left=book.add_format(base | {"text_wrap": True, "reading_order": 2, "align": "right"}),
        number=book.add_format(base | {"align": "center"}),
        count=book.add_format(base | {"align": "center", "num_format": "0;-0;;@", "text_wrap": True}),
        header=book.add_format(head),
        upright=book.add_format(head | {"rotation": 90, "valign": "bottom", "text_wrap": False}),
        title=book.add_format(blue | {"font_size": 16}),
        heading=book.add_format(blue | {"font_size": 12, "bottom": 1}),
        strong=book.add_format(base | {"bold": True, "text_wrap": True}),
        link=book.add_format(base | {"font_color": _BLUE, "underline": 1}),
    )


def _body(sheet: Worksheet, formats: SheetFormats, table: Table, several: bool) -> Body:
    """Make a sheet with its first row and return the others."""
    columns, printed = ordered(table, several)
    frame = table.frame[columns].head(MOST)
    widths = [column_width(table, column, frame[column].tolist()) for column in columns]
    matrix = table.kind == "matrix"
    headers = [legible(table.header(column)) for column in columns]
    turned = {n for n, head in enumerate(headers) if matrix and columns[n] != "label" and len(head) + 2 > widths[n]}
    for n, width in enumerate(widths):
        sheet.set_column(n, n, width)
    if turned:
        sheet.set_row(0, upright_height(headers[n] for n in turned))
    else:
        sheet.set_row(0, row_height(headers, [0.8 * width - 1 for width in widths]))
    for n, head in enumerate(headers):
        sheet.write_string(0, n, head, formats.upright if n in turned else formats.header)
    sheet.autofilter(0, 0, len(frame), len(columns) - 1)
    sheet.freeze_panes(1, columns.index("label") + 1 if matrix and "label" in columns else 0)
    _set_print(sheet, table.title, width=sum(widths[:printed]))
    sheet.print_area(0, 0, len(frame), printed - 1)
    used = (formats.text, formats.right_to_left, formats.strong, formats.count if matrix else formats.number)
    fragments = {columns.index(column): cells for column, cells in table.rich.items() if column in columns}
    body = Body(len(columns), len(frame), used, lambda: _lines(frame, fragments, widths[:printed]))
    body.probe(sheet)
    return body


def _lines(frame: pd.DataFrame, fragments: Mapping[int, Sequence[Runs]], widths: Sequence[float]) -> Iterator[Line]:
    """The rows of a table as a sheet has them; `fragments` are the cells of columns with rich text."""
    for start in range(0, len(frame), _CHUNK):
        part = frame.iloc[start : start + _CHUNK]
        columns = [part.iloc[:, n].tolist() for n in range(part.shape[1])]
        for r, row in enumerate(zip(*columns, strict=True), start=start):
            shown = [plain(value) for value in row]
            cells: list[tuple[Value, int]] = [
                (fitting(cell), _TEXT) if isinstance(cell, str) else (cell, _NUMBER) for cell in shown
            ]
            for c, runs in fragments.items():
                cells[c] = _rich(runs[r])
            yield cells, row_height(shown, widths)


def _rich(runs: Runs) -> tuple[Value, int]:
    """Pieces of rich text as a cell; one piece, or more than a cell holds, is plain text (rich text needs two pieces)."""
    pieces = [(legible(run.text), run.bold) for run in runs if run.text]
    whole = "".join(text for text, _ in pieces)
    style = _BACKWARDS if is_right_to_left(whole) else _TEXT
    if len(pieces) < 2 or fitting(whole) != whole:
        return fitting(whole), _STRONG if pieces and all(bold for _, bold in pieces) else style
    return rich((text, _BOLD if bold else _REGULAR) for text, bold in pieces), style


def _set_print(sheet: Worksheet, title: str, *, width: float) -> None:
    """Landscape, all columns on one page's width, the first row on every page; wide tables on A3."""
    sheet.set_landscape()
    sheet.set_paper(_A4 if width <= _ON_A4 else _A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header("&L&10" + legible(title).replace("&", "&&")[:200])
    sheet.set_footer("&R&9Page &P of &N")


def _write_pictures(sheet: Worksheet, formats: SheetFormats, figures: Sequence[ChartFigure]) -> None:
    """Write the charts one below the other, each on a page of its own: its title, its caption, its picture.

    A picture stands in a row of rows that are exactly as high as it is, so that none lies over the next.
    """
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 110)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    at, breaks = 0, []
    for figure in figures:
        caption = legible(figure.chart.caption)
        sheet.set_row(at, 24)
        sheet.write_string(at, 0, legible(figure.heading), formats.title)
        sheet.set_row(at + 1, row_height([caption], [110]))
        sheet.write_string(at + 1, 0, caption, formats.text)
        size = pixels(figure.png)
        scale = min(_PICTURE / size.width, 1.0)
        options = {
            "image_data": io.BytesIO(figure.png),
            "x_scale": scale * size.dots / 96,
            "y_scale": scale * size.dots / 96,
            "description": legible(figure.chart.alt),
        }
        sheet.insert_image(at + 2, 0, f"{figure.chart.name}.png", options)
        at += 4 + int(size.height * scale) // 20
        breaks.append(at)
    sheet.set_h_pagebreaks(breaks[:-1])
    sheet.set_footer("&R&9Page &P of &N")
