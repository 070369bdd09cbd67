"""Terms of the role files: words with alternatives and open endings, found in printed text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.lexicon import expand
from extractors.normalization import Normalized
from pipeline.quotes import Span

Pattern = re.Pattern[str]
_NOTHING = re.compile(r"(?!)")


def compiled(terms: Iterable[str]) -> Pattern:
    """Make one pattern of many terms: whole words, any case, the longest first; `*` stands for any word ending.

    >>> [m[0] for m in compiled(["forum{,s}", "harmoni*"]).finditer("Forums harmonize")]
    ['Forums', 'harmonize']
    """
    wordings = sorted({w for term in terms for w in expand(term)}, key=lambda w: (-len(w), w))
    if not wordings:
        return _NOTHING
    joined = "|".join(re.escape(w).replace(r"\*", r"\w*").replace(r"\ ", " ") for w in wordings)
    return re.compile(rf"(?<![\w])(?:{joined})(?!\w)", re.IGNORECASE)


def spans(pattern: Pattern, text: str) -> list[Span]:
    """Find the places of a pattern in a text."""
    return [m.span() for m in pattern.finditer(text)]


def hidden(text: str, blocked: Pattern) -> str:
    """Hide blocked wordings: their letters become "_", so that offsets and the number of words stay.

    >>> hidden("under international law", compiled(["international law"]))
    'under _____________ ___'
    """
    return blocked.sub(lambda m: re.sub(r"\S", "_", m[0]), text)


def printed(normalized: Normalized, found: Iterable[Span]) -> Iterator[Span]:
    """Give the places in the printed text of spans of the normalized text."""
    return (normalized.source(start, end) for start, end in found)
