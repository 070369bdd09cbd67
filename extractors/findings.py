"""What the components found in one text and hand on to each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from spacy.attrs import ID, LOWER
from spacy.tokens import Doc

from extractors.lexicon import Entry
from extractors.model import Method
from extractors.word_classes import Classes

_KEY = "gcmrefs"
_BODIES = frozenset({"iscm", "igo"})


class Hit(NamedTuple):
    """A span of tokens that one rule of one entry matched."""

    start: int
    end: int
    entry: Entry
    rule: str
    method: Method
    score: float = 100.0
    levels: tuple[str, ...] = ()


class Blocked(NamedTuple):
    """A hit that something kept out, and what."""

    hit: Hit
    reason: str


class Modifier(NamedTuple):
    """A modifier, level word or qualifier that stands at tokens [start, end)."""

    start: int
    end: int
    word: str


@dataclass
class Findings:
    """Hits and grammar words of one text, by token.

    `by_start` and `by_end` hold the modifiers of several words
    by the tokens that they begin at and end before, `negatives` by entry the spans (start, end, text) that block it."""

    hits: list[Hit] = field(default_factory=list)
    short: list[Hit] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)
    doubtful: list[Hit] = field(default_factory=list)
    by_start: dict[int, Modifier] = field(default_factory=dict)
    by_end: dict[int, Modifier] = field(default_factory=dict)
    negatives: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    _classes: Classes | None = None
    _lower: Classes | None = None
    _kept: list[Hit] | None = None

    @property
    def kept(self) -> list[Hit]:
        """The hits that count, once all are found: the longest where several overlap."""
        if self._kept is None:
            self._kept = longest(self.hits)
        return self._kept

    def classes(self, doc: Doc) -> Classes:
        """The classes of every token (`extractors.word_classes`), read once."""
        if self._classes is None:
            self._classes = np.asarray(doc.to_array(ID), dtype=np.uint64)
        return self._classes

    def lower(self, doc: Doc) -> Classes:
        """The lower-case form of every token as a string id, read once."""
        if self._lower is None:
            self._lower = np.asarray(doc.to_array(LOWER), dtype=np.uint64)
        return self._lower

    def add(self, modifier: Modifier) -> None:
        """Notes a modifier; of several that begin or end at one token the longest is kept."""
        held = self.by_end.get(modifier.end)
        if held is None or held.start > modifier.start:
            self.by_end[modifier.end] = modifier
        held = self.by_start.get(modifier.start)
        if held is None or held.end < modifier.end:
            self.by_start[modifier.start] = modifier


def findings(doc: Doc) -> Findings:
    """The findings kept with a text, made empty at the first call."""
    found = doc.user_data.get(_KEY)
    if not isinstance(found, Findings):
        found = doc.user_data[_KEY] = Findings()
    return found


def longest(hits: list[Hit]) -> list[Hit]:
    """Of the hits of each category that overlap, the longest; of equally long ones the first found (exact before open)."""
    kept: list[Hit] = []
    for crowd in _crowds(hits):
        kept += _longest(crowd) if len(crowd) > 1 else crowd
    return kept


def _crowds(hits: list[Hit]) -> Iterator[list[Hit]]:
    """The hits in reading order, those that overlap in one list; most stand alone."""
    crowd: list[Hit] = []
    end = 0
    for hit in sorted(hits, key=itemgetter(0)):
        if crowd and hit.start >= end:
            yield crowd
            crowd = []
        crowd.append(hit)
        end = max(end, hit.end)
    if crowd:
        yield crowd


def _longest(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    taken: dict[str, set[int]] = {}
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.method != "exact", h.start)):
        tokens = taken.setdefault(hit.entry.category, set())
        span = range(hit.start, hit.end)
        if tokens.isdisjoint(span):
            tokens.update(span)
            kept.append(hit)
    return sorted(_outside_names(kept), key=itemgetter(0, 1))


def _outside_names(hits: list[Hit]) -> Iterator[Hit]:
    """The hits without wordings for bodies of States that are only a part of a longer one of their group.

    "consultative processes on migration" (generic) goes out in "regional consultative processes on migration";
    stakeholders that share a head both count.
    """
    longest_at: dict[tuple[str, int], int] = {}
    named = [(hit, hit.entry.category.split(".")[0]) for hit in hits]
    for hit, group in named:
        if hit.method == "exact" and group in _BODIES:
            for token in range(hit.start, hit.end):
                longest_at[group, token] = max(longest_at.get((group, token), 0), hit.end - hit.start)
    for hit, group in named:
        size = hit.end - hit.start
        inside = hit.method == "exact" and group in _BODIES
        if not (inside and longest_at[group, hit.start] > size and longest_at[group, hit.end - 1] > size):
            yield hit
