"""The sections of a brief, each made of the rows that it shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar
from urllib.parse import quote as quote_address

from extractors.model import ACCEPTED, ObjectiveRow, ParagraphRow, Reference
from pipeline.extract import quote
from pipeline.extract.quote import Run, Runs
from pipeline.segment.citation import base
from pipeline.tables.brief import labels
from pipeline.tables.brief.content import BriefLine, BriefPlace, BriefSection, Mark
from pipeline.tables.brief.earlier import Earlier
from pipeline.tables.commitments.commitments import ROLES as COMMITTING
from pipeline.tables.commitments.commitments import CommitmentRow
from pipeline.tables.commitments.words import operative_words
from pipeline.tables.footnotes import cite
from pipeline.tables.mechanisms import objectives
from pipeline.tables.mechanisms.partnerships import PartnershipRow
from pipeline.tables.mechanisms.positions import Position, naming_sentence
from pipeline.tables.recommendations.recommendations import RecommendationRow
from pipeline.tables.sentences import SPOKEN, Evidence
from pipeline.tables.series import tell_change
from pipeline.tables.table import Table
from pipeline.translation import gettext

Row = TypeVar("Row", ObjectiveRow, Reference)
Key = tuple[str, str]
SENTENCE = 250
"""Characters of a quoted sentence; longer ones are cut with an ellipsis."""
PHRASE = 110
"""Characters of a quote that only shows why something is listed."""
_MARKS: tuple[Mark, ...] = ("new", "resumed", "", "kept", "dropped")
_LATE = 0.8
"""Share of a quote behind which its first bold words come late."""
_PLACES = 6
"""Places of a line; the others are counted."""
_FORCES = {
    "decide": 4.0,
    "adopt": 4.0,
    "commit": 3.5,
    "request": 2.0,
    "urge": 2.0,
    "recommend": 2.0,
    "invite": 1.5,
    "encourage": 1.0,
}
"""What a commitment is worth for its force, beside its objective, partner (1 each) and deadline (2); the others nothing."""
_DROPPED = 6.0
_GENERIC = "other.cooperation_dialogue"
_UNFINISHED = re.compile(r"[^\W\d_]$|,$")
_SURE = 85
"""Likeness (0 to 100) below which an objective that a document is judged to be about should be looked at."""
_TORN = 40
"""Characters by which the end of a torn text is known."""
_SHORTEST_END = 60
"""Characters of a last paragraph below which it may be a signature or a place."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Something that a document takes up or names: its places in it, and those of the earlier documents that do, too."""

    mark: Mark
    rows: tuple[ObjectiveRow | Reference, ...]
    document: str
    since: str = ""


class BriefSources:
    """What all briefs of a run look up: the rows of each document, and the rows of tables that are about it."""

    def __init__(self, evidence: Evidence, tables: Iterable[Table]) -> None:
        self.evidence = evidence
        self.commitments: dict[str, list[CommitmentRow]] = {}
        self.dropped: dict[str, list[CommitmentRow]] = {}
        self.recommendations: dict[str, list[RecommendationRow]] = {}
        self.partnerships: dict[str, list[PartnershipRow]] = {}
        for row in (row for table in tables for row in table.rows):
            if isinstance(row, CommitmentRow):
                places = self.dropped if row.standing == "dropped" else self.commitments
                places.setdefault(row.later if row.standing == "dropped" else row.document, []).append(row)
            elif isinstance(row, RecommendationRow):
                self.recommendations.setdefault(row.document, []).append(row)
            elif isinstance(row, PartnershipRow):
                self.partnerships.setdefault(row.document, []).append(row)
        self.references: dict[str, list[Reference]] = {}
        for reference in evidence.source.references:
            self.references.setdefault(reference.document, []).append(reference)
        self._partners = frozenset(operative_words().partners) - {"iscm"}
        self._said: dict[str, Mapping[Key, list[ObjectiveRow]]] = {}

    def is_partner(self, row: Reference) -> bool:
        """Whether a reference is to an organization or a stakeholder."""
        return not self._partners.isdisjoint((row.category, row.category.partition(".")[0]))

    def said(self, document: str) -> Mapping[Key, list[ObjectiveRow]]:
        """What a document takes up of the Compact, by kind and number in the Compact's order, the surest row first."""
        if document not in self._said:
            out: dict[Key, list[ObjectiveRow]] = {}
            for row in self.evidence.source.objectives_of(document):
                if row.kind in labels.KINDS and objectives.is_said(self.evidence, row):
                    out.setdefault((row.kind, str(row.number)), []).append(row)
            for rows in out.values():
                rows.sort(key=objectives.certainty)
            kinds, order = list(labels.KINDS), list(objectives.names())
            placed = sorted(out.items(), key=lambda item: (kinds.index(item[0][0]), order.index(item[0])))
            self._said[document] = dict(placed)
        return self._said[document]


