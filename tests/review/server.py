"""The review on a port of this machine, and a person before it in a real browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn

from pipeline.settings import Settings
from pipeline.webapp.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The review on a free port of this machine."""
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=0, log_level="critical", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def person(chromium: Browser, address: str, *, name: str = "Ana", **more: Any) -> Iterator[Page]:
    """A page of one's own, signed in; it fails when the page asks anything of another host, or reports an error."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, **more)
    page = context.new_page()
    strange: list[str] = []
    page.on("request", lambda asked: strange.append(asked.url) if not asked.url.startswith(address) else None)
    page.on("pageerror", lambda error: strange.append(str(error)))
    page.set_default_timeout(30_000)
    try:
        page.goto(address)
        page.fill("input[name=name]", name)
        page.press("input[name=name]", "Enter")
        page.wait_for_selector("main h1")
        yield page
        assert strange == []
    finally:
        context.close()
