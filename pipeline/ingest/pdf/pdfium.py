"""Pages read by PDFium, which reads what strangers wrote: it works in a process apart, with bounds, and may die.

`serve` is that process; it sends numbers and text, and `pipeline.ingest.pdf.pages` makes a page's content of them. What
it cannot tell as surely as the slow reader does it says (`odd`), and that page is read by the other.
"""

from __future__ import annotations

import ctypes
import json
import math
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from operator import itemgetter
from typing import Any, NamedTuple

from pypdfium2 import raw

from pipeline.ingest.apart import confine
from pipeline.ingest.pdf.content import MOST_OBJECTS, MOST_PATHS, Matrix, PagePlace, paint_of, turn_of, upright

TOUCHING_EM = 0.1
"""Letters with less space between them come as one word: far less than parts words."""
DEEPEST = 30
MOST_MARKS = 8
"""Marked-content sequences around an object that are looked at."""
_SYNTHETIC_HYPHEN = "\ufffe"
"""What PDFium puts for a hyphen at the end of a line."""
_NONSYMBOLIC = 32
"""Flag of a font of Latin letters (ISO 32000-1, table 123)."""
_LIGATURES = {"ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02", "ffi": "\ufb03", "ffl": "\ufb04", "st": "\ufb06"}
_LIGATURES |= {"\ufb00i": "\ufb03", "\ufb00l": "\ufb04"}
"""PDFium takes these signs apart; a font that has the sign itself printed that."""

FROM_RIGHT = "\u0590"
"""The first letter of the scripts written from the right; PDFium gives their letters in reading order."""

LAST_LATIN = "\u0530"
"""Letters of the Latin, Greek and Cyrillic alphabets stand before it; they are set one beside the other."""

Pointer = Any


