"""What a numbered part belongs to: the Compact by any of its names, or another document, and where each is named."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from extractors.lexicon.compact import Compact, Pointing, load_compact
from extractors.lexicon.terms import Openings, pattern
from extractors.lexicon.words import expand

Whose = Literal["compact", "short", "plan", "other"]
_ACRONYM = r"(?:\s*\(\s*(?:[a-z]{1,4}\s+)?[\"']?[A-Z][A-Za-z]{1,5}[\"']?\s*\))?"


class Anchor(NamedTuple):
    """A document named in a text: the Compact in full (`compact`) or short, a `plan` with objectives, or an `other`.

    `is_proper` tells a name ("the Action Plan") from a common noun ("a plan").
    """

    start: int
    end: int
    whose: Whose
    is_proper: bool


def pointing(data: Compact, language: str) -> Pointing:
    """The pointing words of a language; those of English where it has none."""
    return data.pointing.get(language) or data.pointing["en"]


class Anchors:
    """Finds the Compact and other documents in normalized text of one language.

    Names of the Compact are searched in the text's language and in English: a French text may say "GCM".

    >>> [a.whose for a in Anchors(load_compact(), "en").find("the Global Compact on Refugees, the GCM and the Action Plan")]
    ['plan', 'short', 'plan']
    """

    def __init__(self, data: Compact, language: str) -> None:
        languages = tuple(dict.fromkeys((language, "en")))
        names = [n for code in languages for n in data.names.get(code, ())]
        negatives = [n for code in languages for n in data.negatives.get(code, ())]
        words = pointing(data, language)
        edge = "" if language == "ar" else r"(?<!\w)"
        full = pattern(n.text for n in names if n.match == "phrase")
        shorts = [w for n in names if n.match == "short" for w in expand(n.text)]
        article = re.compile(
            rf"(?:{pattern(data.pointing_words(lambda words: words.articles), fold=True)})\s+(?=\w+\Z)"
        )
        short = pattern(w for w in shorts if not article.match(w))
        pointed = [(found[0], w[found.end() :]) for w in shorts if (found := article.match(w))]
        # what must not follow "the Compact": it would be another one's name
        longer = pattern(data.pointing_words(lambda words: words.longer))
        no_name = rf"(?!\s+(?:[A-ZÀ-Ý]|(?:{longer})\b))"
        self._names = Openings(
            rf"{edge}(?:(?P<negative>{pattern(negatives, fold=True)})|(?:(?P<compact>{full})|(?P<short>{short}))(?!\w){_ACRONYM})",
            [*negatives, *(name.text for name in names)],
        )
        self._pointed = Openings(
            "|".join(rf"(?<!\w)(?<={re.escape(before)}){re.escape(noun)}(?!\w){no_name}" for before, noun in pointed)
            or r"(?!)",
            [noun for _, noun in pointed],
        )
        plans, others = pattern(words.plans, fold=True), pattern(words.other, fold=True)
        self._other = Openings(rf"{edge}(?:(?P<plan>{plans})|(?P<other>{others}))(?!\w)", [*words.plans, *words.other])

    def find(self, text: str) -> list[Anchor]:
        """Every document named in the text, in order; what another Global Compact holds is no name of this one."""
        found: list[Anchor] = []
        for hit in self._names.finditer(text):
            whose: Whose = "plan" if hit["negative"] else "compact" if hit["compact"] else "short"
            found.append(Anchor(hit.start(), hit.end(), whose, True))
        free = _free(found)
        found += [Anchor(hit.start(), hit.end(), "short", True) for hit in self._pointed.finditer(text) if free(hit)]
        free = _free(sorted(found))
        for hit in self._other.finditer(text):
            if free(hit):
                proper = hit[0][:1].isupper() or text[hit.end() : hit.end() + 4].strip()[:1].isdigit()
                found.append(Anchor(hit.start(), hit.end(), "plan" if hit["plan"] else "other", proper))
        return sorted(found)


def _free(taken: Sequence[Anchor]) -> Callable[[re.Match[str]], bool]:
    """Tells whether a match overlaps none of these anchors, which are in order and apart."""
    starts, ends = [a.start for a in taken], [a.end for a in taken]
    return lambda hit: bisect_left(starts, hit.end()) == bisect_right(ends, hit.start())


@lru_cache(maxsize=8)
def load_anchors(language: str) -> Anchors:
    """The finder of a language, made once."""
    return Anchors(load_compact(), language)
