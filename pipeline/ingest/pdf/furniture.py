"""What a page carries besides its text: running heads, page and job numbers, mastheads, and footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from extractors.lexicon.language import any_word
from pipeline.ingest.line import Role
from pipeline.ingest.pdf.layout import PageRows
from pipeline.ingest.pdf.rows import PdfRow

ZONE = 0.15
"""Share of the page's height, at the top and at the foot, where running heads and page numbers stand."""
MASTHEAD_ZONE = 0.45
LARGEST_HEAD = 1.15
"""Running heads are not larger than this share of the body size: what is larger is a heading."""
SMALLER = 0.95
"""Footnotes are set smaller than this share of the body size."""

_PAGE = re.compile(
    rf"(?:{any_word(lambda language: language.pages.page)})?\s*[-–—]?"
    r"\s*(?:\d{1,4}|(?-i:[ivxlc]{1,6})|[٠-٩]{1,4})\s*[-–—]?"
    rf"(?:\s*(?:/|{any_word(lambda language: language.pages.page_links)})\s*[\d٠-٩]{{1,4}})?",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"\d{1,4}/\d{1,4}|\d{2}-\d{5,6}|\([A-Z]\)|\d{6}|\*\d{6,}[A-Z]?\*"
    r"|(?:A|E|S|ST|CCPR|CEDAW|CERD|CRC|CAT|CMW|HRI|TD|FCCC|DP|UNEP)/[A-Z0-9][\w./()-]*"
)
_RECYCLE = re.compile(any_word(lambda language: language.pages.recycling), re.IGNORECASE)
_BODY_NAMES = re.compile(any_word(lambda language: language.pages.mastheads), re.IGNORECASE)
_SYMBOL = re.compile(r"\b(?:A|E|S|ST|TD)/(?:[A-Z]+[./])*[\w./-]*\d")
_DISTRIBUTION = re.compile(rf"(?<!\w)(?:{any_word(lambda language: language.pages.distribution)})(?!\w)", re.IGNORECASE)
_SEPARATOR = re.compile(r"[_=~–—\-.·•*\s]{3,}")
_NOTE_MARK = re.compile(r"(\*{1,4}|[†‡§¶]{1,2}|\d{1,3}/|\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}\.?)$")


class RowRole(NamedTuple):
    """What a row is: its role, and for a footnote its mark where it begins."""

    role: Role
    note: str = ""
    is_start: bool = False


def classify(pages: Sequence[PageRows]) -> list[list[RowRole]]:
    """Tell for each row of each page what it is.

    Running heads are told by recurring at the same height on other pages (digits apart), by standing above a rule
    that recurs, or by being a page number, document symbol or job number at the edge of the page; the masthead of
    a United Nations document by its names and the rule below it. Rows are never dropped.
    """
    size = body_size(pages)
    heads = [_zone(p, foot=False) for p in pages]
    feet = [_zone(p, foot=True) for p in pages]
    away: list[set[int]] = [set() for _ in pages]
    for zones, foot in ((heads, False), (feet, True)):
        recurring = _recurring(pages, zones, size)
        levels = _levels(pages, recurring)
        ruled = _ruled(pages, foot)
        for n, (page, zone) in enumerate(zip(pages, zones, strict=True)):
            beyond = {i for i in zone if ruled[n] is not None and (page.rows[i].base > ruled[n]) == foot}  # type: ignore[operator]
            candidates: list[int] = []
            for i in zone:
                row = page.rows[i]
                level = any(abs(row.base - b) <= 2.0 and abs(row.size - s) < 0.6 for b, s in levels)
                if i in recurring[n] or i in beyond or level or _is_number(row, page):
                    candidates.append(i)
                elif not (foot and row.lead):
                    break
            away[n] |= _set_off(page, candidates, foot, beyond)
    for n, page in enumerate(pages):
        if n == 0:
            away[n] |= _masthead(page)
        for i, row in enumerate(page.rows):
            if row.turn != page.turn or (row.cell is None and _SEPARATOR.fullmatch(row.text)):
                away[n].add(i)
        away[n] |= _number_above_notes(page, away[n])
    return [_parts(page, away[n], size) for n, page in enumerate(pages)]


def body_size(pages: Iterable[PageRows]) -> float:
    """The size, in points, that most of the document's characters are set in (tables apart where there is more)."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page.rows:
            if row.cell is None:
                sizes[row.size] += len(row.text)
    return max(sizes, key=lambda s: (sizes[s], s)) if sizes else 10.0


def _zone(page: PageRows, foot: bool) -> list[int]:
    """Rows near the page's edge, from the edge inwards."""
    height = page.down
    rows = [i for i, r in enumerate(page.rows) if r.cell is None and r.turn == page.turn]
    if foot:
        return sorted((i for i in rows if page.rows[i].base > height * (1 - ZONE)), key=lambda i: -page.rows[i].base)
    return sorted((i for i in rows if page.rows[i].base < height * ZONE), key=lambda i: page.rows[i].base)


