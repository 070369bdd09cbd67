"""Plain text: metadata head, pages, furniture, Markdown leftovers, list marks and wrapped lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.errors import InputError
from pipeline.ingest.encoding import decode, without_entities
from pipeline.ingest.line import Ingested, Line, Role
from pipeline.ingest.mark import ListMark, list_mark, note_start, typed_notes
from pipeline.ingest.markdown import heading_of, is_rule, underline_level, without_emphasis
from pipeline.ingest.piece import Spans, moved
from pipeline.ingest.wrap import Row, Shape, continues, shape_of

_MAX_DAMAGE = 0.3
_KEYS = frozenset(
    "title body date language source completeness symbol document author publisher url kind iscm note notes place "
    "year retrieved encoding original translation license".split()
)
_HEAD_LINE = re.compile(r"#\s*([A-Za-z][\w -]{0,30}?)\s*:\s*(.*)$")
_PAGE_WORD = r"(?:page|página|pagina|pág\.|pag\.|seite|p\.|الصفحة|صفحة)"
_FURNITURE = re.compile(
    rf"(?:\w+ ){{0,4}}{_PAGE_WORD}\s*\d{{1,4}}\s*(?:of|de|sur|von|di|do|من|/)\s*\d{{1,4}}"  # Page 1 de 15
    rf"|{_PAGE_WORD}\s*\d{{1,4}}"
    r"|\d{1,4}\s*/\s*\d{1,4}|[-–—]\s*\d{1,4}\s*[-–—]"  # 1/15, - 3 -
    r"|\*\d{7}\*|\d{2}-\d{5}(?:\s*\([A-Z]\))?(?:\s+\d{6})*",  # UN job numbers
    re.I,
)
_SYMBOL = re.compile(r"[A-Z]{1,5}(?:/[\w.\-()]+){2,8}")
_BARE_NUMBER = re.compile(r"\d{1,4}|[ivxl]{1,6}")


@dataclass(frozen=True, slots=True)
class _Row:
    """A non-blank physical line with what has been found out about it so far."""

    text: str
    indent: int
    width: int
    gap: int
    page: int
    role: Role = "body"
    bold: bool = False
    italic: bool = False
    heading: int | None = None
    mark: ListMark | None = None
    note: str = ""
    bold_spans: Spans = ()
    first: bool = False
    last: bool = False

    def layout(self) -> Row:
        return Row(self.text, self.width, self.indent, self.gap, self.mark)


def read_text(data: bytes, *, name: str, sha256: str) -> Ingested:
    """Reads a plain-text document: every physical line becomes one Line, and `breaks` tells where paragraphs start.

    A head of `# key: value` lines becomes metadata. Raises InputError for binary data and for files without a word.

    >>> read_text(b"# title: T\\n\\nWe agree to\\nact.\\n", name="a.txt", sha256="").metadata
    {'title': 'T'}
    """
    decoded = decode(data)
    if decoded.damage > _MAX_DAMAGE:
        raise InputError(name, f"not plain text: {decoded.damage:.0%} of it is binary", "fetch the document again")
    metadata, text = metadata_head(without_entities(decoded.text))
    lines = lines_of(text)
    if not lines:
        raise InputError(name, "no text in it", "fetch or save it again")
    pages = max((line.page or 0 for line in lines), default=0)
    return Ingested(name, sha256, "text", lines, pages, metadata, warnings=decoded.warnings)


def metadata_head(text: str) -> tuple[dict[str, str], str]:
    """Splits a head of `# key: value` lines from the text; a head has at least one key that is known to be one.

    >>> metadata_head("# title: T\\n# date: 2018-08-06\\n\\nText")
    ({'title': 'T', 'date': '2018-08-06'}, '\\nText')
    """
    start = 0
    found: dict[str, str] = {}
    for line in re.finditer(r"[^\n]*(?:\n|$)", text):
        head = _HEAD_LINE.match(line[0].strip())
        if not head:
            if line[0].strip() or found:
                break
            continue
        found[head[1].lower()] = head[2].strip()
        start = line.end()
    return (found, text[start:]) if _KEYS & set(found) else ({}, text)


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text with paragraph breaks, marks, headings and furniture found (also for HTML's `pre`)."""
    rows = _rows(text)
    furniture = _furniture(rows)
    rows = [replace(row, role="furniture") if furniture[at] else row for at, row in enumerate(rows)]
    rows = [_marked(row) for row in _without_markup(rows)]
    shape = shape_of([row.layout() for row in rows if row.role == "body"])
    return _laid_out(rows, shape, paged="\f" in text)


def _rows(text: str) -> list[_Row]:
    rows: list[_Row] = []
    gap, page = 0, 1
    for sheet in text.split("\f"):
        start = len(rows)
        for raw in sheet.split("\n"):
            squashed = " ".join(raw.split())
            if not squashed:
                gap += 1
                continue
            shown = raw.expandtabs(4).rstrip() if len(raw) < 2000 else raw.rstrip()
            rows.append(_Row(squashed, len(shown) - len(shown.lstrip()), len(shown), gap, page))
            gap = 0
        if len(rows) > start:
            rows[start] = replace(rows[start], first=True)
            rows[-1] = replace(rows[-1], last=True)
        page, gap = page + 1, gap + 1
    return rows


