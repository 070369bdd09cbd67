"""Paragraphs of two language versions are aligned in order, each once, by what a translation keeps."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.tables.alignment import MOST, AlignedUnit, align, read_unit

ENGLISH = [
    "The Ministers met in Lakeville on 14 March 1996 to discuss migration.",
    "Recognizing the contribution of Hurricane Agatha to displacement in the region,",
    "They decide to organize a seminar on documentation with IOM within 60 days.",
    "They thank the Government of Lakeland for its hospitality and generosity.",
]
SPANISH = [
    "Los Ministros se reunieron en Lakeville el 14 de marzo de 1996 para discutir la migración.",
    "Reconociendo la contribución del huracán Agatha al desplazamiento en la región,",
    "Deciden organizar un seminario sobre documentación con la OIM en un plazo de 60 días.",
    "Agradecen al Gobierno de Lakeland su hospitalidad y generosidad.",
]
IOM = {2: ["International Organization for Migration (IOM)"]}


def units(texts: list[str], *kept: int, numbered: bool = False) -> list[AlignedUnit]:
    places = kept or tuple(range(len(texts)))
    return [read_unit(texts[n], names=IOM.get(n, []), number=f"para. {n}" if numbered else "") for n in places]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((), (), [(0, 0), (1, 1), (2, 2), (3, 3)]),
        ((0, 2, 3), (), [(0, 0), (1, 2), (2, 3)]),
        ((1, 3), (0, 1, 2), [(0, 1)]),
        ((0,), (1,), []),
    ],
)
def test_what_is_left_out_in_one_version_has_no_counterpart(
    one: tuple[int, ...], other: tuple[int, ...], expected: list[tuple[int, int]]
) -> None:
    found = align(units(ENGLISH, *one), units(SPANISH, *other))
    assert [(pair.one, pair.other) for pair in found] == expected


def test_what_both_share_is_told() -> None:
    first, _, third, _ = align(units(ENGLISH, numbered=True), units(SPANISH, numbered=True))
    assert {("number", "14"), ("number", "1996"), ("month", "3"), ("word", "lake")} <= set(first.shared)
    assert ("name", IOM[2][0]) in third.shared and third.is_same_number


def test_paragraphs_with_other_numbers_are_no_pair_and_a_heading_is_none_with_a_paragraph() -> None:
    one, other = units(ENGLISH, 2)[0], units(SPANISH, 2)[0]
    assert len(align([one], [other])) == 1
    assert align([replace(one, number="para. 7")], [replace(other, number="para. 8")]) == []
    assert align([replace(one, is_heading=True)], [other]) == []


made = st.builds(
    AlignedUnit,
    st.sampled_from(["", "", "1", "2", "3"]),
    st.integers(0, 400),
    st.booleans(),
    st.frozensets(st.tuples(st.sampled_from(["name", "number", "word"]), st.sampled_from("abcdef")), max_size=6),
)


@settings(deadline=None)
@given(st.lists(made, max_size=12), st.lists(made, max_size=12))
def test_pairs_rise_in_both_texts_and_no_paragraph_is_in_two(one: list[AlignedUnit], other: list[AlignedUnit]) -> None:
    found = align(one, other)
    for places in ([pair.one for pair in found], [pair.other for pair in found]):
        assert places == sorted(set(places))
    assert all(0 < pair.score <= 100 for pair in found)


@settings(deadline=None)
@given(st.lists(made, min_size=1, max_size=12))
def test_a_text_is_its_own_translation(one: list[AlignedUnit]) -> None:
    kept = [unit for unit in one if unit.signals]
    assert [(pair.one, pair.other) for pair in align(kept, kept)] == [(n, n) for n in range(len(kept))]


def test_the_longest_texts_take_seconds_at_most() -> None:
    words = random.Random(1)
    longest = [
        AlignedUnit("", 300, False, frozenset(("word", str(words.randrange(5000))) for _ in range(40)))
        for _ in range(MOST + 9)
    ]
    started = time.perf_counter()
    assert len(align(longest, longest)) == MOST
    assert time.perf_counter() - started < 20
