"""The audit log `review.log`: who signed in, what was refused, imported or written, one JSON line each, bounded."""

from __future__ import annotations

import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

BYTES = 2_000_000
"""Size from which the log becomes `review.log.1` and a new one is begun."""


class Record:
    """Appends lines to a file that only its owner can read; safe for many threads. A full disk stops no review.

    Record(path).note("sign in", who="Ana", peer="127.0.0.1")
    """

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()

    def note(self, what: str, *, who: str = "", peer: str = "", detail: str = "") -> None:
        """Write one line; `detail` is cut at 500 characters."""
        at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        told = {"at": at, "what": what, "who": who, "peer": peer, "detail": detail[:500]}
        line = (json.dumps(told) + "\n").encode("ascii")
        with self._lock:
            try:
                if self._path.exists() and self._path.stat().st_size + len(line) > BYTES:
                    self._path.replace(self._path.with_name(self._path.name + ".1"))
                descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
                try:
                    os.write(descriptor, line)
                finally:
                    os.close(descriptor)
            except OSError:
                return
