"""The codebook: what belongs in a category and what does not, by the lexicon's examples and by what was decided so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from extractors.lexicon.categories import load_categories
from extractors.lexicon.entries import load_lexicon
from pipeline.review.agreement import measure_agreement
from pipeline.review.items import Item, Queue
from pipeline.webapp.pages.lexicon import LANGUAGES, example
from pipeline.webapp.pages.people import strength
from pipeline.webapp.visit import Visiting

router = APIRouter()
WORDINGS = 40
"""Wordings of each kind that are shown, those that stand most often first."""
ENTRIES = 12
"""Entries of which a category of many named bodies shows the examples; the lexicon page has all."""


@dataclass(slots=True)
class DecidedWording:
    """A wording on which analysts decided: how often it was kept in this category, how often not, and their notes."""

    wording: str
    kept: int = 0
    dropped: int = 0
    notes: list[str] = field(default_factory=list)


def count_wordings(items: Iterable[Item], category: str) -> list[DecidedWording]:
    """Return the wordings that the machine or an analyst put in a category and that were decided, the most frequent first."""
    out: dict[str, DecidedWording] = {}
    for item in items:
        stood = item.standing
        if stood is None or stood.has_conflict or not stood.verdicts:
            continue
        row = item.machine or item.row
        is_kept = item.row.category == category and item.status != "rejected"
        if category not in (item.row.category, row.category):
            continue
        one = out.setdefault(" ".join(row.wording.casefold().split()), DecidedWording(row.wording))
        one.kept, one.dropped = one.kept + is_kept, one.dropped + (not is_kept)
        one.notes += [
            decision.comment for decision in stood.decisions if decision.comment and decision.comment not in one.notes
        ]
    return sorted(out.values(), key=lambda one: (-one.kept - one.dropped, one.wording))


def told_apart(listed: str) -> str:
    """Say what rows of a category are told apart by in the tables.

    >>> told_apart("name"), told_apart("")
    ('each official name has a row of its own', 'one row for all of it')
    """
    ways = {"wording": "each wording has a row of its own", "name": "each official name has a row of its own"}
    return ways.get(listed, "one row for all of it")


@router.get("/codebook/{category}")
def show_category(visit: Visiting, category: str) -> Response:
    """Show one category: its examples and counter-examples, what was decided, how far analysts agree on it."""
    visit.site.refresh()
    held = load_categories()
    own = next((one for one in held.categories if one.id == category), None)
    if own is None:
        raise HTTPException(404, "There is no such category in the lexicon.")
    lexicon = load_lexicon()
    entries = [entry for entry in lexicon.entries if entry.category == category]
    decided = count_wordings(visit.desk.items(Queue("decided")), category)
    return visit.page(
        "codebook.html",
        here="lexicon",
        own=own,
        section=held.sections[own.section],
        apart=told_apart(own.listed),
        entries=entries[:ENTRIES],
        entry_count=len(entries),
        never=_merged(text for entry in entries for texts in entry.negatives.values() for text in texts),
        found=Counter(item.status for item in visit.desk.items(Queue("all", category=category))),
        kept=[one for one in decided if one.kept >= one.dropped][:WORDINGS],
        dropped=[one for one in decided if one.dropped > one.kept][:WORDINGS],
        agreement=[one for one in measure_agreement(visit.desk.decisions()) if one.category == category],
        strength=strength,
        languages=LANGUAGES,
        labels=visit.site.categories,
        example=example,
    )


def _merged(texts: Iterable[str]) -> Sequence[str]:
    return sorted(dict.fromkeys(texts), key=str.casefold)[:WORDINGS]
