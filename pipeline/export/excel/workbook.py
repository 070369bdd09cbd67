"""The workbook: a sheet that begins with the result, one sheet a table with rows, one with every reference.

All of it is made by xlsxwriter, row by row, so that memory does not grow with a sheet; the rows of tables, most of what is
written, by `rows.py`.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from extractors.model import Reference
from pipeline.cell import legible, plain
from pipeline.export import run_facts
from pipeline.export.excel import arrivals, read_me
from pipeline.export.excel.formats import SheetFormats, make_formats
from pipeline.export.excel.layout import column_width, ordered, row_height, upright_height
from pipeline.export.excel.rows import SheetRow, SheetRows
from pipeline.export.new_rows import HEADING, NewInRun
from pipeline.export.pictures.figures import ChartFigure
from pipeline.export.pictures.png import pixels
from pipeline.export.run_facts import RunFacts
from pipeline.store.runs import id_of_run, start_of_run
from pipeline.tables.records import typed_rows
from pipeline.tables.table import NOT_STATED, Table, translate_cell
from pipeline.translation import gettext, gettext_noop

SHEETS: Mapping[str, str] = {
    "iscm_wordings": gettext_noop("ISCM wordings"),
    "igo_wordings": gettext_noop("IGO wordings"),
    "stakeholder_wordings": gettext_noop("Stakeholder wordings"),
    "other_wordings": gettext_noop("Other wordings"),
    "iscm_quotes": gettext_noop("ISCM quotes"),
    "igo_quotes": gettext_noop("IGO quotes"),
    "stakeholder_quotes": gettext_noop("Stakeholder quotes"),
    "other_quotes": gettext_noop("Other quotes"),
    "stakeholders_by_objective": gettext_noop("Stakeholders by objective"),
    "stakeholders_by_objective_counts": gettext_noop("Stakeholders by obj. (counts)"),
    "stakeholders_by_objective_differences": gettext_noop("Stakeholders printed and found"),
    "printed_and_found": gettext_noop("Printed and found"),
    "iscm_positions": gettext_noop("ISCM positions"),
    "iscm_documents": gettext_noop("ISCM documents"),
    "iscm_themes_principles_objectives_in_common": gettext_noop("Themes etc. in common"),
    "iscm_themes_principles_objectives": gettext_noop("Themes etc. by ISCM"),
    "iscm_profile_overview": gettext_noop("ISCM profile at a glance"),
    "iscm_profile": gettext_noop("ISCM profile"),
    "iscm_partnerships_by_category": gettext_noop("Partnerships by category"),
    "iscm_partnerships": gettext_noop("Partnerships (quotes)"),
    "iscm_areas_of_focus": gettext_noop("Areas of focus"),
    "iscms_by_type_and_region": gettext_noop("ISCMs by type and region"),
    "iscm_states": gettext_noop("States in ISCMs"),
    "who_names_whom": gettext_noop("Who names whom"),
    "iscm_series": gettext_noop("Series by ISCM"),
    "compact_series": gettext_noop("Compact and its reviews"),
    "objectives_by_region_type_year": gettext_noop("Objectives by region and year"),
    "gaps": gettext_noop("Gaps"),
    "entry_points": gettext_noop("Entry points"),
    "recommendations": gettext_noop("Recommendations"),
    "translations": gettext_noop("Translations"),
    "translation_differences": gettext_noop("Translation differences"),
    "commitments": gettext_noop("Commitments"),
    "counts_by_category": gettext_noop("By category"),
    "counts_by_document": gettext_noop("By document"),
}
MOST = 1_048_575
"""Rows that a sheet can have below its first."""
_LISTED = (
    "document", "citation", "objective", "wording", "canonical", "level", "quote", "occurrences", "page", "status",
    "category", "paragraph",
)  # fmt: skip
_CHUNK = 2_000
"""Rows that are taken from a table at a time."""
_A4, _A3 = 9, 8
_ON_A4 = 300.0
"""Characters that a page of A4 in landscape holds in one line at half the size of the screen."""
_PICTURE, _TALLEST_PICTURE = 580, 860
"""Pixels of the screen that a chart is wide and at most high: with its title a page of A4 upright holds it."""
_CHART_COLUMN = 84
"""Characters that the column of the charts is wide: no less than a chart, no more than such a page."""


def write(
    path: Path,
    tables: Mapping[str, Table],
    references: pd.DataFrame,
    run: RunFacts,
    figures: Sequence[ChartFigure] = (),
    new: NewInRun | None = None,
) -> Path:
    """Write the workbook: wordings bold inside quotes, filters, frozen headers, ready to print on pages in landscape.

    A table without rows has no sheet. Everything is written as text or number, so that no cell is ever a formula; the
    only links are those from the first sheets to the others. What is new in the run (`new`, where there is an earlier one)
    stands before "Read me". The book's date is the run's, so that the same
    input gives the same bytes. A sheet holds the rows that Excel takes, 1,048,575; "Read me" names every table that has
    more.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(str(path), options)
    about = {
        "title": gettext(run_facts.TITLE),
        "comments": gettext("Run %(run)s", run=id_of_run(run)),
        "created": start_of_run(run),
    }
    book.set_properties(about)
    formats = make_formats(book)
    shown = {name: table for name, table in tables.items() if len(table.rows)}
    names = sheet_names(shown)
    if new is not None:
        arrivals.write(book.add_worksheet(gettext(HEADING)), formats, new, names)
    read_me.write(book.add_worksheet(gettext("Read me")), formats, tables, names, run, most=MOST)
    several = len(tables["counts_by_document"].rows) > 1 if "counts_by_document" in tables else True
    for name, table in shown.items():
        _write_sheet(book.add_worksheet(names[name]), formats, table, several=several)
    if figures:
        _write_pictures(book.add_worksheet(gettext("Charts")), formats, figures)
    if len(references):
        every = Table(
            "references",
            gettext("All references"),
            gettext("One row for each reference, rejected ones included."),
            "quotes",
            Reference,
            tuple(typed_rows(references, Reference)),
            only=tuple(c for c in _LISTED if c in references.columns),
        )
        _write_sheet(book.add_worksheet(gettext("All references")), formats, every, several=True)
    book.close()
    return path


