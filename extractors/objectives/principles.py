"""Guiding principles of the Compact named as such in a text."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.lexicon.compact import Compact, Principle
from extractors.lexicon.terms import Openings, pattern
from extractors.objectives.anchors import pointing

_GENERIC = frozenset((2, 5, 6))


class Principled(NamedTuple):
    """A principle in a text, by its number and place."""

    number: int
    start: int
    end: int


class Principles:
    """Finds guiding principles named as such: "whole-of-government approach", "the principle of national sovereignty"."""

    def __init__(self, data: Compact, language: str) -> None:
        words = pointing(data, language)
        noun = pattern(words.principle, fold=True)
        codes = tuple(dict.fromkeys((language, "en")))

        def forms(principle: Principle) -> list[str]:
            named = [form for code in codes for form in principle.named.get(code, ())]
            return [*named, *(principle.titles.get(code, "") for code in codes)]

        every = pattern((f for p in data.principles for f in forms(p) if f), fold=True)
        joins = pattern((*words.conjunctions, *words.of), fold=True)
        fillers = pattern(data.pointing_words(lambda words: words.fillers))
        # what may stand between: "a whole-of-government and integrated approach"
        word = rf"(?:{every}|{joins}|\w+(?:-\w+)+|{fillers})"
        filler = rf"(?:\s*(?:,|(?<![\w-]){word}(?![\w-])))*\s*"
        self._forms = [
            (
                p.number,
                Openings(rf"(?<!\w)(?:{pattern((f for f in forms(p) if f), fold=True)})(?!\w)", filter(None, forms(p))),
            )
            for p in data.principles
        ]
        self._before = re.compile(rf"(?<!\w)(?:{noun})(?!\w){filler}\Z")
        self._after = re.compile(rf"{filler}(?<!\w)(?:{noun})(?!\w)")
        self._guiding = re.compile(pattern(data.pointing_words(lambda words: words.guiding), fold=True))
        self._noun = Openings(rf"(?<!\w)(?:{noun})(?!\w)", words.principle)

    def find(self, text: str, anchored: bool) -> list[Principled]:
        """Principles beside the word "principle" or "approach"; in a text that names the Compact also those of a list
        that follows "guiding principles". Common words (international cooperation, sustainable development, human
        rights) count only in such lists of two or more."""
        if not self._noun.search(text):
            return []
        guiding = self._guiding.search(text) if anchored else None
        found: list[Principled] = []
        for number, form in self._forms:
            for hit in form.finditer(text):
                window = max(0, hit.start() - 160)
                after = None if number in _GENERIC else self._after.match(text, hit.end(), hit.end() + 120)
                before = self._before.search(text, window, hit.start())
                listed = (
                    guiding is not None
                    and guiding.end() <= hit.start()
                    and not re.search(r"[.]\s", text[guiding.end() : hit.start()])
                )
                if after or before or listed or self._noun.search(hit[0]):
                    direct = after is not None and re.fullmatch(r"\s*\w+", after[0])
                    found.append(Principled(number, hit.start(), after.end() if after and direct else hit.end()))
        kinds = {m.number for m in found}
        return [m for m in found if m.number not in _GENERIC or len(kinds) > 1]
