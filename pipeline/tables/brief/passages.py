"""Sentences that say most of a text that binds and recommends little: what was decided, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.model import ParagraphRow
from extractors.text.normalization import normalize
from pipeline.extract import quote
from pipeline.tables.brief.content import BriefLine, BriefSection
from pipeline.tables.brief.sections import SENTENCE, BriefReader, shortened
from pipeline.tables.commitments.operative import OperativeReader, operative_reader
from pipeline.tables.mechanisms.states import listed_states
from pipeline.tables.sentences import SPOKEN
from pipeline.tables.speakers import goes_on

_DECIDED = 3.0
"""What a sentence is worth that decides or adopts, beside what it is about: an objective 2, a principle or theme 1, half as
much again where it is named."""
_SHORTEST = 6
"""Words of a sentence; shorter ones say too little alone."""
_FILLED = 4
"""So few telling sentences are joined by the first ones of the text, which say what it is."""
_LEAD = 12
"""Words of a sentence that ends in a colon; a shorter one only leads to what follows."""
_OPENING = 0.5
_FIRST = 10.0
"""What the first sentence is worth, which mostly says what was held, where, and what came of it."""
_BODIES = 3
"""Bodies by their names in a sentence that only tells who took part."""
_ALIKE = 60
"""Characters by which a sentence is known among the quotes of other sections."""
_ITEM = 160
"""Characters of the items of a list that is shown as one passage with the words that lead to it."""


def passages_section(reader: BriefReader, shown: Sequence[str]) -> BriefSection:
    """Sentences that are not among the quotes `shown` by other sections, the most telling ones; a list of short items is
    one passage with the words before it."""
    document = reader.document
    language = reader.source.language(document)
    operative = operative_reader(language)
    told: list[tuple[float, ParagraphRow, str]] = []
    opening, of_others = _FILLED, _said_by_others(reader)
    for row, text in _passages(reader.source.paragraphs.get(document, ())):
        is_shown = any(text[:_ALIKE] in quoted or quoted.strip(".")[:_ALIKE] in text for quoted in shown)
        if is_shown or len(text.split()) < _SHORTEST or listed_states(text, language):
            continue
        is_lead = text.endswith(":") and len(text.split()) < _LEAD
        if is_lead or (row.paragraph, text) in of_others or _is_speech(operative, text):
            continue
        worth = _about(reader, row, text) + _DECIDED * bool(operative.verbs(text, is_deciding=True))
        is_opening = opening > 0 and not _is_attendance(reader, operative, text)
        if is_opening and opening == _FILLED:
            worth = _FIRST
        opening -= is_opening
        told.append((worth or is_opening * _OPENING, row, text))
    worthy = sum(worth >= 1 for worth, _, _ in told)
    lines = [
        BriefLine(
            quote=shortened((quote.Run(text, False),), SENTENCE),
            places=(reader.place(document, row.paragraph),),
            rank=worth,
        )
        for worth, row, text in told
        if worth >= 1 or (worth and worthy < _FILLED)
    ]
    return BriefSection("passages", tuple(lines), "paragraphs.csv")


def _passages(rows: Sequence[ParagraphRow]) -> Iterator[tuple[ParagraphRow, str]]:
    """Each sentence on one line with its paragraph; words that end in a colon with the short items below them."""
    spoken = [row for row in rows if row.kind in SPOKEN]
    taken = 0
    for number, row in enumerate(spoken):
        if number < taken:
            continue
        pieces = [" ".join(row.text[start:end].split()) for start, end in quote.sentences(row.text)]
        if pieces and pieces[-1].endswith(":"):
            items = _items(spoken, number)
            taken = number + 1 + len(items)
            pieces[-1] = " ".join([pieces[-1], *items])
        yield from ((row, text) for text in pieces)


def _items(rows: Sequence[ParagraphRow], number: int) -> list[str]:
    """The short items that follow a paragraph, each ending as items do."""
    out: list[str] = []
    for row in rows[number + 1 :]:
        text = " ".join(row.text.split())
        if row.kind not in ("subparagraph", "continuation") or len(text) > _ITEM:
            break
        out.append(text if re.search(r"[.;,]$", text) else f"{text};")
    return out


def _said_by_others(reader: BriefReader) -> set[tuple[str, str]]:
    """The sentences, with their paragraphs, in which another organization speaks at the mechanism's meeting, and those
    that go on with it: "It also noted ..."."""
    out: set[tuple[str, str]] = set()
    before, is_others = "", False
    for sentence in reader.evidence.sentences_of(reader.document):
        goes = is_others and before == sentence.paragraph and goes_on(sentence.words, sentence.language)
        before, is_others = sentence.paragraph, sentence.is_others_act or goes
        if is_others:
            out.add((sentence.paragraph, " ".join(sentence.words.split())))
    return out


def _is_attendance(reader: BriefReader, operative: OperativeReader, text: str) -> bool:
    """Whether a sentence tells who took part: persons with their office, or several bodies."""
    references = reader.sources.references.get(reader.document, ())
    partners = reader.sources.is_partner
    bodies = {row.canonical for row in references if row.canonical and partners(row) and row.wording in text}
    return len(bodies) >= _BODIES or bool(operative.speakers.search(normalize(text).text))


def _is_speech(operative: OperativeReader, text: str) -> bool:
    """Whether a sentence tells what a person said."""
    plain = normalize(text).text
    speaker = operative.speakers.search(plain)
    return bool(speaker and operative.reports.search(plain, speaker.end()))


def _about(reader: BriefReader, row: ParagraphRow, text: str) -> float:
    """What a passage is worth for what it is about."""
    worth = 0.0
    for (kind, _), found in reader.sources.said(reader.document).items():
        inside = [one for one in found if one.wording and " ".join(one.wording.split()) in text]
        if inside:
            is_named = any(one.basis == "explicit" for one in inside)
            worth += (2.0 if kind == "objective" else 1.0) * (1.5 if is_named else 1.0)
    return worth
