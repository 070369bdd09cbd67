"""Recommendations with their means of implementation and partnerships, in the template of the action groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from extractors.lexicon.categories import category_label
from pipeline.extract import quote
from pipeline.extract.quote import LIMIT, Runs
from pipeline.segment.citation import citation, citations
from pipeline.tables.kept import Cache
from pipeline.tables.recommendations.printed_table import PrintedRow, printed_rows
from pipeline.tables.recommendations.sentences import Directive, Reader, reader
from pipeline.tables.recommendations.words import Directives, FieldName, directives
from pipeline.tables.records import Mentioned, Unit, Units, units
from pipeline.tables.table import Table, frame

COLUMNS = "document recommendation means partnerships partners citation quote force lead objective basis page paragraph"
HEADERS: Mapping[str, str] = {
    "recommendation": "Recommendation / actionable commitment",
    "means": "Means of implementation",
    "partnerships": "Partnerships",
    "partners": "Partners by name or category",
    "force": "Force",
    "lead": "Leading words",
    "basis": "Read from",
}
SECTION = "mechanisms"
SOURCE = "“Recommendations/Actionable commitment” (IOM submission to the action group on the regional dimension)"
BRIEF = ("recommendation", "means", "partnerships", "citation")
_FIELDS: tuple[FieldName, ...] = ("recommendation", "means", "partnerships")

Row = dict[str, Any]


def recommendations(
    paragraphs: pd.DataFrame,
    references: pd.DataFrame,
    objectives: pd.DataFrame,
    *,
    documents: Sequence[Mapping[str, Any]] = (),
    data: Directives | None = None,
    labels: Mapping[str, str] | None = None,
    short: bool = False,
) -> Table:
    """List what documents recommend or commit to, by what means and with whom.

    A document's own table of that kind is read as printed ("table"); elsewhere a sentence with a binding or recommending
    word is a row ("sentence"), and so is each item below words that lead to a list ("list": "We agree to: (a) ...").
    Means are the phrases with "by ...", "through ..."; partnerships are the ISCMs, organizations and stakeholders found
    in that very sentence. Preambles are left out. `data` are the words (default `lexicons/tables/recommendations.yaml`),
    `labels` names of categories, `short` cites as §43biii. Raises GcmrefsError for a role file that cannot be used.

    >>> recommendations(paragraphs, references, objectives).frame.iloc[0]["means"]  # doctest: +SKIP
    'by improving and investing in the collection, analysis and dissemination of accurate ... data'
    """
    return listed(units(paragraphs, references, objectives, documents), data=data, labels=labels, short=short)


def listed(
    read: Units,
    *,
    data: Directives | None = None,
    labels: Mapping[str, str] | None = None,
    short: bool = False,
    cache: Cache | None = None,
) -> Table:
    """The same from paragraphs that are grouped already; rows of documents that `cache` knows are taken from there."""
    known, kept = data or directives(), cache or Cache()
    judges: dict[str, Reader] = {}

    def made(document: str) -> list[tuple[Row, Runs]]:
        own = read.of(document)
        language = own[0].language
        if language not in judges:
            judges[language] = reader(known, language)
        judge = judges[language]
        printed = printed_rows(own, known)
        placed = [(row.position, _from_table(row, judge, known, labels or {}, short)) for row in printed]
        placed += [(n, _from_sentence(d, known, labels or {}, short)) for n, d in judge.directives(own)]
        return [row for _, row in sorted(placed, key=lambda p: p[0])]

    found: list[tuple[Row, Runs]] = []
    for document in read.documents:
        rows = kept.part(document, "recommendations", partial(made, document))
        found += [(row, quote.restored(pieces)) for row, pieces in rows]
    return Table(
        "recommendations",
        "Recommendations, means of implementation and partnerships",
        "One row for each recommendation or commitment: a row of the document's own table, a sentence that binds or "
        "recommends, or an item below one. Means and partnerships are those of the same sentence; bold are the words "
        "that bind or recommend and the partners.",
        "listing",
        frame([row for row, _ in found], COLUMNS),
        rich={"quote": tuple(pieces for _, pieces in found)},
        headers=HEADERS,
        section=SECTION,
        source=SOURCE,
        brief=BRIEF,
    )


def _from_table(
    row: PrintedRow, judge: Reader, data: Directives, labels: Mapping[str, str], short: bool
) -> tuple[Row, Runs]:
    cells = row.cells
    every = [unit for name in _FIELDS for unit in cells.get(name, ())]
    first = every[0]
    shown = [unit for name in _FIELDS[1:] for unit in cells.get(name, ())]
    evidence = max([u for u in shown if u.text.strip()] or [first], key=lambda u: len(u.text))
    spans = [*judge.force(evidence.text)[1], *(place for m in _partners(evidence, data) for place in m.places)]
    pieces = quote.runs(evidence.text, spans, 2 * LIMIT)
    partners = [m for unit in every for m in _partners(unit, data)]
    return {
        "document": first.document,
        "recommendation": _plain(cells.get("recommendation", ())),
        "means": _plain(cells.get("means", ())),
        "partnerships": _plain(cells.get("partnerships", ())),
        "partners": _named(partners, labels),
        "citation": citations([unit.paragraph for unit in every], short),
        "quote": quote.plain(pieces),
        "force": "recommendation",
        "lead": "",
        "objective": first.objectives[0] if len(first.objectives) == 1 else None,
        "basis": "table",
        "page": first.page,
        "paragraph": first.paragraph,
    }, pieces


def _from_sentence(found: Directive, data: Directives, labels: Mapping[str, str], short: bool) -> tuple[Row, Runs]:
    unit, (low, high) = found.unit, found.span
    inside = [
        (m, places)
        for m in _partners(unit, data)
        if (places := [(start, end) for start, end in m.places if low <= start and end <= high])
    ]
    bold = [*found.places, *(place for _, places in inside for place in places)]
    pieces = quote.runs(unit.text, bold or [(low, low)], 2 * LIMIT)
    return {
        "document": unit.document,
        "recommendation": " ".join(unit.text[low:high].split()),
        "means": "; ".join(" ".join(unit.text[start:end].split()) for start, end in found.means),
        "partnerships": "; ".join(dict.fromkeys(m.wording for m, _ in inside)),
        "partners": _named([m for m, _ in inside], labels),
        "citation": citation(unit.paragraph, short),
        "quote": quote.plain(pieces),
        "force": found.force,
        "lead": found.lead,
        "objective": unit.objectives[0] if len(unit.objectives) == 1 else None,
        "basis": found.basis,
        "page": unit.page,
        "paragraph": unit.paragraph,
    }, pieces


def _partners(unit: Unit, data: Directives) -> list[Mentioned]:
    wanted = set(data.partners)
    return [m for m in unit.mentioned if {m.category, m.category.partition(".")[0]} & wanted]


def _named(partners: Sequence[Mentioned], labels: Mapping[str, str]) -> str:
    """Each partner once: its name where the text says it, else its category."""
    return "; ".join(dict.fromkeys(m.canonical or category_label(m.category, labels) for m in partners))


def _plain(cell: Sequence[Unit]) -> str:
    """The text of a cell on one line, without list marks at its start."""
    return " ".join(" ".join(unit.text for unit in cell).split()).lstrip("•◦▪ ").strip()
