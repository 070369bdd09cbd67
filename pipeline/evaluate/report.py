"""The evaluation as a Markdown page: every figure with its interval, what is weak, every disagreement by its wording."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from extractors.objectives.judge import load
from pipeline.cell import legible
from pipeline.evaluate.comparison import Comparison
from pipeline.evaluate.evaluation import Evaluation
from pipeline.evaluate.figures import RESAMPLES, Figure, Interval
from pipeline.evaluate.gold import NEEDED, Kind

LONGEST = 60
"""Characters of a wording on the page: the words, never a quotation."""
MOST_ROWS = 400
"""Disagreements listed of each kind; the JSON form has all of them."""
_TEMPLATES = Path(__file__).parent / "templates"
_PLAIN = re.compile(r"[\w.\-¶() ]+")

SUMMARY: tuple[tuple[str, str, str, str, str], ...] = (
    ("References, overlapping wording", "references", "overlap", "all", ""),
    ("References, exact wording", "references", "exact", "all", ""),
    ("Paragraph ids", "paragraphs", "label", "all", ""),
    ("Objectives, principles, themes: explicit", "objectives", "paragraph", "basis", "explicit"),
    ("Objectives, principles, themes: implied", "objectives", "paragraph", "basis", "implied"),
    ("Of these, objectives", "objectives", "paragraph", "basis and kind", "implied objective"),
    ("Of these, principles", "objectives", "paragraph", "basis and kind", "implied principle"),
    ("Of these, themes", "objectives", "paragraph", "basis and kind", "implied theme"),
    ("What a document takes up at all", "objectives", "document", "all", ""),
)
"""Lines of the summary: what they say, and which figure they show."""

KINDS: Mapping[Kind, str] = {
    "references": r"a true reference; `a.b \| a.c` accepts either category",
    "borderline": "a judgement call, or with `kind` trap or generic, or `lean` trap, a wording that must not be found",
    "paragraphs": "an official paragraph id and the text, of which the first eight words count",
    "objectives": "an objective, principle or theme, `mention` explicit or implied",
    "published": "a row of a published table after checking; `status` ok, wording_differs, wrong_paragraph or not_found",
}
"""What the rows of each kind of gold file are."""


def page(evaluation: Evaluation, comparison: Comparison | None = None) -> str:
    """Return the page. The same evaluation gives the same text: it holds no date, no path and no host.

    Wordings are those of documents and of gold: everything is escaped, and cut at `LONGEST` characters.
    """
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown: every value goes through `words` or `name` below
    )
    weak = weakness(evaluation)
    text = environment.get_template("accuracy.md.j2").render(
        versions=", ".join(f"{package} {value}" for package, value in sorted(evaluation.versions.items())),
        gold_id=evaluation.gold_id,
        files=len({part.file.name for part in evaluation.parts}),
        documents=len({one.document for one in evaluation.judged}),
        resamples=RESAMPLES,
        few=FEW,
        summary=_summary(evaluation),
        categories=_categories(evaluation),
        by_document=_figures(evaluation.some("references", "overlap", "document"), "document"),
        by_language=_figures(evaluation.some("references", "overlap", "language"), "language"),
        by_form=_figures(evaluation.some("references", "overlap", "form"), "form"),
        labels=_figures(evaluation.some("paragraphs", "label", "document"), "document"),
        labels_by_form=_figures(evaluation.some("paragraphs", "label", "form"), "form"),
        kinds=_figures(evaluation.some("objectives", "paragraph", "basis and kind"), "basis and kind"),
        objectives=_figures(evaluation.some("objectives", "paragraph", "document"), "document"),
        objectives_by_language=_figures(evaluation.some("objectives", "paragraph", "language"), "language"),
        whole=_figures(evaluation.some("objectives", "document", "kind"), "kind"),
        trained=_trained(),
        published=_published(evaluation),
        unlabelled=_list(weak.unlabelled),
        silent=_list(weak.languages),
        hardly=", ".join(f"{name(f.name)} ({f.support})" for f in weak.few),
        widest=_figures(weak.widest, "category"),
        worst=", ".join(f"{name(n)} ({count})" for n, count in weak.worst),
        worst_objectives=", ".join(f"{words(n)} ({count})" for n, count in weak.objectives),
        disagreements={what: _disagreements(evaluation, what) for what in ("references", "paragraphs", "published")},
        objective_disagreements=_disagreements(evaluation, "objectives"),
        comparison=_comparison(comparison),
        formats=_formats(),
        warnings=[words(warning, 200) for warning in evaluation.warnings],
    )
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


def _trained() -> str:
    """How well the judge of implied objectives did when it was trained: on documents left out, and on those it saw."""
    lines = ["| how | documents | language | labelled paragraphs | true rows | precision | recall | F1 |"]
    lines.append("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for row in load().measured:
        if row["true"]:
            cells = ("how", "group", "language", "paragraphs", "true", "precision", "recall", "f1")
            lines.append("| " + " | ".join(str(row[cell]) for cell in cells) + " |")
    return "\n".join(lines)


def words(text: str, longest: int = LONGEST) -> str:
    """Return text of a document as Markdown shows it and nothing more: one line, cut, its signs escaped.

    >>> words("local *authorities* <b>")
    'local \\\\*authorities\\\\* &lt;b&gt;'
    """
    flat = " ".join("".join(c if c.isprintable() else " " for c in legible(text)).split())
    cut = flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"
    escaped = re.sub(r"([\\`*_\[\]|~#$])", r"\\\1", cut.replace("&", "&amp;"))
    return escaped.replace("<", "&lt;").replace(">", "&gt;").replace("://", "\\://")


def name(text: str) -> str:
    """Return an id as code, or escaped where it holds other signs than ids have."""
    return f"`{text}`" if _PLAIN.fullmatch(text) else words(text)


def _list(names: Iterable[str]) -> str:
    return ", ".join(name(one) for one in names)


def table(header: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0) -> str:
    """Return a Markdown table; the last `numbers` columns stand to the right. "" without rows."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if not lines:
        return ""
    rule = ["---"] * (len(header) - numbers) + ["---:"] * numbers
    return "\n".join([f"| {' | '.join(header)} |", f"| {' | '.join(rule)} |", *lines])


