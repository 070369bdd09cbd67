"""The columns of the workbook's sheets: what is told of each row, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.review.decision import Kind
from pipeline.review.items import Item
from pipeline.review.kinds import DECIDABLE
from pipeline.tables.columns import label_column
from pipeline.translation import gettext, gettext_noop

SheetColumns = tuple[tuple[str, str, int], ...]
"""Column, heading and width in characters."""
REVIEW, ADD = gettext_noop("Review"), gettext_noop("Add")
NEW = "New: "
"""Before the heading of a column in which a field is given anew."""
COLUMNS: SheetColumns = (
    ("reference_id", gettext_noop("Reference"), 18),
    ("document", gettext_noop("Document"), 22),
    ("citation", gettext_noop("Paragraph"), 11),
    ("label", gettext_noop("Category"), 26),
    ("wording", gettext_noop("Wording"), 30),
    ("canonical", gettext_noop("Stands for"), 24),
    ("quote", gettext_noop("Quote"), 70),
    ("found", gettext_noop("Found by"), 16),
    ("status", gettext_noop("Status"), 11),
    ("said", gettext_noop("So far"), 34),
    ("decision", gettext_noop("Decision"), 11),
    ("new_category", gettext_noop("New category"), 28),
    ("new_wording", gettext_noop("New wording"), 28),
    ("new_canonical", gettext_noop("New name"), 24),
    ("comment", gettext_noop("Comment"), 40),
)
"""Those of references: the first ten are told, the last five are asked."""
ADDITIONS: SheetColumns = (
    ("document", gettext_noop("Document"), 30),
    ("paragraph", gettext_noop("Paragraph"), 14),
    ("category", gettext_noop("Category"), 34),
    ("wording", gettext_noop("Wording (as it stands in the text)"), 44),
    ("canonical", gettext_noop("Stands for"), 30),
    ("comment", gettext_noop("Comment"), 50),
)


def fact_columns(kind: Kind) -> SheetColumns:
    """Return the columns of a sheet of what is no reference: its fields as they were shown, and each anew."""
    named = [(name, _heading(kind, name)) for name in DECIDABLE[kind].fields]
    return (
        ("reference_id", gettext_noop("Item"), 18),
        ("document", gettext_noop("Document"), 22),
        ("citation", gettext_noop("Paragraph"), 11),
        ("wording", gettext_noop("What"), 44),
        *((name, heading, 26) for name, heading in named),
        ("quote", gettext_noop("Quote"), 70),
        ("status", gettext_noop("Review"), 11),
        ("said", gettext_noop("So far"), 34),
        ("decision", gettext_noop("Decision"), 11),
        *((f"new_{name}", f"{NEW}{heading}", 28) for name, heading in named),
        ("comment", gettext_noop("Comment"), 40),
    )


def _heading(kind: Kind, name: str) -> str:
    return gettext_noop("Objective") if kind == "objective" else label_column(name)


KIND_SHEETS: Mapping[str, Kind] = {one.label: kind for kind, one in DECIDABLE.items()}
"""The kind of what each further sheet lists, by its name."""
SHEETS: Mapping[str, SheetColumns] = {
    REVIEW: COLUMNS,
    ADD: ADDITIONS,
    **{sheet: fact_columns(kind) for sheet, kind in KIND_SHEETS.items()},
}
"""The sheets that are read back, with their columns."""


def write_heading(heading: str) -> str:
    """Return the heading of a column in the language in use."""
    if heading.startswith(NEW):
        return gettext("New: %(field)s", field=gettext(heading.removeprefix(NEW)))
    return gettext(heading)


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
