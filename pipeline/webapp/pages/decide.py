"""What a reviewer does with a reference: each is a form that leads to the next one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Unpack

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from extractors.text.normalization import squash
from pipeline.errors import GcmrefsError
from pipeline.review import ledger
from pipeline.review.answer import Answer, AnswerWords, add_objective, make_addition, make_decision
from pipeline.review.decision import Decision, Facts
from pipeline.review.items import Item, Queue
from pipeline.review.kinds import DECIDABLE
from pipeline.translation import gettext, gettext_noop
from pipeline.webapp.pages import document as document_page
from pipeline.webapp.pages import queue as queue_page
from pipeline.webapp.pages.item import STAYS, item_of, mark, may_settle, place, show, way
from pipeline.webapp.selection import query_of, queue_of
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
CHANGED = gettext_noop("Somebody has corrected this while you looked at it: look again.")
NOT_YOURS = gettext_noop(
    "Somebody else settles this conflict. You can say otherwise than before, which ends it when all agree."
)


@router.post("/item/{reference_id}/accept")
def accept(visit: Visiting, reference_id: str) -> Response:
    """Say that the reference is right as it is shown."""
    return _decide(visit, reference_id, "accept", "note", comment=visit.form.get("comment", ""))


@router.post("/item/{reference_id}/reject")
def reject(visit: Visiting, reference_id: str) -> Response:
    """Say that it is no reference."""
    return _decide(visit, reference_id, "reject", "note", comment=visit.form.get("comment", ""))


@router.post("/item/{reference_id}/category")
def category(visit: Visiting, reference_id: str) -> Response:
    """Give it another category, or another name that it stands for; a few letters of a category are enough."""
    item = item_of(visit, reference_id)
    try:
        chosen = category_of(visit.form.get("category", ""), visit.site.categories)
    except GcmrefsError as error:
        return show(visit, item, _queue(visit), problem=str(error), opened="category", status=422)
    return _decide(visit, reference_id, "edit", "category", category=chosen, canonical=visit.form.get("canonical"))


@router.post("/item/{reference_id}/span")
def span(visit: Visiting, reference_id: str) -> Response:
    """Give it other words of the paragraph: by the numbers of the first and last one, or as text."""
    item = item_of(visit, reference_id)
    try:
        told = words_of(visit, _seen(visit, item) or item)
    except GcmrefsError as error:
        return show(visit, item, _queue(visit), problem=str(error), opened="span", status=422)
    return _decide(visit, reference_id, "edit", "span", **told)


@router.post("/item/{reference_id}/facts")
def facts(visit: Visiting, reference_id: str) -> Response:
    """Give what is no reference other fields; of an objective a few letters of its title are enough."""
    item = item_of(visit, reference_id)
    if item.facts is None:
        raise HTTPException(404)
    values = {name: visit.form[name] for name in DECIDABLE[item.kind].fields if name in visit.form}
    why = visit.form.get("comment", "")
    told: AnswerWords = {"values": values, "comment": why}
    if item.kind == "objective":
        try:
            told = {"category": objective_of(visit, item, values.get("number", "")), "comment": why}
        except GcmrefsError as error:
            return show(visit, item, _queue(visit), problem=str(error), opened="facts", status=422)
    return _decide(visit, reference_id, "edit", "facts", **told)


def objective_of(visit: Visit, item: Item | None, text: str) -> str:
    """Return the objective that somebody means (`objective.7`): a number of the kind at hand, or letters of a title.

    Raises GcmrefsError when it is none, or could be several.
    """
    labels = visit.site.objectives
    kind = item.facts.facts.get("kind") if item is not None and item.facts is not None else "objective"
    own = {name: label for name, label in labels.items() if name.startswith(f"{kind}.")}
    named = f"{kind}.{text.strip().casefold()}"
    if named in own:
        return named
    try:
        return category_of(text, own)
    except GcmrefsError:
        return category_of(text, labels)


@router.post("/item/{reference_id}/comment")
def comment(visit: Visiting, reference_id: str) -> Response:
    """Write a note about it, without a decision."""
    return _decide(visit, reference_id, "comment", "note", comment=visit.form.get("comment", ""))


@router.post("/item/{reference_id}/unsure")
def unsure(visit: Visiting, reference_id: str) -> Response:
    """Leave it to somebody else: it waits in a queue of its own until anybody decides."""
    return _decide(visit, reference_id, "unsure", "note", comment=visit.form.get("comment", ""))


@router.post("/item/{reference_id}/skip")
def skip(visit: Visiting, reference_id: str) -> Response:
    """Go on without a word: it does not come again among what this analyst has not decided."""
    return _decide(visit, reference_id, "skip", "note")


@router.post("/item/{reference_id}/flag")
def flag(visit: Visiting, reference_id: str) -> Response:
    """Flag it as one to talk about, or take one's flag back."""
    item = item_of(visit, reference_id)
    marks = item.standing.marks if item.standing is not None else ()
    own = next((one for one in marks if one.action == "flag" and one.by == visit.reviewer), None)
    if own is None:
        return _decide(visit, reference_id, "flag", "note", comment=visit.form.get("comment", ""))
    ledger.undo(visit.site.engine, own.decision_id, by=visit.reviewer, origin="web")
    visit.desk.refresh()
    return _onward(visit, f"/item/{reference_id}{query_of(_queue(visit))}", item, "unflag")


