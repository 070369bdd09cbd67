"""The command line `gcmrefs`. Heavy libraries are imported inside the commands, so that `--help` is immediate."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.errors import GcmrefsError
from pipeline.terminal import clean, console, progress, summary, table

if TYPE_CHECKING:
    from pipeline.settings import Settings

app = typer.Typer(
    name="gcmrefs",
    help="Reference tables from the Global Compact for Migration and the declarations of inter-State consultation "
    "mechanisms. Exit status: 0 done, 1 finished with failures or a missed minimum, 2 bad usage.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
corpus_app = typer.Typer(help="The documents: which there are, where they come from.", no_args_is_help=True)
lexicon_app = typer.Typer(help="The words that are searched for.", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")
app.add_typer(lexicon_app, name="lexicon")

Corpus = Annotated[Path | None, typer.Option("--corpus", help="Folder of documents [GCMREFS_CORPUS; corpus/].")]
Outputs = Annotated[Path | None, typer.Option("--outputs", help="Folder of the results [GCMREFS_OUTPUTS; outputs/].")]
Database = Annotated[
    str | None,
    typer.Option("--database-url", help="Store: SQLite or PostgreSQL address [GCMREFS_DATABASE_URL; in outputs/]."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
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


def settings_of(corpus: Path | None = None, outputs: Path | None = None, database: str | None = None) -> Settings:
    """Return the settings: options over environment variables over defaults."""
    from pydantic import ValidationError

    from pipeline.settings import Settings

    given = {"corpus": corpus, "outputs": outputs, "database_url": database}
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        raise GcmrefsError(f"GCMREFS_{str(first['loc'][0]).upper()}: {first['msg']}") from None


def say(value: Any) -> None:
    """Print a value as JSON."""
    import json

    print(json.dumps(value, ensure_ascii=False, indent=2))


def leave(code: int) -> None:
    if code:
        raise typer.Exit(code)


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
        say({**result.run, "moved": result.moved, "latest": str(result.latest)})
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


@corpus_app.command("list")
def corpus_list(corpus: Corpus = None, as_json: Json = False) -> None:
    """List the documents and whether their files are there."""
    from pipeline.inventory import listed

    rows = listed(settings_of(corpus).corpus)
    if as_json:
        say(rows)
        return
    console().print(table(rows, ("document", "state", "kind", "language", "date", "iscm", "title")))
    there = sum(row["state"] != "not fetched" for row in rows)
    console().print(f"{there} of {len(rows)} documents are there")


@corpus_app.command("add")
def corpus_add(
    what: Annotated[str, typer.Argument(metavar="FILE|URL")],
    corpus: Corpus = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Only show the proposed entry.")] = False,
) -> None:
    """Propose a manifest entry for a file or an address, and append it."""
    from pipeline import entry

    folder = settings_of(corpus).corpus
    if not folder.is_dir():
        raise GcmrefsError(f"{folder}: no such folder: give --corpus or set GCMREFS_CORPUS")
    source = entry.propose(folder, what)
    print(entry.text(source), end="")
    if dry:
        return
    path = entry.append(folder, source, None if what.startswith(("http://", "https://")) else Path(what))
    fetched = all(address.startswith("file:") for address in source.addresses)
    print(f"Added to {path}. Check the entry" + ("." if fetched else ", then: gcmrefs corpus fetch " + source.slug))


@corpus_app.command("fetch")
def corpus_fetch(
    slugs: Annotated[list[str] | None, typer.Argument(metavar="[SLUG...]", help="Default: all entries.")] = None,
    corpus: Corpus = None,
    again: Annotated[bool, typer.Option("--again", help="Fetch even what is there.")] = False,
    as_json: Json = False,
) -> None:
    """Get the documents of the manifest; one that cannot be got is a warning."""
    from pipeline.fetch import fetch
    from pipeline.inventory import sources

    folder = settings_of(corpus).corpus
    wanted = sources(folder, slugs or ())
    outcomes = []
    for outcome in fetch(folder, wanted, again=again):
        outcomes.append(outcome)
        if outcome.problem:
            print(f"warning: {outcome.slug}: {clean(outcome.problem)}", file=sys.stderr)
        elif not as_json:
            print(f"{outcome.state}: {outcome.slug}" + (f" from {outcome.address}" if outcome.address else ""))
    if as_json:
        say([{"document": o.slug, "state": o.state, "address": o.address, "problem": o.problem} for o in outcomes])


@corpus_app.command("check")
def corpus_check(corpus: Corpus = None, as_json: Json = False) -> None:
    """Check the manifest, that the files are there, and that they are as they were fetched."""
    from pipeline.fetch import check
    from pipeline.inventory import sources

    folder = settings_of(corpus).corpus
    rows = [{"document": s, "state": state, "detail": detail} for s, state, detail in check(folder, sources(folder))]
    if as_json:
        say(rows)
    else:
        console().print(table(rows, ("document", "state", "detail")))
        console().print(f"manifest valid, {sum(row['state'] == 'ok' for row in rows)} files there")
    leave(1 if any(row["state"] == "changed" for row in rows) else 0)


@lexicon_app.command("check")
def lexicon_check(
    schema: Annotated[
        Path | None, typer.Option("--schema", metavar="FILE", help="Also write the JSON Schema of the format here.")
    ] = None,
) -> None:
    """Check the format of every lexicon file and run all its examples."""
    from extractors.examples import failures

    lexicon = load_lexicon()
    if schema is not None:
        from extractors.lexicon import schema_text

        schema.write_text(schema_text(), encoding="utf-8")
    failed = 0
    for failure in failures(lexicon):
        failed += 1
        print(f"{lexicon.places[failure.entry]}: {failure}", file=sys.stderr)
    print(f"{len(lexicon.entries)} entries, version {lexicon.version}, {failed} failing examples")
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
