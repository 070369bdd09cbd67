"""Which words a published analysis prints in bold: the readers' lines do not say it word by word, so it is read here."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from pipeline.ingest.line import Ingested
from pipeline.settings import Limits

_MARKDOWN = re.compile(r"(\*\*\*?|__|</?(?:b|strong)\b[^<>]{0,200}>)", re.IGNORECASE)
_LOOK_AHEAD = 20_000
"""Letters that the next line may lie ahead before the whole text is searched for it."""
_SHORTEST = 8
"""Letters of the shortest stretch that is looked for by itself when a line is not found as a whole."""
_FAR = 24

Span = tuple[int, int]


class Fragment(NamedTuple):
    """A stretch of the printed text in one weight."""

    text: str
    bold: bool


def fragments(path: Path, document: Ingested, *, limits: Limits, password: str = "") -> list[Fragment]:
    """Read a file's text in stretches of bold and regular type, in the order of the file; [] where it cannot be told.

    `document` is the same file as read by `ingest`, which has applied the limits of size and expansion. Emphasis is a
    help and never a reason to fail: without it the words that a quote is about are inferred.
    """
    try:
        if document.format == "pdf":
            return [] if document.ocr else list(_pdf(path, password))
        data = path.read_bytes()
        if document.format == "docx":
            return list(_docx(data, document.name, limits))
        from pipeline.ingest.encoding import decode

        text = decode(data).text
        return _html(text) if document.format == "html" else list(_markdown(text))
    except Exception:
        return []


def _markdown(text: str) -> Iterator[Fragment]:
    """`**bold**`, `__bold__` and `<b>` of plain text; what never closes within its paragraph is none."""
    for part in re.split(r"(\n\s*\n)", text):
        pieces = _MARKDOWN.split(part)
        left = len(pieces) // 2
        bold = False
        for place, piece in enumerate(pieces):
            if place % 2 == 0:
                yield Fragment(piece, bold)
            elif piece.startswith("<"):
                bold = not piece.startswith("</")
                left -= 1
            else:
                bold = not bold if bold or left > 1 else False
                left -= 1


def _pdf(path: Path, password: str) -> Iterator[Fragment]:
    """Characters by the name of their font: PDF carries no other sign that is filled in reliably."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    from pipeline.ingest.row import font_style

    name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    document = pypdfium2.PdfDocument(path, password=password or None)
    try:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            letters: list[str] = []
            weight = False
            for place in range(text.count_chars()):
                code = pdfium.FPDFText_GetUnicode(text, place)
                letter = chr(code) if 0 < code < 0x110000 else ""
                if not letter.strip():
                    letters.append(letter)
                    continue
                size = pdfium.FPDFText_GetFontInfo(text, place, name, len(name), ctypes.byref(flags))
                bold = 0 < size <= len(name) and font_style(name.value.decode("latin-1"))[0]
                if bold != weight:
                    yield Fragment("".join(letters), weight)
                    letters, weight = [], bold
                letters.append(letter)
            yield Fragment("".join(letters), weight)
            text.close()
            page.close()
    finally:
        document.close()


def _docx(data: bytes, name: str, limits: Limits) -> Iterator[Fragment]:
    from pipeline.ingest.archive import Archive
    from pipeline.ingest.ooxml import child, flag, parse_xml, text
    from pipeline.ingest.style import Styles

    with Archive(data, name=name, expanded_bytes=limits.expanded_bytes) as archive:
        root = parse_xml(archive.read("word/document.xml"), name=name, nesting=limits.nesting)
        styled = archive.read("word/styles.xml")
        styles = Styles(parse_xml(styled, name=name, nesting=limits.nesting) if styled else None)
    for run in root.iter("w:r"):
        properties = child(run, "w:rPr")
        bold = flag(properties, "w:b")
        if bold is None:
            bold = styles.resolved(text(properties, "w:rStyle")).bold
        yield Fragment("".join(one.text or "" for one in run if one.tag == "w:t"), bool(bold))


class _Bold(HTMLParser):
    """Collects the text of a page, with the weight that its elements give it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Fragment] = []
        self.open: list[str] = []
        self.depth = 0
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        style = next((value or "" for name, value in attrs if name == "style"), "").replace(" ", "").lower()
        heavy = tag in ("b", "strong") or "font-weight:bold" in style or "font-weight:700" in style
        if tag in ("script", "style"):
            self.silent += 1
        elif heavy and len(self.open) < 1000:
            self.open.append(tag)
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.silent = max(0, self.silent - 1)
        elif self.open and self.open[-1] == tag:
            self.open.pop()
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(Fragment(data, self.depth > 0))


def _html(text: str) -> list[Fragment]:
    parser = _Bold()
    parser.feed(text)
    parser.close()
    return parser.found


class Emphasis:
    """Finds texts of a document in its fragments, one after the other, and tells which of their words are bold."""

    def __init__(self, found: Sequence[Fragment]) -> None:
        letters: list[str] = []
        weights = bytearray()  # 0 regular, 1 bold, 2 the first letter of a bold stretch
        apart = True
        for fragment in found:
            plain = _letters(fragment.text)
            letters.append(plain)
            at = len(weights)
            weights += (b"\x01" if fragment.bold else b"\x00") * len(plain)
            if fragment.bold and plain and apart:
                weights[at] = 2
            apart = (apart and not plain) or not fragment.bold if fragment.text.strip() else apart
        self.stream, self.weights = "".join(letters), weights
        self.known = any(weights)
        self.at = 0

    def spans(self, text: str) -> list[Span]:
        """The bold stretches of a text as (start, end) offsets, in order; spaces and signs inside belong to them.

        >>> Emphasis([Fragment("we thank the ", False), Fragment("Forum", True)]).spans("We thank the Forum.")
        [(13, 18)]
        """
        if not self.known:
            return []
        places = [n for n, char in enumerate(text) for _ in _letters(char)]
        marks = bytearray(len(places))
        self._mark(_letters(text), 0, marks)
        out: list[Span] = []
        for place, bold in zip(places, marks, strict=True):
            if not bold:
                continue
            if out and bold != 2 and not _letters(text[out[-1][1] : place]):
                out[-1] = (out[-1][0], place + 1)
            else:
                out.append((place, place + 1))
        return out

    def _mark(self, letters: str, offset: int, marks: bytearray) -> None:
        """Copy the weights of `letters`; where they are not found in one piece (a page ends in between), of each half."""
        pending = [(letters, offset)]
        while pending:
            part, start = pending.pop()
            if not part:
                continue
            found = self.stream.find(part, self.at, self.at + _LOOK_AHEAD)
            if found < 0 and len(part) >= _FAR:
                found = self.stream.find(part)
            if found >= 0:
                marks[start : start + len(part)] = self.weights[found : found + len(part)]
                self.at = found + len(part)
            elif len(part) >= 2 * _SHORTEST:
                half = len(part) // 2
                pending += [(part[half:], start + half), (part[:half], start)]


def _letters(text: str) -> str:
    """Letters and digits one by one, so that a text's letters are those of its characters."""
    if text.isascii():
        return "".join(filter(str.isalnum, text)).lower()
    return "".join(c for one in text for c in unicodedata.normalize("NFKC", one).lower() if c.isalnum())
