"""Wrapped lines: tells whether a line of plain text continues the one before or starts a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.lexicon.language import words
from pipeline.ingest.marks import ListMark
from pipeline.ingest.openings import begins_paragraph, closes_parenthesis

_FULL = 0.88
"""A line that could not have held the next word within this share of the width was broken by the width alone."""
_MAX_WIDTH = 160
_CLOSERS = "”’»\"')]*⁰¹²³⁴⁵⁶⁷⁸⁹"
_ENDS = ".!?:;…؟؛。"
_OPEN_WORDS = frozenset(words(lambda language: language.sentences.open))
_BOUND_WORDS = frozenset(words(lambda language: language.sentences.bound))
_CONNECTORS = frozenset(words(lambda language: language.grammar.conjunctions))
_ENCLOSED = re.compile(r"\(?\w{1,4}\)\s")
_FIRST_LETTER = re.compile(r"[^\w]*([^\W\d_])?")


class TextRow(NamedTuple):
    """One physical line: its squashed text and its place.

    width    column after its last character; indent column of its first; gap blank lines before it (0 = adjacent)
    mark     the list mark it starts with
    """

    text: str
    width: int
    indent: int = 0
    gap: int = 0
    mark: ListMark | None = None


class Shape(NamedTuple):
    """How a document is typed: `is_wrapped` at about `width` columns; `loose` gaps (numbers of blank lines) that stand
    inside paragraphs too."""

    is_wrapped: bool = False
    width: int = 0
    loose: frozenset[int] = frozenset()


def shape_of(rows: Sequence[TextRow]) -> Shape:
    """Decides for a whole document whether its lines are wrapped, from lines that break in mid-sentence.

    One paragraph a line leaves no line that ends without punctuation before one in lower case; wrapped text has many,
    all nearly of one width. Scripts without case count lines that end on a letter, and must agree in width.
    """
    widths: list[int] = []
    caseless: list[int] = []
    adjacent = 0
    for before, row in pairwise(rows):
        if row.gap or row.mark:
            continue
        adjacent += 1
        if ends_sentence(before.text) or before.width > 2 * _MAX_WIDTH:
            continue
        if starts_lower(row.text):
            widths.append(before.width)
        elif _caseless(row.text) and before.text[-1].isalpha():
            caseless.append(before.width)
    if len(widths) < 3 and len(caseless) >= 5 and _quantile(caseless, 0.3) > 0.7 * _quantile(caseless, 0.9):
        widths = caseless
    if len(widths) < 3 or len(widths) < 0.15 * adjacent:
        return Shape()
    width = min(_quantile(widths, 0.9), round(1.25 * _quantile(widths, 0.5)))
    alike = sum(0.7 * width <= one <= 1.1 * width for one in widths)
    if width > _MAX_WIDTH or alike < 0.5 * len(widths):
        return Shape()
    tight = Shape(True, width)
    seen: Counter[int] = Counter()
    inside: Counter[int] = Counter()
    for before, row in pairwise(rows):
        if (
            row.gap
            and not row.mark
            and not ends_sentence(before.text)
            and before.width <= 1.25 * width
            and _full(before, row, tight)
        ):
            seen[row.gap] += 1
            inside[row.gap] += starts_lower(row.text) or ends_open(before.text)
    return Shape(
        True, width, frozenset(g for g, count in seen.items() if inside[g] >= max(0.5 * count, 1 if g > 1 else 3))
    )


def continues(before: TextRow, row: TextRow, shape: Shape, *, opens: bool, expected: int = 1) -> bool:
    """True when `row` goes on with the paragraph of `before`.

    opens      `before` is itself the first line of its paragraph (a heading, perhaps)
    expected   the number that the next item of the running list would have
    """
    unfinished = not ends_sentence(before.text)
    wrapped = shape.is_wrapped and before.width <= 1.25 * shape.width
    full = wrapped and _full(before, row, shape)
    if row.mark and not closes_parenthesis(before.text, row.text):
        sure = not row.mark.is_doubtful or row.gap or not full or not unfinished
        if sure or row.mark.value in (1, expected):
            return False
    if begins_paragraph(before.text, row.text):
        return False
    if row.gap:
        bound = row.gap < 4 and before.text.rsplit(None, 1)[-1].lower() in _BOUND_WORDS
        return bound or (full and unfinished and _joins_over_gap(before, row, shape))
    if ends_hyphenated(before.text) and starts_lower(row.text):
        return True
    if before.mark is None and row.indent > before.indent + 2 and not ends_open(before.text) and not full:
        return False
    if before.mark is None and row.indent >= before.indent + 3 and not unfinished:
        return False
    if not wrapped:
        goes_on = row.text[0].islower() or ends_open(before.text)
        return len(before.text) >= 40 and unfinished and goes_on and before.text[-1] != ","
    if unfinished:
        if ends_open(before.text):
            return True
        if opens and before.text.isupper() and not row.text.isupper():
            return False
        return full or (row.text[0].islower() and (before.text[-1].isalpha() or before.width > 0.6 * shape.width))
    if before.text.rstrip(_CLOSERS)[-1:] in (":", ";"):
        # "(3) ..." that is no item goes on with "(1) ...; (2) ...;"
        return full and (starts_lower(row.text) or bool(_ENCLOSED.match(row.text) and not row.mark))
    return full


def _joins_over_gap(before: TextRow, row: TextRow, shape: Shape) -> bool:
    if starts_lower(row.text) or ends_open(before.text):
        return True
    return row.gap in shape.loose and not before.text.isupper()


def _full(before: TextRow, row: TextRow, shape: Shape) -> bool:
    return before.width + 1 + len(row.text.split(" ", 1)[0]) > _FULL * shape.width


def ends_sentence(text: str) -> bool:
    """True when the text ends with a mark that may end a paragraph, whatever quotes or brackets close after it.

    >>> ends_sentence("the Compact.”"), ends_sentence("the Compact")
    (True, False)
    """
    return text.rstrip(_CLOSERS)[-1:] in _ENDS if text.rstrip(_CLOSERS) else True


def ends_open(text: str) -> bool:
    """True when the last word cannot end a paragraph ("of", "de", "et"); list connectors after ";" or "," can.

    >>> ends_open("Conference of the"), ends_open("in countries of origin; and")
    (True, False)
    """
    *before, last = text.rsplit(None, 2)
    if last.lower() not in _OPEN_WORDS:
        return False
    return not (last.lower() in _CONNECTORS and bool(before) and before[-1][-1] in ";,")


def ends_hyphenated(text: str) -> bool:
    """True when a word is cut by a hyphen at the end of the line."""
    return len(text) > 1 and text[-1] in "-‐\u00ad" and text[-2].isalpha()


def starts_lower(text: str) -> bool:
    """True when the first letter is a small one; a text that starts with a digit has none.

    >>> starts_lower("(in particular)"), starts_lower("The"), starts_lower("6 August")
    (True, False, False)
    """
    found = _FIRST_LETTER.match(text)
    return bool(found and found[1] and found[1].islower())


def _caseless(text: str) -> bool:
    found = _FIRST_LETTER.match(text)
    return bool(found and found[1] and found[1].lower() == found[1].upper())


def _quantile(values: Sequence[int], share: float) -> int:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
