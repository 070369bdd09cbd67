"""Plain text: metadata head, pages, furniture, Markdown leftovers, list marks and wrapped lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pipeline.errors import InputError
from pipeline.ingest.bounded import require_size
from pipeline.ingest.encoding import decode, without_entities
from pipeline.ingest.line import Ingested, Line
from pipeline.ingest.marks import list_mark, note_start, typed_notes
from pipeline.ingest.piece import Spans, moved
from pipeline.ingest.series import with_series
from pipeline.ingest.text.markdown import heading_of, underline_level, without_emphasis
from pipeline.ingest.text.typescript import TypedLine, typed_lines, with_furniture
from pipeline.ingest.text.wrap import Shape, continues, ends_open, shape_of, starts_lower
from pipeline.settings import Limits

_MAX_DAMAGE = 0.3
_KEYS = frozenset(
    [
        *"title body date language source completeness symbol document author publisher url kind iscm note notes".split(),
        *"place year retrieved encoding original translation license link published".split(),
        *("url source", "source url", "published time", "markdown content"),
    ]
)
"""What the writers of files put into their heads; the last three those of programs that save web pages as text."""
_HEAD_LINE = re.compile(r"(?P<sign>#?)\s*(?P<key>[A-Za-z][\w -]{0,30}?)\s*:(?:\s+(?P<value>.*))?$")
_ADDRESS = re.compile(r"https?://\S+$")
_TIGHT = 20
"""One line in so many may stand under another without a blank line in a text that is set with them between all lines."""
_LONGEST_HEAD = 60
"""Lines of the longest head."""


def read_text(data: bytes, *, name: str, sha256: str, limits: Limits) -> Ingested:
    """Reads a plain-text document: every physical line becomes one Line, and `has_break` tells where paragraphs start.

    A head of `# key: value` lines becomes metadata. Raises InputError for binary data, for files without a word and
    for those longer than `limits.pages` could be.

    >>> read_text(b"# title: T\\n\\nWe agree to\\nact.\\n", name="a.txt", sha256="", limits=Limits()).metadata
    {'title': 'T'}
    """
    decoded = decode(data)
    if decoded.damage > _MAX_DAMAGE:
        raise InputError(name, f"not plain text: {decoded.damage:.0%} of it is binary", "fetch the document again")
    require_size(name, limits, lines=decoded.text.count("\n"), characters=len(decoded.text))
    metadata, text = metadata_head(without_entities(decoded.text))
    lines = lines_of(text)
    if not lines:
        raise InputError(name, "no text in it", "fetch or save it again")
    pages = max((line.page or 0 for line in lines), default=0)
    return Ingested(name, sha256, "text", lines, pages, metadata, warnings=decoded.warnings)


def metadata_head(text: str) -> tuple[dict[str, str], str]:
    """Splits a head of `# key: value` lines, or of such lines between two `---`, from the text.

    A head has at least one key that is known to be one. Lines without a sign are a head where two of them have known
    keys and one holds an address ("Title: ...", "URL Source: https://..."), as programs that save web pages write them.

    >>> metadata_head("# title: T\\n# date: 2018-08-06\\n\\nText")
    ({'title': 'T', 'date': '2018-08-06'}, '\\nText')
    >>> metadata_head("Title: T\\nURL Source: https://example.org/t\\nMarkdown Content:\\nText")
    ({'title': 'T', 'url source': 'https://example.org/t', 'markdown content': ''}, 'Text')
    """
    start, fence = 0, ""
    found: dict[str, str] = {}
    signs: set[str] = set()
    for number, line in enumerate(re.finditer(r"[^\n]*(?:\n|$)", text)):
        shown = line[0].strip()
        head = _HEAD_LINE.match(shown)
        if number > _LONGEST_HEAD:
            break
        if shown == "---" and (fence or not found):
            if fence:
                start = line.end()
                break
            fence = shown
        elif fence and (not shown or line[0][:1] in " \t-"):
            continue
        elif not head or (signs and head["sign"] not in signs):
            if shown or "#" in signs:
                break
        else:
            signs.add(head["sign"])
            found[head["key"].lower()] = (head["value"] or "").strip()
            start = line.end()
    known = _KEYS & set(found)
    is_told = bool(known) and ("#" in signs or bool(fence and text[:start].rstrip().endswith("---")))
    is_saved = len(known) > 1 and any(_ADDRESS.match(found[key]) for key in known)
    return (found, text[start:]) if is_told or is_saved else ({}, text)


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text with paragraph breaks, marks, headings and furniture found (also for HTML's `pre`)."""
    rows = [_marked(row) for row in _without_markup(with_furniture(_single_spaced(typed_lines(text))))]
    rows = with_series(rows)
    shape = shape_of([row.layout() for row in rows if row.role == "body"])
    return _laid_out(rows, shape, paged="\f" in text)


