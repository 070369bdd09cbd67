"""Options that several commands share, and what they come to."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pipeline.errors import GcmrefsError
from pipeline.files import write_bytes

if TYPE_CHECKING:
    from pipeline.settings import Settings

Corpus = Annotated[Path | None, typer.Option("--corpus", help="Folder of documents [GCMREFS_CORPUS; corpus/].")]
Outputs = Annotated[Path | None, typer.Option("--outputs", help="Folder of the results [GCMREFS_OUTPUTS; outputs/].")]
Database = Annotated[
    str | None,
    typer.Option("--database-url", help="Store: SQLite or PostgreSQL address [GCMREFS_DATABASE_URL; in outputs/]."),
]
Language = Annotated[
    str | None,
    typer.Option("--language", help="Language of what people read: en, fr or es [GCMREFS_LANGUAGE; en]."),
]
until_end = ExitStack()
"""What holds until the command has ended: the language of what people read."""
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def settings_of(
    corpus: Path | None = None,
    outputs: Path | None = None,
    database: str | None = None,
    language: str | None = None,
) -> Settings:
    """Return the settings: options over environment variables over defaults; the lexicons of the corpus and
    the language count from then on, until the command has ended."""
    from pipeline.review.own_lexicons import use_lexicons
    from pipeline.settings import Settings
    from pipeline.translation import use_language

    given = {"corpus": corpus, "outputs": outputs, "database_url": database, "language": language}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    use_lexicons(settings)
    until_end.enter_context(use_language(settings.language))
    return settings


def say(value: object) -> None:
    """Print a value as JSON."""
    import json

    print(json.dumps(value, ensure_ascii=False, indent=2))


def check_output(output: Path | None, *suffixes: str) -> None:
    """Refuse a file whose folder is not there, or whose name ends in none of these."""
    if output is not None and suffixes and output.suffix.lower() not in suffixes:
        raise typer.BadParameter(
            f"{output}: the name must end in {', '.join(suffixes[:-1])}{' or ' * (len(suffixes) > 1)}{suffixes[-1]}"
        )
    if output is not None and not output.parent.is_dir():
        raise typer.BadParameter(f"{output.parent}: no such folder")


def write_output(output: Path | None, data: bytes) -> None:
    """Write a file in one step, or to standard output where there is none. Raises GcmrefsError."""
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        write_bytes(output, data)
    except OSError as error:
        raise GcmrefsError(f"{output}: cannot be written: {error.strerror}") from None


def leave(code: int) -> None:
    if code:
        raise typer.Exit(code)


def refuse(message: str) -> NoReturn:
    """End the command as bad usage: one line on standard error, exit status 2."""
    import sys

    print(f"error: {message}", file=sys.stderr)
    raise typer.Exit(2)
