"""The rows of a table on a sheet, written a column at a time: the bytes of xlsxwriter in a fraction of its time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet
from xlsxwriter.xmlwriter import XMLwriter

from pipeline.cell import fitting, is_right_to_left, legible
from pipeline.export.excel.formats import SheetFormats
from pipeline.extract.quote import Runs

_LIKE_ESCAPE = re.compile("(?=_x[0-9a-fA-F]{4}_)")
"""Text that a reader would take for an escaped character."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_KNOWN = 20_000
"""Cells that are kept ready: memory does not grow with the length of a sheet."""
_USUAL_HEIGHT = 20
"""Pixels of a row that states no height."""


class SheetRow(NamedTuple):
    """A row to write: its place below the first row, its cells as `SheetRows` gives them, its height in points."""

    place: int
    cells: Sequence[str]
    height: float
    is_hidden: bool


class SheetRows:
    """The rows below the header of a sheet of a book in constant memory: nothing can be written to that sheet behind them.

    xlsxwriter looks at every cell seven times before it is written; here what repeats in a table is made ready once. The
    result is the same to the byte, which the tests hold against xlsxwriter itself.
    """

    def __init__(self, sheet: Worksheet, formats: SheetFormats, number: Format) -> None:
        self._sheet, self._formats, self._number = sheet, formats, number
        self._fonts: dict[bool, str] = {}
        self._known: dict[str | int | float, str] = {}

    def cell(self, value: str | float) -> str:
        """A plain cell, without its place: text, a number, or empty for ""."""
        known = self._known.get(value)
        if known is None or isinstance(value, float):
            if len(self._known) >= _KNOWN:
                self._known.clear()
            known = self._written(value)
            self._known[value] = known
        return known

    def _written(self, value: str | float) -> str:
        if value == "":
            return f'" s="{self._formats.text._get_xf_index()}"/>'
        if isinstance(value, str):
            return self._inline(_text(fitting(value)), self._formats.text)
        return f'" s="{self._number._get_xf_index()}"><v>{value:.16G}</v></c>'

    def rich(self, runs: Runs) -> str:
        """A cell of rich text; one piece, or more than a cell holds, is plain text (rich text needs two pieces)."""
        pieces = [(legible(run.text), run.is_bold) for run in runs if run.text]
        if not pieces:
            return self.cell("")
        whole = "".join(text for text, _ in pieces)
        style = self._formats.right_to_left if is_right_to_left(whole) else self._formats.text
        if len(pieces) < 2 or fitting(whole) != whole:
            is_strong = all(bold for _, bold in pieces)
            return self._inline(_text(fitting(whole)), self._formats.strong if is_strong else style)
        return self._inline("".join(f"<r>{self._font(bold)}{_text(text)}</r>" for text, bold in pieces), style)

    def _inline(self, content: str, style: Format) -> str:
        return f'" s="{style._get_xf_index()}" t="inlineStr"><is>{content}</is></c>'

    def _font(self, is_bold: bool) -> str:
        if is_bold not in self._fonts:
            writer = self._sheet.rstring = XMLwriter()
            writer._set_filehandle(StringIO())
            self._sheet._write_font(self._formats.bold if is_bold else self._formats.plain)
            self._fonts[is_bold] = writer.fh.getvalue()
        return self._fonts[is_bold]

    def write(self, rows: Iterable[SheetRow], count: int, columns: int) -> None:
        """Write `count` rows of so many columns."""
        if not count:
            return
        self._sheet._write_single_row(1)
        self._sheet._check_dimensions(count, columns - 1)
        names = [f'<c r="{xl_col_to_name(n)}' for n in range(columns)]
        for row in rows:
            pixels = int(row.height * 4.0 / 3.0 + 0.5)
            ends = (f' ht="{pixels * 0.75:.16g}"', ' customHeight="1"') if pixels != _USUAL_HEIGHT else ("", "")
            hidden = ' hidden="1"' if row.is_hidden else ""
            pieces = ['<row r="', f'"{ends[0]}{hidden}{ends[1]}>{names[0]}']
            pieces += [f"{cell}{name}" for cell, name in zip(row.cells, names[1:], strict=False)]
            pieces.append(f"{row.cells[-1]}</row>")
            self._sheet.row_data_fh.write(f"{row.place + 1}".join(pieces))


def _text(text: str) -> str:
    """The element of a text: escaped, with the mark that keeps spaces at its ends."""
    shown = text
    if "_x" in shown:
        shown = _LIKE_ESCAPE.sub("_x005F", shown)
    if not shown.isprintable():
        shown = _CONTROL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", shown)
    shown = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    keeps = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<t{keeps}>{shown}</t>"
