"""The review in a real browser: by keyboard alone, and without JavaScript; what was decided is in the tables."""

from __future__ import annotations

import csv
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.run.publish import rebuild
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from tests.review.corpus import opened
from tests.review.server import person, served
from tests.review.test_kinds import published
from tests.review.test_survival import declaration

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample" / "sample-resolution.en.pdf"


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A run over one resolution with pages: the Compact where the real documents are, else the sample."""
    place = tmp_path_factory.mktemp("review")
    corpus = os.environ.get("GCMREFS_CORPUS", "")
    real = Path(corpus, "un", "A_RES_73_195.pdf")
    (place / "corpus").mkdir()
    shutil.copy(real if corpus and real.is_file() else SAMPLE, place / "corpus" / "resolution.pdf")
    made = Settings(corpus=place / "corpus", outputs=place / "outputs", database_url="")
    run_corpus(settings=made, write=lambda folder, *frames, **more: [], workers=1)
    return made


@pytest.fixture
def place(reviewed: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(reviewed.corpus.parent, tmp_path, dirs_exist_ok=True)
    return Settings(corpus=tmp_path / "corpus", outputs=tmp_path / "outputs", database_url="")


class Keyboard:
    """Presses keys and waits until the next reference is there."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.evaluate(
            "() => { window.came = 0; document.addEventListener('review:arrived', () => { window.came += 1 }) }"
        )

    @property
    def here(self) -> str:
        return self.page.url.partition("/item/")[2].partition("?")[0]

    def press(self, *keys: str) -> str:
        """Press keys, the last of which leads on; return the id of the reference that is shown then."""
        before = self.page.evaluate("window.came")
        for key in keys:
            if len(key) > 1 and key not in ("Enter", "Escape", "Control+Enter", "Tab"):
                self.page.keyboard.type(key)
            else:
                self.page.keyboard.press(key)
        self.page.wait_for_function("before => window.came > before", arg=before)
        return self.here


def status(settings: Settings) -> dict[str, Any]:
    engine = opened(settings)
    items = {item.reference_id: item for item in Desk(engine).items(Queue("all"))}
    engine.dispose()
    return items


def test_thirty_references_by_keyboard_and_one_added(chromium: Browser, place: Settings) -> None:
    expected: dict[str, str] = {}
    with served(place) as address, person(chromium, address) as page:
        page.keyboard.press("Tab")
        page.goto(f"{address}/?show=open")
        first = page.locator("main a[href^='/item/']").first
        first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".actions")
        keys = Keyboard(page)
        for n in range(27):
            here = keys.here
            expected[here] = "rejected" if n % 5 == 4 else "accepted"
            keys.press("r" if n % 5 == 4 else "a")
        here = keys.here
        expected[here] = "edited"
        page.keyboard.press("c")
        old = page.evaluate("document.querySelector('#category').placeholder")
        keys.press("Academia" if old != "Academia" else "Media", "Enter")
        here = keys.here
        page.keyboard.press("n")
        page.keyboard.type("ask the drafters")
        assert keys.press("Control+Enter") == here
        expected[here] = "accepted"
        keys.press("a")
        here = keys.here
        keys.press("r")
        assert keys.press("u") == here
        expected[here] = "accepted"
        keys.press("a")
        assert len(expected) == 30
        page.reload()
        page.wait_for_selector(".actions")

        page.goto(f"{address}/document/resolution")
        words = select_free_words(page)
        page.wait_for_selector("#adding:not([hidden])")
        page.keyboard.press("c")
        page.keyboard.type("Academia")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.wait_for_selector(".is-added")
    items = status(place)
    assert {name: items[name].status for name in expected} == expected
    assert [d.comment for item in items.values() if item.standing for d in item.standing.comments] == [
        "ask the drafters"
    ]
    added = [item for item in items.values() if item.status == "added"]
    assert [item.row.wording for item in added] == [words]

    folder = rebuild(place)
    with (folder / "references.csv").open(encoding="utf-8-sig") as file:
        rows = {row["reference_id"]: row for row in csv.DictReader(file)}
    assert {name: rows[name]["status"] for name in expected} == expected
    assert rows[added[0].reference_id]["wording"] == words
    book = openpyxl.load_workbook(folder / "reference_tables.xlsx", read_only=True)
    cells = {str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row if c is not None}
    assert any(words in cell for cell in cells)
    assert Counter(row["status"] for row in rows.values() if row["status"] != "machine") == {
        "accepted": sum(value == "accepted" for value in expected.values()),
        "rejected": sum(value == "rejected" for value in expected.values()),
        "edited": 1,
        "added": 1,
    }


