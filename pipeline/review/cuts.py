"""Decisions follow their text: to a file of another name or format, and in a document that is cut otherwise since."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

import sqlalchemy as sa

from extractors.text.normalization import squash
from pipeline.review.attachment import Passages
from pipeline.review.copies import Copies
from pipeline.review.decision import Decision, Facts
from pipeline.review.successors import OF_DOCUMENTS, Successors, find_successors, identify_moved, move_decision

Move = tuple[str, str, str]
"""The id, the paragraph and the text there of what was decided on in a paragraph that is cut otherwise since."""


@dataclass(frozen=True, slots=True)
class Trail:
    """Where decisions went: with their document (`successors`), and inside it (`moves`, by the id of what was decided on)."""

    successors: Successors
    moves: Mapping[str, Move]

    def follow(self, decision: Decision) -> Decision:
        """Return the decision as one about the paragraph that holds its text now; the ledger keeps what was written."""
        moved = self.successors.follow(decision)
        move = self.moves.get(moved.reference_id)
        if move is None or moved.kind in OF_DOCUMENTS:
            return moved
        name, paragraph, text = move
        return replace(move_decision(moved, name, moved.document, paragraph), text=text if moved.text else "")


AROUND = 3
"""Characters that must be the same around the words, where there are as many: a cell that has only these words is no place."""
OFTEN = 50
"""Places of the same words in one paragraph that are looked at."""
NOWHERE = Trail(Successors({}, {}), {})


def find_trail(
    engine: sa.Engine,
    decisions: Sequence[Decision],
    slugs: Iterable[str],
    passages_of: Callable[[str], Passages | None],
) -> Trail:
    """Return where the texts of decisions stand now in the documents of a run.

    Inside a document it is looked for only where analysts changed how it is cut, or took such a change back: a paragraph
    that was merged, split or given another number takes what was decided on in it along.
    """
    present = set(slugs)
    successors = find_successors(engine, decisions, present)
    moved = [successors.follow(decision) for decision in decisions]
    recut = {one.document for one in moved if one.kind == "segmentation"} & present
    moves: dict[str, Move] = {}
    for one in moved:
        if one.document in recut and one.kind not in OF_DOCUMENTS and one.text and one.reference_id not in moves:
            passages = passages_of(one.document)
            paragraph = find_piece(one, passages.squashed) if passages is not None else ""
            if passages is not None and paragraph and (name := identify_moved(one, one.document, paragraph)):
                moves[one.reference_id] = (name, paragraph, passages.text(paragraph) or "")
    return Trail(successors, moves)


def follow_decisions(
    engine: sa.Engine,
    decisions: Sequence[Decision],
    documents: Mapping[str, Mapping[str, object]],
    passages_of: Callable[[str], Passages | None],
) -> tuple[list[Decision], list[Decision]]:
    """Return decisions as those about the texts that there are now, and the same as those about other copies of these texts.

    `documents` are those of a run, as `pipeline.store.documents.described` gives them.
    """
    said = [*map(find_trail(engine, decisions, documents, passages_of).follow, decisions)]
    copies = Copies(engine, documents)
    return said, [copy for one in said for copy in copies.said_of(one)]


def find_piece(decision: Decision, texts: Mapping[str, str]) -> str:
    """Return the id under which the words of a decision stand now, "" where they still stand under their own, or nowhere.

    `texts` are the squashed texts of a document by id. The words stand where the text around them is the same up to an end
    of the paragraph decided on or of the one there is now: it was merged, or split, or both.

    >>> from pipeline.review.decision import Value
    >>> said = Decision("r", "d", "17", "add", "Ana", human=Value("17", "x", "rest", 11, 15), text="We met. We rest.")
    >>> find_piece(said, {"17": "we met.", "18": "we rest. we eat."})
    '18'
    """
    own = squash(decision.text)
    if texts.get(decision.paragraph) == own:
        return ""
    words, told = decision.words or decision.reference, decision.facts or decision.machine
    quoted = words.wording if words is not None else told.get("quote") if isinstance(told, Facts) else ""
    wanted = squash(quoted)
    if not wanted or wanted not in own:
        wanted = own
    near = len(squash(decision.text[: words.start])) if words is not None else 0
    place = min(_occurrences(own, wanted), key=lambda start: abs(start - near))
    found = [
        (shared, name)
        for name, text in texts.items()
        if ("H:" in decision.paragraph or "H:" not in name)
        and (
            shared := max((_shared(own, place, text, at, len(wanted)) for at in _occurrences(text, wanted)), default=0)
        )
    ]
    longest = max(found, default=(0, ""))
    return longest[1] if longest[0] >= min(len(own), len(wanted) + AROUND) else ""


def _occurrences(text: str, words: str) -> list[int]:
    return [match.start() for match in islice(re.finditer(re.escape(words), text), OFTEN)]


def _shared(own: str, place: int, text: str, at: int, length: int) -> int:
    """How many characters two texts share around the same words, 0 where they part before one of them begins or ends."""
    left = _alike(reversed(own[:place]), reversed(text[:at]))
    right = _alike(own[place + length :], text[at + length :])
    begins = left in (place, at)
    ends = right in (len(own) - place - length, len(text) - at - length)
    return left + length + right if begins and ends else 0


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def find_orphans(decisions: Iterable[Decision], documents: Mapping[str, Mapping[str, object]]) -> set[str]:
    """Return the ids of what was decided on documents and how they are cut, and that attaches to nothing in a run.

    The document is gone, or the text of a paragraph that was corrected stands in it no more. `documents` are those of the
    run by slug, with what the store keeps of each (`pipeline.store.documents.described`).
    """
    out = set()
    for one in decisions:
        if one.kind in OF_DOCUMENTS:
            facts = documents.get(one.document)
            said = facts.get("said") if facts else None
            lost = said.get("lost_corrections", ()) if isinstance(said, Mapping) else ()
            if facts is None or one.reference_id in lost:
                out.add(one.reference_id)
    return out
