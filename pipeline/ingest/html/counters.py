"""CSS counters: the numbers that a page's style sheet counts and prints before elements."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.ingest.numerals import numeral

CSS_TYPES: Mapping[str, str] = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "lower-greek": "lowerGreek",
    "arabic-indic": "arabicIndic",
    "persian": "persian",
    "devanagari": "hindiNumbers",
    "none": "",
    "disc": "•",
    "circle": "•",
    "square": "•",
}
"""What the values of `list-style-type` are called in `numerals`; "•" is a bullet, "" prints nothing."""
_CHANGE = re.compile(r"(?<![\w-])([a-z_-][\w-]*)(?:\s+(-?\d{1,6}))?(?![\w-])", re.I)
_PART = re.compile(
    r"\"(?P<text>[^\"]{0,200})\"|'(?P<quoted>[^']{0,200})'|attr\(\s*(?P<attribute>[\w-]{1,40})\s*\)"
    r"|(?P<all>counters?)\(\s*(?P<name>[\w-]{1,80})\s*(?:,\s*[\"'](?P<between>[^\"']{0,20})[\"']\s*)?"
    r"(?:,\s*(?P<style>[\w-]{1,40})\s*)?\)",
    re.I,
)
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?", re.I)
_MOST = 200
"""Counters of one page; what a hostile sheet names beyond that is not counted."""


class Counters:
    """The counters of a page while it is walked; each lives in the element that reset it, its siblings and what is
    inside of them (CSS Lists 3, section 4.3).

    >>> counters = Counters()
    >>> counters.enter(1, "item 4", "item")
    >>> counters.printed('"(" counter(item, lower-latin) ") "', {})
    '(e)'
    """

    def __init__(self) -> None:
        self._values: dict[str, list[list[int]]] = {}  # of each name, (depth of the scope's parent, value), inner last

    def enter(self, depth: int, resets: str, increments: str) -> None:
        """Counts for an element `depth` levels down, by its `counter-reset` and `counter-increment`."""
        for name, number in _changes(resets, 0):
            self._reset(name, depth, number)
        for name, number in _changes(increments, 1):
            if not self._values.get(name):
                self._reset(name, depth, 0)
            if self._values.get(name):
                self._values[name][-1][1] += number

    def leave(self, depth: int) -> None:
        """Ends the counters that live inside of the element that is left."""
        for scopes in self._values.values():
            while scopes and scopes[-1][0] > depth:
                scopes.pop()

    def printed(self, content: str, attributes: Mapping[str, str | None], number: int | None = None) -> str:
        """What a `content` prints, "" where it counts nothing; `number` goes before what was counted.

        Text alone ("Note: ") is decoration, unless it is a sign such as a bullet.
        """
        out, counts = "", False
        for found in _PART.finditer(content[:1000]):
            text = found["text"] if found["text"] is not None else found["quoted"]
            if text is not None:
                out += _ESCAPE.sub(lambda escape: chr(min(int(escape[1], 16), 0x10FFFF)), text)
            elif found["attribute"]:
                value = attributes.get(found["attribute"].lower()) or ""
                out, counts = out + value[:40], counts or bool(value)
            else:
                counts = True
                out += self._number(found, number)
        out = " ".join(out.split())
        return out if counts or (len(out) == 1 and not out.isalnum()) else ""

    def _number(self, found: re.Match[str], number: int | None) -> str:
        values = [value for _, value in self._values.get(found["name"], ())] or [0]
        if found["all"].lower() == "counter":
            values = values[-1:] if number is None else [number]
        style = CSS_TYPES.get((found["style"] or "decimal").lower(), "decimal")
        return (found["between"] or "").join("" if style == "" else numeral(value, style) for value in values)

    def _reset(self, name: str, depth: int, number: int) -> None:
        if name not in self._values and len(self._values) >= _MOST:
            return
        scopes = self._values.setdefault(name, [])
        while scopes and scopes[-1][0] >= depth:
            scopes.pop()
        scopes.append([depth, number])


def _changes(value: str, default: int) -> list[tuple[str, int]]:
    return [
        (found[1], int(found[2]) if found[2] else default)
        for found in _CHANGE.finditer(value[:1000])
        if found[1].lower() not in ("none", "initial", "inherit")
    ]
