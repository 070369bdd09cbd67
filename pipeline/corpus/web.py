"""Getting bytes from http(s) addresses: politely, within limits, and never from this machine's own network by a detour."""

from __future__ import annotations

import ipaddress
import logging
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies

import httpcore
import httpx
import stamina
from protego import Protego

from pipeline.errors import Refused
from pipeline.settings import Fetching
from pipeline.version import read_version

AGENT = "gcm-references"
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that a later try may change."""
CRAWL_DELAY = 30.0
"""The longest pause between two requests that a robots.txt can ask for, in seconds."""
ROBOTS_SIZE = 500_000

Resolver = Callable[[str], Iterable[str]]

logging.getLogger("stamina").addHandler(logging.NullHandler())


class Busy(Refused):
    """An answer that a later try may change; `after` are the seconds that the server asks to wait, if it does."""

    def __init__(self, text: str, after: float | None = None) -> None:
        self.after = after
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: `data`, or None when it is as it was (304); `etag` and `modified` to ask by next time."""

    data: bytes | None
    etag: str = ""
    modified: str = ""


@dataclass(slots=True)
class ConnectionGuard:
    """What connections may be made now: only to the addresses that were checked, and only until the time is over."""

    pins: dict[tuple[str, int], Sequence[str]] = field(default_factory=dict)
    until: float = float("inf")

    def left(self, timeout: float | None) -> float:
        """Return the seconds that one operation may take. Raises httpcore.ReadTimeout when there are none."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this address is over")
        return left if timeout is None else min(left, timeout)


@dataclass(slots=True)
class Web:
    """An open way to the web: its client, terms, and what it remembers of each host (robots.txt, last request)."""

    client: httpx.Client
    terms: Fetching
    resolver: Resolver
    guard: ConnectionGuard = field(default_factory=ConnectionGuard)
    robots: dict[str, Protego | str] = field(default_factory=dict)
    asked: dict[str, float] = field(default_factory=dict)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, guard: ConnectionGuard) -> None:
        self._stream, self._guard = stream, guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._guard.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: object, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._guard.left(timeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._guard)  # type: ignore[arg-type]

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Connects to the addresses that were checked, never resolving a name again, so that no name can change between
    the check and the connection."""

    def __init__(self, guard: ConnectionGuard) -> None:
        self._guard, self._plain = guard, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[tuple[int, int, int]] | None = None,  # type: ignore[override]
    ) -> httpcore.NetworkStream:
        problem: Exception = httpcore.ConnectError(f"{host} was not checked")
        for address in self._guard.pins.get((host, port), ()):
            try:
                stream = self._plain.connect_tcp(
                    address, port, self._guard.left(timeout), local_address, socket_options
                )
                return _Stream(stream, self._guard)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem


class _Transport(httpx.HTTPTransport):
    def __init__(self, guard: ConnectionGuard) -> None:
        super().__init__()
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), network_backend=_Backend(guard), max_keepalive_connections=4
        )


