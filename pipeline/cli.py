"""The command line `gcmrefs`. Heavy libraries are imported inside the commands, so that `--help` is immediate."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.audit_cli import audit
from pipeline.corpus_cli import corpus_app
from pipeline.errors import GcmrefsError
from pipeline.evaluation_cli import evaluate
from pipeline.exchange_cli import exchange
from pipeline.explore_cli import explore
from pipeline.option import Corpus, Database, Json, Outputs, leave, say, settings_of
from pipeline.review_cli import review_app
from pipeline.terminal import clean, console, progress, summary, table

if TYPE_CHECKING:
    pass

app = typer.Typer(
    name="gcmrefs",
    help="Reference tables from the Global Compact for Migration and the declarations of inter-State consultation "
    "mechanisms. Exit status: 0 done, 1 finished with failures or a missed minimum, 2 bad usage.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
lexicon_app = typer.Typer(help="The words that are searched for.", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")
app.add_typer(lexicon_app, name="lexicon")
app.add_typer(review_app, name="review")
app.command()(audit)

Password = Annotated[str, typer.Option("--password", help="Opens encrypted PDFs.")]
Workers = Annotated[int, typer.Option("--workers", min=0, help="Processes; 0 = one a core.")]


class What(StrEnum):
    references = "references"
    paragraphs = "paragraphs"
    objectives = "objectives"


class Format(StrEnum):
    table = "table"
    csv = "csv"
    jsonl = "jsonl"


@app.command()
def run(
    corpus: Corpus = None,
    outputs: Outputs = None,
    database_url: Database = None,
    force: Annotated[bool, typer.Option("--force", help="Read every document again.")] = False,
    password: Password = "",
    workers: Workers = 0,
    as_json: Json = False,
) -> None:
    """Bring the tables in outputs/latest/ up to date with the whole corpus; unchanged documents are not read again."""
    from pipeline.run import run as run_corpus

    settings = settings_of(corpus, outputs, database_url)
    with progress() as shown:
        result = run_corpus(settings, force=force, password=password, progress=shown, workers=workers or None)
    if as_json:
        say({**result.run, "seconds": result.seconds, "moved": result.moved, "latest": str(result.latest)})
    else:
        summary(result)
    leave(result.exit_code)


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="PDF, Word, HTML or text files.")],
    what: Annotated[What, typer.Option("--what", help="Which rows.")] = What.references,
    form: Annotated[Format | None, typer.Option("--format", help="Default: table; with -o by its name.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write there, in one step.")] = None,
    password: Password = "",
    workers: Workers = 0,
    as_json: Json = False,
) -> None:
    """Print or write the references (or paragraphs, objectives) of any files; needs no manifest and keeps nothing."""
    from pipeline import extraction, latest

    if as_json and form is not None:
        raise typer.BadParameter("--json and --format exclude each other")
    chosen = extraction.format_of(form.value if form else None, output, machine=False)
    if output is not None and chosen == "table":
        raise typer.BadParameter("a table is for the terminal: with -o use --format csv or jsonl")
    if output is not None and not output.parent.is_dir():
        raise typer.BadParameter(f"{output.parent}: no such folder")
    with progress() as shown:
        found = extraction.extract_files(files, password=password, workers=workers, progress=shown)
    rows = extraction.rows(found, what.value)
    if as_json:
        data = (extraction.report(found, what.value) + "\n").encode("utf-8", "replace")
    elif chosen != "table":
        data = extraction.encoded(rows, what.value, chosen)
    else:
        data = b""
    if output is not None:
        try:
            latest.write_bytes(output, data)
        except OSError as error:
            raise GcmrefsError(f"{output}: cannot be written: {error.strerror}") from None
    elif data:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        show(rows, what.value, several=len(found.done) > 1)
    for done in found.done:
        for warning in done.warnings:
            print(f"warning: {done.document}: {clean(warning)}", file=sys.stderr)
    for _, problem in found.failures:
        print(f"error: {clean(problem)}", file=sys.stderr)
    leave(1 if found.failures else 0)


def show(rows: list[dict[str, Any]], what: str, *, several: bool) -> None:
    from pipeline.terminal import SHOWN

    columns = [name for name in SHOWN[what] if name != "document" or several]
    out = console()
    out.print(table(rows, columns))
    out.print(f"{len(rows)} {what}")


@app.command()
def tables(outputs: Outputs = None, database_url: Database = None) -> None:
    """Write the tables of the last run again from the store, without reading any document."""
    from pipeline.run import rebuild

    console().print(f"Tables: {rebuild(settings_of(None, outputs, database_url))}", soft_wrap=True)


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="RUN", help="Run id, the start of one, `latest` or `previous`.")],
    after: Annotated[str, typer.Argument(metavar="RUN", help="The later run, in the same way.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write .xlsx or .json there.")] = None,
    outputs: Outputs = None,
    database_url: Database = None,
    as_json: Json = False,
) -> None:
    """Show what changed between two runs: documents, references gained and lost, texts of paragraphs."""
    from pipeline import changes, latest, store
    from pipeline.terminal import changed

    if output is not None and output.suffix.lower() not in (".xlsx", ".json"):
        raise typer.BadParameter(f"{output}: the name must end in .xlsx or .json")
    if output is not None and not output.parent.is_dir():
        raise typer.BadParameter(f"{output.parent}: no such folder")
    with store.opened(store.address(settings_of(None, outputs, database_url))) as opened:
        one, two = changes.resolve(opened, before), changes.resolve(opened, after)
        found = changes.compare(opened, one, two)
    if output is not None:
        from pipeline.export.changes import workbook

        book = output.suffix.lower() == ".xlsx"
        try:
            latest.write_bytes(output, workbook(found) if book else latest.json_text(found.as_dict()).encode("utf-8"))
        except OSError as error:
            raise GcmrefsError(f"{output}: cannot be written: {error.strerror}") from None
    if as_json:
        say(found.as_dict())
    else:
        changed(found.as_dict())


@app.command()
def doctor(
    corpus: Corpus = None, outputs: Outputs = None, database_url: Database = None, as_json: Json = False
) -> None:
    """Tell whether everything that a run needs is there: versions, folders, store, lexicon, optional programs."""
    from pipeline.health import checks

    found = checks(settings_of(corpus, outputs, database_url))
    rows = [{"check": check.name, "state": check.state, "detail": check.detail} for check in found]
    if as_json:
        say(rows)
    else:
        console().print(table(rows, ("check", "state", "detail")))
    leave(1 if any(check.state == "broken" for check in found) else 0)


@lexicon_app.command("check")
def lexicon_check(
    schema: Annotated[
        Path | None, typer.Option("--schema", metavar="FILE", help="Also write the JSON Schema of the format here.")
    ] = None,
) -> None:
    """Check the format of every lexicon file, run all its examples, list the languages that an entry has no wording in."""
    from extractors.examples import failures, gaps

    lexicon = load_lexicon()
    if schema is not None:
        from extractors.lexicon import schema_text

        schema.write_text(schema_text(), encoding="utf-8")
    failed = 0
    for failure in failures(lexicon):
        failed += 1
        print(f"{lexicon.places[failure.entry]}: {failure}", file=sys.stderr)
    missing = list(gaps(lexicon))
    for gap in missing:
        print(f"warning: {lexicon.places[gap.entry]}: {gap}", file=sys.stderr)
    print(
        f"{len(lexicon.entries)} entries, version {lexicon.version}, {failed} failing examples, "
        f"{len(missing)} languages without a wording"
    )
    leave(1 if failed else 0)


@lexicon_app.command("show")
def lexicon_show(
    word: Annotated[str, typer.Argument(metavar="[TEXT]", help="Only entries that contain this.")] = "",
    as_json: Json = False,
) -> None:
    """List the lexicon's entries."""
    entries = [entry.model_dump(mode="json") for entry in load_lexicon().entries]
    found = [entry for entry in entries if word.casefold() in str(entry).casefold()]
    if as_json:
        say(found)
        return
    console().print(table(found, ("id", "category", "section", "label")))
    console().print(f"{len(found)} of {len(entries)} entries")


