"""The commands `gcmrefs review ...`: the review in the browser, and by workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from pipeline.commands.options import (
    Corpus,
    Database,
    Json,
    Outputs,
    check_output,
    leave,
    say,
    settings_of,
    write_output,
)
from pipeline.commands.terminal import console, table
from pipeline.errors import GcmrefsError
from pipeline.extras import EXTRA_OF, missing_extra
from pipeline.log import keep_log

if TYPE_CHECKING:
    from pipeline.review.decision import Kind
    from pipeline.review.items import Show

review_app = typer.Typer(help="Accept, correct and add references: in the browser, or in Excel.")
PORT, PASSWORD = 8350, "GCMREFS_REVIEW_PASSWORD"
SHORTEST = 8
"""Characters of a team's password."""


@review_app.callback(invoke_without_command=True)
def start_review(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="0 = any that is free.")] = PORT,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; one that others reach needs a password or header.")
    ] = "127.0.0.1",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")] = False,
    password: Annotated[
        str,
        typer.Option(
            "--password", envvar=PASSWORD, help="A team's password, asked beside the name; 8 characters or more."
        ),
    ] = "",
    user_header: Annotated[
        str,
        typer.Option("--user-header", metavar="NAME", help="Header in which a proxy on this machine says who it is."),
    ] = "",
    public_name: Annotated[
        str, typer.Option("--public-name", metavar="NAME", help="Host name by which a proxy makes it known.")
    ] = "",
    corpus: Corpus = None,
    outputs: Outputs = None,
    database_url: Database = None,
) -> None:
    """Review the references of the last run in the browser; Ctrl-C ends it."""
    if context.invoked_subcommand is not None:
        return
    try:
        from pipeline.webapp.server import serve
    except ModuleNotFoundError as error:
        if EXTRA_OF.get(str(error.name)) != "review":
            raise
        raise missing_extra(str(error.name), "review") from None
    from pipeline.webapp.app import create_app
    from pipeline.webapp.security import is_loopback

    if not is_loopback(host) and not password and not user_header:
        remedy = f"give --password (or set {PASSWORD}), or --user-header behind a proxy"
        raise GcmrefsError(f"--host {host}: others could decide in anybody's name: {remedy}")
    if password and len(password) < SHORTEST:
        raise GcmrefsError(
            f"--password: {len(password)} characters are too few to keep others out: give {SHORTEST} or more"
        )
    settings = settings_of(corpus, outputs, database_url)
    keep_log(settings.outputs, is_json=settings.log == "json")
    hosts = [name for name in (host, public_name) if name]
    app = create_app(settings, password=password, user_header=user_header, hosts=hosts)
    serve(app, host, port, has_browser=not no_browser)


Kinds = Annotated[
    list[str] | None, typer.Option("--kind", help="reference, objective, a table (commitments ...), claim, or all.")
]


def named_kinds(names: list[str] | None) -> list[Kind]:
    """Return the kinds that are named, [] for all of them. Raises BadParameter for one that there is none of."""
    from pipeline.review.kinds import KIND_LABELS

    if unknown := [name for name in names or () if name not in (*KIND_LABELS, "all")]:
        raise typer.BadParameter(f"--kind {unknown[0]}: one of {', '.join((*KIND_LABELS, 'all'))}")
    return [] if not names or "all" in names else [cast("Kind", name) for name in names]


@review_app.command("export")
def export(
    output: Annotated[Path, typer.Option("-o", "--output", help="The workbook to write, .xlsx.")],
    show: Annotated[
        str, typer.Option("--show", help="open, conflict, new, doubtful, unsure, flagged, noted, lost, decided or all.")
    ] = "open",
    document: Annotated[str, typer.Option("--document", help="Only this document.")] = "",
    category: Annotated[str, typer.Option("--category", help="Only this category, or group of categories.")] = "",
    kind: Kinds = None,
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help="As this analyst may see it; open: what is assigned to them.")
    ] = "",
    outputs: Outputs = None,
    database_url: Database = None,
) -> None:
    """Write a workbook with a drop-down for each reference, or whatever else can be decided, for review in Excel."""
    from pipeline.review.desk import Desk
    from pipeline.review.excel.write import form
    from pipeline.review.items import SHOWS, Queue
    from pipeline.review.kinds import KIND_LABELS
    from pipeline.review.ledger import spell_name
    from pipeline.store import documents

    check_output(output, ".xlsx")
    if show not in SHOWS:
        raise typer.BadParameter(f"--show {show}: one of {', '.join(SHOWS)}")
    kinds = named_kinds(kind) or [*(KIND_LABELS if kind else ("reference",))]
    with documents.opened(documents.address(settings_of(None, outputs, database_url)), is_reading=True) as engine:
        name = spell_name(engine, by)
        desk = Desk(engine, viewer=name)
        if document and document not in desk.documents:
            raise GcmrefsError(f"{document}: no such document in the last run")
        own = name if show == "open" and desk.assignments.kinds_of(name) else ""
        queue = Queue(show=cast("Show", show), document=document, category=category, assigned=own)
        held = {one: desk.items(replace(queue, kind=one)) for one in kinds}
        items = held.pop("reference", [])
        data = form(desk, items, held)
    write_output(output, data)
    told = [f"{len(found)} {KIND_LABELS[name].lower()}" for name, found in held.items()]
    told = [f"{len(items)} references", *told] if "reference" in kinds else told
    print(f"{', '.join(told)}: {output}")


