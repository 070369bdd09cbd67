"""The layout of a page: its text in reading order, column after column, tables cell by cell."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage

from pipeline.ingest.grid import Edge, Grid, edges_of, grids_of
from pipeline.ingest.row import Row, Run, group_runs, rows_of

RUN_GAP_EM = 2.0
COLUMN_GAP_POINTS = 8.0
SLANTED = 4
UNMAPPED = "\ufffd"
WIN_ANSI_BULLET = "(cid:127)"
"""Codes left unused in WinAnsiEncoding stand for bullets (ISO 32000-1, annex D.2, note 3); pdfminer names them so."""


class PageRows(NamedTuple):
    """What is kept of a page once its PDF objects are closed: rows in reading order, rules, and counts."""

    number: int
    width: float
    height: float
    turn: int
    rows: tuple[Row, ...]
    rules: tuple[Edge, ...] = ()
    grids: tuple[Grid, ...] = ()
    images: int = 0
    glyphs: int = 0
    unmapped: int = 0
    problem: str = ""


def page_rows(layout: Any, number: int) -> PageRows:
    """Turn a pdfminer page layout into rows in reading order.

    Works on `pdfplumber.Page.layout`, not on `Page.chars`: the character dictionaries cost as much again as the
    page's interpretation and add nothing that is used here.
    """
    width, height = float(layout.width), float(layout.height)
    by_turn, edges, images, unmapped = _collect(layout, width, height)
    counts = {turn: sum(len(r.glyphs) for r in runs) for turn, runs in by_turn.items()}
    turn = max((t for t in counts if t != SLANTED), key=lambda t: (counts[t], -t), default=0)
    across, down = (height, width) if turn % 2 else (width, height)
    edges = [_turn_edge(e, turn, width, height) for e in edges]
    grids, rules = grids_of(edges, across, down)
    rows = [row._replace(turn=turn) for row in _read(by_turn.get(turn, []), grids)]
    for other in sorted(by_turn):
        if other != turn:
            rows += [row._replace(turn=other) for row in rows_of(by_turn[other])]
    return PageRows(
        number, width, height, turn, tuple(rows), tuple(rules), tuple(grids), images, sum(counts.values()), unmapped
    )


def unturn(box: tuple[float, float, float, float], turn: int, width: float, height: float) -> tuple[float, ...]:
    """Map a box of the upright page back to the page as it is displayed (`width` and `height` are the latter's)."""
    x0, top, x1, bottom = box
    if turn == 1:
        return (top, height - x1, bottom, height - x0)
    if turn == 2:
        return (width - x1, height - bottom, width - x0, height - top)
    if turn == 3:
        return (width - bottom, x0, width - top, x1)
    return box


def _turn_edge(edge: Edge, turn: int, width: float, height: float) -> Edge:
    x0, top, x1, bottom = edge
    if turn == 1:
        return Edge(height - bottom, x0, height - top, x1)
    if turn == 2:
        return Edge(width - x1, height - bottom, width - x0, height - top)
    if turn == 3:
        return Edge(top, width - x1, bottom, width - x0)
    return edge


def _objects(layout: Any) -> Iterator[Any]:
    stack = [iter(layout)]
    while stack:
        for item in stack[-1]:
            if isinstance(item, LTFigure):
                stack.append(iter(item))
                break
            yield item
        else:
            stack.pop()


def _turn_of(a: float, b: float, c: float, d: float) -> int:
    """Quarter turns, against the clock, of the text's direction; SLANTED for any other angle."""
    if abs(b) <= 0.09 * abs(a):
        return 0 if a > 0 else 2
    if abs(a) <= 0.09 * abs(b):
        return 1 if b > 0 else 3
    return SLANTED


def _collect(layout: Any, width: float, height: float) -> tuple[dict[int, list[Run]], list[Edge], int, int]:
    """Runs by direction of text, edges of ruled lines, number of images, number of characters without Unicode."""
    runs: dict[int, list[Run]] = defaultdict(list)
    edges: list[Edge] = []
    descents: dict[str, tuple[int, float]] = {}
    origins: dict[int, float] = {}
    images = unmapped = order = 0
    run: Run | None = None
    key: tuple[Any, ...] = ()
    edge = 0.0
    for item in _objects(layout):
        if item.__class__ is not LTChar:
            if isinstance(item, LTImage):
                images += 1
            elif isinstance(item, LTCurve):
                edges += edges_of(item, height)
            continue
        a, b, c, d, e, f = item.matrix
        turn = 0 if a > 0 and b == 0 else _turn_of(a, b, c, d)
        if turn == 0 or turn == SLANTED:
            x0, x1, low, base, size = item.x0, item.x1, item.y0, f, item.y1 - item.y0
            foot = height
        elif turn == 1:
            x0, x1, low, base, size = item.y0, item.y1, width - item.x1, width - e, item.x1 - item.x0
            foot = width
        elif turn == 2:
            x0, x1, low, base, size = width - item.x1, width - item.x0, height - item.y1, height - f, item.y1 - item.y0
            foot = height
        else:
            x0, x1, low, base, size = height - item.y1, height - item.y0, item.x0, e, item.x1 - item.x0
            foot = width
        text = item.get_text()
        if len(text) > 1:
            if text == WIN_ANSI_BULLET:
                text = "•"
            elif text.startswith("(cid:"):
                text = UNMAPPED
                unmapped += 1
            else:
                text = "".join(text.split()) or " "
        elif text.isspace():
            text = " "
        elif text < " " or text == "\x7f":
            continue
        font = item.fontname
        if (
            run is None
            or font != key[0]
            or turn != key[1]
            or not -0.05 < size - key[2] < 0.05
            or not -0.05 < base - key[3] < 0.05
            or not -0.05 < low - key[4] < 0.05
            or not -size < x0 - edge < RUN_GAP_EM * size
        ):
            order += 1
            name = font if isinstance(font, str) else font.decode("latin-1")
            run = Run([], name, size, foot - base, foot - low, order)
            origins[order] = foot - base - (foot - low)
            runs[turn].append(run)
            key = (font, turn, size, base, low)
        run.glyphs.append((x0, x1, text))
        edge = x1
    for run in (r for some in runs.values() for r in some):
        ratio = origins[run.order] / run.size if run.size else 0.0
        if len(run.glyphs) > descents.get(run.font, (0, 0.0))[0]:
            descents[run.font] = (len(run.glyphs), ratio)
    for run in (r for some in runs.values() for r in some):
        run.base = run.bottom + descents[run.font][1] * run.size
    return runs, edges, images, unmapped


def _read(runs: list[Run], grids: Sequence[Grid]) -> list[Row]:
    """Rows in reading order: tables where they stand, columns one after the other."""
    cells: dict[tuple[int, int, int], list[Run]] = defaultdict(list)
    if grids:
        runs = list(_take_cells(runs, grids, cells))
    rows = rows_of(runs)
    parts = [(g.top, _cell_rows(i, cells)) for i, g in enumerate(grids)]
    gutter = _gutter(rows)
    if gutter is None:
        return _merge(rows, parts)
    out: list[Row] = []
    waiting: list[Run] = []
    by_row = group_runs(runs)
    separators = sorted([(t, rows_) for t, rows_ in parts], key=lambda p: p[0])
    for base, group in by_row:
        while separators and separators[0][0] < base:
            out += _columns(waiting, gutter) + separators.pop(0)[1]
            waiting = []
        if _crosses(group, gutter):
            out += _columns(waiting, gutter) + rows_of(group)
            waiting = []
        else:
            waiting += group
    out += _columns(waiting, gutter)
    for _, rest in separators:
        out += rest
    return out


def _merge(rows: list[Row], parts: list[tuple[float, list[Row]]]) -> list[Row]:
    out: list[Row] = []
    parts = sorted(parts, key=lambda p: p[0])
    for row in rows:
        while parts and parts[0][0] < row.base:
            out += parts.pop(0)[1]
        out.append(row)
    for _, rest in parts:
        out += rest
    return out


def _columns(runs: list[Run], gutter: float) -> list[Row]:
    left = [r for r in runs if (r.x0 + r.x1) / 2 < gutter]
    right = [r for r in runs if (r.x0 + r.x1) / 2 >= gutter]
    return [row._replace(column=1) for row in rows_of(left)] + [row._replace(column=2) for row in rows_of(right)]


def _take_cells(runs: list[Run], grids: Sequence[Grid], cells: dict[tuple[int, int, int], list[Run]]) -> Iterator[Run]:
    """Yield the runs outside all tables; put the others, cut at the cells' borders, into `cells`."""
    for run in runs:
        middle = run.base - 0.3 * run.size
        grid = next((i for i, g in enumerate(grids) if g.holds((run.x0 + run.x1) / 2, middle)), None)
        if grid is None:
            yield run
            continue
        split: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
        for glyph in run.glyphs:
            place = grids[grid].place((glyph[0] + glyph[1]) / 2, middle)
            split.setdefault(place, []).append(glyph)
        for (row, column), glyphs in split.items():
            piece = Run(glyphs, run.font, run.size, run.base, run.bottom, run.order)
            cells[(grid, row, column)].append(piece)


def _cell_rows(grid: int, cells: dict[tuple[int, int, int], list[Run]]) -> list[Row]:
    return [row._replace(cell=key) for key in sorted(cells) if key[0] == grid for row in rows_of(cells[key])]


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where the white space between two columns of running text stands; None on pages of one column.

    Both sides need at least six pieces that fill their side, beside each other: a tabulated list does not.
    """
    if len(rows) < 12:
        return None
    left, right = min(r.x0 for r in rows), max(r.x1 for r in rows)
    pieces: list[tuple[float, float, float]] = []
    for row in rows:
        start = row.words[0].x0
        for word, following in pairwise(row.words):
            if following.x0 - word.x1 >= COLUMN_GAP_POINTS:
                pieces.append((start, word.x1, row.base))
                start = following.x0
        pieces.append((start, row.words[-1].x1, row.base))
    lowest: tuple[int, float, float] | None = None
    x = left + 0.35 * (right - left)
    while x < left + 0.65 * (right - left):
        cover = sum(1 for p in pieces if p[0] < x < p[1])
        if lowest is None or cover < lowest[0]:
            lowest = (cover, x, x)
        elif cover == lowest[0] and x - lowest[2] <= 2.5:
            lowest = (cover, lowest[1], x)
        x += 2.0
    if lowest is None:
        return None
    crossing, middle = lowest[0], (lowest[1] + lowest[2]) / 2
    before = [p for p in pieces if p[1] <= middle]
    after = [p for p in pieces if p[0] >= middle]
    if len(before) < 6 or len(after) < 6 or crossing > 0.5 * max(len(before), len(after)):
        return None
    fills = all(
        median(p[1] - p[0] for p in side) >= 0.7 * room
        for side, room in ((before, max(p[1] for p in before) - left), (after, right - min(p[0] for p in after)))
    )
    overlap = min(max(p[2] for p in before), max(p[2] for p in after)) - max(
        min(p[2] for p in before), min(p[2] for p in after)
    )
    height = min(max(p[2] for p in side) - min(p[2] for p in side) for side in (before, after))
    return middle if fills and overlap > 0.5 * height else None


def _crosses(group: list[Run], gutter: float) -> bool:
    ink = sorted((g[0], g[1]) for r in group for g in r.glyphs if g[2] != " ")
    before = max((x1 for x0, x1 in ink if x0 < gutter), default=-math.inf)
    after = min((x0 for x0, x1 in ink if x0 >= gutter), default=math.inf)
    return before > gutter or after - before < COLUMN_GAP_POINTS
