"""The content of a page as a reader sees it: its letters with their paint, its lines, and what was typed into forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFStackT
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import Matrix, Rect, apply_matrix_rect, decode_text
from pdfplumber.pdf import PDF

from pipeline.ingest.pdf.layers import dictionary_of, is_off, layers_off, listed

MOST_OBJECTS = 200_000
"""Characters of one page; a dense newspaper page has some 30,000."""
FORM_COST = 20
"""What one call of a form object counts for: it costs as much time as that many characters."""
MOST_PATHS = 30_000
"""Drawn lines of one page; what comes after them is a map or a drawing, and is not looked at."""
MOST_PARENTS = 20
"""Levels of the tree of form fields that are looked at for a value."""
DARK, PALE, WHITE, UNSEEN = 0, 1, 2, 3
"""How a letter is painted: to be read, as a watermark is, in the colour of paper, or not at all (render mode 3)."""
PALE_FROM, WHITE_FROM = 0.7, 0.96

_HYPHENS = frozenset("-\u00ad\u2010\u2011")
_NOT_PRINTED = 2 | 32
"""Flags of an annotation that is hidden or not viewed (ISO 32000-1, table 165)."""
_PASSWORD, _MULTILINE = 1 << 13, 1 << 12


class PageTooLarge(Exception):
    """One page would take more memory than any printed page needs."""


class Glyph(NamedTuple):
    """A letter as printed: its text, font and box (points from the page's lower left), its matrix, its paint."""

    text: str
    font: str
    x0: float
    y0: float
    x1: float
    y1: float
    matrix: Matrix
    paint: int = DARK


class _Marked(NamedTuple):
    """An open marked-content sequence: whether it hides what is in it, and the text that stands for it."""

    hides: bool = False
    actual: str | None = None
    first: int = 0
    container: object = None


def page_layout(document: PDF, source: PDFPage) -> LTPage:
    """Interpret a page and give its visible objects, with `Glyph`s for letters; (0, 0) is the corner of its crop box.

    Left out: what stands on layers switched off. Glyphs without paint are told by their `paint`. Text that stands for
    other glyphs (`ActualText`) takes their place, and what was typed into form fields stands where it is shown.

    Raises: `PageTooLarge`, and what pdfminer raises on broken content.
    """
    source.mediabox = _cropped(source)
    device = _Device(document.rsrcmgr)
    interpreter = _Interpreter(document.rsrcmgr, device)
    interpreter.process_page(source)
    layout = device.get_result()
    for glyph in _field_glyphs(source, layout):
        layout.add(glyph)  # type: ignore[arg-type]
    return layout


def _cropped(source: PDFPage) -> tuple[float, float, float, float]:
    """The part of the page that is shown; the whole page where its crop box says nothing that makes sense."""
    mx0, my0, mx1, my1 = source.mediabox
    cx0, cy0, cx1, cy1 = source.cropbox
    box = (
        max(min(mx0, mx1), min(cx0, cx1)),
        max(min(my0, my1), min(cy0, cy1)),
        min(max(mx0, mx1), max(cx0, cx1)),
        min(max(my0, my1), max(cy0, cy1)),
    )
    return box if box[2] - box[0] > 1 and box[3] - box[1] > 1 else source.mediabox


class _Interpreter(PDFPageInterpreter):
    """Knows which layers are switched off, and looks up the properties that marked content names."""

    off: frozenset[int] = frozenset()

    def process_page(self, page: PDFPage) -> None:
        self.off = layers_off(page.doc)
        super().process_page(page)

    def dup(self) -> _Interpreter:
        other = self.__class__(self.rsrcmgr, self.device)
        other.off = self.off
        return other

    def do_cs(self, name: PDFStackT) -> None:
        super().do_cs(name)
        self.graphicstate.ncolor = 0

    def do_BDC(self, tag: PDFStackT, props: PDFStackT) -> None:
        device = self.device
        assert isinstance(device, _Device)
        name = tag.name if isinstance(tag, PSLiteral) else ""
        value: object = props
        if isinstance(props, PSLiteral):
            value = dictionary_of(self.resources.get("Properties")).get(str(props.name))
        if name == "OC":
            device.open_marked(_Marked(hides=is_off(value, self.off)))
            return
        actual = dictionary_of(value).get("ActualText")
        text = decode_text(actual) if isinstance(actual := resolve1(actual), bytes) else None
        device.open_marked(_Marked(actual=text, first=len(device.cur_item), container=device.cur_item))

    def do_BMC(self, tag: PDFStackT) -> None:
        assert isinstance(self.device, _Device)
        self.device.open_marked(_Marked())

    def do_Do(self, xobjid_arg: PDFStackT) -> None:
        name = str(xobjid_arg.name) if isinstance(xobjid_arg, PSLiteral) else ""
        xobj = resolve1(self.xobjmap.get(name))
        if isinstance(xobj, PDFStream) and "OC" in xobj and is_off(xobj["OC"], self.off):
            return
        super().do_Do(xobjid_arg)


class _Device(PDFPageAggregator):
    """Collects a page's objects; stops when a page holds more than any printed page does."""

    def __init__(self, rsrcmgr: PDFResourceManager) -> None:
        super().__init__(rsrcmgr)
        self.objects = self.paths = self.paint = 0
        self.marked: list[_Marked] = []
        self.depths: list[int] = []

    def open_marked(self, sequence: _Marked) -> None:
        """Note that a marked-content sequence begins."""
        if len(self.marked) < MOST_OBJECTS:
            self.marked.append(sequence)

    def end_tag(self) -> None:
        if len(self.marked) > (self.depths[-1] if self.depths else 0):
            sequence = self.marked.pop()
            if sequence.actual is not None and sequence.container is self.cur_item:
                objects = self.cur_item._objs
                objects[sequence.first :] = _with_actual_text(objects[sequence.first :], sequence.actual)  # type: ignore[assignment]

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        self._count(FORM_COST)
        self.depths.append(len(self.marked))
        super().begin_figure(name, bbox, matrix)

    def end_figure(self, name: str) -> None:
        del self.marked[self.depths.pop() :]
        super().end_figure(name)

    def render_image(self, name: str, stream: PDFStream) -> None:
        if not self._hidden():
            super().render_image(name, stream)

    def paint_path(self, *args: Any, **options: Any) -> None:
        self.paths += 1
        if self.paths <= MOST_PATHS and not self._hidden():
            super().paint_path(*args, **options)

    def render_string(self, textstate: Any, seq: Any, ncs: PDFColorSpace, graphicstate: PDFGraphicState) -> None:
        self._count(sum(len(piece) for piece in seq if isinstance(piece, bytes | str)))
        first = len(self.cur_item)
        self.paint = _paint(textstate.render, ncs.name, graphicstate.ncolor)
        super().render_string(textstate, seq, ncs, graphicstate)
        if self._hidden():
            del self.cur_item._objs[first:]

    def render_char(
        self, matrix: Matrix, font: PDFFont, fontsize: float, scaling: float, rise: float, cid: int, *_: Any
    ) -> float:
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = f"(cid:{cid})"
        advance: float = font.char_width(cid) * fontsize * scaling
        if font.is_vertical():
            vx, vy = font.char_disp(cid)  # type: ignore[misc]
            left = -(fontsize * 0.5 if vx is None else vx * fontsize * 0.001)
            low = (1000 - vy) * fontsize * 0.001 + rise
            box = (left, low + advance, left + fontsize, low)
        else:
            low = font.get_descent() * fontsize + rise
            box = (0, low, advance, low + fontsize)
        a, b, c, d, e, f = matrix
        if b == 0 == c:
            x0, y0, x1, y1 = a * box[0] + e, d * box[1] + f, a * box[2] + e, d * box[3] + f
        else:
            x0, y0, x1, y1 = apply_matrix_rect(matrix, box)
        name = font.fontname
        self.cur_item._objs.append(
            Glyph(  # type: ignore[arg-type]
                text,
                name if isinstance(name, str) else name.decode("latin-1"),
                x0 if x0 <= x1 else x1,
                y0 if y0 <= y1 else y1,
                x1 if x0 <= x1 else x0,
                y1 if y0 <= y1 else y0,
                matrix,
                self.paint,
            )
        )
        return advance

    def _hidden(self) -> bool:
        return any(sequence.hides for sequence in self.marked)

    def _count(self, more: int) -> None:
        self.objects += more
        if self.objects > MOST_OBJECTS:
            raise PageTooLarge(f"more than {MOST_OBJECTS:,} characters")


def _paint(mode: object, space: str, colour: object) -> int:
    if mode in (3, 7):
        return UNSEEN
    if not colour or mode != 0:
        return DARK
    light = brightness(space, colour)
    return WHITE if light >= WHITE_FROM else PALE if light >= PALE_FROM else DARK


def brightness(space: str, colour: object) -> float:
    """The darkest part of a colour, from 0 to 1 (white); 0 where that cannot be told.

    >>> brightness("DeviceGray", 1.0), brightness("DeviceCMYK", (0, 0, 0, 0)), brightness("Pattern", "P1")
    (1.0, 1.0, 0.0)
    """
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return 0.0
    if space in ("Separation", "DeviceN"):
        return min(PALE_FROM, 1.0 - float(max(parts)))
    if space in ("Indexed", "Pattern", "Lab"):
        return 0.0
    return float(1.0 - max(parts[:3]) - parts[3] if len(parts) == 4 else min(parts))


def _with_actual_text(objects: Sequence[object], actual: str) -> list[object]:
    """The objects with their letters' text put in place: a word a glyph, over the rows that the letters fill."""
    glyphs = [item for item in objects if isinstance(item, Glyph)]
    shown = "".join(g.text for g in glyphs)
    words = actual.replace("\u00ad", "").split()
    if not glyphs or "".join(shown.split()) == "".join(words) or (not words and set(shown.strip()) <= _HYPHENS):
        return list(objects)
    others = [item for item in objects if not isinstance(item, Glyph)]
    if not words:
        return others + [g._replace(text=" ") for g in glyphs if actual]
    if any(g.matrix[0] <= 0 or g.matrix[1] for g in glyphs):
        return [*others, glyphs[0]._replace(text="".join(words))]
    rows: list[list[Glyph]] = []
    for glyph in glyphs:
        if rows and abs(rows[-1][0].matrix[5] - glyph.matrix[5]) < 0.5 * (glyph.y1 - glyph.y0):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    out = others
    for number, row in enumerate(rows, 1):
        here = words[: len(words) * number // len(rows) - (len(words) * (number - 1) // len(rows))]
        words = words[len(here) :] if number < len(rows) else []
        left, right = min(g.x0 for g in row), max(g.x1 for g in row)
        out += _spread(row[0], here, left, right)
    head, tail = actual[:1].isspace(), actual[-1:].isspace()
    return ([glyphs[0]._replace(text=" ")] if head else []) + out + ([glyphs[-1]._replace(text=" ")] if tail else [])


def _spread(like: Glyph, words: Sequence[str], left: float, right: float) -> Iterator[Glyph]:
    """Words set one after the other between `left` and `right`, each a glyph, with a space between; Arabic from the right."""
    if any("\u0590" <= char <= "\u08ff" for word in words for char in word):
        words = words[::-1]
    unit = (right - left) / max(sum(len(word) + 1 for word in words) - 1, 1)
    for place, word in enumerate(words):
        if place:
            yield like._replace(text=" ", x0=left - unit, x1=left)
        yield like._replace(text=word, x0=left, x1=left + unit * len(word))
        left += unit * (len(word) + 1)


def _field_glyphs(source: PDFPage, layout: LTPage) -> Iterator[Glyph]:
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
                yield from _typed(value, multiline, _shown_box(source, box), layout)


def _shown_box(source: PDFPage, box: Sequence[float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = source.mediabox
    turned: dict[int, Matrix] = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    return apply_matrix_rect(turned.get(source.rotate, (1, 0, 0, 1, -x0, -y0)), (box[0], box[1], box[2], box[3]))


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


def _typed(value: str, multiline: bool, box: tuple[float, float, float, float], layout: LTPage) -> Iterator[Glyph]:
    left, low, right, high = box
    glyphs: list[Glyph] = [item for item in cast(Iterable[object], layout) if isinstance(item, Glyph)]
    beside = [g for g in glyphs if low - 1 <= g.matrix[5] < high and g.text.strip()]
    near = min(beside, key=lambda g: min(abs(g.x1 - left), abs(g.x0 - right)), default=None)
    size = near.y1 - near.y0 if near else min(12.0, max(0.7 * (high - low), 4.0))
    like = near or Glyph("", "", left, low, right, high, (1, 0, 0, 1, left, low + 0.25 * (high - low)))
    drop = like.matrix[5] - like.y0 if near else 0.2 * size
    rows = [line.split() for line in value.splitlines() if line.strip()]
    if multiline:
        room = max(int((right - left) / (0.45 * size)), 10)
        rows = [words for row in rows for words in _wrapped(row, room)]
    base = high - size if multiline or len(rows) > 1 else like.matrix[5]
    for words in rows:
        width = 0.45 * size * (sum(len(word) + 1 for word in words) - 1)
        style = like._replace(y0=base - drop, y1=base - drop + size, matrix=(1, 0, 0, 1, left, base), paint=DARK)
        yield from _spread(style, words, left + 2, min(left + 2 + width, max(right, left + 3)))
        base -= 1.2 * size


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
