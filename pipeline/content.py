"""What kind of document some bytes are, told by themselves and never by a name or a server's word."""

from __future__ import annotations

import io
import zipfile


class Refused(Exception):
    """An address or some bytes that gave no document; the text says why."""


def suffix_of(data: bytes) -> str:
    """Return the file name ending that these bytes call for. Raises Refused when they are no document.

    >>> suffix_of(b"%PDF-1.7"), suffix_of(b"<!DOCTYPE html><p>x"), suffix_of("§ 1".encode())
    ('.pdf', '.html', '.txt')
    """
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in data[:1024].lower():
        return ".pdf"
    if data[:4] == b"PK\x03\x04":
        if _is_word(data):
            return ".docx"
        raise Refused("an archive, not a document")
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refused("an old Word file (.doc) or an encrypted one: save it as .docx")
    if not data.strip():
        raise Refused("empty")
    if head.startswith((b"<!doctype html", b"<html")) or b"<html" in head or b"<body" in head:
        return ".html"
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" in data[:4096]:
        raise Refused("neither a PDF, Word, HTML nor text file")
    return ".txt"


def _is_word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
