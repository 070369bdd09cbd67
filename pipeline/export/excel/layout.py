"""The measure of a sheet: how wide its columns are, how high its rows, and which columns are printed.

Widths are those of Excel: characters of the usual font, of 5.25 points each. Nobody but the program that shows a workbook
knows how wide a text is there, and only Excel finds the height of a row by itself: here both are estimated, a little too
large rather than too small, so that no text is cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.cell import plain
from pipeline.tables.table import Table

TALLEST = 409.0
"""Points that Excel allows a row."""
_LINE, _EDGE = 13.0, 3.0
_CAPITALS = 1.22
"""How much wider a word in capitals is."""
_STEPS = ((12, 14.0), (26, 26.0), (60, 34.0), (160, 48.0))
"""Columns of which nine cells in ten have at most so many characters are at most so wide; longer ones have `_QUOTE`."""
_QUOTE, _URL, _NARROWEST, _MATRIX = 84.0, 36.0, 6.0, 14.0
_MATRIX_LINES = 5
"""Lines that the longest cell of a matrix may have before its column grows."""
_NOT_PRINTED = frozenset(
    "category paragraph paragraph_row url footnote file sha256 status self mentions documents work role preferred lead "
    "basis part origin score focus further stated_in partners said_by new_in_run".split()
)
"""Columns for programs and for filters: they stand last and are not printed."""


def ordered(table: Table, several: bool) -> tuple[list[str], int]:
    """The columns of a sheet and how many of them are printed: those come first, in the order of the table.

    Of a listing the columns for narrow places are printed, of the others all but those for programs.
    """
    columns = list(table.shown(several))
    if table.kind == "listing" and table.brief:
        printed = [column for column in columns if column in table.narrow()]
        if several and "document" in columns and "document" not in printed:
            printed.insert(0, "document")
    else:
        printed = [column for column in columns if column not in _NOT_PRINTED]
    printed = printed or columns
    return printed + [column for column in columns if column not in printed], len(printed)


def column_width(table: Table, column: str, cells: Sequence[object]) -> float:
    """The width of a column by what stands in it: a number, an id or date, a name, a list, a sentence, an address."""
    head = max((len(word) * 1.15 + 1.5 for word in table.header(column).split()), default=0.0)
    texts = [str(plain(cell)) for cell in cells]
    if column in table.spread:
        pieces = max((len(piece) + 1.5 for text in texts for piece in text.split(", ")), default=0.0)
        longest = max(map(len, texts), default=0)
        return max(min(_MATRIX, max(_NARROWEST, pieces)), min(_QUOTE, longest / _MATRIX_LINES))
    if column == "url":
        return _URL
    lengths = sorted(map(len, texts)) or [0]
    usual, longest = lengths[(len(lengths) * 9) // 10 - (len(lengths) >= 10)], lengths[-1]
    most = next((width for limit, width in _STEPS if usual <= limit), _QUOTE)
    if longest > 12 * most:  # one long text among short ones must not become a column of single words
        most = min(_QUOTE, longest / 12)
    words = max((len(word) + 1.5 for text in texts[:400] for word in text.split()), default=0.0)
    return max(_NARROWEST, min(head, 18.0), min(words, 22.0), min(longest + 2.0, most))


def row_height(row: Iterable[object], widths: Sequence[float]) -> float:
    """Points that the cell with most lines takes."""
    lines = 1
    for value, width in zip(row, widths, strict=False):
        if not isinstance(value, str):
            continue
        if len(value) > width * 0.8 or "\n" in value:
            lines = max(lines, _lines(value, width))
    return min(TALLEST, _EDGE + _LINE * lines)


@lru_cache(maxsize=20_000)
def _lines(text: str, room: float) -> int:
    """Lines that a text takes where `room` characters stand in one: words stay whole where a line can hold them."""
    lines = 0
    for part in text.split("\n"):
        lines, at = lines + 1, 0.0
        for word in part.split(" "):
            size = len(word) * (_CAPITALS if word.isupper() else 1.0)
            if at and at + 1 + size > room:
                lines, at = lines + 1, size
            else:
                at += size + (1 if at else 0)
            if at > room:
                more = int(at / room)
                lines, at = lines + more, at - more * room
    return lines


def upright_height(headers: Iterable[str]) -> float:
    """Points that headers written from bottom to top take: the longest of them is shown whole."""
    return min(TALLEST, max((5.9 * len(header) + 12 for header in headers), default=_LINE))
