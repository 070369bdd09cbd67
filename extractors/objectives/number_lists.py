"""Lists of numbered objectives in a text: "objectives 2, 5-7 and 23", "Obj. #3 & #5", "objective seven", "the fifth objective"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractors.lexicon.compact import Compact, load_compact
from extractors.lexicon.terms import pattern
from extractors.lexicon.words import expand
from extractors.objectives.anchors import pointing
from extractors.text.normalization import normalize

NUMBER = r"(?:\(\d{1,2}\)|\d{1,2})(?![\d\w]|[.,]\d)"
_LABEL = r"(?:\s*\([^()\d]{3,80}\))?"
_ASIDE = r"(?:\s*\([^()]{1,80}\))?"


class Listed(NamedTuple):
    """Numbers named together, ranges filled, and where; `is_ordinal`: they stand before or after the noun as a rank, which
    any text has ("the first objective")."""

    start: int
    end: int
    numbers: tuple[int, ...]
    is_ordinal: bool = False


class NumberLists:
    """Finds numbered objectives in normalized text by the words of one language."""

    def __init__(self, data: Compact, language: str) -> None:
        words = pointing(data, language)
        edge = "" if language == "ar" else r"(?<!\w)"
        nouns = pattern(words.objective, fold=True)
        self._stems = tuple({w.lower() for text in words.objective for w in _wordings(text)})
        numeral = rf"(?:(?:{pattern(words.numeral, fold=True)})\s*)?"
        joined, ranged = pattern(words.conjunctions, fold=True), pattern(words.ranges, fold=True)
        between = rf"\s*(?:[,;]\s*(?:(?:{joined})\s*)?|(?:{joined})\s*|(?:{ranged})\s*)"
        cardinals, ordinals = _values(words.numbers), _values(words.ordinals)
        self._values = cardinals | ordinals
        self._joint = re.compile(rf"{_ASIDE}{between}")
        item = rf"{numeral}(?:{NUMBER}|(?:{pattern(cardinals, fold=True)})(?!\w))"
        marks = pattern(words.ordinal_marks, fold=True)
        rank = rf"(?:(?:{pattern(ordinals, fold=True)})|\d{{1,2}}(?:{marks}))(?!\w)"
        ranks = rf"{rank}(?:{between}(?:[\w']{{1,3}}\s+)?{rank})*"
        self._counted = re.compile(rf"{edge}(?:{nouns})\s*:?\s*(?P<list>{item}(?:{_LABEL}{between}{item})*)")
        self._ranked = re.compile(
            rf"{edge}(?P<list>{ranks})\s+(?:{nouns})(?!\w)|{edge}(?:{nouns})\s+(?P<after>{ranks})(?!\s*:?\s*\d)"
        )
        self._apart = re.compile(rf"\s*(?:[(:,]\s*)(?P<list>{item}(?:{between}{item})+|{numeral}{NUMBER}(?=\s*\)))")
        self._nouns = re.compile(rf"{edge}(?:{nouns})\b")
        self._ranges = re.compile(rf"(?:{ranged})")
        self._number = re.compile(rf"\d{{1,2}}|(?<!\w)(?:{pattern(self._values, fold=True)})(?!\w)")
        self._units = re.compile(rf"\s*(?:{pattern(words.units, fold=True)})(?!\w)")

    def is_possible(self, text: str) -> bool:
        """Whether the text holds a noun for objectives at all, told quickly."""
        lower = text.lower()
        return any(stem in lower for stem in self._stems)

    def find(self, text: str) -> Iterator[Listed]:
        """Every list with a noun before it, and every ordinal with its noun."""
        for hit in self._counted.finditer(text):
            if listed := self._listed(text, hit, "list"):
                yield listed
        for hit in self._ranked.finditer(text):
            listed = self._listed(text, hit, "list" if hit["list"] else "after")
            if listed:
                yield Listed(hit.start(), hit.end(), listed.numbers, is_ordinal=True)

    def find_joined(self, text: str) -> list[Listed]:
        """Every list with a noun before it; those with nothing but a comma or a conjunction between them are one."""
        out: list[Listed] = []
        for found in self.find(text) if self.is_possible(text) else ():
            if found.is_ordinal:
                continue
            if out and self._joint.fullmatch(text, out[-1].end, found.start):
                before = out.pop()
                found = Listed(before.start, found.end, tuple(dict.fromkeys((*before.numbers, *found.numbers))))
            out.append(found)
        return out

    def opening(self, text: str) -> Listed | None:
        """The list that the text begins with, else None."""
        hit = self._counted.match(text)
        return self._listed(text, hit, "list") if hit else None

    def named_before(self, text: str, start: int, end: int) -> Listed | None:
        """The numbers after a name that the noun stands before: "objectives of the [GCM] (2, 5 and 7)"."""
        nouns = list(self._nouns.finditer(text, max(0, start - 40), start))
        hit = self._apart.match(text, end) if nouns else None
        if hit is None or re.search(r"[.;]", text[nouns[-1].end() : start]):
            return None
        listed = self._listed(text, hit, "list")
        return listed._replace(start=nouns[-1].start()) if listed else None

    def _listed(self, text: str, hit: re.Match[str], group: str) -> Listed | None:
        """The numbers of a hit; the last is dropped when it counts something ("objectives 5, 6 and 10 others")."""
        low, high = hit.span(group)
        places = [(m.start(), m.end(), self._value(m[0])) for m in self._number.finditer(text, low, high)]
        end = hit.end()
        if places and self._units.match(text, max(places[-1][1], high)):
            places.pop()
            end = places[-1][1] if places else low
        out: list[int] = []
        for index, (start, _, value) in enumerate(places):
            gap = text[places[index - 1][1] : start].strip(" ()") if index else ""
            if out and gap and value > out[-1] and (ranged := self._ranges.match(gap)) and ranged.end() >= len(gap) - 4:
                out.extend(range(out[-1] + 1, value))
            out.append(value)
        return Listed(hit.start(), end, tuple(dict.fromkeys(out))) if out else None

    def _value(self, word: str) -> int:
        return int(word) if word.isdigit() else self._values[" ".join(word.lower().split())]


@lru_cache(maxsize=8)
def _finder(language: str) -> NumberLists:
    return NumberLists(load_compact(), language)


def find_number_lists(text: str, language: str) -> list[Listed]:
    """Find the lists of objectives that a text prints, by their places in it; lists that follow each other are one.

    >>> [found.numbers for found in find_number_lists("Work (Objective 6; Objective 14 (Consuls)), and objectives 2-4", "en")]
    [(6, 14), (2, 3, 4)]
    """
    flat = normalize(text)
    return [Listed(*flat.source(*found[:2]), found.numbers) for found in _finder(language).find_joined(flat.text)]


def _values(words: Sequence[str]) -> dict[str, int]:
    """The number that each word stands for, by its place in the list."""
    return {w.lower(): n for n, text in enumerate(words, 1) for w in _wordings(text)}


def _wordings(text: str) -> Iterable[str]:
    return (normalize(wording).text for wording in expand(text))
