"""How much of one text stands in another, told from small sketches that are made once and kept.

A text is the set of its runs of eight words (Broder, "On the resemblance and containment of documents", 1997); of their
hashes the smallest are kept. Two sketches, cut at the same hash, are fair samples of both sets, whatever their sizes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from extractors.text.normalization import normalize

WORDS = 8
"""Words of a shingle: long enough that two texts on one subject share next to none by chance."""
KEPT = 512
"""Hashes that are kept: a share of 0.9 is told to 0.013 (one standard error); shorter texts are kept whole."""
_WORD = re.compile(r"[^\W\d_]+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(31)


@dataclass(frozen=True, slots=True)
class TextSketch:
    """The smallest hashes of a text's shingles, in order, and how many shingles it has (`size`)."""

    size: int = 0
    hashes: tuple[int, ...] = ()

    def overlap(self, other: TextSketch) -> float:
        """The share of the longer text (0 to 1) that both have.

        >>> one = sketch_text(["we the ministers agree to meet again in two years time"])
        >>> one.overlap(one), one.overlap(TextSketch())
        (1.0, 0.0)
        """
        mine, theirs = self._cut(other)
        return len(mine & theirs) / max(len(mine), len(theirs), 1)

    def containment(self, other: TextSketch) -> float:
        """The share of this text (0 to 1) that the other one has."""
        mine, theirs = self._cut(other)
        return len(mine & theirs) / max(len(mine), 1)

    def _cut(self, other: TextSketch) -> tuple[set[int], set[int]]:
        """The hashes of both up to the last one that both sketches would have kept."""
        ends = [one.hashes[-1] for one in (self, other) if len(one.hashes) < one.size]
        if not ends:
            return set(self.hashes), set(other.hashes)
        last = min(ends)
        return {h for h in self.hashes if h <= last}, {h for h in other.hashes if h <= last}

    def pack(self) -> bytes:
        """The hashes as eight bytes each."""
        return np.array(self.hashes, dtype="<u8").tobytes()

    @classmethod
    def unpack(cls, size: int, packed: bytes) -> TextSketch:
        return cls(size, tuple(np.frombuffer(packed, dtype="<u8").tolist()))


def sketch_text(texts: Iterable[str]) -> TextSketch:
    """TextSketch a text given in parts (its paragraphs): letters only, in lower case, so that layouts and numbering are alike.

    A text of fewer than eight words has no shingle. The same text gives the same sketch on every machine.

    >>> sketch_text(["One, two; three (four)", "5. Five six seven eight."]).size
    1
    """
    known: dict[str, int] = {}
    words: list[int] = []
    for text in texts:
        for word in _WORD.findall(normalize(text).text.casefold()):
            if word not in known:
                known[word] = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
            words.append(known[word])
    if len(words) < WORDS:
        return TextSketch()
    codes = np.array(words, dtype=np.uint64)
    runs = np.zeros(len(codes) - WORDS + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for place in range(WORDS):
            runs = runs * _FACTOR + codes[place : place + len(runs)]
        runs = (runs ^ (runs >> _SHIFT)) * _MIX
        runs ^= runs >> _SHIFT
    ordered = np.sort(runs)  # not np.unique, which takes as long to import as a short text takes to read
    distinct = ordered[np.append(True, ordered[1:] != ordered[:-1])]
    return TextSketch(len(distinct), tuple(int(h) for h in distinct[:KEPT]))
