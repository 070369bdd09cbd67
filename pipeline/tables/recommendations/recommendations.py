"""Recommendations with their means of implementation and partnerships, in the template of the action groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from pipeline.extract import quote
from pipeline.extract.quote import LIMIT, Runs
from pipeline.segment.citation import cite_paragraphs
from pipeline.tables.commitments.context import partner_names, partners_in, placement_of
from pipeline.tables.commitments.operative import DocumentOperatives, Operative, OperativeReader, operative_reader
from pipeline.tables.recommendations.means import Means, means_of
from pipeline.tables.recommendations.printed_table import PrintedRow, printed_rows
from pipeline.tables.recommendations.words import FieldName, Template, read_template
from pipeline.tables.records import Records, Unit
from pipeline.tables.table import Table, listing
from pipeline.translation import gettext

HEADERS: Mapping[str, str] = {
    "recommendation": "Recommendation / actionable commitment",
    "means": "Means of implementation",
    "partnerships": "Partnerships",
    "partners": "Partners by name or category",
    "force": "Force",
    "lead": "Leading words",
    "objective_basis": "Objective known from",
    "basis": "Read from",
}
SECTION = "mechanisms"
SOURCE = "“Recommendations/Actionable commitment” (IOM submission to the action group on the regional dimension)"
BRIEF = "recommendation means partnerships citation"
_FIELDS: tuple[FieldName, ...] = ("recommendation", "means", "partnerships")


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """What a document recommends or commits to, by what means and with whom."""

    IDENTITY: ClassVar[str] = "document paragraph recommendation"

    document: str
    recommendation: str
    means: str
    partnerships: str
    partners: str
    citation: str
    quote: Runs
    force: str
    lead: str
    objective: int | None
    objective_basis: str
    basis: str
    page: int | None
    paragraph: str
    url: str


def recommendations_table(records: Records, operatives: DocumentOperatives | None = None) -> Table:
    """List what documents recommend or commit to, by what means and with whom.

    A document's own table of that kind is read as printed ("table"); elsewhere an operative sentence that binds or
    recommends is a row ("sentence"), and so is each item below words that lead to a list ("list": "We agree to: (a) ...").
    Means are the phrases with "by ...", "through ..."; partnerships are the ISCMs, organizations and stakeholders found
    in that very sentence. Documents that do not speak in their own voice (speeches, accounts, analyses) count with a
    printed table only. The objective is that of the heading or one that the paragraph names, else the one that the
    sentence itself is about; `objective_basis` tells which. `operatives` are those
    that another table has read. Raises LexiconError for a file of words that cannot be used.
    """
    data, read = read_template(), operatives or DocumentOperatives(records)
    means: dict[str, Means] = {}
    rows = [
        row
        for document in records.paragraphs
        for row in records.findings.of(
            "recommendations", document, partial(_rows, document, records, read, data, means)
        )
    ]
    return listing(
        "recommendations",
        gettext("Recommendations, means of implementation and partnerships"),
        gettext(
            "One row for each recommendation or commitment: a row of the document's own table, a sentence that "
            "binds or recommends, or an item below one. Means and partnerships are those of the same sentence; "
            "bold are the words that bind or recommend and the partners."
        ),
        RecommendationRow,
        rows,
        headers=HEADERS,
        section=SECTION,
        source=SOURCE,
        brief=BRIEF,
    )


def _rows(
    document: str, records: Records, read: DocumentOperatives, data: Template, means: dict[str, Means]
) -> tuple[RecommendationRow, ...]:
    """The rows of one document, in reading order."""
    own = records.units(document)
    language = own[0].language
    reader = operative_reader(language)
    placed = [(row.position, _from_table(row, reader, records)) for row in printed_rows(own, data)]
    if records.documents[document].role in data.voices:
        if language not in means:
            means[language] = means_of(data, language)
        placed += [
            (n, _from_sentence(operative, label, means[language], records))
            for n, operative in read.of(document)
            if (label := reader.label(operative))
        ]
    return tuple(row for _, row in sorted(placed, key=lambda p: p[0]))


def _from_table(row: PrintedRow, reader: OperativeReader, records: Records) -> RecommendationRow:
    cells = row.cells
    every = [unit for name in _FIELDS for unit in cells.get(name, ())]
    opening = every[0]
    shown = [unit for name in _FIELDS[1:] for unit in cells.get(name, ())]
    evidence = max([u for u in shown if u.text.strip()] or [opening], key=lambda u: len(u.text))
    verbs = [verb.span for verb in reader.verbs(evidence.text)]
    spans = [*verbs, *(place for one in partners_in(evidence) for place in one.places)]
    partners = [one for unit in every for one in partners_in(unit)]
    number, ground = _objective(opening, opening.text)
    return RecommendationRow(
        document=opening.document,
        recommendation=_plain(cells.get("recommendation", ())),
        means=_plain(cells.get("means", ())),
        partnerships=_plain(cells.get("partnerships", ())),
        partners=partner_names(partners, records),
        citation=cite_paragraphs([unit.paragraph for unit in every], records.short),
        quote=quote.runs(evidence.text, spans, 2 * LIMIT),
        force="recommendation",
        lead="",
        objective=number,
        objective_basis=ground,
        basis="table",
        page=opening.page,
        paragraph=opening.paragraph,
        url=records.link(opening.document, opening.paragraph),
    )


def _from_sentence(operative: Operative, label: str, means: Means, records: Records) -> RecommendationRow:
    unit, low = operative.unit, operative.span[0]
    inside = partners_in(unit, operative.span)
    number, ground = _objective(unit, operative.text)
    bold = [*(verb.span for verb in operative.verbs), *(place for one in inside for place in one.places)]
    return RecommendationRow(
        document=unit.document,
        recommendation=" ".join(operative.text.split()),
        means="; ".join(" ".join(operative.text[start:end].split()) for start, end in means.phrases(operative.text)),
        partnerships="; ".join(dict.fromkeys(one.mentioned.wording for one in inside)),
        partners=partner_names(inside, records),
        citation=records.cited(unit.paragraph),
        quote=quote.runs(unit.text, bold or [(low, low)], 2 * LIMIT),
        force=label,
        lead=operative.lead.text if operative.lead else "",
        objective=number,
        objective_basis=ground,
        basis="list" if operative.lead else "sentence",
        page=unit.page,
        paragraph=unit.paragraph,
        url=records.link(unit.document, unit.paragraph),
    )


def _objective(unit: Unit, sentence: str) -> tuple[int | None, str]:
    """The one objective of a recommendation and on what ground."""
    placement = placement_of(unit, sentence)
    return (placement.objectives[0] if len(placement.objectives) == 1 else None), placement.basis


def _plain(cell: Sequence[Unit]) -> str:
    """The text of a cell on one line, without list marks at its start."""
    return " ".join(" ".join(unit.text for unit in cell).split()).lstrip("•◦▪ ").strip()