class BriefReader:
    """What the brief of one document looks up: places, quotes, and the same things in earlier documents."""

    def __init__(self, sources: BriefSources, document: str, earlier: Earlier, review: str = "") -> None:
        self.sources, self.evidence, self.source = sources, sources.evidence, sources.evidence.source
        self.document, self.earlier, self.review = document, earlier, review
        self.facts = self.source.documents[document]
        self.own_names = {"", *(mechanism.name for mechanism in earlier.mechanisms)}

    @cached_property
    def works_before(self) -> set[str]:
        """The works of the meeting before."""
        described = (self.source.documents[name] for name in self.earlier.before)
        return {facts.work or facts.document for facts in described}

    @cached_property
    def actor(self) -> str:
        """Who acts in most commitments, "" where they name nobody."""
        rows = self.sources.commitments.get(self.document, ())
        return next((actor for actor, _ in Counter(row.actor for row in rows if row.actor).most_common(1)), "")

    @cached_property
    def torn(self) -> ParagraphRow | None:
        """The last paragraph of the text where it ends in the middle of a sentence."""
        rows = self.source.paragraphs.get(self.document, ())
        end = next((row for row in reversed(rows) if row.kind in SPOKEN and row.text.strip()), None)
        is_torn = end and len(end.text) > _SHORTEST_END and _UNFINISHED.search(end.text.rstrip())
        return end if is_torn else None

    def mark_torn(self, pieces: Runs) -> Runs:
        """A quote that ends where the text is torn off, with an ellipsis."""
        text = " ".join(quote.plain(pieces).split())
        end = " ".join(self.torn.text.split())[-_TORN:] if self.torn else ""
        return (*pieces, Run(quote.ELLIPSIS, False)) if end and text.endswith(end[-len(text) :]) else pieces

    def place(self, document: str, paragraph: str) -> BriefPlace:
        """The place of a paragraph; that of another document begins with its date."""
        cited, facts = self.source.cited(paragraph), self.source.documents[document]
        told = cite(facts, paragraph, self.source.page(document, paragraph)).printed
        if document != self.document:
            cited = f"{facts.date or document}: {cited}"
        return BriefPlace(cited, self.source.link(document, paragraph), told)

    def address(self, path: str) -> str:
        """The address of something in the review, "" where there is none."""
        return f"{self.review}{path}" if self.review else ""

    def places(self, document: str, paragraphs: Iterable[str]) -> tuple[BriefPlace, ...]:
        """Each paragraph once, in the order of the text."""
        own = dict.fromkeys(base(paragraph) for paragraph in paragraphs)
        ordered = sorted(own, key=lambda paragraph: self.source.place.get((document, paragraph), 0))
        return tuple(self.place(document, paragraph) for paragraph in ordered[:_PLACES])

    def compare(self, rows_of: Callable[[str], Mapping[Key, list[Row]]]) -> list[tuple[Key, Placed]]:
        """What this document has, new, resumed or kept, and what the documents of the meeting before had and this one has not."""
        own = rows_of(self.document)
        known = {document: rows_of(document) for document in self.earlier.documents}
        out: list[tuple[Key, Placed]] = []
        for key, rows in own.items():
            last = next((document for document in reversed(known) if key in known[document]), "")
            is_before = any(key in known[document] for document in self.earlier.before)
            mark: Mark = tell_change(is_here=True, is_before=is_before, is_earlier=bool(last)) if known else ""
            since = self.source.documents[last].date if last else ""
            out.append((key, Placed(mark, tuple(rows), self.document, since)))
        gone: dict[Key, Placed] = {}
        for document in self.earlier.before:
            for key, rows in known[document].items():
                if key not in own:
                    gone.setdefault(key, Placed("dropped", tuple(rows), document))
        return sorted([*out, *gone.items()], key=lambda pair: _MARKS.index(pair[1].mark))