@router.post("/item/{reference_id}/adjudicate")
def adjudicate(visit: Visiting, reference_id: str) -> Response:
    """Settle a conflict: what one of its sides said counts from now on."""
    item, chosen = item_of(visit, reference_id), visit.form.get("choice", "")
    if not may_settle(visit, item.standing):
        return show(visit, item, _queue(visit), problem=gettext(NOT_YOURS), opened="conflict", status=403)
    verdicts = item.standing.verdicts if item.standing and item.has_conflict else ()
    verdict = next((one for one in verdicts if str(one.decision_id) == chosen), None)
    if verdict is None:
        problem = gettext("Choose which side is right.") if verdicts else gettext("There is no conflict any more.")
        return show(visit, item, _queue(visit), problem=problem, opened="conflict", status=422)
    value = verdict.value
    told: AnswerWords = {"comment": visit.form.get("comment", ""), "adjudicates": True}
    if value is None:
        return _decide(visit, reference_id, "reject", "conflict", **told)
    if isinstance(value, Facts):
        known = dict(value.items)
        if item.kind == "objective":
            told |= {"category": f"{known['kind']}.{known['number']}".rstrip(".")}
        else:
            told |= {"values": {name: known[name] for name in DECIDABLE[item.kind].fields}}
        return _decide(visit, reference_id, "edit", "conflict", **told)
    told |= {"category": value.category, "canonical": value.canonical}
    if squash(value.wording) != squash(item.row.wording):
        told["wording"] = value.wording
    return _decide(visit, reference_id, "edit", "conflict", **told)


@router.post("/item/{reference_id}/undo")
def undo(visit: Visiting, reference_id: str) -> Response:
    """Take back one's own last decision with all that was said in the same step, or the one that is named; show what it
    was about."""
    item, named = item_of(visit, reference_id), visit.form.get("decision", "")
    if named:
        lines = item.standing.decisions if item.standing else ()
        number = next((one.decision_id for one in lines if str(one.decision_id) == named), 0)
    else:
        last = ledger.own_last(visit.site.engine, visit.reviewer)
        if last is None:
            return show(visit, item, _queue(visit), said="nothing")
        number = last.decision_id
    batch = ledger.undo_batch(visit.site.engine, number, by=visit.reviewer) if not named else []
    line = batch[0] if batch else ledger.undo(visit.site.engine, number, by=visit.reviewer, origin="web")
    visit.desk.refresh()
    back = visit.desk.get(line.reference_id)
    if back is None:
        return _onward(visit, f"/{query_of(_queue(visit))}", None, "undo")
    return _onward(visit, f"/item/{back.reference_id}", back, "undo")


@router.post("/document/{slug}/add")
def add(visit: Visiting, slug: str) -> Response:
    """Add a reference: words of a paragraph (`start` and `end`, or `wording`) and a category; then back to the document.

    With a field `to` that says "item" the new reference itself is shown.
    """
    form = visit.form
    if slug not in visit.desk.documents:
        raise HTTPException(404)
    start, end = form.get("start", ""), form.get("end", "")
    numbers = all(text.isdecimal() and len(text) < 9 for text in (start, end))
    selected = (int(start), int(end)) if numbers else None
    try:
        named = added_name(visit, form.get("category", ""))
        decision = (
            _added_objective(visit, slug, named, selected)
            if named in visit.site.objectives
            else make_addition(
                visit.desk,
                slug,
                form.get("paragraph", ""),
                named,
                by=visit.reviewer,
                span=selected,
                wording=form.get("wording", ""),
                canonical=form.get("canonical", ""),
                comment=form.get("comment", ""),
                origin="web",
            )
        )
        written = visit.desk.write([decision])[0]
    except GcmrefsError as error:
        return document_page.refused(visit, slug, form.get("paragraph", ""), error)
    if form.get("to") == "item":
        return _onward(visit, f"/item/{written.reference_id}", visit.desk.item(written.reference_id), written.action)
    anchor = f"r-{written.reference_id}"
    return visit.go(
        document_page.address(visit.desk, slug, form.get("paragraph", ""), place=anchor, said=written.action)
    )


def added_name(visit: Visit, text: str) -> str:
    """Return the category, or else the objective (`objective.7`), that somebody means who adds something to a paragraph."""
    try:
        return category_of(text, visit.site.categories)
    except GcmrefsError as error:
        try:
            return objective_of(visit, None, text)
        except GcmrefsError:
            raise error from None


def _added_objective(visit: Visit, slug: str, named: str, selected: tuple[int, int] | None) -> Decision:
    """The decision that a paragraph takes up an objective, shown by the words that were selected or typed."""
    form = visit.form
    name, wording = form.get("paragraph", ""), form.get("wording", "")
    held = (p for p in visit.desk.passages(slug).paragraphs if p.id == name)
    paragraph = next(held, None)
    if selected is not None and paragraph is not None:
        wording = paragraph.text[selected[0] : selected[1]]
    told = form.get("comment", "")
    return add_objective(visit.desk, slug, name, named, by=visit.reviewer, wording=wording, comment=told, origin="web")


