"""Typographic paragraphs: which rows begin one, which rows continue it, and how deep it is indented."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.ingest.openings import begins_paragraph, closes_parenthesis
from pipeline.ingest.pdf.furniture import RowRole
from pipeline.ingest.pdf.layout import PageRows
from pipeline.ingest.pdf.region import FRAMES
from pipeline.ingest.pdf.rows import PdfRow

WIDER_GAP = 1.25
"""A line distance of more than this, times the usual leading, sets paragraphs apart."""
ALIGNED_EM = 0.5

_LIST_MARK = re.compile(
    r"(?:\(?(?:[a-z]{1,2}|[ivxlc]{1,6}|\d{1,3})\)|(?:\d{1,3}|[A-Za-z]|[IVXLC]{1,6}|[ivxlc]{2,6})[.)]"
    r"|\(?[\u0621-\u064a](?:\u0640)?\)|[\u0621-\u064a]\u0640?[.\u2013-]|[\d]{1,3}\u0640?[-\u2013]"
    r"|\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}/\d{1,4}\.|[•·▪◦‣●○■□\u2013\u2014\u2015\ue000-\uf8ff\ufffd*-]|o)"
)
_TERMINAL = re.compile(r"[.;:!?…؟؛。][\"'”’»)\]]*$")
_LEADER = re.compile(r"(?:[.…·_]\s?){5,}\s*[\divxlc]*$")
_OPENING = re.compile(r"[\"'“‘«(\[]*(.)")


class RowPlace(NamedTuple):
    """What is known of a row's place in the flow of paragraphs."""

    has_break: bool
    depth: int
    is_centred: bool


@dataclass(slots=True)
class _Area:
    """One column of one page: where its text begins and ends (measured in reading direction, in points)."""

    left: float
    right: float

    @property
    def measure(self) -> float:
        return max(self.right - self.left, 1.0)


@dataclass(slots=True)
class _Item:
    page: int
    index: int
    row: PdfRow
    area: _Area
    start: float
    end: float
    column: int
    is_centred: bool = False
    is_after_table: bool = False

    @property
    def offset(self) -> float:
        return self.start - self.area.left

    @property
    def room(self) -> float:
        return self.area.right - self.end


@dataclass(frozen=True, slots=True)
class _Style:
    """How the document sets its text: line distance for each size, indents of first lines (in steps of 2 points),
    and whether lines are spread to the full measure."""

    leading: dict[float, float]
    indents: frozenset[int]
    is_justified: bool


def place(pages: Sequence[PageRows], parts: Sequence[Sequence[RowRole]]) -> dict[tuple[int, int], RowPlace]:
    """Say of each body row (page index, row index) whether a paragraph begins with it, and how deep it stands.

    Signs, in this order: change of size or weight, a wider gap than the leading, a list mark set off by a gap or an
    indent, an indent that differs from the lines before, a short line before it. Across columns and pages the
    gap says nothing, so a paragraph goes on unless its last line ended it or the next one is indented anew.
    """
    items = _items(pages, parts)
    style = _Style(_leading(items), _first_line_indents(items), _justified(items))
    flows: dict[tuple[int, int], list[list[_Item]]] = defaultdict(list)
    for item in items:
        framed = item.column // FRAMES
        blocks = flows[item.page if framed else -1, framed]
        if blocks and not _begins(blocks[-1], item, style):
            blocks[-1].append(item)
        else:
            blocks.append([item])
    blocks = [block for flow in flows.values() for block in flow]
    steps = _steps([b[0] for b in blocks])
    out: dict[tuple[int, int], RowPlace] = {}
    for block in blocks:
        depth = _depth(block[0], steps)
        for k, item in enumerate(block):
            out[item.page, item.index] = RowPlace(k == 0, depth, item.is_centred)
    return out


