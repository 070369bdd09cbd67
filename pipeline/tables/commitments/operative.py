"""Operative sentences: those that decide, commit or ask, the items of lists that such words lead to, and who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.lexicon.terms import Pattern, Words, expression, hidden, spans, words_of
from extractors.text.normalization import normalize
from pipeline.extract.quote import Span, sentences
from pipeline.segment.citation import base
from pipeline.tables.commitments.clause import Clause, first
from pipeline.tables.commitments.words import Force, operative_words
from pipeline.tables.records import Records, Unit

_READ = frozenset({"chapeau", "paragraph", "subparagraph", "continuation", "body"})
_ASIDE = frozenset({"furniture", "note"})
_MARK = re.compile(r"\s*(?:[•·▪◦‣*–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+", re.IGNORECASE)
_SHORTEST = 4  # words of an item; shorter ones are names ("People-centred.")
_LONGEST_HEADING = 8  # words of a heading that leads to a list ("THE MINISTERS AGREED")
_COLON = re.compile(r":\s+")
_BY_SUBJECT = "commit"
"""The force of a list below a subject alone: "We therefore:"."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that decides, commits or asks: its place in the printed text, and the id of its force."""

    span: Span
    force: str


@dataclass(frozen=True, slots=True)
class Lead:
    """Words that lead to a list: `loose` ones (without a colon) let other paragraphs stand between the items.

    Below one without a force, the last words of a preamble ("CONSIDERING:"), nothing binds.
    """

    unit: Unit
    text: str
    force: str
    is_loose: bool
    verb: str = ""

    def holds(self, unit: Unit) -> bool:
        """Whether the unit's number is below that of the leading paragraph: `17(a)` below `17`."""
        return base(unit.paragraph).startswith(base(self.unit.paragraph) + "(")

    @property
    def is_heading(self) -> bool:
        return self.unit.kind == "heading"


@dataclass(frozen=True, slots=True)
class Operative:
    """One operative sentence: `span` of the unit's text, `force` by its first verb but for "note", and all its `verbs`.

    `lead` is the one of the list whose item the sentence is, where its own words would not bind; `verb` are the printed
    words that bind.
    """

    unit: Unit
    span: Span
    force: str
    verbs: tuple[Verb, ...]
    lead: Lead | None = None

    @property
    def text(self) -> str:
        return self.unit.text[self.span[0] : self.span[1]]

    @property
    def principal(self) -> Verb | None:
        """The verb that the force is of; None where only the list's leading words bind."""
        return next((verb for verb in self.verbs if verb.force == self.force), None)

    @property
    def verb(self) -> str:
        own = self.principal
        return _words(self.unit.text, own) if own else self.lead.verb if self.lead else ""


