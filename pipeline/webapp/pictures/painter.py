"""A process that paints PDF pages: PDFium reads what strangers wrote, so it works apart, with bounds, and may die.

Both ends are here: `Painter` in the application, `serve` in the process (`pipeline.ingest.apart`). They speak JSON for
orders and answers, then the bytes of the picture.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import InputError
from pipeline.ingest.apart import Apart, Lost, confine
from pipeline.ingest.pdf.salvage import rebuilt, trimmed

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MOST_PIXELS = 8_000_000
"""Of one picture: a page of any printed shape at 2,400 pixels across; larger pages are painted smaller."""
MOST_SIDE = 8_000
MEMORY = 1_500_000_000
"""Bytes of address space of the process; a page that needs more ends it."""
SECONDS = 10.0
"""For one order; printed pages take hundredths of a second."""
ORDERS = 2_000
"""After so many the process is replaced, so that what a library leaks never adds up."""
_ANSWER = 100_000
_PICTURE = 100_000_000
_DAMAGED = ("the page cannot be drawn (damaged)", "read the text instead, or fetch the file again")
_CHANGED = ("not the file that was read", "run gcmrefs run")


class Order(NamedTuple):
    """A page of the file at `path`, which must still have these bytes; `width` is in pixels, 0 asks for its size only.

    `bytes` and `pages` are the most that the file may have.
    """

    path: str
    sha256: str
    page: int
    width: int
    bytes: int
    pages: int


class Painted(NamedTuple):
    """A page's size in points as it is displayed, and its picture (PNG; b"" when only the size was asked for)."""

    width: float
    height: float
    png: bytes


class PainterLost(Exception):
    """The process ended or was ended: the page takes too long or too much memory."""


class Painter:
    """Keeps one process warm and gives it one order at a time; any thread may call it.

    A process that dies is replaced at the next order. Example:

        painter = Painter()
        picture = painter.paint(Order("/corpus/a.pdf", digest, 1, 900, 100_000_000, 3_000)).png
        painter.close()
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._turn = threading.Lock()
        self._apart = Apart("pipeline.webapp.pictures.painter", MEMORY)
        self._orders = 0

    def warm(self) -> None:
        """Start the process now, so that the first page does not wait for it (0.2 s)."""
        with self._turn:
            self._apart.line()

    def paint(self, order: Order) -> Painted:
        """Return the picture and size of a page.

        Raises InputError where the file or page cannot be shown, `PainterLost` where it costs too much.
        """
        with self._turn:
            used, began = self._orders > 0, time.monotonic()
            try:
                answer, png = self._ask(order)
            except PainterLost:
                # a process that had worked before may have died of something else: once more, with a new one
                if not used or time.monotonic() - began > self._seconds / 2:
                    raise
                answer, png = self._ask(order)
            self._orders += 1
            if self._orders >= ORDERS:
                self._apart.end()
                self._orders = 0
        if "problem" in answer:
            name = "".join(char if char.isprintable() else "?" for char in Path(order.path).name)
            raise InputError(name, str(answer["problem"]), str(answer["remedy"]))
        return Painted(float(answer["width"]), float(answer["height"]), png)

    def close(self) -> None:
        """End the process; another one is started when there is a new order."""
        with self._turn:
            self._apart.end()
            self._orders = 0

    def _ask(self, order: Order) -> tuple[dict[str, str | float], bytes]:
        try:
            with self._apart.within(self._seconds) as line:
                line.send_bytes(json.dumps(order).encode("ascii"))
                answer: dict[str, str | float] = json.loads(line.recv_bytes(_ANSWER))
                return answer, line.recv_bytes(_PICTURE) if "problem" not in answer else b""
        except Lost:
            self._orders = 0
            raise PainterLost from None


def serve(descriptor: int, memory: int) -> None:
    """Answer orders until the other end is gone; runs in the painter's own process."""
    import PIL.Image
    import PIL.PngImagePlugin  # noqa: F401
    import pypdfium2  # noqa: F401

    confine(memory)
    line = Connection(descriptor)
    easel = _Easel()
    with suppress(EOFError, OSError):
        while True:
            order = Order(*json.loads(line.recv_bytes()))
            try:
                painted = easel.paint(order)
            except InputError as error:
                line.send_bytes(json.dumps({"problem": error.problem, "remedy": error.remedy}).encode("ascii"))
                continue
            line.send_bytes(json.dumps({"width": painted.width, "height": painted.height}).encode("ascii"))
            line.send_bytes(painted.png)