def _set_off(page: PageRows, candidates: Sequence[int], foot: bool, beyond: set[int]) -> set[int]:
    """The candidates down to the last one that a seam parts from the text: a gap, another size or weight.

    Without this, documents that print the same page again and again would lose its first lines.
    """
    inwards = sorted(
        (i for i, r in enumerate(page.rows) if r.turn == page.turn),
        key=lambda i: page.rows[i].base,
        reverse=foot,
    )
    for k in range(len(candidates) - 1, -1, -1):
        row = page.rows[candidates[k]]
        at = inwards.index(candidates[k])
        following = page.rows[inwards[at + 1]] if at + 1 < len(inwards) else None
        if following is None or candidates[k] in beyond or _is_number(row, page) or _seam(row, following):
            return set(candidates[: k + 1])
    return set()


def _seam(row: PdfRow, following: PdfRow) -> bool:
    larger = max(row.size, following.size)
    gap = abs(following.base - row.base)
    return gap > 1.5 * larger or abs(row.size - following.size) > 0.08 * larger or row.is_bold != following.is_bold


def _key(row: PdfRow) -> str:
    return " ".join(sorted(re.sub(r"\d+", "#", row.text.casefold()).split()))


def _recurring(pages: Sequence[PageRows], zones: Sequence[Sequence[int]], size: float) -> list[set[int]]:
    """Rows whose words recur, in any order, at the same height on other pages; only page numbers may differ."""
    seen: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, zone in enumerate(zones):
        for i in zone:
            if pages[n].rows[i].size <= LARGEST_HEAD * size:
                seen[_key(pages[n].rows[i])].append((n, i))
    out: list[set[int]] = [set() for _ in pages]
    for alike in seen.values():
        for places in _numbered(pages, alike):
            middle = median(pages[n].rows[i].base for n, i in places)
            level = [(n, i) for n, i in places if abs(pages[n].rows[i].base - middle) <= 4.0]
            if len({n for n, _ in level}) >= (2 if len(pages) <= 6 else 3):
                for n, i in level:
                    out[n].add(i)
    return out


