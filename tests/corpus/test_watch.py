"""Watches: links of pages, feeds and sitemaps; what is new is proposed, never taken, and never proposed twice."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.corpus import proposals
from pipeline.corpus.manifest import Watch, parse_manifest, read_manifest
from pipeline.corpus.watch import Link, fitting, links
from pipeline.errors import CorpusError
from pipeline.settings import Fetching
from tests.corpus.loopback import Served, served

BASE = "https://un.org/news/"
TERMS = Fetching(interval=0, timeout=0.6, seconds=3.0, tries=1, robots=False)
RSS = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>Sixth Declaration</title>'
    b"<link>https://un.org/six.pdf</link><pubDate>Wed, 19 Dec 2018 15:00:00 GMT</pubDate></item></channel></rss>"
)
ATOM = (
    b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Plan</title>'
    b'<link href="https://un.org/plan.pdf"/><updated>2019-01-02T00:00:00Z</updated></entry></feed>'
)
SITEMAP = (
    b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
    b"<loc>https://un.org/a.pdf</loc><lastmod>2019-01-02T10:00:00Z</lastmod></url></urlset>"
)
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<urlset><url><loc>https://un.org/&b;</loc></url></urlset>"
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<a href='x.pdf#p2'>The\n declaration</a>", [Link(f"{BASE}x.pdf", "The declaration")]),
        (b"<base href='/d/'><a href='x.pdf' title='t'></a>", [Link("https://un.org/d/x.pdf", "t")]),
        (b"<a href='a'>1</a><a href='a#2'>2</a>", [Link(f"{BASE}a", "1")]),
        (b"<a href='http://[bad'>x</a>", []),
        (RSS, [Link("https://un.org/six.pdf", "Sixth Declaration", "2018-12-19")]),
        (ATOM, [Link("https://un.org/plan.pdf", "Plan", "2019-01-02")]),
        (SITEMAP, [Link("https://un.org/a.pdf", "", "2019-01-02")]),
        (gzip.compress(SITEMAP), [Link("https://un.org/a.pdf", "", "2019-01-02")]),
        (b"", []),
        (b"\x1f\x8bbroken", []),
    ],
)
def test_links(data: bytes, expected: list[Link]) -> None:
    assert links(data, BASE) == expected


def test_entities_are_not_expanded() -> None:
    assert all("a" * 20 not in link.address for link in links(BOMB, BASE))


@pytest.mark.parametrize(
    ("address", "pattern", "exclude", "fits"),
    [
        ("https://un.org/declaration.pdf", r"\.pdf$", "", True),
        ("https://un.org/x", "(?i)declaration", "", True),
        ("https://un.org/x", "declaration", "", False),
        ("https://un.org/x.pdf", r"\.pdf$", "Declaration", False),
        ("file:///etc/passwd", "", "", False),
        ("javascript:alert(1)", "", "", False),
        ("mailto:a@un.org", "", "", False),
        ("http://10.0.0.1/a.pdf", "", "", False),
        ("http://localhost/a.pdf", "", "", False),
        ("http://[::1]/a.pdf", "", "", False),
        ("http://printer.local/a.pdf", "", "", False),
        (BASE, "", "", False),
    ],
)
def test_fitting(address: str, pattern: str, exclude: str, fits: bool) -> None:
    watch = Watch(slug="w", address=BASE, pattern=pattern, exclude=exclude)
    assert bool(list(fitting([Link(address, "The Declaration")], watch))) is fits


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("watch:\n- slug: w\n  address: file:x\n", 3, "no http(s) address"),
        ("watch:\n- slug: w\n  address: https://un.org/\n  pattern: '('\n", 4, "no regular expression"),
        (
            "watch:\n- slug: w\n  address: https://un.org/\n- slug: W\n  address: https://un.org/\n",
            4,
            "slug used twice",
        ),
        ("watch:\n- slug: w\n  adress: https://un.org/\n", 3, "adress: unknown key"),
    ],
)
def test_a_mistake_in_a_watch_names_file_and_line(text: str, line: int, says: str) -> None:
    with pytest.raises(CorpusError) as caught:
        parse_manifest(text, "m")
    assert str(caught.value).startswith(f"m:{line}: ") and says in str(caught.value)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with served() as state:
        yield state


def test_new_links_are_proposed_once_and_the_manifest_stays(server: Served, tmp_path: Path) -> None:
    manifest = (
        f"sources:\n- slug: one\n  addresses: ['{server.url}/one.pdf']\nwatch:\n"
        f"- {{slug: page, address: '{server.url}/page', pattern: '[.]pdf$', iscm: Some Process, kind: declaration}}\n"
        f"- {{slug: gone, address: '{server.url}/gone'}}\n"
        f"- {{slug: index, address: '{server.url}/index', pattern: map}}\n"
    )
    (tmp_path / "manifest.yaml").write_text(manifest)
    server.files["/page"] = (
        b"<a href='/one.pdf/'>known</a><a href='/two.pdf'>Two</a><a href='/x/two.pdf'>2</a><a href='/y'>y</a>"
    )
    server.files["/index"] = f"<sitemapindex><sitemap><loc>{server.url}/map1</loc></sitemap></sitemapindex>".encode()
    server.files["/map1"] = f"<urlset><url><loc>{server.url}/mapped</loc></url></urlset>".encode()
    found = {outcome.slug: outcome for outcome in proposals.update(tmp_path, terms=TERMS)}
    assert [p.slug for p in found["page"].new] == ["two", "two-2"]
    assert (found["page"].new[0].title, found["page"].new[0].iscm) == ("Two", "Some Process")
    assert "HTTP 404" in found["gone"].problem
    assert [p.slug for p in found["index"].new] == ["mapped"]
    assert (tmp_path / "manifest.yaml").read_text() == manifest
    assert read_manifest(tmp_path / "manifest.yaml").sources[-1].slug == "one"
    proposals.ignore(tmp_path, "two-2")
    proposals.taken_out(tmp_path, "two")
    again = {outcome.slug: [p.slug for p in outcome.new] for outcome in proposals.update(tmp_path, terms=TERMS)}
    assert again == {"page": ["two"], "gone": [], "index": []}
    assert [p.slug for p in proposals.proposed(tmp_path) if p.ignored] == ["two-2"]


def test_damaged_proposals_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "proposed.yaml").write_text("proposed: [{nonsense: 1}]")
    with pytest.raises(CorpusError) as caught:
        proposals.proposed(tmp_path)
    assert "\n" not in str(caught.value)
