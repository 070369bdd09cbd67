"""A chart as the page shows it: a drawing, and the same figures as a table for those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.cell import legible
from pipeline.export.pictures.drawing import Drawing


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart of the page. `rows` under `headers` hold what is drawn; `said` is the drawing in one sentence."""

    name: str
    title: str
    caption: str
    said: str
    drawing: Drawing
    headers: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]

    @property
    def svg(self) -> str:
        """The drawing as markup of the page; every word in it is escaped."""
        return legible(self.drawing.inline(self.name, self.title, self.said))