@dataclass(frozen=True, slots=True)
class OperativeReader:
    """The words of one language, made ready. A language without words gives a reader that finds nothing."""

    forces: Mapping[str, Force]
    finite: tuple[tuple[str, Pattern], ...]
    past: tuple[tuple[str, Pattern], ...]
    modals: tuple[tuple[str, Pattern], ...]
    infinitives: tuple[tuple[str, Pattern], ...]
    clause: Clause
    subjects: Pattern
    opinions: Pattern
    speakers: Pattern
    reports: Pattern
    goes_on: Pattern
    letters: Pattern
    blocked: Pattern
    items: Pattern
    openings: Pattern

    def verbs(
        self, text: str, *, is_deciding: bool = False, is_item: bool = False, lead: Lead | None = None
    ) -> tuple[Verb, ...]:
        """The verbs of a sentence that decide, commit or ask, in their order; offsets into the printed text.

        A text that decides may do so in the past ("agreed to"). An item of a list may open with an infinitive; what a
        subject above leads to ("We therefore:") needs none, and below the last words of a preamble no "must" binds; nor
        does it where the main verb tells what is known or thought ("We recognize that ...").
        """
        normalized = normalize(text)
        plain = hidden(normalized.text, self.blocked)
        found: list[tuple[Span, str]] = []
        for force, pattern in (*self.finite, *(self.past if is_deciding else ())):
            found += [
                (s, force)
                for s in spans(pattern, plain)
                if self.clause.is_main(plain, s, is_led=bool(lead and lead.force))
            ]
        found = [(s, force) for s, force in found if not self.clause.is_opinion(plain, s) and _goes_on(plain, s)]
        thought = first([s for s in spans(self.opinions, plain) if self.clause.is_main(plain, s)])
        for force, pattern in self.modals if not lead or lead.force else ():
            found += [(s, force) for s in spans(pattern, plain) if s[0] < thought and self.clause.binds(plain, s)]
        if is_item:
            whole = normalized.text
            start = self._opening(whole)
            found += [(m.span(), force) for force, p in self.infinitives if (m := p.match(whole, start))]
        return tuple(Verb(normalized.source(*s), force) for s, force in _apart(found))

    def label(self, operative: Operative) -> str:
        """What the table of recommendations calls the sentence: commitment or recommendation by the first verb that is
        one, "" where none is."""
        ids = [verb.force for verb in operative.verbs] or [operative.force]
        return next((label for force in ids if (label := self.forces[force].label)), "")

    def operatives(self, units: Sequence[Unit], *, is_deciding: bool = False) -> Iterator[tuple[int, Operative]]:
        """The operative sentences of a document outside tables, each with the position of its unit."""
        lead: Lead | None = None
        for position, unit in enumerate(units):
            if unit.kind in _ASIDE:
                continue
            if unit.kind == "heading":
                lead = self._heading(unit, is_deciding) or (lead if lead and lead.is_heading else None)
            if unit.kind not in _READ:
                lead = lead if unit.kind == "heading" else None
                continue
            lead = _still(lead, unit)
            below = lead if lead and self._is_item(unit, lead) else None
            if lead and not below and not lead.is_loose:
                lead = None
            for operative, leads in self._sentences(unit, below, lead, is_deciding):
                lead = leads or lead
                if operative:
                    yield position, operative

    def _sentences(
        self, unit: Unit, below: Lead | None, above: Lead | None, is_deciding: bool
    ) -> Iterator[tuple[Operative | None, Lead | None]]:
        """Each operative sentence of a unit, and each of its leads: the last one leads to the units that follow."""
        inline: Lead | None = None
        is_speech = False
        parts = self._parts(unit.text)
        for number, span in enumerate(parts):
            text = unit.text[span[0] : span[1]]
            plain = normalize(text).text
            lead = inline if inline and self._opens(plain) else below if number == 0 else None
            bound = lead if lead and lead.force else None
            verbs = self.verbs(text, is_deciding=is_deciding, is_item=bool(bound), lead=above)
            if bound and bound.force == "decide":
                verbs = (*(replace(verb, force=_led(verb.force)) for verb in verbs[:1]), *verbs[1:])
            is_speech = self._is_speech(plain, unit, span, verbs, is_speech)
            if is_speech or self.letters.search(plain):
                continue
            is_last = number == len(parts) - 1
            leads = self._lead(unit, text, verbs, is_last, is_below=bool(below))
            if leads and (text.endswith(":") or plain.isupper() or not verbs):
                inline = leads if not is_last else None
                yield None, leads
                continue
            if leads:
                yield None, leads
            if verbs or (bound and len(text.split()) >= _SHORTEST):
                force = self._principal(verbs) or (bound.force if bound else "")
                if not self.forces[force].is_operative:
                    continue
                moved = tuple(Verb((v.span[0] + span[0], v.span[1] + span[0]), v.force) for v in verbs)
                yield Operative(unit, span, force, moved, bound if not verbs else None), None

    def _principal(self, verbs: Sequence[Verb]) -> str:
        """The force of a sentence: that of its first verb which does more than take note; "" where it has none."""
        forces = [verb.force for verb in verbs]
        weak = [force for force in forces if force == "note" or not self.forces[force].is_operative]
        return next((force for force in (*(f for f in forces if f not in weak), *weak)), "")

    def _parts(self, text: str) -> list[Span]:
        """The sentences of a unit without list marks alone; one with a list behind its colon is cut there."""
        out: list[Span] = []
        for start, end in sentences(text):
            if _MARK.fullmatch(text[start:end] + " "):
                continue
            for colon in _COLON.finditer(text, start, end):
                rest = text[colon.end() : end]
                if rest[:1].isupper() and self._opens(normalize(rest).text):
                    out.append((start, colon.start() + 1))
                    start = colon.end()
            out.append((start, end))
        return out

    def _lead(self, unit: Unit, text: str, verbs: Sequence[Verb], is_last: bool, *, is_below: bool) -> Lead | None:
        """What leads to a list: a colon behind such a verb, a subject or "the following actions", or these words alone."""
        plain = normalize(text).text.rstrip()
        has_colon = plain.endswith(":")
        flat = " ".join(text.split())
        listed = self.items.search(plain)
        if has_colon:
            bare = plain.rstrip(": ")
            if self.clause.ends_with_subject(bare):
                return Lead(unit, flat, _BY_SUBJECT, is_loose=True)
            if verbs:
                return Lead(unit, flat, _led(verbs[-1].force), is_loose=False, verb=_words(text, verbs[-1]))
            if listed:
                return Lead(unit, flat, "recommend", is_loose=False, verb=listed[0])
            if self.clause.preambles.fullmatch(bare.split()[-1] if bare else ""):
                return Lead(unit, flat, "", is_loose=True)
        elif listed and not is_below and unit.kind in ("body", "paragraph"):
            verb = _words(text, verbs[0]) if verbs else listed[0]
            return Lead(unit, flat, verbs[0].force if verbs else "recommend", is_loose=True, verb=verb)
        elif is_last and plain.isupper() and (found := self._heading_verb(plain)):
            return Lead(unit, flat, *found)
        return None

    def _heading(self, unit: Unit, is_deciding: bool) -> Lead | None:
        plain = normalize(unit.text).text.strip(" :.")
        if len(plain.split()) > _LONGEST_HEADING:
            return None
        if found := self._heading_verb(plain):
            return Lead(unit, unit.text, *found)
        if self.clause.preambles.fullmatch(plain):
            return Lead(unit, unit.text, "", is_loose=True)
        return None

    def _heading_verb(self, plain: str) -> tuple[str, bool, str] | None:
        """The force, looseness and verb of a heading that is such a verb, with a subject before it or words behind it."""
        for force, pattern in (*self.finite, *self.past):
            for match in pattern.finditer(plain):
                if self.clause.is_main(plain, match.span()) and (match.start() == 0 or match.end() == len(plain)):
                    return _led(force), True, match[0]
        return None

    def _is_item(self, unit: Unit, lead: Lead) -> bool:
        return lead.holds(unit) or (self._opens(normalize(unit.text).text) and "(" not in base(unit.paragraph))

    def _opening(self, plain: str) -> int:
        """Where the words of an item begin: behind its mark and "to"."""
        mark = _MARK.match(plain)
        start = self.clause.behind_adverbs(plain, mark.end() if mark else 0)
        to = self.clause.infinitive.match(plain, start)
        return to.end() + 1 if to else start

    def is_item(self, text: str) -> bool:
        """Whether a printed text opens like an item of a list: with what is to be done."""
        return self._opens(normalize(text).text)

    def _opens(self, plain: str) -> bool:
        """Whether a text opens like an item of a list."""
        mark = _MARK.match(plain)
        start = self.clause.behind_adverbs(plain, mark.end() if mark else 0)
        return bool(self.openings.match(hidden(plain, self.blocked), start))

    def _is_speech(self, plain: str, unit: Unit, span: Span, verbs: Sequence[Verb], was_speech: bool) -> bool:
        """Whether a sentence tells what a person or another body said, or goes on with that."""
        verb = min((v.span[0] for v in verbs), default=len(plain))
        speaker = first([s for s in spans(self.speakers, plain) if not plain[: s[0]].strip().endswith(",")])
        said = [s for s, _ in spans(self.reports, plain)]
        if speaker <= verb and any(s > speaker for s in said):
            return True
        if said and _opens_with_body(unit, span):
            return True
        if not was_speech:
            return False
        own = self.subjects.search(plain)
        return not own or own.start() > _NEAR or bool(self.goes_on.match(plain))


