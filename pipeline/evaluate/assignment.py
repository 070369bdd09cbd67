"""Which document of the corpus each gold file is for: the caller's word, its own column, its name, or its content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import GcmrefsError
from pipeline.evaluate.gold import (
    Gold,
    GoldBorderlineRow,
    GoldFile,
    GoldObjectiveRow,
    GoldParagraphRow,
    GoldPublishedRow,
    GoldReferenceRow,
    Row,
)
from pipeline.evaluate.matching import comparable, has_same_opening, is_scored, label
from pipeline.evaluate.readings import SEARCHED, Readings, documents

FITS = 0.8
"""Share of a gold file's rows that must stand in a document, in the paragraph they name, for the file to be for it."""


@dataclass(frozen=True, slots=True)
class GoldPart:
    """The rows of a gold file that are for one document. `how` tells by what it is known: given, column, name, content."""

    file: GoldFile
    document: str
    how: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Gold by document (the name that the document's forms share, or one form's slug), and what is for none, in words."""

    parts: Mapping[str, tuple[GoldPart, ...]]
    unused: tuple[str, ...]


def assign(gold: Gold, readings: Readings, given: Mapping[Path, str] | None = None) -> Assignment:
    """Tell for each gold file which document it is for.

    `given` names the document of a file (by its resolved path) and goes before everything else; then a column
    `document`; then the file's name, if it says one. A file that says nothing belongs to the document that has most of
    its rows, `FITS` at least, in the very paragraphs that they name. Raises GcmrefsError when a given document is not
    in the corpus, or a file fits two documents alike.
    """
    names = documents(readings)
    known = {**{name: name for name in names}, **{slug: slug for slug in readings.slugs()}}
    known.update({name: name for name in names})
    parts: dict[str, list[GoldPart]] = {}
    unused: list[str] = []
    for file in gold.files:
        chosen = (given or {}).get(file.path.resolve(), "")
        if chosen and chosen not in known:
            raise GcmrefsError(f"{file.path}: no document {chosen} in the corpus: gcmrefs corpus list shows them")
        by_document: dict[str, list[Row]] = {}
        for row in file.rows:
            by_document.setdefault(chosen or row.document or file.slug, []).append(row)
        for said, rows in by_document.items():
            how = (
                "given" if chosen else "column" if any(row.document for row in rows) else "name" if said else "content"
            )
            document = known.get(said, "") if said else _recognized(file, rows, readings, names)
            if document:
                parts.setdefault(document, []).append(GoldPart(file, document, how, tuple(rows)))
            elif said:
                unused.append(f"{file.name}: the corpus has no document {said}")
            else:
                unused.append(f"{file.name}: no document has its rows: say which by --gold FILE=DOCUMENT")
    return Assignment({name: tuple(found) for name, found in sorted(parts.items())}, tuple(unused))


def _recognized(file: GoldFile, rows: Sequence[Row], readings: Readings, names: Mapping[str, tuple[str, ...]]) -> str:
    """The document that the rows stand in, "" for none. Forms that take long are read only when no quick one fits."""
    sets = [kept for kept in (_wanted(row) for row in rows) if kept is not None]
    if not sets:
        return ""
    for form in SEARCHED:
        fits: dict[str, float] = {}
        for name, slugs in names.items():
            for slug in slugs:
                if (readings.form(slug) if readings.form(slug) in SEARCHED else "") == form:
                    fits[name] = max(fits.get(name, 0.0), _share(sets, readings, slug))
        best = max(fits.values(), default=0.0)
        if best >= FITS:
            alike = [name for name, share in fits.items() if share == best]
            if len(alike) > 1:
                told = ", ".join(alike[:3])
                raise GcmrefsError(f"{file.path}: fits {told} alike: say which by --gold {file.path}=DOCUMENT")
            return alike[0]
    return ""


Test = tuple[str, Callable[[str], bool]]


def _wanted(row: Row) -> Test | None:
    """The paragraph that a row names, and what its text must show; None for rows that say nothing of the document."""
    if isinstance(row, GoldPublishedRow):
        if row.status == "not_found":
            return None
        paragraph, wording = row.true_paragraph, row.true_wording or row.wording
    elif isinstance(row, GoldReferenceRow | GoldBorderlineRow):
        paragraph, wording = row.paragraph, row.wording
    elif isinstance(row, GoldObjectiveRow):
        paragraph, wording = row.paragraph, row.evidence
    elif isinstance(row, GoldParagraphRow):
        true = row.text
        return (
            (label(row.paragraph), lambda text: has_same_opening(true, text))
            if is_scored(label(row.paragraph))
            else None
        )
    if not is_scored(label(paragraph)):
        return None
    return label(paragraph), lambda text: comparable(wording) in comparable(text)


def _share(sets: Sequence[Test], readings: Readings, slug: str) -> float:
    try:
        texts = {label(paragraph): text for paragraph, text in reversed(list(readings.texts(slug)))}
    except GcmrefsError:
        return 0.0
    there = sum(paragraph in texts and shown(texts[paragraph]) for paragraph, shown in sets)
    return there / len(sets)
