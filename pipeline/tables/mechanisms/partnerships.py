"""Partners of the mechanisms by category: with whom their documents say that they act, and how."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import ClassVar

from pydantic import Field

from extractors.lexicon.terms import Words, expression, flattened, with_english
from extractors.lexicon.yaml_file import Strict, folder, read_yaml
from extractors.model import Reference
from pipeline.extract.quote import Runs, Span
from pipeline.tables.registry import Mechanism
from pipeline.tables.sentences import Evidence, Sentence
from pipeline.tables.table import Table, listing, matrix
from pipeline.translation import gettext, gettext_noop

SOURCE = "ISCM Review 2019, Figure 8"
_STRAY = 3
"""Words of small letters that a member of a list may have beside names: "special guests"."""
_ALONGSIDE = 4
"""The same in a script without capital letters."""
_SEPARATOR = re.compile(r"[,;:–—()\[\]\n]|\s-\s")
_WORD = re.compile(r"[\w'’-]+")
_NAME = "\ue000"


class Partner(Strict):
    """A category of partners of the questionnaire, and the categories of references that belong to it."""

    id: str
    label: str
    categories: tuple[str, ...]


class Relation(Strict):
    """How a partner stands to a mechanism: words `before` the partner, or `behind` it; `alone` those of one name only."""

    id: str
    label: str = ""
    alone: bool = Field(default=False)
    before: Words
    behind: Words
    examples: Words
    counter_examples: Words

    @property
    def name(self) -> str:
        return self.label or self.id


class PartnerWords(Strict):
    """Everything in `lexicons/tables/partnerships.yaml`; the file says what each list is."""

    source: str
    partners: tuple[Partner, ...]
    unsure: Words
    attributes: Words
    joining: Words
    breaking: Words
    parties: Words
    seats: Words
    relations: tuple[Relation, ...]
    criticism: Relation


@dataclass(frozen=True, slots=True)
class Partnership:
    """A sentence about a mechanism that says how a partner stands to it; `spans` (in the sentence) are the words that do."""

    mechanism: Mechanism
    partner: Partner
    reference: Reference
    sentence: Sentence
    relation: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PartnershipRow:
    """A partner of a mechanism in one paragraph."""

    IDENTITY: ClassVar[str] = "iscm partner wording canonical relation document paragraph"

    iscm: str
    short: str
    partner: str
    wording: str
    canonical: str
    relation: str
    said_by: str
    document: str
    citation: str
    quote: Runs
    page: int | None
    paragraph: str
    url: str


@dataclass(frozen=True, slots=True)
class PartnerCountRow:
    """A category of partners: in how many paragraphs each mechanism has one of it."""

    IDENTITY: ClassVar[str] = "label"

    label: str
    iscms: int
    cells: Mapping[str, int]
    total: int


@lru_cache(maxsize=1)
def read_partner_words() -> PartnerWords:
    """Read and check `tables/partnerships.yaml`; raises LexiconError with file and line."""
    return read_yaml(folder() / "partnerships.yaml", PartnerWords)


def find_partnerships(evidence: Evidence) -> list[Partnership]:
    """Every partner that a sentence about a mechanism names as one: who issues a document together is no partner."""
    known = read_partner_words()
    by_category = {category: partner for partner in known.partners for category in partner.categories}
    source = evidence.source
    return [
        one
        for document in source.paragraphs
        for one in source.findings.of("partnerships", document, partial(_named, evidence, document, by_category, known))
    ]


def _named(
    evidence: Evidence, document: str, by_category: Mapping[str, Partner], known: PartnerWords
) -> list[Partnership]:
    """The partnerships of a document."""
    out = []
    for sentence in evidence.sentences_of(document):
        at = sentence.start
        places = {(r.start - at, r.end - at): r for r in sentence.references if r.category in by_category}
        related = relate(sentence.words, list(places), sentence.language, known, is_led=sentence.is_others_act)
        own = {mechanism.name for mechanism in sentence.about}
        for place, (relation, words) in related.items():
            reference = places[place]
            partner = by_category[reference.category]
            for mechanism in sentence.about if reference.canonical not in own else ():
                if sentence.speaks_of(mechanism, reference.start):
                    out.append(Partnership(mechanism, partner, reference, sentence, relation.name, (words,)))
    return out


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(expression(words).pattern, re.IGNORECASE)


def _of(lists: Words, language: str) -> re.Pattern[str]:
    return _pattern(with_english(lists, language))


def relate(
    words: str, places: Sequence[Span], language: str, known: PartnerWords, *, is_led: bool = False
) -> dict[Span, tuple[Relation, Span]]:
    """Tell how the names at these places of a sentence stand to the one whom it speaks of, and by which words.

    Words of a relation reach a name over a list: names, "and", "such as", few words more; never over another relation
    or a verb such as "is". What is only wished for is none, and who adopts a text is no partner: "We, ...". In a
    sentence that `is_led` by another body only what stands behind a name counts: "UNHCR took part as observer".

    >>> text = "We thank the observers from IOM and UNHCR."
    >>> {place: relation.name for place, (relation, _) in relate(text, [(28, 31), (36, 41)], "en", read_partner_words()).items()}
    {(28, 31): 'observer', (36, 41): 'observer'}
    """
    if not places:
        return {}
    flat = flattened(words)
    unsure = _of(known.unsure, language).search(flat.text)
    limit = flat.source(*unsure.span())[0] if unsure else len(words)
    inside = {n for start, end in places for n in range(start, end)}
    masked = "".join(_NAME if n in inside else character for n, character in enumerate(words))
    attribute = _of(known.attributes, language)
    own = [place for place in places if not attribute.match(flattened(words[place[1] :]).text.lstrip())]
    blocked = set(inside)
    if _of(known.parties, language).match(flat.text.lstrip()):
        blocked.update(
            n for hit in _of(known.seats, language).finditer(flat.text) for n in range(*flat.source(*hit.span()))
        )
    hits: list[tuple[Relation, Span, bool]] = []
    for relation in known.relations:
        for is_before, lists in ((True, relation.before), (False, relation.behind)):
            spans = (flat.source(*hit.span()) for hit in _of(lists, language).finditer(flat.text))
            hits += [
                (relation, span, is_before) for span in spans if span[0] < limit and blocked.isdisjoint(range(*span))
            ]
    out: dict[Span, tuple[Relation, Span]] = {}
    for relation, span, is_before in hits:
        for place in own if not (is_before and is_led) else ():
            low, high = (span[1], place[0]) if is_before else (place[1], span[0])
            gap = masked[low:high]
            is_cut = any(low <= at < high for _, (at, _), may_cut in hits if is_before or may_cut)
            if low <= high and not is_cut and not (relation.alone and _NAME in gap) and is_listed(gap, language, known):
                out.setdefault(place, (relation, span))
    return out


def is_listed(gap: str, language: str, known: PartnerWords) -> bool:
    """Whether the words between those of a relation and a name only list: names are masked, or begin with a capital."""
    joining, breaking = _of(known.joining, language), _of(known.breaking, language)
    for member in _SEPARATOR.split(gap):
        stray = 0
        for word in _WORD.findall(member.replace(_NAME, " ")):
            if word[0].isupper() or word[0].isdigit() or joining.fullmatch(word):
                continue
            if breaking.fullmatch(word):
                return False
            stray += 1
        if stray > (_ALONGSIDE if language == "ar" else _STRAY):
            return False
    return True


def partnerships_table(evidence: Evidence, found: Sequence[Partnership]) -> Table:
    """One row for each mechanism, category of partners, relation and paragraph, with its quote."""
    groups: dict[tuple[str, str, str, str, str], list[Partnership]] = {}
    for item in found:
        key = (item.mechanism.name, item.partner.label, item.sentence.document, item.sentence.paragraph, item.relation)
        groups.setdefault(key, []).append(item)
    order = {partner.label: n for n, partner in enumerate(read_partner_words().partners)}
    place = evidence.source.place
    ordered = sorted(
        groups.items(),
        key=lambda g: (
            g[1][0].mechanism.label.casefold(),
            order[g[0][1]],
            evidence.source.number[g[0][2]],
            place.get((g[0][2], g[0][3]), 0),
        ),
    )
    rows = []
    for (mechanism, partner, document, paragraph, relation), items in ordered:
        best = items[0]
        same = [i for i in items if i.sentence.start == best.sentence.start and i.sentence.text == best.sentence.text]
        spans = [(i.reference.start - i.sentence.start, i.reference.end - i.sentence.start) for i in same]
        spans += dict.fromkeys(span for i in same for span in i.spans)
        rows.append(
            PartnershipRow(
                iscm=mechanism,
                short=best.mechanism.label,
                partner=partner,
                wording="; ".join(dict.fromkeys(i.reference.wording for i in items)),
                canonical="; ".join(dict.fromkeys(i.reference.canonical for i in items if i.reference.canonical)),
                relation=relation,
                said_by=best.sentence.said_by,
                document=document,
                citation=evidence.source.cited(paragraph),
                quote=evidence.quoted(best.sentence, sorted(spans)),
                page=evidence.source.page(document, paragraph),
                paragraph=paragraph,
                url=evidence.source.link(document, paragraph),
            )
        )
    return listing(
        "iscm_partnerships",
        gettext("Partnerships by category"),
        gettext(
            "One row for each mechanism, category of partners, relation and paragraph, where the sentence says "
            "that the partner is the mechanism's secretariat, funds or hosts it, is observer or invited, or that "
            "it acts in partnership, in cooperation or otherwise with it. Who is only named is in the references."
        ),
        PartnershipRow,
        rows,
        source=SOURCE,
        group="iscm",
        brief="short partner wording relation said_by document citation quote",
        headers={"wording": gettext_noop("Named as")},
    )


def matrix_table(found: Iterable[object]) -> Table:
    """Categories of partners by mechanism: paragraphs that speak of a partnership. `found` are rows of `partnerships_table`."""
    named = [row for row in found if isinstance(row, PartnershipRow)]
    labels = sorted({row.short for row in named}, key=str.casefold)
    rows = []
    for partner in read_partner_words().partners:
        units: dict[str, set[tuple[str, str]]] = {}
        for row in named:
            if row.partner == partner.label:
                units.setdefault(row.short, set()).add((row.document, row.paragraph))
        rows.append(
            PartnerCountRow(
                partner.label,
                len(units),
                {label: len(places) for label, places in units.items()},
                sum(map(len, units.values())),
            )
        )
    return matrix(
        "iscm_partnerships_by_category",
        gettext("Partnerships by category and ISCM"),
        gettext("Number of paragraphs that name a partner of the mechanism in this category, in whatever relation."),
        PartnerCountRow,
        rows,
        labels,
        headers={"label": gettext_noop("Partners"), "iscms": gettext_noop("ISCMs")},
        section="mechanisms",
        source=SOURCE,
    )
