"""The columns of the workbook's sheets: what is told of each row, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.review.decision import Kind
from pipeline.review.items import Item
from pipeline.review.kinds import DECIDABLE
from pipeline.tables.columns import label_column

SheetColumns = tuple[tuple[str, str, int], ...]
"""Column, heading and width in characters."""
REVIEW, ADD = "Review", "Add"
COLUMNS: SheetColumns = (
    ("reference_id", "Reference", 18),
    ("document", "Document", 22),
    ("citation", "Paragraph", 11),
    ("label", "Category", 26),
    ("wording", "Wording", 30),
    ("canonical", "Stands for", 24),
    ("quote", "Quote", 70),
    ("found", "Found by", 16),
    ("status", "Status", 11),
    ("said", "So far", 34),
    ("decision", "Decision", 11),
    ("new_category", "New category", 28),
    ("new_wording", "New wording", 28),
    ("new_canonical", "New name", 24),
    ("comment", "Comment", 40),
)
"""Those of references: the first ten are told, the last five are asked."""
ADDITIONS: SheetColumns = (
    ("document", "Document", 30),
    ("paragraph", "Paragraph", 14),
    ("category", "Category", 34),
    ("wording", "Wording (as it stands in the text)", 44),
    ("canonical", "Stands for", 30),
    ("comment", "Comment", 50),
)


def fact_columns(kind: Kind) -> SheetColumns:
    """Return the columns of a sheet of what is no reference: its fields as they were shown, and each anew."""
    named = [(name, _heading(kind, name)) for name in DECIDABLE[kind].fields]
    return (
        ("reference_id", "Item", 18),
        ("document", "Document", 22),
        ("citation", "Paragraph", 11),
        ("wording", "What", 44),
        *((name, heading, 26) for name, heading in named),
        ("quote", "Quote", 70),
        ("status", "Review", 11),
        ("said", "So far", 34),
        ("decision", "Decision", 11),
        *((f"new_{name}", f"New: {heading}", 28) for name, heading in named),
        ("comment", "Comment", 40),
    )


def _heading(kind: Kind, name: str) -> str:
    return "Objective" if kind == "objective" else label_column(name)


KIND_SHEETS: Mapping[str, Kind] = {one.label: kind for kind, one in DECIDABLE.items()}
"""The kind of what each further sheet lists, by its name."""
SHEETS: Mapping[str, SheetColumns] = {
    REVIEW: COLUMNS,
    ADD: ADDITIONS,
    **{sheet: fact_columns(kind) for sheet, kind in KIND_SHEETS.items()},
}
"""The sheets that are read back, with their columns."""


def asked_columns(sheet: str) -> tuple[str, ...]:
    """Return the columns that an analyst fills in; the last ones."""
    names = [name for name, _, _ in SHEETS[sheet]]
    return ("document", "paragraph", "category", "wording") if sheet == ADD else tuple(names[names.index("decision") :])


def shown_fields(item: Item) -> dict[str, str]:
    """Return what the grey cells of an item's fields say: an accept or reject is about that and nothing else."""
    if item.facts is None:
        return {}
    if item.kind == "objective":
        return {"number": item.row.canonical}
    return {name: item.facts.facts.get(name) for name in DECIDABLE[item.kind].fields}
