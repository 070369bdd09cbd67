"""Small gold and small readings, so that each rule of the evaluation shows in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.text.identity import make_identity
from extractors.text.normalization import squash
from pipeline.errors import GcmrefsError
from pipeline.evaluate.gold import GoldBorderlineRow, GoldObjectiveRow, GoldParagraphRow, GoldReferenceRow
from pipeline.evaluate.readings import DocumentReading, ObjectiveReading, ParagraphReading, ReferenceReading


def true(paragraph: str, category: str, wording: str) -> GoldReferenceRow:
    return GoldReferenceRow(line=2, paragraph=paragraph, category=category, wording=wording)


def call(paragraph: str, wording: str, kind: Any = "judgement") -> GoldBorderlineRow:
    return GoldBorderlineRow(line=2, paragraph=paragraph, category="", wording=wording, kind=kind)


def labelled(paragraph: str, text: str) -> GoldParagraphRow:
    return GoldParagraphRow(line=2, paragraph=paragraph, text=text)


def addressed(paragraph: str, kind: Any, number: str, mention: Any = "implied") -> GoldObjectiveRow:
    return GoldObjectiveRow(line=2, paragraph=paragraph, kind=kind, number=number, mention=mention)


def ref(paragraph: str, category: str, wording: str, document: str = "a") -> ReferenceReading:
    row_id = make_identity(document, paragraph, category, squash(wording))
    return ReferenceReading(row_id, paragraph, category, wording, f"We thank {wording}.")


def row(paragraph: str, kind: str, number: str, basis: str = "implied") -> ObjectiveReading:
    return ObjectiveReading(paragraph, kind, number, basis, "words")


def reading(
    slug: str,
    texts: Mapping[str, str],
    references: Sequence[ReferenceReading] = (),
    objectives: Sequence[ObjectiveReading] | None = (),
    form: str = ".txt",
) -> DocumentReading:
    rows = tuple(ParagraphReading(name, text) for name, text in texts.items())
    return DocumentReading(slug, "en", form, rows, tuple(references), None if objectives is None else tuple(objectives))


@dataclass
class Shelf:
    """Readings that are there already; `asked` are the slugs whose text was looked at."""

    readings: Sequence[DocumentReading]
    unreadable: Sequence[str] = ()
    asked: list[str] = field(default_factory=list)

    def slugs(self) -> Sequence[str]:
        return [one.document for one in self.readings]

    def form(self, slug: str) -> str:
        return self._one(slug).form

    def texts(self, slug: str) -> Sequence[tuple[str, str]]:
        self.asked.append(slug)
        return [(r.paragraph, r.text) for r in self.reading(slug).paragraphs]

    def reading(self, slug: str) -> DocumentReading:
        if slug in self.unreadable:
            raise GcmrefsError(f"{slug}: encrypted: give --password")
        return self._one(slug)

    def _one(self, slug: str) -> DocumentReading:
        return next(one for one in self.readings if one.document == slug)
