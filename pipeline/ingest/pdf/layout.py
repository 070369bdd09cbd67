"""The layout of a page: its text in reading order, region after region, tables cell by cell."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pipeline.ingest.pdf.content import SLANTED, UNSEEN, WHITE, WHITE_FROM, Drawn, PageContent
from pipeline.ingest.pdf.grids import Edge, Grid, edges_of, grids_of
from pipeline.ingest.pdf.legible import SAMPLE, is_meant, mapping_of
from pipeline.ingest.pdf.ornament import pushed_in, take_initials, take_watermarks
from pipeline.ingest.pdf.region import FRAMES, Lattice, beside, find_gutter, printed_rows, sheet_middle
from pipeline.ingest.pdf.rows import FontRun, Glyph, PdfRow, rows_of

RUN_GAP_EM = 2.0
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


def page_rows(content: PageContent, number: int) -> list[PageRows]:
    """Turn a page's content into rows in reading order; a sheet with two pages gives both."""
    width, height, _ = content
    print_ = _collect(content)
    counts = {turn: sum(len(text) for r in runs for _, _, text in r.glyphs) for turn, runs in print_.runs.items()}
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
    if sum(row.is_right_to_left for p in pages for row in p.rows) > sum(len(p.rows) for p in pages) / 2:
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


@dataclass(slots=True)
class _Print:
    """What is printed on a page: runs by direction of text, edges of lines, boxes that are filled or closed, number of
    images and of letters that cannot be told."""

    runs: dict[int, list[FontRun]] = field(default_factory=lambda: defaultdict(list))
    edges: list[Edge] = field(default_factory=list)
    boxes: list[Edge] = field(default_factory=list)
    images: int = 0
    unmapped: int = 0


def _collect(content: PageContent) -> _Print:
    print_ = _Print()
    shown: list[FontRun] = []
    for item in _visible(content):
        if isinstance(item, FontRun):
            shown.append(item)
        elif item.kind == "picture":
            print_.images += 1
        else:
            print_.edges += edges_of(item)
            if _covers(item) or item.is_closed:
                print_.boxes.append(Edge(item.x0, item.top, item.x1, item.bottom))
    mappings = _mappings(shown)
    runs: list[FontRun] = []
    run: FontRun | None = None
    edge = 0.0
    for piece in shown:
        mapping, size = mappings[piece.font], piece.size
        is_new = run is None or not _is_same_print(run, piece)
        for x0, x1, printed in piece.glyphs:
            if mapping is None or UNMAPPED in (text := _letter(printed, mapping)):
                text = UNMAPPED if mapping is not None else printed
                print_.unmapped += len(text)
            if not text:
                continue
            if run is None or is_new or not -size < x0 - edge < RUN_GAP_EM * size:
                run = replace(piece, glyphs=[], order=len(runs) + 1)
                runs.append(run)
                is_new = False
            run.glyphs.append((x0, x1, text))
            edge = x1
    descents: dict[str, tuple[int, float]] = {}
    for run in runs:
        if len(run.glyphs) > descents.get(run.font, (0, 0.0))[0]:
            descents[run.font] = (len(run.glyphs), (run.base - run.bottom) / run.size if run.size else 0.0)
    for run in runs:
        run.base = run.bottom + descents[run.font][1] * run.size
        print_.runs[run.turn].append(run)
    return print_


def _is_same_print(run: FontRun, piece: FontRun) -> bool:
    """Whether a piece has the font, the paint and the line of a run."""
    return (
        piece.font == run.font
        and piece.turn == run.turn
        and piece.paint == run.paint
        and abs(piece.size - run.size) < 0.05
        and abs(piece.base - run.base) < 0.05
        and abs(piece.bottom - run.bottom) < 0.05
    )


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


def _mappings(shown: Sequence[FontRun]) -> dict[str, dict[str, str] | None]:
    """How each font's characters are to be read; a font with little text follows the one that was told."""
    samples: dict[str, list[str]] = defaultdict(list)
    lengths: Counter[str] = Counter()
    edges: dict[str, tuple[float, float]] = {}
    counts: Counter[str] = Counter()
    for piece in shown:
        sample, font = samples[piece.font], piece.font
        counts[font] += len(piece.glyphs)
        for x0, x1, text in piece.glyphs if lengths[font] < SAMPLE else ():
            x, y = edges.get(font, (0.0, 0.0))
            if not -1 < x0 - x < 0.15 * piece.size or abs(y - piece.bottom) > 1:
                sample.append(" ")
            sample.append("" if text.startswith("(cid:") else text)
            lengths[font] += len(text)
            edges[font] = (x1, piece.bottom)
    found = {font: mapping_of(font, "".join(sample)) for font, sample in samples.items()}
    told = max((font for font in found if found[font]), key=lambda font: counts[font], default="")
    mapping = found.get(told)
    if mapping:
        for font, sample in samples.items():
            if found[font] == {} and counts[font] < counts[told] and is_meant("".join(sample), mapping):
                found[font] = mapping
    return found


