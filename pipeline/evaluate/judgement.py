"""Each found row and each true row judged: right, missed, spurious, or left open. Figures are sums of these."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pipeline.evaluate.gold import (
    GoldBorderlineRow,
    GoldObjectiveRow,
    GoldParagraphRow,
    GoldPublishedRow,
    GoldReferenceRow,
)
from pipeline.evaluate.matching import has_same_opening, is_same, is_scored, label, overlaps
from pipeline.evaluate.readings import ObjectiveReading, ParagraphReading, ReferenceReading

What: TypeAlias = Literal["references", "paragraphs", "objectives", "published"]
Verdict: TypeAlias = Literal["right", "missed", "spurious", "open"]
_ONCE = frozenset({"principle", "theme"})
"""What runs through whole documents, so that gold tells it at one paragraph only."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row judged. `wording` is the true one (the found one where nothing is true), `found` what matched it.

    `matching` tells by which rule: `overlap` or `exact` wordings of references; `paragraph` or `document` for
    objectives; `label` for paragraph ids; `unit` for published rows. `open` rows count neither way. `group` is the
    category, the kind of objective, or the analysis; `reference_id` that of the found rows that matched.
    """

    what: What
    matching: str
    verdict: Verdict
    document: str
    language: str
    paragraph: str
    group: str
    wording: str
    found: str = ""
    basis: str = ""
    number: str = ""
    note: str = ""
    reference_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """The document that is judged."""

    document: str
    language: str


def references(
    place: JudgedDocument,
    gold: Sequence[GoldReferenceRow],
    borderline: Sequence[GoldBorderlineRow],
    found: Sequence[ReferenceReading],
    *,
    is_exact: bool = False,
) -> list[Judgement]:
    """Judge references: a true row is right when its paragraph and category have a row of (over)lapping wording.

    Found rows that match no true one are open where they overlap a judgement call in the same paragraph, spurious
    otherwise; a trap is no excuse. Headings, titles and front matter do not count. With `is_exact` the whole wording must
    agree.
    """
    agree: Callable[[str, str], bool] = is_same if is_exact else overlaps
    matching = "exact" if is_exact else "overlap"
    counted = [row for row in found if is_scored(label(row.paragraph))]
    by_place: dict[tuple[str, str], list[ReferenceReading]] = {}
    for row in counted:
        by_place.setdefault((label(row.paragraph), row.category), []).append(row)
    used: set[int] = set()
    out: list[Judgement] = []
    for true in gold:
        paragraph = label(true.paragraph)
        if not is_scored(paragraph):
            continue
        near = [row for category in true.categories for row in by_place.get((paragraph, category), ())]
        got = [row for row in near if agree(row.wording, true.wording)]
        used.update(id(row) for row in got)
        nearest = next((row for row in got if is_same(row.wording, true.wording)), got[0] if got else None)
        out.append(
            Judgement(
                "references",
                matching,
                "right" if got else "missed",
                place.document,
                place.language,
                paragraph,
                true.categories[0],
                true.wording,
                found=nearest.wording if nearest else "",
                note="" if got else _elsewhere(true, paragraph, counted),
                reference_ids=tuple(row.reference_id for row in got),
            )
        )
    calls: dict[str, list[GoldBorderlineRow]] = {}
    traps: dict[str, list[GoldBorderlineRow]] = {}
    for judged in borderline:
        (traps if judged.is_trap else calls).setdefault(label(judged.paragraph), []).append(judged)
    for row in counted:
        if id(row) in used:
            continue
        paragraph = label(row.paragraph)
        call = any(overlaps(row.wording, judged.wording) for judged in calls.get(paragraph, ()))
        trap = any(overlaps(row.wording, judged.wording) for judged in traps.get(paragraph, ()))
        out.append(
            Judgement(
                "references",
                matching,
                "open" if call else "spurious",
                place.document,
                place.language,
                paragraph,
                row.category,
                row.wording,
                found=row.wording,
                note="judgement call" if call else "trap" if trap else "",
                reference_ids=(row.reference_id,),
            )
        )
    return out


def _elsewhere(true: GoldReferenceRow, paragraph: str, found: Iterable[ReferenceReading]) -> str:
    """What was found instead of a missed row: the words under another category, or in another wording."""
    here = [row for row in found if label(row.paragraph) == paragraph and overlaps(row.wording, true.wording)]
    if not here:
        return ""
    told = sorted({row.category for row in here} - set(true.categories))
    return f"found as {', '.join(told)}" if told else f"found as: {here[0].wording}"


def paragraphs(
    place: JudgedDocument, gold: Sequence[GoldParagraphRow], found: Sequence[ParagraphReading]
) -> list[Judgement]:
    """Judge paragraph ids: right when there is one of that id whose text begins with the true one's first words."""
    have: dict[str, ParagraphReading] = {}
    for row in found:
        have.setdefault(label(row.paragraph), row)
    out: list[Judgement] = []
    wanted: set[str] = set()
    for true in gold:
        name = label(true.paragraph)
        wanted.add(name)
        if not is_scored(name):
            continue
        there = have.get(name)
        right = there is not None and has_same_opening(true.text, there.text)
        note = "" if right else "text differs" if there else "no such paragraph"
        shown = " ".join(true.text.split()[:4])
        out.append(_labelled(place, "right" if right else "missed", name, shown, note))
    for name, row in have.items():
        if is_scored(name) and name not in wanted:
            out.append(_labelled(place, "spurious", name, " ".join(row.text.split()[:4]), ""))
    return out


