"""What is new in a run, in the words of the workbook, the Word file and the page: documents, and rows by table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.cell import legible, plain
from pipeline.export import run_facts
from pipeline.export.run_facts import DocumentFacts, RunFacts
from pipeline.extract.quote import Run, Runs
from pipeline.tables.table import NEW, Table, TableRow
from pipeline.translation import gettext, gettext_noop

if TYPE_CHECKING:
    import pandas as pd

HEADING = gettext_noop("New in this run")
NOTHING = gettext_noop("Nothing is new: no document, and no row of any table.")
DOCUMENT_HEADERS = ("Document", "Title", "ISCM", "Date", "Language", "Source")
TABLE_HEADERS = (gettext_noop("Table"), gettext_noop("New rows"), gettext_noop("Rows"))
ROW_HEADERS = (gettext_noop("Document"), gettext_noop("Cited as"), gettext_noop("What is new"), gettext_noop("Quote"))


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that is new: where it stands, what it is (the values that make it that row), and its quote."""

    document: str
    citation: str
    said: str
    quote: Runs


@dataclass(frozen=True, slots=True)
class NewRows:
    """The new rows of one table of `total` rows: how many, and themselves where the table tells facts; "" is no table of
    its own but a file."""

    name: str
    title: str
    number: int
    total: int
    rows: tuple[NewRow, ...] = ()


@dataclass(frozen=True, slots=True)
class NewInRun:
    """The new documents and rows since the run `base`; `note` is what a reader of it has to know."""

    base: str
    note: str
    documents: tuple[DocumentFacts, ...]
    tables: tuple[NewRows, ...]

    @property
    def since(self) -> str:
        """One sentence on what it is compared with."""
        told = gettext("Compared with run %(run)s.", run=legible(self.base))
        return f"{told} {legible(gettext(self.note))}".strip()

    @property
    def is_empty(self) -> bool:
        return not self.documents and not self.tables


def collect_new_rows(
    tables: Mapping[str, Table], run: RunFacts, files: Mapping[str, pd.DataFrame] | None = None
) -> NewInRun | None:
    """Return what is new in a run, from the marks of its tables and of its files (by name: references, objectives); None
    where it is compared with no other run."""
    base = run.get("base") or {}
    if not base.get("started"):
        return None
    documents = tuple(facts for facts in run_facts.documents(run) if facts.get("new_in_run"))
    found = [_of_file(name, frame) for name, frame in (files or {}).items() if NEW in frame.columns]
    found += [_of_table(table) for table in tables.values() if table.new_rows]
    return NewInRun(base.get("run_id", ""), base.get("note", ""), documents, tuple(one for one in found if one.number))


def tell_new(rows: NewRows, most: int) -> str:
    """Return the heading of a table's new rows, of which at most so many are shown."""
    told = gettext("%(heading)s: %(n)s new", heading=rows.title, n=len(rows.rows))
    more = gettext(", the first %(n)s of them here", n=most) if len(rows.rows) > most else ""
    return told + more


def document_cells(facts: DocumentFacts) -> tuple[str, ...]:
    """What is said of a new document, under DOCUMENT_HEADERS."""
    values = (facts.get(name) for name in ("document", "title", "iscm", "date", "language", "url"))
    return tuple(legible(str(value or "")) for value in values)


def _of_file(name: str, frame: pd.DataFrame) -> NewRows:
    """References are listed one by one; of objectives only the number is told: their tables list them."""
    new = frame[frame[NEW].astype(bool)]
    rows: Sequence[NewRow] = ()
    if name == "references":
        columns = (new[column].tolist() for column in ("document", "citation", "category", "wording", "quote"))
        rows = [
            NewRow(legible(document), legible(cited), legible(f"{category}: {wording}"), (Run(legible(words), False),))
            for document, cited, category, wording, words in zip(*columns, strict=True)
        ]
    return NewRows("", f"{gettext(name.capitalize())} ({name}.csv)", len(new), len(frame), tuple(rows))


def _of_table(table: Table) -> NewRows:
    marks = table.new_rows or ()
    told = [n for n in table.told() if marks[n]] if table.kind == "listing" else []
    rows = tuple(_row(table, table.rows[n]) for n in told)
    return NewRows(table.name, table.title, sum(marks), len(marks), rows)


def _row(table: Table, row: TableRow) -> NewRow:
    quote: Runs = getattr(row, "quote", ()) or getattr(row, "action", ())
    runs = tuple(Run(legible(run.text), run.is_bold) for run in quote)
    document, cited = str(getattr(row, "document", "")), str(getattr(row, "citation", ""))
    return NewRow(legible(document), legible(cited), " · ".join(_said(table, row)), runs)


def _said(table: Table, row: TableRow) -> Iterator[str]:
    """The values that make it this row but for its place, with the name behind a number: "Objective · 5 · Pathways"."""
    names = [name for name in table.identity if name not in ("document", "paragraph")]
    for name in (*names, *(n for n in ("name", "question", "detail") if n not in names and hasattr(row, n))):
        if value := str(plain(getattr(row, name))):
            yield legible(value)
