"""One table as every output format shows it, and the names of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from pipeline.extract import quote
from pipeline.extract.quote import Runs
from pipeline.tables.columns import COLUMNS

Kind = Literal["wordings", "quotes", "matrix", "counts", "listing"]


@dataclass(frozen=True, slots=True)
class Table:
    """One table as it is written to CSV, workbook, Word and page.

    `name` is the file name; `caption` tells what a row is; `rich` gives, for a column, the pieces of every cell with
    the wordings bold (the frame's cell is the same text); `headers` holds printed headers that COLUMNS does not know.
    `source` names the published table that it follows. For a listing, `group` is the column whose values head groups
    of rows, and `brief` are the columns for narrow places (Word, page); CSV and workbook always have all of them.
    """

    name: str
    title: str
    caption: str
    kind: Kind
    frame: pd.DataFrame
    rich: Mapping[str, tuple[Runs, ...]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    section: str = ""
    source: str = ""
    group: str = ""
    brief: tuple[str, ...] = ()

    def shown(self, several: bool) -> tuple[str, ...]:
        """The columns to show: those that tell documents apart only where there are several."""
        hidden = () if several or self.kind in ("counts", "listing") else ("document", "documents")
        return tuple(str(column) for column in self.frame.columns if column not in hidden)

    def narrow(self) -> tuple[str, ...]:
        """The columns of a listing for narrow places, in the order of the frame."""
        columns = tuple(str(column) for column in self.frame.columns)
        return tuple(column for column in columns if column in self.brief) if self.brief else columns

    def told(self) -> list[int]:
        """The places of the rows for narrow places: all but those that say "not stated"."""
        if self.kind != "listing" or "answer" not in self.frame.columns:
            return list(range(len(self.frame)))
        return [n for n, answer in enumerate(self.frame["answer"]) if answer != "not stated"]

    def header(self, column: str) -> str:
        """The printed header of a column."""
        return self.headers.get(column) or COLUMNS.get(column, (column,))[0]

    def credit(self) -> str:
        """The caption with the published table that this one follows."""
        return f"{self.caption} After: {self.source}." if self.source else self.caption


_TEXT = frozenset(COLUMNS) - {
    "objective", "documents", "count", "mentions", "page", "paragraph_count", "with_references", "reviewed",
    "rejected", "total", "further", "rank", "score", "iscms", "issued", "iscm_count", "igo_count", "stakeholder_count",
    "other_count",
}  # fmt: skip


def frame(rows: Sequence[Mapping[Any, Any]], columns: str | Sequence[str]) -> pd.DataFrame:
    """The rows as text and whole numbers: missing text is empty, a missing number is NA."""
    names = columns.split() if isinstance(columns, str) else list(columns)
    data: dict[str, pd.Series[Any]] = {}
    for name in names:
        values = [row.get(name) for row in rows]
        text = any(isinstance(v, str) for v in values) or name in _TEXT or not rows
        if text:
            data[name] = pd.Series(["" if v is None else v for v in values], dtype=object)
        else:
            data[name] = pd.Series([pd.NA if v is None else v for v in values], dtype="Int64")
    return pd.DataFrame(data, columns=pd.Index(names))


def listing(
    name: str,
    title: str,
    caption: str,
    rows: Iterable[Mapping[str, Any]],
    columns: str,
    *,
    source: str = "",
    group: str = "",
    brief: str = "",
    section: str = "mechanisms",
    headers: Mapping[str, str] | None = None,
) -> Table:
    """A table of kind "listing" from rows whose `quote` is rich text (`quotes.Runs`)."""
    found = list(rows)
    rich = tuple(row.get("quote") or () for row in found)
    flat = [{**row, "quote": quote.plain(runs)} for row, runs in zip(found, rich, strict=True)]
    return Table(
        name,
        title,
        caption,
        "listing",
        frame(flat, columns),
        rich={"quote": rich} if "quote" in columns.split() else {},
        headers=headers or {},
        section=section,
        source=source,
        group=group,
        brief=tuple(brief.split()),
    )
