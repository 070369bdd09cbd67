"""How far analysts agree: Cohen's kappa by category, over the references that two of them decided on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.review.decision import Decision, Value
from pipeline.review.standing import standings

ALL = ""
"""The category of the row that counts all categories together."""
FEWEST = 20
"""References that two analysts must both have decided before a kappa is given: of fewer it says nothing."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two analysts agree on one category (`""`: on all): over `items` references they gave the same answer to `same`.

    `kappa` is 1 for full agreement and 0 for what chance would give; None where both decided fewer than FEWEST
    references, or gave one and the same answer throughout.
    """

    one: str
    other: str
    category: str
    items: int
    same: int
    kappa: float | None


def kappa(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Return Cohen's kappa of two raters' answers to the same questions (Cohen 1960), None where it is not defined.

    >>> kappa([("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "no")])
    0.5
    """
    if not pairs:
        return None
    total = len(pairs)
    observed = sum(one == other for one, other in pairs) / total
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(ones[answer] * others[answer] for answer in ones) / total**2
    return None if expected >= 1 else (observed - expected) / (1 - expected)


def measure_agreement(decisions: Iterable[Decision]) -> list[Agreement]:
    """Return how every two analysts agree, on all categories and on each, in the order of names and categories.

    The answer to a reference is the category it should have, or that it should go; an edit of the words or the name is an
    answer of its own. Only the last word of each counts, also where an adjudication has settled it since.
    """
    words: dict[str, dict[str, Decision]] = {}
    for name, stood in standings(one for one in decisions if one.kind == "reference").items():
        for decision, fate in zip(stood.decisions, stood.fates, strict=True):
            if decision.is_verdict and fate != "undone" and not decision.adjudicates:
                words.setdefault(name, {})[decision.by] = decision
    pairs: dict[tuple[str, str, str], list[tuple[object, object]]] = {}
    for said in words.values():
        for one, other in combinations(sorted(said), 2):
            answers = (said[one].outcome, said[other].outcome)
            for category in (ALL, _category(said[one])):
                pairs.setdefault((one, other, category), []).append(answers)
    return [
        Agreement(*key, len(answers), sum(a == b for a, b in answers), _kappa_of(answers))
        for key, answers in sorted(pairs.items())
    ]


def _kappa_of(answers: Sequence[tuple[object, object]]) -> float | None:
    return kappa(_named(answers)) if len(answers) >= FEWEST else None


def _category(decision: Decision) -> str:
    """The category that was judged: the machine's, else the one that was added."""
    if decision.reference is not None:
        return decision.reference.category
    return decision.human.category if isinstance(decision.human, Value) else ALL


def _named(pairs: Sequence[tuple[object, object]]) -> list[tuple[object, object]]:
    """Answers by kind (a category, or "rejected"), since outcomes hold paragraph and words, which no two items share.

    Two answers of one kind that differ in their words or name stay different.
    """
    return [(_kind(one), _kind(other) if one == other or _kind(one) != _kind(other) else None) for one, other in pairs]


def _kind(outcome: object) -> object:
    return outcome[1] if isinstance(outcome, tuple) and len(outcome) > 1 else outcome
