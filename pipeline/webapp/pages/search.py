"""Search over the text of all documents."""

from __future__ import annotations

import threading
from contextlib import suppress
from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi import APIRouter
from fastapi.responses import Response

from pipeline.errors import GcmrefsError
from pipeline.review.items import Queue
from pipeline.webapp.pages.document import address
from pipeline.webapp.pages.queue import meant
from pipeline.webapp.pictures import page_image
from pipeline.webapp.search import citation, index
from pipeline.webapp.search.query import LONGEST_QUERY
from pipeline.webapp.selection import query_of
from pipeline.webapp.site import ReviewSite
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
PAGE = 30
MOST_PAGES = 1_000
LOOK_SECONDS = 5.0
"""How long after a new run was taken over its texts are indexed at the latest."""


@router.get("/search")
def find(visit: Visiting) -> Response:
    """Show the paragraphs with the words `q`, in one `document` or all."""
    visit.site.refresh()
    params = visit.request.query_params
    query = " ".join(params.get("q", "").split())[:LONGEST_QUERY]
    slug, number = params.get("document", ""), params.get("page", "1")
    named = meant(visit, Queue(document=slug), "")
    if named is not None and len(named) == 1:
        slug, named = next(iter(named)), None
    named = {name: f"/search?{urlencode({'q': query, 'document': name})}" for name in named} if named else named
    slug = slug if slug in visit.desk.documents else ""
    page = min(max(int(number), 1), MOST_PAGES) if number.isdecimal() and len(number) < 7 else 1
    cited = citation.cited_number(query)
    places = _places(visit, cited, slug) if cited else []
    if cited and not cited.is_plain and len(places) == 1:
        return visit.go(address(visit.desk, *places[0]))
    found, problem = index.SearchResult(0, ()), ""
    try:
        found = index.find(visit.site.engine, query, document=slug or None, limit=PAGE, offset=(page - 1) * PAGE)
    except GcmrefsError as error:
        problem = str(error)
    last = min(max(1, -(-found.total // PAGE)), MOST_PAGES)
    hits = [(hit, address(visit.desk, hit.document, hit.paragraph)) for hit in found.hits if _known(visit, hit)]
    return visit.page(
        "search.html",
        status=503 if problem else 200,
        here="search",
        query=query,
        slug=slug,
        total=found.total,
        hits=hits,
        first=(page - 1) * PAGE,
        page=page,
        last=last,
        documents=visit.desk.documents,
        problem=problem,
        params={"q": query, "document": slug},
        places=[(name, paragraph, address(visit.desk, name, paragraph)) for name, paragraph in places],
        deciding=query_of(Queue("all", slug, search=query)) if found.total else "",
        named=named,
    )


def _places(visit: Visit, cited: citation.ParagraphNumber, slug: str) -> list[tuple[str, str]]:
    """The paragraphs with a number, one of each work: the copy that its tables count."""
    found = citation.find_numbered(visit.site.engine, cited, slug)
    found.sort(key=lambda place: not visit.desk.documents.get(place[0], {}).get("preferred"))
    works: dict[str, tuple[str, str]] = {}
    for name, paragraph in found:
        if name in visit.desk.documents:
            works.setdefault(visit.desk.work_of(name), (name, paragraph))
    return list(works.values())


def _known(visit: Visiting, hit: index.SearchHit) -> bool:
    return hit.document in visit.desk.documents


class Warming(threading.Thread):
    """Gets ready beside the server what would make the first visitor wait: page pictures, and the index of words.

    The index is brought up to date again after a new run was taken over. What fails here is tried again when somebody
    asks for it, and told then.
    """

    def __init__(self, site: ReviewSite) -> None:
        super().__init__(name="warming", daemon=True)
        self._site, self._ended = site, threading.Event()

    def run(self) -> None:
        with suppress(OSError, GcmrefsError):
            page_image.warm()
        indexed = ""
        while not self._ended.is_set():
            run_id = str(self._site.desk.run.get("run_id", ""))
            if run_id != indexed and self._refreshed():
                indexed = run_id
            self._ended.wait(LOOK_SECONDS)

    def end(self) -> None:
        """Stop at the next opportunity; what is being indexed is finished or rolled back by the store."""
        self._ended.set()
        self.join(timeout=10)

    def _refreshed(self) -> bool:
        try:
            index.refresh(self._site.engine)
        except (GcmrefsError, sa.exc.SQLAlchemyError):
            return False
        return True
