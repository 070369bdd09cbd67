"""Rows of a page with white space in common, and what that space makes of them: a table, side headings, columns of text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from pipeline.ingest.pdf.bidi import is_right_to_left
from pipeline.ingest.pdf.rows import FontRun, PdfRow, font_style, rows_of

COLUMN_GAP_POINTS = 8.0
NARROW = 0.45
"""A column of side headings is narrower than this share of both together."""
FILLED = 0.72
"""Lines of running text fill this share of their column, the middle one of them."""
LONG_CELL = 25
"""Letters of a cell from which it is a line of text; a table has one column of such lines at most."""
SHORT_LINE = 12
"""Letters that the middle line of a column of running text has at least."""
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
    is_styled: bool


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


def whole_lines(sides: Iterable[Sequence[Stretch]]) -> list[Stretch]:
    """The pieces of each row as one line: justified lines of a narrow column have wide gaps between their words."""
    return [
        side[0]._replace(x1=side[-1].x1, text=" ".join(piece.text for piece in side)) if len(side) > 1 else side[0]
        for side in sides
        if side
    ]


def levelled(rows: Sequence[Printed]) -> list[Printed]:
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


def stretches_of(base: float, runs: Sequence[FontRun]) -> list[Stretch]:
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


def printed_row(base: float, runs: list[FontRun]) -> Printed:
    """A row with its stretches; a mark or number stays with what follows, a page number with what it follows."""
    whole = stretches_of(base, runs)
    out: list[Stretch] = []
    for piece in whole:
        hangs = out and is_mark(out[-1]) and piece.x0 - out[-1].x1 <= LONGEST_MARK_GAP_EM * piece.size
        if hangs or (out and len(whole) == 2 and is_mark(piece)):
            out[-1] = out[-1]._replace(x1=piece.x1, text=f"{out[-1].text} {piece.text}")
        else:
            out.append(piece)
    return Printed(base, runs, out)


def _piece(base: float, ink: Sequence[tuple[tuple[float, float, str], FontRun]]) -> Stretch:
    size = max(run.size for _, run in ink)
    is_styled = sum(any(font_style(run.font)) for _, run in ink) > 0.9 * len(ink)
    return Stretch(ink[0][0][0], max(g[1] for g, _ in ink), base, size, "".join(g[2] for g, _ in ink), is_styled)


def is_mark(piece: Stretch) -> bool:
    return len(piece.text) <= 12 and _MARK.fullmatch(piece.text) is not None


def is_from_right(rows: Sequence[Printed]) -> bool:
    texts = [piece.text for row in rows for piece in row.pieces]
    return sum(map(is_right_to_left, texts)) > 0.5 * len(texts)


def cut_runs(runs: Sequence[FontRun], gutters: Sequence[float]) -> list[list[FontRun]]:
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


def band_at(printed: Sequence[Printed], at: int) -> Band | None:
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
    """How far the columns go on where only one of them has lines left: closely spaced, or filled again after a space."""
    while end < len(printed):
        row, before = printed[end], printed[end - 1]
        if not (row.pieces[-1].x1 <= low or row.pieces[0].x0 >= high):
            break
        if row.base - before.base > 1.7 * row.pieces[0].size and not _is_filled_again(printed, end, low, high):
            break
        end += 1
    return end


def _is_filled_again(printed: Sequence[Printed], at: int, low: float, high: float) -> bool:
    """Whether a paragraph begins here that is no wider than its column: two lines, the first of which fills it."""
    first, *second = printed[at : at + 2]
    is_left = first.pieces[-1].x1 <= low
    pieces = [p for row in printed[:at] for p in row.pieces if (p.x1 <= low if is_left else p.x0 >= high)]
    room = max(p.x1 for p in pieces) - min(p.x0 for p in pieces) if pieces else math.inf
    return (
        bool(second)
        and all(
            (row.pieces[-1].x1 <= low if is_left else row.pieces[0].x0 >= high)
            and row.base - before < 3 * row.pieces[0].size
            for row, before in zip((first, *second), (printed[at - 1].base, first.base), strict=True)
        )
        and first.pieces[-1].x1 - first.pieces[0].x0 > FILLED * room
    )


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


def fill_of(pieces: Sequence[Stretch], room: float) -> float:
    return median(p.x1 - p.x0 for p in pieces) / max(room, 1.0)


def _rooms(columns: Sequence[Sequence[Stretch]]) -> list[float]:
    """Width of each column: to where the next one begins, the last one to its longest piece."""
    starts = [min(p.x0 for p in column) for column in columns]
    ends = [*(start - COLUMN_GAP_POINTS for start in starts[1:]), max(p.x1 for p in columns[-1])]
    return [end - start for start, end in zip(starts, ends, strict=True)]


def is_table(band: Band) -> bool:
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
        goes_on(a, b)
        for column, room in zip(columns, rooms, strict=True)
        for a, b in pairwise(column)
        if a.x1 - a.x0 > 0.9 * room and len(a.text) > 15
    )
    short = [fill_of(column, room) < FILLED for column, room in zip(columns[:-1], _rooms(columns)[:-1], strict=True)]
    wordy = sum(median(len(p.text) for p in column) >= LONG_CELL for column in columns) > 1
    return aligned and close and all(short) and not wordy and sentences < max(2, 0.2 * full)


def _is_aligned(column: Sequence[Stretch]) -> bool:
    """Whether most pieces begin, or end, or have their middle at the same place."""
    return any(map(is_flush, ([p.x0 for p in column], [p.x1 for p in column], [(p.x0 + p.x1) / 2 for p in column])))


def is_flush(places: Sequence[float], share: float = 0.7) -> bool:
    """Whether most lines begin (or end) at the same place."""
    usual = median(places)
    return sum(abs(x - usual) <= 3 for x in places) >= share * len(places)


def goes_on(before: Stretch, after: Stretch) -> bool:
    return before.text[-1:] not in ".;:!?" and after.text[:1].islower() and after.base - before.base < 2 * after.size


def cells_of(band: Band, table: int) -> list[PdfRow]:
    """The rows of a table without lines, each piece a cell."""
    out: dict[tuple[int, int, int], list[PdfRow]] = {}
    for number, row in zip(_row_numbers(band), band.rows, strict=True):
        for column, side in enumerate(cut_runs(row.runs, band.gutters), 1):
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


def heading_side(band: Band) -> int | None:
    """Which of two columns holds side headings (0 or 1): narrow, with fewer lines, each level with the first line of a
    paragraph; in a style of its own, or beside numbers."""
    columns = band.columns()
    if len(columns) != 2:
        return None
    left, right = columns
    widths = [max(p.x1 for p in c) - min(p.x0 for p in c) for c in columns]
    side = 0 if widths[0] <= widths[1] else 1
    headings, text = (left, right) if side == 0 else (right, left)
    if widths[side] > NARROW * sum(widths) or len(headings) > 0.67 * len(text) or not fills_room(text):
        return None
    firsts = [p for n, p in enumerate(headings) if not n or p.base - headings[n - 1].base > 1.6 * p.size]
    starts = [p for n, p in enumerate(text) if not n or p.base - text[n - 1].base > 1.2 * p.size]
    level = [next((s for s in starts if abs(p.base - s.base) <= 0.4 * p.size), None) for p in firsts]
    if level.count(None) > 0.25 * len(firsts) or any(sum(map(str.isalpha, p.text)) < 3 for p in firsts):
        return None
    is_styled = sum(p.is_styled for p in headings) >= 0.8 * len(headings) and sum(
        p.is_styled for p in text
    ) <= 0.5 * len(text)
    numbered = sum(s is not None and _NUMBERED.match(s.text) is not None for s in level)
    return side if is_styled or (len(firsts) > 1 and numbered >= 0.75 * len(firsts)) else None


def fills_room(lines: Sequence[Stretch]) -> bool:
    """Whether a good part of the lines is as long as the longest."""
    room = max(p.x1 for p in lines) - min(p.x0 for p in lines)
    return sum(p.x1 - p.x0 > 0.8 * room for p in lines) >= 0.3 * len(lines)


def is_caseless(pieces: Sequence[Stretch]) -> bool:
    return sum(p.text.lower() == p.text.upper() for p in pieces) > 0.5 * len(pieces)


def _rows_of(column: Sequence[Stretch]) -> list[list[Stretch]]:
    return [list(row) for _, row in groupby(column, key=lambda piece: piece.base)]


def is_running_text(band: Band) -> bool:
    """Whether each column is filled with lines of text that go on from one to the next."""
    columns = [whole_lines(_rows_of(column)) for column in band.columns()]
    is_turned = is_from_right(band.rows)
    for column in columns:
        if median(len(p.text) for p in column) < SHORT_LINE or not is_flush(
            [p.x1 if is_turned else p.x0 for p in column]
        ):
            return False  # wide gaps in justified lines
        room = max(p.x1 for p in column) - min(p.x0 for p in column)
        if len(column) < FEWEST_LINES or fill_of(column, room) < FILLED:
            return False
        sentences = sum(goes_on(a, b) for a, b in pairwise(column))
        if sentences < (1 if len(column) < FEWEST_LINES_AT_ONCE else 2) and not is_caseless(column):
            return False
    tops = [min(p.base for p in column) for column in columns]
    ends = [max(p.base for p in column) for column in columns]
    shortest = min(end - top for top, end in zip(tops, ends, strict=True))
    return min(ends) - max(tops) > 0.5 * shortest
