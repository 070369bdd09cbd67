"""Figures and how sure they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evaluate.figures import Figure, figure, grouped, wilson
from pipeline.evaluate.judgement import Judgement, Verdict


def judged(*verdicts: Verdict, paragraph: str = "") -> list[Judgement]:
    """One judgement a verdict, each in a paragraph of its own unless one is given."""
    return [
        Judgement("references", "overlap", verdict, "a", "en", paragraph or str(place), "x.y", "w")
        for place, verdict in enumerate(verdicts)
    ]


def counted(right: int, missed: int = 0, spurious: int = 0) -> Figure:
    return figure(judged(*["right"] * right, *["missed"] * missed, *["spurious"] * spurious))


@pytest.mark.parametrize(
    ("right", "missed", "spurious", "precision", "recall", "f1"),
    [
        (8, 2, 0, 1.0, 0.8, 16 / 18),
        (8, 0, 2, 0.8, 1.0, 16 / 18),
        (0, 3, 0, None, 0.0, 0.0),
        (0, 0, 3, 0.0, None, 0.0),
    ],
)
def test_ratios(
    right: int, missed: int, spurious: int, precision: float | None, recall: float | None, f1: float
) -> None:
    found = counted(right, missed, spurious)
    assert (found.precision, found.recall, found.f1) == (precision, recall, pytest.approx(f1))
    assert (found.support, found.found) == (right + missed, right + spurious)


def test_open_rows_count_neither_way() -> None:
    found = figure(judged("right", "open", "open"))
    assert (found.f1, found.open, found.paragraphs) == (1.0, 2, 1)
    only = figure(judged("open"))
    assert (only.f1, only.f1_interval, only.open) == (None, None, 1)
    with pytest.raises(ValueError, match="no judgement"):
        figure([])


def width(found: Figure) -> float:
    low, high = found.f1_interval or (0.0, 0.0)
    return high - low


def test_few_rows_are_never_certain() -> None:
    few, many = counted(3), counted(300)
    assert few.recall_interval == pytest.approx((0.4385, 1.0), abs=1e-3)
    assert width(few) > 0.3 and width(many) < 0.02


def test_rows_of_one_paragraph_stand_together() -> None:
    """Twenty rows in two paragraphs, all of one wrong, say less than twenty rows of their own."""
    together = figure([*judged(*["right"] * 10, paragraph="1"), *judged(*["missed"] * 10, paragraph="2")])
    apart = counted(10, 10)
    assert width(together) > width(apart)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["right", "missed", "spurious", "open"]), min_size=1, max_size=30))
def test_figures_lie_in_their_intervals(verdicts: list[Verdict]) -> None:
    found = figure(judged(*verdicts))
    for value, interval in (
        (found.precision, found.precision_interval),
        (found.recall, found.recall_interval),
        (found.f1, found.f1_interval),
    ):
        assert (value is None) == (interval is None)
        if value is not None and interval is not None:
            assert 0 <= interval[0] <= value + 1e-9 and value - 1e-9 <= interval[1] <= 1
    assert figure(judged(*verdicts)) == found


def test_seeded_samples_stay_the_same() -> None:
    assert counted(30, 5, 5).f1_interval == pytest.approx((0.7485, 0.9333), abs=1e-4)


def test_groups() -> None:
    rows = [*judged("right"), *judged("missed")]
    assert [(f.name, f.support) for f in grouped(rows, "verdict", lambda j: j.verdict)] == [("missed", 1), ("right", 1)]
    assert list(grouped(rows, "none", lambda j: "")) == []
    assert sum(f.support for f in grouped(rows, "language", lambda j: j.language)) == figure(rows).support


def test_wilson() -> None:
    assert wilson(0, 0) is None
    assert wilson(81, 263) == pytest.approx(
        (0.2553, 0.3662), abs=1e-4
    )  # Wilson's interval as Newcombe (1998) prints it
