"""Invented results in a folder as `gcmrefs run` writes it: a Compact, an RCP, an IRF, a joint plan and an analysis."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pipeline
from extractors.lexicon.compact import load_compact
from extractors.model import OBJECTIVE_COLUMNS, PARAGRAPH_COLUMNS, REFERENCE_COLUMNS
from pipeline.explore import Results
from pipeline.export import csv
from pipeline.segment.citation import base, cite_paragraph

# document, kind, iscm, date, language
DOCUMENTS = [
    ("compact", "resolution", "", "2018-12-19", "en"),
    ("colombo", "declaration", "Colombo Process", "2018-11-16", "en"),
    ("sacm", "declaration", "South American Conference on Migration", "2010", "es"),
    ("rabat", "declaration", "Rabat Process", "2006-07-11", "fr"),
    ("plan", "plan", "Rabat Process and Khartoum Process (joint)", "", "en"),
    ("review", "report", "", "2019", "en"),
]
# document, paragraph, kind, objective, text
PARAGRAPHS = [
    *(("compact", str(o.number), "paragraph", o.number, f"Objective {o.number}.") for o in load_compact().objectives),
    ("compact", "35", "paragraph", 19, "Diasporas and the private sector lower the price of remittances."),
    ("compact", "22(b)", "subparagraph", 6, "Hold the private sector to fair recruitment. Fair recruitment counts."),
    ("compact", "22(b)#2", "continuation", 6, "Trade unions and the private sector meet on recruitment."),
    ("compact", "FM1", "frontmatter", None, "Diasporas are named on the cover."),
    ("colombo", "1", "paragraph", None, "The Colombo Process thanks diasporas."),
    ("colombo", "2", "paragraph", None, "=Ministers ask the private sector for\nskills partnerships."),
    ("sacm", "¶1", "body", None, "La diáspora envía remesas."),
    ("rabat", "¶1", "body", None, "Les diasporas et les envois de fonds."),
    ("plan", "1", "paragraph", None, "Border management and diasporas, without money transfers."),
    ("review", "¶1", "body", None, "The review names diasporas."),
]
# document, paragraph, category, wording, canonical, status
REFERENCES = [
    ("compact", "35", "stakeholder.diasporas", "Diasporas", "", "machine"),
    ("compact", "35", "stakeholder.private_sector", "private sector", "", "machine"),
    ("compact", "22(b)", "stakeholder.private_sector", "private sector", "", "accepted"),
    ("compact", "22(b)#2", "stakeholder.private_sector", "private sector", "", "machine"),
    ("compact", "22(b)#2", "stakeholder.trade_unions", "Trade unions", "", "machine"),
    ("compact", "35", "stakeholder.media", "price", "", "rejected"),
    ("colombo", "1", "iscm.named", "Colombo Process", "Regional Consultative Process on Overseas Employment and "
     "Contractual Labour for Countries of Origin in Asia (Colombo Process)", "machine"),
    ("colombo", "1", "stakeholder.diasporas", "diasporas", "", "machine"),
    ("colombo", "2", "stakeholder.private_sector", "private sector", "", "machine"),
    ("sacm", "¶1", "stakeholder.diasporas", "diáspora", "", "machine"),
    ("rabat", "¶1", "stakeholder.diasporas", "diasporas", "", "machine"),
    ("plan", "1", "stakeholder.diasporas", "diasporas", "", "edited"),
    ("review", "¶1", "stakeholder.diasporas", "diasporas", "", "machine"),
]  # fmt: skip
# document, paragraph, kind, number, basis
OBJECTIVES = [
    *(("compact", str(o.number), "objective", o.number, "structural") for o in load_compact().objectives),
    ("compact", "35", "objective", 19, "structural"),
    ("colombo", "2", "objective", 18, "implied"),
    ("colombo", "2", "objective", 6, "explicit"),
    ("colombo", "2", "principle", 2, "implied"),
    ("sacm", "¶1", "objective", 20, "implied"),
    ("rabat", "¶1", "objective", 20, "implied"),
    ("plan", "1", "objective", 11, "implied"),
    ("review", "¶1", "sdg_target", "10.c", "explicit"),
]


def write(outputs: Path) -> Path:
    """Write the results to `outputs/latest/`; return that folder."""
    folder = outputs / "latest"
    (folder / "tables").mkdir(parents=True)
    facts = {name: (kind, iscm, date, language) for name, kind, iscm, date, language in DOCUMENTS}
    texts = {(d, p): (objective, text) for d, p, _, objective, text in PARAGRAPHS}
    paragraphs = [
        (d, n, p, cite_paragraph(p), kind, "", objective, n, "", text)
        for n, (d, p, kind, objective, text) in enumerate(PARAGRAPHS, 1)
    ]
    references = []
    for n, (document, paragraph, category, wording, canonical, status) in enumerate(REFERENCES):
        objective, text = texts[document, paragraph]
        start = text.index(wording)
        row: dict[str, Any] = dict.fromkeys(REFERENCE_COLUMNS, "") | {
            "reference_id": f"r{n}", "document": document, "iscm": facts[document][1], "language": facts[document][3],
            "paragraph": base(paragraph), "paragraph_row": paragraph, "citation": cite_paragraph(paragraph), "objective": objective,
            "category": category, "wording": wording, "canonical": canonical, "quote": text, "occurrences": 1,
            "start": start, "end": start + len(wording), "page": None, "score": 100.0, "status": status,
        }  # fmt: skip
        references.append(row)
    csv.write(folder / "references.csv", pd.DataFrame(references, columns=list(REFERENCE_COLUMNS)))
    csv.write(folder / "paragraphs.csv", pd.DataFrame(paragraphs, columns=list(PARAGRAPH_COLUMNS)))
    rows = [(*row, "", 90.0, "") for row in OBJECTIVES]
    csv.write(folder / "objectives.csv", pd.DataFrame(rows, columns=list(OBJECTIVE_COLUMNS)).assign(status="machine"))
    csv.write(
        folder / "tables" / "iscm_positions.csv", pd.DataFrame({"document": ["plan"], "position": ["Action plan"]})
    )
    documents = [
        {
            "document": d,
            "title": d.title(),
            "kind": k,
            "iscm": i,
            "date": t,
            "language": c,
            "pages": 1,
            "format": "text",
        }
        for d, (k, i, t, c) in facts.items()
    ]
    (folder / "run.json").write_text(json.dumps({"documents": documents}), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An outputs folder with the invented results; not to be changed."""
    place = tmp_path_factory.mktemp("exploration")
    write(place)
    return place


@pytest.fixture(scope="session")
def data(outputs: Path) -> Results:
    """The invented results, loaded."""
    return pipeline.load(outputs)
