"""Declarations of inter-State consultation mechanisms, and any other text that is not a resolution.

They number their paragraphs in every way there is (`1.`, `I.1`, Roman sections, numbers inside a clause, bullets) or not
at all, and reach us through mirrors that lost line breaks and marks. The printed number is the id where there is one;
everything else counts as `¶1`, `¶2` ... over the body paragraphs. The printed mark stays in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.segment.block import Block
from pipeline.segment.draft import Draft
from pipeline.segment.heading import ANNEX_LEVEL, HeadingPath, annex_name, is_title_case, level_of, looks_like_heading
from pipeline.segment.numbering import Level, Mark, Outline, read_mark, roman_value

_BULLETS = frozenset("-–—•*·▪●○◦‣∙o§➢✓")
_SENTENCE_END = (".", ";", ":", "!", "?", "…", "”", '"', "»", "،", "؛", "؟")
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|janv|févr|fevr|mars|avr|mai|juin|juil|août|sept|déc|"
    r"fev|set|out|dez|enero|febrero)[^\W\d]*\.?"
)
_DATE_LINE = re.compile(
    rf"(?:[^\W\d][^.;:]{{0,60}},\s*)?(?:\d{{1,2}}(?:\s*(?:[-–—&]|and|to|y|et|e|al|au)\s*\d{{1,2}})?(?:st|nd|rd|th|er|º)?\s+(?:de\s+|of\s+)?{_MONTH}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?)[\s,]*(?:de\s+)?(?:\d{{4}})?\.?\Z",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:table\s+of\s+)?contents?\Z|[íi]ndice\Z|contenido\Z|table\s+des\s+mati[èe]res\Z|sum[áa]rio\Z|sommaire\Z", re.I)
_CONTENTS_END = re.compile(r"(?:table\s+of\s+contents|contents|[íi]ndice|contenido|table\s+des\s+mati[èe]res)\s*\Z", re.I)
_CONTENTS_ENTRY = re.compile(r".*(?:\.{3,}|…{2,}|\bpage\s+\d+|\bp\.\s*\d+|[^\d\s]\s*\d{1,3})\s*(?:[–-]\s*\d+\s*)?\Z|annex|anexo|appendix", re.I | re.S)
_CLAUSE_RUN_ON = re.compile(
    r"(?<=[;.])\s+(?=(?:[A-ZÁÉÍÓÚÇÃÕÊ]{2,}\s+){0,2}[A-ZÁÉÍÓÚÇÃÕÊ]{3,}(?:ING|ANDO|ENDO|INDO|IENDO|ANT|ENT|EMOS|AMOS|IMOS|ONS)\b)"
)
_DOT_BULLET = re.compile(r"(?:(?<=\s)|\A)\.\s+(?=[^\W\d_])")
_SIGN_BULLET = re.compile(r"(?:(?<=\s)|\A)(?:[•▪●‣➢\uf0b7]|â€¢|ï‚·)\s+")
_DASH_BULLET = re.compile(r"(?<=[.;:])\s+[-–]\s+(?=[A-ZÁÉÍÓÚ])")
_NOT_A_MARK_AFTER = re.compile(r"\b(?:paragraphs?|paras?|articles?|annex|no|nos|item|objectives?|day|resolution|goals?|and|of|pp?|art[íi]culos?|objetivos?|objectifs?|párrafos?|n[°º])\.?\Z", re.I)
_PAGE_NUMBER = re.compile(r"\d{1,3}\Z")
_RUNNING_LINE = re.compile(r"\d{2}|\bpage\b|@|www\.", re.IGNORECASE)
_CLAUSE_ALONE = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}\s*[,:;]?\Z")


def _is_clause_verb(text: str) -> bool:
    """Whether a text is a clause verb standing alone: "RECALLING,", "WE,", "REITERANDO:".

    >>> _is_clause_verb("RECALLING,"), _is_clause_verb("They agreed:")
    (True, False)
    """
    text = text.strip()
    return bool(_CLAUSE_ALONE.match(text)) and text == text.upper() and text != text.lower()


def _cut_at(block: Block, places: Sequence[tuple[int, int]]) -> list[Block]:
    """The pieces of a block before, between and after `places` (end of one piece, start of the next)."""
    out: list[Block] = []
    start = 0
    for end, begin in places:
        piece = block.cut(start, end)
        if piece.text:
            out.append(piece if not out else replace(piece, mark="", notes=()))
        start = begin
    last = block.cut(start)
    if last.text:
        out.append(last if not out else replace(last, mark="", notes=()))
    return out


def _split_numbers(block: Block, after: int) -> list[Block]:
    """Cuts a block whose line breaks were lost where the next expected numbers stand: "... 1. To ... 2. To ...".

    `after` is the last number seen before this block. Dates ("23 March 2016"), sums and "paragraph 2." are no marks.
    """
    own = read_mark(block.text, block.mark)
    expected = int(own.core) + 1 if own and own.core.isdigit() else after + 1
    places: list[tuple[int, int]] = []
    position = own.length if own else 0
    text = block.text
    while True:
        pattern = re.compile(rf"(?<=\s){expected}[.)]\s+(?=[\"“«¿]?[A-ZÁÉÍÓÚÀÂÇÊÎÔÛÑ])")
        found = None
        for candidate in pattern.finditer(text, position):
            before = text[: candidate.start()].rstrip()
            if not _NOT_A_MARK_AFTER.search(before):
                found = candidate
                break
        if not found and expected != 1 and not places and after and not own:
            # the list may start again inside this block
            expected, after = 1, 0
            continue
        if not found:
            break
        places.append((found.start(), found.start()))
        position, expected = found.end(), expected + 1
    starts_list = not own and after == 0
    if starts_list and len(places) < 2:
        return [block]
    return _cut_at(block, places)


def _split_bullets(block: Block) -> list[Block]:
    """Cuts a block at bullets that ended up inside a line: ". Enhance ...", "• Promote ..."."""
    dots = [(m.start(), m.end()) for m in _DOT_BULLET.finditer(block.text)]
    places = dots if len(dots) >= 2 else []
    signs = [(m.start(), m.end()) for m in _SIGN_BULLET.finditer(block.text)]
    places = sorted(places + signs)
    dashes = [(m.start(), m.end()) for m in _DASH_BULLET.finditer(block.text)]
    if not places and len(dashes) >= (1 if block.mark in _BULLETS and block.mark else 2):
        places = dashes
    if not places:
        return [block]
    pieces = _cut_at(block, places)
    first_is_item = places[0][0] == 0
    return [replace(p, mark="•") if i or first_is_item else p for i, p in enumerate(pieces)]


def _split_clauses(block: Block) -> list[Block]:
    """Cuts "...; RECALLING ...; REAFFIRMING ..." before each capitalized clause verb."""
    places = [(m.start(), m.end()) for m in _CLAUSE_RUN_ON.finditer(block.text)]
    return _cut_at(block, places) if places else [block]


def _joins(before: Block, after: Block) -> bool:
    """Whether a block only continues the one before it, although a break or a page number stands between."""
    first = after.text[:1]
    return (
        first.islower()
        and not after.mark
        and not after.heading
        and not read_mark(after.text)
        and not before.text.rstrip().endswith(_SENTENCE_END)
        and before.role == after.role == "body"
        and len(before.text) > 40
    )


def _prepared(found: Sequence[Block]) -> list[Block]:
    """Blocks with lost breaks put back and false breaks taken out."""
    joined: list[Block] = []
    held: list[Block] = []
    times = Counter(b.text for b in found if b.role == "body" and not b.mark)
    for block in found:
        if block.role == "body" and times[block.text] >= 3 and _RUNNING_LINE.search(block.text):
            held.append(replace(block, role="furniture"))
            continue
        if block.role == "body" and _PAGE_NUMBER.match(block.text) and not block.mark:
            held.append(replace(block, role="furniture"))
            continue
        last = next((i for i in range(len(joined) - 1, -1, -1) if joined[i].role == "body"), None)
        if block.role == "body" and last is not None and _joins(joined[last], block):
            base = joined[last]
            offset = len(base.text) + 1
            words = base.words + tuple(w._replace(start=w.start + offset, end=w.end + offset) for w in block.words)
            joined[last] = replace(base, text=f"{base.text} {block.text}", words=words, notes=base.notes + block.notes)
            joined += held
            held = []
            continue
        joined += held
        held = []
        joined.append(block)
    joined += held

    out: list[Block] = []
    number = 0
    for block in joined:
        if block.role != "body" or block.heading is not None:
            out.append(block)
            continue
        for piece in _split_numbers(block, number):
            mark = read_mark(piece.text, piece.mark)
            if mark and mark.core.isdigit():
                number = int(mark.core)
            for clause in _split_clauses(piece):
                out += _split_bullets(clause)
    return out


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block with what the first pass found out: its number (without section), kind, section and whether it is annexed."""

    block: Block
    kind: str
    number: str
    section: str
    annexed: bool