@review_app.command("import")
def take_in(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The filled-in workbook.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Whose decisions these are.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be taken.")] = False,
    outputs: Outputs = None,
    database_url: Database = None,
    as_json: Json = False,
) -> None:
    """Read a filled-in workbook back; what was taken before is not taken twice. The next run shows it in the tables."""
    from pipeline.review.desk import Desk
    from pipeline.review.excel.read import take
    from pipeline.review.ledger import spell_name
    from pipeline.store import documents
    from pipeline.webapp.audit_log import Record

    try:
        data = file.read_bytes()
    except OSError as error:
        raise GcmrefsError(f"{file}: {error.strerror}") from None
    settings = settings_of(None, outputs, database_url)
    with documents.opened(documents.address(settings), is_reading=dry_run) as engine:
        found = take(Desk(engine, viewer=spell_name(engine, by)), data, name=file.name, by=by, dry_run=dry_run)
    if not dry_run:
        told = f"{file.name}: {len(found.taken)} taken, {len(found.refused)} refused"
        Record(settings.outputs / "store" / "review.log").note("import", who=by, detail=told)
    refused = [{"sheet": r.sheet, "row": r.row, "reference": r.what, "why": r.why} for r in found.refused]
    counts = {"taken": len(found.taken), "known": found.known, "empty": found.empty, "refused": refused}
    if as_json:
        say(counts)
    else:
        if refused:
            console().print(table(refused, ("sheet", "row", "reference", "why"), title="refused"))
        verb = "would be taken" if dry_run else "taken"
        told = f"{len(found.taken)} decisions {verb}, {found.known} known already, {found.empty} rows left empty"
        console().print(f"{told}, {len(refused)} refused")
    leave(1 if refused else 0)


@review_app.command("assign")
def assign(
    to: Annotated[
        list[str] | None, typer.Option("--to", metavar="NAME", help="Who codes; once for each. Without: list only.")
    ] = None,
    document: Annotated[
        list[str] | None, typer.Option("--document", help="Only this document; may be given again.")
    ] = None,
    kind: Kinds = None,
    by_item: Annotated[
        bool, typer.Option("--by-item", help="Draw single items by lot, instead of sharing out whole documents.")
    ] = False,
    twice: Annotated[int, typer.Option("--twice", min=0, max=100, help="So many per cent go to two people.")] = 0,
    blind: Annotated[
        bool,
        typer.Option("--blind", help="Nobody sees what others say of an item before all who code it have decided."),
    ] = False,
    close: Annotated[
        int, typer.Option("--close", metavar="NUMBER", min=0, help="End this assignment; what was hidden is shown.")
    ] = 0,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who assigns or ends it.")] = "",
    outputs: Outputs = None,
    database_url: Database = None,
    as_json: Json = False,
) -> None:
    """Give documents or items to analysts, each to one of them or a share to two; then list who codes what, and how far."""
    from pipeline.review.assignments import begin_assignment, close_assignment, plan_assignment
    from pipeline.review.desk import Desk
    from pipeline.review.items import Queue
    from pipeline.review.shares import count_items, measure_progress
    from pipeline.store import documents

    kinds = named_kinds(kind)
    is_reading = not to and not close
    with documents.opened(documents.address(settings_of(None, outputs, database_url)), is_reading=is_reading) as engine:
        desk = Desk(engine)
        if unknown := [slug for slug in document or () if slug not in desk.documents]:
            raise GcmrefsError(f"{unknown[0]}: no such document in the last run")
        if close:
            close_assignment(engine, close, by=by)
        if to:
            sizes = count_items(desk, kinds, document or ())
            planned = plan_assignment(
                sizes, to, by=by, kinds=kinds, unit="item" if by_item else "document", twice=twice, is_blind=blind
            )
            begin_assignment(engine, planned)
        desk.refresh()
        items = desk.items(Queue("all", kind="all"))
        found = [measure_progress(items, one) for one in desk.assignments.every if one.is_open]
    lines = [
        {
            "assignment": one.assignment.assignment_id,
            "about": ", ".join(one.kinds) or "everything",
            "shared": f"by {one.assignment.unit}",
            "items": one.total,
            "by_two": one.doubled,
            "blind": one.assignment.is_blind,
            "coders": {share.name: {"items": share.total, "decided": share.decided} for share in one.shares},
        }
        for one in found
    ]
    if as_json:
        say(lines)
        return
    for line, one in zip(lines, found, strict=True):
        blindly = ", blind" if one.assignment.is_blind else ""
        print(
            f"{line['assignment']}: {line['about']}, {one.total} items {line['shared']}, {one.doubled} by two{blindly}"
        )
        for share in one.shares:
            print(f"   {share.name}: {share.decided} of {share.total}")
    if not lines:
        print("Nothing is assigned.")
