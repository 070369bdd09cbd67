"""`gcmrefs cite`: how to cite documents of the last run, for a footnote or a reference manager."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import Outputs, check_output, refuse, settings_of, write_output


class Citation(StrEnum):
    footnote = "footnote"
    ris = "ris"
    bibtex = "bibtex"
    csl = "csl"


SUFFIXES = {".txt": Citation.footnote, ".ris": Citation.ris, ".bib": Citation.bibtex, ".json": Citation.csl}


def cite_documents(
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DOCUMENT...]", help="Default: all, of each work and language the copy that counts."),
    ] = None,
    form: Annotated[
        Citation | None, typer.Option("--format", help="Default: by the name of the file, else footnote.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File: .txt, .ris, .bib or .json (CSL).")
    ] = None,
    outputs: Outputs = None,
) -> None:
    """Print how to cite documents of the last run: footnotes as the United Nations write them, RIS, BibTeX, CSL-JSON."""
    from pipeline.exchange.bibliography import WRITERS
    from pipeline.store import published
    from pipeline.tables.records import document_rows

    check_output(output)
    chosen = form or (SUFFIXES.get(output.suffix.lower()) if output else Citation.footnote)
    if chosen is None:
        refuse(f"{output}: no format of citations: end the name in {', '.join(SUFFIXES)}, or give --format")
    rows = document_rows(published.described(settings_of(None, outputs).outputs, documents or ()))
    cited = WRITERS[chosen.value]([row for row in rows if documents or row.preferred])
    write_output(output, cited.encode("utf-8"))
