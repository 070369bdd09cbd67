"""Tables that are none to the reader: legal pages whose rows are numbered paragraphs, pages set in columns by a table."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.lexicon.language import alternatives
from pipeline.ingest.line import Line
from pipeline.ingest.marks import BULLETS
from pipeline.ingest.printed_marks import INSERTIONS

_INSERTED = rf"(?:\s?(?:{alternatives(INSERTIONS)}))?"
_SIGNED = re.compile(
    rf"\(?\[?(?:\d{{1,3}}|([^\W\d_])\1?ـ?|[ivxl]{{1,6}}|[IVXL]{{1,6}}){_INSERTED}(?:[.)\]-]|\.\)|\.?[-–]|[º°]\.?)"
    rf"|§\s?\d{{1,3}}\.?|(?:[IVX]{{1,5}}|\d{{1,2}})(?:\.\d{{1,2}}){{1,3}}\.?"
    rf"|[{re.escape(BULLETS)}]"
)
_BARE = re.compile(rf"\d{{1,3}}{_INSERTED}")
_OPENING = re.compile(r"\(?(\d{1,3})(?:\.?[-–]|[.)])(?=\s|$)")
_LONG_CELL = 1500
_TOLD = 2
"""Lines of a table that the cell around it is judged by, so that tables inside tables cost no more than others."""
_COLUMN_TEXT = 40
"""Characters that the paragraphs of a page's column have on the average; those of a letterhead have fewer."""


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What a reader knows of a table beside its lines: the cell that it stands in ("" for none), whether it has a
    heading row, and whether it surely is none (it holds headings or other tables, or says so itself)."""

    parent: str = ""
    is_headed: bool = False
    is_layout: bool = False


@dataclass(frozen=True, slots=True)
class _Cell:
    column: int
    places: list[int]


def without_frames(lines: Sequence[Line], tables: Sequence[TableFacts]) -> tuple[Line, ...]:
    """Gives the lines of layout tables as body text and leaves those of data in their cells.

    A row whose first cell holds nothing but a mark is a paragraph with that mark, also where the mark is Word's own (a
    line without text). Cells whose numbers run on through the table are the columns of a page. `tables[n]` tells of the
    table that cells "T{n+1}/..." name; an inner table comes after the one around it. Tables of data are counted anew.

    >>> rows = [Line("(a)", "cell", cell="T1/R1/C1"), Line("to invite employers;", "cell", cell="T1/R1/C2")]
    >>> [(line.role, line.mark, line.text) for line in without_frames(rows, [TableFacts()])]
    [('body', '(a)', 'to invite employers;')]
    """
    held: list[Line | None] = list(lines)
    members: dict[int, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.role == "cell":
            members[_table(line.cell)].append(place)
    kept = []
    for number in range(len(tables), 0, -1):
        places = sorted(members.pop(number, ()))
        facts = tables[number - 1]
        rows = list(_rows(held, places))
        if not rows:
            continue
        numbered = _are_paragraphs(held, rows, facts)
        if not (numbered or facts.is_layout or _is_page(held, rows, facts)):
            kept.append(number)
            continue
        for row in rows:
            if _is_marked(held, row):
                _set_mark(held, row)
        if facts.parent:  # what stands in it stands in the cell around it
            outer = _table(facts.parent)
            some = places[:_TOLD] if tables[outer - 1].is_layout else places
            for place in some:
                if (freed := held[place]) is not None:
                    held[place] = replace(freed, cell=facts.parent)
            members[outer] += some
    return tuple(_settled(held, tables, kept))


def is_mark_alone(text: str) -> bool:
    """True for a text that is nothing but the mark of a paragraph or point, with the sign that makes it one.

    >>> [is_mark_alone(text) for text in ("(a)", "2 bis.", "–", "12", "EU")]
    [True, True, True, False, False]
    """
    return len(text) < 20 and bool(_SIGNED.fullmatch(text))


def _settled(held: Sequence[Line | None], tables: Sequence[TableFacts], kept: Sequence[int]) -> Iterator[Line]:
    """The lines where they stand in the end: those of data in their cells, counted anew, all others in the text.

    Only data has no headings in it, and no line without text.
    """
    count = {number: place for place, number in enumerate(sorted(kept), 1)}
    around = [0] * (len(tables) + 1)  # the table of data that a table stands in, or is; 0 for none
    cells = [""] * (len(tables) + 1)
    for number, facts in enumerate(tables, 1):
        outer = _table(facts.parent) if facts.parent else 0
        around[number] = number if number in count else around[outer]
        cells[number] = facts.parent if around[outer] == outer else cells[outer]
    for line in held:
        if line is None or line.role != "cell":
            if line is not None:
                yield line
            continue
        number = _table(line.cell)
        if not around[number]:
            yield replace(line, cell="", role="body")
        elif line.text:
            cell = line.cell if number in count else cells[number]
            yield replace(line, cell=f"T{count[around[number]]}/{cell.partition('/')[2]}", heading=None)


def _table(cell: str) -> int:
    return int(cell[1 : cell.index("/")])


def _rows(held: Sequence[Line | None], places: Sequence[int]) -> Iterator[list[_Cell]]:
    """The rows of a table, each with the cells that hold something, in the order of the page."""
    rows: dict[str, dict[str, _Cell]] = {}
    for place in places:
        if (line := held[place]) is not None:
            _, row, column = line.cell.split("/")
            rows.setdefault(row, {}).setdefault(column, _Cell(int(column[1:]), [])).places.append(place)
    for cells in rows.values():
        yield list(cells.values())


def _text(held: Sequence[Line | None], cell: _Cell) -> str:
    return " ".join(f"{line.mark} {line.text}".strip() for place in cell.places if (line := held[place]) is not None)


def _is_marked(held: Sequence[Line | None], row: Sequence[_Cell]) -> bool:
    """Whether a row is a mark and one text, that is, not a row of figures."""
    if len(row) != 2 or len(row[0].places) != 1 or row[0].column > row[1].column:
        return False
    text = _text(held, row[0])
    return (is_mark_alone(text) or bool(_BARE.fullmatch(text))) and any(map(str.isalpha, _text(held, row[1])))


def _are_paragraphs(held: Sequence[Line | None], rows: Sequence[Sequence[_Cell]], facts: TableFacts) -> bool:
    """Whether all rows are numbered paragraphs, their continuations or headings between them.

    Numbers without a sign ("1", "2") must run on, before texts that are more than entries.
    """
    if facts.is_headed:
        return False
    marked = [row for row in rows if len(row) > 1]
    if not marked or not all(_is_marked(held, row) for row in marked):
        return False
    marks = [_text(held, row[0]) for row in marked]
    if all(is_mark_alone(mark) for mark in marks):
        return True
    values = [int(found[0]) for mark in marks if (found := re.match(r"\d+", mark.lstrip("([")))]
    words = sum(len(_text(held, row[1]).split()) for row in marked)
    return words >= 4 * len(marked) and all(0 <= b - a <= 1 for a, b in pairwise(values))


def _is_page(held: Sequence[Line | None], rows: Sequence[Sequence[_Cell]], facts: TableFacts) -> bool:
    """Whether the cells are columns of a page, by one of three signs.

    1. Numbers run on through the cells and most of the text is in numbered cells: "Labour | 3. Ministers ... 4. ...".
    2. One row, in which a column holds several paragraphs of running text.
    3. A cell too long for an entry.
    """
    if facts.is_headed or max(map(len, rows)) > 3:
        return False
    cells = [cell for row in rows for cell in row]
    size = Counter({at: len(_text(held, cell)) for at, cell in enumerate(cells)})
    longest = max(size.values())
    if longest > _LONG_CELL:
        return True
    if len(rows) == 1 and any(
        len(c.places) > 1 and size[at] > _COLUMN_TEXT * len(c.places) for at, c in enumerate(cells)
    ):
        return True
    values = []
    numbered = 0
    for at, cell in enumerate(cells):
        own = [found for place in cell.places if (found := _OPENING.match(_opening(held[place])))]
        values += [int(found[1]) for found in own]
        numbered += size[at] if own else 0
    runs = len(values) > 1 and all(b == a + 1 for a, b in pairwise(values))
    return runs and 3 * numbered >= 2 * size.total()


def _opening(line: Line | None) -> str:
    return f"{line.mark} {line.text}"[:12].strip() if line is not None else ""


def _set_mark(held: list[Line | None], row: Sequence[_Cell]) -> None:
    """Moves the mark of a row's first cell to the first line of its text."""
    first = held[row[0].places[0]]
    after = row[1].places[0]
    line = held[after]
    if first is None or line is None or line.mark or not line.has_break:
        return
    held[after] = replace(line, mark=first.mark or first.text, depth=max(line.depth, first.depth))
    held[row[0].places[0]] = None
