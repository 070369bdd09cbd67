"""The parts of a resolution: where its text begins, its annexes, the texts that it adopts, and which marks count in them."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from extractors.lexicon.language import any_word
from pipeline.ingest.openings import OPENER, ORGAN
from pipeline.ingest.printed_marks import marks_that_count, read_mark
from pipeline.segment.article import articles
from pipeline.segment.block import Block
from pipeline.segment.breaks import SYMBOL
from pipeline.segment.heading import ANNEX_WORD, annex_name, looks_like_heading
from pipeline.segment.numbering import Outline
from pipeline.segment.quotation import quoted

_OPENER_RUN_ON = re.compile(ORGAN + r"\s*[,،]\s+(?=[A-ZÁÉÍÓÚ\u0621-\u064a])")
_TITLE = re.compile(
    r"\d{1,4}/\d{1,4}(?:\s?[A-Z])?\.?\s+\S"
    rf"|(?i:{any_word(lambda language: language.documents.resolutions)})\s+\d{{1,4}}\s+\(\d{{4}}\)\Z"
)
_TITLE_NUMBER = re.compile(r"\d{1,4}/\d{1,4}(?:\s?[A-Z])?\.?\s+")
_LONGEST_TITLE = 300
_ANNEX_RUN_ON = re.compile(rf"(?:{ANNEX_WORD})(?:\s+(?:[IVXLC]+|\d{{1,2}}))?\s+(?=[A-ZÁÉÍÓÚÀ“\"])")
SOLE_OPERATIVE = re.compile(
    rf"(?:(?:{any_word(lambda language: language.documents.act_adverbs)})\s+)?"
    rf"(?:{any_word(lambda language: language.documents.acts)})\b"
)
_FAR = 40
"""Blocks that are looked ahead for numbered operative paragraphs."""


def is_resolution(blocks: Sequence[Block]) -> bool:
    """Whether the text opens as a resolution does: an organ's name standing alone ("The General Assembly,")."""
    body = [b for b in blocks if b.role == "body"][:80]
    return any(OPENER.match(b.text) or _OPENER_RUN_ON.match(b.text) for b in body)


def split_run_on(blocks: Sequence[Block]) -> list[Block]:
    """Cuts "The General Assembly, Recalling ..." and "Annex Title of the annex" into their two parts."""
    out: list[Block] = []
    titles: set[str] = set()
    opened = False
    for block in blocks:
        found = _OPENER_RUN_ON.match(block.text) if block.role == "body" else None
        opened = opened or bool(found) or bool(OPENER.match(block.text))
        if opened and not found and block.role == "body" and looks_like_heading(block) and not annex_name(block.text):
            found = _ANNEX_RUN_ON.match(block.text)
        if opened and block.role == "body" and _is_running_head(block.text, titles):
            block = replace(block, role="furniture")
        titles.add(_TITLE_NUMBER.sub("", block.text) if len(block.text) <= _LONGEST_TITLE else "")
        out += [block.cut(0, found.end()), block.cut(found.end())] if found else [block]
    return out


def _is_running_head(text: str, titles: Set[str]) -> bool:
    """Whether a line is the document's symbol, alone or beside a title that was printed before ("A/RES/73/3 Walking")."""
    if len(text) > _LONGEST_TITLE or "/" not in text:
        return False
    parts = text.split()
    return bool(
        SYMBOL.match(text)
        or (SYMBOL.match(parts[0]) and " ".join(parts[1:]) in titles)
        or (SYMBOL.match(parts[-1]) and " ".join(parts[:-1]) in titles)
    )


class Parts:
    """What has to be known before the ids can be given: which parts are numbered, and how they are told apart."""

    def __init__(self, body: Sequence[Block]) -> None:
        self.quoted = quoted([b.text for b in body])
        self.marks = marks_that_count(
            [None if place in self.quoted else read_mark(b.text, b.mark) for place, b in enumerate(body)],
            [b.text for b in body],
        )
        self.opener = next(i for i, b in enumerate(body) if OPENER.match(b.text))
        self.title = self._title(body[: self.opener])
        annexes = [i for i, b in enumerate(body) if i > self.opener and annex_name(b.text)]
        # a list of attachments ("Annex I" / "Annex II" one under the other) is a table of contents, not annexes
        annexes = [i for i in annexes if i + 1 < len(body) and not annex_name(body[i + 1].text)]
        ends = [*annexes[1:], len(body)] if annexes else []
        self.end = annexes[0] if annexes else len(body)
        self.adopts_inside = self._adopts_inside(body, self.end)
        found = articles(body)
        self.articles = {i: article for i, article in found.items() if i > self.end or self.adopts_inside}
        self.plain_articles = not any(map(self._is_number, range(min(self.articles, default=len(body)), len(body))))
        numbered: dict[int, int] = {}
        for start, end in zip(annexes, ends, strict=True):
            first = next((m for m in self.marks[start:end] if m and m.is_number), None)
            if first:
                numbered[start] = int(first.core)
        restarting = [start for start, value in numbered.items() if value == 1]
        alone = len(restarting) == 1 and not self.adopts_inside
        self.prefix: dict[int, str] = {}
        for start in annexes:
            name = annex_name(body[start].text) or ""
            plain = start in numbered and (alone or start not in restarting)
            self.prefix[start] = "" if plain else f"{name}/"
        self.unnumbered = {start for start in annexes if start not in numbered}

    def _is_number(self, place: int) -> bool:
        """Whether the mark at a place counts a paragraph ("12.")."""
        mark = self.marks[place]
        return mark is not None and mark.is_number

    @staticmethod
    def _title(front: Sequence[Block]) -> int:
        """The place of the title: the numbered one ("73/195. Global Compact ..."), else the last heading before the text."""
        numbered = next((i for i, b in enumerate(front) if _TITLE.match(b.text)), None)
        if numbered is not None:
            return numbered
        named = (i for i in range(len(front) - 1, -1, -1) if looks_like_heading(front[i]) and front[i].text[:1] != "(")
        return next(named, -1)

    def _adopts_inside(self, body: Sequence[Block], end: int) -> bool:
        """Whether the resolution's one act is to adopt a text that follows it in the same body (A/RES/71/1)."""
        for place in range(self.opener + 1, end):
            if self._is_number(place):
                return False
            if SOLE_OPERATIVE.match(body[place].text):
                titled = any(looks_like_heading(b) for b in body[place + 1 : min(place + 4, end)])
                is_numbered = any(map(self._is_number, range(place + 1, end)))
                return (titled or body[place].text.endswith(":")) and is_numbered
        return False

    def is_sole_act(self, body: Sequence[Block], place: int) -> bool:
        """Whether an unnumbered paragraph acts and no numbered one follows before the annex: "Endorses the Declaration"."""
        ahead = range(place + 1, min(place + 1 + _FAR, max(self.end, place + 1)))
        return bool(SOLE_OPERATIVE.match(body[place].text)) and not any(map(self._is_number, ahead))

    def letters_follow(self, index: int, outline: Outline) -> bool:
        """Whether the lettered list that is open goes on after the heading at `index` (73/195, before 18 (h))."""
        level = next((lv for lv in reversed(outline.levels) if lv.kind == "lower"), None)
        if level is None:
            return False
        for mark in self.marks[index + 1 : index + 4]:
            if mark:
                return any(kind == "lower" and value == level.value + 1 for kind, value in mark.readings())
        return False
