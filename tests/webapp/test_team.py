"""A team in a real browser: two coders who are blind to each other and who settles, from the assignment on, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.review import ledger
from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.settings import Settings
from tests.review.corpus import opened
from tests.review.server import person, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def said(page: Page, text: str) -> None:
    page.wait_for_function("(text) => document.querySelector('main').dataset.said.includes(text)", arg=text)


def assign(page: Page, address: str) -> None:
    """Give the references of the second declaration to two people, blind."""
    page.goto(f"{address}/people")
    page.focus("#assignments summary")
    page.keyboard.press("Enter")
    page.fill("#assign-people", "Ana, Ben")
    page.fill("#assign-twice", "100")
    page.focus("#assign-blind")
    page.keyboard.press("Space")
    for summary, box in (("Only some kinds", "#assign-reference"), ("Only some documents", "#assign-d2")):
        page.focus(f"summary:has-text('{summary}')")
        page.keyboard.press("Enter")
        page.focus(box)
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    said(page, "Assigned")
    assert "Ana" in page.inner_text("#assignments") and "0 of 3" in page.inner_text("#assignments")


def code(page: Page, address: str, keys: str) -> list[str]:
    """Decide on what is assigned, a key an item; return what was on the pages."""
    page.goto(address)
    assert "3 left of 3" in page.inner_text("main")
    seen = []
    page.keyboard.press("j")
    for number, key in enumerate(keys, start=1):
        page.wait_for_selector(f".crumbs:has-text('1 of {4 - number}')")
        seen.append(page.inner_text("main"))
        page.keyboard.press(key)
    said(page, "That was the last one of this queue")
    return [*seen, page.inner_text("main")]


@pytest.mark.parametrize("width", [1280, 390])
def test_two_blind_coders_and_who_settles(chromium: Browser, place: Settings, width: int) -> None:
    with served(place) as address:
        with person(chromium, address, name="Cem") as page:
            page.set_viewport_size({"width": width, "height": 900})
            assign(page, address)
        for name, other, keys in (("Ana", "Ben", "raa"), ("Ben", "Ana", "aaa")):
            with person(chromium, address, name=name) as page:
                page.set_viewport_size({"width": width, "height": 900})
                assert not [text for text in code(page, address, keys)[:1] if other in text]
        with person(chromium, address, name="Cem") as page:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{address}/people")
            assert "Conflicts 1" in page.inner_text("main")
            page.keyboard.press("j")
            page.wait_for_selector("h2:has-text('Analysts disagree')")
            page.wait_for_load_state("load")  # before that no key is known
            page.keyboard.press("1")
            page.wait_for_selector("input[name=choice]:checked")
            page.keyboard.press("Enter")
            said(page, "Settled. That was the last one of this queue")
            assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    engine = opened(place)
    desk = Desk(engine)
    assert [line.by for line in ledger.read(engine)] == ["Ana"] * 3 + ["Ben"] * 3 + ["Cem"]
    assert [item.status for item in desk.items(Queue("decided", document="beta.en"))] == [
        "rejected",
        "accepted",
        "accepted",
    ]
    assert desk.count(Queue("conflict", kind="all")) == 0
    engine.dispose()
