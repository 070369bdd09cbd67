"""Who did what, how far analysts agree, and what is still to be settled between them."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from extractors.model import Reference
from pipeline.review.agreement import ALL, Agreement, measure_agreement
from pipeline.review.attachment import nearest
from pipeline.review.decision import Decision
from pipeline.review.items import Item, Queue
from pipeline.webapp.pages.facts import open_questions
from pipeline.webapp.pages.item import sides
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
LISTED = 100
"""Conflicts and lost decisions that are listed; the queue has all."""


@dataclass(frozen=True, slots=True)
class LostDecision:
    """A verdict that no longer attaches, and the reference of its document that is most like it now, if any is."""

    item: Item
    verdict: Decision
    nearest: Reference | None


def lost(visit: Visit) -> list[LostDecision]:
    """Return the verdicts that no longer attach, LISTED at most."""
    rows: dict[str, list[Reference]] = {}
    out = []
    for item in visit.desk.items(Queue("lost"))[:LISTED]:
        verdict = item.standing.deciding if item.standing else None
        if verdict is None:
            continue
        slug = item.row.document
        if slug not in rows:
            rows[slug] = [one.row for one in visit.desk.of_document(slug) if one.machine and not one.is_doubtful]
        others = [row for row in rows[slug] if row.reference_id != item.reference_id]
        out.append(LostDecision(item, verdict, nearest(verdict, others)))
    return out


def strength(kappa: float | None) -> str:
    """Name an agreement as Landis and Koch (1977) do; "" where kappa is not defined.

    >>> strength(0.5), strength(-0.1), strength(None)
    ('moderate', 'worse than chance', '')
    """
    if kappa is None:
        return ""
    names = ((0.2, "slight"), (0.4, "fair"), (0.6, "moderate"), (0.8, "substantial"), (1.0, "almost perfect"))
    return "worse than chance" if kappa < 0 else next(name for limit, name in names if kappa <= limit + 1e-9)


@router.get("/people")
def show_people(visit: Visiting) -> Response:
    """Show analysts, agreement by pair and category, open conflicts and lost decisions."""
    visit.site.refresh()
    decisions = visit.desk.decisions()
    pairs: dict[tuple[str, str], list[Agreement]] = {}
    for one in measure_agreement(decisions):
        pairs.setdefault((one.one, one.other), []).append(one)
    conflicts = visit.desk.items(Queue("conflict"))
    return visit.page(
        "people.html",
        here="people",
        reviewers=visit.desk.reviewers(),
        last={decision.by: decision.at for decision in decisions},
        pairs=pairs,
        every=ALL,
        strength=strength,
        conflicts=[(item, sides(item)) for item in conflicts[:LISTED]],
        conflict_count=len(conflicts),
        lost=lost(visit),
        questions=open_questions(visit),
        labels=visit.site.categories,
    )
