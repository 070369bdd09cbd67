"""Sentences that bind or recommend, the items of lists that such words lead to, and their phrases about means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.lexicon.terms import Pattern, Words, expression, hidden, printed, spans, words_of
from extractors.text.normalization import normalize
from pipeline.extract.quote import Span, sentences
from pipeline.segment.citation import base
from pipeline.tables.recommendations.words import Directives, Force
from pipeline.tables.records import Unit

_READ = frozenset({"chapeau", "paragraph", "subparagraph", "continuation", "body"})
_ASIDE = frozenset({"furniture", "note"})
_MARK = re.compile(r"\s*(?:[•·▪◦‣*–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+", re.IGNORECASE)
_SHORTEST = 4  # words of an item; shorter ones are names ("People-centred.")
_STOP = re.compile(r";|\.$|:$")


@dataclass(frozen=True, slots=True)
class Directive:
    """One recommendation: the sentence `span` of the unit's text, its `force`, and the words that led to it.

    `places` are the words that bind or recommend, `means` the phrases about means (offsets into the unit's text);
    `lead` is empty where the sentence has such words itself.
    """

    unit: Unit
    span: Span
    force: str
    places: tuple[Span, ...]
    means: tuple[Span, ...]
    lead: str = ""

    @property
    def basis(self) -> Literal["sentence", "list"]:
        return "list" if self.lead else "sentence"


@dataclass(frozen=True, slots=True)
class _Lead:
    """Words that lead to a list: `loose` ones (without a colon) let other paragraphs stand between the items."""

    unit: Unit
    text: str
    force: str
    loose: bool

    def holds(self, unit: Unit) -> bool:
        """Whether the unit's number is below that of the leading paragraph: `17(a)` below `17`."""
        return base(unit.paragraph).startswith(base(self.unit.paragraph) + "(")


@dataclass(frozen=True, slots=True)
class Reader:
    """The words of one language, made ready."""

    forces: tuple[tuple[Force, Pattern], ...]
    past: tuple[tuple[Force, Pattern], ...]
    speakers: Pattern
    blocked: Pattern
    items: Pattern
    openings: Pattern
    means: Pattern
    ends: Pattern

    def force(self, text: str, *, is_deciding: bool = False) -> tuple[str, tuple[Span, ...]]:
        """The force of a text by the first of its binding or recommending words, and where these stand; "" for none.

        A text that decides may do so in the past ("agreed to"); what a person said is no recommendation.
        """
        normalized = normalize(text)
        plain = hidden(normalized.text, self.blocked)
        patterns = (*self.forces, *self.past) if is_deciding else self.forces
        found = sorted((span, force.label) for force, pattern in patterns for span in spans(pattern, plain))
        if not found or any(start < found[0][0][0] for start, _ in spans(self.speakers, plain)):
            return "", ()
        return found[0][1], tuple(printed(normalized, (span for span, _ in found)))

    def phrases(self, text: str) -> tuple[Span, ...]:
        """The phrases about means: from "by ...ing", "through" to a purpose, a semicolon or the end of the sentence."""
        normalized = normalize(text)
        plain = hidden(normalized.text, self.blocked).rstrip()
        out: list[Span] = []
        for match in self.means.finditer(plain):
            if out and match.start() < out[-1][1]:
                continue
            ends = [m.start() for p in (_STOP, self.ends) for m in [p.search(plain, match.end())] if m]
            end = min(ends, default=len(plain))
            phrase = plain[match.start() : end].rstrip(" ,")
            if len(phrase) > match.end() - match.start():
                out.append((match.start(), match.start() + len(phrase)))
        return tuple(printed(normalized, out))

    def directives(self, units: Sequence[Unit], *, is_deciding: bool = False) -> Iterator[tuple[int, Directive]]:
        """The recommendations of a document outside tables, each with the position of its unit."""
        lead: _Lead | None = None
        for position, unit in enumerate(units):
            if unit.kind in _ASIDE:
                continue
            if unit.kind not in _READ:
                lead = None
                continue
            if lead and not lead.holds(unit) and unit.heading != lead.unit.heading:
                lead = None
            below = lead if lead and self._is_item(unit, lead) else None
            if lead and not below and not lead.loose:
                lead = None
            next_lead: _Lead | None = None
            own = [s for s in sentences(unit.text) if not _MARK.fullmatch(unit.text[s[0] : s[1]] + " ")]
            for number, span in enumerate(own):
                text = unit.text[span[0] : span[1]]
                force, places = self.force(text, is_deciding=is_deciding)
                leads = number == len(own) - 1 and text.endswith(":")
                listed = bool(self.items.search(normalize(text).text))
                if (leads and (force or listed)) or (listed and not below and unit.kind in ("body", "paragraph")):
                    next_lead = _Lead(unit, " ".join(text.split()), force or "recommendation", not leads)
                    if leads or not force:
                        continue
                if not force and not (below and number == 0 and len(text.split()) >= _SHORTEST):
                    continue
                inherited = below.text if below and not force else ""
                yield (
                    position,
                    Directive(
                        unit,
                        span,
                        force or (below.force if below else ""),
                        _moved(places, span[0]),
                        _moved(self.phrases(text), span[0]),
                        inherited,
                    ),
                )
            lead = next_lead or lead

    def _is_item(self, unit: Unit, lead: _Lead) -> bool:
        if lead.holds(unit):
            return True
        text = normalize(unit.text).text
        mark = _MARK.match(text)
        opening = self.openings.match(text, mark.end() if mark else 0)
        return bool(opening) and "(" not in base(unit.paragraph)


def reader(data: Directives, language: str) -> Reader:
    """Make the words of a language ready; a language without words gives a reader that finds nothing."""

    def words(terms: Words) -> Pattern:
        return expression(words_of(terms, language))

    return Reader(
        tuple((force, words(force.terms)) for force in data.forces),
        tuple((force, words(force.past)) for force in data.forces),
        words(data.speakers),
        words(data.blocked),
        words(data.items),
        words(data.openings),
        words(data.means),
        words(data.ends),
    )


def _moved(found: Sequence[Span], by: int) -> tuple[Span, ...]:
    return tuple((start + by, end + by) for start, end in found)
