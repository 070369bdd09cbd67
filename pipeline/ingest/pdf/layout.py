"""The layout of a page: its text in reading order, region after region, tables cell by cell."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pdfminer.layout import LTCurve, LTFigure, LTImage, LTPage, LTRect

from pipeline.ingest.pdf.content import DARK, UNSEEN, WHITE, Glyph, brightness
from pipeline.ingest.pdf.grids import Edge, Grid, edges_of, grids_of
from pipeline.ingest.pdf.legible import SAMPLE, is_meant, mapping_of
from pipeline.ingest.pdf.ornament import pushed_in, take_initials, take_watermarks
from pipeline.ingest.pdf.region import FRAMES, Lattice, beside, page_gutter, sheet_middle
from pipeline.ingest.pdf.rows import FontRun, PdfRow, rows_of

RUN_GAP_EM = 2.0
SLANTED = 4
MOST_COVERS = 2_000
OCR_CELL_POINTS = 6.0
UNMAPPED = "\ufffd"
WIN_ANSI_BULLET = "(cid:127)"
"""Codes left unused in WinAnsiEncoding stand for bullets (ISO 32000-1, annex D.2, note 3); pdfminer names them so."""


class PageRows(NamedTuple):
    """What is kept of a page once its PDF objects are closed: rows in reading order, rules, and counts.

    `width` and `height` are those of the page as displayed, `turn` the quarter turns of its text. One of two pages
    of a sheet has a `span`, its width, and a `shift`, the points that it stands from the sheet's left edge.
    """

    number: int
    width: float
    height: float
    turn: int
    rows: tuple[PdfRow, ...]
    rules: tuple[Edge, ...] = ()
    grids: tuple[Grid, ...] = ()
    images: int = 0
    glyphs: int = 0
    unmapped: int = 0
    problem: str = ""
    span: float = 0.0
    shift: float = 0.0

    @property
    def across(self) -> float:
        """Width of the upright page, in points."""
        return self.span or (self.height if self.turn % 2 else self.width)

    @property
    def down(self) -> float:
        """Height of the upright page, in points."""
        return self.width if self.turn % 2 else self.height


def page_rows(layout: LTPage, number: int) -> list[PageRows]:
    """Turn a page's layout (`content.page_layout`) into rows in reading order; a sheet with two pages gives both."""
    width, height = float(layout.width), float(layout.height)
    print_ = _collect(layout, width, height)
    counts = {turn: sum(len(r.glyphs) for r in runs) for turn, runs in print_.runs.items()}
    turn = max((t for t in counts if t != SLANTED), key=lambda t: (counts[t], -t), default=0)
    across, down = (height, width) if turn % 2 else (width, height)
    edges = [_turn_edge(e, turn, width, height) for e in print_.edges]
    boxes = [_turn_edge(e, turn, width, height) for e in print_.boxes[:MOST_COVERS]]
    runs = print_.runs.get(turn, [])
    page = PageRows(number, width, height, turn, (), (), (), print_.images, sum(counts.values()), print_.unmapped)
    middle = sheet_middle(runs, across, down)
    if middle is None or any(e.top == e.bottom and e.x0 < middle < e.x1 for e in edges):
        others = [
            row._replace(turn=other)
            for other in sorted(print_.runs)
            if other != turn
            for row in rows_of(print_.runs[other])
        ]
        return [_filled(page, runs, edges, boxes, others)]
    pages: list[PageRows] = []
    for shift in (0.0, middle):
        half = page._replace(span=middle, shift=shift)
        inside = [r for r in runs if shift <= (r.x0 + r.x1) / 2 < shift + middle]
        for run in inside:
            run.glyphs = [(x0 - shift, x1 - shift, text) for x0, x1, text in run.glyphs]
        drawn = [Edge(e.x0 - shift, e.top, e.x1 - shift, e.bottom) for e in edges if shift <= e.x0 < shift + middle]
        filled = [Edge(e.x0 - shift, e.top, e.x1 - shift, e.bottom) for e in boxes if shift <= e.x0 < shift + middle]
        pages.append(_filled(half, inside, drawn, filled, []))
    if sum(row.rtl for p in pages for row in p.rows) > sum(len(p.rows) for p in pages) / 2:
        pages.reverse()
    return [pages[0], pages[1]._replace(images=0, glyphs=0, unmapped=0)]


