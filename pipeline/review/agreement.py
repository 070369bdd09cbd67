"""How far analysts agree: Cohen's kappa by kind and category, over what two of them decided on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractors.model import Reference
from pipeline.review.assignments import Assignments
from pipeline.review.decision import KINDS, REJECTED, Decision, Facts, Kind, Value
from pipeline.review.standing import Standing, standings

NO_ASSIGNMENTS = Assignments()
Answered = tuple[object, object]
"""The kind of an answer, and the whole of it."""
ALL = ""
"""The category of the row that counts all categories together."""
FEWEST = 20
"""Items that two analysts must both have decided before a kappa is given: of fewer it says nothing."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two analysts agree on one category of a kind (`""`: on all): over `items` items they gave the same answer to `same`.

    The category of an objective is `objective.7`, rows of tables have their kind for one. `kappa` is 1 for full agreement and
    0 for what chance would give; None where both decided fewer than FEWEST items, or gave one and the same answer throughout.
    """

    one: str
    other: str
    kind: Kind
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


def measure_agreement(decisions: Iterable[Decision], assignments: Assignments = NO_ASSIGNMENTS) -> list[Agreement]:
    """Return how every two analysts agree, on all of a kind and on each category, in the order of names, kinds and categories.

    The answer is the category or objective that it should have, that it should go, or for a row of a table that it is right;
    another correction is an answer of its own. Only the last word of each counts, also where an adjudication has settled it
    since; of what was coded blind, the last one before each could see the other's.
    """
    pairs: dict[tuple[str, str, Kind, str], list[tuple[Answered, Answered]]] = {}
    for stood in standings(decisions).values():
        said = _words(stood, assignments)
        for one, other in combinations(sorted(said), 2):
            answers, kind = (_answer(said[one]), _answer(said[other])), said[one].kind
            for category in dict.fromkeys((ALL, _category(said[one]))):
                pairs.setdefault((one, other, kind, category), []).append(answers)
    ordered = sorted(pairs.items(), key=lambda pair: (*pair[0][:2], KINDS.index(pair[0][2]), pair[0][3]))
    return [
        Agreement(*key, len(answers), sum(a == b for a, b in answers), _kappa_of(answers)) for key, answers in ordered
    ]


def _words(stood: Standing, assignments: Assignments) -> dict[str, Decision]:
    """The word of each analyst on one item that counts for agreement."""
    blind, out = assignments.blind_coders(stood.decisions[0]), dict[str, Decision]()
    for decision, fate in zip(stood.decisions, stood.fates, strict=True):
        if decision.is_verdict and fate != "undone" and not decision.adjudicates:
            is_shown = bool(blind) and blind <= out.keys()
            if not is_shown or decision.by not in blind:
                out[decision.by] = decision
    return out


def _kappa_of(answers: Sequence[tuple[Answered, Answered]]) -> float | None:
    return kappa(_named(answers)) if len(answers) >= FEWEST else None


def _category(decision: Decision) -> str:
    """The category that was judged: the machine's, else the one that was added; of what has none its kind."""
    value = decision.machine or decision.human
    if isinstance(value, Reference | Value):
        return value.category
    if decision.kind == "objective" and value is not None:
        return ".".join(filter(None, (value.get("kind"), value.get("number"))))
    return decision.kind


def _answer(decision: Decision) -> Answered:
    """What was said, as two say the same: its kind (a category, an objective, "rejected", right or changed), since whole values
    hold paragraph and words, which no two items share, and the whole value."""
    value = decision.value
    if value is None:
        return REJECTED, REJECTED
    if isinstance(value, Value):
        return value.category, value.key
    if decision.kind == "objective":
        return f"{value.get('kind')}.{value.get('number')}", value.key
    is_right = isinstance(decision.machine, Facts) and value.key == decision.machine.key
    return "right" if is_right else "changed", value.key


def _named(pairs: Sequence[tuple[Answered, Answered]]) -> list[tuple[object, object]]:
    """Answers by their kind; two answers of one kind that differ in their words or name stay different."""
    return [(one[0], other[0] if one == other or one[0] != other[0] else None) for one, other in pairs]
