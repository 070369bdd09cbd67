"""What a heading looks like, at the borders of each rule."""

from __future__ import annotations

import pytest

from pipeline.segment.block import Block
from pipeline.segment.heading import annex_name, is_title_case, level_of, looks_like_heading, objective_of
from tests.segment.documents import sized, worded


@pytest.mark.parametrize(
    ("text", "is_heading"),
    [
        (sized(220, "Walk ", "s"), False),
        (sized(120, "Walk ", "s"), True),
        (worded(32, "Walk")[0], True),
        (worded(33, "Walk")[0], False),
        ("  Walks  ", True),
        ("walks", False),
        ("12 walks", True),
        ("–", False),
        ("", False),
        ("  ", False),
        ("Walks:", False),
        ("Walks; and", False),
        ("Walks and", True),
        ("Objective 3: Walk.", True),
        ("Walk, " + "and" + " " * 9, False),
    ],
)
def test_headings(text: str, is_heading: bool) -> None:
    assert looks_like_heading(Block(text)) is is_heading


def test_a_heading_of_the_format_is_one_up_to_its_length() -> None:
    assert looks_like_heading(Block(sized(220, "walk ", "."), heading=0))
    assert not looks_like_heading(Block(sized(221, "walk ", "."), heading=1))
    assert looks_like_heading(Block(sized(50, "Walk ", "s")), longest=50)
    assert not looks_like_heading(Block(sized(51, "Walk ", "s")), longest=50)


@pytest.mark.parametrize(
    ("text", "is_title"),
    [
        ("Walking has Rest", True),
        ("Walking does Rest", False),
        ("Walking under Rest", True),
        ("Has a Day", False),
        ("", False),
    ],
)
def test_title_case(text: str, is_title: bool) -> None:
    assert is_title_case(text) is is_title


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ANNEX", "Annex"),
        (" Annex IV. ", "Annex IV"),
        ("Annex 5. List of walkers", "Annex 5"),
        ("Annex 5: List of walkers;", None),
        ("Annex 5 – List of walkers 43", None),
        (sized(239, "Annex 5. Walk ", "s").replace("-", ""), None),
        (sized(200, "Annex 5. Walk ", "s"), "Annex 5"),
        ("Annex of walks", None),
        ("Appendix B", "Appendix B"),
    ],
)
def test_annex_name(text: str, name: str | None) -> None:
    assert annex_name(text) == name


def test_levels_of_headings_go_from_the_annex_down() -> None:
    texts = ("Annex II", "II. Walks", "C. Walks", "Article 2", "Walks", "Objective 2: Walks")
    levels = [level_of(Block(text)) for text in texts]
    assert levels == sorted(set(levels))
    assert level_of(Block("D. Walks")) == level_of(Block("B. Walks")) and level_of(Block("X. Walks")) == level_of(
        Block("II. A")
    )


def test_objective_of_a_heading() -> None:
    assert objective_of("Objective 7 – Walk ") == (7, "Walk") and objective_of("An objective 7") is None