def _filled(
    page: PageRows, runs: list[FontRun], edges: list[Edge], boxes: list[Edge], others: list[PdfRow]
) -> PageRows:
    grids, frames, rules = grids_of(edges, page.across, page.down)
    frames += [box for box in boxes if (box.x1 - box.x0) * (box.bottom - box.top) < 0.5 * page.across * page.down]
    rows, behind = _read(runs, grids, frames)
    rows = [row._replace(turn=page.turn) for row in rows]
    others = [row._replace(turn=SLANTED) for row in behind] + others
    return page._replace(rows=tuple(rows + others), rules=tuple(rules), grids=tuple(grids))


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


def _objects(layout: LTPage) -> Iterator[object]:
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


@dataclass(slots=True)
class _Print:
    """What is printed on a page: runs by direction of text, edges of lines, boxes that are filled or closed, number of
    images and of letters that cannot be told."""

    runs: dict[int, list[FontRun]] = field(default_factory=lambda: defaultdict(list))
    edges: list[Edge] = field(default_factory=list)
    boxes: list[Edge] = field(default_factory=list)
    images: int = 0
    unmapped: int = 0


def _collect(layout: LTPage, width: float, height: float) -> _Print:
    print_ = _Print()
    glyphs: list[Glyph] = []
    for item in _visible(list(_objects(layout)), width, height):
        if item.__class__ is Glyph:
            glyphs.append(item)
        elif isinstance(item, LTImage):
            print_.images += 1
        elif isinstance(item, LTCurve):
            print_.edges += edges_of(item, height)
            if _covers(item) or item.pts[0] == item.pts[-1]:
                print_.boxes.append(Edge(item.x0, height - item.y1, item.x1, height - item.y0))
    mappings = _mappings(glyphs)
    runs = print_.runs
    descents: dict[str, tuple[int, float]] = {}
    origins: dict[int, float] = {}
    order = 0
    run: FontRun | None = None
    key: tuple[str, int, float, float, float, int] = ("", 0, 0.0, 0.0, 0.0, 0)
    edge = 0.0
    for glyph in glyphs:
        place = _place(glyph, width, height)
        turn, x0, x1, low, base, size, foot = place
        font = glyph.font
        mapping = mappings.get(font)
        if mapping is None or UNMAPPED in (text := _letter(glyph.text, mapping)):
            text = UNMAPPED if mapping is not None else glyph.text
            print_.unmapped += 1
        if not text:
            continue
        if (
            run is None
            or font != key[0]
            or turn != key[1]
            or not -0.05 < size - key[2] < 0.05
            or not -0.05 < base - key[3] < 0.05
            or not -0.05 < low - key[4] < 0.05
            or not -size < x0 - edge < RUN_GAP_EM * size
            or glyph.paint != key[5]
        ):
            order += 1
            run = FontRun([], font, size, foot - base, foot - low, order, glyph.paint)
            origins[order] = foot - base - (foot - low)
            runs[turn].append(run)
            key = (font, turn, size, base, low, glyph.paint)
        run.glyphs.append((x0, x1, text))
        edge = x1
    for run in (r for some in runs.values() for r in some):
        ratio = origins[run.order] / run.size if run.size else 0.0
        if len(run.glyphs) > descents.get(run.font, (0, 0.0))[0]:
            descents[run.font] = (len(run.glyphs), ratio)
    for run in (r for some in runs.values() for r in some):
        run.base = run.bottom + descents[run.font][1] * run.size
    return print_


