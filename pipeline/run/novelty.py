"""What is new in a run: each row of its files and tables held against those that the run published before showed."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np
import sqlalchemy as sa

from pipeline.extract import quote
from pipeline.store import runs, table_rows
from pipeline.store.table_rows import ShownRow
from pipeline.tables.table import NEW, Table
from pipeline.version import build

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_FILES: Mapping[str, str] = {
    "documents": "document",
    "references": "reference_id",
    "objectives": "document paragraph kind number",
}
"""File -> the columns that make a row the same row in another run."""
_QUOTE = 240
"""Characters of a quote that are kept of each row."""
FIRST = "This is the first run: there is none to compare it with, and nothing is marked as new."
FORGOTTEN = "What the run before showed is not kept row by row: nothing is marked as new."


@dataclass(frozen=True, slots=True)
class MarkedRows:
    """The rows of a file or table, whose `identity` names its key: the document of each, and what makes the row of a place."""

    name: str
    identity: str
    documents: Sequence[str]
    row: Callable[[int], ShownRow]


class Novelty:
    """The marks of one run, and its rows as they are collected for the runs to come.

    The base is the run that `outputs/latest` showed before, and stays so when only decisions of analysts or the layout
    of the tables change. A row is new that the base did not show, by its identity (`Table.identity`): not one whose quote
    was cut differently or whose better evidence is new. What stands in a document that only has another name (the same
    bytes) is not new. A table that the base did not make has new rows where the program is the same as then; with another
    program that says nothing. In a first run nothing is new.
    """

    def __init__(self, engine: sa.Engine, run: Mapping[str, Any], *, base: str, shown_as: str) -> None:
        self.engine, self.base, self.shown_as = engine, base, shown_as
        self._now = {str(row["document"]): str(row["sha256"]) for row in run["documents"]}
        self._versions: Mapping[str, str] = run["versions"]
        self._marked: list[MarkedRows] = []

    @cached_property
    def _before(self) -> dict[str, NDArray[np.uint64]]:
        """The rows of the base by table, each as the number that stands for its key, in no order; those of "" are its tables,
        each with its identity, and its program. Memory: eight bytes a row, about 1.5 kB a document."""
        wanted = table_rows.digests(self.engine, self.base) if self.base else {}
        out: dict[str, array[int]] = defaultdict(lambda: array("Q"))
        for _, tables in table_rows.read(self.engine, set(wanted.values())):
            for name, rows in tables.items():
                out[name].extend(_sign(row.key) for row in rows)
        return {name: np.frombuffer(rows, np.uint64) for name, rows in out.items() if rows}

    @cached_property
    def _renamed(self) -> set[str]:
        """Documents that the base had under another name, which none has now."""
        before = {name: row["sha256"] for name, row in runs.shown_by(self.engine, self.base).items()}
        gone = {sha256 for name, sha256 in before.items() if name not in self._now}
        return {name for name, sha256 in self._now.items() if name not in before and sha256 in gone}

    @property
    def facts(self) -> dict[str, str]:
        """What `run.json` says of it: the base ("" for none), when that began, and what a reader of the marks has to know."""
        if not self._before:
            return {"run_id": self.base, "started": "", "note": FORGOTTEN if self.base else FIRST}
        summary = runs.read_summary(self.engine, self.base) or {}
        known = summary.get("versions") or {}
        others = [name for name, version in self._versions.items() if known.get(name) != version]
        others += [] if _sign(("", build())) in self._before[""] else ["program"]
        note = ""
        if others:
            note = (
                f"Changed since then: {', '.join(others)}. What is marked as new in a document that was there before may "
                "have been found only now."
            )
        return {"run_id": self.base, "started": str(summary.get("started") or ""), "note": note}

    def mark_documents(self, documents: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return the documents of a run, each with its mark."""
        rows = [dict(row) for row in documents]
        names = [str(row["document"]) for row in rows]
        marks = self._marks(MarkedRows("documents", _FILES["documents"], names, lambda n: ShownRow((names[n],))))
        return [row | {NEW: mark} for row, mark in zip(rows, marks, strict=True)]

    def mark_frame(self, name: str, frame: pd.DataFrame, as_found: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return the rows of `references.csv` or `objectives.csv`, each with its mark.

        `as_found` are the same rows before analysts corrected them, by which they are known: a correction finds nothing new.
        """
        found = frame if as_found is None else as_found
        keys = [found[column].tolist() for column in _FILES[name].split()]
        evidence = [found[column].tolist() for column in ("paragraph", "wording")] if name == "objectives" else []

        def shown(n: int) -> ShownRow:
            return ShownRow(tuple(str(values[n]) for values in keys), *(str(values[n]) for values in evidence))

        documents = frame["document"].tolist()
        return frame.assign(**{NEW: self._marks(MarkedRows(name, _FILES[name], documents, shown))})

    def mark_table(self, table: Table) -> Table:
        """Return a table with a mark on each row."""
        names = [str(getattr(row, "document", "")) for row in table.rows]
        told = set(table.told()) if table.kind == "listing" else set()

        def shown(n: int) -> ShownRow:
            return _shown(table, table.rows[n], is_told=n in told)

        return replace(table, new_rows=self._marks(MarkedRows(table.name, " ".join(table.identity), names, shown)))

    def remember(self) -> None:
        """Keep the rows that were marked for the runs to come; those of one document are held at a time."""
        places: dict[str, list[tuple[MarkedRows, list[int]]]] = defaultdict(list)
        for marked in self._marked:
            of: dict[str, list[int]] = defaultdict(list)
            for n, document in enumerate(marked.documents):
                of[document].append(n)
            for document, numbers in of.items():
                places[document].append((marked, numbers))
        tables = [*(ShownRow((marked.name, marked.identity)) for marked in self._marked), ShownRow(("", build()))]
        places[""] += []
        sets = {}
        for document, of_tables in places.items():
            rows = {marked.name: [marked.row(n) for n in numbers] for marked, numbers in of_tables}
            sets[document] = table_rows.pack(rows if document else rows | {"": tables})
        table_rows.remember(self.engine, self.shown_as, sets)

    def _marks(self, marked: MarkedRows) -> tuple[bool, ...]:
        self._marked.append(marked)
        before = self._before
        told = np.array([_sign((marked.name, marked.identity)), _sign(("", build()))], np.uint64)
        if not marked.identity or not np.isin(told, before.get("", told[:0])).any():
            return (False,) * len(marked.documents)
        signs = np.fromiter((_sign(marked.row(n).key) for n in range(len(marked.documents))), np.uint64)
        is_unknown = ~np.isin(signs, before.get(marked.name, signs[:0]))
        return tuple(
            bool(is_new) and document not in self._renamed
            for document, is_new in zip(marked.documents, is_unknown, strict=True)
        )


def _sign(key: Sequence[str]) -> int:
    """The number of eight bytes that stands for a key: no other key has it by chance."""
    digest = blake2b("\x1f".join(key).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _shown(table: Table, row: object, *, is_told: bool) -> ShownRow:
    """A row of a table as the runs to come see it; spacing is no part of what it is. Only what tells a fact has its
    evidence kept: what sums up others, or says that nothing is stated, changes with them."""
    key = tuple(" ".join(str(getattr(row, name)).split()) for name in table.identity)
    if not is_told:
        return ShownRow(key)
    said = quote.plain(getattr(row, "quote", ()) or getattr(row, "action", ()))
    cited = str(getattr(row, "citation", "") or getattr(row, "paragraph", ""))
    return ShownRow(key, cited, said if len(said) <= _QUOTE else said[: _QUOTE - 1] + "…")
