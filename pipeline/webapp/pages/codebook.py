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
from pipeline.review.items import Item, Queue, QueueKind
from pipeline.review.kinds import DECIDABLE
from pipeline.tables.columns import COLUMNS
from pipeline.translation import LANGUAGE_NAMES, gettext, gettext_noop
from pipeline.webapp.pages.lexicon import example
from pipeline.webapp.pages.people import strength
from pipeline.webapp.visit import Visit, Visiting

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
    ways = {
        "wording": gettext_noop("each wording has a row of its own"),
        "name": gettext_noop("each official name has a row of its own"),
    }
    return ways.get(listed, gettext_noop("one row for all of it"))


@dataclass(frozen=True, slots=True)
class Memo:
    """What a page of the codebook is about: a category, an objective, or a kind of rows, with what its fields mean."""

    id: str
    label: str
    kind: QueueKind
    section: str = ""
    apart: str = ""
    fields: Sequence[tuple[str, str]] = ()


def memo_of(visit: Visit, name: str) -> Memo | None:
    """Return what a name is of which a page of the codebook tells, None for what there is none of."""
    held = load_categories()
    own = next((one for one in held.categories if one.id == name), None)
    if own is not None:
        return Memo(name, own.label, "reference", held.sections[own.section], told_apart(own.listed))
    if name in visit.site.objectives:
        return Memo(name, visit.site.objectives[name], "objective", fields=[COLUMNS["basis"]])
    known = next((one for kind, one in DECIDABLE.items() if kind == name), None)
    if known is None:
        return None
    fields = [COLUMNS[column] for column in known.fields if column in COLUMNS]
    return Memo(name, known.label, known.kind, fields=fields)


@router.get("/codebook/{category}")
def show_category(visit: Visiting, category: str) -> Response:
    """Show one category, or what stands for one: examples and counter-examples, what was decided, how far analysts agree on it."""
    visit.site.refresh()
    own = memo_of(visit, category)
    if own is None:
        raise HTTPException(404, gettext("There is no such category in the lexicon."))
    lexicon = load_lexicon()
    entries = [entry for entry in lexicon.entries if entry.category == category]
    decided = count_wordings(visit.desk.items(Queue("decided", kind=own.kind)), category)
    return visit.page(
        "codebook.html",
        here="lexicon",
        own=own,
        entries=entries[:ENTRIES],
        entry_count=len(entries),
        never=_merged(text for entry in entries for texts in entry.negatives.values() for text in texts),
        found=Counter(item.status for item in visit.desk.items(Queue("all", category=category, kind=own.kind))),
        kept=[one for one in decided if one.kept >= one.dropped][:WORDINGS],
        dropped=[one for one in decided if one.dropped > one.kept][:WORDINGS],
        agreement=[
            one for one in measure_agreement(visit.desk.decisions(), visit.desk.assignments) if one.category == category
        ],
        strength=strength,
        languages=LANGUAGE_NAMES,
        labels=visit.site.labels(own.kind),
        example=example,
    )


def _merged(texts: Iterable[str]) -> Sequence[str]:
    return sorted(dict.fromkeys(texts), key=str.casefold)[:WORDINGS]
