"""A paragraph with all that the listings look up for it: its document's language, its references, its objectives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from pipeline.citations import base
from pipeline.quotes import Span, occurrences
from pipeline.rows import number, records

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


def units(
    paragraphs: pd.DataFrame,
    references: pd.DataFrame,
    objectives: pd.DataFrame,
    documents: Sequence[Mapping[str, Any]] = (),
) -> dict[str, list[Unit]]:
    """Group the paragraphs by document, in their order, from the rows of the three files.

    The language is the run's (`documents`, with `document` and `language`), else that of the references, else told by
    the text.
    """
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    spoken = {str(d.get("document") or ""): str(d.get("language") or "") for d in documents}
    for row in records(references):
        spoken[row["document"]] = spoken.get(row["document"]) or row["language"]
        if row["status"] != "rejected":
            found.setdefault((row["document"], base(row["paragraph"])), []).append(row)
    about: dict[tuple[str, str], set[int]] = {}
    for row in records(objectives[objectives["kind"] == "objective"]):
        if isinstance(row["number"], int):
            about.setdefault((row["document"], base(row["paragraph"])), set()).add(row["number"])
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in records(paragraphs):
        grouped.setdefault(row["document"], []).append(row)
    out: dict[str, list[Unit]] = {}
    for document, rows in grouped.items():
        language = spoken.get(document) or _detected("\n".join(row["text"] for row in rows)[:LANGUAGE_SAMPLE])
        for row in rows:
            key = (document, base(row["paragraph"]))
            out.setdefault(document, []).append(
                Unit(
                    document,
                    language,
                    row["paragraph"],
                    row["kind"],
                    row["text"],
                    row["heading_path"],
                    row["page"],
                    row["objective"] or None,
                    tuple(sorted(about.get(key, ()))),
                    tuple(_mentioned(row["text"], found.get(key, ()))),
                )
            )
    return out


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
