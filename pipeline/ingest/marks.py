"""Marks: what a list prints before an item ("1.", "(a)", "•") and what calls a footnote; shared by all readers."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.ingest.printed_marks import Mark, read_mark

BULLETS = "-•*–—·▪●○◦‣■□➢✓⁃∙"
"""Symbols that stand before a list item and say nothing else."""

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BULLET = re.compile(rf"([{re.escape(BULLETS)}]|[\ue000-\uf8ff])\s+(?=\S)|([•▪●○◦‣■□➢✓∙·]|[\ue000-\uf8ff])(?=\w)")
_LOST_BULLET = re.compile(r"\.\s+(?=\S)")
"""A bullet that became a full stop."""
_NOTE = re.compile(r"[\[(]?(\d{1,3}|\*{1,3}|[†‡§]{1,2})[\])]?$")
_UNIT = re.compile(r"(?:^|[^\w])(?:[kcdm]?m|\d+|CO|H|NO|SO|PM)$")
_TYPED_NOTE = re.compile(r"(?<=[^\W\d_]{2})[⁰¹²³⁴-⁹]+|(?<=[.,;:!?)\]”’»\"'])[⁰¹²³⁴-⁹]+")


class ListMark(NamedTuple):
    """A mark found at the start of a line: its text, where the item's own text starts, and how sure it is.

    `value` is the number of a mark that has one (None for others); `is_bullet` tells a pure symbol; `is_doubtful` marks could as
    well be a wrapped line's first word ("12.", "A.", a dash); `printed` is the mark of a list that counts.
    """

    text: str
    end: int
    is_bullet: bool
    value: int | None
    is_doubtful: bool
    printed: Mark | None = None


def list_mark(text: str) -> ListMark | None:
    """Finds the list mark that a line starts with, so that an item opens a paragraph even without a blank line.

    >>> list_mark("(a) To promote").text, list_mark("• access").is_bullet, list_mark("2018. The meeting")
    ('(a)', True, None)
    """
    if found := _BULLET.match(text):
        symbol = found[1] or found[2]
        return ListMark(symbol, found.end(), True, None, symbol in "-–—*·")
    if found := _LOST_BULLET.match(text):
        return ListMark(".", 1, False, None, True)
    mark = read_mark(text)
    shown = text[: mark.length].rstrip() if mark else ""
    if mark is None or mark.length == len(shown) or (mark.style == "word" and not _is_formal(shown)):
        return None
    return counted_mark(text, mark)


def counted_mark(text: str, mark: Mark) -> ListMark:
    """The mark of an item that is counted, as a line of `text` starts with it."""
    shown = text[: mark.length].rstrip()
    value = int(mark.core) if mark.core.isdigit() else None
    doubtful = mark.style not in ("paren", "half", "label") or value is not None or shown[:1].isupper()
    return ListMark(shown, len(shown), False, value, doubtful and mark.style != "label", mark)


def _is_formal(shown: str) -> bool:
    """Whether a number in words is set as a mark ("PRIMERO:", "Primero.-") and not as the first word of a sentence."""
    return shown[0].upper() == shown[0].lower() or shown.isupper() or shown[-1] in "-–—:"


def split_bullet(text: str) -> tuple[str, str]:
    """Takes a typed bullet off the start of a paragraph, so that it is a mark as an automatic one is.

    >>> split_bullet("• access to services"), split_bullet("(a) access")
    (('•', 'access to services'), ('', '(a) access'))
    """
    found = list_mark(text)
    return (found.text, text[found.end :]) if found and found.is_bullet else ("", text)


def note_call(before: str, raised: str) -> str:
    """The footnote mark that raised text stands for, or "" when it is part of the text: an ordinal, a unit, a power.

    >>> note_call("Human Rights;", "2"), note_call("9", "e"), note_call("12 km", "2")
    ('2', '', '')
    """
    found = _NOTE.match(raised.strip())
    if not found or not before.strip() or _UNIT.search(before.rstrip()[-12:]):
        return ""
    return found[1]


def note_calls(before: str, raised: str) -> tuple[str, ...]:
    """All footnote marks of one raised text ("1, 2"), or () when any part of it is something else.

    >>> note_calls("Rights;", "1, 2"), note_calls("the 5", "th")
    (('1', '2'), ())
    """
    calls = tuple(note_call(before, part) for part in re.split(r"[,;\s]+", raised.strip()))
    return calls if all(calls) else ()


def typed_notes(text: str) -> tuple[str, tuple[str, ...]]:
    """Takes superscript digits that call footnotes out of a text, because they would spoil the word before them.

    >>> typed_notes("governance,⁴ and 5 km² more")
    ('governance, and 5 km² more', ('4',))
    """
    calls: list[str] = []

    def call(found: re.Match[str]) -> str:
        mark = note_call(text[: found.start()], found[0].translate(_SUPERSCRIPTS))
        if mark:
            calls.append(mark)
        return "" if mark else found[0]

    return _TYPED_NOTE.sub(call, text), tuple(calls)


def note_start(text: str) -> tuple[str, str]:
    """Splits a footnote's printed superscript number from its text; the number is "" where there is none.

    >>> note_start("⁴ A. Betts (ed.)")
    ('4', 'A. Betts (ed.)')
    """
    found = re.match(r"([⁰¹²³⁴-⁹]{1,3})\s*(?=\S)", text)
    return (found[1].translate(_SUPERSCRIPTS), text[found.end() :]) if found else ("", text)