def _visible(content: PageContent) -> Iterator[FontRun | Drawn]:
    """What a reader sees, in the order in which it is painted.

    Left out: what stands outside the page, white letters on white paper, and letters without paint unless they are
    the text of a scan below them.
    """
    width, height, items = content
    unseen = _ocr_layer(items)
    covers: list[Drawn] = []
    for item in items:
        if isinstance(item, Drawn):
            if len(covers) < MOST_COVERS and _covers(item):
                covers.append(item)
            yield item
            continue
        across, down = (height, width) if item.turn in (1, 3) else (width, height)
        glyphs = unseen.get(id(item), []) if item.paint == UNSEEN else item.glyphs
        if not -1 <= item.bottom - item.size / 2 <= down + 1:
            continue
        if not all(-1 <= (x0 + x1) / 2 <= across + 1 for x0, x1, _ in glyphs):
            glyphs = [g for g in glyphs if -1 <= (g[0] + g[1]) / 2 <= across + 1]
        if item.paint == WHITE and len(covers) < MOST_COVERS:
            places = [_middle(item, glyph, width, height) for glyph in glyphs]
            glyphs = [g for g, place in zip(glyphs, places, strict=True) if any(_holds(c, place, 0) for c in covers)]
        if glyphs:
            yield item if glyphs is item.glyphs else replace(item, glyphs=glyphs)


def _middle(run: FontRun, glyph: Glyph, width: float, height: float) -> tuple[float, float]:
    """The middle of a letter on the page as it is displayed."""
    x0, top, x1, bottom = unturn((glyph[0], run.bottom - run.size, glyph[1], run.bottom), run.turn, width, height)
    return (x0 + x1) / 2, (top + bottom) / 2


def _covers(item: Drawn) -> bool:
    return item.kind == "picture" or (item.is_filled and item.light < WHITE_FROM)


def _ocr_layer(items: Sequence[FontRun | Drawn]) -> dict[int, list[Glyph]]:
    """The letters without paint that are the text of a scan, by their run: those over a picture (or a drawing, on a page
    without other text) that no painted text lies under."""
    runs = [item for item in items if isinstance(item, FontRun)]
    unseen = [run for run in runs if run.paint == UNSEEN]
    if not unseen:
        return {}
    shapes = [item for item in items if isinstance(item, Drawn)]
    painted = [run for run in runs if run.paint != UNSEEN and run.ink]
    letters = sum(len(run.glyphs) for run in unseen)
    if not painted and sum(shape.kind in ("line", "curve") for shape in shapes) > letters / 4:
        return {id(run): run.glyphs for run in unseen}

    def cells(run: FontRun, glyph: Glyph) -> Iterator[tuple[int, int]]:
        row = int((run.bottom - run.size / 2) / OCR_CELL_POINTS)
        first, last = (int(x / OCR_CELL_POINTS) for x in (glyph[0], glyph[1]))
        columns = range(first - 1, min(last, first + 1_000) + 2)
        return ((column, row + dy) for column in columns for dy in (-1, 0, 1))

    taken = {cell for run in painted for glyph in run.glyphs if glyph[2] != " " for cell in cells(run, glyph)}
    pictures = [shape for shape in shapes if shape.kind == "picture"]
    rows: dict[int, list[tuple[FontRun, Glyph]]] = defaultdict(list)
    for run in unseen:
        rows[round(run.base)] += [(run, glyph) for glyph in run.glyphs]
    kept: dict[int, list[Glyph]] = defaultdict(list)
    for row in rows.values():
        free = [(run, glyph) for run, glyph in row if not any(cell in taken for cell in cells(run, glyph))]
        if len(free) > 0.8 * len(row):
            for run, glyph in free:
                if any(
                    _holds(picture, ((glyph[0] + glyph[1]) / 2, run.bottom - run.size / 2), 2) for picture in pictures
                ):
                    kept[id(run)].append(glyph)
    return kept


def _holds(shape: Drawn, place: tuple[float, float], margin: float) -> bool:
    x, y = place
    return shape.x0 - margin <= x <= shape.x1 + margin and shape.top - margin <= y <= shape.bottom + margin


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
    printed = printed_rows(runs)
    lattice = Lattice(gutter=find_gutter(printed))
    out: list[PdfRow] = []
    for n, grid in enumerate(grids):
        above = [r for r in runs if r.base <= grid.top]
        runs = [r for r in runs if r.base > grid.top]
        out += lattice.read(above) + _cell_rows(n, cells)
    out += lattice.read(runs, () if grids else printed)
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