class _Reader:
    """First pass over the blocks: headings, numbers and sections."""

    def __init__(self, found: Sequence[Block]) -> None:
        self.blocks = found
        self.body = [i for i, b in enumerate(found) if b.role == "body"]
        self.outline = Outline()
        self.section, self.annexed = "", False
        self.in_contents = False
        self.seen_body = False
        self.last_heading_number: Mark | None = None

    def units(self) -> list[_Unit]:
        out: list[_Unit] = []
        for position, index in enumerate(self.body):
            out.append(self._read(self.blocks[index], position))
        return out

    def _next(self, position: int) -> Block | None:
        return self.blocks[self.body[position + 1]] if position + 1 < len(self.body) else None

    def _unit(self, block: Block, kind: str, number: str = "") -> _Unit:
        return _Unit(block, kind, number, self.section, self.annexed)

    def _read(self, block: Block, position: int) -> _Unit:
        text = block.text.strip()
        bullet = block.mark in _BULLETS and bool(block.mark)
        following = self._next(position)
        if _CONTENTS.match(text) or (len(text) < 120 and _CONTENTS_END.search(text)):
            self.in_contents = True
            return self._unit(block, "frontmatter")
        if self.in_contents:
            if len(text) < 200 and (read_mark(text, block.mark) or _CONTENTS_ENTRY.match(text)):
                return self._unit(block, "frontmatter")
            self.in_contents = False
        name = annex_name(text)
        if name and following is not None and not bullet:
            self.section, self.annexed = name, True
            self.outline.reset()
            return self._unit(block, "heading")
        if _DATE_LINE.match(text) and not bullet:
            return self._unit(block, "frontmatter")
        if _is_clause_verb(text) and following is not None and not bullet and len(text) < 40 and block.heading is None:
            self._open_section(text.strip(" ,:;"))
            return self._unit(block, "heading")
        mark = None if bullet else read_mark(block.text, block.mark)
        if mark:
            unit = self._marked(block, mark, following)
            if unit:
                return unit
        titled = looks_like_heading(block) or (text.endswith(":") and is_title_case(text) and 3 < len(text.split()) <= 20)
        if not bullet and following is not None and titled and not self._is_list_item(block, position):
            self._open_section(text if block.heading is None else "")
            return self._unit(block, "heading")
        self.seen_body = True
        if self.outline.levels and (bullet or self._goes_on(position)):
            return self._unit(block, "continuation", self.outline.levels[0].core)
        self.outline.reset(1)
        return self._unit(block, "body")

    def _open_section(self, name: str) -> None:
        if not self.annexed:
            self.section = name[:60]
        self.outline.reset(1)

    def _marked(self, block: Block, mark: Mark, following: Block | None) -> _Unit | None:
        text = block.text.strip()
        after = read_mark(following.text, following.mark) if following else None
        if mark.style == "multi":
            head = mark.core.split(".")[0]
            if not head.isdigit() and roman_value(head) is None and len(head) > 1:
                return None
            if len(text.split()) <= 12 and looks_like_heading(block) and not (after and after.style == "multi"):
                return self._unit(block, "heading")
            self.outline.reset()
            self.outline.levels.append(Level("multi", "multi", 0, mark.core))
            self.seen_body = True
            return self._unit(block, "paragraph", mark.core)
        section_mark = mark.style == "dot" and mark.core.isupper()
        short = looks_like_heading(block, longest=120) and len(text.split()) <= 14 and following is not None
        continues = bool(after and after.core.isdigit() == mark.core.isdigit() and after.style == mark.style and self._follows(mark, after))
        in_list = any(level.value == value - 1 for kind, value in mark.readings() for level in self.outline.levels if level.kind == kind)
        if short and (section_mark or (not continues and not in_list and not (mark.style == "paren"))):
            self._open_section(mark.core)
            if section_mark:
                self.outline.reset(1)
            return self._unit(block, "heading")
        place = self.outline.place(mark)
        if place is None and mark.core.isdigit() and mark.style != "paren" and not self.outline.levels:
            place = self.outline.begin(mark)
        if place is None:
            return None
        self.seen_body = True
        return self._unit(block, "paragraph" if len(self.outline.levels) == 1 else "subparagraph", place)

    @staticmethod
    def _follows(mark: Mark, after: Mark) -> bool:
        return any(a == b and w == v + 1 for a, v in mark.readings() for b, w in after.readings())

    def _goes_on(self, position: int) -> bool:
        """Whether the list of top numbers goes on further down, before the next heading."""
        top = self.outline.levels[0]
        for index in self.body[position + 1 : position + 12]:
            block = self.blocks[index]
            mark = read_mark(block.text, block.mark)
            if mark and (mark.style == top.style) and (top.kind, top.value + 1) in mark.readings():
                return True
            if mark and top.kind == "multi" and mark.style == "multi":
                return True
            if looks_like_heading(block) and not mark:
                return False
        return False

    def _is_list_item(self, block: Block, position: int) -> bool:
        """Whether a short line is one of a run of items under a colon, whose marks were lost."""
        back = position - 1
        while back >= 0:
            before = self.blocks[self.body[back]]
            if before.text.rstrip().endswith(":"):
                return not before.bold and len(before.text) > 12 and not is_title_case(before.text)
            if not looks_like_heading(before) or block.bold:
                return False
            back -= 1
        return False


