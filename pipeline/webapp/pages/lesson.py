"""Teaching the lexicon: from a decision to words that block an entry or a wording it gets, tried before they are written."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from extractors.lexicon.entries import Entry, load_lexicon
from extractors.model import Reference
from pipeline.errors import GcmrefsError
from pipeline.extract.quote import sentences
from pipeline.review.decision import Value, value_of
from pipeline.review.items import Item, Queue
from pipeline.review.lessons import (
    LONGEST,
    LearnedFile,
    Lesson,
    LessonEffect,
    Part,
    draft_lesson,
    measure_lesson,
    suggest_blocking_words,
    suggest_entries,
    write_lesson,
)
from pipeline.review.own_lexicons import find_lexicons, use_lexicons
from pipeline.store import documents
from pipeline.webapp.pages.item import item_of
from pipeline.webapp.selection import query_of, queue_of
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
LISTED = 100
"""References gained or lost that the page lists; the rest is counted."""


@dataclass(frozen=True, slots=True)
class LessonChoice:
    """What the form offers: the lesson as it is filled in, the words to choose from, and the entries."""

    lesson: Lesson
    parts: list[Part]
    words: list[str]
    entries: list[Entry]


@router.get("/lesson/{reference_id}")
def show_lesson(visit: Visiting, reference_id: str) -> Response:
    """Show what could be learned from the decision about a reference."""
    visit.site.refresh()
    return _show(visit, item_of(visit, reference_id))


@router.post("/lesson/{reference_id}")
def teach_lesson(visit: Visiting, reference_id: str) -> Response:
    """Show what a lesson would change (`do=try`), or write it to the lexicons of one's own (`do=write`)."""
    item = item_of(visit, reference_id)
    choice = _choose(visit, item)
    if choice is None:
        return _show(visit, item)
    try:
        drafted = draft_lesson(choice.lesson, find_lexicons(visit.site.settings))
        if visit.form.get("do") == "write":
            write_lesson(drafted)
            use_lexicons(visit.site.settings)
            visit.note("lesson", f"{choice.lesson.entry} {choice.lesson.part}: {choice.lesson.text}")
            return visit.go(f"/lexicon?q={choice.lesson.entry}&learned=1")
        effect = measure_lesson(
            documents.address(visit.site.settings),
            list(visit.desk.documents),
            choice.lesson,
            drafted,
            searched_with=str((visit.desk.run.get("versions") or {}).get("lexicon", "")),
        )
    except GcmrefsError as error:
        return _show(visit, item, problem=f"Nothing was written: {error}.", status=422)
    return _show(visit, item, effect=effect, drafted=drafted)


def _choose(visit: Visit, item: Item) -> LessonChoice | None:
    """What is proposed, with what was filled in; None where nothing can be learned: nobody's word counts, or it was right."""
    verdict = item.standing.deciding if item.standing and not visit.desk.is_hidden(item) else None
    machine = verdict.machine if verdict and isinstance(verdict.machine, Reference) else None
    said = verdict.value if verdict and isinstance(verdict.value, Value) else None
    action = verdict.action if verdict else ""
    is_taught: dict[Part, bool] = {
        "negatives": machine is not None and action in ("reject", "edit"),
        "variants": said is not None and action in ("add", "edit"),
    }
    parts = [part for part, is_wanted in is_taught.items() if is_wanted]
    if verdict is None or not parts:
        return None
    asked = visit.form.get("part") or visit.request.query_params.get("part", "")
    part = next((one for one in parts if one == asked), parts[0])
    value = value_of(machine) if machine and part == "negatives" else said
    if value is None:
        return None
    entries = suggest_entries(value.category, value.canonical)
    found_by = load_lexicon().by_id.get(machine.rule.partition("/")[0]) if machine and part == "negatives" else None
    words, example = _words(visit, item, value, part)
    form = visit.form
    lesson = Lesson(
        entry=form.get("entry") or next((entry.id for entry in ([found_by] if found_by else entries)), ""),
        part=part,
        language=item.row.language,
        text=" ".join(form.get("text", words[0]).split()),
        example=" ".join(form.get("example", example).split()),
        source=f"decision {verdict.decision_id} of {verdict.by}, {verdict.at[:10]}",
    )
    return LessonChoice(lesson, parts, words, [found_by] if found_by else entries)


def _words(visit: Visit, item: Item, value: Value, part: Part) -> tuple[list[str], str]:
    """Words to choose from, the likeliest first, and the sentence that shows them, where it is short."""
    place = visit.desk.passages(item.row.document).locate(value)
    if place is None:
        return [value.wording], ""
    paragraph, start, end = place
    low, high = next((one for one in sentences(paragraph.text) if one[0] <= start < one[1]), (start, end))
    if part == "negatives":
        words = suggest_blocking_words(paragraph.text, start, end, item.row.language) or [value.wording]
        sentence = paragraph.text[low:high]
    else:
        words = [value.wording]
        sentence = f"{paragraph.text[low:start]}[[{paragraph.text[start:end]}]]{paragraph.text[end:high]}"
    sentence = " ".join(sentence.split())
    return words, sentence if len(sentence) <= LONGEST else ""


def _show(
    visit: Visit,
    item: Item,
    *,
    effect: LessonEffect | None = None,
    drafted: LearnedFile | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    query = query_of(queue_of(visit.request.query_params))
    return visit.page(
        "lesson.html",
        status=status,
        item=item,
        row=item.row,
        choice=_choose(visit, item),
        effect=effect,
        drafted=drafted,
        listed=LISTED,
        status_of={one.reference_id: one.status for one in visit.desk.items(Queue("decided"))} if effect else {},
        query=query,
        labels=visit.site.categories,
        problem=problem,
    )
