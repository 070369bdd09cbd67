"""Rows of printed text: characters put together to words and rows, footnote marks taken out of the text."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import NamedTuple

from pipeline.ingest.line import LineWord

WORD_GAP_EM = 0.15
"""A wider gap is a word break; the runs that UN PDFs cut words into lie up to 0.144 em apart."""
SMALL = 0.82
"""Text smaller than this share of its row's size may be a raised mark."""
RAISED = 0.12
"""Share of the row's size by which a mark stands above the baseline, at least."""

_MARK = re.compile(r"[\d*†‡§¶#(),\s]*[\d*†‡§¶#][\d*†‡§¶#(),\s]*|[a-h]")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED_DIGITS = str.maketrans(_RAISED, "0123456789")
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_STRONG_LTR = re.compile(r"[A-Za-z0-9\u00c0-\u024f\u0370-\u052f]")


@dataclass(slots=True)
class Run:
    """Characters of one font, size and baseline, without a wide gap; `glyphs` are (x0, x1, text)."""

    glyphs: list[tuple[float, float, str]]
    font: str
    size: float
    base: float
    bottom: float
    order: int

    @property
    def x0(self) -> float:
        return self.glyphs[0][0]

    @property
    def x1(self) -> float:
        return max(self.glyphs[-1][1], self.glyphs[0][1])

    @property
    def ink(self) -> int:
        """Characters that are no spaces."""
        return sum(1 for g in self.glyphs if g[2] != " ")


class Row(NamedTuple):
    """One printed row: its words, its style, and where it stands (points from the top left of the upright page)."""

    text: str
    words: tuple[LineWord, ...]
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool
    italic: bool
    bold_start: bool
    bold_end: bool
    notes: tuple[str, ...] = ()
    lead: str = ""
    rtl: bool = False
    column: int = 0
    cell: tuple[int, int, int] | None = None
    turn: int = 0


@lru_cache(maxsize=512)
def font_style(name: str) -> tuple[bool, bool]:
    """Tell from a font's name whether it is bold and italic (PDF carries no other sign that is filled in reliably).

    >>> font_style("BCDEEE+TimesNewRomanPS-BoldItalicMT")
    (True, True)
    """
    plain = name.split("+", 1)[-1].lower()
    return (
        re.search(r"bold|black|heavy|demi|,b\b", plain) is not None,
        re.search(r"italic|oblique|kursiv", plain) is not None,
    )


def group_runs(runs: Iterable[Run]) -> list[tuple[float, list[Run]]]:
    """Runs put together to rows by baseline, from the top; raised and lowered small print joins the row it touches."""
    bases: list[float] = []
    rows: dict[float, list[Run]] = {}
    reach = 0.0
    for run in sorted(runs, key=lambda r: (-round(r.size, 1), r.order)):
        if not run.ink:
            continue
        best: float | None = None
        reach = reach or max(0.7 * run.size, 1.0)
        for i in range(bisect_left(bases, run.base - reach), len(bases)):
            base = bases[i]
            if base > run.base + reach:
                break
            lead = rows[base][0].size
            raised = base - run.base
            same = abs(raised) <= 0.15 * lead and (run.size > SMALL * lead or abs(raised) < 1.0)
            small = run.size <= SMALL * lead and -0.3 * lead <= raised <= 0.7 * lead
            touches = small and any(run.x0 - lead <= r.x1 and run.x1 + lead >= r.x0 for r in rows[base])
            if (same or touches) and (best is None or abs(raised) < abs(best - run.base)):
                best = base
        if best is None:
            insort(bases, run.base)
            rows[run.base] = [run]
        else:
            rows[best].append(run)
    return [(base, rows[base]) for base in bases]


def rows_of(runs: Iterable[Run]) -> list[Row]:
    """The rows that runs of characters make, from the top."""
    return [row for _, group in group_runs(runs) if (row := _row(group)) is not None]


def _is_mark(run: Run, size: float, base: float) -> bool:
    if run.size > SMALL * size or base - run.base < RAISED * size:
        return False
    return _MARK.fullmatch("".join(g[2] for g in run.glyphs)) is not None


class _Word:
    __slots__ = ("bottom", "glyphs", "top", "x0", "x1")

    def __init__(self, x0: float) -> None:
        self.glyphs: list[str] = []
        self.x0, self.x1, self.top, self.bottom = x0, x0, math.inf, -math.inf

    def add(self, text: str, x1: float, run: Run) -> None:
        self.glyphs.append(text)
        self.x1 = max(self.x1, x1)
        self.top, self.bottom = min(self.top, run.bottom - run.size), max(self.bottom, run.bottom)


