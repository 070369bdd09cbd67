"""Looking at the pages, feeds and sitemaps where ISCMs announce their documents, for links that are not known yet."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from pipeline.corpus import web
from pipeline.corpus.manifest import Watch
from pipeline.corpus.web import Web
from pipeline.errors import Refused

LIMIT = 10_000_000
"""Bytes of a page, feed or sitemap."""
SITEMAPS = 20
"""Sitemaps that are read of one index."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link found by a watch: its address without the fragment, its text, and its date (ISO) if the place says one."""

    address: str
    text: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of one watch: links that fit its pattern, or why it could not be looked at."""

    watch: Watch
    links: tuple[Link, ...] = ()
    problem: str = ""


def look(opened: Web, watches: Sequence[Watch]) -> Iterator[Looked]:
    """Look at each watched address; one that cannot be got is an outcome, never an error."""
    for watch in watches:
        try:
            answer = web.get(opened, watch.address, limit=LIMIT)
            found = links(answer.data or b"", watch.address)
            if not found and b"<sitemapindex" in (answer.data or b"")[:2000]:
                found = _indexed(opened, answer.data or b"", watch.address)
            yield Looked(watch, tuple(fitting(found, watch)))
        except (Refused, OSError) as error:
            yield Looked(watch, problem=f"{watch.address}: {' '.join(str(error).split())}")


def links(data: bytes, base: str) -> list[Link]:
    """Return the links of an RSS or Atom feed, a sitemap, or a page, told apart by their content.

    >>> links(b"<p><a href='/a.pdf#p2'>The  declaration</a>", "https://un.org/news/")
    [Link(address='https://un.org/a.pdf', text='The declaration', date='')]
    """
    data = _unzipped(data)
    head = data[:2000].lower()
    if b"<urlset" in head or b"<sitemapindex" in head:
        found = [] if b"<sitemapindex" in head else _sitemap(data)
    elif b"<rss" in head or b"<feed" in head or b"<rdf:rdf" in head:
        found = _feed(data)
    else:
        found = _page(data)
    whole = (Link(urldefrag(_joined(base, link.address))[0], " ".join(link.text.split()), link.date) for link in found)
    return list({link.address: link for link in reversed(list(whole)) if link.address}.values())[::-1]


def fitting(found: Sequence[Link], watch: Watch) -> Iterator[Link]:
    """Yield the links that a watch asks for: http(s) only, never into a private network, by its pattern.

    A page on the web that names an address of the local network is passed over; only a watched place that is itself
    there may.
    """
    own = urlsplit(watch.address).hostname
    for link in found:
        host = urlsplit(link.address).hostname or ""
        if urlsplit(link.address).scheme not in ("http", "https") or not host or link.address == watch.address:
            continue
        if host != own and _local(host):
            continue
        told = (link.address, link.text)
        if watch.pattern and not any(re.search(watch.pattern, text) for text in told):
            continue
        if not (watch.exclude and any(re.search(watch.exclude, text) for text in told)):
            yield link


def _local(host: str) -> bool:
    try:
        return not web.is_public(host)
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith((".local", ".localhost", ".internal"))


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""


def _unzipped(data: bytes) -> bytes:
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.open(io.BytesIO(data)) as file:
            return file.read(LIMIT)
    except (OSError, EOFError):
        return b""


def _page(data: bytes) -> list[Link]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(data)
    base = tree.css_first("base[href]")
    start = (base.attributes.get("href") or "") if base is not None else ""
    return [
        Link(_joined(start, node.attributes.get("href") or ""), node.text() or node.attributes.get("title") or "")
        for node in tree.css("a[href]")
    ]


def _feed(data: bytes) -> list[Link]:
    import feedparser

    out = []
    for entry in feedparser.parse(io.BytesIO(data)).entries:
        day = entry.get("published_parsed") or entry.get("updated_parsed")
        date = f"{day.tm_year:04d}-{day.tm_mon:02d}-{day.tm_mday:02d}" if day else ""
        linked = [entry.get("link"), *(e.get("href") for e in entry.get("enclosures", ()))]
        out += [Link(str(address), str(entry.get("title", "")), date) for address in linked if address]
    return out


def _sitemap(data: bytes) -> list[Link]:
    from selectolax.lexbor import LexborHTMLParser

    out = []
    for node in LexborHTMLParser(data).css("url, sitemap"):
        place, day = node.css_first("loc"), node.css_first("lastmod")
        if place is not None:
            out.append(Link(place.text().strip(), "", day.text().strip()[:10] if day is not None else ""))
    return out


def _indexed(opened: Web, data: bytes, base: str) -> list[Link]:
    """The links of the sitemaps that an index names, those of the same host only."""
    out: list[Link] = []
    own = urlsplit(base).hostname
    for part in [link for link in _sitemap(_unzipped(data)) if urlsplit(link.address).hostname == own][:SITEMAPS]:
        answer = web.get(opened, part.address, limit=LIMIT)
        out += links(answer.data or b"", part.address)
    return out
