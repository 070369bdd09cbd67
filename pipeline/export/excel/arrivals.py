"""The sheet "New in this run": new documents, how many rows of each table are new, and those rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from xlsxwriter.worksheet import Worksheet

from pipeline.export.excel.read_me import BlockSheet
from pipeline.export.new_rows import (
    DOCUMENT_HEADERS,
    HEADING,
    NOTHING,
    ROW_HEADERS,
    TABLE_HEADERS,
    NewInRun,
    document_cells,
    tell_new,
)
from pipeline.extract import quote
from pipeline.translation import gettext

if TYPE_CHECKING:
    from pipeline.export.excel.formats import SheetFormats

_WIDTHS = (58.0, 36.0, 44.0, 70.0, 9.0, 34.0)
_MOST = 500
"""Rows of one table; its own sheet has all, with a filter for those that are new."""


def write(sheet: Worksheet, formats: SheetFormats, new: NewInRun, names: Mapping[str, str]) -> None:
    """Write the sheet; `names` gives the sheet of each table that has one, to which its name leads."""
    block = BlockSheet(sheet, formats, gettext(HEADING), _WIDTHS)
    block.note(new.since)
    if new.is_empty:
        block.note(gettext(NOTHING))
        return
    if new.documents:
        block.heading(gettext("Documents") + gettext(": ") + str(len(new.documents)))
        block.headers([*map(gettext, DOCUMENT_HEADERS)])
        block.rows(map(document_cells, new.documents))
    block.heading(gettext("Rows by table"))
    block.headers([*map(gettext, TABLE_HEADERS)])
    for one in new.tables:
        block.row([one.title, one.number, one.total], link=names.get(one.name, ""))
    for one in new.tables:
        if one.rows:
            block.heading(tell_new(one, _MOST))
            block.headers([*map(gettext, ROW_HEADERS)])
            block.rows((row.document, row.citation, row.said, quote.plain(row.quote)) for row in one.rows[:_MOST])
