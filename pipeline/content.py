"""What kind of document some bytes are, told by themselves and never by a name or a server's word."""

from __future__ import annotations

from pipeline.errors import InputError
from pipeline.settings import Limits


class Refused(Exception):
    """An address or some bytes that gave no document; the text says why."""


def suffix_of(data: bytes) -> str:
    """Return the file name ending that these bytes call for, as the readers see them.

    Raises Refused, with the remedy, when they are no document that can be read.

    >>> suffix_of(b"%PDF-1.7"), suffix_of(b"<!DOCTYPE html><p>x"), suffix_of("§ 1".encode())
    ('.pdf', '.html', '.txt')
    """
    from pipeline.ingest.format import SUFFIXES, detect

    try:
        return SUFFIXES[detect(data, name="", expanded_bytes=Limits().expanded_bytes).format]
    except InputError as error:
        raise Refused(f"{error.problem}: {error.remedy}") from None
