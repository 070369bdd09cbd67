"""PDF documents read to lines: what is printed, where it stands, and which lines make one paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader, BytesIO
from itertools import islice, repeat, zip_longest
from pathlib import Path
from typing import NamedTuple

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from pipeline.errors import InputError
from pipeline.ingest.line import Ingested
from pipeline.ingest.pdf.assembly import lines_of
from pipeline.ingest.pdf.content import PageContent
from pipeline.ingest.pdf.fields import placeholder, typed_runs
from pipeline.ingest.pdf.guard import TooLarge, bounded, quiet
from pipeline.ingest.pdf.layout import PageRows, page_rows
from pipeline.ingest.pdf.miner import mined_content
from pipeline.ingest.pdf.pages import fast_contents, place_of
from pipeline.ingest.pdf.salvage import rebuilt, trimmed
from pipeline.settings import Limits

HEADER_WITHIN = 1_000_000
UNREADABLE_SHARE = 0.3
"""Share of characters without a Unicode value from which a text layer is no text."""

MENDED = "broken file structure: read from the pages that are left"


class NoTextLayer(InputError):
    """The PDF shows pages but holds no text (scans, blank pages): recognition may read it."""


class _Opened(NamedTuple):
    document: PDF
    pages: Iterator[PDFPage]
    warning: str


def read_pdf(
    path: Path,
    *,
    name: str,
    sha256: str,
    limits: Limits,
    password: str = "",
    progress: Callable[[int, int], None] | None = None,
    is_checked: bool = False,
) -> Ingested:
    """Read a PDF to lines in reading order, each with its words, boxes, style and role.

    `progress(done, total)` is called after each page. Memory does not grow with the number of pages beyond the lines
    themselves: each page is closed once its rows are taken.
    Damaged files are read as far as they go, with a line in `Ingested.warnings`; where `is_checked`, each page is read
    by the slow reader too, and a line tells of one that it reads otherwise.

    Raises: `NoTextLayer` for scans and blank pages; `InputError` for files that are no PDF, are encrypted (give
    `password`), broken, or beyond one of `limits`.

        document = read_pdf(Path("A_RES_73_195.pdf"), name="A_RES_73_195.pdf", sha256=digest, limits=Limits())
        print(document.lines[0].text)
    """
    if path.stat().st_size > limits.bytes:
        raise InputError(name, f"larger than {limits.bytes:,} bytes", "raise GCMREFS_MAX_BYTES")
    try:
        with quiet(), bounded(limits.expanded_bytes):
            pages, metadata, warnings = _read(path, name, limits, password, progress, is_checked)
            _require_text(pages, name, warnings)
            lines = lines_of(pages)
    except TooLarge:
        problem = f"expands to more than {limits.expanded_bytes:,} bytes"
        raise InputError(name, problem, "raise GCMREFS_MAX_EXPANDED_BYTES if the file is to be trusted") from None
    except RecursionError:
        raise InputError(name, "too deeply nested", "save it anew with a PDF program") from None
    count = len({page.number for page in pages})
    return Ingested(name, sha256, "pdf", lines, count, metadata, warnings=tuple(warnings))


def _read(
    path: Path,
    name: str,
    limits: Limits,
    password: str,
    progress: Callable[[int, int], None] | None,
    is_checked: bool,
) -> tuple[list[PageRows], dict[str, str], list[str]]:
    with _opened(path, name, password) as opened:
        found = _page_objects(opened, name, limits)
        total = len(found)
        metadata = _metadata(opened.document)
        warnings = [opened.warning] if opened.warning else []
        pages: list[PageRows] = []
        numbers: set[int] = set()
        for page in _rows(opened, path, password, found, is_checked):
            pages.append(page)
            numbers.add(page.number)
            if progress is not None:
                progress(len(numbers), total)
        words = sum(len(row.words) for page in pages for row in page.rows)
        if stands_in := placeholder(opened.document, words):
            raise InputError(name, *stands_in)
    pages.sort(key=lambda p: p.number)
    warnings += [f"page {p.number}: {p.problem}" for p in pages if p.problem]
    return pages, metadata, warnings


@contextmanager
def _opened(path: Path, name: str, password: str) -> Iterator[_Opened]:
    """Open a PDF, mended where its structure is broken."""
    with path.open("rb") as stream:
        head = stream.read(HEADER_WITHIN)
        if not head:
            raise InputError(name, "empty file", "fetch the file again")
        at = head.find(b"%PDF-")
        if at < 0:
            raise InputError(name, "not a PDF", "give the file its true extension, or fetch it again")
        data: BufferedReader | BytesIO = stream
        if at:
            stream.seek(0)
            data = BytesIO(trimmed(stream.read()))
        opened = _attempt(data, name, password)
        if opened is None:
            data.seek(0)
            mended = rebuilt(data.read())
            opened = _attempt(BytesIO(mended), name, password) if mended else None
            if opened is None:
                raise InputError(name, "broken PDF (damaged or cut short)", "fetch the file again")
            opened = opened._replace(warning=MENDED)
        yield opened


def _attempt(stream: BufferedReader | BytesIO, name: str, password: str) -> _Opened | None:
    """The document if it opens and has a first page; None when its structure is broken."""
    stream.seek(0)
    try:
        document = PDF.open(stream, password=password)
        pages = PDFPage.create_pages(document.doc)
        first = next(pages, None)
        return None if first is None else _Opened(document, _chained(first, pages), "")
    except RecursionError:
        raise InputError(name, "page tree nested too deeply", "save it anew with a PDF program") from None
    except Exception as error:
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, PDFPasswordIncorrect):
            problem = "encrypted, and the password is wrong" if password else "encrypted"
            raise InputError(name, problem, "give --password") from None
        if isinstance(cause, PDFEncryptionError):
            raise InputError(name, "encrypted in a way that cannot be read", "save it without encryption") from None
        return None


def _chained(first: PDFPage, rest: Iterator[PDFPage]) -> Iterator[PDFPage]:
    yield first
    yield from rest


def _page_objects(opened: _Opened, name: str, limits: Limits) -> list[PDFPage]:
    found: list[PDFPage] = []
    try:
        for page in islice(opened.pages, limits.pages + 1):
            found.append(page)
    except RecursionError:
        raise InputError(name, "page tree nested too deeply", "save it anew with a PDF program") from None
    except Exception:
        if not found:
            raise InputError(name, "broken PDF (no page can be read)", "fetch the file again") from None
    if len(found) > limits.pages:
        raise InputError(name, f"more than {limits.pages:,} pages", "raise GCMREFS_MAX_PAGES")
    return found


def _rows(opened: _Opened, path: Path, password: str, found: Sequence[PDFPage], is_checked: bool) -> Iterator[PageRows]:
    """Rows page after page; each page's objects are released before the next is read."""
    document = opened.document
    shown = [_is_described(document, source, number) for number, source in enumerate(found, 1)]
    contents: Iterator[PageContent | None] = repeat(None)
    if not opened.warning:
        sources = [source if is_shown else None for source, is_shown in zip(found, shown, strict=True)]
        contents = fast_contents(path, password, document.doc, sources)
    for number, (source, is_shown, content) in enumerate(zip(found, shown, contents, strict=False), 1):
        if is_shown and is_checked and content is not None:
            yield from _checked(_pages(document, source, number, content), _pages(document, source, number, None))
        elif is_shown:
            yield from _pages(document, source, number, content)
        else:
            yield PageRows(number, 0.0, 0.0, 0, (), problem="its description is broken; left out")


