"""Rows of a workbook's sheets as XML, written one by one into the finished book, whatever their number.

xlsxwriter makes the book with the first row of every sheet, its widths, filters and pictures; the other rows, of which
there can be hundreds of thousands, never become its objects: that takes a part of the time, and memory stays as it is.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

MOST = 1_048_575
"""Rows that a sheet can have below its first."""
_DATE = (1980, 1, 31, 0, 0, 0)
_LARGE = 300_000
"""Rows from which a sheet may need the zip format for files of more than 2 GB."""
_TOGETHER = 200
_LITERAL = re.compile(r"(_x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_PROBE = re.compile(r'<row r="2".*?</row>', re.DOTALL)
_STYLE = re.compile(r' s="(\d+)"')
_DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')


class Rich(str):
    """Text of a cell that is XML already: pieces with their fonts, made by `rich`."""

    __slots__ = ()


Value = str | int | float | Rich
Line = tuple[Sequence[tuple[Value, int]], float]
"""A row: the value of each cell with the place of its format in `Body.formats`, and the row's height in points."""


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of one sheet below its first: `count` rows of `columns` cells, as `lines` yields them.

    `formats` are those that its cells have; `probe` makes xlsxwriter number them.
    """

    columns: int
    count: int
    formats: Sequence[Any]
    lines: Callable[[], Iterator[Line]]

    def probe(self, sheet: Any) -> None:
        """Put a cell of each format into the sheet's second row, which the rows then replace."""
        for n, one in enumerate(self.formats):
            sheet.write_blank(1, n, None, one)

    def within(self, sheet: str) -> Iterator[bytes]:
        """Yield the sheet that xlsxwriter made with the rows in it."""
        probe = _PROBE.search(sheet)
        styles = _STYLE.findall(probe[0]) if probe else []
        if probe is None or len(styles) != len(self.formats):
            raise ValueError("the sheet has no second row with the formats of its cells")
        last = f"{xl_col_to_name(self.columns - 1)}{self.count + 1}"
        yield _DIMENSION.sub(f'<dimension ref="A1:{last}"/>', sheet[: probe.start()]).encode("utf-8")
        out: list[str] = []
        for row in self._rows(styles):
            out.append(row)
            if len(out) == _TOGETHER:
                yield "".join(out).encode("utf-8")
                out.clear()
        yield ("".join(out) + sheet[probe.end() :]).encode("utf-8")

    def _rows(self, styles: Sequence[str]) -> Iterator[str]:
        letters = [xl_col_to_name(n) for n in range(self.columns)]
        for n, (cells, height) in enumerate(self.lines(), start=2):
            out = [f'<row r="{n}" spans="1:{self.columns}"{_high(height)}>']
            for letter, (value, number) in zip(letters, cells, strict=True):
                start = f'<c r="{letter}{n}" s="{styles[number]}"'
                if not isinstance(value, str):
                    out.append(f"{start}><v>{value:.16G}</v></c>")
                elif not value:
                    out.append(f"{start}/>")
                else:
                    said = value if isinstance(value, Rich) else _text(value)
                    out.append(f'{start} t="inlineStr"><is>{said}</is></c>')
            out.append("</row>")
            yield "".join(out)


def rich(pieces: Iterable[tuple[str, str]]) -> Rich:
    """Make text in several fonts of pieces of (text, font), where the font is that of `font`; no text is empty.

    >>> rich([("the Forum", font("Arial", 10, bold=True))])
    '<r><rPr><b/><sz val="10"/><color theme="1"/><rFont val="Arial"/><family val="2"/></rPr><t>the Forum</t></r>'
    """
    return Rich("".join(f"<r>{face}{_text(text)}</r>" for text, face in pieces))


def font(name: str, size: int, *, bold: bool = False, colour: str = "") -> str:
    """The properties of a font inside a cell; `colour` like `#1F3864`, "" for that of the theme."""
    shown = f'<color rgb="FF{colour.lstrip("#")}"/>' if colour else '<color theme="1"/>'
    strong = "<b/>" if bold else ""
    scheme = '<scheme val="minor"/>' if name == "Calibri" else ""
    return f'<rPr>{strong}<sz val="{size}"/>{shown}<rFont val="{escape(name)}"/><family val="2"/>{scheme}</rPr>'


def complete(skeleton: Any, path: Path, bodies: Sequence[Body | None]) -> None:
    """Write the book `skeleton` (a file with what xlsxwriter made) to `path`, with the rows of each sheet in it.

    `bodies` are those of the sheets in their order, None for a sheet that has all its rows. One fixed date stands on
    every member: the same rows give the same bytes. Raises ValueError where `Body.probe` was not called for a sheet.
    """
    members = {f"xl/worksheets/sheet{n}.xml": body for n, body in enumerate(bodies, 1)}
    with zipfile.ZipFile(skeleton) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            data, body = source.read(name), members.get(name)
            with target.open(info, "w", force_zip64=body is not None and body.count > _LARGE) as member:
                for part in body.within(data.decode("utf-8")) if body else (data,):
                    member.write(part)


def _text(text: str) -> str:
    """Text as an element; what Excel would read as an escape, and what XML cannot hold, is escaped in its way."""
    if "_x" in text:
        text = _LITERAL.sub(r"_x005F\1", text)
    if not text.isprintable():
        text = _CONTROL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<t{space}>{escape(text)}</t>"


@lru_cache(maxsize=1024)
def _high(height: float) -> str:
    """The height as Excel keeps it: whole pixels of three quarters of a point."""
    return f' ht="{int(height * 4 / 3 + 0.5) * 0.75:.16g}" customHeight="1"'
