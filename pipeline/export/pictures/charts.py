"""Charts of the Review's figures, drawn from the tables: SVG for the page, PNG for Word and slides, no network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from extractors.lexicon.compact import compact
from pipeline.export.pictures.drawing import Drawing, bar, line, short, steps, text, wide
from pipeline.tables.table import Table

_LOOKS: Mapping[str, str] = {"yes": "yes", "yes, in general": "some", "no": "no", "not stated": "none"}
"""Answer -> look of its bar."""
_WIDTH, _LABEL, _STEP = 620, 300, 19
_SCALE = 2.0
ANSWERS: Mapping[int, tuple[str, str, str]] = {
    2: ("4", "ISCMs with a formal position", "formal position or recommendations on the Global Compact"),
    4: ("13", "ISCMs with a standing agenda item", "Global Compact as a standing item of the agenda"),
    5: ("17", "ISCMs with action plans", "action plan, to pursue the objectives of the Global Compact or in general"),
}
"""Figure of the Review -> (question, title, what is asked)."""
COUNTS: Mapping[int, tuple[Mapping[str, str], str]] = {
    6: (
        {
            "21": "Platform for exchanging information and best practices",
            "20": "Building the capacity of Member States",
        },
        "Two key roles of ISCMs",
    ),
    7: (
        {
            "20(a)": "Training and workshops",
            "20(b)": "Technical support",
            "19(i)": "Exchange of data and information",
            "20(c)": "Facilitating dialogue",
            "19(ii)": "Awareness raising",
        },
        "Ways to build the capacity of Member States",
    ),
}
"""Figure of the Review -> (questions with the label of their bar, title)."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its data: `rows` (label, value and, where there is one, series) are what is drawn."""

    name: str
    figure: int
    title: str
    caption: str
    rows: tuple[Mapping[str, Any], ...]
    has_facets: bool = False

    @property
    def alt(self) -> str:
        """The chart in words, for those who do not see it."""
        said = "; ".join(f"{row['label']}: {row['value']}" for row in self.rows[:12])
        return f"{self.title}. {said}" + (" ..." if len(self.rows) > 12 else "")


def review_charts(tables: Mapping[str, Table]) -> list[Chart]:
    """The charts that these tables carry, in the order of the Review's figures; none where a table is absent or empty."""
    out: list[Chart] = []
    if "iscm_profile" in tables and len(tables["iscm_profile"].frame):
        profile = tables["iscm_profile"].frame
        out += [_answers(profile, figure) for figure in ANSWERS] + [_counts(profile, figure) for figure in COUNTS]
    if "iscm_themes_principles_objectives_in_common" in tables:
        out += _common(tables["iscm_themes_principles_objectives_in_common"].frame)
    if "iscm_partnerships_by_category" in tables and "iscm_profile" in tables:
        out += _partners(tables["iscm_partnerships_by_category"].frame)
    return sorted(out, key=lambda chart: (chart.figure, chart.name))


def _answers(profile: pd.DataFrame, figure: int) -> Chart:
    number, title, asked = ANSWERS[figure]
    rows = profile[profile["question_number"] == number]
    counts = dict.fromkeys(_LOOKS, 0)
    for answer, named in zip(rows["answer"], rows["compact"], strict=True):
        counts["yes, in general" if answer == "yes" and named != "yes" else str(answer)] += 1
    shown = {name: value for name, value in counts.items() if value or name != "yes, in general"}
    return Chart(
        f"figure_{figure}",
        figure,
        title,
        f"Number of ISCMs: {asked}. “In general”: the passage does not name the Global Compact.",
        tuple({"label": name[:1].upper() + name[1:], "value": value, "series": name} for name, value in shown.items()),
    )


