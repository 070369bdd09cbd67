"""The typed rows of a run in the order of the tables, with what is looked up for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import MISSING, dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from extractors.lexicon.categories import CATEGORIES, LISTED_BY_NAME, LISTED_BY_WORDING, category_label
from extractors.model import DocumentRow, ObjectiveRow, ParagraphRow, Reference
from pipeline.extract import quote
from pipeline.extract.quote import Runs, Span
from pipeline.segment.citation import base, cite_paragraph, cite_paragraphs, order_key
from pipeline.tables.findings import DocumentFindings

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R", Reference, ParagraphRow, ObjectiveRow)
Cut = Callable[[str, Sequence[Span], int], Runs]
Key = tuple[str, str]
"""A document and a paragraph of it."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a paragraph stands in the Compact's order: its objectives, on what ground, and else the document's part.

    `basis` is "structural" under the heading of an objective, "explicit" where it names them, "implied" for the one that
    it is about most, "" where none is known; `part` is then the first heading above it ("Implementation").
    """

    objectives: tuple[int, ...]
    basis: str
    part: str = ""


class Records:
    """The rows of a run: references without the rejected ones and in table order, paragraphs, objectives, documents.

    `every` are all references in the order of the file, `told` all objectives, with the rejected ones. `documents` holds a row
    for each document that has any. `findings` are what tables find in one document by itself.
    """

    def __init__(
        self,
        references: Iterable[Reference],
        paragraphs: Iterable[ParagraphRow],
        objectives: Iterable[ObjectiveRow],
        labels: Mapping[str, str],
        cut: Cut = quote.runs,
        short: bool = False,
        documents: Iterable[DocumentRow] = (),
        findings: DocumentFindings | None = None,
    ) -> None:
        self.labels, self.cut, self.short, self.findings = labels, cut, short, findings or DocumentFindings()
        self.every, self.told = tuple(references), tuple(objectives)
        self.objectives = tuple(row for row in self.told if row.status != "rejected")
        refused = (row for row in self.told if row.status == "rejected")
        self._refused = {(row.document, base(row.paragraph), row.number) for row in refused}
        self.paragraphs: dict[str, list[ParagraphRow]] = {}
        self._structured: set[str] = set()
        self.rows: dict[Key, ParagraphRow] = {}
        self.texts: dict[Key, list[str]] = {}
        self.place: dict[Key, int] = {}
        for row in paragraphs:
            self.paragraphs.setdefault(row.document, []).append(row)
            self.rows[row.document, row.paragraph] = row
            if row.objective:
                self._structured.add(row.document)
            for key in dict.fromkeys([(row.document, row.paragraph), (row.document, base(row.paragraph))]):
                self.texts.setdefault(key, []).append(row.text)
                self.place.setdefault(key, len(self.place))
        self.documents = self._described(documents)
        self.number = {name: n for n, name in enumerate(self.documents)}
        self._categories = {category: n for n, category in enumerate(CATEGORIES)}
        self.rejected = Counter(row.document for row in self.every if row.status == "rejected")
        self.references = sorted((row for row in self.every if row.status != "rejected"), key=self.order)
        self.by_paragraph: dict[Key, list[Reference]] = {}
        for reference in self.every:
            if reference.status != "rejected":
                self.by_paragraph.setdefault((reference.document, base(reference.paragraph)), []).append(reference)
        self._about: dict[Key, list[ObjectiveRow]] = {}
        self._objectives: dict[str, list[ObjectiveRow]] = {}
        for objective in self.objectives:
            self._objectives.setdefault(objective.document, []).append(objective)
            self._about.setdefault((objective.document, base(objective.paragraph)), []).append(objective)
            if _is_objective(objective) and objective.basis == "structural":
                self._structured.add(objective.document)

    def _described(self, documents: Iterable[DocumentRow]) -> dict[str, DocumentRow]:
        """The documents that the run describes, with the facts that only references give, and those it does not."""
        known = {row.document: row for row in documents if row.document}
        known |= {name: DocumentRow(name) for name in self.paragraphs if name not in known}
        for row in self.every:
            facts = known.get(row.document) or DocumentRow(row.document)
            if not (facts.title and facts.iscm and facts.language):
                title, iscm, language = facts.title or row.title, facts.iscm or row.iscm, facts.language or row.language
                known[row.document] = replace(facts, title=title, iscm=iscm, language=language)
        return known

    def only(self, keep: Callable[[DocumentRow], bool]) -> Records:
        """The same of the documents that `keep` holds of."""
        documents = {name: facts for name, facts in self.documents.items() if keep(facts)}
        if len(documents) == len(self.documents):
            return self
        some = copy(self)  # what is looked up by document is shared: a large corpus is held once
        some.documents = documents
        some.paragraphs = {name: rows for name, rows in self.paragraphs.items() if name in documents}
        some.every = tuple(row for row in self.every if row.document in documents)
        some.references = [row for row in self.references if row.document in documents]
        some.objectives = tuple(row for row in self.objectives if row.document in documents)
        return some

    def order(self, row: Reference) -> tuple[object, ...]:
        place = self.place.get((row.document, row.paragraph))
        known = (0, place, ()) if place is not None else (1, 0, order_key(row.paragraph))
        within = self.place.get((row.document, row.paragraph_row), 0)
        return (self.number[row.document], *known, within, row.start, *self.rank(row.category), row.wording)

    def rank(self, category: str) -> tuple[int, str]:
        return (self._categories.get(category, len(self._categories)), category)

    def label(self, category: str) -> str:
        return category_label(category, self.labels)

    def language(self, document: str) -> str:
        """The run's word, else that of the references, else told by the text."""
        known = self.documents[document].language
        if known:
            return known
        texts = (row.text for row in self.paragraphs.get(document, ()))
        return _detected("\n".join(texts)[:LANGUAGE_SAMPLE])

    def cite(self, rows: Iterable[Reference]) -> str:
        return cite_paragraphs((row.paragraph for row in rows), self.short)

    def cited(self, paragraph: str) -> str:
        return cite_paragraph(paragraph, self.short)

    def page(self, document: str, paragraph: str) -> int | None:
        """The page that a paragraph starts on."""
        row = self.rows.get((document, paragraph))
        return row.page if row else None

    def link(self, document: str, paragraph: str = "") -> str:
        """The address of a document, of the paragraph's page where it is a PDF; "" where none is known.

        >>> Records([], [], [], {}, documents=[DocumentRow("a", url="https://example.org/a.pdf")]).link("a")
        'https://example.org/a.pdf'
        """
        facts = self.documents.get(document)
        if not facts or not facts.url:
            return ""
        page = self.page(document, paragraph)
        return f"{facts.url}#page={page}" if page and facts.format == "pdf" else facts.url

    def placement(self, document: str, paragraph: str) -> Placement:
        """Where a paragraph stands: under one objective's heading in a document that has such headings and nowhere else
        there; in other documents with the objectives that it names, else with the one that it is about most."""
        rows = [row for row in self.topics(document, paragraph) if _is_objective(row)]
        structural = tuple(sorted({int(row.number) for row in rows if row.basis == "structural"}))
        if structural:
            return Placement(structural[:1], "structural")
        stated = self.rows.get((document, paragraph)) or self.rows.get((document, base(paragraph)))
        if stated and stated.objective and (document, base(paragraph), stated.objective) not in self._refused:
            return Placement((stated.objective,), "structural")
        part = stated.heading_path.split(" > ")[0] if stated else ""
        if document in self._structured:
            return Placement((), "", part)
        explicit = tuple(sorted({int(row.number) for row in rows if row.basis == "explicit"}))
        if explicit:
            return Placement(explicit, "explicit", part)
        best = max(rows, key=lambda row: (row.score, -int(row.number)), default=None)
        return Placement((int(best.number),), "implied", part) if best else Placement((), "", part)

    def objectives_of(self, document: str) -> Sequence[ObjectiveRow]:
        """The rows of objectives.csv of one document, without those that were rejected."""
        return self._objectives.get(document, ())

    def topics(self, document: str, paragraph: str) -> Sequence[ObjectiveRow]:
        """What of the Compact a paragraph takes up."""
        return self._about.get((document, base(paragraph)), ())

    def has_headings(self, document: str) -> bool:
        """Whether paragraphs of the document stand under headings of objectives."""
        return document in self._structured

    def passage(self, row: Reference) -> tuple[str, list[Span]]:
        """The text of the row that the offsets count in, with the spans of this reference; ("", []) where the row does not
        have the wording there, as when a text changed after a person decided."""
        stated = self.rows.get((row.document, row.paragraph_row))
        text = stated.text if stated else ""
        stands = " ".join(text[row.start : row.end].split()) == row.wording
        return (text, spans_in(text, row)) if stands and row.wording else ("", [])

    def units(self, document: str) -> list[Unit]:
        """The paragraphs of a document in their order, each with its references and objectives."""
        language = self.language(document)
        return [
            Unit(
                row,
                language,
                self.placement(document, row.paragraph),
                tuple(_mentioned(row, self.by_paragraph.get((document, base(row.paragraph)), ()))),
            )
            for row in self.paragraphs.get(document, ())
        ]


