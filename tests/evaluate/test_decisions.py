"""What analysts decided, as truth."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.commands import app
from pipeline.evaluate.decisions import judge_decisions
from pipeline.review.answer import make_addition, make_decision
from pipeline.review.desk import Desk
from tests.review.corpus import desk, named, settings


@pytest.fixture
def decided(tmp_path: Path) -> Desk:
    """One reference of each standing, one in conflict, the rest undecided."""
    held = desk(tmp_path)
    right, wrong, other = (held.item(named(held, one)) for one in ("civil society", "trade unions", "diasporas"))
    held.write(
        [
            make_decision(held, right, "accept", by="Ana"),
            make_decision(held, wrong, "reject", by="Ben"),
            make_decision(held, other, "edit", by="Ana", category="stakeholder.migrants"),
            make_addition(held, "beta.en", "1", "stakeholder.local_communities", by="Ana", wording="partners"),
            make_decision(held, held.item(named(held, "Local authorities")), "accept", by="Ana"),
            make_decision(held, held.item(named(held, "Local authorities")), "reject", by="Ben"),
        ]
    )
    return held


def test_what_was_decided_counts_and_nothing_else(decided: Desk) -> None:
    found = judge_decisions(decided)
    assert found.all is not None
    assert (found.all.right, found.all.spurious, found.all.missed) == (1, 2, 2)
    assert (found.reviewers, found.decided, found.undecided) == (("Ana", "Ben"), 4, 8)
    by = {(one.by, one.name): (one.right, one.spurious, one.missed) for one in found.groups}
    assert by["category", "stakeholder.diasporas"] == (0, 1, 0)
    assert by["category", "stakeholder.migrants"] == (0, 0, 1)
    assert by["entry", "trade-unions"] == (0, 1, 0)


def test_the_command_says_whose_truth_it_is(
    decided: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "figures.csv"
    words = ["evaluate", "--decisions", "--outputs", str(settings(tmp_path).outputs), "-o", str(target)]
    monkeypatch.setattr(sys, "argv", ["gcmrefs", *words])
    with pytest.raises(SystemExit, match="0"):
        app.main()
    told = " ".join(capsys.readouterr().out.split())
    assert "Truth is what Ana, Ben decided, 4 in all; what is undecided, 8, does not count." in told
    assert "decision,category,stakeholder.diasporas" in target.read_text(encoding="utf-8-sig")
