"""What outcome documents take up across mechanisms: objectives by region, type and year, and those that nobody takes up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from extractors.model import ObjectiveRow
from extractors.text.dates import iso_date
from pipeline.extract.quote import Runs
from pipeline.segment.citation import base
from pipeline.tables.mechanisms.objectives import Address, names, quoted
from pipeline.tables.registry import TYPES, Mechanism
from pipeline.tables.sentences import Evidence
from pipeline.tables.series import TakenUp, group_versions, objectives_taken_up, outcome_documents
from pipeline.tables.table import Table, listing
from pipeline.translation import gettext, gettext_noop

UNDATED = "no date"
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class TakenUpRow:
    """An objective in a region, type of mechanism and year: how many of the outcome documents read take it up, with the
    surest passage."""

    IDENTITY: ClassVar[str] = "objective region type year"

    objective: int
    name: str
    region: str
    type: str
    year: str
    count: int
    documents_read: int
    mechanisms: str
    basis: str
    document: str
    citation: str
    quote: Runs
    page: int | None
    paragraph: str
    url: str


@dataclass(frozen=True, slots=True)
class GapRow:
    """An objective that no outcome document of a scope takes up, of so many that were read: there is no passage to show."""

    IDENTITY: ClassVar[str] = "scope scope_name objective"

    scope: str
    scope_name: str
    objective: int
    name: str
    documents_read: int
    taken_up_by: str
    told_in: int
    outcomes: str


@dataclass(frozen=True, slots=True)
class OutcomeWork:
    """A work that a mechanism adopted, by a name of its documents, with the objectives that it takes up in any language."""

    name: str
    mechanism: Mechanism
    year: str
    taken: dict[int, list[ObjectiveRow]]


def find_outcome_works(evidence: Evidence) -> list[OutcomeWork]:
    """One for each work and mechanism that issued it."""
    taken: dict[str, TakenUp] = objectives_taken_up(evidence, outcome_documents(evidence))
    by_date: dict[tuple[str, str], list[str]] = {}
    for document in taken:
        date = iso_date(evidence.source.documents[document].date)
        for mechanism in evidence.speakers[document]:
            by_date.setdefault((mechanism.name, date or document), []).append(document)
    out = []
    for (name, _), documents in by_date.items():
        year = iso_date(evidence.source.documents[documents[0]].date)[:4] or UNDATED
        for versions in group_versions(evidence, documents):
            rows: dict[int, list[ObjectiveRow]] = {}
            for version in versions:
                for number, found in taken[version].items():
                    rows.setdefault(number, []).extend(found)
            out.append(OutcomeWork(versions[0], evidence.known.mechanisms[name], year, rows))
    return out


def taken_up_table(evidence: Evidence, works: Sequence[OutcomeWork]) -> Table:
    """The objectives by region, type of mechanism and year, each with the number of documents behind it."""
    cells: dict[tuple[str, str, str], list[OutcomeWork]] = {}
    for work in works:
        cells.setdefault((work.mechanism.region, TYPES[work.mechanism.type], work.year), []).append(work)
    titles, source = names(), evidence.source
    rows = []
    for number in range(1, 24):
        for (region, kind, year), read in sorted(cells.items()):
            taking = [work for work in read if number in work.taken]
            if not taking:
                continue
            best = max((row for work in taking for row in work.taken[number]), key=_sureness)
            rows.append(
                TakenUpRow(
                    objective=number,
                    name=titles["objective", str(number)],
                    region=region,
                    type=kind,
                    year=year,
                    count=len({work.name for work in taking}),
                    documents_read=len({work.name for work in read}),
                    mechanisms="; ".join(dict.fromkeys(work.mechanism.label for work in taking)),
                    basis=best.basis,
                    document=best.document,
                    citation=source.cited(best.paragraph),
                    quote=quoted(evidence, best),
                    page=source.page(best.document, best.paragraph),
                    paragraph=best.paragraph,
                    url=source.link(best.document, best.paragraph),
                )
            )
    return listing(
        "objectives_by_region_type_year",
        gettext("Objectives by region, type of ISCM and year"),
        gettext(
            "One row for each objective that outcome documents of a region, type of mechanism and year take up: "
            "how many of the documents read do, and the surest passage. A work counts once, whatever its "
            "languages; a region and year without a row for an objective has none that takes it up. N = %(n)s "
            "outcome documents.",
            n=_number(works),
        ),
        TakenUpRow,
        rows,
        group="objective",
        brief="objective name region type year count documents_read mechanisms citation quote",
        headers={"count": gettext_noop("Documents"), "mechanisms": gettext_noop("ISCMs")},
    )


def gaps_table(evidence: Evidence, works: Sequence[OutcomeWork], addresses: Sequence[Address]) -> Table:
    """The objectives that no outcome document of all mechanisms, of a region, of a type or of a mechanism takes up."""
    outcomes = set(outcome_documents(evidence))
    told: dict[int, list[tuple[Mechanism, str]]] = {}
    for address in addresses:
        if address.kind == "objective":
            rows = {row.document for row in address.rows} - outcomes
            told.setdefault(int(address.number), []).extend((address.mechanism, document) for document in sorted(rows))
    return listing(
        "gaps",
        gettext("Objectives that no outcome document takes up"),
        gettext(
            "One row for each objective that none of the outcome documents read takes up, of all mechanisms, of "
            "a region, of a type and of each mechanism; where none was read nothing is said. Reports and "
            "accounts that take it up are counted beside it. What was not found may stand in a part of a text "
            "that the corpus does not have, or in words that the rules do not know. N = %(n)s outcome documents "
            "of %(mechanisms)s mechanisms.",
            n=_number(works),
            mechanisms=len({w.mechanism.name for w in works}),
        ),
        GapRow,
        _gaps(works, told),
        group="scope_name",
        brief="scope scope_name objective name documents_read taken_up_by told_in",
    )


def _gaps(works: Sequence[OutcomeWork], told: dict[int, list[tuple[Mechanism, str]]]) -> Iterator[GapRow]:
    titles = names()
    for scope, name in _scopes(works):
        read = [work for work in works if name in _names(work.mechanism)[scope]]
        for number in range(1, 24):
            if any(number in work.taken for work in read):
                continue
            taking = dict.fromkeys(work.mechanism.label for work in works if number in work.taken)
            beside = {document for mechanism, document in told.get(number, ()) if name in _names(mechanism)[scope]}
            yield GapRow(
                scope=scope,
                scope_name=name,
                objective=number,
                name=titles["objective", str(number)],
                documents_read=_number(read),
                taken_up_by="; ".join(taking) or NOBODY,
                told_in=len(beside),
                outcomes="; ".join(dict.fromkeys(work.name for work in read)),
            )


def _scopes(works: Sequence[OutcomeWork]) -> list[tuple[str, str]]:
    """The scopes with documents: all, then types, regions and mechanisms, each in the order of its names."""
    pairs = {(scope, name) for work in works for scope, (name,) in _names(work.mechanism).items()}
    order = list(_names(works[0].mechanism)) if works else []
    return sorted(pairs, key=lambda pair: (order.index(pair[0]), pair[1].casefold()))


def _names(mechanism: Mechanism) -> dict[str, tuple[str]]:
    """The name of each scope that a mechanism is in."""
    return {
        "all": ("all ISCMs",),
        "type": (TYPES[mechanism.type],),
        "region": (mechanism.region,),
        "mechanism": (mechanism.label,),
    }


def _number(works: Sequence[OutcomeWork]) -> int:
    return len({work.name for work in works})


def _sureness(row: ObjectiveRow) -> tuple[bool, bool, float, str]:
    return (row.basis == "explicit", row.basis == "structural", row.score, base(row.paragraph))
