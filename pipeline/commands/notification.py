"""Messages to where `GCMREFS_NOTIFY` leads: the webhook of a chat, which takes `{"text": ...}`."""

from __future__ import annotations

import json
import os
import sys

SETTING = "GCMREFS_NOTIFY"
SECONDS = 30.0
"""The longest that a message may take."""


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
