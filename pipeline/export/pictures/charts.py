"""Charts of the Review's figures, drawn from the tables: SVG for the page, PNG for Word and slides, no network."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.lexicon.compact import load_compact
from pipeline.export.pictures.drawing import SIZE, Drawing, bar, line, steps, text, wide, wrapped
from pipeline.tables.table import NEW, Table
from pipeline.translation import gettext, gettext_noop

if TYPE_CHECKING:
    import pandas as pd

_LOOKS: Mapping[str, str] = {"yes": "yes", "partly": "some", "no": "no", "not stated": "none"}
"""Answer -> look of its bar."""
_WIDTH, _LABEL, _STEP, _LINE, _EDGE = 720, 320, 19, 14, 14
_DOTS = 144.0
"""Dots an inch of a PNG."""
_TITLE = 15
ANSWERS: Mapping[int, tuple[str, str, str, str]] = {
    2: (
        "4",
        "iscms_with_formal_position",
        gettext_noop("ISCMs with a formal position on the Global Compact"),
        gettext_noop("Has the ISCM formulated a formal position or recommendations on the Global Compact?"),
    ),
    4: (
        "13",
        "iscms_with_standing_agenda_item",
        gettext_noop("ISCMs with a standing agenda item on the Global Compact"),
        gettext_noop("Is the Global Compact a standing item of the agenda? Partly: planned."),
    ),
    5: (
        "17",
        "iscms_with_action_plan",
        gettext_noop("ISCMs with action plans"),
        gettext_noop(
            "Is there an action plan to pursue the objectives of the Global Compact? Partly: considered, or a plan of which "
            "the passage does not say that it pursues them."
        ),
    ),
}
"""Figure of the Review -> (question, file name, title, what is asked)."""
COUNTS: Mapping[int, tuple[Mapping[str, str], str, str]] = {
    6: (
        {
            "21": gettext_noop("Platform for exchanging information and best practices"),
            "20": gettext_noop("Building the capacity of Member States"),
        },
        "roles_of_iscms",
        gettext_noop("Two key roles of ISCMs in the Global Compact"),
    ),
    7: (
        {
            "20(a)": gettext_noop("Training and workshops"),
            "20(b)": gettext_noop("Technical support"),
            "19(i)": gettext_noop("Exchange of data and information"),
            "20(c)": gettext_noop("Facilitating dialogue"),
            "19(ii)": gettext_noop("Awareness raising"),
        },
        "ways_to_build_capacity",
        gettext_noop("Ways of ISCMs to build the capacity of Member States"),
    ),
}
"""Figure of the Review -> (questions with the label of their bar, file name, title)."""
_IN_GENERAL = gettext_noop("Dark: the passage speaks of the Global Compact; light: in general, or as a suggestion.")
_TOPICS: Mapping[str, str] = {"9": "theme", "10": "principle", "11": "objective"}
_FACETS: Mapping[str, str] = {
    "theme": gettext_noop("Themes"),
    "principle": gettext_noop("Guiding principles"),
    "objective": gettext_noop("Objectives"),
}
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its number; `light` of it are drawn lighter, at its end. `facet` heads the bars of one kind."""

    label: str
    value: int
    look: str = "yes"
    light: int = 0
    facet: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its data: `name` is its file's, `figure` that of the Review (0: none there), `basis` what was counted
    (N = ...), `rows` are the bars."""

    name: str
    figure: int
    title: str
    caption: str
    basis: str
    source: str
    rows: tuple[Bar, ...]
    counted: str = gettext_noop("ISCMs")

    @property
    def has_facets(self) -> bool:
        return any(row.facet for row in self.rows)

    @property
    def alt(self) -> str:
        """The chart in words, for those who do not see it."""
        said = "; ".join(f"{row.label}: {row.value}" for row in self.rows[:12])
        return f"{self.title}. {said}" + (" ..." if len(self.rows) > 12 else "")


_COUNTED = ("iscm_profile", "iscm_states", "iscm_partnerships_by_category", "iscm_positions", "iscm_series")
"""The tables that charts are drawn from."""


def review_charts(tables: Mapping[str, Table]) -> list[Chart]:
    """The charts that these tables carry, in the order of the Review's figures; none where nothing is there to count."""
    frames = {name: tables[name].frame for name in _COUNTED if name in tables and tables[name].rows}
    charts: list[Chart] = []
    if "iscm_profile" in frames:
        profile = frames["iscm_profile"]
        charts += [_answers(profile, figure) for figure in ANSWERS] + [_counts(profile, figure) for figure in COUNTS]
        charts.append(_topics(profile))
    if "iscm_states" in frames:
        charts.append(_states(frames["iscm_states"]))
    if "iscm_partnerships_by_category" in frames:
        charts.append(_partners(frames["iscm_partnerships_by_category"]))
    if "iscm_positions" in frames:
        charts.append(_positions_by_year(frames["iscm_positions"]))
    if "iscm_series" in frames:
        charts.append(_series(frames["iscm_series"]))
    stated = [chart for chart in charts if any(row.value for row in chart.rows if row.look != "none")]
    return sorted(stated, key=lambda chart: (chart.figure or 99, chart.name))


