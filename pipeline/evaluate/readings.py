"""What was found in a document, from where it is to be judged: read freshly from a corpus, or as an earlier run showed it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from extractors.text.normalization import squash
from pipeline.corpus.discovery import Document, discover
from pipeline.corpus.manifest import SUFFIXES
from pipeline.extract.document import Parsed, parse, process_document
from pipeline.settings import Limits

if TYPE_CHECKING:
    import sqlalchemy as sa

FORMS: tuple[str, ...] = (".pdf", ".docx", ".html", ".htm", ".txt")
"""Which form of a document counts where the corpus holds several: the one that is published and hardest to read."""
SEARCHED: tuple[str, ...] = (".txt", ".html", ".htm", ".docx", ".pdf", "")
"""The order in which forms are looked at to tell which document a gold file is for: what is quickly read comes first."""


@dataclass(frozen=True, slots=True)
class ParagraphReading:
    """A paragraph that was read, under its official id with suffix (`17#2`)."""

    paragraph: str
    text: str


@dataclass(frozen=True, slots=True)
class ReferenceReading:
    """A reference that was found, as `references.csv` has it."""

    reference_id: str
    paragraph: str
    category: str
    wording: str
    quote: str


@dataclass(frozen=True, slots=True)
class ObjectiveReading:
    """What a paragraph was found to take up, as `objectives.csv` has it; `number` is "" for the Compact itself."""

    paragraph: str
    kind: str
    number: str
    basis: str
    wording: str


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What was found in one document. `objectives` is None where the rows of a run are no longer kept."""

    document: str
    language: str
    form: str
    paragraphs: tuple[ParagraphReading, ...]
    references: tuple[ReferenceReading, ...]
    objectives: tuple[ObjectiveReading, ...] | None


class Readings(Protocol):
    """Documents that can be judged."""

    def slugs(self) -> Sequence[str]:
        """Return the slugs of all documents, in an order that is always the same."""
        ...

    def form(self, slug: str) -> str:
        """Return the ending that tells a document's format, such as `.pdf`."""
        ...

    def texts(self, slug: str) -> Sequence[tuple[str, str]]:
        """Return (paragraph id, text) of a document without searching it; raises GcmrefsError if it cannot be read."""
        ...

    def reading(self, slug: str) -> DocumentReading:
        """Return what was found in a document; raises GcmrefsError if it cannot be read."""
        ...


def title_of(slug: str) -> str:
    """Return the name that the forms of one document share: the slug without the format that tells them apart.

    >>> title_of("A_RES_73_195.pdf"), title_of("bali-7th-som-2018.en")
    ('A_RES_73_195', 'bali-7th-som-2018.en')
    """
    return next((slug.removesuffix(suffix) for suffix in SUFFIXES if slug.endswith(suffix) and slug != suffix), slug)


def documents(readings: Readings) -> dict[str, tuple[str, ...]]:
    """Return the slugs of each document's forms, the one that counts first, by the name that they share."""
    found: dict[str, list[str]] = {}
    for slug in readings.slugs():
        found.setdefault(title_of(slug), []).append(slug)

    def place(slug: str) -> tuple[int, str]:
        form = readings.form(slug)
        return (FORMS.index(form) if form in FORMS else len(FORMS), slug)

    return {name: tuple(sorted(forms, key=place)) for name, forms in found.items()}


