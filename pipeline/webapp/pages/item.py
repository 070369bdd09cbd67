"""One reference: its words in the paragraph and on the page, why it was found, what was said of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from extractors.model import SEARCHED_KINDS, Paragraph, Reference
from extractors.text.identity import make_identity
from pipeline.errors import GcmrefsError
from pipeline.review.attachment import Passages, nearest
from pipeline.review.decision import Decision, FactRow, Facts, Value, value_of
from pipeline.review.items import SHOWS, Item, Queue
from pipeline.review.kinds import DECIDABLE
from pipeline.review.ledger import fold_name
from pipeline.review.shown import evidence_of
from pipeline.review.standing import Standing
from pipeline.segment.citation import cite_paragraph
from pipeline.tables.columns import label_column
from pipeline.tables.footnotes import footnote
from pipeline.tables.records import document_rows
from pipeline.translation import gettext, gettext_noop
from pipeline.webapp import view
from pipeline.webapp.pictures.page_image import parse_regions
from pipeline.webapp.selection import query_of, queue_of
from pipeline.webapp.view import Span
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
NEIGHBOUR = 500
"""Characters that are shown of the paragraphs before and after."""
_CALLED = 200
"""Characters of the name of what comes next that are read out."""
PAGES = 3
"""Page pictures beside one reference: words seldom run over more than two."""
SAID: Mapping[str, str] = {
    "accept": gettext_noop("Accepted."),
    "reject": gettext_noop("Rejected."),
    "edit": gettext_noop("Corrected."),
    "add": gettext_noop("Added."),
    "comment": gettext_noop("Note saved."),
    "undo": gettext_noop("Taken back."),
    "settle": gettext_noop("Settled."),
    "group": gettext_noop("All of them are decided; Undo takes them back together."),
    "conflict": gettext_noop("Noted, but nothing is settled by it: analysts say different things."),
    "unsure": gettext_noop("Left to others, under “Unsure”."),
    "skip": gettext_noop("Skipped."),
    "flag": gettext_noop("Flagged."),
    "unflag": gettext_noop("Flagged no more."),
    "facts": gettext_noop("Saved. The tables show it after the next run."),
    "unchanged": gettext_noop("Nothing was changed."),
    "cut": gettext_noop("Saved. The text is cut so by the next run."),
    "assigned": gettext_noop("Assigned. Whoever has a share finds it in the queue."),
    "closed": gettext_noop("Closed: nothing is hidden any more."),
    "nothing": gettext_noop("There is nothing of yours to take back."),
}
"""What is told after an action; an address names it by its key, so that no address can make the page say anything."""
STAYS = frozenset({"comment", "undo", "flag", "unflag"})
"""Actions after which the reference that they were about is shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of an item stand: their paragraph, offsets into its text, and what is around it."""

    paragraph: Paragraph
    start: int
    end: int
    before: Paragraph | None
    after: Paragraph | None

    @property
    def words(self) -> list[tuple[int, int]]:
        return view.words(self.paragraph.text)

    @property
    def first(self) -> int:
        """Number (from 1) of the word in which the wording begins."""
        return next((n for n, (_, end) in enumerate(self.words, 1) if end > self.start), 1)

    @property
    def last(self) -> int:
        """Number of the word in which it ends."""
        return max((n for n, (start, _) in enumerate(self.words, 1) if start < self.end), default=1)

    @property
    def steps(self) -> str:
        """The places of all words as scripts count them: `0-3 4-9`."""
        text = self.paragraph.text
        if text.isascii() or max(text) <= "\uffff":
            return " ".join(f"{start}-{end}" for start, end in self.words)
        return " ".join(f"{view.units(text, start)}-{view.units(text, end)}" for start, end in self.words)


@dataclass(frozen=True, slots=True)
class Way:
    """Where an item stands in a queue: `number` of `total` (0 when it is not in it), and its neighbours there."""

    number: int
    total: int
    previous: Item | None
    next: Item | None


def item_of(visit: Visit, reference_id: str) -> Item:
    """Return an item. Raises a 404 when there is none."""
    try:
        return visit.desk.item(reference_id)
    except GcmrefsError:
        raise HTTPException(404) from None


def way(visit: Visit, item: Item, queue: Queue) -> Way:
    """Find an item's neighbours in a queue, whether it is in the queue itself or was decided on and left it.

    Backwards from what is to decide leads also to what was just decided, so that nobody has to look for it.
    """
    back = replace(queue, show="all") if queue.show == "open" else queue
    wide = visit.desk.items(back)
    items = visit.desk.items(queue) if back is not queue else wide
    key = visit.desk.place_in(queue)
    at = bisect_left(items, key(item), key=key)
    inside = at < len(items) and items[at].position == item.position
    after, before = at + 1 if inside else at, bisect_left(wide, key(item), key=key)
    return Way(
        number=at + 1 if inside else 0,
        total=len(items),
        previous=wide[before - 1] if before else None,
        next=items[after] if after < len(items) else None,
    )


def place(item: Item, passages: Passages) -> Place | None:
    """Find the words of an item in its document, None when they no longer stand there."""
    located = passages.locate(value_of(item.row)) if item.facts is None else _shown_place(item, item.facts, passages)
    if located is None:
        return None
    paragraph, start, end = located
    body = [p for p in passages.paragraphs if p.kind in SEARCHED_KINDS]
    at = next(n for n, p in enumerate(body) if p is paragraph)
    before, after = (body[n] if 0 <= n < len(body) else None for n in (at - 1, at + 1))
    return Place(paragraph, start, end, before, after)


def _shown_place(item: Item, row: FactRow, passages: Passages) -> tuple[Paragraph, int, int] | None:
    """Where the words stand that show a row that is no reference; its paragraph as a whole where they are not found."""
    words = evidence_of(row)
    located = passages.locate(Value(row.paragraph, "", words, 0, 1)) if words else None
    held = (p for p in passages.paragraphs if p.paragraph == row.paragraph and p.kind in SEARCHED_KINDS)
    first = next(held, None)
    return located or (None if first is None else (first, 0, 0))


def spans(visit: Visit, item: Item, at: Place) -> list[Span]:
    """What is marked in the paragraph: the wording, where it stands again, and faintly what else was found there."""
    text, wording = at.paragraph.text, item.row.wording
    out = [Span(at.start, at.end, "wording")] if at.end else []
    if item.facts is None:
        out += [Span(*again, "again") for again in view.places_of(text, wording) if again != (at.start, at.end)]
    for other in visit.desk.of_document(item.row.document):
        row = other.row
        same = row.paragraph_row == at.paragraph.id and other.reference_id != item.reference_id
        if same and other.status != "rejected" and not other.is_lost and not (other.is_doubtful and other.is_open):
            out.append(Span(row.start, row.end, "also"))
    return out


def pages(visit: Visit, item: Item) -> list[int]:
    """Return the numbers of the pages that show the words, none where the document has no pages to show."""
    facts = visit.desk.documents.get(item.row.document)
    if facts is None or facts["format"] != "pdf":
        return []
    if item.facts is not None and not item.row.page:
        at = place(item, visit.desk.passages(item.row.document))
        return [at.paragraph.page] if at and at.paragraph.page else []
    numbers = dict.fromkeys(region.page for region in parse_regions(item.row.regions))
    return list(numbers)[:PAGES] or ([item.row.page] if item.row.page else [])


@router.get("/item/{reference_id}")
def show_item(visit: Visiting, reference_id: str) -> Response:
    """Show a reference, with the forms to decide on it."""
    visit.site.refresh()
    params = visit.request.query_params
    return show(visit, item_of(visit, reference_id), queue_of(params), said=params.get("said", ""))


def show(
    visit: Visit, item: Item, queue: Queue, *, said: str = "", problem: str = "", opened: str = "", status: int = 200
) -> Response:
    """Show a reference of a queue; `said` names what was done (SAID), `problem` what was wrong with the form `opened`."""
    slug = item.row.document
    facts = visit.desk.documents.get(slug, {})
    passages = visit.desk.passages(slug) if facts else Passages(())
    at = place(item, passages)
    query = query_of(queue)
    told = gettext(SAID.get(said, ""))
    if told and said != "nothing":
        called = ", ".join(
            filter(None, (item.row.wording[:_CALLED], item.row.paragraph and cite_paragraph(item.row.paragraph)))
        )
        told += " "
        told += gettext("Now: %(item)s.", item=called) if said in STAYS else gettext("Next: %(item)s.", item=called)
    return visit.page(
        "item.html",
        status=status,
        at=f"/item/{item.reference_id}{query}",
        item=item,
        row=item.row,
        mark=mark(item.row),
        facts=facts,
        footnote=footnote(document_rows([facts])[0], item.row.paragraph, item.row.page) if facts else "",
        place=at,
        marked_pieces=view.pieces(at.paragraph.text, spans(visit, item, at)) if at else [],
        before=_cut(at.before, is_end=True) if at else "",
        after=_cut(at.after) if at else "",
        pages=pages(visit, item),
        tops={region.page: region.top for region in reversed(parse_regions(item.row.regions))},
        version=str(facts.get("sha256", ""))[:12],
        way=way(visit, item, queue),
        queue=queue,
        query=query,
        shows=SHOWS,
        labels=visit.site.labels(item.kind),
        fields=_fields(item),
        reasons=_reasons(item),
        history=list(zip(item.standing.decisions, item.standing.fates, strict=True)) if item.standing else [],
        sides=sides(item),
        may_settle=may_settle(visit, item.standing),
        flagged=item.has_mark("flag", visit.reviewer),
        group_size=visit.desk.count_alike(item),
        nearest=_nearest(visit, item),
        entry=item.row.rule.partition("/")[0] if item.row.extractor != "analyst" else "",
        said=told,
        problem=problem,
        opened=opened,
        typed=visit.form,
    )


@dataclass(frozen=True, slots=True)
class ItemField:
    """A field of what is no reference: its column, what people call it, what it says and what the machine said; whether
    it can be edited, and all that it can say where that is a choice."""

    name: str
    label: str
    text: str
    was: str
    is_edited: bool
    choices: tuple[str, ...] = ()


def _fields(item: Item) -> list[ItemField]:
    """All fields of what is no reference, those that can be edited first; none that are empty and cannot."""
    if item.facts is None:
        return []
    known, shown = DECIDABLE[item.kind], item.facts.facts
    was = item.found.facts if item.found else shown
    pairs = dict((*shown.items, *shown.beside))
    names = [*known.fields, *(name for name in pairs if name not in known.fields and name not in _UNTOLD)]
    found = (
        ItemField(n, label_column(n), pairs.get(n, ""), was.get(n), n in known.fields, known.choices.get(n, ()))
        for n in names
    )
    return [one for one in found if one.text or one.is_edited]


_UNTOLD = frozenset({"document", "paragraph", "citation", "url", "page", "quote", "action", "reasons", "commitment_id"})
"""Columns that the page shows elsewhere, or that are for programs."""


def _reasons(item: Item) -> list[tuple[str, bool]]:
    """What speaks for and against an implied objective, the strongest first; each with whether it speaks for it."""
    told = item.facts.facts.get("reasons") if item.facts is not None else ""
    return [(reason, "-" not in reason.rpartition(" ")[2]) for reason in told.split("; ") if reason]


def mark(row: Reference) -> str:
    """Return what stands for the value that a form was made for: whoever sends it decides on that one and no other."""
    return make_identity(*value_of(row).key)


def may_settle(visit: Visit, stood: Standing | None) -> bool:
    """Tell whether this analyst may settle a conflict: by the setting, else whoever has said nothing of it."""
    if not visit.site.settings.settlers.strip():
        return stood is None or visit.reviewer not in stood.reviewers
    return is_settler(visit)


def is_settler(visit: Visit) -> bool:
    """Tell whether the setting names this reviewer, or anyone."""
    names = {fold_name(name) for name in visit.site.settings.settlers.split(",")}
    return bool({"anyone", fold_name(visit.reviewer)} & names)


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """What one analyst of a conflict says: the decision, its value (None for a rejection), and why."""

    decision: Decision
    value: Value | Facts | None
    reasons: tuple[str, ...]


def sides(item: Item) -> list[ConflictSide]:
    """Return what the analysts of a conflict say, none where there is no conflict."""
    if item.standing is None or not item.has_conflict:
        return []
    notes: dict[str, list[str]] = {}
    for decision in item.standing.comments:
        notes.setdefault(decision.by, []).append(decision.comment)
    return [
        ConflictSide(verdict, verdict.value, tuple(filter(None, (verdict.comment, *notes.get(verdict.by, ())))))
        for verdict in item.standing.verdicts
    ]


def _nearest(visit: Visit, item: Item) -> Reference | None:
    """For a decision that no longer attaches: the reference that is most like it now."""
    verdict = item.standing.deciding if item.standing and item.is_lost else None
    if verdict is None:
        return None
    slug = item.row.document
    return nearest(verdict, [one.row for one in visit.desk.of_document(slug) if one.machine and one is not item])


def _cut(paragraph: Paragraph | None, *, is_end: bool = False) -> str:
    if paragraph is None:
        return ""
    text = " ".join(paragraph.text.split())
    if len(text) <= NEIGHBOUR:
        return text
    return "... " + text[-NEIGHBOUR:].partition(" ")[2] if is_end else text[:NEIGHBOUR].rpartition(" ")[0] + " ..."