def _source(table: str, figure: int, question: str = "") -> str:
    asked = question and (
        gettext(", question %(number)s", number=question)
        if question.isdigit()
        else gettext(", questions %(number)s", number=question)
    )
    after = " " + gettext("After ISCM Review 2019, Figure %(figure)s.", figure=figure) if figure else ""
    return gettext("Source: documents of the corpus (table %(table)s).", table=table + asked) + after


def _answers(profile: pd.DataFrame, figure: int) -> Chart:
    number, name, title, asked = ANSWERS[figure]
    rows = profile[profile["question_number"] == number]
    counts = Counter(map(str, rows["answer"]))
    return Chart(
        name,
        figure,
        gettext(title),
        gettext(asked),
        gettext("N = %(n)s ISCMs", n=len(rows)),
        _source("iscm_profile", figure, number),
        tuple(Bar(gettext(answer.capitalize()), counts[answer], look) for answer, look in _LOOKS.items()),
    )


def _counts(profile: pd.DataFrame, figure: int) -> Chart:
    labels, name, title = COUNTS[figure]
    said = Counter(zip(profile["question_number"], profile["answer"], strict=True))
    bars = [
        Bar(gettext(label), said[number, "yes"] + said[number, "partly"], light=said[number, "partly"])
        for number, label in labels.items()
    ]
    return Chart(
        name,
        figure,
        gettext(title),
        gettext("Number of ISCMs of which a passage says so. %(shades)s", shades=gettext(_IN_GENERAL)),
        gettext("N = %(n)s ISCMs", n=profile["iscm"].nunique()),
        _source("iscm_profile", figure, ", ".join(labels)),
        tuple(sorted(bars, key=lambda row: (-row.value, row.label))),
    )


def _topics(profile: pd.DataFrame) -> Chart:
    """How many mechanisms' positions take up each theme, principle and objective: named in words, or by subject."""
    named: Counter[tuple[str, str]] = Counter()
    judged: Counter[tuple[str, str]] = Counter()
    speaking: set[str] = set()
    for iscm, number, detail in zip(profile["iscm"], profile["question_number"], profile["detail"], strict=True):
        kind = _TOPICS.get(str(number))
        if kind and detail:
            speaking.add(str(iscm))
            sure, _, rest = str(detail).partition("implied: ")
            named.update((kind, one) for one in re.findall(r"\d+", sure))
            judged.update((kind, one) for one in re.findall(r"\d+", rest))
    bars = [
        Bar(
            f"{number}. {gettext(label)}",
            named[kind, number] + judged[kind, number],
            "yes",
            judged[kind, number],
            gettext(_FACETS[kind]),
        )
        for kind, number, label in _short_names()
    ]
    return Chart(
        "themes_principles_objectives_in_positions",
        3,
        gettext("Themes, guiding principles and objectives in positions on the Global Compact"),
        gettext(
            "Number of ISCMs whose positions take up each. Dark: named in words or in a heading; light: by "
            "subject (implied)."
        ),
        gettext("N = %(n)s ISCMs with a position in the corpus", n=len(speaking)),
        _source("iscm_profile", 3, "9 to 11"),
        tuple(bars),
    )


