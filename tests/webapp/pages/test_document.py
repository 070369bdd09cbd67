"""The document page: every paragraph and every reference in it, drawn so that offsets and links hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import pytest

from extractors.model import Paragraph
from pipeline.review import ledger
from pipeline.review.attachment import Passages
from pipeline.review.desk import Desk
from pipeline.review.items import Item
from pipeline.settings import Settings
from pipeline.webapp.pages import document
from pipeline.webapp.pages.document import address, anchor, lines, part_of
from tests.review.corpus import ALPHA, filled, named, opened
from tests.review.sample import row
from tests.review.server import person, served
from tests.webapp.browser import Browser, review

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import Page

TEXTS = {"1": "The Global Forum on Migration \U0001f600 met.\r\nIt met.", "2": "Nothing."}


def paragraph(browser: Browser, name: str) -> Element:
    return next(e for e in browser.page.iter("section") if e.get("data-paragraph") == name)


def words(section: Element) -> Element:
    return next(e for e in section.iter() if "words" in (e.get("class") or "").split())


def held(*found: tuple[str, str], **more: str) -> list[Item]:
    rows = [row("1", category, wording, TEXTS, **more) for category, wording in found]
    return [Item(n, one, one) for n, one in enumerate(rows)]


def drawn(items: list[Item]) -> document.DrawnParagraph:
    made = tuple(Paragraph(n, name, "paragraph", text) for n, (name, text) in enumerate(TEXTS.items(), 1))
    return lines(made, Passages(made), items)[0][0]


def test_a_document_is_shown_whole_and_its_text_is_as_it_was_read(ana: Browser, desk_of: Desk) -> None:
    ana.open("/document/alpha.en")
    assert ana.heading == "Declaration of the Alpha Dialogue"
    for one in desk_of.passages("alpha.en").paragraphs:
        assert "".join(words(paragraph(ana, one.id)).itertext()) == one.text
    assert paragraph(ana, "2").get("id") == "p-2"


def test_every_reference_is_a_link_with_its_anchor_and_colour(ana: Browser, desk_of: Desk) -> None:
    ana.open("/document/alpha.en")
    items = desk_of.of_document("alpha.en")
    assert items
    for item in items:
        (span,) = [e for e in ana.page.iter("span") if e.get("id") == f"r-{item.reference_id}"]
        assert f"in-{item.row.category.partition('.')[0]}" in (span.get("class") or "")
        (link,) = [a for a in ana.page.iter("a") if f"/item/{item.reference_id}" in (a.get("href") or "")]
        assert "".join(link.itertext()) == item.row.wording
    counts = {name: int(count) for name, count in _legend(ana).items()}
    assert sum(counts[name] for name in ("ISCMs", "Stakeholders", "Other references")) == len(items)


def _legend(browser: Browser) -> dict[str, str]:
    section = next(e for e in browser.page.iter("section") if "legend" in (e.get("class") or ""))
    pairs = [[t.strip() for t in entry.itertext() if t.strip()] for entry in section.iter("li")]
    return {pair[0]: pair[1] for pair in pairs}


@pytest.mark.parametrize(("action", "state"), [("accept", "accepted"), ("reject", "rejected"), ("category", "edited")])
def test_what_was_decided_is_seen(ana: Browser, desk_of: Desk, action: str, state: str) -> None:
    name = named(desk_of, "civil society")
    ana.open(f"/item/{name}").submit(f"/{action}", **({"category": "media"} if action == "category" else {}))
    ana.open("/document/alpha.en")
    (span,) = [e for e in ana.page.iter("span") if e.get("id") == f"r-{name}"]
    assert f"is-{state}" in (span.get("class") or "").split()


def test_a_conflict_is_seen(ana: Browser, ben: Browser, desk_of: Desk) -> None:
    name = named(desk_of, "civil society")
    ana.open(f"/item/{name}").submit("/accept")
    ben.open(f"/item/{name}").submit("/reject")
    ana.open("/document/alpha.en")
    assert "is-conflict" in next(e.get("class") or "" for e in ana.page.iter("span") if e.get("id") == f"r-{name}")
    assert _legend(ana)["conflict"] == "1"


def test_words_are_added_by_their_place_and_seen_there(ana: Browser, desk_of: Desk) -> None:
    text = desk_of.passages("alpha.en").text("3")
    start = text.index("took part")
    ana.open("/document/alpha.en")
    ana.submit("/add", paragraph="3", start=str(start), end=str(start + 9), category="diasporas")
    decision = ledger.read(desk_of.engine)[-1]
    assert ana.path == "/document/alpha.en?said=add"
    assert (ana.told, str(ana.answer.url).partition("#")[2]) == ("Added.", f"r-{decision.reference_id}")
    span = next(e for e in ana.page.iter("span") if e.get("id") == f"r-{decision.reference_id}")
    assert ("is-added" in (span.get("class") or ""), "".join(span.itertext())) == (True, "took part")


def test_words_are_added_by_a_plain_form(ana: Browser, desk_of: Desk) -> None:
    ana.open("/document/alpha.en")
    (link,) = [a for a in ana.links("/document/alpha.en/add") if a.endswith("paragraph=3")]
    ana.open(link)
    assert ana.heading == "Add a reference §3"
    ana.submit("/add", wording="took  part", category="zzz", comment="<b>")
    assert (ana.status, "no such category" in ana.text) == (400, True)
    assert next(i.get("value") for i in ana.page.iter("input") if i.get("name") == "wording") == "took  part"
    ana.submit("/add", category="diasporas", wording="took part")
    assert ana.path == "/document/alpha.en?said=add"
    assert [(d.action, d.comment) for d in ledger.read(desk_of.engine)] == [("add", "<b>")]


@pytest.mark.parametrize("path", ["/document/none", "/document/..%2Falpha.en", "/document/alpha.en/add?paragraph=99"])
def test_what_is_not_there_is_not_found(ana: Browser, path: str) -> None:
    assert ana.open(path).status == 404


def test_documents_are_listed_with_progress(ana: Browser, desk_of: Desk) -> None:
    ana.open(f"/item/{named(desk_of, 'civil society')}").submit("/accept")
    ana.open("/documents")
    assert ana.heading == "Documents 2"
    assert [p.get("value") for p in ana.page.iter("progress")] == ["1", "0"]
    assert len(ana.links("/document/")) == 2


def test_many_documents_are_listed_page_by_page(ana: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LISTED", 1)
    first = ana.open("/documents?page=1").links("/document/")
    second = ana.open("/documents?page=2").links("/document/")
    assert len(first) == len(second) == 1 and first != second and "Page 2 of 2" in ana.text
    assert ana.open("/documents?q=béta").links("/document/") == second and ana.heading == "Documents 1"
    assert ana.open("/documents?q=gamma&page=7").links("/document/") == [] and ana.status == 200


def test_references_inside_each_other_are_lines_under_each_other() -> None:
    line = drawn(held(("iscm.gfmd", "Global Forum on Migration"), ("other.theme", "Migration")))
    told = [(run.text, [(m.group, m.lift, m.is_first) for m in run.marks], len(run.more)) for run in line.runs]
    assert told == [
        ("The ", [], 0),
        ("Global Forum on ", [("iscm", 0, True)], 0),
        ("Migration", [("iscm", 1, False), ("other", 0, True)], 0),
        (" \U0001f600 met. \nIt met.", [], 0),
    ]


def test_a_reference_that_is_nowhere_the_shortest_gets_a_link_of_its_own() -> None:
    one, two = held(("iscm.gfmd", "Global Forum"), ("igo.un_system", "Global Forum"))
    (run,) = [run for run in drawn([one, two]).runs if run.marks]
    assert (run.text, len(run.marks)) == ("Global Forum", 2)
    assert [item.reference_id for item in run.more] == [run.marks[0].item.reference_id]
    assert run.marks[-1].item is not run.marks[0].item


def test_words_that_stand_twice_are_marked_twice_with_one_anchor() -> None:
    (item,) = held(("iscm.generic", "met"), occurrences=2)  # type: ignore[arg-type]
    marks = [run.marks[0].is_first for run in drawn([item]).runs if run.marks]
    assert marks == [True, False]


def test_what_stands_nowhere_any_more_is_listed_apart() -> None:
    made = (Paragraph(1, "1", "paragraph", "Other words."),)
    found, lost = lines(made, Passages(made), held(("iscm.gfmd", "Global Forum")))
    assert (len(found), len(lost)) == (1, 1)


def test_the_characters_of_a_line_are_those_of_its_text() -> None:
    line = drawn(held(("iscm.gfmd", "Global Forum")))
    assert "".join(run.text for run in line.runs) == TEXTS["1"].replace("\r", " ")


def test_long_documents_come_in_parts(ana: Browser, desk_of: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "PART", 2)
    paragraphs = desk_of.passages("alpha.en").paragraphs
    assert (part_of(paragraphs, "3"), part_of(paragraphs, "nowhere")) == (1, 0)
    where = address(desk_of, "alpha.en", "3", said="add")
    assert where == "/document/alpha.en?said=add&at=3#p-3"
    ana.open(where.partition("#")[0])
    assert "Part 2 of 2" in ana.text
    assert [s.get("data-paragraph") for s in ana.page.iter("section") if s.get("data-paragraph")] == ["2", "3"]
    ana.follow("prev")
    assert "Part 1 of 2" in ana.text
    assert ana.open("/document/alpha.en?part=99").status == 200


def test_anchors_have_no_spaces() -> None:
    assert anchor("H:What\twe  \nshare\u202e") == "p-H:What_we_share\ufffd"


def test_a_hostile_document_stays_text(hostile: Settings, tmp_path: Path) -> None:
    browser = Browser(review(hostile), "Ana").open("/documents")
    browser.open(browser.links("/document/")[0])
    assert browser.status == 200
    assert [s.get("src") for s in browser.page.iter("script")] == [s.get("src") for s in _scripts()]
    assert not any(name.startswith("on") for e in browser.page.iter() for name in e.keys())  # noqa: SIM118
    assert "{{ 7 * 7 }}" in browser.text
    browser.open(next(a for a in browser.links("/document/") if "/add" in a))
    assert browser.status == 200


def _scripts() -> list[Element]:
    names = ("htmx.min.js", "review.js", "pages.js")
    return [Element("script", {"src": f"/static/{name}"}) for name in names]


PLACE = """([from, to]) => {
  const words = [...document.querySelectorAll(".para .words")].find((one) => one.textContent.includes(from));
  words.scrollIntoView({ block: "center" });
  const nodes = [];
  for (const walk = document.createTreeWalker(words, NodeFilter.SHOW_TEXT); walk.nextNode();) nodes.push(walk.currentNode);
  const node = (text) => nodes.find((one) => one.data.includes(text));
  const range = document.createRange();
  range.setStart(node(from), node(from).data.indexOf(from));
  range.setEnd(node(to), node(to).data.indexOf(to) + to.length);
  const boxes = [...range.getClientRects()].filter((box) => box.width);
  const [one, other] = [boxes[0], boxes[boxes.length - 1]];
  return [one.left + 1, one.top + one.height / 2, other.right - 1, other.top + other.height / 2];
}"""


def drag(page: Page, start: str, end: str) -> str:
    """Select with the mouse from the beginning of one text to the end of another; return what the panel then shows."""
    x0, y0, x1, y1 = page.evaluate(PLACE, [start, end])
    page.mouse.move(x0, y0)
    page.mouse.down()
    page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2, steps=4)
    page.mouse.move(x1, y1, steps=4)
    page.mouse.up()
    page.wait_for_selector("#adding:not([hidden])")
    return page.inner_text("#adding-words")


def test_words_are_selected_across_marks_and_behind_wide_characters(chromium: Chromium, tmp_path: Path) -> None:
    place = filled(tmp_path, alpha=ALPHA.replace("We thank", "We \U0001f600\U0001d4ae thank"))
    with served(place) as address, person(chromium, address) as page:
        page.goto(f"{address}/document/alpha.en")
        assert drag(page, "civil society", "civil society") == "civil society"
        assert "/document/" in page.url
        page.keyboard.press("Escape")
        assert page.is_hidden("#adding")
        assert drag(page, "civil society", "for their") == "civil society and the private sector for their"
        page.keyboard.press("c")
        page.keyboard.type("Media")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.wait_for_selector(".is-added")
        page.locator(".words a.ref").first.click()
        page.wait_for_url("**/item/**")
    engine = opened(place)
    (decision,) = ledger.read(engine)
    engine.dispose()
    value = decision.value
    assert value is not None
    assert decision.text[value.start : value.end] == "civil society and the private sector for their"
    assert (value.category, decision.action) == ("stakeholder.media", "add")


def test_words_selected_by_keyboard_wait_for_a_key(chromium: Chromium, place: Settings) -> None:
    with served(place) as address, person(chromium, address) as page:
        page.goto(f"{address}/document/alpha.en")
        page.evaluate(
            """() => {
              const text = document.querySelector("#p-3 .words").firstChild;
              getSelection().setBaseAndExtent(text, 3, text, 6);
            }"""
        )
        page.wait_for_selector("#adding:not([hidden])")
        assert page.evaluate("() => document.activeElement.name") != "category"
        page.keyboard.press("c")
        assert page.evaluate("() => document.activeElement.name") == "category"
