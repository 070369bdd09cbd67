"""Partners of the mechanisms by category: whom their documents name, and whether as partners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from extractors.lexicon.terms import Words, expression, flattened
from extractors.lexicon.yaml_file import Strict, default_folder, read_yaml
from pipeline.extract.quote import Span
from pipeline.tables.kept import Cache
from pipeline.tables.mechanisms.meetings import FOLDER
from pipeline.tables.records import Row, number
from pipeline.tables.registry import Mechanism
from pipeline.tables.sentences import Evidence, Sentence
from pipeline.tables.table import Table, frame, listing

SOURCE = "ISCM Review 2019, Figure 8"
_NEEDED = ("wording", "canonical", "category", "start", "end")


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
    reference: Row
    sentence: Sentence
    spans: tuple[Span, ...]
    itself: bool

    @property
    def relation(self) -> str:
        return "self" if self.itself else "partnership" if self.spans else "named"


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
    by_id = {partner.id: partner for partner in known.partners}
    cache = evidence.cache if data is None else Cache()
    out = []
    for document in evidence.paragraphs:
        kept = cache.part(document, "partnerships", partial(_named, evidence, document, by_category, known))
        out += [_unpacked(evidence, document, values, by_id) for values in kept]
    return out


def _named(evidence: Evidence, document: str, by_category: Mapping[str, Partner], known: Partners) -> list[list[Any]]:
    """The partnerships of a document, as they are kept."""
    out = []
    for sentence in evidence.sentences_of(document):
        spans = _relations(sentence, known)
        for mechanism in sentence.about:
            for reference in sentence.references:
                partner = by_category.get(reference["category"])
                if partner is None or not (sentence.own or spans):
                    continue
                itself = reference["canonical"] == mechanism.name
                if not sentence.own and (itself or not sentence.speaks_of(mechanism, number(reference["start"]))):
                    continue
                out.append(_packed(Partnership(mechanism, partner, reference, sentence, spans, itself)))
    return out


def _packed(item: Partnership) -> list[Any]:
    """What the tables need of a partnership, read back by `_unpacked`."""
    sentence, reference = item.sentence, {name: item.reference[name] for name in _NEEDED}
    said = [sentence.paragraph, sentence.text, sentence.start, sentence.end, sentence.language]
    said += [sentence.own, sentence.compact, sentence.others_act]
    return [item.mechanism.name, item.partner.id, reference, said, item.spans, item.itself]


def _unpacked(
    evidence: Evidence, document: str, values: Sequence[Any], partners_by_id: Mapping[str, Partner]
) -> Partnership:
    name, partner, reference, (paragraph, text, start, end, language, own, compact, others), spans, itself = values
    mechanism = evidence.known.mechanisms[name]
    about = (mechanism,)
    sentence = Sentence(document, paragraph, text, start, end, language, own, compact, others, about, (reference,))
    return Partnership(mechanism, partners_by_id[partner], reference, sentence, tuple((s, e) for s, e in spans), itself)


def _relations(sentence: Sentence, known: Partners) -> tuple[Span, ...]:
    """The words of partnership in the sentence, those inside the name of a body left out; none in a mere wish, or where
    the subject is another body."""
    wished = tuple(w for code in dict.fromkeys((sentence.language, "en")) for w in known.unsure.get(code, ()))
    flat = flattened(sentence.words)
    if sentence.others_act or expression(wished).search(flat.text):
        return ()
    words = tuple(w for code in dict.fromkeys((sentence.language, "en")) for w in known.relations.get(code, ()))
    taken = [
        (number(r["start"]) - sentence.start, number(r["end"]) - sentence.start)
        for r in sentence.references
        if r["category"].startswith(("iscm", "igo", "other"))
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
            evidence.source.documents[g[0][2]],
            place.get((g[0][2], g[0][3]), 0),
        ),
    )
    rows = []
    for (mechanism, partner, document, paragraph), items in ordered:
        best = next((item for item in items if item.spans), items[0])
        same = [i for i in items if i.sentence.start == best.sentence.start and i.sentence.text == best.sentence.text]
        spans = [
            (number(i.reference["start"]) - i.sentence.start, number(i.reference["end"]) - i.sentence.start)
            for i in same
        ]
        spans += best.spans
        rows.append(
            {
                "iscm": mechanism,
                "short": best.mechanism.label,
                "partner": partner,
                "wording": "; ".join(dict.fromkeys(i.reference["wording"] for i in items)),
                "canonical": "; ".join(
                    dict.fromkeys(i.reference["canonical"] for i in items if i.reference["canonical"])
                ),
                "relation": best.relation,
                "said_by": "own document" if best.sentence.own else "document of others",
                "document": document,
                "citation": evidence.cited(document, paragraph),
                "quote": evidence.quoted(best.sentence, spans),
                "paragraph": paragraph,
            }
        )
    return listing(
        "iscm_partnerships",
        "Partnerships by category",
        "One row for each mechanism, category of partners and paragraph. “partnership”: the sentence speaks of partners, "
        "cooperation, support, participation or observers; “named”: it does not. The mechanism's own name is left out.",
        rows,
        "iscm short partner wording canonical relation said_by document citation quote paragraph",
        source=SOURCE,
        group="iscm",
        brief="short partner wording relation document citation quote",
        headers={"wording": "Named as"},
    )


def matrix_table(found: Sequence[Partnership]) -> Table:
    """Categories of partners by mechanism: paragraphs that speak of a partnership."""
    counted = [item for item in found if not item.itself]
    labels = sorted({item.mechanism.label for item in counted}, key=str.casefold)
    columns = {label: f"iscm_{n}" for n, label in enumerate(labels, 1)}
    rows = []
    for partner in partners().partners:
        units: dict[str, set[tuple[str, str]]] = {}
        for item in counted:
            if item.partner == partner and item.spans:
                units.setdefault(item.mechanism.label, set()).add((item.sentence.document, item.sentence.paragraph))
        rows.append(
            {
                "label": partner.label,
                "iscms": len(units),
                **{column: len(units.get(label, ())) for label, column in columns.items()},
                "total": sum(map(len, units.values())),
            }
        )
    return Table(
        "iscm_partnerships_by_category",
        "Partnerships by category and ISCM",
        "Number of paragraphs that speak of a partnership of the mechanism with this category; its own name is left out.",
        "matrix",
        frame(rows, ["label", "iscms", *columns.values(), "total"]),
        headers={"label": "Partners", "iscms": "ISCMs", **dict(zip(columns.values(), columns, strict=True))},
        section="mechanisms",
        source=SOURCE,
    )
