"""Rows of printed text: characters put together to words and rows, footnote marks taken out of the text."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.ingest.line import LineWord
from pipeline.ingest.pdf.bidi import Letter, is_right_to_left, order_from_right

WORD_GAP_EM = 0.15
"""A wider gap is a word break; the runs that UN PDFs cut words into lie up to 0.144 em apart."""
SMALL = 0.82
"""Text smaller than this share of its row's size may be a raised mark."""
RAISED = 0.12
"""Share of the row's size by which a mark stands above the baseline, at least."""

_MARK = re.compile(r"[\d*†‡§¶#(),\s]*[\d*†‡§¶#][\d*†‡§¶#(),\s]*|[a-h]")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED_DIGITS = str.maketrans(_RAISED, "0123456789")
SMALLEST_MARK, LONGEST_MARK = 0.3, 12
"""What joins a row although it stands higher or lower is at least this share of its size, and no longer than that."""
LEAST_ON_LINE = 0.45
"""Print on the same line that is smaller than this share of its size is a row of its own."""
SPACED_WORDS = 4
"""Single letters in a row from which they are a word set with space between its letters."""


Glyph = tuple[float, float, str]
"""Left and right edge of a printed sign, and its text: a space, a letter, or letters that touch."""


@dataclass(slots=True)
class FontRun:
    """Characters of one font, size and baseline; in points from the top left of the page turned so that it is upright."""

    glyphs: list[Glyph]
    font: str
    size: float
    base: float
    bottom: float
    order: int = 0
    paint: int = 0
    turn: int = 0

    @property
    def x0(self) -> float:
        return self.glyphs[0][0]

    @property
    def x1(self) -> float:
        return max(self.glyphs[-1][1], self.glyphs[0][1])

    @property
    def ink(self) -> int:
        """Characters that are no spaces."""
        text = "".join([g[2] for g in self.glyphs])
        return len(text) - text.count(" ")


class PdfRow(NamedTuple):
    """One printed row: its words, its style, and where it stands (points from the top left of the upright page).

    column   region of the page that it stands in: 0 the whole width, 1, 2, ... beside each other, from `FRAMES` on in
             a frame beside the text
    inset    points by which an initial letter pushes it in
    is_opening  True where a region begins with it that goes on with nothing before
    """

    text: str
    words: tuple[LineWord, ...]
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    is_bold: bool
    is_italic: bool
    bold_spans: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()
    lead: str = ""
    is_right_to_left: bool = False
    column: int = 0
    cell: tuple[int, int, int] | None = None
    turn: int = 0
    inset: float = 0.0
    is_opening: bool = False

    @property
    def is_bold_at_start(self) -> bool:
        return bool(self.bold_spans) and self.bold_spans[0][0] == 0

    @property
    def is_bold_at_end(self) -> bool:
        return bool(self.bold_spans) and self.bold_spans[-1][1] == len(self.text)


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


def group_runs(runs: Iterable[FontRun]) -> list[tuple[float, list[FontRun]]]:
    """Runs put together to rows by baseline, from the top; raised and lowered small print joins the row it touches."""
    bases: list[float] = []
    rows: dict[float, list[FontRun]] = {}
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
            same = same and run.size >= LEAST_ON_LINE * lead
            small = SMALLEST_MARK * lead <= run.size <= SMALL * lead and -0.3 * lead <= raised <= 0.7 * lead
            touches = (
                small
                and run.ink <= LONGEST_MARK
                and any(run.x0 - lead <= r.x1 and run.x1 + lead >= r.x0 for r in rows[base])
            )
            if (same or touches) and (best is None or abs(raised) < abs(best - run.base)):
                best = base
        if best is None:
            insort(bases, run.base)
            rows[run.base] = [run]
        else:
            rows[best].append(run)
    return [(base, rows[base]) for base in bases]


def rows_of(runs: Iterable[FontRun]) -> list[PdfRow]:
    """The rows that runs of characters make, from the top."""
    return [row for _, group in group_runs(runs) if (row := _row(group)) is not None]


def _is_mark(run: FontRun, size: float, base: float) -> bool:
    if run.size > SMALL * size or base - run.base < RAISED * size:
        return False
    return _MARK.fullmatch("".join(g[2] for g in run.glyphs)) is not None


class _Word:
    __slots__ = ("bottom", "glyphs", "top", "x0", "x1")

    def __init__(self, x0: float) -> None:
        self.glyphs: list[Letter] = []
        self.x0, self.x1, self.top, self.bottom = x0, x0, math.inf, -math.inf

    def add(self, text: str, x1: float, run: FontRun) -> None:
        self.glyphs.append((text, font_style(run.font)[0]))
        self.x1 = max(self.x1, x1)
        self.top, self.bottom = min(self.top, run.bottom - run.size), max(self.bottom, run.bottom)

    def take(self, other: _Word) -> None:
        self.glyphs += other.glyphs
        self.x1 = max(self.x1, other.x1)
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)


