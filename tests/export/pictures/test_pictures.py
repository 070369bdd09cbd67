from typing import Any

import html5lib
import pandas as pd
import pytest

from pipeline.export.pictures.heatmap import draw_heatmap
from pipeline.export.pictures.network import draw_network
from pipeline.export.pictures.picture import Picture
from pipeline.export.pictures.spread import draw_spread
from pipeline.tables.build import Frames, build_tables
from pipeline.translation import LANGUAGES, use_language
from tests import table_sample
from tests.tables.mechanisms import sample as mechanism_sample
from tests.tables.mechanisms.sample import SACM

EVIL = "</svg><script>alert(1)</script>"
NAMED: list[tuple[str, str, str, str]] = [("rcm", "9", "paragraph", "With the South American Conference on Migration.")]


def drawn() -> list[Picture]:
    references, paragraphs = table_sample.references(), table_sample.paragraphs()
    built = build_tables(Frames(references, paragraphs, table_sample.objectives()), labels={})
    return [
        p
        for p in (draw_heatmap(built), *draw_spread(references, paragraphs, {"compact": EVIL}), joined())
        if p is not None
    ]


def joined() -> Picture | None:
    found = [*mechanism_sample.REFERENCES, ("rcm", "9", "iscm.named", "South American Conference on Migration", SACM)]
    frames = mechanism_sample.frames([*mechanism_sample.PARAGRAPHS, *NAMED], found)
    return draw_network(build_tables(Frames(*frames, mechanism_sample.DOCUMENTS), labels={}))


def test_every_picture_is_sound_and_has_its_table() -> None:
    assert [picture.name for picture in drawn()] == ["heatmap", "along", "strips", "network"]
    for picture in drawn():
        html5lib.HTMLParser(strict=True).parseFragment(picture.svg)
        assert "<script" not in picture.svg and "url(" not in picture.svg and "style=" not in picture.svg
        assert picture.rows and all(len(row) == len(picture.headers) for row in picture.rows)


def test_the_heat_map_counts_what_its_table_counts() -> None:
    references, paragraphs = table_sample.references(), table_sample.paragraphs()
    built = build_tables(Frames(references, paragraphs, table_sample.objectives()), labels={})
    found = draw_heatmap(built)
    assert found is not None
    rows = {row[0]: dict(zip(found.headers[1:], row[1:], strict=True)) for row in found.rows}
    assert rows["Local authorities and communities (structural)"]["3"] == 1
    assert rows["Trade unions (explicit)"]["6"] == 1 and rows["Trade unions (explicit)"]["1"] == ""
    empty = {name: table for name, table in built.items() if name != "stakeholders_by_objective_counts"}
    assert draw_heatmap(empty) is None


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_heat_map_has_whole_labels_in_every_language(code: str) -> None:
    frames = Frames(table_sample.references(), table_sample.paragraphs(), table_sample.objectives())
    with use_language(code):
        found = draw_heatmap(build_tables(frames, labels={}))
    assert found is not None
    assert "…" not in found.drawing.body and found.rows[0][0] in found.drawing.body


def test_the_spread_counts_every_reference_that_is_in_a_table() -> None:
    along, strips = draw_spread(table_sample.references(), table_sample.paragraphs(), {})
    assert sum(int(cell or 0) for row in along.rows for cell in row[1:]) == 8
    assert [(row[1], row[-1]) for row in strips.rows] == [("compact", 8), ("charter", 3)]
    rejected = table_sample.references(status="rejected")
    assert draw_spread(rejected, table_sample.paragraphs(), {}) == ()


def test_what_pages_repeat_is_no_place_in_a_document() -> None:
    paragraphs = table_sample.paragraphs()
    repeated = paragraphs.assign(paragraph=[f"furniture#{n}" if n else "furniture" for n in range(len(paragraphs))])
    every = pd.concat([repeated, paragraphs, repeated])
    assert draw_spread(table_sample.references(), every, {}) == draw_spread(table_sample.references(), paragraphs, {})


@pytest.mark.parametrize("changes", [{"paragraph": "99"}, {"document": "elsewhere"}])
def test_references_without_a_place_are_not_drawn(changes: dict[str, Any]) -> None:
    assert draw_spread(table_sample.references(**changes), table_sample.paragraphs(), {}) == ()


def test_an_arrow_leads_from_the_issuer_to_whom_it_names_and_labels_are_whole() -> None:
    found = joined()
    assert found is not None
    assert [row[:3] for row in found.rows] == [
        ("RCM", "in partnership", "IOM"),
        ("RCM", "names", "SACM"),
    ]
    assert all(f">{label}</text>" in found.svg for row in found.rows for label in (row[0], row[2]))
    assert draw_network({}) is None
