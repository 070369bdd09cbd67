"""Rows of references and paragraphs in the order of the tables, with what is looked up for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from extractors.lexicon.categories import CATEGORIES, LISTED_BY_NAME, LISTED_BY_WORDING, category_label
from pipeline.extract import quote
from pipeline.extract.quote import Runs, Span
from pipeline.segment.citation import base, citations, order_key

Row = Mapping[str, Any]
_NUMERIC = frozenset({"order", "objective", "page", "number", "start", "end", "occurrences"})


class Rows:
    """The rows of the three files as dictionaries; the references without the rejected ones, in table order.

    `every` are all references in the order of the file, `objective_rows` the rows of objectives in theirs.
    """

    def __init__(
        self,
        references: pd.DataFrame,
        paragraphs: pd.DataFrame,
        objectives: pd.DataFrame,
        labels: Mapping[str, str],
        cut: Callable[[str, Sequence[Span], int], Runs] = quote.runs,
        short: bool = False,
        documents: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.labels, self.cut, self.short = labels, cut, short
        self.paragraphs = records(paragraphs)
        every = self.every = records(references)
        self.texts: dict[tuple[str, str], list[str]] = {}
        self.place: dict[tuple[str, str], int] = {}
        self.rows = {(row["document"], row["paragraph"]): row["text"] for row in self.paragraphs}
        for row in self.paragraphs:
            for key in dict.fromkeys([(row["document"], row["paragraph"]), (row["document"], base(row["paragraph"]))]):
                self.texts.setdefault(key, []).append(row["text"])
                self.place.setdefault(key, len(self.place))
        names = [str(d.get("document") or "") for d in documents]
        names += [row["document"] for row in [*self.paragraphs, *every]]
        self.documents = {name: n for n, name in enumerate(dict.fromkeys(name for name in names if name))}
        self.titles = {str(d.get("document") or ""): str(d.get("title") or "") for d in documents}
        for row in every:
            if row["title"]:
                self.titles[row["document"]] = row["title"]
        self.categories = {category: n for n, category in enumerate(CATEGORIES)}
        self.rejected = Counter(row["document"] for row in every if row["status"] == "rejected")
        self.references = sorted((row for row in every if row["status"] != "rejected"), key=self.order)
        self.several = len(self.documents) > 1
        self.assigned: dict[tuple[str, str], list[int]] = {}
        self.objective_rows = records(objectives)
        for row in self.objective_rows:
            if row["kind"] == "objective" and isinstance(row["number"], int):
                self.assigned.setdefault((row["document"], base(row["paragraph"])), []).append(row["number"])

    def order(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        place = self.place.get((row["document"], row["paragraph"]))
        known = (0, place, ()) if place is not None else (1, 0, order_key(row["paragraph"]))
        return (
            self.documents[row["document"]],
            *known,
            self.place.get((row["document"], row["paragraph_row"]), 0),
            number(row["start"]),
            *self.rank(row["category"]),
            row["wording"],
        )

    def rank(self, category: str) -> tuple[int, str]:
        return (self.categories.get(category, len(self.categories)), category)

    def label(self, category: str) -> str:
        return category_label(category, self.labels)

    def cite(self, rows: Iterable[Mapping[str, Any]]) -> str:
        return citations((row["paragraph"] for row in rows), self.short)

    def objectives(self, row: Mapping[str, Any]) -> list[int]:
        """The objective whose heading the paragraph stands under, else those that it was found to be about."""
        if isinstance(row["objective"], int):
            return [row["objective"]]
        return sorted(set(self.assigned.get((row["document"], base(row["paragraph"])), [])))

    def passage(self, row: Mapping[str, Any]) -> tuple[str, list[Span]]:
        """The text of the row that the offsets count in, with the spans of this reference; ("", []) where the row does not
        have the wording there, as when a text changed after a person decided."""
        text = self.rows.get((row["document"], row["paragraph_row"]), "")
        stands = " ".join(text[number(row["start"]) : number(row["end"])].split()) == row["wording"]
        return (text, spans_in(text, row)) if stands and row["wording"] else ("", [])


def spans_in(text: str, row: Mapping[str, Any], *, own: bool = True) -> list[Span]:
    """The places of a reference in a text: its offsets where the text is its `own` row, and where it was found several
    times every other place with the same words."""
    start, end, wording = number(row["start"]), number(row["end"]), row["wording"]
    spans = {(start, end)} if own and 0 <= start < end <= len(text) else set()
    if number(row["occurrences"]) > 1:
        spans.update(quote.occurrences(text, wording))
    return sorted(spans)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame with "" for missing text, whole numbers as int and None for a missing number."""
    names = [str(column) for column in frame.columns]
    read = [_numbers if name in _NUMERIC else _texts for name in names]
    columns = [make(frame.iloc[:, n].tolist()) for n, make in enumerate(read)]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _numbers(values: Sequence[Any]) -> list[int | None]:
    return [None if _missing(value) else int(float(value)) for value in values]


