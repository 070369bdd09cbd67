import pytest

from pipeline.export.page.making import count_making, decisions, percent
from tests import table_sample as sample


def test_counts_by_method_leave_rejected_references_out() -> None:
    made = count_making(sample.references())
    assert made.total == 11
    assert [(name, number, share) for name, _, number, share in made.methods] == [("exact", 11, "100 %")]


def test_decisions_are_counted_and_give_the_share_that_was_kept() -> None:
    made = count_making(sample.references())
    assert {name: number for name, _, number, _ in made.decisions} == {
        "accepted": 1, "edited": 1, "added": 1, "rejected": 1,
    }  # fmt: skip
    assert (made.reviewed, made.every, made.share, made.kept) == (4, 12, "33 %", "67 %")


def test_without_decisions_nothing_is_said_of_them() -> None:
    untouched = sample.references(status="machine")
    assert count_making(untouched).kept == "" and count_making(untouched).decisions == ()
    assert decisions(untouched, {}) is None
    assert count_making(untouched.head(0)).total == 0


def test_an_unknown_method_is_counted_too() -> None:
    assert [name for name, *_ in count_making(sample.references(method="guessed")).methods] == ["guessed"]


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "0 %"), (0, 9, "0 %"), (9, 9, "100 %"), (1, 9999, "< 0.1 %"), (1, 30, "3.3 %"), (1999, 2000, "> 99.9 %"),
     (995, 1000, "99.5 %")],
)  # fmt: skip
def test_shares(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said
