"""Invented documents that together fill all 28 tables: declarations of two mechanisms, a plan with objectives of the
Compact, and a review of others. The lexicon is cut down to four mechanisms, so that a new one changes no golden file."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd

from extractors.lexicon.compact import load_compact
from extractors.lexicon.entries import Lexicon, load_lexicon
from pipeline.tables.build import Frames, build_tables
from pipeline.tables.table import Table
from tests.listing_sample import Found, Text, frames
from tests.tables.mechanisms import sample as mechanisms

NAMES = [
    "iscm_wordings",
    "igo_wordings",
    "stakeholder_wordings",
    "other_wordings",
    "iscm_quotes",
    "igo_quotes",
    "stakeholder_quotes",
    "other_quotes",
    "stakeholders_by_objective",
    "stakeholders_by_objective_counts",
    "iscm_positions",
    "iscm_documents",
    "iscm_themes_principles_objectives_in_common",
    "iscm_themes_principles_objectives",
    "iscm_profile_overview",
    "iscm_profile",
    "iscm_partnerships_by_category",
    "iscm_partnerships",
    "iscm_areas_of_focus",
    "iscms_by_type_and_region",
    "iscm_states",
    "who_names_whom",
    "iscm_series",
    "objectives_by_region_type_year",
    "gaps",
    "entry_points",
    "recommendations",
    "translations",
    "translation_differences",
    "commitments",
    "counts_by_category",
    "counts_by_document",
]
"""The tables of any corpus, in the order of the workbook; that of printed objectives comes with documents that print some."""
DIFFERENCES = "stakeholders_by_objective_differences"
KNOWN = frozenset({"rcm", "sacm", "colombo-process", "gfmd"})
PLAN: list[Text] = [
    *(
        (f"H:Objective {o.number}: {o.titles['en']}", "heading", o.number, f"Objective {o.number}: {o.titles['en']}")
        for o in load_compact().objectives
    ),
    ("20(a)", "subparagraph", 4, "Strengthen regional and cross-regional dialogue on identity papers;"),
    ("22(a)", "subparagraph", 6, "Strengthen regional and cross-regional dialogue on recruitment with employers;"),
    ("22(b)", "subparagraph", 6, "Foster regional cooperation with trade unions through networks of labour offices;"),
    ("22(c)", "subparagraph", 6, "Conclude regional agreements on the mutual recognition of licences;"),
    ("36(a)", "subparagraph", 20, "Develop an international platform with civil society on cheap remittances."),
    ("40", "paragraph", 23, "We will meet at the Lake Office with the Diaspora Forum, by sharing lists."),
]
PLAN_REFERENCES: list[Found] = [
    ("22(b)", "stakeholder.trade_unions", "trade unions", ""),
    ("36(a)", "stakeholder.civil_society", "civil society", ""),
    ("40", "igo.un_system", "Lake Office", "Lake Office (LO)"),
]
REVIEW = [
    ("review", "¶3", "body", "The text names civil society (Objectives 2, 20) and trade unions (Objective 3)."),
    ("review", "¶4", "body", "IOM outlined a partnership of the Puebla Process with trade unions."),
    ("rcm", "4", "paragraph", "The IOM outlined its partnership with trade unions in the region."),
    ("rcm", "5", "paragraph", "Irregular migration and smuggling of migrants were discussed with civil society."),
    ("rcm", "6", "paragraph", "We should cooperate with civil society on irregular migration by holding fairs."),
    ("rcm", "7", "paragraph", "The Member Countries Belize, Canada, Honduras, Mexico and Panama took part."),
]
REVIEW_REFERENCES = [
    ("review", "¶3", "stakeholder.civil_society", "civil society", ""),
    ("review", "¶3", "stakeholder.trade_unions", "trade unions", ""),
    ("review", "¶4", "other.iom", "IOM", mechanisms.IOM),
    ("review", "¶4", "iscm.named", "Puebla Process", mechanisms.RCM),
    ("review", "¶4", "stakeholder.trade_unions", "trade unions", ""),
    ("rcm", "4", "other.iom", "IOM", mechanisms.IOM),
    ("rcm", "4", "stakeholder.trade_unions", "trade unions", ""),
    ("rcm", "5", "stakeholder.civil_society", "civil society", ""),
    ("rcm", "6", "stakeholder.civil_society", "civil society", ""),
]
DOCUMENTS: list[dict[str, Any]] = [
    {"document": "plan", "role": "instrument", "title": "Plan of the Towns", "language": "en"},
    *(facts | ({"role": "outcome"} if facts["iscm"] else {}) for facts in mechanisms.DOCUMENTS),
]


def lexicon() -> Lexicon:
    """The package's lexicon with no mechanisms but those of the sample."""
    known = load_lexicon()
    entries = tuple(entry for entry in known.entries if not entry.facts or entry.id in KNOWN)
    return replace(known, entries=entries, version="sample")


@cache
def run() -> Frames:
    """The rows of the sample."""
    paragraphs, references, about = frames(PLAN, PLAN_REFERENCES, title="Plan of the Towns", reference_id="p")
    others = mechanisms.frames(
        [*mechanisms.PARAGRAPHS, *REVIEW], [*mechanisms.REFERENCES, *REVIEW_REFERENCES], mechanisms.DOCUMENTS
    )
    objectives = {text[0]: text[2] for text in PLAN}
    references["objective"] = [objectives[str(p)] for p in references["paragraph"]]
    joined = [pd.concat(pair, ignore_index=True) for pair in zip(others, (references, paragraphs, about), strict=True)]
    order = {str(d["document"]): n for n, d in enumerate(DOCUMENTS)}
    printed = joined[1].sort_values("document", key=lambda names: names.map(order), kind="stable")
    return Frames(joined[0], printed, joined[2], documents=DOCUMENTS)


@cache
def tables() -> dict[str, Table]:
    """Every table of the sample."""
    return build_tables(run(), labels={}, lexicon=lexicon())
