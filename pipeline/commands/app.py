"""The command line `gcmrefs`. Heavy libraries are imported inside the commands, so that `--help` is immediate."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from extractors.model import ROLES
from pipeline.commands import terminal
from pipeline.commands.audit import check_analysis
from pipeline.commands.backup import back_up, restore
from pipeline.commands.brief import write_brief
from pipeline.commands.cite import cite_documents
from pipeline.commands.corpus import corpus_app
from pipeline.commands.evaluate import measure_accuracy
from pipeline.commands.exchange import write_exchange
from pipeline.commands.explore import open_notebook
from pipeline.commands.lexicon import lexicon_app
from pipeline.commands.options import (
    Corpus,
    Database,
    Json,
    Language,
    Outputs,
    check_output,
    leave,
    refuse,
    say,
    settings_of,
    until_end,
    write_output,
)
from pipeline.commands.review import review_app
from pipeline.commands.terminal import clean, console, progress, show_left_out, summary, table
from pipeline.commands.unattended import told_end
from pipeline.errors import GcmrefsError
from pipeline.files import json_text
from pipeline.run.interruption import end_on_sigterm, tell_interrupted

if TYPE_CHECKING:
    from pipeline.export.run_facts import RunFacts
    from pipeline.run.loose_files import Format

app = typer.Typer(
    name="gcmrefs",
    help="Reference tables from the Global Compact for Migration and the declarations of inter-State consultation "
    "mechanisms. Exit status: 0 done, 1 finished with failures or a missed minimum, 2 bad usage.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
app.add_typer(corpus_app, name="corpus")
app.add_typer(lexicon_app, name="lexicon")
app.add_typer(review_app, name="review")
app.command("audit")(check_analysis)
app.command("brief")(write_brief)

Password = Annotated[str, typer.Option("--password", help="Opens encrypted PDFs.")]
Workers = Annotated[int, typer.Option("--workers", min=0, help="Processes; 0 = one a core.")]


class What(StrEnum):
    references = "references"
    paragraphs = "paragraphs"
    objectives = "objectives"


class OutputFormat(StrEnum):
    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    json = "json"
    parquet = "parquet"
    xlsx = "xlsx"
    docx = "docx"


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one without a corpus.")],
    is_empty: Annotated[bool, typer.Option("--empty", help="No known documents and no sample.")] = False,
) -> None:
    """Start a corpus: manifest, sample, and a page that says what comes next."""
    from pipeline.corpus.start import start_corpus

    for path in start_corpus(folder, is_empty=is_empty):
        print(f"made: {path}")
    there = "" if folder.resolve() == Path.cwd() else f"cd {folder}, then "
    print(f"Next: {there}gcmrefs {'corpus add FILE' if is_empty else 'run'}")


@app.command()
def run(
    corpus: Corpus = None,
    outputs: Outputs = None,
    database_url: Database = None,
    force: Annotated[bool, typer.Option("--force", help="Read every document again.")] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try documents again that failed, though nothing changed.")
    ] = False,
    may_replace: Annotated[
        bool, typer.Option("--replace", help="Also where the tables there are of another corpus.")
    ] = False,
    password: Password = "",
    workers: Workers = 0,
    language: Language = None,
    as_json: Json = False,
) -> None:
    """Bring the tables in outputs/latest/ up to date with the whole corpus; unchanged documents are not read again."""
    from pipeline.run.run import run_corpus

    settings = settings_of(corpus, outputs, database_url, language)
    with progress() as shown:
        result = run_corpus(
            settings=settings,
            force=force,
            retry=retry,
            may_replace=may_replace,
            password=password,
            progress=shown,
            workers=workers or None,
        )
    if as_json:
        say({**result.run, "seconds": result.seconds, "moved": result.has_moved, "latest": str(result.latest)})
    else:
        summary(result)
    leave(result.exit_code)


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="PDF, Word, HTML or text files.")],
    what: Annotated[What, typer.Option("--what", help="Which rows.")] = What.references,
    form: Annotated[OutputFormat | None, typer.Option("--format", help="Default: table; with -o by its name.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write there, in one step.")] = None,
    password: Password = "",
    workers: Workers = 0,
    check_pages: Annotated[
        bool,
        typer.Option("--check-pages", help="Read PDF pages with pdfplumber too, and warn where it reads otherwise."),
    ] = False,
    language: Language = None,
    as_json: Json = False,
) -> None:
    """Print or write the references (or paragraphs, objectives) of any files; needs no manifest and keeps nothing.

    A file named .xlsx or .docx has all tables of the document, .csv, .jsonl, .json and .parquet its rows.
    """
    from pipeline.run import loose_files

    settings_of(language=language)
    if as_json and form is not None:
        raise typer.BadParameter("--json and --format exclude each other")
    chosen = "json" if as_json else _chosen(form, output)
    is_whole = chosen in loose_files.WHOLE
    if output is None and (is_whole or chosen == "parquet"):
        refuse(f"--format {chosen}: give a file with -o")
    if is_whole and what is not What.references:
        refuse(f"--what {what.value}: a file in {chosen} always has all tables; use csv, jsonl, json or parquet")
    if output is not None and chosen == "table":
        refuse("a table is for the terminal: with -o use --format csv, jsonl, json, parquet, xlsx or docx")
    check_output(output)
    with progress() as shown:
        found = loose_files.extract_files(
            files,
            password=password,
            workers=workers,
            progress=shown,
            wanted=loose_files.kinds_of(what.value, chosen),
            is_checked=check_pages,
        )
    if chosen == "table":
        show(loose_files.rows(found, what.value), what.value, has_several=len(found.done) > 1)
    elif found.done or not is_whole:
        write_output(output, loose_files.encoded(found, what.value, chosen))
    for done in found.done:
        for warning in done.warnings:
            print(f"warning: {done.document}: {clean(warning)}", file=sys.stderr)
    for _, problem in found.failures:
        print(f"error: {clean(problem)}", file=sys.stderr)
    leave(1 if found.failures else 0)


def _chosen(form: OutputFormat | None, output: Path | None) -> Format:
    """The format that an option or the file's name asks for; an unknown one is refused in one line."""
    from pipeline.run import loose_files

    try:
        return loose_files.format_of(form.value if form else None, output)
    except GcmrefsError as error:
        refuse(str(error))


