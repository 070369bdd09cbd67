import re

from pipeline.export.pictures.charts import png, review_charts, svg
from pipeline.tables.build import Frames, build_tables
from pipeline.tables.table import Table
from tests.tables.mechanisms import sample as sample


def test_figures_count_what_the_profile_says() -> None:
    by_name = {chart.name: chart for chart in review_charts(_tables())}
    assert list(by_name) == [f"figure_{n}" for n in (2, 3, 4, 5, 6, 7, 8)]
    counts = {name: {row["label"]: row["value"] for row in chart.rows} for name, chart in by_name.items()}
    assert counts["figure_2"] == {"Yes": 1, "No": 0, "Not stated": 1}
    assert counts["figure_5"] == {"Yes, in general": 1, "Yes": 0, "No": 0, "Not stated": 1}
    assert counts["figure_8"]["Intergovernmental organizations"] == 1
    assert counts["figure_3"]["23. International cooperation"] == 1


def test_same_chart_same_bytes_and_nothing_that_runs_or_loads() -> None:
    chart = review_charts(_tables())[0]
    first = svg(chart)
    assert svg(chart) == first and png(chart) == png(chart)
    assert png(chart).startswith(b"\x89PNG")
    addresses = set(re.findall(r"https?://[^\"' ]+", first))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<script|<foreignObject|\bon\w+=", first)


def test_no_charts_without_mechanisms() -> None:
    nothing = [frame.head(0) for frame in sample.frames()]
    assert review_charts(build_tables(Frames(*nothing), labels={})) == []


def _tables() -> dict[str, Table]:
    references, paragraphs, objectives = sample.frames()
    return build_tables(Frames(references, paragraphs, objectives, documents=sample.DOCUMENTS), labels={})
