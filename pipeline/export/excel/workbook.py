"""The workbook: a sheet that explains it, one sheet a table, one with every reference."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import xlsxwriter

from extractors.model import Reference
from pipeline.cell import fitting, is_right_to_left, legible, plain
from pipeline.export import run_facts
from pipeline.export.excel.xml import MOST, Body, Line, Value, complete, font, rich
from pipeline.export.pictures.figures import ChartFigure
from pipeline.extract.quote import Runs
from pipeline.store.runs import run_id, started
from pipeline.tables.columns import COLUMNS
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
_WIDTHS: Mapping[str, float] = {
    "document": 24, "title": 40, "iscm": 30, "language": 10, "section": 26, "category": 32, "label": 28,
    "subsection": 26, "wording": 34, "canonical": 34, "citation": 12, "paragraph": 12, "paragraphs": 34,
    "objectives": 12, "objective": 10, "quote": 80, "page": 7, "status": 12, "note": 7, "total": 7, "level": 12,
    "short": 20, "question": 40, "action": 70, "name": 40, "theme": 40, "meeting": 30, "place": 20, "held": 18, "question_number": 8,
    "number": 6, "origin": 26, "region": 24, "type": 24, "secretariat": 22, "where": 40, "answer": 16, "said_by": 16,
    "kind": 16, "position": 18, "partner": 28, "area": 26, "compact": 16, "date": 11, "objective_title": 28,
}  # fmt: skip
_NOT_PRINTED = frozenset({"label", "category", "paragraph"})
_LISTED = (
    "document", "citation", "objective", "wording", "canonical", "level", "quote", "occurrences", "page", "status",
    "category", "paragraph",
)  # fmt: skip
_READ_ME_WIDTHS = (34, 70, 24, 11, 12, 12)
_BLUE, _PALE = "#1F3864", "#D9E2F3"
_FACE, _SIZE = "Calibri", 10
_REGULAR, _BOLD = font(_FACE, _SIZE), font(_FACE, _SIZE, bold=True, colour=_BLUE)
_TEXT, _BACKWARDS, _STRONG, _NUMBER = range(4)
"""Places of the formats of a sheet's cells."""
_CHUNK = 2_000
"""Rows that are taken from a table at a time."""


class _Formats(NamedTuple):
    text: Any
    right_to_left: Any
    number: Any
    count: Any
    header: Any
    upright: Any
    title: Any
    heading: Any
    strong: Any


def write(
    path: Path,
    tables: Mapping[str, Table],
    references: pd.DataFrame,
    run: Mapping[str, Any],
    figures: Sequence[ChartFigure] = (),
) -> Path:
    """Write the workbook: wordings bold inside quotes, filters, frozen headers, ready to print on A4 landscape.

    Everything is written as text or number, so that no cell is ever a formula or a link. Its date is the run's, so
    that the same input gives the same bytes. A sheet holds the rows that Excel takes, 1,048,575; the sheet "Read me"
    names every table that has more.
    """
    skeleton = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(skeleton, options)
    book.set_properties(
        {
            "title": run_facts.TITLE,
            "comments": f"Run {run_id(run)}",
            "created": started(run),
        }
    )
    formats = _formats(book)
    names = _names(tables)
    _read_me(book, formats, tables, names, run)
    several = len(tables["counts_by_document"].frame) > 1 if "counts_by_document" in tables else True
    bodies: list[Body | None] = [None]
    bodies += [_sheet(book, formats, names[table.name], table, several) for table in tables.values()]
    if figures:
        _pictures(book, formats, figures)
        bodies.append(None)
    every = Table(
        "references",
        "All references",
        "One row for each reference, rejected ones included.",
        "quotes",
        Reference,
        tuple(typed_rows(references, Reference)),
        only=tuple(c for c in _LISTED if c in references.columns),
    )
    bodies.append(_sheet(book, formats, "All references", every, True))
    book.close()
    complete(skeleton, path, bodies)
    return path


def _names(tables: Mapping[str, Table]) -> dict[str, str]:
    """A sheet name for each table, at most 31 characters and each only once."""
    out: dict[str, str] = {}
    for name in tables:
        sheet, n = SHEETS.get(name, name)[:31], 1
        while sheet.casefold() in {taken.casefold() for taken in out.values()}:
            n += 1
            sheet = f"{SHEETS.get(name, name)[:28]} {n}"
        out[name] = sheet
    return out


def _pictures(book: Any, formats: _Formats, figures: Sequence[ChartFigure]) -> None:
    sheet = book.add_worksheet("Charts")
    sheet.hide_gridlines(2)
    at = 0
    for figure in figures:
        sheet.write_string(at, 0, legible(figure.heading), formats.title)
        sheet.write_string(at + 1, 0, legible(figure.chart.caption))
        options = {
            "image_data": io.BytesIO(figure.png),
            "x_scale": 0.5,
            "y_scale": 0.5,
            "description": legible(figure.chart.alt),
        }
        sheet.insert_image(at + 2, 0, f"{figure.chart.name}.png", options)
        at += 5 + int.from_bytes(figure.png[20:24], "big") // 2 // 20
    _print_setup(sheet, "Charts")


