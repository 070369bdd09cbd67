"""Tables of web pages while they are read: their cells counted with all spans, and what is known of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from pipeline.ingest.frames import TableFacts
from pipeline.ingest.html.page import Page, is_shown


@dataclass(slots=True)
class OpenTable:
    """An open table: its number, the current cell and the columns still taken by cells above."""

    number: int
    row: int = 0
    column: int = 0
    taken: dict[int, int] | None = None


def facts_of(page: Page, table: LexborNode, parent: str) -> TableFacts:
    """What the elements say of a table: with other tables or headings in it, or of one column, it is none."""
    weight = page.weight(table)
    columns, headed = 0, False
    for row in _rows(table):
        cells = [cell for cell in children_of(row) if cell.tag in ("td", "th") and is_shown(page, cell)]
        columns = max(columns, sum(_span(cell.attributes, "colspan") for cell in cells))
        headed = headed or any(cell.tag == "th" for cell in cells)
    said = table.attributes.get("role") in ("presentation", "none")
    layout = weight.tables > 1 or bool(weight.headings) or said or columns < 2
    return TableFacts(parent, is_headed=headed and not layout, is_layout=layout)


def next_cell(table: OpenTable, attributes: dict[str, str | None]) -> str:
    """The place of the next cell, past the columns that cells above still take."""
    taken = table.taken if table.taken is not None else {}
    column = table.column + 1
    while taken.get(column, 0) > 0 and column <= 1000:
        column += 1
    width, height = _span(attributes, "colspan"), _span(attributes, "rowspan")
    if height > 1:
        taken.update(dict.fromkeys(range(column, column + width), height))
    table.column, table.taken = column + width - 1, taken
    return f"T{table.number}/R{table.row}/C{column}"


def _span(attributes: dict[str, str | None], name: str) -> int:
    return min(max(integer_of(attributes.get(name), 1), 1), 1000)


def integer_of(value: str | None, default: int) -> int:
    found = re.match(r"\s*([+-]?\d{1,6})", value or "")
    return int(found[1]) if found else default


def children_of(node: LexborNode) -> list[LexborNode]:
    found, child = [], node.first_child
    while child is not None:
        found.append(child)
        child = child.next
    return found


def _rows(table: LexborNode) -> list[LexborNode]:
    rows = []
    for child in children_of(table):
        rows += [child] if child.tag == "tr" else children_of(child) if child.tag in ("tbody", "thead", "tfoot") else []
    return [row for row in rows if row.tag == "tr"]
