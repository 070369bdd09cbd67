"""Language versions of a work side by side: which paragraphs translate each other, and what one names and the other does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar, Literal

from extractors.lexicon.language import languages
from extractors.model import BODY_KINDS, DocumentRow
from pipeline.extract.quote import Runs, Span
from pipeline.segment.citation import base
from pipeline.tables.alignment import AlignedPair, AlignedUnit, align, read_unit
from pipeline.tables.footnotes import cite
from pipeline.tables.mechanisms.objectives import names
from pipeline.tables.records import Mentioned, Records, Unit
from pipeline.tables.table import Table, listing
from pipeline.translation import gettext, gettext_noop

Ground = Literal["one work", "same body and date"]
_LIKELY = 0.5
"""Share of the paragraphs of the shorter text that must be in pairs, where only body and date say that it is a translation."""
_LEAST_PAIRS = 2
_MOST_VERSIONS = 20
"""Documents of one body and date that are held against each other."""
_TITLED = frozenset({"title", "heading"})
_QUOTE = 320
_TOPICS = ("objective", "principle", "theme")


@dataclass(frozen=True, slots=True)
class Translation:
    """Two language versions of a text, and the paragraphs that translate each other, in the order of both."""

    work: str
    ground: Ground
    one: DocumentRow
    other: DocumentRow
    units: tuple[tuple[Unit, ...], tuple[Unit, ...]]
    pairs: tuple[AlignedPair, ...]

    def aligned(self) -> Iterator[tuple[Unit, Unit, AlignedPair]]:
        for pair in self.pairs:
            yield self.units[0][pair.one], self.units[1][pair.other], pair

    @property
    def is_likely(self) -> bool:
        """Whether so much is in pairs that two texts of one body and date translate each other."""
        texts = [sum(unit.kind not in _TITLED for unit in units) for units in self.units]
        paired = sum(one.kind not in _TITLED for one, _, _ in self.aligned())
        return paired >= _LEAST_PAIRS and paired >= _LIKELY * min(texts)


@dataclass(frozen=True, slots=True)
class TranslationRow:
    """A paragraph and the one that translates it in another language version."""

    IDENTITY: ClassVar[str] = "document paragraph other_document"

    work: str
    ground: str
    language: str
    document: str
    citation: str
    quote: Runs
    other_language: str
    other_document: str
    other_citation: str
    other_quote: Runs
    score: float
    how: str
    page: int | None
    paragraph: str
    url: str
    other_paragraph: str
    other_url: str


@dataclass(frozen=True, slots=True)
class TranslationDifferenceRow:
    """What a paragraph of one language version has and its translation has not."""

    IDENTITY: ClassVar[str] = "kind name document paragraph other_document"

    work: str
    kind: str
    name: str
    basis: str
    wording: str
    language: str
    document: str
    citation: str
    quote: Runs
    other_language: str
    other_document: str
    other_citation: str
    other_quote: Runs
    page: int | None
    paragraph: str
    url: str
    other_paragraph: str
    other_url: str


@dataclass(frozen=True, slots=True)
class VersionPart:
    """One thing that a paragraph names or is about: its kind and name, on what ground, in which words, and where these stand."""

    kind: str
    name: str
    basis: str
    wording: str
    spans: tuple[Span, ...]


def find_translations(records: Records) -> list[Translation]:
    """The language versions of each work, held against the first of them (English before the others); and documents of one
    body and date in several languages, where enough of their paragraphs are pairs. A document is held against one other."""
    order = {language: n for n, language in enumerate(languages())}
    ranked = sorted(
        records.documents.values(), key=lambda facts: order.get(records.language(facts.document), len(order))
    )
    works: dict[str, dict[str, DocumentRow]] = defaultdict(dict)
    for facts in ranked:
        works[facts.work or facts.document].setdefault(records.language(facts.document), facts)
    read: dict[str, tuple[tuple[Unit, ...], tuple[AlignedUnit, ...]]] = {}
    out: list[Translation] = []
    meetings: dict[tuple[str, str], list[DocumentRow]] = defaultdict(list)
    for work, versions in works.items():
        first, *others = versions.values()
        out += [_translation(records, read, work, "one work", first, other) for other in others]
        if not others and first.iscm.strip() and len(first.date) == 10:
            meetings[" ".join(first.iscm.casefold().split()), first.date].append(first)
    for documents in meetings.values():
        attached: set[str] = set()
        for one, other in combinations(documents[:_MOST_VERSIONS], 2):
            if records.language(one.document) == records.language(other.document) or other.document in attached:
                continue
            likely = _translation(records, read, one.work or one.document, "same body and date", one, other)
            if likely.is_likely:
                attached.add(other.document)
                out.append(likely)
    return out


def _translation(
    records: Records,
    read: dict[str, tuple[tuple[Unit, ...], tuple[AlignedUnit, ...]]],
    work: str,
    ground: Ground,
    one: DocumentRow,
    other: DocumentRow,
) -> Translation:
    for name in (one.document, other.document):
        if name not in read:
            units = tuple(unit for unit in records.units(name) if unit.kind in BODY_KINDS)
            read[name] = (units, tuple(map(_aligned, units)))
    (units, signals), (other_units, other_signals) = read[one.document], read[other.document]
    return Translation(work, ground, one, other, (units, other_units), tuple(align(signals, other_signals)))


def _aligned(unit: Unit) -> AlignedUnit:
    named = sorted({mention.canonical or mention.category for mention in unit.mentioned})
    return read_unit(unit.text, names=named, number=printed_number(unit.paragraph), is_heading=unit.kind in _TITLED)


def printed_number(paragraph: str) -> str:
    """The number that a paragraph bears in every language, "" for none: that of an annex or article in words of English.

    >>> printed_number("22(b)"), printed_number("Anexo II/8"), printed_number("¶3"), printed_number("17#2")
    ('para. 22 (b)', 'annex II, para. 8', '', '')
    """
    if paragraph.startswith(("¶", "H:", "TITLE")) or base(paragraph) != paragraph:
        return ""
    return cite(DocumentRow(""), paragraph).place


def translations_table(records: Records, found: Sequence[Translation]) -> Table:
    """One row for each pair of paragraphs that translate each other."""
    rows = [
        TranslationRow(
            work=translation.work,
            ground=translation.ground,
            language=records.language(one.document),
            document=one.document,
            citation=records.cited(one.paragraph),
            quote=records.cut(one.text, (), _QUOTE),
            other_language=records.language(other.document),
            other_document=other.document,
            other_citation=records.cited(other.paragraph),
            other_quote=records.cut(other.text, (), _QUOTE),
            score=pair.score,
            how=_how(pair),
            page=one.page,
            paragraph=one.paragraph,
            url=records.link(one.document, one.paragraph),
            other_paragraph=other.paragraph,
            other_url=records.link(other.document, other.paragraph),
        )
        for translation in found
        for one, other, pair in translation.aligned()
    ]
    return listing(
        "translations",
        gettext("Translations, paragraph by paragraph"),
        gettext(
            "One row for each paragraph and the one that translates it, in the order of both: language versions "
            "of one work, and texts of one body and date in several languages of which at least half is in "
            "pairs. A paragraph without a counterpart has no row."
        ),
        TranslationRow,
        rows,
        group="work",
        brief="language citation quote other_language other_citation other_quote score",
        section="translations",
        headers={"score": gettext_noop("Alike")},
    )


def _how(pair: AlignedPair) -> str:
    """What two paragraphs share, in words."""
    shared: dict[str, list[str]] = defaultdict(list)
    for kind, what in pair.shared:
        shared[kind].append(what)
    parts = ["the printed number"] if pair.is_same_number else []
    parts += [f"names: {', '.join(shared['name'])}"] if shared["name"] else []
    parts += [f"numbers: {', '.join(sorted(shared['number'], key=int))}"] if shared["number"] else []
    parts += [f"months: {', '.join(sorted(shared['month'], key=int))}"] if shared["month"] else []
    parts += [f"{len(shared['word'])} words that begin alike"] if shared["word"] else []
    return "; ".join(parts)


def differences_table(records: Records, found: Sequence[Translation]) -> Table:
    """One row for each thing that a paragraph names or is about and its translation does not."""
    rows = []
    whole: dict[str, frozenset[tuple[str, str]]] = {}
    for translation in found:
        for facts in (translation.one, translation.other):
            if facts.document not in whole:
                whole[facts.document] = _once(records, facts.document)
        for one, other, _ in translation.aligned():
            parts = {unit: _parts(records, unit) for unit in (one, other)}
            for named, missing in ((one, other), (other, one)):
                present = parts[missing].keys() | whole[missing.document]
                lacking = [part for key, part in parts[named].items() if key not in present]
                rows += [_difference(records, translation.work, named, missing, part) for part in lacking]
    return listing(
        "translation_differences",
        gettext("What one language version names and the other does not"),
        gettext(
            "One row for each reference or objective that was found in a paragraph and not in its translation, "
            "and each principle or theme that was found nowhere in the other version: what to look at in both "
            "texts. Either the versions differ, or a wording of one language is not known yet."
        ),
        TranslationDifferenceRow,
        rows,
        group="work",
        brief="kind name basis wording language citation quote other_language other_citation other_quote",
        section="translations",
        headers={"name": gettext_noop("What"), "kind": gettext_noop("Kind")},
    )


def _difference(records: Records, work: str, named: Unit, missing: Unit, part: VersionPart) -> TranslationDifferenceRow:
    return TranslationDifferenceRow(
        work=work,
        kind=part.kind,
        name=part.name,
        basis=part.basis,
        wording=part.wording,
        language=records.language(named.document),
        document=named.document,
        citation=records.cited(named.paragraph),
        quote=records.cut(named.text, part.spans, _QUOTE),
        other_language=records.language(missing.document),
        other_document=missing.document,
        other_citation=records.cited(missing.paragraph),
        other_quote=records.cut(missing.text, (), _QUOTE),
        page=named.page,
        paragraph=named.paragraph,
        url=records.link(named.document, named.paragraph),
        other_paragraph=missing.paragraph,
        other_url=records.link(missing.document, missing.paragraph),
    )


def _once(records: Records, document: str) -> frozenset[tuple[str, str]]:
    """The principles and themes that a document takes up: implied ones are told of its best paragraph alone, which may be
    another one in a translation."""
    rows = (row for row in records.objectives_of(document) if row.kind in ("principle", "theme"))
    return frozenset((row.kind, str(row.number)) for row in rows)


def _parts(records: Records, unit: Unit) -> Mapping[tuple[str, str], VersionPart]:
    """What a paragraph names and is about, each once."""
    out: dict[tuple[str, str], VersionPart] = {}
    for mention in unit.mentioned:
        part = VersionPart("reference", _name(records, mention), "", mention.wording, mention.places)
        out.setdefault((mention.category, mention.canonical), part)
    titles = names()
    is_whole = unit.kind not in _TITLED and unit.paragraph == base(unit.paragraph)
    for row in records.topics(unit.document, unit.paragraph) if is_whole else ():
        if row.kind in _TOPICS:
            title = titles.get((row.kind, str(row.number)), "")
            part = VersionPart(row.kind, f"{row.number}. {title}", row.basis, row.wording, ())
            out.setdefault((row.kind, str(row.number)), part)
    return out


def _name(records: Records, mention: Mentioned) -> str:
    return mention.canonical or records.label(mention.category)
