"""The lexicon page: entries with their wordings, and how many references each yields."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from extractors.lexicon.entries import load_lexicon
from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.webapp.pages.lexicon import yields
from tests.webapp.browser import Browser, said


def entry(browser: Browser, name: str) -> Element:
    return next(
        details for details in browser.page.iter("details") if any(e.get("id") == name for e in details.iter("div"))
    )


def test_every_entry_is_there_under_its_id(ana: Browser) -> None:
    ana.open("/lexicon")
    shown = {e.get("id") for e in ana.page.iter("div") if e.get("class") == "inside"}
    assert shown == {entry.id for entry in load_lexicon().entries}
    text = said(entry(ana, "colombo-process"))
    assert "Colombo Process Named ISCMs 1 reference" in text
    assert all(label in text for label in ("Entry", "Source", "English", "Wordings", "Examples"))


def test_counts_lead_to_the_references(ana: Browser, desk_of: Desk) -> None:
    found, _ = yields(desk_of)
    assert found.total() == len(desk_of.items(Queue("all"))) == 11
    (link,) = ana.open("/lexicon").links("/?show=all&rule=colombo-process")
    ana.open(link)
    assert ana.heading == "All 1"


def test_entries_that_yield_nothing_are_marked(ana: Browser) -> None:
    ana.open("/lexicon")
    assert "idle" in (entry(ana, "abu-dhabi-dialogue").get("class") or "")
    assert "idle" not in (entry(ana, "colombo-process").get("class") or "")
    ana.open("/lexicon?idle=1")
    assert "colombo-process" not in {e.get("id") for e in ana.page.iter("div")}


@pytest.mark.parametrize(
    ("query", "found"),
    [("abou dhabi", "abu-dhabi-dialogue"), ("COLOMBO", "colombo-process"), ("iscm.named colombo", "colombo-process")],
)
def test_words_are_searched(ana: Browser, query: str, found: str) -> None:
    ana.open(f"/lexicon?q={query}")
    assert found in {e.get("id") for e in ana.page.iter("div") if e.get("class") == "inside"}
    assert " of " in ana.heading


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '"><b>', "x" * 5_000, "%00"])
def test_what_is_asked_stays_text(ana: Browser, query: str) -> None:
    ana.open(f"/lexicon?q={query}")
    assert (ana.status, "No entry has these words." in ana.text) == (200, True)


def test_what_analysts_added_belongs_to_no_entry(ana: Browser, desk_of: Desk) -> None:
    ana.open("/document/alpha.en/add?paragraph=3").submit("/add", wording="took part", category="media")
    assert "review" not in yields(desk_of)[0]