def _row(group: list[Run]) -> Row | None:
    """One row from its runs: words, footnote marks, style; None when it prints nothing."""
    weights: Counter[float] = Counter()
    for run in group:
        weights[round(run.size, 1)] += run.ink
    size = max(weights, key=lambda s: (weights[s], s))
    base = median(r.base for r in group if round(r.size, 1) == size)
    marks = {id(r) for r in group if _is_mark(r, size, base)}
    if len(marks) == len(group):
        marks = set()
    words, notes, lead = _words(group, marks)
    if not words:
        return None
    rtl = sum(1 for w in words for g in w.glyphs if _RTL.match(g)) > sum(len(w.glyphs) for w in words) / 2
    text, placed = "", []
    for w in _right_to_left(words) if rtl else words:
        start = len(text) + bool(text)
        text = f"{text} {''.join(w.glyphs)}" if text else "".join(w.glyphs)
        placed.append(LineWord(start, len(text), round(w.x0, 2), round(w.top, 2), round(w.x1, 2), round(w.bottom, 2)))
    printed = sorted((r for r in group if id(r) not in marks and r.ink), key=lambda r: r.x0, reverse=rtl)
    styles = [(r.ink, *font_style(r.font)) for r in printed]
    most = 0.95 * sum(ink for ink, _, _ in styles)
    return Row(
        text=text,
        words=tuple(placed),
        x0=min(w.x0 for w in placed),
        top=min(w.top for w in placed),
        x1=max(w.x1 for w in placed),
        bottom=max(w.bottom for w in placed),
        base=base,
        size=size,
        bold=sum(ink for ink, bold, _ in styles if bold) >= most,
        italic=sum(ink for ink, _, italic in styles if italic) >= most,
        bold_start=styles[0][1],
        bold_end=styles[-1][1],
        notes=tuple(notes),
        lead=lead,
        rtl=rtl,
    )


def _words(group: list[Run], marks: set[int]) -> tuple[list[_Word], list[str], str]:
    """Words of a row from the left, the footnote marks called in it, and the mark that it begins with.

    A word ends at a space or a wide gap; a mark in between does not end it ("Development", 19, ", adopted").
    """
    glyphs = sorted(
        ((g, r) for r in sorted(group, key=lambda r: r.order) for g in r.glyphs), key=lambda pair: pair[0][0]
    )
    words: list[_Word] = []
    notes: list[str] = []
    lead = mark = last = ""
    edge, last_x0, open_ = -math.inf, -math.inf, False
    for (x0, x1, text), run in glyphs:
        if text == " ":
            open_ = False
            mark += "," if mark else ""
            continue
        sign = _mark_sign(text, id(run) in marks, last, words[-1] if open_ else None, bool(words))
        if sign:
            mark += sign
            edge = max(edge, x1)
            continue
        if mark:
            found = _split_marks(mark)
            if not words and found:
                lead = found.pop(0)
            notes += found
            mark = ""
        if open_ and text == last and abs(x0 - last_x0) < 0.1 * run.size:
            continue
        if not open_ or x0 - edge > WORD_GAP_EM * run.size:
            words.append(_Word(x0))
        words[-1].add(text, x1, run)
        edge, last, last_x0, open_ = x1, text, x0, True
    return words, notes + _split_marks(mark), lead


def _mark_sign(text: str, raised: bool, last: str, word: _Word | None, began: bool) -> str:
    """What a glyph adds to a footnote mark; empty when it is text (ordinals, square metres)."""
    sign = text.translate(_RAISED_DIGITS) if began and text in _RAISED else text if raised else ""
    if sign and text[0].isalpha() and not (last.isalpha() or last in (".", ",", ";", ":", "”", "’", ")")):
        return ""
    if sign in ("2", "3") and word is not None and "".join(word.glyphs) in ("m", "km", "cm", "mm"):
        return ""
    return sign


def _split_marks(mark: str) -> list[str]:
    return [m for m in re.split(r"[\s,()]+", mark) if m]


def _right_to_left(words: list[_Word]) -> list[_Word]:
    """Words of an Arabic or Hebrew row in reading order: from the right, numbers and Latin from the left."""
    out: list[_Word] = []
    latin: list[_Word] = []
    for word in reversed(words):
        joined = "".join(word.glyphs)
        if _STRONG_LTR.search(joined) and not _RTL.search(joined):
            latin.insert(0, word)
            continue
        out += latin
        latin = []
        word.glyphs = _flip(word.glyphs)
        out.append(word)
    return out + latin


def _flip(glyphs: list[str]) -> list[str]:
    out: list[str] = []
    digits: list[str] = []
    for glyph in reversed(glyphs):
        if _STRONG_LTR.match(glyph) or glyph.isdigit():
            digits.insert(0, glyph)
            continue
        out += digits
        digits = []
        out.append(glyph)
    return out + digits
