"""The documents of the last run, read one by one from `outputs/latest/` with what analysts decided."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from extractors.model import Paragraph, Reference
from pipeline.cell import restored
from pipeline.errors import GcmrefsError
from pipeline.segment import citation
from pipeline.store import latest

_WHOLE = frozenset({"objective", "page", "occurrences", "start", "end", "order"})
_LONGEST = 1 << 30
_REMEDY = "run gcmrefs tables"

Row = Mapping[str, Any]


def documents(outputs: Path, slugs: Sequence[str] = ()) -> Iterator[PublishedDocument]:
    """Yield the documents of the last run in the order of its tables, all or those named.

    Only one document is held at a time: both files list the documents in the same order. They are opened before the
    first document is given, so that a run that ends meanwhile changes nothing.

    Raises GcmrefsError when there was no run, a document is not part of it, or the files are not of the same run.
    """
    folder = outputs / latest.LATEST
    csv.field_size_limit(_LONGEST)
    with ExitStack() as files:
        try:
            run = latest.read_run(folder)
            facts = {str(document["document"]): document for document in run["documents"]}
            paragraphs, references = (
                csv.DictReader(files.enter_context((folder / name).open(encoding="utf-8-sig", newline="")))
                for name in ("paragraphs.csv", "references.csv")
            )
        except (OSError, ValueError, KeyError, TypeError):
            raise GcmrefsError(f"{folder}: no finished run: run gcmrefs run first") from None
        if unknown := [slug for slug in slugs if slug not in facts]:
            known = ", ".join(list(facts)[:5])
            raise GcmrefsError(f"{unknown[0]}: no document of the last run; it has {known or 'none'}")
        try:
            yield from _joined(folder, facts, paragraphs, references, frozenset(slugs))
        except (KeyError, ValueError, TypeError, csv.Error):
            raise GcmrefsError(f"{folder}: not the tables of this version: {_REMEDY}") from None


def document_rows(outputs: Path, slug: str) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """Return the rows of one document of the last run, by file (`references`, `paragraphs`, `objectives`), and the
    content of `run.json` with this document alone.

    Raises GcmrefsError when there was no run or the document is not part of it.
    """
    folder = outputs / latest.LATEST
    facts = described(outputs, [slug])
    try:
        run = latest.read_run(folder)
        frames = {name: read(folder / f"{name}.csv") for name in ("references", "paragraphs", "objectives")}
        rows = {name: frame[frame["document"] == slug] for name, frame in frames.items()}
    except (OSError, ValueError, KeyError, TypeError):
        raise GcmrefsError(f"{folder}: no finished run: run gcmrefs run first") from None
    about = {
        name: run.get(name) for name in ("run_id", "started", "finished", "status", "version", "versions", "libraries")
    }
    return rows, {**about, "documents": facts}


def described(outputs: Path, slugs: Sequence[str] = ()) -> list[Row]:
    """Return what `run.json` says of the documents of the last run: of those named, in the order given, or of all.

    Raises GcmrefsError when there was no run or a document is not part of it.
    """
    folder = outputs / latest.LATEST
    try:
        facts = {str(document["document"]): document for document in latest.read_run(folder)["documents"]}
    except (OSError, ValueError, KeyError, TypeError):
        raise GcmrefsError(f"{folder}: no finished run: run gcmrefs run first") from None
    for slug in slugs:
        if slug not in facts:
            known = get_close_matches(slug, facts, 5, 0.3) or list(facts)[:5]
            raise GcmrefsError(f"{slug}: no document of the last run; it has {', '.join(known) or 'none'}")
    return [facts[slug] for slug in slugs] if slugs else list(facts.values())


def _joined(
    folder: Path,
    facts: Mapping[str, Row],
    paragraphs: Iterable[Mapping[str, str]],
    references: Iterable[Mapping[str, str]],
    wanted: frozenset[str],
) -> Iterator[PublishedDocument]:
    found = groupby(references, key=_document)
    waiting = next(found, None)
    for slug, rows in groupby(paragraphs, key=_document):
        own: list[Reference] = []
        units = [_paragraph(row) for row in rows if row["kind"] != "furniture"]
        if waiting is not None and waiting[0] == slug:
            own = [_reference(row) for row in waiting[1]]
            waiting = next(found, None)
        if wanted and slug not in wanted:
            continue
        told = facts[slug]
        said = {name: str(told.get(name) or "") for name in ("title", "iscm", "date", "language", "kind", "format")}
        yield PublishedDocument(slug=slug, **said, paragraphs=tuple(units), references=tuple(own))
    if waiting is not None:
        raise GcmrefsError(f"{folder}: references of {waiting[0]} without its paragraphs: {_REMEDY}")


def _document(row: Row) -> str:
    return restored(row["document"])


def _value(name: str, cell: str) -> Any:
    if name in _WHOLE:
        return int(cell) if cell else None
    return float(cell) if name == "score" else restored(cell)


def _reference(row: Mapping[str, str]) -> Reference:
    return Reference(**{name: _value(name, row[name]) for name in Reference.__dataclass_fields__})


def _paragraph(row: Mapping[str, str]) -> Paragraph:
    cells = {name: _value(name, row[name]) for name in row}
    base = citation.base(cells["paragraph"])
    return Paragraph(
        order=cells["order"],
        paragraph=base,
        suffix=cells["paragraph"][len(base) :],
        kind=cells["kind"],
        text=cells["text"],
        heading_path=tuple(cells["heading_path"].split(" > ")) if cells["heading_path"] else (),
        objective=cells["objective"],
        page_number=cells["page"],
    )


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """One document of a run; `paragraphs` in reading order without page furniture, `references` as in `references.csv`.

    `date` is ISO (possibly only a year or month), `format` that of the file it was read from.
    """

    slug: str
    title: str
    iscm: str
    date: str
    language: str
    kind: str
    format: str
    paragraphs: tuple[Paragraph, ...]
    references: tuple[Reference, ...]


def read(path: Path) -> pd.DataFrame:
    """Read a file that `write` made, every cell as the text that it was (missing values as "")."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return frame.map(restored)
