"""The formal positions of the mechanisms: what each document is, and which meeting it comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.lexicon.terms import Near, Words, expression, find, flattened
from pipeline.extract import quote as quotes
from pipeline.extract.quote import Runs, Span
from pipeline.segment.citation import cite_paragraphs
from pipeline.tables.mechanisms import meetings
from pipeline.tables.mechanisms.meetings import PlacedWords, PositionWords
from pipeline.tables.registry import Mechanism
from pipeline.tables.sentences import Evidence, joined
from pipeline.tables.table import Table, listing

SOURCE = "ISCM Review 2019, section 2"
_OPENING = 4
"""Paragraphs of text that count as the opening of a document, behind its title and headings."""
_HEAD = 30
_LONG_HEADING = 300
_LONGEST = 3000
_CLAUSES = 40
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Position:
    """What a document is and where it comes from; every field is in the words of the document or empty."""

    mechanism: Mechanism
    document: str
    kinds: tuple[str, ...]
    meeting: str
    place: str
    held: str
    stated_in: str
    paragraphs: tuple[str, ...]
    quote: Runs
    compact: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A document of a mechanism that is, or reports, a formal position."""

    iscm: str
    short: str
    position: str
    meeting: str
    place: str
    held: str
    date: str
    document: str
    title: str
    compact: str
    stated_in: str
    citation: str
    quote: Runs
    page: int | None
    paragraph: str
    url: str


