"""Precision, recall and F1 of judged rows, and how sure they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING

from pipeline.evaluate.judgement import Judgement

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

RESAMPLES = 2000
SEED = 20181219
"""Day of A/RES/73/195; any number does, as long as it stays the same."""
_Z = 1.959964
"""Two-sided 95 % of the normal distribution."""

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """How well the rows of one group agree with the true ones.

    `by` and `name` tell the group ("category", "iscm.gfmd"; "all", ""). `support` counts true rows, `found` rows that were found
    and count; `exact` those right ones whose whole wording agrees. A ratio without anything to divide is None, and so
    is its interval (95 %, see `interval`).
    """

    what: str
    matching: str
    by: str
    name: str
    right: int
    missed: int
    spurious: int
    open: int
    paragraphs: int
    precision_interval: Interval | None
    recall_interval: Interval | None
    f1_interval: Interval | None

    @property
    def support(self) -> int:
        return self.right + self.missed

    @property
    def found(self) -> int:
        return self.right + self.spurious

    @property
    def precision(self) -> float | None:
        return _ratio(self.right, self.found)

    @property
    def recall(self) -> float | None:
        return _ratio(self.right, self.support)

    @property
    def f1(self) -> float | None:
        return _ratio(2 * self.right, 2 * self.right + self.missed + self.spurious)

    def as_dict(self) -> dict[str, object]:
        """Return the figure as one row; ratios and the ends of intervals have four decimals."""
        row: dict[str, object] = {
            name: getattr(self, name)
            for name in ("what", "matching", "by", "name", "support", "found", "right", "missed", "spurious", "open")
        }
        row["paragraphs"] = self.paragraphs
        for name in ("precision", "recall", "f1"):
            low, high = getattr(self, f"{name}_interval") or (None, None)
            row |= {name: _rounded(getattr(self, name)), f"{name}_low": _rounded(low), f"{name}_high": _rounded(high)}
        return row


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


FIGURE_COLUMNS: tuple[str, ...] = tuple(Figure("", "", "", "", 0, 0, 0, 0, 0, None, None, None).as_dict())


def figure(judgements: Iterable[Judgement], by: str = "all", name: str = "") -> Figure:
    """Return the figure of judgements that are of one kind and one matching; all of them count.

    Raises ValueError when there are none.
    """
    rows = list(judgements)
    if not rows:
        raise ValueError("no judgement: a figure needs one")
    clusters: dict[tuple[str, str], list[int]] = {}
    opened = 0
    for row in rows:
        if row.verdict == "open":
            opened += 1
        else:
            counts = clusters.setdefault((row.document, row.paragraph), [0, 0, 0])
            counts[("right", "missed", "spurious").index(row.verdict)] += 1
    cells = tuple(tuple(counts) for counts in clusters.values())
    right, missed, spurious = (sum(column) for column in zip(*cells, strict=True)) if cells else (0, 0, 0)
    low = _intervals(cells) if cells else (None, None, None)
    return Figure(
        rows[0].what, rows[0].matching, by, name, right, missed, spurious, opened, len(clusters), low[0], low[1], low[2]
    )


def grouped(judgements: Sequence[Judgement], by: str, key: Callable[[Judgement], str]) -> Iterator[Figure]:
    """Yield one figure for each group that `key` names, by the names' order; rows whose key is "" are left out."""
    groups: dict[str, list[Judgement]] = {}
    for row in judgements:
        if name := key(row):
            groups.setdefault(name, []).append(row)
    for name, rows in sorted(groups.items()):
        yield figure(rows, by, name)


@lru_cache(maxsize=512)
def _intervals(cells: tuple[tuple[int, ...], ...]) -> tuple[Interval | None, Interval | None, Interval | None]:
    """95 % intervals of precision, recall and F1 from (right, missed, spurious) of each paragraph.

    Of two intervals the outer ends: the percentile bootstrap over paragraphs, for rows of one paragraph are right or
    wrong together; and Wilson's for the counts, for the bootstrap takes three right rows out of three as certainty.
    F1 = 2J / (1 + J) with J = right / (right + missed + spurious), so Wilson's for J gives that of F1.
    """
    right, missed, spurious = (sum(column) for column in zip(*cells, strict=True))
    sums = _resampled(cells)
    r, m, s = sums[:, 0], sums[:, 1], sums[:, 2]
    j_low, j_high = wilson(right, right + missed + spurious) or (0.0, 1.0)
    return (
        _outer(_percentiles(r, r + s), wilson(right, right + spurious)),
        _outer(_percentiles(r, r + m), wilson(right, right + missed)),
        _outer(_percentiles(2 * r, 2 * r + m + s), (2 * j_low / (1 + j_low), 2 * j_high / (1 + j_high))),
    )


def _resampled(cells: tuple[tuple[int, ...], ...]) -> npt.NDArray[np.float64]:
    """Sums of `RESAMPLES` samples of paragraphs, with replacement. `RandomState` gives the same numbers in every version
    of NumPy, which its newer generators do not promise."""
    import numpy as np

    random = np.random.RandomState(SEED)
    drawn = random.multinomial(len(cells), [1 / len(cells)] * len(cells), size=RESAMPLES)
    return np.asarray(drawn @ np.array(cells))


def _percentiles(parts: npt.NDArray[np.float64], wholes: npt.NDArray[np.float64]) -> Interval | None:
    import numpy as np

    there = wholes > 0
    if not there.any():
        return None
    low, high = np.percentile(parts[there] / wholes[there], (2.5, 97.5))
    return float(low), float(high)


def wilson(part: int, whole: int) -> Interval | None:
    """Return Wilson's 95 % interval of a share, None of nothing.

    >>> tuple(round(end, 2) for end in wilson(3, 3))
    (0.44, 1.0)
    """
    if not whole:
        return None
    share, square = part / whole, _Z * _Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def _outer(one: Interval | None, other: Interval | None) -> Interval | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])
