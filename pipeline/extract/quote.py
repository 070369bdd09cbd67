"""Quotes in the style of the published analysis: the sentence around a wording, "..." where words are left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.lexicon.language import words

ELLIPSIS = "..."
LIMIT = 320

Span = tuple[int, int]

_SENTENCE_END = re.compile(r"[.!?؟۔]+[\"”’»)\]]*(\s+)|[。！？]+[”’」』）]*(\s*)")
_OPENING = '"“‘«([¿¡「『（'
_ABBREVIATIONS = frozenset(words(lambda language: language.sentences.abbreviations))
_CLAUSE_START = re.compile(r"(?:[,;:،؛]|\s[–—-])\s+")
_CLAUSE_END = re.compile(r"\s?[,;:،؛]\s|\s[–—-]\s")
_TRAILING = " \t\n\r\u00a0,;:،؛.–—-。，；：、"
_WIDE_MARKS = frozenset("。，、；：！？「」『』（）《》")
_OPEN_WORDS = frozenset(words(lambda language: language.sentences.open))
_LONGEST_WORD = 80


class Run(NamedTuple):
    """A piece of rich text: `is_bold` is true where it is a wording that was found."""

    text: str
    is_bold: bool


Runs = tuple[Run, ...]


def quote_text(text: str, spans: Sequence[Span], limit: int = LIMIT) -> str:
    """Quote `text` around `spans`: whole sentences where they fit, cut between words and marked "..." where not.

    `spans` are (start, end) character offsets into `text`; every one of them is in the quote, also where they alone
    are longer than `limit` (characters of the text, not counting the ellipses).

    >>> quote_text("We met. We also thank the Forum, launched in 2007. We will meet again.", [(26, 31)], 45)
    '...We also thank the Forum, launched in 2007...'
    """
    return plain(runs(text, spans, limit))


def runs(text: str, spans: Sequence[Span], limit: int = LIMIT) -> Runs:
    """Quote like `quote_text`, in pieces for rich text: the spans bold, the rest not; no piece is empty.

    >>> runs("the Forum meets", [(4, 9)])
    (Run(text='the ', is_bold=False), Run(text='Forum', is_bold=True), Run(text=' meets', is_bold=False))
    """
    bold = _merged((max(0, s), min(len(text), e)) for s, e in spans)
    pieces = _pieces(text, bold, limit)
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    out: list[Run] = []
    for n, (start, end) in enumerate(pieces):
        if n == 0 and start > first:
            out.append(Run(ELLIPSIS, False))
        out += _marked(text, start, end, bold)
        if n + 1 < len(pieces):
            out.append(Run(ELLIPSIS + " ", False))
        elif end < last:
            out.append(Run(ELLIPSIS, False))
    return _joined(out)


def mark(text: str, wordings: Iterable[str]) -> Runs:
    """Cut a finished quote into pieces with every whole-word occurrence of the wordings bold.

    >>> mark("the Forum and the Forums", ["Forum"])
    (Run(text='the ', is_bold=False), Run(text='Forum', is_bold=True), Run(text=' and the Forums', is_bold=False))
    """
    spans = _merged(span for wording in wordings for span in occurrences(text, wording))
    return _joined(_marked(text, 0, len(text), spans))


def occurrences(text: str, wording: str) -> list[Span]:
    """Find the places where exactly this wording stands as whole words.

    >>> occurrences("cities, capacities", "cities")
    [(0, 6)]
    """
    out: list[Span] = []
    start = text.find(wording) if wording.strip() else -1
    while start >= 0:
        end = start + len(wording)
        whole = not _in_word(text[start - 1 : start]) and not _in_word(text[end : end + 1])
        if whole:
            out.append((start, end))
        start = text.find(wording, end if whole else start + 1)
    return out


def _in_word(character: str) -> bool:
    r"""Whether a pattern's `\w` fits; a pattern for every wording would cost more than the search."""
    return character.isalnum() or character == "_"


def plain(pieces: Iterable[Run]) -> str:
    """Join pieces of rich text to plain text."""
    return "".join(piece.text for piece in pieces)


def sentences(text: str) -> list[Span]:
    """Cut text into sentences; abbreviations ("para. 22"), initials and decimals do not end one.

    >>> [text[a:b] for text in ["See para. 22. We agree."] for a, b in sentences(text)]
    ['See para. 22.', 'We agree.']
    """
    out: list[Span] = []
    start = len(text) - len(text.lstrip())
    for m in _SENTENCE_END.finditer(text):
        following = text[m.end() : m.end() + 3].lstrip(_OPENING)[:1]
        word = text[max(start, m.start() - 40) : m.start()].rsplit(None, 1)[-1:]
        last = word[0].lstrip(_OPENING) if word else ""
        initial = len(last) == 1 and last.isupper()
        is_dash = (
            following.isdigit() and last.isdigit() and text[m.start() - 1].isspace()
        )  # "20 ? 22 June", lost in a file
        if not following or following.islower() or initial or is_dash or last.lower() in _ABBREVIATIONS:
            continue
        end = m.start(1) if m.start(1) >= 0 else m.start(2)
        out.append((start, end))
        start = m.end()
    if start < len(text.rstrip()):
        out.append((start, len(text.rstrip())))
    return out


