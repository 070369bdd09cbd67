"""Word's automatic numbering: the numbers and letters that it prints before paragraphs and that are not in the text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.ingest.numerals import numeral
from pipeline.ingest.word.package import child, flag, number, text

_LEVELS = 9
_HOLDER = re.compile(r"%([1-9])")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]|^o$")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: how its number looks (`pattern` "%1.%2"), where it starts, what makes it start again.

    `restart` is None for the usual rule (any higher level), 0 for never, n for level n and higher.
    """

    style: str = "decimal"
    pattern: str = ""
    start: int = 1
    restart: int | None = None
    is_plain: bool = False
    paragraph_style: str = ""


@dataclass(slots=True)
class _Counter:
    """The running numbers of one abstract list; None = not started since the last restart."""

    numbers: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    starts: dict[int, int] = field(default_factory=dict)


class WordLists:
    """The lists of a document, counted as its paragraphs go by; call `mark` once a numbered paragraph, in order."""

    def __init__(self, root: ET.Element | None, style_lists: Mapping[str, str]) -> None:
        self._abstract: dict[str, dict[int, ListLevel]] = {}
        self._lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, ListLevel]] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._counters: dict[str, _Counter] = {}
        self._seen: set[tuple[str, int]] = set()
        links: dict[str, str] = {}
        for element in root if root is not None else ():
            if element.tag == "w:abstractNum":
                key = element.get("w:abstractNumId", "")
                self._abstract[key] = {
                    at: level for one in element if one.tag == "w:lvl" for at, level in [_level(one)]
                }
                links[key] = text(element, "w:numStyleLink")
            elif element.tag == "w:num":
                self._add(element)
        for key, style in links.items():
            target = self._lists.get(style_lists.get(style, ""), "")
            if style and target in self._abstract and not self._abstract[key]:
                self._lists.update({one: target for one, abstract in self._lists.items() if abstract == key})

    def _add(self, element: ET.Element) -> None:
        key = element.get("w:numId", "")
        self._lists[key] = text(element, "w:abstractNumId")
        for override in element:
            if override.tag != "w:lvlOverride":
                continue
            at = int(override.get("w:ilvl", "0")) if override.get("w:ilvl", "0").isdecimal() else 0
            own, start = child(override, "w:lvl"), number(override, "w:startOverride")
            if own is not None:
                level = _level(own)[1]
                self._levels.setdefault(key, {})[at] = level
                start = level.start if start is None else start
            if start is not None:
                self._overrides.setdefault(key, {})[at] = start

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level of a list that is linked to a paragraph style, None where there is none."""
        levels = self._abstract.get(self._lists.get(list_id, ""), {})
        return next((at for at, level in levels.items() if level.paragraph_style == style), None)

    def mark(self, list_id: str, at: int) -> str:
        """Counts one paragraph at level `at` (from 0) and gives what Word prints before it: "3.", "(b)", "•" or ""."""
        abstract = self._lists.get(list_id)
        if abstract is None or abstract not in self._abstract or not 0 <= at < _LEVELS:
            return ""
        counter = self._counters.setdefault(abstract, _Counter())
        levels = {**self._abstract[abstract], **self._levels.get(list_id, {})}
        override = self._overrides.get(list_id, {}).get(at)
        if override is not None and (list_id, at) not in self._seen:
            counter.numbers[at], counter.starts[at] = None, override
        self._seen.add((list_id, at))
        for higher in range(at):
            if counter.numbers[higher] is None:
                counter.numbers[higher] = counter.starts.get(higher, levels.get(higher, ListLevel()).start)
        now = counter.numbers[at]
        counter.numbers[at] = counter.starts.get(at, levels.get(at, ListLevel()).start) if now is None else now + 1
        for deeper in range(at + 1, _LEVELS):
            rule = levels.get(deeper, ListLevel()).restart
            if rule is None or (rule > 0 and at < rule):
                counter.numbers[deeper] = None
        return _printed(levels, at, counter.numbers)


def _printed(levels: Mapping[int, ListLevel], at: int, numbers: list[int | None]) -> str:
    level = levels.get(at, ListLevel())
    if level.style == "bullet":
        return _PRIVATE.sub("•", level.pattern.strip())
    if level.style == "none" and not level.pattern:
        return ""

    def shown(found: re.Match[str]) -> str:
        one = int(found[1]) - 1
        style = levels.get(one, ListLevel()).style
        if style in ("none", "bullet"):
            return ""
        return numeral(numbers[one] or 0, "decimal" if level.is_plain and style != "decimalZero" else style)

    return " ".join(_HOLDER.sub(shown, level.pattern).split())


def _level(element: ET.Element) -> tuple[int, ListLevel]:
    at = element.get("w:ilvl", "0")
    start = number(element, "w:start")
    return int(at) if at.isdecimal() else 0, ListLevel(
        text(element, "w:numFmt") or "decimal",
        text(element, "w:lvlText"),
        0 if start is None else start,
        number(element, "w:lvlRestart"),
        bool(flag(element, "w:isLgl")),
        text(element, "w:pStyle"),
    )
