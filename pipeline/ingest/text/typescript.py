"""The physical lines of a plain text, and what its pages print around the text: numbers, running heads, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.lexicon.language import any_word
from pipeline.ingest.line import Role
from pipeline.ingest.marks import ListMark
from pipeline.ingest.piece import Spans, moved
from pipeline.ingest.printed_marks import numbers_alone
from pipeline.ingest.text.margin import margin_numbers
from pipeline.ingest.text.markdown import is_rule
from pipeline.ingest.text.table import printed_cells
from pipeline.ingest.text.wrap import TextRow, ends_sentence

_PAGE_WORD = rf"(?:{any_word(lambda language: language.pages.page)})"
_PAGES_WORD = rf"(?:{any_word(lambda language: language.pages.page_links)})"
_FURNITURE = re.compile(
    rf"(?:\w+ ){{0,4}}{_PAGE_WORD}\s*\d{{1,4}}\s*(?:{_PAGES_WORD}|/)\s*\d{{1,4}}"  # Page 1 de 15
    rf"|{_PAGE_WORD}\s*\d{{1,4}}"
    r"|\d{1,4}\s*/\s*\d{1,4}|[-–—]\s*\d{1,4}\s*[-–—]"  # 1/15, - 3 -
    r"|\*\d{7}\*|\d{2}-\d{5}(?:\s*\([A-Z]\))?(?:\s+\d{6})*",  # UN job numbers
    re.I,
)
_SYMBOL = re.compile(r"[A-Z]{1,5}(?:/[\w.\-()]+){2,8}")
_BARE_NUMBER = re.compile(r"\d{1,4}|[ivxl]{1,6}")
_NOTE_RULE = re.compile(r"_{5,}|─{5,}|[-–—]{10,}")
_NOTE = re.compile(r"(?:\[(\d{1,3})\]\s*|(\d{1,3})\s+|(\*{1,3}|[†‡])\s*)(?=[^\W_]|[“\"«])")
_NUMBERED_NOTE = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_CENTRED = 15
"""Columns before a number that stands in the middle of the page."""
_LONGEST_HEAD = 80
_LONGEST_NOTES = 40
"""Lines of the longest notes of one page."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A non-blank physical line with what has been found out about it so far.

    indent, width   columns of its first and after its last character; gap blank lines before it
    page            from 1; `is_first` and `is_last` on it
    note            for role `note`: its printed mark, "" where it goes on with the note above
    cell            for role `cell`: its place in a table, "T1/R2/C3"
    """

    text: str
    indent: int
    width: int
    gap: int
    page: int
    role: Role = "body"
    is_bold: bool = False
    is_italic: bool = False
    heading: int | None = None
    mark: ListMark | None = None
    note: str = ""
    bold_spans: Spans = ()
    is_first: bool = False
    is_last: bool = False
    cell: str = ""

    def layout(self) -> TextRow:
        return TextRow(self.text, self.width, self.indent, self.gap, self.mark)


def typed_lines(text: str) -> list[TypedLine]:
    """The lines of a text that are not blank, numbers of lines in the margin taken off; a line for each cell of a table."""
    sheets = _without_margin([sheet.split("\n") for sheet in text.split("\f")])
    tables = printed_cells([raw for sheet in sheets for raw in sheet])
    rows: list[TypedLine] = []
    gap, page, number = 0, 1, 0
    for sheet in sheets:
        start = len(rows)
        for raw in sheet:
            number += 1
            squashed = " ".join(raw.split())
            if not squashed:
                gap += 1
                continue
            shown = raw.expandtabs(4).rstrip() if len(raw) < 2000 else raw.rstrip()
            if number - 1 in tables:
                for place, words in tables[number - 1]:
                    role: Role = "cell" if place else "furniture"
                    rows.append(TypedLine(words, 0, len(words), gap, page, role, cell=place))
                gap = 0
                continue
            rows.append(TypedLine(squashed, len(shown) - len(shown.lstrip()), len(shown), gap, page))
            gap = 0
        if len(rows) > start:
            rows[start] = replace(rows[start], is_first=True)
            rows[-1] = replace(rows[-1], is_last=True)
        page, gap = page + 1, gap + 1
    return rows


def _without_margin(sheets: list[list[str]]) -> list[list[str]]:
    places = [(at, index) for at, sheet in enumerate(sheets) for index, raw in enumerate(sheet) if raw.strip()]
    for found, (start, end) in margin_numbers([sheets[at][index] for at, index in places]).items():
        at, index = places[found]
        raw = sheets[at][index]
        sheets[at][index] = raw[:start] + " " * (end - start) + raw[end:]
    return sheets


def with_furniture(rows: Sequence[TypedLine]) -> list[TypedLine]:
    """The same lines; page numbers, running heads, job numbers and rules have the role of furniture, footnotes of notes.

    Bare numbers count pages where they go up by one with text between, and no paragraphs begin behind them.
    """
    counting = _counting(rows)
    is_paged = len({row.page for row in rows}) > 1
    paged = list(rows) if is_paged or not counting else _numbered_pages(rows, counting)
    heads = _running_heads(paged)
    symbols = Counter(row.text for row in rows if _SYMBOL.fullmatch(row.text))
    out = []
    for at, row in enumerate(rows):
        edge = is_paged and (row.is_first or row.is_last)
        is_furniture = (
            is_rule(row.text)
            or (len(row.text) <= _LONGEST_HEAD and bool(_FURNITURE.fullmatch(row.text)))
            or (edge and bool(_BARE_NUMBER.fullmatch(row.text)))
            or at in heads
            or at in counting
            or symbols[row.text] > 1
        )
        out.append(replace(row, role="furniture") if is_furniture and row.role == "body" else row)
    return _with_notes(out)


def _counting(rows: Sequence[TypedLine]) -> set[int]:
    """Places of bare numbers that go up by one, with text between them: page numbers without page breaks."""
    places = [at for at, row in enumerate(rows) if len(row.text) < 4 and row.text.isdecimal()]
    found: set[int] = set()
    for a, b in pairwise(places):
        if b > a + 1 and int(rows[b].text) == int(rows[a].text) + 1:
            found |= {a, b}
    return found - numbers_alone(["" if row.indent >= _CENTRED and row.text.isdecimal() else row.text for row in rows])


def _numbered_pages(rows: Sequence[TypedLine], counting: set[int]) -> list[TypedLine]:
    """The lines with the pages that the numbers between them make; the numbers themselves are on none."""
    out: list[TypedLine] = []
    page = 1
    for at, row in enumerate(rows):
        page += at in counting
        out.append(replace(row, page=page, is_first=at - 1 in counting, is_last=at + 1 in counting))
    return out


def _running_heads(rows: Sequence[TypedLine]) -> set[int]:
    """Places of short lines that stand at the edge of page after page, numbers in them aside."""
    edges = [at for at, row in enumerate(rows) if (row.is_first or row.is_last) and len(row.text) <= _LONGEST_HEAD]
    pages = len({row.page for row in rows})
    if pages < 2:
        return set()
    faces = Counter(_faceless(rows[at].text) for at in edges)
    places = {at for at in edges if faces[_faceless(rows[at].text)] >= max(3, pages // 2)}
    if pages <= 4:  # two pages with the same head are all that a short text can have
        heads = Counter(rows[at].text for at in edges if rows[at].is_first)
        places |= {
            at for at in edges if rows[at].is_first and heads[rows[at].text] > 1 and not ends_sentence(rows[at].text)
        }
    return places


def _faceless(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _with_notes(rows: list[TypedLine]) -> list[TypedLine]:
    """Gives the lines below a rule at the foot of a page the role of notes: "1 See the report ...", "* Reissued ..."."""
    out = list(rows)
    for at, row in enumerate(rows):
        if row.role != "furniture" or not _NOTE_RULE.fullmatch(row.text):
            continue
        end = at + 1
        while end < min(len(rows), at + _LONGEST_NOTES) and rows[end].role == "body" and rows[end].page == row.page:
            if rows[end].gap and not _note(rows[end].text, True):
                break
            end += 1
        # the foot of a page: its number, its end, or that of the text stands below
        is_cut = end < len(rows) and (rows[end].role == "furniture" or rows[end].page != row.page)
        is_strict = not (is_cut and row.text[0] in "_─")
        if end == at + 1 or not (is_cut or end == len(rows)) or not _note(rows[at + 1].text, not is_strict):
            continue
        for place in range(at + 1, end):
            mark, text = _note(rows[place].text, not is_strict) or ("", rows[place].text)
            spans = moved(rows[place].bold_spans, len(text) - len(rows[place].text))
            out[place] = replace(rows[place], role="note", note=mark, text=text, bold_spans=spans)
    return out


def _note(text: str, numbered: bool) -> tuple[str, str] | None:
    """The mark of a note and its text: "1 See", "[1] See", "* See", and "1. See" where notes may be `numbered` so."""
    found = _NOTE.match(text) or (_NUMBERED_NOTE.match(text) if numbered else None)
    return (next(filter(None, found.groups())), text[found.end() :]) if found else None
