"""Titles of objectives and themes in a text, with small differences of wording.

An objective is named by its whole title in quotation marks, as a heading, or after its number; words of a title in running
text only show what the text is about. A theme is named by a distinctive part of its title too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from extractors.lexicon.compact import Compact, load_compact
from extractors.lexicon.language import any_word
from extractors.lexicon.terms import pattern
from extractors.text.normalization import normalize

MINIMUM_WORDS = 5
"""Words that a part of a title must have in common with it, in order."""
MINIMUM_CONTENT = 4
"""Content words (no articles, nothing of the Compact's own name) that make the opening words of a theme distinctive."""
WHOLE = 0.9
"""Share of the words of an objective's title that must be there."""
THEME_COVERAGE = 0.6
"""Share of a theme's content words that a part must hold: theme titles are lists of common terms."""

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_STOPS = frozenset(
    "a an the of in on for to and or that as all at with from by into their its only well "
    "el la los las de del y e o en para por con a al que su sus como un una todos todas así "
    "le les des du et ou au aux dans pour qui leur leurs une d l s en à tous toutes ainsi que "
    "os as do da dos das no na nos nas um uma ao à em seu sua todos todas bem "
    "من في على إلى و جميع".split()
)
_NAME_WORDS = frozenset(
    "safe orderly regular migration segura ordenada migración sûres ordonnées régulières migrations migração "
    "migrants migrantes including incluidos incluidas incluindo compris".split()
)
_QUOTES = ('"', "'")
_MARK = re.compile(r"[\W\d_]*(?:[^\W\d_][.)])?[\W\d_]*")
"""What may stand before a heading: "5.", "(b)"."""
_NUMBERED = re.compile(r"(?<!\d)(\d{1,2})\s*[.):-]*\s*[\"']?\Z")
_SPELLING = (("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("labour", "labor"), ("centre", "center"))


Kind: TypeAlias = Literal["objective", "theme"]


class Quoted(NamedTuple):
    """A title or part of one in a text; `coverage` is the share of its content words that are there."""

    kind: Kind
    number: int
    start: int
    end: int
    coverage: float


class _Title(NamedTuple):
    kind: Kind
    number: int
    words: tuple[str, ...]
    every: frozenset[str]
    content: frozenset[str]
    head: int

    @property
    def least(self) -> float:
        """How many words a text must have in common with it."""
        return max(MINIMUM_WORDS, WHOLE * len(self.words)) if self.kind == "objective" else MINIMUM_WORDS

    def is_possible(self, words: Set[str]) -> bool:
        """Whether a text of these words can hold enough of it."""
        spare = len(self.words) - self.least
        missing = self.every - words
        return len(missing) <= spare and sum(word in missing for word in self.words) <= spare


@lru_cache(maxsize=1 << 16)
def _word(text: str) -> str:
    """A word so that its spellings and numbers are the same: `utilise` = `utilizes`."""
    out = text.lower()
    for british, american in _SPELLING:
        out = out.replace(british, american)
    return out[:-1] if len(out) > 3 and out.endswith("s") else out


_SILENT = frozenset(map(_word, _STOPS))
_WEAK = _SILENT | frozenset(map(_word, _NAME_WORDS))


def _words(text: str) -> list[str]:
    return [_word(word) for word in _WORD.findall(text)]


class Titles:
    """Finds quoted titles in normalized text of one language (English titles are searched in every language)."""

    def __init__(self, data: Compact, language: str) -> None:
        self._titles: list[_Title] = []
        seen: set[str] = set()
        for code in dict.fromkeys((language, "en")):
            printed: list[tuple[Kind, int, str]] = [
                ("objective", o.number, o.titles.get(code, "")) for o in data.objectives
            ]
            printed += [("theme", t.number, t.titles.get(code, "")) for t in data.themes]
            for kind, number, title in printed:
                words = tuple(_words(normalize(title).text))
                every = frozenset(words)
                content = every - _WEAK
                if len(words) < MINIMUM_WORDS or len(content) < 2 or title in seen:
                    continue
                seen.add(title)
                head = len(_words(title.split(",")[0])) if kind == "theme" else 0
                self._titles.append(_Title(kind, number, words, every, content, head if head >= MINIMUM_WORDS else 0))
        self._seeds: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for index, row in enumerate(self._titles):
            for place, pair in enumerate(zip(row.words, row.words[1:], strict=False)):
                if not set(pair) <= _SILENT:
                    self._seeds[pair].append((index, place))

    def find(self, text: str) -> list[Quoted]:
        """Whole titles of objectives that are set off, and titles and distinctive parts of titles of themes.

        One word in five may differ, be missing or be added. Of two that overlap the longer is kept. A part of a theme's
        title counts only in a text about migration; its opening words ("Irregular migration and regular pathways") where
        they are four content words or the text quotes them or speaks of themes.

        >>> found = Titles(load_compact(), "en").find
        >>> [(q.kind, q.number) for q in found("Provide accurate and timely information at all stages of migration")]
        [('objective', 3)]
        >>> found("States provide accurate and timely information at all stages of migration")
        []
        """
        words = _words(text)
        seeds = [
            (place, seed)
            for place, pair in enumerate(pairwise(words))
            if pair in self._seeds
            for seed in self._seeds[pair]
        ]
        known = set(words)
        possible = {index for index in {index for _, (index, _) in seeds} if self._titles[index].is_possible(known)}
        if not possible:
            return []
        places: list[tuple[int, int]] = []
        runs: dict[tuple[int, int], tuple[int, int, float]] = {}
        reached: dict[tuple[int, int], int] = {}
        for place, (index, at) in seeds:
            key = (index, place - at)
            if index not in possible or reached.get(key, -1) > place:
                continue
            title = self._titles[index]
            start, end, matched, common = _grow(words, title.words, place, at)
            reached[key] = end
            content = len(matched & title.content)
            coverage = content / len(title.content)
            if common < title.least or not (coverage > THEME_COVERAGE or _field().search(text)):
                continue
            places = places or [word.span() for word in _WORD.finditer(text)]
            if title.kind == "theme":
                has_head = title.head and at == 0 and common >= title.head
                distinctive = coverage >= THEME_COVERAGE or (
                    has_head and (content >= MINIMUM_CONTENT or _is_named(text, places[start][0]))
                )
            else:
                distinctive = _is_set_off(text, places[start][0], places[end - 1][1], title.number)
            if distinctive:
                old = runs.get((index, start))
                if old is None or old[2] < coverage:
                    runs[(index, start)] = (start, end, coverage)
        found = [
            Quoted(self._titles[index].kind, self._titles[index].number, places[a][0], places[b - 1][1], coverage)
            for (index, _), (a, b, coverage) in runs.items()
        ]
        kept: list[Quoted] = []
        for quoted in sorted(found, key=lambda q: (-(q.end - q.start), -q.coverage)):
            if not any(q.start < quoted.end and quoted.start < q.end for q in kept):
                kept.append(quoted)
        return sorted(kept, key=lambda q: q.start)


def _grow(words: list[str], title: tuple[str, ...], place: int, at: int) -> tuple[int, int, set[str], int]:
    """(first word, word after the last, words matched, how many) of the run that starts with two equal words."""
    i, j = place, at
    matched: set[str] = set()
    common = edits = 0
    end = place
    while i < len(words) and j < len(title):
        if words[i] == title[j]:
            matched.add(title[j])
            common += 1
            i, j = i + 1, j + 1
            end = i
            continue
        if edits >= 1 + common // 5:
            break
        edits += 1
        if i + 1 < len(words) and words[i + 1] == title[j]:
            i += 1
        elif j + 1 < len(title) and words[i] == title[j + 1]:
            j += 1
        elif i + 1 < len(words) and j + 1 < len(title) and words[i + 1] == title[j + 1]:
            i, j = i + 1, j + 1
        else:
            break
    return place, end, matched, common


def _is_named(text: str, start: int) -> bool:
    """Whether a text speaks of themes, or quotes what begins here."""
    return text[:start].rstrip().endswith(_QUOTES) or _thematic().search(text) is not None


def _is_set_off(text: str, start: int, end: int, number: int) -> bool:
    """Whether a title stands in quotation marks, by itself as a heading does, or after its number."""
    before, after = text[:start], text[end:]
    quoted = before.rstrip()[-1:] in _QUOTES and after.lstrip(" .,;")[:1] in _QUOTES
    alone = _MARK.fullmatch(before) is not None and not any(c.isalpha() for c in after)
    numbered = _NUMBERED.search(before)
    return (quoted and bool(before.strip())) or alone or (numbered is not None and numbered[1] == str(number))


@lru_cache(maxsize=1)
def _field() -> re.Pattern[str]:
    """Parts of words by which a text is about migration."""
    return re.compile(any_word(lambda language: language.sentences.migration), re.IGNORECASE)


@lru_cache(maxsize=1)
def _thematic() -> re.Pattern[str]:
    """Words by which a text speaks of themes."""
    return re.compile(
        rf"(?<!\w)(?:{pattern(load_compact().pointing_words(lambda words: words.themes), fold=True)})(?!\w)"
    )
