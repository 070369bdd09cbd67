"""Who names whom: the bodies that mechanisms and documents name, in which relation, as the edges of a graph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain, groupby, repeat
from typing import ClassVar

from extractors.model import DocumentRow, Reference
from pipeline.extract import quote
from pipeline.extract.quote import Runs, Span
from pipeline.segment.citation import base
from pipeline.tables.mechanisms.partnerships import (
    Partnership,
    PartnershipRow,
    PartnerWords,
    read_partner_words,
    relate,
)
from pipeline.tables.mechanisms.states import states_named
from pipeline.tables.sentences import SPOKEN, Evidence
from pipeline.tables.table import Table, listing
from pipeline.translation import gettext

NAMES = "names"
MECHANISM, ORGANIZATION, PROCESS, STATE, DOCUMENT = "mechanism", "organization", "process", "State", "document"
"""Kinds of nodes."""
_ABOUT_OTHERS = frozenset({"analysis", "draft"})
"""Roles of documents whose naming is not counted: an analysis names everybody, a draft binds nobody."""
_ORGANIZATIONS = ("igo.", "other.iom", "other.un_network", "other.gmg")
_QUOTE = 300


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """A body that a mechanism or document names in one relation in one work, with the first passage."""

    IDENTITY: ClassVar[str] = "source target relation document"

    source: str
    source_kind: str
    target: str
    target_kind: str
    relation: str
    count: int
    date: str
    said_by: str
    document: str
    citation: str
    quote: Runs
    page: int | None
    paragraph: str
    url: str


@dataclass(frozen=True, slots=True)
class Naming:
    """One passage in which a body is named: `spans` are its words in the `text` of the paragraph."""

    source: str
    source_kind: str
    target: str
    target_kind: str
    relation: str
    document: str
    paragraph: str
    said_by: str
    text: str
    spans: tuple[Span, ...]


def edges_table(evidence: Evidence, partnered: Sequence[Partnership]) -> Table:
    """One row for each mechanism or document, body, relation and work."""
    source = evidence.source
    groups: dict[tuple[str, str, str, str], dict[str, list[Naming]]] = {}
    for one in namings(evidence, partnered):
        facts = source.documents[one.document]
        key = (one.source, one.target, one.relation, facts.work or one.document)
        groups.setdefault(key, {}).setdefault(one.document, []).append(one)
    rows = []
    for copies in groups.values():
        found = max(copies.values(), key=len)  # a work in several languages says it once
        first = found[0]
        rows.append(
            EdgeRow(
                source=first.source,
                source_kind=first.source_kind,
                target=first.target,
                target_kind=first.target_kind,
                relation=first.relation,
                count=len({one.paragraph for one in found}),
                date=source.documents[first.document].date,
                said_by=first.said_by,
                document=first.document,
                citation=source.cited(first.paragraph),
                quote=source.cut(first.text, sorted(set(first.spans)), _QUOTE),
                page=source.page(first.document, first.paragraph),
                paragraph=base(first.paragraph),
                url=source.link(first.document, first.paragraph),
            )
        )
    rows.sort(key=lambda row: (row.source_kind == DOCUMENT, row.source.casefold(), row.target.casefold(), row.relation))
    return listing(
        "who_names_whom",
        gettext("Who names whom"),
        gettext(
            "One row for each body that a mechanism (in its own documents) or another document names, in each "
            "relation and work: as a partner in one of the relations of the table of partnerships, as a member, "
            "participant or observer in a list of States, as one that it criticizes, else only by name. Analyses "
            "and drafts name nobody here. The same as a graph: who_names_whom.graphml."
        ),
        EdgeRow,
        rows,
        group="source",
        brief="target relation count date document citation quote",
    )


def follow_partnerships(edges: Table, before: Iterable[object], after: Iterable[object]) -> Table:
    """Return the table with the partnerships that analysts left: `before` are the machine's, `after` those they show.

    A body that is no partner any more is only named; one that an analyst named is a partner with that passage.
    """
    was, now = (Counter(chain.from_iterable(map(_partners, rows))) for rows in (before, after))
    if was == now:
        return edges
    known = {row.target: row.target_kind for row in edges.rows if isinstance(row, EdgeRow)}
    dates = {row.document: row.date for row in edges.rows if isinstance(row, EdgeRow)}
    passages = {key: row for row in after if isinstance(row, PartnershipRow) for key in _partners(row)}
    held: dict[tuple[str, str, str, str], tuple[EdgeRow, bool]] = {}
    for row, is_new in zip(edges.rows, edges.new_rows or repeat(False), strict=edges.new_rows is not None):
        if not isinstance(row, EdgeRow):
            continue
        key = (row.source, row.target, row.relation, row.document)
        count = row.count - was[key] + now[key]
        if was[key] and not now[key]:
            row = replace(row, relation=NAMES)
        elif count > 0:
            row = replace(row, count=count)
        held.setdefault((row.source, row.target, row.relation, row.document), (row, is_new))
    for key, row in passages.items():
        if not was[key] and key not in held:
            edge = _edge(key, row, now[key], known.get(key[1], ORGANIZATION))
            held[key] = (replace(edge, date=dates.get(edge.document, "")), False)
    rows, marks = zip(*held.values(), strict=True) if held else ((), ())
    return replace(edges, rows=rows, new_rows=None if edges.new_rows is None else marks)


def _partners(row: object) -> list[tuple[str, str, str, str]]:
    """Source, target, relation and document of the edges that a row of the table of partnerships stands for."""
    if not isinstance(row, PartnershipRow):
        return []
    return [(row.iscm, name, row.relation, row.document) for name in filter(None, row.canonical.split("; "))]


def _edge(key: tuple[str, str, str, str], row: PartnershipRow, count: int, kind: str) -> EdgeRow:
    source, target, relation, document = key
    return EdgeRow(
        source, MECHANISM, target, kind, relation, count, "", row.said_by, document, row.citation, row.quote, row.page,
        row.paragraph, row.url,
    )  # fmt: skip


def namings(evidence: Evidence, partnered: Sequence[Partnership]) -> Iterator[Naming]:
    """Every passage that names a body: in a relation first, then those that only name one and stand in no relation."""
    related: set[tuple[str, str, str, str]] = set()
    for one in partnered:
        reference, sentence = one.reference, one.sentence
        if not is_body(reference):
            continue
        spans = [(reference.start - sentence.start, reference.end - sentence.start), *one.spans]
        related.add((one.mechanism.name, reference.canonical, reference.document, base(reference.paragraph)))
        yield Naming(
            one.mechanism.name, MECHANISM, reference.canonical, kind_of_body(reference), one.relation, sentence.document,
            sentence.paragraph, sentence.said_by, sentence.text, tuple(sentence.spans(spans)),
        )  # fmt: skip
    for mechanism, relation, state, row in states_named(evidence):
        said = evidence.voices[row.document]
        yield Naming(
            mechanism.name, MECHANISM, state.state, STATE, relation, row.document, row.paragraph, said, row.text, (state.span,)
        )  # fmt: skip
    yield from _named(evidence, related)


def _named(evidence: Evidence, related: set[tuple[str, str, str, str]]) -> Iterator[Naming]:
    """The passages that name a body and say no more of it."""
    for document, found in groupby(evidence.source.references, key=lambda reference: reference.document):
        if evidence.source.documents[document].role not in _ABOUT_OTHERS:
            rows = tuple(found)
            make = partial(_named_in, evidence, document, rows, related)
            yield from evidence.source.findings.of("namings", document, make)


def _named_in(
    evidence: Evidence, document: str, references: Sequence[Reference], related: set[tuple[str, str, str, str]]
) -> list[Naming]:
    """Those of one document."""
    speakers = evidence.speakers.get(document, ())
    sources = [(one.name, MECHANISM) for one in speakers]
    sources = sources or [(name_of(evidence.source.documents[document]), DOCUMENT)]
    language = evidence.source.language(document)
    out = []
    for reference in references:
        row = evidence.source.rows.get((document, reference.paragraph_row))
        is_said = row is None or row.kind in SPOKEN  # not in a letterhead or title
        if not is_said or not is_body(reference) or evidence.is_self(reference):
            continue
        text, spans = evidence.source.passage(reference)
        if not text:
            text, spans = reference.quote, quote.occurrences(reference.quote, reference.wording)
        relation = relation_of(text, spans, language)
        out += [
            Naming(
                name, kind, reference.canonical, kind_of_body(reference), relation, document, reference.paragraph,
                evidence.voices[document], text, tuple(spans),
            )
            for name, kind in sources
            if name != reference.canonical
            and (name, reference.canonical, document, base(reference.paragraph)) not in related
        ]  # fmt: skip
    return out


def relation_of(text: str, spans: Sequence[Span], language: str) -> str:
    """How a text that says of no partnership stands to the body that it names at these places.

    >>> relation_of("We reject the Directive of the European Union.", [(31, 45)], "en")
    'criticizes'
    """
    critical = _critical_words()
    for start, end in quote.sentences(text):
        inside = [(low - start, high - start) for low, high in spans if start <= low and high <= end]
        if relate(text[start:end], inside, language, critical):
            return read_partner_words().criticism.id
    return NAMES


@lru_cache(maxsize=1)
def _critical_words() -> PartnerWords:
    """The words of partners with criticism as their only relation."""
    known = read_partner_words()
    return known.model_copy(update={"relations": (known.criticism,), "unsure": {}, "attributes": {}})


def is_body(reference: Reference) -> bool:
    """Whether a reference names a body, not a class of bodies: "Multilateral development banks" are many.

    A name of several words has a capital letter also behind its first word.
    """
    name = re.sub(r"\([^()]*\)", "", reference.canonical).strip()
    return bool(name) and (" " not in name or any(word[:1].isupper() for word in name.split()[1:]))


def kind_of_body(reference: Reference) -> str:
    """The kind of node that a named body is."""
    if reference.category.startswith("iscm."):
        return MECHANISM
    return ORGANIZATION if reference.category.startswith(_ORGANIZATIONS) else PROCESS


def name_of(facts: DocumentRow) -> str:
    """What a document is called as a node."""
    return facts.symbol or facts.title or facts.document
