"""What analysts say of how a text was cut: decisions about paragraphs, and the corrections that a run makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from extractors.model import Paragraph
from extractors.text.identity import make_identity
from extractors.text.normalization import squash
from pipeline.errors import GcmrefsError
from pipeline.review.copies import with_copies
from pipeline.review.decision import Decision, Kind, Origin, facts_of
from pipeline.review.kinds import identify_facts
from pipeline.review.standing import Standing, standings
from pipeline.segment.correction import (
    Correction,
    Operation,
    correct_paragraphs,
    has_two_parts,
    place_before,
    read_number,
)
from pipeline.translation import gettext

KIND: Kind = "segmentation"
OPERATIONS: tuple[Operation, ...] = get_args(Operation)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a correction would make: the paragraphs that go, and those that come in their place."""

    before: tuple[Paragraph, ...]
    after: tuple[Paragraph, ...]


def decide_correction(
    slug: str,
    paragraphs: Sequence[Paragraph],
    paragraph_id: str,
    operation: Operation,
    *,
    by: str,
    start: int = 0,
    number: str = "",
    comment: str = "",
    origin: Origin = "python",
) -> Decision:
    """Return the decision that a paragraph is merged with the one before, split at an offset, or given another number.

    `paragraphs` are all of the document as they are shown, `start` counts in the text of the paragraph (for a split),
    `number` is an official id as people write it. Raises GcmrefsError, with what is to be done, where that cannot be.
    """
    place = next((n for n, p in enumerate(paragraphs) if p.id == paragraph_id and p.kind != "furniture"), None)
    if place is None:
        raise GcmrefsError(f"{slug}: no paragraph {paragraph_id}")
    own = paragraphs[place]
    told = number.strip() and read_number(number)
    if number.strip() and not told:
        raise GcmrefsError(
            gettext("“%(number)s” is no number of a paragraph: write it like 47, 22(b) or OP3", number=number.strip())
        )
    earlier = place_before(paragraphs, place)
    if operation == "merge" and earlier is None:
        raise GcmrefsError(gettext("%(place)s: there is no paragraph before it", place=own.citation))
    if operation == "split" and not has_two_parts(own.text, start):
        raise GcmrefsError(gettext("%(place)s: choose the word that the second part begins with", place=own.citation))
    if operation == "renumber" and (not told or told == own.id):
        raise GcmrefsError(gettext("%(place)s: give the number that is printed", place=own.citation))
    items: dict[str, str] = {"operation": operation}
    if operation == "split":
        items |= {"words": " ".join(own.text[start:].split()[:8]), "start": str(start)}
    if operation != "merge":
        items["number"] = told
    about = squash(own.text)
    ordinal = sum(squash(p.text) == about for p in paragraphs[:place]) + 1
    beside: dict[str, str] = {"operation": operation, "about": make_identity(about), "ordinal": str(ordinal)}
    machine = facts_of({"paragraph": own.id}, beside)
    return Decision(
        identify_facts(KIND, slug, own.id, machine),
        slug,
        own.id,
        "edit",
        by,
        kind=KIND,
        machine=machine,
        human=facts_of(
            items,
            beside | ({"before": paragraphs[earlier].text} if operation == "merge" and earlier is not None else {}),
        ),
        text=own.text,
        comment=comment.strip(),
        origin=origin,
    )


def correction_of(decision: Decision) -> Correction | None:
    """Return the change that a decision asks for, None for one that says that the text is cut rightly.

    >>> said = facts_of({"operation": "renumber", "number": "18"})
    >>> correction_of(Decision("c", "d", "17", "edit", "Ana", kind="segmentation", human=said, text="We met."))
    Correction(name='c', operation='renumber', paragraph='17', text='We met.', before='', start=0, number='18', is_of_copy=False)
    """
    value = decision.facts
    operation = value.get("operation") if value else ""
    if value is None or operation not in OPERATIONS or decision.action not in ("edit", "add"):
        return None
    start = value.get("start")
    return Correction(
        decision.reference_id,
        operation,
        decision.paragraph,
        decision.text,
        value.get("before"),
        int(start) if start.isdecimal() and len(start) < 9 else 0,
        read_number(value.get("number")),
    )


def corrections_of(decisions: Sequence[Decision], copied: Iterable[Decision] = ()) -> dict[str, tuple[Correction, ...]]:
    """Return, by document, the corrections that count, in the order in which they were decided; `copied` is what was said of
    other copies of the texts (`pipeline.review.copies`).

    None where analysts disagree: then the text stays as the machine cuts it until somebody settles it. Who only agrees
    with what was said before changes no order.
    """
    own = {one.reference_id for one in decisions}
    stood = standings(one for one in with_copies(decisions, copied) if one.kind == KIND).values()
    out: dict[str, list[Correction]] = {}
    for decision in sorted(filter(None, map(_first_said, stood)), key=lambda one: one.decision_id):
        if (correction := correction_of(decision)) is not None:
            correction = replace(correction, is_of_copy=decision.reference_id not in own)
            out.setdefault(decision.document, []).append(correction)
    return {slug: tuple(found) for slug, found in out.items()}


def _first_said(stood: Standing) -> Decision | None:
    """The decision by which what counts was said first."""
    said = zip(stood.decisions, stood.fates, strict=True)
    open_lines = (one for one, fate in said if one.is_verdict and fate != "undone")
    return next((one for one in open_lines if stood.deciding and one.outcome == stood.deciding.outcome), None)


def preview(paragraphs: Sequence[Paragraph], decision: Decision, *, language: str = "") -> Preview:
    """Return what a decision would change in a document as it is shown; see `decide_correction`."""
    correction = correction_of(decision)
    made = correct_paragraphs(paragraphs, [correction] if correction else (), language=language).paragraphs
    same = {(p.id, p.kind, p.text) for p in paragraphs} & {(p.id, p.kind, p.text) for p in made}
    before, after = (
        tuple(p for p in listed if (p.id, p.kind, p.text) not in same and p.kind != "furniture")
        for listed in (paragraphs, made)
    )
    return Preview(before, after)
