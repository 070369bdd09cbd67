"""Ornaments of a page: initial letters over several lines, and watermarks behind the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.ingest.pdf.content import PALE
from pipeline.ingest.pdf.rows import FontRun, PdfRow

INITIAL, WATERMARK, PALE_SIZE = 1.5, 1.8, 2.5
"""How much larger than the text an initial, a watermark over text, and a pale word that is one anywhere are at least."""
CAP_HEIGHT = 0.75
MOST_CANDIDATES = 60
_INITIAL = re.compile(r"[\"'“‘«(¿¡]?[^\W\d_]|\d{1,3}\.?")
_WORD = re.compile(r"[^\W\d_]+")


class Initial(NamedTuple):
    """Where an initial letter stands: the rows right of it, from `top` to `base`, are pushed in by it."""

    x0: float
    x1: float
    top: float
    base: float


def take_initials(runs: Sequence[FontRun]) -> tuple[list[FontRun], list[Initial]]:
    """Put each initial letter before the word that it begins; gives the runs without them, and where they stood.

    An initial is one letter, much larger than the print right of it: "M" over three lines before "igration is". It
    stays apart ("A" before "meeting") where the page has the rest as a word and not the whole; so does a number.
    """
    size = _text_size(runs)
    large = [r for r in runs if r.size >= INITIAL * size and r.ink <= 4 and _INITIAL.fullmatch(_text(r))]
    initials: list[Initial] = []
    taken: set[int] = set()
    for run in large[:MOST_CANDIDATES]:
        line = _first_line(run, runs)
        if line is None:
            continue
        letters = [(x0, x1, text) for x0, x1, text in run.glyphs if text != " "]
        if not _is_word_alone(_text(run), _text(line), runs):
            letters[-1] = (letters[-1][0], line.x0, letters[-1][2])
        line.glyphs[:0] = letters
        taken.add(id(run))
        initials.append(Initial(run.x0, run.x1, run.base - CAP_HEIGHT * run.size, run.base))
    return [r for r in runs if id(r) not in taken] if taken else list(runs), initials


def _text(run: FontRun) -> str:
    return "".join(text for _, _, text in run.glyphs).strip()


def _text_size(runs: Sequence[FontRun]) -> float:
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.size, 1)] += run.ink
    return max(sizes, key=lambda s: (sizes[s], s), default=10.0)


def _first_line(initial: FontRun, runs: Sequence[FontRun]) -> FontRun | None:
    """The run that goes on after an initial: the highest one right of it, level with it; None beside large print."""
    lines: list[FontRun] = []
    for run in runs:
        if run is initial or not run.ink or run.x0 < initial.x1 - 0.2 * initial.size:
            continue
        away = run.x0 - initial.x1
        level = initial.base - CAP_HEIGHT * initial.size < run.base <= initial.base + 0.15 * run.size
        if run.size > 0.7 * initial.size:
            if abs(run.base - initial.base) < 0.3 * initial.size and away < 2 * initial.size:
                return None
        elif level and away <= (
            2 * initial.size if _text(initial)[:1].isdigit() else max(0.5 * initial.size, run.size)
        ):
            lines.append(run)
    line = min(lines, key=lambda r: (round(r.base), r.x0), default=None)
    return line if line is not None and _text(line)[:1].isalpha() else None


def _is_word_alone(initial: str, line: str, runs: Sequence[FontRun]) -> bool:
    rest = _WORD.match(line)
    if initial[:1].isdigit():
        return True
    if rest is None or initial[-1:].upper() not in "AEIOUYÀÉ":
        return False
    words = {word for run in runs for word in _WORD.findall(_text(run).lower())}
    words_but_rest = Counter(w for run in runs for w in _WORD.findall(_text(run).lower()))
    return words_but_rest[rest[0].lower()] > 1 and (initial[-1:] + rest[0]).lower() not in words


def pushed_in(rows: Sequence[PdfRow], initials: Sequence[Initial]) -> list[PdfRow]:
    """The rows, with their `inset` where an initial letter pushes them in."""
    out: list[PdfRow] = []
    for row in rows:
        for initial in initials:
            beside = initial.top < row.base <= initial.base + 0.3 * row.size
            if beside and -1 <= row.x0 - initial.x1 < 2 * row.size:
                row = row._replace(inset=row.x0 - initial.x0)
        out.append(row)
    return out


def take_watermarks(runs: Sequence[FontRun]) -> tuple[list[FontRun], list[FontRun]]:
    """Part the runs in those of the text and those behind it: large or pale words that rows of text run across.

    Pale words far larger than the text are watermarks where they stand alone, too.
    """
    size = _text_size(runs)
    pale = sum(r.ink for r in runs if r.paint == PALE)
    is_pale_page = pale > 0.3 * sum(r.ink for r in runs)
    behind: dict[tuple[float, int], list[FontRun]] = defaultdict(list)
    for run in runs:
        if run.size >= WATERMARK * size or (run.paint == PALE and not is_pale_page):
            behind[round(run.size, 1), round(run.base)].append(run)
    if not behind or len(behind) > MOST_CANDIDATES:
        return list(runs), []
    candidates = {id(run) for group in behind.values() for run in group}
    text = [run for run in runs if id(run) not in candidates and run.ink]
    marks = {
        id(run)
        for group in behind.values()
        if _is_faint(group, size, is_pale_page) or any(_lies_under(run, text) for run in group)
        for run in group
    }
    return [r for r in runs if id(r) not in marks], [r for r in runs if id(r) in marks]


def _is_faint(group: Sequence[FontRun], size: float, is_pale_page: bool) -> bool:
    return not is_pale_page and all(r.paint == PALE and r.size >= PALE_SIZE * size for r in group)


def _lies_under(mark: FontRun, text: Sequence[FontRun]) -> bool:
    """Whether a row of text runs across a mark's letters."""
    high = mark.base - CAP_HEIGHT * mark.size
    for run in text:
        overlap = min(run.x1, mark.x1) - max(run.x0, mark.x0)
        middle = run.base - 0.25 * run.size
        if overlap > 0.5 * run.size and high < middle < mark.base and run.size < 1.2 * mark.size:
            return True
    return False
