"""The report: one page that needs no network, with every table sortable and filterable."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pandas as pd
from jinja2 import Template
from markupsafe import Markup

from extractors.lexicon.categories import SECTIONS
from pipeline.cell import legible
from pipeline.export import run_facts
from pipeline.export.markup import html_templates, policy_hash
from pipeline.export.new_rows import NewInRun
from pipeline.export.page.differences import difference, new_page
from pipeline.export.page.making import count_making, decisions, percent
from pipeline.export.page.passages import QuoteTexts
from pipeline.export.page.sheets import OPEN, REVIEW, PageSheet, sheet
from pipeline.export.pictures.figures import ChartFigure
from pipeline.export.pictures.heatmap import draw_heatmap, heat_by_document
from pipeline.export.pictures.network import draw_network
from pipeline.export.pictures.picture import Picture
from pipeline.export.pictures.spread import columns_by_document, draw_spread
from pipeline.export.run_facts import RunFacts
from pipeline.store.runs import id_of_run
from pipeline.tables.table import Table
from pipeline.translation import LANGUAGE_NAMES, gettext, gettext_noop, write_number

SIZE_LIMIT = 2_900_000
"""Bytes of the page; long tables are shortened until it fits, and say so."""
MOST_VIEWS = 500
"""Documents that cards and charts can be shown for one by one."""
MOST_ROWS = 2_000
"""Rows of one table on the page, whatever their size."""

_TEMPLATES = Path(__file__).parent / "templates"
_NAVIGATION = {
    **run_facts.SHORT, "other": gettext_noop("Other"), "objectives": gettext_noop("By objective"),
    "mechanisms": gettext_noop("ISCM profile"), "translations": gettext_noop("Translations"), "review": gettext_noop("Reviewed"),
}  # fmt: skip

_NAMED = frozenset(
    "action citation document engagement held iscm label meeting name note paragraphs question quote recommendation short "
    "status subsection theme title wording".split()
) | {OPEN}
"""Columns that have a width of their own."""

_MESSAGES = {
    "review": gettext_noop("review"),
    "source": gettext_noop("source"),
    "source_page": gettext_noop("source, p. {page}"),
    "cite": gettext_noop("cite"),
    "whole": gettext_noop("Whole paragraph"),
    "row": gettext_noop("{all} row"),
    "rows": gettext_noop("{all} rows"),
    "fit": gettext_noop("{fit} of {all} rows fit"),
    "first": gettext_noop("{found}, the first {shown} shown"),
    "all": gettext_noop("Show all {all} rows"),
    "along": gettext_noop("References along the document: {title}"),
}
"""What the page's script says, by the names that it uses."""

Group = tuple[str, str, list[PageSheet]]


def write(
    path: Path,
    tables: Mapping[str, Table],
    run: RunFacts,
    figures: Sequence[ChartFigure] = (),
    new: NewInRun | None = None,
    *,
    references: pd.DataFrame | None = None,
    paragraphs: pd.DataFrame | None = None,
) -> Path:
    """Write the page. Text of documents is always escaped, and a content security policy allows nothing but the
    page's own script and style, by their hash; the page makes no request and holds no date but the run's.

    `references` and `paragraphs` (the rows of references.csv and paragraphs.csv) give what the tables do not have: the
    whole paragraph of a quote, charts along the documents and between mechanisms, how references were found and what
    analysts decided. The page is below SIZE_LIMIT as long as anything is left to shorten.
    """
    passages = QuoteTexts.of(paragraphs)
    documents = _documents(tables)
    sheets = [sheet(table, len(documents) > 1, MOST_ROWS, passages) for table in tables.values()]
    decided = decisions(references, _labels(tables)) if references is not None else None
    if decided is not None:
        sheets.append(sheet(decided, len(documents) > 1, MOST_ROWS, passages, "references.csv"))
    context = _context(tables, run, documents, references, paragraphs)
    context["figures"] = [figure.picture for figure in figures]
    context["new"] = new and new_page(new)
    limit = max((len(one.values) for one in sheets), default=0)
    held, weights = _packed(context, sheets, limit, passages)
    page = _rendered(context, sheets, limit, held)
    while limit > 0 and len(page) > SIZE_LIMIT:
        size = len(page)
        markup = size - len(held.encode("utf-8"))
        while limit > 0 and size > SIZE_LIMIT:
            limit = _fitting(limit - 1, size, weights)
            held, weights = _packed(context, sheets, limit, passages)
            size = markup + len(held.encode("utf-8"))
        page = _rendered(context, sheets, limit, held)
    path.write_bytes(page)
    return path


