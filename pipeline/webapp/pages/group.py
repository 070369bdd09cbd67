"""One decision for all references of one wording and category: what it covers is shown first, one undo takes it back."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter
from fastapi.responses import Response

from pipeline.errors import GcmrefsError
from pipeline.review.answer import Answer, AnswerWords, make_decision
from pipeline.review.assignments import ANYONE
from pipeline.review.desk import SCOPES, Scope
from pipeline.review.items import Item
from pipeline.translation import gettext, write_number
from pipeline.webapp.pages.decide import category_of
from pipeline.webapp.pages.item import item_of, way
from pipeline.webapp.selection import query_of, queue_of
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
LISTED = 200
"""References that the page lists; the rest is counted by document."""
_ACTIONS: dict[str, Answer] = {"accept": "accept", "reject": "reject", "category": "edit"}


@router.get("/group/{reference_id}")
def show_group(visit: Visiting, reference_id: str) -> Response:
    """Show what one decision would cover: in this document, in this work, everywhere (`scope`)."""
    visit.site.refresh()
    return _show(visit, reference_id)


@router.post("/group/{reference_id}")
def decide_group(visit: Visiting, reference_id: str) -> Response:
    """Say one thing of the whole group, all or nothing, and go on to the next reference of the queue."""
    item, queue = item_of(visit, reference_id), queue_of(visit.request.query_params)
    items = _own(visit, visit.desk.alike(item, _scope(visit)))
    try:
        if visit.form.get("count") != str(len(items)):
            raise GcmrefsError(
                gettext("Nothing was written: it is %(n)s references now. Look again.", n=write_number(len(items)))
            )
        action = _ACTIONS.get(visit.form.get("do", ""))
        if action is None or not items:
            raise GcmrefsError(gettext("Choose what is to be said of all of them."))
        told: AnswerWords = {"comment": visit.form.get("comment", "")}
        if action == "edit":
            told["category"] = category_of(visit.form.get("category", ""), visit.site.labels(item.kind))
        decisions = [make_decision(visit.desk, one, action, by=visit.reviewer, origin="web", **told) for one in items]
        visit.desk.write(decisions)
    except GcmrefsError as error:
        return _show(visit, reference_id, problem=str(error), status=422)
    ahead = way(visit, item, queue).next
    query = query_of(queue)
    where = f"/item/{ahead.reference_id}{query}" if ahead else f"/{query}"
    return visit.go(f"{where}{'&' if '?' in where else '?'}said=group")


def _scope(visit: Visit) -> Scope:
    asked = visit.request.query_params.get("scope", "everywhere")
    return asked if asked in SCOPES else "everywhere"


def _own(visit: Visit, items: list[Item]) -> list[Item]:
    """Those that are assigned to whom the queue is about: one's own share, and nothing of another's."""
    who = queue_of(visit.request.query_params).assigned
    return items if who in ("", ANYONE) else [one for one in items if who in visit.desk.coders(one)]


def _show(visit: Visit, reference_id: str, *, problem: str = "", status: int = 200) -> Response:
    item, queue, scope = item_of(visit, reference_id), queue_of(visit.request.query_params), _scope(visit)
    sizes = {name: len(_own(visit, visit.desk.alike(item, name))) for name in SCOPES}
    items = _own(visit, visit.desk.alike(item, scope))
    return visit.page(
        "group.html",
        status=status,
        item=item,
        row=item.row,
        items=items[:LISTED],
        total=len(items),
        by_document=Counter(one.row.title or one.row.document for one in items).most_common(),
        scope=scope,
        scopes=[(name, count, _address(reference_id, query_of(queue, scope=name))) for name, count in sizes.items()],
        action=_address(reference_id, query_of(queue, scope=scope)),
        query=query_of(queue),
        labels=visit.site.labels(item.kind),
        problem=problem,
        typed=visit.form if problem else {},
    )


def _address(reference_id: str, query: str) -> str:
    return f"/group/{reference_id}{query}"
