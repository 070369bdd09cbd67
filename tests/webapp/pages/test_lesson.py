"""From a decision to the lexicon: what it would change is shown before it is written, and the next run knows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extractors.lexicon.yaml_file import OWN
from pipeline.review.desk import Desk
from pipeline.review.lessons import LEARNED
from pipeline.review.own_lexicons import NAMED
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from tests.review.corpus import named
from tests.review.server import person, served
from tests.webapp.browser import Browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium


@pytest.fixture(autouse=True)
def no_lexicons_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (OWN, NAMED):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def learned(place: Settings) -> Path:
    return place.corpus / "lexicons" / LEARNED


def test_from_a_rejection_to_the_next_run(ana: Browser, desk_of: Desk, place: Settings) -> None:
    name = named(desk_of, "trade unions")
    ana.open(f"/item/{name}").submit(f"/item/{name}/reject")
    ana.open(f"/lesson/{name}").submit(f"/lesson/{name}", do="try")
    assert (
        ana.status == 200 and "Lost 1" in ana.text and "rejected by an analyst" in ana.text and "Gained 0" in ana.text
    )
    assert "+additions:" in ana.text and not learned(place).exists()
    ana.submit(f"/lesson/{name}", do="write")
    assert "It is in the lexicon" in ana.text and "0 of 1 decided were right" in ana.text
    told = learned(place).read_text(encoding="utf-8")
    assert "negatives:" in told and "of Ana" in told
    result = run_corpus(settings=place, write=lambda folder, *frames, **more: [], workers=1, may_replace=True)
    assert len(result.processed) == 2
    desk_of.refresh()
    assert all(item.machine is None for item in desk_of._queues.items.values() if item.row.wording == "trade unions")


def test_a_corrected_category_teaches_two_things(ana: Browser, desk_of: Desk) -> None:
    name = named(desk_of, "hometown associations")
    ana.open(f"/item/{name}").submit(f"/item/{name}/category", category="stakeholder.civil_society")
    ana.open(f"/lesson/{name}")
    assert "What was wrong" in ana.text and "hometown associations took" in ana.text
    ana.open(f"/lesson/{name}?part=variants").submit(f"/lesson/{name}", do="try", entry="civil-society")
    assert "Gained 1" in ana.text


@pytest.mark.parametrize(
    ("filled", "problem"),
    [({"text": " "}, "say which words"), ({"entry": "nobody"}, "no such entry"), ({"text": "x" * 301}, "at most 300")],
)
def test_nothing_is_written_of_what_cannot_be(
    ana: Browser, desk_of: Desk, place: Settings, filled: dict[str, str], problem: str
) -> None:
    name = named(desk_of, "trade unions")
    ana.open(f"/item/{name}").submit(f"/item/{name}/reject")
    ana.open(f"/lesson/{name}").submit(f"/lesson/{name}", do="write", **filled)
    assert (ana.status, problem in ana.text, learned(place).exists()) == (422, True, False)


def test_what_is_undecided_or_right_teaches_nothing(ana: Browser, desk_of: Desk) -> None:
    name = named(desk_of, "trade unions")
    assert "nothing to learn" in ana.open(f"/lesson/{name}").text
    ana.open(f"/item/{name}").submit(f"/item/{name}/accept")
    assert "nothing to learn" in ana.open(f"/lesson/{name}").text


def test_a_lesson_in_a_browser(chromium: Chromium, desk_of: Desk, place: Settings) -> None:
    name = named(desk_of, "trade unions")
    with served(place) as address, person(chromium, address) as page:
        page.goto(f"{address}/item/{name}")
        page.wait_for_selector(".actions")
        page.keyboard.press("r")
        page.locator("#said", has_text="Rejected").wait_for()
        page.goto(f"{address}/item/{name}")
        page.click("text=Teach the lexicon")
        page.click("text=Show what it changes")
        page.locator("#lost", has_text="1").wait_for(timeout=120_000)
        page.click("text=Write it into the lexicon")
        page.locator(".notice", has_text="It is in the lexicon").wait_for()
    assert learned(place).is_file()
