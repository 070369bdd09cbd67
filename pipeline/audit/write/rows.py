"""An audit as files that programs read: CSV, JSON Lines, JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Literal

from pipeline.audit.claims import COLUMNS, MISSED_COLUMNS, NARRATIVE_COLUMNS, Audit, AuditRow
from pipeline.cell import legible, neutralised

Part = Literal["claims", "narrative", "missed"]
PARTS: Mapping[Part, tuple[str, ...]] = {
    "claims": COLUMNS,
    "narrative": NARRATIVE_COLUMNS,
    "missed": MISSED_COLUMNS,
}
"""The three lists of an audit with their columns."""


def list_rows(audit: Audit, part: Part) -> list[AuditRow]:
    """The rows of one of the lists."""
    return {"claims": audit.rows, "narrative": audit.narrative_rows, "missed": audit.missed_rows}[part]()


def csv_bytes(rows: Sequence[AuditRow], columns: Sequence[str]) -> bytes:
    """Rows as CSV: UTF-8 with BOM, line ends as RFC 4180 has them, no cell that a spreadsheet would run."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([neutralised(legible(str(row[name]))) for name in columns])
    return out.getvalue().encode("utf-8-sig", "replace")


def jsonl_bytes(rows: Sequence[AuditRow]) -> bytes:
    """Rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8", "replace")
