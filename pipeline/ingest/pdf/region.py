"""Regions of a page beside each other: columns, side headings, tables without lines, pages of one sheet.

They are told by white space that goes down through several rows, in the part of the page where it does; what stands
in frames is taken out before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.ingest.pdf.bidi import is_right_to_left
from pipeline.ingest.pdf.rows import FontRun, PdfRow, font_style, group_runs, rows_of

COLUMN_GAP_POINTS = 8.0
FRAMES = 100
"""Numbers of columns from which on rows stand in a frame beside the text."""
DEEPEST = 3
MOST_ROWS, MOST_FRAMES = 400, 40
NARROW = 0.45
"""A column of side headings is narrower than this share of both together."""
FILLED = 0.72
"""Lines of running text fill this share of their column, the middle one of them."""
LONG_CELL = 25
"""Letters of a cell from which it is a line of text; a table has one column of such lines at most."""
FEWEST_LINES, FEWEST_LINES_AT_ONCE = 3, 6

LONGEST_MARK_GAP_EM = 5.0

_MARK = re.compile(r"[^\w]*(?:[^\W\d_]?|[ivxlc]+|\d[\d.,:/–-]*)[^\w]*", re.IGNORECASE)
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[^\W\d_])[.)]")


class Stretch(NamedTuple):
    """A stretch of a row without a wide gap."""

    x0: float
    x1: float
    base: float
    size: float
    text: str
    styled: bool


@dataclass(slots=True)
class Printed:
    """A row by what stands beside each other in it."""

    base: float
    runs: list[FontRun]
    pieces: list[Stretch]


@dataclass(slots=True)
class Band:
    """Rows with white space in common, and where it stands."""

    rows: list[Printed]
    gutters: list[float]

    def columns(self) -> list[list[Stretch]]:
        """The pieces of each column, from the top."""
        out: list[list[Stretch]] = [[] for _ in range(len(self.gutters) + 1)]
        for row in self.rows:
            for piece in row.pieces:
                out[sum(g < (piece.x0 + piece.x1) / 2 for g in self.gutters)].append(piece)
        return out


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

    def read(self, runs: Sequence[FontRun]) -> list[PdfRow]:
        """The rows of the runs in reading order."""
        printed = _levelled([_printed(base, group) for base, group in group_runs(runs)])
        if self.depth >= DEEPEST or len(printed) > MOST_ROWS:
            return rows_of(runs)
        gutter = _gutter(printed) if self.depth else self.gutter
        if gutter is not None:
            return self._in_columns(printed, gutter, 0 if not self.depth else self._numbered(2))
        out: list[PdfRow] = []
        at = 0
        while at < len(printed):
            band = _band(printed, at)
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
        sides = _cut([run for row in printed for run in row.runs], gutters)
        out: list[PdfRow] = []
        self.depth += 1
        for place, side in enumerate(reversed(sides) if _is_from_right(printed) else sides, column + 1):
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
        if _is_table(band):
            self.tables += 1
            return _cells(band, -self.tables)
        side = _heading_side(band)
        if side is not None:
            return self._with_side_headings(band, side)
        if _is_running_text(band):
            return self._side_by_side(band.rows, band.gutters, self._numbered(len(band.gutters) + 1))
        return None

    def _with_side_headings(self, band: Band, side: int) -> list[PdfRow]:
        left, right = _cut([run for row in band.rows for run in row.runs], band.gutters[:1])
        headings, text = (rows_of(left), rows_of(right)) if side == 0 else (rows_of(right), rows_of(left))
        column = self._numbered(2) + 1
        out: list[PdfRow] = []
        for group in _groups(headings):
            while text and text[0].base < group[0].base - 0.4 * group[0].size:
                out.append(text.pop(0)._replace(column=column + 1))
            out += [row._replace(column=column, opens=n == 0) for n, row in enumerate(group)]
            if text:
                text[0] = text[0]._replace(opens=True)
        return out + [row._replace(column=column + 1) for row in text]


def _levelled(rows: Sequence[Printed]) -> list[Printed]:
    """Rows that stand beside each other on lines that do not quite meet, as one: small print beside text."""
    out: list[Printed] = []
    for row in rows:
        before = out[-1] if out else None
        if before is not None and row.base - before.base < 0.75 * min(row.pieces[0].size, before.pieces[0].size):
            pieces = sorted([*before.pieces, *row.pieces])
            if all(b.x0 - a.x1 >= COLUMN_GAP_POINTS for a, b in pairwise(pieces)):
                out[-1] = Printed(before.base, before.runs + row.runs, pieces)
                continue
        out.append(row)
    return out


def _stretches(base: float, runs: Sequence[FontRun]) -> list[Stretch]:
    """A row cut at its wide gaps."""
    ink = [(g, run) for run in runs for g in run.glyphs if g[2] != " "]
    ink.sort(key=lambda pair: pair[0][0])
    pieces: list[list[tuple[tuple[float, float, str], FontRun]]] = []
    edge = -math.inf
    for glyph, run in ink:
        if not pieces or glyph[0] - edge >= COLUMN_GAP_POINTS:
            pieces.append([])
        pieces[-1].append((glyph, run))
        edge = max(edge, glyph[1])
    return [_piece(base, piece) for piece in pieces]


def _printed(base: float, runs: list[FontRun]) -> Printed:
    """A row with its stretches; a mark or number stays with what follows, a page number with what it follows."""
    whole = _stretches(base, runs)
    out: list[Stretch] = []
    for piece in whole:
        hangs = out and _is_mark(out[-1]) and piece.x0 - out[-1].x1 <= LONGEST_MARK_GAP_EM * piece.size
        if hangs or (out and len(whole) == 2 and _is_mark(piece)):
            out[-1] = out[-1]._replace(x1=piece.x1, text=f"{out[-1].text} {piece.text}")
        else:
            out.append(piece)
    return Printed(base, runs, out)


def _piece(base: float, ink: Sequence[tuple[tuple[float, float, str], FontRun]]) -> Stretch:
    size = max(run.size for _, run in ink)
    styled = sum(any(font_style(run.font)) for _, run in ink) > 0.9 * len(ink)
    return Stretch(ink[0][0][0], max(g[1] for g, _ in ink), base, size, "".join(g[2] for g, _ in ink), styled)


def _is_mark(piece: Stretch) -> bool:
    return len(piece.text) <= 12 and _MARK.fullmatch(piece.text) is not None


def _is_from_right(rows: Sequence[Printed]) -> bool:
    texts = [piece.text for row in rows for piece in row.pieces]
    return sum(map(is_right_to_left, texts)) > 0.5 * len(texts)


def _cut(runs: Sequence[FontRun], gutters: Sequence[float]) -> list[list[FontRun]]:
    """Runs shared out between the gutters; one that spans a gutter is cut there."""
    sides: list[list[FontRun]] = [[] for _ in range(len(gutters) + 1)]
    for run in runs:
        first = sum(g <= run.x0 for g in gutters)
        if first == len(gutters) or run.x1 <= gutters[first]:
            sides[first].append(run)
            continue
        parts: dict[int, list[tuple[float, float, str]]] = {}
        for glyph in run.glyphs:
            parts.setdefault(sum(g < (glyph[0] + glyph[1]) / 2 for g in gutters), []).append(glyph)
        for place, glyphs in parts.items():
            sides[place].append(FontRun(glyphs, run.font, run.size, run.base, run.bottom, run.order, run.paint))
    return sides


def _whites(row: Printed) -> list[tuple[float, float]]:
    """The white space of a row: before, between and after its pieces."""
    edges = [-math.inf, *(x for piece in row.pieces for x in (piece.x0, piece.x1)), math.inf]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _band(printed: Sequence[Printed], at: int) -> Band | None:
    """The rows from `at` on that have white space in common with it; None where fewer than two have it inside."""
    best: list[tuple[int, int, float, float]] = []
    for left, right in pairwise(printed[at].pieces):
        low, high, shared, end = left.x1, right.x0, 1, at + 1
        for place in range(at + 1, len(printed)):
            row = printed[place]
            if row.base - printed[place - 1].base > 8 * row.runs[0].size:
                break
            room = max(((max(low, a), min(high, b)) for a, b in _whites(row)), key=lambda w: w[1] - w[0])
            if room[1] - room[0] < COLUMN_GAP_POINTS:
                break
            low, high = room
            if any(p.x1 <= low for p in row.pieces) and any(p.x0 >= high for p in row.pieces):
                shared, end = shared + 1, place + 1
        if shared >= 2:
            best.append((shared, _tail(printed, end, low, high), low, high))
    if not best:
        return None
    _, end, low, high = max(best)
    rows = list(printed[at:end])
    return Band(rows, _strips(rows, low, high))


def _tail(printed: Sequence[Printed], end: int, low: float, high: float) -> int:
    """How far the columns go on where only one of them has lines left, closely spaced."""
    while end < len(printed):
        row, before = printed[end], printed[end - 1]
        one_side = row.pieces[-1].x1 <= low or row.pieces[0].x0 >= high
        if not one_side or row.base - before.base > 1.7 * row.pieces[0].size:
            break
        end += 1
    return end


def _strips(rows: Sequence[Printed], low: float, high: float) -> list[float]:
    """Middles of all white strips through the rows, the given one among them."""
    spans = sorted((p.x0, p.x1) for row in rows for p in row.pieces)
    found: list[float] = []
    edge = spans[0][1]
    for x0, x1 in spans:
        if x0 - edge >= COLUMN_GAP_POINTS:
            found.append((edge + x0) / 2)
        edge = max(edge, x1)
    return found or [(low + high) / 2]


def _fill(pieces: Sequence[Stretch], room: float) -> float:
    return median(p.x1 - p.x0 for p in pieces) / max(room, 1.0)


def _rooms(columns: Sequence[Sequence[Stretch]]) -> list[float]:
    """Width of each column: to where the next one begins, the last one to its longest piece."""
    starts = [min(p.x0 for p in column) for column in columns]
    ends = [*(start - COLUMN_GAP_POINTS for start in starts[1:]), max(p.x1 for p in columns[-1])]
    return [end - start for start, end in zip(starts, ends, strict=True)]


def _is_table(band: Band) -> bool:
    """Short pieces under each other: three columns and rows at least, or two columns and four rows."""
    columns = band.columns()
    if any(len(column) < 2 for column in columns):
        return False
    full = sum(len(row.pieces) == len(columns) for row in band.rows)
    if full < (3 if len(columns) > 2 else 4) or full < 0.6 * len(band.rows):
        return False
    aligned = all(_is_aligned(column) for column in columns)
    lines = [row.base for row in band.rows]
    close = max(b - a for a, b in pairwise(lines)) <= 3.5 * band.rows[0].pieces[0].size
    rooms = [max(p.x1 for p in column) - min(p.x0 for p in column) for column in columns]
    sentences = sum(
        _goes_on(a, b)
        for column, room in zip(columns, rooms, strict=True)
        for a, b in pairwise(column)
        if a.x1 - a.x0 > 0.9 * room and len(a.text) > 15
    )
    short = [_fill(column, room) < FILLED for column, room in zip(columns[:-1], _rooms(columns)[:-1], strict=True)]
    wordy = sum(median(len(p.text) for p in column) >= LONG_CELL for column in columns) > 1
    return aligned and close and all(short) and not wordy and sentences < max(2, 0.2 * full)


def _is_aligned(column: Sequence[Stretch]) -> bool:
    """Whether most pieces begin, or end, or have their middle at the same place."""
    for place in ([p.x0 for p in column], [p.x1 for p in column], [(p.x0 + p.x1) / 2 for p in column]):
        usual = median(place)
        if sum(abs(x - usual) <= 3 for x in place) >= 0.7 * len(place):
            return True
    return False


def _goes_on(before: Stretch, after: Stretch) -> bool:
    return before.text[-1:] not in ".;:!?" and after.text[:1].islower() and after.base - before.base < 2 * after.size


def _cells(band: Band, table: int) -> list[PdfRow]:
    """The rows of a table without lines, each piece a cell."""
    out: dict[tuple[int, int, int], list[PdfRow]] = {}
    for number, row in zip(_row_numbers(band), band.rows, strict=True):
        for column, side in enumerate(_cut(row.runs, band.gutters), 1):
            for line in rows_of(side):
                out.setdefault((table, number, column), []).append(line._replace(cell=(table, number, column)))
    return [line for key in sorted(out, key=lambda k: k[1:]) for line in out[key]]


def _row_numbers(band: Band) -> list[int]:
    """The row of the table, from 1, that each printed row belongs to.

    Case 1, cells of several lines set apart by space ("Colombo / Process", then a gap): a wider gap begins a row.
    Case 2, all lines evenly spaced: one begins a row that has a first cell ("Rabat Process | Development").
    """
    gaps = [b.base - a.base for a, b in pairwise(band.rows)]
    wider = [gap > 1.2 * min(gaps) for gap in gaps]
    full = len(band.gutters) + 1
    inner = [row for row, is_wider in zip(band.rows[1:], wider, strict=True) if not is_wider]
    spaced = any(wider) and sum(len(row.pieces) < full for row in inner) > 0.5 * len(inner)
    numbers = [1]
    for row, is_wider in zip(band.rows[1:], wider, strict=True):
        begins = is_wider if spaced else is_wider or row.pieces[0].x0 < band.gutters[0]
        numbers.append(numbers[-1] + begins)
    return numbers


def _groups(rows: Sequence[PdfRow]) -> list[list[PdfRow]]:
    """Rows that stand closely under each other."""
    out: list[list[PdfRow]] = []
    for row in rows:
        if out and row.base - out[-1][-1].base <= 1.6 * row.size:
            out[-1].append(row)
        else:
            out.append([row])
    return out


def _heading_side(band: Band) -> int | None:
    """Which of two columns holds side headings (0 or 1): narrow, with fewer lines, each level with the first line of a
    paragraph; in a style of its own, or beside numbers."""
    columns = band.columns()
    if len(columns) != 2:
        return None
    left, right = columns
    widths = [max(p.x1 for p in c) - min(p.x0 for p in c) for c in columns]
    side = 0 if widths[0] <= widths[1] else 1
    headings, text = (left, right) if side == 0 else (right, left)
    if widths[side] > NARROW * sum(widths) or len(headings) > 0.67 * len(text) or not _fills(text):
        return None
    firsts = [p for n, p in enumerate(headings) if not n or p.base - headings[n - 1].base > 1.6 * p.size]
    starts = [p for n, p in enumerate(text) if not n or p.base - text[n - 1].base > 1.2 * p.size]
    level = [next((s for s in starts if abs(p.base - s.base) <= 0.4 * p.size), None) for p in firsts]
    if level.count(None) > 0.25 * len(firsts) or any(sum(map(str.isalpha, p.text)) < 3 for p in firsts):
        return None
    is_styled = sum(p.styled for p in headings) >= 0.8 * len(headings) and sum(p.styled for p in text) <= 0.5 * len(
        text
    )
    numbered = sum(s is not None and _NUMBERED.match(s.text) is not None for s in level)
    return side if is_styled or (len(firsts) > 1 and numbered >= 0.75 * len(firsts)) else None


def _fills(lines: Sequence[Stretch]) -> bool:
    """Whether a good part of the lines is as long as the longest."""
    room = max(p.x1 for p in lines) - min(p.x0 for p in lines)
    return sum(p.x1 - p.x0 > 0.8 * room for p in lines) >= 0.3 * len(lines)


def _is_caseless(pieces: Sequence[Stretch]) -> bool:
    return sum(p.text.lower() == p.text.upper() for p in pieces) > 0.5 * len(pieces)


def _is_running_text(band: Band) -> bool:
    """Whether each column is filled with lines of text that go on from one to the next."""
    columns = band.columns()
    for column in columns:
        room = max(p.x1 for p in column) - min(p.x0 for p in column)
        if len(column) < FEWEST_LINES or _fill(column, room) < FILLED:
            return False
        sentences = sum(_goes_on(a, b) for a, b in pairwise(column))
        if sentences < (1 if len(column) < FEWEST_LINES_AT_ONCE else 2) and not _is_caseless(column):
            return False
    tops = [min(p.base for p in column) for column in columns]
    ends = [max(p.base for p in column) for column in columns]
    shortest = min(end - top for top, end in zip(tops, ends, strict=True))
    return min(ends) - max(tops) > 0.5 * shortest


def _gutter(rows: Sequence[Printed]) -> float | None:
    """Where the white space between two columns of running text stands over the whole page; None where there is none.

    Both sides need at least six pieces that fill their side, beside each other: a tabulated list does not.
    """
    if len(rows) < 12:
        return None
    pieces = [piece for row in rows for piece in row.pieces]
    left, right = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    lowest: tuple[int, float, float] | None = None
    x = left + 0.3 * (right - left)
    while x < left + 0.75 * (right - left):
        cover = sum(1 for p in pieces if p.x0 < x < p.x1)
        if lowest is None or cover < lowest[0]:
            lowest = (cover, x, x)
        elif cover == lowest[0] and x - lowest[2] <= 2.5:
            lowest = (cover, lowest[1], x)
        x += 2.0
    if lowest is None:
        return None
    crossing, middle = lowest[0], (lowest[1] + lowest[2]) / 2
    before, after = [p for p in pieces if p.x1 <= middle], [p for p in pieces if p.x0 >= middle]
    if min(len(before), len(after)) < FEWEST_LINES_AT_ONCE or crossing > 0.5 * max(len(before), len(after)):
        return None
    rooms = (max(p.x1 for p in before) - left, right - min(p.x0 for p in after))
    fills = all(_fill(side, room) >= 0.7 for side, room in zip((before, after), rooms, strict=True))
    overlap = min(max(p.base for p in side) for side in (before, after)) - max(
        min(p.base for p in side) for side in (before, after)
    )
    height = min(max(p.base for p in side) - min(p.base for p in side) for side in (before, after))
    return middle if fills and overlap > 0.5 * height else None


def page_gutter(runs: Sequence[FontRun]) -> float | None:
    """Where the white space between two columns stands that the whole page has; None on other pages."""
    return _gutter([_printed(base, group) for base, group in group_runs(runs)])


def _crosses(row: Printed, gutter: float) -> bool:
    before = max((p.x1 for p in row.pieces if p.x0 < gutter), default=-math.inf)
    after = min((p.x0 for p in row.pieces if p.x0 >= gutter), default=math.inf)
    return before > gutter or after - before < COLUMN_GAP_POINTS


def sheet_middle(runs: Sequence[FontRun], width: float, height: float) -> float | None:
    """Where a landscape sheet with two pages beside each other is to be cut; None for a single page.

    White space down its middle, and on both sides lines that fill them.
    """
    if width < 1.2 * height:
        return None
    pieces = [piece for base, group in group_runs(runs) for piece in _stretches(base, group)]
    if any(p.x0 < width / 2 < p.x1 for p in pieces):
        return None
    sides = [[p for p in pieces if not _is_mark(p) and (p.x1 <= width / 2) == is_left] for is_left in (True, False)]
    if min(map(len, sides)) < FEWEST_LINES:
        return None
    gap = min(p.x0 for p in sides[1]) - max(p.x1 for p in sides[0])
    rooms = [max(p.x1 for p in side) - min(p.x0 for p in side) for side in sides]
    is_text = all(
        _fills(side) and (any(_goes_on(a, b) for a, b in pairwise(side)) or _is_caseless(side)) for side in sides
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