def _prefixes(units: Sequence[_Unit]) -> dict[str, str]:
    """Which sections put their name before their numbers: annexes always when they restart, others when numbers repeat."""
    where: dict[str, set[str]] = {}
    for unit in units:
        if unit.kind in ("paragraph", "subparagraph"):
            where.setdefault(unit.number, set()).add(unit.section)
    clashing = {section for sections in where.values() if len(sections) > 1 for section in sections}
    annexed = {unit.section for unit in units if unit.annexed}
    main_numbers = {n for n, sections in where.items() if sections - annexed}
    only_annex = not main_numbers and len(annexed) == 1
    out: dict[str, str] = {}
    main_clash = any(len(sections - annexed) > 1 for sections in where.values())
    for section in clashing:
        if section in annexed:
            out[section] = "" if only_annex else f"{section}/"
        else:
            out[section] = f"{section}/" if main_clash and section else ""
    return out


def segment_declaration(found: Sequence[Block], metadata: Mapping[str, str]) -> Draft:
    """Gives every block of a declaration its id, kind and heading path; `metadata["title"]` helps to know the title."""
    prepared = _prepared(found)
    units = _Reader(prepared).units()
    prefix = _prefixes(units)
    first_body = next((i for i, u in enumerate(units) if u.kind not in ("heading", "frontmatter")), len(units))
    draft, path = Draft(), HeadingPath()
    queue = iter(enumerate(units))
    titled = False
    for block in prepared:
        if block.role == "cell":
            draft.add(block.cell, "cell", block, path=path.titles())
            continue
        if block.role != "body":
            draft.aside(block)
            continue
        position, unit = next(queue)
        name = prefix.get(unit.section, "")
        text = block.text
        if unit.kind == "frontmatter":
            draft.add(f"FM{draft.tally('FM')}", "frontmatter", block, path=path.titles())
        elif unit.kind == "heading" and not titled and position < first_body and not unit.annexed:
            titled = True
            draft.add("TITLE", "title", block)
        elif unit.kind == "heading":
            path.push(ANNEX_LEVEL if annex_name(text) else level_of(block), text)
            draft.add(f"{name}H:{text}", "heading", block, path=path.titles(), objective=path.objective())
        else:
            if block.mark and block.mark not in _BULLETS:
                # the format made the number itself: print it as the page does
                shift = len(block.mark) + 1
                words = tuple(w._replace(start=w.start + shift, end=w.end + shift) for w in block.words)
                block = replace(block, text=f"{block.mark} {block.text}", words=words)
            number = f"{name}{unit.number}" if unit.number else f"¶{draft.tally('¶')}"
            draft.add(number, unit.kind, block, path=path.titles(), objective=path.objective())  # type: ignore[arg-type]
    return draft
