"""Where a reference stands after all that was said about it: whose word counts, and whether analysts disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.review.decision import MARKS, Decision

Fate = Literal["counts", "conflict", "superseded", "settled", "undone", "undo", "comment", "mark"]


@dataclass(frozen=True, slots=True)
class Standing:
    """All decisions about one reference, in order, and what follows from them.

    `verdicts` holds the last open word of each analyst; with more than one outcome among them it is a conflict, and
    nobody's word counts until someone adjudicates. `fates` tells for each line what became of it.
    """

    reference_id: str
    document: str
    decisions: tuple[Decision, ...]
    verdicts: tuple[Decision, ...]
    fates: tuple[Fate, ...]

    @property
    def has_conflict(self) -> bool:
        return len({decision.outcome for decision in self.verdicts}) > 1

    @property
    def deciding(self) -> Decision | None:
        """The decision that counts: the last verdict, None where there is none or analysts disagree."""
        return None if self.has_conflict or not self.verdicts else self.verdicts[-1]

    @property
    def comments(self) -> tuple[Decision, ...]:
        return tuple(d for d, fate in zip(self.decisions, self.fates, strict=True) if fate == "comment")

    @property
    def marks(self) -> tuple[Decision, ...]:
        """Marks that still stand: a verdict ends what its analyst was unsure of or had skipped, a flag stays until it is
        taken back."""
        held: dict[tuple[str, str], Decision] = {}
        for decision, fate in zip(self.decisions, self.fates, strict=True):
            if fate == "mark":
                held[decision.by, decision.action] = decision
            elif decision.is_verdict and fate != "undone":
                held.pop((decision.by, "unsure"), None)
                held.pop((decision.by, "skip"), None)
        return tuple(held.values())

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Analysts whose verdict is open, in the order of their last word."""
        return tuple(decision.by for decision in self.verdicts)


def standings(decisions: Iterable[Decision]) -> dict[str, Standing]:
    """Return where every reference that anybody spoke of stands, by its id; `decisions` come in the order written.

    >>> from pipeline.review.decision import Value
    >>> forum = Value("47", "iscm.gfmd", "the Forum", 0, 9)
    >>> said = [Decision("r1", "d", "47", "add", "Ana", human=forum), Decision("r1", "d", "47", "reject", "Ben")]
    >>> standings(said)["r1"].has_conflict
    True
    """
    by_reference: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_reference.setdefault(decision.reference_id, []).append(decision)
    return {name: fold_standing(lines) for name, lines in by_reference.items()}


def follow_up(decisions: Iterable[Decision]) -> Iterator[tuple[Decision, Fate]]:
    """Yield every decision with what became of it, those about one thing together."""
    for stood in standings(decisions).values():
        yield from zip(stood.decisions, stood.fates, strict=True)


def fold_standing(decisions: Iterable[Decision]) -> Standing:
    """Fold the decisions about one reference, in the order written. Raises ValueError when there are none."""
    lines = tuple(decisions)
    if not lines:
        raise ValueError("no decision")
    undone = {line.undoes for line in lines if line.action == "undo"}
    open_verdicts: dict[str, Decision] = {}
    fates: dict[int, Fate] = {}
    place: dict[str, int] = {}
    for n, line in enumerate(lines):
        if line.action == "undo":
            fates[n] = "undo"
        elif line.decision_id and line.decision_id in undone:
            fates[n] = "undone"
        elif line.action == "comment":
            fates[n] = "comment"
        elif line.action in MARKS:
            fates[n] = "mark"
        else:
            if line.adjudicates:
                fates.update({place[by]: "settled" for by in open_verdicts})
                open_verdicts.clear()
            elif line.by in open_verdicts:
                fates[place[line.by]] = "superseded"
            open_verdicts.pop(line.by, None)
            open_verdicts[line.by], place[line.by], fates[n] = line, n, "counts"
    verdicts = tuple(open_verdicts.values())
    if len({verdict.outcome for verdict in verdicts}) > 1:
        fates.update({place[by]: "conflict" for by in open_verdicts})
    last = lines[-1]
    return Standing(last.reference_id, last.document, lines, verdicts, tuple(fates[n] for n in range(len(lines))))
