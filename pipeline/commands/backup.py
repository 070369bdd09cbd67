"""The commands `gcmrefs backup` and `gcmrefs restore`: what cannot be computed anew, in one file."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import Corpus, Database, Outputs, check_output, settings_of

Archive = Annotated[Path, typer.Argument(metavar="FILE", help="The archive, .zip.")]


def back_up(file: Archive, corpus: Corpus = None, outputs: Outputs = None, database_url: Database = None) -> None:
    """Write documents, manifest, lexicons of your own and all decisions into one archive, and read it back."""
    from pipeline.run.backup import write_backup

    check_output(file, ".zip")
    done = write_backup(settings_of(corpus, outputs, database_url), file)
    print(f"{done.files} files, {done.decisions} decisions: {file}")


def restore(file: Archive, corpus: Corpus = None, outputs: Outputs = None, database_url: Database = None) -> None:
    """Unpack a backup into a corpus folder that is not there yet and a store without decisions; then: gcmrefs run."""
    from pipeline.run.backup import restore_backup

    settings = settings_of(corpus, outputs, database_url)
    done = restore_backup(settings, file)
    print(f"{done.files} files: {settings.corpus}; {done.decisions} decisions: {settings.outputs}")
    if done.settings.get("has_own_lexicons"):
        print(f"Lexicons of your own: set GCMREFS_LEXICONS={settings.outputs / 'lexicons'}")
    if done.settings.get("footnotes"):
        print("It was made with footnotes: set GCMREFS_FOOTNOTES=true")
    given = {"--corpus": corpus, "--outputs": outputs}
    print("Next: gcmrefs run" + "".join(f" {name} {shlex.quote(str(path))}" for name, path in given.items() if path))
