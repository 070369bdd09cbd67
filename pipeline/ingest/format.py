"""What a file is, told by its content and not by its name."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from pipeline.errors import InputError, Refused
from pipeline.ingest.archive import Archive
from pipeline.ingest.encoding import decode
from pipeline.settings import Limits

Format = Literal["pdf", "docx", "html", "text"]

SUFFIXES: dict[Format, str] = {"pdf": ".pdf", "docx": ".docx", "html": ".html", "text": ".txt"}
LABELS: dict[Format, str] = {"pdf": "PDF", "docx": "a Word document", "html": "HTML", "text": "plain text"}
_PROMISES: dict[str, tuple[Format, str]] = {
    "pdf": ("pdf", "a PDF"),
    "docx": ("docx", "a Word document"),
    "docm": ("docx", "a Word document"),
    "dotx": ("docx", "a Word document"),
    "doc": ("docx", "a Word document"),
    "html": ("html", "an HTML page"),
    "htm": ("html", "an HTML page"),
    "xhtml": ("html", "an HTML page"),
    "txt": ("text", "plain text"),
    "text": ("text", "plain text"),
    "md": ("text", "plain text"),
}
_SAVE_AS = "save it as PDF, Word (.docx), HTML or plain text"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG", "an image holds no text: fetch the document itself"),
    (b"\xff\xd8\xff", "JPEG", "an image holds no text: fetch the document itself"),
    (b"GIF8", "GIF", "an image holds no text: fetch the document itself"),
    (b"BM", "BMP", "an image holds no text: fetch the document itself"),
    (b"II*\x00", "TIFF", "make a PDF of it and read that with OCR"),
    (b"MM\x00*", "TIFF", "make a PDF of it and read that with OCR"),
    (b"{\\rtf", "RTF", _SAVE_AS),
    (b"%!PS", "PostScript", "make a PDF of it (ps2pdf)"),
    (b"AT&TFORM", "DjVu", _SAVE_AS),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it first"),
    (b"\x7fELF", "a program", "fetch the document itself"),
    (b"SQLite format 3\x00", "a database", "fetch the document itself"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY_ONLY = ("BMP", "a bzip2 archive", "GIF")  # short magics that words may start with
_TAGS = (
    r"html|head|body|meta|title|div|p|h[1-6]|table|article|main|section|ul|ol|span|center|font|pre|link|script|style"
)
_HTML_START = re.compile(
    rf"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:{_TAGS})[\s>/])", re.I | re.S
)
_HTML_TAG = re.compile(r"<(?:!doctype\s+html|html|body)[\s>]", re.I)
_HTML_END = re.compile(r"</(?:p|div|body|html|span|td|li|h[1-6]|a)\s*>", re.I)
_XML_START = re.compile(r"\s*<(?:\?xml\s|!doctype\s|svg[\s>]|rss[\s>]|[\w:.-]+\s[^<>]{0,2000}\bxmlns\b)", re.I)
_SVG = re.compile(r"<(?:!doctype\s+)?svg[\s>]", re.I)
_MAX_DAMAGE = 0.3
_MHTML = re.compile(r"(?=[\s\S]{0,2000}^mime-version:)[\s\S]{0,2000}multipart/related", re.I | re.M)


class Detected(NamedTuple):
    """A readable format, with a warning where the file's name promises another one."""

    format: Format
    warnings: tuple[str, ...] = ()


def detect(data: bytes, *, name: str, expanded_bytes: int) -> Detected:
    """Tells the format of a file by its content, because names lie: a "PDF" may be an error page or an image.

    A PDF header may have up to 1 KB of junk before it; text of any kind is read under any name, with a warning.
    Raises InputError for what cannot be read: empty files, images, old Word files, spreadsheets, archives, ...

    >>> detect(b"%PDF-1.7 ...", name="a.pdf", expanded_bytes=1000).format
    'pdf'
    """
    if not data[:4096].strip() and not data.strip():
        raise InputError(name, "empty file", "fetch or save it again")
    promised, promise = _PROMISES.get(name.rpartition(".")[2].lower(), ("", "a readable document"))
    found = _binary(data, name, promise, expanded_bytes) or _textual(data, name, promise, promised)
    if promised and found != promised:
        return Detected(found, (f"named {promise} but read as {LABELS[found]}, which it looks like",))
    return Detected(found)


