"""Pages read by pdfplumber's library pdfminer: slow, in plain Python, and what PDFium's reading is checked against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTCurve, LTFigure, LTImage, LTLine, LTPage, LTRect
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFStackT
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import Matrix, Rect, apply_matrix_rect, decode_text
from pdfplumber.pdf import PDF

from pipeline.ingest.pdf.content import (
    MOST_OBJECTS,
    MOST_PATHS,
    PALE_FROM,
    Drawn,
    PageContent,
    PageTooLarge,
    paint_of,
    turn_of,
    upright,
    with_actual_text,
)
from pipeline.ingest.pdf.layers import dictionary_of, is_off, layers_off
from pipeline.ingest.pdf.rows import FontRun

FORM_COST = 20
"""What one call of a form object counts for: it costs as much time as that many characters."""


class _Marked(NamedTuple):
    """An open marked-content sequence: whether it hides what is in it, and the text that stands for it."""

    is_hidden: bool = False
    actual: str | None = None
    first: int = 0
    container: object = None


def mined_content(document: PDF, source: PDFPage) -> PageContent:
    """Interpret a page and give its visible content.

    Left out: what stands on layers switched off. Letters without paint are told by their `paint`. Text that stands for
    other glyphs (`ActualText`) takes their place.

    Raises: `PageTooLarge`, and what pdfminer raises on broken content.
    """
    device = _Device(document.rsrcmgr)
    _Interpreter(document.rsrcmgr, device).process_page(source)
    layout = device.get_result()
    height = float(layout.height)
    shown = (item if isinstance(item, FontRun) else _shape(item, height) for item in _objects(layout))
    return PageContent(float(layout.width), height, [item for item in shown if item is not None])


def _objects(layout: LTPage) -> Iterator[object]:
    stack = [iter(layout)]
    while stack:
        for item in stack[-1]:
            if isinstance(item, LTFigure):
                stack.append(iter(item))
                break
            yield item
        else:
            stack.pop()


def _shape(item: object, height: float) -> Drawn | None:
    if isinstance(item, LTImage):
        return Drawn("picture", item.x0, height - item.y1, item.x1, height - item.y0)
    if not isinstance(item, LTCurve):
        return None
    colour = item.non_stroking_color
    return Drawn(
        "line" if isinstance(item, LTLine) else "rectangle" if isinstance(item, LTRect) else "curve",
        item.x0,
        height - item.y1,
        item.x1,
        height - item.y0,
        bool(item.fill),
        bool(item.stroke),
        item.pts[0] == item.pts[-1],
        brightness("", colour) if isinstance(colour, int | float | tuple | list) else 0.0,
    )


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
            device.open_marked(_Marked(is_hidden=is_off(value, self.off)))
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
        self.width = self.height = 0.0
        self.marked: list[_Marked] = []
        self.depths: list[int] = []
        self.run: FontRun | None = None

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        super().begin_page(page, ctm)
        self.width, self.height = self.cur_item.width, self.cur_item.height

    def open_marked(self, sequence: _Marked) -> None:
        """Note that a marked-content sequence begins."""
        if len(self.marked) < MOST_OBJECTS:
            self.marked.append(sequence)

    def end_tag(self) -> None:
        if len(self.marked) > (self.depths[-1] if self.depths else 0):
            sequence = self.marked.pop()
            if sequence.actual is not None and sequence.container is self.cur_item:
                objects = self.cur_item._objs
                objects[sequence.first :] = with_actual_text(objects[sequence.first :], sequence.actual)  # type: ignore[assignment]

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
        colour = graphicstate.ncolor
        self.paint = paint_of(textstate.render, brightness(ncs.name, colour) if colour else 0.0)
        self.run = None
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
        turn = turn_of(*matrix[:4])
        x0, x1, bottom, base, size = upright(apply_matrix_rect(matrix, box), matrix[4:], turn, self.width, self.height)
        run = self.run
        if run is None or abs(base - run.base) > 0.01 or abs(bottom - run.bottom) > 0.01 or run.turn != turn:
            name = font.fontname if isinstance(font.fontname, str) else font.fontname.decode("latin-1")
            self.run = run = FontRun([], name, size, base, bottom, paint=self.paint, turn=turn)
            self.cur_item._objs.append(run)  # type: ignore[arg-type]
        run.glyphs.append((x0, x1, text))
        return advance

    def _hidden(self) -> bool:
        return any(sequence.is_hidden for sequence in self.marked)

    def _count(self, more: int) -> None:
        self.objects += more
        if self.objects > MOST_OBJECTS:
            raise PageTooLarge(f"more than {MOST_OBJECTS:,} characters")


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