def sheet_names(tables: Mapping[str, Table]) -> dict[str, str]:
    """A sheet name for each table, at most 31 characters and each only once."""
    out: dict[str, str] = {}
    for name in tables:
        whole = gettext(SHEETS.get(name, name))
        sheet, n = whole[:31], 1
        while sheet.casefold() in {taken.casefold() for taken in out.values()}:
            n += 1
            sheet = f"{whole[:28]} {n}"
        out[name] = sheet
    return out


def _write_sheet(sheet: Worksheet, formats: SheetFormats, table: Table, *, several: bool) -> None:
    columns, printed = ordered(table, several)
    count = min(len(table.rows), MOST)
    widths = [column_width(table, column, table.cells(column, 0, count)) for column in columns]
    matrix = table.kind == "matrix"
    headers = [legible(table.header(column)) for column in columns]
    turned = {n for n, column in enumerate(columns) if matrix and column in table.spread}
    if all(len(headers[n]) + 2 <= widths[n] for n in turned):
        turned = set()
    turned |= {n for n, head in enumerate(headers) if turned and columns[n] != "label" and len(head) + 2 > widths[n]}
    for n, width in enumerate(widths):
        sheet.set_column(n, n, width)
    if turned:
        sheet.set_row(0, upright_height(headers[n] for n in turned))
    else:
        sheet.set_row(0, row_height(headers, [0.8 * width - 1 for width in widths]))
    for n, head in enumerate(headers):
        sheet.write_string(0, n, head, formats.upright if n in turned else formats.header)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    sheet.freeze_panes(1, columns.index("label") + 1 if matrix and "label" in columns else 0)
    _set_print(sheet, table.title, width=sum(widths[:printed]))
    sheet.print_area(0, 0, count, printed - 1)
    number = formats.count if matrix else formats.number
    told = frozenset(table.told())
    if len(told) < count:
        sheet.filter_column(columns.index("answer"), f'x != "{NOT_STATED}"')
    rows = SheetRows(sheet, formats, number)
    rows.write(_rows(rows, table, columns, told, widths[:printed]), count, len(columns))


def _rows(
    rows: SheetRows,
    table: Table,
    names: Sequence[str],
    told: Collection[int],
    widths: Sequence[float],
) -> Iterator[SheetRow]:
    """The rows of a table as they are written, each as high as the longest of its printed cells takes; only those that are
    `told` are shown."""
    count = min(len(table.rows), MOST)
    for start in range(0, count, _CHUNK):
        stop = min(start + _CHUNK, count)
        columns = [[translate_cell(name, plain(value)) for value in table.cells(name, start, stop)] for name in names]
        heights = [row_height(values, widths) for values in zip(*columns[: len(widths)], strict=True)]
        written = [
            list(map(rows.rich, table.rich[name][start:stop])) if name in table.rich else list(map(rows.cell, values))
            for name, values in zip(names, columns, strict=True)
        ]
        for n, cells in enumerate(zip(*written, strict=True)):
            yield SheetRow(start + n + 1, cells, heights[n], start + n not in told)


def _set_print(sheet: Worksheet, title: str, *, width: float) -> None:
    """Landscape, all columns on one page's width, the first row on every page; wide tables on A3."""
    sheet.set_landscape()
    sheet.set_paper(_A4 if width <= _ON_A4 else _A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header("&L&10" + legible(title).replace("&", "&&")[:200])
    sheet.set_footer("&R&9" + gettext("Page %(page)s of %(last)s", page="&P", last="&N"))


def _write_pictures(sheet: Worksheet, formats: SheetFormats, figures: Sequence[ChartFigure]) -> None:
    """Write the charts one below the other, each on a page of its own: its title, its caption, its picture.

    A picture stands in a row of rows that are exactly as high as it is, so that none lies over the next.
    """
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _CHART_COLUMN)
    sheet.set_portrait()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    at, breaks = 0, []
    for figure in figures:
        caption = legible(figure.chart.caption)
        heading = legible(figure.heading)
        sheet.set_row(at, 1.6 * row_height([heading], [_CHART_COLUMN / 1.7]))
        sheet.write_string(at, 0, heading, formats.caption)
        sheet.set_row(at + 1, row_height([caption], [_CHART_COLUMN]))
        sheet.write_string(at + 1, 0, caption, formats.text)
        size = pixels(figure.png)
        scale = min(_PICTURE / size.width, _TALLEST_PICTURE / size.height, 1.0)
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
    sheet.set_footer("&R&9" + gettext("Page %(page)s of %(last)s", page="&P", last="&N"))
