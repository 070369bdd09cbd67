"""The report: one page that needs no network, with every table sortable and filterable."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.export import runinfo
from pipeline.export.cell import legible, plain
from pipeline.export.difference import difference
from pipeline.export.figures import Figure
from pipeline.quotes import Run, Runs
from pipeline.rows import SECTIONS
from pipeline.table import Table

SIZE_LIMIT = 2_900_000
"""Bytes of the page; long tables are shortened until it fits, and say so."""

_TEMPLATES = Path(__file__).parent / "templates"
_HIDDEN = frozenset({"category", "paragraph", "status", "mentions", "section"})
_HIDDEN_IF_EMPTY = frozenset(
    {"note", "canonical", "page", "objective", "objectives", "iscm", "language", "elsewhere", "self"}
)
_SHORT = {"iscm": "ISCMs", "igo": "IGOs", "stakeholder": "Stakeholders", "other": "Other references"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its pieces (bold ones are marked on the page), and 1 to 5 for the shade of a count, 0 for none."""

    runs: Runs
    shade: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    header: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as the page shows it: `total` rows, of which `rows` are on the page."""

    table: Table
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


def write(path: Path, tables: Mapping[str, Table], run: Mapping[str, Any], figures: Sequence[Figure] = ()) -> Path:
    """Write the page. Text of documents is always escaped, and a content security policy allows nothing but the
    page's own script and style, by their hash; the page makes no request and holds no date but the run's.
    """
    limit = max((len(table.frame) for table in tables.values()), default=0)
    room = SIZE_LIMIT - sum(len(figure.address) for figure in figures)
    while limit > 0 and _estimate(tables, limit) > room:
        limit = limit * 9 // 10
    page = _rendered(tables, run, limit, figures).encode("utf-8")
    while limit > 0 and len(page) > SIZE_LIMIT:
        limit = min(limit - 1, int(limit * (SIZE_LIMIT / len(page)) ** 2))
        page = _rendered(tables, run, limit, figures).encode("utf-8")
    path.write_bytes(page)
    return path


def _estimate(tables: Mapping[str, Table], limit: int) -> int:
    """A lower bound of the page's bytes, from the first rows of each table, so that no huge page is made in vain."""
    total = 0
    for table in tables.values():
        shown = min(limit, len(table.frame))
        names = [name for name in table.shown(True) if name not in _HIDDEN and name not in ("label", "wording")]
        sizes = [len(str(value)) + 20 for name in names for value in table.frame[name].head(50)]
        total += shown * sum(sizes) // max(1, min(50, len(table.frame)))
    return total


def _rendered(tables: Mapping[str, Table], run: Mapping[str, Any], limit: int, figures: Sequence[Figure]) -> str:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = (_TEMPLATES / "report.js").read_text(encoding="utf-8")
    style = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    documents = _documents(tables)
    sheets = [_sheet(table, len(documents) > 1, limit) for table in tables.values()]
    return environment.get_template("report.html.j2").render(
        title=runinfo.TITLE,
        subtitle=legible(documents[0][1]) if len(documents) == 1 else "",
        what=runinfo.WHAT,
        how=runinfo.HOW,
        run_id=legible(runinfo.run_id(run)),
        started=legible(str(run.get("started") or "")),
        status=legible(str(run.get("status") or "")),
        cards=_cards(tables, run),
        documents=documents,
        problems=[runinfo.Problem(*map(legible, problem)) for problem in runinfo.problems(run)],
        difference=difference(run),
        versions={legible(k): legible(v) for k, v in runinfo.versions(run).items()},
        groups=_groups(sheets),
        figures=[
            (f.chart.name, legible(f.heading), legible(f.chart.caption), f.address, legible(f.chart.alt))
            for f in figures
        ],
        script=script,
        style=style,
        script_hash=_hash(script),
        style_hash=_hash(style),
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _documents(tables: Mapping[str, Table]) -> list[tuple[str, str]]:
    if "counts_by_document" not in tables:
        return []
    frame = tables["counts_by_document"].frame
    return [(str(name), str(title or name)) for name, title in zip(frame["document"], frame["title"], strict=True)]


def _cards(tables: Mapping[str, Table], run: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The figures on top, counted from the tables so that they always agree with them."""
    if "counts_by_document" not in tables:
        return []
    frame = tables["counts_by_document"].frame
    sums = {
        "Documents": len(frame),
        "Paragraphs": frame["paragraph_count"].sum(),
        "References": frame["count"].sum(),
        **{_SHORT[section]: frame[f"{section}_count"].sum() for section in SECTIONS},
        "Reviewed": frame["reviewed"].sum(),
    }
    failed = sum(problem.kind == "failed" for problem in runinfo.problems(run))
    return [(name, int(value or 0)) for name, value in sums.items()] + ([("Failed", failed)] if failed else [])


def _groups(sheets: Sequence[Sheet]) -> list[tuple[str, str, list[Sheet]]]:
    """(anchor, heading, tables): the four sections, then objectives, mechanisms and counts."""
    out = []
    for section, title in SECTIONS.items():
        found = [s for s in sheets if s.table.section == section and s.table.kind in ("wordings", "quotes")]
        out.append((section, title, found))
    rest = [s for s in sheets if not any(s in found for _, _, found in out)]
    about = [s for s in rest if s.table.section == "mechanisms"]
    other = [s for s in rest if s.table.section not in ("", "mechanisms")]
    out.append(("objectives", "Stakeholders by objective", other))
    out.append(("mechanisms", "ISCM profile", about))
    out.append(("counts", "Counts", [s for s in rest if not s.table.section]))
    return [group for group in out if group[2]]


def _sheet(table: Table, several: bool, limit: int) -> Sheet:
    frame = table.frame
    listed = table.kind == "listing"
    told = table.told()
    names = list(table.narrow()) if listed else [name for name in table.shown(several) if name not in _HIDDEN]
    names = [n for n in names if n not in _HIDDEN_IF_EMPTY or any(plain(v) not in ("", 0) for v in frame[n])]
    if table.kind == "quotes":
        names = [name for name in names if name not in ("label", "wording")]
    places = told[:limit]
    values = {name: [plain(value) for value in frame[name].iloc[places]] for name in names}
    numeric = {name: any(isinstance(v, int) for v in values[name]) for name in names}
    shaded = table.kind == "matrix"
    summed = ("total", "elsewhere", "iscms")
    highest = max([1, *(v for n in names if n not in summed for v in values[n] if isinstance(v, int))])
    rows = []
    for r, at in enumerate(places):
        row = []
        for name in names:
            value = values[name][r]
            if name in table.rich:
                row.append(Cell(tuple(Run(legible(run.text), run.bold) for run in table.rich[name][at])))
                continue
            shade = -(-5 * value // highest) if shaded and name not in summed and isinstance(value, int) else 0
            text = "" if shaded and value == 0 else str(value)
            row.append(Cell((Run(text, False),) if text else (), int(shade)))
        rows.append(tuple(row))
    columns = tuple(Column(name, legible(table.header(name)), numeric[name]) for name in names)
    return Sheet(table, columns, tuple(rows), len(told))