def category_of(text: str, labels: Mapping[str, str]) -> str:
    """Return the category that somebody means: its id, its name, or letters that stand in one of them only.

    A beginning counts more than a place inside. Raises GcmrefsError when it is none, or could be several.

    >>> category_of("dias", {"stakeholder.diasporas": "Diasporas", "stakeholder.media": "Media"})
    'stakeholder.diasporas'
    """
    wanted = " ".join(text.casefold().split())
    names = {
        name: (
            *(name.casefold(), label.casefold(), name.partition(".")[2]),
            gettext(label).casefold(),
        )
        for name, label in labels.items()
    }
    tests: tuple[Callable[[tuple[str, ...]], bool], ...] = (
        lambda told: wanted in told,
        lambda told: any(part.startswith(wanted) for part in told),
        lambda told: any(wanted in part for part in told),
    )
    for test in tests if wanted else ():
        hits = [name for name, told in names.items() if test(told)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            listed = ", ".join(gettext(labels[name]) for name in hits[:6])
            raise GcmrefsError(
                gettext("“%(text)s” could be: %(listed)s. Type a little more.", text=text, listed=listed)
            )
    raise GcmrefsError(gettext("“%(text)s”: no such category.", text=text) if wanted else gettext("Choose a category."))


def words_of(visit: Visit, item: Item) -> AnswerWords:
    """Return what the form of the words asks for: `span` or `wording`, as `verdict.answer` takes them.

    The numbers count when the text is as it was shown, or as it stands there; else the text does. Raises GcmrefsError.
    """
    at = place(item, visit.desk.passages(item.row.document))
    if at is None:
        raise GcmrefsError(gettext("The words no longer stand in the paragraph: add the reference anew."))
    form, words = visit.form, at.words
    typed, numbers = form.get("words", ""), (form.get("first", ""), form.get("last", ""))
    if all(text.isdecimal() and len(text) < 9 for text in numbers):
        first, last = (int(text) for text in numbers)
        if 1 <= first <= last <= len(words):
            start, end = words[first - 1][0], words[last - 1][1]
            if (first, last) == (at.first, at.last):
                start, end = at.start, at.end
            there = squash(at.paragraph.text[start:end])
            if not typed.strip() or squash(typed) in (squash(item.row.wording), there):
                return {"span": (start, end)}
        elif not typed.strip() or squash(typed) == squash(item.row.wording):
            raise GcmrefsError(gettext("The first word comes before the last, and there are %(n)s.", n=len(words)))
    if not typed.strip():
        raise GcmrefsError(gettext("Say which words."))
    return {"wording": typed}


def _queue(visit: Visit) -> Queue:
    return queue_of(visit.request.query_params)


def _decide(visit: Visit, reference_id: str, action: Answer, opened: str, **told: Unpack[AnswerWords]) -> Response:
    """Write a decision and go on to the next reference; what cannot be done is said above the form it came from."""
    item, queue = item_of(visit, reference_id), _queue(visit)
    seen = item if told.get("adjudicates") else _seen(visit, item)
    if seen is None:
        return show(visit, item, queue, problem=gettext(CHANGED), status=409)
    try:
        if action == "accept" and seen.facts is None and place(seen, visit.desk.passages(seen.row.document)) is None:
            raise GcmrefsError(
                gettext("The words no longer stand there: reject it, or add the reference where it stands now.")
            )
        decision = make_decision(visit.desk, seen, action, by=visit.reviewer, origin="web", **told)
        ahead = way(visit, item, queue).next
        written = visit.desk.write([decision])[0]
    except GcmrefsError as error:
        return show(visit, item, queue, problem=str(error), opened=opened, status=422)
    said = _said(visit, written)
    if action in STAYS:
        ahead = item
    where = f"/item/{ahead.reference_id}{query_of(queue)}" if ahead else f"/{query_of(queue)}"
    return _onward(visit, where, ahead, said)


def _seen(visit: Visit, item: Item) -> Item | None:
    """The item as the reviewer saw it, also when somebody has corrected it since: then the two disagree.

    None when it showed a value that is neither the one of now nor the machine's.
    """
    shown = visit.form.get("shown", "")
    if not shown or shown == mark(item.row):
        return item
    return item.as_found if item.machine is not None and shown == mark(item.machine) else None


def _said(visit: Visit, written: Decision) -> str:
    if written.adjudicates:
        return "settle"
    held = visit.desk.get(written.reference_id)
    return "conflict" if held is not None and held.has_conflict and written.is_verdict else written.action


def _onward(visit: Visit, where: str, ahead: Item | None, said: str) -> Response:
    """Show what comes next: at once when a script asked, else by sending the browser there."""
    if not visit.is_enhanced:
        return visit.go(f"{where}{'&' if '?' in where else '?'}said={said}")
    queue = _queue(visit)
    if ahead is None:
        return queue_page.show(visit, queue, said=said)
    return show(visit, visit.desk.item(ahead.reference_id), queue, said=said)
