import re

import pytest

from pipeline.export.pictures.charts import Bar, Chart, drawing, png, review_charts, svg
from pipeline.export.pictures.drawing import wide
from pipeline.export.pictures.png import pixels
from pipeline.tables.build import Frames, build_tables
from pipeline.tables.table import Table
from tests.tables.mechanisms import sample as sample


def test_figures_count_what_the_profile_says() -> None:
    by_name = {chart.name: chart for chart in review_charts(_tables())}
    assert [chart.figure for chart in by_name.values()] == [
        2,
        3,
        4,
        5,
        8,
        0,
    ]  # none says anything of Figures 1, 6 and 7
    counts = {name: {row.label: row.value for row in chart.rows} for name, chart in by_name.items()}
    assert counts["iscms_with_formal_position"] == {"Yes": 1, "Partly": 0, "No": 0, "Not stated": 29}
    assert counts["iscms_with_action_plan"] == {"Yes": 0, "Partly": 1, "No": 0, "Not stated": 29}
    assert counts["partnerships_by_category"]["Intergovernmental organizations"] == 1
    topics = {row.label: row for row in by_name["themes_principles_objectives_in_positions"].rows}
    assert topics["23. International cooperation"] == Bar("23. International cooperation", 1, facet="Objectives")
    assert [(row.value, row.light) for label, row in topics.items() if label.startswith("2. Irregular")] == [(1, 1)]


def test_title_number_and_source_stand_in_the_picture() -> None:
    for chart in review_charts(_tables()):
        words = " ".join(re.findall(r">([^<>]+)</text>", svg(chart)))
        assert chart.title in words and re.search(r"N = \d", words) and "Source: " in words


@pytest.mark.parametrize("label", ["Short", "A label that is far too long for one line " * 4, "W" * 20])
def test_labels_are_whole_and_inside(label: str) -> None:
    drawn = drawing(Chart("c", 0, "Title", "", "N = 1", "", (Bar(label, 3), Bar("Other", 12))))
    texts = re.findall(r'<text class="t" x="([\d.]+)" y="[\d.]+"( text-anchor="end")?>([^<]*)</text>', drawn.body)
    assert " ".join(words for _, end, words in texts if end).split() == [*label.split(), "Other"]
    assert all(float(x) - wide(words) >= 0 for x, end, words in texts if end)
    assert all(float(x) + wide(words) <= drawn.width for x, end, words in texts if not end)


def test_same_chart_same_bytes_and_nothing_that_runs_or_loads() -> None:
    chart = review_charts(_tables())[0]
    first = svg(chart)
    assert svg(chart) == first and png(chart) == png(chart)
    assert round(pixels(png(chart)).dots) == 144
    addresses = set(re.findall(r"https?://[^\"' ]+", first))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<script|<foreignObject|\bon\w+=", first)


def test_no_charts_without_mechanisms() -> None:
    nothing = [frame.head(0) for frame in sample.frames()]
    assert review_charts(build_tables(Frames(*nothing), labels={})) == []


def _tables() -> dict[str, Table]:
    references, paragraphs, objectives = sample.frames()
    return build_tables(Frames(references, paragraphs, objectives, documents=sample.DOCUMENTS), labels={})
