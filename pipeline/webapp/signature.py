"""Signed cookies and form tokens: HMAC over the parts, with a key that never leaves `outputs/store/`."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import GcmrefsError

COOKIE_SECONDS = 30 * 24 * 3600
"""How long a name is remembered."""
_KEY_BYTES = 32


def read_key(path: Path) -> bytes:
    """Return the key in this file, made on first use; only its owner may read it. Raises GcmrefsError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            path.chmod(0o600)
        else:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(_KEY_BYTES))
        found = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no key"
        raise GcmrefsError(f"{path}: {reason}: remove the file, or give --outputs") from None
    if len(found) != _KEY_BYTES:
        raise GcmrefsError(f"{path}: not a whole key: remove the file")
    return found


class Signer:
    """Signs who somebody is and which form they were given; another `password` makes all that was signed void.

    >>> signer = Signer(b"k" * 32)
    >>> signer.reviewer(signer.cookie("Ana"))
    'Ana'
    >>> signer.holds(signer.token("Ana"), "Ana"), signer.holds(signer.token("Ana"), "Ben")
    (True, False)
    """

    def __init__(self, key: bytes, password: str = "", clock: Callable[[], float] = time.time) -> None:
        self._key = hmac.digest(key, b"review" + hashlib.sha256(password.encode("utf-8")).digest(), "sha256")
        self._clock = clock

    def cookie(self, name: str) -> str:
        """Return what a browser keeps of a reviewer: name, time and a random part, signed."""
        told = json.dumps([name, int(self._clock()), secrets.token_hex(8)]).encode("utf-8")
        body = base64.urlsafe_b64encode(told).decode("ascii").rstrip("=")
        return f"{body}.{self._sign('cookie', body)}"

    def reviewer(self, cookie: str) -> str:
        """Return the name in a cookie, "" when it is not ours, too old or damaged."""
        body, _, signed = cookie.partition(".")
        if not hmac.compare_digest(signed.encode(), self._sign("cookie", body).encode()):
            return ""
        name, at, _ = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return str(name) if 0 <= self._clock() - at <= COOKIE_SECONDS else ""

    def token(self, session: str) -> str:
        """Return what stands in every form given to this session (a cookie, or a name from a proxy)."""
        return self._sign("form", session)

    def holds(self, token: str, session: str) -> bool:
        """Tell whether a form was given to this session."""
        return hmac.compare_digest(token.encode("utf-8", "replace"), self.token(session).encode())

    def _sign(self, purpose: str, text: str) -> str:
        return hmac.digest(self._key, f"{purpose}\n{text}".encode("utf-8", "replace"), "sha256").hex()


def is_same(one: str, other: str) -> bool:
    """Compare two secrets in a time that tells nothing about them."""
    return hmac.compare_digest(*(hashlib.sha256(text.encode("utf-8", "replace")).digest() for text in (one, other)))
