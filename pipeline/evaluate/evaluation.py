"""The whole evaluation: gold files read and assigned, each document judged, figures by every grouping."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.errors import GcmrefsError
from pipeline.evaluate import judgement
from pipeline.evaluate.assignment import Assignment, GoldPart, assign
from pipeline.evaluate.figures import Figure, figure, grouped
from pipeline.evaluate.gold import (
    Gold,
    GoldBorderlineRow,
    GoldObjectiveRow,
    GoldParagraphRow,
    GoldPublishedRow,
    GoldReferenceRow,
)
from pipeline.evaluate.judgement import JudgedDocument, Judgement
from pipeline.evaluate.matching import is_same, label
from pipeline.evaluate.readings import DocumentReading, Readings, documents, excerpt, title_of

DISAGREEMENT_COLUMNS: tuple[str, ...] = (
    *("what", "verdict", "document", "paragraph", "group", "wording", "found", "note", "quote"),
)
"""`verdict` is missed, spurious, or wording (found, but in other words than the true ones)."""

_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class JudgedForm:
    """One form of one document with all its judgements; `is_counted` is False for further forms of a document."""

    document: str
    reading: DocumentReading
    is_counted: bool
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the machine can find at all, so that what gold says nothing of can be named."""

    categories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that `gcmrefs evaluate` shows. Figures leave out further forms of a document, except those `by` form."""

    gold: Gold
    parts: tuple[GoldPart, ...]
    judged: tuple[JudgedForm, ...]
    figures: tuple[Figure, ...]
    disagreements: tuple[Mapping[str, str], ...]
    warnings: tuple[str, ...]
    versions: Mapping[str, str]
    scope: Scope

    @property
    def gold_id(self) -> str:
        """16 hexadecimal digits that stand for the gold files that were used."""
        used = sorted({part.file.sha256 for part in self.parts})
        return hashlib.sha256("\n".join(used).encode("ascii")).hexdigest()[:16]

    def one(self, what: str, matching: str, by: str = "all", name: str = "") -> Figure | None:
        """Return one figure, None when nothing of the kind was judged."""
        return next(iter(self.some(what, matching, by, name)), None)

    def some(self, what: str, matching: str, by: str, name: str | None = None) -> list[Figure]:
        """Return the figures of one grouping, in the order of their names."""
        return [
            f
            for f in self.figures
            if (f.what, f.matching, f.by) == (what, matching, by) and (name is None or f.name == name)
        ]

    def as_dict(self) -> dict[str, object]:
        """Return everything as JSON can hold it."""
        return {
            "versions": dict(self.versions),
            "gold": self.gold_id,
            "files": [
                {"file": part.file.name, "kind": part.file.kind, "document": part.document, "known_by": part.how}
                | {"rows": len(part.rows)}
                for part in self.parts
            ],
            "documents": [
                {"document": one.document, "slug": one.reading.document, "language": one.reading.language}
                | {"form": one.reading.form.lstrip("."), "counts": one.is_counted}
                for one in self.judged
            ],
            "figures": [found.as_dict() for found in self.figures],
            "disagreements": [dict(row) for row in self.disagreements],
            "warnings": list(self.warnings),
        }


def evaluate_readings(
    gold: Gold,
    readings: Readings,
    *,
    given: Mapping[Path, str] | None = None,
    versions: Mapping[str, str] | None = None,
    scope: Scope | None = None,
) -> Evaluation:
    """Judge the documents that gold names against it.

    Only those documents are read. Where the corpus holds several forms of one, all are judged; the first of
    `reading.FORMS` counts in the figures. A document that cannot be read becomes a warning. Raises GcmrefsError when no
    document is left to judge (and what `assign` raises).
    """
    assigned = assign(gold, readings, given)
    forms = documents(readings)
    kinds = {row.kind for file in gold.files for row in file.rows if isinstance(row, GoldObjectiveRow)}
    warnings = list(assigned.unused)
    judged: list[JudgedForm] = []
    for document, slugs in _wanted(assigned, forms).items():
        parts = [part for name in (document, *slugs) for part in assigned.parts.get(name, ())]
        parts = list({id(part): part for part in parts}.values())
        first = True
        for slug in slugs:
            own = [part for part in parts if part.document in (document, slug)]
            if not own:
                continue
            try:
                reading = readings.reading(slug)
            except GcmrefsError as error:
                warnings.append(f"{slug}: not judged: {error}")
                continue
            judged.append(JudgedForm(document, reading, first, tuple(judge(document, reading, own, kinds))))
            first = False
            if reading.objectives is None and any(part.file.kind == "objectives" for part in own):
                warnings.append(f"{slug}: the run's objectives are no longer kept: not judged")
    if not judged:
        raise GcmrefsError("; ".join(warnings[:3]) or "gold names no document: nothing to judge")
    counted = [row for one in judged if one.is_counted for row in one.judgements]
    return Evaluation(
        gold,
        tuple(part for found in assigned.parts.values() for part in found),
        tuple(judged),
        (*_figures(counted), *_by_form(judged)),
        tuple(_disagreements(judged)),
        tuple(warnings),
        dict(versions or {}),
        scope or Scope(),
    )


def _wanted(assigned: Assignment, forms: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The forms to judge of each document, by the name that they share."""
    out: dict[str, tuple[str, ...]] = {}
    for name in assigned.parts:
        document = name if name in forms else title_of(name)
        out[document] = forms[document]
    return dict(sorted(out.items()))


