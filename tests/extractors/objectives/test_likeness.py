"""Texts as vectors of their runs of letters."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.objectives import likeness
from extractors.objectives.likeness import BUCKETS, Sketch, counts, runs, unit, words


def test_words_are_letters_in_lower_case() -> None:
    assert words("A Safe, orderly: 12 BORDERS!") == "safe orderly borders"


def test_every_place_begins_a_run() -> None:
    assert len(runs("ab")) == 2 and runs("abcdefg").max() < BUCKETS
    assert list(runs("abcde abcde")[:1]) == list(runs("abcde xyz")[:1])
    assert runs("safe")[:3].tolist() == [1179, 1247, 3323], "a trained model counts in these buckets"


def test_counts_grow_slowly() -> None:
    once, twice = counts("walk"), counts("walk walk")
    assert once.min() == 0.0 and sorted(set(once)) == [0.0, 1.0]
    assert twice.max() == pytest.approx(1 + np.log(2))
    assert once.shape == (BUCKETS,) and not counts("").any()


def test_a_text_is_most_like_its_own_label_before_and_after_packing() -> None:
    made = Sketch.of(
        [["safe borders and fair checks at borders"], ["cheaper remittances of migrants", "remittances by phone"]]
    )
    for sketch in (made, Sketch.unpacked(made.packed())):
        likeness = sketch.rows @ unit(counts("remittances are cheaper") * sketch.weights)
        assert likeness[1] > 0.2 > 0.1 > likeness[0]
        assert np.linalg.norm(sketch.rows, axis=1) == pytest.approx([1, 1])
        assert np.linalg.norm(unit(counts("borders") * sketch.weights)) == pytest.approx(1)
    assert np.allclose(Sketch.unpacked(made.packed()).rows, made.rows)
    assert not unit(counts("") * made.weights).any() and unit(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [
        [0.6, 0.8],
        [0.0, 0.0],
    ]


@pytest.mark.parametrize(
    ("row", "steps"),
    [([0.0, 0.0], [0, 0]), ([4.0, 1.0, 0.0], [225, 64, 0]), ([0.5], [225]), ([100.0, 0.01], [225, 0])],
)
def test_numbers_are_steps_of_the_largest(row: list[float], steps: list[int]) -> None:
    assert likeness._stepped(np.array(row)).tolist() == steps


def test_a_sketch_of_nothing_comes_back_as_nothing() -> None:
    made = Sketch.of([[""], ["walk"]])
    again = Sketch.unpacked(made.packed())
    assert again.rows.shape == (2, BUCKETS) and not again.rows[0].any() and again.rows[1].any()
    assert again.weights == pytest.approx(made.weights)
