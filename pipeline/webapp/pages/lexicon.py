"""The lexicon as analysts read it: each entry with its wordings, and what it yields in this run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from extractors.lexicon.entries import Entry, load_lexicon
from extractors.lexicon.language import Pair
from extractors.lexicon.words import untag
from pipeline.review.desk import Desk
from pipeline.review.doubt import judged_references
from pipeline.review.items import Queue
from pipeline.translation import LANGUAGE_NAMES, gettext, gettext_noop
from pipeline.webapp import view
from pipeline.webapp.view import CoveredPiece, Span
from pipeline.webapp.visit import Visiting

router = APIRouter()
LONGEST = 200
"""Characters of what is searched."""
_PARTS: Mapping[str, str] = {
    "alone": gettext_noop("enough with one"),
    "qualifiers": gettext_noop("with one of"),
    "not_with": gettext_noop("not beside"),
    "not_among": gettext_noop("not among"),
    "not_before": gettext_noop("not before"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry with where it stands in the files and how many references it yields, doubtful ones apart."""

    entry: Entry
    place: str
    count: int
    doubtful: int
    right: int = 0
    wrong: int = 0

    @property
    def languages(self) -> list[str]:
        entry = self.entry
        held = (entry.variants, entry.pairs, entry.negatives, entry.examples, entry.counter_examples)
        return sorted({language for part in held for language in part}, key=lambda name: (name != "en", name))


def yields(desk: Desk) -> tuple[Counter[str], Counter[str]]:
    """Return how many references of the run each lexicon entry found, and how many doubtful ones, by its id."""
    found, doubtful = Counter[str](), Counter[str]()
    for queue, counted in ((Queue("all"), found), (Queue("doubtful"), doubtful)):
        for item in desk.items(queue):
            if item.row.extractor != "analyst":
                counted[item.row.rule.partition("/")[0]] += 1
    return found, doubtful


def precisions(desk: Desk) -> Mapping[str, Counter[str]]:
    """Return how many references of each lexicon entry analysts found `right`, and `wrong` (rejected or corrected), by id."""
    out: dict[str, Counter[str]] = {}
    for row, is_right in judged_references(desk.items(Queue("decided"))):
        out.setdefault(row.rule.partition("/")[0], Counter())["right" if is_right else "wrong"] += 1
    return out


def written(pair: Pair) -> str:
    """Write an open wording as a line that people read.

    >>> written(Pair(modifiers=("regional", "global"), heads=("forum",), not_before=("paper",)))
    'regional | global + forum (not before: paper)'
    """
    text = " + ".join(" | ".join(words) for words in (pair.modifiers, pair.heads) if words)
    told = [
        f"{gettext(label)}: {', '.join(getattr(pair, name))}" for name, label in _PARTS.items() if getattr(pair, name)
    ]
    told += [gettext("at least %(n)s of the first", n=pair.minimum)] if pair.minimum > 1 else []
    told += [gettext("at least %(n)s of the second", n=pair.heads_minimum)] if pair.heads_minimum > 1 else []
    told += [gettext("only where the text is about migration")] if pair.topic else []
    return f"{text} ({'; '.join(told)})" if told else text


def example(text: str) -> list[CoveredPiece]:
    """Return an example in pieces, what is to be found in it marked.

    >>> [(piece.text, piece.kinds) for piece in example("with [[civil society]]")]
    [('with ', ''), ('civil society', 'wording')]
    """
    plain, spans = untag(text)
    return view.pieces(plain, [Span(*span) for span in spans])


def holds(entry: Entry, words: Sequence[str]) -> bool:
    """Tell whether all words stand in an entry: its id, names, category, wordings or negatives."""
    told = [entry.id, entry.label, entry.category, entry.canonical]
    told += [variant.text for variants in entry.variants.values() for variant in variants]
    told += [written(pair) for pairs in entry.pairs.values() for pair in pairs]
    told += [text for negatives in entry.negatives.values() for text in negatives]
    text = "\n".join(told).casefold()
    return all(word in text for word in words)


@router.get("/lexicon")
def show_lexicon(visit: Visiting) -> Response:
    """Show the entries of the lexicon; `q` are words in them, `idle` leaves those that find nothing here."""
    visit.site.refresh()
    params, held = visit.request.query_params, load_lexicon()
    query = " ".join(params.get("q", "").split())[:LONGEST]
    idle = params.get("idle") == "1"
    found, doubtful = yields(visit.desk)
    decided = precisions(visit.desk)
    grouped: dict[str, list[Shown]] = {name: [] for name in view.GROUPS}
    for entry in held.entries:
        if holds(entry, query.casefold().split()) and not (idle and found[entry.id]):
            said = decided.get(entry.id, Counter())
            place = held.places.get(entry.id, "")
            one = Shown(entry, place, found[entry.id], doubtful[entry.id], said["right"], said["wrong"])
            grouped[view.group(entry.category)].append(one)
    order = list(visit.site.categories)
    for rows in grouped.values():
        rows.sort(key=lambda one: order.index(one.entry.category) if one.entry.category in order else len(order))
    used = str((visit.desk.run.get("versions") or {}).get("lexicon", ""))
    return visit.page(
        "lexicon.html",
        here="lexicon",
        grouped={name: rows for name, rows in grouped.items() if rows},
        total=sum(map(len, grouped.values())),
        entries=len(held.entries),
        idle_count=sum(not found[entry.id] for entry in held.entries),
        version=held.version,
        other_version=used if used and used != held.version else "",
        query=query,
        idle=idle,
        has_learned=params.get("learned") == "1",
        languages=LANGUAGE_NAMES,
        labels=visit.site.categories,
        written=written,
        example=example,
    )
