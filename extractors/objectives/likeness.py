"""Likeness of a text to labelled ones by runs of five letters, kept as numbers only.

A text becomes a vector of `BUCKETS` numbers: each run of five letters (of its words, in lower case, with single spaces) is
hashed into one of them. What is kept of the labelled texts is one such vector a label and the weight of each bucket, both
rounded to a few steps: no text can be read back. Runs of letters need no word forms, and were the best of four ways of
measuring likeness on the actions of A/RES/73/195. Plain numpy, the same on every machine.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

BUCKETS = 4096
RUN = 5
STEPS = 15
"""Steps that a weight is rounded to: two of them make a byte."""

Vector = npt.NDArray[np.float64]
_WORD = re.compile(r"[^\W\d_]{2,}")


def words(text: str) -> str:
    """The words of a text in lower case, with single spaces."""
    return " ".join(_WORD.findall(text.lower()))


def runs(text: str) -> npt.NDArray[np.int64]:
    """The buckets of the runs of letters of `words`, one for each place where a run begins, so that none is lost or made
    when texts are joined by a space.

    >>> len(runs("safe borders")), len(runs(""))
    (12, 0)
    """
    codes = np.frombuffer(f" {text}    ".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    size = len(text)
    out = np.zeros(size, dtype=np.uint64)
    for step in range(RUN):
        out = out * np.uint64(1_000_003) + codes[step : step + size]
    out = (out ^ (out >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return ((out ^ (out >> np.uint64(32))) % np.uint64(BUCKETS)).astype(np.int64)


def counts(text: str) -> Vector:
    """How often each bucket is met, on a logarithmic scale."""
    met = np.bincount(runs(words(text)), minlength=BUCKETS)
    return np.where(met > 0, 1 + np.log(np.maximum(met, 1)), 0.0)


def unit(rows: Vector) -> Vector:
    """Rows of length one; rows of nothing stay."""
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1.0))


class Sketch(NamedTuple):
    """What is kept of labelled texts: `rows`, one vector of length one a label, and the `weights` of the buckets."""

    rows: Vector
    weights: Vector

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]]) -> Sketch:
        """Sketch the texts of each label; a run that many texts share weighs little."""
        every = [counts(text) for of in texts for text in of]
        met = np.sum([row > 0 for row in every], axis=0)
        weights = _stepped((np.log((1 + len(every)) / (1 + met)) + 1) ** 2)
        rows = [unit(np.array([counts(t) for t in of]) * weights).mean(axis=0) for of in texts]
        return cls(unit(np.array([_stepped(row) for row in rows])), weights)

    def packed(self) -> dict[str, str]:
        """The sketch as text, half a byte a number."""
        return {"weights": _packed(self.weights), "rows": _packed(self.rows)}

    @classmethod
    def unpacked(cls, held: Mapping[str, str]) -> Sketch:
        """The sketch that `packed` wrote."""
        return cls(unit(_unpacked(held["rows"]).reshape(-1, BUCKETS)), _unpacked(held["weights"]))


def _stepped(row: Vector) -> Vector:
    """The row rounded to whole steps of its largest number, small numbers finer than large ones."""
    top = row.max(initial=0.0)
    return np.asarray((np.rint(np.sqrt(row / top) * STEPS) if top > 0 else row) ** 2)


def _packed(rows: Vector) -> str:
    tops = rows.reshape(-1, BUCKETS).max(axis=1, keepdims=True)
    steps = np.rint(np.sqrt(rows.reshape(-1, BUCKETS) / np.where(tops > 0, tops, 1)) * STEPS).astype(np.uint8).ravel()
    return base64.b64encode((steps[0::2] << 4 | steps[1::2]).tobytes()).decode("ascii")


def _unpacked(text: str) -> Vector:
    held = np.frombuffer(base64.b64decode(text), dtype=np.uint8)
    return np.stack([held >> 4, held & 15], axis=1).ravel().astype(np.float64) ** 2
