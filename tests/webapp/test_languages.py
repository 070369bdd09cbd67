"""The pages in French and Spanish: the language that is asked for or chosen, and no English left on any page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from fastapi import FastAPI

from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.translation import LANGUAGES
from tests.review.corpus import named
from tests.webapp.browser import Browser

CODES = sorted(set(LANGUAGES) - {"en"})
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|with|this|that|from|by|which|your|what|was|were|has|have|there|who|how|all|here|nothing|nobody|"
    r"not|it|to|an|none|rows?|words?|show|search|paragraphs?|references?|decided|accept|reject|run|runs|last|page|new)\b",
    re.IGNORECASE,
)
ALLOWED = {"new", "page", "plan", "corpus"}
"""Words that English shares with French or Spanish, or that are codes of the data."""
NAMES = ("Word", "gcm-references")
"""Names of programs."""
ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "data-said", "data-name", "data-busy", "data-title")
SKIPPED = {"code", "kbd", "script", "style", "pre", "datalist", "template"}
"""Elements that hold names and commands, which are the same in every language."""


def spoken(element: Element, inside: str) -> Iterator[str]:
    """The texts of a page that are the review's own: not those of documents, people or the lexicon."""
    foreign = element.get("dir") == "auto" or element.get("lang", inside) != inside
    named_after_data = element.tag == "option" and element.get("value", "").endswith((".en", ".fr"))
    if element.get("download") is not None or element.tag in SKIPPED or foreign or named_after_data:
        return
    for name in ATTRIBUTES:
        if not (name == "title" and "category" in element.get("class", "")):
            yield element.get(name, "")
    yield element.text or ""
    for child in element:
        yield from spoken(child, inside)
        yield child.tail or ""


def pages(browser: Browser) -> Iterator[str]:
    item = named(browser.app.state.site.desk, "civil society")
    slug = next(iter(browser.app.state.site.desk.documents))
    yield from (
        "/",
        "/?show=all",
        "/?kind=objective&show=all",
        "/table?show=all",
        "/documents",
        "/corpus",
        "/runs",
        "/files",
        "/people",
    )
    yield from (
        f"/item/{item}",
        f"/group/{item}",
        f"/lesson/{item}",
        "/lexicon?q=zzz",
        "/search",
        "/search?q=zzz",
        "/no-such-page",
    )
    yield from (f"/document/{slug}", "/codebook/stakeholder.civil_society", "/codebook/commitments")
    yield from (f"/document/{slug}/facts", f"/document/{slug}/cut?paragraph=1", f"/document/{slug}/add?paragraph=1")


def data_of(desk: Desk) -> list[str]:
    """Titles, names and words of the documents, which stay as they are; the longest first."""
    rows = [item.row for item in desk.items(Queue("all"))]
    said = {text for row in rows for text in (row.title, row.wording, row.canonical, row.document, row.quote)}
    return sorted(filter(None, said), key=len, reverse=True)


@pytest.mark.parametrize("code", CODES)
def test_no_english_is_left_on_any_page(app: FastAPI, code: str) -> None:
    stranger = Browser(app)
    stranger.client.headers["accept-language"] = code
    ana = Browser(app)
    ana.client.headers["accept-language"] = code
    ana.open("/").submit("/sign-in", name="Ana")
    left: dict[str, list[str]] = {}
    known = re.compile("|".join(map(re.escape, [*data_of(app.state.site.desk), *NAMES])))
    for browser, path in [(stranger, "/sign-in"), *((ana, path) for path in pages(ana))]:
        browser.open(path)
        assert (browser.page.get("lang"), browser.page.get("dir")) == (code, "ltr"), path
        found = [
            text
            for text in spoken(browser.page, code)
            if {*map(str.lower, ENGLISH.findall(known.sub("", text)))} - ALLOWED
        ]
        left |= {path: found} if found else {}
    assert left == {}, "\n".join(f"{path}: {text}" for path, texts in left.items() for text in texts)


def test_a_language_that_was_chosen_is_kept_and_leads_back(app: FastAPI) -> None:
    ana = Browser(app, "Ana")
    ana.open("/documents")
    assert ana.heading.startswith("Documents") and ana.page.get("lang") == "en"
    ana.open("/language?to=es", referer="http://127.0.0.1:8350/documents")
    assert (ana.path, ana.page.get("lang")) == ("/documents", "es") and ana.heading.startswith("Documentos")
    ana.open("/language?to=xx", referer="http://elsewhere.example/documents")
    assert (ana.path.partition("?")[0], ana.page.get("lang")) == ("/", "es")


def test_a_category_is_found_by_letters_of_its_name_in_the_language(app: FastAPI) -> None:
    ana = Browser(app, "Ana")
    ana.client.headers["accept-language"] = "fr"
    item = named(app.state.site.desk, "civil society")
    ana.open(f"/item/{item}").submit("/category", category="syndicats")
    ana.open(f"/item/{item}")
    assert "Syndicats" in ana.text
    ana.submit("/category", category="zzz")
    assert "pas de telle catégorie" in ana.text