@lexicon_app.command("explain")
def lexicon_explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A paragraph, or - for standard input.")],
    language: Annotated[str, typer.Option("--language", help="Two-letter code.")] = "en",
    as_json: Json = False,
) -> None:
    """Show which rules find something in a text, and which are blocked by a negative."""
    from dataclasses import asdict

    from extractors.explanation import explain

    load_lexicon()
    found = asdict(explain(sys.stdin.read() if text == "-" else text, language))
    if as_json:
        say(found)
        return
    out = console()
    out.print(table(found["hits"], ("rule", "category", "wording", "method", "score"), title="found"))
    if found["blocked"]:
        out.print(table(found["blocked"], ("rule", "negative", "wording"), title="blocked"))


def load_lexicon() -> Any:
    from extractors.lexicon import LexiconError, load

    try:
        return load()
    except LexiconError as error:
        raise GcmrefsError(str(error)) from None


app.command("explore")(explore)
app.command("evaluate")(evaluate)
app.command("exchange")(exchange)


@app.callback(invoke_without_command=True)
def top(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        from pipeline.version import version as installed

        print(installed())
        raise typer.Exit


def main() -> None:
    """Run the command line; every foreseen error is one line on standard error, without a traceback."""
    import signal

    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        app()
    except GcmrefsError as error:
        print(f"error: {clean(error)}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("error: interrupted", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
