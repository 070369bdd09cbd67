"""Corrections of how a text was cut: paragraphs that an analyst merges, splits or gives another number."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from extractors.model import Kind, Paragraph, WordBox
from extractors.text.normalization import squash
from pipeline.segment.heading import keep_compact_objectives, objective_of

Operation = Literal["merge", "split", "renumber"]
LONGEST_NUMBER = 60
_NUMBER = re.compile(r"[^\W_][\w .()/\-]*|¶\d+")
_LABELS: Mapping[str, Kind] = {"FM": "frontmatter", "BM": "backmatter", "PP": "preambular", "¶": "body"}
_TITLES: frozenset[str] = frozenset({"heading", "title", "frontmatter", "backmatter"})


@dataclass(frozen=True, slots=True)
class Correction:
    """One change of how a document was cut, known by the text that it is about, and not by a number or a place.

    `name` tells it from others, `paragraph` and `text` are the id (with suffix) and the text of the paragraph when it was
    looked at. A `merge` joins it to the paragraph before it, whose text was `before`. A `split` makes a new paragraph of
    what stands from `start` (an offset into `text`) on. `number` is the official id that a `renumber` gives, or that the new
    paragraph of a split gets ("" leaves it under the number above). One that `is_of_copy` was decided on another copy of
    the text: where that is cut otherwise here, nothing is lost.
    """

    name: str
    operation: Operation
    paragraph: str
    text: str
    before: str = ""
    start: int = 0
    number: str = ""
    is_of_copy: bool = False


@dataclass(frozen=True, slots=True)
class Corrected:
    """Paragraphs after corrections: the names of those that were made, and of those whose text is there no more."""

    paragraphs: tuple[Paragraph, ...]
    applied: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def correct_paragraphs(
    paragraphs: Sequence[Paragraph], corrections: Iterable[Correction], *, language: str = ""
) -> Corrected:
    """Make corrections one after the other, in the order in which they were decided; each sees what the last one left.

    No word is lost or doubled, ids stay unique, and paragraphs that no correction is about keep theirs. A correction whose
    text stands nowhere any more, or in several paragraphs of which none has its id, is lost and changes nothing; one that
    the text as it is cut now fulfils already counts as made.

    >>> cut = (Paragraph(1, "1", "paragraph", "1. We met and"), Paragraph(2, "1", "continuation", "agreed.", "#2"))
    >>> joined = Correction("c", "merge", "1#2", "agreed.", before="1. We met and")
    >>> [p.text for p in correct_paragraphs(cut, [joined]).paragraphs]
    ['1. We met and agreed.']
    """
    wanted = tuple(corrections)
    if not wanted:
        return Corrected(tuple(paragraphs))
    text = CutText(paragraphs)
    applied: list[str] = []
    lost: list[str] = []
    for correction in wanted:
        is_made = _MAKERS[correction.operation](text, correction)
        if is_made or not correction.is_of_copy:
            (applied if is_made else lost).append(correction.name)
    ordered = (replace(p, order=n) for n, p in enumerate(keep_compact_objectives(text.paragraphs, language), 1))
    return Corrected(tuple(ordered), tuple(applied), tuple(lost))


def read_number(text: str) -> str:
    """Return an official id as it is written down (`§22 (b)` is `22(b)`), "" where it can be none.

    >>> read_number("§22 (b)"), read_number("Annex II/8"), read_number("PP2 bis"), read_number("17#2")
    ('22(b)', 'Annex II/8', 'PP2 bis', '')
    """
    number = re.sub(r"\s+(?=\()", "", " ".join(text.split()).removeprefix("§").strip())
    return number if len(number) <= LONGEST_NUMBER and _NUMBER.fullmatch(number) else ""


def has_two_parts(text: str, start: int) -> bool:
    """Whether an offset cuts a text into two parts that say something, and no word in two."""
    sides = text[max(0, start - 1) : start], text[start : start + 1]
    parts = text[:start], text[start:]
    return 0 < start < len(text) and not all(map(str.isalnum, sides)) and all(any(map(str.isalnum, p)) for p in parts)


def place_before(paragraphs: Sequence[Paragraph], place: int) -> int | None:
    """The place of the paragraph that one can be merged with: notes and furniture between them are passed over."""
    passed = {"furniture"} if paragraphs[place].kind == "note" else {"furniture", "note"}
    return next((n for n in range(place - 1, -1, -1) if paragraphs[n].kind not in passed), None)


class CutText:
    """Paragraphs while they are corrected, each with its text as texts are compared."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = list(paragraphs)
        self.keys = [squash(p.text) if p.kind != "furniture" else "" for p in paragraphs]

    def find(self, text: str, name: str, is_wanted: Callable[[int], bool] = lambda place: True) -> int | None:
        """The place of the paragraph with this text: of several the one with this id, else none."""
        wanted = squash(text)
        places = [n for n, key in enumerate(self.keys) if key == wanted and key and is_wanted(n)]
        named = [n for n in places if self.paragraphs[n].id == name]
        return named[0] if named else places[0] if len(places) == 1 else None

    def put(self, place: int, *paragraphs: Paragraph) -> None:
        """Put paragraphs in the place of one."""
        self.paragraphs[place : place + 1] = paragraphs
        self.keys[place : place + 1] = [squash(p.text) for p in paragraphs]

    def suffix(self, number: str, own: Paragraph | None = None, sign: str = "#") -> str:
        """The first free suffix under an official id, "" where the id itself is free; `own` is no obstacle."""
        used = {p.id for p in self.paragraphs if p is not own}
        if number not in used and sign == "#":
            return ""
        numbers = range(2 if sign == "#" else 1, len(used) + 3)
        return next(suffix for n in numbers if number + (suffix := f"{sign}{n}") not in used)

    def retitle(self, place: int, path: tuple[str, ...], renamed: tuple[str, ...]) -> None:
        """Give what stands under the headings `path`, from a place on, other headings; to the next such heading at most."""
        for n in range(place, len(self.paragraphs)):
            under = self.paragraphs[n]
            if under.kind in ("note", "furniture"):
                continue
            if under.heading_path[: len(path)] != path or (under.kind == "heading" and under.heading_path == path):
                return
            self.paragraphs[n] = _under(under, (*renamed, *under.heading_path[len(path) :]))

    def name_heading(self, place: int) -> None:
        """Give a heading the id that its text makes."""
        heading = self.paragraphs[place]
        number = f"{heading.paragraph.partition('H:')[0]}H:{' '.join(heading.text.split())}"
        self.paragraphs[place] = replace(heading, paragraph=number, suffix=self.suffix(number, heading))