def show(rows: Sequence[Mapping[str, object]], what: str, *, has_several: bool) -> None:
    from pipeline.commands.terminal import SHOWN

    columns = [name for name in SHOWN[what] if name != "document" or has_several]
    out = console()
    out.print(table(rows, columns))
    out.print(f"{len(rows)} {what}")


@app.command()
def tables(
    document: Annotated[
        str, typer.Option("--document", help="Only this document of the last run, into one file.")
    ] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="That file: .xlsx or .docx.")] = None,
    roles: Annotated[
        str,
        typer.Option(
            "--roles",
            metavar="ROLE,...",
            help="Quote documents of these roles in the reference tables: instrument, outcome, account, speech, report, "
            "analysis, draft, all. Default: instrument and outcome, and documents whose role nothing tells.",
        ),
    ] = "",
    has_all_copies: Annotated[
        bool, typer.Option("--all-copies", help="Count every copy of a work, not only the preferred one a language.")
    ] = False,
    language: Language = None,
    outputs: Outputs = None,
    database_url: Database = None,
) -> None:
    """Write the tables of the last run again from the store, without reading any document; or those of one document."""
    settings = settings_of(None, outputs, database_url, language)
    if not document and output is None:
        from pipeline.run.publish import rebuild

        wanted = roles.replace(",", " ").split()
        if unknown := [name for name in wanted if name not in (*ROLES, "all")]:
            refuse(f"--roles {unknown[0]}: no role of a document: use {', '.join(ROLES)} or all")
        chosen = (*ROLES, "") if "all" in wanted else tuple(wanted)
        with progress() as shown:
            written = rebuild(settings, roles=chosen, has_all_copies=has_all_copies, progress=shown)
        show_left_out()
        console().print(f"Tables: {written}", soft_wrap=True)
        return
    from pipeline.export.document import SUFFIXES, write_document
    from pipeline.store import published

    if not document or output is None:
        refuse("--document NAME and -o FILE go together: they write the tables of one document")
    if output.suffix.lower() not in SUFFIXES:
        refuse(f"{output}: no format of tables: use {' or '.join(SUFFIXES)}")
    check_output(output)
    rows, about = published.document_rows(settings.outputs, document)
    facts = cast("RunFacts", about)
    frames = (rows["references"], rows["paragraphs"], rows["objectives"])
    with tempfile.TemporaryDirectory() as folder:
        made = write_document(Path(folder) / f"tables{output.suffix.lower()}", *frames, facts)
        write_output(output, made.read_bytes())
    console().print(f"Tables: {output}", soft_wrap=True)


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="RUN", help="Run id, the start of one, `latest` or `previous`.")],
    after: Annotated[str, typer.Argument(metavar="RUN", help="The later run, in the same way.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write .xlsx or .json there.")] = None,
    outputs: Outputs = None,
    database_url: Database = None,
    as_json: Json = False,
) -> None:
    """Show what changed between two runs: documents, references and rows of the tables gained and lost, texts of paragraphs."""
    from pipeline.commands.terminal import show_changes
    from pipeline.store import changes, documents

    check_output(output, ".xlsx", ".json")
    with documents.opened(documents.address(settings_of(None, outputs, database_url)), is_reading=True) as opened:
        one, two = changes.resolve(opened, before), changes.resolve(opened, after)
        found = changes.compare(opened, one, two)
    if output is not None:
        from pipeline.export.excel.changes import workbook

        book = output.suffix.lower() == ".xlsx"
        write_output(output, workbook(found) if book else json_text(found.as_dict()).encode("utf-8"))
    if as_json:
        say(found.as_dict())
    else:
        show_changes(found)


