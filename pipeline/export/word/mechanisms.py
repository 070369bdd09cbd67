"""The listings and matrices of a Word file, on pages in landscape: what the tables about mechanisms look like there."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm

from pipeline.cell import legible, plain
from pipeline.export.pictures.figures import ChartFigure
from pipeline.export.word import xml
from pipeline.export.word.xml import Cell, Flow
from pipeline.extract.quote import Runs
from pipeline.tables.table import Table

_WIDE, _MARGIN = 25.3, 2.2
_LONGEST = 300
"""Rows of a listing in the Word file; the CSV file and the workbook have all of them."""
_NARROW = 0.78
_GIVEN = frozenset({"iscms_by_type_and_region", "iscm_areas_of_focus"})
_COUNTED = frozenset(
    {"iscm_themes_principles_objectives_in_common", "iscm_partnerships_by_category", "iscm_profile_overview"}
)
_SHARES: Mapping[str, float] = {
    "quote": 9.0, "action": 6.0, "recommendation": 6.0, "engagement": 5.0, "means": 4.0, "question": 4.5, "name": 5.0,
    "theme": 4.5, "iscm": 4.5, "short": 3.0, "mechanisms": 4.0, "partnerships": 3.5, "meeting": 3.6, "paragraphs": 3.6, "document": 3.0,
    "wording": 3.4, "where": 6.0, "label": 4.0, "objective_title": 3.4, "citation": 1.8, "relation": 2.0, "answer": 2.2,
    "number": 1.1, "question_number": 1.2, "kind": 1.8, "basis": 1.8, "place": 2.2, "held": 2.0, "compact": 2.0,
    "said_by": 2.0, "partner": 2.8, "position": 2.2, "region": 3.6, "acronym": 1.8, "annex5": 1.5, "issued": 1.6,
    "count": 1.8, "level": 1.8,
}  # fmt: skip
"""Parts of the page's width that a column asks for; 2.4 where it is not named."""


def landscape(document: Any) -> None:
    """Start a section in landscape; headers and footers go on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(_MARGIN)


def portrait(document: Any) -> None:
    """Start a section in portrait."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)


def mechanisms(flow: Flow, tables: Mapping[str, Table], figures: Sequence[ChartFigure]) -> bool:
    """Write the charts and every table of the section "mechanisms" that has rows; tell whether there was any.

    The list of mechanisms and their areas of focus, which the lexicon alone can fill, and matrices that would have no
    column are left out where no document says anything of a mechanism.
    """
    told = "iscm_profile" in tables and len(tables["iscm_profile"].frame) > 0
    shown = [
        t
        for t in tables.values()
        if t.section == "mechanisms" and len(t.frame) and (told or t.name not in _GIVEN | _COUNTED)
    ]
    if not shown and not figures:
        return False
    landscape(flow.document)
    flow.paragraph("Heading 1", "Inter-State consultation mechanisms on migration")
    for figure in figures:
        _figure(flow, figure)
    for table in shown:
        flow.paragraph("Heading 2", legible(table.title))
        flow.paragraph("", legible(table.credit()))
        if table.kind == "matrix":
            _matrix(flow, table)
        else:
            listing(flow, table)
    return True


def _figure(flow: Flow, figure: ChartFigure) -> None:
    flow.paragraph("Heading 3", legible(figure.heading), properties="<w:keepNext/>")
    picture = flow.document.add_paragraph()
    picture.paragraph_format.keep_with_next = True
    inline = picture.add_run().add_picture(io.BytesIO(figure.png), **_sized(figure.png))._inline
    inline.docPr.set("descr", legible(figure.chart.alt))
    inline.graphic.graphicData.find(f".//{qn('pic:cNvPr')}").set("descr", legible(figure.chart.alt))
    flow.paragraph("", legible(figure.chart.caption))


def _sized(png: bytes) -> dict[str, Any]:
    """Width, or height for tall pictures, so that a picture stays on its page; pixels are read from the PNG itself."""
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    return {"height": Cm(13.6)} if height / width > 13.6 / 18 else {"width": Cm(min(18.0, width / 2 * 0.0264))}


def listing(flow: Flow, table: Table) -> None:
    """Write a listing: its narrow columns, under a line for each value of its group column."""
    repeated = {table.group, "short" if table.group == "iscm" else ""}
    columns = [c for c in table.narrow() if c not in repeated]
    columns = [c for c in columns if any(plain(value) not in ("", 0) for value in table.frame[c])]
    told = table.told()
    rows: list[Sequence[Cell]] = []
    names = [str(plain(v)) for v in table.frame[table.group]] if table.group else []
    values = {column: table.frame[column].tolist() for column in columns}
    shown = told[:_LONGEST]
    for group, members in groupby(shown, key=lambda n: names[n] if names else ""):
        if group:
            rows.append([group])
        rows += [[_cell(table, column, n, values[column][n]) for column in columns] for n in members]
    if len(shown) < len(told):
        flow.paragraph("", f"The first {len(shown)} of {len(told)} rows; all of them are in tables/{table.name}.csv.")
    elif len(told) < len(table.frame):
        flow.paragraph("", f"Only what is stated; all {len(table.frame)} rows are in tables/{table.name}.csv.")
    xml.table(flow, [table.header(c) for c in columns], rows, _widths(table, columns), size=8)


def _cell(table: Table, column: str, row: int, value: object) -> Cell:
    runs: Runs = table.rich[column][row] if column in table.rich else ()
    return runs or plain(value)


def _widths(table: Table, columns: Sequence[str]) -> list[float]:
    """The page's width shared out; a column of paragraph numbers that cites headings gets more."""
    asked = [_SHARES.get(column, 2.4) for column in columns]
    for n, column in enumerate(columns):
        if column == "citation" and any(len(str(value)) > 24 for value in table.frame[column]):
            asked[n] = 3.2
    return [_WIDE * share / sum(asked) for share in asked]


def _matrix(flow: Flow, table: Table) -> None:
    """Write a matrix with upright headers for its narrow columns; zeros stay empty."""
    columns = [str(c) for c in table.frame.columns if c not in ("category", "paragraph")]
    first = columns.index("label") + 1
    narrow = len(columns) - first
    fixed = [_SHARES.get(c, 2.4) * (1.5 if c == "label" else 0.7) for c in columns[:first]]
    room = max(4.0, _WIDE - _NARROW * narrow)
    widths = [room * width / sum(fixed) for width in fixed]
    widths += [min(_NARROW, (_WIDE - min(room, sum(widths))) / max(narrow, 1))] * narrow
    rows = [
        ["" if plain(v) == 0 else plain(v) for v in row]
        for row in table.frame[columns].itertuples(index=False, name=None)
    ]
    xml.table(flow, [table.header(c) for c in columns], rows, widths, size=7, upright=narrow)