def _items(pages: Sequence[PageRows], parts: Sequence[Sequence[RowRole]]) -> list[_Item]:
    body = [
        [(i, r) for i, r in enumerate(page.rows) if part[i].role == "body"]
        for page, part in zip(pages, parts, strict=True)
    ]
    rows = [r for some in body for _, r in some]
    rtl = sum(r.is_right_to_left for r in rows) > len(rows) / 2
    areas = _areas(pages, body, rtl)
    table = False
    items: list[_Item] = []
    for n, page in enumerate(pages):
        previous = -1
        for i, row in body[n]:
            start, end = _span(row, page, rtl)
            table = table or _has_cells(parts[n][previous + 1 : i])
            items.append(_Item(n, i, row, areas[n, row.column], start, end, row.column, is_after_table=table))
            previous, table = i, False
        table = table or _has_cells(parts[n][previous + 1 :])
    usual = Counter(round(i.offset / 2) for i in items)
    for item in items:
        inset, em = item.offset, item.row.size
        even = abs(inset - item.room) <= max(3.0, 0.015 * item.area.measure)
        indent = sum(usual[round(inset / 2) + d] for d in (-1, 0, 1)) >= max(4, 0.03 * len(items))
        item.is_centred = even and (inset > 0.4 * em if item.row.is_bold else inset > 1.2 * em and not indent)
    return items


def _has_cells(parts: Sequence[RowRole]) -> bool:
    return any(part.role == "cell" for part in parts)


def _span(row: PdfRow, page: PageRows, rtl: bool) -> tuple[float, float]:
    return (page.across - row.x1, page.across - row.x0) if rtl else (row.x0 - row.inset, row.x1)


def _areas(
    pages: Sequence[PageRows], body: Sequence[Sequence[tuple[int, PdfRow]]], rtl: bool
) -> dict[tuple[int, int], _Area]:
    """Left and right edge of each page's columns; pages with little text borrow them from their fellows."""
    spans: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for n, some in enumerate(body):
        for _, row in some:
            spans[n, row.column].append(_span(row, pages[n], rtl))
    full: dict[tuple[int, int], _Area] = {}
    for key, ends in spans.items():
        if len(ends) >= 8:
            starts = sorted(s for s, _ in ends)
            need = max(2, 0.12 * len(ends))
            left = next((s for s in starts if sum(abs(o - s) <= 2 for o in starts) >= need), starts[0])
            stops = sorted(e for _, e in ends)
            full[key] = _Area(left, stops[min(int(0.9 * len(stops)), len(stops) - 1)])
    out: dict[tuple[int, int], _Area] = {}
    for (n, column), ends in spans.items():
        if (n, column) in full:
            area = full[n, column]
            fellow = median(a.right for (_, c), a in full.items() if c == column and abs(a.left - area.left) <= 3)
            out[n, column] = _Area(area.left, max(area.right, fellow))
            continue
        lowest = min(s for s, _ in ends)
        fellows = sorted(((n - m) % 2, abs(n - m), a.left, a.right) for (m, c), a in full.items() if c == column)
        near = next((f for f in fellows if f[2] <= lowest + 3), None)
        if near is not None:
            out[n, column] = _Area(near[2], near[3])
        else:
            out[n, column] = _Area(lowest, max(e for _, e in ends))
    return out


def _leading(items: Sequence[_Item]) -> dict[float, float]:
    """Usual distance of baselines for each size, from lines that run on in mid-sentence; else the smallest common."""
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    running: dict[float, Counter[float]] = defaultdict(Counter)
    for a, b in pairwise(items):
        gap = b.row.base - a.row.base
        size = a.row.size
        if a.page == b.page and a.column == b.column and size == b.row.size and 0.8 * size < gap < 2.6 * size:
            gaps[size][round(gap * 2) / 2] += 1
            if _continues_in_sense(a.row, b.row):
                running[size][round(gap * 2) / 2] += 1
    out: dict[float, float] = {}
    for size, counts in gaps.items():
        if running[size]:
            out[size] = min(running[size], key=lambda g: (-running[size][g], g))
        else:
            lowest = min(g for g, c in counts.items() if c >= 0.15 * max(counts.values()))
            out[size] = min(lowest, 1.35 * size)
    return out


def _first_line_indents(items: Sequence[_Item]) -> frozenset[int]:
    """Indents from which the next line mostly falls back to the left: those of first lines, not of whole blocks."""
    back: Counter[int] = Counter()
    kept: Counter[int] = Counter()
    for a, b in pairwise(items):
        tolerance = ALIGNED_EM * a.row.size
        if a.page != b.page or a.column != b.column or a.offset <= tolerance or a.room > 3 * a.row.size:
            continue
        if abs(b.start - a.start) <= tolerance:
            kept[round(a.offset / 2)] += 1
        elif b.start < a.start and b.offset > -tolerance:
            back[round(a.offset / 2)] += 1
    return frozenset(k + d for k, n in back.items() if n > kept[k] for d in (-1, 0, 1))