def _single_spaced(rows: list[TypedLine]) -> list[TypedLine]:
    """Takes away the blank lines that stand after every line, as programs that make text of pages set them.

    What is left are wrapped lines: a text of one paragraph a line has blank lines too, but none that is cut.
    """
    gaps = sorted(row.gap for row in rows[1:])
    spacing = gaps[len(gaps) // _TIGHT] if gaps else 0
    if not spacing:
        return rows
    tight = [replace(row, gap=max(row.gap - spacing, 0)) for row in rows]
    lines = [replace(row, mark=list_mark(row.text)).layout() for row in tight if row.role == "body"]
    return tight if shape_of(lines).is_wrapped else rows


def _without_markup(rows: list[TypedLine]) -> list[TypedLine]:
    """Takes Markdown marks off, block by block (a block ends at a blank line), and notes bold, italic and headings."""
    out: list[TypedLine] = []
    block: list[TypedLine] = []
    for row in [*rows, None]:
        if row is None or row.gap or row.role in ("furniture", "cell"):
            out += _plain_block(block)
            block = []
        if row is None:
            break
        if row.role == "cell":
            out.append(_plain_cell(row))
            continue
        level = underline_level(row.text) if row.role == "furniture" and not row.gap else None
        if level and out and out[-1].role == "body" and len(out[-1].text) <= 120:
            out[-1] = replace(out[-1], heading=level)
        if row.role == "furniture":
            out.append(row)
        else:
            block.append(row)
    return out


def _plain_cell(row: TypedLine) -> TypedLine:
    plain = without_emphasis([row.text])[0]
    return replace(row, text=plain.text, is_bold=plain.is_bold, is_italic=plain.is_italic, bold_spans=plain.bold_spans)


def _plain_block(block: list[TypedLine]) -> list[TypedLine]:
    if not block:
        return block
    plain = without_emphasis([row.text for row in block])
    rows = []
    for row, line in zip(block, plain, strict=True):
        level, text = heading_of(line.text)
        spans = moved(line.bold_spans, -max(line.text.find(text), 0))
        if text:
            rows.append(
                replace(row, text=text, is_bold=line.is_bold, is_italic=line.is_italic, heading=level, bold_spans=spans)
            )
    title = " ".join(row.text for row in rows)
    stands = bool(rows) and all(row.is_bold for row in rows) and len(title) <= 250
    if stands and title[-1] not in ".;,:" and not re.search(r"\d{1,2} \w+ \d{4}$", title):
        rows = [replace(row, heading=row.heading or 2) for row in rows]
    return rows


def _marked(row: TypedLine) -> TypedLine:
    if row.role != "body":
        return row
    note, text = note_start(row.text)
    if note and len(text) > 2:
        spans = moved(row.bold_spans, len(text) - len(row.text))
        return replace(row, text=text, note=note, role="note", bold_spans=spans)
    return replace(row, mark=list_mark(row.text))


def _laid_out(rows: list[TypedLine], shape: Shape, paged: bool) -> tuple[Line, ...]:
    lines: list[Line] = []
    before: TypedLine | None = None
    noted: TypedLine | None = None
    opens, is_cut = True, False
    expected: dict[str, int] = {}
    indents: list[int] = []
    note = ""
    for row in rows:
        page = row.page if paged else None
        if row.role == "furniture":
            lines.append(Line(row.text, "furniture", page, has_break=True))
            is_cut = True
            continue
        if row.role == "cell":
            lines.append(_cell_line(row, page))
            before, opens, is_cut = None, True, False
            continue
        if row.role == "note":
            starts = bool(row.note) or noted is None or is_cut
            note = row.note or note
            lines.append(Line(row.text, "note", page, has_break=starts, note=note, bold_spans=row.bold_spans))
            noted, is_cut = row, False
            continue
        if noted is not None and not is_cut and _joined(noted, row, shape, True, expected):
            lines.append(Line(row.text, "note", page, has_break=False, note=note, bold_spans=row.bold_spans))
            continue
        noted = None
        joined = before is not None and _joined(before, row, shape, opens, expected)
        if is_cut and before is not None and (starts_lower(row.text) or ends_open(before.text)):
            # a sentence goes on over the end of a page, whatever blank lines stand there
            joined = joined or _joined(before, replace(row, gap=0), shape, opens, expected)
        text, notes = typed_notes(row.text)
        mark = row.mark if not joined else None
        if mark and mark.printed and mark.value is not None:
            expected[mark.printed.style] = mark.value + 1
        if mark:
            while indents and indents[-1] > row.indent:
                indents.pop()
            if not indents or indents[-1] < row.indent:
                indents.append(row.indent)
        elif not joined and row.indent == 0:
            indents = []
        bullet = mark.text if mark and mark.is_bullet else ""
        spans = _without_notes(row.bold_spans, row.text, text) if notes else row.bold_spans
        lines.append(
            Line(
                text[mark.end :] if mark and bullet else text,
                "body",
                page,
                is_bold=row.is_bold,
                is_italic=row.is_italic,
                is_centred=_centred(row, shape),
                has_break=not joined,
                mark=bullet,
                depth=max(len(indents) - 1, 0) if mark or joined else 0,
                heading=row.heading,
                notes=notes,
                bold_spans=moved(spans, -mark.end) if mark and bullet else spans,
            )
        )
        opens, is_cut = not joined, False
        before = row if joined or not row.mark else replace(row, mark=mark)
    return tuple(lines)


def _cell_line(row: TypedLine, page: int | None) -> Line:
    text, notes = typed_notes(row.text)
    spans = _without_notes(row.bold_spans, row.text, text)
    return Line(
        text, "cell", page, is_bold=row.is_bold, is_italic=row.is_italic, cell=row.cell, notes=notes, bold_spans=spans
    )


def _without_notes(spans: Spans, before: str, after: str) -> Spans:
    """Spans of a text in the same text without the signs that called footnotes."""
    place, places = 0, []
    for char in before:
        places.append(place)
        place += place < len(after) and after[place] == char
    places.append(place)
    return tuple((places[start], places[end]) for start, end in spans if places[start] < places[end])


def _joined(before: TypedLine, row: TypedLine, shape: Shape, opens: bool, expected: Mapping[str, int]) -> bool:
    if before.heading != row.heading:
        return False
    if row.heading is not None:
        return row.gap == 0
    if before.is_bold and row.is_bold and row.gap == 0:
        return not row.mark
    style = row.mark.printed.style if row.mark and row.mark.printed else ""
    return continues(before.layout(), row.layout(), shape, opens=opens, expected=expected.get(style, 1))


def _centred(row: TypedLine, shape: Shape) -> bool:
    return shape.is_wrapped and row.indent >= 8 and abs(row.indent - (shape.width - (row.width - row.indent)) / 2) <= 5
