"""Bounds for reading files that nobody vouches for: decompressed size, and noise on the terminal."""

from __future__ import annotations

import logging
import threading
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from typing import TypeVar

from pdfminer import cmapdb, pdffont, pdftypes
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfexceptions import PDFEOFError

MAP_ENTRY_BYTES = 64


class TooLarge(BaseException):
    """The decompressed parts of a file exceed the limit; not an `Exception`, so that no parser swallows it."""


class Budget:
    """Bytes that decompression may still produce.

    >>> budget = Budget(10)
    >>> budget.take(4)
    >>> budget.left
    6
    """

    def __init__(self, size: int) -> None:
        self.size = self.left = size

    def take(self, count: int) -> None:
        """Count bytes as used; raises `TooLarge` when more were used than there are."""
        self.left -= count
        if self.left < 0:
            raise TooLarge


_budget: ContextVar[Budget | None] = ContextVar("expanded_bytes", default=None)
_patch = threading.Lock()
_users = 0
_NOISY = ("pdfminer", "pdfplumber", "PIL")


class _BoundedFlate:
    """Stands in for the module `zlib` inside pdfminer: the same names, with output counted before it is kept."""

    error = zlib.error

    @staticmethod
    def decompress(data: bytes) -> bytes:
        budget = _budget.get()
        if budget is None:
            return zlib.decompress(data)
        flate = zlib.decompressobj()
        out = flate.decompress(data, budget.left + 1)
        budget.take(len(out))
        if not flate.eof:
            raise zlib.error("incomplete or truncated stream")
        return out

    @staticmethod
    def decompressobj() -> _BoundedObject:
        return _BoundedObject()


class _BoundedObject:
    def __init__(self) -> None:
        self._flate = zlib.decompressobj()

    def decompress(self, data: bytes) -> bytes:
        budget = _budget.get()
        if budget is None:
            return self._flate.decompress(data)
        out = self._flate.decompress(data, budget.left + 1)
        budget.take(len(out))
        return out


def _bounded_lzw(data: bytes) -> bytes:
    out = bytearray()
    budget = _budget.get()
    try:
        for piece in LZWDecoder(BytesIO(data)).run():
            out += piece
            if budget is not None:
                budget.take(len(piece))
    except (PDFEOFError, IndexError, TypeError):
        pass
    return bytes(out)


def _bounded_runs(data: bytes) -> bytes:
    out = bytearray()
    budget = _budget.get()
    at = 0
    while at < len(data) and data[at] != 128:
        length = data[at]
        piece = data[at + 1 : at + 2 + length] if length < 128 else data[at + 1 : at + 2] * (257 - length)
        at += length + 2 if length < 128 else 2
        out += piece
        if budget is not None:
            budget.take(len(piece))
    return bytes(out)


def _counted(method: Callable[..., None]) -> Callable[..., None]:
    """A font map's method that counts each entry against the budget: a range of four lines can hold billions."""

    def add(self: object, *args: object) -> None:
        budget = _budget.get()
        if budget is not None:
            budget.take(MAP_ENTRY_BYTES)
        method(self, *args)

    return add


Widths = TypeVar("Widths")


def _clamped(function: Callable[[list[object]], Widths]) -> Callable[[Iterable[object]], Widths]:
    """A reader of font widths that sees no character number beyond those that PDF has (65,535)."""

    def read(seq: Iterable[object]) -> Widths:
        values = (pdftypes.resolve1(v) for v in seq)
        return function([min(max(v, -65_535), 65_535) if isinstance(v, int | float) else v for v in values])

    return read


_BOUNDED: tuple[tuple[object, str, object], ...] = (
    (pdftypes, "zlib", _BoundedFlate),
    (pdftypes, "lzwdecode", _bounded_lzw),
    (pdftypes, "rldecode", _bounded_runs),
    (cmapdb.FileUnicodeMap, "add_cid2unichr", _counted(cmapdb.FileUnicodeMap.add_cid2unichr)),
    (cmapdb.FileCMap, "add_code2cid", _counted(cmapdb.FileCMap.add_code2cid)),
    (pdffont, "get_widths", _clamped(pdffont.get_widths)),
    (pdffont, "get_widths2", _clamped(pdffont.get_widths2)),
)
_ORIGINAL: tuple[tuple[object, str, object], ...] = tuple(
    (owner, key, getattr(owner, key)) for owner, key, _ in _BOUNDED
)


@contextmanager
def bounded(expanded_bytes: int) -> Iterator[Budget]:
    """Let pdfminer decompress at most `expanded_bytes` inside the block, all streams together.

    pdfminer expands a stream in one go, so a file of 1 kB can take gigabytes; here the output is counted before it
    is kept. Entries of font maps count too. Nested blocks share the outer
    budget; other threads have their own.

    Raises: `TooLarge`.
    """
    global _users
    budget = _budget.get() or Budget(expanded_bytes)
    token = _budget.set(budget)
    with _patch:
        _users += 1
        for owner, key, value in _BOUNDED:
            setattr(owner, key, value)
    try:
        yield budget
    finally:
        _budget.reset(token)
        with _patch:
            _users -= 1
            if not _users:
                for owner, key, value in _ORIGINAL:
                    setattr(owner, key, value)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the PDF libraries from writing warnings to the terminal inside the block."""
    levels = {name: logging.getLogger(name).level for name in _NOISY}
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
