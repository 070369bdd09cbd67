"""Printed numbering: the mark at the start of a block, and the list it continues.

The same printed mark can mean two things: `(i)` after `(h)` is the letter, after `(b)` it is roman one. What decides is
which of the open lists the mark continues; the deepest open list wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_FORM = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\Z")

_QUANTITY = (
    r"(?!\s*(?:%|°|(?:million|billion|trillion|thousand|per\s+cent|percent|times|years|months|km|hectares|"
    r"mill[oó]n|mil\s+millones|por\s+ciento|por\s+cento|milliard|pour\s+cent|milh|bilh)))"
)
_MARK = re.compile(
    rf"""(?:
      \((?P<paren>\d{{1,3}}|[A-Za-z]{{1,2}}|[ivxlcIVXLC]{{1,7}})\)      # (a) (iv) (1)
    | (?P<multi>(?:[IVXLC]{{1,6}}|[A-Z]|\d{{1,3}})(?:\.\d{{1,3}}){{1,3}}|\d{{1,3}}\.[a-z])\.?(?=\s|$){_QUANTITY}   # I.1  3.1.2  8.a
    | (?P<dot>\d{{1,3}})(?P<close>[.)])(?=\s|$|[^\W\d])    # 1.  1)  1.The
    | (?P<letter>[A-Za-z]|[ivxlc]{{2,7}}|[IVXLC]{{2,7}})(?:(?P<end>\))|\.)(?=\s|$|(?P<glued>[A-ZÀ-Ý][a-zà-ÿ]{{2}}))    # a)  iv.  II.
    )[ \t\u00a0]*""",
    re.VERBOSE,
)


def roman_value(text: str) -> int | None:
    """The value of a roman numeral in either case, None when it is none.

    >>> roman_value("xiv"), roman_value("iix")
    (14, None)
    """
    text = text.lower()
    if not text or not _ROMAN_FORM.match(text):
        return None
    total = 0
    for here, after in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN[here]
        total += -value if after and _ROMAN[after] > value else value
    return total


def letter_value(text: str) -> int | None:
    """a=1 ... z=26, aa=27 (doubled letters only), None otherwise.

    >>> letter_value("c"), letter_value("bb"), letter_value("ab")
    (3, 28, None)
    """
    if len(text) == 1 and text.isalpha() and text.isascii():
        return ord(text.lower()) - 96
    if len(text) == 2 and text[0] == text[1] and text.isalpha() and text.isascii():
        return 26 + ord(text[0].lower()) - 96
    return None


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed mark: its core ("b", "iii", "12", "I.1"), how it is set (`paren` "(b)", `dot` "1.", `half` "b)",
    `multi` "I.1") and how many characters of the block's text it takes (0 when the format made it itself)."""

    core: str
    style: str
    length: int

    def readings(self) -> tuple[tuple[str, int], ...]:
        """What the mark can mean, as (kind of list, value); kinds are number, lower, upper, roman and Roman."""
        core = self.core
        if core.isdigit():
            return (("number", int(core)),)
        out: list[tuple[str, int]] = []
        upper = core.isupper()
        value = letter_value(core)
        if value is not None:
            out.append(("upper" if upper else "lower", value))
        value = roman_value(core)
        if value is not None and (core.isupper() or core.islower()):
            out.append(("Roman" if upper else "roman", value))
        return tuple(out)


def read_mark(text: str, explicit: str = "") -> Mark | None:
    """The printed mark at the start of `text`, or the one the format made itself (`explicit`), None when there is none.

    >>> read_mark("(b) To develop").core, read_mark("12. Urges").core, read_mark("In 2006 we")
    ('b', '12', None)
    """
    source = explicit or text
    found = _MARK.match(source)
    if not found:
        return None
    length = 0 if explicit else found.end()
    if found["paren"]:
        return Mark(found["paren"], "paren", length)
    if found["multi"]:
        return Mark(found["multi"], "multi", length)
    if found["dot"]:
        return Mark(found["dot"], "dot" if found["close"] == "." else "half", length)
    return Mark(found["letter"], "half" if found["end"] else "dot", length)


@dataclass(frozen=True, slots=True)
class Level:
    """One open list: its kind (see `Mark.readings`), how its marks are set, its last value and last mark."""

    kind: str
    style: str
    value: int
    core: str


