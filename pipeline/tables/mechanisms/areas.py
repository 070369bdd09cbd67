"""Where the mechanisms work: the list by type and region, and their areas of focus with themes of the Compact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rapidfuzz import fuzz

from extractors.lexicon.compact import load_compact
from extractors.lexicon.terms import expression
from extractors.model import Reference
from extractors.objectives.topics import topics_of
from extractors.text.normalization import Normalized, normalize
from pipeline.extract.quote import Runs, Span
from pipeline.tables.focus import Area, areas
from pipeline.tables.printed.lists import PrintedFact
from pipeline.tables.registry import TYPES, Mechanism
from pipeline.tables.sentences import Evidence, Sentence
from pipeline.tables.table import Table, listing
from pipeline.translation import gettext, gettext_noop

LIST_SOURCE = "ISCM Review 2019, Annex 5"
FOCUS_SOURCE = "GRCP 7 background note, Annex 2"


@dataclass(frozen=True, slots=True)
class _Passages:
    """The paragraphs of a document that show an area of a mechanism, and the quote of the first."""

    document: str
    paragraphs: tuple[str, ...]
    quote: Runs


@dataclass(frozen=True, slots=True)
class MechanismRow:
    """A mechanism that the lexicon knows, with the passage that names it most fully."""

    IDENTITY: ClassVar[str] = "iscm region"

    type: str
    region: str
    iscm: str
    acronym: str
    annex5: str
    issued: int
    count: int
    document: str
    citation: str
    quote: Runs
    origin: str
    page: int | None
    paragraph: str
    url: str


@dataclass(frozen=True, slots=True)
class FocusRow:
    """An area of focus of a mechanism: printed by the background note, named in the mechanism's documents, or both."""

    IDENTITY: ClassVar[str] = "iscm area"

    area: str
    sdg: str
    theme: str
    iscm: str
    short: str
    basis: str
    origin: str
    document: str
    citation: str
    quote: Runs
    further: int | None
    page: int | None
    paragraph: str
    url: str


def registry_table(evidence: Evidence) -> Table:
    """One row for each mechanism that the lexicon knows, with the passage of the corpus that names it most fully."""
    named: dict[str, list[Reference]] = {}
    for row in evidence.source.references:
        if row.canonical in evidence.known.mechanisms:
            named.setdefault(row.canonical, []).append(row)
    types = list(TYPES)
    rows = []
    for mechanism in sorted(
        evidence.known.mechanisms.values(),
        key=lambda m: (types.index(m.type), not m.annex5, m.region.casefold(), m.name.casefold()),
    ):
        found = named.get(mechanism.name, [])
        others = [r for r in found if not evidence.is_self(r)]
        best = max(others or found, key=lambda r: fuzz.ratio(r.wording, mechanism.name), default=None)
        rows.append(
            MechanismRow(
                type=TYPES[mechanism.type],
                region=mechanism.region,
                iscm=mechanism.name,
                acronym=mechanism.acronym,
                annex5="yes" if mechanism.annex5 else "no",
                issued=len(evidence.mechanisms.get(mechanism.name, ())),
                count=len(others),
                document=best.document if best else "",
                citation=evidence.source.cited(best.paragraph) if best else "",
                quote=_passage(evidence, best) if best else (),
                origin=mechanism.source,
                page=best.page if best else None,
                paragraph=best.paragraph if best else "",
                url=evidence.source.link(best.document, best.paragraph) if best else "",
            )
        )
    return listing(
        "iscms_by_type_and_region",
        gettext("ISCMs by type and region"),
        gettext(
            "One row for each mechanism that the lexicon knows, with the fullest passage that names it. Name, "
            "type and region are those of the source; secretariats stand in the table of partnerships, with who "
            "says so."
        ),
        MechanismRow,
        rows,
        source=LIST_SOURCE,
        group="type",
        brief="type region iscm acronym annex5 issued count",
        headers={
            "issued": gettext_noop("Own documents"),
            "count": gettext_noop("References by others"),
            "origin": gettext_noop("Source of type and region"),
        },
    )


def _passage(evidence: Evidence, row: Reference) -> Runs:
    text, spans = evidence.source.passage(row)
    return evidence.source.cut(text, spans, 240) if text else ()


