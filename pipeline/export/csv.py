"""CSV files for people and programs: UTF-8 with BOM, "\\n", no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.cell import legible, neutralised, plain

if TYPE_CHECKING:
    import pandas as pd

_QUOTED = re.compile('[",\r\n]')
_CHUNK = 4_000
"""Rows that are made ready at a time: memory does not grow with the length of a table."""


def write(path: Path, frame: pd.DataFrame) -> Path:
    """Write a frame as `encode` gives it."""
    with path.open("wb") as file:
        file.writelines(encode(frame))
    return path


def encode(frame: pd.DataFrame) -> Iterator[bytes]:
    """Yield a frame as CSV; the same frame gives the same bytes, and `read` gives back the same text.

    Missing values are empty, whole numbers have no ".0", control characters become "�" and text that looks like a
    formula gets an apostrophe in front (see `cell.neutralised`).
    """
    yield _head(frame.columns)
    for start in range(0, len(frame), _CHUNK):
        part = frame.iloc[start : start + _CHUNK]
        columns = [_fields(part.iloc[:, n]) for n in range(part.shape[1])]
        lines = map(",".join, zip(*columns, strict=True)) if columns else ("" for _ in range(len(part)))
        yield "".join(f"{line}\n" for line in lines).encode()


def encode_rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield rows as `encode` gives a frame of them, for who needs no frame."""
    yield _head(columns)
    for row in rows:
        yield (",".join(_field(plain(value)) for value in row) + "\n").encode()


def _head(columns: Iterable[object]) -> bytes:
    return f"\ufeff{','.join(_field(str(column)) for column in columns)}\n".encode()


def _fields(cells: pd.Series[Any]) -> list[str]:
    """A column as it is written; columns repeat their values, so that each is made ready once."""
    known: dict[str, str] = {}
    out = []
    for value in cells.tolist():
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
