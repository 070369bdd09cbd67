"""The documents of the mechanisms: those that are positions on the Compact, the others, and which meeting each comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from extractors.lexicon.terms import Near, Words, expression, find, flattened, with_english
from extractors.model import BODY_KINDS
from extractors.objectives.anchors import load_anchors
from extractors.text.normalization import normalize
from pipeline.extract import quote as quotes
from pipeline.extract.quote import Runs, Span
from pipeline.segment.citation import cite_paragraphs
from pipeline.tables.mechanisms import meetings
from pipeline.tables.mechanisms.meetings import PlacedWords, PositionWords
from pipeline.tables.registry import Mechanism
from pipeline.tables.sentences import Evidence, is_contents, joined
from pipeline.tables.speakers import SILENT, Voice
from pipeline.tables.table import Table, listing
from pipeline.translation import gettext, gettext_noop

SOURCE = "ISCM Review 2019, section 2"
_STATEMENT = "Statement"
_PARTED = re.compile(r"[^\n,–—-]{0,40}(?:\s?[-–—]\s|,\s)[^\n]{0,12}")
_OPENING = 4
"""Paragraphs of text that count as the opening of a document, behind its title and headings."""
_HEAD = 30
_LONG_HEADING = 300
_LONGEST = 3000
_CLAUSES = 40
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Position:
    """What a document is and where it comes from; every field is in the words of the document or empty.

    `is_on_compact`: it is, or reports, a position or recommendation on the Compact; `quote` and `paragraphs` are then the
    passage that speaks of it, else `meeting_quote` and `meeting_paragraphs`: what tells the kind, meeting, place and date.
    """

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
    said_by: Voice = "itself"
    is_on_compact: bool = False
    meeting_quote: Runs = ()
    meeting_paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A document of a mechanism that is, or reports, a formal position on the Compact, or another outcome document."""

    IDENTITY: ClassVar[str] = "iscm document"

    iscm: str
    short: str
    position: str
    meeting: str
    place: str
    held: str
    date: str
    said_by: str
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
    is_heading: bool


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause at an offset of its part, with the meeting, place and date that it names."""

    part: _Part
    at: int
    meeting: PlacedWords | None
    place: PlacedWords | None
    held: PlacedWords | None

    @property
    def is_bare(self) -> bool:
        """Whether it is a line with nothing but a date."""
        return self.held is not None and len(self.part.text) <= len(self.held.text) + 2

    @property
    def score(self) -> int:
        return 2 * bool(self.place) + 2 * bool(self.held) + bool(self.meeting)


def find_positions(evidence: Evidence) -> list[Position]:
    """One for each document and mechanism that issued it, in the order of the documents; `kinds` is empty where the
    title and the opening of the document do not name a formal position."""
    return [one for document in evidence.issuers for one in positions_of(evidence, document)]


def positions_of(evidence: Evidence, document: str) -> Sequence[Position]:
    """Those of one document: one for each mechanism that issued it."""
    issued = evidence.issuers[document]
    if not issued:
        return ()
    words = meetings.vocabulary()
    return evidence.source.findings.of(
        "positions", document, lambda: tuple(read_position(evidence, document, one, words) for one in issued)
    )


def positions_table(evidence: Evidence, found: Sequence[Position]) -> Table:
    """The positions on the Compact: one row for each document, with the passage that speaks of the Compact."""
    return listing(
        "iscm_positions",
        gettext("ISCM positions and recommendations on the Global Compact"),
        gettext(
            "One row for each document of a mechanism that is, or reports, a formal position or recommendation "
            "on the Global Compact: it names it, or is addressed to its stocktaking, negotiation, implementation "
            "or review. Meeting, place and dates are the words of the document; what it does not say is empty."
        ),
        PositionRow,
        _rows(evidence, (p for p in found if p.kinds and p.is_on_compact)),
        source=SOURCE,
        group="iscm",
        brief="short position meeting place held said_by compact citation quote",
        headers={"stated_in": gettext_noop("Stated in")},
    )


def documents_table(evidence: Evidence, found: Sequence[Position]) -> Table:
    """The other outcome documents: one row for each, with the words that tell what it is and where it comes from."""
    return listing(
        "iscm_documents",
        gettext("Other outcome documents of ISCMs"),
        gettext(
            "One row for each other document of a mechanism that is, or reports, a declaration, communiqué, "
            "statement, recommendations, action plan, conclusions or contribution. Meeting, place and dates are "
            "the words of the document; what it does not say is empty."
        ),
        PositionRow,
        _rows(evidence, (p for p in found if p.kinds and not p.is_on_compact)),
        group="iscm",
        brief="short position meeting place held said_by document citation quote",
        headers={"stated_in": gettext_noop("Stated in"), "position": gettext_noop("Document type")},
    )


def _rows(evidence: Evidence, found: Iterable[Position]) -> list[PositionRow]:
    number = evidence.source.number
    ordered = sorted(found, key=lambda p: (p.mechanism.label.casefold(), _date(evidence, p), number[p.document]))
    return [
        PositionRow(
            iscm=one.mechanism.name,
            short=one.mechanism.label,
            position="; ".join(one.kinds),
            meeting=one.meeting,
            place=one.place,
            held=one.held,
            date=_date(evidence, one),
            said_by=one.said_by,
            document=one.document,
            title=evidence.source.documents[one.document].title,
            compact=cite_paragraphs(one.compact, evidence.source.short),
            stated_in=one.stated_in,
            citation=cite_paragraphs(one.paragraphs, evidence.source.short),
            quote=one.quote,
            page=evidence.source.page(one.document, one.paragraphs[0]) if one.paragraphs else None,
            paragraph="; ".join(one.paragraphs),
            url=evidence.source.link(one.document, *one.paragraphs[:1]),
        )
        for one in ordered
    ]


def _date(evidence: Evidence, position: Position) -> str:
    return evidence.source.documents[position.document].date


def read_position(
    evidence: Evidence, document: str, mechanism: Mechanism, words: PositionWords, said_by: Voice | None = None
) -> Position:
    """What one document is and where it comes from, as one that the mechanism issued; `said_by` tells whose words it has
    where the corpus does not know who issued it."""
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
    best = best if best and (best.meeting or best.held) else None
    front = [c for c in clauses if c.part.is_heading and (c.place or c.meeting or c.is_bare)]
    meeting, place, held = (
        next((_noted(c, name, marks) for c in ([best] if best else []) + others if getattr(c, name)), "")
        for name, others in (("meeting", clauses), ("place", front), ("held", front))
    )
    used = [part for part in parts if part.paragraph in marks] or parts[:1]
    quote = joined(evidence.source.cut(part.text, marks.get(part.paragraph, []), 200) for part in used)
    paragraphs = tuple(dict.fromkeys(part.paragraph for part in used))
    told, told_in = quote, paragraphs
    said_by = said_by or evidence.voices[document]
    passage = _on_compact(evidence, document, language, words, is_account=said_by != "itself")
    if passage and said_by != "itself":
        sentence = passage[1][passage[2][0] : passage[2][1]]
        kinds = tuple(kind.label for kind in words.kinds if _spans(kind.words, sentence, language, words)) or kinds
        stated_in = "text"
    if passage:
        quote, paragraphs = evidence.source.cut(passage[1], passage[3], quotes.LIMIT), (passage[0],)
        kinds = kinds or (_STATEMENT,)
    if evidence.source.documents[document].role in SILENT:
        kinds, passage = (), None
    return Position(
        mechanism,
        document,
        kinds,
        meeting,
        place,
        held,
        stated_in,
        paragraphs,
        quote,
        tuple(evidence.compact_paragraphs(document)),
        said_by,
        bool(passage),
        told,
        told_in,
    )


def naming_sentence(evidence: Evidence, document: str, paragraph: str) -> Runs:
    """The first sentence of a paragraph that names the Compact, with the name bold; () where none does."""
    row = evidence.source.rows[document, paragraph]
    for start, end in quotes.sentences(row.text):
        sentence = row.text[start:end]
        if evidence.names_compact(document, paragraph, sentence):
            return quotes.runs(sentence, _named(evidence.source.language(document), sentence), len(sentence))
    return ()


def _on_compact(
    evidence: Evidence, document: str, language: str, words: PositionWords, *, is_account: bool
) -> tuple[str, str, Span, list[Span]] | None:
    """The passage in which a document speaks to the Compact: its paragraph, text, sentence and the words that do.

    What a mechanism adopted speaks to it wherever it names it, best with a word such as "recommend"; an account has to
    say that recommendations, inputs or a position were given to it.
    """
    lists = words.contributing if is_account else words.addressing
    addressing = expression(with_english(lists, language))
    best: tuple[str, str, Span, list[Span]] | None = None
    for row in evidence.source.paragraphs.get(document, []):
        if row.kind not in BODY_KINDS or not evidence.names_compact(document, row.paragraph, row.text):
            continue
        for start, end in quotes.sentences(row.text):
            sentence = row.text[start:end]
            if not evidence.names_compact(document, row.paragraph, sentence):
                continue
            flat = flattened(sentence)
            found = [flat.source(*hit.span()) for hit in addressing.finditer(flat.text)]
            spans = [(start + s, start + e) for s, e in [*_named(language, sentence), *found]]
            if found:
                return row.paragraph, row.text, (start, end), spans
            best = best or (row.paragraph, row.text, (start, end), spans)
    return None if is_account else best


def _named(language: str, sentence: str) -> list[Span]:
    """Where a sentence names the Compact."""
    flat = normalize(sentence)
    return [
        flat.source(a.start, a.end)
        for a in load_anchors(language or "en").find(flat.text)
        if a.whose in ("compact", "short")
    ]


def _clauses(parts: Sequence[_Part], language: str, words: PositionWords) -> list[tuple[_Part, int, str]]:
    """The headings and, of paragraphs, the sentences and what stands between semicolons, without what recalls."""
    out = []
    for part in parts:
        if part.is_heading:
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
        if row.kind in ("note", "furniture") or is_contents(row.text):
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
    found = list(_headed(title, language, words))
    stated = "title" if found else ""
    appended = expression(words.appended)
    first_text = next((n for n, p in enumerate(parts) if not p.is_heading), len(parts))
    for part in (p for p in parts[:first_text] if not appended.match(p.text)):
        for label, span in _headed(part.text, language, words).items():
            stated = "heading"
            found += [label] if label not in found else []
            marks.setdefault(part.paragraph, []).append(span)
    if found and stated == "heading":
        return tuple(_ranked(found, words)), stated
    known = tuple(_ranked(found, words))
    found = []
    adopted = with_english(words.adopted, language)
    for part in [p for p in parts if not p.is_heading][:_OPENING]:
        for kind in words.kinds:
            named = with_english(kind.words, language)
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


def _headed(text: str, language: str, words: PositionWords) -> dict[str, Span]:
    """The kinds that a title or heading names, each with its place; of "Action Plan - Conclusions" only the last is the
    document, of "Declaration and Action Plan" both are."""
    placed = {kind.label: spans[0] for kind in words.kinds if (spans := _spans(kind.words, text, language, words))}
    ordered = sorted(placed.items(), key=lambda item: item[1])
    parted = {
        label
        for (label, one), (_, other) in pairwise(ordered)
        if _PARTED.fullmatch(text[one[1] : max(one[1], other[0])])
    }
    return {label: span for label, span in placed.items() if label not in parted}


def _ranked(found: Sequence[str], words: PositionWords) -> list[str]:
    return [kind.label for kind in words.kinds if kind.label in found]


def _spans(lists: Words, text: str, language: str, words: PositionWords) -> list[Span]:
    flat = flattened(text)
    named = expression(with_english(lists, language))
    return [flat.source(*hit.span()) for hit in named.finditer(flat.text)]
