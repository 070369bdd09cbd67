"""Whole documents: every paragraph with what was found in it, and words to select where something was missed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from extractors.model import SEARCHED_KINDS, Paragraph
from extractors.text.normalization import without_accents
from pipeline.errors import GcmrefsError
from pipeline.review.attachment import Passages
from pipeline.review.decision import value_of
from pipeline.review.desk import Desk
from pipeline.review.items import Item, Queue
from pipeline.translation import gettext
from pipeline.webapp import view
from pipeline.webapp.pages.facts import fact_fields
from pipeline.webapp.pages.item import SAID, may_settle
from pipeline.webapp.pages.queue import progress
from pipeline.webapp.pages.segmentation import cut_decisions
from pipeline.webapp.selection import query_of
from pipeline.webapp.view import Span
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
PART = 3_000
"""Paragraphs on one page; only books have more."""
DEEPEST = 3
"""Lines that can be drawn under each other where references overlap."""
HEADINGS = 400
"""Headings in the list of contents."""
LISTED = 100
"""Documents on one page of their list."""


@dataclass(frozen=True, slots=True)
class DrawnReference:
    """One reference at one place: `is_first` is its first piece of all (it carries the anchor), `lift` how far its line
    stands below the text, where others lie inside it."""

    item: Item
    lift: int
    is_first: bool

    @property
    def group(self) -> str:
        return view.group(self.item.row.category)

    @property
    def state(self) -> str:
        return "doubtful" if self.item.is_doubtful else view.state(self.item)


@dataclass(frozen=True, slots=True)
class DrawnRun:
    """A piece of a text that the same references cover: `marks` from the longest to the shortest, which is the link.

    `more` are references that end here and are the shortest nowhere: they get a link of their own.
    """

    text: str
    marks: tuple[DrawnReference, ...] = ()
    more: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnParagraph:
    """One paragraph as it is drawn; `anchor` is "" where another one has it already."""

    paragraph: Paragraph
    anchor: str
    runs: tuple[DrawnRun, ...]

    @property
    def level(self) -> int:
        """Level of a heading on the page, 0 for what is none."""
        return min(1 + max(1, len(self.paragraph.heading_path)), 6) if self.paragraph.kind == "heading" else 0

    @property
    def is_addable(self) -> bool:
        """Tell whether references can stand here: what is no part of the text itself has none."""
        return self.paragraph.kind in SEARCHED_KINDS

    @property
    def follows(self) -> bool:
        """Tell whether it has its number from the paragraph above."""
        return self.paragraph.kind == "continuation"


def anchor(paragraph_id: str) -> str:
    """Return the name of a paragraph's place on the page.

    >>> anchor("17#2"), anchor("H:What we  share")
    ('p-17#2', 'p-H:What_we_share')
    """
    return "p-" + re.sub(r"\s+", "_", view.legible_text(paragraph_id))


def address(desk: Desk, slug: str, paragraph_id: str, *, place: str = "", **told: str) -> str:
    """Return where a paragraph is shown; `place` is another anchor than its own, `told` what the address says besides.

    Its part of the document is named only where there are several.
    """
    paragraphs = desk.passages(slug).paragraphs
    if len(paragraphs) > PART:
        told |= {"at": paragraph_id}
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in told.items())
    return f"/document/{quote(slug, safe='')}{'?' if query else ''}{query}#{quote(place or anchor(paragraph_id))}"


def part_of(paragraphs: Sequence[Paragraph], at: str) -> int:
    """Return the number (from 0) of the part that holds a paragraph, named with or without its suffix; else the first."""
    for name in ("id", "paragraph"):
        for number, paragraph in enumerate(paragraphs):
            if getattr(paragraph, name) == at:
                return number // PART
    return 0


def lines(
    paragraphs: Iterable[Paragraph], passages: Passages, items: Sequence[Item]
) -> tuple[list[DrawnParagraph], list[Item]]:
    """Draw paragraphs with the references in them; what is found in no paragraph of the document comes back besides."""
    spans: dict[str, list[Span]] = {}
    lost = []
    for item in items:
        place = passages.locate(value_of(item.row))
        if place is None:
            lost.append(item)
            continue
        paragraph, start, end = place
        held = spans.setdefault(paragraph.id, [])
        held.append(Span(start, end, "", item))
        if item.row.occurrences > 1:
            again = view.places_of(paragraph.text, item.row.wording)
            held += [Span(*there, "", item, is_main=False) for there in again if there != (start, end)]
    out, used = [], set()
    for paragraph in paragraphs:
        name = anchor(paragraph.id)
        found = spans.get(paragraph.id, ())
        out.append(DrawnParagraph(paragraph, "" if name in used else name, tuple(_runs(paragraph.text, found))))
        used.add(name)
    return out, lost


def _runs(text: str, spans: Sequence[Span]) -> Iterable[DrawnRun]:
    """Cut a text for drawing. Line ends are single characters, as a browser counts them, so that offsets hold."""
    cut = view.pieces(text.replace("\r", " "), sorted(spans, key=lambda s: (s.start - s.end, s.start)))
    inner = {_item(piece.spans[-1]).reference_id for piece in cut if piece.spans}
    begun: set[str] = set()
    for number, piece in enumerate(cut):
        marks = []
        for depth, span in enumerate(piece.spans):
            item = _item(span)
            lift = min(len(piece.spans) - 1 - depth, DEEPEST)
            marks.append(DrawnReference(item, lift, span.is_main and item.reference_id not in begun))
            if span.is_main:
                begun.add(item.reference_id)
        ends = [_item(span) for span in piece.spans if span.is_main and _item(span).reference_id not in inner]
        after: Sequence[Span] = cut[number + 1].spans if number + 1 < len(cut) else ()
        still = {_item(span).reference_id for span in after}
        yield DrawnRun(piece.text, tuple(marks), tuple(one for one in ends if one.reference_id not in still))


def _item(span: Span) -> Item:
    assert span.item is not None
    return span.item


def _known(visit: Visit, slug: str) -> Mapping[str, object]:
    facts = visit.desk.documents.get(slug)
    if facts is None:
        raise HTTPException(404)
    return facts


@router.get("/documents")
def documents(visit: Visiting) -> Response:
    """List the documents of the last run, a page of them, with how far each is decided; `q` are words of title or name."""
    visit.site.refresh()
    params = visit.request.query_params
    query, number = " ".join(params.get("q", "").split()), params.get("page", "1")
    counted = [one for one in progress(visit) if _is_called(f"{one['document']} {one['title']}", query)]
    last = max(1, -(-len(counted) // LISTED))
    page = min(max(int(number), 1), last) if number.isdecimal() and len(number) < 7 else 1
    shown = counted[(page - 1) * LISTED : page * LISTED]
    rows = [one | dict(visit.desk.documents.get(str(one["document"]), {})) for one in shown]
    return visit.page(
        "documents.html",
        here="documents",
        rows=rows,
        known=visit.desk.documents,
        query=query,
        total=len(counted),
        page=page,
        last=last,
        params={"q": query} if query else {},
    )


def _is_called(name: str, words: str) -> bool:
    called = without_accents(name.casefold())
    return all(word in called for word in without_accents(words.casefold()).split())


@router.get("/document/{slug}")
def show_document(visit: Visiting, slug: str) -> Response:
    """Show a document; `at` names the paragraph whose part of a very long one is wanted, `part` its number."""
    visit.site.refresh()
    facts, params = _known(visit, slug), visit.request.query_params
    passages = visit.desk.passages(slug)
    paragraphs = [p for p in passages.paragraphs if p.kind != "furniture"]
    parts = max(1, -(-len(paragraphs) // PART))
    number = params.get("part", "")
    part = int(number) - 1 if number.isdecimal() and len(number) < 7 else part_of(paragraphs, params.get("at", ""))
    part = min(max(part, 0), parts - 1)
    items = visit.desk.of_document(slug)
    drawn, lost = lines(paragraphs[part * PART : (part + 1) * PART], passages, items)
    gone = {item.reference_id for item in lost}
    placed = [item for item in items if item.reference_id not in gone]
    told = [item for item in placed if not item.is_doubtful]
    return visit.page(
        "document.html",
        here="documents",
        slug=slug,
        home=f"/document/{quote(slug, safe='')}",
        query=query_of(Queue("all", document=slug)),
        facts=facts,
        lines=drawn,
        lost=lost,
        headings=[line for line in drawn if line.level and line.anchor][:HEADINGS],
        part=part + 1,
        parts=parts,
        groups=Counter(view.group(item.row.category) for item in told),
        states=Counter(view.state(item) for item in told) + Counter(doubtful=len(placed) - len(told)),
        total=len(told),
        labels=visit.site.categories,
        said=gettext(SAID.get(params.get("said", ""), "")),
        fields=fact_fields(visit, slug),
        cuts=cut_decisions(visit, slug),
        settles=partial(may_settle, visit),
    )


@router.get("/document/{slug}/add")
def adding(visit: Visiting, slug: str) -> Response:
    """Show the plain form that adds a reference to one paragraph, for whom nothing can be selected."""
    return form(visit, slug, visit.request.query_params.get("paragraph", ""))


def refused(visit: Visit, slug: str, paragraph_id: str, error: GcmrefsError) -> Response:
    """Show the form again with what was typed and why it was not taken. Raises the error where there is no such form."""
    try:
        return form(visit, slug, paragraph_id, problem=str(error), status=400)
    except HTTPException:
        raise error from None


def form(visit: Visit, slug: str, paragraph_id: str, *, problem: str = "", status: int = 200) -> Response:
    """Show that form, with what was wrong in it. Raises a 404 for an unknown document or paragraph."""
    facts = _known(visit, slug)
    held = (p for p in visit.desk.passages(slug).paragraphs if p.kind in SEARCHED_KINDS)
    paragraph = next((p for p in held if p.id == paragraph_id), None)
    if paragraph is None:
        raise HTTPException(404)
    return visit.page(
        "document_add.html",
        status=status,
        here="documents",
        slug=slug,
        facts=facts,
        paragraph=paragraph,
        back=address(visit.desk, slug, paragraph.id),
        labels=visit.site.categories,
        problem=problem,
        typed=visit.form,
    )
