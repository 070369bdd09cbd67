"""A paragraph with all that the listings look up for it: its document's language, its references, its objectives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from pipeline.citations import base
from pipeline.quotes import Span, occurrences
from pipeline.rows import Row, number, records

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
                    tuple(_mentioned(row["text"], self._found.get(key, ()))),
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


def _mentioned(text: str, rows: Sequence[Mapping[str, Any]]) -> list[Mentioned]:
    """The references whose wording stands in this text: others belong to another part of the same paragraph."""
    out = []
    for row in rows:
        start, end, times = number(row["start"]), number(row["end"]), number(row["occurrences"])
        places = {(start, end)} if row["wording"] and " ".join(text[start:end].split()) == row["wording"] else set()
        if times > 1 or not places:
            places.update(occurrences(text, row["wording"])[: max(1, times)])
        if places:
            out.append(Mentioned(row["category"], row["wording"], row["canonical"], tuple(sorted(places))))
    return out


@lru_cache(maxsize=64)
def _detected(text: str) -> str:
    from pipeline.language import detect

    return detect(text)