def _is_objective(row: ObjectiveRow) -> bool:
    return row.kind == "objective" and isinstance(row.number, int)


def spans_in(text: str, row: Reference, *, own: bool = True) -> list[Span]:
    """The places of a reference in a text: its offsets where the text is its `own` row, and where it was found several
    times every other place with the same words."""
    spans = {(row.start, row.end)} if own and 0 <= row.start < row.end <= len(text) else set()
    if row.occurrences > 1:
        spans.update(quote.occurrences(text, row.wording))
    return sorted(spans)


def typed_rows(frame: pd.DataFrame, kind: type[R]) -> list[R]:
    """The rows of a frame as dataclasses: text is "" where it is missing, a whole number None or 0.

    >>> import pandas as pd
    >>> typed_rows(pd.DataFrame({"document": ["a"], "paragraph": ["17"], "number": ["6"]}), ObjectiveRow)[0].number
    6
    """
    columns: list[Sequence[object]] = []
    for field in fields(kind):
        read = _READERS.get(str(field.type))
        default = None if field.default is MISSING else field.default
        values = frame[field.name].tolist() if field.name in frame else [default] * len(frame)
        columns.append([read(value) for value in values] if read else _texts(values))
    names = [field.name for field in fields(kind)]
    return [kind(**dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True)]


