"""The rows of `documents.csv`: what a run knows of each document, with the work that it is a copy of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extractors.model import DocumentRow
from extractors.text.shingles import TextSketch
from pipeline.corpus.discovery import Corpus, Document
from pipeline.corpus.fetched import record
from pipeline.corpus.works import Copy, LikelyCopies, group_works, propose_copies
from pipeline.errors import CorpusError
from pipeline.extract.front import Front
from pipeline.review.facts import DecidedSource

Stored = Mapping[str, Any]
"""What the store has of one document (`pipeline.store.documents.described`)."""


def place_documents(
    corpus: Corpus, stored: Sequence[Stored], counted: Mapping[str, Mapping[str, int]]
) -> tuple[tuple[DocumentRow, ...], tuple[LikelyCopies, ...]]:
    """Give each stored document its place among the works: the rows in their order, and the copies that are only likely.

    No text is read: the sketches and what the documents say of themselves were stored when they were read.
    """
    known = {document.slug: document for document in corpus.documents}
    fetched = _fetched(corpus.folder)
    copies = _copies(corpus, stored, counted)
    works = group_works(copies)
    rows = []
    for one, row in zip(copies, stored, strict=True):
        standing, counts = works[one.slug], counted[one.slug]
        kind = one.source.kind if one.source.kind != "other" else one.front.kind
        rows.append(
            DocumentRow(
                document=one.slug,
                work=standing.work,
                role=standing.role,
                preferred=standing.is_preferred,
                symbol=one.symbol,
                kind=kind,
                url=_url(known[one.slug], fetched, row),
                file=one.file,
                decided=str(one.source) if isinstance(one.source, DecidedSource) else "",
                warnings="; ".join(row["warnings"]),
                **{name: row[name] for name in ("title", "iscm", "date", "language", "format", "sha256", "ocr")},
                pages=counts["pages"],
                paragraphs=counts["paragraphs"],
                references=counts["references"],
                objectives=counts["objectives"],
            )
        )
    return tuple(rows), propose_copies(copies, works)


def find_works(
    corpus: Corpus, stored: Sequence[Stored], counted: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, object]]:
    """Return work and language of each stored document, as they will be told when the run ends."""
    works = group_works(_copies(corpus, stored, counted))
    return {row["document"]: {"work": works[row["document"]].work, "language": row["language"]} for row in stored}


def _copies(corpus: Corpus, stored: Sequence[Stored], counted: Mapping[str, Mapping[str, int]]) -> list[Copy]:
    known = {document.slug: document for document in corpus.documents}
    return [_copy(corpus.folder, known[row["document"]], row, counted[row["document"]]) for row in stored]


def _copy(folder: Path, document: Document, row: Stored, counts: Mapping[str, int]) -> Copy:
    path = document.path
    return Copy(
        source=document.source,
        front=Front(**row["front"]),
        file=path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name,
        sketch=TextSketch.unpack(row["shingles"], row["sketch"]),
        pages=counts["pages"],
        paragraphs=counts["paragraphs"],
        is_scan=row["ocr"],
        **{name: row[name] for name in ("title", "iscm", "date", "language", "sha256")},
    )


def _url(document: Document, fetched: Mapping[str, str], row: Stored) -> str:
    """The address that a document was fetched from, else the first one of the manifest, else the one that it gives."""
    listed = (address for address in document.source.addresses if not address.startswith("file:"))
    came = fetched.get(document.slug, "")
    return came or next(listed, "") or str(row["said"].get("url", ""))


def _fetched(folder: Path) -> dict[str, str]:
    """The web address of each fetched document, by slug."""
    try:
        known = record(folder)
    except CorpusError:
        return {}
    addresses = {slug: str(entry.get("address", "")) for slug, entry in known.items()}
    return {slug: address for slug, address in addresses.items() if address.startswith(("http://", "https://"))}
