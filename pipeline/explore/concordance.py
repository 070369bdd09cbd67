"""Keyword in context: every place of a term, with the words before and behind it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import pandas as pd

CONCORDANCE: tuple[str, ...] = (
    *("document", "citation", "left", "keyword", "right"),
    *("mechanism", "type", "part", "language", "year", "objective", "page", "paragraph", "start"),
)
_LONGEST_TERM, _STARS = 200, 4
"""More `*` in one term would take long on long words."""
_ARABIC = re.compile("[\u0600-\u06ff]")
_DASHES = "[-\u2010-\u2015]"
_APOSTROPHES = "['\u2018\u2019\u02bc]"


def find_in_context(paragraphs: pd.DataFrame, terms: Iterable[str], width: int, whole: bool) -> pd.DataFrame:
    """Return a row for each place where one of the terms stands; see `Results.concordance`."""
    search = pattern(terms, whole)
    rows = []
    columns = [name for name in CONCORDANCE if name not in ("left", "keyword", "right", "start")]
    for text, *facts in zip(paragraphs["text"], *(paragraphs[name] for name in columns), strict=True):
        for hit in search.finditer(text):
            around = {"left": _before(text, hit.start(), width), "right": _behind(text, hit.end(), width)}
            rows.append(dict(zip(columns, facts, strict=True)) | around | {"keyword": hit[0], "start": hit.start()})
    frame = pd.DataFrame(rows, columns=list(CONCORDANCE))
    return frame.astype({"year": "Int64", "objective": "Int64", "page": "Int64", "start": "Int64"})


def pattern(terms: Iterable[str], whole: bool = False) -> re.Pattern[str]:
    """Return the expression that finds any of these terms; ValueError where there is none, or one is too long.

    A term is found where a word begins with it, with `whole` only as it is; `*` stands for any letters. A term with a
    capital letter is case-sensitive. In Arabic, where words carry their prefixes, the word need only contain it.

    >>> pattern(["diaspora"]).findall("Diasporas and a diaspora"), pattern(["IOM"]).findall("IOM, axiom")
    (['Diasporas', 'diaspora'], ['IOM'])
    """
    wanted = [re.sub(r"\*+", "*", " ".join(unicodedata.normalize("NFC", term).split())) for term in terms]
    wanted = [term for term in dict.fromkeys(wanted) if term.strip("* ")]
    if not wanted or max(map(len, wanted)) > _LONGEST_TERM or max(term.count("*") for term in wanted) > _STARS:
        raise ValueError(f"give one or more terms of at most {_LONGEST_TERM} characters and {_STARS} `*` each")
    return re.compile("|".join(_expression(term, whole) for term in sorted(wanted, key=len, reverse=True)))


def _expression(term: str, whole: bool) -> str:
    parts = []
    for character in term:
        if character == "*":
            parts.append(r"\w*")
        elif character == " ":
            parts.append(r"\s+")
        elif re.match(_DASHES, character):
            parts.append(_DASHES)
        elif re.match(_APOSTROPHES, character):
            parts.append(_APOSTROPHES)
        else:
            parts.append(re.escape(character))
    arabic = _ARABIC.search(term) is not None
    begin = r"\w*" if arabic and not whole else r"(?<!\w)" if re.match(r"[\w*]", term) else ""
    end = r"\w*" if not whole else r"(?!\w)" if re.search(r"[\w*]$", term) else ""
    return f"(?{'' if term != term.lower() else 'i'}:{begin}{''.join(parts)}{end})"


def _before(text: str, at: int, width: int) -> str:
    """Up to `width` characters before a place, from the start of a word."""
    piece = " ".join(text[max(0, at - 2 * width) : at].split())
    return piece if len(piece) <= width else piece[-width:].partition(" ")[2]


def _behind(text: str, at: int, width: int) -> str:
    piece = " ".join(text[at : at + 2 * width].split())
    return piece if len(piece) <= width else piece[:width].rpartition(" ")[0]