def _checked(fast: list[PageRows], slow: list[PageRows]) -> list[PageRows]:
    """What PDFium reads, with the first row that the slow reader reads otherwise told as its problem."""
    texts = ([row.text for page in pages for row in page.rows] for pages in (fast, slow))
    other = next(((one, two) for one, two in zip_longest(*texts, fillvalue="") if one != two), None)
    if other is None:
        return fast
    return [fast[0]._replace(problem=f'PDFium reads "{other[0][:60]}", pdfplumber "{other[1][:60]}"'), *fast[1:]]


def _is_described(document: PDF, source: PDFPage, number: int) -> bool:
    """Whether the page says of itself what a page must; its media box is then what is shown of it."""
    try:
        Page(document, source, page_number=number)
        source.mediabox = _cropped(source)
    except Exception:
        return False
    return True


def _pages(document: PDF, source: PDFPage, number: int, content: PageContent | None) -> list[PageRows]:
    """The rows of a page; two where two pages stand on one sheet."""
    try:
        content = content or mined_content(document, source)
        content = content._replace(items=[*content.items, *typed_runs(source, content)])
    except Exception as error:
        if isinstance(error, RecursionError):
            problem = "form objects nested too deeply"
        else:
            problem = " ".join(str(error).split())[:120] or type(error).__name__
        place = place_of(number, source)
        return [PageRows(number, place.width, place.height, 0, (), problem=f"{problem}; left out")]
    return page_rows(content, number)


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


def _metadata(document: PDF) -> dict[str, str]:
    """Title and language as the file states them; the titles that programs make up are left out."""
    title = document.metadata.get("Title")
    found: dict[str, str] = {}
    if isinstance(title, str) and not re.match(r"(?i)untitled|microsoft word|document\d*$|\s*$", title):
        found["title"] = " ".join(title.split())
    language = document.doc.catalog.get("Lang")
    if isinstance(language, bytes) and re.fullmatch(rb"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", language):
        found["language"] = language.decode("ascii")
    return found


def _require_text(pages: list[PageRows], name: str, warnings: list[str]) -> None:
    """Refuse a document without text, and tell of pages that show only pictures."""
    remedy = "install the ocr extra (ocrmypdf) and Debian's tesseract-ocr, or give a PDF with text"
    if not any(page.rows for page in pages):
        broken = next((p.problem for p in pages if p.problem), "")
        if broken and not any(page.images for page in pages):
            raise InputError(name, f"no page can be read ({broken})", "fetch the file again")
        raise NoTextLayer(name, "no text layer", remedy)
    glyphs, unmapped = sum(p.glyphs for p in pages), sum(p.unmapped for p in pages)
    if unmapped > UNREADABLE_SHARE * glyphs:
        if MENDED in warnings:
            raise InputError(name, "broken PDF (cut short; its fonts are lost)", "fetch the file again")
        raise NoTextLayer(name, "its text layer names no characters (broken or missing fonts)", remedy)
    if unmapped:
        warnings.append(f"{unmapped} of {glyphs} characters have no Unicode value")
    bare = [str(p.number) for p in pages if p.images and not p.rows]
    if bare:
        warnings.append(f"no text layer on page {', '.join(bare[:20])}{' and more' if len(bare) > 20 else ''}")
