"""What analysts decided that a run reads by: facts of documents and corrections of how their texts are cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from pipeline.corpus.discovery import Corpus
from pipeline.files import checksum
from pipeline.review import ledger
from pipeline.review.facts import apply_facts, decided_facts
from pipeline.store import documents

if TYPE_CHECKING:
    from pipeline.segment.correction import Correction


@dataclass(frozen=True, slots=True)
class Decided:
    """Facts and corrections that count, by document."""

    facts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)

    def differs(self, other: Decided) -> set[str]:
        """The documents of which something else was decided."""
        pairs = ((self.facts, other.facts), (self.corrections, other.corrections))
        return {slug for one, two in pairs for slug in {*one, *two} if one.get(slug) != two.get(slug)}


def read_decided(store: sa.Engine, corpus: Corpus) -> Decided:
    """Return what counts for the documents of a corpus; it follows a file that was renamed, by its bytes or its text.

    Corrections count for all copies of a work, as far as the store has them. A ledger without such decisions costs one question.
    """
    said = ledger.read(store, kinds=("document", "segmentation"))
    if not said:
        return Decided()
    from pipeline.review.copies import Copies
    from pipeline.review.segmentation import corrections_of
    from pipeline.review.successors import find_successors
    from pipeline.run.placement import find_works

    paths = {document.slug: document.path for document in corpus.documents}
    lost = any(decision.document not in paths for decision in said)
    hashes = {slug: _checksum(path) for slug, path in paths.items()} if lost else {}
    said = [*map(find_successors(store, said, paths, hashes).follow, said)]
    facts = decided_facts(said)
    if all(one.kind == "document" for one in said):
        return Decided(facts)
    stored = documents.described(store, [*paths])
    works = find_works(apply_decided(corpus, Decided(facts)), stored, documents.counts(store, [*paths]))
    copies = Copies(store, works)
    return Decided(facts, corrections_of(said, [copy for one in said for copy in copies.said_of(one)]))


def apply_decided(corpus: Corpus, decided: Decided) -> Corpus:
    """Return the corpus with the analysts' word over the manifest's; what they no longer say is taken away again."""
    told = (replace(one, source=apply_facts(one.source, decided.facts.get(one.slug, {}))) for one in corpus.documents)
    return replace(corpus, documents=tuple(told))


def _checksum(path: Path) -> str:
    """That of a file's bytes, "" where it cannot be read."""
    try:
        return checksum(path)
    except OSError:
        return ""
