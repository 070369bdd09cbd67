"""One table as every output format shows it: typed rows, and what each format needs to know of its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol, TypeVar, cast

from pipeline.extract import quote
from pipeline.extract.quote import Runs
from pipeline.tables.columns import COLUMNS
from pipeline.tables.footnotes import Footnote
from pipeline.translation import gettext

if TYPE_CHECKING:
    from dataclasses import Field

    import pandas as pd

NEW = "new_in_run"
"""The column that every table of a run has: whether the row is new in it."""
STATUS = "status"
"""The column that every table has whose rows analysts decide on: what was said of the row."""
NAMING = frozenset("label subsection partner type kind name objective_title".split())
"""Columns of names that the lexicon or the program gives, which are translated where people read them."""
FILLED = frozenset({"footnote", NEW})
"""Columns that every table has alike, for programs and readers of the whole table: not for narrow places."""
NOT_STATED = "not stated"
"""The answer of a row for which no text says anything."""
CellValue = TypeVar("CellValue")
Kind = Literal["wordings", "quotes", "matrix", "counts", "listing"]


class TableRow(Protocol):
    """A row of a published table: a frozen dataclass whose fields are its columns, in their order.

    A field of type `Runs` is rich text (the wordings bold). A field `cells` of type `Mapping[str, int]` or
    `Mapping[str, str]` stands for the columns of a matrix, which the table names. A class variable `IDENTITY` names the
    columns that make a row the same row in another run, whatever its quote, page and counts are there.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[object]]]