def _counts(profile: pd.DataFrame, figure: int) -> Chart:
    labels, title = COUNTS[figure]
    said = profile[profile["answer"] == "yes"]["question_number"].tolist()
    rows = [{"label": label, "value": said.count(number), "series": "yes"} for number, label in labels.items()]
    return Chart(
        f"figure_{figure}",
        figure,
        title,
        "Number of ISCMs of which a passage says so.",
        tuple(sorted(rows, key=lambda row: (-int(str(row["value"])), str(row["label"])))),
    )


def _common(common: pd.DataFrame) -> list[Chart]:
    names = _short_names()
    rows = []
    for kind, number, label, count in zip(
        common["kind"], common["number"], common["label"], common["iscms"], strict=True
    ):
        if kind != "Element":
            rows.append(
                {
                    "label": f"{number}. {names.get((kind, number), label)}",
                    "value": int(count),
                    "series": "yes",
                    "facet": f"{kind}s",
                }
            )
    if not any(row["value"] for row in rows):
        return []
    return [
        Chart(
            "figure_3",
            3,
            "Themes, guiding principles and objectives addressed",
            "Number of ISCMs whose documents address each, in words or by subject.",
            tuple(rows),
            has_facets=True,
        )
    ]


def _short_names() -> dict[tuple[str, str], str]:
    """The labels of themes and objectives, which fit beside a bar; principles are short themselves."""
    known = compact()
    out = {("Theme", str(theme.number)): theme.label for theme in known.themes}
    return out | {("Objective", str(objective.number)): objective.label for objective in known.objectives}


def _partners(matrix: pd.DataFrame) -> list[Chart]:
    rows = [
        {"label": label, "value": int(count), "series": "yes"}
        for label, count in zip(matrix["label"], matrix["iscms"], strict=True)
    ]
    if not any(row["value"] for row in rows):
        return []
    caption = "Number of ISCMs of which a passage speaks of a partnership with this category."
    return [Chart("figure_8", 8, "Partnerships by category", caption, tuple(rows))]


def svg(chart: Chart) -> str:
    """Draw a chart as an SVG file. The same chart gives the same bytes; no script, no address, no font is loaded."""
    return drawing(chart).standalone(chart.title, chart.alt)


def png(chart: Chart) -> bytes:
    """Draw a chart as PNG, twice the size of the SVG."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg(chart), scale=_SCALE))


def drawing(chart: Chart) -> Drawing:
    """Draw horizontal bars in the order of the rows, each with its number; rows of one facet stand together."""
    highest = max([1, *(int(row["value"]) for row in chart.rows)])
    labels = [short(str(row["label"]), _LABEL) for row in chart.rows]
    left = 12 + min(_LABEL, max(map(wide, labels), default=0))
    scale = (_WIDTH - left - 34) / highest
    shapes: list[str] = []
    y, facet, top = 6.0, None, 6.0
    for row, label in zip(chart.rows, labels, strict=True):
        if chart.has_facets and row["facet"] != facet:
            if facet is not None:
                y = _axis(shapes, left, top, y, scale, highest) + 8
            facet = row["facet"]
            shapes.append(text(4, y + 11, str(facet), "h"))
            y = top = y + 18
        value = int(row["value"])
        shapes.append(text(left - 6, y + 13, label, "t", "end"))
        shapes.append(bar(left, y + 3, max(value * scale, 0.5), _STEP - 6, _LOOKS[str(row["series"])]))
        shapes.append(text(left + value * scale + 5, y + 13, str(value)))
        y += _STEP
    y = _axis(shapes, left, top, y, scale, highest)
    return Drawing(_WIDTH, int(y) + 4, "".join(shapes))


def _axis(shapes: list[str], left: float, top: float, y: float, scale: float, highest: int) -> float:
    """Put the grid behind what is drawn and its numbers below; return where they end."""
    for step in steps(highest):
        x = left + step * scale
        shapes.insert(0, line(f"M{x:.1f} {top:.1f}V{y:.1f}"))
        shapes.append(text(x, y + 12, str(step), "q", "middle"))
    return y + 18
