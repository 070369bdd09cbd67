"""Partners of the mechanisms by category: whom their documents name, and whether as partners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.lexicon.terms import Words, expression, flattened
from extractors.lexicon.yaml_file import Strict, default_folder, read_yaml
from extractors.model import Reference
from pipeline.extract.quote import Runs, Span
from pipeline.tables.mechanisms.meetings import FOLDER
from pipeline.tables.registry import Mechanism
from pipeline.tables.sentences import Evidence, Sentence
from pipeline.tables.table import Table, listing, matrix

SOURCE = "ISCM Review 2019, Figure 8"


class Partner(Strict):
    """A category of partners of the questionnaire, and the categories of references that belong to it."""

    id: str
    label: str
    categories: tuple[str, ...]


class Partners(Strict):
    """Everything in `lexicons/tables/partnerships.yaml`."""

    source: str
    partners: tuple[Partner, ...]
    unsure: Words
    relations: Words


@dataclass(frozen=True, slots=True)
class Partnership:
    """A sentence about a mechanism that names a possible partner; `spans` (in the sentence) are the words that speak of
    a partnership, none where it only names; `itself` tells that the name is the mechanism's own."""

    mechanism: Mechanism
    partner: Partner
    reference: Reference
    sentence: Sentence
    spans: tuple[Span, ...]
    itself: bool

    @property
    def relation(self) -> str:
        return "self" if self.itself else "partnership" if self.spans else "named"


@dataclass(frozen=True, slots=True)
class PartnershipRow:
    """A partner of a mechanism in one paragraph."""

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

    label: str
    iscms: int
    cells: Mapping[str, int]
    total: int


def partners(folder: Path | None = None) -> Partners:
    """Read and check `profile/partnerships.yaml`; raises LexiconError with file and line."""
    return read_yaml((folder or default_folder()) / FOLDER / "partnerships.yaml", Partners)


def partnerships(evidence: Evidence, data: Partners | None = None) -> list[Partnership]:
    """Every possible partner that the documents name for a mechanism, its own name included and marked.

    In a document of others, only sentences count that speak of a partnership; another mechanism that such a sentence
    is about as well counts as a partner.
    """
    known = data or partners()
    by_category = {category: partner for partner in known.partners for category in partner.categories}
    return [one for document in evidence.source.paragraphs for one in _named(evidence, document, by_category, known)]


def _named(evidence: Evidence, document: str, by_category: Mapping[str, Partner], known: Partners) -> list[Partnership]:
    """The partnerships of a document."""
    out = []
    for sentence in evidence.sentences_of(document):
        spans = _relations(sentence, known)
        for mechanism in sentence.about:
            for reference in sentence.references:
                partner = by_category.get(reference.category)
                if partner is None or not (sentence.own or spans):
                    continue
                itself = reference.canonical == mechanism.name
                if not sentence.own and (itself or not sentence.speaks_of(mechanism, reference.start)):
                    continue
                out.append(Partnership(mechanism, partner, reference, sentence, spans, itself))
    return out


def _relations(sentence: Sentence, known: Partners) -> tuple[Span, ...]:
    """The words of partnership in the sentence, those inside the name of a body left out; none in a mere wish, or where
    the subject is another body."""
    wished = tuple(w for code in dict.fromkeys((sentence.language, "en")) for w in known.unsure.get(code, ()))
    flat = flattened(sentence.words)
    if sentence.others_act or expression(wished).search(flat.text):
        return ()
    words = tuple(w for code in dict.fromkeys((sentence.language, "en")) for w in known.relations.get(code, ()))
    taken = [
        (r.start - sentence.start, r.end - sentence.start)
        for r in sentence.references
        if r.category.startswith(("iscm", "igo", "other"))
    ]
    spans = [flat.source(*hit.span()) for hit in expression(words).finditer(flat.text)]
    return tuple((s, e) for s, e in spans if not any(s < b and a < e for a, b in taken))[:3]


def partnerships_table(evidence: Evidence, found: Sequence[Partnership]) -> Table:
    """One row for each mechanism, category of partners and paragraph, with its quote."""
    groups: dict[tuple[str, str, str, str], list[Partnership]] = {}
    for item in (item for item in found if not item.itself):
        key = (item.mechanism.name, item.partner.label, item.sentence.document, item.sentence.paragraph)
        groups.setdefault(key, []).append(item)
    order = {partner.label: n for n, partner in enumerate(partners().partners)}
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
    for (mechanism, partner, document, paragraph), items in ordered:
        best = next((item for item in items if item.spans), items[0])
        same = [i for i in items if i.sentence.start == best.sentence.start and i.sentence.text == best.sentence.text]
        spans = [(i.reference.start - i.sentence.start, i.reference.end - i.sentence.start) for i in same]
        spans += best.spans
        rows.append(
            PartnershipRow(
                iscm=mechanism,
                short=best.mechanism.label,
                partner=partner,
                wording="; ".join(dict.fromkeys(i.reference.wording for i in items)),
                canonical="; ".join(dict.fromkeys(i.reference.canonical for i in items if i.reference.canonical)),
                relation=best.relation,
                said_by="own document" if best.sentence.own else "document of others",
                document=document,
                citation=evidence.source.cited(paragraph),
                quote=evidence.quoted(best.sentence, spans),
                page=evidence.source.page(document, paragraph),
                paragraph=paragraph,
                url=evidence.source.link(document, paragraph),
            )
        )
    return listing(
        "iscm_partnerships",
        "Partnerships by category",
        "One row for each mechanism, category of partners and paragraph. “partnership”: the sentence speaks of partners, "
        "cooperation, support, participation or observers; “named”: it does not. The mechanism's own name is left out.",
        PartnershipRow,
        rows,
        source=SOURCE,
        group="iscm",
        brief="short partner wording relation document citation quote",
        headers={"wording": "Named as"},
    )


def matrix_table(found: Sequence[Partnership]) -> Table:
    """Categories of partners by mechanism: paragraphs that speak of a partnership."""
    counted = [item for item in found if not item.itself]
    labels = sorted({item.mechanism.label for item in counted}, key=str.casefold)
    rows = []
    for partner in partners().partners:
        units: dict[str, set[tuple[str, str]]] = {}
        for item in counted:
            if item.partner == partner and item.spans:
                units.setdefault(item.mechanism.label, set()).add((item.sentence.document, item.sentence.paragraph))
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
        "Partnerships by category and ISCM",
        "Number of paragraphs that speak of a partnership of the mechanism with this category; its own name is left out.",
        PartnerCountRow,
        rows,
        labels,
        headers={"label": "Partners", "iscms": "ISCMs"},
        section="mechanisms",
        source=SOURCE,
    )
