"""A process apart for what strangers' files may crash or exhaust: with bounds, replaced when it dies, never believed.

Both ends speak over a socket pair in JSON and plain bytes: nothing that the process says is ever run.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

_START = "import sys; sys.path[:] = sys.argv[3:]; from {} import serve; serve(int(sys.argv[1]), int(sys.argv[2]))"


class Lost(Exception):
    """The process ended or was ended: what it was asked takes too long or too much memory."""


class Apart:
    """One process that runs `serve` of `module`, kept until it dies or is ended.

    memory    bytes of address space that it may take

    `serve(descriptor, memory)` of the module confines itself (`confine`) and answers on `Connection(descriptor)` until
    the other end is gone.
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
            command = [sys.executable, "-I", "-c", _START.format(self._module), str(theirs.fileno()), str(self._memory)]
            self._process = subprocess.Popen(
                command + [path or str(Path.cwd()) for path in sys.path],
                stdin=subprocess.DEVNULL,
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
        late = threading.Timer(seconds, self._process.kill)
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

    def end(self) -> None:
        """End the process; the next order starts another."""
        if self._owner == os.getpid():
            if self._line is not None:
                self._line.close()
            if self._process is not None:
                self._process.kill()
                self._process.wait()
        self._line = self._process = None


def confine(memory: int) -> None:
    """Little memory, no file written, no core dumped, in this process from now on; where the system has such bounds."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))
