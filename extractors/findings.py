"""What the components found in one text and hand on to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Doc

from extractors.lexicon import Entry
from extractors.model import Method

_KEY = "gcmrefs"


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
    """Hits and grammar words of one text, by token. `topic` holds the tokens of words about migration,
    `negatives` by entry the spans (start, end, text) that block it."""

    hits: list[Hit] = field(default_factory=list)
    short: list[Hit] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)
    doubtful: list[Hit] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    level_nouns: list[int] = field(default_factory=list)
    by_start: dict[int, Modifier] = field(default_factory=dict)
    by_end: dict[int, Modifier] = field(default_factory=dict)
    topic: list[int] = field(default_factory=list)
    negatives: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)


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
    return sorted((h for h in kept if not _inside_name(h, kept)), key=lambda h: (h.start, h.end))


def _inside_name(hit: Hit, others: list[Hit]) -> bool:
    """Whether a wording for bodies of States is only a part of a longer one of its group, as "consultative processes on
    migration" (generic) in "regional consultative processes on migration"; stakeholders that share a head both count."""
    group = hit.entry.category.split(".")[0]
    return group in ("iscm", "igo") and any(
        other.start <= hit.start
        and hit.end <= other.end
        and other.end - other.start > hit.end - hit.start
        and other.method == hit.method == "exact"
        and other.entry.category.split(".")[0] == group
        for other in others
    )
