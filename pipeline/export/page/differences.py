"""What a run changed, in the words of the page: the `changes` of `run.json` as small tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.cell import legible
from pipeline.export.new_rows import ROW_HEADERS, NewInRun, document_cells
from pipeline.extract.quote import Run, Runs
from pipeline.translation import gettext, gettext_noop

_SHOWN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "documents": (gettext_noop("Documents"), ("document", "change", "title", "gained", "lost", "changed")),
    "references": (
        gettext_noop("References"),
        ("change", "document", "paragraph", "category", "wording", "fields", "quote"),
    ),
    "rows": (gettext_noop("Rows of tables"), ("table", "change", "document", "citation", "row", "quote")),
    "texts": (gettext_noop("Text of paragraphs"), ("document", "paragraph", "change", "before", "after")),
}
_ROWS, _CELL, _BEFORE = 100, 300, 60
"""Rows of each kind, characters of a cell, and those before the first change in a text; `gcmrefs diff` shows all."""


@dataclass(frozen=True, slots=True)
class ChangeTable:
    """One table of changes: its heading, its columns, the rows on the page and how many there are in all. Bold are the
    words that a text lost or gained."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed since the run `before`: counts by kind, and a table of each kind that has any."""

    before: str
    counts: tuple[tuple[str, int], ...]
    parts: tuple[ChangeTable, ...]


def difference(run: Mapping[str, object]) -> Difference | None:
    """Return what a run changed, None where it says nothing of it (a first run) or nothing changed."""
    changes = run.get("changes")
    if not isinstance(changes, Mapping) or not changes.get("counts"):
        return None
    counts = {str(name): int(number) for name, number in changes["counts"].items()}
    parts = []
    for name, (heading, columns) in _SHOWN.items():
        rows: Sequence[Mapping[str, object]] = changes.get(name) or ()
        kind = "paragraphs" if name == "texts" else name
        total = sum(number for key, number in counts.items() if key.startswith(f"{kind}_"))
        shown = tuple(_row(row, columns) for row in rows[:_ROWS])
        if shown:
            parts.append(ChangeTable(heading, columns, shown, total))
    told = tuple((_told(name, number), number) for name, number in counts.items())
    return Difference(legible(str(changes.get("before") or "")), told, tuple(parts))


@dataclass(frozen=True, slots=True)
class NewOnPage:
    """What is new in a run: a sentence, the new documents, and (heading, rows) for each table with its number of rows."""

    since: str
    documents: tuple[tuple[str, ...], ...]
    counts: tuple[tuple[str, int, int], ...]
    parts: tuple[ChangeTable, ...]


def new_page(new: NewInRun) -> NewOnPage:
    """Return what is new in a run as small tables."""
    parts = [
        ChangeTable(
            one.title,
            ROW_HEADERS,
            tuple((_cell(row.document), _cell(row.citation), _cell(row.said), row.quote) for row in one.rows[:_ROWS]),
            len(one.rows),
        )
        for one in new.tables
        if one.rows
    ]
    counts = tuple((one.title, one.number, one.total) for one in new.tables)
    return NewOnPage(new.since, tuple(map(document_cells, new.documents)), counts, tuple(parts))


def _told(name: str, number: int) -> str:
    """A count in words.

    >>> _told("references_gained", 1), _told("paragraphs_changed", 2)
    ('reference gained', 'paragraphs changed')
    """
    what, _, change = name.partition("_")
    told = f"{what.removesuffix('s') if number == 1 else what} {change}".strip()
    return gettext(told)


def _row(row: Mapping[str, object], columns: Sequence[str]) -> tuple[Runs, ...]:
    if "before" not in columns:
        return tuple(_cell(row.get(column)) for column in columns)
    before, after = (_words(row.get(name)) for name in ("before", "after"))
    told = dict(zip(("before", "after"), _compared(before, after), strict=True))
    return tuple(told[c] if c in told else _cell(row.get(c)) for c in columns)


def _compared(before: str, after: str) -> tuple[Runs, Runs]:
    """Both texts around their first difference, with the words bold that the other one does not have.

    >>> [[run.text for run in runs if run.is_bold] for runs in _compared("the old Forum", "the new Forum")]
    [['old'], ['new']]
    """
    if not before or not after:
        return _cell(before), _cell(after)
    same = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    start = 0 if same <= _BEFORE else before.rfind(" ", 0, same - _BEFORE // 2) + 1
    old, new = (re.findall(r"\S+|\s+", text[start : start + _CELL]) for text in (before, after))
    out: tuple[list[Run], list[Run]] = ([Run("…", False)], [Run("…", False)]) if start else ([], [])
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for runs, words in ((out[0], old[a:b]), (out[1], new[c:d])):
            if words:
                runs.append(Run("".join(words), kind != "equal"))
    for runs, text in zip(out, (before, after), strict=True):
        if len(text) > start + _CELL:
            runs.append(Run("…", False))
    return tuple(out[0]), tuple(out[1])


def _cell(value: object) -> Runs:
    text = _words(value)
    shown = text if len(text) <= _CELL else text[: _CELL - 1] + "…"
    return (Run(shown, False),) if shown else ()


def _words(value: object) -> str:
    return " ".join(legible("" if value is None else str(value)).split())
