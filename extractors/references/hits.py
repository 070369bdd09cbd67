"""What the components found in one text and hand on to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import itemgetter, or_
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ID, LOWER
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.lexicon.entries import Entry
from extractors.lexicon.vocabulary import Vocabulary
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
        """The classes of every token (`extractors.references.hits`), read once."""
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
    """The hits without wordings for bodies of States that are a part of a longer name, or defined as another body's.

    CASE 1 of their group: "consultative processes on migration" in "regional consultative processes on migration".
    CASE 2 an organization in any name: "COMESA" in "COMESA Regional Consultative Process"; stakeholders that share a head
    both count.
    CASE 3 what the document defines: "the RCP" after "COMESA Regional Consultative Process (RCP)".
    """
    longest_at: dict[tuple[str, int], int] = {}
    named = [(hit, hit.entry.category.split(".")[0]) for hit in hits]
    defined = {(group, hit.start, hit.end) for hit, group in named if hit.method == "resolved"}
    for hit, group in named:
        if hit.method == "exact":
            for beaten in {group, "igo"} & _BODIES:
                for token in range(hit.start, hit.end):
                    longest_at[beaten, token] = max(longest_at.get((beaten, token), 0), hit.end - hit.start)
    for hit, group in named:
        is_body, size = hit.method == "exact" and group in _BODIES, hit.end - hit.start
        is_part = is_body and min(longest_at[group, hit.start], longest_at[group, hit.end - 1]) > size
        if not is_part and not (is_body and (group, hit.start, hit.end) in defined):
            yield hit


Classes = NDArray[np.uint64]
"""The classes of the words of a text, by token."""


HEAD = 1 << 0
"""A head noun of an open wording: "processes"."""


MODIFIER = 1 << 1
"""A modifier, level word or qualifier of an open wording: "regional"."""


TOPIC = 1 << 2
"""A word about migration."""


LEVEL_NOUN = 1 << 3
""" "level" in "at the regional level"."""


LEVEL_OPENER = 1 << 4
""" "at" in "at the regional level"."""


BESIDE_LEVELS = 1 << 5
"""What can stand among level words: "both", "national", an article."""


ARTICLE = 1 << 6


COMMA = 1 << 7


JOINT = 1 << 8
"""A comma or a conjunction."""


LOWER_CASE = 1 << 9


FREE = 1 << 10
"""A lower-case word that can stand in a group without being known: no function word and none that says nothing."""


TRIMMED = 1 << 11
"""A word that says nothing in a group ("relevant") and is no function word."""


NOUN = 1 << 12
"""A noun that a term can modify: "partners" in "civil society partners"."""


PLAIN = 1 << 13
"""A lower-case word of letters that is no function word."""


CAPITAL = 1 << 14
"""A word that begins with a capital letter."""


OPENING = 1 << 15
"""An opening parenthesis."""


ON = 1 << 16


MIGRATION = 1 << 17
"""ON and MIGRATION are the words of "on migration", "sobre la migración" behind a head."""


DAMAGED = 1 << 18
"""A word that is one letter away from a word of the lexicon."""


PIECE = 1 << 19
"""A word that is unknown and can be a piece of a word of the lexicon."""


_SIEVE = 20


_PIECES_BEHIND = 24


_AS_LAST_PIECE = _PIECES_BEHIND + _SIEVE
"""Where two numbers of 20 bits begin: a bit for each last piece that makes a word of this one, and one as such a piece."""


def first_piece(rests: Iterable[str]) -> int:
    """The classes of letters that words of the lexicon begin with: `rests` are the letters missing for each of them."""
    return reduce(or_, (1 << _PIECES_BEHIND + crc32(rest.encode()) % _SIEVE for rest in rests), 0)


def last_piece(text: str) -> int:
    """The class of letters that a word of the lexicon ends with."""
    return 1 << _AS_LAST_PIECE + crc32(text.encode()) % _SIEVE


def pairs_of_pieces(classes: Classes) -> NDArray[np.bool_]:
    """By token but the last whether it may make a word of the lexicon together with the next: nearly none of the others."""
    every = np.uint64((1 << _SIEVE) - 1)
    joined: Classes = classes[:-1] >> np.uint64(_PIECES_BEHIND) & classes[1:] >> np.uint64(_AS_LAST_PIECE) & every
    return joined.astype(bool)


_BESIDE_LEVELS = frozenset(
    ["the", "both", "local", "national", "nacional", "nacionales", "nationaux", "nationales", "nacionais"]
)


_ON = frozenset(["on", "of", "for", "sobre", "sur", "de"])


_MIGRATION = frozenset(
    ["migration", "migrations", "migración", "migraciones", "migração", "migrações", "migratoires", "migratorios"]
)


def grammar_classes(text: str, vocabulary: Vocabulary, lower_case: bool) -> int:
    """The classes of a word that follow from its letters and from the word lists of the grammar.

    `lower_case` is spaCy's word for it: Arabic has no case, and its words count as lower case.

    >>> from extractors.references.nlp import words_of
    >>> grammar_classes(",", words_of("en"), False) == COMMA | JOINT
    True
    """
    grammar, word = vocabulary.grammar, text.lower()
    stop, trimmed = word in vocabulary.stops, word in vocabulary.trimmed
    article = word in grammar.articles
    tests = (
        (LEVEL_OPENER, word in grammar.level_openers),
        (BESIDE_LEVELS, article or word in _BESIDE_LEVELS),
        (ARTICLE, article),
        (COMMA, text == ","),
        (JOINT, text == "," or word in vocabulary.conjunctions),
        (LOWER_CASE, lower_case),
        (FREE, lower_case and text[:1].isalpha() and not stop and not trimmed),
        (TRIMMED, trimmed and not stop),
        (NOUN, word in vocabulary.head_nouns),
        (PLAIN, lower_case and text.isalpha() and not stop),
        (CAPITAL, text[:1].isupper()),
        (OPENING, text == "("),
        (ON, word in _ON),
        (MIGRATION, word in _MIGRATION),
    )
    return sum(bit for bit, holds in tests if holds)


def classify(vocab: Vocab, classes: Callable[[str], int]) -> None:
    """Adds the classes that `classes` tells of a word to those of every word that `vocab` holds or will hold.

    They are kept in the attribute ID (`Lexeme.rank`), which means the place of a word's vector; there are no vectors here.
    """
    getters: dict[int, Callable[[str], int]] = vocab.lex_attr_getters  # type: ignore[attr-defined]
    earlier = getters.get(ID)

    def all_classes(text: str) -> int:
        return classes(text) | earlier(text) if earlier else classes(text)

    getters[ID] = all_classes
    for lexeme in vocab:
        lexeme.rank = all_classes(lexeme.orth_)
