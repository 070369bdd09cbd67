"""Work on strangers' files within limits: in a process apart that is ended when it takes too long or too much memory.

Every reader is bounded here, whoever asks: a run's workers, one file of `extract`, an audit, an upload. What works apart
is our own code on a file, so that orders and answers are pickled; PDFium, which is not, has a process of its own.
"""

from __future__ import annotations

import atexit
import os
import pickle
import stat
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pipeline.errors import InputError, ProcessLostError
from pipeline.ingest.apart import Apart, Lost, await_answer, confine
from pipeline.ingest.line import Progress
from pipeline.settings import Limits

SMALL = 100_000
"""Bytes (of a Word file: expanded) up to which nothing outlives the limits: read at once, without a process."""
LINES_OF_PAGE, CHARACTERS_OF_PAGE = 100, 10_000
"""More than any printed page holds."""
IDLE = 60.0
"""Seconds that a process waits for the next order."""
_STARTS = 60.0
"""Seconds that a process may take to start."""

Result = TypeVar("Result")

_idle: list[tuple[tuple[object, ...], Apart]] = []
_busy: set[Apart] = set()
_line: Connection | None = None
"""In a process apart: where it answers."""


def is_bounded() -> bool:
    """Whether this process is one that is ended when it takes too long."""
    return _line is not None


def is_small(path: Path) -> bool:
    """Whether a file is read at once wherever it is: small, and nothing in it expands. So is what cannot be opened."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return True
        with path.open("rb") as file:
            head = file.read(1100)
            if head.startswith(b"PK"):
                with zipfile.ZipFile(file) as archive:
                    return sum(part.file_size for part in archive.infolist()) <= SMALL
            return b"%PDF-" not in head and status.st_size <= SMALL
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return True


def require_size(name: str, limits: Limits, *, lines: int = 0, characters: int = 0) -> None:
    """Refuse, before it is taken apart, what is longer than any printed document of `limits.pages` could be."""
    most, longest = limits.pages * LINES_OF_PAGE, limits.pages * CHARACTERS_OF_PAGE
    if lines > most or characters > longest:
        problem = f"more than {most:,} lines" if lines > most else f"more than {longest:,} characters of text"
        raise InputError(name, problem, "split it, or raise GCMREFS_MAX_PAGES if you trust it")


def run_bounded(
    work: Callable[..., Result],
    *args: object,
    name: str,
    limits: Limits,
    progress: Progress | None = None,
    words: Mapping[str, object] = MappingProxyType({}),
) -> Result:
    """Return `work(*args, **words)`, done by a process that is ended at `limits.seconds`, with `limits.memory` at most.

    The process is kept for the next order. `work`, its arguments and what comes of it must be picklable; where there is
    `progress`, it is handed on. In a process that is itself bounded, the work is simply done.

    Raises: whatever the work raises; `InputError` that begins with `name` where it is ended.
    """
    if is_bounded():
        return work(*args, **words, **({} if progress is None else {"progress": progress}))
    settings = sorted(item for item in os.environ.items() if item[0].startswith("GCMREFS_"))
    kind = (os.getpid(), str(Path.cwd()), limits.memory, *settings)
    apart = _taken(kind, limits.memory)
    _busy.add(apart)
    try:
        order = pickle.dumps((work, args, dict(words), progress is not None))
        outcome: Result = _answer(apart, order, name, limits, progress)
        return outcome
    finally:
        _busy.discard(apart)
        _idle.append((kind, apart))


def _taken(kind: tuple[object, ...], memory: int) -> Apart:
    """An idle process that was started under the same settings, or a new one."""
    with suppress(IndexError):
        while True:
            same, apart = _idle.pop()
            if same == kind:
                return apart
            apart.end()
    return Apart(__name__, memory)


def _answer(apart: Apart, order: bytes, name: str, limits: Limits, progress: Progress | None) -> Any:
    seconds, began = limits.seconds, time.monotonic()
    try:
        _send(apart, order)
        began = time.monotonic()
        while True:
            with apart.within(max(began + seconds - time.monotonic(), 0.001)) as line:
                await_answer(line)
                kind, value = line.recv()
            if kind == "pages" and progress is not None:
                progress(*value)
            elif kind == "more":
                seconds += value
            elif kind == "memory":
                problem = f"needs more than {limits.memory / 1_000_000:g} MB of memory"
                raise InputError(name, problem, "split it, or raise GCMREFS_MAX_MEMORY if you trust it")
            elif kind == "raised":
                raise value
            elif kind == "result":
                return value
    except Lost:
        if time.monotonic() - began >= seconds:
            raise InputError(name, f"not read within {seconds:g} seconds", "raise GCMREFS_MAX_SECONDS") from None
        problem = "the process that read it ended unexpectedly: out of memory, or killed"
        raise ProcessLostError(name, problem, "try again, or split the document") from None


def _send(apart: Apart, order: bytes) -> None:
    """Give a process its order; one that waited and has ended meanwhile is replaced."""
    for is_last in (False, True):
        try:
            with apart.within(_STARTS) as line:
                line.send_bytes(order)
                await_answer(line)
                line.recv()
            return
        except Lost:
            if is_last:
                raise


def end_busy() -> None:
    """Kill what is being done, from any thread: whoever waits for it gets an error at once."""
    for apart in list(_busy):
        apart.kill()


@atexit.register
def end_idle() -> None:
    """End the processes that wait for work."""
    with suppress(IndexError):
        while True:
            _idle.pop()[1].end()


@contextmanager
def more_time(seconds: float) -> Iterator[None]:
    """Let what is done inside the block take so many seconds of its own."""
    began = time.monotonic()
    _tell("more", seconds)
    try:
        yield
    finally:
        _tell("more", time.monotonic() - began - seconds)


def _tell(kind: str, value: object = None) -> None:
    if _line is not None:
        _line.send((kind, value))


def serve(descriptor: int, memory: int) -> None:
    """Do orders until the other end is gone, or none comes for a while; runs in the process apart."""
    global _line
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each thread would take address space
    confine(memory, may_write=True)
    _line = Connection(descriptor)
    with suppress(EOFError, OSError):
        while _line.poll(IDLE):
            order = _line.recv_bytes()
            _tell("begun")
            try:
                work, args, words, is_followed = pickle.loads(order)
                del order
                if is_followed:
                    words["progress"] = lambda *pages: _tell("pages", pages)
                answer = pickle.dumps(("result", work(*args, **words)))
            except MemoryError:
                _tell("memory")
                return
            except Exception as error:
                error.add_note(traceback.format_exc())
                answer = _packed(error)
            _line.send_bytes(answer)


def _packed(error: Exception) -> bytes:
    try:
        packed = pickle.dumps(("raised", error))
        pickle.loads(packed)
    except Exception:
        packed = pickle.dumps(("raised", RuntimeError(f"{type(error).__name__}: {error}")))
    return packed
