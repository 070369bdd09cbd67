"""CSV files for people and programs: UTF-8 with BOM, "\\n", no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pipeline.export.cell import legible, neutralised, plain, restored

_QUOTED = frozenset('",\r\n')


def write(path: Path, frame: pd.DataFrame) -> Path:
    """Write a frame; the same frame gives the same bytes, and `read` gives back the same text.

    Missing values are empty, whole numbers have no ".0", control characters become "�" and text that looks like a
    formula gets an apostrophe in front (see `cell.neutralised`).
    """
    lines = [",".join(_field(str(column)) for column in frame.columns)]
    for row in frame.itertuples(index=False, name=None):
        lines.append(",".join(_field(plain(value)) for value in row))
    path.write_bytes(("\ufeff" + "\n".join(lines) + "\n").encode("utf-8"))
    return path


def read(path: Path) -> pd.DataFrame:
    """Read a file that `write` made, every cell as the text that it was (missing values as "")."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return frame.map(restored)


def _field(value: str | int | float) -> str:
    if not isinstance(value, str):
        return repr(value)
    text = neutralised(legible(value))
    if _QUOTED.intersection(text) or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text
