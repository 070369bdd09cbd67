"""Lists of numbered objectives as texts print them, and how much of a text each takes: a line each."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.objectives.number_lists import find_number_lists


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("(Objectives 2, 3, 12 and 16)", "en", [(2, 3, 12, 16)]),
        ("(e.g. Objective 8; Objective 12; Objective 23)", "en", [(8, 12, 23)]),
        ("Objectives 6 (Work), Objective 14 (Consuls), and Objective 18", "en", [(6, 14, 18)]),
        ("objectives 5, 9, and 21", "en", [(5, 9, 21)]),
        ("objectives 2, 5-7 and 9 to 11", "en", [(2, 5, 6, 7, 9, 10, 11)]),
        ("Objective 8 on missing migrants; Objective 12", "en", [(8,), (12,)]),
        ("Objective 3 (a); Objective 3", "en", [(3,)]),
        ("objectives 5, 6 and 10 others", "en", [(5, 6)]),
        ("the fifth objective", "en", []),
        ("objetivos 3 y 16; objetivo 20", "es", [(3, 16, 20)]),
        ("objectifs 3 et 16, objectif 18", "fr", [(3, 16, 18)]),
        ("objetivos 3 a 5 e 16", "pt", [(3, 4, 5, 16)]),
        ("الهدف 3 والهدف 16", "ar", [(3, 16)]),
    ],
)
def test_lists(text: str, language: str, numbers: list[tuple[int, ...]]) -> None:
    assert [found.numbers for found in find_number_lists(text, language)] == numbers


def test_places_are_those_of_the_printed_text() -> None:
    text = "State\u2011led bodies\u00a0 (Ob\ufb01 Objective\u00a0 8;  Objective 12)"
    assert [text[found.start : found.end] for found in find_number_lists(text, "en")] == [
        "Objective\u00a0 8;  Objective 12"
    ]


@given(st.text(alphabet="objectives 0123456789();,-&and\u00a0", max_size=80))
def test_any_text_gives_lists_inside_it(text: str) -> None:
    lists = find_number_lists(text, "en")
    assert all(0 <= one.start < one.end <= len(text) and one.numbers for one in lists)
    assert all(a.end <= b.start for a, b in pairwise(lists))
