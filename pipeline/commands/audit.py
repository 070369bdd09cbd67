"""The command `gcmrefs audit`: a published analysis against the text that it analyses."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import Database, Json, Outputs, check_output, say, settings_of, write_output
from pipeline.commands.terminal import clean, console
from pipeline.errors import GcmrefsError

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.audit import Audit
    from pipeline.audit.write.rows import Part
    from pipeline.settings import Settings

_WIDTH = 100


class AuditFormat(StrEnum):
    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    xlsx = "xlsx"
    docx = "docx"
    html = "html"


_SUFFIXES = {
    ".csv": AuditFormat.csv, ".jsonl": AuditFormat.jsonl, ".ndjson": AuditFormat.jsonl, ".xlsx": AuditFormat.xlsx,
    ".docx": AuditFormat.docx, ".html": AuditFormat.html, ".htm": AuditFormat.html,
}  # fmt: skip


def check_analysis(
    published: Annotated[Path, typer.Argument(metavar="PUBLISHED", help="The analysis: PDF, Word, HTML or text.")],
    against: Annotated[Path, typer.Option("--against", metavar="DOCUMENT", help="The text that it analyses.")],
    form: Annotated[AuditFormat | None, typer.Option("--format", help="Default: table; with -o by its name.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write there, in one step.")] = None,
    missed: Annotated[bool, typer.Option("--missed", help="List what the analysis leaves out.")] = False,
    narrative: Annotated[bool, typer.Option("--narrative", help="List the claims of its running text.")] = False,
    review: Annotated[
        bool, typer.Option("--review", help="Put the claims before the reviewers; DOCUMENT is one of the last run.")
    ] = False,
    password: Annotated[str, typer.Option("--password", help="Opens encrypted PDFs.")] = "",
    as_json: Json = False,
    outputs: Outputs = None,
    database_url: Database = None,
) -> None:
    """Check every claim of a published analysis: paragraph and wording, quotation and paragraph, objectives.

    The table has the claims; --missed and --narrative list the references that it leaves out and what its running
    text claims. Files in xlsx, docx and html always hold all three. Where DOCUMENT is one of the last run, what
    analysts decided of a claim in gcmrefs review counts.
    """
    if as_json and (form is not None or output is not None):
        raise typer.BadParameter("--json prints everything: leave --format and -o out")
    if missed and narrative:
        raise typer.BadParameter("--missed and --narrative are two lists: ask for one at a time")
    chosen = form or (_SUFFIXES.get(output.suffix.lower()) if output else AuditFormat.table)
    if chosen is None:
        raise typer.BadParameter(f"{output}: its name tells no format: give --format or one of {' '.join(_SUFFIXES)}")
    if output is not None and chosen == AuditFormat.table:
        raise typer.BadParameter("a table is for the terminal: with -o use csv, jsonl, xlsx, docx or html")
    if output is None and chosen in (AuditFormat.xlsx, AuditFormat.docx):
        raise typer.BadParameter(f"{chosen.value} is no text: give -o PATH")
    check_output(output)
    for path in (published, against):
        if not path.is_file():
            raise typer.BadParameter(f"{path}: {'a folder, not a file' if path.is_dir() else 'no such file'}")
    from pipeline.audit import audit_analysis as audited
    from pipeline.audit.claims import summary

    found = _decided(
        audited(published, against, password=password), against, settings_of(None, outputs, database_url), review
    )
    part: Part = "missed" if missed else "narrative" if narrative else "claims"
    if as_json:
        say(found.as_dict())
    elif chosen == AuditFormat.table:
        _show(found, part)
    else:
        write_output(output, _encoded(found, chosen, part))
    for warning in found.warnings:
        print(f"warning: {clean(warning)}", file=sys.stderr)
    if output is not None:
        console().print(clean(summary(found)), width=_WIDTH)
        console().print(f"Written: {output}", soft_wrap=True)


def _decided(found: Audit, against: Path, settings: Settings, is_kept: bool) -> Audit:
    """The audit with what analysts decided of its claims, which are kept for them where that is wanted."""
    if not settings.database_url and not (settings.outputs / "store").is_dir():
        if is_kept:
            raise GcmrefsError(f"{settings.outputs}: no finished run to review the claims in: run gcmrefs run first")
        return found
    from pipeline.audit.decided import decide_audit, find_analysed, keep_audit
    from pipeline.store import documents

    with documents.opened(documents.address(settings), is_reading=not is_kept) as store:
        document = find_analysed(store, against)
        if document and is_kept:
            count = keep_audit(store, found, document)
            print(f"{count} claims can be decided: gcmrefs review, Audit claims", file=sys.stderr)
        elif is_kept:
            raise GcmrefsError(
                f"{against}: not in the last run: gcmrefs corpus add it and gcmrefs run, then audit again"
            )
        return decide_audit(store, found, document) if document else found


def _encoded(found: Audit, chosen: AuditFormat, part: Part) -> bytes:
    if chosen == AuditFormat.xlsx:
        from pipeline.audit.write.workbook import write_workbook

        return write_workbook(found)
    if chosen == AuditFormat.docx:
        from pipeline.audit.write.word import write_word

        return write_word(found)
    if chosen == AuditFormat.html:
        from pipeline.audit.write.page import render_page

        return render_page(found)
    from pipeline.audit.write.rows import PARTS, csv_bytes, jsonl_bytes, list_rows

    listed = list_rows(found, part)
    return csv_bytes(listed, PARTS[part]) if chosen == AuditFormat.csv else jsonl_bytes(listed)


def _show(found: Audit, part: Part) -> None:
    """The claims that do not hold (or one of the lists) and the summary, in a terminal of a hundred columns."""
    from pipeline.audit.claims import summary
    from pipeline.audit.write.rows import list_rows

    listed = list_rows(found, part)
    columns = {
        "claims": ("claim", "wording", "paragraph_printed", "status", "paragraph_true", "note"),
        "narrative": ("claim", "wording", "printed", "status", "true", "note"),
        "missed": ("category", "paragraph", "wording", "quote"),
    }[part]
    shown = [row for row in listed if row.get("status") != "ok"] if part == "claims" else listed
    named = {"paragraph_printed": "printed", "paragraph_true": "true"}
    cells = [{named.get(name, name): row[name] for name in columns} for row in shown]
    out = console()
    width = min(out.width, _WIDTH)
    if cells:
        out.print(_fitting(cells, tuple(named.get(name, name) for name in columns), width))
    if part == "claims" and len(shown) < len(listed):
        out.print(f"{len(listed) - len(shown)} claims hold and are not listed here.")
    out.print(clean(summary(found)), width=width)


def _fitting(cells: Sequence[Mapping[str, object]], columns: Sequence[str], width: int) -> Table:
    """A table of at most `width` characters: short columns as they are, long ones wrapped, very long cells cut."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    out = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, width=width)
    for name in columns:
        wide = name in ("wording", "note", "quote")
        out.add_column(
            name, ratio={"wording": 2}.get(name, 3) if wide else None, overflow="fold", max_width=None if wide else 18
        )
    for row in cells:
        out.add_row(*(Text(_cut(clean(row[name]), 240)) for name in columns))
    return out


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
