"""Invented documents of real mechanisms, from which the tests of the mechanism tables start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from extractors.model import OBJECTIVE_COLUMNS, PARAGRAPH_COLUMNS, REFERENCE_COLUMNS
from pipeline.tables.records import read_records
from pipeline.tables.registry import load_registry
from pipeline.tables.sentences import Evidence

RCM = "Regional Conference on Migration (RCM or Puebla Process)"
SACM = "South American Conference on Migration (SACM)"
IOM = "International Organization for Migration (IOM)"
DOCUMENTS: list[dict[str, Any]] = [
    {"document": "rcm", "title": "Tegucigalpa Declaration", "iscm": RCM, "date": "2019-05-04", "language": "en"},
    {"document": "sacm", "title": "Acta", "iscm": SACM, "date": "2018-11-22", "language": "es"},
    {"document": "review", "title": "A review", "iscm": "", "language": "en"},
]
# document, paragraph, kind, text
PARAGRAPHS: list[tuple[str, str, str, str]] = [
    ("rcm", "TITLE", "title", "TEGUCIGALPA DECLARATION"),
    ("rcm", "¶1", "body", "The XXIV Regional Conference on Migration was held in Tegucigalpa, Honduras, on 3-4 May 2019."),
    ("rcm", "1", "paragraph", "The Global Compact for Migration was included as a standing agenda item."),
    ("rcm", "2", "paragraph", "We act in partnership with the International Organization for Migration (IOM) on irregular migration."),
    ("rcm", "3", "paragraph", "We thank civil society for its letter to the Regional Conference on Migration of last year."),
    ("sacm", "¶1", "body", "La Conferencia Sudamericana sobre Migraciones aprobó un plan de acción sobre migración laboral."),
    ("sacm", "¶2", "body", "No se aprobó ningún plan de acción en la reunión de este año sobre este tema."),
    ("review", "¶1", "body", "The Puebla Process did not generally take formal positions on the Global Compact for Migration."),
    ("review", "¶2", "body", "We invite the Puebla Process to exchange best practices with its members every year."),
]  # fmt: skip
# document, paragraph, category, wording, canonical
REFERENCES: list[tuple[str, str, str, str, str]] = [
    ("rcm", "¶1", "iscm.named", "Regional Conference on Migration", RCM),
    ("rcm", "2", "other.iom", IOM, IOM),
    ("rcm", "3", "stakeholder.civil_society", "civil society", ""),
    ("rcm", "3", "iscm.named", "Regional Conference on Migration", RCM),
    ("sacm", "¶1", "iscm.named", "Conferencia Sudamericana sobre Migraciones", SACM),
    ("review", "¶1", "iscm.named", "Puebla Process", RCM),
    ("review", "¶2", "iscm.named", "Puebla Process", RCM),
]
# document, paragraph, kind, number, basis, wording
OBJECTIVES: list[tuple[str, str, str, Any, str, str]] = [
    ("rcm", "2", "objective", 23, "implied", "in partnership"),
    ("rcm", "2", "theme", 2, "implied", "irregular migration"),
    ("rcm", "1", "objective", 23, "explicit", "Global Compact for Migration"),
    ("rcm", "1", "sdg_target", "10.c", "explicit", "10.c"),
    ("sacm", "¶1", "objective", 6, "implied", "migración laboral"),
]


def frames(
    paragraphs: Sequence[tuple[str, str, str, str]] = PARAGRAPHS,
    references: Sequence[tuple[str, str, str, str, str]] = REFERENCES,
    documents: Sequence[dict[str, Any]] = DOCUMENTS,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """References, paragraphs and objectives as frames."""
    texts = {(document, paragraph): text for document, paragraph, _, text in paragraphs}
    known = {d["document"]: d for d in documents}
    rows = []
    for n, (document, paragraph, category, wording, canonical) in enumerate(references):
        start = texts[document, paragraph].index(wording)
        row = dict.fromkeys(REFERENCE_COLUMNS, "") | {
            "reference_id": f"r{n}",
            "document": document,
            "title": known[document]["title"],
            "iscm": known[document]["iscm"],
            "language": known[document]["language"],
            "paragraph": paragraph,
            "paragraph_row": paragraph,
            "category": category,
            "wording": wording,
            "canonical": canonical,
            "occurrences": 1,
            "start": start,
            "end": start + len(wording),
            "method": "exact",
            "score": 100.0,
            "status": "machine",
        }
        rows.append(row)
    printed = [(d, n, p, p, kind, "", None, None, "", text) for n, (d, p, kind, text) in enumerate(paragraphs, 1)]
    return (
        pd.DataFrame(rows, columns=list(REFERENCE_COLUMNS)),
        pd.DataFrame(printed, columns=list(PARAGRAPH_COLUMNS)),
        pd.DataFrame([(*row, 90.0, "") for row in OBJECTIVES], columns=list(OBJECTIVE_COLUMNS)),
    )


def evidence(
    paragraphs: Sequence[tuple[str, str, str, str]] = PARAGRAPHS,
    references: Sequence[tuple[str, str, str, str, str]] = REFERENCES,
    documents: Sequence[dict[str, Any]] = DOCUMENTS,
    about: Sequence[tuple[object, ...]] | None = None,
) -> Evidence:
    """What the mechanism tables read; `about` are rows of objectives in the place of the usual ones."""
    refs, pars, objectives = frames(paragraphs, references, documents)
    if about is not None:
        objectives = pd.DataFrame(about, columns=list(OBJECTIVE_COLUMNS))
    return Evidence(read_records(refs, pars, objectives, documents), load_registry())
