"""Claims that an analysis prints ("civil society (Objectives 2, 3)") beside what the analysed text says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, NamedTuple

from extractors.lexicon.compact import load_compact
from extractors.lexicon.words import expand
from extractors.model import Reference
from extractors.text.normalization import normalize
from pipeline.extract.quote import Runs, Span
from pipeline.segment.citation import cite_paragraphs
from pipeline.tables.sentences import SPOKEN, Evidence
from pipeline.tables.table import Table, listing
from pipeline.translation import gettext, gettext_noop

SOURCE = "IPD analysis of references in the Global Compact, introduction"
_CLAIMED = ("stakeholder.", "igo.international_organization")
_ACRONYM = re.compile(r"\([A-Z][A-Za-z]{1,5}s?\)")
_MINIMUM = 10
"""A document counts as the analysed one where so many of its objectives have a heading of their own."""


class PrintedObjectives(NamedTuple):
    """What one paragraph of an analysis prints of one category: the objectives' numbers, and where it does."""

    document: str
    paragraph: str
    text: str
    category: str
    wording: str
    printed: tuple[int, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """The objectives that an analysis prints of a stakeholder, beside those of the analysed text."""

    IDENTITY: ClassVar[str] = "document label"

    label: str
    printed: str
    found: str
    only_printed: str
    only_found: str
    where: str
    document: str
    citation: str
    quote: Runs
    paragraph: str
    category: str
    page: int | None
    url: str


def claims(evidence: Evidence) -> list[PrintedObjectives]:
    """Every "stakeholder (Objectives 2, 3, 12)" of the corpus: the nearest stakeholder named before the parenthesis, or
    before a comma or "and", counts; documents with headings of objectives are analysed texts and make no claims."""
    analysed = set(analysed_documents(evidence))
    by_place: dict[tuple[str, str], list[Reference]] = {}
    for row in evidence.source.references:
        if row.category.startswith(_CLAIMED):
            by_place.setdefault((row.document, row.paragraph), []).append(row)
    return [
        one
        for document in evidence.source.paragraphs
        if document not in analysed
        for one in evidence.source.findings.of("claims", document, partial(_claimed, evidence, document, by_place))
    ]


def _claimed(
    evidence: Evidence, document: str, by_place: Mapping[tuple[str, str], Sequence[Reference]]
) -> list[PrintedObjectives]:
    """Those of one document."""
    language, out = evidence.source.language(document), list[PrintedObjectives]()
    for paragraph in evidence.source.paragraphs[document]:
        if paragraph.kind in SPOKEN and any(c.isdigit() for c in paragraph.text):
            located = by_place.get((document, paragraph.paragraph), [])
            out += _claims(document, paragraph.paragraph, paragraph.text, language, located)
    return out


def _claims(
    document: str, paragraph: str, text: str, language: str, located: Sequence[Reference]
) -> Iterator[PrintedObjectives]:
    flat = normalize(text)
    for hit in _pattern(language).finditer(flat.text):
        start, end = flat.source(*hit.span())
        before = _ACRONYM.sub(lambda acronym: "_" * len(acronym[0]), text[:start])
        low = max(before.rfind(")"), before.rfind(";"), before.rfind(". "))
        near = [r for r in located if low < r.start and r.end <= start]
        if not near:
            continue
        last = max(r.end for r in near)
        wordings: dict[str, Reference] = {}
        for row in near:
            if not re.search(r",|;", text[row.end : start]) or row.end == last:
                wordings.setdefault(row.category, row)
        numbers = tuple(sorted({int(n) for n in re.findall(r"\d+", hit["numbers"]) if 1 <= int(n) <= 23}))
        for category, row in wordings.items():
            spans = ((row.start, row.end), (start, end))
            yield PrintedObjectives(document, paragraph, text, category, row.wording, numbers, spans)


def _pattern(language: str) -> re.Pattern[str]:
    known = load_compact().pointing
    words = [w for code in dict.fromkeys((language, "en")) for w in getattr(known.get(code), "objective", ())]
    named = "|".join(re.escape(w) for word in words for w in expand(word)) or "objectives?"
    return re.compile(
        rf"\(\s*(?:e\.g\.,?\s*)?(?:{named})s?\s+(?P<numbers>\d+(?:\s*(?:,|;|and|y|et|e|&)\s*(?:(?:{named})s?\s+)?\d+)*)\s*\)",
        re.IGNORECASE,
    )


def analysed_documents(evidence: Evidence) -> list[str]:
    """The documents whose own paragraphs stand under headings of the objectives: the Compact itself."""
    out = []
    for document, rows in evidence.source.paragraphs.items():
        if len({row.objective for row in rows if isinstance(row.objective, int)}) >= _MINIMUM:
            out.append(document)
    return out


def claims_table(evidence: Evidence, found: Sequence[PrintedObjectives]) -> Table | None:
    """Printed and found objectives of each claim, or None where the corpus has no claims or no analysed text."""
    analysed = analysed_documents(evidence)
    if not found or not analysed:
        return None
    rows = []
    for claim in found:
        where = _where(evidence, analysed, claim.category)
        have = set(where)
        printed = set(claim.printed)
        rows.append(
            DifferenceRow(
                label=evidence.source.label(claim.category),
                printed=_listed(printed),
                found=_listed(have),
                only_printed=_listed(printed - have),
                only_found=_listed(have - printed),
                where="; ".join(
                    f"{n}: {cite_paragraphs(where[n], evidence.source.short)}" for n in sorted(have - printed)
                ),
                document=claim.document,
                citation=evidence.source.cited(claim.paragraph),
                quote=evidence.source.cut(claim.text, list(claim.spans), 260),
                paragraph=claim.paragraph,
                category=claim.category,
                page=evidence.source.page(claim.document, claim.paragraph),
                url=evidence.source.link(claim.document, claim.paragraph),
            )
        )
    return listing(
        "stakeholders_by_objective_differences",
        gettext("Stakeholders by objective: printed and found"),
        gettext(
            "What the analysis prints of the objectives that mention a stakeholder, and what was found in "
            "%(work)s. An “e.g.” list need not be complete: “only found” is no error of the analysis, “only "
            "printed” may be one.",
            work=analysed[0],
        ),
        DifferenceRow,
        rows,
        source=SOURCE,
        brief="label printed found only_printed only_found where document citation",
        section="stakeholder",
        headers={"where": gettext_noop("Only found: where")},
    )


def _where(evidence: Evidence, analysed: Sequence[str], category: str) -> Mapping[int, list[str]]:
    """The objectives under which the first analysed document names the category, with the paragraphs."""
    out: dict[int, list[str]] = {}
    for row in evidence.source.references:
        if row.document == analysed[0] and row.category == category and isinstance(row.objective, int):
            out.setdefault(row.objective, []).append(row.paragraph)
    return out


def _listed(numbers: set[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))
