"""Rows printed from right to left put into reading order: words, numbers, Latin names, brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

Letter = tuple[str, bool]
"""The text of a glyph, and whether it is bold."""

_RTL = re.compile(r"[\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u052f]")
_SEPARATORS = frozenset(",./:\u066b\u066c")
"""Signs that stay inside a number when it stands between Arabic letters (Unicode annex 9, W2 and W4)."""
_OPENING, _CLOSING = "([{«‹", ")]}»›"
_TO_OPENING, _TO_CLOSING = str.maketrans(_CLOSING, _OPENING), str.maketrans(_OPENING, _CLOSING)


class _Printed(Protocol):
    glyphs: list[Letter]


Word = TypeVar("Word", bound=_Printed)


def is_right_to_left(text: str) -> bool:
    """Whether a letter of a script written from the right is in the text (digits are of no side)."""
    return _RTL.search(text) is not None


def order_from_right(words: Sequence[Word]) -> list[Word]:
    """Words of a row, given from left to right, in reading order, and the letters of each as well.

    Case 1, a word with Arabic letters: its letters from the right, a number in it from the left.
    Case 2, Latin words beside each other ("Global Compact 2018"): they keep their order, and signs at their ends
    change sides.
    Case 3, numbers and signs alone (".1" printed at the right edge is "1."; "3 ,2 ,1" is "1, 2, 3").
    Brackets open at the head of a word and close at its end, whatever form of them the file names.
    """
    out: list[Word] = []
    end = len(words)
    while end:
        start = end - 1
        while not is_right_to_left(_text(words[end - 1])) and start and not is_right_to_left(_text(words[start - 1])):
            start -= 1
        out += _stretch(words[start:end])
        end = start
    for word in out:
        word.glyphs = _bracketed(word.glyphs)
    return out


def _text(word: _Printed) -> str:
    return "".join(text for text, _ in word.glyphs)


def _stretch(words: Sequence[Word]) -> list[Word]:
    """Words without Arabic letters between them (or one word that has some), in reading order."""
    latin = [place for place, word in enumerate(words) if _LATIN.search(_text(word))]
    if not latin or is_right_to_left(_text(words[0])):
        for word in words:
            word.glyphs = _flipped(word.glyphs)
        return list(reversed(words))
    first, last = latin[0], latin[-1] + 1
    while last < len(words) and _text(words[last]).isdigit():
        last += 1
    kept = list(words[first:last])
    head, tail = _signs(kept[0].glyphs), _signs(kept[-1].glyphs[::-1])
    kept[0].glyphs = kept[0].glyphs[len(head) :]
    kept[-1].glyphs = kept[-1].glyphs[: len(kept[-1].glyphs) - len(tail)] + head
    kept[0].glyphs = tail + kept[0].glyphs
    return _stretch(words[last:]) + kept + _stretch(words[:first]) if len(kept) < len(words) else kept


def _signs(glyphs: Sequence[Letter]) -> list[Letter]:
    """The signs before the first letter or digit."""
    place = next((n for n, (text, _) in enumerate(glyphs) if _is_left(text)), 0)
    return list(glyphs[:place])


def _is_left(text: str) -> bool:
    return _LATIN.match(text) is not None or text[:1].isdigit()


def _flipped(glyphs: Sequence[Letter]) -> list[Letter]:
    """Letters from the right; numbers and Latin letters among them from the left."""
    out: list[Letter] = []
    end = len(glyphs)
    while end:
        start = end - 1
        if _is_left(glyphs[start][0]):
            while start and (
                _is_left(glyphs[start - 1][0])
                or (start > 1 and glyphs[start - 1][0] in _SEPARATORS and _is_left(glyphs[start - 2][0]))
            ):
                start -= 1
        out += glyphs[start:end]
        end = start
    return out


def _bracketed(glyphs: list[Letter]) -> list[Letter]:
    places = [n for n, (text, _) in enumerate(glyphs) if text[:1].isalnum()]
    if not places:
        return glyphs
    head = [(text.translate(_TO_OPENING), bold) for text, bold in glyphs[: places[0]]]
    tail = [(text.translate(_TO_CLOSING), bold) for text, bold in glyphs[places[-1] + 1 :]]
    return head + glyphs[places[0] : places[-1] + 1] + tail
