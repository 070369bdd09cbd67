"""What a run changed, in the words of the page: the `changes` of `run.json` as small tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.export.cell import legible

_SHOWN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "documents": ("Documents", ("document", "change", "title", "gained", "lost", "changed")),
    "references": ("References", ("change", "document", "paragraph", "category", "wording", "fields", "quote")),
    "texts": ("Text of paragraphs", ("document", "paragraph", "change", "before", "after")),
}
_ROWS, _CELL = 100, 300
"""Rows of each kind and characters of a cell on the page; `gcmrefs diff` shows everything."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table of changes: its heading, its columns, the rows on the page and how many there are in all."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed since the run `before`: counts by kind, and a table of each kind that has any."""

    before: str
    counts: tuple[tuple[str, int], ...]
    parts: tuple[Part, ...]


def difference(run: Mapping[str, Any]) -> Difference | None:
    """Return what a run changed, None where it says nothing of it (a first run) or nothing changed."""
    changes = run.get("changes")
    if not isinstance(changes, Mapping) or not changes.get("counts"):
        return None
    counts = {str(name): int(number) for name, number in changes["counts"].items()}
    parts = []
    for name, (heading, columns) in _SHOWN.items():
        rows: Sequence[Mapping[str, Any]] = changes.get(name) or ()
        kind = "paragraphs" if name == "texts" else name
        total = sum(number for key, number in counts.items() if key.startswith(f"{kind}_"))
        shown = tuple(tuple(_cell(row.get(column)) for column in columns) for row in rows[:_ROWS])
        if shown:
            parts.append(Part(heading, columns, shown, total))
    told = tuple((name.replace("_", " "), number) for name, number in counts.items())
    return Difference(legible(str(changes.get("before") or "")), told, tuple(parts))


def _cell(value: Any) -> str:
    text = " ".join(legible("" if value is None else str(value)).split())
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"
