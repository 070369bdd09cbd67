"""The table: rows in the order asked for, and one answer to many of them or to none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.review import ledger
from pipeline.review.decision import Decision
from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.settings import Settings
from pipeline.webapp.pages import table
from tests.review.corpus import named, opened
from tests.review.server import person, served
from tests.webapp.browser import Browser, review

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium


def written(held: Desk) -> list[Decision]:
    return ledger.read(held.engine)


def wordings(browser: Browser) -> list[str]:
    cells = [td for td in browser.page.iter("td") if td.get("class") == "what"]
    return ["".join(next(td.iter("a")).itertext()) for td in cells]


def rows(browser: Browser) -> list[str]:
    return [i.get("value", "") for i in browser.page.iter("input") if i.get("name") == "row"]


def act(browser: Browser, action: str, names: list[str], at: str = "/table", **more: str) -> Browser:
    data: dict[str, Any] = {"csrf": browser.token(), "row": names, "do": action} | more
    browser._take(browser.client.post(at, data=data))
    return browser


def test_rows_are_those_of_the_queue(ana: Browser, desk_of: Desk) -> None:
    ana.open("/table?document=beta.en&category=stakeholder")
    assert ana.heading == "To decide 2"
    assert wordings(ana) == ["Local authorities", "private sector"]
    assert all("document=beta.en" in link for link in ana.links("/table?") if "sort=" in link)


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("wording", "civil society"),
        ("-wording", "trade unions"),
        ("paragraph", "civil society"),
        ("zzz", "civil society"),
    ],
)
def test_rows_are_sorted(ana: Browser, sort: str, first: str) -> None:
    assert wordings(ana.open(f"/table?document=alpha.en&sort={sort}"))[0] == first


def test_a_column_is_sorted_by_a_click_and_back(ana: Browser) -> None:
    asked = []
    ana.open("/table")
    for _ in range(3):
        ana.open(next(a.get("href", "") for a in ana.page.iter("a") if "".join(a.itertext()).startswith("Wording")))
        asked.append(ana.path)
    assert asked == ["/table?sort=wording", "/table?sort=-wording", "/table"]


@pytest.mark.parametrize(
    ("action", "more", "statuses"),
    [
        ("accept", {}, {"accepted"}),
        ("reject", {"comment": "No"}, {"rejected"}),
        ("category", {"category": "media"}, {"edited"}),
        ("comment", {"comment": "Look again"}, {"machine"}),
    ],
)
def test_many_rows_are_decided_at_once(
    ana: Browser, desk_of: Desk, action: str, more: dict[str, str], statuses: set[str]
) -> None:
    ana.open("/table?document=beta.en")
    names = rows(ana)
    act(ana, action, names, "/table?document=beta.en&sort=wording", **more)
    done = {"accept": "accepted", "reject": "rejected", "category": "given the category", "comment": "given the note"}
    assert ana.told == f"3 rows {done[action]}. Undo takes it back as one."
    assert ana.path.startswith("/table?document=beta.en&sort=wording")
    assert {desk_of.item(name).status for name in names} == statuses
    assert len(written(desk_of)) == 3
    assert {d.comment for d in written(desk_of)} == {more.get("comment", "")}


def test_more_than_ten_rows_are_asked_for_first_and_taken_back_as_one(ana: Browser, desk_of: Desk) -> None:
    names = rows(ana.open("/table?sort=wording"))
    act(ana, "reject", names, "/table?sort=wording", comment="Not here")
    assert (ana.heading, len(names), written(desk_of)) == ("Reject 11 rows?", 11, [])
    assert "2 × private sector" in ana.text and "Not here" in ana.text
    act(ana, "reject", rows(ana), "/table?sort=wording", comment="Not here", sure="11")
    assert (ana.told[:16], ana.path[:19]) == ("11 rows rejected", "/table?sort=wording")
    assert desk_of.count(Queue("open")) == 0
    act(ana, "undo", [], "/table?show=all")
    assert (ana.told, ana.path[:15]) == ("11 rows taken back.", "/table?show=all")
    assert desk_of.count(Queue("open")) == 11


def test_one_row_that_cannot_be_keeps_all_from_being_written(
    ana: Browser, desk_of: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = rows(ana.open("/table"))
    desk_of.documents.pop("beta.en")
    act(ana, "accept", names)
    assert (ana.status, "Nothing was written: beta.en" in ana.text, written(desk_of)) == (422, True, [])
    assert [i.get("value") for i in ana.page.iter("input") if i.get("checked") is not None] == names


@pytest.mark.parametrize(
    ("action", "count", "problem"),
    [
        ("accept", 0, "Tick the rows"),
        ("zzz", 1, "Choose what"),
        ("category", 1, "Choose a category"),
        ("comment", 1, "a comment is empty"),
        ("undo", 1, "None of these rows"),
    ],
)
def test_what_makes_no_sense_is_asked_again(ana: Browser, desk_of: Desk, action: str, count: int, problem: str) -> None:
    act(ana, action, rows(ana.open("/table"))[:count])
    assert (ana.status, problem in ana.text, written(desk_of)) == (422, True, [])


def test_unknown_rows_and_too_many_are_refused(ana: Browser, desk_of: Desk) -> None:
    ana.open("/table")
    act(ana, "accept", [*rows(ana), "0" * 16])
    assert (ana.status, "no longer there" in ana.text, written(desk_of)) == (422, True, [])
    act(ana, "accept", [f"{n:016x}" for n in range(501)])
    assert (ana.status, "at most 500" in ana.text, written(desk_of)) == (422, True, [])


def test_one_takes_back_only_what_one_said(ana: Browser, ben: Browser, desk_of: Desk) -> None:
    names = rows(ana.open("/table"))[:3]
    act(ana, "accept", names)
    act(ben.open("/table?show=all"), "accept", names[:1], "/table?show=all")
    act(ana.open("/table?show=all"), "undo", names, "/table?show=all")
    assert ana.told == "3 rows taken back."
    assert [desk_of.item(name).status for name in names] == ["accepted", "machine", "machine"]


def test_pages_keep_filters_and_order(ana: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table.Layout, "__init__", _four(table.Layout.__init__))
    ana.open("/table?show=all&sort=wording")
    seen = wordings(ana)
    for number in (2, 3):
        ana.follow("next")
        assert f"Page {number} of 3" in ana.text
        seen += wordings(ana)
    assert (len(seen), seen) == (11, sorted(seen, key=str.casefold))
    assert ana.path == "/table?show=all&sort=wording&rows=4&page=3"


def _four(made: Callable[..., None]) -> Callable[..., None]:
    def init(self: table.Layout, sort: str = "", rows: int = 4, page: int = 1) -> None:
        made(self, sort=sort, rows=4, page=page)

    return init


def test_all_rows_are_ticked_without_javascript(ana: Browser) -> None:
    ana.open("/table")
    (link,) = [a for a in ana.links("/table?") if "ticked=all" in a]
    ana.open(link)
    assert all(i.get("checked") is not None for i in ana.page.iter("input") if i.get("name") == "row")


@pytest.mark.parametrize(
    "params", ["page=0", "page=-1", "page=99999999999", "page=%00", "rows=7&sort=--wording", "below=x"]
)
def test_odd_addresses_show_a_table(ana: Browser, params: str) -> None:
    assert ana.open(f"/table?{params}").status == 200


@pytest.mark.parametrize("said", ["said=accept&count=<b>", "said=<b>&count=3", "said=accept&count=99999"])
def test_no_address_makes_the_page_say_something(ana: Browser, said: str) -> None:
    assert ana.open(f"/table?{said}").told == ""


def test_a_script_gets_the_rest_of_the_table(ana: Browser, desk_of: Desk) -> None:
    name = rows(ana.open("/table?document=beta.en"))[0]
    data = {"csrf": ana.token(), "row": name, "do": "reject"}
    answer = ana.post("/table?document=beta.en", data, **{"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-push-url"]) == (200, "/table?document=beta.en")
    assert 'data-said="1 row rejected."' in answer.text
    assert name not in answer.text


def test_a_form_of_nobody_is_refused(ana: Browser, desk_of: Desk) -> None:
    data = {"csrf": "x", "row": named(desk_of, "civil society"), "do": "accept"}
    assert ana.post("/table", data).status_code == 403


def test_the_entry_of_a_rule_narrows_a_queue_down(desk_of: Desk) -> None:
    held = desk_of.items(Queue("all", rule="colombo-process"))
    assert [item.row.wording for item in held] == ["Colombo Process"]


def test_hostile_texts_stay_text(hostile: Settings) -> None:
    browser = Browser(review(hostile), "Ana").open("/table?show=all")
    assert (browser.status, len(rows(browser)) > 0) == (200, True)
    assert not list(browser.page.iter("img"))


def test_rows_are_ticked_and_decided_by_keys(chromium: Chromium, place: Settings) -> None:
    with served(place) as address, person(chromium, address) as page:
        page.goto(f"{address}/table?document=alpha.en")
        names = [box.get_attribute("value") for box in page.locator("#rows input[name=row]").all()]
        page.keyboard.press("a")
        page.wait_for_selector("#said:has-text('Tick rows')")
        for key in ("j", "x", "ArrowDown", "ArrowDown", "x", "k"):
            page.keyboard.press(key)
        assert page.inner_text("#ticked-count") == "2 ticked"
        page.keyboard.press("a")
        page.wait_for_selector("#said:has-text('2 rows accepted')")
        assert page.evaluate("() => document.activeElement.matches('tr[data-row]')")
        page.keyboard.press("r")
        page.wait_for_selector("#said:has-text('1 row rejected')")
        page.click("#tick-all")
        page.keyboard.press("c")
        page.keyboard.type("Media")
        page.keyboard.press("Enter")
        page.wait_for_selector("#said:has-text('given the category')")
        page.keyboard.press("/")
        assert page.evaluate("() => document.activeElement.id") == "words"
        page.goto(f"{address}/runs")
        page.keyboard.press("/")
        page.wait_for_url("**/search")
    engine = opened(place)
    statuses = {name: Desk(engine).item(str(name)).status for name in names}
    engine.dispose()
    assert [statuses[name] for name in names[:3]] == ["accepted", "rejected", "accepted"]
    assert set(list(statuses.values())[3:]) == {"edited"}
