"""What there is to review, one by one, and the queues in which it is worked through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from extractors.model import Reference
from pipeline.review.assignments import ANYONE
from pipeline.review.attachment import State
from pipeline.review.decision import Decision, FactRow, Kind
from pipeline.review.standing import Standing
from pipeline.translation import gettext_noop

Show = Literal["open", "conflict", "new", "doubtful", "unsure", "flagged", "noted", "lost", "decided", "all"]
Order = Literal["text", "doubt"]
QueueKind = Kind | Literal["all"]
SHOWS: Mapping[str, str] = {
    "open": gettext_noop("To decide"),
    "conflict": gettext_noop("Conflicts"),
    "new": gettext_noop("New since the last run"),
    "doubtful": gettext_noop("Doubtful words"),
    "unsure": gettext_noop("Unsure"),
    "flagged": gettext_noop("Flagged"),
    "noted": gettext_noop("With notes"),
    "lost": gettext_noop("No longer attached"),
    "decided": gettext_noop("Decided"),
    "all": gettext_noop("All"),
}
"""The queues; `open` is what the machine found and nobody decided on or was unsure of, `lost` what was reset or orphaned."""
ORDERS: Mapping[str, str] = {"text": gettext_noop("As they are read"), "doubt": gettext_noop("The most doubtful first")}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at: `row` as the tables show it (columns of `references.csv`), `machine` as it was found.

    `machine` is None for what only people found or what is found no more. `is_new` tells that the last run gained it,
    `is_doubtful` that it is too unlike its wording to count unless someone accepts it. What is no reference has its
    fields in `facts`, as shown, and `found`, as the machine has them; `row` and `machine` say the same in the columns of
    a reference (`pipeline.review.shown`).
    """

    position: int
    row: Reference
    machine: Reference | None
    standing: Standing | None = None
    state: State | None = None
    is_new: bool = False
    is_doubtful: bool = False
    facts: FactRow | None = None
    found: FactRow | None = None

    @property
    def kind(self) -> Kind:
        return self.facts.kind if self.facts is not None else "reference"

    @property
    def as_found(self) -> Item:
        """The item as it was before anybody corrected it."""
        return replace(self, row=self.machine or self.row, facts=self.found or self.facts)

    @property
    def says_nothing(self) -> bool:
        """Whether it tells only that nothing is stated."""
        return self.facts is not None and ("answer", "not stated") in self.facts.facts.items

    @property
    def reference_id(self) -> str:
        return self.row.reference_id

    @property
    def status(self) -> str:
        return self.row.status

    @property
    def has_conflict(self) -> bool:
        return self.standing is not None and self.standing.has_conflict

    @property
    def is_lost(self) -> bool:
        return self.state in ("reset", "orphaned")

    @property
    def is_open(self) -> bool:
        """Nobody's word counts for it: not decided yet, or in conflict, or reset."""
        return self.status == "machine" and not self.is_lost

    @property
    def notes(self) -> tuple[Decision, ...]:
        """What was said in words about it, with a verdict or without."""
        if self.standing is None:
            return ()
        said = zip(self.standing.decisions, self.standing.fates, strict=True)
        return tuple(decision for decision, fate in said if decision.comment and fate not in ("undone", "undo"))

    def has_mark(self, action: str, by: str = "") -> bool:
        """Tell whether a mark stands, of anybody or of one analyst."""
        if self.standing is None:
            return False
        return any(mark.action == action and by in ("", mark.by) for mark in self.standing.marks)

    @property
    def is_unsure(self) -> bool:
        return self.is_open and not self.has_conflict and self.has_mark("unsure")

    def is_left_to(self, by: str, *, is_shared: bool) -> bool:
        """Tell whether an analyst to whom it is assigned still has to decide: what another has said ends it only where it
        is nobody else's to say, or settles it."""
        if self.standing is not None and (by in self.standing.reviewers or self.has_mark("unsure", by)):
            return False
        if self.is_doubtful or self.is_lost or self.says_nothing:
            return False
        is_settled = self.standing is not None and any(one.adjudicates for one in self.standing.verdicts)
        return IN_QUEUE["open"](self) or (is_shared and not is_settled)

    def is_handled(self, by: str) -> bool:
        """Tell whether an analyst has decided on it, skipped it, or was unsure."""
        return self.standing is not None and (
            by in self.standing.reviewers or self.has_mark("skip", by) or self.has_mark("unsure", by)
        )


