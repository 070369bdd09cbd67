"""The audit log `review.log`: who signed in, what was refused, imported or written, one JSON line each, bounded."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from pipeline.log import append


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
        with self._lock, suppress(OSError):
            append(self._path, (json.dumps(told) + "\n").encode("ascii"), kept=1, mode=0o600)