def _formats(book: Any) -> _Formats:
    base = {"font_name": "Calibri", "font_size": 10, "valign": "top", "bottom": 1, "bottom_color": "#D0D7E5"}
    head = base | {"bold": True, "bg_color": _PALE, "border": 1, "border_color": "#8EA9DB", "text_wrap": True}
    return _Formats(
        text=book.add_format(base | {"text_wrap": True}),
        right_to_left=book.add_format(base | {"text_wrap": True, "reading_order": 2, "align": "right"}),
        number=book.add_format(base | {"align": "center"}),
        count=book.add_format(base | {"align": "center", "num_format": "0;-0;;@"}),
        header=book.add_format(head),
        upright=book.add_format(head | {"rotation": 60, "valign": "bottom"}),
        title=book.add_format({"font_name": "Calibri", "font_size": 16, "bold": True, "font_color": _BLUE}),
        heading=book.add_format(
            {"font_name": "Calibri", "font_size": 12, "bold": True, "font_color": _BLUE, "bottom": 1}
        ),
        strong=book.add_format(base | {"bold": True, "text_wrap": True}),
    )


def _sheet(book: Any, formats: _Formats, name: str, table: Table, several: bool) -> Body | None:
    """Make a sheet with its first row and return the others, None where there are none."""
    sheet = book.add_worksheet(name)
    columns = _columns(table, several)
    frame = table.frame[columns]
    matrix = table.kind == "matrix"
    widths = [_width(table, column, frame[column]) for column in columns]
    tallest = 0
    for n, column in enumerate(columns):
        sheet.set_column(n, n, widths[n])
        upright = matrix and len(table.header(column)) > widths[n] and column not in _WIDTHS
        tallest = max(tallest, len(table.header(column)) if upright else 0)
        sheet.write_string(0, n, legible(table.header(column)), formats.upright if upright else formats.header)
    if tallest:
        sheet.set_row(0, min(170, 24 + 4.6 * tallest))
    elif columns:
        sheet.set_row(0, _height([table.header(column) for column in columns], [0.85 * width for width in widths]))
    printed = len(table.narrow()) if table.kind == "listing" and table.brief else len(columns)
    while printed > 1 and columns[printed - 1] in _NOT_PRINTED:
        printed -= 1
    count = min(len(frame), MOST)
    if columns:
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
    sheet.freeze_panes(1, columns.index("label") + 1 if matrix and "label" in columns else 0)
    _print_setup(sheet, table.title)
    sheet.print_area(0, 0, max(count, 1), max(printed - 1, 0))
    if not count or not columns:
        return None
    used = (formats.text, formats.right_to_left, formats.strong, formats.count if matrix else formats.number)
    fragments = {columns.index(column): cells for column, cells in table.rich.items() if column in columns}
    body = Body(len(columns), count, used, lambda: _lines(frame, count, fragments, widths[:printed]))
    body.probe(sheet)
    return body


def _lines(
    frame: pd.DataFrame, count: int, fragments: Mapping[int, Sequence[Runs]], widths: Sequence[float]
) -> Iterator[Line]:
    """The first `count` rows of a table as a sheet has them; `fragments` are the cells of columns with rich text."""
    for start in range(0, count, _CHUNK):
        part = frame.iloc[start : min(start + _CHUNK, count)]
        columns = [part.iloc[:, n].tolist() for n in range(part.shape[1])]
        for r, row in enumerate(zip(*columns, strict=True), start=start):
            shown = [plain(value) for value in row]
            cells: list[tuple[Value, int]] = [
                (fitting(cell), _TEXT) if isinstance(cell, str) else (cell, _NUMBER) for cell in shown
            ]
            for c, runs in fragments.items():
                cells[c] = _rich(runs[r])
            yield cells, _height(shown, widths)


def _columns(table: Table, several: bool) -> list[str]:
    """The columns of a sheet; in a listing those for narrow places come first, and only they are printed."""
    columns = list(table.shown(several))
    if table.kind != "listing" or not table.brief:
        return columns
    first = [column for column in table.narrow() if column in columns]
    return first + [column for column in columns if column not in first]


def _width(table: Table, column: str, cells: pd.Series[Any]) -> float:
    """Width in characters: fixed for known columns, as narrow as the cells allow in a matrix."""
    if column == "citation" and table.kind == "listing" and any(len(str(cell)) > 24 for cell in cells):
        return 26
    if column in _WIDTHS:
        return _WIDTHS[column]
    if table.kind != "matrix":
        return 11
    pieces = [piece for cell in cells for piece in str(plain(cell)).split(", ")]
    return min(14, max([5, *(len(piece) + 2 for piece in pieces)]))