def _bare(function: Pointer, result: Pointer, *arguments: Pointer) -> Pointer:
    """The same function on plain addresses: a pointer object for each letter would cost as much as all the rest."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_text_object = _bare(raw.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_origin = _bare(
    raw.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p
)


def serve(descriptor: int, memory: int) -> None:
    """Answer orders until the other end is gone.

    An order is a JSON object: `path`, `password`, `places`, `total`. The answer to it is the number of pages of the file
    (0 where it cannot be opened), then, where that is `total`, for each place its facts (JSON) and its numbers (doubles).
    """
    raw.FPDF_InitLibrary()
    confine(memory)
    line = Connection(descriptor)
    with suppress(EOFError, OSError):
        while True:
            order = json.loads(line.recv_bytes())
            document = raw.FPDF_LoadDocument(order["path"].encode(), order["password"].encode() or None)
            count = raw.FPDF_GetPageCount(document) if document else 0
            line.send_bytes(json.dumps(count).encode())
            for index, matrix, width, height in order["places"] if count == order["total"] else ():
                facts, numbers = _page(document, PagePlace(index, tuple(matrix), width, height))
                line.send_bytes(json.dumps(facts).encode())
                line.send_bytes(numbers.tobytes())
            if document:
                raw.FPDF_CloseDocument(document)


def _page(document: Pointer, place: PagePlace) -> tuple[dict[str, object], array[float]]:
    page = raw.FPDF_LoadPage(document, place.page)
    if not page:
        return {"odd": "not loaded"}, array("d")
    try:
        sheet = _Sheet(place)
        sheet.look_at(page)
        text_page = raw.FPDFText_LoadPage(page)
        if not text_page:
            return {"odd": "no text"}, array("d")
        try:
            if not sheet.odd:
                sheet.read(text_page)
        finally:
            raw.FPDFText_ClosePage(text_page)
        return sheet.answer()
    finally:
        raw.FPDF_ClosePage(page)


class _Font(NamedTuple):
    number: int
    handle: Pointer
    descent: float
    missing: float
    """Width of the sign for characters that it has not."""
    widths: dict[str, float | None]
    """Of each character seen, in em; None where the font has several signs for it."""


class _TextPiece:
    """Letters of one text object on one line."""

    __slots__ = ("base", "bottom", "font", "group", "letters", "order", "paint", "size", "turn")

    def __init__(
        self, order: int, font: int, paint: int, group: int, frame: tuple[float, float, float], turn: int
    ) -> None:
        self.order, self.font, self.paint, self.group, self.turn = order, font, paint, group, turn
        self.bottom, self.base, self.size = frame
        self.letters: list[tuple[float, float, str]] = []


class _Sheet:
    """A page as it is looked at: its objects first, then its letters."""

    def __init__(self, place: PagePlace) -> None:
        self.place = place
        self.odd = ""
        self.fonts: dict[int, _Font] = {}
        self.names: list[str] = []
        self.orders: dict[int, int] = {}
        self.groups: dict[int, int] = {}
        self.actual: list[str] = []
        self.shapes: list[tuple[object, ...]] = []
        self.pieces: list[_TextPiece] = []
        self.characters: Sequence[str] = ()

    def answer(self) -> tuple[dict[str, object], array[float]]:
        """The facts and numbers of the page; letters that touch as one word."""
        numbers, letters, texts = array("d"), array("d"), list[str]()
        self.pieces.sort(key=lambda piece: piece.order)
        for piece in self.pieces:
            words = _words(piece.letters, TOUCHING_EM * piece.size if self._is_inside(piece) else 0.0)
            for x0, x1, text in words:
                letters.append(x0)
                letters.append(x1)
                texts.append(text)
            numbers.extend(
                (piece.order, piece.font, piece.size, piece.base, piece.bottom, piece.paint, piece.turn, piece.group)
            )
            numbers.append(len(words))
        facts: dict[str, object] = {
            "odd": self.odd,
            "pieces": len(self.pieces),
            "fonts": self.names,
            "actual": self.actual,
            "shapes": self.shapes,
            "texts": "\0".join(texts),
        }
        return facts, numbers + letters

    def _is_inside(self, piece: _TextPiece) -> bool:
        across = self.place.height if piece.turn in (1, 3) else self.place.width
        return piece.letters[0][0] >= 0 and piece.letters[-1][1] <= across

    def look_at(self, page: Pointer) -> None:
        """Note the order of all objects, the shapes, and the text that stands for glyphs."""
        marked: list[tuple[Pointer, Pointer]] = []
        marks: dict[int, int] = {}
        paths = 0
        for order, (item, matrix) in enumerate(_objects(page, self.place.matrix)):
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                address = ctypes.cast(item, ctypes.c_void_p).value or 0
                self.orders[address] = order
                for mark in _marks(item):
                    mark_address = ctypes.cast(mark, ctypes.c_void_p).value or 0
                    if mark_address not in marks:
                        text = _actual_text(mark)
                        marks[mark_address] = -1 if text is None else len(self.actual)
                        self.actual += [] if text is None else [text]
                    if marks[mark_address] >= 0:
                        marked.append((item, mark))
                        self.groups.setdefault(address, marks[mark_address])
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                box = _bounds([_moved(x, y, _joined(_matrix(item), matrix)) for x in (0, 1) for y in (0, 1)])
                self._add_shape(order, "picture", box, (False, False, False), 0.0)
            elif kind == raw.FPDF_PAGEOBJ_PATH and paths < MOST_PATHS:
                paths += self._add_path(order, item, matrix)
        # PDFium would put this text where it thinks best
        for item, mark in marked:
            raw.FPDFPageObj_RemoveMark(item, mark)

    def _add_path(self, order: int, item: Pointer, matrix: Matrix) -> int:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if not fill.value and not stroke.value:
            return 1
        light = _light(item) if fill.value else 0.0
        count = 0
        for points, is_straight in _subpaths(item, _joined(_matrix(item), matrix)):
            count += 1
            closed = points[0] == points[-1]
            kind = "curve"
            if is_straight and (len(points) == 2 or (len(points) == 3 and closed)):
                kind, closed = "line", False
            elif is_straight and len(points) == 5 and closed and _is_square(points):
                kind = "rectangle"
            self._add_shape(order, kind, _bounds(points), (bool(fill.value), bool(stroke.value), closed), light)
        return count

    def _add_shape(
        self,
        order: int,
        kind: str,
        box: tuple[float, float, float, float],
        drawn: tuple[bool, bool, bool],
        light: float,
    ) -> None:
        x0, y0, x1, y1 = box
        height = self.place.height
        self.shapes.append((order, kind, x0, height - y1, x1, height - y0, *drawn, light))

    def read(self, text_page: Pointer) -> None:
        """Take the letters of a page, piece after piece."""
        count = raw.FPDFText_CountChars(text_page)
        if count > MOST_OBJECTS:
            self.odd = "large"
            return
        self.characters = _characters(text_page, count)
        start = 0
        seen: set[int | None] = set()
        page_address = ctypes.cast(text_page, ctypes.c_void_p).value
        objects = [_text_object(page_address, index) for index in range(count)]
        address = objects[0] if count else None
        for index, following in enumerate([*objects[1:], -1], 1):
            if following != address:
                if address and not self.odd:
                    self._take(text_page, address, start, index)
                    seen.add(address)
                start, address = index, following
        if any(address not in seen and self._is_lost(address) for address in self.orders):
            self.odd = "signs that PDFium does not see"

    def _is_lost(self, address: int) -> bool:
        """Whether a text object that PDFium gave no letters of may have some: it drops single signs without ink.

        Those are spaces, but for text that nobody sees and signs that a font has not that stands in for one not given.
        """
        item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
        left, low, right, high = (ctypes.c_float() for _ in range(4))
        raw.FPDFPageObj_GetBounds(item, left, low, right, high)
        handle = raw.FPDFTextObj_GetFont(item)
        if right.value - left.value > 0.01 or raw.FPDFFont_GetIsEmbedded(handle) == 1:
            return right.value - left.value <= 0.01 and raw.FPDFTextObj_GetTextRenderMode(item) in (3, 7)
        font = self._font(handle)
        if font is None or not font.widths:
            return not raw.FPDFFont_GetFlags(handle) & _NONSYMBOLIC
        return any(text.isalpha() and text > LAST_LATIN for text in font.widths)

    def _take(self, text_page: Pointer, address: int, start: int, end: int) -> None:
        item = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
        font = self._font(raw.FPDFTextObj_GetFont(item))
        em, given = ctypes.c_float(), raw.FS_MATRIX()
        raw.FPDFTextObj_GetFontSize(item, em)
        raw.FPDFText_GetMatrix(text_page, start, given)
        if font is None or not em.value:
            self.odd = "font without name or size"
            return
        size = em.value
        a, b, c, d, _, _ = _joined((given.a, given.b, given.c, given.d, 0, 0), self.place.matrix)
        turn = turn_of(a, b, c, d)
        paint = paint_of(raw.FPDFTextObj_GetTextRenderMode(item), _light(item))
        order, group = self.orders.get(address, len(self.orders)), self.groups.get(address, -1)
        ma, mb, mc, md, me, mf = self.place.matrix
        low = font.descent * size
        height, width = self.place.height, self.place.width
        is_plain = turn == 0 and b == 0 == c and d > 0
        x_, y_ = ctypes.c_double(), ctypes.c_double()
        x_address, y_address = ctypes.addressof(x_), ctypes.addressof(y_)
        page_address = ctypes.cast(text_page, ctypes.c_void_p).value
        piece: _TextPiece | None = None
        last_x = last_y = math.inf
        widths = font.widths
        for index in range(start, end):
            text = self.characters[index]
            _origin(page_address, index, x_address, y_address)
            px, py = x_.value, y_.value
            x, y = ma * px + mc * py + me, mb * px + md * py + mf
            if x == last_x and y == last_y and piece is not None:
                self._join(text_page, index, piece, text, font, size * a)
                continue
            last_x, last_y = x, y
            if text == _SYNTHETIC_HYPHEN:
                text = _hyphen(font)
            advance = widths.get(text)
            if advance is None:
                if text == "\0" or (text not in widths and raw.FPDFText_HasUnicodeMapError(text_page, index)):
                    self.odd = "characters without Unicode value"
                    return
                advance = _width(text_page, index, font, text, size * given.a)
                widths[text] = advance if text < FROM_RIGHT else None  # an Arabic letter has several signs
            advance *= size
            if is_plain:
                x0, x1, bottom, base = x, x + a * advance, height - y - d * low, height - y
                em_size = d * size
            else:
                corners = [(x + a * u + c * v, y + b * u + d * v) for u in (0, advance) for v in (low, low + size)]
                x0, x1, bottom, base, em_size = upright(_bounds(corners), (x, y), turn, width, height)
            if piece is None or not -0.01 < base - piece.base < 0.01:
                piece = _TextPiece(order, font.number, paint, group, (bottom, base, em_size), turn)
                self.pieces.append(piece)
            piece.letters.append((x0, x1, text))

    def _font(self, handle: Pointer) -> _Font | None:
        address = ctypes.cast(handle, ctypes.c_void_p).value or 0
        font = self.fonts.get(address)
        if font is None and address:
            name, descent = ctypes.create_string_buffer(500), ctypes.c_float()
            length = raw.FPDFFont_GetBaseFontName(handle, name, 500)
            if not 1 < length <= 500 or not raw.FPDFFont_GetDescent(handle, 1000, descent):
                return None
            font = self.fonts[address] = _Font(
                len(self.names), handle, descent.value / 1000, _glyph_width(handle, "\uffff"), {}
            )
            self.names.append(name.value.decode("latin-1"))
        return font

    def _join(self, text_page: Pointer, index: int, piece: _TextPiece, char: str, font: _Font, scale: float) -> None:
        """Put a letter to the one printed by the same sign: PDFium takes ligatures apart."""
        x0, _, text = piece.letters[-1]
        text = char + text if char == "\u0644" else text + char
        if text > FROM_RIGHT and text[0] != "\u0644":
            self.odd = "signs for several letters"
        sign = _LIGATURES.get(text, "")
        width = _advance(font, sign) if sign else 0.0
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(text_page, index, box)
        x1 = x0 + max(box.right - box.left, 0.0)
        piece.letters[-1] = (x0, x0 + width * scale if width else x1, sign if width else text)


def _characters(text_page: Pointer, count: int) -> Sequence[str]:
    """The text of each letter of a page, all at once where each is one sign; "\\0" for a letter without."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    letters = (chr(raw.FPDFText_GetUnicode(text_page, index)) for index in range(count))
    return [_SYNTHETIC_HYPHEN if letter == "\2" else letter for letter in letters]


