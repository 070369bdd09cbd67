"""A document's own table of recommendations, means of implementation and partnerships, told by its header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractors.text.normalization import squash
from pipeline.segment.citation import base
from pipeline.tables.recommendations.words import FieldName, Template
from pipeline.tables.records import Unit

_CELL = re.compile(r"(.*T\d+)/R(\d+)/C(\d+)")
_SHORTEST = 4  # words of a recommendation that stands alone; shorter ones head a group of rows
_ASIDE = frozenset({"furniture", "note"})

Columns = Mapping[FieldName, int]


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of such a table: the units of each field's cell, in order; `position` is that of its first unit."""

    position: int
    cells: Mapping[FieldName, tuple[Unit, ...]]


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table of the document: its cells by row and column, and whether it follows the table before at once."""

    name: str
    rows: dict[int, dict[int, list[tuple[int, Unit]]]]
    is_continued: bool

    def width(self) -> int:
        return max(column for row in self.rows.values() for column in row)


def printed_rows(units: Sequence[Unit], data: Template) -> list[PrintedRow]:
    """Read the rows of every table whose header names recommendations and their means or partnerships.

    The header may stand under a title row, in any of the languages, with small differences ("Recommendations/Actionable
    commitment"). A table without such a header that follows at once and is as wide goes on with the one before (a page
    break). A row without a recommendation has that of the row above (a cell over several rows).
    """
    out: list[PrintedRow] = []
    columns: Columns | None = None
    width = 0
    for grid in _grids(units):
        head, found = _header(grid, data)
        if found:
            columns, width = found, grid.width()
        elif not (columns and grid.is_continued and grid.width() == width):
            columns = None
            continue
        last: tuple[Unit, ...] = ()
        if not found and out:
            last = out[-1].cells["recommendation"]
        for number, row in sorted(grid.rows.items()):
            if number <= head or not columns:
                continue
            if found and _fields(row, data) == found:
                continue
            cells = {name: tuple(unit for _, unit in row.get(column, ())) for name, column in columns.items()}
            filled = [name for name, cell in cells.items() if any(unit.text.strip() for unit in cell)]
            if not filled or (filled == ["recommendation"] and _words(cells["recommendation"]) < _SHORTEST):
                continue
            last = cells["recommendation"] or last
            position = min(place for cell in row.values() for place, _ in cell)
            out.append(PrintedRow(position, {**cells, "recommendation": last}))
    return out


def _grids(units: Sequence[Unit]) -> list[_Grid]:
    grids: dict[str, _Grid] = {}
    before = ""
    for position, unit in enumerate(units):
        if unit.kind in _ASIDE:
            continue
        place = _CELL.fullmatch(base(unit.paragraph)) if unit.kind == "cell" else None
        if not place:
            before = ""
            continue
        name, row, column = place[1], int(place[2]), int(place[3])
        if name not in grids:
            grids[name] = _Grid(name, {}, bool(before))
        before = name
        grids[name].rows.setdefault(row, {}).setdefault(column, []).append((position, unit))
    return list(grids.values())


def _header(grid: _Grid, data: Template) -> tuple[int, Columns | None]:
    """The row that is the header and the column of each field; (0, None) where there is none."""
    for number in sorted(grid.rows)[: data.header_rows]:
        found = _fields(grid.rows[number], data)
        if found:
            return number, found
    return 0, None


def _fields(row: Mapping[int, Sequence[tuple[int, Unit]]], data: Template) -> Columns | None:
    found: dict[FieldName, int] = {}
    for column, cell in sorted(row.items()):
        name = _field(" ".join(unit.text for _, unit in cell), data)
        if name:
            found.setdefault(name, column)
    return found if "recommendation" in found and len(found) > 1 else None


def _field(text: str, data: Template) -> FieldName | None:
    """The field that a printed header names best, None where no known header is like it."""
    parts = [part for part in map(squash, re.split(r"[/|\n(),;]| and | y | et | e ", text)) if part]
    rated: list[tuple[float, FieldName]] = []
    for name, words in data.headers.items():
        known = [squash(header) for headers in words.values() for header in headers]
        rated += [(fuzz.ratio(part, header), name) for part in [*parts, squash(text)] for header in known]
    best = max(rated, default=None)
    return best[1] if best and best[0] >= data.header_ratio else None


def _words(cell: Sequence[Unit]) -> int:
    return sum(len(unit.text.split()) for unit in cell)