@app.command()
def doctor(
    corpus: Corpus = None, outputs: Outputs = None, database_url: Database = None, as_json: Json = False
) -> None:
    """Tell whether everything that a run needs is there: versions, folders, store, lexicon, optional programs."""
    from pipeline.commands.doctor import checks, install_lines

    found = checks(settings_of(corpus, outputs, database_url))
    lines = install_lines(found)
    if as_json:
        line_of = {extra: line for line, extras in lines.items() for extra in extras}
        say(
            [
                {"check": one.name, "state": one.state, "detail": one.detail, "install": line_of.get(one.extra, "")}
                for one in found
            ]
        )
    else:
        rows = [{"check": one.name, "state": one.state, "detail": one.detail, "extra": one.extra} for one in found]
        console().print(table(rows, ("check", "state", "detail", "extra")))
        for line, extras in lines.items():
            print(f"{', '.join(extras)}: {line}")
    leave(1 if any(check.state == "broken" for check in found) else 0)


app.command("cite")(cite_documents)
app.command("explore")(open_notebook)
app.command("evaluate")(measure_accuracy)
app.command("exchange")(write_exchange)
app.command("backup")(back_up)
app.command("restore")(restore)


@app.callback(invoke_without_command=True)
def top(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    is_quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print results and problems only.")] = False,
    is_verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Print the lines of the log, too.")] = False,
    has_steps: Annotated[
        bool, typer.Option("--steps", help="Print progress as lines of JSON on standard error, for programs.")
    ] = False,
) -> None:
    context.call_on_close(until_end.close)
    terminal.is_quiet, terminal.has_steps = is_quiet, has_steps
    if is_verbose:
        from pipeline.log import show_log

        show_log()
    if version:
        from pipeline.version import read_version as installed

        print(installed())
        raise typer.Exit


def main() -> None:
    """Run the command line; every foreseen error is one line on standard error, without a traceback."""
    end_on_sigterm()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")  # Windows writes cp1252 into files and pipes
    try:
        with told_end(sys.argv[1:]):
            app()
    except GcmrefsError as error:
        print(f"error: {clean(error)}", file=sys.stderr)
        sys.exit(1)
    except ModuleNotFoundError as error:
        from pipeline.extras import EXTRA_OF, missing_extra

        if str(error.name) not in EXTRA_OF:
            raise
        print(f"error: {missing_extra(str(error.name))}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(tell_interrupted())
    except ValueError as error:
        from extractors.lexicon.yaml_file import LexiconError

        if not isinstance(error, LexiconError):
            raise
        print(f"error: {clean(error)}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
