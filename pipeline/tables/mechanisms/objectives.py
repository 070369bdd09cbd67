"""Themes, guiding principles and objectives of the Compact that each mechanism addresses, and those common to all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from extractors.lexicon.compact import Compact, load_compact
from extractors.model import ObjectiveRow
from pipeline.extract.quote import Runs, occurrences, sentences
from pipeline.segment.citation import base, cite_paragraphs
from pipeline.tables.mechanisms.states import UNHEARD, listed_states
from pipeline.tables.registry import Mechanism
from pipeline.tables.sentences import Evidence
from pipeline.tables.table import Table, listing, matrix
from pipeline.translation import gettext, gettext_noop

SOURCE = "ISCM Review 2019, Figure 3"
KINDS: Mapping[str, str] = {
    "theme": gettext_noop("Theme"),
    "element": gettext_noop("Element"),
    "principle": gettext_noop("Guiding principle"),
    "objective": gettext_noop("Objective"),
}
_SURE = 75
"""Score that a judged row needs."""
BASES = ("explicit", "structural", "implied")
"""How a paragraph was found to be about something, the surest first."""


def certainty(row: ObjectiveRow) -> tuple[int, float]:
    """The order of rows by how sure they are, the surest first: by their basis, then by their score."""
    return (BASES.index(row.basis), -row.score)


@dataclass(frozen=True, slots=True)
class Address:
    """What one mechanism says on one theme, element, principle or objective: its rows, the surest first."""

    mechanism: Mechanism
    kind: str
    number: str
    rows: tuple[ObjectiveRow, ...]


@dataclass(frozen=True, slots=True)
class AddressRow:
    """A theme, element, principle or objective that documents of a mechanism address, with the surest passage."""

    IDENTITY: ClassVar[str] = "iscm kind number"

    iscm: str
    short: str
    kind: str
    number: str
    name: str
    basis: str
    paragraphs: str
    count: int
    document: str
    citation: str
    quote: Runs
    page: int | None
    paragraph: str
    url: str


@dataclass(frozen=True, slots=True)
class CommonRow:
    """A theme, element, principle or objective: how many paragraphs of each mechanism address it."""

    IDENTITY: ClassVar[str] = "kind number"

    kind: str
    number: str
    label: str
    iscms: int
    all: str
    cells: Mapping[str, int]


def names(data: Compact | None = None) -> dict[tuple[str, str], str]:
    """The titles of the themes, elements, principles and objectives, in the order of the tables.

    >>> names()["principle", "2"]
    'International cooperation'
    """
    known = data or load_compact()
    out = {("theme", str(t.number)): t.titles["en"] for t in known.themes}
    out |= {("element", e.letter): e.label for e in known.elements}
    out |= {("principle", str(p.number)): p.titles["en"] for p in known.principles}
    return out | {("objective", str(o.number)): o.titles["en"] for o in known.objectives}


def short_names() -> dict[tuple[str, str], str]:
    """The same in a word or three, where there is little room.

    >>> short_names()["objective", "9"]
    'Smuggling of migrants'
    """
    known = load_compact()
    return names(known) | {
        **{("theme", str(theme.number)): theme.label for theme in known.themes},
        **{("objective", str(objective.number)): objective.label for objective in known.objectives},
    }


def addressed(evidence: Evidence) -> list[Address]:
    """What each mechanism addresses in its own documents, from the rows of objectives.csv.

    Speeches and drafts say nothing for it; what was judged by subject (implied) does only where it was judged well and where
    the words are more than a name: not those of a body, nor those of a list of States with their ministers.
    """
    known = names()
    rows_of: dict[tuple[str, str, str], list[ObjectiveRow]] = {}
    for row in evidence.source.objectives:
        if (row.kind, str(row.number)) not in known or not is_said(evidence, row):
            continue
        for mechanism in evidence.speakers.get(row.document, ()):
            rows_of.setdefault((mechanism.name, row.kind, str(row.number)), []).append(row)
    order = {key: n for n, key in enumerate(known)}
    documents = evidence.source.number

    def surest(row: ObjectiveRow) -> tuple[object, ...]:
        return (*certainty(row), documents.get(row.document, 0))

    return [
        Address(evidence.known.mechanisms[name], kind, number, tuple(sorted(rows, key=surest)))
        for (name, kind, number), rows in sorted(
            rows_of.items(),
            key=lambda item: (evidence.known.mechanisms[item[0][0]].label.casefold(), order[item[0][1:]]),
        )
    ]


def is_said(evidence: Evidence, row: ObjectiveRow) -> bool:
    """Whether the document itself says what a row of objectives.csv shows, in words that are no name."""
    return evidence.source.documents[row.document].role not in UNHEARD and is_worded(evidence, row)


def is_worded(evidence: Evidence, row: ObjectiveRow) -> bool:
    """Whether words that are no name show what a row of objectives.csv does: named, in a heading, or judged well."""
    if row.basis != "implied":
        return True
    return row.score >= _SURE and row in worded_rows(evidence, row.document)


def worded_rows(evidence: Evidence, document: str) -> frozenset[ObjectiveRow]:
    """The rows of a document that were judged well by words that are no name."""
    if document not in evidence.worded:
        rows = [row for row in evidence.source.objectives_of(document) if row.basis == "implied" and row.score >= _SURE]
        told = evidence.source.findings.of("worded", document, lambda: [_is_worded(evidence, row) for row in rows])
        evidence.worded[document] = frozenset(row for row, shows in zip(rows, told, strict=True) if shows)
    return evidence.worded[document]


def _is_worded(evidence: Evidence, row: ObjectiveRow) -> bool:
    source = evidence.source
    place, texts = base(row.paragraph), source.texts.get((row.document, row.paragraph), [])
    bodies = [
        reference.wording
        for reference in source.by_paragraph.get((row.document, place), ())
        if reference.category.startswith(("iscm.", "igo.", "other."))
    ]
    for text in texts:
        named = [span for wording in dict.fromkeys(bodies) for span in occurrences(text, wording)]
        for start, end in occurrences(text, row.wording):
            within = next(((s, e) for s, e in sentences(text) if s <= start < e), (0, len(text)))
            is_list = bool(listed_states(text[slice(*within)], source.language(row.document)))
            if not is_list and not any(s <= start and end <= e for s, e in named):
                return True
    return not any(occurrences(text, row.wording) for text in texts)


def quoted(evidence: Evidence, row: ObjectiveRow) -> Runs:
    """The sentence of a row of objectives.csv, with its wording bold where it stands in the paragraph."""
    place = base(str(row.paragraph))
    wording = str(row.wording)
    texts = evidence.source.texts.get((row.document, str(row.paragraph)), [])
    texts = texts or evidence.source.texts.get((row.document, place), [])
    for text in texts:
        spans = occurrences(text, wording)
        if spans:
            return evidence.source.cut(text, spans[:1], 320)
    return evidence.source.cut(texts[0], [], 320) if texts else ()


def addressed_table(evidence: Evidence, found: Sequence[Address]) -> Table:
    """One row for each mechanism and theme, element, principle or objective, with its surest quote."""
    known = names()
    rows = []
    for address in found:
        best = address.rows[0]
        rows.append(
            AddressRow(
                iscm=address.mechanism.name,
                short=address.mechanism.label,
                kind=KINDS[address.kind],
                number=address.number,
                name=known[address.kind, address.number],
                basis=best.basis,
                paragraphs=_where(evidence, address.rows),
                count=len({(row.document, base(str(row.paragraph))) for row in address.rows}),
                document=best.document,
                citation=evidence.source.cited(str(best.paragraph)),
                quote=quoted(evidence, best),
                page=evidence.source.page(best.document, best.paragraph),
                paragraph=best.paragraph,
                url=evidence.source.link(best.document, best.paragraph),
            )
        )
    return listing(
        "iscm_themes_principles_objectives",
        gettext("Themes, principles and objectives addressed by each ISCM"),
        gettext(
            "One row for each theme, element, guiding principle or objective of the Global Compact that "
            "documents of the mechanism address, with the surest passage: named in words (explicit), under its "
            "heading (structural), or found to be about its subject (implied)."
        ),
        AddressRow,
        rows,
        source=SOURCE,
        group="iscm",
        brief="short kind number name basis count document citation quote",
        headers={"count": gettext_noop("Paragraphs"), "paragraphs": gettext_noop("Where")},
    )


def common_table(evidence: Evidence, found: Sequence[Address]) -> Table:
    """The same as a matrix: paragraphs of each mechanism, how many mechanisms address it, and whether all do."""
    labels = list(dict.fromkeys(address.mechanism.label for address in found))
    cells: dict[tuple[str, str], dict[str, int]] = {}
    for address in found:
        units = {(row.document, base(str(row.paragraph))) for row in address.rows}
        cells.setdefault((address.kind, address.number), {})[address.mechanism.label] = len(units)
    rows = []
    kept = {kind for kind, _ in cells} | {"theme", "principle", "objective"}
    for (kind, number), name in names().items():
        if kind not in kept:
            continue
        counts = cells.get((kind, number), {})
        rows.append(
            CommonRow(
                kind=KINDS[kind],
                number=number,
                label=name,
                iscms=len(counts),
                all="all" if labels and len(counts) == len(labels) else "",
                cells=counts,
            )
        )
    return matrix(
        "iscm_themes_principles_objectives_in_common",
        gettext("Themes, principles and objectives in common"),
        gettext(
            "Number of paragraphs in documents of each of the %(n)s mechanisms that address the theme, element, "
            "guiding principle or objective; “all” where every one of them does.",
            n=len(labels),
        ),
        CommonRow,
        rows,
        labels,
        headers={
            "label": gettext_noop("Theme, principle or objective"),
            "iscms": gettext_noop("ISCMs"),
            "all": gettext_noop("In common"),
        },
        section="mechanisms",
        source=SOURCE,
    )


def _where(evidence: Evidence, rows: Sequence[ObjectiveRow]) -> str:
    """The paragraphs by document: "bali-2018 §1, 2; bali-2023 ¶4"."""
    by_document: dict[str, list[str]] = {}
    order = evidence.source.place
    for row in sorted(rows, key=lambda r: order.get((r.document, str(r.paragraph)), 0)):
        by_document.setdefault(str(row.document), []).append(str(row.paragraph))
    ordered = sorted(by_document, key=lambda d: evidence.source.number.get(d, 0))
    return "; ".join(f"{d} {cite_paragraphs(by_document[d], evidence.source.short)}" for d in ordered)