def _short_names() -> Iterator[tuple[str, str, str]]:
    """Kind, number and a label that fits beside a bar; principles are short themselves."""
    known = load_compact()
    yield from (("theme", str(theme.number), theme.label) for theme in known.themes)
    yield from (("principle", str(one.number), one.titles["en"]) for one in known.principles)
    yield from (("objective", str(objective.number), objective.label) for objective in known.objectives)


def _partners(matrix: pd.DataFrame) -> Chart:
    names = [column for column in matrix.columns if column not in ("label", "iscms", "total", NEW)]
    return Chart(
        "partnerships_by_category",
        8,
        gettext("Partnerships of ISCMs by category"),
        gettext("Number of ISCMs of which a passage speaks of a partnership with this category."),
        gettext("N = %(n)s ISCMs with a named partner", n=len(names)),
        _source("iscm_partnerships_by_category", 8),
        tuple(
            Bar(gettext(str(label)), int(count)) for label, count in zip(matrix["label"], matrix["iscms"], strict=True)
        ),
    )


def _states(states: pd.DataFrame) -> Chart:
    inside = states[states["relation"] != "observer"]
    members = Counter(inside[inside["relation"] == "member"]["short"])
    bars = [Bar(str(name), count, light=count - members[name]) for name, count in Counter(inside["short"]).items()]
    return Chart(
        "states_by_iscm",
        1,
        gettext("States in ISCMs, as lists of members and participants name them"),
        gettext(
            "Number of States that lists in documents of the ISCM name. Dark: as members; light: as participants "
            "of a meeting. Observers are left out."
        ),
        gettext("N = %(n)s ISCMs with such a list, %(states)s States", n=len(bars), states=inside["state"].nunique()),
        _source("iscm_states", 1),
        tuple(sorted(bars, key=lambda row: (-row.value, row.label.casefold()))),
        counted=gettext("States"),
    )


def _positions_by_year(positions: pd.DataFrame) -> Chart:
    years = Counter(found[0] for date in positions["date"] if (found := _YEAR.search(str(date))))
    undated = len(positions) - years.total()
    span = range(int(min(years)), int(max(years)) + 1) if years else range(0)
    bars = [Bar(str(year), years[str(year)]) for year in span] + ([Bar(gettext("No date"), undated)] if undated else [])
    return Chart(
        "positions_by_year",
        0,
        gettext("Positions and recommendations by year"),
        gettext("Number of documents that are, or report, a formal position of an ISCM, by the year of the document."),
        gettext("N = %(n)s documents of %(iscms)s ISCMs", n=len(positions), iscms=positions["iscm"].nunique()),
        _source("iscm_positions", 0),
        tuple(bars),
        counted=gettext("Documents"),
    )


def _series(series: pd.DataFrame) -> Chart:
    """How many objectives the outcome documents of each date take up, for mechanisms with more than one date."""
    dated = series[series["date"] != ""]
    dates = dated.groupby("short")["date"].nunique()
    several = dated[dated["short"].map(dates) > 1]
    bars = []
    for (short, date), rows in several.groupby(["short", "date"], sort=False):
        counts = Counter(rows["change"])
        lost = counts.pop("dropped", 0)
        label = str(date) + (
            gettext(" (first)") if "first" in counts else gettext(" (%(n)s dropped)", n=lost) if lost else ""
        )
        bars.append(Bar(label, counts.total(), light=counts["new"] + counts["resumed"], facet=str(short)))
    return Chart(
        "objectives_over_time",
        0,
        gettext("Objectives from one outcome document of an ISCM to the next"),
        gettext(
            "Number of objectives of the Global Compact that the outcome documents of each date take up. Dark: "
            "those that the documents of the date before took up, too, or the first ones; light: new, or taken "
            "up again; in parentheses: no longer taken up. Dates without any objective, before or then, are not "
            "drawn."
        ),
        gettext(
            "N = %(dates)s dates of %(n)s ISCMs with outcome documents of several",
            dates=several["outcome"].nunique(),
            n=several["short"].nunique(),
        ),
        _source("iscm_series", 0),
        tuple(bars),
        counted=gettext("Objectives"),
    )


