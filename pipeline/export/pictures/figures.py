"""The charts as files and as pictures inside the page, the Word file and the workbook: each is drawn once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.export.pictures.charts import Chart, drawing, png, review_charts, svg
from pipeline.export.pictures.picture import Picture
from pipeline.extras import has_library
from pipeline.tables.table import Table
from pipeline.translation import gettext


@dataclass(frozen=True, slots=True)
class ChartFigure:
    """A chart and its two pictures; `png` is empty where the library of the extra `charts` is not there to paint it."""

    chart: Chart
    svg: str
    png: bytes

    @property
    def heading(self) -> str:
        figure = (
            " " + gettext("(ISCM Review 2019, Figure %(figure)s)", figure=self.chart.figure)
            if self.chart.figure
            else ""
        )
        return self.chart.title + figure

    @property
    def picture(self) -> Picture:
        """The chart as the page shows it."""
        chart = self.chart
        headers = (gettext("Kind"), "", gettext(chart.counted)) if chart.has_facets else ("", gettext(chart.counted))
        rows = [(*((row.facet,) if chart.has_facets else ()), row.label, row.value) for row in chart.rows]
        caption = f"{chart.caption} {chart.basis}."
        return Picture(chart.name, self.heading, caption, chart.alt, drawing(chart), headers, tuple(rows))


def draw(tables: Mapping[str, Table]) -> tuple[ChartFigure, ...]:
    """Draw every chart that the tables carry; the same tables give the same bytes with the same vl-convert."""
    is_painted = has_library("vl_convert")
    return tuple(ChartFigure(c, svg(c), png(c) if is_painted else b"") for c in review_charts(tables))


def select_painted(figures: Sequence[ChartFigure]) -> tuple[ChartFigure, ...]:
    """The charts that can stand in a workbook or a Word file, which take no SVG alone."""
    return tuple(figure for figure in figures if figure.png)


def write(folder: Path, figures: Sequence[ChartFigure]) -> list[Path]:
    """Write `folder/partnerships_by_category.svg`, `.png` and so on; return their paths."""
    if figures:
        folder.mkdir(exist_ok=True)
    paths = []
    for figure in figures:
        drawn = folder / f"{figure.chart.name}.svg"
        drawn.write_bytes(figure.svg.encode("utf-8"))
        paths.append(drawn)
        if figure.png:
            painted = folder / f"{figure.chart.name}.png"
            painted.write_bytes(figure.png)
            paths.append(painted)
    return paths
