"""The reference tables: wordings, quotes, objectives and counts, built from the rows of references and paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from extractors.lexicon.categories import SECTIONS, section_of
from extractors.model import Reference, Status
from pipeline.extract import quote
from pipeline.extract.quote import LIMIT, Runs, Span
from pipeline.tables.columns import COLUMNS
from pipeline.tables.records import Placement, Records, subsection
from pipeline.tables.sentences import Evidence
from pipeline.tables.table import Table, matrix
from pipeline.translation import gettext, gettext_noop

HUMAN: Mapping[Status, str] = {"accepted": "✓", "edited": "✎", "added": "✎"}
_ORDER: tuple[Status, ...] = ("machine", *HUMAN)
OBJECTIVES = {f"objective_{n}": str(n) for n in range(1, 24)}
"""Column of an objective -> its printed header."""


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A wording in a document, with the paragraphs that use it."""

    IDENTITY: ClassVar[str] = "document category wording"

    document: str
    role: str
    label: str
    wording: str
    canonical: str
    paragraphs: str
    objectives: str
    documents: int
    count: int
    mentions: int
    status: str
    note: str
    self: str
    category: str
    url: str


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A paragraph under a name, wording or category, with its quote."""

    IDENTITY: ClassVar[str] = "document paragraph category subsection wording"

    document: str
    role: str
    subsection: str
    citation: str
    wording: str
    quote: Runs
    objective: int | None
    basis: str
    part: str
    page: int | None
    status: str
    note: str
    self: str
    label: str
    category: str
    paragraph: str
    url: str


@dataclass(frozen=True, slots=True)
class StakeholderByObjectiveRow:
    """A category of stakeholders in a document: the paragraphs of each objective that name it."""

    IDENTITY: ClassVar[str] = "document category basis"

    document: str
    label: str
    basis: str
    cells: Mapping[str, str]
    elsewhere: str
    category: str


@dataclass(frozen=True, slots=True)
class StakeholderCountRow:
    """A category of stakeholders: how many paragraphs of each objective name it."""

    IDENTITY: ClassVar[str] = "category basis"

    label: str
    basis: str
    cells: Mapping[str, int]
    elsewhere: int
    total: int
    category: str


@dataclass(frozen=True, slots=True)
class CategoryCountRow:
    """A category: how many references to it each document has."""

    IDENTITY: ClassVar[str] = "category"

    section: str
    label: str
    total: int
    cells: Mapping[str, int]
    category: str


@dataclass(frozen=True, slots=True)
class DocumentCountRow:
    """A document and how many references it has."""

    IDENTITY: ClassVar[str] = "document"

    document: str
    title: str
    iscm: str
    language: str
    paragraph_count: int
    with_references: int
    count: int
    mentions: int
    iscm_count: int
    igo_count: int
    stakeholder_count: int
    other_count: int
    reviewed: int
    rejected: int


def wordings_table(records: Records, section: str, evidence: Evidence) -> Table:
    """The wordings of a section of the analysis, each once a document."""
    groups: dict[tuple[str, str, str], list[Reference]] = {}
    where: dict[tuple[str, str], set[str]] = {}
    first: dict[tuple[str, str, str], int] = {}
    for n, row in enumerate(_of(records, section)):
        key = (row.document, row.category, _folded(row.wording))
        groups.setdefault(key, []).append(row)
        where.setdefault(key[1:], set()).add(row.document)
        first.setdefault((row.document, row.category, row.canonical or key[2]), n)

    def place(key: tuple[str, str, str]) -> tuple[object, ...]:
        name = groups[key][0].canonical or key[2]
        return (records.number[key[0]], records.rank(key[1]), first[(*key[:2], name)])

    rows = []
    for key in sorted(groups, key=place):
        group = groups[key]
        status = Counter(row.status for row in group)
        objectives = {n for row in group for n in records.placement(row.document, row.paragraph).objectives}
        rows.append(
            WordingRow(
                document=key[0],
                role=records.documents[key[0]].role,
                label=records.label(key[1]),
                wording=Counter(row.wording for row in group).most_common(1)[0][0],
                canonical=next((row.canonical for row in group if row.canonical), ""),
                paragraphs=records.cite(group),
                objectives=", ".join(map(str, sorted(objectives))),
                documents=len(where[key[1:]]),
                count=len(group),
                mentions=sum(row.occurrences for row in group),
                status=_summary(status),
                note=_note(status),
                self=_self(evidence, group),
                category=key[1],
                url=records.link(key[0], group[0].paragraph),
            )
        )
    return Table(
        f"{section}_wordings",
        gettext("%(section)s: wordings", section=gettext(SECTIONS[section])),
        gettext("One row for each wording in a document, with the paragraphs that use it."),
        "wordings",
        WordingRow,
        tuple(rows),
        section=section,
    )


def quotes_table(records: Records, section: str, evidence: Evidence) -> Table:
    """The quotes of a section of the analysis, each paragraph once under what it is listed under."""
    bullets: dict[tuple[str, str, str, str, str], list[tuple[Reference, list[Span]]]] = {}
    texts: dict[tuple[str, str, str, str, str], str] = {}
    for row in _of(records, section):
        text, spans = records.passage(row)
        key = (row.document, row.category, subsection(records, row), row.paragraph, text or row.quote)
        bullets.setdefault(key, []).append((row, spans))
        texts[key] = text
    order = {key: n for n, key in enumerate(bullets)}
    leads: dict[tuple[str, ...], int] = {}
    for key, n in order.items():
        leads.setdefault(key[:3], n)
    rows = []
    for key in sorted(order, key=lambda k: (records.number[k[0]], records.rank(k[1]), leads[k[:3]], order[k])):
        group = [row for row, _ in bullets[key]]
        spans = [span for _, places in bullets[key] for span in places]
        wordings = list(dict.fromkeys(row.wording for row in group))
        if texts[key]:
            pieces = records.cut(texts[key], spans, min(LIMIT + 80 * (len(set(spans)) - 1), 2 * LIMIT))
        else:
            pieces = quote.mark(group[0].quote, wordings)
        status = Counter(row.status for row in group)
        placement = records.placement(key[0], key[3])
        rows.append(
            QuoteRow(
                document=key[0],
                role=records.documents[key[0]].role,
                subsection=key[2],
                citation=records.cited(key[3]),
                wording="; ".join(wordings),
                quote=pieces,
                objective=next(iter(placement.objectives), None),
                basis=placement.basis,
                part=placement.part,
                page=next((row.page for row in group if row.page is not None), None),
                status=_summary(status),
                note=_note(status),
                self=_self(evidence, group),
                label=records.label(key[1]),
                category=key[1],
                paragraph=key[3],
                url=records.link(key[0], key[3]),
            )
        )
    return Table(
        f"{section}_quotes",
        gettext("%(section)s: quotes", section=gettext(SECTIONS[section])),
        gettext(
            "One row for each paragraph under a name, wording or category. Wordings are bold; ... marks words left out."
        ),
        "quotes",
        QuoteRow,
        tuple(rows),
        section=section,
    )


def by_objective_table(records: Records) -> Table:
    """The stakeholders of each document by objective. What only is about an objective has a row of its own, marked
    implied, and never stands beside what stands under the objective's heading."""
    rows = []
    ordered = sorted(
        _placed(records), key=lambda r: (records.number[r[0].document], records.rank(r[0].category), _BASES[r[1].basis])
    )
    for (document, category, basis), group in groupby(
        ordered, key=lambda r: (r[0].document, r[0].category, r[1].basis)
    ):
        cells: dict[str, list[Reference]] = {}
        parts: dict[str, list[Reference]] = {}
        for row, placement in group:
            for n in placement.objectives:
                cells.setdefault(f"objective_{n}", []).append(row)
            if not placement.objectives:
                parts.setdefault(placement.part, []).append(row)
        elsewhere = "; ".join(
            f"{part}: {records.cite(cell)}" if part else records.cite(cell) for part, cell in parts.items()
        )
        cited = {column: records.cite(cell) for column, cell in cells.items()}
        rows.append(StakeholderByObjectiveRow(document, records.label(category), basis, cited, elsewhere, category))
    return matrix(
        "stakeholders_by_objective",
        gettext("Non-State stakeholders by objective"),
        gettext(
            "Paragraphs that name the stakeholder, under the objective whose heading they stand under "
            "(structural); in documents without such headings under the objectives that they name (explicit) or "
            "the one that they are about most (implied)."
        ),
        StakeholderByObjectiveRow,
        rows,
        list(OBJECTIVES),
        section="stakeholder",
        headers={
            **OBJECTIVES,
            "elsewhere": gettext_noop("Under no objective"),
            "basis": gettext_noop("On what ground"),
        },
    )