def _place(glyph: Glyph, width: float, height: float) -> tuple[int, float, float, float, float, float, float]:
    """Direction of a letter's text and, seen in it: left, right, lower edge, baseline, size, and the page's height."""
    _, _, x0, y0, x1, y1, (a, b, c, d, e, f), _ = glyph
    turn = 0 if a > 0 and b == 0 else _turn_of(a, b, c, d)
    if turn == 1:
        return turn, y0, y1, width - x1, width - e, x1 - x0, width
    if turn == 2:
        return turn, width - x1, width - x0, height - y1, height - f, y1 - y0, height
    if turn == 3:
        return turn, height - y1, height - y0, x0, e, x1 - x0, width
    return turn, x0, x1, y0, f, y1 - y0, height


def _letter(text: str, mapping: dict[str, str]) -> str:
    """A glyph's text as it is kept: without white space inside, control characters, and forms of Arabic letters."""
    if mapping:
        text = "".join(mapping.get(char, char) for char in text)
    if len(text) > 1:
        if text == WIN_ANSI_BULLET:
            return "•"
        if text.startswith("(cid:"):
            return UNMAPPED
        text = "".join(text.split()) or " "
    elif text.isspace():
        return " "
    elif text < " " or text == "\x7f":
        return ""
    if "\ufb50" <= text[:1] <= "\ufefc":
        return unicodedata.normalize("NFKC", text).replace(" ", "")
    return text


def _mappings(glyphs: Sequence[Glyph]) -> dict[str, dict[str, str] | None]:
    """How each font's characters are to be read; a font with little text follows the one that was told."""
    samples: dict[str, list[str]] = defaultdict(list)
    edges: dict[str, tuple[float, float]] = {}
    counts: Counter[str] = Counter()
    for glyph in glyphs:
        sample = samples[glyph.font]
        counts[glyph.font] += 1
        if len(sample) < SAMPLE:
            x, y = edges.get(glyph.font, (0.0, 0.0))
            if not -1 < glyph.x0 - x < 0.15 * (glyph.y1 - glyph.y0) or abs(y - glyph.y0) > 1:
                sample.append(" ")
            sample.append(glyph.text if len(glyph.text) < 5 else "")
            edges[glyph.font] = (glyph.x1, glyph.y0)
    found = {font: mapping_of(font, "".join(sample)) for font, sample in samples.items()}
    told = max((font for font in found if found[font]), key=lambda font: counts[font], default="")
    mapping = found.get(told)
    if mapping:
        for font, sample in samples.items():
            if found[font] == {} and counts[font] < counts[told] and is_meant("".join(sample), mapping):
                found[font] = mapping
    return found


def _visible(items: list[Any], width: float, height: float) -> Iterator[Any]:
    """What a reader sees, in the order in which it is painted.

    Left out: what stands outside the page, white letters on white paper, and letters without paint unless they are
    the text of a scan below them.
    """
    unseen = _ocr_layer([i for i in items if i.__class__ is Glyph and i.paint == UNSEEN], items)
    covers: list[tuple[float, float, float, float]] = []
    for item in items:
        if item.__class__ is Glyph:
            if not (-1 <= (item.x0 + item.x1) / 2 <= width + 1 and -1 <= (item.y0 + item.y1) / 2 <= height + 1):
                continue
            if item.paint == DARK or (item.paint == UNSEEN and id(item) in unseen):
                yield item
            elif item.paint == WHITE:
                x, y = (item.x0 + item.x1) / 2, (item.y0 + item.y1) / 2
                if len(covers) >= MOST_COVERS or any(c[0] <= x <= c[2] and c[1] <= y <= c[3] for c in covers):
                    yield item
            elif item.paint != UNSEEN:
                yield item
            continue
        if len(covers) < MOST_COVERS and _covers(item):
            covers.append((item.x0, item.y0, item.x1, item.y1))
        yield item


def _covers(item: object) -> bool:
    if isinstance(item, LTImage):
        return True
    if not isinstance(item, LTCurve) or not item.fill:
        return False
    colour = item.non_stroking_color
    return not isinstance(colour, int | float | tuple | list) or brightness("", colour) < 0.96


