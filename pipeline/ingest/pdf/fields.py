"""What was typed into the form fields of a page, and files whose pages only stand in for a form or a collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.utils import apply_matrix_rect, decode_text
from pdfplumber.pdf import PDF

from pipeline.ingest.pdf.content import Box, Matrix, PageContent, spread
from pipeline.ingest.pdf.layers import dictionary_of, listed
from pipeline.ingest.pdf.rows import FontRun

MOST_PARENTS = 20
"""Levels of the tree of form fields that are looked at for a value."""

_NOT_PRINTED = 2 | 32
"""Flags of an annotation that is hidden or not viewed (ISO 32000-1, table 165)."""
_PASSWORD, _MULTILINE = 1 << 13, 1 << 12


def typed_runs(source: PDFPage, content: PageContent) -> Iterator[FontRun]:
    """What was typed or chosen in the page's form fields, on the row of the text beside it."""
    for annotation in listed(source.annots):
        widget = dictionary_of(annotation)
        subtype, flags = resolve1(widget.get("Subtype")), resolve1(widget.get("F")) or 0
        box = [resolve1(v) for v in listed(widget.get("Rect"))]
        if getattr(subtype, "name", "") != "Widget" or not isinstance(flags, int) or flags & _NOT_PRINTED:
            continue
        if len(box) == 4 and all(isinstance(v, int | float) for v in box):
            value, multiline = _field_value(widget)
            if value.strip():
                left, low, right, high = apply_matrix_rect(displayed(source), (box[0], box[1], box[2], box[3]))
                shown = (left, content.height - high, right, content.height - low)
                yield from _typed(value, multiline, shown, content)


def displayed(source: PDFPage) -> Matrix:
    """What maps a point of the file's page to the page as it is displayed, its lower left corner at (0, 0)."""
    x0, y0, x1, y1 = source.mediabox
    turned: dict[int, Matrix] = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    return turned.get(source.rotate, (1, 0, 0, 1, -x0, -y0))


def _field_value(widget: Mapping[str, object]) -> tuple[str, bool]:
    """The text of a text or choice field, inherited from its parents where they hold it, and whether it has rows."""
    found: dict[str, object] = {}
    field = widget
    for _ in range(MOST_PARENTS):
        for key in ("FT", "V", "Ff", "Opt"):
            found.setdefault(key, resolve1(field.get(key))) if key in field else None
        field = dictionary_of(field.get("Parent"))
    kind, flags = getattr(found.get("FT"), "name", ""), found.get("Ff") or 0
    if kind not in ("Tx", "Ch") or not isinstance(flags, int) or (kind == "Tx" and flags & _PASSWORD):
        return "", False
    options = [[resolve1(v) for v in listed(option)] for option in listed(found.get("Opt"))]
    shown = {option[0]: option[1] for option in options if len(option) == 2 and isinstance(option[0], bytes)}
    values = [shown.get(v, v) for v in map(resolve1, listed(found.get("V"))) if isinstance(v, bytes)]
    text = ", ".join(decode_text(v) for v in values if isinstance(v, bytes))
    return text, kind == "Tx" and bool(flags & _MULTILINE)


def _typed(value: str, multiline: bool, box: Box, content: PageContent) -> Iterator[FontRun]:
    left, top, right, bottom = box
    beside = [
        (min(abs(x1 - left), abs(x0 - right)), place, run)
        for place, run in enumerate(content.items)
        if isinstance(run, FontRun) and not run.turn and top < run.base <= bottom + 1
        for x0, x1, text in run.glyphs
        if text.strip()
    ]
    near = min(beside)[2] if beside else None
    size = near.size if near else min(12.0, max(0.7 * (bottom - top), 4.0))
    drop = near.bottom - near.base if near else 0.2 * size
    rows = [line.split() for line in value.splitlines() if line.strip()]
    if multiline:
        room = max(int((right - left) / (0.45 * size)), 10)
        rows = [words for row in rows for words in _wrapped(row, room)]
    base = near.base if near else bottom - 0.25 * (bottom - top)
    if multiline or len(rows) > 1:
        base = top + size
    for words in rows:
        width = 0.45 * size * (sum(len(word) + 1 for word in words) - 1)
        glyphs = spread(words, left + 2, min(left + 2 + width, max(right, left + 3)))
        yield FontRun(glyphs, near.font if near else "", size, base, base + drop)
        base += 1.2 * size


def _wrapped(words: Sequence[str], room: int) -> Iterator[list[str]]:
    line: list[str] = []
    for word in words:
        if line and sum(len(w) + 1 for w in line) + len(word) > room:
            yield line
            line = []
        line.append(word)
    yield line


def placeholder(document: PDF, words: int) -> tuple[str, str] | None:
    """What is wrong with a file whose pages only stand in for its content, and the remedy; None for other files.

    `words` is the number of words on its pages: a form (XFA) or a collection that prints pages of its own is read.
    """
    catalog = document.doc.catalog
    form = dictionary_of(catalog.get("AcroForm"))
    needs_program = resolve1(catalog.get("NeedsRendering")) is True or not listed(form.get("Fields"))
    if "XFA" in form and needs_program and words < 200:
        return "a form made for Adobe programs (XFA), without pages of its own", "print it to PDF in Adobe Reader first"
    if "Collection" in catalog and words < 200:
        return "a PDF portfolio: its documents are attached to a cover page", "save its documents and give each of them"
    return None
