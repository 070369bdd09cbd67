"""Fuzzy matching: words damaged by recognition or typing are repaired and the exact rules tried again around them.

Only a token that is no word of the lexicon, but one wrong, lost or added letter or one stray space away from one, starts any work. The
repaired text goes through the same phrases and open wordings; a hit that uses a repaired word is kept when the printed
words are at least 90 % alike (rapidfuzz `ratio`), and set apart as doubtful from 85 %. Acronyms and words of fewer than
five letters are never repaired, and a term that is a single word needs ten: "carries" is not "carriers".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc

from extractors.coordination import Coordination
from extractors.findings import Hit, findings
from extractors.model import ACCEPTED
from extractors.phrases import Phrases
from extractors.vocabulary import Vocabulary

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
        self._masks: dict[str, str] = {}
        for word in sorted(self._words):
            if len(word) >= _SHORTEST:
                for place in range(len(word)):
                    self._masks.setdefault(f"{word[:place]}\0{word[place + 1 :]}", word)
        self._missing = {w[:n] + w[n + 1 :]: w for w in self._words if len(w) >= _LONG for n in range(len(w) - 1)}
        self._fragments = {w[:n] for w in self._words for n in range(1, len(w))}
        self._fragments |= {w[n:] for w in self._words for n in range(1, len(w))}
        self._real = (
            frozenset(w.lower() for w in vocabulary.grammar.look_alikes) | vocabulary.stops | vocabulary.head_nouns
        )
        self._parts: set[int] = set()
        self._near_words: dict[int, str] = {}
        self._pairs: dict[tuple[int, int], bool] = {}
        self._strings = nlp.vocab.strings
        self._flag = nlp.vocab.add_flag(self._suspect)

    def __call__(self, doc: Doc) -> Doc:
        pieces = list(self._pieces(doc))
        if not pieces:
            return doc
        found = findings(doc)
        taken: dict[str, set[int]] = {}
        for hit in found.hits:
            taken.setdefault(hit.entry.category, set()).update(range(hit.start, hit.end))
        for window, places, repaired in self._windows(doc, pieces):
            self._coordination(self._phrases(window))
            for hit in findings(window).hits:
                if not repaired.isdisjoint(range(hit.start, hit.end)):
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
        if len(word) < _SHORTEST:
            return None
        for place in range(len(word)):
            found = self._masks.get(f"{word[:place]}\0{word[place + 1 :]}")
            if found is not None and found != word:
                return found
        if len(word) < _LONG - 1:
            return None
        # a letter lost or one too many; at the end of a word that would be an inflection and no error
        shorter = (word[:n] + word[n + 1 :] for n in range(len(word) - 1))
        return self._missing.get(word) or next((w for w in shorter if len(w) >= _LONG and w in self._words), None)

    def _pieces(self, doc: Doc) -> Iterator[_Piece]:
        suspects: list[int] = np.flatnonzero(doc.to_array(self._flag)).tolist()
        if not suspects:
            return
        lower = findings(doc).lower(doc)
        keys: list[int] = lower[suspects].tolist()
        strings = doc.vocab.strings
        times = Counter(keys)
        used, last = -1, len(doc) - 1
        for token, key in zip(suspects, keys, strict=True):
            if token < used or times[key] >= _REAL_FROM:
                continue
            if key in self._parts:
                if token < last and self._join(key, int(lower[token + 1]), strings):
                    used = token + 2
                    yield _Piece(token, used, doc[token].text + doc[token + 1].text)
                    continue
                if token > max(used, 0) and self._join(int(lower[token - 1]), key, strings):
                    used = token + 1
                    yield _Piece(token - 1, used, doc[token - 1].text + doc[token].text)
                    continue
            near = self._near_words.get(key)
            if near is not None:
                used = token + 1
                yield _Piece(token, used, _like(doc[token].text, near))

    def _suspect(self, text: str) -> bool:
        """Whether a word is one letter away from a word of the lexicon, or can be a piece of one."""
        word = text.lower()
        if word in self._words or word in self._real or not word[:1].isalnum():
            return False
        key = self._strings.add(word)
        near = self._near(word)
        if near is not None:
            self._near_words[key] = near
        if word in self._fragments:
            self._parts.add(key)
        return near is not None or key in self._parts

    def _join(self, left: int, right: int, strings: StringStore) -> bool:
        """Whether two tokens make a word of the lexicon across a stray space."""
        pair = (left, right)
        verdict = self._pairs.get(pair)
        if verdict is None:
            first, second = strings[left], strings[right]
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
            words: list[str] = []
            spaces: list[bool] = []
            places: list[tuple[int, int]] = []
            repaired: set[int] = set()
            at = {p.start: p for p in group}
            position = low
            while position < high:
                found = at.get(position)
                end = found.end if found else position + 1
                if found:
                    repaired.add(len(words))
                words.append(found.text if found else doc[position].text)
                spaces.append(bool(doc[end - 1].whitespace_))
                places.append((position, end))
                position = end
            yield Doc(doc.vocab, words=words, spaces=spaces), places, repaired
            group = [piece] if piece is not None else []


def _like(printed: str, word: str) -> str:
    """`word` with the capitals of `printed`: "Internatioral" gives "International"."""
    if printed.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if printed[:1].isupper() else word
