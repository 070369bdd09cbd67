"""Passages: quotes as places in the text of their paragraph, so that the page holds each text once and shows it whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from pipeline.cell import legible
from pipeline.extract.quote import ELLIPSIS, Run, Runs, plain
from pipeline.segment.citation import base

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class QuotePassage:
    """A quote: the number of its text, the parts that are kept, the words that are marked, and whether "..." stands
    where something is left out. Offsets count characters of the text."""

    text: int
    kept: tuple[Span, ...]
    marks: tuple[Span, ...]
    is_dotted: bool


@dataclass(slots=True)
class QuoteTexts:
    """The texts of all paragraphs, from which quotes are cut; `texts` holds those that any quote was found in."""

    known: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, paragraphs: pd.DataFrame | None) -> QuoteTexts:
        """Read the rows of paragraphs.csv: texts by document and paragraph, also under the number without "#2"."""
        known: dict[tuple[str, str], list[str]] = {}
        if paragraphs is not None:
            rows = zip(*(paragraphs[name].tolist() for name in ("document", "paragraph", "text")), strict=True)
            for document, paragraph, text in rows:
                known.setdefault((document, paragraph), []).append(text)
                if "#" in paragraph:
                    known.setdefault((document, base(paragraph)), []).append(text)
        return cls(known)

    def find(self, document: str, paragraph: str, runs: Runs) -> QuotePassage | None:
        """Find a quote in its paragraph; None where it is not word for word in it. `paragraph` may be a list with ";"."""
        quoted = plain(runs)
        for name in (paragraph, *(paragraph.split("; ") if "; " in paragraph else ())):
            for raw in self.known.get((document, name), ()):
                text = legible(raw).strip()
                found = _kept(quoted, text)
                if found is None or max(text) > "\uffff":
                    continue  # a browser counts letters beyond that twice
                kept, is_dotted = found
                marks = _marks(runs, kept, is_dotted)
                if marks is None:
                    continue
                number = self.numbers.setdefault(text, len(self.texts))
                if number == len(self.texts):
                    self.texts.append(text)
                return QuotePassage(number, kept, marks, is_dotted)
        return None

    def whole(self, passage: QuotePassage) -> Runs:
        """The whole paragraph with the same words marked; nothing where the quote is already all of it."""
        text = self.texts[passage.text]
        if passage.kept == ((0, len(text)),):
            return ()
        out, at = [], 0
        for start, end in passage.marks:
            out += [Run(text[at:start], False), Run(text[start:end], True)]
            at = end
        return tuple(run for run in (*out, Run(text[at:], False)) if run.text)


def _kept(quoted: str, text: str) -> tuple[tuple[Span, ...], bool] | None:
    """The parts of the text that make the quote, and whether its ends are marked by "..."."""
    at = text.find(quoted) if quoted else -1
    if at >= 0:
        whole = len(quoted) == len(text)
        return ((at, at + len(quoted)),), whole
    body = quoted.removeprefix(ELLIPSIS)
    inner = body.removesuffix(ELLIPSIS)
    kept, place = [], 0
    for piece in inner.split(ELLIPSIS + " "):
        start = text.find(piece, place)
        if start < 0 or not piece:
            return None
        place = start + len(piece)
        kept.append((start, place))
    spans = tuple(kept)
    return (spans, True) if cut(text, spans, True) == quoted else None


def cut(text: str, kept: Sequence[Span], is_dotted: bool) -> str:
    """Put a quote together from its parts, as the page's script does.

    >>> cut("We met. We thank the Forum.", [(8, 27)], True)
    '...We thank the Forum.'
    """
    words = (ELLIPSIS + " ").join(text[start:end] for start, end in kept)
    if not is_dotted:
        return words
    return (ELLIPSIS if kept[0][0] > 0 else "") + words + (ELLIPSIS if kept[-1][1] < len(text) else "")


def _marks(runs: Runs, kept: Sequence[Span], is_dotted: bool) -> tuple[Span, ...] | None:
    """The marked words as places in the text; None where one of them is not within one part."""
    at = len(ELLIPSIS) if is_dotted and kept[0][0] > 0 else 0
    parts = []
    for start, end in kept:
        parts.append((at, at + end - start, start))
        at += end - start + len(ELLIPSIS) + 1
    out, place = [], 0
    for run in runs:
        until = place + len(run.text)
        if run.is_bold:
            inside = next((start - low for low, high, start in parts if low <= place and until <= high), None)
            if inside is None:
                return None
            out.append((place + inside, until + inside))
        place = until
    return tuple(out)
