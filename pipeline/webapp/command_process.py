"""The one command that this server has going, in a process of its own: a run, fetching, the tables written anew.

Never a thread of the server: a document that brings its reader down brings down that process, and nobody's page waits.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from pipeline.cell import legible
from pipeline.errors import GcmrefsError
from pipeline.files import locked
from pipeline.progress import Step
from pipeline.settings import Settings
from pipeline.translation import gettext

Kind = Literal["run", "fetch", "tables"]
State = Literal["idle", "working", "done", "failed", "stopped"]
COMMANDS: Mapping[Kind, tuple[str, ...]] = {
    "run": ("run",),
    "fetch": ("corpus", "fetch", "--missing"),
    "tables": ("tables",),
}
LABELS: Mapping[Kind, str] = {"run": "The run", "fetch": "Fetching", "tables": "Writing the tables"}
PROBLEMS = ("error:", "failed:", "minimum missed:", "warning:")
"""How lines begin that say what went wrong."""
LINES, LINE = 300, 400
"""Lines of what a command printed that are kept, the last ones, and characters of a line."""
END_SECONDS = 10.0
"""How long a command that was stopped may take to end before it is killed."""


def command_of(kind: Kind) -> Sequence[str]:
    """Return the command line of a kind; folders and store go by the environment, where a password is not seen."""
    return (sys.executable, "-P", "-m", "gcmrefs", "--steps", *COMMANDS[kind])


@dataclass(slots=True)
class CommandProcess:
    """What is going on, or was last: `kind` and `by` whom, how far (`step`), what it printed (`lines`), how long it took.

    `command` replaces the command line in tests.
    """

    settings: Settings
    command: Callable[[Kind], Sequence[str]] = command_of
    state: State = "idle"
    kind: Kind = "run"
    by: str = ""
    step: Step = field(default_factory=lambda: Step("documents"))
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=LINES))
    began: float = 0.0
    seconds: float = 0.0
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _process: subprocess.Popen[str] | None = None
    _reader: threading.Thread | None = None

    @property
    def is_working(self) -> bool:
        return self.state == "working"

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def elapsed(self) -> float:
        """Seconds since it began, or that it took."""
        return time.monotonic() - self.began if self.is_working else self.seconds

    @property
    def problems(self) -> list[str]:
        """Lines that say what went wrong."""
        return [line for line in list(self.lines) if line.startswith(PROBLEMS)]

    def start(self, kind: Kind, by: str, after: Callable[[CommandProcess], None] = lambda process: None) -> None:
        """Begin; `after` is called when it has ended.

        Raises GcmrefsError, and begins nothing, while another command of this server or of a terminal is going on.
        """
        with self._turn:
            if self.is_working:
                raise GcmrefsError(gettext("What %(name)s started is going on: wait until it has ended.", name=self.by))
            with locked(self.settings.outputs, wait=0):
                pass
            values = self.settings.model_dump(mode="json")
            given = {f"GCMREFS_{name.upper()}": str(value) for name, value in values.items()}
            try:
                self._process = subprocess.Popen(
                    self.command(kind),
                    env={**os.environ, **given, "PYTHONIOENCODING": "utf-8"},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    encoding="utf-8",
                    errors="replace",
                )
            except OSError as error:
                raise GcmrefsError(f"{LABELS[kind]} cannot be started: {error.strerror}") from None
            self.state, self.kind, self.by, self.step = "working", kind, by, Step("documents")
            self.began = time.monotonic()
            self.lines.clear()
        self._reader = threading.Thread(target=self._follow, args=(self._process, after), name=kind, daemon=True)
        self._reader.start()

    def stop(self) -> None:
        """End what is going on; documents that are done stay done. Nothing happens where nothing goes on."""
        with self._turn:
            if self._process is None or not self.is_working:
                return
            self.state = "stopped"
            self._process.terminate()
        self.wait(END_SECONDS)
        if self._process.poll() is None:
            self._process.kill()

    def wait(self, seconds: float = 120.0) -> None:
        """Wait until what was started has ended, and `after` was called."""
        if self._reader is not None:
            self._reader.join(seconds)

    def _follow(self, process: subprocess.Popen[str], after: Callable[[CommandProcess], None]) -> None:
        assert process.stdout is not None
        with process.stdout as printed:
            for line in iter(lambda: printed.readline(10_000), ""):
                self._take(line.rstrip())
        code = process.wait()
        with self._turn:
            self.seconds = time.monotonic() - self.began
            if self.is_working:
                self.state = "failed" if code else "done"
        after(self)

    def _take(self, line: str) -> None:
        """Take one line: a step of the progress, or something to keep."""
        if line.startswith('{"what": '):
            with suppress(ValueError, TypeError):
                step = Step(**json.loads(line))
                if step.what == "notice":
                    self.lines.append(legible(step.name)[:LINE])
                else:
                    self.step = step
                return
        if line:
            self.lines.append(legible(line)[:LINE])
