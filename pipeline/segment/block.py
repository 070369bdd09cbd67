"""Typographic blocks: the lines of a document joined into the paragraphs that a reader sees, before any numbering."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractors.lexicon.language import words
from extractors.model import WordBox
from pipeline.ingest.line import Line
from pipeline.ingest.piece import Spans, moved

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_LINE_END_HYPHEN = re.compile(r"((?:[^\W\d_]+[-\u2010\u2011])*)([^\W\d_]+)[-\u2010\u2011]$")
_HYPHENS = str.maketrans("\u2010\u2011", "--")
_TAIL = 80
"""Characters at the end of a line that decide how it joins the next one; long unbroken runs must not cost more."""
_FEW_HYPHENS = 4
"""With fewer hyphens at line ends than this nothing can be said of the typesetter."""
_CONJUNCTIONS = frozenset(words(lambda language: (*language.grammar.conjunctions, *language.numbering.ranges)))
_PREFIXES = frozenset(words(lambda language: language.sentences.prefixes))


@dataclass(frozen=True, slots=True)
class Block:
    """Text of one typographic paragraph with the place of its words, the marks of the notes it calls, and its style."""

    text: str
    words: tuple[WordBox, ...] = ()
    role: str = "body"
    page: int | None = None
    mark: str = ""
    depth: int = 0
    heading: int | None = None
    is_bold: bool = False
    size: float | None = None
    cell: str = ""
    note: str = ""
    notes: tuple[str, ...] = field(default=())
    bold_spans: Spans = ()

    def cut(self, start: int, end: int | None = None) -> Block:
        """The same block holding only `text[start:end]`, white space trimmed, its word boxes moved along.

        >>> Block("1. Text here").cut(3).text
        'Text here'
        """
        piece = self.text[start:end]
        lead = len(piece) - len(piece.lstrip())
        start += lead
        piece = piece.strip()
        stop = start + len(piece)
        first = bisect_right(self.words, start, key=lambda w: w.end)
        after = bisect_left(self.words, stop, lo=first, key=lambda w: w.start)
        boxes = tuple(
            w._replace(start=max(w.start, start) - start, end=min(w.end, stop) - start) for w in self.words[first:after]
        )
        spans = tuple(
            (max(a, start) - start, min(b, stop) - start) for a, b in self.bold_spans if a < stop and b > start
        )
        page = boxes[0].page if boxes else self.page
        return replace(self, text=piece, words=boxes, page=page, bold_spans=spans)


def vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """Lower-case words that stand whole somewhere in the document; they decide how a hyphen at a line end is read."""
    out: set[str] = set()
    for line in lines:
        text = line.text
        found = _WORD.findall(text)
        if found and _LINE_END_HYPHEN.search(text[-_TAIL:]):
            found = found[:-1]
        out.update(w.lower().translate(_HYPHENS) for w in found)
    return frozenset(out)


def hyphenates(lines: Sequence[Line], known: frozenset[str]) -> bool:
    """Whether hyphens at the ends of lines may be those of a typesetter who divides words.

    United Nations documents divide none: there every such hyphen belongs to a compound. A typesetter's hyphens give
    themselves away, since many of the words that they divide stand whole elsewhere.
    """
    divided = total = 0
    for line, after in pairwise(lines):
        hyphen = _LINE_END_HYPHEN.search(line.text[-_TAIL:]) if line.text[-1:] in "-\u2010\u2011" else None
        follow = _WORD.match(after.text) if hyphen and not after.has_break else None
        if hyphen and follow:
            total += 1
            divided += (hyphen.group(2) + follow.group(0).split("-")[0]).lower() in known
    return total < _FEW_HYPHENS or divided * 10 >= total


def join_text(left: str, right: str, known: frozenset[str], divides: bool) -> tuple[int, str]:
    """How a line joins the one after it: the number of characters to drop at the end of `left`, and what to put between.

    A hyphen at a line end is dropped when the whole word is known from elsewhere in the document, or when nothing says
    that it is a compound; "cross-" + "regional", "State-" + "Led", "whole-of-" + "government" keep it, and so does
    "fast-" + "track" where both are words of the document. `divides` False says that the typesetter divides no words.

    >>> join_text("the migra-", "tion of", frozenset({"migration"}), divides=True)
    (1, '')
    >>> join_text("and cross-", "regional forums", frozenset(), divides=True)
    (0, '')
    """
    if not left:
        return 0, ""
    if left[-1] == "\u00ad":
        return 1, ""
    hyphen = _LINE_END_HYPHEN.search(left[-_TAIL:])
    if hyphen:
        follow = _WORD.match(right)
        if follow is None or follow.group(0) in _CONJUNCTIONS:
            return 0, " "
        lead, before = (group.lower().translate(_HYPHENS) for group in hyphen.groups())
        after = follow.group(0).lower().translate(_HYPHENS)
        first = after.split("-")[0]
        if f"{lead}{before}-{after}" in known or f"{before}-{first}" in known:
            return 0, ""
        if before + after in known or before + first in known:
            return 1, ""
        are_words = len(before) > 2 and len(first) > 2 and before in known and first in known
        compound = not divides or lead or are_words or right[0].isupper() or before in _PREFIXES
        return (0, "") if compound else (1, "")
    joins = left[-1] in "–—/" and len(left) > 1 and left[-2] != " "
    joins = joins or (left[-1] == "-" and left[-2:-1].isdigit() and right[:1].isdigit())
    return 0, "" if joins else " "


def _joined(lines: Sequence[Line], known: frozenset[str], divides: bool) -> Block:
    first = lines[0]
    pieces: list[str] = []
    tail, offset = "", 0
    boxes: list[WordBox] = []
    notes: list[str] = []
    spans: list[tuple[int, int]] = []
    for line in lines:
        notes.extend(line.notes)
        if not line.text:
            continue
        drop, glue = join_text(tail, line.text, known, divides)
        if drop:
            pieces[-1] = pieces[-1][:-drop]
            tail, offset = tail[:-drop], offset - drop
            if boxes:
                boxes[-1] = boxes[-1]._replace(end=min(boxes[-1].end, offset))
        own = moved(line.bold_spans, offset + len(glue))
        if own and spans and spans[-1][1] >= offset and line.bold_spans[0][0] == 0:  # goes on over the line's end
            own = ((spans.pop()[0], own[0][1]), *own[1:])
        spans += own
        offset += len(glue)
        if line.words and line.page is not None:
            boxes.extend(
                WordBox(offset + w.start, offset + w.end, line.page, w.x0, w.top, w.x1, w.bottom) for w in line.words
            )
        pieces += [glue, line.text] if glue else [line.text]
        tail, offset = (tail + glue + line.text[-_TAIL:])[-_TAIL:], offset + len(line.text)
    text = "".join(pieces)
    return Block(
        text=text,
        words=tuple(boxes),
        role=first.role,
        page=first.page,
        mark=first.mark,
        depth=first.depth,
        heading=first.heading,
        is_bold=all(line.is_bold for line in lines),
        size=first.size,
        cell=first.cell,
        note=first.note,
        notes=tuple(notes),
        bold_spans=tuple(spans),
    )


def merged(parts: Sequence[Block]) -> Block:
    """One block of several that continue each other, with a space between; mark and style are those of the first."""
    if len(parts) == 1:
        return parts[0]
    boxes: list[WordBox] = []
    spans: list[tuple[int, int]] = []
    offset = 0
    for part in parts:
        spans += moved(part.bold_spans, offset)
        boxes.extend(w._replace(start=w.start + offset, end=w.end + offset) for w in part.words)
        offset += len(part.text) + 1
    notes = tuple(mark for part in parts for mark in part.notes)
    text = " ".join(part.text for part in parts)
    return replace(parts[0], text=text, words=tuple(boxes), notes=notes, bold_spans=tuple(spans))


def with_mark(block: Block) -> Block:
    """The block with the number that the format made itself printed before its text, as the page shows it.

    >>> with_mark(Block("Text here", mark="1.")).text
    '1. Text here'
    """
    if not block.mark:
        return block
    shift = len(block.mark) + 1
    boxes = tuple(w._replace(start=w.start + shift, end=w.end + shift) for w in block.words)
    spans = moved(block.bold_spans, shift)
    return replace(block, text=f"{block.mark} {block.text}", words=boxes, mark="", bold_spans=spans)


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Joins lines up to the next break, each role by itself, in the order in which the blocks begin.

    Furniture and notes that stand between two lines of one paragraph (a page boundary) do not cut it: they follow the
    paragraph. Empty lines are dropped.
    """
    known = vocabulary(lines)
    divides = hyphenates(lines, known)
    runs: list[list[Line]] = []
    open_run: dict[str, list[Line]] = {}
    for line in lines:
        if not line.text.strip() and not line.mark:
            continue
        group = line.role if line.role in ("furniture", "note") else "body"
        held = open_run.get(group)
        if held is None or line.has_break or held[0].cell != line.cell:
            held = open_run[group] = []
            runs.append(held)
        held.append(line)
    return [_joined(run, known, divides) for run in runs]