@dataclass(frozen=True)
class Table:
    """One table as it is written to CSV, workbook, Word and page.

    `name` is the file name; `caption` tells what a row is; `row` is the class of its rows, `only` the columns to have where
    that are not all of its fields, `spread` names the columns of a matrix; `headers` holds printed headers that COLUMNS does
    not know. `cited` gives the footnote of a row, the last column, where rows are about documents. `source` names the
    published table that it follows. For a listing, `group` is the column whose values head groups of rows, and `brief` are
    the columns for narrow places (Word, page); CSV and workbook always have all of them.
    `new_rows` tells of each row whether it is new in its run, None where no run stands behind the table; `statuses` what
    analysts said of each row, None where rows are not decided on.
    """

    name: str
    title: str
    caption: str
    kind: Kind
    row: type[TableRow]
    rows: tuple[TableRow, ...] = field(repr=False)
    spread: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    section: str = ""
    source: str = ""
    group: str = ""
    brief: tuple[str, ...] = ()
    cited: Callable[[TableRow], Footnote] | None = field(default=None, repr=False, compare=False)
    new_rows: tuple[bool, ...] | None = field(default=None, repr=False)
    statuses: tuple[str, ...] | None = field(default=None, repr=False)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns: the fields of a row, with those of the matrix in the place of `cells`."""
        names = self.only or tuple(f.name for f in fields(self.row))
        columns = tuple(column for name in names for column in (self.spread if name == "cells" else (name,)))
        columns += ("footnote",) if self.cited else ()
        columns += (STATUS,) if self.statuses is not None else ()
        return columns if self.new_rows is None else (*columns, NEW)

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns that make a row the same row in another run."""
        return tuple(getattr(self.row, "IDENTITY", "").split())

    @property
    def is_decided(self) -> bool:
        """Whether analysts decided on any of its rows."""
        return any(status != "machine" for status in self.statuses or ())

    @cached_property
    def _fields(self) -> tuple[Field[object], ...]:
        known = {f.name: f for f in fields(self.row)}
        return tuple(known[name] for name in self.only or known)

    @cached_property
    def rich(self) -> Mapping[str, tuple[Runs, ...]]:
        """For each column of rich text the pieces of every cell; the frame's cell is the same text."""
        names = [f.name for f in self._fields if f.type == "Runs"]
        return {name: tuple(cast("Runs", getattr(row, name)) for row in self.rows) for name in names}

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """The footnote of each row, made when it is asked for; none where the rows are not about documents."""
        return tuple(map(self.cited, self.rows)) if self.cited else ()

    def cells(self, column: str, start: int = 0, stop: int | None = None) -> list[object]:
        """What a column holds in the rows from `start` to before `stop`: text, numbers, None for one that is missing.

        Made when it is asked for and held by nobody: a table of a large corpus takes no more than its rows.
        """
        rows = self.rows[start:stop]
        if column == NEW and self.new_rows is not None:
            return list(self.new_rows[start:stop])
        if column == STATUS and self.statuses is not None:
            return list(self.statuses[start:stop])
        if column == "footnote" and self.cited is not None:
            return [str(self.cited(row)) for row in rows]
        kind = self._kinds.get(column, "")
        if not kind:
            empty = 0 if self._kinds["cells"].endswith("int]") else ""
            return [cast("Mapping[str, object]", getattr(row, "cells", {})).get(column, empty) for row in rows]
        values = [getattr(row, column) for row in rows]
        return [quote.plain(value) for value in values] if kind == "Runs" else values

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        """The types of the fields, by name."""
        return {f.name: str(f.type) for f in self._fields}

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as a frame of text and numbers, made whenever it is asked for; a missing number is NA."""
        import pandas as pd

        names = {"int": "Int64", "int | None": "Int64", "float": "float"}
        kinds = {column: names.get(kind, "object") for column, kind in self._kinds.items()}
        if self._kinds.get("cells", "").endswith("int]"):
            kinds |= dict.fromkeys(self.spread, "Int64")
        kinds |= {"footnote": "object", STATUS: "object", NEW: "bool"}
        data = {c: pd.Series(self.cells(c), dtype=kinds.get(c, "object")) for c in self.columns}
        return pd.DataFrame(data, columns=pd.Index(self.columns))

    def shown(self, several: bool) -> tuple[str, ...]:
        """The columns to show: those that tell documents apart only where there are several."""
        hidden = () if several or self.kind in ("counts", "listing") else ("document", "documents", "role")
        return tuple(column for column in self.columns if column not in hidden)

    def narrow(self) -> tuple[str, ...]:
        """The columns of a listing for narrow places, in the order of the frame; what was decided where anything was."""
        brief = (*self.brief, STATUS) if self.is_decided else self.brief
        return tuple(c for c in self.columns if (c in brief if self.brief else c not in FILLED))

    def told(self) -> list[int]:
        """The places of the rows for narrow places: all but those that say that nothing is stated."""
        if self.kind != "listing" or "answer" not in self.columns:
            return list(range(len(self.rows)))
        return [n for n, row in enumerate(self.rows) if getattr(row, "answer", "") != NOT_STATED]

    def header(self, column: str) -> str:
        """The printed header of a column."""
        return gettext(self.headers.get(column) or COLUMNS.get(column, (column,))[0])

    def credit(self) -> str:
        """The caption with the published table that this one follows."""
        return f"{self.caption} " + gettext("After: %(source)s.", source=self.source) if self.source else self.caption


def translate_cell(column: str, value: CellValue) -> CellValue:
    """Return what a cell shows to people: names of the lexicon in the language in use, all else as it is in the data."""
    return cast("CellValue", gettext(value)) if isinstance(value, str) and column in NAMING else value


def listing(
    name: str,
    title: str,
    caption: str,
    row: type[TableRow],
    rows: Iterable[TableRow],
    *,
    source: str = "",
    group: str = "",
    brief: str = "",
    section: str = "mechanisms",
    headers: Mapping[str, str] | None = None,
) -> Table:
    """A table of kind "listing": one fact a row, each with its evidence."""
    return Table(
        name,
        title,
        caption,
        "listing",
        row,
        tuple(rows),
        headers=headers or {},
        section=section,
        source=source,
        group=group,
        brief=tuple(brief.split()),
    )


def matrix(
    name: str,
    title: str,
    caption: str,
    row: type[TableRow],
    rows: Sequence[TableRow],
    spread: Sequence[str],
    *,
    source: str = "",
    section: str = "",
    headers: Mapping[str, str] | None = None,
) -> Table:
    """A table of kind "matrix": `spread` are the columns that the `cells` of its rows fill."""
    return Table(
        name,
        title,
        caption,
        "matrix",
        row,
        tuple(rows),
        tuple(spread),
        headers=headers or {},
        section=section,
        source=source,
    )
