"""The audit as a workbook: claims with printed and true text side by side and their differences in colour."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.audit.check.comparison import sides
from pipeline.audit.claims import COLUMNS, MISSED_COLUMNS, NARRATIVE_COLUMNS, Audit, AuditRow, Checked, Missed, summary
from pipeline.cell import fitting, legible

_CREATED = datetime(2018, 12, 19)
"""One fixed date (that of A/RES/73/195), so that the same audit gives the same bytes."""
_WIDTHS: Mapping[str, float] = {
    "claim": 7, "kind": 8, "section": 30, "wording": 32, "quote": 60, "paragraph_printed": 12, "status": 16,
    "paragraph_true": 12, "wording_true": 32, "note": 50, "text": 60, "printed": 18, "true": 18, "category": 26, "label": 26,
    "paragraph": 14, "compared_printed": 60, "compared_true": 60, "review": 11,
}  # fmt: skip
_HEADERS: Mapping[str, str] = {
    "compared_printed": "Printed (differences)",
    "compared_true": "In the text (differences)",
}
_COLOURS: Mapping[str, str] = {
    "ok": "#E2EFDA", "wrong_paragraph": "#F8CBAD", "wording_differs": "#FFF2CC", "not_found": "#F4B6B6",
    "debatable": "#E4DFEC",
}  # fmt: skip


class _AuditFormats(NamedTuple):
    text: Format
    head: Format
    title: Format
    gone: Format
    new: Format
    bold: Format
    plain: Format
    status: Mapping[str, Format]


def write_workbook(audit: Audit) -> bytes:
    """Return the workbook: a summary, the claims, the running text's claims, and what the analysis leaves out.

    Everything is text or number, so that no cell is ever a formula or a link.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Audit of a published analysis", "created": _CREATED})
    formats = _formats(book)
    _summary(book, formats, audit)
    columns = (*COLUMNS, "compared_printed", "compared_true")
    sheet = _sheet(book, formats, "Claims", columns, [one.row() for one in audit.claims])
    for number, one in enumerate(audit.claims, start=1):
        _compared(sheet, number, len(COLUMNS), one, formats)
    _sheet(book, formats, "Running text", NARRATIVE_COLUMNS, audit.narrative_rows())
    sheet = _sheet(book, formats, "Not cited", MISSED_COLUMNS, audit.missed_rows())
    for number, missed in enumerate(audit.missed, start=1):
        _quote(sheet, number, missed, formats)
    book.close()
    return buffer.getvalue()


def _formats(book: xlsxwriter.Workbook) -> _AuditFormats:
    base = {
        "font_name": "Calibri",
        "font_size": 10,
        "valign": "top",
        "text_wrap": True,
        "bottom": 1,
        "bottom_color": "#D0D7E5",
    }
    font = {"font_name": "Calibri", "font_size": 10}
    return _AuditFormats(
        text=book.add_format(base),
        head=book.add_format(base | {"bold": True, "bg_color": "#D9E2F3", "border": 1, "border_color": "#8EA9DB"}),
        title=book.add_format(font | {"font_size": 16, "bold": True, "font_color": "#1F3864"}),
        gone=book.add_format(font | {"font_color": "#B42318", "bold": True, "font_strikeout": True}),
        new=book.add_format(font | {"font_color": "#1B6E2E", "bold": True, "underline": 1}),
        bold=book.add_format(font | {"bold": True}),
        plain=book.add_format(font),
        status={name: book.add_format(base | {"bg_color": colour}) for name, colour in _COLOURS.items()},
    )


def _summary(book: xlsxwriter.Workbook, formats: _AuditFormats, audit: Audit) -> None:
    sheet = book.add_worksheet("Summary")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, "Audit of a published analysis", formats.title)
    facts = {"Analysis": audit.published, "Checked against": audit.document, "Summary": summary(audit)}
    facts |= {name.replace("_", " ").capitalize(): str(count) for name, count in audit.counts.items()}
    facts |= {"Warning": "; ".join(audit.warnings)} if audit.warnings else {}
    for at, (name, value) in enumerate(facts.items(), start=2):
        sheet.write_string(at, 0, name, formats.head)
        sheet.write_string(at, 1, fitting(legible(value)), formats.text)
        sheet.set_row(at, min(400, 15 * (1 + len(value) // 105)))


def _sheet(
    book: xlsxwriter.Workbook, formats: _AuditFormats, name: str, columns: Sequence[str], rows: Sequence[AuditRow]
) -> Worksheet:
    sheet = book.add_worksheet(name)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS[column])
        sheet.write_string(0, at, _HEADERS.get(column, column.replace("_", " ").capitalize()), formats.head)
    for number, row in enumerate(rows, start=1):
        tallest = 1
        for at, column in enumerate(columns):
            value = row.get(column, "")
            style = formats.status.get(str(value), formats.text) if column == "status" else formats.text
            if isinstance(value, int):
                sheet.write_number(number, at, value, style)
            elif value:
                sheet.write_string(number, at, fitting(legible(str(value))), style)
            else:
                sheet.write_blank(number, at, None, style)
            tallest = max(tallest, 1 + int(len(str(value)) / _WIDTHS[column]))
        sheet.set_row(number, min(409, 3 + 13 * tallest))
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _compared(sheet: Worksheet, row: int, at: int, one: Checked, formats: _AuditFormats) -> None:
    """Both texts of a claim that differ, the words of only one of them marked."""
    if not any(piece.side != "same" for piece in one.verdict.pieces):
        return
    for column, (side, marked) in enumerate(
        zip(sides(one.verdict.pieces), (formats.gone, formats.new), strict=True), start=at
    ):
        _rich(sheet, row, column, side, marked, formats)


def _quote(sheet: Worksheet, row: int, missed: Missed, formats: _AuditFormats) -> None:
    start, end = missed.span
    parts = [(missed.quote[:start], False), (missed.quote[start:end], True), (missed.quote[end:], False)]
    _rich(sheet, row, MISSED_COLUMNS.index("quote"), parts, formats.bold, formats)


def _rich(
    sheet: Worksheet, row: int, column: int, parts: Sequence[tuple[str, bool]], marked: Format, formats: _AuditFormats
) -> None:
    """Write pieces of rich text; an empty piece would lose the cell, and one alone is plain text."""
    kept = [(legible(text), differs) for text, differs in parts if text]
    whole = "".join(text for text, _ in kept)
    if len(kept) < 2 or fitting(whole) != whole:
        sheet.write_string(row, column, fitting(whole), formats.text)
        return
    pieces: list[Format | str] = []
    for text, differs in kept:
        pieces += [marked if differs else formats.plain, text]
    sheet.write_rich_string(row, column, *pieces, formats.text)
