"""A folder of exchange files: one a document, written one after the other, with a list of them in `exchange.json`."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.text.identity import make_identity
from pipeline.errors import GcmrefsError
from pipeline.exchange import cas
from pipeline.exchange.formats import FORMATS
from pipeline.files import json_text, write_bytes, write_text
from pipeline.store.published import PublishedDocument
from pipeline.version import read_version

if TYPE_CHECKING:
    from extractors.lexicon.entries import Lexicon

LIST = "exchange.json"
_NAME = re.compile(r"[\w][\w.-]*\Z")
_LONGEST = 120
_SKOS = {"turtle": "lexicons.ttl", "json-ld": "lexicons.jsonld"}


@dataclass(frozen=True, slots=True)
class File:
    """One file that was written; `document` is "" for what belongs to all, `lost` counts references left out."""

    name: str
    document: str
    sha256: str
    lost: int = 0


def export(form: str, documents: Iterable[PublishedDocument], folder: Path, *, check: bool = False) -> Iterator[File]:
    """Write documents in a format, one file each, and yield each when it is in place; then the list of all.

    Only one document is held at a time. Files of an earlier export into the same folder that are not written again are
    removed at the end; a folder that holds anything else is refused. With `check` each file is read back first.

    Raises GcmrefsError for such a folder, one that cannot be written, and a file that does not read back.
    """
    chosen = FORMATS[form]

    def files() -> Iterator[tuple[str, str, int, bytes]]:
        for document in documents:
            name = file_name(document.slug)
            data = chosen.write(document, name)
            if check and not chosen.same(data, document):
                raise GcmrefsError(f"{document.slug}: does not read back from {form}: report it with the document")
            yield name + chosen.suffix, document.slug, chosen.lost(document), data
        if form == "cas":
            yield cas.TYPE_SYSTEM, "", 0, cas.type_system_xml()

    yield from _put(form, files(), folder)


def export_lexicons(lexicon: Lexicon, folder: Path, *, check: bool = False) -> Iterator[File]:
    """Write a lexicon as SKOS, in Turtle and in JSON-LD; otherwise as `export`."""
    from pipeline.exchange import skos

    def files() -> Iterator[tuple[str, str, int, bytes]]:
        for form, name in _SKOS.items():
            data = skos.write(lexicon, form)
            if check and skos.read(data, form, name=name) != skos.concepts(lexicon):
                raise GcmrefsError(f"{name}: does not read back: report it")
            yield name, "", 0, data

    yield from _put("skos", files(), folder)


def file_name(slug: str) -> str:
    """Return a file name for a document, without its end: what could leave the folder or trouble a system is replaced.

    >>> file_name("A_RES_73_195")
    'A_RES_73_195'
    """
    plain = re.sub(r"[^\w.-]+", "_", slug).lstrip(".-_")[:_LONGEST]
    return plain if plain and plain == slug else f"{plain or 'document'}-{make_identity(slug)}"


def _put(form: str, files: Iterable[tuple[str, str, int, bytes]], folder: Path) -> Iterator[File]:
    before = _listed(folder)
    done: list[File] = []
    for name, document, lost, data in files:
        with _writable(folder / name):
            folder.mkdir(parents=True, exist_ok=True)
            write_bytes(folder / name, data)
        done.append(File(name, document, hashlib.sha256(data).hexdigest(), lost))
        yield done[-1]
    rows = [{"file": file.name, "document": file.document, "sha256": file.sha256} for file in done]
    with _writable(folder / LIST):
        folder.mkdir(parents=True, exist_ok=True)
        write_text(folder / LIST, json_text({"format": form, "version": read_version(), "files": rows}))
        for name in sorted(before - {file.name for file in done}):
            (folder / name).unlink(missing_ok=True)


def _listed(folder: Path) -> set[str]:
    """The files of an earlier export; only plain names, so that nothing outside the folder is ever removed."""
    try:
        there = any(folder.iterdir()) if folder.exists() else False
    except OSError as error:
        raise GcmrefsError(f"{folder}: cannot be used: {error.strerror}") from None
    if not there:
        return set()
    try:
        files: list[Mapping[str, object]] = json.loads((folder / LIST).read_text(encoding="utf-8"))["files"]
        names = {str(file["file"]) for file in files}
    except (OSError, ValueError, KeyError, TypeError):
        raise GcmrefsError(f"{folder}: holds other files: give a new or empty folder with -o") from None
    return {name for name in names if _NAME.match(name) and name != LIST}


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise GcmrefsError(f"{path}: cannot be written: {error.strerror}") from None