def _under(paragraph: Paragraph, path: tuple[str, ...]) -> Paragraph:
    named = next((told for heading in reversed(path) if (told := objective_of(heading))), None)
    return replace(paragraph, heading_path=path, objective=named[0] if named and 1 <= named[0] <= 23 else None)


def _merge(text: CutText, wanted: Correction) -> bool:
    """Text beats a heading: one that is merged with a paragraph of the text is part of it and heads nothing."""

    def follows(place: int) -> bool:
        earlier = place_before(text.paragraphs, place)
        return earlier is not None and text.keys[earlier] == squash(wanted.before)

    place = text.find(wanted.text, wanted.paragraph, follows)
    if place is None:
        return squash(f"{wanted.before} {wanted.text}") in text.keys
    earlier = place_before(text.paragraphs, place)
    assert earlier is not None
    first, second = text.paragraphs[earlier], text.paragraphs[place]
    shift = len(first.text) + 1
    words = (*first.words, *(w._replace(start=w.start + shift, end=w.end + shift) for w in second.words))
    page = first.page_number if first.page_number is not None else second.page_number
    has_number = first.kind in _TITLES and second.kind not in _TITLES
    joined = replace(second if has_number else first, text=f"{first.text} {second.text}", words=words, page_number=page)
    del text.paragraphs[place], text.keys[place]
    if first.kind != "heading":
        if second.kind == "heading":  # its last words stood on a line of their own
            text.retitle(place, second.heading_path, second.heading_path[:-1])
    elif has_number:  # its first words did
        upper = first.heading_path[:-1]
        text.retitle(earlier + 1, first.heading_path, upper)
        joined = _under(joined, (*upper, *second.heading_path[len(first.heading_path) :]))
    else:  # a heading of two lines
        path = (*first.heading_path[:-1], joined.text)
        if second.kind == "heading":
            text.retitle(place, second.heading_path, path)
        text.retitle(earlier + 1, first.heading_path, path)
        joined = _under(joined, path)
    text.put(earlier, joined)
    if joined.kind == "heading":
        text.name_heading(earlier)
    return True


