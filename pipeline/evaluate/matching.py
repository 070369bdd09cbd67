"""When a found row and a true row speak of the same words: the matching rules of the gold data."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FOLDED = str.maketrans({"’": "'", "‘": "'", "–": "-", "‑": "-", "“": None, "”": None, '"': None})
_WORD = re.compile(r"[\w'-]+")
_UNSCORED = re.compile(r"H:|TITLE|FM|BM|intro$|chapeau$|H$")
OPENING = 8
"""Words by which a paragraph's text is recognized."""


@lru_cache(maxsize=65536)
def comparable(text: str) -> str:
    """Return a wording as it is compared: NFKC, lower case, single spaces, without quotation marks and end punctuation.

    >>> comparable(" The “Network’s”  work. ")
    "the network's work"
    """
    flat = unicodedata.normalize("NFKC", text).translate(_FOLDED)
    return " ".join(flat.split()).lower().rstrip(".,;:")


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared; apostrophes and hyphens stand inside words."""
    return _WORD.findall(comparable(text))


def label(paragraph: str) -> str:
    """Return a paragraph id as it is compared: without the sign § and stray spaces.

    >>> label("§43(b)(iii) ")
    '43(b)(iii)'
    """
    return " ".join(paragraph.replace("§", "").split())


def is_scored(paragraph: str) -> bool:
    """Tell whether rows of this paragraph count; headings, titles, front and back matter and continuations do not.

    >>> [is_scored(name) for name in ("22(b)", "H:Objective 2", "17#2", "Annex II/H:Scope", "")]
    [True, False, False, False, False]
    """
    return bool(paragraph) and "#" not in paragraph and not _UNSCORED.match(paragraph.rsplit("/", 1)[-1])


def overlaps(one: str, other: str) -> bool:
    """Tell whether one wording holds the other, or they share two words in a row (one, for a wording of one word).

    >>> overlaps("civil society", "civil society organizations"), overlaps("host communities", "local communities")
    (True, False)
    """
    first, second = comparable(one), comparable(other)
    if not first or not second:
        return False
    return first in second or second in first or bool(_runs(one, other) & _runs(other, one))


def _runs(text: str, other: str) -> set[tuple[str, ...]]:
    own = words(text)
    size = 1 if min(len(own), len(words(other))) < 2 else 2
    return {tuple(own[place : place + size]) for place in range(len(own) - size + 1)}


def is_same(one: str, other: str) -> bool:
    """Tell whether two wordings are the same words."""
    return comparable(one) == comparable(other)


def has_same_opening(true: str, text: str) -> bool:
    """Tell whether a paragraph's text begins with the true one's first `OPENING` words (fewer, if it has fewer)."""
    wanted = words(true)[:OPENING]
    return words(text)[: len(wanted)] == wanted
