"""Elements of the Compact named by their letter: "Element (i): Effective protection of ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extractors.lexicon.compact import load_compact
from extractors.text.normalization import Normalized, normalize

LEAST = 3
"""So many different letters must a document name: "element (a)" alone is of any list."""


class NamedElement(NamedTuple):
    """A letter, and where it is named: offsets into the text."""

    letter: str
    start: int
    end: int


def find_elements(texts: Sequence[str | Normalized]) -> list[tuple[NamedElement, ...]]:
    """The elements that each paragraph of a document names by letter; none where the document names fewer than three.

    The letters are those of A/RES/71/1, annex II, paragraph 8 (a to x).

    >>> find_elements(["Element (a): X.", "Element (b): Y. Element (c): Z."])[1]
    (NamedElement(letter='b', start=0, end=11), NamedElement(letter='c', start=16, end=27))
    >>> find_elements(["Element (a) of the strategy"])
    [()]
    """
    named = [named_elements(text) for text in texts]
    letters = {one.letter for of in named for one in of}
    return named if len(letters) >= LEAST else [() for _ in texts]


def named_elements(text: str | Normalized) -> tuple[NamedElement, ...]:
    """Every "element (x)" of a text, whatever it is an element of."""
    flat = normalize(text) if isinstance(text, str) else text
    marks = _mark().finditer(flat.text) if "(" in flat.text else ()
    return tuple(NamedElement(m[1].lower(), *flat.source(*m.span())) for m in marks)


@cache
def _mark() -> re.Pattern[str]:
    words = sorted({word for one in load_compact().pointing.values() for word in one.element}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})\s*\(([a-x])\)", re.IGNORECASE)
