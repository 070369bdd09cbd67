"""Whether a decision still applies after documents or lexicons changed: unless text and machine value both did."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import sqlalchemy as sa
from rapidfuzz import fuzz

from extractors.model import BODY_KINDS, SEARCHED_KINDS, Paragraph, Reference
from extractors.text.normalization import normalize, squash
from pipeline.review.decision import Decision, Facts, Value, value_of
from pipeline.store.documents import stored_paragraphs

State = Literal["applies", "reset", "orphaned"]
_LOOSE = re.compile(r"[()§\s]")
NEAR = 60.0
"""Likeness (0 to 100) from which a reference is offered in place of one that is gone."""


@dataclass(frozen=True)
class Passages:
    """A document's paragraphs by their official id; an id can stand for several (a paragraph and its continuation)."""

    paragraphs: Sequence[Paragraph]

    @cached_property
    def _by_id(self) -> dict[str, list[Paragraph]]:
        found: dict[str, list[Paragraph]] = {}
        for paragraph in self.paragraphs:
            if paragraph.kind in BODY_KINDS:
                found.setdefault(paragraph.paragraph, []).append(paragraph)
        return found

    def text(self, paragraph: str) -> str | None:
        """Return the text under an id, its continuations a line each, None when the document has no such id."""
        held = self._by_id.get(paragraph)
        return None if held is None else "\n".join(p.text for p in held)

    @cached_property
    def squashed(self) -> dict[str, str]:
        """The text under each id as texts are compared."""
        return {name: squash(text) for name in self._by_id if (text := self.text(name))}

    def named(self, text: str) -> str:
        """Return the id that an analyst means: `43(b)(iii)`, also written `§43biii` or `43 b iii`; "" when there is none."""
        wanted = _LOOSE.sub("", text).casefold()
        found = [name for name in self._by_id if name == text] or [
            name for name in self._by_id if _LOOSE.sub("", name).casefold() == wanted
        ]
        return found[0] if len(found) == 1 else ""

    def locate(self, value: Value) -> tuple[Paragraph, int, int] | None:
        """Return the paragraph that holds the words and their place: at `start` of the row named, else the nearest.

        The words are looked for only where the text changed since, or the decision is older than the naming of rows.
        Spacing, case and typographic signs do not matter; None when the words do not stand in the paragraph.
        """
        held = [p for p in self.paragraphs if p.paragraph == value.paragraph and p.kind in SEARCHED_KINDS]
        held.sort(key=lambda p: p.id != value.paragraph_row)
        wanted = squash(value.wording)
        for paragraph in held:
            if squash(paragraph.text[value.start : value.end]) == wanted:
                return paragraph, value.start, value.end
        spaced = r"\s+".join(map(re.escape, wanted.split()))
        words = re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)
        found = []
        for paragraph in held:
            normalized = normalize(paragraph.text)
            for match in words.finditer(normalized.text) if wanted else ():
                start, end = normalized.source(*match.span())
                found.append((abs(start - value.start), paragraph.order, paragraph, start, end))
        if not found:
            return None
        _, _, paragraph, start, end = min(found, key=lambda place: place[:2])
        return paragraph, start, end


def keep_passages(engine: sa.Engine, documents: Collection[str], *, keep: int = 16) -> Callable[[str], Passages | None]:
    """Return what gives the paragraphs of one of these documents, None for another; those asked for last are kept."""
    return lru_cache(maxsize=keep)(
        lambda slug: Passages(stored_paragraphs(engine, slug)) if slug in documents else None
    )


def attach(decision: Decision, machine: Value | Facts | None, passages: Passages | None) -> State:
    """Tell whether a verdict applies to what the machine says now, None when it finds this no more.

    It is `reset` when both the paragraph's text and the machine's value differ from those decided on, `orphaned` when
    there is moreover nothing left to attach it to: no such row, or words that no longer stand there.
    """
    value = decision.value
    was = value_of(decision.machine) if isinstance(decision.machine, Reference) else decision.machine
    if machine is not None and value is not None and value.key == machine.key:
        return "applies"
    text = passages.text(decision.paragraph) if passages is not None else None
    is_same = (machine.key if machine else None) == (was.key if was else None)
    is_same_text = text is not None and squash(text) == squash(decision.text)
    if not is_same and not is_same_text:
        return "reset" if machine is not None else "orphaned"
    if machine is not None and (decision.human is None or isinstance(value, Facts)):
        return "applies"
    if isinstance(value, Value):
        is_there = passages is not None and passages.locate(value) is not None
    else:
        words = squash(value.get("wording")) if value is not None else ""
        is_there = is_same_text or (bool(words) and words in squash(text or ""))
    return "applies" if is_there or (value is None and passages is not None) else "orphaned"


def nearest(decision: Decision, rows: Iterable[Reference]) -> Reference | None:
    """Return the reference of the same document that comes closest to what was decided on, None when none is near.

    The words count most, then the category and the paragraph: a reference whose paragraph was renumbered is found.
    """
    value = decision.words or (value_of(decision.reference) if decision.reference is not None else decision.human)
    if not isinstance(value, Value):
        return None
    wanted = squash(value.wording)

    def likeness(row: Reference) -> float:
        same = 12.0 * (row.category == value.category) + 8.0 * (row.paragraph == value.paragraph)
        return float(0.8 * fuzz.ratio(wanted, squash(row.wording)) + same)

    best = max(rows, key=likeness, default=None)
    return best if best is not None and likeness(best) >= NEAR else None
