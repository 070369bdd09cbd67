"""Cohen's kappa: textbook figures, and which words of whom are compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.agreement import kappa, measure_agreement
from pipeline.review.assignments import Assignments, CodingAssignment
from pipeline.review.decision import Action, Decision, Facts, Kind, Value, facts_of
from tests.review.sample import decide, row

PROCESS, SOCIETY = row("47", "iscm.rcp", "Process"), row("46", "stakeholder.civil_society", "civil society")
IRF = Value("47", "iscm.irf", "Process", 4, 11)
WIDER = Value("47", "iscm.rcp", "The Process", 0, 11)


def table(yes_yes: int, yes_no: int, no_yes: int, no_no: int) -> list[tuple[object, object]]:
    cells = {("y", "y"): yes_yes, ("y", "n"): yes_no, ("n", "y"): no_yes, ("n", "n"): no_no}
    return [pair for pair, times in cells.items() for _ in range(times)]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (table(20, 5, 10, 15), 0.4),
        (table(45, 15, 25, 15), 0.1304),
        (table(25, 35, 5, 35), 0.2593),
        (table(5, 0, 0, 5), 1.0),
        (table(0, 5, 5, 0), -1.0),
        (table(10, 0, 0, 0), None),
        ([], None),
    ],
)
def test_kappa_of_known_tables(pairs: list[tuple[object, object]], expected: float | None) -> None:
    found = kappa(pairs)
    assert found is None if expected is None else found == pytest.approx(expected, abs=1e-4)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=30))
def test_kappa_never_exceeds_one(pairs: list[tuple[str, str]]) -> None:
    found = kappa(list(pairs))
    assert found is None or -1.0 <= found <= 1.0 + 1e-9


def told(*decisions: Decision) -> list[tuple[str, str, str, int, int]]:
    numbered = [replace(decision, decision_id=n) for n, decision in enumerate(decisions, start=1)]
    return [(a.one, a.other, a.category, a.items, a.same) for a in measure_agreement(numbered)]


def test_only_what_two_decided_on_counts() -> None:
    assert told(decide("accept", PROCESS), decide("accept", SOCIETY, by="Ben")) == []
    assert told(decide("accept", PROCESS), decide("reject", PROCESS, by="Ben")) == [
        ("Ana", "Ben", "", 1, 0),
        ("Ana", "Ben", "iscm.rcp", 1, 0),
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (decide("accept", PROCESS), decide("accept", PROCESS, by="Ben"), 1),
        (decide("edit", PROCESS, human=IRF), decide("edit", PROCESS, by="Ben", human=IRF), 1),
        (decide("accept", PROCESS), decide("edit", PROCESS, by="Ben", human=IRF), 0),
        (decide("accept", PROCESS), decide("edit", PROCESS, by="Ben", human=WIDER), 0),
    ],
)
def test_an_edit_is_an_answer_of_its_own(one: Decision, other: Decision, same: int) -> None:
    assert told(one, other)[0] == ("Ana", "Ben", "", 1, same)


def test_the_last_word_counts_and_an_adjudication_is_no_vote() -> None:
    first = [decide("reject", PROCESS), decide("accept", PROCESS), decide("accept", PROCESS, by="Ben")]
    assert told(*first)[0] == ("Ana", "Ben", "", 1, 1)
    settled = [*first, decide("reject", PROCESS, by="Cem", adjudicates=True)]
    assert told(*settled) == told(*first)


@pytest.mark.parametrize(("count", "is_given"), [(19, False), (20, True)])
def test_no_kappa_from_few_references(count: int, is_given: bool) -> None:
    rows = [replace(PROCESS, reference_id=f"r{n}") for n in range(count)]
    said = [decide("accept" if n % 2 else "reject", one, by=by) for by in ("Ana", "Ben") for n, one in enumerate(rows)]
    (every, *_) = measure_agreement([replace(decision, decision_id=n) for n, decision in enumerate(said, start=1)])
    assert every.items == count and (every.kappa == 1.0 if is_given else every.kappa is None)


GOAL = facts_of({"kind": "objective", "number": "7"})
PROMISE = facts_of({"force": "commit", "actor": "States"})


def on_facts(kind: Kind, by: str, action: Action, machine: Facts, human: Facts | None = None) -> Decision:
    return Decision(f"{kind}-1", "d", "3", action, by, machine, human, kind=kind)


@pytest.mark.parametrize(
    ("kind", "machine", "one", "other", "rows"),
    [
        ("objective", GOAL, ("accept", None), ("accept", None), [("", 1), ("objective.7", 1)]),
        ("objective", GOAL, ("accept", None), ("edit", {"number": "8"}), [("", 0), ("objective.7", 0)]),
        ("commitments", PROMISE, ("edit", {"actor": "All"}), ("edit", {"actor": "All"}), [("", 1), ("commitments", 1)]),
        (
            "commitments",
            PROMISE,
            ("edit", {"actor": "All"}),
            ("edit", {"actor": "Some"}),
            [("", 0), ("commitments", 0)],
        ),
        ("profile", PROMISE, ("accept", None), ("reject", None), [("", 0), ("profile", 0)]),
    ],
)
def test_every_kind_is_compared(
    kind: Kind, machine: Facts, one: tuple[Action, Any], other: tuple[Action, Any], rows: list[tuple[str, int]]
) -> None:
    said = [
        on_facts(kind, by, action, machine, machine.changed(values) if values else None)
        for by, (action, values) in (("Ana", one), ("Ben", other))
    ]
    assert [(a.kind, a.category, a.same) for a in measure_agreement(said)] == [(kind, *row) for row in rows]


def test_of_what_was_coded_blind_the_word_before_the_other_was_seen_counts() -> None:
    said = [
        decide("reject", PROCESS),
        decide("accept", PROCESS, by="Ben"),
        decide("accept", PROCESS),  # after she has seen it
    ]
    numbered = [replace(decision, decision_id=n) for n, decision in enumerate(said, start=1)]
    blind = CodingAssignment(("Ana", "Ben"), {"d": ("Ana", "Ben")}, is_blind=True, closed_at="2026-01-01")
    assert measure_agreement(numbered)[0].same == 1
    assert measure_agreement(numbered, Assignments((blind,)))[0].same == 0
    assert measure_agreement(numbered, Assignments((replace(blind, is_blind=False),)))[0].same == 1
