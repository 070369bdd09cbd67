"""What there is to review, one by one, and the queues in which it is worked through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from extractors.model import Reference
from pipeline.review.assignments import ANYONE
from pipeline.review.attachment import State
from pipeline.review.decision import Decision, FactRow, Kind
from pipeline.review.standing import Standing

Show = Literal["open", "conflict", "new", "doubtful", "unsure", "flagged", "noted", "lost", "decided", "all"]
Order = Literal["text", "doubt"]
QueueKind = Kind | Literal["all"]
SHOWS: Mapping[str, str] = {
    "open": "To decide",
    "conflict": "Conflicts",
    "new": "New since the last run",
    "doubtful": "Doubtful words",
    "unsure": "Unsure",
    "flagged": "Flagged",
    "noted": "With notes",
    "lost": "No longer attached",
    "decided": "Decided",
    "all": "All",
}
"""The queues; `open` is what the machine found and nobody decided on or was unsure of, `lost` what was reset or orphaned."""
ORDERS: Mapping[str, str] = {"text": "As they are read", "doubt": "The most doubtful first"}


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
        return self.facts is not None and self.facts.facts.get("answer") == "not stated"

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
        marks = self.standing.marks if self.standing is not None else ()
        return any(mark.action == action and by in ("", mark.by) for mark in marks)

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
        row = item.row
        return (
            self.kind in ("all", item.kind)
            and (item.is_left_to(self.assigned, is_shared=is_shared) if self._is_own else IN_QUEUE[self.show](item))
            and self.document in ("", row.document)
            and self.category in ("", row.category, row.category.partition(".")[0])
            and self.method in ("", row.method)
            and self.status in ("", row.status)
            and self.rule in ("", row.rule.partition("/")[0])
            and (self.below is None or row.score < self.below)
            and (not self.by or (item.standing is not None and self.by in item.standing.reviewers))
            and (not self.without or not item.is_handled(self.without))
            and (not self.words or self._said(row))
        )

    @property
    def _is_own(self) -> bool:
        return self.show == "open" and self.assigned not in ("", ANYONE)

    def _said(self, row: Reference) -> bool:
        text = f"{row.wording}\n{row.canonical}\n{row.quote}".casefold()
        return all(word in text for word in self.words.casefold().split())


IN_QUEUE: Mapping[str, Callable[[Item], bool]] = {
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
