"""The order by doubt: what is unlike its wording, and what a rule that was often wrong has found, comes first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.review.answer import make_decision
from pipeline.review.doubt import Precision, judged_references
from pipeline.review.items import Item, Queue
from pipeline.review.standing import fold_standing
from tests.review.corpus import desk, named
from tests.review.sample import MACHINE, decide

DOUBT = Queue("all", order="doubt")


def test_a_rule_that_was_wrong_comes_first_and_one_that_was_right_last(tmp_path: Path) -> None:
    held = desk(tmp_path)
    before = [item.reference_id for item in held.items(DOUBT)]
    assert before == [item.reference_id for item in held.items(Queue("all"))]
    wrong, right = (held.item(named(held, wording)) for wording in ("trade unions", "civil society"))
    held.write([make_decision(held, wrong, "reject", by="Ana"), make_decision(held, right, "accept", by="Ana")])
    assert [item.reference_id for item in held.items(DOUBT)] == before, "the order changed under the analyst's hands"
    held.order_anew()
    after = [item.row.wording for item in held.items(DOUBT)]
    assert (after[0], after[-1]) == ("trade unions", "civil society")


def test_an_unlike_wording_is_more_doubtful_than_a_like_one() -> None:
    precision = Precision([])
    assert precision.doubt("r", "fuzzy", 91.0) > precision.doubt("r", "fuzzy", 99.0)


def test_a_decision_that_no_longer_attaches_says_nothing_of_its_rule() -> None:
    stood = fold_standing([decide("reject", MACHINE)])
    lost, rejected = (Item(0, row, MACHINE, stood) for row in (MACHINE, replace(MACHINE, status="rejected")))
    assert [list(judged_references([item])) for item in (lost, rejected)] == [[], [(MACHINE, False)]]
    assert Precision([lost]).of_rule(MACHINE.rule, MACHINE.method) == 0.5