def _binary(data: bytes, name: str, promise: str, expanded_bytes: int) -> Format | None:
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:1100] and re.search(rb"\d+\s+\d+\s+obj\b", data)):
        return "pdf"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        looks, remedy = _package(data, name, expanded_bytes)
        if looks == "docx":
            return "docx"
        raise InputError(name, f"not {promise}: looks like {looks}", remedy)
    if data.startswith(_OLE):
        looks, remedy = _ole(data)
        raise InputError(
            name, f"not {promise}: looks like {looks}".replace("not a Word document: looks like ", ""), remedy
        )
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise InputError(name, f"not {promise}: looks like WebP", "an image holds no text: fetch the document itself")
    for magic, looks, remedy in _MAGIC:
        if data.startswith(magic) and (looks not in _BINARY_ONLY or b"\x00" in data[:512]):
            raise InputError(name, f"not {promise}: looks like {looks}", remedy)
    return None


def _package(data: bytes, name: str, expanded_bytes: int) -> tuple[str, str]:
    """ "docx" or what else a zip file holds, with the remedy."""
    with Archive(data, name=name, expanded_bytes=expanded_bytes) as archive:
        names = archive.names
        if "word/document.xml" in names or b"wordprocessingml.document.main" in archive.read("[Content_Types].xml"):
            return "docx", ""
        if any(part.startswith("word/") for part in names) and "[Content_Types].xml" in names:
            return "docx", ""
        for folder, looks in (("xl/", "an Excel workbook"), ("ppt/", "a PowerPoint presentation")):
            if any(part.startswith(folder) for part in names):
                return looks, _SAVE_AS
        kind = archive.read("mimetype")[:80]
    if b"opendocument" in kind:
        return "an OpenDocument file", _SAVE_AS
    if b"epub" in kind:
        return "an EPUB book", _SAVE_AS
    return "a zip archive", "unpack it first"


def _ole(data: bytes) -> tuple[str, str]:
    for stream, looks, remedy in (
        ("EncryptedPackage", "an encrypted Office file", "save it without a password"),
        ("WordDocument", "an old Word file (.doc)", "save it as .docx"),
        ("PowerPoint Document", "an old PowerPoint file", _SAVE_AS),
        ("Workbook", "an old Excel file", _SAVE_AS),
        ("__substg1.0_", "an Outlook message", _SAVE_AS),
    ):
        if stream.encode("utf-16-le") in data:
            return looks, remedy
    return "an old Office file", _SAVE_AS


def page_of_archive(data: bytes) -> bytes:
    """The web page inside a web archive (MHTML), in UTF-8; b"" where the bytes are no such archive or hold no page."""
    if not _MHTML.match(data[:4096].decode("latin-1").lstrip()):
        return b""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html" and isinstance(page := part.get_payload(decode=True), bytes):
            return decode(page, part.get_content_charset("")).text.encode()
    return b""


def _textual(data: bytes, name: str, promise: str, promised: str) -> Format:
    decoded = decode(data[:16_384])
    head = decoded.text.lstrip()
    if _MHTML.match(head):
        raise InputError(name, f"not {promise}: looks like a web archive (MHTML)", "save the page as HTML only")
    if _HTML_START.match(head) or _HTML_TAG.search(head[:4096]) or (promised == "html" and _HTML_END.search(head)):
        return "html"
    if _XML_START.match(head):
        looks = "SVG, an image" if _SVG.search(head[:4096]) else "XML"
        raise InputError(name, f"not {promise}: looks like {looks}", _SAVE_AS)
    if decoded.damage > _MAX_DAMAGE:
        raise InputError(name, f"not {promise}: {decoded.damage:.0%} of it is binary", "fetch the document again")
    return "text"


def suffix_of(data: bytes) -> str:
    """Return the file name ending that these bytes call for, as the readers see them.

    Raises Refused, with the remedy, when they are no document that can be read.

    >>> suffix_of(b"%PDF-1.7"), suffix_of(b"<!DOCTYPE html><p>x"), suffix_of("§ 1".encode())
    ('.pdf', '.html', '.txt')
    """
    try:
        return SUFFIXES[detect(data, name="", expanded_bytes=Limits().expanded_bytes).format]
    except InputError as error:
        raise Refused(f"{error.problem}: {error.remedy}") from None
