"""Small PDFs printed for the tests: what stands where is said in points from the top left of a Letter page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest.line import Ingested, Line
from pipeline.ingest.pdf.reader import read_pdf
from pipeline.settings import Limits

WIDTH, HEIGHT = 612.0, 792.0
PLAIN, BOLD, ITALIC = "Times-Roman", "Times-Bold", "Times-Italic"
Draw = Callable[[Canvas], None]


def put(canvas: Canvas, x: float, y: float, text: str, size: float = 10, font: str = PLAIN) -> float:
    """Print text with its baseline at `y`; gives the x where it ends."""
    canvas.setFont(font, size)
    canvas.drawString(x, HEIGHT - y, text)
    return x + float(stringWidth(text, font, size))


def justified(canvas: Canvas, x: float, y: float, text: str, width: float, size: float = 10) -> None:
    """Print a line whose words are spread over `width`, as set text does."""
    words = text.split()
    gap = (width - sum(stringWidth(w, PLAIN, size) for w in words)) / max(len(words) - 1, 1)
    for word in words:
        x = put(canvas, x, y, word, size) + gap


def wrapped(text: str, width: float, size: float = 10, first: float = 0.0) -> list[str]:
    """Break a text into the lines that fit `width`; the first one is shorter by `first`."""
    lines: list[str] = []
    for word in text.split():
        room = width - (first if len(lines) <= 1 else 0)
        if lines and stringWidth(f"{lines[-1]} {word}", PLAIN, size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def paragraph(
    canvas: Canvas,
    x: float,
    y: float,
    text: str,
    width: float,
    *,
    indent: float = 0.0,
    mark: str = "",
    leading: float = 12,
) -> float:
    """Print a justified paragraph with a first-line indent and perhaps a mark before it; gives the next free line."""
    lines = wrapped(text, width, first=indent + (24 if mark else 0))
    for k, line in enumerate(lines):
        left = x + (indent + (24 if mark else 0) if k == 0 else 0)
        if mark and k == 0:
            put(canvas, x + indent, y, mark)
        if k < len(lines) - 1:
            justified(canvas, left, y, line, width - (left - x))
        else:
            put(canvas, left, y, line)
        y += leading
    return y


def printed(path: Path, pages: Iterable[Draw], **options: Any) -> Path:
    """Write a PDF with one drawing function a page."""
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def read(path: Path, **options: Any) -> Ingested:
    """Read a file with default limits; `limits` and the rest may be given."""
    options.setdefault("limits", Limits())
    return read_pdf(path, name=path.name, sha256="", **options)


def blocks(document: Ingested, role: str = "body") -> list[str]:
    """The paragraphs of one role, their lines joined by spaces (and by nothing after a hyphen)."""
    out: list[str] = []
    for line in document.lines:
        if line.role != role:
            continue
        if line.has_break or not out:
            out.append(line.text)
        else:
            out[-1] += line.text if out[-1].endswith(("-", "–")) else f" {line.text}"
    return out


def texts(document: Ingested, role: str) -> list[str]:
    """The lines of one role."""
    return [line.text for line in document.lines if line.role == role]


def sound(line: Line) -> bool:
    """Whether a line's words and boxes agree with its text."""
    rebuilt = " ".join(line.text[w.start : w.end] for w in line.words)
    inside = all(line.x0 <= w.x0 < w.x1 <= line.x1 and line.top <= w.top < w.bottom <= line.bottom for w in line.words)  # type: ignore[operator]
    return rebuilt == line.text and inside


def raw(*objects: bytes) -> bytes:
    """A PDF of the given object bodies, numbered from 1; the first is its catalog."""
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        len(out),
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), entries, data)


def one_page(content: bytes, resources: bytes = b"", *more: bytes) -> bytes:
    return raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<%s>>>>" % resources,
        content,
        *more,
    )


FONT = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
SHOW = b"BT /F 10 Tf 100 600 Td (%s) Tj ET"