def resolve(host: str) -> list[str]:
    """Return every address that a host name stands for, in the system's order. Raises OSError when there is none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


@contextmanager
def opened(
    terms: Fetching | None = None, *, client: httpx.Client | None = None, resolver: Resolver = resolve
) -> Iterator[Web]:
    """Open the web for the length of a `with` block; `client` replaces the own one in tests.

    Where the environment names a proxy, the proxy makes the connections: then addresses are checked, but not pinned.
    """
    terms = terms or Fetching()
    if client is not None:
        yield Web(client, terms, resolver)
        return
    guard = ConnectionGuard()
    proxied = bool({"http", "https", "all"} & getproxies().keys())
    headers = {"User-Agent": f"{AGENT}/{read_version()}"}
    with httpx.Client(transport=None if proxied else _Transport(guard), timeout=terms.timeout, headers=headers) as own:
        yield Web(own, terms, resolver, guard)


def get(web: Web, address: str, *, limit: int, etag: str = "", modified: str = "") -> Answer:
    """Return what an address gives; with `etag` or `modified` of the last time, only if it changed since.

    Server errors and lost connections are tried again, with growing pauses or as long as the server asks (Retry-After).
    `limit` is in bytes. Raises Refused, with the reason: not found, forbidden by robots.txt, too large, too slow, no
    connection, a redirect to where none may lead.
    """
    web.guard.until = time.monotonic() + web.terms.seconds
    conditions = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
    retries = stamina.retry_context(
        on=lambda error: _again(web, error),
        attempts=web.terms.tries,
        timeout=None,
        wait_initial=web.terms.backoff,
        wait_max=max(8.0, web.terms.backoff),
        wait_jitter=web.terms.backoff,
    )
    try:
        for attempt in retries:
            with attempt:
                return _followed(web, address, limit, conditions)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        slow = isinstance(error, httpx.TimeoutException)
        told = "no answer in time" if slow else " ".join(str(error).split()) or type(error).__name__
        raise Refused(told) from None
    finally:
        web.guard.until = float("inf")
    raise Refused("no answer")


def _again(web: Web, error: Exception) -> bool | float:
    """Whether, or after how many seconds, to try once more."""
    left = web.guard.until - time.monotonic()
    if isinstance(error, Busy):
        if error.after is None:
            return left > 0
        return max(error.after, 0.1) if error.after < left else False
    lost = isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol)
    return lost and left > 0


def _followed(web: Web, address: str, limit: int, conditions: dict[str, str]) -> Answer:
    first = address
    for _ in range(web.terms.redirects + 1):
        _checked(web, address, first)
        _allowed(web, address)
        _turn(web, address)
        with web.client.stream("GET", address, headers=conditions, follow_redirects=False) as response:
            if response.has_redirect_location:
                address = urljoin(address, response.headers["location"])
                continue
            return _answer(web, response, limit)
    raise Refused(f"more than {web.terms.redirects} redirects")


def _answer(web: Web, response: httpx.Response, limit: int) -> Answer:
    headers = response.headers
    if response.status_code == 304:
        return Answer(None)
    if response.status_code in BUSY:
        raise Busy(f"HTTP {response.status_code}{_asked(headers)}", _after(headers.get("retry-after", "")))
    if response.status_code != 200:
        raise Refused(f"HTTP {response.status_code}")
    size = headers.get("content-length", "")
    if size.isdecimal() and int(size) > limit:
        raise Refused(f"larger than {limit} bytes")
    return Answer(_body(web, response, limit), headers.get("etag", ""), headers.get("last-modified", ""))


def _asked(headers: httpx.Headers) -> str:
    after = headers.get("retry-after", "")
    return f", asks to come back after {after[:40]}" + (" s" if after.isdecimal() else "") if after else ""


def _after(text: str) -> float | None:
    """Seconds from a Retry-After header: a number, or a date."""
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.1, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def _body(web: Web, response: httpx.Response, limit: int) -> bytes:
    data = bytearray()
    for part in response.iter_bytes(65536):
        data += part
        if len(data) > limit:
            raise Refused(f"larger than {limit} bytes")
        if time.monotonic() > web.guard.until:
            raise Refused(f"not done after {web.terms.seconds:.0f} s")
    return bytes(data)


def _checked(web: Web, address: str, first: str) -> None:
    """Check where an address leads and let connections go there only. `first` is the address that a person wrote: it
    may be on a private network, and so may redirects on that same host; no other redirect may."""
    url, start = httpx.URL(address), httpx.URL(first)
    host = url.raw_host.decode("ascii")
    if url.scheme not in ("http", "https") or not host:
        raise Refused(f"redirected to {address[:80]!r}, which is no http(s) address")
    try:
        found = list(web.resolver(host))
    except OSError as error:
        if not (web.client.trust_env and getproxies()):
            raise Refused(f"{host}: {error.strerror or error}") from None
        found = []
    private = not all(is_public(ip) for ip in found)
    if private and (url.host, url.port) != (start.host, start.port):
        raise Refused(f"redirected to a private address ({host})")
    web.guard.pins[host, url.port or (443 if url.scheme == "https" else 80)] = found


def is_public(address: str) -> bool:
    """Tell whether an IP address is on the public network, looking into IPv6 addresses that stand for IPv4 ones.

    >>> is_public("93.184.216.34"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::a00:1")
    (True, False, False, False)
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _allowed(web: Web, address: str) -> None:
    """Raise Refused where the host's robots.txt does not want this address read."""
    if not web.terms.robots:
        return
    parts = urlsplit(address)
    origin = f"{parts.scheme}://{parts.netloc}"
    if origin not in web.robots:
        web.robots[origin] = _robots(web, origin)
    rules = web.robots[origin]
    if isinstance(rules, str):
        raise Refused(rules)
    if not rules.can_fetch(address, AGENT):
        raise Refused("robots.txt forbids it (GCMREFS_FETCH_ROBOTS=false overrides)")


def _robots(web: Web, origin: str) -> Protego | str:
    """A host's rules; none where it has no robots.txt, and a refusal where it cannot say (RFC 9309)."""
    _turn(web, origin)
    try:
        with web.client.stream("GET", f"{origin}/robots.txt", follow_redirects=False) as response:
            if response.status_code >= 500:
                return f"robots.txt: HTTP {response.status_code}"
            text = _body(web, response, ROBOTS_SIZE).decode("utf-8", "replace") if response.status_code == 200 else ""
    except Refused:
        text = ""
    return Protego.parse(text)


def _turn(web: Web, address: str) -> None:
    """Wait until the host may be asked again."""
    parts = urlsplit(address)
    rules = web.robots.get(f"{parts.scheme}://{parts.netloc}")
    asked = float(rules.crawl_delay(AGENT) or 0) if isinstance(rules, Protego) else 0.0
    pause = max(web.terms.interval, min(asked, CRAWL_DELAY))
    now = time.monotonic()
    ready = max(now, web.asked.get(parts.netloc, 0.0) + pause)
    time.sleep(ready - now)
    web.asked[parts.netloc] = time.monotonic()