def _merged(spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _marked(text: str, start: int, end: int, bold: Sequence[Span]) -> list[Run]:
    out: list[Run] = []
    at = start
    for s, e in bold:
        if s < start or e > end:
            continue
        out += [Run(text[at:s], False), Run(text[s:e], True)]
        at = e
    return [*out, Run(text[at:end], False)]


def _joined(pieces: Iterable[Run]) -> Runs:
    out: list[Run] = []
    for piece in pieces:
        if not piece.text:
            continue
        if out and out[-1].is_bold == piece.is_bold:
            out[-1] = Run(out[-1].text + piece.text, piece.is_bold)
        else:
            out.append(piece)
    return tuple(out)


def _pieces(text: str, bold: Sequence[Span], limit: int) -> list[Span]:
    """The parts of the text to keep: whole sentences if they fit, else a window around each group of spans."""
    whole = sentences(text)
    cores = _merged((_widened(text, s, -1), _widened(text, e, 1)) for s, e in bold)
    if not cores and whole:
        cores = [(whole[0][0], _widened(text, whole[0][0] + 1, 1))]
    areas = _areas(text, whole, cores)
    if sum(e - s for s, e in areas) <= limit:
        return _finished(text, areas, bold)
    groups, room = _grouped(cores, areas, limit - sum(e - s for s, e in cores))
    windows = [_window(text, group, areas, room // len(groups)) for group in groups]
    return _finished(text, _touching(text, windows), bold)


def _widened(text: str, at: int, step: int) -> int:
    """The nearest white space before (step -1) or after (1); in a very long run without any, the edge of the word."""

    def wide(limit: int, inside: Callable[[str, str], bool]) -> int | None:
        place = at
        while 0 < place < len(text) and inside(text[place - 1], text[place]):
            place += step
            if abs(place - at) > limit:
                return None
        return place

    by_space = wide(_LONGEST_WORD, lambda left, right: not any(c.isspace() or c in _WIDE_MARKS for c in (left, right)))
    if by_space is not None:
        return by_space
    return wide(len(text), lambda left, right: left.isalnum() and right.isalnum()) or 0


def _areas(text: str, whole: Sequence[Span], cores: Sequence[Span]) -> list[Span]:
    """The sentences that hold a core, neighbours joined."""
    held = [(s, e) for s, e in whole if any(a < e and b > s for a, b in cores)]
    return _touching(text, _merged([*held, *cores]))


def _touching(text: str, spans: Iterable[Span]) -> list[Span]:
    """Join spans that overlap or have only white space between them."""
    out: list[Span] = []
    for start, end in spans:
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _grouped(cores: Sequence[Span], areas: Sequence[Span], room: int) -> tuple[list[Span], int]:
    """Join cores of one area whose gap is cheap (shortest first, at most half the room), and tell the room left."""
    ends = {e for _, e in areas}
    gaps = sorted((b[0] - a[1], n) for n, (a, b) in enumerate(pairwise(cores)))
    filled: set[int] = set()
    for size, n in gaps:
        if size <= room // 2 and not any(cores[n][1] <= end <= cores[n + 1][0] for end in ends):
            filled.add(n)
            room -= size
    groups = [cores[0]]
    for n, core in enumerate(cores[1:]):
        if n in filled:
            groups[-1] = (groups[-1][0], core[1])
        else:
            groups.append(core)
    return groups, max(0, room)


def _window(text: str, core: Span, areas: Sequence[Span], room: int) -> Span:
    """The core with up to `room` characters of its area around it; the start of a sentence is kept where it is near."""
    low, high = next((s, e) for s, e in areas if s <= core[0] and core[1] <= e)
    before, after = core[0] - low, high - core[1]
    if before <= room * 0.7:
        left = before
    elif after <= room * 0.4:
        left = room - after
    else:
        left = int(room * 0.6)
    right = min(after, room - left)
    start, end = core[0] - left, core[1] + right
    if start > low:
        clauses = (m.end() for m in _CLAUSE_START.finditer(text, max(low, start - 2), core[0]))
        near = [at for at in clauses if start <= at <= start + left * 0.5]
        spaces = (m.end() for m in re.finditer(r"\s+", text[start - 1 : core[0]]))
        start = near[0] if near else start - 1 + next(spaces, left + 1)
    if end < high:
        clauses = (m.start() for m in _CLAUSE_END.finditer(text, core[1], min(high, end + 2)))
        near = [at for at in clauses if end - max(right * 0.4, 24) <= at <= end]
        ends = [core[1] + m.start() for m in re.finditer(r"\s+", text[core[1] : end + 1])]
        end = near[-1] if near else (ends or [core[1]])[-1]
    return start, end


def _finished(text: str, kept: Sequence[Span], bold: Sequence[Span]) -> list[Span]:
    """The pieces without punctuation and dangling words before an ellipsis."""
    last = len(text.rstrip())
    return [(s, e if e >= last else _trimmed(text, e, max((b for _, b in bold if b <= e), default=s))) for s, e in kept]


def _trimmed(text: str, end: int, floor: int) -> int:
    """`end` moved back over punctuation and dangling function words, never before `floor`."""
    while True:
        at = floor + len(text[floor:end].rstrip(_TRAILING))
        space = max((at - len(word) for word in text[floor:at].split()[-1:] if word.lower() in _OPEN_WORDS), default=-1)
        if space <= floor:
            return at
        end = space
