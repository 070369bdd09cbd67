"""What the participants of mechanisms and the States of instruments commit to, one row a commitment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from extractors.model import DocumentRow
from extractors.text.identity import make_identity
from extractors.text.normalization import squash
from pipeline.extract import quote
from pipeline.extract.quote import Runs
from pipeline.tables.commitments.context import partner_names, partners_in, placement_of
from pipeline.tables.commitments.deadline import deadline_in
from pipeline.tables.commitments.operative import DocumentOperatives
from pipeline.tables.commitments.parties import parties_of
from pipeline.tables.commitments.standing import Said, standings
from pipeline.tables.sentences import Evidence
from pipeline.tables.series import group_dates
from pipeline.tables.table import Table, listing
from pipeline.translation import gettext

ROLES = frozenset({"instrument", "outcome"})
"""Roles of the documents that commit anybody: what States adopted, not accounts, speeches or drafts."""
HEADERS: Mapping[str, str] = {"partners": "Partners by name or category"}
BRIEF = "force quote actor objectives citation"


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A sentence or list item in which somebody decides, commits or asks, held against the mechanism's other documents.

    `lead` are the words above a list whose item it is. A dropped one is a row of its own, of the document that said it.
    """

    IDENTITY: ClassVar[str] = "commitment_id"

    commitment_id: str
    work: str
    document: str
    iscm: str
    date: str
    language: str
    paragraph: str
    citation: str
    quote: Runs
    verb: str
    force: str
    lead: str
    actor: str
    addressee: str
    objectives: str
    basis: str
    partners: str
    deadline: str
    due: str
    standing: str
    earlier: str
    later: str
    page: int | None
    url: str


def commitments_table(evidence: Evidence, operatives: DocumentOperatives | None = None) -> Table:
    """List what outcome documents and instruments commit to: every sentence that decides, commits, asks or takes note.

    Actor and addressee are the subject and the object of the verb, in the words of the document; partners are the ISCMs,
    organizations and stakeholders that the sentence names. Objectives are those of the heading or that the paragraph
    names, else the one that the sentence itself is about. A commitment is held against those of the mechanism's other
    documents in the same language, in the order of their dates: works without a date are held against none. `operatives`
    are those that another table has read.
    """
    read = operatives or DocumentOperatives(evidence.source)
    rows: list[CommitmentRow] = []
    for document, facts in evidence.source.documents.items():
        if facts.role in ROLES and document in evidence.source.paragraphs:
            make = partial(_rows, document, facts, evidence, read)
            rows += evidence.source.findings.of("commitments", document, make)
    return listing(
        "commitments",
        gettext("Commitments"),
        gettext(
            "One row for each sentence or list item in which States or the participants of a mechanism decide, "
            "commit, recommend, ask or take note; bold are the words that do so and the partners. New, repeated "
            "(nearly the same words) or dropped tells it from the mechanism's other documents in that language, "
            "as far as the corpus has them; a dropped one is a row of the document that said it."
        ),
        CommitmentRow,
        _compared(rows, evidence),
        headers=HEADERS,
        section="mechanisms",
        group="document",
        brief=BRIEF,
    )


def _rows(document: str, facts: DocumentRow, evidence: Evidence, read: DocumentOperatives) -> tuple[CommitmentRow, ...]:
    """The rows of one document, held against no other."""
    return tuple(_said(document, facts, evidence, read))


def _said(document: str, facts: DocumentRow, evidence: Evidence, read: DocumentOperatives) -> Iterator[CommitmentRow]:
    units = evidence.source.units(document)
    language = units[0].language
    parties = parties_of(language)
    named = parties.named(units)
    issuers = "; ".join(mechanism.name for mechanism in evidence.issuers[document]) or facts.iscm
    count: dict[str, int] = {}
    for position, operative in read.of(document):
        unit, text = operative.unit, operative.text
        key = make_identity(document, unit.paragraph, squash(text))
        count[key] = count.get(key, 0) + 1
        partners = partners_in(unit, operative.span)
        placement = placement_of(unit, text)
        low = operative.span[0]
        own = operative.principal
        due = deadline_in("" if operative.force == "note" else text[own.span[0] - low if own else 0 :], language)
        bold = [verb.span for verb in operative.verbs] + [place for one in partners for place in one.places]
        yield CommitmentRow(
            commitment_id=key if count[key] == 1 else make_identity(key, count[key]),
            work=facts.work or document,
            document=document,
            iscm=issuers,
            date=facts.date,
            language=language,
            paragraph=unit.paragraph,
            citation=evidence.source.cited(unit.paragraph),
            quote=quote.runs(text, [(start - low, end - low) for start, end in bold], len(text)),
            verb=operative.verb,
            force=operative.force,
            lead=operative.lead.text if operative.lead else "",
            actor=parties.actor(operative, position, named),
            addressee=parties.addressee(operative),
            objectives="; ".join(map(str, placement.objectives)),
            basis=placement.basis,
            partners=partner_names(partners, evidence.source),
            deadline=due.printed,
            due=due.iso,
            standing="",
            earlier="",
            later="",
            page=unit.page,
            url=evidence.source.link(document, unit.paragraph),
        )


def _compared(rows: Sequence[CommitmentRow], evidence: Evidence) -> list[CommitmentRow]:
    """The rows with their standing, and behind them those that a mechanism's next document dropped."""
    said = (Said(number, row.document, quote.plain(row.quote)) for number, row in enumerate(rows))
    kept, dropped = list(rows), []
    for one in standings(said, _series(rows, evidence)):
        row = kept[one.number]
        if one.kind == "dropped":
            key = make_identity(row.commitment_id, one.document)
            dropped.append(replace(row, commitment_id=key, standing="dropped", earlier="", later=one.document))
        elif row.standing != "repeated":
            other = f", {rows[one.other.number].citation}" if one.other else ""
            kept[one.number] = replace(row, standing=one.kind, earlier=one.document + other)
    return [*kept, *dropped]


def _series(rows: Sequence[CommitmentRow], evidence: Evidence) -> list[list[list[str]]]:
    """The dated documents of each mechanism in each language in time order, those of one date together."""
    languages = {row.document: row.language for row in rows}
    of_language: dict[tuple[str, str], list[str]] = {}
    for name, documents in evidence.mechanisms.items():
        for document in documents:
            if document in languages:
                of_language.setdefault((name, languages[document]), []).append(document)
    return [group_dates(evidence, documents) for documents in of_language.values()]
