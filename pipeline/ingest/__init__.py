"""The front door: any supported file in, its lines out."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.ingest.line import Ingested, Line, Progress

if TYPE_CHECKING:
    from pipeline.settings import Limits

__all__ = ["Ingested", "Line", "Progress", "read_document"]


def read_document(
    path: Path | str,
    *,
    limits: Limits | None = None,
    password: str = "",
    processes: int = 1,
    progress: Progress | None = None,
    is_checked: bool = False,
) -> Ingested:
    """Reads one document of any supported format into lines; the format is told by content, not by name.

    path       a PDF, Word (.docx), HTML or plain-text file; a PDF without a text layer is recognized where OCR is there
    limits     what it may cost (defaults: `Limits()`, from the environment); where it may cost much, a process of its
               own reads it, which is ended when it costs more
    password   opens an encrypted PDF; processes the number of workers that recognize pages
    is_checked reads each page of a PDF with a second library too, and warns where they differ
    returns    the lines in reading order, each with page (from 1) and box (points from the page's top left) if it has any
    raises     InputError for anything that cannot be read: one line with the file and the remedy; TypeError for what is
               no path (bytes, an open file)

    >>> read_document("corpus/sample/sample-declaracion.es.txt").lines[0].text
    'DIÁLOGO DE MUESTRA SOBRE MIGRACIONES'
    """
    if not isinstance(path, Path | str):
        raise TypeError(f"path must be a path to a file (str or pathlib.Path), not {type(path).__name__}")
    path = Path(path)
    if limits is None:
        from pipeline.settings import Limits as Defaults

        limits = Defaults()
    name = "".join(char if char.isprintable() else "?" for char in path.name)
    from pipeline.ingest.bounded import is_bounded, is_small, require_size, run_bounded

    if not is_bounded() and not is_small(path):
        return run_bounded(
            read_document, path, name=name, limits=limits, progress=progress,
            words={"limits": limits, "password": password, "processes": processes, "is_checked": is_checked},
        )  # fmt: skip
    data = _bytes_of(path, name, limits)
    from pipeline.ingest.format import LABELS, detect

    label = "a document"
    try:
        found = detect(data, name=name, expanded_bytes=limits.expanded_bytes)
        label = LABELS[found.format]
        sha256 = hashlib.sha256(data).hexdigest()
        if found.format == "pdf":
            del data  # the PDF reader opens the file itself
            ingested = _pdf(path, name, sha256, limits, password, processes, progress, is_checked)
        else:
            ingested = _read(data, found.format, name, sha256, limits)
    except (InputError, ImportError, MemoryError):  # a missing module is a broken installation, not a bad document
        raise
    except Exception as error:  # parsers fail in their own ways on bad input; the user needs one line
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise InputError(name, f"cannot be read as {label}: {reason}", "check the file or save it again") from error
    require_size(name, limits, lines=len(ingested.lines), characters=sum(len(line.text) for line in ingested.lines))
    return replace(ingested, warnings=found.warnings + ingested.warnings) if found.warnings else ingested


def _read(data: bytes, kind: str, name: str, sha256: str, limits: Limits) -> Ingested:
    """Hands the bytes to the reader of their format; each reader is imported only when it is needed."""
    if kind == "docx":
        from pipeline.ingest.word.reader import read_docx

        return read_docx(data, name=name, sha256=sha256, limits=limits)
    if kind == "html":
        from pipeline.ingest.html.reader import read_html

        return read_html(data, name=name, sha256=sha256, limits=limits)
    from pipeline.ingest.text.reader import read_text

    return read_text(data, name=name, sha256=sha256, limits=limits)


def _bytes_of(path: Path, name: str, limits: Limits) -> bytes:
    """The file's bytes, read once; never more than the limit, also where the file grows or lies about its size."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(name, "a folder, not a file", "name the documents in it")
        if not stat.S_ISREG(status.st_mode):
            raise InputError(name, "not a regular file", "copy it to a file first")
        with path.open("rb") as stream:
            data = stream.read(min(status.st_size, limits.bytes) + 1)
            if len(data) <= limits.bytes:
                data += stream.read(limits.bytes + 1 - len(data))
    except FileNotFoundError:
        raise InputError(name, "no such file", "check its folder and spelling") from None
    except (OSError, ValueError) as error:
        raise InputError(
            name, f"cannot be opened: {getattr(error, 'strerror', None) or error}", "check its rights"
        ) from error
    if len(data) > limits.bytes:
        raise InputError(
            name, f"larger than {limits.bytes / 1_000_000:g} MB", "raise GCMREFS_MAX_BYTES if you trust it"
        )
    return data


def _pdf(
    path: Path,
    name: str,
    sha256: str,
    limits: Limits,
    password: str,
    processes: int,
    progress: Progress | None,
    is_checked: bool,
) -> Ingested:
    from pipeline.ingest.pdf.reader import NoTextLayer, read_pdf

    try:
        return read_pdf(
            path, name=name, sha256=sha256, limits=limits, password=password, progress=progress, is_checked=is_checked
        )
    except NoTextLayer as missing:
        from pipeline.ingest.pdf.ocr import read_scanned

        return read_scanned(
            path, name=name, sha256=sha256, limits=limits, missing=missing, processes=processes, progress=progress
        )
