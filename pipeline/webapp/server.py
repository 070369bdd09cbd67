"""The server of the review: where it listens, what it prints, and how it ends."""

from __future__ import annotations

import os
import socket
import sys
import threading
import webbrowser
from contextlib import suppress

import python_multipart  # noqa: F401
import uvicorn
from fastapi import FastAPI

from pipeline.errors import GcmrefsError

BROWSER_SECONDS = 0.8
"""The browser is opened a moment after the start, when there is something to see."""


def serve(app: FastAPI, host: str, port: int, *, has_browser: bool = True) -> None:
    """Serve until Ctrl-C; print the address as one line, and open the browser there.

    The peer of a request is the one that is connected: headers in which a proxy names another are not believed. Raises
    GcmrefsError when the address cannot be listened on.
    """
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    print(f"Review: {address} (Ctrl-C ends it)", flush=True)
    if has_browser:
        later = threading.Timer(BROWSER_SECONDS, _show, [address])
        later.daemon = True
        later.start()
    with listening, suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise GcmrefsError(f"--host {host}: {error.strerror or error}") from None
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise GcmrefsError(f"{host}:{port}: {error.strerror}: give another --port, or 0 for a free one") from None
    return listening


def _show(address: str) -> None:
    try:
        webbrowser.open(address)
    except (OSError, webbrowser.Error):
        print("No browser could be opened: open the address yourself.", file=sys.stderr)
