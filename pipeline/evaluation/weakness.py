"""What the figures say least about, and where they are worst: told from the figures themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.evaluation.evaluation import Evaluation
from pipeline.evaluation.figure import Figure

FEW = 5
"""True rows below which a figure says little."""
SHOWN = 8
"""Groups named of each kind of weakness."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """`unlabelled` categories and `languages` have no true row at all; `few` less than `FEW`; `widest` are the categories
    with at least `FEW` rows whose F1 is least sure; `worst` those with the most rows missed or spurious, and how many;
    `objectives` the objectives, principles and themes with the most."""

    unlabelled: tuple[str, ...]
    languages: tuple[str, ...]
    few: tuple[Figure, ...]
    widest: tuple[Figure, ...]
    worst: tuple[tuple[str, int], ...]
    objectives: tuple[tuple[str, int], ...]


def weakness(found: Evaluation) -> Weakness:
    """Tell what is weak: what was never measured, hardly measured, least sure, and most often wrong."""
    categories = found.some("references", "overlap", "category")
    labelled = {figure.name for figure in categories if figure.support}
    languages = {figure.name for figure in found.some("references", "overlap", "language") if figure.support}
    few = sorted((f for f in categories if 0 < f.support < FEW), key=lambda f: (f.support, f.name))
    sure = [f for f in categories if f.support >= FEW and f.f1_interval]
    wrong = Counter({f.name: f.missed + f.spurious for f in categories})
    numbers = Counter({f.name: f.missed + f.spurious for f in found.some("objectives", "paragraph", "number")})
    return Weakness(
        tuple(sorted(set(found.scope.categories) - labelled)),
        tuple(sorted(set(found.scope.languages) - languages)),
        tuple(few),
        tuple(sorted(sure, key=lambda f: (-round(_width(f), 6), f.name))[:SHOWN]),
        _most(wrong),
        _most(numbers),
    )


def _width(figure: Figure) -> float:
    low, high = figure.f1_interval or (0.0, 0.0)
    return high - low


def _most(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((n, c) for n, c in counts.items() if c), key=lambda item: (-item[1], item[0]))[:SHOWN])
