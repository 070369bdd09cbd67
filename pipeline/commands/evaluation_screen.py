"""The evaluation in a terminal: tables of at most 100 columns, and each disagreement with an excerpt of its paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.commands.terminal import clean, console, count_words, table
from pipeline.evaluate.comparison import Comparison
from pipeline.evaluate.decisions import DecisionFigures
from pipeline.evaluate.evaluation import Evaluation
from pipeline.evaluate.figures import Figure
from pipeline.evaluate.readings import excerpt
from pipeline.evaluate.report import FEW, SUMMARY, between, ratio, weakness

WIDTH = 100
ROWS = 40
"""Disagreements of one document and kind that are shown."""
_COLUMNS = ("what", "true", "found", "P", "R", "F1", "F1 95 %")


def show(evaluation: Evaluation, comparison: Comparison | None = None) -> None:
    """Print the figures, what is weak, every disagreement, and what changed against a run."""
    brief(evaluation)
    out = console()
    width = min(WIDTH, out.width)
    for by in ("category", "document", "language", "form"):
        if rows := [row(f, f.name) for f in evaluation.some("references", "overlap", by)]:
            out.print(table(rows, _COLUMNS, title=f"References by {by}", width=width))
    if rows := [row(f, f.name) for f in evaluation.some("objectives", "paragraph", "basis and kind")]:
        out.print(table(rows, _COLUMNS, title="Objectives, principles, themes", width=width))
    _disagreements(evaluation, width)
    if comparison is not None:
        _comparison(comparison, width)
    _remarks(evaluation)


def show_decisions(found: DecisionFigures) -> None:
    """Print how often what was decided was right, by what it is."""
    out = console()
    width = min(WIDTH, out.width)
    if found.all is not None:
        out.print(
            table([row(found.all, "All references decided")], _COLUMNS, title="Agreement with decisions", width=width)
        )
    for by in ("category", "entry", "document", "language"):
        if rows := [row(one, one.name) for one in found.groups if one.by == by]:
            out.print(table(rows, _COLUMNS, title=f"By {by}", width=width))
    out.print(clean(found.warning))


def brief(evaluation: Evaluation) -> None:
    """Print the figures of each kind of row, without any grouping."""
    out = console()
    summary = [row(f, told) for told, *key in SUMMARY if (f := evaluation.one(*key)) is not None]
    summary += [
        row(f, f"Published analysis: {f.name}") | {"P": "–", "F1": "–", "F1 95 %": "–"}
        for f in evaluation.some("published", "unit", "analysis")
    ]
    out.print(table(summary, _COLUMNS, title="Agreement with gold", width=min(WIDTH, out.width)))


def row(f: Figure, heading: str) -> dict[str, object]:
    """Return a figure as the cells that the terminal has room for."""
    return dict(
        zip(
            _COLUMNS,
            (heading, f.support, f.found, ratio(f.precision), ratio(f.recall), ratio(f.f1), between(f.f1_interval)),
            strict=True,
        )
    )


def _disagreements(found: Evaluation, width: int) -> None:
    groups: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for one in found.disagreements:
        groups.setdefault((one["document"], one["what"]), []).append(one)
    for (document, what), rows in groups.items():
        lines = []
        for one in rows:
            told = f"found: {one['found']}" if one["found"] else one["note"]
            label = f"{one['verdict']:<9} {one['paragraph']}  {one['group']}: {one['wording']}"
            lines.append((label + (f" ({told})" if told else ""), one["quote"]))
        _lines(f"{document}: {what}", lines, width)


def _comparison(comparison: Comparison, width: int) -> None:
    out = console()
    lines = []
    for one in comparison.rows:
        place = f"{one['document']} {one['paragraph']}"
        label = f"{one['change']:<7} {one['gold']:<7} {place}  {one['category']}: {one['wording']}"
        lines.append((label, excerpt(one["quote"], one["wording"])))
    if lines:
        _lines(f"References against run {comparison.run}", lines, width)
    told = count_words(comparison.counts)
    f1 = " -> ".join(ratio(f.f1) if f else "–" for f in (comparison.before, comparison.after))
    out.print(f"Against {comparison.run}: {told or 'nothing changed'}; F1 {f1}", width=width, markup=False)
    for slug in comparison.absent:
        out.print(f"Not in {comparison.run}: {clean(slug)}", width=width, markup=False)


def _lines(title: str, lines: Sequence[tuple[str, str]], width: int) -> None:
    """Print what disagrees, one row with its excerpt below, wrapped and never cut; at most `ROWS` of them."""
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    out.print(Text(clean(title), style="italic"), width=width)
    for label, quote in lines[:ROWS]:
        out.print(Padding(Text(clean(label)), (0, 0, 0, 2)), width=width)
        if quote:
            out.print(Padding(Text(clean(quote), style="dim"), (0, 0, 0, 12)), width=width)
    if len(lines) > ROWS:
        out.print(f"  ... and {len(lines) - ROWS} more: -o evaluation.json has all of them")


def _remarks(found: Evaluation) -> None:
    """What the figures do not say: what was never or hardly measured, and that they are in-sample."""
    weak = weakness(found)
    lines: tuple[tuple[str, Sequence[str]], ...] = (
        ("No true row", weak.unlabelled),
        ("Languages without a true row", weak.languages),
        (f"Fewer than {FEW} true rows", [f.name for f in weak.few]),
        ("Most rows missed or spurious", [f"{name} ({count})" for name, count in weak.worst]),
    )
    out = console()
    for told, names in lines:
        if names:
            out.print(f"{told}: {clean(', '.join(names))}", width=min(WIDTH, out.width), markup=False)
    out.print(
        "In-sample: lexicons were tuned with gold of this kind open. Expect less on documents nobody has looked at.",
        width=min(WIDTH, out.width),
    )
