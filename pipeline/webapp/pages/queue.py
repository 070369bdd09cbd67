"""The queue: what there is to decide, narrowed down as one likes, and how far everybody is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from fastapi import APIRouter
from fastapi.responses import Response

from pipeline.review.assignments import ANYONE
from pipeline.review.items import SHOWS, Queue, QueueKind, Show
from pipeline.review.kinds import KIND_LABELS
from pipeline.translation import gettext, ngettext
from pipeline.webapp.pages.item import SAID, STAYS
from pipeline.webapp.selection import query_of, queue_of
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
PAGE = 50
"""Items on one page."""
LISTED = 25
"""Documents whose progress is shown beside the queue, those first that ask for most; all are under "Documents"."""
MEANT = 20
"""Documents that are offered where words name several."""


@router.get("/")
def show_queue(visit: Visiting) -> Response:
    """Show the items of a queue, its filters, and the progress."""
    visit.site.refresh()
    params = visit.request.query_params
    number = params.get("page", "1")
    page = int(number) if number.isdecimal() and len(number) < 7 else 1
    queue = own_queue(visit, params)
    names = meant(visit, queue, "/")
    if names is not None and len(names) == 1:
        return visit.go(next(iter(names.values())))
    return show(visit, queue, page=page, said=params.get("said", ""), named=names)


def own_queue(visit: Visit, params: Mapping[str, str]) -> Queue:
    """Return the queue that an address asks for: where it names nobody, what is to decide of what is assigned to this reviewer."""
    queue, kinds = queue_of(params), visit.desk.assignments.kinds_of(visit.reviewer)
    if not kinds or "assigned" in params or queue.show != "open":
        return queue
    kind: QueueKind = queue.kind if "kind" in params else kinds[0] if len(kinds) == 1 else "all"
    return replace(queue, assigned=visit.reviewer, kind=kind)


@dataclass(frozen=True, slots=True)
class OwnShare:
    """What is assigned to a reviewer: how much in all, and how much is left of each kind, with the queue of it."""

    total: int
    left: int
    kinds: list[tuple[str, int, str]]
    address: str


def own_share(visit: Visit) -> OwnShare | None:
    """Return how far this reviewer is with what is assigned to them, None where nothing is."""
    kinds = visit.desk.assignments.kinds_of(visit.reviewer)
    if not kinds:
        return None
    whole = Queue(assigned=visit.reviewer, kind="all")
    found = ((kind, replace(whole, kind=kind)) for kind in kinds if kind in KIND_LABELS)
    told = [(KIND_LABELS[kind], visit.desk.count(queue), "/" + query_of(queue)) for kind, queue in found]
    left = [one for one in told if one[1]]
    total = visit.desk.count(replace(whole, show="all"))
    return OwnShare(total, sum(one[1] for one in left), left, "/" + query_of(whole))


def meant(visit: Visit, queue: Queue, where: str) -> Mapping[str, str] | None:
    """Return the documents that the words in a queue's field for one mean, each with the address of its queue.

    None where it names one as it is, or none at all.
    """
    if not queue.document or queue.document in visit.desk.documents or visit.desk.of_document(queue.document):
        return None
    words = queue.document.casefold().split()
    found = []
    for slug, facts in visit.desk.documents.items():
        text = f"{slug} {facts['title']}".casefold()
        if all(word in text for word in words):
            found.append(slug)
    return {slug: where + query_of(replace(queue, document=slug)) for slug in found[:MEANT]}


def show(
    visit: Visit, chosen: Queue, *, page: int = 1, said: str = "", named: Mapping[str, str] | None = None
) -> Response:
    """Show a page of a queue; `said` names what was done before (`item.SAID`), `named` are documents to choose from."""
    visit.desk.order_anew()
    items = visit.desk.items(chosen)
    last = max(1, -(-len(items) // PAGE))
    page = min(max(page, 1), last)
    told = gettext(SAID.get(said, ""))
    if told and said not in STAYS:
        end = (
            ngettext(
                "That was the end of this queue; one of it is still here.",
                "That was the end of this queue; %(count)s of it are still here.",
                len(items),
            )
            if items
            else gettext("That was the last one of this queue.")
        )
        told += f" {end}"
    shown = sorted(progress(visit), key=_asks_for)
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
        share=own_share(visit),
        anyone=ANYONE,
        shown_as={kind: "/" + query_of(replace(chosen, show=cast(Show, kind))) for kind in SHOWS},
        progress=shown[:LISTED],
        unlisted=max(0, len(shown) - LISTED),
        named=named,
        reviewers=visit.desk.reviewers(),
        documents=visit.desk.documents,
        labels=visit.site.labels(chosen.kind),
        said=told,
    )


def counts(visit: Visit, chosen: Queue) -> dict[str, int]:
    """Return how many items each kind of queue has with the other filters as they are."""
    visit.desk.count(replace(chosen, show="all", order="text"))  # first, for others are told from it
    return {kind: visit.desk.count(replace(chosen, show=cast(Show, kind), order="text")) for kind in SHOWS}


def _asks_for(one: Mapping[str, Any]) -> tuple[bool, int]:
    """Documents with something to settle come first, then those with most to decide."""
    return (not (one["conflict"] or one["lost"]), one["done"] - one["total"])


def progress(visit: Visit) -> list[dict[str, object]]:
    """Return for each document how many references there are, how many are decided, and of what kind."""
    out = []
    for slug, counted in visit.desk.progress().items():
        facts = visit.desk.documents.get(slug)
        done = counted["total"] - counted["machine"] - counted["conflict"] - counted["lost"]
        told = {"total": counted["total"], "conflict": counted["conflict"], "lost": counted["lost"], "done": done}
        out.append({"document": slug, "title": facts["title"] if facts else slug, **told})
    return out
