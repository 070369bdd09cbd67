"""Fixed wordings, looked for only where two neighbouring words can begin one.

spaCy's PhraseMatcher walks over every token of a text, once for wordings with capital letters and once for the others. Most
words begin no wording, and the classes of words (`extractors.word_classes`) tell that for all tokens at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter
from typing import Generic, TypeVar

import numpy as np
from spacy.tokens import Doc

from extractors.findings import Findings
from extractors.word_classes import ALONE, FIRST, SECOND, Classes

Value = TypeVar("Value")


@dataclass(slots=True)
class _Node(Generic[Value]):
    """The wordings that end here, in any capitals (`plain`) or by the ids of their words as they have to be written, and by
    the id of the next word in lower case those that go on."""

    plain: list[Value] = field(default_factory=list)
    cased: dict[tuple[int, ...], list[Value]] = field(default_factory=dict)
    following: dict[int, _Node[Value]] = field(default_factory=dict)


class Wordings(Generic[Value]):
    """Sequences of words, each with a value."""

    def __init__(self) -> None:
        self._single: dict[int, _Node[Value]] = {}
        self._pairs: dict[int, _Node[Value]] = {}
        self._known_pairs = np.empty(0, dtype=np.uint64)
        self._cased: dict[str, int] = {}
        self._plain: dict[str, int] = {}

    def add(self, tokens: Doc, value: Value, *, cased: bool) -> None:
        """Adds one wording, which is found in its own capitals only (`cased`) or in any; one can have several values."""
        lower = [token.lower for token in tokens]
        if len(lower) == 1:
            node = self._single.setdefault(lower[0], _Node())
        else:
            first, second = np.array(lower[:2], dtype=np.uint64).reshape(2, 1)
            node = self._pairs.setdefault(int(_pair(first, second)[0]), _Node())
            for word in lower[2:]:
                node = node.following.setdefault(word, _Node())
        (node.cased.setdefault(tuple(token.orth for token in tokens), []) if cased else node.plain).append(value)
        for token, bit in zip(tokens, (ALONE,) if len(lower) == 1 else (FIRST, SECOND), strict=False):
            known, letters = (self._cased, token.text) if cased else (self._plain, token.lower_)
            known[letters] = known.get(letters, 0) | bit

    def classes(self, text: str) -> int:
        """Whether a word is a wording by itself, or the first or second word of one."""
        return self._cased.get(text, 0) | self._plain.get(text.lower(), 0)

    def find(self, doc: Doc, found: Findings) -> list[tuple[Value, int, int]]:
        """Every wording in the text as (value, first token, token behind its last): those in any capitals first."""
        classes = found.classes(doc)
        alone = np.flatnonzero(classes & ALONE)
        pairs = np.flatnonzero((classes[:-1] & FIRST).astype(bool) & (classes[1:] & SECOND).astype(bool))
        if not len(alone) and not len(pairs):
            return []
        lower = found.lower(doc)
        if len(self._known_pairs) != len(self._pairs):
            self._known_pairs = np.sort(np.fromiter(self._pairs, dtype=np.uint64))
        keys = _pair(lower[pairs], lower[pairs + 1])
        known = np.append(self._known_pairs, 0)[self._known_pairs.searchsorted(keys)] == keys
        words, size = lower.data, len(doc)
        begun = [(start, start + 1, self._single.get(words[start])) for start in alone.tolist()]
        for start, key in zip(pairs[known].tolist(), keys[known].tolist(), strict=True):
            begun.append((start, start + 2, self._pairs[key]))
        plain: list[tuple[Value, int, int]] = []
        cased: list[tuple[Value, int, int]] = []
        for start, end, node in begun:
            while node is not None:
                for value in node.plain:
                    plain.append((value, start, end))
                if node.cased:
                    written = tuple(doc[place].orth for place in range(start, end))
                    cased += ((value, start, end) for value in node.cased.get(written, ()))
                node = node.following.get(words[end]) if node.following and end < size else None
                end += 1
        return sorted(plain, key=itemgetter(2, 1)) + sorted(cased, key=itemgetter(2, 1))


def _pair(first: Classes, second: Classes) -> Classes:
    """One number for each two words; the ids of words are hashes of 64 bits, and so is this."""
    return first * np.uint64(0x9E3779B97F4A7C15) ^ second
