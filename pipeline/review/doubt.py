"""How doubtful references are: how unlike their wording they are, and how often their rule was right so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.model import Reference
    from pipeline.review.items import Item

PRIOR = 2.0
"""Decisions that what is known of the method weighs beside those about the rule itself."""


def judged_references(items: Iterable[Item]) -> Iterator[tuple[Reference, bool]]:
    """Yield what the machine found and analysts decided on, as it was found, and whether it was right.

    What is in conflict, or no longer attaches, says nothing; what was said once of all copies of a text counts once.
    """
    said = set()
    for item in items:
        verdict = item.standing.deciding if item.standing is not None else None
        number = verdict.decision_id if verdict is not None else 0
        if item.facts is None and item.machine is not None and item.status in ("accepted", "rejected", "edited"):
            if number not in said:
                yield item.machine, item.status == "accepted"
            said |= {number} - {0}


class Precision:
    """What share of a rule's references was accepted as found, of those that were decided on without a conflict.

    A rule of which little is known counts as the rules of its method do, and those as one that is right every other time.

    >>> Precision([]).doubt("a-rule", "exact", 100.0)
    0.5
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._right: Counter[str] = Counter()
        self._decided: Counter[str] = Counter()
        self._known: dict[tuple[str, str], float] = {}
        for row, is_right in judged_references(items):
            for name in (row.rule, f"method {row.method}"):
                self._decided[name] += 1
                self._right[name] += is_right

    def of_rule(self, rule: str, method: str) -> float:
        """Return the share, between 0 and 1, pulled towards the method's where few were decided on."""
        share = self._known.get((rule, method))
        if share is None:
            prior = self._share(f"method {method}", 0.5)
            share = self._known[rule, method] = self._share(rule, prior)
        return share

    def doubt(self, rule: str, method: str, score: float) -> float:
        """Return how doubtful a reference is, 0 for not at all; `score` is 100 for the very wording of the rule."""
        return 1.0 - self.of_rule(rule, method) * score / 100.0

    def _share(self, name: str, prior: float) -> float:
        return (self._right[name] + PRIOR * prior) / (self._decided[name] + PRIOR)