def shortened(pieces: Runs, limit: int, *, is_item: bool = False) -> Runs:
    """Rich text of at most `limit` characters from its beginning, or from shortly before its first bold words where these
    come late (never so for an item of a list); cut between words and marked "...".

    >>> quote.plain(shortened(quote.mark("We thank the Forum for all that it did in the years", ["Forum"]), 26))
    'We thank the Forum...'
    """
    text = " ".join(quote.plain(pieces).split())
    bold = [words for piece in pieces if piece.is_bold and (words := " ".join(piece.text.split()))]
    first = next(iter(quote.occurrences(text, bold[0])), (0, 1)) if bold and not is_item else (0, 1)
    spans = [first] if first[1] > limit * _LATE else [(0, 1), first]
    return quote.mark(quote.quote_text(text, spans, limit), bold)


def compact_section(reader: BriefReader, position: Position) -> BriefSection:
    """The passage that speaks of the Compact, or the first one that only names it, with all paragraphs that do."""
    named = reader.evidence.compact_paragraphs(reader.document)
    passage, first = position.quote, next(iter(position.paragraphs), "")
    if not position.is_on_compact and named:
        spoken = [p for p in named if (row := reader.source.rows.get((reader.document, p))) and row.kind in SPOKEN]
        first = next(iter(spoken), named[0])
        passage = naming_sentence(reader.evidence, reader.document, first)
    if not named:
        return BriefSection("compact", (), note=gettext(labels.NO_COMPACT))
    rest = [paragraph for paragraph in named if base(paragraph) != base(first)]
    line = BriefLine(
        text="" if position.is_on_compact else gettext(labels.ONLY_NAMED),
        quote=shortened(passage, 2 * SENTENCE),
        places=(reader.place(reader.document, first), *reader.places(reader.document, rest)),
    )
    return BriefSection("compact", (line,))


def commitments_section(reader: BriefReader) -> BriefSection:
    """What the document commits to, asks for or takes note of: each its own sentence, the most telling ones where not all
    fit, and what those of the meeting before committed to and this one does not.

    An objective that a sentence is judged to be about is shown only where its paragraph is among those of the objective.
    Documents that commit nobody themselves (reports, accounts) have what they recommend.
    """
    rows = reader.sources.commitments.get(reader.document, ())
    lines = [_commitment(reader, row) for row in rows]
    dropped = reader.sources.dropped.get(reader.document, ())
    lines += [_commitment(reader, row) for row in dropped if row.work in reader.works_before]
    if lines or reader.facts.role in COMMITTING:
        return BriefSection("commitments", tuple(lines), "tables/commitments.csv", gettext(labels.NO_COMMITMENT))
    told = tuple(_recommendation(reader, row) for row in reader.sources.recommendations.get(reader.document, ()))
    return BriefSection("commitments", told, "tables/recommendations.csv", gettext(labels.NO_COMMITMENT))


