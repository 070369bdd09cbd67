"""The log: one line a fact, of every run, fetch, watch and served request, in `outputs/logs/gcmrefs.log`.

Facts go to Python's logging under the name `gcmrefs`, so that a program that embeds the pipeline can add a handler of its own; they
are not passed on to the root, where Prefect and others print what they get. Nothing is written before `keep_log` names a folder.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

LOGGER = logging.getLogger("gcmrefs")
LOGGER.addHandler(logging.NullHandler())
LOGGER.setLevel(logging.INFO)
LOGGER.propagate = False
FOLDER, NAME = "logs", "gcmrefs.log"
BYTES, KEPT = 2_000_000, 5
"""Size from which a new file is begun, and how many earlier ones stay (`gcmrefs.log.1` is the youngest)."""


def note(fact: str, *, is_problem: bool = False, **values: object) -> None:
    """Tell one fact and its values: `note("fetched", document="a", seconds=1.2)`; empty values are left out."""
    known = {name: value for name, value in values.items() if value not in ("", None)}
    level = logging.WARNING if is_problem else logging.INFO
    LOGGER.log(level, "%s", described(fact, known), extra={"fact": fact, "values": known})


def described(fact: str, values: dict[str, object]) -> str:
    """Return a fact as text; values with blanks are quoted, and no line break or control character gets through.

    >>> described("fetched", {"document": "a", "problem": "no answer"})
    'fetched document=a problem="no answer"'
    """
    return " ".join([fact, *(f"{name}={_shown(value)}" for name, value in values.items())])


def _shown(value: object) -> str:
    text = str(value)
    return text if text.isprintable() and not set(text) & set(' "=') else json.dumps(text, ensure_ascii=True)


class FactFormat(logging.Formatter):
    """A fact as one line: time (UTC), level and text, or one JSON object."""

    def __init__(self, *, is_json: bool) -> None:
        super().__init__()
        self._is_json = is_json

    def format(self, record: logging.LogRecord) -> str:
        at = f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%SZ}"
        if not self._is_json:
            return f"{at} {record.levelname.lower():<7} {record.getMessage()}"
        told = {"at": at, "level": record.levelname.lower(), "fact": getattr(record, "fact", record.getMessage())}
        return json.dumps({**told, **getattr(record, "values", {})}, ensure_ascii=False, default=str)


class LogFile(logging.Handler):
    """Appends to the log of one outputs folder, for any number of processes, on any system.

    The file is opened for each line, so that it can be renamed by whoever finds it full. A folder that is not there or cannot be
    written costs the line and nothing else: no work stops for its log, and a command that fails makes no folder.
    """

    def __init__(self, outputs: Path) -> None:
        super().__init__()
        self.outputs = outputs

    def emit(self, record: logging.LogRecord) -> None:
        path = self.outputs / FOLDER / NAME
        try:
            if not self.outputs.is_dir():
                return
            path.parent.mkdir(exist_ok=True)
            append(path, (self.format(record) + "\n").encode("utf-8", "replace"), kept=KEPT)
        except OSError:
            return


def append(path: Path, line: bytes, *, kept: int, mode: int = 0o644) -> None:
    """Add a line to a file in one step; one that would grow beyond `BYTES` becomes `.1`, that one `.2`, the last goes. OSError."""
    if path.exists() and path.stat().st_size + len(line) > BYTES:
        names = [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, kept + 1))]
        for older, newer in zip(reversed(names), reversed(names[:-1]), strict=False):
            if newer.exists():
                newer.replace(older)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, mode)
    try:
        os.write(descriptor, line)
    finally:
        os.close(descriptor)


def keep_log(outputs: Path, *, is_json: bool = False) -> None:
    """Write all further facts of this process to the log of these outputs, and to no other one's."""
    for handler in LOGGER.handlers[:]:
        if isinstance(handler, LogFile):
            LOGGER.removeHandler(handler)
    file = LogFile(outputs.absolute())
    file.setFormatter(FactFormat(is_json=is_json))
    LOGGER.addHandler(file)


def show_log() -> None:
    """Write all further facts to standard error as well (`gcmrefs -v`)."""
    shown = logging.StreamHandler(sys.stderr)
    shown.setFormatter(FactFormat(is_json=False))
    LOGGER.addHandler(shown)
