"""The search page: paragraphs with the words marked, each leading to its place in its document."""

from __future__ import annotations

import time

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from pipeline.settings import Settings
from pipeline.webapp.pages import search
from tests.webapp.browser import Browser, review


def test_a_number_leads_to_its_paragraph(ana: Browser) -> None:
    ana.open("/search?q=3")
    assert "Paragraphs with this number" in ana.text and ana.links("/document/alpha.en#p-3")
    ana.open("/search?q=§3")
    assert ana.path == "/document/alpha.en"
    assert ana.open("/search?q=§2").path.startswith("/search"), "two works have it"
    assert ana.open("/search?q=para. 2&document=beta.en").path == "/document/beta.en"


def test_what_is_found_is_decided_on(ana: Browser) -> None:
    ana.open('/search?q="trade union"')
    assert ana.heading == "Search 1 paragraph"
    (link,) = [link for link in ana.links("/?") if "search=" in link]
    ana.open(link)
    assert ana.heading == "All 3"
    assert "trade unions" in ana.text


def test_words_are_found_and_marked(ana: Browser) -> None:
    ana.open('/search?q="private sector"')
    assert ana.heading == "Search 2 paragraphs"
    assert ["".join(m.itertext()) for m in ana.page.iter("mark")] == ["private sector"] * 2
    assert sorted(ana.links("/document/")) == ["/document/alpha.en#p-1", "/document/beta.en#p-1"]


def test_one_document_is_searched(ana: Browser) -> None:
    ana.open("/search?q=private&document=beta.en")
    assert ana.links("/document/") == ["/document/beta.en#p-1"]
    assert ana.open("/search?q=diasporas&document=beta.en").text.count("No paragraph has this in this document") == 1


def test_nothing_asked_shows_how_to_ask(ana: Browser) -> None:
    ana.open("/search")
    assert (ana.heading, "How to ask" in ana.text) == ("Search", True)


def test_what_was_found_comes_in_pages(ana: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "PAGE", 1)
    ana.open("/search?q=private sector")
    assert "Page 1 of 2" in ana.text
    first = ana.links("/document/")
    ana.follow("next")
    assert ("Page 2 of 2" in ana.text, ana.links("/document/") == first) == (True, False)


@pytest.mark.parametrize("query", ['<b>"', "a' OR 1=1 --", "*", '"', "\x00", "x" * 9_000, "NEAR(a b)", "%22%3E"])
def test_any_text_is_a_question(ana: Browser, query: str) -> None:
    ana._take(ana.client.get("/search", params={"q": query, "page": "9" * 30, "document": "../x"}))
    assert ana.status == 200


def test_hostile_texts_stay_text(hostile: Settings) -> None:
    browser = Browser(review(hostile), "Ana").open("/search?q=forum")
    assert browser.links("/document/")
    assert not list(browser.page.iter("img"))


def test_the_index_is_ready_before_somebody_asks(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    warmed: list[bool] = []
    monkeypatch.setattr(search.page_image, "warm", lambda: warmed.append(True))
    warming = search.Warming(app.state.site)
    warming.start()
    until = time.monotonic() + 20
    while not _indexed(app) and time.monotonic() < until:
        time.sleep(0.02)
    warming.end()
    assert (warmed, _indexed(app), warming.is_alive()) == ([True], True, False)


def _indexed(app: FastAPI) -> bool:
    with app.state.site.engine.connect() as connection:
        if not sa.inspect(connection).has_table("search_documents"):
            return False
        return connection.scalar(sa.text("SELECT count(*) FROM search_documents")) == 2
