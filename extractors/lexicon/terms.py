"""The pattern language of terms in YAML files: wordings of a language, words near each other, and where a text has them.

A wording lists alternatives in braces, `*` stands for the rest of a word; white space is any, a comma may be missing or added
before the last "and"; a wording with a capital letter is found as it is written, others in any case. `pattern` gives it as
a part of a regular expression, `expression` as whole words, `Near` several of them near each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from extractors.lexicon.language import Language
from extractors.lexicon.words import expand
from extractors.text.normalization import Normalized, normalize

Span = tuple[int, int]


def pattern(texts: Iterable[str], *, fold: bool = False) -> str:
    """A part of a regular expression for any of these wordings, longest first; with `fold` all of them match in any case.

    >>> bool(re.fullmatch(pattern(["safe, orderly and regular"]), "Safe, orderly, and  regular"))
    True
    """
    wordings = sorted({w for text in texts for w in expand(normalize(text).text)}, key=lambda w: (-len(w), w))
    return "|".join(_flexible(wording, fold) for wording in wordings) or r"(?!)"


def _flexible(wording: str, fold: bool) -> str:
    out = re.sub(r"(?:\\ |\s)+", r"\\s+", re.escape(wording).replace(r"\,", ",").replace(",", ",?"))
    out = out.replace(r"\*", r"\w*")
    out = re.sub(r"(?<!,\?)\\s\+(and|y|et|e)\\s\+", r",?\\s+\1\\s+", out)
    return f"(?i:{out})" if fold or wording == wording.lower() else out


_TRIED = 6


class Near(BaseModel):
    """One wording of each group of `all`, at most `within` words between the first and the last (0: no limit)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    all: tuple[tuple[str, ...], ...] = Field(min_length=1)
    within: int = Field(default=0, ge=0)


Patterns = Mapping[Language, tuple[Near, ...]]


def nears(value: object) -> object:
    """Read plain wordings of a YAML file as patterns of one group, for a pydantic validator in mode "before"."""
    if not isinstance(value, Mapping):
        return value
    return {
        language: [{"all": [[item]]} if isinstance(item, str) else item for item in items]
        if isinstance(items, list)
        else items
        for language, items in value.items()
    }


class Patterned(BaseModel):
    """Base of everything with `patterns` and `denials` by language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    patterns: Patterns = Field(default_factory=dict)
    denials: Patterns = Field(default_factory=dict)

    @field_validator("patterns", "denials", mode="before")
    @classmethod
    def _plain(cls, value: object) -> object:
        return nears(value)


@dataclass(frozen=True, slots=True)
class TermRule:
    """A compiled `Near`."""

    groups: tuple[re.Pattern[str], ...]
    within: int


@lru_cache(maxsize=1024)
def expression(wordings: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these wordings as whole words; "*" stands for the rest of a word, also for none.

    >>> expression(("data shar*",)).findall("Data sharing, data shared with us, metadata shares")
    ['Data sharing', 'data shared']
    """
    return re.compile(_whole_words(wordings))


@lru_cache(maxsize=1024)
def openings(wordings: tuple[str, ...]) -> Openings:
    """The same for the few texts that hold any: it is made when one first does."""
    return Openings(_whole_words(wordings), wordings, is_ready=False)


def _whole_words(wordings: tuple[str, ...]) -> str:
    return rf"(?<!\w)(?:{pattern(wordings)})(?:(?<=')|(?!\w))" if wordings else r"(?!)"


class Openings:
    """An expression that is tried only where a word stands that one of its wordings begins with.

    A text holds few of them: this takes a tenth of the time of trying every place, and finds the same. Unless it
    `is_ready` from the start, the expression is made when a text first has such a word.
    """

    def __init__(self, text: str, wordings: Iterable[str], *, is_ready: bool = True) -> None:
        self._text = text
        self._made = re.compile(text) if is_ready else None
        words = {re.split(r"\W", w.lower())[0] for one in wordings for w in expand(normalize(one).text)}
        self._words = sorted(word for word in words if not any(word != w and word.startswith(w) for w in words))

    @property
    def _expression(self) -> re.Pattern[str]:
        self._made = self._made or re.compile(self._text)
        return self._made

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """What the expression finds in a normalized text, in order of place."""
        lower = text.lower()
        if len(lower) != len(text) or "" in self._words:
            yield from self._expression.finditer(text)
            return
        end = 0
        for place in sorted(place for word in self._words if word in lower for place in _places(lower, word)):
            if place >= end and (hit := self._expression.match(text, place)):
                yield hit
                end = hit.end()

    def search(self, text: str) -> re.Match[str] | None:
        """The first of `finditer`."""
        return next(self.finditer(text), None)