class _Easel:
    """The last file stays open: an analyst's next page is mostly one of the same document."""

    def __init__(self) -> None:
        self._sha256 = ""
        self._document: PdfDocument | None = None

    def paint(self, order: Order) -> Painted:
        import pypdfium2

        document = self._opened(order)
        number = len(document)
        if number > order.pages:
            raise InputError("", f"more than {order.pages:,} pages", "raise GCMREFS_MAX_PAGES")
        if not 1 <= order.page <= number:
            raise InputError("", f"no page {order.page}: it has {number}")
        try:
            page = document.get_page(order.page - 1)  # its crop box, from whose corner boxes count
            try:
                return _picture(page, order.width)
            finally:
                page.close()
        except (pypdfium2.PdfiumError, ValueError, ArithmeticError, MemoryError):
            raise InputError("", *_DAMAGED) from None

    def _opened(self, order: Order) -> PdfDocument:
        """The document with the bytes that were asked for, mended as the reader mends what is broken."""
        if self._sha256 != order.sha256:
            if self._document is not None:
                self._document.close()
            self._document, self._sha256 = None, ""
            self._document = _document(_bytes(order))
            self._sha256 = order.sha256
        return self._document


def _bytes(order: Order) -> bytes:
    try:
        with Path(order.path).open("rb") as file:
            data = file.read(order.bytes + 1)
    except OSError:
        raise InputError("", "cannot be opened", "check that the file is still there") from None
    if len(data) > order.bytes:
        raise InputError("", f"larger than {order.bytes:,} bytes", "raise GCMREFS_MAX_BYTES")
    if hashlib.sha256(data).hexdigest() != order.sha256:
        raise InputError("", *_CHANGED)
    return data


def _document(data: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError, raw

    if b"%PDF-" not in data[:1_000_000]:
        raise InputError("", "not a PDF: there is no page to show", "read the text instead")
    for mend in (trimmed, rebuilt):
        mended = mend(data)
        try:
            document = PdfDocument(mended) if mended else None
        except PdfiumError as error:
            if error.err_code == raw.FPDF_ERR_PASSWORD:
                problem = "encrypted: its pages cannot be shown, for passwords are never kept"
                raise InputError("", problem, "read the text instead, or add a version without encryption") from None
            if error.err_code == raw.FPDF_ERR_SECURITY:
                raise InputError("", "encrypted in a way that cannot be read", "read the text instead") from None
            continue
        if document is not None and len(document):
            return document
    raise InputError("", "broken PDF (damaged or cut short)", "read the text instead, or fetch the file again")


def _picture(page: PdfPage, width: int) -> Painted:
    across, down = page.get_size()
    if not (0 < across < math.inf and 0 < down < math.inf):
        raise ValueError("a page without size")
    if not width:
        return Painted(across, down, b"")
    scale = min(width / across, MOST_SIDE / across, MOST_SIDE / down, math.sqrt(MOST_PIXELS / (across * down)))
    # the margin keeps PDFium from rounding a whole number of pixels up to one more
    picture = page.render(scale=scale * (1 - 1e-6)).to_pil().convert("RGB")
    red, green, blue = picture.split()
    grey = red.tobytes() == green.tobytes() == blue.tobytes()
    out = io.BytesIO()
    (red if grey else picture).save(out, "PNG", compress_level=6 if grey else 3)
    return Painted(across, down, out.getvalue())