def by_objective_counts_table(records: Records) -> Table:
    """The same as numbers of paragraphs, all documents together."""
    groups: dict[tuple[str, str], dict[str, set[tuple[str, str]]]] = {}
    for row, placement in _placed(records):
        cells = groups.setdefault((row.category, placement.basis or "structural"), {})
        unit = (row.document, row.paragraph)
        columns = [f"objective_{n}" for n in placement.objectives] or ["elsewhere"]
        for column in (*columns, "total"):
            cells.setdefault(column, set()).add(unit)
    for category in records.labels:
        if category.startswith("stakeholder.") and not any(known == category for known, _ in groups):
            groups[category, ""] = {}
    rows = []
    for category, basis in sorted(groups, key=lambda key: (records.rank(key[0]), _BASES[key[1]])):
        counts = {column: len(units) for column, units in groups[category, basis].items()}
        elsewhere, total = counts.get("elsewhere", 0), counts.get("total", 0)
        rows.append(StakeholderCountRow(records.label(category), basis, counts, elsewhere, total, category))
    return matrix(
        "stakeholders_by_objective_counts",
        gettext("Non-State stakeholders by objective: counts"),
        gettext(
            "Number of paragraphs of each objective that name the stakeholder, all documents together; a "
            "paragraph about several objectives counts once in the total."
        ),
        StakeholderCountRow,
        rows,
        list(OBJECTIVES),
        section="stakeholder",
        headers={
            **OBJECTIVES,
            "basis": gettext_noop("On what ground"),
            "elsewhere": gettext_noop("Under no objective"),
        },
    )