def _commitment(reader: BriefReader, row: CommitmentRow) -> BriefLine:
    """An actor is named where neither the quote nor the head shows it, the words of a deadline always."""
    mark = _mark_of(reader, row)
    numbers = [number for number in row.objectives.split("; ") if _is_about(reader, row, number)]
    numbered = _numbered(", ".join(numbers), row.basis) if numbers else ""
    partners = ", ".join(gettext(name) for name in row.partners.split("; ") if name not in reader.own_names)
    known = quote.plain(row.quote)
    is_told = mark == "dropped" or row.actor == reader.actor or row.actor in known
    actor = "" if is_told else row.actor
    is_stated = bool(numbers) and row.basis != "implied"
    worth = _FORCES.get(row.force, 0.0) + bool(numbers) + is_stated + bool(partners) + 2 * bool(row.deadline)
    notes = [actor, numbered, _partners(partners), row.deadline and gettext("deadline: %(date)s", date=row.deadline)]
    return BriefLine(
        mark=mark,
        text=gettext(row.force),
        quote=shortened(row.quote, PHRASE if mark == "dropped" else SENTENCE, is_item=bool(row.lead)),
        notes="; ".join(filter(None, notes)),
        places=(reader.place(row.document, row.paragraph),),
        rank=worth if mark != "dropped" else worth - _DROPPED,
    )


def _mark_of(reader: BriefReader, row: CommitmentRow) -> Mark:
    if row.standing in ("", "dropped"):
        return "dropped" if row.standing else ""
    before = [name for name in reader.earlier.before if row.earlier.partition(",")[0] == name]
    is_repeated = row.standing == "repeated"
    return tell_change(is_here=True, is_before=is_repeated and bool(before), is_earlier=is_repeated)


def _is_about(reader: BriefReader, row: CommitmentRow | RecommendationRow, number: str) -> bool:
    basis = row.basis if isinstance(row, CommitmentRow) else row.objective_basis
    about = reader.sources.said(row.document).get(("objective", number), ())
    return bool(number) and (basis != "implied" or any(one.paragraph == row.paragraph for one in about))


def _numbered(numbers: str, basis: str) -> str:
    return gettext("objective %(numbers)s %(basis)s", numbers=numbers, basis=gettext(labels.BASES[basis]))


def _partners(names: str) -> str:
    return names and gettext("with %(names)s", names=names)


def _recommendation(reader: BriefReader, row: RecommendationRow) -> BriefLine:
    number = str(row.objective or "")
    numbered = _numbered(number, row.objective_basis) if _is_about(reader, row, number) else ""
    partners = ", ".join(gettext(name) for name in row.partners.split("; ") if name not in reader.own_names)
    bold = [piece.text for piece in row.quote if piece.is_bold]
    return BriefLine(
        text=gettext(row.force),
        quote=shortened(quote.mark(row.recommendation, bold), SENTENCE, is_item=bool(row.lead)),
        notes="; ".join(filter(None, [numbered, _partners(partners)])),
        places=(reader.place(row.document, row.paragraph),),
        rank=bool(numbered) + bool(partners),
    )


def objectives_section(reader: BriefReader) -> BriefSection:
    """Objectives, principles and themes: new, kept, dropped, each with its surest passage."""
    titles = objectives.short_names()
    lines: list[BriefLine] = []
    for (kind, number), placed in reader.compare(reader.sources.said):
        rows = [row for row in placed.rows if isinstance(row, ObjectiveRow)]
        best = rows[0]
        shown = placed.mark != "dropped" and kind == "objective"
        since = ", " + gettext("also %(date)s", date=placed.since) if placed.since else ""
        lines.append(
            BriefLine(
                mark=placed.mark,
                text=f"{gettext(labels.KINDS[kind])} {number}, {gettext(titles[kind, number])}",
                quote=shortened(objectives.quoted(reader.evidence, best), PHRASE) if shown else (),
                notes=gettext(labels.BASES[best.basis]) + since,
                places=reader.places(placed.document, [row.paragraph for row in rows]),
                rank=3 * (kind == "objective") + (best.basis != "implied") + (placed.mark == "new") - len(lines) / 1000,
            )
        )
    return BriefSection("objectives", tuple(lines), "objectives.csv", gettext(labels.NOTHING), can_lose_quotes=True)


def partners_section(reader: BriefReader) -> BriefSection:
    """Partners and stakeholders with the relation that a sentence states; who is only named has none."""
    related: dict[str, str] = {}
    for row in reader.sources.partnerships.get(reader.document, ()):
        for name in (*row.canonical.split("; "), *row.wording.split("; ")):
            if name:
                related.setdefault(name, row.relation)
    return _named(reader, "partners", reader.sources.is_partner, related)


