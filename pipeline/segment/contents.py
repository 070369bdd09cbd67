"""Lists of contents: under their title, or printed with leaders and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.lexicon.language import alternatives, any_word, words
from pipeline.ingest.printed_marks import Mark
from pipeline.segment.block import Block
from pipeline.segment.heading import looks_like_heading

_TITLES = words(lambda language: language.pages.contents)
_TITLE = re.compile(rf"(?:{alternatives(_TITLES)})\s*:?\Z", re.IGNORECASE)
_TITLE_AT_END = re.compile(
    rf"(?<!\w)(?:{alternatives(form for word in _TITLES for form in (word.capitalize(), word.upper()))})\s*:?\Z"
)
_ENTRY = re.compile(
    rf"[^\n]*(?:\.{{3,}}|…{{2,}}|\b(?:{any_word(lambda language: language.pages.page)})\s*\d+|[^\d\s]\s*\d{{1,3}})"
    rf"\s*(?:[–-]\s*\d+\s*)?\Z|{any_word(lambda language: language.documents.annexes)}",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?:(?<!\.)\.{3,}+|(?<!…)…{2,}+)\s*+\d{1,3}\b")
_LEADER_LINE = re.compile(r"(?:[^.…]|\.(?!\.\.)){2,160}(?:\.{8,}|…{4,})\s*\d{0,3}\Z")
_SENTENCE_END = (".", ";", ":", ",", "؛", "،", "؟", "?")
_LONGEST_TITLE, _LONGEST_ENTRY, _LONGEST_LOST = 120, 200, 400
"""Characters of the title of such a list, of an entry, and of one whose page was lost."""


class Contents:
    """Tells of the blocks of a text, asked in their order, whether they belong to a list of contents."""

    def __init__(self, blocks: Sequence[Block], marks: Sequence[Mark | None]) -> None:
        self._blocks, self._marks = blocks, marks
        self._times = Counter(block.text for block in blocks if len(block.text) < _LONGEST_TITLE)
        self._is_open = False
        self._entries: set[str] = set()

    def has(self, place: int) -> bool:
        """Whether the block at a place belongs to one; a block that is no entry ends it."""
        text = self._blocks[place].text
        if len(text) < _LONGEST_TITLE and (_TITLE.match(text) or _TITLE_AT_END.search(text)):
            self._is_open, self._entries = True, set()
            return True
        if self._is_open:
            self._is_open = self._is_entry(place)
            if self._is_open:
                self._entries.add(text)
                return True
        return _has_leaders(text)

    def _is_entry(self, place: int) -> bool:
        """An entry is counted, names its page, heads a part further down, or lost its page among others that did not.

        What was listed before is the part itself, and a counted sentence a paragraph.
        """
        block = self._blocks[place]
        if block.text in self._entries:
            return False
        again = self._times[block.text] > 1 and looks_like_heading(block)
        is_counted = self._marks[place] is not None and not block.text.endswith(_SENTENCE_END)
        is_told = is_counted or again or bool(_ENTRY.match(block.text))
        return (len(block.text) < _LONGEST_ENTRY and is_told) or (
            len(block.text) < _LONGEST_LOST and self._entries_follow(place)
        )

    def _entries_follow(self, place: int) -> bool:
        ahead = self._blocks[place + 1 : place + 5]
        return sum(len(block.text) < _LONGEST_ENTRY and bool(_ENTRY.match(block.text)) for block in ahead) > 1


def _has_leaders(text: str) -> bool:
    """Whether a text outside of such a list is an entry, or several that ran together: "Walking...2 Resting...3"."""
    if "..." not in text and "……" not in text:
        return False
    if len(text) < _LONGEST_ENTRY and _LEADER_LINE.match(text):
        return True
    leaders = sum(1 for _ in _LEADER.finditer(text))
    return leaders >= 3 and leaders * 120 >= len(text)
