"""What analysts decided, taken as truth: how often what the machine found was right, by category, lexicon entry and document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.evaluate.figures import Figure, figure, grouped
from pipeline.evaluate.judgement import Judgement, Verdict
from pipeline.review.desk import Desk
from pipeline.review.items import Item, Queue

_VERDICTS: dict[str, tuple[Verdict, ...]] = {
    "accepted": ("right",),
    "rejected": ("spurious",),
    "edited": ("spurious", "missed"),
    "added": ("missed",),
}
"""Standing of a reference -> how it counts: what was corrected was found wrongly, and the right one was not."""


@dataclass(frozen=True, slots=True)
class DecisionFigures:
    """The figures of what was decided: `all`, and by group; `reviewers` said so, `undecided` references do not count."""

    all: Figure | None
    groups: tuple[Figure, ...]
    reviewers: tuple[str, ...]
    decided: int
    undecided: int

    @property
    def warning(self) -> str:
        """What a reader has to know of these figures."""
        return (
            f"Truth is what {', '.join(self.reviewers) or 'nobody'} decided, {self.decided} in all; "
            f"what is undecided, {self.undecided}, does not count. Recall knows only the misses that somebody added, so it is the "
            "most that it can be."
        )


def judge_decisions(desk: Desk) -> DecisionFigures:
    """Return the figures of the references that analysts agree about; those in conflict and undecided ones do not count."""
    items = desk.items(Queue("decided"))
    rows = [row for item in items for row in _judged(item)]
    rules = {item.reference_id: item.machine.rule.partition("/")[0] for item in items if item.machine}
    by: dict[str, Callable[[Judgement], str]] = {
        "category": lambda row: row.group,
        "entry": lambda row: rules.get(row.reference_ids[0], ""),
        "document": lambda row: row.document,
        "language": lambda row: row.language,
    }
    decided = {row.reference_ids[0] for row in rows}
    names = {by for item in items if item.standing for by in item.standing.reviewers}
    return DecisionFigures(
        figure(rows) if rows else None,
        tuple(one for name, key in by.items() for one in grouped(rows, name, key)),
        tuple(sorted(names)),
        len(decided),
        len(desk.items(Queue("open"))),
    )


def _judged(item: Item) -> Iterator[Judgement]:
    """An item as rows; one whose decision came to nothing says nothing."""
    if item.has_conflict or item.is_lost:
        return
    for verdict in _VERDICTS.get(item.status, ()):
        row = item.machine if verdict == "spurious" and item.machine is not None else item.row
        yield Judgement(
            what="references",
            matching="decision",
            verdict=verdict,
            document=row.document,
            language=row.language,
            paragraph=row.paragraph,
            group=row.category,
            wording=row.wording,
            reference_ids=(item.reference_id,),
        )
