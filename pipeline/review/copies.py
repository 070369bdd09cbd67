"""Copies of one text: what analysts say of a paragraph in one of them is said of it in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from extractors.text.normalization import squash
from pipeline.review.decision import Decision
from pipeline.review.successors import identify_moved, move_decision
from pipeline.store.schema import paragraphs as table

Place = tuple[str, str, str]
"""What was decided on as it is in another copy: its id there, the document, the paragraph."""


class Copies:
    """Where else that was decided on stands: in the copies of its work in the same language.

    `documents` gives `work` and `language` of each document of a run, as `pipeline.store.documents.described` does. Their texts
    are read when a decision on another copy is first looked at, and then kept.
    """

    def __init__(self, engine: sa.Engine, documents: Mapping[str, Mapping[str, object]]) -> None:
        works: dict[tuple[object, object], list[str]] = defaultdict(list)
        for slug, facts in documents.items():
            if facts.get("work"):
                works[facts["work"], facts.get("language")].append(slug)
        self._engine = engine
        self._works = {slug: held for held in works.values() if len(held) > 1 for slug in held}
        self._paragraphs: dict[str, dict[int, list[str]]] = {}
        self._places: dict[str, list[Place]] = {}

    def said_of(self, decision: Decision) -> list[Decision]:
        """Return a decision as the same about each other copy in which its paragraph stands.

        Facts of a document are those of one copy; a correction of its paragraphs is told by the text alone. What has no
        place in its document (an answer on a mechanism) is the same thing in all copies already.
        """
        if decision.kind == "document" or decision.document not in self._works:
            return []
        places = self._places.get(decision.reference_id)
        if not places and decision.text:
            places = self._places[decision.reference_id] = [*self._find(decision)]
        return [move_decision(decision, *place) for place in places or ()]

    def _find(self, decision: Decision) -> Iterable[Place]:
        text = hash(squash(decision.text.partition("\n")[0]))
        for slug in self._works[decision.document]:
            if slug == decision.document:
                continue
            held = [decision.paragraph] if decision.kind == "segmentation" else self._named(slug).get(text, [])
            if held:
                paragraph = decision.paragraph if decision.paragraph in held else held[0]
                name = identify_moved(decision, slug, paragraph)
                if name not in ("", decision.reference_id):
                    yield name, slug, paragraph

    def _named(self, slug: str) -> Mapping[int, list[str]]:
        """The ids of a document's paragraphs by the hash of their text as texts are compared."""
        known = self._paragraphs.get(slug)
        if known is None:
            known = self._paragraphs[slug] = defaultdict(list)
            query = sa.select(table.c.paragraph, table.c.suffix, table.c.text).where(table.c.document == slug)
            with self._engine.connect() as connection:
                for paragraph, suffix, text in connection.execute(query.order_by(table.c.order)):
                    known[hash(squash(text))].append(paragraph.removesuffix(suffix) if suffix else paragraph)
        return known


def with_copies(decisions: Sequence[Decision], copied: Iterable[Decision]) -> list[Decision]:
    """Return decisions and what they say of other copies in the order written, as one rule asks for: copies are one thing.

    Of each analyst the last word counts, on whichever copy it was said; two who differ are in conflict on all of them.
    """
    return sorted((*decisions, *copied), key=lambda one: one.decision_id)
