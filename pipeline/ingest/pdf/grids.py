"""Ruled tables: lines drawn on a page put together to cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.ingest.pdf.content import Drawn

THIN = 2.5
SNAP = 1.5
JOIN = 3.0
SHORTEST = 4.0
MOST_CROSSINGS = 250_000
"""Pages with more lines than that are drawings; looking for cells in them would only cost time."""


class Edge(NamedTuple):
    """A straight line, thin in one direction (points from the top left)."""

    x0: float
    top: float
    x1: float
    bottom: float


class Grid(NamedTuple):
    """A ruled table: its column and row borders, and for each field of the lattice the cell that it belongs to."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owners: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside the table's outer border."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def place(self, x: float, y: float) -> tuple[int, int]:
        """Row and column, from 1, of the cell around a point; points outside belong to the nearest cell."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return self.owners[row][column]


def edges_of(shape: Drawn) -> list[Edge]:
    """The edges that a drawn shape shows: a thin one is one line, a stroked rectangle has four."""
    _, x0, top, x1, bottom, *_ = shape
    if shape.kind not in ("line", "rectangle"):
        return []
    if bottom - top <= THIN or x1 - x0 <= THIN:
        if max(bottom - top, x1 - x0) < 0.1:
            return []
        if bottom - top <= x1 - x0:
            middle = (top + bottom) / 2
            return [Edge(x0, middle, x1, middle)]
        middle = (x0 + x1) / 2
        return [Edge(middle, top, middle, bottom)]
    if shape.kind == "rectangle" and shape.is_stroked:
        return [Edge(x0, y, x1, y) for y in (top, bottom)] + [Edge(x, top, x, bottom) for x in (x0, x1)]
    return []


def grids_of(edges: Iterable[Edge], width: float, height: float) -> tuple[list[Grid], list[Edge], list[Edge]]:
    """Find the ruled tables of a page, its frames (boxes that are no tables), and the horizontal rules of neither.

    A table has two columns or three rows at least, and no cell as large as the page (that is a frame). Sides
    left open are closed where the longest lines end. `width` and `height` are the page's, in points.
    """
    level: list[Edge] = []
    upright: list[Edge] = []
    for edge in edges:
        (level if edge.top == edge.bottom else upright).append(edge)
    level = _merged(level)
    upright = [Edge(e.top, e.x0, e.bottom, e.x1) for e in _merged([Edge(e.top, e.x0, e.bottom, e.x1) for e in upright])]
    grids: list[Grid] = []
    frames: list[Edge] = []
    if len(upright) >= 2 and len(level) >= 2 and len(upright) * len(level) <= MOST_CROSSINGS:
        for rows, columns in _components(level, upright):
            grid = _grid(rows, columns)
            if grid is not None and _is_table(grid, width * height):
                grids.append(grid)
            elif grid is not None and _is_frame(grid, width * height):
                frames.append(Edge(grid.xs[0], grid.top, grid.xs[-1], grid.bottom))
    grids.sort(key=lambda g: (g.ys[0], g.xs[0]))
    rules = [
        e
        for e in level
        if e.x1 - e.x0 >= 20 and not any(_inside(e, g) for g in grids) and not any(_is_side(e, f) for f in frames)
    ]
    return grids, frames, rules


def _is_side(edge: Edge, frame: Edge) -> bool:
    at_border = min(abs(edge.top - frame.top), abs(edge.top - frame.bottom)) < SNAP
    return at_border and frame.x0 - JOIN <= edge.x0 and edge.x1 <= frame.x1 + JOIN


def _is_frame(grid: Grid, page: float) -> bool:
    """Whether a lattice is one box with four sides, not as large as the page."""
    area = (grid.xs[-1] - grid.xs[0]) * (grid.bottom - grid.top)
    return len({owner for line in grid.owners for owner in line}) == 1 and area < 0.5 * page


def _inside(edge: Edge, grid: Grid) -> bool:
    return grid.holds((edge.x0 + edge.x1) / 2, edge.top) or (
        abs(edge.top - grid.top) < SNAP or abs(edge.top - grid.bottom) < SNAP
    )


def _merged(edges: Sequence[Edge]) -> list[Edge]:
    """Horizontal lines snapped to common heights, pieces that touch joined to one."""
    out: list[Edge] = []
    band: list[Edge] = []
    for edge in [*sorted(edges, key=lambda e: e.top), None]:
        if band and (edge is None or edge.top - band[-1].top > SNAP):
            level = sum(e.top for e in band) / len(band)
            x0, x1 = None, 0.0
            for piece in sorted(band, key=lambda e: e.x0):
                if x0 is None:
                    x0, x1 = piece.x0, piece.x1
                elif piece.x0 <= x1 + JOIN:
                    x1 = max(x1, piece.x1)
                else:
                    out.append(Edge(x0, level, x1, level))
                    x0, x1 = piece.x0, piece.x1
            if x0 is not None:
                out.append(Edge(x0, level, x1, level))
            band = []
        if edge is not None:
            band.append(edge)
    return [e for e in out if e.x1 - e.x0 >= SHORTEST]


def _components(level: Sequence[Edge], upright: Sequence[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    """Groups of horizontal and vertical lines that touch each other."""
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(level):
        for j, v in enumerate(upright):
            if h.x0 - JOIN <= v.x0 <= h.x1 + JOIN and v.top - JOIN <= h.top <= v.bottom + JOIN:
                parent[root(i)] = root(len(level) + j)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for i, h in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(upright):
        groups.setdefault(root(len(level) + j), ([], []))[1].append(v)
    return [g for g in groups.values() if len(g[0]) >= 2 and len(g[1]) >= 1]


def _spread(values: Iterable[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > JOIN:
            out.append(value)
    return out


def _grid(level: Sequence[Edge], upright: Sequence[Edge]) -> Grid | None:
    xs = _spread([v.x0 for v in upright] + [min(h.x0 for h in level), max(h.x1 for h in level)])
    ys = _spread([h.top for h in level] + [min(v.top for v in upright), max(v.bottom for v in upright)])
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MOST_CROSSINGS:
        return None
    owners = [[(i + 1, j + 1) for j in range(len(xs) - 1)] for i in range(len(ys) - 1)]

    def join(old: tuple[int, int], new: tuple[int, int]) -> None:
        for line in owners:
            for j, owner in enumerate(line):
                if owner == old:
                    line[j] = new

    for i in range(len(ys) - 1):
        middle = (ys[i] + ys[i + 1]) / 2
        standing = [v.x0 for v in upright if v.top <= middle <= v.bottom]
        for j in range(1, len(xs) - 1):
            if not any(abs(x - xs[j]) <= JOIN for x in standing):
                join(owners[i][j], owners[i][j - 1])
    for j in range(len(xs) - 1):
        middle = (xs[j] + xs[j + 1]) / 2
        lying = [h.top for h in level if h.x0 <= middle <= h.x1]
        for i in range(1, len(ys) - 1):
            if owners[i][j] != owners[i - 1][j] and not any(abs(y - ys[i]) <= JOIN for y in lying):
                join(owners[i][j], owners[i - 1][j])
    return Grid(tuple(xs), tuple(ys), tuple(tuple(line) for line in owners))


def _is_table(grid: Grid, page: float) -> bool:
    areas: dict[tuple[int, int], float] = {}
    for i, line in enumerate(grid.owners):
        for j, owner in enumerate(line):
            area = (grid.ys[i + 1] - grid.ys[i]) * (grid.xs[j + 1] - grid.xs[j])
            areas[owner] = areas.get(owner, 0.0) + area
    wide = any(len(set(line)) > 1 for line in grid.owners)
    return len(areas) >= (2 if wide else 3) and max(areas.values()) < 0.5 * page
