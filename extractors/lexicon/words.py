"""The notation of wordings in the lexicon: `{,s}` for alternatives, `[[ ]]` for what an example marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product

_BRACES = re.compile(r"\{([^{}]*)\}")


_TAGGED = re.compile(r"\[\[(.+?)\]\]")


def expand(text: str) -> Iterator[str]:
    """All wordings of a variant with brace alternation.

    >>> list(expand("trade union{,s}"))
    ['trade union', 'trade unions']
    """
    if "{" not in text:
        yield " ".join(text.split())
        return
    parts = _BRACES.split(text)
    choices = [part.split(",") if i % 2 else [part] for i, part in enumerate(parts)]
    for combination in product(*choices):
        yield " ".join("".join(combination).split())


def respelled(text: str, spellings: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """All ways to spell a wording, the given one first: each word that begins as one of a group, in each way of it.

    >>> list(respelled("Arab Labour Organization", (("labour", "labor"),)))
    ['Arab Labour Organization', 'Arab Labor Organization']
    """
    ways, beginnings = _ways(spellings)
    parts = beginnings.split(text) if ways else [text]
    if len(parts) == 1:
        yield text
        return
    for combination in product(*(ways.get(part, (part,)) for part in parts)):
        yield "".join(combination)


@lru_cache(maxsize=16)
def _ways(spellings: tuple[tuple[str, ...], ...]) -> tuple[Mapping[str, tuple[str, ...]], re.Pattern[str]]:
    """By beginning of a word how else it is spelled, and what finds such beginnings."""
    ways = {way: (way, *(other for other in group if other != way)) for group in spellings for way in group}
    ways |= {way.capitalize(): tuple(map(str.capitalize, group)) for way, group in ways.items()}
    longest_first = sorted(ways, key=lambda word: (-len(word), word))
    return ways, re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})")


def untag(example: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The plain text of an example and the spans that it marks.

    >>> untag("with [[civil society]].")
    ('with civil society.', ((5, 18),))
    """
    text, spans, position = "", [], 0
    for found in _TAGGED.finditer(example):
        text += example[position : found.start()]
        spans.append((len(text), len(text) + len(found[1])))
        text += found[1]
        position = found.end()
    return text + example[position:], tuple(spans)
