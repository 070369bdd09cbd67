"""Which marks at the head of a printed line begin an item: the first of a series, or the one after its predecessor.

"(1) ... (2) ..." inside a sentence begins nothing, even where a wrapped line happens to begin with "(3)".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.ingest.marks import counted_mark
from pipeline.ingest.printed_marks import Mark, bare_number, neighbour, unbroken
from pipeline.ingest.text.typescript import TypedLine

_NEAR = 60
"""Lines in which the second item of a series follows the first."""
_ENCLOSED = ("paren", "half")


def with_series(rows: Sequence[TypedLine]) -> list[TypedLine]:
    """The lines with the marks that begin items: those of a series, numbers without a full stop too, and dashes in a row."""
    bare = unbroken([bare_number(row.text) if row.role == "body" and not row.mark else None for row in rows])
    open_items: dict[str, set[tuple[str, int]]] = {}
    out: list[TypedLine] = []
    for at, row in enumerate(rows):
        number = bare[at]
        if number:
            row = replace(row, mark=counted_mark(row.text, number))
        elif row.mark and row.mark.is_bullet and row.mark.is_doubtful and _is_dash_item(rows, at):
            row = replace(row, mark=row.mark._replace(is_doubtful=False))
        mark = row.mark.printed if row.mark else None
        if mark and mark.style in _ENCLOSED:
            if row.gap or _opens(rows, at, mark, open_items.get(mark.style, set())):
                open_items.setdefault(mark.style, set()).update(mark.readings())
            else:
                row = replace(row, mark=None)
        out.append(row)
    return out


def _opens(rows: Sequence[TypedLine], at: int, mark: Mark, before: set[tuple[str, int]]) -> bool:
    """Whether a line without a blank line before it begins an item: its predecessor did, or its successor does."""
    readings = mark.readings()
    if any((kind, value - 1) in before or (mark.later and (kind, value) in before) for kind, value in readings):
        return True
    firsts = {kind for kind, value in readings if value == 1}
    if not firsts:
        return False
    shown = rows[at].text[: mark.length].strip()
    seconds = [f" {shown.replace(mark.core, neighbour(kind, 1))} " for kind in firsts]
    for row in rows[at : at + _NEAR]:
        after = row.mark.printed if row.mark else None
        if after and after.style == mark.style and any(k in firsts and v == 2 for k, v in after.readings()):
            return True
        if any(second in row.text for second in seconds):
            return False
    return True


def _is_dash_item(rows: Sequence[TypedLine], at: int) -> bool:
    """Whether a dash begins an item: other lines beside it begin with the same one, or a colon leads it in."""
    row = rows[at]
    before = rows[at - 1] if at else None
    if before and before.role == "body" and before.text.endswith(":"):
        return True
    here = row.mark.text if row.mark else ""
    for step in (-1, 1):
        place = at
        while 0 <= place + step < len(rows) and abs(place - at) < _NEAR:
            # a blank line between two lines belongs to the lower one
            if rows[place if step < 0 else place + step].gap > 1:
                break
            place += step
            other = rows[place].mark
            if other and other.is_bullet and other.text == here and rows[place].indent == row.indent:
                return True
    return False
