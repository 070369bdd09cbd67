"""`gcmrefs exchange`: what the last run found, or the lexicons, in the formats of other tools."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import Json, Outputs, say, settings_of
from pipeline.commands.terminal import clean, console
from pipeline.errors import GcmrefsError


class Form(StrEnum):
    webannotation = "webannotation"
    akomantoso = "akomantoso"
    skos = "skos"
    docbin = "docbin"
    cas = "cas"


def write_exchange(
    form: Annotated[Form, typer.Argument(metavar="FORMAT", help="What to write.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Default: exchange/FORMAT in the outputs.")
    ] = None,
    documents: Annotated[
        list[str] | None, typer.Option("--document", metavar="SLUG", help="Only this one; may be given again.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Read every file back and compare.")] = False,
    outputs: Outputs = None,
    as_json: Json = False,
) -> None:
    """Write the last run for other tools: web annotations, Akoma Ntoso, SKOS (the lexicons), spaCy, UIMA CAS."""
    from pipeline.exchange import folder
    from pipeline.store import published

    settings = settings_of(None, outputs)
    place = output or settings.outputs / "exchange" / form.value
    if form is Form.skos:
        from extractors.lexicon.entries import load_lexicon
        from extractors.lexicon.yaml_file import LexiconError

        if documents:
            raise typer.BadParameter("skos is of the lexicons: it has no --document")
        try:
            lexicon = load_lexicon()
        except LexiconError as error:
            raise GcmrefsError(str(error)) from None
        written = folder.export_lexicons(lexicon, place, check=check)
    else:
        found = published.documents(settings.outputs, documents or ())
        written = folder.export(form.value, found, place, check=check)
    files = []
    for file in written:
        files.append(file)
        if file.lost:
            print(
                f"warning: {clean(file.document)}: {file.lost} references do not stand in its text and are left out",
                file=sys.stderr,
            )
    if as_json:
        rows = [{name: getattr(file, name) for name in ("name", "document", "sha256", "lost")} for file in files]
        say({"format": form.value, "folder": str(place), "files": rows})
    else:
        console().print(f"{len(files)} files: {place}", soft_wrap=True)
