"""Fuzzy matching: words damaged by recognition or typing are repaired and the exact rules tried again around them.

Only a token that is no word of the lexicon, but one wrong, lost or added letter or one stray space away from one, starts any work. The
repaired text goes through the same phrases and open wordings; a hit that uses a repaired word is kept when the printed
words are at least 90 % alike (rapidfuzz `ratio`), and set apart as doubtful from 85 %. A word that makes something else of
an open wording ("procesos políticos") is as it should be. Acronyms and words of fewer than
five letters are never repaired, and a term that is a single word needs ten: "carries" is not "carriers".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from spacy.language import Language
from spacy.tokens import Doc

from extractors.lexicon.vocabulary import Vocabulary
from extractors.model import ACCEPTED
from extractors.references.coordination import Coordination
from extractors.references.hits import (
    DAMAGED,
    PIECE,
    Classes,
    Hit,
    classify,
    findings,
    first_piece,
    last_piece,
    pairs_of_pieces,
)
from extractors.references.phrases import Phrases

REVIEWED = 85.0
_SHORTEST = 5
_SHORTEST_WINDOW = 8
_SHORTEST_ALONE = 10
_LONG = 8
_AROUND = 24
_REAL_FROM = 3


@dataclass(frozen=True, slots=True)
class _Piece:
    """Tokens [start, end) of the text read as one word."""

    start: int
    end: int
    text: str


class Repair:
    """spaCy component: finds damaged words and adds the hits that their repair brings, as method "fuzzy"."""

    def __init__(self, nlp: Language, vocabulary: Vocabulary, phrases: Phrases, coordination: Coordination) -> None:
        self.vocabulary = vocabulary
        self._phrases, self._coordination = phrases, coordination
        self._words = frozenset(w for w in vocabulary.words if w.isalpha() or "-" in w)
        self._longest = max(map(len, self._words), default=0)
        self._masks: dict[str, str] = {}
        for word in sorted(self._words):
            if len(word) >= _SHORTEST:
                for place in range(len(word)):
                    self._masks.setdefault(f"{word[:place]}\0{word[place + 1 :]}", word)
        long = [word for word in self._words if len(word) >= _SHORTEST]
        self._heads = frozenset((len(word), word[: len(word) // 2]) for word in long)
        self._tails = frozenset((len(word), word[len(word) // 2 :]) for word in long)
        self._missing = {
            w[:n] + w[n + 1 :]: w for w in sorted(self._words) if len(w) >= _LONG for n in range(len(w) - 1)
        }
        rests: dict[str, set[str]] = defaultdict(set)
        for word in self._words:
            for place in range(1, len(word)):
                rests[word[:place]].add(word[place:])
        self._first_pieces = {piece: first_piece(found) for piece, found in rests.items()}
        self._last_pieces = frozenset(rest for found in rests.values() for rest in found)
        blocking = (word for r in vocabulary.rules for word in (*r.not_with, *r.not_among, *r.not_before))
        self._real = frozenset(
            (*map(str.lower, vocabulary.grammar.look_alikes), *vocabulary.stops, *vocabulary.head_nouns, *blocking)
        )
        self._near_words: dict[str, str] = {}
        self._pairs: dict[tuple[int, int], bool] = {}
        classify(nlp.vocab, self._classes)

    def __call__(self, doc: Doc) -> Doc:
        pieces = list(self._pieces(doc))
        if not pieces:
            return doc
        repairs = [
            (window, hit, places)
            for window, places, repaired in self._windows(doc, pieces)
            for hit in findings(self._coordination(self._phrases(window))).kept
            if not repaired.isdisjoint(range(hit.start, hit.end))
        ]
        if not repairs:
            return doc
        taken: dict[str, set[int]] = {}
        for hit in findings(doc).hits:
            taken.setdefault(hit.entry.category, set()).update(range(hit.start, hit.end))
        for window, hit, places in repairs:
            self._take(doc, window, hit, places, taken)
        return doc

    def _take(self, doc: Doc, window: Doc, hit: Hit, places: list[tuple[int, int]], taken: dict[str, set[int]]) -> None:
        start, end = places[hit.start][0], places[hit.end - 1][1]
        printed = doc[start:end].text.lower()
        wanted = window[hit.start : hit.end].text.lower()
        score = fuzz.ratio(printed, wanted)
        tokens = taken.setdefault(hit.entry.category, set())
        shortest = _SHORTEST_ALONE if end - start == 1 else _SHORTEST_WINDOW
        if score < REVIEWED or len(wanted) < shortest or not tokens.isdisjoint(range(start, end)):
            return
        fuzzy = hit._replace(start=start, end=end, method="fuzzy", score=score)
        if score < ACCEPTED:
            findings(doc).doubtful.append(fuzzy)
            return
        tokens.update(range(start, end))
        findings(doc).hits.append(fuzzy)

    def _near(self, word: str) -> str | None:
        if not _SHORTEST <= len(word) <= self._longest + 1:
            return None
        size = len(word)
        half = size // 2
        # one wrong letter leaves the first half of a word as it is, or the second
        wrong = [*range(half)] if (size, word[half:]) in self._tails else []
        wrong += range(half, size) if (size, word[:half]) in self._heads else ()
        for place in wrong:
            found = self._masks.get(f"{word[:place]}\0{word[place + 1 :]}")
            if found is not None and found != word:
                return found
        # a letter lost or one too many; at the end of a word that would be an inflection and no error
        if size < _LONG - 1:
            return None
        if missing := self._missing.get(word):
            return missing
        half = (size - 1) // 2
        if size > _LONG and ((size - 1, word[:half]) in self._heads or (size - 1, word[half + 1 :]) in self._tails):
            return next((w for n in range(size - 1) if (w := word[:n] + word[n + 1 :]) in self._words), None)
        return None

    def _pieces(self, doc: Doc) -> Iterator[_Piece]:
        """The damaged words of a text, but not those that stand in it often: they are words of their own."""
        classes = findings(doc).classes(doc)
        damaged = (classes & DAMAGED) != 0
        split = self._split(classes)
        suspects = np.flatnonzero(damaged | split).tolist()
        if not suspects:
            return
        lower = findings(doc).lower(doc)
        words, unknown = lower.data, lower[(classes & (DAMAGED | PIECE)) != 0]
        times: dict[int, int] = {}
        used, last = -1, len(doc) - 1
        for token in suspects:
            if token < used:
                continue
            piece = None
            if split[token]:
                if token < last and self._join(doc, words, token):
                    piece = _Piece(token, token + 2, doc[token].text + doc[token + 1].text)
                elif token > max(used, 0) and self._join(doc, words, token - 1):
                    piece = _Piece(token - 1, token + 1, doc[token - 1].text + doc[token].text)
            if piece is None and not damaged[token]:
                continue
            key = words[token]
            if key not in times:
                times[key] = int(np.count_nonzero(unknown == key))
            if times[key] >= _REAL_FROM:
                continue
            if piece is None:
                word = doc[token]
                piece = _Piece(token, token + 1, _like(word.text, self._near_words[word.lower_]))
            used = piece.end
            yield piece

    @staticmethod
    def _split(classes: Classes) -> NDArray[np.bool_]:
        """By token whether it is an unknown word that may be one word with the token before it or behind it."""
        pairs = pairs_of_pieces(classes)
        unknown = (classes & PIECE) != 0
        beside = np.zeros(len(classes), dtype=bool)
        beside[:-1] |= pairs
        beside[1:] |= pairs
        beside &= unknown
        return beside

    def _classes(self, text: str) -> int:
        """Whether a word is one letter away from a word of the lexicon, or can be a piece of one."""
        word = text.lower()
        classes = self._first_pieces.get(word, 0) | (last_piece(word) if word in self._last_pieces else 0)
        piece = PIECE if classes else 0
        if word in self._words or word in self._real or not word[:1].isalnum():
            return classes
        near = self._near(word)
        if near is not None:
            self._near_words[word] = near
            classes |= DAMAGED
        return classes | piece

    def _join(self, doc: Doc, words: memoryview, place: int) -> bool:
        """Whether the token there makes a word of the lexicon with the next one, across a stray space."""
        pair = (words[place], words[place + 1])
        verdict = self._pairs.get(pair)
        if verdict is None:
            first, second = (doc.vocab.strings[key] for key in pair)
            verdict = first + second in self._words and not (first in self._words and second in self._words)
            self._pairs[pair] = verdict
        return verdict

    def _windows(self, doc: Doc, pieces: list[_Piece]) -> Iterator[tuple[Doc, list[tuple[int, int]], set[int]]]:
        """Repaired stretches of text: the new Doc, for each of its tokens its place in `doc`, and which were repaired."""
        group: list[_Piece] = []
        for piece in [*pieces, None]:
            if piece is not None and (not group or piece.start - group[-1].end <= _AROUND):
                group.append(piece)
                continue
            low, high = max(group[0].start - _AROUND, 0), min(group[-1].end + _AROUND, len(doc))
            tokens = doc[low:high]
            words = [token.text for token in tokens]
            spaces = [bool(token.whitespace_) for token in tokens]
            places = [(place, place + 1) for place in range(low, high)]
            for found in reversed(group):
                read = slice(found.start - low, found.end - low)
                words[read], spaces[read], places[read] = [found.text], [spaces[read][-1]], [(found.start, found.end)]
            at = {found.start for found in group}
            repaired = {n for n, (start, _) in enumerate(places) if start in at}
            yield Doc(doc.vocab, words=words, spaces=spaces), places, repaired
            group = [piece] if piece is not None else []


def _like(printed: str, word: str) -> str:
    """`word` with the capitals of `printed`: "Internatioral" gives "International"."""
    if printed.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if printed[:1].isupper() else word
