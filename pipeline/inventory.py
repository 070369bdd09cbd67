"""The documents of a corpus folder as rows for a person: what is there and what is not fetched yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.corpus import MANIFEST, Source, discover, read_manifest
from pipeline.errors import CorpusError
from pipeline.holding import same_as


def listed(folder: Path) -> list[dict[str, Any]]:
    """Return one row a document: those of the manifest, there or not, then every other file of the folder.

    States: `fetched` (an entry whose file is there), `file` (a file without an entry), `sample`, `not fetched`, `same` (the
    document that another entry holds under another address).
    Raises CorpusError when the folder or its manifest cannot be used.
    """
    entries = read_manifest(folder / MANIFEST).sources if (folder / MANIFEST).is_file() else ()
    try:
        found = discover(folder)
        documents, sample = found.documents, found.sample
    except CorpusError:
        if not entries:
            raise
        documents, sample = (), False
    paths = {document.slug: document.path for document in documents}
    slugs = {source.slug for source in entries}
    same = same_as(folder)
    rows = [
        _row(source, "fetched" if source.slug in paths else "same" if source.slug in same else "not fetched", paths)
        for source in entries
    ]
    others = [document.source for document in documents if document.slug not in slugs]
    return rows + [_row(source, "sample" if sample else "file", paths) for source in others]


def _row(source: Source, state: str, paths: dict[str, Path]) -> dict[str, Any]:
    return {
        "document": source.slug,
        "state": state,
        "symbol": source.symbol,
        "kind": source.kind if source.title else "",
        "language": source.language,
        "date": source.date,
        "iscm": source.iscm,
        "title": source.title,
        "file": str(paths.get(source.slug, "")),
        "addresses": list(source.addresses),
    }


def sources(folder: Path, slugs: Sequence[str] = ()) -> tuple[Source, ...]:
    """Return the manifest's entries, or those of the given slugs.

    Raises CorpusError when there is no valid manifest, or no entry of a given slug.
    """
    if not (folder / MANIFEST).is_file():
        raise CorpusError(f"{folder / MANIFEST}: no such file: gcmrefs corpus add FILE|URL makes one")
    every = read_manifest(folder / MANIFEST).sources
    known = {source.slug for source in every}
    if unknown := [slug for slug in slugs if slug not in known]:
        raise CorpusError(f"{folder / MANIFEST}: no such entry: {', '.join(unknown)}")
    return tuple(source for source in every if not slugs or source.slug in slugs)
