"""Words that begin a paragraph of a resolution or declaration wherever its lines are cut: organs and verbs of clauses."""

from __future__ import annotations

import re

from extractors.lexicon.language import alternatives, words

_FIRST_WORD = re.compile(r"[\W_]*([^\W\d_]+)")
_CLOSING_QUOTE = re.compile(r"[^“”«»\"]*[”»]")
_PAUSES = ",;:،؛"
_OPENINGS = frozenset(word.lower() for word in words(lambda language: language.documents.openings))


def _after_article(name: str) -> str:
    """The pattern of an organ as a resolution begins, with or without a number: "The Sixty-first World Health Assembly"."""
    article, _, rest = name.partition(" ")
    return rf"{alternatives([article])}\s+(?:[\w-]+\s+)?{alternatives([rest])}"


ORGAN = rf"(?i:{'|'.join(map(_after_article, words(lambda language: language.documents.organs)))})"
OPENER = re.compile(ORGAN + r"\s*[,،:]?\s*\Z")


def begins_paragraph(before: str, text: str) -> bool:
    """Whether a line surely begins a paragraph, however full the line before it is.

    An organ's name that stands alone is the opening of a resolution; a capital "Recalling" after a comma is a clause,
    but for the words of a title ("..., / Taking into Particular Account the Needs of Islands”, and").

    >>> begins_paragraph("of 19 December 2018,", "Recalling also its resolution 71/1,")
    True
    >>> begins_paragraph("the report of the Third Committee,", "Economic and Financial Affairs")
    False
    """
    if OPENER.match(text) or OPENER.match(before):
        return True
    first = _FIRST_WORD.match(text) if before[-1:] in _PAUSES and not _CLOSING_QUOTE.match(text) else None
    return bool(first and first[1].lower() in _OPENINGS and first[1][0] == first[1][0].upper())


def closes_parenthesis(before: str, text: str) -> bool:
    """Whether what looks like a mark ends a parenthesis that the line before opened ("Convention, 1973 (No." / "138)").

    >>> closes_parenthesis("the Convention, 1973 (No.", "138) and"), closes_parenthesis("They agreed:", "a) to meet")
    (True, False)
    """
    first = text.split(None, 1)[0] if text.strip() else ""
    return first.endswith(")") and "(" not in first and before.rfind("(") > before.rfind(")")
