"""What changed between two runs, as a workbook."""

from __future__ import annotations

import io
from typing import Any

from pipeline.cell import legible
from pipeline.store.changes import (
    DECISION_COLUMNS,
    DOCUMENT_COLUMNS,
    REFERENCE_COLUMNS,
    ROW_COLUMNS,
    TEXT_COLUMNS,
    Changes,
)

_WIDTHS = {
    "title": 50,
    "quote": 80,
    "before": 60,
    "after": 60,
    "wording": 40,
    "document": 30,
    "canonical": 30,
    "row": 60,
    "table": 30,
}
_CELL = 32_000
"""Characters that a cell can hold, roughly."""


def workbook(changes: Changes) -> bytes:
    """Return an xlsx file with the sheets Documents, References, Tables, Rows, Texts, Decisions and Counts; filters on.

    Text is written as text: no cell is run as a formula.
    """
    from xlsxwriter import Workbook

    data = io.BytesIO()
    book = Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheets: tuple[tuple[str, tuple[str, ...], Any], ...] = (
        ("Documents", DOCUMENT_COLUMNS, changes.documents),
        ("References", REFERENCE_COLUMNS, changes.references),
        ("Tables", ("table", "gained", "lost"), changes.tables),
        ("Rows", ROW_COLUMNS, changes.rows),
        ("Texts", TEXT_COLUMNS, changes.texts),
        ("Decisions", DECISION_COLUMNS, changes.decisions),
        ("Counts", ("what", "count"), [{"what": k, "count": n} for k, n in changes.counts.items()]),
    )
    for name, columns, rows in sheets:
        sheet = book.add_worksheet(name)
        for n, column in enumerate(columns):
            sheet.write_string(0, n, column.replace("_", " "), bold)
            sheet.set_column(n, n, _WIDTHS.get(column, 14), wrap)
            for r, row in enumerate(rows, start=1):
                value = row[column]
                if isinstance(value, int):
                    sheet.write_number(r, n, value)
                elif value:
                    sheet.write_string(r, n, legible(str(value))[:_CELL])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    book.close()
    return data.getvalue()
