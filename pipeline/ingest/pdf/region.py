"""Regions of a page beside each other: columns, side headings, tables without lines, pages of one sheet.

They are told by white space that goes down through several rows, in the part of the page where it does; what stands
in frames is taken out before.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.ingest.pdf.band import (
    COLUMN_GAP_POINTS,
    FEWEST_LINES,
    FEWEST_LINES_AT_ONCE,
    Band,
    Printed,
    band_at,
    cells_of,
    cut_runs,
    fill_of,
    fills_room,
    goes_on,
    heading_side,
    is_caseless,
    is_flush,
    is_from_right,
    is_mark,
    is_running_text,
    is_table,
    levelled,
    printed_row,
    stretches_of,
    whole_lines,
)
from pipeline.ingest.pdf.rows import FontRun, PdfRow, group_runs, rows_of

FRAMES = 100
"""Numbers of columns from which on rows stand in a frame beside the text."""
DEEPEST = 3
MOST_ROWS, MOST_FRAMES = 400, 40


@dataclass(slots=True)
class Lattice:
    """Reads a page's regions; counts its columns and its tables without lines, so that each has a number.

    gutter   where the white space between two columns stands that the whole page has
    depth    how many regions lie around what is read
    """

    gutter: float | None = None
    tables: int = 0
    columns: int = 2
    depth: int = 0

    def read(self, runs: Sequence[FontRun], printed: Sequence[Printed] = ()) -> list[PdfRow]:
        """The rows of the runs in reading order; `printed` are their rows where these are known (`printed_rows`)."""
        printed = levelled(printed or printed_rows(runs))
        if self.depth >= DEEPEST or len(printed) > MOST_ROWS:
            return rows_of(runs)
        gutter = find_gutter(printed) if self.depth else self.gutter
        if gutter is not None:
            return self._in_columns(printed, gutter, 0 if not self.depth else self._numbered(2))
        out: list[PdfRow] = []
        at = 0
        while at < len(printed):
            band = band_at(printed, at)
            rows = self._band_rows(band) if band else None
            if rows is None:
                out += rows_of(printed[at].runs)
                at += 1
            else:
                out += rows
                at += len(band.rows) if band else 1
        return out

    def _in_columns(self, printed: Sequence[Printed], gutter: float, column: int) -> list[PdfRow]:
        """Columns over the whole page, one after the other, down to each row that crosses them."""
        out: list[PdfRow] = []
        waiting: list[Printed] = []
        for row in printed:
            if _crosses(row, gutter):
                out += self._side_by_side(waiting, [gutter], column) + rows_of(row.runs)
                waiting = []
            else:
                waiting.append(row)
        return out + self._side_by_side(waiting, [gutter], column)

    def _side_by_side(self, printed: Sequence[Printed], gutters: Sequence[float], column: int) -> list[PdfRow]:
        sides = cut_runs([run for row in printed for run in row.runs], gutters)
        out: list[PdfRow] = []
        self.depth += 1
        for place, side in enumerate(reversed(sides) if is_from_right(printed) else sides, column + 1):
            out += [row if row.column else row._replace(column=place) for row in self.read(side)]
        self.depth -= 1
        return out

    def _numbered(self, columns: int) -> int:
        """Number before the first of so many new columns."""
        self.columns += columns
        return self.columns - columns

    def _band_rows(self, band: Band) -> list[PdfRow] | None:
        """Rows of a band as what it is; None where its white space means nothing.

        Case 1, a table without lines: short pieces in columns ("Bali Process | Smuggling | UNODC").
        Case 2, side headings: a narrow column with a heading level with the paragraph that it is about.
        Case 3, columns of running text.
        """
        if is_table(band):
            self.tables += 1
            return cells_of(band, -self.tables)
        side = heading_side(band)
        if side is not None:
            return self._with_side_headings(band, side)
        if is_running_text(band):
            return self._side_by_side(band.rows, band.gutters, self._numbered(len(band.gutters) + 1))
        return None

    def _with_side_headings(self, band: Band, side: int) -> list[PdfRow]:
        left, right = cut_runs([run for row in band.rows for run in row.runs], band.gutters[:1])
        headings, text = (rows_of(left), rows_of(right)) if side == 0 else (rows_of(right), rows_of(left))
        column = self._numbered(2) + 1
        out: list[PdfRow] = []
        for group in _groups(headings):
            while text and text[0].base < group[0].base - 0.4 * group[0].size:
                out.append(text.pop(0)._replace(column=column + 1))
            out += [row._replace(column=column, is_opening=n == 0) for n, row in enumerate(group)]
            if text:
                text[0] = text[0]._replace(is_opening=True)
        return out + [row._replace(column=column + 1) for row in text]


def _groups(rows: Sequence[PdfRow]) -> list[list[PdfRow]]:
    """Rows that stand closely under each other."""
    out: list[list[PdfRow]] = []
    for row in rows:
        if out and row.base - out[-1][-1].base <= 1.6 * row.size:
            out[-1].append(row)
        else:
            out.append([row])
    return out


def find_gutter(rows: Sequence[Printed]) -> float | None:
    """Where the white space between two columns of running text stands over the whole page; None where there is none.

    Both sides need at least six pieces that fill their side, beside each other: a tabulated list does not.
    """
    if len(rows) < 12:
        return None
    pieces = [piece for row in rows for piece in row.pieces]
    left, right = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    lowest: tuple[int, float, float] | None = None
    x = left + 0.3 * (right - left)
    starts, ends = sorted(p.x0 for p in pieces if p.x0 < p.x1), sorted(p.x1 for p in pieces if p.x0 < p.x1)
    while x < left + 0.75 * (right - left):
        cover = bisect_left(starts, x) - bisect_right(ends, x)
        if lowest is None or cover < lowest[0]:
            lowest = (cover, x, x)
        elif cover == lowest[0] and x - lowest[2] <= 2.5:
            lowest = (cover, lowest[1], x)
        x += 2.0
    if lowest is None:
        return None
    crossing, middle = lowest[0], (lowest[1] + lowest[2]) / 2
    parted = [row for row in rows if not any(p.x0 < middle < p.x1 for p in row.pieces)]
    before = whole_lines([p for p in row.pieces if p.x1 <= middle] for row in parted)
    after = whole_lines([p for p in row.pieces if p.x0 >= middle] for row in parted)
    if min(len(before), len(after)) < FEWEST_LINES_AT_ONCE or crossing > 0.5 * max(len(before), len(after)):
        return None
    if not is_flush([p.x1 for p in before] if is_from_right(parted) else [p.x0 for p in after], 0.5):
        return None  # wide gaps in justified lines
    rooms = (max(p.x1 for p in before) - left, right - min(p.x0 for p in after))
    fills = all(fill_of(side, room) >= 0.7 for side, room in zip((before, after), rooms, strict=True))
    overlap = min(max(p.base for p in side) for side in (before, after)) - max(
        min(p.base for p in side) for side in (before, after)
    )
    height = min(max(p.base for p in side) - min(p.base for p in side) for side in (before, after))
    return middle if fills and overlap > 0.5 * height else None


def printed_rows(runs: Sequence[FontRun]) -> list[Printed]:
    """The rows that runs make, each with its stretches."""
    return [printed_row(base, group) for base, group in group_runs(runs)]


def _crosses(row: Printed, gutter: float) -> bool:
    pieces = stretches_of(row.base, row.runs)  # a number that ends a line belongs to no line beside it
    before = max((p.x1 for p in pieces if p.x0 < gutter), default=-math.inf)
    after = min((p.x0 for p in pieces if p.x0 >= gutter), default=math.inf)
    return before > gutter or after - before < COLUMN_GAP_POINTS


def sheet_middle(runs: Sequence[FontRun], width: float, height: float) -> float | None:
    """Where a landscape sheet with two pages beside each other is to be cut; None for a single page.

    White space down its middle, and on both sides lines that fill them.
    """
    if width < 1.2 * height:
        return None
    pieces = [piece for base, group in group_runs(runs) for piece in stretches_of(base, group)]
    if any(p.x0 < width / 2 < p.x1 for p in pieces):
        return None
    sides = [[p for p in pieces if not is_mark(p) and (p.x1 <= width / 2) == is_left] for is_left in (True, False)]
    if min(map(len, sides)) < FEWEST_LINES:
        return None
    gap = min(p.x0 for p in sides[1]) - max(p.x1 for p in sides[0])
    rooms = [max(p.x1 for p in side) - min(p.x0 for p in side) for side in sides]
    is_text = all(
        fills_room(side) and (any(goes_on(a, b) for a, b in pairwise(side)) or is_caseless(side)) for side in sides
    )
    return width / 2 if gap >= 2 * COLUMN_GAP_POINTS and is_text and min(rooms) > 0.25 * width else None


def beside(frames: Sequence[tuple[float, float, float, float]], runs: Sequence[FontRun]) -> Iterator[int]:
    """The frames (x0, top, x1, bottom) that hold lines of text and have text beside them, outer ones first."""
    taken: set[int] = set()
    order = sorted(range(len(frames)), key=lambda n: -(frames[n][2] - frames[n][0]) * (frames[n][3] - frames[n][1]))
    for number in order[:MOST_FRAMES]:
        x0, top, x1, bottom = frames[number]
        level = [r for r in runs if top < r.base < bottom and r.ink and id(r) not in taken]
        inside = [r for r in level if x0 <= (r.x0 + r.x1) / 2 <= x1]
        lines = len({round(r.base) for r in inside})
        if lines >= 2 and any(r.x1 <= x0 + 1 or r.x0 >= x1 - 1 for r in level):
            taken |= {id(r) for r in inside}
            yield number