@dataclass(slots=True)
class CorpusReadings:
    """The documents of a corpus folder, read in this process when they are asked for, each once."""

    folder: Path
    limits: Limits = field(default_factory=Limits)
    _documents: dict[str, Document] = field(default_factory=dict, init=False)
    _parsed: dict[str, Parsed] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._documents = {document.slug: document for document in discover(self.folder).documents}

    def slugs(self) -> Sequence[str]:
        return list(self._documents)

    def form(self, slug: str) -> str:
        return self._documents[slug].path.suffix.lower()

    def texts(self, slug: str) -> Sequence[tuple[str, str]]:
        return [(p.id, p.text) for p in self._parse(slug).paragraphs]

    def reading(self, slug: str) -> DocumentReading:
        document = self._documents[slug]
        done = process_document(document.path, document.source, limits=self.limits, parsed=self._parse(slug))
        return DocumentReading(
            slug,
            done.language,
            self.form(slug),
            tuple(ParagraphReading(p.id, p.text) for p in done.paragraphs),
            tuple(
                ReferenceReading(r.reference_id, r.paragraph, r.category, r.wording, r.quote) for r in done.references
            ),
            tuple(ObjectiveReading(o.paragraph, o.kind, str(o.number), o.basis, o.wording) for o in done.objectives),
        )

    def _parse(self, slug: str) -> Parsed:
        if slug not in self._parsed:
            document = self._documents[slug]
            self._parsed[slug] = parse(document.source, document.path, limits=self.limits)
        return self._parsed[slug]


@dataclass(slots=True)
class RunReadings:
    """The documents as a run showed them, out of the store. `run_id` is one that `pipeline.store.changes.resolve` gave.

    Objectives are there only as long as no later run changed the document.
    """

    store: sa.Engine
    run_id: str
    _shown: dict[str, Mapping[str, str]] = field(default_factory=dict, init=False)
    _about: dict[str, Mapping[str, object]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        from pipeline.store import runs
        from pipeline.store.documents import described

        self._shown = runs.shown_by(self.store, self.run_id)
        self._about = {row["document"]: row for row in described(self.store, list(self._shown))}

    def slugs(self) -> Sequence[str]:
        return sorted(self._shown)

    def form(self, slug: str) -> str:
        suffix = slug.removeprefix(title_of(slug))
        return suffix or f".{str(self._about.get(slug, {}).get('format', '')).lower()}"

    def texts(self, slug: str) -> Sequence[tuple[str, str]]:
        return [(str(row["paragraph"]), str(row["text"])) for row in self._contents(slug)["paragraphs"]]

    def reading(self, slug: str) -> DocumentReading:
        from pipeline.store.documents import objective_frame

        found, about = self._contents(slug), self._about.get(slug, {})
        current = about.get("content") == self._shown[slug]["content"]
        rows = objective_frame(self.store, [slug]).to_dict("records") if current else None
        language = next((str(row["language"]) for row in found["references"]), str(about.get("language", "")))
        return DocumentReading(
            slug,
            language,
            self.form(slug),
            tuple(ParagraphReading(**_texts(row, ParagraphReading)) for row in found["paragraphs"]),
            tuple(ReferenceReading(**_texts(row, ReferenceReading)) for row in found["references"]),
            None if rows is None else tuple(ObjectiveReading(**_texts(row, ObjectiveReading)) for row in rows),
        )

    def _contents(self, slug: str) -> Mapping[str, Sequence[Mapping[str, object]]]:
        from pipeline.store import runs

        return runs.contents(self.store, slug, self._shown[slug]["content"])


def _texts(row: Mapping[Hashable, object] | Mapping[str, object], kind: type) -> dict[str, str]:
    """The cells of a stored row that a reading has, "" where one is empty."""
    cells = {str(name): value for name, value in row.items()}
    return {one.name: "" if (value := cells[one.name]) is None else str(value) for one in fields(kind)}


def excerpt(text: str, wording: str, size: int = 80) -> str:
    """Return the part of a text around a wording, at most about `size` characters, with ellipses where it is cut.

    >>> excerpt("We thank the civil society of all participating States for its work.", "civil society", 30)
    '… the civil society of all …'
    """
    flat = " ".join(text.split())
    place = squash(flat).find(squash(wording)) if wording else 0
    middle = max(0, place) + len(wording) // 2
    start = max(0, min(middle - size // 2, len(flat) - size))
    cut = flat[start : start + size]
    if start > 0:
        cut = "… " + cut.partition(" ")[2]
    if start + size < len(flat):
        cut = cut.rpartition(" ")[0] + " …"
    return cut
