"""Breaks between paragraphs: those that a mirror lost are put back, those that it added are taken out.

Texts reach us with page numbers inside a sentence, with all lines of a page run together, with list marks on a line of
their own or inside another line. Everything here takes one pass over the text, however long its lines are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractors.lexicon.language import alternatives, any_word, words
from pipeline.ingest.printed_marks import bare_number, numbers_alone, read_mark, unbroken
from pipeline.segment.block import Block, merged

BULLETS = frozenset("-–—•*·▪●○◦‣∙o§➢✓")
SYMBOL = re.compile(r"[A-Z]{1,6}(?:/[A-Z0-9.()-]+){1,7}\Z")
"""A document symbol standing alone ("A/RES/73/195", "E/ESCAP/GCM/PREP/6"), as running heads print it."""

_SENTENCE_END = (".", ";", ":", "!", "?", "…", "”", '"', "»", "،", "؛", "؟")
_OPEN_END = re.compile(rf"[^\W\d_,;:]\s(?:{any_word(lambda language: language.sentences.open)})\Z")
"""How no paragraph ends: what follows goes on with it even if it begins with a capital."""
_UPPER = "A-ZÁÉÍÓÚÀÂÇÊÎÔÛÑÃÕ"
_NUMBER = re.compile(rf"(?<=\s)(\d{{1,3}})[.)]\s+(?=[\"“«¿]?[{_UPPER}])")
_LONGEST_MARK = 20
"""Characters of the longest mark that stands in a block of its own ("DÉCIMO PRIMERO.-")."""
_CLAUSE_ENDING = alternatives(word.upper() for word in words(lambda language: language.sentences.clause_endings))
_CLAUSE_RUN_ON = re.compile(rf"(?<=[;.])\s+(?=(?:[{_UPPER}]{{2,}}\s+){{0,2}}[{_UPPER}]{{3,}}(?:{_CLAUSE_ENDING})\b)")
_DOT_BULLET = re.compile(r"(?:(?<=\s)|\A)\.\s+(?=[^\W\d_])")
_SIGN_BULLET = re.compile(r"(?:(?<=\s)|\A)(?:[•▪●○‣➢\uf0b7]|â€¢|ï‚·)\s+")
_DASH_BULLET = re.compile(rf"(?<=[.;:])\s+[-–]\s+(?=[{_UPPER}])")
_LETTER_O_BULLET = re.compile(r"(?<=\s)o\s+(?=[a-z])")
_NO_MARK_AFTER = re.compile(rf"\b(?:{any_word(lambda language: language.numbering.nouns)})\.?\Z", re.IGNORECASE)
_PAGE_WORD = any_word(lambda language: language.pages.page)
_PAGE_NUMBER = re.compile(
    r"(?:[-–—]\s?)?\d{1,3}(?:\s?[-–—])?\Z|\d{1,3}\s?/\s?\d{1,3}\Z"
    rf"|(?:{_PAGE_WORD})\s?\d{{1,3}}"
    rf"(?:\s?(?:/|{any_word(lambda language: language.pages.page_links)})\s?\d{{1,3}})?\Z",
    re.IGNORECASE,
)
_NO_LETTERS = re.compile(r"(?!\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\.?\Z)[\W\d_]+\Z")
"""Figures and signs alone, dates aside: no paragraph."""
_RUNNING_LINE = re.compile(rf"\d{{2}}|(?<!\w)(?:{_PAGE_WORD})(?!\w)|@|www\.", re.IGNORECASE)
_LONGEST_RUNNING_LINE = 160


def mended(found: Sequence[Block], *, language: str = "en") -> list[Block]:
    """The blocks of a declaration as its drafters broke them.

    Page numbers and running lines become furniture, a sentence that they interrupt is joined, and blocks that hold
    several numbered paragraphs, bullets or clauses are cut into them. `language` decides whether "o" can be a bullet
    (it is a word in Spanish and Portuguese).
    """
    out: list[Block] = []
    number = 0
    for block in _joined(_without_running_lines(found)):
        if block.role != "body" or block.heading is not None:
            out.append(block)
            continue
        for piece in _split_numbers(block, number):
            mark = read_mark(piece.text, piece.mark)
            if mark and mark.style == "dot" and mark.core.isdigit():
                number = int(mark.core)
            for part in _split_bullets(piece, language):
                out.extend(_split_clauses(part))
    return out


def with_own_line_marks(found: Sequence[Block]) -> list[Block]:
    """Joins a mark that stands in a block of its own ("17.", "(b)", "1") to the block that it counts."""
    body = [place for place, block in enumerate(found) if block.role == "body" and not block.mark]
    alone = {body[index] for index in numbers_alone([found[place].text for place in body])}
    out: list[Block] = []
    held: Block | None = None
    for place, block in enumerate(found):
        if held is not None and block.role == "body":
            if held.text in BULLETS:
                block = replace(block, mark="•") if not block.mark else block
            elif not block.mark and block.heading is None and not read_mark(block.text):
                block = replace(merged((held, block)), is_bold=block.is_bold)
            else:
                out.append(held)
            held = None
        if block.role == "body" and not block.mark and (place in alone or _is_mark_alone(block.text)):
            held = block
            continue
        out.append(block)
    if held is not None:
        out.append(held)
    return out


def _is_mark_alone(text: str) -> bool:
    """Whether a text is nothing but a bullet or a mark: "17.", "(b)", "I.1", "PP2 bis", "PRIMERO.-"."""
    if text in BULLETS:
        return not text.isalpha()
    mark = read_mark(text) if len(text) <= _LONGEST_MARK else None
    return mark is not None and mark.length == len(text)


def with_bare_numbers(found: Sequence[Block]) -> list[Block]:
    """Takes numbers without a full stop ("1 Ministers thanked") for marks where they count the blocks 1, 2, 3 ...

    A text that begins with one has the numbers of its pages there: a title stands before the first paragraph.
    """
    places = [place for place, block in enumerate(found) if block.role == "body" and not block.mark]
    marks = unbroken([bare_number(found[place].text) if index else None for index, place in enumerate(places)])
    out = list(found)
    for place, mark in zip(places, marks, strict=True):
        if mark:
            out[place] = replace(found[place].cut(mark.length), mark=found[place].text[: mark.length].strip())
    return out


def _without_running_lines(found: Sequence[Block]) -> list[Block]:
    """The same blocks; page numbers and lines that are printed on three or more pages have the role of furniture."""
    times = Counter(b.text for b in found if b.role in ("body", "furniture") and len(b.text) <= _LONGEST_RUNNING_LINE)
    out: list[Block] = []
    for block in found:
        text = block.text
        plain = block.role == "body" and not block.mark and len(text) <= _LONGEST_RUNNING_LINE
        runs = plain and (
            _PAGE_NUMBER.match(text) or _NO_LETTERS.match(text) or (times[text] >= 3 and _RUNNING_LINE.search(text))
        )
        out.append(replace(block, role="furniture") if runs else block)
    return out


def _joined(found: Sequence[Block]) -> list[Block]:
    """The blocks with every sentence whole that a page boundary or a false break had cut in two."""
    groups: list[list[Block]] = []
    last: list[Block] | None = None
    for block in found:
        if block.role == "body" and last is not None and _continues(last, block):
            last.append(block)
            continue
        groups.append([block])
        if block.role == "body":
            last = groups[-1]
    return [merged(group) for group in groups]


def _continues(before: Sequence[Block], after: Block) -> bool:
    """Whether a block only continues the ones before it, although a break or a page number stands between."""
    text = before[-1].text
    return (
        (after.text[:1].islower() or bool(_OPEN_END.search(text, max(0, len(text) - 12))))
        and len(before[0].text) > 40
        and not after.mark
        and not after.heading
        and not text.endswith(_SENTENCE_END)
        and not read_mark(after.text)
    )


def _cut_at(block: Block, places: Sequence[tuple[int, int]]) -> list[Block]:
    """The pieces of a block before, between and after `places` (end of one piece, start of the next)."""
    out: list[Block] = []
    start = 0
    for end, begin in (*places, (len(block.text), len(block.text))):
        piece = block.cut(start, end)
        if piece.text:
            out.append(replace(piece, mark="", notes=()) if out else piece)
        start = begin
    return out or [block]


def _split_numbers(block: Block, after: int) -> list[Block]:
    """Cuts a block whose line breaks were lost where the next expected numbers stand: "... 1. To ... 2. To ...".

    `after` is the last number seen before this block. Dates ("23 March 2016"), sums and "paragraph 2." are no marks.
    """
    own = read_mark(block.text, block.mark)
    numbered = own is not None and own.core.isdigit()
    expected = int(own.core) + 1 if own and numbered else after + 1
    begins_list = not numbered and after == 0
    # without a number of its own the block may go on with the list or start a new one
    candidates = {expected} if numbered else {expected, 1}
    places: list[tuple[int, int]] = []
    for found in _NUMBER.finditer(block.text):
        value = int(found[1])
        if value not in candidates or _NO_MARK_AFTER.search(block.text, max(0, found.start() - 30), found.start() - 1):
            continue
        begins_list = begins_list or (not places and value == 1 and expected != 1)
        places.append((found.start(), found.start()))
        candidates = {value + 1}
    if begins_list and len(places) < 2:
        return [block]
    return _cut_at(block, places) if places else [block]


def _split_bullets(block: Block, language: str) -> list[Block]:
    """Cuts a block at bullets that ended up inside a line: ". Enhance ...", "• Promote ..."."""
    text = block.text
    places = [(m.start(), m.end()) for m in _DOT_BULLET.finditer(text)]
    if len(places) < 2:
        places = []
    places = sorted(places + [(m.start(), m.end()) for m in _SIGN_BULLET.finditer(text)])
    if not places:
        dashes = [(m.start(), m.end()) for m in _DASH_BULLET.finditer(text)]
        places = dashes if len(dashes) >= (1 if block.mark and block.mark in BULLETS else 2) else []
    if not places and language == "en":
        signs = [(m.start(), m.end()) for m in _LETTER_O_BULLET.finditer(text)]
        places = signs if len(signs) >= 2 else []
    if not places:
        return [block]
    pieces = _cut_at(block, places)
    first_is_item = places[0][0] == 0
    return [replace(p, mark="•") if i or (first_is_item and not p.mark) else p for i, p in enumerate(pieces)]


def _split_clauses(block: Block) -> list[Block]:
    """Cuts "...; RECALLING ...; REAFFIRMING ..." before each capitalized clause verb."""
    places = [(m.start(), m.end()) for m in _CLAUSE_RUN_ON.finditer(block.text)]
    return _cut_at(block, places) if places else [block]
