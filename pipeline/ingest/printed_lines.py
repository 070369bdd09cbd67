"""Lines that a page prints one below the other: which of them begin a paragraph, in formats that seldom say so.

A line break inside an element (`<br>`, Word's soft break) may stand before a new point or inside a sentence; pages made
from PDFs have an element for each printed line. What decides is what plain text is decided by: marks that go on with a
list, sentences that end, lines that are full.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.ingest.line import Line
from pipeline.ingest.marks import ListMark, list_mark, split_bullet
from pipeline.ingest.openings import begins_paragraph
from pipeline.ingest.piece import moved
from pipeline.ingest.text.wrap import (
    Shape,
    TextRow,
    continues,
    ends_hyphenated,
    ends_open,
    ends_sentence,
    shape_of,
    starts_lower,
)

_SENTENCE = 40
"""Characters of the shortest line that is a sentence by itself; shorter ones are parts of a title or an address."""
_RUN, _WIDTH = 4, 80
"""Lines of the shortest text that is typed with line breaks in one element, and characters of a usual line of it."""
_LINE = 30
"""Characters of the shortest line that says how a page is made, where its sentence goes on in the next one."""
_CORE = re.compile(r"\w+")
_FIRST = frozenset({"1", "a", "A", "i", "I", "أ", "١"})
_CUT_SHARE = 0.1
"""Share of the lines that go on in mid-sentence in pages with an element for each line; elsewhere it is near nothing."""


def with_breaks(lines: Sequence[Line]) -> list[Line]:
    """Opens a paragraph at each line after a line break that begins one.

    A mark opens one where it is the first of a list or follows the mark before it ("(b)" after "(a)"), another line
    where a sentence has ended and the line before was not full.

    >>> lines = [Line("3. They agreed:"), Line("(a) to meet;", has_break=False), Line("(b) to report.", has_break=False)]
    >>> [line.has_break for line in with_breaks(lines)]
    [True, True, True]
    """
    if all(line.has_break for line in lines):
        return list(lines)
    marks = [list_mark(line.text) if line.role == "body" else None for line in lines]
    rows = [TextRow(x.text, len(x.text), 0, int(x.has_break), mark) for x, mark in zip(lines, marks, strict=True)]
    shape = shape_of([row for row, line in zip(rows, lines, strict=True) if line.role == "body"])
    typed = _typed(lines)
    out: list[Line] = []
    open_marks: dict[str, str] = {}
    for at, line in enumerate(lines):
        mark = marks[at]
        opens = line.has_break
        if not opens and line.role == "body" and line.heading is None and out and out[-1].role == "body":
            before, after = rows[at - 1], next((m for m in marks[at + 1 : at + 2]), None)
            if mark:
                sure = not mark.is_doubtful or (_core(mark) in _FIRST and len(before.text) < _WIDTH)
                opens = (sure and at in typed and not ends_open(before.text)) or _opens(
                    mark, before.text, open_marks, after
                )
            elif at in typed and shape.is_wrapped:
                opens = not continues(before, rows[at], shape, opens=out[-1].has_break)
            elif ends_sentence(before.text) and len(before.text) >= _SENTENCE and not line.is_centred:
                opens = not starts_lower(line.text) and not continues(before, rows[at], shape, opens=False)
            elif at in typed:
                opens = _is_apart(before.text, line.text)
        if opens and mark and not mark.is_bullet:
            open_marks[_shape(mark)] = _core(mark)
        out.append(line if opens == line.has_break else _opened(line))
    return out


def without_breaks(lines: Sequence[Line]) -> list[Line]:
    """Joins the lines of a page that has an element for each printed line; other pages stay as they are.

    >>> lines = [Line("They agreed to meet at the next"), Line("session of the Bali"), Line("process in May.")]
    >>> [line.has_break for line in without_breaks(lines * 2)]
    [True, False, False, True, False, False]
    """
    plain = [at for at, line in enumerate(lines) if line.role == "body"]
    marks = {at: list_mark(lines[at].text) for at in plain}
    pairs = [
        (a, b) for a, b in pairwise(plain) if lines[b].has_break and _may_join(lines[a], lines[b]) and not marks[b]
    ]
    items = _items(lines, plain)
    shape = shape_of([TextRow(lines[at].text, len(lines[at].text), 0, 0, marks[at]) for at in plain])
    if not _is_line_by_line([(lines[a].text, lines[b].text) for a, b in pairs if b not in items], shape):
        return list(lines)
    out = list(lines)
    begun: dict[int, int] = {}  # where the paragraph of a line begins
    for a, b in pairs:
        first = begun.get(a, a)
        if _joins(lines[a].text, lines[b].text, bool(marks[first]) or first != a, shape):
            out[b] = replace(lines[b], has_break=False)
            begun[b] = first
    return out


def _typed(lines: Sequence[Line]) -> set[int]:
    """Places of lines in elements that hold a text typed with line breaks, and no title or address of a few lines."""
    typed: set[int] = set()
    run: list[int] = []
    for at, line in enumerate([*lines, None]):
        if line is None or line.has_break:
            if len(run) >= _RUN and sum(len(lines[place].text) for place in run) >= _RUN * _WIDTH:
                typed.update(run)
            run = []
        run.append(at)
    return typed


def _is_apart(before: str, text: str) -> bool:
    """Whether a line of a typed text whose paragraphs are not wrapped begins one."""
    if begins_paragraph(before, text):
        return True
    return not (starts_lower(text) or ends_open(before) or before[-1:] == ",")


def _opened(line: Line) -> Line:
    """The line as the first one of its paragraph, a typed bullet as its mark."""
    bullet, text = split_bullet(line.text)
    spans = moved(line.bold_spans, len(text) - len(line.text))
    return replace(line, has_break=True, text=text, mark=bullet, bold_spans=spans)


def _is_line_by_line(pairs: Sequence[tuple[str, str]], shape: Shape) -> bool:
    """Whether elements are printed lines: words divided between them, sentences that go on in small letters, or, in a
    script without them, most lines as wide as the others and without an end."""
    divided = sum(ends_hyphenated(before) and starts_lower(text) for before, text in pairs)
    cut = sum(_is_cut(before, text) and len(before) >= _LINE for before, text in pairs)
    unended = sum(before[-1:].isalpha() and before[-1:].lower() == before[-1:].upper() for before, _ in pairs)
    if shape.is_wrapped and 2 * unended > len(pairs) > 5:
        return True
    return cut + divided >= 2 and cut + divided >= _CUT_SHARE * len(pairs)


def _items(lines: Sequence[Line], plain: Sequence[int]) -> set[int]:
    """Lines in small letters right under a colon, and those under them: perhaps items that have no marks."""
    items: set[int] = set()
    for a, b in pairwise(plain):
        if starts_lower(lines[b].text) and (a in items or lines[a].text.endswith(":")):
            items.add(b)
    return items


def _opens(mark: ListMark, before: str, open_marks: dict[str, str], after: ListMark | None) -> bool:
    core, last = _core(mark), open_marks.get(_shape(mark), "")
    if mark.is_bullet:
        return not mark.is_doubtful or ends_sentence(before)
    if last and _follows(last, core):
        return not ends_open(before)
    if core not in _FIRST:
        return False
    return ends_sentence(before) or before[-1:] == "," or bool(after and _follows(core, _core(after)))


def _core(mark: ListMark) -> str:
    found = _CORE.search(mark.text)
    return found[0] if found else ""


def _shape(mark: ListMark) -> str:
    """How a mark is set, "(a)" otherwise than "a)"; letters and Roman numerals of one case are set alike."""
    core = _core(mark)
    kind = "1" if core.isdecimal() else "A" if core.isupper() else "a"
    return _CORE.sub(kind, mark.text, count=1)


def _follows(last: str, core: str) -> bool:
    """Whether one mark comes after another: the next number or letter, or any other Roman numeral."""
    if last.isdecimal() or core.isdecimal():
        return last.isdecimal() and core.isdecimal() and int(core) == int(last) + 1
    if len(last) == len(core) == 1 and ord(core) - ord(last) == 1:
        return True
    return set((last + core).lower()) <= set("ivxlc") or not core.isascii()


def _may_join(before: Line, line: Line) -> bool:
    alike = before.heading == line.heading and before.depth == line.depth and before.is_centred == line.is_centred
    return alike and not line.mark and before.heading is None


def _is_cut(before: str, text: str) -> bool:
    """Whether a sentence clearly goes on: a divided word, or a small letter after no sign at all."""
    return starts_lower(text) and (ends_hyphenated(before) or before[-1:].isalpha())


def _joins(before: str, text: str, is_begun: bool, shape: Shape) -> bool:
    """Whether a printed line goes on with the one before; `is_begun`: that one is surely inside a paragraph."""
    if _is_cut(before, text) or ends_open(before):
        return True
    if begins_paragraph(before, text):
        return False
    if shape.is_wrapped and continues(
        TextRow(before, len(before)), TextRow(text, len(text)), shape, opens=not is_begun
    ):
        return True
    return is_begun and not ends_sentence(before)