def _numbered(pages: Sequence[PageRows], places: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Rows alike but for their numbers: one group when a number counts the pages, else one for each wording."""
    offsets: Counter[int] = Counter()
    texts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, i in places:
        text = pages[n].rows[i].text
        offsets.update({int(d) - n for d in re.findall(r"\d{1,5}", text)})
        texts[" ".join(sorted(text.casefold().split()))].append((n, i))
    counts_pages = bool(offsets) and max(offsets.values()) >= 0.8 * len(places)
    return [list(places)] if counts_pages else list(texts.values())


def _levels(pages: Sequence[PageRows], recurring: Sequence[set[int]]) -> list[tuple[float, float]]:
    """Heights and sizes at which running heads recur: a head with another text on one page stands there too."""
    counts: Counter[tuple[float, float]] = Counter()
    for page, rows in zip(pages, recurring, strict=True):
        counts.update({(round(page.rows[i].base), page.rows[i].size) for i in rows})
    return [level for level, count in counts.items() if count >= 3]


def _ruled(pages: Sequence[PageRows], foot: bool) -> list[float | None]:
    """Height of the rule that sets the running head (or foot) off, where it recurs on other pages."""
    found: list[float | None] = []
    for page in pages:
        height, width = page.down, page.across
        rules = [
            r.top
            for r in page.rules
            if r.x1 - r.x0 > 0.5 * width and (r.top > height * (1 - ZONE) if foot else r.top < height * ZONE)
        ]
        found.append((min(rules) if foot else max(rules)) if rules else None)
    levels = Counter(round(y) for y in found if y is not None)

    def recurs(y: float) -> bool:
        return sum(levels[round(y) + d] for d in (-2, -1, 0, 1, 2)) >= 2

    return [y if y is not None and recurs(y) else None for y in found]


def _is_number(row: PdfRow, page: PageRows) -> bool:
    """Page, job and symbol numbers, bar-code text and the recycling line."""
    if row.lead:
        return False
    words = row.text.split()
    if all(_TOKEN.fullmatch(w) for w in words) or (_RECYCLE.search(row.text) and len(words) <= 4):
        return True
    return _PAGE.fullmatch(row.text) is not None


def _number_above_notes(page: PageRows, away: set[int]) -> set[int]:
    """Job numbers and bar-code text on a first page stand in the foot zone, beside or above other matter."""
    out: set[int] = set()
    for i in _zone(page, foot=True):
        words = page.rows[i].text.split()
        job = any(re.fullmatch(r"\d{2}-\d{5,6}|\*\d{6,}[A-Z]?\*", w) for w in words)
        if job and all(_TOKEN.fullmatch(w) for w in words):
            out.add(i)
    return out - away


def _masthead(page: PageRows) -> set[int]:
    """Rows of a United Nations masthead: everything down to the rule below the distribution block."""
    height, width = page.down, page.across
    top = [(i, r) for i, r in enumerate(page.rows) if r.base < MASTHEAD_ZONE * height and r.cell is None]
    names = [r.base for _, r in top if r.base < 0.25 * height and _is_name(r.text)]
    signs = [r.base for _, r in top if _DISTRIBUTION.search(r.text)]
    if not names or not (signs or any(_SYMBOL.search(r.text) and r.base < 0.2 * height for _, r in top)):
        return set()
    last = max(signs or names)
    rules = [r.top for r in page.rules if r.x1 - r.x0 > 0.5 * width and last < r.top < MASTHEAD_ZONE * height]
    if rules:
        return {i for i, r in top if r.base < min(rules)}
    below = [r for _, r in top if r.base > last]
    for row in below:
        if row.base - last > 2.0 * row.size or row.x0 < 0.45 * width:
            break
        last = row.base
    return {i for i, r in top if r.base <= last}


def _is_name(text: str) -> bool:
    """Whether a row shows the name of the organization or organ and nothing else but masthead matter."""
    rest = re.split(_DISTRIBUTION, text)[0]
    return _BODY_NAMES.fullmatch(re.sub(r"\s+", " ", _SYMBOL.sub("", rest)).strip()) is not None


def _parts(page: PageRows, away: set[int], size: float) -> list[RowRole]:
    parts: list[RowRole] = []
    for i, row in enumerate(page.rows):
        parts.append(RowRole("furniture") if i in away else RowRole("cell") if row.cell else RowRole("body"))
    for column in sorted({r.column for r in page.rows}):
        rows = [i for i, r in enumerate(page.rows) if r.column == column and parts[i].role == "body"]
        lines = [i for i, r in enumerate(page.rows) if r.column == column and _SEPARATOR.fullmatch(r.text)]
        for i, note, starts in _notes(page, rows, lines, size):
            parts[i] = RowRole("note", note, starts)
    return parts


def _notes(page: PageRows, rows: Sequence[int], lines: Sequence[int], size: float) -> Iterator[tuple[int, str, bool]]:
    """The footnotes at the foot of one column: row, mark, whether a note begins with it."""
    first = _first_note(page, rows, lines, size)
    if first is None:
        return
    for i in rows[first:]:
        mark = note_mark(page.rows[i])
        yield i, mark, bool(mark)


def note_mark(row: PdfRow) -> str:
    """The mark that a footnote's first row begins with, raised or on the line; empty when it has none."""
    if row.lead:
        return row.lead
    found = _NOTE_MARK.match(row.text.split(" ", 1)[0])
    if found is None or len(row.words) < 2:
        return ""
    return found[1].strip("/.[]()")


def _first_note(page: PageRows, rows: Sequence[int], lines: Sequence[int], size: float) -> int | None:
    """Index in `rows` of the first footnote row: below a short rule, or the small print at the foot with its mark."""
    if not rows:
        return None
    width = page.across
    left = min(page.rows[i].x0 for i in rows)
    drawn = [r.top for r in page.rules if r.x1 - r.x0 < 0.45 * width and r.x0 < left + 0.2 * width]
    typed = [page.rows[i].base for i in lines if len(page.rows[i].text) >= 8 and page.rows[i].x0 < left + 0.2 * width]
    for y in sorted(drawn + typed, reverse=True):
        below = [k for k, i in enumerate(rows) if page.rows[i].base > y]
        if not below or below != list(range(below[0], len(rows))):
            continue
        small = all(page.rows[rows[k]].size <= SMALLER * size for k in below)
        marked = bool(note_mark(page.rows[rows[below[0]]]))
        if small or (marked and all(page.rows[rows[k]].size <= size + 0.1 for k in below)):
            return below[0]
    first: int | None = None
    for k in range(len(rows) - 1, -1, -1):
        row = page.rows[rows[k]]
        if row.size > SMALLER * size:
            break
        if row.lead or (note_mark(row) and not note_mark(row).isdigit()):
            first = k
    return first