class Outline:
    """The open lists at a place in the text, from the paragraph number down.

    `place` takes the next mark and gives the id it makes; ids nest in parentheses: `43(b)(iii)`.
    """

    def __init__(self) -> None:
        self.levels: list[Level] = []

    def reset(self, keep: int = 0) -> None:
        """Closes all lists below the first `keep`."""
        del self.levels[keep:]

    def id(self) -> str:
        """The id of the current place: the top mark plain, deeper ones in parentheses."""
        if not self.levels:
            return ""
        top, *rest = self.levels
        return top.core + "".join(f"({level.core})" for level in rest)

    def place(self, mark: Mark, *, opens: bool = False, deeper: bool = False, after: Mark | None = None) -> str | None:
        """The id of the block that carries `mark`, or None when the mark fits no list and can start none.

        `opens` says that the block before ended in a colon, `deeper` that this block is set further in: both make a new
        list more likely than the continuation of an open one. `after` is the next mark in the text: `(i)` before `(ii)`
        is roman one, before `(j)` it is the letter.
        """
        if mark.style == "multi":
            return self._place_multi(mark, after)
        readings = mark.readings()
        starts = [kind for kind, value in readings if value == 1]
        if {"roman", "Roman"} & set(starts) and self._starts_roman(mark, opens or deeper, after):
            return self._open("Roman" if mark.core.isupper() else "roman", mark, 1)
        order = range(len(self.levels) - 1, -1, -1)
        for index in order:
            level = self.levels[index]
            for kind, value in readings:
                if level.kind == kind and level.style == mark.style and value == level.value + 1:
                    return self._continue(index, kind, mark, value)
        if self.levels and self.levels[0].kind == "multi" and mark.core.isdigit() and mark.style == "dot":
            head = self.levels[0].core.split(".")[0]
            if head.isdigit() and int(mark.core) > int(head):
                return self._continue(0, "number", mark, int(mark.core))
        if starts:
            # "(i)" that continues nothing is roman one; "(a)" and "(A)" start a letter list
            kind = "roman" if "roman" in starts else "Roman" if "Roman" in starts else starts[0]
            for index, level in enumerate(self.levels):
                if level.kind == kind and level.style == mark.style:
                    # the same kind of list starts again: a new list at that depth
                    self.reset(index)
                    break
            return self._open(kind, mark, 1)
        for index in order:
            level = self.levels[index]
            for kind, value in readings:
                reach = 30 if kind == "number" and index == 0 else 8
                if level.kind == kind and level.style == mark.style and level.value < value <= level.value + reach:
                    return self._continue(index, kind, mark, value)
        return None

    def begin(self, mark: Mark) -> str | None:
        """Opens a numbered list at whatever number the text begins with (excerpts start anywhere)."""
        kind, value = mark.readings()[0] if mark.readings() else ("", 0)
        return self._open(kind, mark, value) if kind == "number" and not self.levels else None

    def _starts_roman(self, mark: Mark, likely: bool, after: Mark | None) -> bool:
        """Whether `(i)` opens a roman list although it could be the letter after `(h)`."""
        if not self.levels or self.levels[-1].kind in ("roman", "Roman"):
            return False
        letters = any(level.kind in ("lower", "upper") and level.value == 8 for level in self.levels)
        if letters and after is not None and after.style == mark.style and after.core in ("ii", "j", "II", "J"):
            return after.core in ("ii", "II")
        return likely

    def _place_multi(self, mark: Mark, after: Mark | None) -> str | None:
        """`I.1`, `3.1.2`, `8.a` stand for themselves; they must start, continue or precede such a list."""
        *head, last = mark.core.split(".")
        first = last in ("1", "a")
        top = self.levels[0] if self.levels else None
        under = top is not None and top.core == head[0]
        follows = False
        if top is not None and top.kind == "multi":
            before = top.core.split(".")
            follows = before[: len(head)] == head or (before[:-1] == head[:-1] and first)
        leads = not self.levels and after is not None and after.style == "multi" and after.core.split(".")[:-1] == head
        if not (first or under or follows or leads):
            return None
        self.reset()
        self.levels.append(Level("multi", "multi", 0, mark.core))
        return mark.core

    def _open(self, kind: str, mark: Mark, value: int) -> str:
        self.levels.append(Level(kind, mark.style, value, mark.core))
        return self.id()

    def _continue(self, index: int, kind: str, mark: Mark, value: int) -> str:
        self.reset(index)
        return self._open(kind, mark, value)
