"""Headings: what looks like one, and the path of headings above a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.lexicon.language import alternatives, any_word, words
from extractors.model import Paragraph
from extractors.objectives.explicit import explicits
from pipeline.ingest.printed_marks import article_mark
from pipeline.segment.block import Block

_FINAL = (".", ";", ":", ",", "…", "،", "؛")
_LINKED = re.compile(rf"[;,:.،؛]\s*(?:{any_word(lambda language: language.grammar.conjunctions)})\Z", re.IGNORECASE)
_SECTION_MARK = re.compile(r"(?:[IVXLC]{1,6}|[A-Z])\.\s+\S")
_OBJECTIVE = re.compile(
    rf"(?:{any_word(lambda language: language.documents.objectives)})\s+(\d{{1,2}})\s*[:.–-]?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
ANNEX_WORD = alternatives(
    form for word in words(lambda language: language.documents.annexes) for form in (word.capitalize(), word.upper())
)
_ORDINAL = any_word(lambda language: sum(language.numbering.ordinals, ()))
_ANNEX = re.compile(
    rf"(?P<word>{ANNEX_WORD})(?:\s+(?P<number>[IVXLC]{{1,6}}|[A-Z]|\d{{1,2}}|{_ORDINAL}))?\.?"
    r"(?:\Z|(?(number)(?:[:.]|\s[-–—])\s+(?P<title>[^\W\d_a-zà-ÿ].{2,200})\Z|(?!)))",
    re.DOTALL,
)
_NO_TITLE = re.compile(r"(?:[.;:,…]|\s\d{1,3})\Z")
"""How a sentence or an entry of a list of contents ends, and the title of an annex does not."""

_SMALL_WORDS = frozenset(words(lambda language: language.sentences.open))

ANNEX_LEVEL, ROMAN_LEVEL, LETTER_LEVEL, ARTICLE_LEVEL, PLAIN_LEVEL, OBJECTIVE_LEVEL, INNER_LEVEL = range(7)
_CLAUSE_ALONE = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}\s*[,:;]?\Z")


def annex_name(text: str) -> str | None:
    """The name of the annex that a heading opens ("Annex", "Annex II", "Annex 5. List of bodies"), None when it opens none.

    >>> annex_name("Annex II"), annex_name("Annex 5. List of bodies"), annex_name("Annex to the report")
    ('Annex II', 'Annex 5', None)
    """
    found = _ANNEX.match(text.strip()) if len(text) < 240 else None
    if not found or (found["title"] and _NO_TITLE.search(found["title"])):
        return None
    return f"{found['word'].capitalize()} {found['number']}" if found["number"] else found["word"].capitalize()


def objective_of(heading: str) -> tuple[int, str] | None:
    """Number and title when a heading names an objective ("Objective 7: Address and reduce ..."), else None."""
    found = _OBJECTIVE.match(heading)
    return (int(found[1]), found[2].strip()) if found else None


def has_section_mark(text: str) -> bool:
    """Whether a text starts with the mark of a section: `I. Introduction`, `A. Return`."""
    return bool(_SECTION_MARK.match(text))


def looks_like_heading(block: Block, longest: int = 220) -> bool:
    """Whether an unnumbered block reads as a heading: short, capitalized, without closing punctuation or a final "; and".

    Section marks ("II. Commitments") count, and so does a style that the format itself calls a heading.
    """
    text = block.text.strip()
    if not text or len(text) > longest:
        return False
    if block.heading is not None:
        return True
    first = next((c for c in text if c.isalnum()), "")
    if not first or (first.isalpha() and first.islower()):
        return False
    if (text.endswith(_FINAL) or _LINKED.search(text, max(0, len(text) - 12))) and not objective_of(text):
        return False
    return len(text.split()) <= 32


def is_title_case(text: str) -> bool:
    """Whether every longer word of a text is capitalized, prepositions and the like aside.

    >>> is_title_case("Ministerial Conference on Refugee Protection:"), is_title_case("The Vice-Ministers agreed:")
    (True, False)
    """
    longer = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) > 3 and w.lower() not in _SMALL_WORDS]
    return bool(longer) and all(w[0].isupper() for w in longer)


def level_of(block: Block) -> int:
    """The rank of a heading: lower stands above higher. Read from its wording first, then from the format's own style."""
    text = block.text
    if annex_name(text):
        return ANNEX_LEVEL
    if objective_of(text):
        return OBJECTIVE_LEVEL
    if article_mark(text):
        return ARTICLE_LEVEL
    if has_section_mark(text):
        return ROMAN_LEVEL if re.match(r"[IVXLC]{1,6}\.", text) and not re.match(r"[CD]\.", text) else LETTER_LEVEL
    return PLAIN_LEVEL


def keep_compact_objectives(paragraphs: Sequence[Paragraph], language: str) -> Iterator[Paragraph]:
    """Keeps `objective` only under headings with the Compact's own titles: other plans number their objectives too."""
    known: dict[str, bool] = {}
    for paragraph in paragraphs:
        if paragraph.objective is not None:
            heading = next((h for h in reversed(paragraph.heading_path) if objective_of(h)), "")
            if heading not in known:
                known[heading] = explicits(language).title_of(heading) == paragraph.objective
            if not known[heading]:
                paragraph = replace(paragraph, objective=None)
        yield paragraph


class HeadingPath:
    """The headings above the current place, outermost first."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    def push(self, level: int, text: str) -> None:
        """Closes every heading of the same or a deeper rank and opens this one."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        self._open.append((level, text))

    def titles(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._open)

    def objective(self) -> int | None:
        """The number of the objective that the current place stands under, None outside of one."""
        for _, text in reversed(self._open):
            found = objective_of(text)
            if found:
                return found[0] if 1 <= found[0] <= 23 else None
        return None


def is_clause_verb(text: str) -> bool:
    """Whether a text is a clause verb standing alone: "RECALLING,", "WE,", "REITERANDO:".

    >>> is_clause_verb("RECALLING,"), is_clause_verb("They agreed:")
    (True, False)
    """
    return len(text) < 80 and bool(_CLAUSE_ALONE.match(text)) and text == text.upper() and text != text.lower()
