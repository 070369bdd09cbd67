"""The heat map: which stakeholders stand under which objectives of the Global Compact."""

from __future__ import annotations

import math
from collections.abc import Mapping

from extractors.lexicon.compact import load_compact
from pipeline.cell import plain
from pipeline.export.pictures.drawing import Drawing, bar, room, shade, text
from pipeline.export.pictures.picture import Picture
from pipeline.tables.table import Table
from pipeline.translation import gettext

_LEFT, _TOP, _WIDE, _HIGH = 280, 185, 34, 24
"""Pixels: the least room for labels, and a cell."""
_TURN = 52
"""Degrees by which the objectives' labels rise."""


def draw_heatmap(tables: Mapping[str, Table]) -> Picture | None:
    """Draw the counts of stakeholders by objective; None where no paragraph of an objective names any."""
    table = tables.get("stakeholders_by_objective_counts")
    if table is None or not table.rows:
        return None
    labels = {f"objective_{objective.number}": objective.label for objective in load_compact().objectives}
    names = [name for name in table.columns if name in labels]
    counts = [[number if isinstance(number := plain(v), int) else 0 for v in table.cells(name)] for name in names]
    highest = max((count for column in counts for count in column), default=0)
    if not highest:
        return None
    stakeholders = [cell_row(*row) for row in _row_names(table)]
    heads = [f"{table.header(name)}. {gettext(labels[name])}" for name in names]
    left = max(_LEFT, 12 + math.ceil(max(map(room, stakeholders))))
    top = max(_TOP, 16 + math.ceil(math.sin(math.radians(_TURN)) * max(map(room, heads))))
    starts = [left + c * _WIDE + _WIDE / 2 + 4 for c in range(len(names))]
    ends = [x + math.cos(math.radians(_TURN)) * room(head) for x, head in zip(starts, heads, strict=True)]
    shapes = [text(x, top - 8, head, "t", turn=-_TURN) for x, head in zip(starts, heads, strict=True)]
    for r, stakeholder in enumerate(stakeholders):
        y = top + r * _HIGH
        shapes.append(text(left - 8, y + 16, stakeholder, "t", "end"))
        for c, name in enumerate(names):
            count, x = counts[c][r], left + c * _WIDE
            said = f"{stakeholder}, {gettext(labels[name])}: {count}" if count else ""
            shapes.append(bar(x + 1, y + 1, _WIDE - 2, _HIGH - 2, f"s{shade(count, highest)}", said))
            shapes.append(text(x + _WIDE / 2, y + 16, str(count or ""), "v", "middle"))
    wide = max(left + len(names) * _WIDE + 90, 8 + math.ceil(max(ends)))
    drawing = Drawing(wide, top + len(stakeholders) * _HIGH + 6, "".join(shapes))
    return Picture(
        "heatmap",
        gettext("Non-State stakeholders by objective"),
        gettext(
            "Number of paragraphs under (or about) each objective of the Global Compact that name the stakeholder."
        ),
        gettext(
            "A grid of %(stakeholders)s stakeholders and %(n)s objectives; the highest count is %(highest)s.",
            stakeholders=len(stakeholders),
            n=len(names),
            highest=highest,
        ),
        drawing,
        ("", *(table.header(name) for name in names)),
        tuple((s, *(column[r] or "" for column in counts)) for r, s in enumerate(stakeholders)),
    )


def heat_by_document(tables: Mapping[str, Table]) -> dict[str, dict[int, int]]:
    """For each document the counts of the cells of the heat map that it fills, by the cell's place, row by row."""
    whole, table = tables.get("stakeholders_by_objective_counts"), tables.get("stakeholders_by_objective")
    if whole is None or table is None:
        return {}
    names = [name for name in whole.columns if name.startswith("objective_")]
    places = {cell_row(*row): n * len(names) for n, row in enumerate(_row_names(whole))}
    columns = [table.cells(name) for name in names]
    out: dict[str, dict[int, int]] = {}
    for n, (document, row) in enumerate(zip(table.cells("document"), _row_names(table), strict=True)):
        start = places.get(cell_row(*row))
        for c, column in enumerate(columns):
            if start is not None and (cited := str(plain(column[n]))):
                out.setdefault(str(document), {})[start + c] = cited.count(", ") + 1
    return out


def cell_row(label: str, basis: str) -> str:
    """The name of a row: the stakeholder, and on what ground its paragraphs belong to an objective."""
    return f"{gettext(label)} ({gettext(basis)})" if basis else gettext(label)


def _row_names(table: Table) -> list[tuple[str, str]]:
    labels = [str(plain(label)) for label in table.cells("label")]
    bases = [str(plain(basis)) for basis in table.cells("basis")] if "basis" in table.columns else [""] * len(labels)
    return list(zip(labels, bases, strict=True))
