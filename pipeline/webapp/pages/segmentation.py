"""How a document is cut: paragraphs that an analyst merges, splits or gives another number, looked at before it is saved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from extractors.model import Paragraph
from pipeline.errors import GcmrefsError
from pipeline.review.cuts import find_orphans
from pipeline.review.decision import Decision
from pipeline.review.segmentation import KIND, OPERATIONS, corrections_of, decide_correction, preview
from pipeline.review.standing import Standing, standings
from pipeline.segment.correction import Operation, correct_paragraphs, place_before
from pipeline.translation import gettext
from pipeline.webapp import view
from pipeline.webapp.pages.facts import OUT_OF_DATE, decisions_about, document_of, home
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
PLACES = 12
"""Places of a paragraph that are offered for a split."""
_PLACE = re.compile(r"(?<=[.;:!?؟؛…])\s+(?=\S)|\s(?=\(\w{1,4}\)\s|\d{1,3}[.)]\s)")
"""Ends of sentences and of clauses, and marks of points inside a line."""


@dataclass(frozen=True, slots=True)
class CutDecision:
    """What was said of one cut: `state` is made, waiting (for a run), conflict, lost, left (as the machine cuts it), or
    back (taken back, which waits for a run, too)."""

    standing: Standing
    state: str

    @property
    def decision(self) -> Decision:
        return (self.standing.verdicts or self.standing.decisions)[-1]


@dataclass(frozen=True, slots=True)
class SplitPlace:
    """A place where a paragraph can be split: the offset, and the words there."""

    start: int
    words: str


def cut_decisions(visit: Visit, slug: str) -> list[CutDecision]:
    """What analysts said of how a document is cut, and what became of it."""
    decisions = [one for one in decisions_about(visit, slug) if one.kind == KIND]
    gone, made = find_orphans(decisions, visit.desk.documents), _made(visit, slug)
    out = []
    for name, stood in standings(decisions).items():
        if not (name in visit.desk.spoken_of or name in made or stood.has_conflict):
            continue  # said of another copy, which is cut otherwise
        if not stood.verdicts:
            out += [CutDecision(stood, "back")] if name in made else []
            continue
        is_left = stood.deciding is not None and stood.deciding.action == "reject"
        waits = (name in made) == is_left if name not in gone else False
        state = "conflict" if stood.has_conflict else "waiting" if waits else "left" if is_left else "made"
        out.append(CutDecision(stood, "lost" if name in gone and state == "made" else state))
    return out


def _made(visit: Visit, slug: str) -> set[str]:
    """The corrections that the last run made."""
    said = document_of(visit, slug).get("said")
    return set(said.get("corrected", ())) if isinstance(said, dict) else set()


def paragraphs_ahead(visit: Visit, slug: str) -> Sequence[Paragraph]:
    """The paragraphs as the next run will cut them, as far as the last one tells: with the corrections that wait for it."""
    row, known = document_of(visit, slug), visit.desk.passages(slug).paragraphs
    done = _made(visit, slug) | find_orphans(decisions_about(visit, slug), visit.desk.documents)
    waiting = [one for one in corrections_of(decisions_about(visit, slug)).get(slug, ()) if one.name not in done]
    return correct_paragraphs(known, waiting, language=str(row.get("language") or "")).paragraphs if waiting else known


def split_places(text: str) -> list[SplitPlace]:
    """Where a paragraph is most likely to be split.

    >>> [place.words for place in split_places("We met. We agree: (a) To walk; (b) To rest.")]
    ['We agree: (a) To walk; (b)', '(a) To walk; (b) To rest.', '(b) To rest.']
    """
    starts = sorted({match.end() for match in _PLACE.finditer(text)} - {0})[:PLACES]
    return [SplitPlace(start, " ".join(text[start:].split()[:6])) for start in starts]


@router.get("/document/{slug}/cut")
def show_cut(visit: Visiting, slug: str) -> Response:
    """Show the forms of a paragraph, or, with an `operation`, what it would make."""
    visit.site.refresh()
    return _page(visit, slug, dict(visit.request.query_params))


def _page(visit: Visit, slug: str, asked: dict[str, str], *, problem: str = "", status: int = 200) -> Response:
    row, paragraphs = document_of(visit, slug), paragraphs_ahead(visit, slug)
    place = next(
        (n for n, p in enumerate(paragraphs) if p.id == asked.get("paragraph") and p.kind != "furniture"), None
    )
    if place is None:
        raise HTTPException(
            404,
            gettext("The next run will have no such paragraph: what was said of it waits on the page of its document."),
        )
    before, shown = place_before(paragraphs, place), None
    own = paragraphs[place]
    if asked.get("operation") in OPERATIONS and not problem:
        try:
            shown = preview(
                paragraphs, _decision(visit, slug, paragraphs, asked), language=str(row.get("language") or "")
            )
        except GcmrefsError as error:
            problem, status = str(error), 422
    return visit.page(
        "document_cut.html",
        status=status,
        here="documents",
        slug=slug,
        home=home(slug),
        facts=row,
        paragraph=own,
        before=paragraphs[before] if before is not None else None,
        places=split_places(own.text),
        shown=shown,
        asked=asked,
        problem=problem,
    )


def _decision(visit: Visit, slug: str, paragraphs: Sequence[Paragraph], asked: dict[str, str]) -> Decision:
    own = next((p for p in paragraphs if p.id == asked.get("paragraph")), None)
    operation: Operation | None = next((one for one in OPERATIONS if one == asked.get("operation")), None)
    if own is None or operation is None:
        raise GcmrefsError(gettext("Say what is to be done with the paragraph."))
    return decide_correction(
        slug,
        paragraphs,
        own.id,
        operation,
        by=visit.reviewer,
        start=_start(own.text, asked) if operation == "split" else 0,
        number=asked.get("number", ""),
        comment=asked.get("comment", ""),
        origin="web",
    )


def _start(text: str, asked: dict[str, str]) -> int:
    """Where the second part begins: at the words that were typed, else at the place that was chosen."""
    words = asked.get("words", "").split()
    if words:
        places = [match.start() for match in re.finditer(r"\s+".join(map(re.escape, words)), text)]
        if len(places) != 1:
            raise GcmrefsError(
                gettext(
                    "“%(words)s” stands %(n)s times in the paragraph: type more words, as they are printed",
                    words=" ".join(words),
                    n=len(places),
                )
                if places
                else gettext("“%(words)s” does not stand in the paragraph", words=" ".join(words))
            )
        return places[0]
    start = asked.get("start", "")
    return int(start) if start.isdecimal() and len(start) < 9 else 0


@router.post("/document/{slug}/cut")
def save_cut(visit: Visiting, slug: str) -> Response:
    """Save what was looked at; back to the document."""
    form, paragraphs = dict(visit.form), paragraphs_ahead(visit, slug)
    own = next((p for p in paragraphs if p.id == form.get("paragraph")), None)
    if own is not None and view.legible_text(form.get("text", "")).split() != view.legible_text(own.text).split():
        return _page(visit, slug, form, problem=gettext(OUT_OF_DATE), status=409)
    try:
        visit.desk.write([_decision(visit, slug, paragraphs, form)])
    except GcmrefsError as error:
        return _page(visit, slug, form, problem=str(error), status=422)
    return visit.go(home(slug, said="cut") + "#cuts")


@router.post("/document/{slug}/leave")
def leave(visit: Visiting, slug: str) -> Response:
    """Say that the machine cuts the text rightly where somebody corrected it: a conflict, until it is settled."""
    number = visit.form.get("decision", "")
    found = (one.decision for one in cut_decisions(visit, slug))
    line = next((one for one in found if str(one.decision_id) == number), None)
    if line is None:
        raise HTTPException(404)
    said = replace(line, action="reject", human=None, by=visit.reviewer, adjudicates=False, comment="", origin="web")
    visit.desk.write([replace(said, decision_id=0, at="")])
    return visit.go(home(slug, said="conflict") + "#cuts")