def _width(text_page: Pointer, index: int, font: _Font, text: str, scale: float) -> float:
    """Width of a sign in em: the font's for the character; where that is another sign's, that of the box around it."""
    width, box = _glyph_width(font.handle, text), raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text_page, index, box) or scale <= 0:
        return width
    room = (box.right - box.left) / scale
    return width if 0 < width <= room + 0.01 and text < FROM_RIGHT else max(room, 0.0)


def _hyphen(font: _Font) -> str:
    return "-" if _advance(font, "-") or not _advance(font, "\u00ad") else "\u00ad"


def _advance(font: _Font, text: str) -> float:
    """Width of the font's sign for a character, in em; 0 where it has none."""
    found = _glyph_width(font.handle, text)
    return 0.0 if found == font.missing else found


def _glyph_width(handle: Pointer, text: str) -> float:
    width = ctypes.c_float()
    raw.FPDFFont_GetGlyphWidth(handle, ord(text), 1000, width)
    return width.value / 1000


def _words(letters: list[tuple[float, float, str]], near: float) -> list[tuple[float, float, str]]:
    """Latin letters that touch put together, and figures; from the left."""
    out: list[tuple[float, float, str]] = []
    word, left, right, last = "", 0.0, -math.inf, 0
    for x0, x1, text in sorted(letters, key=itemgetter(0)):
        kind = 1 if text.isalpha() and text < LAST_LATIN else 2 if "0" <= text <= "9" else 0
        if kind and kind == last and -near < x0 - right < near:
            word += text
        else:
            if word:
                out.append((left, right, word))
            word, left = text, x0
        last, right = kind, x1
    if word:
        out.append((left, right, word))
    return out


