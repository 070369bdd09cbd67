"""When two wordings speak of the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.matching import comparable, has_same_opening, is_same, is_scored, label, overlaps

WORDINGS = st.text(alphabet=" abcé’'\"“-–.,;:ﬂA\u00a0", max_size=20)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("civil society", "civil society organizations", True),
        ("Local Authorities", "local authorities.", True),
        ("relevant subregional platforms and processes", "platforms and processes, and forums", True),
        ("migrant organizations", "diaspora organizations", False),  # one word in common is not two
        ("diaspora", "diasporas", True),  # one holds the other
        ("IOM", "the IOM", True),
        ("media", "the press and the media", True),
        ("Network", "networks of cities", True),
        ("", "anything", False),
        ("...", "anything", False),
        ("Group’s Principles", "Group's principles", True),
    ],
)
def test_overlap(one: str, other: str, expected: bool) -> None:
    assert overlaps(one, other) is expected


@given(WORDINGS, WORDINGS)
def test_overlap_has_no_direction(one: str, other: str) -> None:
    assert overlaps(one, other) == overlaps(other, one)


@given(WORDINGS)
def test_a_wording_overlaps_itself(text: str) -> None:
    assert overlaps(text, text) == bool(comparable(text))


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("22(b)", True),
        ("¶1", True),
        ("PP2", True),
        ("Annex II/8(h)", True),
        ("17#2", False),
        ("H:Objective 2", False),
        ("Annex II/H:Scope", False),
        ("TITLE", False),
        ("FM1", False),
        ("BM2", False),
        ("chapeau", False),
        ("intro", False),
        ("introduced", True),
        ("", False),
    ],
)
def test_scored(paragraph: str, expected: bool) -> None:
    assert is_scored(paragraph) is expected


def test_label_and_words() -> None:
    assert label(" §43(b)(iii) ") == "43(b)(iii)"
    assert is_same("Local  authorities;", "local authorities") and not is_same("authorities", "local authorities")


@pytest.mark.parametrize(
    ("true", "found", "expected"),
    [
        ("We meet in May", "We meet in May and June", True),
        ("a b c d e f g h OTHER", "a b c d e f g h words", True),  # eight words are compared
        ("We meet in May", "We meet in June", False),
        ("We meet in May", "We meet", False),
        ("", "anything", True),
    ],
)
def test_same_opening(true: str, found: str, expected: bool) -> None:
    assert has_same_opening(true, found) is expected
