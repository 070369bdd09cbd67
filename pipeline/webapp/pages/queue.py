"""The queue: what there is to decide, narrowed down as one likes, and how far everybody is."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from fastapi import APIRouter
from fastapi.responses import Response

from pipeline.review.items import SHOWS, Queue, Show
from pipeline.webapp.pages.item import SAID
from pipeline.webapp.selection import query_of, queue_of
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
PAGE = 50
"""Items on one page."""


@router.get("/")
def show_queue(visit: Visiting) -> Response:
    """Show the items of a queue, its filters, and the progress."""
    visit.site.refresh()
    params = visit.request.query_params
    number = params.get("page", "1")
    page = int(number) if number.isdecimal() and len(number) < 7 else 1
    return show(visit, queue_of(params), page=page, said=params.get("said", ""))


def show(visit: Visit, chosen: Queue, *, page: int = 1, said: str = "") -> Response:
    """Show a page of a queue; `said` names what was done before (`item.SAID`)."""
    items = visit.desk.items(chosen)
    last = max(1, -(-len(items) // PAGE))
    page = min(max(page, 1), last)
    told = SAID.get(said, "")
    return visit.page(
        "queue.html",
        at="/" + query_of(chosen),
        here="queue",
        queue=chosen,
        shows=SHOWS,
        counts=counts(visit, chosen),
        items=items[(page - 1) * PAGE : page * PAGE],
        total=len(items),
        first=(page - 1) * PAGE,
        page=page,
        last=last,
        query=query_of(chosen),
        earlier=query_of(chosen, page=page - 1) if page > 1 else "",
        later=query_of(chosen, page=page + 1) if page < last else "",
        shown_as={kind: "/" + query_of(replace(chosen, show=cast(Show, kind))) for kind in SHOWS},
        progress=progress(visit),
        reviewers=visit.desk.reviewers(),
        documents=visit.desk.documents,
        labels=visit.site.categories,
        said=told + (" That was the last one of this queue." if told and said not in ("comment", "undo") else ""),
    )


def counts(visit: Visit, chosen: Queue) -> dict[str, int]:
    """Return how many items each kind of queue has with the other filters as they are."""
    return {kind: len(visit.desk.items(replace(chosen, show=cast(Show, kind)))) for kind in SHOWS}


def progress(visit: Visit) -> list[dict[str, object]]:
    """Return for each document how many references there are, how many are decided, and of what kind."""
    out = []
    for slug, counted in visit.desk.progress().items():
        facts = visit.desk.documents.get(slug)
        done = counted["total"] - counted["machine"] - counted["conflict"] - counted["lost"]
        told = {"total": counted["total"], "conflict": counted["conflict"], "lost": counted["lost"], "done": done}
        out.append({"document": slug, "title": facts["title"] if facts else slug, **told})
    return out