def _places(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


@lru_cache(maxsize=1024)
def rule(near: Near) -> TermRule:
    """Compile one pattern; each only once."""
    return TermRule(tuple(expression(group) for group in near.all), near.within)


@lru_cache(maxsize=512)
def flattened(text: str) -> Normalized:
    """The text for matching; the same sentence is asked many questions."""
    return normalize(text)


def find(patterns: Iterable[Near], text: str) -> tuple[Span, ...]:
    """Where the first fitting pattern stands in the text: one span for each of its groups, none where none fits.

    >>> find([Near(all=(("exchang*",), ("data",)), within=3)], "We exchange much data.")
    ((3, 11), (17, 21))
    """
    flat = flattened(text)
    for near in patterns:
        if places := _nearest(rule(near), flat.text):
            return tuple(sorted(flat.source(*place) for place in places))
    return ()


def blanked(wordings: tuple[str, ...], text: str) -> str:
    """The text with these wordings replaced by as many spaces, so that nothing in them is found."""
    flat = flattened(text)
    out = list(text)
    for hit in expression(wordings).finditer(flat.text):
        start, end = flat.source(*hit.span())
        out[start:end] = " " * (end - start)
    return "".join(out)


def _nearest(near: TermRule, text: str) -> tuple[Span, ...]:
    places = [[place for place in spans(group, text) if place[1] > place[0]] for group in near.groups]
    if not all(places):
        return ()
    if len(places) == 1:
        return (places[0][0],)
    best: tuple[int, tuple[Span, ...]] | None = None
    for combination in product(*(of[:_TRIED] for of in places)):
        ordered = sorted(combination)
        if any(b[0] < a[1] for a, b in pairwise(ordered)):
            continue
        distance = sum(len(text[a[1] : b[0]].split()) for a, b in pairwise(ordered))
        if (not near.within or distance <= near.within) and (best is None or distance < best[0]):
            best = (distance, tuple(ordered))
    return best[1] if best else ()


def _usable(term: str) -> str:
    if any(not wording.strip("* ") for wording in expand(term)):
        raise ValueError("a term needs at least one letter in each of its alternatives")
    return term


Term = Annotated[str, AfterValidator(_usable)]


Words = Mapping[Language, tuple[Term, ...]]
Pattern = re.Pattern[str]


def words_of(words: Words, language: str) -> tuple[str, ...]:
    """Give the terms of a language, none for one that the file does not have."""
    return next((terms for code, terms in words.items() if code == language), ())


def with_english(words: Words, language: str) -> tuple[str, ...]:
    """Give the terms of a language and those of English, each once: texts of all languages quote English names."""
    return tuple(dict.fromkeys((*words_of(words, language), *words_of(words, "en"))))


def spans(terms: Pattern, text: str) -> list[Span]:
    """Find the places of terms in a text."""
    return [m.span() for m in terms.finditer(text)]


def hidden(text: str, blocked: Pattern | Openings) -> str:
    """Hide blocked wordings: their letters become "_", so that offsets and the number of words stay.

    >>> hidden("under international law", expression(("international law",)))
    'under _____________ ___'
    """
    out, place = [], 0
    for hit in blocked.finditer(text):
        out += [text[place : hit.start()], re.sub(r"\S", "_", hit[0])]
        place = hit.end()
    return "".join((*out, text[place:]))


def printed(normalized: Normalized, found: Iterable[Span]) -> Iterator[Span]:
    """Give the places in the printed text of spans of the normalized text."""
    return (normalized.source(start, end) for start, end in found)