@dataclass(frozen=True, slots=True)
class Queue:
    """Which items, and in which order: every field that is set narrows it down. `by` is an analyst, `without` one who has
    neither decided on them nor passed them by, `assigned` one who is to code them; `words` stand in wording, quote or
    canonical name, `below` is a score, `rule` the lexicon entry that found it, `search` a search in the text: the items of the
    paragraphs that it finds. A queue holds items of one kind, or of all."""

    show: Show = "open"
    document: str = ""
    category: str = ""
    method: str = ""
    status: str = ""
    by: str = ""
    words: str = ""
    below: float | None = None
    rule: str = ""
    without: str = ""
    search: str = ""
    order: Order = "text"
    kind: QueueKind = "reference"
    assigned: str = ""

    def holds(self, item: Item, *, is_shared: bool = False) -> bool:
        """Tell whether an item belongs to this queue; whose it is, and what a search finds, the desk knows.

        `is_shared` tells that it is assigned to another one, too: then it is to decide until both have.
        """
        is_own = self.is_own
        is_shown = item.is_left_to(self.assigned, is_shared=is_shared) if is_own else IN_QUEUE[self.show](item)
        return self.kind in ("all", item.kind) and is_shown and self.narrows(item)

    @property
    def is_assigned(self) -> bool:
        """Whether it holds what one analyst is to code."""
        return self.assigned not in ("", ANYONE)

    @property
    def is_wide(self) -> bool:
        """Whether nothing narrows it down: it has all items of its kind that it shows."""
        return not (self.is_assigned or self.search or narrowing(self))

    def narrows(self, item: Item) -> bool:
        """Tell whether an item has what narrows this queue down, whichever items it shows."""
        return all(holds(item) for holds in narrowing(self))

    @property
    def is_own(self) -> bool:
        """Whether it is what one analyst has to decide: of what is shared also what another one decided."""
        return self.show == "open" and self.is_assigned


@lru_cache(maxsize=256)
def narrowing(queue: Queue) -> tuple[Callable[[Item], bool], ...]:
    """Return what an item must have to be in a queue, one test for each field that narrows it down; () where none does."""
    below, called = queue.below, tuple(queue.words.casefold().split())
    tests: tuple[tuple[object, Callable[[Item], bool]], ...] = (
        (queue.document, lambda item: item.row.document == queue.document),
        (queue.category, lambda item: queue.category in (item.row.category, item.row.category.partition(".")[0])),
        (queue.method, lambda item: item.row.method == queue.method),
        (queue.status, lambda item: item.row.status == queue.status),
        (queue.rule, lambda item: item.row.rule.partition("/")[0] == queue.rule),
        (below is not None, lambda item: below is not None and item.row.score < below),
        (queue.by, lambda item: item.standing is not None and queue.by in item.standing.reviewers),
        (queue.without, lambda item: not item.is_handled(queue.without)),
        (called, lambda item: _says(item.row, called)),
    )
    return tuple(holds for is_asked, holds in tests if is_asked)


def _says(row: Reference, words: tuple[str, ...]) -> bool:
    called = row.wording.casefold()
    if all(word in called for word in words):
        return True
    text = f"{called}\n{row.canonical}\n{row.quote}".casefold()
    return all(word in text for word in words)


def shows_of(item: Item) -> Iterator[Show]:
    """Yield the queues that show an item where nothing narrows them down."""
    if item.standing is None and item.state is None and not item.is_doubtful:  # most by far: nobody spoke of them
        yield from ("all", "new") if item.is_new else ("all",)
        if item.is_open and not item.says_nothing:
            yield "open"
        return
    yield from (show for show, holds in IN_QUEUE.items() if holds(item))


IN_QUEUE: Mapping[Show, Callable[[Item], bool]] = {
    "open": lambda item: item.is_open and not (item.is_doubtful or item.is_unsure or item.says_nothing),
    "decided": lambda item: item.standing is not None and bool(item.standing.verdicts),
    "conflict": lambda item: item.has_conflict,
    "new": lambda item: item.is_new,
    "doubtful": lambda item: item.is_doubtful and item.is_open,
    "unsure": lambda item: item.is_unsure,
    "flagged": lambda item: item.has_mark("flag"),
    "noted": lambda item: bool(item.notes),
    "lost": lambda item: item.is_lost,
    "all": lambda item: not item.is_doubtful or not item.is_open,
}
