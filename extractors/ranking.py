"""Ranking: which labelled texts a text is most like, by words, by their frequency, and by runs of characters.

Used to rank the Compact's objectives for a paragraph by the text of their own commitments and actions. Three ways of
measuring likeness are there to be compared, `combined` is their mean; runs of characters were best (0.59 first among
23 objectives, each action of A/RES/73/195 left out in turn). Plain numpy: no model, nothing to download.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Generic, Literal, TypeVar

import numpy as np
import numpy.typing as npt

from extractors.normalization import squash

Method = Literal["tfidf", "bm25", "characters", "combined"]
METHODS: tuple[Method, ...] = ("tfidf", "bm25", "characters", "combined")
Label = TypeVar("Label", bound=Hashable)

_WORD = re.compile(r"[^\W\d_]{3,}")
_RUN = 5
_STEM = 7
_K1, _B = 1.4, 0.6
_BEST = 3


def _words(text: str) -> list[str]:
    """Words cut to their beginnings, so that forms of one word are the same, and pairs of neighbours."""
    words = [w[:_STEM] for w in _WORD.findall(squash(text))]
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def _runs(text: str) -> list[str]:
    flat = " ".join(_WORD.findall(squash(text)))
    return [flat[i : i + _RUN] for i in range(max(0, len(flat) - _RUN + 1))]


class _Space:
    """Texts as weighted vectors of features; `likeness` of a text to each of them is the cosine, or BM25's sum."""

    def __init__(self, texts: Sequence[str], features: Callable[[str], list[str]], *, bm25: bool) -> None:
        self._features = features
        self._bm25 = bm25
        counted = [Counter(features(text)) for text in texts]
        document_count = Counter(feature for counts in counted for feature in counts)
        self._index = {feature: n for n, feature in enumerate(document_count)}
        size = len(texts)
        self._idf = np.array([math.log(1 + (size - n + 0.5) / (n + 0.5)) if bm25 else math.log((1 + size) / (1 + n)) + 1
                              for n in document_count.values()])  # fmt: skip
        self._matrix = np.zeros((size, len(self._index)), dtype=np.float32)
        lengths = np.array([sum(counts.values()) or 1 for counts in counted])
        for row, counts in enumerate(counted):
            for feature, n in counts.items():
                length = 1 - _B + _B * lengths[row] / lengths.mean()
                value = n * (_K1 + 1) / (n + _K1 * length) if bm25 else 1 + math.log(n)
                self._matrix[row, self._index[feature]] = value * self._idf[self._index[feature]]
        if not bm25:
            self._matrix /= np.maximum(np.linalg.norm(self._matrix, axis=1, keepdims=True), 1e-9)

    def likeness(self, text: str) -> npt.NDArray[np.float64]:
        counts = Counter(self._features(text))
        query = np.zeros(len(self._index), dtype=np.float32)
        for feature, n in counts.items():
            place = self._index.get(feature)
            if place is not None:
                query[place] = 1.0 if self._bm25 else (1 + math.log(n)) * self._idf[place]
        if not self._bm25:
            query /= max(float(np.linalg.norm(query)), 1e-9)
        return (self._matrix @ query).astype(np.float64)


class Ranking(Generic[Label]):
    """Labelled texts to compare with; texts without a word in common with any give 0 for every label.

    >>> ranking = Ranking({"borders": ["manage national borders"], "money": ["transfer of remittances"]})
    >>> max(ranking.rank("cheaper remittances").items(), key=lambda item: item[1])[0]
    'money'
    """

    def __init__(self, labelled: Mapping[Label, Sequence[str]]) -> None:
        texts = [text for of in labelled.values() for text in of]
        self._rows: dict[Label, list[int]] = defaultdict(list)
        for row, label in enumerate(label for label, of in labelled.items() for _ in of):
            self._rows[label].append(row)
        self.texts = texts
        self._spaces: dict[Method, _Space] = {}

    def rank(self, text: str, *, method: Method = "characters", without: int | None = None) -> dict[Label, float]:
        """How like each label's texts a text is, 0 to 1 with 1 for the best label.

        A label's likeness is the mean of its three best texts; `without` leaves one text out, for measuring on the
        labelled texts themselves.
        """
        if method == "combined":
            each = [self.rank(text, method=one, without=without) for one in METHODS if one != "combined"]
            return {label: sum(one[label] for one in each) / len(each) for label in self._rows}
        likeness = self._space(method).likeness(text)
        if without is not None:
            likeness[without] = 0.0
        scores = {label: float(np.sort(likeness[rows])[-_BEST:].mean()) for label, rows in self._rows.items()}
        top = max(scores.values(), default=0.0)
        return {label: max(score, 0.0) / top if top > 0 else 0.0 for label, score in scores.items()}

    def shared(self, text: str, label: Label) -> tuple[int, int] | None:
        """The place in a text of the longest run of words that one of the label's texts has too; None without any."""
        words = [(m[0].lower(), m.start(), m.end()) for m in _WORD.finditer(text)]
        best: tuple[int, int, int] = (0, 0, 0)
        for row in self._rows[label]:
            other = [m[0].lower() for m in _WORD.finditer(self.texts[row])]
            run = SequenceMatcher(None, [w for w, _, _ in words], other, autojunk=False).find_longest_match()
            best = max(best, (run.size, words[run.a][1], words[run.a + run.size - 1][2]) if run.size else best)
        return (best[1], best[2]) if best[0] else None

    def _space(self, method: Method) -> _Space:
        if method not in self._spaces:
            features = _runs if method == "characters" else _words
            self._spaces[method] = _Space(self.texts, features, bm25=method == "bm25")
        return self._spaces[method]
