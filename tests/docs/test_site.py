"""The site: built without a warning, every link and anchor of its pages leads somewhere, and nothing comes from the network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.docs.page import ROOT, name, pages

pytest.importorskip("material", reason="the site: make setup")
LOADED = "script[src], img[src], iframe[src], link[rel=stylesheet], link[rel=icon], link[rel=preconnect]"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("site")
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(place)]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return place


def test_every_page_is_there(site: Path) -> None:
    made = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    written = {name(path).removeprefix("docs/").removesuffix(".md") for path in pages()} - {"README"}
    assert made == written | {"index", "404", "overview", "changelog", "contributing", "security", "code_of_conduct"}


def test_links_and_anchors_lead_somewhere(site: Path) -> None:
    read = {path: LexborHTMLParser(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    ids = {path: {node.id for node in page.css("[id]")} for path, page in read.items()}
    broken, seen = [], 0
    for path, page in read.items():
        for node in page.css("[href], [src]") if path.name != "404.html" else ():
            link = unquote(node.attributes.get("href") or node.attributes.get("src") or "")
            if link.startswith(("http:", "https:", "mailto:")):
                continue
            seen += 1
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file and file != "." else path
            if not target.is_file() or (anchor and anchor not in ids.get(target, ())):
                broken.append((path.name, link))
    assert (broken, seen > 1000) == ([], True)


def test_nothing_comes_from_the_network(site: Path) -> None:
    for path in site.rglob("*.html"):
        for node in LexborHTMLParser(path.read_text(encoding="utf-8")).css(LOADED):
            assert "//" not in (node.attributes.get("src") or node.attributes.get("href") or ""), path
    for path in site.rglob("*.css"):
        assert "url(http" not in path.read_text(encoding="utf-8")
    assert (site / "search" / "search_index.js").stat().st_size > 50_000
