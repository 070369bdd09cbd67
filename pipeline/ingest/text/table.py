"""Tables in plain text: rows whose cells stand between tabs or, as Markdown prints them, between "|"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

_COLUMNS = range(3, 13)
"""Columns of a table between tabs; two are as often a mark and its paragraph, a label and what stands for it."""
_LONGEST_HEADER = 80
_APART = 4
"""Lines, blank or not, that the end of a page puts between two rows."""
_HEADER_LINES = 20
"""Lines that a header, repeated or drawn, may take before its first row."""
_TAG = re.compile(r"<[^<>]{1,200}>")
_DRAWN = re.compile(r"[-–—=: ]*")


class TextCell(NamedTuple):
    """A cell: its place ("T1/R2/C3"; "" for a line that only draws or repeats the header) and its words."""

    place: str
    text: str


def printed_cells(lines: Sequence[str]) -> Mapping[int, tuple[TextCell, ...]]:
    """The cells of every table by the number of the line that their row begins on; none for a line that goes on with the
    row above.

    A table begins with a header: cells that are all filled, short and begin with a capital. A row without a first cell
    that begins in the middle of a sentence goes on with the row above, also over the end of a page.

    >>> [tuple(cell) for cell in printed_cells(["Area\\tState\\tYear", "Labour\\tMali\\t2014", "\\tand others\\t"])[1]]
    [('T1/R2/C1', 'Labour'), ('T1/R2/C2', 'Mali and others'), ('T1/R2/C3', '2014')]
    """
    out: dict[int, tuple[TextCell, ...]] = {}
    number, at = 0, 0
    while at < len(lines):
        cells = _cells(lines[at])
        rows, others = _rows(lines, at, cells) if _is_header(lines, at, cells) else ({}, {})
        if len(rows) > 1:
            number += 1
            for count, (place, row) in enumerate(rows.items(), start=1):
                out[place] = tuple(_placed(f"T{number}/R{count}", row))
            out |= others
            at = max([*rows, *others])
        at += 1
    return out


def _placed(row: str, cells: Sequence[str]) -> Iterator[TextCell]:
    for column, text in enumerate(cells, start=1):
        if text:
            yield TextCell(f"{row}/C{column}", " ".join(text.split()))


def _cells(line: str) -> list[str]:
    """The cells of a line; one where nothing divides it."""
    bare = line.strip()
    if len(bare) > 2 and bare[0] == bare[-1] == "|":
        return [cell.strip() for cell in bare[1:-1].split("|")]
    return [cell.strip() for cell in line.strip("\n\r").split("\t")]


def _is_header(lines: Sequence[str], at: int, cells: Sequence[str]) -> bool:
    if lines[at].lstrip().startswith("|"):
        below = lines[at + 1] if at + 1 < len(lines) else ""
        return len(cells) > 1 and "-" in below and _is_drawn(_cells(below))
    bare = [_TAG.sub("", cell).strip() for cell in cells]
    return len(cells) in _COLUMNS and all(
        len(cell) <= _LONGEST_HEADER and cell[:1].isalpha() and not cell[0].islower() and cell[1:2].isalpha()
        for cell in bare
    )


def _rows(
    lines: Sequence[str], start: int, header: list[str]
) -> tuple[dict[int, list[str]], dict[int, tuple[TextCell, ...]]]:
    """The cells of each row of the table that begins there, by its line, and the lines of the table that are no row."""
    rows = {start: list(header)}
    others: dict[int, tuple[TextCell, ...]] = {}
    last = row = start
    text_between = False
    for at in range(start + 1, len(lines)):
        if at - last > _APART or (row == start and at - start > _HEADER_LINES):
            break
        cells = _cells(lines[at])
        if not lines[at].strip():
            continue
        if not 1 < len(cells) <= len(header):
            if text_between:
                break
            text_between = True
            continue
        cells += [""] * (len(header) - len(cells))
        if cells == header or _is_drawn(cells):
            others[at] = (TextCell("", " ".join(lines[at].split())),)
            text_between = text_between and cells != header
        elif not cells[0] and row != start and any(_TAG.sub("", cell).strip()[:1].islower() for cell in cells):
            rows[row] = [f"{above} {cell}" for above, cell in zip(rows[row], cells, strict=True)]
            others[at] = ()
        elif text_between:
            break
        else:
            rows[at] = cells
            row = at
        last = at
    return rows, others


def _is_drawn(cells: Sequence[str]) -> bool:
    return all(_DRAWN.fullmatch(cell) for cell in cells)