def focus_table(evidence: Evidence, printed: Sequence[PrintedFact]) -> Table:
    """One row for each area of focus and mechanism: printed by an analysis, found in the mechanism's documents, or both."""
    named: dict[tuple[str, str], list[_Passages]] = {}
    known = areas().areas
    for document in [name for name in evidence.source.paragraphs if evidence.issuers.get(name)]:
        passages = evidence.source.findings.of("areas", document, partial(_passages, evidence, document, known))
        for key, one in passages.items():
            named.setdefault(key, []).append(one)
    listed: dict[tuple[str, str], list[_Passages]] = {}
    for fact in printed:
        if fact.list == "areas":
            row, shown = fact.paragraph, evidence.source.cut(fact.paragraph.text, list(fact.spans), 240)
            listed.setdefault((fact.item, fact.value), []).append(_Passages(row.document, (row.paragraph,), shown))
    by_label = sorted(evidence.known.mechanisms.values(), key=lambda m: m.label.casefold())
    pairs = [(area, mechanism, (area.label, mechanism.name)) for area in known for mechanism in by_label]
    rows = [
        _row(evidence, area, mechanism, listed.get(key, ()), named.get(key, ()))
        for area, mechanism, key in pairs
        if key in listed or key in named
    ]
    return listing(
        "iscm_areas_of_focus",
        gettext("Areas of focus, themes and ISCMs"),
        gettext(
            "One row for each area of focus and mechanism: an area that an analysis of the corpus prints for it, "
            "that its own documents name, or both. Themes are those that the background note gives the area. No "
            "source of the corpus gives the SDGs of an area, so that column stays empty until one does."
        ),
        FocusRow,
        rows,
        source=FOCUS_SOURCE,
        group="area",
        brief="area theme short basis document citation quote",
        headers={"basis": gettext_noop("Known from")},
    )


def _passages(evidence: Evidence, document: str, known: Sequence[Area]) -> dict[tuple[str, str], _Passages]:
    """The areas that a mechanism's own document names, by area and mechanism."""
    out: dict[tuple[str, str], tuple[dict[str, None], Runs]] = {}
    for sentence in evidence.sentences_of(document):
        if not sentence.is_own or sentence.is_others_act:
            continue
        flat, named = normalize(sentence.bodiless), None
        for area in known:
            terms = area.terms.get(sentence.language) or area.terms.get("en") or ()
            hits = list(expression(terms).finditer(flat.text))
            if hits and named is None:
                named = _named(evidence, sentence, flat)
            hit = next(
                (h for h in hits if not any(low < h.end() and h.start() < high for low, high in named or ())), None
            )
            for mechanism in sentence.about if hit else ():
                key = (area.label, mechanism.name)
                if hit and key not in out:
                    out[key] = ({}, evidence.quoted(sentence, [flat.source(*hit.span())]))
                out[key][0][sentence.paragraph] = None
    return {key: _Passages(document, tuple(paragraphs), quote) for key, (paragraphs, quote) in out.items()}


def _named(evidence: Evidence, sentence: Sentence, flat: Normalized) -> list[Span]:
    """Where the words of a sentence are a name, and say nothing of what a mechanism works on: offices, meetings and plans,
    and titles of themes and objectives of the Compact ("Thematic Session 6, which focused on ...")."""
    reading = topics_of(sentence.language).read(flat.text)
    spans = [reading.place(*span) for span in reading.marks.get("never", ())]
    for row in evidence.source.topics(sentence.document, sentence.paragraph):
        if row.basis == "explicit" and row.kind in ("theme", "objective") and row.wording:
            spans += [hit.span() for hit in re.finditer(re.escape(normalize(row.wording).text), flat.text)]
    return spans


def _row(
    evidence: Evidence, area: Area, mechanism: Mechanism, printed: Sequence[_Passages], passages: Sequence[_Passages]
) -> FocusRow:
    """The row of an area: its quote is the mechanism's own passage, else that of the list that prints it."""
    source = evidence.source
    first = [*passages, *printed][0]
    document, paragraph = first.document, first.paragraphs[0]
    units = sum(len(p.paragraphs) for p in passages)
    theme = next(theme.titles["en"] for theme in load_compact().themes if theme.number == area.theme)
    return FocusRow(
        area=area.label,
        sdg=area.sdg,
        theme=f"{area.theme}. {theme}",
        iscm=mechanism.name,
        short=mechanism.label,
        basis="printed and text" if printed and passages else "printed" if printed else "text",
        origin=_origin(evidence, printed[0]) if printed else "",
        document=document,
        citation=source.cited(paragraph),
        quote=first.quote,
        further=units - 1 or None if units else None,
        page=source.page(document, paragraph),
        paragraph=paragraph,
        url=source.link(document, paragraph),
    )


def _origin(evidence: Evidence, printed: _Passages) -> str:
    """The publication that prints a fact, and where: "GRCP 7 Background note, T1/R4/C4"."""
    title = evidence.source.documents[printed.document].title or printed.document
    return f"{title}, {evidence.source.cited(printed.paragraphs[0])}"
