"""A lock on the outputs folder, so that two runs never write it at once."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import GcmrefsError


@contextmanager
def locked(folder: Path, *, wait: float = 600.0, notice: Callable[[str], None] = lambda line: None) -> Iterator[None]:
    """Hold the folder for the length of a `with` block; wait up to `wait` seconds while another process holds it.

    `notice` is told once, before waiting, who holds it. The lock ends with its process, however that ends, so a killed
    run never blocks the next one. Raises GcmrefsError when the time is over or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise GcmrefsError(f"{folder}: cannot be written: {error.strerror}: give --outputs") from None
    try:
        until, told = time.monotonic() + wait, False
        while not _taken(descriptor):
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            if time.monotonic() >= until:
                raise GcmrefsError(f"{folder}: another run (process {holder}) is writing there: try again later")
            if not told:
                notice(f"waiting for another run (process {holder}) that is writing {folder}")
                told = True
            time.sleep(0.1)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
