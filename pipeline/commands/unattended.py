"""What is told of a command that nobody watched, by cron or a timer: one message where it failed, to `GCMREFS_NOTIFY`."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pipeline.log import LOGGER

SETTING = "GCMREFS_NOTIFY"
"""Names where messages go: the webhook of a chat, which takes `{"text": ...}`, or a block of Prefect."""
SECONDS = 30.0
"""The longest that a message may take."""
COMMANDS: frozenset[tuple[str, ...]] = frozenset(
    {("run",), ("tables",), ("backup",), ("corpus", "fetch"), ("corpus", "watch"), ("corpus", "check")}
)
"""The commands that schedules start."""
SUCCESS = "GCMREFS_NOTIFY_SUCCESS"
"""The setting that asks for a message where all went well, too."""
_LONGEST = 1_000


class Problems(logging.Handler):
    """The problems that the log was told of, but for those of a document that was not tried again since it last failed."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if getattr(record, "fact", "") != "run ended" and not getattr(record, "values", {}).get("is_known"):
            self.lines.append(record.getMessage())


def find_command(words: Sequence[str]) -> str:
    """Return the command of schedules that these words start, "" for any other.

    >>> find_command(["-q", "corpus", "watch", "--json"]), find_command(["extract", "run"])
    ('corpus watch', '')
    """
    named = [word for word in words if not word.startswith("-")]
    return next((" ".join(one) for one in COMMANDS if tuple(named[: len(one)]) == one), "")


@contextmanager
def told_end(words: Sequence[str]) -> Iterator[None]:
    """Tell how the command inside the block ends, if schedules start it, no person sits before it, and there is somebody to tell.

    One message a failure: a run whose failures are all those of the run before has been told. What was stopped (SIGTERM,
    Ctrl-C) did not fail.
    """
    command, target = find_command(words), read_target()
    if not command or not target or sys.stdin is None or sys.stdin.isatty():
        yield
        return
    problems = Problems()
    LOGGER.addHandler(problems)
    try:
        yield
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if code == 0:
            _tell_success(target, command)
        elif code <= 2 and (told := problems.lines or ["bad usage"] * (code == 2)):
            _tell(target, f"{command}: failed", "\n".join(told))
        raise
    except BrokenPipeError:  # nobody reads on: that is no failure
        raise
    except Exception as error:
        _tell(target, f"{command}: failed", str(error) or type(error).__name__)
        raise
    finally:
        LOGGER.removeHandler(problems)


def _tell_success(target: str, command: str) -> None:
    if os.environ.get(SUCCESS, "").lower() in ("1", "yes", "true"):
        _tell(target, f"{command}: done", "no problem")


def _tell(target: str, subject: str, body: str) -> None:
    if not is_address(target):
        warn_of(target, "blocks of Prefect are for its schedules: name an address")
        return
    try:
        from socket import gethostname

        post_message(target, f"gcm-references on {gethostname()}: {subject}", body[:_LONGEST])
    except (OSError, ValueError) as error:
        warn_of(target, error)


def read_target() -> str:
    """Return what the setting names: an address, a block of Prefect, or "" for nobody."""
    return os.environ.get(SETTING, "").strip()


def is_address(target: str) -> bool:
    return target.startswith(("http://", "https://"))


def post_message(address: str, subject: str, body: str) -> None:
    """Post a message. Raises OSError where it does not arrive, ValueError for what is no address."""
    from urllib.request import Request, urlopen

    data = json.dumps({"text": f"{subject}\n{body}"}).encode()
    with urlopen(Request(address, data, {"Content-Type": "application/json"}), timeout=SECONDS):
        pass


def warn_of(target: str, error: object) -> None:
    """Say that a message did not arrive: that harms nothing else."""
    print(f"warning: {SETTING}={target}: {' '.join(str(error).split())[:300]}", file=sys.stderr)