def _rows(parts: Iterable[GoldPart], kind: type[_R]) -> list[_R]:
    return [row for part in parts for row in part.rows if isinstance(row, kind)]


def judge(
    document: str, reading: DocumentReading, parts: Sequence[GoldPart], kinds: Collection[str]
) -> Iterator[Judgement]:
    """Yield the judgements of one document by every matching rule that its gold allows."""
    place = JudgedDocument(document, reading.language)
    have = {part.file.kind for part in parts}
    if "references" in have:
        calls = _rows(parts, GoldBorderlineRow)
        for exact in (False, True):
            yield from judgement.references(
                place, _rows(parts, GoldReferenceRow), calls, reading.references, is_exact=exact
            )
    if "paragraphs" in have:
        yield from judgement.paragraphs(place, _rows(parts, GoldParagraphRow), reading.paragraphs)
    if "objectives" in have and reading.objectives is not None:
        for whole in (False, True):
            yield from judgement.objectives(
                place, _rows(parts, GoldObjectiveRow), reading.objectives, kinds=kinds, is_whole=whole
            )
    for part in parts:
        if part.file.kind == "published":
            name = part.file.path.stem.removesuffix(".published")
            yield from judgement.published(place, name, _rows([part], GoldPublishedRow), reading.references)


_GROUPINGS: Mapping[str, tuple[tuple[str, Callable[[Judgement], str]], ...]] = {
    "references": (
        ("category", lambda j: j.group),
        ("document", lambda j: j.document),
        ("language", lambda j: j.language),
    ),
    "paragraphs": (("document", lambda j: j.document), ("language", lambda j: j.language)),
    "objectives": (
        ("basis", lambda j: j.basis),
        ("kind", lambda j: j.group),
        ("basis and kind", lambda j: f"{j.basis} {j.group}"),
        ("number", lambda j: f"{j.group} {j.number}" if j.number else ""),
        ("document", lambda j: j.document),
        ("language", lambda j: j.language),
    ),
    "published": (("analysis", lambda j: j.group),),
}


def _by_rule(judgements: Iterable[Judgement]) -> dict[tuple[str, str], list[Judgement]]:
    sets: dict[tuple[str, str], list[Judgement]] = {}
    for row in judgements:
        sets.setdefault((row.what, row.matching), []).append(row)
    return sets


def _figures(judgements: Sequence[Judgement]) -> Iterator[Figure]:
    for (what, matching), rows in sorted(_by_rule(judgements).items()):
        yield figure(rows)
        for by, key in _GROUPINGS[what]:
            if not (by.startswith("basis") and matching == "document"):
                yield from grouped(rows, by, key)


def _by_form(judged: Sequence[JudgedForm]) -> Iterator[Figure]:
    """Figures of each form of the documents that are there in several."""
    several = {one.document for one in judged if not one.is_counted}
    for one in judged:
        if one.document in several:
            for rows in _by_rule(one.judgements).values():
                yield figure(rows, "form", one.reading.document)


def _disagreements(judged: Sequence[JudgedForm]) -> Iterator[Mapping[str, str]]:
    """The rows that gold and machine see differently, document by document; further forms are left out."""
    for one in judged:
        if not one.is_counted:
            continue
        texts = {label(row.paragraph): row.text for row in reversed(one.reading.paragraphs)}
        for row in one.judgements:
            if row.matching not in ("overlap", "paragraph", "label", "unit"):
                continue
            verdict: str = row.verdict
            if row.what == "references" and verdict == "right" and not is_same(row.found, row.wording):
                verdict = "wording"
            if verdict in ("missed", "spurious", "wording"):
                group = f"{row.basis} {row.group} {row.number}".strip() if row.what == "objectives" else row.group
                yield {
                    "what": row.what,
                    "verdict": verdict,
                    "document": row.document,
                    "paragraph": row.paragraph,
                    "group": group,
                    "wording": row.wording,
                    "found": row.found if verdict == "wording" else "",
                    "note": row.note,
                    "quote": excerpt(texts.get(row.paragraph, ""), row.found or row.wording),
                }
