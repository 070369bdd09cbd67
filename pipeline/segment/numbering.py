"""The open lists of a text: which id a printed mark makes.

The same printed mark can mean two things: `(i)` after `(h)` is the letter, after `(b)` it is roman one. What decides is
which of the open lists the mark continues; the deepest open list wins.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.ingest.printed_marks import Mark

_ARABIC_ORDERS = frozenset(("abjad", "alphabet"))


@dataclass(frozen=True, slots=True)
class OpenList:
    """One open list: its kind (see `Mark.readings`), how its marks are set, its last value and the name of its last mark."""

    kind: str
    style: str
    value: int
    core: str

    def goes_on(self, mark: Mark, kind: str, value: int) -> bool:
        """Whether a mark is the next of this list: its successor, or one put in later ("2 bis" after 2, "4 bis" after 3)."""
        # "2 bis Text" may stand between "2 Text" and "3 Text"
        if self.style != mark.style and not (mark.later and {self.style, mark.style} == {"bare", "dot"}):
            return False
        # the first two Arabic letters are the same in both orders
        alike = kind == self.kind or (self.value <= 2 and {kind, self.kind} <= _ARABIC_ORDERS)
        inserted = bool(mark.later) or mark.core in ("ñ", "Ñ")
        return alike and (value == self.value + 1 or (inserted and value == self.value))


class Outline:
    """The open lists at a place in the text, from the paragraph number down.

    `place` takes the next mark and gives the id it makes; ids nest in parentheses: `43(b)(iii)`.
    """

    def __init__(self) -> None:
        self.levels: list[OpenList] = []

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
                if level.goes_on(mark, kind, value):
                    return self._continue(index, kind, mark, value)
        if self.levels and self.levels[0].kind == "multi" and mark.is_number:
            head = self.levels[0].core.split(".")[0]
            if head.isdigit() and int(mark.core) > int(head):
                self.reset()
                return self._open("number", mark, int(mark.core))
        if starts and mark.style == "word":
            # "PRIMERO.-" counts no point of "3."
            self.reset()
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

    def stand(self, name: str) -> str:
        """Opens a list, where none is open, at a name that stands for itself: a draft's label ("OP2 alt"), an article."""
        self.levels.append(OpenList("named", "named", 0, name))
        return name

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
        self.levels.append(OpenList("multi", "multi", 0, mark.core))
        return mark.core

    def _open(self, kind: str, mark: Mark, value: int) -> str:
        self.levels.append(OpenList(kind, mark.style, value, mark.name))
        return self.id()

    def _continue(self, index: int, kind: str, mark: Mark, value: int) -> str:
        style = self.levels[index].style
        self.reset(index)
        self.levels.append(OpenList(kind, style, value, mark.name))
        return self.id()
