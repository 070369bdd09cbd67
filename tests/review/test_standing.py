"""Whose word counts: table of stories, each a line."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.review.decision import Decision, Value
from pipeline.review.standing import fold_standing, standings
from tests.review.sample import MACHINE

EDIT = Value("47", "iscm.irf", "Process", 4, 11)
OTHER = Value("47", "iscm.generic", "Process", 4, 11)


def said(story: str) -> list[Decision]:
    """`Ana+ Ben- Ana=edit Ana#note Ana! undo:2` as decisions: + accept, - reject, = edit, ~ other edit, ! adjudicate."""
    out: list[Decision] = []
    for n, word in enumerate(story.split(), start=1):
        told: dict[str, Any] = {"decision_id": n, "machine": MACHINE, "adjudicates": "!" in word}
        by = word.rstrip("+-=~#!0123456789")
        if "^" in word:
            by, _, number = word.partition("^")
            out.append(Decision("r", "d", "47", "undo", by, undoes=int(number), decision_id=n))
        elif "+" in word:
            out.append(Decision("r", "d", "47", "accept", by, **told))
        elif "-" in word:
            out.append(Decision("r", "d", "47", "reject", by, **told))
        elif "=" in word or "~" in word:
            out.append(Decision("r", "d", "47", "edit", by, human=EDIT if "=" in word else OTHER, **told))
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