def processes_section(reader: BriefReader) -> BriefSection:
    """Mechanisms and processes that it names, its own left out."""

    def is_process(row: Reference) -> bool:
        return not reader.sources.is_partner(row) and row.category != _GENERIC and not reader.evidence.is_self(row)

    return _named(reader, "processes", is_process, {})


def _named(
    reader: BriefReader, name: str, is_wanted: Callable[[Reference], bool], related: Mapping[str, str]
) -> BriefSection:
    """References by their name, else by their category, as new, kept and dropped."""

    def rows_of(document: str) -> Mapping[Key, list[Reference]]:
        out: dict[Key, list[Reference]] = {}
        for row in reader.sources.references.get(document, ()):
            if is_wanted(row):
                key = ("", row.canonical) if row.canonical else (row.category, "")
                out.setdefault(key, []).append(row)
        return out

    lines: list[BriefLine] = []
    for (category, called), placed in reader.compare(rows_of):
        rows = [row for row in placed.rows if isinstance(row, Reference)]
        wordings = list(dict.fromkeys(row.wording for row in rows))
        relation = next((related[w] for w in (called, *wordings) if w in related and placed.mark != "dropped"), "")
        since = gettext("also %(date)s", date=placed.since) if placed.since else ""
        label = gettext(called or reader.source.label(category))
        spoken = "" if called else "“" + "”, “".join(wordings[:2]) + "”"
        lines.append(
            BriefLine(
                mark=placed.mark,
                text=label,
                notes="; ".join(filter(None, [gettext(relation), spoken, since])),
                places=reader.places(placed.document, [row.paragraph for row in rows]),
                rank=2 * bool(relation) + bool(called) + (placed.mark == "new") - len(lines) / 1000,
            )
        )
    return BriefSection(name, tuple(lines), "references.csv", gettext(labels.NOTHING))


def review_section(reader: BriefReader) -> BriefSection:
    """What a person should look at: what is not sure of the text, then of single rows, each with a link into the review."""
    facts, document = reader.facts, reader.document
    told = [BriefLine(text=text, rank=9) for text in facts.warnings.split("; ") if text]
    if facts.role == "account":
        told.append(BriefLine(text=gettext(labels.ACCOUNT), rank=9))
    if reader.torn:
        told.append(
            BriefLine(text=gettext(labels.CUT_OFF), places=(reader.place(document, reader.torn.paragraph),), rank=9)
        )
    undecided = [row for row in reader.sources.references.get(document, ()) if row.status == "machine"]
    lines = [
        BriefLine(
            text=gettext(
                "“%(wording)s” as %(name)s",
                wording=row.wording,
                name=row.canonical or gettext(reader.source.label(row.category)),
            ),
            notes=gettext(labels.DOUBTFUL.get(row.method, labels.UNLIKE)).format(score=row.score),
            places=(BriefPlace(reader.source.cited(row.paragraph), reader.address(f"item/{row.reference_id}")),),
            rank=3 - row.score / 100,
        )
        for row in undecided
        if row.method in ("fuzzy", "resolved") or row.score < ACCEPTED
    ]
    titles = objectives.short_names()
    for (kind, number), rows in reader.sources.said(document).items():
        best = rows[0]
        if kind == "objective" and best.basis == "implied" and best.score < _SURE:
            address = reader.address(f"document/{quote_address(document)}")
            lines.append(
                BriefLine(
                    text=f"{gettext(labels.KINDS[kind])} {number}, {gettext(titles[kind, number])}",
                    notes=gettext(labels.JUDGED).format(score=best.score),
                    places=(BriefPlace(reader.source.cited(best.paragraph), address),),
                    rank=3 - best.score / 100,
                )
            )
    if undecided and reader.review:
        place = BriefPlace("gcmrefs review", reader.address(f"document/{quote_address(document)}"))
        lines.append(BriefLine(text=gettext(labels.OPEN_REVIEW).format(number=len(undecided)), places=(place,), rank=8))
    return BriefSection("review", (*told, *lines), gettext("the review"), gettext(labels.NOTHING))
