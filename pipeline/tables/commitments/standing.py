"""Commitments of one mechanism held against each other: new, repeated or dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from extractors.text.normalization import squash

_ALIKE = 85.0
"""Likeness (0 to 100) of two sentences of which one repeats the other."""


@dataclass(frozen=True, slots=True)
class Said:
    """A commitment as it is compared: its number, document and words."""

    number: int
    document: str
    words: str


@dataclass(frozen=True, slots=True)
class CommitmentStanding:
    """`kind` is new, repeated or dropped, `other` the commitment that it repeats (None for the others), `document` the one
    that it is held against: an earlier one, for a dropped one the next."""

    number: int
    kind: str
    document: str
    other: Said | None = None


def standings(said: Iterable[Said], series: Iterable[Sequence[Sequence[str]]]) -> Iterator[CommitmentStanding]:
    """How commitments stand to those of the same mechanism: `series` are its documents of one language in time order, those
    of one date together.

    A commitment is repeated where any earlier document says nearly the same words, new where none does, and dropped where
    none of the next date does. Those of the first date have no standing.
    """
    by_document: dict[str, list[Said]] = {}
    for one in said:
        by_document.setdefault(one.document, []).append(one)
    for dates in series:
        for at, documents in enumerate(dates):
            earlier = [one for before in dates[:at] for name in before for one in by_document[name]]
            following = [one for after in dates[at + 1 : at + 2] for name in after for one in by_document[name]]
            for one in (one for name in documents for one in by_document[name]):
                if earlier:
                    found = _like(one.words, earlier)
                    yield CommitmentStanding(
                        one.number, "repeated" if found else "new", (found or earlier[-1]).document, found
                    )
                if following and not _like(one.words, following):
                    yield CommitmentStanding(one.number, "dropped", following[0].document)


def _like(words: str, others: Sequence[Said]) -> Said | None:
    """The last of the others that says nearly the same."""
    wanted = squash(words)
    choices = {place: squash(other.words) for place, other in enumerate(others)}
    matches = process.extract(wanted, choices, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None)
    return others[max(place for _, _, place in matches)] if matches else None
