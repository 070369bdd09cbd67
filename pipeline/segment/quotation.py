"""Quotations of another text over several blocks, or of its numbered paragraphs: their numbers count nothing here."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.printed_marks import read_mark

_CLOSERS = {"“": "”", "„": "”“", "«": "»", "‹": "›", '"': '"', "”": "”"}
_LONGEST = 60
"""Blocks beyond which an open quotation is a sign that was forgotten."""


def quoted(texts: Sequence[str]) -> frozenset[int]:
    """The places of blocks that belong to a quotation of numbered paragraphs, or of more than one block.

    >>> sorted(quoted(["1. The text reads:", "“1. To walk.", "“2. To rest.”", "2. They left.", "“Walking”"]))
    [1, 2]
    """
    out: set[int] = set()
    for place, text in enumerate(texts):
        if place in out or text[:1] not in _CLOSERS:
            continue
        end = _end(texts, place)
        is_numbered = read_mark(text[1:].lstrip()) is not None
        if end is None:
            end = place if is_numbered else -1
        if end > place or is_numbered:
            out.update(range(place, end + 1))
    return frozenset(out)


def _end(texts: Sequence[str], start: int) -> int | None:
    """The block in which the quotation that opens at `start` is closed, None where it is closed nowhere near."""
    opener = texts[start][0]
    closers = _CLOSERS[opener]
    if _is_closed(texts[start][1:], opener, closers):
        return start
    nearby = range(start + 1, min(start + _LONGEST, len(texts)))
    return next((place for place in nearby if _is_closed(texts[place].lstrip(opener), opener, closers)), None)


def _is_closed(text: str, opener: str, closers: str) -> bool:
    """Whether a text, the opener before it taken off, closes more quotations than it opens."""
    closed = sum(text.count(c) for c in closers)
    return closed % 2 == 1 if opener in closers else closed > text.count(opener)
