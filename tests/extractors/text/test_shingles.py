"""How much of one text stands in another."""

from __future__ import annotations

import pytest

from extractors.text.shingles import KEPT, TextSketch, sketch_text


def text(first: int, last: int) -> str:
    """Invented words, one for each number."""
    return " ".join("".join(chr(97 + int(digit)) for digit in f"{n:05}") for n in range(first, last))


@pytest.mark.parametrize(("words", "size"), [(0, 0), (7, 0), (8, 1), (9, 2), (600, 593)])
def test_a_text_has_a_shingle_for_each_run_of_eight_words(words: int, size: int) -> None:
    made = sketch_text([text(0, words)])
    assert (made.size, len(made.hashes)) == (size, min(size, KEPT))
    assert list(made.hashes) == sorted(made.hashes)


def test_layout_capitals_and_numbers_do_not_count() -> None:
    assert sketch_text(["1. One two", "THREE, four five (six) seven eight 9"]) == sketch_text(
        ["one two three four five six seven eight"]
    )
    assert sketch_text(["one one one one one one one one one"]).size == 1
    assert sketch_text(["one two three four five six seven eight"]).hashes == (4124681647751543210,)


def test_shares() -> None:
    one, half, other = (sketch_text([text(*span)]) for span in ((0, 27), (0, 17), (50, 77)))
    assert (one.size, half.size) == (20, 10)
    assert (half.containment(one), one.containment(half), half.overlap(one), one.overlap(other)) == (1.0, 0.5, 0.5, 0.0)
    assert TextSketch().containment(one) == 0.0 == one.overlap(TextSketch())


def test_long_texts_are_sampled_at_one_hash() -> None:
    long, part = sketch_text([text(0, 4000)]), sketch_text([text(0, 2000)])
    assert part.containment(long) == 1.0 and 0.4 < long.containment(part) < 0.6
    short = sketch_text([text(0, 40)])
    assert short.containment(long) == 1.0 and long.overlap(short) < 0.1
    assert TextSketch(3, (1, 5)).containment(TextSketch(2, (5, 9))) == 0.5
    assert TextSketch(2, (1, 5)).containment(TextSketch(3, (1, 4))) == 1.0


def test_packed_and_back() -> None:
    made = sketch_text([text(0, 20)])
    assert TextSketch.unpack(made.size, made.pack()) == made and len(made.pack()) == 8 * made.size