def test_thirty_implied_objectives_by_keyboard(chromium: Browser, tmp_path: Path) -> None:
    made = published(tmp_path, **{f"colombo-{n}.en": declaration(n) for n in range(3)})
    expected: dict[str, str] = {}
    with served(made) as address, person(chromium, address) as page:
        page.goto(f"{address}/?kind=objective&method=implied&show=open")
        page.locator("main a[href^='/item/']").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".actions")
        keys = Keyboard(page)
        assert page.locator("#paragraph mark.wording").count(), "the words that show it are marked"
        for n in range(30):
            here = keys.here
            expected[here] = ("accepted", "rejected", "edited")[n % 3]
            if n % 3 == 2:
                page.keyboard.press("c")
                page.keyboard.press("Control+a")
                keys.press("18", "Enter")
            else:
                keys.press("a" if n % 3 == 0 else "r")
        assert len(expected) == 30 and "kind=objective" in page.url
    engine = opened(made)
    held = Desk(engine)
    items = {item.reference_id: item for item in held.items(Queue("all", kind="objective"))}
    engine.dispose()
    assert {name: items[name].status for name in expected} == expected
    assert {items[name].row.category for name, said in expected.items() if said == "edited"} == {"objective.18"}


def select_free_words(page: Page) -> str:
    """Select with the mouse the first two words of a paragraph that no reference covers; return them."""
    box = page.evaluate(
        """() => {
          for (const words of document.querySelectorAll(".para.kind-paragraph .words, .para.kind-subparagraph .words")) {
            const node = words.firstChild;
            const match = node && node.nodeType === 3 && node.data.match(/^\\s*(\\w{3,} \\w{3,})\\b/);
            if (!match) continue;
            words.scrollIntoView({ block: "center" });
            const range = document.createRange();
            range.setStart(node, match[0].length - match[1].length);
            range.setEnd(node, match[0].length);
            const box = range.getBoundingClientRect();
            if (box.height < 40) return { words: match[1], x: box.x, y: box.y + box.height / 2, right: box.right };
          }
        }"""
    )
    page.mouse.move(box["x"] + 1, box["y"])
    page.mouse.down()
    page.mouse.move((box["x"] + box["right"]) / 2, box["y"], steps=4)
    page.mouse.move(box["right"], box["y"], steps=4)
    page.mouse.up()
    return str(box["words"])


def test_everything_works_without_javascript(chromium: Browser, place: Settings) -> None:
    with served(place) as address, person(chromium, address, java_script_enabled=False) as page:
        page.locator("main a[href^='/item/']").first.click()
        done = []
        for action in ("accept", "reject"):
            done.append(page.url.partition("/item/")[2].partition("?")[0])
            page.locator(f".actions form[action*='/{action}'] button").click()
        done.append(page.url.partition("/item/")[2].partition("?")[0])
        page.locator("#open-category summary").click()
        old = page.locator("#category").get_attribute("placeholder")
        page.fill("#category", "Academia" if old != "Academia" else "Media")
        page.locator("#open-category button").click()
        done.append(page.url.partition("/item/")[2].partition("?")[0])
        page.locator(".actions form[action*='/accept'] button").click()
        page.locator(".actions form[action*='/undo'] button").click()
        assert page.url.partition("/item/")[2].partition("?")[0] == done[3]
        page.goto(f"{address}/document/resolution")
        page.locator("a.add").nth(5).click()
        words = " ".join(page.locator("main .this p").inner_text().split()[:3])
        page.fill("main form [name=wording]", words)
        page.fill("main form [name=category]", "Academia")
        page.locator("main form button").first.click()
    items = status(place)
    assert [items[name].status for name in done] == ["accepted", "rejected", "edited", "machine"]
    assert [item.row.category for item in items.values() if item.status == "added"] == ["stakeholder.academia"]