def svg(chart: Chart) -> str:
    """Draw a chart as an SVG file with title, N and source. The same chart gives the same bytes; no script, no address, no
    font is loaded."""
    return framed(chart).standalone(chart.title, chart.alt)


def png(chart: Chart) -> bytes:
    """Draw a chart as PNG with 144 dots an inch, twice the pixels of the SVG."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg(chart), ppi=_DOTS))


def framed(chart: Chart) -> Drawing:
    """The bars below the title and what was counted, above the source."""
    bars = drawing(chart)
    room = _WIDTH - 2 * _EDGE
    shapes: list[str] = []
    y = float(_EDGE)
    for words in wrapped(chart.title, room, _TITLE, is_bold=True):
        y += _TITLE + 3
        shapes.append(text(_EDGE, y, words, "c"))
    y += 4
    for words in [*wrapped(chart.caption, room), *wrapped(chart.basis, room)]:
        y += _LINE
        shapes.append(text(_EDGE, y, words, "q"))
    y += 8
    shapes.append(f'<g transform="translate(0 {y:.0f})">{bars.body}</g>')
    y += bars.height + 4
    for words in wrapped(chart.source, room):
        y += _LINE
        shapes.append(text(_EDGE, y, words, "q"))
    return Drawing(_WIDTH, int(y) + _EDGE, "".join(shapes))


def drawing(chart: Chart) -> Drawing:
    """Draw horizontal bars in the order of the rows, each with its number; rows of one facet stand together. Labels are
    whole: a long one stands on several lines."""
    highest = max([1, *(row.value for row in chart.rows)])
    labels = [wrapped(row.label, _LABEL) for row in chart.rows]
    left = _EDGE + max((wide(words) for lines in labels for words in lines), default=0.0) + 8
    scale = (_WIDTH - left - _EDGE - wide(str(highest)) - 8) / highest
    shapes: list[str] = []
    y, facet, top = 6.0, "", 6.0
    for row, lines in zip(chart.rows, labels, strict=True):
        if row.facet != facet:
            if facet:
                y = _axis(shapes, left, top, y, scale, highest) + 8
            facet = row.facet
            shapes.append(text(_EDGE, y + 11, facet, "h"))
            y = top = y + 18
        height = max(_STEP, len(lines) * (SIZE + 2) + 5)
        middle = y + height / 2
        first = middle - (len(lines) - 1) * (SIZE + 2) / 2 + SIZE * 0.36
        shapes += [text(left - 8, first + n * (SIZE + 2), words, "t", "end") for n, words in enumerate(lines)]
        shapes += _segments(row, left, middle - (_STEP - 6) / 2, scale)
        shapes.append(text(left + row.value * scale + 5, middle + SIZE * 0.36, str(row.value)))
        y += height
    y = _axis(shapes, left, top, y, scale, highest)
    return Drawing(_WIDTH, int(y) + 4, "".join(shapes))


def _segments(row: Bar, left: float, y: float, scale: float) -> list[str]:
    dark = row.value - row.light
    parts = [(0, dark, row.look), (dark, row.light, "some")]
    shapes = [bar(left + at * scale, y, size * scale, _STEP - 6, look) for at, size, look in parts if size]
    return shapes or [bar(left, y, 0.5, _STEP - 6, row.look)]


def _axis(shapes: list[str], left: float, top: float, y: float, scale: float, highest: int) -> float:
    """Put the grid behind what is drawn and its numbers below; return where they end."""
    for step in steps(highest):
        x = left + step * scale
        shapes.insert(0, line(f"M{x:.1f} {top:.1f}V{y:.1f}"))
        shapes.append(text(x, y + 12, str(step), "q", "middle"))
    return y + 18
