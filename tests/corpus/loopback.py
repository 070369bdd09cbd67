"""A small HTTP server on loopback that answers as the web does on a bad day; for tests of fetching and watching."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ETAG = '"v1"'
SLOW = 4.0
"""Seconds after which any answer of this server has ended, however the client behaves."""


@dataclass
class Served:
    """The server's address, what it serves by path, how often each path was asked for, and when."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    robots: bytes = b""


@contextmanager
def served() -> Iterator[Served]:
    """Serve on a free port of 127.0.0.1 for the length of a `with` block."""
    state = Served()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *words: object) -> None:
            """Nothing is printed."""

        def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            state.asked[self.path] += 1
            if self.path == "/robots.txt":
                return self.answer(200, state.robots) if state.robots else self.answer(404)
            state.times.append(time.monotonic())
            name, _, rest = self.path.removeprefix("/").partition("/")
            body = state.files.get(f"/{rest}" if rest else self.path, b"")
            count = state.asked[self.path]
            if name == "etag":
                same = self.headers.get("If-None-Match") == ETAG
                return self.answer(304) if same else self.answer(200, body, ETag=ETAG)
            if name == "dated":
                same = bool(self.headers.get("If-Modified-Since"))
                date = "Wed, 19 Dec 2018 15:00:00 GMT"
                return self.answer(304) if same else self.answer(200, body, Last_Modified=date)
            if name == "busy" and count == 1:
                return self.answer(429, Retry_After="1")
            if name == "later":
                return self.answer(429, Retry_After="3600")
            if name == "broken" and count <= 2:
                return self.answer(500)
            if name == "dead":
                return self.answer(503)
            if name == "moved":
                return self.answer(302, Location=f"/{rest}")
            if name == "private":
                return self.answer(302, Location="http://10.0.0.1/a.pdf")
            if name == "metadata":
                return self.answer(302, Location="http://169.254.169.254/latest/")
            if name == "otherport":
                return self.answer(302, Location="http://127.0.0.1:1/a.pdf")
            if name == "file":
                return self.answer(302, Location="file:///etc/passwd")
            if name == "loop":
                return self.answer(302, Location=self.path)
            if name in ("endless", "claims"):
                return self.stream(claimed=name == "claims")
            if name in ("hang", "drip"):
                return self.hang(drip=name == "drip")
            return self.answer(200, body) if body else self.answer(404)

        def stream(self, *, claimed: bool) -> None:
            """Five gigabytes, claimed beforehand or not; whoever reads on is cut off after `SLOW` seconds."""
            self.send_response(200)
            self.send_header("Content-Length" if claimed else "Connection", str(5 * 2**30) if claimed else "close")
            self.end_headers()
            until, part = time.monotonic() + SLOW, b"%PDF-" + b"x" * 65536
            try:
                while time.monotonic() < until:
                    self.wfile.write(part)
            except OSError:
                pass
            self.close_connection = True

        def hang(self, *, drip: bool) -> None:
            """Say nothing, or one letter of a header now and then, for `SLOW` seconds."""
            until = time.monotonic() + SLOW
            try:
                while time.monotonic() < until:
                    time.sleep(0.1)
                    if drip:
                        self.wfile.write(b"H")
                        self.wfile.flush()
            except OSError:
                pass
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
