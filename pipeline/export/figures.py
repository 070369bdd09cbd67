"""The charts as files and as pictures inside the page, the Word file and the workbook: each is drawn once."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.charts import Chart, charts, png, svg
from pipeline.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart and its two pictures."""

    chart: Chart
    svg: str
    png: bytes

    @property
    def address(self) -> str:
        """The SVG as an address for an image of the page, which then needs no file and can run no script."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode("utf-8")).decode("ascii")

    @property
    def heading(self) -> str:
        return f"{self.chart.title} (ISCM Review 2019, Figure {self.chart.figure})"


def draw(tables: Mapping[str, Table]) -> tuple[Figure, ...]:
    """Draw every chart that the tables carry; the same tables give the same bytes with the same vl-convert."""
    return tuple(Figure(chart, svg(chart), png(chart)) for chart in charts(tables))


def write(folder: Path, figures: Sequence[Figure]) -> list[Path]:
    """Write `folder/figure_2.svg`, `figure_2.png` and so on; return their paths."""
    if figures:
        folder.mkdir(exist_ok=True)
    paths = []
    for figure in figures:
        drawn = folder / f"{figure.chart.name}.svg"
        drawn.write_bytes(figure.svg.encode("utf-8"))
        painted = folder / f"{figure.chart.name}.png"
        painted.write_bytes(figure.png)
        paths += [drawn, painted]
    return paths
