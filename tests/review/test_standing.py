"""Whose word counts: table of stories, each a line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.review.decision import KINDS, Decision, Value, facts_of
from pipeline.review.standing import fold_standing, standings
from tests.review.sample import MACHINE

EDIT = Value("47", "iscm.irf", "Process", 4, 11)
OTHER = Value("47", "iscm.generic", "Process", 4, 11)


def said(story: str) -> list[Decision]:
    """`Ana+ Ben- Ana=edit Ana#note Ana! undo:2` as decisions: + accept, - reject, = edit, ~ other edit, ! adjudicate."""
    out: list[Decision] = []
    for n, word in enumerate(story.split(), start=1):
        told: dict[str, Any] = {"decision_id": n, "machine": MACHINE, "adjudicates": "!" in word}
        by = word.rstrip("+-=~#!?0123456789")
        if "^" in word:
            by, _, number = word.partition("^")
            out.append(Decision("r", "d", "47", "undo", by, undoes=int(number), decision_id=n))
        elif "+" in word:
            out.append(Decision("r", "d", "47", "accept", by, **told))
        elif "-" in word:
            out.append(Decision("r", "d", "47", "reject", by, **told))
        elif "=" in word or "~" in word:
            out.append(Decision("r", "d", "47", "edit", by, human=EDIT if "=" in word else OTHER, **told))
        elif "?" in word:
            out.append(Decision("r", "d", "47", "unsure", by, **told))
        else:
            out.append(Decision("r", "d", "47", "comment", by, comment="why", **told))
    return out


@pytest.mark.parametrize(
    ("story", "deciding", "conflict", "fates"),
    [
        ("Ana+", 1, False, "counts"),
        ("Ana+ Ana-", 2, False, "superseded counts"),
        ("Ana+ Ben+", 2, False, "counts counts"),
        ("Ana+ Ben-", None, True, "conflict conflict"),
        ("Ana= Ben=", 2, False, "counts counts"),
        ("Ana= Ben~", None, True, "conflict conflict"),
        ("Ana+ Ben=", None, True, "conflict conflict"),
        ("Ana+ Ben- Cem-!", 3, False, "settled settled counts"),
        ("Ana+ Ben- Ana+!", 3, False, "settled settled counts"),
        ("Ana+ Ben- Cem-! Ana+", None, True, "settled settled conflict conflict"),
        ("Ana+ Ana^1", None, False, "undone undo"),
        ("Ana+ Ana- Ana^2", 1, False, "counts undone undo"),
        ("Ana+ Ben- Ben^2", 1, False, "counts undone undo"),
        ("Ana+ Ben- Cem+! Cem^3", None, True, "conflict conflict undone undo"),
        ("Ana#", None, False, "comment"),
        ("Ana? Ben+ Ana^1", 2, False, "undone counts undo"),
        ("Ana? Ana+", 2, False, "mark counts"),
        ("Ana# Ana+ Ana^1", 2, False, "undone counts undo"),
    ],
)
def test_whose_word_counts(story: str, deciding: int | None, conflict: bool, fates: str) -> None:
    stood = fold_standing(said(story))
    assert (stood.deciding.decision_id if stood.deciding else None) == deciding
    assert stood.has_conflict is conflict
    assert " ".join(stood.fates) == fates


def test_each_reference_stands_by_itself() -> None:
    one, two = Decision("r1", "d", "1", "accept", "Ana", machine=MACHINE), Decision("r2", "d", "1", "reject", "Ben")
    found = standings([one, two])
    assert [found[name].has_conflict for name in ("r1", "r2")] == [False, False]
    assert found["r1"].reviewers == ("Ana",)


def test_nothing_said_is_no_standing() -> None:
    with pytest.raises(ValueError, match="no decision"):
        fold_standing([])


_ANSWERS = {
    one: facts_of({"answer": one}, {"page": page}) for one, page in (("yes", "1"), ("no", "2"), ("partly", "3"))
}
_STEPS = st.tuples(
    st.sampled_from(["accept", "reject", "yes", "no", "comment", "undo", "settle"]), st.sampled_from("ABC")
)


def _line(step: tuple[str, str], number: int, kind: Any, before: list[Decision]) -> Decision:
    """A step as a decision about one thing of a kind; an undo takes back the newest open line of that analyst."""
    what, by = step
    place = (f"{kind}-1", "d", "47")
    taken = {one.undoes for one in before}
    own = [one for one in before if one.by == by and one.action != "undo" and one.decision_id not in taken]
    machine = MACHINE if kind == "reference" else _ANSWERS["partly"]
    if what == "undo" and own:
        return Decision(*place, "undo", by, undoes=own[-1].decision_id, decision_id=number, kind=kind)
    if what in ("yes", "no"):
        human = {"yes": EDIT, "no": OTHER}[what] if kind == "reference" else _ANSWERS[what]
        return Decision(*place, "edit", by, machine=machine, human=human, decision_id=number, kind=kind)
    action: Any = {"settle": "accept", "undo": "comment"}.get(what, what)
    settles = what == "settle"
    return Decision(*place, action, by, machine=machine, adjudicates=settles, decision_id=number, kind=kind)


@given(st.lists(_STEPS, min_size=1, max_size=14))
@settings(deadline=None, max_examples=60)
def test_what_follows_from_decisions_is_the_same_for_all_kinds(steps: list[tuple[str, str]]) -> None:
    """One ledger, one fold: the kinds are told apart by the ids alone, however their lines are mixed."""
    told: dict[str, list[Decision]] = {kind: [] for kind in KINDS}
    mixed = []
    for step in steps:
        for kind in KINDS:
            one = _line(step, len(mixed) + 1, kind, told[kind])
            told[kind].append(one)
            mixed.append(one)
    found = standings(mixed)
    assert {name: one.fates for name, one in found.items()} == {
        f"{kind}-1": fold_standing(lines).fates for kind, lines in told.items()
    }
    assert len({one.fates for one in found.values()}) == 1
    assert len({(one.has_conflict, one.reviewers) for one in found.values()}) == 1
    by = {one.deciding.value is None for one in found.values() if one.deciding}
    assert len(by) <= 1