def _furniture(rows: list[_Row]) -> list[bool]:
    """Marks page numbers, running heads, job numbers and rules; bare numbers only where they clearly count pages."""
    paged = len({row.page for row in rows}) > 1
    heads = Counter(_faceless(row.text) for row in rows if row.first or row.last) if paged else Counter[str]()
    symbols = Counter(row.text for row in rows if _SYMBOL.fullmatch(row.text))
    counting = _counting(rows)
    pages = rows[-1].page if rows else 0
    found = []
    for at, row in enumerate(rows):
        edge = paged and (row.first or row.last)
        short = len(row.text) <= 80
        found.append(
            is_rule(row.text)
            or (short and bool(_FURNITURE.fullmatch(row.text)))
            or (edge and bool(_BARE_NUMBER.fullmatch(row.text)))
            or (edge and short and heads[_faceless(row.text)] >= max(3, pages // 2))
            or at in counting
            or symbols[row.text] > 1
        )
    return found


def _counting(rows: list[_Row]) -> set[int]:
    """Places of bare numbers that go up by one, with text between them: page numbers without page breaks."""
    places = [at for at, row in enumerate(rows) if len(row.text) < 4 and row.text.isdecimal()]
    found: set[int] = set()
    for a, b in pairwise(places):
        if b > a + 1 and int(rows[b].text) == int(rows[a].text) + 1:
            found |= {a, b}
    return found


def _faceless(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _without_markup(rows: list[_Row]) -> list[_Row]:
    """Takes Markdown marks off, block by block (a block ends at a blank line), and notes bold, italic and headings."""
    out: list[_Row] = []
    block: list[_Row] = []
    for row in [*rows, None]:
        if row is None or row.gap or row.role == "furniture":
            out += _plain_block(block)
            block = []
        if row is None:
            break
        level = underline_level(row.text) if row.role == "furniture" and not row.gap else None
        if level and out and out[-1].role == "body" and len(out[-1].text) <= 120:
            out[-1] = replace(out[-1], heading=level)
        if row.role == "furniture":
            out.append(row)
        else:
            block.append(row)
    return out


def _plain_block(block: list[_Row]) -> list[_Row]:
    if not block:
        return block
    plain = without_emphasis([row.text for row in block])
    rows = []
    for row, line in zip(block, plain, strict=True):
        level, text = heading_of(line.text)
        spans = moved(line.bold_spans, -max(line.text.find(text), 0))
        if text:
            rows.append(replace(row, text=text, bold=line.bold, italic=line.italic, heading=level, bold_spans=spans))
    title = " ".join(row.text for row in rows)
    stands = bool(rows) and all(row.bold for row in rows) and len(title) <= 250
    if stands and title[-1] not in ".;,:" and not re.search(r"\d{1,2} \w+ \d{4}$", title):
        rows = [replace(row, heading=row.heading or 2) for row in rows]
    return rows


def _marked(row: _Row) -> _Row:
    if row.role == "furniture":
        return row
    note, text = note_start(row.text)
    if note and len(text) > 2:
        spans = moved(row.bold_spans, len(text) - len(row.text))
        return replace(row, text=text, note=note, role="note", bold_spans=spans)
    return replace(row, mark=list_mark(row.text))


def _laid_out(rows: list[_Row], shape: Shape, paged: bool) -> tuple[Line, ...]:
    lines: list[Line] = []
    before: _Row | None = None
    opens, expected = True, 1
    indents: list[int] = []
    for row in rows:
        page = row.page if paged else None
        if row.role == "furniture":
            lines.append(Line(row.text, "furniture", page, breaks=True))
            continue
        joined = before is not None and _joined(before, row, shape, opens, expected)
        text, notes = typed_notes(row.text)
        mark = row.mark if not joined else None
        if mark and mark.value is not None:
            expected = mark.value + 1
        if mark:
            while indents and indents[-1] > row.indent:
                indents.pop()
            if not indents or indents[-1] < row.indent:
                indents.append(row.indent)
        elif not joined and row.indent == 0:
            indents = []
        bullet = mark.text if mark and mark.bullet else ""
        spans = _without_notes(row.bold_spans, row.text, text) if notes else row.bold_spans
        role: Role = "note" if row.note or (joined and lines and _last(lines).role == "note") else "body"
        lines.append(
            Line(
                text[mark.end :] if mark and bullet else text,
                role,
                page,
                bold=row.bold,
                italic=row.italic,
                centred=_centred(row, shape),
                breaks=not joined,
                mark=bullet,
                depth=max(len(indents) - 1, 0) if mark or joined else 0,
                heading=row.heading,
                note=(row.note or _last(lines).note) if role == "note" else "",
                notes=notes,
                bold_spans=moved(spans, -mark.end) if mark and bullet else spans,
            )
        )
        opens, before = not joined, row if joined or not row.mark else replace(row, mark=mark)
    return tuple(lines)


def _without_notes(spans: Spans, before: str, after: str) -> Spans:
    """Spans of a text in the same text without the signs that called footnotes."""
    place, places = 0, []
    for char in before:
        places.append(place)
        place += place < len(after) and after[place] == char
    places.append(place)
    return tuple((places[start], places[end]) for start, end in spans if places[start] < places[end])


def _joined(before: _Row, row: _Row, shape: Shape, opens: bool, expected: int) -> bool:
    if row.note or before.heading != row.heading:
        return False
    if row.heading is not None:
        return row.gap == 0
    if before.bold and row.bold and row.gap == 0:
        return not row.mark
    return continues(before.layout(), row.layout(), shape, opens=opens, expected=expected)


def _last(lines: list[Line]) -> Line:
    """The last line that is not furniture; the first one of all where there is no other."""
    return next((line for line in reversed(lines) if line.role != "furniture"), lines[0])


def _centred(row: _Row, shape: Shape) -> bool:
    return shape.wrapped and row.indent >= 8 and abs(row.indent - (shape.width - (row.width - row.indent)) / 2) <= 5