def _fitting(limit: int, size: int, weights: Sequence[tuple[int, int]]) -> int:
    """The most rows, at most `limit`, with which a page of that size should fit: each table weighs (rows, bytes)."""

    def lighter(rows: int) -> float:
        return size - sum(weight * (1 - rows / held) for held, weight in weights if held > rows)

    return max(0, bisect_right(range(limit + 1), SIZE_LIMIT * 0.99, key=lighter) - 1)


def _packed(
    context: Mapping[str, object], sheets: Sequence[PageSheet], limit: int, passages: QuoteTexts
) -> tuple[Markup, list[tuple[int, int]]]:
    """The data of at most `limit` rows of each table, and (rows, bytes) of those that hold more than markup."""
    shown = [one.first(limit) for one in sheets]
    numbers: dict[int, int] = {}
    packed: list[str] = []
    texts: list[Markup] = []
    weights: list[tuple[int, int]] = []
    for one in shown:
        data = one.data(numbers)
        if data is None:
            continue
        packed.append(f"{_json(one.name)}:{_json(data)}")
        fresh = [_json(passages.texts[number]) for number in list(numbers)[len(texts) :]]
        texts += fresh
        weights.append((len(one.values), sum(len(part.encode("utf-8")) for part in (packed[-1], *fresh))))
    sources = {
        name: [legible(note.source), int(bool(note.address))] for one in shown for name, note in one.sources.items()
    }
    held = Markup('{"texts":[%s],"tables":{%s},"review":%s,"documents":%s,"sources":%s,"messages":%s}') % (
        Markup(",").join(texts), Markup(",").join(map(Markup, packed)), _json(REVIEW), _json(context["views"]), _json(sources),
        _json({name: gettext(text) for name, text in _MESSAGES.items()}),
    )  # fmt: skip
    return held, weights


def _rendered(context: Mapping[str, object], sheets: Sequence[PageSheet], limit: int, held: Markup) -> bytes:
    """The page with at most `limit` rows of each table, and their data."""
    shown = [one.first(limit) for one in sheets]
    return _template().render(**context, groups=_groups(shown), data=held).encode("utf-8")


@cache
def _template() -> Template:
    return html_templates(_TEMPLATES).get_template("report.html.j2")