def _labelled(place: JudgedDocument, verdict: Verdict, name: str, text: str, note: str) -> Judgement:
    return Judgement(
        "paragraphs", "label", verdict, place.document, place.language, name, "paragraph ids", text, note=note
    )


def objectives(
    place: JudgedDocument,
    gold: Sequence[GoldObjectiveRow],
    found: Sequence[ObjectiveReading],
    *,
    kinds: Collection[str],
    is_whole: bool = False,
) -> list[Judgement]:
    """Judge objectives, principles and themes: right when the paragraph has one of that kind, number and basis.

    Only `kinds` are judged, those that were labelled at all, and rows that a paragraph has by its place alone
    (`structural`) only where such rows were labelled. Principles and themes are labelled once a document, at the
    paragraph that shows them best: one found at others too is open there. With `is_whole` the paragraph does not matter,
    only whether the document takes it up at all, by whatever basis.
    """
    once = {(row.kind, row.number) for row in gold if row.kind in _ONCE} if not is_whole else set()
    bases = {"explicit", "implied"} | {row.mention for row in gold}

    def key(paragraph: str, kind: str, number: str, basis: str) -> tuple[str, ...]:
        return (kind, number) if is_whole else (label(paragraph), kind, number, basis)

    true = {key(row.paragraph, row.kind, row.number, row.mention): row for row in reversed(gold) if row.kind in kinds}
    have = {
        key(row.paragraph, row.kind, row.number, row.basis): row
        for row in reversed(found)
        if row.kind in kinds and row.basis in bases
    }
    out: list[Judgement] = []
    for name, asked in reversed(true.items()):
        got = have.get(name)
        out.append(
            _addressed(
                place,
                "right" if got else "missed",
                is_whole,
                (asked.paragraph, asked.kind, asked.number, asked.mention),
                asked.evidence,
                got.wording if got else "",
            )
        )
    for name, row in reversed(have.items()):
        if name not in true:
            told = (row.paragraph, row.kind, row.number, row.basis)
            verdict: Verdict = "open" if (row.kind, row.number) in once else "spurious"
            out.append(_addressed(place, verdict, is_whole, told, row.wording, row.wording))
    return out


def _addressed(
    place: JudgedDocument, verdict: Verdict, is_whole: bool, told: tuple[str, str, str, str], wording: str, found: str
) -> Judgement:
    paragraph, kind, number, basis = told
    return Judgement(
        "objectives",
        "document" if is_whole else "paragraph",
        verdict,
        place.document,
        place.language,
        label(paragraph),
        kind,
        wording,
        found=found,
        basis=basis,
        number=number,
    )


def published(
    place: JudgedDocument, name: str, gold: Sequence[GoldPublishedRow], found: Sequence[ReferenceReading]
) -> list[Judgement]:
    """Judge the reproduction of a published analysis: each (category, true paragraph) that it rightly printed is found.

    A claim that the document does not bear out is spurious when a row of its category stands in its paragraph.
    """
    have: dict[tuple[str, str], list[ReferenceReading]] = {}
    for row in found:
        have.setdefault((label(row.paragraph), row.category), []).append(row)
    units: dict[tuple[str, str], tuple[GoldPublishedRow, bool]] = {}
    out: list[Judgement] = []
    for claim in gold:
        category = claim.category.split("|")[0].strip()
        if claim.status == "not_found":
            out += _unfounded(place, name, claim, have.get((label(claim.paragraph), category), ()))
            continue
        unit = (label(claim.true_paragraph), category)
        wording = claim.true_wording or claim.wording
        hit = any(overlaps(row.wording, wording) for row in have.get(unit, ()))
        first, before = units.get(unit, (claim, False))
        units[unit] = (first, before or hit)
    for (paragraph, category), (claim, hit) in units.items():
        wording = claim.true_wording or claim.wording
        verdict: Verdict = "right" if hit else "missed"
        out.append(_claimed(place, name, verdict, paragraph, wording, category))
    return out


def _unfounded(
    place: JudgedDocument, name: str, claim: GoldPublishedRow, found: Sequence[ReferenceReading]
) -> Iterator[Judgement]:
    if found:
        yield _claimed(place, name, "spurious", label(claim.paragraph), found[0].wording, claim.category)


def _claimed(
    place: JudgedDocument, name: str, verdict: Verdict, paragraph: str, wording: str, category: str
) -> Judgement:
    return Judgement(
        "published", "unit", verdict, place.document, place.language, paragraph, name, wording, note=category
    )