def _ocr_layer(unseen: Sequence[Glyph], items: Sequence[object]) -> set[int]:
    """The letters without paint that are the text of a scan: those over a picture (or a drawing, on a page without
    other text) that no painted text lies under."""
    if not unseen:
        return set()
    pictures = [(i.x0, i.y0, i.x1, i.y1) for i in items if isinstance(i, LTImage)]
    painted = [i for i in items if i.__class__ is Glyph and i.paint != UNSEEN and not i.text.isspace()]
    if not painted and sum(isinstance(i, LTCurve) and not isinstance(i, LTRect) for i in items) > len(unseen) / 4:
        return {id(glyph) for glyph in unseen}

    def cells(glyph: Glyph) -> Iterator[tuple[int, int]]:
        row = int((glyph.y0 + glyph.y1) / 2 / OCR_CELL_POINTS)
        column = int((glyph.x0 + glyph.x1) / 2 / OCR_CELL_POINTS)
        return ((column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))

    taken = {cell for glyph in painted for cell in cells(glyph)}
    rows: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in unseen:
        rows[round(glyph.matrix[5])].append(glyph)
    kept: set[int] = set()
    for row in rows.values():
        free = [g for g in row if not any(cell in taken for cell in cells(g))]
        if len(free) > 0.8 * len(row):
            kept |= {id(g) for g in free if any(_inside(g, picture) for picture in pictures)}
    return kept


def _inside(glyph: Glyph, box: tuple[float, float, float, float]) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    return box[0] - 2 <= x <= box[2] + 2 and box[1] - 2 <= y <= box[3] + 2


def _read(runs: list[FontRun], grids: Sequence[Grid], frames: Sequence[Edge]) -> tuple[list[PdfRow], list[PdfRow]]:
    """Rows in reading order, tables and frames where they stand; and the rows behind the text."""
    cells: dict[tuple[int, int, int], list[FontRun]] = defaultdict(list)
    if grids:
        runs = list(_take_cells(runs, grids, cells))
    runs, initials = take_initials(runs)
    runs, behind = take_watermarks(runs)
    boxed: list[tuple[float, list[PdfRow]]] = []
    level: list[Edge] = []
    for n in beside(frames, runs):
        inside = [r for r in runs if _in_frame(r, frames[n])]
        runs = [r for r in runs if not _in_frame(r, frames[n])]
        rows = Lattice(depth=1).read(inside)
        level.append(frames[n])
        boxed.append((frames[n].bottom, [row._replace(column=FRAMES * (n + 1) + row.column) for row in rows]))
    lattice = Lattice(gutter=page_gutter(runs))
    out: list[PdfRow] = []
    for n, grid in enumerate(grids):
        above = [r for r in runs if r.base <= grid.top]
        runs = [r for r in runs if r.base > grid.top]
        out += lattice.read(above) + _cell_rows(n, cells)
    out += lattice.read(runs)
    out = [row._replace(column=_region_beside(row, level)) for row in out]
    for bottom, rows in boxed:
        place = next((n for n, row in enumerate(out) if row.base > bottom and row.cell is None), len(out))
        out[place:place] = rows
    return pushed_in(out, initials), rows_of(behind)


def _region_beside(row: PdfRow, frames: Sequence[Edge]) -> int:
    """The column of a row; one of its own beside a frame, which takes a part of the measure."""
    if row.column or row.cell is not None:
        return row.column
    return next((FRAMES - 1 - n for n, f in enumerate(frames[:50]) if f.top < row.base < f.bottom + row.size), 0)


def _in_frame(run: FontRun, frame: Edge) -> bool:
    return frame.x0 - 1 <= (run.x0 + run.x1) / 2 <= frame.x1 + 1 and frame.top - 1 <= run.base <= frame.bottom + 1


def _take_cells(
    runs: list[FontRun], grids: Sequence[Grid], cells: dict[tuple[int, int, int], list[FontRun]]
) -> Iterator[FontRun]:
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
            piece = FontRun(glyphs, run.font, run.size, run.base, run.bottom, run.order)
            cells[(grid, row, column)].append(piece)


def _cell_rows(grid: int, cells: dict[tuple[int, int, int], list[FontRun]]) -> list[PdfRow]:
    return [row._replace(cell=key) for key in sorted(cells) if key[0] == grid for row in rows_of(cells[key])]
