"""A handful of rows about two invented documents, from which the tests build tables and files."""

from __future__ import annotations

from typing import Any

import pandas as pd

from extractors.model import OBJECTIVE_COLUMNS, PARAGRAPH_COLUMNS, REFERENCE_COLUMNS
from pipeline.extract.quote import quote_text
from pipeline.segment.citation import base, cite_paragraph

LABELS = {"iscm.named": "Named forums"}
TITLES = {"compact": "Compact on Moving Well", "charter": "Charter of the Forum"}

# document, paragraph, objective, text
PARAGRAPHS = [
    ("compact", "PP1", None, "Recalling the Lake Process,"),
    ("compact", "9", 3, "We thank cities and trade unions. We thank nobody else."),
    ("compact", "9#2", 3, "We invite cities again, and cities of the coast."),
    ("compact", "9(b)", 3, "Work with trade unions;"),
    ("compact", "10", None, "Regional and global forums on migration, among them the Lake Process, meet in Town."),
    ("compact", "11", None, "- cities are listed here, and the Lake Office"),
    ("charter", "¶1", None, "The Lake Process welcomes trade unions."),
    ("charter", "¶2", None, "تدعو عملية البحيرة النقابات إلى الاجتماع."),
    ("charter", "¶3", None, "Nothing to find."),
]
# document, paragraph, category, wording, canonical, occurrences, status
REFERENCES = [
    ("compact", "10", "iscm.named", "Lake Process", "Lake Process (LP)", 1, "accepted"),
    ("compact", "10", "iscm.generic", "Regional and global forums on migration", "", 1, "machine"),
    ("compact", "PP1", "iscm.named", "Lake Process", "Lake Process (LP)", 1, "machine"),
    ("compact", "9", "stakeholder.local_communities", "cities", "", 1, "machine"),
    ("compact", "9#2", "stakeholder.local_communities", "cities", "", 2, "machine"),
    ("compact", "9", "stakeholder.trade_unions", "trade unions", "", 1, "rejected"),
    ("compact", "9(b)", "stakeholder.trade_unions", "trade unions", "", 1, "edited"),
    ("compact", "11", "stakeholder.local_communities", "cities", "", 1, "added"),
    ("compact", "11", "igo.lake_office", "Lake Office", "", 1, "machine"),
    ("charter", "¶1", "iscm.named", "Lake Process", "Lake Process (LP)", 1, "machine"),
    ("charter", "¶1", "stakeholder.trade_unions", "trade unions", "", 1, "machine"),
    ("charter", "¶2", "stakeholder.trade_unions", "النقابات", "", 1, "machine"),
]
# document, paragraph, kind, number, basis
OBJECTIVES = [
    ("charter", "¶1", "objective", 6, "explicit"),
    ("charter", "¶1", "principle", 2, "explicit"),
    ("compact", "9", "objective", 23, "implied"),
]

RUN: dict[str, Any] = {
    "run_id": "20300102T030405.000Z-abcd",
    "started": "2030-01-02T03:04:05Z",
    "finished": "2030-01-02T03:05:05Z",
    "status": "failures",
    "version": "0.1.0",
    "versions": {"parser": "1"},
    "libraries": {"spacy": "3.8"},
    "counts": {"documents": 2, "references": 11},
    "documents": [
        {
            "document": "compact",
            "symbol": "C/1",
            "title": TITLES["compact"],
            "date": "2030-01-01",
            "warnings": ["odd"],
        },
        {"document": "charter", "symbol": "", "title": TITLES["charter"], "date": "", "warnings": []},
    ],
    "failures": [{"document": "lost", "problem": "lost.pdf: encrypted: give --password"}],
    "missed": [],
    "not_fetched": ["later"],
}


def paragraphs() -> pd.DataFrame:
    rows = [
        (document, n, paragraph, cite_paragraph(paragraph), "paragraph", "", objective, n, "", text)
        for n, (document, paragraph, objective, text) in enumerate(PARAGRAPHS, 1)
    ]
    return pd.DataFrame(rows, columns=list(PARAGRAPH_COLUMNS))


def references(**changes: Any) -> pd.DataFrame:
    """The rows of references.csv; `changes` overwrite a column in every row."""
    texts = {(d, p): (objective, text) for d, p, objective, text in PARAGRAPHS}
    rows = []
    for n, (document, paragraph, category, wording, canonical, occurrences, status) in enumerate(REFERENCES):
        objective, text = texts[document, paragraph]
        start = text.index(wording)
        row = {
            "reference_id": f"r{n}",
            "document": document,
            "title": TITLES[document],
            "iscm": "",
            "language": "en",
            "paragraph": base(paragraph),
            "paragraph_row": paragraph,
            "citation": cite_paragraph(paragraph),
            "heading": "",
            "objective": objective,
            "category": category,
            "section": "",
            "wording": wording,
            "canonical": canonical,
            "level": "",
            "quote": quote_text(text, [(start, start + len(wording))]),
            "occurrences": occurrences,
            "start": start,
            "end": start + len(wording),
            "page": 1,
            "regions": "",
            "extractor": "test",
            "rule": "r",
            "method": "exact",
            "score": 97.5,
            "status": status,
        }
        rows.append(row | changes)
    return pd.DataFrame(rows, columns=list(REFERENCE_COLUMNS))


def objectives() -> pd.DataFrame:
    rows = [(*row, "", 100.0, "") for row in OBJECTIVES]
    return pd.DataFrame(rows, columns=list(OBJECTIVE_COLUMNS))