def _objects(page: Pointer, matrix: Matrix) -> Iterator[tuple[Pointer, Matrix]]:
    """All objects in the order of painting, those in forms too, each with what maps its points to the page displayed."""
    stack = [(page, raw.FPDFPage_GetObject, raw.FPDFPage_CountObjects(page), 0, matrix)]
    while stack:
        holder, get, count, at, matrix = stack.pop()
        while at < count:
            item = get(holder, at)
            at += 1
            if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
                yield item, matrix
            elif len(stack) < DEEPEST:
                stack.append((holder, get, count, at, matrix))
                inner = _joined(_matrix(item), matrix)
                stack.append((item, raw.FPDFFormObj_GetObject, raw.FPDFFormObj_CountObjects(item), 0, inner))
                break


def _marks(item: Pointer) -> list[Pointer]:
    count = min(raw.FPDFPageObj_CountMarks(item), MOST_MARKS)
    return [raw.FPDFPageObj_GetMark(item, place) for place in range(count)]


def _actual_text(mark: Pointer) -> str | None:
    """The text that stands for what is marked; None where none does."""
    length = ctypes.c_ulong()
    if not raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, length):
        return None
    buffer = ctypes.create_string_buffer(max(length.value, 2))
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", units, length.value, length)
    return buffer.raw.decode("utf-16-le", "replace").split("\0")[0]


def _subpaths(item: Pointer, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The points of each part of a path, and whether it is made of straight lines only."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curves = 0
    for number in range(min(raw.FPDFPath_CountSegments(item), MOST_PATHS)):
        segment = raw.FPDFPath_GetPathSegment(item, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, not curves
            points, curves = [], 0
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            curves += 1
            if curves % 3:
                continue
        points.append(_moved(x.value, y.value, matrix))
        if raw.FPDFPathSegment_GetClose(segment) and points[-1] != points[0]:
            points.append(points[0])
    if len(points) > 1:
        yield points, not curves


def _is_square(points: list[tuple[float, float]]) -> bool:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), _ = points
    return (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0)


def _light(item: Pointer) -> float:
    """Brightness of what fills an object: its darkest part, from 0 to 1."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return 0.0
    return min(red.value, green.value, blue.value) / 255


def _matrix(item: Pointer) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _joined(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    a1, b1, c1, d1, e1, f1 = then
    return (
        a * a1 + b * c1,
        a * b1 + b * d1,
        c * a1 + d * c1,
        c * b1 + d * d1,
        e * a1 + f * c1 + e1,
        e * b1 + f * d1 + f1,
    )


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
