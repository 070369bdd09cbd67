"""Ctrl-C and SIGTERM: what is at work is ended, nothing is left half-written, the exit code says why.

`run.pool` ends the worker processes; `latest` moves last, so that what was published stays as it was; the next start
settles the run that was cut off (`store.runs.settle`) and clears its folders (`store.latest.clean`).
"""

from __future__ import annotations

import signal
import sys

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended, as shells know it."""


def end_on_sigterm() -> None:
    """Let SIGTERM end this process as Ctrl-C does: what it holds is let go, what it started is ended."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


def tell_interrupted() -> int:
    """Say on standard error that the command was interrupted; returns its exit code."""
    print("error: interrupted", file=sys.stderr)
    return INTERRUPTED
