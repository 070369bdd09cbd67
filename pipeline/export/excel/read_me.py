"""The first sheet of the workbook: the result, where it stands, what it was made from and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from xlsxwriter.worksheet import Worksheet

from pipeline.cell import fitting, legible, plain
from pipeline.export import run_facts
from pipeline.export.excel.layout import row_height
from pipeline.export.run_facts import RunFacts
from pipeline.store.runs import id_of_run
from pipeline.tables.columns import COLUMNS
from pipeline.tables.table import NOT_STATED, Table
from pipeline.translation import gettext

if TYPE_CHECKING:
    from pipeline.export.excel.formats import SheetFormats

WIDTHS = (30.0, 78.0, 26.0, 11.0, 12.0, 12.0)


class BlockSheet:
    """A sheet of blocks as it grows: a title, then headings with rows below them, in columns of these widths."""

    def __init__(self, sheet: Worksheet, formats: SheetFormats, title: str, widths: Sequence[float]) -> None:
        self.sheet, self.formats, self.widths, self.at = sheet, formats, widths, 1
        sheet.hide_gridlines(2)
        for n, width in enumerate(widths):
            sheet.set_column(n, n, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&R&9" + gettext("Page %(page)s of %(last)s", page="&P", last="&N"))
        sheet.set_row(0, 24)
        sheet.write_string(0, 0, title, formats.title)

    def note(self, text: str) -> None:
        """Write a line across the sheet."""
        self.sheet.write_string(self.at, 0, text)
        self.at += 1

    def heading(self, text: str) -> None:
        """Start a block, a line below the last one."""
        self.at += 1
        self.sheet.write_string(self.at, 0, text, self.formats.heading)
        for n in range(1, len(self.widths)):
            self.sheet.write_blank(self.at, n, None, self.formats.heading)
        self.at += 1

    def headers(self, names: Sequence[str]) -> None:
        """Write the headers of a block's columns."""
        for n, name in enumerate(names):
            self.sheet.write_string(self.at, n, name, self.formats.header)
        self.at += 1

    def row(self, cells: Sequence[object], *, link: str = "") -> None:
        """Write a row; `link` is the sheet that its first cell leads to."""
        shown = [plain(cell) for cell in cells]
        self.sheet.set_row(self.at, row_height(shown, self.widths))
        for n, cell in enumerate(shown):
            if n == 0 and link:
                target = "internal:'" + link.replace("'", "''") + "'!A1"
                self.sheet.write_url(self.at, 0, target, self.formats.link, str(cell))
            elif isinstance(cell, str):
                self.sheet.write_string(self.at, n, fitting(cell), self.formats.text)
            else:
                self.sheet.write_number(self.at, n, cell, self.formats.number)
        self.at += 1

    def rows(self, rows: Iterable[Sequence[object]]) -> None:
        """Write rows one below the other."""
        for cells in rows:
            self.row(cells)


def write(
    sheet: Worksheet,
    formats: SheetFormats,
    tables: Mapping[str, Table],
    names: Mapping[str, str],
    run: RunFacts,
    *,
    most: int,
) -> None:
    """Write the sheet: first the result, then failures, sheets, documents, how it was made, columns and versions.

    `names` gives the sheet of each table that has one; `most` is the number of rows that a sheet holds.
    """
    block = BlockSheet(sheet, formats, gettext(run_facts.TITLE), WIDTHS)
    block.heading(gettext("Result"))
    block.rows([total.name, total.number] for total in run_facts.sums(tables, run))
    if frequent := run_facts.most_frequent(tables):
        block.row([gettext("Most frequent"), "; ".join(f"{gettext(label)} ({number})" for label, number in frequent)])
    if found := run_facts.problems(run):
        block.heading(gettext("Failures and warnings"))
        block.headers([gettext("Document"), gettext("What happened"), gettext("Kind")])
        block.rows([problem.document or gettext("(run)"), problem.text, gettext(problem.kind)] for problem in found)
    block.heading(gettext("Sheets"))
    block.headers([gettext("Sheet"), gettext("What a row is"), "", "", "", gettext("Rows")])
    for name, table in tables.items():
        if name in names:
            block.row([names[name], _explained(table, most), "", "", "", len(table.rows)], link=names[name])
    if empty := [table.title for name, table in tables.items() if name not in names]:
        told = gettext("Tables without any row: %(listed)s.", listed="; ".join(empty))
        block.row([gettext("(no sheet)"), told])
    block.heading(gettext("Documents"))
    block.headers(
        [
            *(gettext("Document"), gettext("Title"), gettext("Symbol / ISCM")),
            *(gettext("Language"), gettext("Paragraphs"), gettext("References")),
        ]
    )
    block.rows(
        [
            document.get("document"),
            document.get("title"),
            document.get("symbol") or document.get("iscm"),
            document.get("language"),
            document.get("paragraphs"),
            document.get("references"),
        ]
        for document in run_facts.documents(run)
    )
    block.heading(gettext("What this is and how it was made"))
    block.rows(
        [
            [gettext("What this is"), gettext(run_facts.WHAT)],
            [gettext("How it was made"), gettext(run_facts.HOW)],
        ]
    )
    status = str(run.get("status") or "")
    block.rows([[gettext("Run %(run)s", run="").strip(), id_of_run(run)], [gettext("Started"), run.get("started")]])
    block.row([gettext("Status"), gettext(status)])
    if base := run.get("base"):
        since = gettext("Compared with run %(run)s.", run=base.get("run_id")) + " " if base.get("started") else ""
        block.row([gettext("New in this run"), since + gettext(base.get("note", ""))])
    block.rows([legible(name), version] for name, version in run_facts.versions(run).items())
    block.heading(gettext("Columns"))
    used = {str(column) for table in tables.values() for column in table.columns}
    explained = {gettext(header): gettext(text) for column, (header, text) in COLUMNS.items() if column in used}
    block.rows(explained.items())


def _explained(table: Table, most: int) -> str:
    """What a row of a table is, and how many of them its sheet holds where those are not all."""
    file, cut = f"tables/{table.name}.csv", ""
    if len(table.rows) > most:
        cut = " " + gettext("The sheet has the first %(n)s rows, %(file)s has all.", n=most, file=file)
    hidden = len(table.rows) - len(table.told())
    filtered = (
        " " + gettext("A filter hides the %(n)s rows that say “%(what)s”.", n=hidden, what=NOT_STATED) if hidden else ""
    )
    return f"{table.title}. {table.credit()}{filtered}{cut}"
