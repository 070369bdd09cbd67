"""CSV files for people and programs: UTF-8 with BOM, "\\n", no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cell import legible, neutralised, plain

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.tables.table import Table

_QUOTED = re.compile('[",\r\n]')
_CHUNK = 4_000
"""Rows that are made ready at a time: memory does not grow with the length of a table."""


def write(path: Path, rows: pd.DataFrame | Table) -> Path:
    """Write a frame as `encode` gives it, or a table as it gives the frame of that, of which none is made."""
    import pandas as pd

    with path.open("wb") as file:
        file.writelines(encode(rows) if isinstance(rows, pd.DataFrame) else _encode_table(rows))
    return path


def encode(frame: pd.DataFrame) -> Iterator[bytes]:
    """Yield a frame as CSV; the same frame gives the same bytes, and `read` gives back the same text.

    Missing values are empty, whole numbers have no ".0", control characters become "�" and text that looks like a
    formula gets an apostrophe in front (see `cell.neutralised`).
    """
    yield _head(frame.columns)
    for start in range(0, len(frame), _CHUNK):
        part = frame.iloc[start : start + _CHUNK]
        yield _lines([part.iloc[:, n].tolist() for n in range(part.shape[1])], len(part))


def _encode_table(table: Table) -> Iterator[bytes]:
    yield _head(table.columns)
    for start in range(0, len(table.rows), _CHUNK):
        stop = min(start + _CHUNK, len(table.rows))
        yield _lines([table.cells(column, start, stop) for column in table.columns], stop - start)


def _lines(columns: Sequence[Sequence[object]], count: int) -> bytes:
    """So many rows, from their columns."""
    lines = map(",".join, zip(*map(_fields, columns), strict=True)) if columns else [""] * count
    return "".join(f"{line}\n" for line in lines).encode()


def encode_rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield rows as `encode` gives a frame of them, for who needs no frame."""
    yield _head(columns)
    for row in rows:
        yield (",".join(_field(plain(value)) for value in row) + "\n").encode()


def _head(columns: Iterable[object]) -> bytes:
    return f"\ufeff{','.join(_field(str(column)) for column in columns)}\n".encode()


def _fields(cells: Iterable[object]) -> list[str]:
    """A column as it is written; columns repeat their values, so that each is made ready once."""
    known: dict[str, str] = {}
    out = []
    for value in cells:
        kept = known.get(value) if type(value) is str else None
        if kept is None:
            kept = _field(plain(value))
            if type(value) is str:
                known[value] = kept
        out.append(kept)
    return out


def _field(value: str | int | float) -> str:
    if not isinstance(value, str):
        return repr(value)
    text = neutralised(legible(value))
    if _QUOTED.search(text) or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text
