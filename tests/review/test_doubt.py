"""The order by doubt: what is unlike its wording, and what a rule that was often wrong has found, comes first."""

from __future__ import annotations

from pathlib import Path

from pipeline.review.answer import make_decision
from pipeline.review.doubt import Precision
from pipeline.review.items import Queue
from tests.review.corpus import desk, named

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
