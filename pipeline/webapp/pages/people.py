"""Who did what, how far analysts agree, and what is still to be settled between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from extractors.model import Reference
from pipeline.errors import GcmrefsError
from pipeline.review.agreement import ALL, Agreement, measure_agreement
from pipeline.review.assignments import (
    ANYONE,
    CodingAssignment,
    begin_assignment,
    close_assignment,
    plan_assignment,
)
from pipeline.review.attachment import nearest
from pipeline.review.decision import Decision, Kind
from pipeline.review.items import Item, Queue
from pipeline.review.kinds import KIND_LABELS
from pipeline.review.shares import AssignmentProgress, count_items, measure_progress
from pipeline.translation import gettext, gettext_noop
from pipeline.webapp.pages.facts import open_questions
from pipeline.webapp.pages.item import SAID, is_settler, may_settle, sides
from pipeline.webapp.selection import query_of
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
CONFLICTS = Queue("conflict", kind="all", assigned=ANYONE)
"""All that analysts disagree about, of every kind, to be settled one after the other."""
NOT_YOURS = gettext_noop("Who settles conflicts says who codes what: ask them.")
BLIND = gettext_noop(
    "Who codes blind does not end it: whoever made the assignment does, or somebody who has no part in it."
)
_OTHERS = {
    "document": gettext_noop("What documents are"),
    "segmentation": gettext_noop("How documents are cut"),
}
AGREED: Mapping[str, str] = {**_OTHERS, **KIND_LABELS}
"""Kinds by which agreement is told."""
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
    names = (
        (0.2, gettext_noop("slight")),
        (0.4, gettext_noop("fair")),
        (0.6, gettext_noop("moderate")),
        (0.8, gettext_noop("substantial")),
        (1.0, gettext_noop("almost perfect")),
    )
    return (
        gettext_noop("worse than chance") if kappa < 0 else next(name for limit, name in names if kappa <= limit + 1e-9)
    )


@router.get("/people")
def show_people(visit: Visiting) -> Response:
    """Show analysts, agreement by pair and category, open conflicts and lost decisions."""
    visit.site.refresh()
    return show(visit, said=SAID.get(visit.request.query_params.get("said", ""), ""))


def show(visit: Visit, *, said: str = "", problem: str = "", status: int = 200) -> Response:
    """Show the page; `problem` is what was wrong with an assignment."""
    decisions = visit.desk.decisions()
    pairs: dict[tuple[str, str], list[Agreement]] = {}
    for one in measure_agreement(decisions, visit.desk.assignments):
        pairs.setdefault((one.one, one.other), []).append(one)
    conflicts = visit.desk.items(CONFLICTS)
    return visit.page(
        "people.html",
        status=status,
        here="people",
        said=said,
        problem=problem,
        typed=visit.form if problem else {},
        chosen={name: visit.every(name) if problem else [] for name in ("kind", "document")},
        assignments=list_assignments(visit),
        may_assign=may_assign(visit),
        first=next((item for item in conflicts if may_settle(visit, item.standing)), None),
        settle=query_of(CONFLICTS),
        documents=visit.desk.documents,
        kinds=AGREED,
        reviewers=visit.desk.reviewers(),
        last={decision.by: decision.at for decision in decisions},
        pairs=pairs,
        every=ALL,
        strength=strength,
        conflicts=[(item, sides(item)) for item in conflicts[:LISTED]],
        conflict_count=len(conflicts),
        lost=lost(visit),
        questions=open_questions(visit),
        labels=visit.site.labels("all"),
    )


def list_assignments(visit: Visit) -> list[tuple[AssignmentProgress, bool]]:
    """Return the open assignments, with how far everybody is as this reviewer may know, and whether they may end it."""
    opened = [one for one in visit.desk.assignments.every if one.is_open]
    items = visit.desk.items(Queue("all", kind="all")) if opened else []
    return [(measure_progress(items, one, visit.reviewer), may_close(visit, one)) for one in opened]


def may_assign(visit: Visit) -> bool:
    """Tell whether this reviewer may say who codes what: those who settle conflicts by the setting, else everybody."""
    return not visit.site.settings.settlers.strip() or is_settler(visit)


def may_close(visit: Visit, assignment: CodingAssignment) -> bool:
    """Tell whether this reviewer may end an assignment: a coder who is blind would see by it what is hidden."""
    is_party = assignment.is_blind and visit.reviewer in assignment.people and visit.reviewer != assignment.by
    return may_assign(visit) and not is_party


@router.post("/people/assign")
def assign(visit: Visiting) -> Response:
    """Give documents or items to analysts."""
    if not may_assign(visit):
        raise HTTPException(403, gettext(NOT_YOURS))
    form = visit.form
    kinds = [cast(Kind, kind) for kind in visit.every("kind") if kind in KIND_LABELS]
    documents = [slug for slug in visit.every("document") if slug in visit.desk.documents]
    twice = form.get("twice", "0").strip() or "0"
    try:
        if not twice.isdecimal() or len(twice) > 3:
            raise GcmrefsError(gettext("nothing is assigned: the share that two code is 0 to 100 of a hundred"))
        planned = plan_assignment(
            count_items(visit.site.desk, kinds, documents),
            [name for name in form.get("people", "").replace(";", ",").split(",") if name.strip()],
            by=visit.reviewer,
            kinds=kinds if len(kinds) < len(KIND_LABELS) else (),
            unit="item" if form.get("unit") == "item" else "document",
            twice=int(twice),
            is_blind=form.get("blind") == "yes",
        )
        made = begin_assignment(visit.site.engine, planned)
    except GcmrefsError as error:
        return show(visit, problem=f"{str(error)[:1].upper()}{str(error)[1:]}.", status=422)
    visit.site.desk.refresh()
    visit.note("assign", f"{made.assignment_id}: {', '.join(made.people)}")
    return visit.go("/people?said=assigned#assignments")


@router.post("/people/close")
def close(visit: Visiting) -> Response:
    """End an assignment; what was hidden is shown from now on."""
    number = visit.form.get("assignment", "")
    found = next((one for one in visit.desk.assignments.every if str(one.assignment_id) == number), None)
    if found is None:
        raise HTTPException(404, gettext("There is no such assignment."))
    if not may_close(visit, found):
        raise HTTPException(403, gettext(BLIND if may_assign(visit) else NOT_YOURS))
    close_assignment(visit.site.engine, found.assignment_id, by=visit.reviewer)
    visit.site.desk.refresh()
    visit.note("close assignment", number)
    return visit.go("/people?said=closed#assignments")
