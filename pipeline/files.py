"""Files written whole or not at all, their checksums, and a lock on a folder."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import GcmrefsError

if TYPE_CHECKING:
    from filelock import BaseFileLock


def checksum(path: Path) -> str:
    """Return the sha256 of a file as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256(data: bytes) -> str:
    """Return the sha256 of some bytes as hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def json_text(value: object) -> str:
    """Return JSON as it is written to files: readable, in the order given, non-ASCII letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def write_text(path: Path, text: str) -> None:
    """Write a text file in one step: readers see the old one or the new one, never a part. UTF-8."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file in one step: a temporary file beside it, then a rename. Raises OSError.

    What is there and is no file (`/dev/null`, a pipe) is written into: a rename would put a file in its place.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as device:
            device.write(data)
        return
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def locked(folder: Path, *, wait: float = 600.0, notice: Callable[[str], None] = lambda line: None) -> Iterator[None]:
    """Hold the folder for the length of a `with` block; wait up to `wait` seconds while another process holds it.

    `notice` is told once, before waiting, who holds it. The lock ends with its process, however that ends, so a killed
    run never blocks the next one. Raises GcmrefsError when the time is over or the folder cannot be written.
    """
    from filelock import FileLock

    lock, holder = FileLock(folder / ".lock"), folder / ".lock-holder"
    until, told = time.monotonic() + wait, False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while not _taken(lock):
            name = _text(holder) or "unknown"
            if time.monotonic() >= until:
                raise GcmrefsError(f"{folder}: another run (process {name}) is writing there: try again later")
            if not told:
                notice(f"waiting for another run (process {name}) that is writing {folder}")
                told = True
            time.sleep(0.1)
        holder.write_text(f"{os.getpid()}\n", encoding="ascii")
    except OSError as error:
        raise GcmrefsError(f"{folder}: cannot be written: {error.strerror}: give --outputs") from None
    try:
        yield
    finally:
        lock.release()


def _taken(lock: BaseFileLock) -> bool:
    from filelock import Timeout

    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    return True


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Sort key of names as people sort them: numbers by their value, and no difference of case.

    >>> sorted(["GFMD 10", "gfmd 9"], key=natural)
    ['gfmd 9', 'GFMD 10']
    """
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", text.casefold()))