def read_records(
    references: pd.DataFrame,
    paragraphs: pd.DataFrame,
    objectives: pd.DataFrame,
    documents: pd.DataFrame | Sequence[Mapping[str, object]] = (),
    *,
    labels: Mapping[str, str] | None = None,
    cut: Cut = quote.runs,
    short: bool = False,
    findings: DocumentFindings | None = None,
) -> Records:
    """The rows of a run from frames with the columns of its files."""
    return Records(
        typed_rows(references, Reference),
        typed_rows(paragraphs, ParagraphRow),
        typed_rows(objectives, ObjectiveRow),
        labels or {},
        cut,
        short,
        document_rows(documents),
        findings,
    )


def document_rows(documents: pd.DataFrame | Sequence[Mapping[str, object]]) -> list[DocumentRow]:
    """The documents of a run as rows of documents.csv; facts that such a row does not have are passed over.

    >>> document_rows([{"document": "a", "preferred": "no", "pages": None, "warnings": ["x", "y"], "more": 1}])[0].warnings
    'x; y'
    """
    described = documents if isinstance(documents, Sequence) else documents.to_dict("records")
    kinds = {f.name: str(f.type) for f in fields(DocumentRow)}
    return [
        DocumentRow(**{n: _READERS.get(kinds[n], _text)(value) for n, value in row.items() if n in kinds})  # type: ignore[arg-type]
        for row in described
    ]


def _is_missing(value: object) -> bool:
    """Whether a cell is empty: None, "", NaN, or the NA of pandas, which only its type tells without importing pandas."""
    return value is None or type(value).__name__ == "NAType" or value == "" or value != value


def _whole(value: object) -> int | None:
    return None if _is_missing(value) else int(float(str(value)))


def _numbered(value: object) -> int | str:
    text = "" if _is_missing(value) else str(value)
    return int(float(text)) if text.removesuffix(".0").isdecimal() else text


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return value if type(value) is str else "" if _is_missing(value) else str(value)


def _texts(values: Sequence[object]) -> list[str]:
    """The values as text; what repeats in a column is one text in memory."""
    known: dict[str, str] = {}
    return [known.setdefault(text, text) for text in map(_text, values)]


_READERS: Mapping[str, Callable[[object], object]] = {
    "int": lambda value: _whole(value) or 0,
    "int | None": _whole,
    "int | str": _numbered,
    "float": lambda value: 0.0 if _is_missing(value) else float(str(value)),
    "bool": lambda value: not _is_missing(value) and str(value).lower() not in ("no", "false", "0"),
}
"""Type of a field -> how a cell of a file or a frame becomes its value; all others are text."""


def subsection(rows: Records, row: Reference) -> str:
    """What the published analysis lists the quote under: the wording, the name, or the category."""
    if row.category in LISTED_BY_WORDING:
        return row.wording[:1].upper() + row.wording[1:]
    if row.category in LISTED_BY_NAME and row.canonical:
        return row.canonical
    return rows.label(row.category)


LANGUAGE_SAMPLE = 20_000
"""Characters that the language of a document without references is told by."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A reference in a paragraph and the places of its wording there (offsets into the paragraph's text)."""

    category: str
    wording: str
    canonical: str
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of `paragraphs.csv` with its language, its place in the order of the objectives, and the references in it
    (those that an analyst rejected left out)."""

    row: ParagraphRow
    language: str
    placement: Placement
    mentioned: tuple[Mentioned, ...]

    @property
    def document(self) -> str:
        return self.row.document

    @property
    def paragraph(self) -> str:
        return self.row.paragraph

    @property
    def kind(self) -> str:
        return self.row.kind

    @property
    def text(self) -> str:
        return self.row.text

    @property
    def heading(self) -> str:
        return self.row.heading_path

    @property
    def page(self) -> int | None:
        return self.row.page

    @property
    def headed(self) -> int | None:
        """The objective whose heading it stands under."""
        return self.row.objective

    @property
    def objectives(self) -> tuple[int, ...]:
        """The objective of its heading, else those that it names, else the one that it is about most."""
        return self.placement.objectives


def _mentioned(paragraph: ParagraphRow, rows: Sequence[Reference]) -> list[Mentioned]:
    """The references in this row of the paragraphs: others belong to another part of the same paragraph."""
    out = []
    for row in rows:
        places = spans_in(paragraph.text, row, own=row.paragraph_row == paragraph.paragraph)
        if places:
            out.append(Mentioned(row.category, row.wording, row.canonical, tuple(places)))
    return out


@lru_cache(maxsize=64)
def _detected(text: str) -> str:
    from pipeline.ingest.language import detect

    return detect(text)
