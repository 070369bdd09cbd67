"""What every reader returns: the lines of a document, in reading order, with what is known of their place and style."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Role = Literal["body", "furniture", "note", "cell"]


class LineWord(NamedTuple):
    """A word of a line: offsets into the line's text and its box in points from the page's top left."""

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line (PDF, plain text) or one paragraph (Word, HTML), with its words separated by single spaces.

    role     `body`; `furniture` = running heads, page and job numbers, masthead; `note` = footnote text; `cell` = table
    page     from 1, None where the format has no pages
    size     main font size in points, None where unknown
    words    one entry a word for PDFs, empty elsewhere
    has_break  True when a new typographic paragraph starts with this line; False when it continues the line before
             (wrapped lines, also across columns and pages)
    mark     a number or letter that the format makes itself and that is not in `text` ("1.", "(a)", "I.", "•")
    depth    nesting of a list item or indent step, from 0
    heading  level of a heading by the format's own style (1 = highest), None when not known to be one
    cell     place in a ruled table, "T1/R2/C3"
    note     for role `note`: its printed mark ("1", "*")
    notes    for the others: marks of the footnotes called in this line, in order
    bold_spans  stretches of `text` that are printed in bold, as (start, end), in order
    """

    text: str
    role: Role = "body"
    page: int | None = None
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None
    size: float | None = None
    is_bold: bool = False
    is_italic: bool = False
    is_centred: bool = False
    words: tuple[LineWord, ...] = ()
    has_break: bool = True
    mark: str = ""
    depth: int = 0
    heading: int | None = None
    cell: str = ""
    note: str = ""
    notes: tuple[str, ...] = ()
    bold_spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document as read: its lines in reading order; `metadata` holds what the file says of itself (title, body,
    date, language, source); `pages` is 0 where the format has none; `is_recognized` tells that its text was read from pictures."""

    name: str
    sha256: str
    format: Literal["pdf", "docx", "html", "text"]
    lines: tuple[Line, ...]
    pages: int = 0
    metadata: Mapping[str, str] = field(default_factory=dict)
    is_recognized: bool = False
    warnings: tuple[str, ...] = ()


Progress = Callable[[int, int], None]
"""Called with pages done and pages in all while a long document is read."""
