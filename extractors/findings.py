"""What the components found in one text and hand on to each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from spacy.attrs import LOWER
from spacy.tokens import Doc

from extractors.lexicon import Entry
from extractors.model import Method

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

    `kept` are the hits that count once the longest is chosen, `topic` holds the tokens of words about migration,
    `negatives` by entry the spans (start, end, text) that block it."""

    hits: list[Hit] = field(default_factory=list)
    kept: list[Hit] = field(default_factory=list)
    short: list[Hit] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)
    doubtful: list[Hit] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    level_nouns: list[int] = field(default_factory=list)
    by_start: dict[int, Modifier] = field(default_factory=dict)
    by_end: dict[int, Modifier] = field(default_factory=dict)
    topic: list[int] = field(default_factory=list)
    negatives: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    _lower: Any = None

    def lower(self, doc: Doc) -> Any:
        """The lower-case form of every token as an array of string ids, read once."""
        if self._lower is None:
            self._lower = doc.to_array(LOWER)
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
    taken: dict[str, set[int]] = {}
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.method != "exact", h.start)):
        tokens = taken.setdefault(hit.entry.category, set())
        span = range(hit.start, hit.end)
        if tokens.isdisjoint(span):
            tokens.update(span)
            kept.append(hit)
    return sorted(_outside_names(kept), key=lambda h: (h.start, h.end))


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