def _texts(values: Sequence[Any]) -> list[str]:
    """The values as text; what repeats in a column is one text in memory."""
    known: dict[str, str] = {}
    texts = (value if type(value) is str else "" if _missing(value) else str(value) for value in values)
    return [known.setdefault(text, text) for text in texts]


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or value != value or value == ""


def number(value: object) -> int:
    return value if isinstance(value, int) else 0


def subsection(rows: Rows, row: Mapping[str, Any]) -> str:
    """What the published analysis lists the quote under: the wording, the name, or the category."""
    if row["category"] in LISTED_BY_WORDING:
        return str(row["wording"][:1].upper() + row["wording"][1:])
    if row["category"] in LISTED_BY_NAME and row["canonical"]:
        return str(row["canonical"])
    return rows.label(row["category"])


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
    """One row of `paragraphs.csv`; `headed` is the objective that it stands under, `about` those it was found to be
    about. References that an analyst rejected are not among the `mentioned`."""

    document: str
    language: str
    paragraph: str
    kind: str
    text: str
    heading: str
    page: int | None
    headed: int | None
    about: tuple[int, ...]
    mentioned: tuple[Mentioned, ...]

    @property
    def objectives(self) -> tuple[int, ...]:
        """The objective of its heading, else those that it is about."""
        return (self.headed,) if self.headed else self.about


class Units:
    """The paragraphs of each document as units, made only for a document that is asked for."""

    def __init__(
        self,
        paragraphs: Iterable[Row],
        references: Iterable[Row],
        objectives: Iterable[Row],
        documents: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Take the rows of the three files in their order (see `rows.records`); references that an analyst rejected are
        left out."""
        self._found: dict[tuple[str, str], list[Row]] = {}
        self._spoken = {str(d.get("document") or ""): str(d.get("language") or "") for d in documents}
        for row in references:
            if row["status"] != "rejected":
                self._spoken[row["document"]] = self._spoken.get(row["document"]) or row["language"]
                self._found.setdefault((row["document"], base(row["paragraph"])), []).append(row)
        self._about: dict[tuple[str, str], set[int]] = {}
        for row in objectives:
            if row["kind"] == "objective" and isinstance(row["number"], int):
                self._about.setdefault((row["document"], base(row["paragraph"])), set()).add(row["number"])
        self._grouped: dict[str, list[Row]] = {}
        for row in paragraphs:
            self._grouped.setdefault(row["document"], []).append(row)

    @property
    def documents(self) -> Iterable[str]:
        """The documents with paragraphs, in their order."""
        return self._grouped.keys()

    def language(self, document: str) -> str:
        """The run's (`documents`, with `document` and `language`), else that of the references, else told by the text."""
        texts = (row["text"] for row in self._grouped[document])
        return self._spoken.get(document) or _detected("\n".join(texts)[:LANGUAGE_SAMPLE])

    def of(self, document: str) -> list[Unit]:
        """The paragraphs of a document, in their order."""
        language = self.language(document)
        out = []
        for row in self._grouped[document]:
            key = (document, base(row["paragraph"]))
            out.append(
                Unit(
                    document,
                    language,
                    row["paragraph"],
                    row["kind"],
                    row["text"],
                    row["heading_path"],
                    row["page"],
                    row["objective"] or None,
                    tuple(sorted(self._about.get(key, ()))),
                    tuple(_mentioned(row, self._found.get(key, ()))),
                )
            )
        return out


def units(
    paragraphs: pd.DataFrame,
    references: pd.DataFrame,
    objectives: pd.DataFrame,
    documents: Sequence[Mapping[str, Any]] = (),
) -> Units:
    """Group the paragraphs by document from the rows of the three files."""
    structural = objectives[objectives["kind"] == "objective"]
    return Units(records(paragraphs), records(references), records(structural), documents)


def _mentioned(paragraph: Row, rows: Sequence[Row]) -> list[Mentioned]:
    """The references in this row of the paragraphs: others belong to another part of the same paragraph."""
    out = []
    for row in rows:
        places = spans_in(paragraph["text"], row, own=row["paragraph_row"] == paragraph["paragraph"])
        if places:
            out.append(Mentioned(row["category"], row["wording"], row["canonical"], tuple(places)))
    return out


@lru_cache(maxsize=64)
def _detected(text: str) -> str:
    from pipeline.ingest.language import detect

    return detect(text)