def _json(value: object) -> Markup:
    """JSON that can stand in a script element: nothing in it can end the element or start another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _context(
    tables: Mapping[str, Table],
    run: RunFacts,
    documents: Sequence[tuple[str, str]],
    references: pd.DataFrame | None,
    paragraphs: pd.DataFrame | None,
) -> dict[str, object]:
    """Everything on the page but its tables."""
    script = (_TEMPLATES / "report.js").read_text(encoding="utf-8")
    style = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    return {
        "named": _NAMED,
        "short": _NAVIGATION,
        "title": gettext(run_facts.TITLE),
        "subtitle": legible(documents[0][1]) if len(documents) == 1 else "",
        "what": gettext(run_facts.WHAT),
        "how": gettext(run_facts.HOW),
        "run_id": legible(id_of_run(run)),
        "started": legible(str(run.get("started") or "")),
        "status": legible(str(run.get("status") or "")),
        "cards": run_facts.sums(tables, run),
        "summary": _summary(tables, run),
        "views": _views(tables, run, documents, references, paragraphs),
        "documents": documents,
        "problems": [run_facts.Problem(*map(legible, problem)) for problem in run_facts.problems(run)],
        "difference": difference(run),
        "compared": run.get("changes") is not None,
        "versions": {legible(k): legible(v) for k, v in run_facts.versions(run).items()},
        "making": count_making(references) if references is not None else None,
        "pictures": _pictures(tables, references, paragraphs),
        "script": Markup(script),
        "style": Markup(style),
        "script_hash": policy_hash(script),
        "style_hash": policy_hash(style),
    }


def _documents(tables: Mapping[str, Table]) -> list[tuple[str, str]]:
    if "counts_by_document" not in tables:
        return []
    counted = tables["counts_by_document"]
    return [
        (legible(str(name)), legible(str(title or name)))
        for name, title in zip(counted.cells("document"), counted.cells("title"), strict=True)
    ]


def _labels(tables: Mapping[str, Table]) -> dict[str, str]:
    """What the tables call the categories."""
    worded = [table for table in tables.values() if table.kind == "wordings"]
    pairs = (zip(table.cells("category"), table.cells("label"), strict=True) for table in worded)
    return {str(category): str(name) for held in pairs for category, name in held}


def _pictures(
    tables: Mapping[str, Table],
    references: pd.DataFrame | None,
    paragraphs: pd.DataFrame | None,
) -> list[Picture]:
    found: list[Picture | None] = [draw_heatmap(tables)]
    if references is not None and paragraphs is not None:
        found += draw_spread(references, paragraphs, dict(_documents(tables)))
    found.append(draw_network(tables))
    return [picture for picture in found if picture is not None]


def _summary(tables: Mapping[str, Table], run: RunFacts) -> list[str]:
    """The run in a few sentences."""
    if "counts_by_document" not in tables or not len(frame := tables["counts_by_document"].frame):
        return []
    kinds = Counter(str(document.get("language") or "") for document in run_facts.documents(run))
    spoken = [f"{gettext(LANGUAGE_NAMES.get(name, name))} {number}" for name, number in kinds.most_common() if name]
    out = [gettext("Documents by language: %(listed)s.", listed=legible(", ".join(spoken)))] if spoken else []
    held, every = int(frame["with_references"].sum()), int(frame["paragraph_count"].sum())
    if every:
        out.append(
            gettext(
                "%(n)s of %(all)s paragraphs (%(share)s) hold at least one reference.",
                n=write_number(held),
                all=write_number(every),
                share=percent(held, every),
            )
        )
    told = "; ".join(f"{legible(gettext(label))} ({total})" for label, total in run_facts.most_frequent(tables))
    return out + ([gettext("Most frequent categories: %(listed)s.", listed=told)] if told else [])


def _views(
    tables: Mapping[str, Table],
    run: RunFacts,
    documents: Sequence[tuple[str, str]],
    references: pd.DataFrame | None,
    paragraphs: pd.DataFrame | None,
) -> dict[str, dict[str, object]]:
    """What the page shows when one document is chosen: the figures of the cards, its columns, its part of the heat map."""
    if len(documents) < 2:
        return {}
    heat = heat_by_document(tables)
    columns = columns_by_document(references, paragraphs) if references is not None and paragraphs is not None else {}
    sums = run_facts.sums_by_document(tables)
    return {
        name: {"sums": sums[name], "heat": heat.get(name, {}), "along": columns.get(name)}
        for name, _ in documents[:MOST_VIEWS]
        if name in sums
    }


def _groups(sheets: Sequence[PageSheet]) -> list[Group]:
    """(anchor, heading, tables): the four sections, then objectives, mechanisms and counts."""
    out: list[Group] = []
    for section, title in SECTIONS.items():
        out.append(
            (section, gettext(title), [s for s in sheets if s.section == section and s.kind in ("wordings", "quotes")])
        )
    rest = [s for s in sheets if not any(s is one for _, _, found in out for one in found)]
    other = [s for s in rest if s.section not in ("", "mechanisms", "review", "translations")]
    out.append(("objectives", gettext("Stakeholders by objective"), other))
    out.append(("mechanisms", gettext("ISCM profile"), [s for s in rest if s.section == "mechanisms"]))
    out.append(("translations", gettext("Translations"), [s for s in rest if s.section == "translations" and s.total]))
    out.append(("counts", gettext("Counts"), [s for s in rest if not s.section]))
    out.append(("review", gettext("Reviewed by analysts"), [s for s in rest if s.section == "review"]))
    return [group for group in out if group[2]]