def by_category_table(records: Records) -> Table:
    """How many references of each category each document has."""
    counts = Counter((row.category, row.document) for row in records.references)
    sections = {row.category: SECTIONS[section_of(row)] for row in reversed(records.references)}
    names = {document: f"document {document}" if document in COLUMNS else document for document in records.documents}
    rows = [
        CategoryCountRow(
            section=sections[category],
            label=records.label(category),
            total=sum(counts[category, document] for document in names),
            cells={name: counts[category, document] for document, name in names.items()},
            category=category,
        )
        for category in sorted(sections, key=lambda c: (list(SECTIONS.values()).index(sections[c]), records.rank(c)))
    ]
    return matrix(
        "counts_by_category",
        gettext("References by category and document"),
        gettext("Number of references of each category in each document."),
        CategoryCountRow,
        rows,
        list(names.values()),
    )


def by_document_table(records: Records) -> Table:
    """How many references each document has."""
    located: dict[str, list[Reference]] = {}
    for row in records.references:
        located.setdefault(row.document, []).append(row)
    rows = []
    for document, facts in records.documents.items():
        own = located.get(document, [])
        sections = Counter(section_of(row) for row in own)
        rows.append(
            DocumentCountRow(
                document=document,
                title=facts.title,
                iscm=facts.iscm,
                language=facts.language,
                paragraph_count=len(records.paragraphs.get(document, ())),
                with_references=len({row.paragraph for row in own}),
                count=len(own),
                mentions=sum(row.occurrences for row in own),
                iscm_count=sections["iscm"],
                igo_count=sections["igo"],
                stakeholder_count=sections["stakeholder"],
                other_count=sections["other"],
                reviewed=sum(row.status in HUMAN for row in own),
                rejected=records.rejected[document],
            )
        )
    return Table(
        "counts_by_document",
        gettext("Documents and their references"),
        gettext("One row for each document of the run, also those without any reference."),
        "counts",
        DocumentCountRow,
        tuple(rows),
        headers={
            "iscm_count": gettext_noop("ISCMs"),
            "igo_count": gettext_noop("IGOs"),
            "stakeholder_count": gettext_noop("Stakeholders"),
            "other_count": gettext_noop("Other"),
        },
    )


_BASES = {"structural": 0, "": 0, "explicit": 1, "implied": 2}


def _placed(records: Records) -> list[tuple[Reference, Placement]]:
    """The references to stakeholders with their objectives; what stands under none in a document with headings of
    objectives is part of the row of what stands under one."""
    out = []
    for row in _of(records, "stakeholder"):
        placement = records.placement(row.document, row.paragraph)
        basis = placement.basis or ("structural" if records.has_headings(row.document) else "")
        out.append((row, Placement(placement.objectives, basis, placement.part)))
    return out


def _of(records: Records, section: str) -> list[Reference]:
    return [row for row in records.references if section_of(row) == section]


def _self(evidence: Evidence, group: Sequence[Reference]) -> str:
    """ "self" where every reference of the group is the issuing mechanism's own name."""
    return "self" if all(evidence.is_self(row) for row in group) else ""


def _folded(wording: str) -> str:
    return " ".join(wording.casefold().translate({0x2019: "'", 0x2011: "-", 0x2010: "-"}).split())


def _summary(status: Mapping[Status, int]) -> str:
    """One status, or the number of each: "machine 2, accepted 1"."""
    if len(status) == 1:
        return next(iter(status))
    return ", ".join(f"{name} {status[name]}" for name in _ORDER if name in status)


def _note(status: Mapping[Status, int]) -> str:
    return "".join(dict.fromkeys(sign for name, sign in HUMAN.items() if name in status))