def ratio(value: float | None) -> str:
    """Return a ratio with two decimals, and never 1.00 for less than one.

    >>> ratio(0.9965), ratio(1.0), ratio(None)
    ('0.997', '1.00', '–')
    """
    if value is None:
        return "–"
    return f"{value:.3f}" if 0.995 <= value < 0.9995 else "0.999" if 0.9995 <= value < 1 else f"{value:.2f}"


def between(interval: Interval | None) -> str:
    """Return an interval with two decimals, its ends rounded outwards.

    >>> between((0.4385, 1.0))
    '0.43–1.00'
    """
    if interval is None:
        return "–"
    return f"{floor(interval[0] * 100 + 1e-9) / 100:.2f}–{ceil(interval[1] * 100 - 1e-9) / 100:.2f}"


def _figures(figures: Iterable[Figure], what: str) -> str:
    header = (what, "true rows", "found", "missed", "spurious", "precision", "recall", "F1", "F1, 95 %")
    rows = [(name(f.name), *_counts(f), *_ratios(f), between(f.f1_interval)) for f in figures]
    return table(header, rows, 8)


def _counts(f: Figure) -> tuple[str, str, str, str]:
    return str(f.support), str(f.found), str(f.missed), str(f.spurious)


def _ratios(f: Figure) -> tuple[str, str, str]:
    return ratio(f.precision), ratio(f.recall), ratio(f.f1)


def _summary(found: Evaluation) -> str:
    header = ("what", "true rows", "found", "precision", "95 %", "recall", "95 %", "F1", "95 %")
    rows = []
    for told, *key in SUMMARY:
        f = found.one(*key)
        if f is not None:
            precision, recall, f1 = (between(getattr(f, f"{n}_interval")) for n in ("precision", "recall", "f1"))
            p, r, both = _ratios(f)
            rows.append((told, str(f.support), str(f.found), p, precision, r, recall, both, f1))
    for f in found.some("published", "unit", "analysis"):
        r = ratio(f.recall)
        told = f"Published analysis reproduced: {name(f.name)}"
        rows.append((told, str(f.support), str(f.right), "–", "–", r, between(f.recall_interval), "–", "–"))
    return table(header, rows, 8)


def _categories(found: Evaluation) -> str:
    exact = {f.name: f for f in found.some("references", "exact", "category")}
    header = ("category", "true rows", "found", "missed", "spurious", "open", "precision", "recall", "F1", "F1, 95 %")
    rows = [
        (name(f.name), *_counts(f), str(f.open), *_ratios(f), between(f.f1_interval), ratio(exact[f.name].f1))
        for f in found.some("references", "overlap", "category")
    ]
    return table((*header, "F1, exact wording"), rows, 10)


