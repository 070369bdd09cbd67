"""Pages put together to a document's lines: roles, paragraphs, and tables that run over pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.ingest.line import Line, LineWord
from pipeline.ingest.pdf.furniture import RowRole, classify
from pipeline.ingest.pdf.layout import PageRows, unturn
from pipeline.ingest.pdf.paragraphs import RowPlace, place
from pipeline.ingest.pdf.region import FRAMES
from pipeline.ingest.pdf.rows import PdfRow

SAME_COLUMNS = 2.0
"""Points by which the column borders of a table may shift from one page to the next."""

Place = tuple[int, int]
"""A row's place: index of the page, index in the page."""


@dataclass(slots=True)
class _Table:
    number: int
    xs: tuple[float, ...]
    rows: int = 0
    cells: dict[tuple[int, int], list[Place]] = field(default_factory=lambda: defaultdict(list))


def lines_of(pages: Sequence[PageRows]) -> tuple[Line, ...]:
    """The lines of a document in reading order, tables cell by cell where they begin, framed text between paragraphs.

    >>> lines_of([])
    ()
    """
    parts = classify(pages)
    tables = _tables(pages, parts)
    placed = place(pages, parts)
    lines: list[Line] = []
    framed: list[Line] = []
    done: set[int] = set()
    for n, page in enumerate(pages):
        for i, row in enumerate(page.rows):
            part, position = parts[n][i], placed.get((n, i))
            if part.role == "body" and row.column >= FRAMES:
                framed.append(_line(page, row, part, position))
                continue
            if part.role == "cell" or (position is not None and position.has_break):
                lines += framed
                framed = []
            if part.role != "cell":
                lines.append(_line(page, row, part, position))
                continue
            table = tables[n, i]
            if table.number not in done:
                done.add(table.number)
                lines += _cell_lines(pages, table)
    return tuple(lines + framed)


def _cell_lines(pages: Sequence[PageRows], table: _Table) -> list[Line]:
    lines: list[Line] = []
    for (r, c), places in sorted(table.cells.items()):
        for k, (n, i) in enumerate(places):
            cell = f"T{table.number}/R{r}/C{c}"
            lines.append(_line(pages[n], pages[n].rows[i], RowRole("cell"), RowPlace(k == 0, 0, False), cell))
    return lines


def _line(page: PageRows, row: PdfRow, part: RowRole, placed: RowPlace | None, cell: str = "") -> Line:
    """A row as a line, its boxes in the page as it is displayed; a footnote's mark goes out of its text."""
    words, text, notes, bold = row.words, row.text, row.notes, row.bold_spans
    if part.is_start and not row.lead:
        cut = words[1].start
        text = text[cut:]
        words = tuple(w._replace(start=w.start - cut, end=w.end - cut) for w in words[1:])
        bold = tuple((max(start - cut, 0), end - cut) for start, end in bold if end > cut)
    elif row.lead and not part.is_start:
        notes = (row.lead, *notes)
    if page.shift:
        words = tuple(w._replace(x0=w.x0 + page.shift, x1=w.x1 + page.shift) for w in words)
    if row.turn in (1, 2, 3):
        words = tuple(
            LineWord(w.start, w.end, *unturn((w.x0, w.top, w.x1, w.bottom), row.turn, page.width, page.height))
            for w in words
        )
    return Line(
        text=text,
        role=part.role,
        page=page.number,
        x0=min(w.x0 for w in words),
        top=min(w.top for w in words),
        x1=max(w.x1 for w in words),
        bottom=max(w.bottom for w in words),
        size=row.size,
        is_bold=row.is_bold,
        is_italic=row.is_italic,
        is_centred=placed.is_centred if placed else False,
        words=words,
        has_break=placed.has_break if placed else part.role != "note" or part.is_start,
        depth=placed.depth if placed else 0,
        cell=cell,
        note=part.note,
        notes=notes,
        bold_spans=bold,
    )


def _tables(pages: Sequence[PageRows], parts: list[list[RowRole]]) -> dict[Place, _Table]:
    """Number the tables over the document; one that fills the foot of a page may go on at the head of the next.

    A header row printed again on the next page becomes furniture, and a row cut by the page keeps its number.
    """
    out: dict[Place, _Table] = {}
    last: _Table | None = None
    open_ = False
    count = 0
    for n, page in enumerate(pages):
        by_grid: dict[int, list[int]] = defaultdict(list)
        order: list[tuple[str, int]] = []
        for i, row in enumerate(page.rows):
            if row.cell is not None and parts[n][i].role == "cell":
                if row.cell[0] not in by_grid:
                    order.append(("grid", row.cell[0]))
                by_grid[row.cell[0]].append(i)
            elif parts[n][i].role == "body":
                order.append(("body", i))
        for position, (kind, index) in enumerate(order):
            if kind == "body":
                open_ = False
                continue
            xs = page.grids[index].xs if index >= 0 else ()
            shift, header = 0, 0
            if last is not None and open_ and position == 0 and _same_columns(last.xs, xs):
                header = _repeated_header(pages, last, page, by_grid[index])
                shift = last.rows - header
                if _goes_on(pages, last, page, by_grid[index], header):
                    shift -= 1
            else:
                count += 1
                last = _Table(count, xs)
            for i in by_grid[index]:
                cell = page.rows[i].cell
                assert cell is not None
                if cell[1] <= header:
                    parts[n][i] = RowRole("furniture")
                    continue
                out[n, i] = last
                last.cells[cell[1] + shift, cell[2]].append((n, i))
            last.rows = max((r for r, _ in last.cells), default=0)
            open_ = True
    return out


def _same_columns(one: Sequence[float], two: Sequence[float]) -> bool:
    return bool(one) and len(one) == len(two) and all(abs(a - b) <= SAME_COLUMNS for a, b in zip(one, two, strict=True))


def _texts(page: PageRows, rows: Sequence[int], number: int) -> dict[int, str]:
    found: dict[int, str] = {}
    for i in rows:
        cell = page.rows[i].cell
        if cell is not None and cell[1] == number:
            found[cell[2]] = f"{found.get(cell[2], '')} {page.rows[i].text}".strip()
    return found


def _row_texts(pages: Sequence[PageRows], table: _Table, number: int) -> dict[int, str]:
    return {
        c: " ".join(pages[n].rows[i].text for n, i in places) for (r, c), places in table.cells.items() if r == number
    }


def _repeated_header(pages: Sequence[PageRows], table: _Table, page: PageRows, rows: Sequence[int]) -> int:
    """How many rows at the table's head are printed again on this page (0 or 1)."""
    first = _row_texts(pages, table, 1)
    return 1 if first and table.rows > 1 and _texts(page, rows, 1) == first else 0


def _goes_on(pages: Sequence[PageRows], table: _Table, page: PageRows, rows: Sequence[int], header: int) -> bool:
    """Whether the first row on this page is the rest of the last row on the page before: a sentence runs on."""
    before = _row_texts(pages, table, table.rows)
    after = _texts(page, rows, header + 1)
    return any(
        text[:1].islower() and column in before and before[column][-1:] not in ".;:!?" for column, text in after.items()
    ) and not (1 in after and after[1][:1].isupper() and before.get(1, "")[-1:] in ".;:!?")