def _row(group: list[FontRun]) -> PdfRow | None:
    """One row from its runs: words, footnote marks, style; None when it prints nothing."""
    weights: Counter[float] = Counter()
    styles = [(run, run.ink, *font_style(run.font)) for run in group]
    for run, ink, _, _ in styles:
        weights[round(run.size, 1)] += ink
    size = max(weights, key=lambda s: (weights[s], s))
    base = median(r.base for r in group if round(r.size, 1) == size)
    marks = {id(r) for r in group if _is_mark(r, size, base)}
    if len(marks) == len(group):
        marks = set()
    words, notes, lead = _words(group, marks)
    if not words:
        return None
    glyphs = [g for w in words for g, _ in w.glyphs]
    rtl = not "".join(glyphs).isascii() and sum(map(is_right_to_left, glyphs)) > len(glyphs) / 2
    text, placed, bold = "", [], []
    has_bold = any(heavy for _, _, heavy, _ in styles)
    for w in order_from_right(words) if rtl else _with_spaced_words(words, size):
        start = len(text) + bool(text)
        if has_bold:
            bold += [(start + at, start + to) for at, to in _bold_spans(w.glyphs)]
        word = "".join([g for g, _ in w.glyphs])
        text = f"{text} {word}" if text else word
        placed.append(LineWord(start, len(text), round(w.x0, 2), round(w.top, 2), round(w.x1, 2), round(w.bottom, 2)))
    styles = [style for style in styles if id(style[0]) not in marks]
    most = 0.95 * sum(ink for _, ink, _, _ in styles)
    return PdfRow(
        text=text,
        words=tuple(placed),
        x0=min(w.x0 for w in placed),
        top=min(w.top for w in placed),
        x1=max(w.x1 for w in placed),
        bottom=max(w.bottom for w in placed),
        base=base,
        size=size,
        is_bold=sum(ink for _, ink, heavy, _ in styles if heavy) >= most,
        is_italic=sum(ink for _, ink, _, italic in styles if italic) >= most,
        bold_spans=_joined_spans(bold),
        notes=tuple(notes),
        lead=lead,
        is_right_to_left=rtl,
    )


def _bold_spans(glyphs: list[Letter]) -> list[tuple[int, int]]:
    """The bold stretches of a word's text."""
    spans: list[tuple[int, int]] = []
    at = 0
    for text, bold in glyphs:
        if bold and spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + len(text))
        elif bold:
            spans.append((at, at + len(text)))
        at += len(text)
    return spans


def _joined_spans(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans with those that only a space parts made one."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start - out[-1][1] <= 1:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


def _with_spaced_words(words: list[_Word], size: float) -> list[_Word]:
    """Words set with space between their letters ("H A R B O U R   D I A L O G U E") put together.

    A stretch of single letters is read by its gaps: those wider than most of them by a word gap part words.
    """
    out: list[_Word] = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and sum(len(text) for text, _ in words[end].glyphs) <= 2:
            end += 1
        stretch = words[at:end]
        at = max(end, at + 1)
        if not _is_letter_spaced(stretch, whole=len(stretch) == len(words)):
            out += stretch or [words[at - 1]]
            continue
        gaps = [b.x0 - a.x1 for a, b in pairwise(stretch)]
        usual = sorted(gaps)[len(gaps) // 3]
        if usual > size:
            out += stretch
            continue
        out.append(stretch[0])
        for gap, word in zip(gaps, stretch[1:], strict=True):
            if gap > usual + WORD_GAP_EM * size:
                out.append(word)
            else:
                out[-1].take(word)
    return out


def _is_letter_spaced(words: list[_Word], *, whole: bool) -> bool:
    """Whether words are single letters: at least four of them (five within a row), most of them letters."""
    if len(words) < SPACED_WORDS + (not whole):
        return False
    signs = "".join(text for word in words for text, _ in word.glyphs)
    return len(signs) <= 1.35 * len(words) and sum(map(str.isalpha, signs)) >= 0.7 * len(signs)


def _words(group: list[FontRun], marks: set[int]) -> tuple[list[_Word], list[str], str]:
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
    if sign in ("2", "3") and word is not None and "".join(g for g, _ in word.glyphs) in ("m", "km", "cm", "mm"):
        return ""
    return sign


def _split_marks(mark: str) -> list[str]:
    return [m for m in re.split(r"[\s,()]+", mark) if m]
