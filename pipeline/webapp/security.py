"""What stands between the network and the pages: hosts, origins, sizes, headers, and how often a password is tried."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.log import note
from pipeline.translation import gettext_noop

BODY_BYTES = 1_000_000
"""Size of a form; larger ones are refused unread."""
HEALTH = "/health"
"""Asked every half minute by whoever watches over the review: noted in the log only where something is wrong."""
FILES: Mapping[str, tuple[int, int]] = {"/corpus/upload": (20, 200_000_000), "/files/workbook": (1, 30_000_000)}
"""Addresses whose forms carry files: how many, and the size of such a form."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SAFE_METHODS = frozenset({"GET", "HEAD"})
POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "connect")),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
"""Of every answer. Referrers stay inside: with `no-referrer` a browser would not name the origin of a form either."""

Refusal = Callable[[Scope, int, str], ASGIApp]


def is_loopback(host: str) -> bool:
    """Tell whether an address or name is this machine's own.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0"), is_loopback("example.org")
    (True, True, False, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def host_of(netloc: str) -> str:
    """Return the host in `host:port`, in lower case; "" when it is none.

    >>> host_of("LOCALHOST:8000"), host_of("[::1]:80"), host_of("a b")
    ('localhost', '::1', '')
    """
    try:
        return urlsplit(f"//{netloc}").hostname or "" if netloc and not set(netloc) & set(" /@\\") else ""
    except ValueError:
        return ""


class Guard:
    """Refuses what no page of ours asks for, before any of it is read, and gives every answer its headers.

    A name in `Host` that is not ours (DNS rebinding), a write that comes from another site, a body that is too large.
    `hosts` are names to answer to besides the loopback ones; "0.0.0.0" or "::" stands for any address in figures.
    """

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str], refused: Refusal) -> None:
        self._app, self._refused = app, refused
        self._any = bool({"0.0.0.0", "::"} & set(hosts))
        self._hosts = LOOPBACK | {host.casefold() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        began = time.monotonic()

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                seconds = round(time.monotonic() - began, 3)
                if scope["path"] != HEALTH or message["status"] != 200:
                    told = {"method": scope["method"], "path": scope["path"], "status": message["status"]}
                    note("request", **told, seconds=seconds)
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if "cache-control" not in headers:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        read, most = 0, FILES.get(scope["path"], (0, BODY_BYTES))[1]

        async def bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(413)
            return message

        problem = self._problem(scope["method"], Headers(scope=scope), most)
        app = self._refused(scope, *problem) if problem else self._app
        await app(scope, bounded, answer)

    def _problem(self, method: str, headers: Headers, most: int) -> tuple[int, str] | None:
        if not self._ours(headers.get("host", "")):
            return 400, gettext_noop("This address is not one of the review's: open it as it was printed at its start.")
        if method in SAFE_METHODS:
            return None
        if method != "POST":
            return 405, gettext_noop("There is nothing here to be changed in this way.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            return 413, gettext_noop("That is too much for one form.")
        origin = headers.get("origin")
        foreign = origin is not None and not (
            origin.startswith(("http://", "https://")) and self._same(origin, headers)
        )
        if foreign or headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, gettext_noop("This came from another site and was not done.")
        return None

    def _ours(self, netloc: str) -> bool:
        host = host_of(netloc)
        if host in self._hosts:
            return True
        try:
            return self._any and bool(ipaddress.ip_address(host))
        except ValueError:
            return False

    def _same(self, origin: str, headers: Headers) -> bool:
        """The origin is where the request went, or (behind a proxy that changes `Host`) a name given at the start."""
        netloc = origin.partition("://")[2]
        return netloc.casefold() == headers.get("host", "").casefold() or host_of(netloc) in self._hosts - LOOPBACK


class Throttle:
    """Lets each peer try a password a few times and then ever more rarely; remembers the last peers only."""

    FREE, LONGEST, PEERS = 5, 300.0, 1_000

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._failed: dict[str, tuple[int, float]] = {}

    def wait(self, peer: str) -> float:
        """Return for how many seconds a peer may not try again."""
        with self._lock:
            return max(0.0, self._failed.get(peer, (0, 0.0))[1] - self._clock())

    def fail(self, peer: str) -> None:
        """Count a wrong password."""
        with self._lock:
            count = self._failed.pop(peer, (0, 0.0))[0] + 1
            pause = min(2.0 ** min(count - self.FREE, 20), self.LONGEST) if count >= self.FREE else 0.0
            self._failed[peer] = (count, self._clock() + pause)
            while len(self._failed) > self.PEERS:
                self._failed.pop(next(iter(self._failed)))

    def succeed(self, peer: str) -> None:
        with self._lock:
            self._failed.pop(peer, None)