@dataclass(frozen=True, slots=True)
class _Part:
    paragraph: str
    text: str
    heading: bool


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause at an offset of its part, with the meeting, place and date that it names."""

    part: _Part
    at: int
    meeting: PlacedWords | None
    place: PlacedWords | None
    held: PlacedWords | None

    @property
    def bare(self) -> bool:
        """Whether it is a line with nothing but a date."""
        return self.held is not None and len(self.part.text) <= len(self.held.text) + 2

    @property
    def score(self) -> int:
        return 2 * bool(self.place) + 2 * bool(self.held) + bool(self.meeting)


def positions(evidence: Evidence, words: PositionWords | None = None) -> list[Position]:
    """One for each document and mechanism that issued it, in the order of the documents; `kinds` is empty where the
    title and the opening of the document do not name a formal position."""
    vocabulary = words or meetings.vocabulary()
    return [
        _position(evidence, document, mechanism, vocabulary)
        for document, issued in evidence.issuers.items()
        for mechanism in issued
    ]


def positions_table(evidence: Evidence, found: Sequence[Position]) -> Table:
    """The positions as a table: one row for each document that names itself, or the outcome that it reports, one."""
    rows = []
    ordered = sorted(
        (p for p in found if p.kinds),
        key=lambda p: (p.mechanism.label.casefold(), _date(evidence, p), evidence.source.number[p.document]),
    )
    for position in ordered:
        rows.append(
            PositionRow(
                iscm=position.mechanism.name,
                short=position.mechanism.label,
                position="; ".join(position.kinds),
                meeting=position.meeting,
                place=position.place,
                held=position.held,
                date=_date(evidence, position),
                document=position.document,
                title=evidence.source.documents[position.document].title,
                compact=cite_paragraphs(position.compact, evidence.source.short),
                stated_in=position.stated_in,
                citation=cite_paragraphs(position.paragraphs, evidence.source.short),
                quote=position.quote,
                page=evidence.source.page(position.document, position.paragraphs[0]) if position.paragraphs else None,
                paragraph="; ".join(position.paragraphs),
                url=evidence.source.link(position.document, *position.paragraphs[:1]),
            )
        )
    return listing(
        "iscm_positions",
        "ISCM positions and recommendations",
        "One row for each document of a mechanism that is, or reports, a formal position: declaration, communiqué, "
        "statement, recommendations, action plan, conclusions or contribution. Meeting, place and dates are the words "
        "of the document; what it does not say is empty.",
        PositionRow,
        rows,
        source=SOURCE,
        group="iscm",
        brief="short position meeting place held compact citation quote",
        headers={"stated_in": "Stated in"},
    )


def _date(evidence: Evidence, position: Position) -> str:
    return evidence.source.documents[position.document].date


def _position(evidence: Evidence, document: str, mechanism: Mechanism, words: PositionWords) -> Position:
    language = evidence.source.language(document)
    title = evidence.source.documents[document].title
    parts = _parts(evidence, document)
    marks: dict[str, list[Span]] = {}
    year = evidence.source.documents[document].date[:4]
    kinds, stated_in = _kinds(parts, title, year, language, words, marks)
    wordings = [w for w, name in evidence.known.wordings.items() if name == mechanism.name]
    wordings += [w for w, name in evidence.known.acronyms.items() if name == mechanism.name]
    clauses = [_clause(clause, language, words, wordings) for clause in _clauses(parts, language, words)]
    best = max(clauses, key=lambda c: c.score, default=None)
    front = [c for c in clauses if c.part.heading and (c.place or c.meeting or c.bare)]
    meeting, place, held = (
        next((_noted(c, name, marks) for c in ([best] if best else []) + others if getattr(c, name)), "")
        for name, others in (("meeting", clauses), ("place", front), ("held", front))
    )
    used = [part for part in parts if part.paragraph in marks]
    quote = joined(evidence.source.cut(part.text, marks[part.paragraph], 200) for part in used)
    paragraphs = [part.paragraph for part in used]
    if title and (stated_in == "title" or not used):
        spans = [span for kind in words.kinds for span in _spans(kind.words, title, language, words)]
        quote, paragraphs = joined([quotes.runs(title, spans, 200), quote]), ["TITLE", *paragraphs]
    return Position(
        mechanism,
        document,
        kinds,
        meeting,
        place,
        held,
        stated_in,
        tuple(dict.fromkeys(paragraphs)),
        quote,
        tuple(evidence.compact_paragraphs(document)),
    )


def _clauses(parts: Sequence[_Part], language: str, words: PositionWords) -> list[tuple[_Part, int, str]]:
    """The headings and, of paragraphs, the sentences and what stands between semicolons, without what recalls."""
    out = []
    for part in parts:
        if part.heading:
            out.append((part, 0, part.text))
            continue
        for start, end in quotes.sentences(part.text):
            at = start
            for piece in re.split(r"(?<=;)", part.text[start:end]):
                if not meetings.recalls(piece, language, words):
                    out.append((part, at, piece[:_LONGEST]))
                at += len(piece)
    return out[:_CLAUSES]


def _clause(clause: tuple[_Part, int, str], language: str, words: PositionWords, wordings: Sequence[str]) -> _Clause:
    part, at, text = clause
    at = part.text.find(text, at)
    dated = meetings.dates(text, words)
    named = meetings.name(text, language, words, wordings)
    located = meetings.place(text, language, words, dated, named)
    return _Clause(part, at, named, located, dated[0] if dated else None)


def _noted(clause: _Clause, name: str, marks: dict[str, list[Span]]) -> str:
    found: PlacedWords = getattr(clause, name)
    start, end = found.span
    marks.setdefault(clause.part.paragraph, []).append((clause.at + start, clause.at + end))
    return found.text


def _parts(evidence: Evidence, document: str) -> list[_Part]:
    """The title, the headings and front lines, and the first paragraphs of text, in reading order."""
    out: list[_Part] = []
    spoken = 0
    for row in evidence.source.paragraphs.get(document, []):
        if row.kind in ("note", "furniture"):
            continue
        heading = row.kind in ("title", "heading", "frontmatter") and len(row.text) <= _LONG_HEADING
        spoken += not heading
        if spoken > 2 * _OPENING or len(out) >= _HEAD:
            break
        out.append(_Part(row.paragraph, row.text, heading))
    return out


def _kinds(
    parts: Sequence[_Part], title: str, year: str, language: str, words: PositionWords, marks: dict[str, list[Span]]
) -> tuple[tuple[str, ...], str]:
    """The kinds of position that the headings name, else that the text says were adopted, else the known title."""
    found = [kind.label for kind in words.kinds if title and _spans(kind.words, title, language, words)]
    stated = "title" if found else ""
    appended = expression(words.appended)
    first_text = next((n for n, p in enumerate(parts) if not p.heading), len(parts))
    for part in (p for p in parts[:first_text] if not appended.match(p.text)):
        for kind in words.kinds:
            spans = _spans(kind.words, part.text, language, words)
            if spans:
                stated = "heading"
                found += [kind.label] if kind.label not in found else []
                marks.setdefault(part.paragraph, []).append(spans[0])
    if found and stated == "heading":
        return tuple(_ranked(found, words)), stated
    known = tuple(_ranked(found, words))
    found = []
    adopted = words.words(words.adopted, language)
    for part in [p for p in parts if not p.heading][:_OPENING]:
        for kind in words.kinds:
            named = words.words(kind.words, language)
            for start, end in quotes.sentences(part.text):
                sentence = part.text[start:end]
                if year and any(earlier < year for earlier in _YEAR.findall(sentence)):
                    continue
                said = find([Near(all=(adopted, named), within=words.within)], sentence) if named else ()
                printed = [s for s in _spans(kind.words, sentence, language, words) if sentence[s[0] : s[1]].isupper()]
                if (said or printed) and kind.label not in found and (not known or kind.label in known):
                    found.append(kind.label)
                    marks.setdefault(part.paragraph, []).extend((start + s, start + e) for s, e in said or printed[:1])
    return known or tuple(_ranked(found, words)), "text" if found else stated


def _ranked(found: Sequence[str], words: PositionWords) -> list[str]:
    return [kind.label for kind in words.kinds if kind.label in found]


def _spans(lists: Words, text: str, language: str, words: PositionWords) -> list[Span]:
    flat = flattened(text)
    named = expression(words.words(lists, language))
    return [flat.source(*hit.span()) for hit in named.finditer(flat.text)]