def _published(found: Evaluation) -> str:
    header = ("analysis", "units", "found", "missed", "claims not borne out that are found", "recall", "95 %")
    rows = [
        (
            name(f.name),
            *(str(number) for number in (f.support, f.right, f.missed, f.spurious)),
            ratio(f.recall),
            between(f.recall_interval),
        )
        for f in found.some("published", "unit", "analysis")
    ]
    return table(header, rows, 6)


def _disagreements(found: Evaluation, what: str) -> str:
    rows = [row for row in found.disagreements if row["what"] == what]
    header = ("", "document", "paragraph", "category", "wording", "found instead, note")
    shown = [
        (
            row["verdict"],
            name(row["document"]),
            words(row["paragraph"]),
            words(row["group"]),
            words(row["wording"]),
            words("; ".join(part for part in (row["found"], row["note"]) if part)),
        )
        for row in rows[:MOST_ROWS]
    ]
    more = f"\n\n… and {len(rows) - MOST_ROWS} more: the JSON form has them." if len(rows) > MOST_ROWS else ""
    return table(header, shown) + more


def _formats() -> str:
    """The gold files by kind, with the columns that each must have."""
    header = ("name", "a row is", "columns")
    rows = [
        (f"`<document>.{kind}.csv`", told, ", ".join(f"`{column}`" for column in sorted(NEEDED[kind])))
        for kind, told in KINDS.items()
    ]
    return table(header, rows)


def _comparison(comparison: Comparison | None) -> Mapping[str, str] | None:
    if comparison is None:
        return None
    header = ("change", "by gold", "document", "paragraph", "category", "wording")
    rows = [
        (
            row["change"],
            row["gold"],
            name(row["document"]),
            words(row["paragraph"]),
            name(row["category"]),
            words(row["wording"]),
        )
        for row in comparison.rows[:MOST_ROWS]
    ]
    pair = (comparison.before, comparison.after)
    f1 = " → ".join(ratio(f.f1) if f else "–" for f in pair)
    counts = ", ".join(f"{number} {told.replace('_', ' ')}" for told, number in comparison.counts.items())
    return {"run": words(comparison.run), "f1": f1, "counts": counts or "nothing changed", "rows": table(header, rows)}


FEW = 5
"""True rows below which a figure says little."""


SHOWN = 8
"""Groups named of each kind of weakness."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """`unlabelled` categories and `languages` have no true row at all; `few` less than `FEW`; `widest` are the categories
    with at least `FEW` rows whose F1 is least sure; `worst` those with the most rows missed or spurious, and how many;
    `objectives` the objectives, principles and themes with the most."""

    unlabelled: tuple[str, ...]
    languages: tuple[str, ...]
    few: tuple[Figure, ...]
    widest: tuple[Figure, ...]
    worst: tuple[tuple[str, int], ...]
    objectives: tuple[tuple[str, int], ...]


def weakness(evaluation: Evaluation) -> Weakness:
    """Tell what is weak: what was never measured, hardly measured, least sure, and most often wrong."""
    categories = evaluation.some("references", "overlap", "category")
    labelled = {figure.name for figure in categories if figure.support}
    languages = {figure.name for figure in evaluation.some("references", "overlap", "language") if figure.support}
    few = sorted((f for f in categories if 0 < f.support < FEW), key=lambda f: (f.support, f.name))
    sure = [f for f in categories if f.support >= FEW and f.f1_interval]
    wrong = Counter({f.name: f.missed + f.spurious for f in categories})
    numbers = Counter({f.name: f.missed + f.spurious for f in evaluation.some("objectives", "paragraph", "number")})
    return Weakness(
        tuple(sorted(set(evaluation.scope.categories) - labelled)),
        tuple(sorted(set(evaluation.scope.languages) - languages)),
        tuple(few),
        tuple(sorted(sure, key=lambda f: (-round(_width(f), 6), f.name))[:SHOWN]),
        _most(wrong),
        _most(numbers),
    )


def _width(figure: Figure) -> float:
    low, high = figure.f1_interval or (0.0, 0.0)
    return high - low


def _most(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((n, c) for n, c in counts.items() if c), key=lambda item: (-item[1], item[0]))[:SHOWN])