def _height(row: Iterable[Any], widths: Sequence[float]) -> float:
    """Height in points for the cell with most lines: programs other than Excel do not find it by themselves."""
    lines = 1
    for value, width in zip(row, widths, strict=False):
        text, room = str(plain(value)), max(1, int(width * 1.02))
        if len(text) > room * lines or "\n" in text:
            lines = max(lines, *(-(-len(line) // room) for line in text.split("\n")[:30]))
    return min(409.0, 3 + 13 * lines)


def _print_setup(sheet: Any, title: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header("&L&10" + legible(title).replace("&", "&&")[:200])
    sheet.set_footer("&R&9Page &P of &N")


def _write(sheet: Any, row: int, column: int, value: Any, formats: _Formats) -> None:
    cell = plain(value)
    if isinstance(cell, str):
        if cell:
            sheet.write_string(row, column, fitting(cell), formats.text)
        else:
            sheet.write_blank(row, column, None, formats.text)
    else:
        sheet.write_number(row, column, cell, formats.number)


def _rich(runs: Runs) -> tuple[Value, int]:
    """Pieces of rich text as a cell; one piece, or more than a cell holds, is plain text (rich text needs two pieces)."""
    pieces = [(legible(run.text), run.bold) for run in runs if run.text]
    whole = "".join(text for text, _ in pieces)
    style = _BACKWARDS if is_right_to_left(whole) else _TEXT
    if len(pieces) < 2 or fitting(whole) != whole:
        return fitting(whole), _STRONG if pieces and all(bold for _, bold in pieces) else style
    return rich((text, _BOLD if bold else _REGULAR) for text, bold in pieces), style


def _read_me(
    book: Any,
    formats: _Formats,
    tables: Mapping[str, Table],
    names: Mapping[str, str],
    run: Mapping[str, Any],
) -> None:
    sheet = book.add_worksheet("Read me")
    sheet.hide_gridlines(2)
    for n, width in enumerate(_READ_ME_WIDTHS):
        sheet.set_column(n, n, width)
    sheet.write_string(0, 0, run_facts.TITLE, formats.title)
    at = 2
    for heading, text in (("What this is", run_facts.WHAT), ("How it was made", run_facts.HOW)):
        sheet.write_string(at, 0, heading, formats.strong)
        sheet.merge_range(at, 1, at, 5, text, formats.text)
        sheet.set_row(at, _height([text], [126]))
        at += 1
    facts = {
        "Run": run_id(run),
        "Started": str(run.get("started") or ""),
        "Status": str(run.get("status") or ""),
    }
    facts |= {k.replace("_", " ").capitalize(): v for k, v in run_facts.counts(run).items()}
    at = _pairs(sheet, at + 1, "This run", facts, formats)
    documents = [
        [
            d.get("document"),
            d.get("title"),
            d.get("symbol") or d.get("iscm"),
            d.get("language"),
            d.get("paragraphs"),
            d.get("references"),
        ]
        for d in run_facts.documents(run)
    ]
    at = _list(
        sheet,
        at,
        "Documents",
        ["Document", "Title", "Symbol / ISCM", "Language", "Paragraphs", "References"],
        documents,
        formats,
    )
    problems = [[p.document or "(run)", p.text, p.kind] for p in run_facts.problems(run)]
    if problems:
        at = _list(sheet, at, "Failures and warnings", ["Document", "What happened", "Kind"], problems, formats)
    sheets = [[names[t.name], _told(t), None, None, None, len(t.frame)] for t in tables.values()]
    at = _list(sheet, at, "Sheets", ["Sheet", "What a row is", "", "", "", "Rows"], sheets, formats)
    used = {str(column) for table in tables.values() for column in table.frame.columns}
    explained = {header: text for column, (header, text) in COLUMNS.items() if column in used}
    at = _pairs(sheet, at, "Columns", explained, formats)
    _pairs(sheet, at, "Versions", run_facts.versions(run), formats)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _pairs(sheet: Any, at: int, heading: str, facts: Mapping[str, Any], formats: _Formats) -> int:
    return _list(sheet, at, heading, [], [[name, str(plain(value))] for name, value in facts.items()], formats)


def _list(sheet: Any, at: int, heading: str, headers: list[str], rows: list[list[Any]], formats: _Formats) -> int:
    """Write a heading, the headers and the rows; return the row where the next block starts."""
    sheet.write_string(at, 0, heading, formats.heading)
    for n in range(1, 6):
        sheet.write_blank(at, n, None, formats.heading)
    at += 1
    for n, header in enumerate(headers):
        sheet.write_string(at, n, header, formats.header)
    at += bool(headers)
    for row in rows:
        for n, value in enumerate(row):
            _write(sheet, at, n, value, formats)
        sheet.set_row(at, _height(row, _READ_ME_WIDTHS))
        at += 1
    return at + 1


def _told(table: Table) -> str:
    """What a row of a table is, and how many of them its sheet holds where those are not all."""
    cut = f" The sheet has the first {MOST} rows, tables/{table.name}.csv has all." if len(table.frame) > MOST else ""
    return f"{table.title}. {table.credit()}{cut}"
