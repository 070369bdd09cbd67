"""A browser without JavaScript: it keeps cookies, fills in the forms of a page and sends them as they are written."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from fastapi import FastAPI

from pipeline.settings import Settings
from pipeline.webapp.app import create_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
ADDRESS = "http://127.0.0.1:8350"


def parsed(text: str) -> Element:
    """Read a page. Raises html5lib's ParseError at the first thing that is not well written."""
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return root


def said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


class Browser:
    """One person's browser on one review."""

    def __init__(self, app: FastAPI, name: str = "", password: str = "", peer: str = "127.0.0.1") -> None:
        self.app, self.who = app, name
        self.client = TestClient(app, base_url=ADDRESS, client=(peer, 50_000))
        self.answer: Any = None
        self._page: Element | None = None
        if name:
            self._sign_in(name, password)

    def open(self, path: str, **headers: str) -> Browser:
        self._take(self.client.get(path, headers=headers))
        return self

    def _sign_in(self, name: str, password: str) -> None:
        """Come in as through the form of the first page; it and the page behind it are parsed where a test looks at them."""
        form = TOKEN.search(self.client.get("/").text)
        assert form is not None
        self.answer = self.client.post(
            "/sign-in", data={"csrf": form[1], "to": "/", "name": name, "password": password}
        )

    @property
    def page(self) -> Element:
        if self._page is None:
            self._page = parsed(self.answer.text) if self.answer is not None else Element("html")
        return self._page

    @property
    def path(self) -> str:
        """Address of the page shown, from the slash on."""
        url = urlsplit(str(self.answer.url))
        return url.path + (f"?{url.query}" if url.query else "")

    @property
    def status(self) -> int:
        return int(self.answer.status_code)

    @property
    def text(self) -> str:
        return said(self.page)

    @property
    def heading(self) -> str:
        return said(next(self.page.iter("h1")))

    @property
    def told(self) -> str:
        return next(self.page.iter("main")).get("data-said", "")

    def forms(self) -> Iterator[Element]:
        yield from self.page.iter("form")

    def form(self, action: str) -> Element:
        """The form whose address has this path or ends with it."""
        return next(f for f in self.forms() if urlsplit(f.get("action", "")).path.endswith(action))

    def token(self) -> str:
        return next(i.get("value", "") for i in self.page.iter("input") if i.get("name") == "csrf")

    def submit(self, action: str, **filled: str) -> Browser:
        """Send a form with its own values and those given; follow where it leads."""
        form = self.form(action)
        fields = {
            field.get("name", ""): field.get("value", "")
            for field in form.iter("input")
            if field.get("name") and field.get("type") not in ("radio", "checkbox")
        }
        fields |= {field.get("name", ""): field.text or "" for field in form.iter("textarea")}
        self._take(self.client.post(urljoin(str(self.answer.url), form.get("action")), data=fields | filled))
        return self

    def post(self, path: str, data: dict[str, str], **headers: str) -> Any:
        """Send what no form of ours sends."""
        return self.client.post(path, data=data, headers=headers, follow_redirects=False)

    def follow(self, rel: str) -> Browser:
        link = next(a for a in self.page.iter("a") if a.get("rel") == rel)
        return self.open(link.get("href", ""))

    def links(self, start: str) -> list[str]:
        return [a.get("href", "") for a in self.page.iter("a") if a.get("href", "").startswith(start)]

    def _take(self, answer: Any) -> None:
        self.answer = answer
        if answer.headers.get("content-type", "").startswith("text/html"):
            self._page = parsed(answer.text)


def review(settings: Settings, **more: Any) -> FastAPI:
    return create_app(settings, **more)


def log(settings: Settings) -> str:
    return Path(settings.outputs / "store" / "review.log").read_text(encoding="ascii")
