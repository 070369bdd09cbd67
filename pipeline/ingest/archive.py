"""A zip package read under limits: what it declares is checked first, what it yields is counted as it is read."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from types import TracebackType

from pipeline.errors import InputError

_CHUNK = 1 << 16
_MAX_PARTS = 20_000


class Archive:
    """The parts of a zip file, each read once and bounded, because a zip of 1 MB may hold 200 MB.

    data   the bytes of the file; name the file's name for messages; expanded_bytes the most that all parts may hold
    raises InputError: damaged or encrypted, too many parts, or "expands to more than N MB"

    >>> Archive(b"PK", name="a.docx", expanded_bytes=1000)
    Traceback (most recent call last):
    ...
    pipeline.errors.InputError: a.docx: a damaged zip package: save it again or fetch it again
    """

    def __init__(self, data: bytes, *, name: str, expanded_bytes: int) -> None:
        self._name, self._left, self._limit = name, expanded_bytes, expanded_bytes
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, UnicodeDecodeError) as error:
            raise self._damaged() from error
        if len(parts) > _MAX_PARTS:
            raise InputError(name, f"holds more than {_MAX_PARTS} parts", "save it again in a word processor")
        if sum(part.file_size for part in parts) > expanded_bytes:
            raise self._bomb()
        if any(part.flag_bits & 1 for part in parts):
            raise InputError(name, "an encrypted zip package", "save it without a password")
        self.names: frozenset[str] = frozenset(part.filename for part in parts)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        self._zip.close()

    def read(self, part: str) -> bytes:
        """The bytes of one part; b"" when there is none. The bytes of all reads count against the limit."""
        if part not in self.names:
            return b""
        chunks: list[bytes] = []
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise self._bomb()
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError) as error:
            raise self._damaged() from error
        return b"".join(chunks)

    def _bomb(self) -> InputError:
        size = f"{self._limit / 1_000_000:.0f} MB"
        return InputError(
            self._name, f"expands to more than {size}", "raise GCMREFS_MAX_EXPANDED_BYTES if you trust it"
        )

    def _damaged(self) -> InputError:
        return InputError(self._name, "a damaged zip package", "save it again or fetch it again")
