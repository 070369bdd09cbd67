"""Hands and eyes in a real browser: keys on any keyboard, words in view, and nothing typed or marked that gets lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.review import ledger
from pipeline.review.decision import Decision
from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.settings import Settings
from tests.review.corpus import filled, named, opened
from tests.review.server import person, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FILLER = "States discussed many things at length and agreed to go on with all of them in the years ahead. " * 9
LONG = f"Declaration\n\n1. {FILLER}\n\n2. {FILLER}They thank civil society.\n\n3. {FILLER}\n"
PRESS = """([key, code, shiftKey]) => document.body.dispatchEvent(
  new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true }))"""


def lines(settings: Settings) -> list[Decision]:
    engine = opened(settings)
    found = ledger.read(engine)
    engine.dispose()
    return found


def item_page(page: Page, address: str, settings: Settings, wording: str) -> None:
    engine = opened(settings)
    page.goto(f"{address}/item/{named(Desk(engine), wording)}")
    engine.dispose()
    page.wait_for_selector(".actions")


def arrived(page: Page, *pressed: tuple[str, str, bool]) -> bool:
    """Press keys as a keyboard of another layout sends them; tell whether another reference came."""
    before = page.url
    for one in pressed:
        page.evaluate(PRESS, list(one))
    page.wait_for_timeout(400)
    return page.url != before


def test_keys_know_caps_lock_and_other_layouts_and_can_be_changed_or_turned_off(
    chromium: Browser, place: Settings
) -> None:
    with served(place) as address, person(chromium, address) as page:
        item_page(page, address, place, "civil society")
        assert arrived(page, ("A", "KeyA", False)), "Caps Lock"
        assert arrived(page, ("ش", "KeyA", False)), "Arabic layout"
        assert arrived(page, ("a", "KeyQ", False)), "AZERTY: the letter counts, not its place"
        assert not arrived(page, ("A", "KeyA", True)), "Shift"
        page.evaluate(PRESS, ["؟", "Slash", True])
        page.wait_for_selector("#keys[open]")
        page.fill("#keys [data-for=a] input", "r")
        assert page.is_visible("#keys-said"), "a key that does something else already"
        page.fill("#keys [data-for=a] input", "y")
        page.keyboard.press("Escape")
        assert page.inner_text("[data-key=a] kbd") == "y"
        assert not arrived(page, ("a", "KeyA", False))
        assert arrived(page, ("y", "KeyY", False))
        page.reload()
        page.click("header [data-key='?']")
        page.uncheck("#keys-on")
        page.keyboard.press("Escape")
        assert not arrived(page, ("y", "KeyY", False), ("r", "KeyR", False))
        assert page.is_hidden("[data-key=a] kbd")
        page.goto(f"{address}/table?show=all")
        page.keyboard.press("j")
        assert page.evaluate("() => document.activeElement.tagName") == "BODY"
    assert [line.action for line in lines(place)] == ["accept"] * 4


def test_what_is_marked_is_what_is_accepted(chromium: Browser, place: Settings) -> None:
    marked = "() => document.querySelector('#paragraph mark.wording').textContent"
    with served(place) as address, person(chromium, address) as page:
        item_page(page, address, place, "civil society")
        for key in ("e", "ArrowUp"):
            page.keyboard.press(key)
        assert page.evaluate(marked) == "society"
        page.click(".actions [data-key=a]")
        page.wait_for_selector("#said:has-text('You changed the words')")
        page.focus("#first")
        page.keyboard.press("Escape")
        assert page.evaluate(marked) == "civil society"
        page.dblclick("#paragraph", position={"x": 60, "y": 10})
        assert page.evaluate("() => getSelection().toString().trim().length") > 0
        assert not page.evaluate("() => document.getElementById('open-span').open")
        page.evaluate("() => getSelection().removeAllRanges()")
        page.keyboard.press("n")
        page.keyboard.type("As in the annex")
        page.click(".actions [data-key=a]")
        page.wait_for_function("() => document.querySelector('main').dataset.said.startsWith('Accepted')")
    (line,) = lines(place)
    assert (line.action, line.comment, line.human) == ("accept", "As in the annex", None)


def test_an_ended_sign_in_keeps_the_note(chromium: Browser, place: Settings) -> None:
    with served(place) as address, person(chromium, address) as page:
        item_page(page, address, place, "trade unions")
        here = page.url
        page.keyboard.press("n")
        page.keyboard.type("A long thought")
        page.context.clear_cookies()
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("main input[name=name]")
        assert "A long thought" in page.inner_text("main")
        page.fill("input[name=name]", "ana")
        page.press("input[name=name]", "Enter")
        page.wait_for_selector("h1:has-text('Not sent yet')")
        page.click("main button")
        page.wait_for_selector(".notes:has-text('A long thought')")
        assert page.url.partition("?")[0] == here
    (line,) = lines(place)
    assert (line.action, line.comment) == ("comment", "A long thought")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (640, 450)], ids=["390 px", "200 %"])
def test_the_words_are_in_view_on_arrival(chromium: Browser, tmp_path: Path, width: int, height: int) -> None:
    place = filled(tmp_path, alpha=LONG)
    seen = """() => {
      const [mark, bar] = [document.querySelector("#paragraph mark.wording"), document.querySelector(".actions")];
      const [box, top] = [mark.getBoundingClientRect(), bar.getBoundingClientRect().top];
      return [box.top >= 0 && box.bottom <= top, document.documentElement.scrollWidth <= innerWidth];
    }"""
    with served(place) as address, person(chromium, address) as page:
        page.set_viewport_size({"width": width, "height": height})
        item_page(page, address, place, "civil society")
        assert page.evaluate(seen) == [True, True]
        page.keyboard.press("j")
        page.wait_for_url("**/item/*")
        page.wait_for_timeout(300)
        assert page.evaluate(seen) == [True, True]
        page.keyboard.press("k")
        page.wait_for_timeout(400)
        assert page.evaluate(seen) == [True, True]
        for path in ("/", "/table", "/documents", "/document/alpha.en", "/search?q=society", "/people", "/runs"):
            page.goto(address + path)
            assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), path


def test_many_rows_are_asked_for_and_taken_back_by_keys(chromium: Browser, place: Settings) -> None:
    with served(place) as address, person(chromium, address) as page:
        page.goto(f"{address}/table")
        page.click("#tick-all")
        page.keyboard.press("r")
        page.wait_for_selector("h1:has-text('Reject 11 rows?')")
        page.keyboard.press("Enter")
        page.wait_for_selector("#said:has-text('11 rows rejected')")
        page.goto(f"{address}/table?show=decided")
        page.keyboard.press("?")
        shown = [one.get_attribute("data-for") for one in page.locator("#keys [data-for]:visible").all()]
        assert shown == ["a", "r", "c", "n", "u", "j", "k", "x", "/", "?"], "the keys that the table has"
        page.keyboard.press("Escape")
        page.keyboard.press("u")
        page.wait_for_selector("#said:has-text('11 rows taken back')")
    engine = opened(place)
    assert Desk(engine).count(Queue()) == 11
    engine.dispose()


def test_a_page_fits_its_width_or_height_or_is_twice_as_wide(chromium: Browser, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    from pipeline.run.run import run_corpus

    made = Settings(corpus=tmp_path / "c", outputs=tmp_path / "o", database_url="", workers=1)
    made.corpus.mkdir()
    canvas = Canvas(str(made.corpus / "a.en.pdf"), pagesize=(500, 700))
    canvas.drawString(50, 600, "1. We thank civil society and the private sector for their work on migration.")
    canvas.save()
    run_corpus(settings=made, write=lambda folder, *frames, **more: [])
    with served(made) as address, person(chromium, address) as page:
        item_page(page, address, made, "civil society")
        page.wait_for_function("() => document.querySelector('.paper img').naturalWidth > 0")
        width = "() => Math.round(document.querySelector('.paper').getBoundingClientRect().width)"
        fit = page.evaluate(width)
        page.click("text=200 %")
        assert page.evaluate(width) == pytest.approx(2 * fit, rel=0.02)
        box = page.locator(".paper").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 300, box["y"] + 300)
        page.mouse.down()
        page.mouse.move(box["x"] + 200, box["y"] + 300, steps=4)
        page.mouse.up()
        assert page.evaluate("() => document.querySelector('.sheets').scrollLeft") == pytest.approx(100, abs=2)
        page.reload()
        assert page.get_attribute(".sheets", "data-zoom") == "double"
        page.click("text=Fit page")
        height = page.locator(".paper").bounding_box()
        assert height is not None
        assert height["height"] < 900


def test_a_note_that_was_not_saved_is_there_when_one_comes_back(chromium: Browser, place: Settings) -> None:
    with served(place) as address, person(chromium, address) as page:
        item_page(page, address, place, "civil society")
        note = page.locator("#note")
        page.keyboard.press("n")
        page.keyboard.type("is this one named by the text?")
        page.keyboard.press("Escape")
        for key, expected in (("j", ""), ("k", "is this one named by the text?")):
            here = page.url
            page.keyboard.press(key)
            page.wait_for_url(lambda url, before=here: url != before)
            page.wait_for_function("text => document.getElementById('note').value === text", arg=expected)
        assert note.is_visible() and page.evaluate("document.activeElement.id") != "note", "keys still are keys"
        here = page.url
        page.keyboard.press("a")
        page.wait_for_url(lambda url: url != here)
        assert [(one.action, one.comment) for one in lines(place)] == [("accept", "is this one named by the text?")]
        page.keyboard.press("k")
        page.wait_for_url(lambda url: url.partition("?")[0] == here.partition("?")[0])
        page.wait_for_selector("#note", state="attached")
        assert note.input_value() == ""
