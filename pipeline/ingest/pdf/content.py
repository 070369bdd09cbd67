"""The content of a page as a reader sees it, whichever library read it: text with its paint, drawn shapes, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from pipeline.ingest.pdf.rows import FontRun, Glyph

MOST_OBJECTS = 200_000
"""Characters of one page; a dense newspaper page has some 30,000."""
MOST_PATHS = 30_000
"""Drawn lines of one page; what comes after them is a map or a drawing, and is not looked at."""
DARK, PALE, WHITE, UNSEEN = 0, 1, 2, 3
"""How a letter is painted: to be read, as a watermark is, in the colour of paper, or not at all (render mode 3)."""
PALE_FROM, WHITE_FROM = 0.7, 0.96
SLANTED = 4
"""The turn of text at an angle that no quarter turn makes upright; 0 to 3 are quarter turns against the clock."""

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_HYPHENS = frozenset("-\u00ad\u2010\u2011")


class PageTooLarge(Exception):
    """One page would take more memory than any printed page needs."""


class Drawn(NamedTuple):
    """A drawn line, rectangle or curve, or a picture; in points from the top left of the page as it is displayed.

    `light` is the brightness of what fills it, from 0 to 1 (white).
    """

    kind: Literal["line", "rectangle", "curve", "picture"]
    x0: float
    top: float
    x1: float
    bottom: float
    is_filled: bool = False
    is_stroked: bool = False
    is_closed: bool = False
    light: float = 0.0


class PageContent(NamedTuple):
    """Width and height of the page as it is displayed, in points, and what is on it, in the order of painting."""

    width: float
    height: float
    items: Sequence[FontRun | Drawn]


class PagePlace(NamedTuple):
    """A page that is asked for: its number from 0, what maps its points to the page as it is displayed, and that page's size."""

    page: int
    matrix: Matrix
    width: float
    height: float


def paint_of(mode: object, light: float) -> int:
    """How letters are painted, from their render mode (ISO 32000-1, table 106) and the brightness of their colour."""
    if mode in (3, 7):
        return UNSEEN
    if mode != 0:
        return DARK
    return WHITE if light >= WHITE_FROM else PALE if light >= PALE_FROM else DARK


def turn_of(a: float, b: float, c: float, d: float) -> int:
    """Quarter turns, against the clock, of the text's direction; SLANTED for any other angle.

    >>> turn_of(1, 0, 0, 1), turn_of(0, 1, -1, 0), turn_of(1, 1, -1, 1)
    (0, 1, 4)
    """
    if abs(b) <= 0.09 * abs(a):
        return 0 if a > 0 else 2
    if abs(a) <= 0.09 * abs(b):
        return 1 if b > 0 else 3
    return SLANTED


def upright(
    box: Box, foot: tuple[float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float, float]:
    """Left, right, lower edge, baseline and size of a letter, seen in the direction of its text.

    `box` and `foot`, the letter's origin, are in points from the lower left of the page as it is displayed; what is
    given counts from the top left of the page turned so that the text is upright.
    """
    x0, y0, x1, y1 = box
    if turn == 1:
        return y0, y1, x1, foot[0], x1 - x0
    if turn == 2:
        return width - x1, width - x0, y1, foot[1], y1 - y0
    if turn == 3:
        return height - y1, height - y0, width - x0, width - foot[0], x1 - x0
    return x0, x1, height - y0, height - foot[1], y1 - y0


def with_actual_text(objects: Sequence[object], actual: str) -> list[object]:
    """The objects with their letters' text put in place: a word a glyph, over the rows that the letters fill."""
    runs = [item for item in objects if isinstance(item, FontRun) and item.glyphs]
    shown = "".join(text for run in runs for _, _, text in run.glyphs)
    words = actual.replace("\u00ad", "").split()
    if not runs or "".join(shown.split()) == "".join(words) or (not words and set(shown.strip()) <= _HYPHENS):
        return list(objects)
    out = [item for item in objects if not isinstance(item, FontRun)]
    if not words:
        spaces = [replace(run, glyphs=[(x0, x1, " ") for x0, x1, _ in run.glyphs]) for run in runs]
        return [*out, *spaces] if actual else out
    first, last = runs[0].glyphs[0], runs[-1].glyphs[-1]
    if any(run.turn for run in runs):
        return [*out, replace(runs[0], glyphs=[(first[0], first[1], "".join(words))])]
    rows: list[list[FontRun]] = []
    for run in runs:
        if rows and abs(rows[-1][0].base - run.base) < 0.5 * run.size:
            rows[-1].append(run)
        else:
            rows.append([run])
    if actual[:1].isspace():
        out.append(replace(runs[0], glyphs=[(first[0], first[1], " ")]))
    for number, row in enumerate(rows, 1):
        here = words[: len(words) * number // len(rows) - (len(words) * (number - 1) // len(rows))]
        words = words[len(here) :] if number < len(rows) else []
        left = min(x0 for run in row for x0, _, _ in run.glyphs)
        right = max(x1 for run in row for _, x1, _ in run.glyphs)
        out.append(replace(row[0], glyphs=spread(here, left, right)))
    if actual[-1:].isspace():
        out.append(replace(runs[-1], glyphs=[(last[0], last[1], " ")]))
    return out


def spread(words: Sequence[str], left: float, right: float) -> list[Glyph]:
    """Words set one after the other between `left` and `right`, each a glyph, with a space between; Arabic from the right."""
    if any("\u0590" <= char <= "\u08ff" for word in words for char in word):
        words = words[::-1]
    unit = (right - left) / max(sum(len(word) + 1 for word in words) - 1, 1)
    out: list[Glyph] = []
    for place, word in enumerate(words):
        if place:
            out.append((left - unit, left, " "))
        out.append((left, left + unit * len(word), word))
        left += unit * (len(word) + 1)
    return out
