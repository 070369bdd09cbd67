"""A process apart for what strangers' files may crash or exhaust: with bounds, and replaced when it dies."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

HEED = 0.5
"""Seconds after which whoever waits looks up: a signal that came just before a wait is heeded when the wait ends."""
_START = """
import gc, sys
gc.set_threshold(*map(int, sys.argv[3].split()))
sys.path[:] = sys.argv[4:]
from pipeline.ingest.apart import end_with_parent
from {} import serve
end_with_parent()
serve(int(sys.argv[1]), int(sys.argv[2]))
"""


class Lost(Exception):
    """The process ended or was ended: what it was asked takes too long or too much memory."""


class Apart:
    """One process that runs `serve` of `module`, kept until it dies or is ended.

    memory    bytes of address space that it may take

    `serve(descriptor, memory)` of the module confines itself (`confine`) and answers on `Connection(descriptor)` until
    the other end is gone. The process and what it starts are one group, which is ended as a whole; no Ctrl-C of the
    terminal reaches it.
    """

    def __init__(self, module: str, memory: int) -> None:
        self._module, self._memory = module, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._owner = 0

    def line(self) -> Connection:
        """The line to the process, which is started when there is none; a fork of ours starts its own."""
        if self._owner != os.getpid():
            self._process = self._line = None
        if self._process is not None and self._line is not None and self._process.poll() is None:
            return self._line
        self.end()
        ours, theirs = socket.socketpair()
        is_posix = os.name == "posix"
        with theirs:
            theirs.set_inheritable(not is_posix)
            numbers = [str(theirs.fileno()), str(self._memory), " ".join(map(str, gc.get_threshold()))]
            command = [sys.executable, "-I", "-c", _START.format(self._module), *numbers]
            self._process = subprocess.Popen(
                command + [path or str(Path.cwd()) for path in sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()] if is_posix else (),
                close_fds=is_posix,
                start_new_session=True,
            )
        self._line, self._owner = Connection(ours.detach()), os.getpid()
        return self._line

    @contextmanager
    def within(self, seconds: float) -> Iterator[Connection]:
        """The line to the process, which is ended after so many seconds, or when anything goes wrong in the block.

        Raises: `Lost`.
        """
        line = self.line()
        assert self._process is not None
        late = threading.Timer(seconds, self.kill)
        late.daemon = True
        late.start()
        try:
            yield line
        except (OSError, EOFError, ValueError):
            self.end()
            raise Lost from None
        except BaseException:
            self.end()
            raise
        finally:
            late.cancel()

    def kill(self) -> None:
        """Kill the process and what it started, from any thread; whoever waits for its answer finds it `Lost`."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.terminate()

    def end(self) -> None:
        """End the process; the next order starts another."""
        if self._owner == os.getpid():
            if self._line is not None:
                self._line.close()
            if self._process is not None:
                self.kill()
                self._process.communicate()
        self._line = self._process = None


def await_answer(line: Connection) -> None:
    """Return when the line has something to read, or its other end is gone; a signal is heeded meanwhile."""
    while not line.poll(HEED):
        pass


def confine(memory: int, *, may_write: bool = False) -> None:
    """Little memory, no core dumped, in this process from now on; where the system has such bounds.

    What `may_write` files also gets its memory back for the programs that it starts (`unconfined`).
    """
    try:
        import resource
    except ImportError:
        return
    bounds = [(resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)]
    for kind, most in bounds if may_write else [*bounds, (resource.RLIMIT_FSIZE, 0)]:
        _, hard = resource.getrlimit(kind)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, hard if may_write else value))


@contextmanager
def unconfined() -> Iterator[None]:
    """Let programs that are started inside the block have the memory that this process must not have."""
    try:
        import resource
    except ImportError:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (before[1], before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def end_with_parent() -> None:
    """End this process when the one that started it is gone, whatever it is busy with."""

    def follow() -> None:
        while os.read(0, 1):
            pass
        os._exit(0)

    threading.Thread(target=follow, daemon=True).start()
