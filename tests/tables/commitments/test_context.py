"""Which partners stand in a span of a paragraph."""

from __future__ import annotations

import pytest

from extractors.model import ParagraphRow
from pipeline.tables.commitments.context import partners_in
from pipeline.tables.records import Mentioned, Placement, Unit

TEXT = "We act with trade unions."
UNIT = Unit(
    ParagraphRow("d", 1, "1", "§1", "paragraph", "", None, None, "", TEXT),
    "en",
    Placement((), ""),
    (
        Mentioned("stakeholder.trade_unions", "trade unions", "", ((12, 24),)),
        Mentioned("iscm.unheard", "act", "", ((3, 6),)),
        Mentioned("other.cooperation_dialogue", "act", "", ((3, 6),)),
    ),
)


@pytest.mark.parametrize(
    ("span", "places"),
    [((12, 24), [(12, 24)]), ((13, 25), []), ((0, 23), []), ((0, 25), [(12, 24)])],
)
def test_partners_stand_whole_in_the_span(span: tuple[int, int], places: list[tuple[int, int]]) -> None:
    found = [one for one in partners_in(UNIT, span) if one.mentioned.category.startswith("stakeholder")]
    assert [place for one in found for place in one.places] == places


def test_without_a_span_the_whole_paragraph_counts() -> None:
    assert "stakeholder.trade_unions" in {one.mentioned.category for one in partners_in(UNIT)}
    assert "other.cooperation_dialogue" not in {one.mentioned.category for one in partners_in(UNIT)}
