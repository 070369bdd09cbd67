"""The notation of wordings in the lexicon: `{,s}` for alternatives, `[[ ]]` for what an example marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

_BRACES = re.compile(r"\{([^{}]*)\}")


_TAGGED = re.compile(r"\[\[(.+?)\]\]")


def expand(text: str) -> Iterator[str]:
    """All wordings of a variant with brace alternation.

    >>> list(expand("trade union{,s}"))
    ['trade union', 'trade unions']
    """
    parts = _BRACES.split(text)
    choices = [part.split(",") if i % 2 else [part] for i, part in enumerate(parts)]
    for combination in product(*choices):
        yield " ".join("".join(combination).split())


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
