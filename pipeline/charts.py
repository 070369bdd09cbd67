"""Charts of the Review's figures, drawn from the tables: SVG for the page, PNG for Word and slides, no network."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from extractors.compact import compact
from pipeline.table import Table

_INK, _SOFT, _GRID = "#1c2430", "#5a6676", "#e3e7ee"
_COLOURS = {"yes": "#1f3864", "yes, in general": "#6f8fc9", "no": "#b4531a", "not stated": "#d5dae3"}
_BARS = "#2f5597"
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_WIDTH = 430
_LABEL = 330
_EXTENT = 250
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
    facets: bool = False

    @property
    def alt(self) -> str:
        """The chart in words, for those who do not see it."""
        said = "; ".join(f"{row['label']}: {row['value']}" for row in self.rows[:12])
        return f"{self.title}. {said}" + (" ..." if len(self.rows) > 12 else "")


def charts(tables: Mapping[str, Table]) -> list[Chart]:
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
    counts = dict.fromkeys(_COLOURS, 0)
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
    short = _short_names()
    rows = []
    for kind, number, label, count in zip(
        common["kind"], common["number"], common["label"], common["iscms"], strict=True
    ):
        if kind != "Element":
            rows.append(
                {
                    "label": f"{number}. {short.get((kind, number), label)}",
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
            facets=True,
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
    """Draw a chart as SVG. The same chart gives the same bytes; no script, no address, no font is loaded."""
    import vl_convert

    return _renumbered(str(vl_convert.vegalite_to_svg(_specification(chart))))


def _renumbered(drawn: str) -> str:
    """The picture with its ids counted from 0: the library goes on counting from one picture to the next."""
    ids = {name: f"clip{n}" for n, name in enumerate(dict.fromkeys(re.findall(r'id="(clip\d+)"', drawn)))}
    return re.sub(r"\bclip\d+\b", lambda hit: ids.get(hit[0], hit[0]), drawn)


def png(chart: Chart) -> bytes:
    """Draw a chart as PNG, twice the size of the SVG."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(_specification(chart), scale=_SCALE))


def _specification(chart: Chart) -> dict[str, Any]:
    """The Vega-Lite specification of a chart."""
    import altair

    if chart.facets:
        facets = list(dict.fromkeys(str(row["facet"]) for row in chart.rows))
        highest = max(int(row["value"]) for row in chart.rows)
        parts = [_bars([row for row in chart.rows if row["facet"] == name], name, highest) for name in facets]
        drawn: Any = altair.vconcat(*parts, spacing=14)
    else:
        drawn = _bars(chart.rows, "", max([int(row["value"]) for row in chart.rows], default=0))
    drawn = drawn.configure(background="white", font=_FONT, padding=8).configure_view(stroke=None)
    drawn = drawn.configure_axis(labelColor=_INK, labelFontSize=11, titleFontSize=11, titleColor=_SOFT, gridColor=_GRID)
    specification: dict[str, Any] = drawn.to_dict()
    return specification


def _bars(rows: Sequence[Mapping[str, Any]], title: str, highest: int) -> Any:
    """Horizontal bars in the order of the rows, each with its number."""
    import altair

    order = [str(row["label"]) for row in rows]
    data = {"values": [{k: row[k] for k in ("label", "value", "series")} for row in rows]}
    base = altair.Chart(altair.InlineData.from_dict(data)).encode(
        y=altair.Y(
            "label:N",
            sort=order,
            title=None,
            axis=altair.Axis(labelLimit=_LABEL, minExtent=_EXTENT if title else 0, ticks=False, domain=False),
        ),
        x=altair.X(
            "value:Q",
            title=None,
            scale=altair.Scale(domain=[0, max(highest, 1)], nice=False),
            axis=altair.Axis(tickMinStep=1, tickCount=min(max(highest, 1), 6), format="d", domain=False, ticks=False),
        ),
    )
    colours = altair.Scale(domain=list(_COLOURS), range=[_BARS, *list(_COLOURS.values())[1:]])
    bars = base.mark_bar(cornerRadiusEnd=2, height={"band": 0.72}).encode(
        color=altair.Color("series:N", scale=colours, legend=None)
    )
    numbers = base.mark_text(align="left", dx=4, fontSize=11, color=_INK).encode(text="value:Q")
    layered = altair.layer(bars, numbers).properties(width=_WIDTH, height=altair.Step(19))
    if not title:
        return layered
    return layered.properties(title=altair.TitleParams(title, anchor="start", fontSize=12, color=_INK))