def _split(text: CutText, wanted: Correction) -> bool:
    parts = squash(wanted.text[: wanted.start]), squash(wanted.text[wanted.start :])
    place = text.find(wanted.text, wanted.paragraph)
    if place is None:
        return parts in pairwise(key for key in text.keys if key)
    whole = text.paragraphs[place]
    start = wanted.start if whole.text == wanted.text else _offset(whole.text, len(parts[0]))
    if not has_two_parts(whole.text, start):
        return False
    first, second = whole.text[:start].rstrip(), whole.text[start:].lstrip()
    shift = len(whole.text) - len(second)
    upper, lower = partition_words(whole.words, start)
    lower = tuple(w._replace(start=max(0, w.start - shift), end=w.end - shift) for w in lower)
    number, is_note = wanted.number or whole.paragraph, whole.kind == "note"
    kind = _kind_of(wanted.number) if wanted.number and not is_note else _kind_below(whole.kind)
    suffix = text.suffix(number, sign="#n" if is_note else "#")
    head = replace(whole, text=first, words=upper)
    tail = replace(whole, paragraph=number, suffix=suffix, kind=kind, text=second, words=lower)
    text.put(place, head, tail)
    if whole.kind == "heading":
        path = (*whole.heading_path[:-1], first)
        text.paragraphs[place : place + 2] = _under(head, path), _under(tail, path)
        text.name_heading(place)
        text.retitle(place + 2, whole.heading_path, path)
    return True


def _offset(text: str, length: int) -> int:
    """The start of the word before which this many characters stand, counted as texts are compared."""
    starts = [match.start() for match in re.finditer(r"\S+", text)]
    place = bisect_left(starts, length, key=lambda start: len(squash(text[:start])))
    return starts[place] if place < len(starts) else len(text)


def partition_words(words: Sequence[WordBox], start: int) -> tuple[tuple[WordBox, ...], tuple[WordBox, ...]]:
    """The boxes of what stands before an offset and behind it; a box over it is cut between its two parts."""
    upper, lower = [], []
    for word in words:
        if word.start < start < word.end:
            middle = word.x0 + (word.x1 - word.x0) * (start - word.start) / (word.end - word.start)
            upper.append(word._replace(end=start, x1=middle))
            lower.append(word._replace(start=start, x0=middle))
        else:
            (upper if word.start < start else lower).append(word)
    return tuple(upper), tuple(lower)


def _renumber(text: CutText, wanted: Correction) -> bool:
    """What has its number from this paragraph gets the new one, too: its lines and notes, and its points (22(a) under 22)."""
    place = text.find(wanted.text, wanted.paragraph)
    if place is None:
        return False
    old = text.paragraphs[place]
    if old.paragraph == wanted.number and not old.suffix:
        return True
    for n in (place, *_continued(text.paragraphs, place)):
        row = text.paragraphs[n]
        sign = "#n" if row.kind == "note" else "#"
        number = wanted.number + row.paragraph[len(old.paragraph) :]
        kind = _kind_of(number) if n == place and row.kind != "note" else row.kind
        text.paragraphs[n] = replace(row, paragraph=number, suffix=text.suffix(number, row, sign), kind=kind)
    if old.kind == "heading":
        text.retitle(place, old.heading_path, old.heading_path[:-1])
    return True


def _continued(paragraphs: Sequence[Paragraph], place: int) -> list[int]:
    """The places of what follows a paragraph under its number: lines, notes and points."""
    number, rows = paragraphs[place].paragraph, []
    for n in range(place + 1, len(paragraphs) if not paragraphs[place].suffix else 0):
        below = paragraphs[n]
        if (below.paragraph == number and below.suffix) or below.paragraph.startswith(f"{number}("):
            rows.append(n)
        elif paragraphs[n].kind not in ("furniture", "note"):
            break
    return rows


def _kind_of(number: str) -> Kind:
    """What a paragraph with this id is.

    >>> _kind_of("22(b)"), _kind_of("PP3"), _kind_of("OP3")
    ('subparagraph', 'preambular', 'paragraph')
    """
    below: Kind = "subparagraph" if number.endswith(")") else "paragraph"
    return next((kind for label, kind in _LABELS.items() if number.startswith(label)), below)


def _kind_below(kind: Kind) -> Kind:
    """What the second part of a paragraph is that has no number of its own."""
    return kind if kind in ("note", "cell", "furniture", "frontmatter", "backmatter") else "continuation"


_MAKERS: Mapping[Operation, Callable[[CutText, Correction], bool]] = {
    "merge": _merge,
    "split": _split,
    "renumber": _renumber,
}
