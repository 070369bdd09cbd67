"""`gcmrefs lexicon`: check, show, explain, candidates."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import Json, leave, say
from pipeline.commands.terminal import console, table
from pipeline.errors import GcmrefsError

if TYPE_CHECKING:
    from extractors.lexicon.entries import Lexicon

lexicon_app = typer.Typer(help="The words that are searched for.", no_args_is_help=True)


@lexicon_app.command("check")
def lexicon_check(
    schema: Annotated[
        Path | None, typer.Option("--schema", metavar="FILE", help="Also write the JSON Schema of the format here.")
    ] = None,
) -> None:
    """Check the format of every lexicon file, run all its examples, list the languages that an entry has no wording in."""
    from extractors.references.examples import failures, gaps

    lexicon = open_lexicon()
    if schema is not None:
        from extractors.lexicon.entries import schema_text

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
    entries = [entry.model_dump(mode="json") for entry in open_lexicon().entries]
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

    from extractors.references.explanation import explain

    open_lexicon()
    found = asdict(explain(sys.stdin.read() if text == "-" else text, language))
    if as_json:
        say(found)
        return
    out = console()
    out.print(table(found["hits"], ("rule", "category", "wording", "method", "score"), title="found"))
    if found["blocked"]:
        out.print(table(found["blocked"], ("rule", "negative", "wording"), title="blocked"))


@lexicon_app.command("candidates")
def lexicon_candidates(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="PDF, Word, HTML or text files.")],
    as_json: Json = False,
) -> None:
    """List names shaped like a mechanism that the lexicon lacks: for review, never in tables."""
    from extractors.references.candidates import find_candidates
    from pipeline.run.loose_files import extract_files

    open_lexicon()
    extraction = extract_files(files)
    rows = [
        {"document": done.document, "paragraph": c.paragraph, "name": c.name, "times": c.occurrences, "text": c.text}
        for done in extraction.done
        for c in find_candidates(done.paragraphs, done.language)
    ]
    for _, problem in extraction.failures:
        print(problem, file=sys.stderr)
    if as_json:
        say(rows)
    else:
        console().print(table(rows, ("document", "paragraph", "name", "times")))
    leave(1 if extraction.failures else 0)


def open_lexicon() -> Lexicon:
    """Return the lexicon; a fault in one of its files is an error of one line."""
    from extractors.lexicon.entries import load_lexicon
    from extractors.lexicon.yaml_file import LexiconError

    try:
        return load_lexicon()
    except LexiconError as error:
        raise GcmrefsError(str(error)) from None
