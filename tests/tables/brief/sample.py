"""Invented declarations of one mechanism, of two meetings, and the brief of the later one."""

from __future__ import annotations

from typing import Any

import pandas as pd

from extractors.model import OBJECTIVE_COLUMNS
from pipeline.tables.brief.briefs import build_brief
from pipeline.tables.brief.content import Brief
from pipeline.tables.records import Records, read_records
from pipeline.tables.registry import load_registry
from tests.tables.mechanisms import sample

ADDRESS = "https://example.org/new.pdf"
NEW: dict[str, Any] = {
    "document": "new", "work": "new", "role": "outcome", "title": "Lima Declaration", "iscm": sample.RCM,
    "date": "2021-05-04", "language": "en", "format": "pdf", "url": ADDRESS,
}  # fmt: skip
OLD: dict[str, Any] = NEW | {
    "document": "old",
    "work": "old",
    "title": "Cali Declaration",
    "date": "2019-05",
    "url": "javascript:alert(1)",
}
PARAGRAPHS = [
    ("new", "TITLE", "title", "LIMA DECLARATION"),
    ("new", "1", "paragraph", "The Second Ministerial Meeting was held in Lima, Peru, on 3-4 May 2021."),
    ("new", "2", "paragraph", "We commit to combat the smuggling of migrants together with civil society by 2025."),
    ("new", "3", "paragraph", "We thank the Global Forum on Migration and Development and the Red Cross <b>."),
    (
        "new",
        "4",
        "paragraph",
        "We welcome the Global Compact for Migration, and remittances of migrants are of value to us,",
    ),
    ("old", "TITLE", "title", "CALI DECLARATION"),
    (
        "old",
        "1",
        "paragraph",
        "We commit to combat the smuggling of migrants and to issue identity papers with trade unions.",
    ),
]
REFERENCES = [
    ("new", "2", "stakeholder.civil_society", "civil society", ""),
    (
        "new",
        "3",
        "iscm.gfmd",
        "Global Forum on Migration and Development",
        "Global Forum on Migration and Development (GFMD)",
    ),
    ("old", "1", "stakeholder.trade_unions", "trade unions", ""),
]
ABOUT: list[tuple[Any, ...]] = [
    ("new", "2", "objective", 9, "implied", "smuggling of migrants"),
    ("new", "4", "objective", 20, "implied", "remittances of migrants"),
    ("old", "1", "objective", 9, "implied", "smuggling of migrants"),
    ("old", "1", "objective", 4, "implied", "identity papers"),
]


def records(*documents: dict[str, Any], **changes: Any) -> Records:
    """The rows of the declarations; `changes` overwrite facts of the new one."""
    described = list(documents) or [NEW | changes, OLD]
    known = {facts["document"] for facts in described}
    references, paragraphs, _ = sample.frames(
        [row for row in PARAGRAPHS if row[0] in known], [row for row in REFERENCES if row[0] in known], described
    )
    paragraphs["page"] = 3
    about = pd.DataFrame([(*row, 90.0, "") for row in ABOUT if row[0] in known], columns=list(OBJECTIVE_COLUMNS))
    return read_records(references, paragraphs, about, described)


def brief(*documents: dict[str, Any], **changes: Any) -> Brief:
    """The brief of the new declaration."""
    return build_brief(records(*documents, **changes), load_registry(), "new", review="http://127.0.0.1:8350/")
