"""Decisions about a document that is gone go to the one that holds its text: a file renamed, moved, or in another format."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from extractors.model import Reference
from extractors.text.normalization import squash
from extractors.text.shingles import TextSketch
from pipeline.files import natural
from pipeline.review.decision import Decision, Kind, Value, value_of
from pipeline.review.kinds import identify_value
from pipeline.store.schema import documents as documents_table
from pipeline.store.schema import paragraphs as paragraphs_table

SHARE = 0.5
"""At least this share of the texts that were decided on stands in the document that takes the place of a lost one."""

OF_DOCUMENTS: frozenset[Kind] = frozenset({"document", "segmentation"})
"""Kinds that are about a document or how it is cut: their place is no paragraph as it is cut now."""


@dataclass(frozen=True, slots=True)
class Successor:
    """The document that holds the text of a lost one: `paragraphs` leads from the id decided on to the id there."""

    document: str
    paragraphs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Successors:
    """Lost documents with their successors, and the ids that references decided on have in these."""

    documents: Mapping[str, Successor]
    references: Mapping[str, str]

    def follow(self, decision: Decision) -> Decision:
        """Return the decision as one about the document that holds its text now; unchanged where that is its own.

        The ledger keeps what was written; words are looked for anew in the paragraph.
        """
        successor = self.documents.get(decision.document)
        if successor is None:
            return decision
        is_moved = decision.kind not in OF_DOCUMENTS
        paragraph = successor.paragraphs.get(decision.paragraph, "") if is_moved else ""
        name = self.references.get(decision.reference_id, decision.reference_id)
        return move_decision(decision, name, successor.document, paragraph or decision.paragraph)


def move_decision(decision: Decision, name: str, document: str, paragraph: str) -> Decision:
    """Return a decision as one about another document or paragraph; `name` is the id there of what was decided on."""
    machine, human = decision.machine, decision.human
    if isinstance(machine, Reference):
        machine = replace(machine, reference_id=name, document=document, paragraph=paragraph, paragraph_row=paragraph)
    if isinstance(human, Value):
        human = replace(human, paragraph=paragraph, paragraph_row="")
    return replace(decision, reference_id=name, document=document, paragraph=paragraph, machine=machine, human=human)


def identify_moved(decision: Decision, document: str, paragraph: str) -> str:
    """Return the id that what was decided on has in another document or paragraph, "" where the line does not say what it is."""
    subject = value_of(decision.machine) if isinstance(decision.machine, Reference) else decision.machine
    subject = subject or decision.human
    if isinstance(subject, Value):
        subject = replace(subject, paragraph=paragraph)
    return identify_value(decision.kind, document, paragraph, subject) if subject else ""


def find_successors(
    engine: sa.Engine, decisions: Sequence[Decision], slugs: Iterable[str], hashes: Mapping[str, str] | None = None
) -> Successors:
    """Return, for each document that was decided on and is not among `slugs`, the one that holds its text now.

    That is one with the same bytes, else the one whose text is most like it, else the one that holds most of what was
    decided on; of several that hold as much, the copy that tables count. `hashes` gives the bytes' sha256 of documents that
    are not stored yet. Reads the store only when a document is missing: a run after which nothing was renamed costs nothing.
    """
    present = set(slugs)
    away = [decision for decision in decisions if decision.document not in present]
    if not away:
        return Successors({}, {})
    lost = _texts(away)
    places = _places(engine, {text for texts in lost.values() for text in texts.values()}, present)
    heirs = _heirs(engine, {decision.document for decision in away}, present, hashes or {})
    counted = _preferred(engine)
    for slug, texts in lost.items():
        held = Counter(document for text in texts.values() for document in places.get(text, ()))
        ranked = sorted(held, key=lambda name: (-held[name], name not in counted, natural(name)))
        if ranked and held[ranked[0]] >= SHARE * len(texts):
            heirs.setdefault(slug, ranked[0])
    found = {slug: _successor(heir, lost.get(slug, {}), places) for slug, heir in heirs.items()}
    return Successors(found, dict(_identities(decisions, found)))


def _heirs(engine: sa.Engine, lost: set[str], present: set[str], hashes: Mapping[str, str]) -> dict[str, str]:
    """For each lost document of which the store still knows something the present one with its bytes, else with its text."""
    query = sa.select(documents_table).where(documents_table.c.document.in_(lost | present))
    with engine.connect() as connection:
        known = {row.document: row for row in connection.execute(query)}
    bytes_of = {slug: row.sha256 for slug, row in known.items() if slug in present} | dict(hashes)
    sketches = {slug: TextSketch.unpack(row.shingles, row.sketch) for slug, row in known.items()}
    ordered = sorted(present, key=lambda slug: (slug in known and not known[slug].preferred, natural(slug)))
    out = {}
    for slug in lost & set(known):
        same = [other for other in ordered if bytes_of.get(other) == known[slug].sha256]
        alike = {other: sketches[slug].overlap(sketches[other]) for other in ordered if other in sketches}
        nearest = max(alike, key=lambda other: round(alike[other], 1), default="")
        if same or alike.get(nearest, 0.0) >= SHARE:
            out[slug] = same[0] if same else nearest
    return out


def _texts(decisions: Iterable[Decision]) -> dict[str, dict[str, str]]:
    """For each document the squashed text of every paragraph that was decided on."""
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for decision in decisions:
        if decision.text and decision.kind != "segmentation":
            out[decision.document][decision.paragraph] = squash(decision.text.partition("\n")[0])
    return out


def _successor(document: str, texts: Mapping[str, str], places: Mapping[str, Mapping[str, str]]) -> Successor:
    held = {old: places[text][document] for old, text in texts.items() if document in places.get(text, ())}
    return Successor(document, held)


def _identities(decisions: Iterable[Decision], found: Mapping[str, Successor]) -> Iterable[tuple[str, str]]:
    """Old and new id of everything that was decided on; the first line about it says what it is."""
    out: dict[str, str] = {}
    for decision in decisions:
        successor = found.get(decision.document)
        if successor is not None and not out.get(decision.reference_id):
            paragraph = successor.paragraphs.get(decision.paragraph, decision.paragraph)
            out[decision.reference_id] = identify_moved(decision, successor.document, paragraph)
    return ((old, new) for old, new in out.items() if new)


def _places(engine: sa.Engine, wanted: set[str], present: set[str]) -> dict[str, dict[str, str]]:
    """For each squashed text the documents that hold it, with the official id of its paragraph there."""
    table = paragraphs_table.c
    query = sa.select(table.paragraph, table.suffix, table.text).order_by(table.order)
    out: dict[str, dict[str, str]] = defaultdict(dict)
    with engine.connect() as connection:
        for document in present:
            for paragraph, suffix, text in connection.execute(query.where(table.document == document)):
                if (squashed := squash(text)) in wanted:
                    out[squashed].setdefault(document, paragraph.removesuffix(suffix) if suffix else paragraph)
    return out


def _preferred(engine: sa.Engine) -> set[str]:
    query = sa.select(documents_table.c.document).where(documents_table.c.preferred)
    with engine.connect() as connection:
        return set(connection.scalars(query))