def _first_word_width(row: PdfRow) -> float:
    word = row.words[0]
    return word.x1 - word.x0


def _is_list_start(row: PdfRow) -> tuple[bool, bool]:
    """Whether a row begins with a list mark, and whether a gap wider than its word spaces follows the mark."""
    if len(row.words) < 2:
        return (not row.words or _LIST_MARK.fullmatch(row.text) is not None), False
    first = row.words[0]
    if _LIST_MARK.fullmatch(row.text[first.start : first.end]) is None:
        return False, False
    gaps = _word_gaps(row)
    spaces = sorted(gaps[1:])
    usual = spaces[len(spaces) // 2] if spaces else 0.28 * row.size
    return True, gaps[0] > 1.4 * usual + 0.15 * row.size


def _word_gaps(row: PdfRow) -> list[float]:
    """The spaces between a row's words, in reading direction."""
    return [a.x0 - b.x1 if row.is_right_to_left else b.x0 - a.x1 for a, b in pairwise(row.words)]


def _continues_in_sense(before: PdfRow, after: PdfRow) -> bool:
    """Whether the wording alone says that a sentence runs on: no full stop before, a small letter after."""
    opening = _OPENING.match(after.text)
    return not _TERMINAL.search(before.text) and opening is not None and opening[1].islower()


def _may_run_on(before: PdfRow, after: PdfRow) -> bool:
    """The same for scripts without capitals, where every letter may go on."""
    opening = _OPENING.match(after.text)
    caseless = opening is not None and opening[1].isalpha() and opening[1].lower() == opening[1].upper()
    return _continues_in_sense(before, after) or (caseless and not _TERMINAL.search(before.text))


def _justified(items: Sequence[_Item]) -> bool:
    """Whether the lines that run on in mid-sentence end at the right edge."""
    rooms = [
        a.room
        for a, b in pairwise(items)
        if a.page == b.page and a.column == b.column and not a.row.is_bold and _continues_in_sense(a.row, b.row)
    ]
    return len(rooms) >= 5 and sum(abs(room) <= 2.0 for room in rooms) >= 0.7 * len(rooms)


def _ended(last: _Item, item: _Item, style: _Style) -> bool:
    """Whether the line before stopped short although the first word of the next one had room."""
    need = _first_word_width(item.row) + 0.25 * item.row.size
    if last.room <= need:
        return False
    if _TERMINAL.search(last.row.text):
        return last.room > need + 0.3 * item.row.size
    if _continues_in_sense(last.row, item.row):
        return last.room > 0.6 * last.area.measure and not last.row.text.endswith(",")
    return style.is_justified or last.room > 0.25 * last.area.measure


def _hangs(first: _Item, start: float) -> bool:
    """Whether a line begins under the text after the first line's mark ("1.   Text", "73/6.  Title")."""
    row = first.row
    tolerance = ALIGNED_EM * row.size
    for gap, word in zip(_word_gaps(row)[:3], row.words[1:4], strict=False):
        inset = row.x1 - word.x1 if row.is_right_to_left else word.x0 - row.x0
        if gap > 0.45 * row.size and abs(first.start + inset - start) <= tolerance:
            return True
    return False


def _begins(block: Sequence[_Item], item: _Item, style: _Style) -> bool:
    """Whether a paragraph begins with a row; the first case that knows an answer decides.

    Case 1, set apart: after a table or a line of dots, at the head of a region, in another size or weight.
    Case 2, the gap above: wider than the leading ("...take part.   [gap]   2. Ministers invited").
    Case 3, rows of one heading, bold or centred, belong together ("DECLARATION OF THE TOWNS / ON BOATS").
    Case 4, other setting: centred after ragged text, or pushed far to the right ("Distr.: General").
    Case 5, a list mark with a gap after it, or after a line that ended ("...at both landings; / (b) The counts").
    Case 6, a word that only begins clauses ("...of 19 December 2018, / Recalling also").
    Case 7, another left edge than the rows before, or a row before that stopped short.
    """
    pair = _Pair(block[0], block[-1], item, style)
    for case in (_set_apart, _gap_above, _within_heading, _other_setting):
        answer = case(pair)
        if answer is not None:
            return answer
    listed, wide = pair.mark
    if listed and (wide or _TERMINAL.search(pair.last.row.text) or _ended(pair.last, item, style)):
        return True
    if begins_paragraph(pair.last.row.text, item.row.text):
        return True
    return _misaligned(block, item, pair.is_in_same_area, style) or _ended(pair.last, item, style)


class _Pair(NamedTuple):
    """A row that may begin a paragraph, and the first and the last row of the paragraph before it."""

    first: _Item
    last: _Item
    item: _Item
    style: _Style

    @property
    def is_in_same_area(self) -> bool:
        return self.item.page == self.last.page and self.item.column == self.last.column

    @property
    def mark(self) -> tuple[bool, bool]:
        is_closing = closes_parenthesis(self.last.row.text, self.item.row.text)
        return (False, False) if is_closing else _is_list_start(self.item.row)

    @property
    def runs_on(self) -> bool:
        return _continues_in_sense(self.last.row, self.item.row)


def _set_apart(pair: _Pair) -> bool | None:
    first, last, item, _ = pair
    row, before, em = item.row, last.row, item.row.size
    if item.is_after_table or row.is_opening or _LEADER.search(before.text) or abs(row.size - before.size) > 0.04 * em:
        return True
    if row.is_bold != before.is_bold and before.is_bold_at_end != row.is_bold_at_start:
        inside = row.is_bold and not first.row.is_bold and not _TERMINAL.search(before.text) and last.room < 3 * em
        return None if inside else True
    return None


def _gap_above(pair: _Pair) -> bool | None:
    _, last, item, style = pair
    em = item.row.size
    gap, usual = item.row.base - last.row.base, style.leading.get(em, 1.2 * em)
    if not pair.is_in_same_area:
        return None
    if gap <= 0:
        return True
    if gap > WIDER_GAP * usual:
        near = pair.runs_on and last.room < 2 * em and gap < 1.9 * usual
        if pair.mark[0] or not near or abs(item.start - last.start) > ALIGNED_EM * em:
            return True
    return None


def _within_heading(pair: _Pair) -> bool | None:
    first, last, item, style = pair
    if not pair.is_in_same_area:
        return None
    if item.row.is_bold and last.row.is_bold:
        listed, wide = pair.mark
        return listed and (wide or _ended(last, item, style)) and not _hangs(first, item.start)
    return False if item.is_centred and last.is_centred else None


def _other_setting(pair: _Pair) -> bool | None:
    first, last, item, _ = pair
    if pair.runs_on:
        return None
    if item.is_centred != last.is_centred and (last.is_centred or last.room > 2 * item.row.size):
        return True
    deep = 0.42 * item.area.measure
    return True if first.offset > deep and item.offset > 0.9 * deep else None


def _misaligned(block: Sequence[_Item], item: _Item, same_area: bool, style: _Style) -> bool:
    """Whether a line begins elsewhere than the block's lines do (its first-line indent or hanging mark allowed)."""
    first, last = block[0], block[-1]
    tolerance = ALIGNED_EM * item.row.size
    shift = 0.0 if same_area else item.area.left - last.area.left
    start = item.start - shift
    if len(block) > 1:
        expected = block[-1].start if block[-1] is not first else block[1].start
        if block[-1].page != first.page or block[-1].column != first.column:
            expected = last.start
        return abs(start - expected) > tolerance
    difference = start - first.start
    if abs(difference) <= tolerance:
        return round(first.offset / 2) in style.indents
    if difference < 0:
        return item.offset < -tolerance and first.offset >= -tolerance
    return not _hangs(first, start) and not (_may_run_on(first.row, item.row) and last.room < 2 * item.row.size)


def _steps(firsts: Sequence[_Item]) -> list[float]:
    """Indents at which paragraphs begin, from the text's left edge inwards."""
    steps: list[float] = []
    for offset in sorted(i.offset for i in firsts if not i.is_centred and i.offset < 0.4 * i.area.measure):
        if offset <= ALIGNED_EM * 10:
            offset = 0.0
        if not steps or offset - steps[-1] > 6.0:
            steps.append(offset)
    return steps


def _depth(item: _Item, steps: Sequence[float]) -> int:
    if item.is_centred or item.offset >= 0.4 * item.area.measure:
        return 0
    return max((k for k, s in enumerate(steps) if item.offset >= s - 3.0), default=0)
