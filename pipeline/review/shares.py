"""How much each analyst has of an assignment, and how far they are with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from pipeline.review.assignments import CodingAssignment
from pipeline.review.decision import Kind
from pipeline.review.desk import Desk
from pipeline.review.items import Item, Queue
from pipeline.review.kinds import KIND_LABELS


@dataclass(frozen=True, slots=True)
class CoderShare:
    """How much of an assignment one of its people has, and how much of it they have decided; None where that is not shown."""

    name: str
    total: int
    decided: int | None


@dataclass(frozen=True, slots=True)
class AssignmentProgress:
    """An assignment with what each of its people has to do, how much there is in all, and how much of it goes to two."""

    assignment: CodingAssignment
    shares: list[CoderShare]
    total: int
    doubled: int

    @property
    def kinds(self) -> list[str]:
        """What it is about, as people call it; [] for everything."""
        return [KIND_LABELS.get(kind, kind) for kind in self.assignment.kinds]


def count_items(desk: Desk, kinds: Sequence[Kind] = (), documents: Sequence[str] = ()) -> dict[str, int]:
    """Return how much there is to code in each document ("" for rows of none) that is named, of the kinds named; default: all."""
    counted: Counter[str] = Counter()
    for kind in kinds or [cast(Kind, name) for name in KIND_LABELS]:
        counted.update(item.row.document for item in desk.items(Queue("all", kind=kind)))
    wanted = documents or [*desk.documents, ""]
    return {slug: counted[slug] for slug in wanted if slug or counted[slug]}


def measure_progress(items: Sequence[Item], assignment: CodingAssignment, viewer: str = "") -> AssignmentProgress:
    """Count what each coder of an assignment has decided among all items; a blind `viewer` learns only their own figure."""
    total, decided, doubled, every = Counter(dict.fromkeys(assignment.people, 0)), Counter[str](), 0, 0
    for item in items:
        coders = assignment.coders(item.kind, item.row.document, item.reference_id)
        said = {line.by for line in item.standing.decisions if line.is_verdict} if item.standing else set[str]()
        if item.machine is None:  # what one has added, another cannot find before it is shown
            coders = tuple(name for name in coders if name in said)
        every, doubled = every + bool(coders), doubled + (len(coders) > 1)
        total.update(coders)
        decided.update(name for name in coders if name in said)
    is_hidden = assignment.is_blind and viewer in assignment.people
    shares = [CoderShare(n, total[n], None if is_hidden and n != viewer else decided[n]) for n in assignment.people]
    return AssignmentProgress(assignment, shares, every, doubled)