_NEAR = 40
"""Characters before the subject of a sentence: behind "In this regard, the"."""
_BODIES = ("igo.", "other.iom", "other.un_network")


def _opens_with_body(unit: Unit, span: Span) -> bool:
    """Whether another organization is the first word of a sentence, but for an article."""
    return any(
        m.category.startswith(_BODIES) and any(span[0] <= start <= span[0] + 4 for start, _ in m.places)
        for m in unit.mentioned
    )


def _words(text: str, verb: Verb) -> str:
    """The printed words of a verb."""
    return " ".join(text[verb.span[0] : verb.span[1]].split())


def _led(force: str) -> str:
    """The force of items below a verb: what is approved item by item is decided."""
    return "decide" if force == "adopt" else force


def _still(lead: Lead | None, unit: Unit) -> Lead | None:
    """The lead where the unit still stands under its heading; that of a heading lasts until the next one."""
    if lead and not lead.is_heading and not lead.holds(unit) and unit.heading != lead.unit.heading:
        return None
    return lead


def _goes_on(plain: str, verb: Span) -> bool:
    """Whether anything is decided: a heading or a cut sentence ends with the verb."""
    return bool(re.search(r"\w", plain[verb[1] :])) or plain.rstrip().endswith(":")


def _apart(found: Sequence[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """The verbs in their order, the longest of those that overlap."""
    out: list[tuple[Span, str]] = []
    for span, force in sorted(found, key=lambda one: (one[0][0], -one[0][1])):
        if not out or span[0] >= out[-1][0][1]:
            out.append((span, force))
    return out


class DocumentOperatives:
    """The operative sentences of documents, each document read once for all tables that are made of them."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._read: dict[str, tuple[tuple[int, Operative], ...]] = {}

    def of(self, document: str) -> tuple[tuple[int, Operative], ...]:
        """Those of one document, each with the position of its unit; decisions told in the past count by its role."""
        if document not in self._read:
            units = self._records.units(document)
            is_deciding = self._records.documents[document].role in operative_words().deciding
            found = operative_reader(units[0].language).operatives(units, is_deciding=is_deciding)
            self._read[document] = tuple(found)
        return self._read[document]


@lru_cache(maxsize=16)
def operative_reader(language: str) -> OperativeReader:
    """The reader of operative sentences of a language."""
    known = operative_words()

    def words(terms: Words) -> Pattern:
        return expression(words_of(terms, language))

    def by_force(name: str) -> tuple[tuple[str, Pattern], ...]:
        lists = [(force.id, words_of(getattr(force, name), language)) for force in known.forces]
        return tuple((force, expression(terms)) for force, terms in lists if terms)

    finite = by_force("terms")
    bare = finite if words_of(known.bare, language) else ()
    return OperativeReader(
        {force.id: force for force in known.forces},
        finite,
        by_force("past"),
        by_force("modals"),
        (*by_force("infinitives"), *bare),
        Clause.of(known, language),
        words(known.subjects),
        words(known.opinions),
        words(known.speakers),
        words(known.reports),
        words(known.goes_on),
        words(known.letters),
        words(known.blocked),
        words(known.items),
        words(known.openings),
    )
