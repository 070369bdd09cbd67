"""Every page: well written, with its landmarks, its texts escaped, its filters kept, and nothing in it that is inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from pipeline.review.desk import Desk
from pipeline.review.items import SHOWS, Queue
from pipeline.settings import Settings
from pipeline.webapp import view
from pipeline.webapp.pages.queue import PAGE
from pipeline.webapp.selection import query_of, queue_of
from tests.review.corpus import named
from tests.webapp.browser import Browser, parsed, review


def checked(browser: Browser) -> None:
    """What holds for every page: one h1, one main, labelled fields, unique ids, no inline script or style."""
    page = browser.page
    assert len(list(page.iter("h1"))) == len(list(page.iter("main"))) == 1
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    labelled = {label.get("for") for label in page.iter("label")}
    for field in (f for name in ("input", "select", "textarea") for f in page.iter(name)):
        named = field.get("id") in labelled or field.get("aria-label")
        assert field.get("type") == "hidden" or named, field.attrib
    for element in page.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action", "formaction", "hx-post", "hx-get"):
            assert re.match(r"/(?!/)|#|$", element.get(name, "")), element.attrib
    assert all(not (script.text or "").strip() for script in page.iter("script"))
    assert not list(page.iter("style"))
    assert next(page.iter("html")).get("lang") == "en"
    assert next(page.iter("title")).text


@pytest.mark.parametrize("show", SHOWS)
def test_the_queues(ana: Browser, show: str) -> None:
    ana.open(f"/?show={show}")
    checked(ana)
    assert ana.heading.startswith(SHOWS[show])  # type: ignore[index]


def test_all_pages_after_all_that_can_be_done(ana: Browser, ben: Browser, desk_of: Desk) -> None:
    names = [item.reference_id for item in desk_of.items(Queue())]
    for name, action, filled in [
        (names[0], "/accept", {}),
        (names[1], "/reject", {"comment": "No </p><script>"}),
        (names[2], "/category", {"category": "media"}),
        (names[3], "/comment", {"comment": "'\"<&>"}),
    ]:
        ana.open(f"/item/{name}").submit(action, **filled)
    ben.open(f"/item/{names[0]}").submit("/reject")
    for path in ["/", "/?show=all", "/?show=conflict", "/sign-in", "/nowhere", *(f"/item/{name}" for name in names)]:
        checked(ana.open(path))
    assert ana.status == 200
    checked(Browser(ana.app).open("/sign-in"))
    answer = ana.client.get(f"/item/{names[0]}", headers={"hx-request": "true"})
    assert parsed("<!DOCTYPE html><html lang=en><head>" + answer.text.replace("</title>", "</title></head><body>"))


def test_hostile_texts_stay_texts(hostile: Settings) -> None:
    ana = Browser(review(hostile), "<b>Ana</b>\u202e'\"")
    for path in ["/", "/?show=all&words=%3Cscript%3E%22'", *ana.links("/item/")]:
        ana.open(path)
        checked(ana)
        assert not [e for e in ana.page.iter("img") if e.get("src") == "x"]
        assert all(s.get("src", "").startswith("/static/") for s in ana.page.iter("script"))
        assert not set("\u202e\u2066\x07\ufdd0\ufffe") & set(ana.answer.text)
    items = ana.links("/item/") or ana.open("/").links("/item/")
    ana.open(items[0]).submit("/comment", comment="<script>\u202e</textarea>")
    assert "<script>\ufffd</textarea>" in ana.text
    checked(ana)
    ana.submit("/category", category="</textarea><script>")
    checked(ana)
    assert "no such category" in ana.text and "{{ 7 * 7 }}" in ana.text and "49" not in ana.text


def test_a_reference_is_told_in_full(ana: Browser, desk_of: Desk) -> None:
    ana.open(f"/item/{named(desk_of, 'Colombo Process')}?document=alpha.en&show=all")
    assert ana.heading == "Colombo Process §3"
    (paragraph,) = (e for e in ana.page.iter("p") if e.get("id") == "paragraph")
    assert "".join(paragraph.itertext()) == desk_of.passages("alpha.en").text("3")
    marks = {mark.text: mark.get("class") for mark in paragraph.iter("mark")}
    assert marks["Colombo Process"] == "wording"
    assert marks["Global Forum on Migration and Development"] == "also"
    steps = [tuple(map(int, step.split("-"))) for step in (paragraph.get("data-steps") or "").split()]
    assert "".join(paragraph.itertext())[slice(*steps[2])] == "The"
    assert "2. We will work with regional consultative processes" in ana.text
    assert ana.links("/lexicon#") and ana.links("/document/alpha.en#r-")
    assert all("?show=all&document=alpha.en" in link for link in ana.links("/item/"))


def test_previous_and_next(ana: Browser, desk_of: Desk) -> None:
    first, second, third = (item.reference_id for item in desk_of.items(Queue(document="beta.en")))
    ana.open(f"/item/{first}?document=beta.en").follow("next")
    assert ana.path == f"/item/{second}?document=beta.en"
    ana.submit("/accept")
    assert ana.path.startswith(f"/item/{third}?")
    ana.follow("prev")
    assert ana.path.startswith(f"/item/{second}?")
    ana.follow("next")
    assert ana.path.startswith(f"/item/{third}?")
    assert not [a for a in ana.page.iter("a") if a.get("rel") == "next"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("document=beta.en", 3),
        ("category=stakeholder", 7),
        ("category=stakeholder.private_sector", 2),
        ("words=colombo+PROCESS", 3),
        ("below=50", 0),
        ("below=nan&show=bogus&page=-3&method=%3Cb%3E", 0),
        ("by=Ana", 0),
        ("document=none", 0),
        ("page=99999999999999999999", 11),
        ("below=1e999", 11),
    ],
)
def test_filters(ana: Browser, query: str, count: int) -> None:
    ana.open(f"/?{query}")
    checked(ana)
    assert (ana.status, ana.heading) == (200, f"To decide {count}")


def test_a_long_queue_is_shown_in_pages(tmp_path: Path) -> None:
    from tests.run import fake

    made = Settings(corpus=tmp_path / "c", outputs=tmp_path / "o", database_url="", workers=1)
    made.corpus.mkdir()
    (made.corpus / "a.txt").write_text("a forum\n" * (2 * PAGE + 5), encoding="utf-8")
    fake.run_corpus(settings=made)
    ana = Browser(review(made), "Ana").open("/?words=forum")
    seen = []
    for _ in range(3):
        seen += [link for link in ana.links("/item/")[1:] if "page" not in link]
        links = [a.get("href") for a in ana.page.iter("a") if a.get("rel") == "next"]
        if links:
            ana.follow("next")
    assert len(set(seen)) == len(seen) == 2 * PAGE + 5
    assert ana.path == "/?words=forum&page=3"


@pytest.mark.parametrize(
    "queue",
    [Queue(), Queue("new"), Queue("all", document="a b&c", below=97.5), Queue(words="é=&", by="Ana", method="fuzzy")],
)
def test_a_queue_is_the_same_after_an_address(queue: Queue) -> None:
    from urllib.parse import parse_qsl

    assert queue_of(dict(parse_qsl(query_of(queue)[1:]))) == queue


def test_an_address_cannot_make_the_page_say_anything(ana: Browser) -> None:
    assert ana.open("/?said=<b>Send+me+your+password").told == ""
    assert ana.open("/?said=accept").told == "Accepted. That was the end of this queue; 11 of it are still here."


def test_what_other_processes_decide_shows(ana: Browser, app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.review import ledger
    from pipeline.review.answer import make_decision
    from pipeline.webapp import site

    held = app.state.site.desk
    item = held.items(Queue())[0]
    ledger.append(held.engine, [make_decision(held, item, "reject", by="Eva")])
    monkeypatch.setattr(site, "REFRESH_SECONDS", 0.0)
    assert "Eva rejected it" in ana.open(f"/item/{item.reference_id}").text


def test_a_decision_that_no_longer_attaches_is_shown_with_what_is_nearest(place: Settings) -> None:
    from tests.review.corpus import ALPHA, filled

    app = review(place)
    ana = Browser(app, "Ana")
    names = [named(app.state.site.desk, wording) for wording in ("trade unions", "Colombo Process")]
    ana.open(f"/item/{names[0]}").submit("/accept")
    ana.open(f"/item/{names[1]}").submit("/category", category="media")
    changed = ALPHA.replace("3. ", "4. ").replace("2. ", "2. Something new stands here.\n\n3. ")
    filled(place.outputs.parent, alpha=changed)
    later = Browser(review(place), "Ben").open("/?show=lost")
    assert later.heading == "No longer attached 2"
    links = later.links("/item/")[1:]
    nearest = []
    for link in links:
        checked(later.open(link))
        assert "nothing left to attach" in later.text
        nearest += [other for other in later.links("/item/") if "nearest" in later.text and other not in links]
        assert not [form for form in later.forms() if form.get("action", "").split("?")[0].endswith("/accept")]
        path = link.replace("?", "/accept?")
        assert later.post(path, {"csrf": later.token()}).status_code == 422
        later.submit("/reject")
    assert len(nearest) == 2
    assert later.open(nearest[0]).heading == "trade unions §3"
    assert later.open("/?show=lost").heading == "No longer attached 0"


def test_a_page_picture_with_its_boxes(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    from pipeline.run.run import run_corpus

    made = Settings(corpus=tmp_path / "c", outputs=tmp_path / "o", database_url="", workers=1)
    made.corpus.mkdir()
    canvas = Canvas(str(made.corpus / "a.en.pdf"), pagesize=(500, 700))
    canvas.drawString(50, 600, "1. We thank civil society and the private sector for their work on migration.")
    canvas.save()
    run_corpus(settings=made, write=lambda folder, *frames, **more: [])
    ana = Browser(review(made), "Ana")
    ana.open(ana.links("/item/")[0])
    pictures = [image.get("src", "") for image in ana.page.iter("img")]
    assert len(pictures) == 2
    picture, boxes = (ana.client.get(address) for address in pictures)
    assert picture.content.startswith(b"\x89PNG") and "private" in picture.headers["cache-control"]
    assert boxes.headers["content-type"] == "image/svg+xml"
    assert 'viewBox="0 0 500.0 700.0"' in boxes.text and boxes.text.count("<rect") == 1 and "<image" not in boxes.text
    assert "<image" in ana.client.get(pictures[1] + "?whole=1").text
    assert ana.client.get(pictures[0].replace("/1.png", "/2.png")).status_code == 404
    (made.corpus / "a.en.pdf").write_bytes(b"%PDF-1.4 another")
    assert ana.client.get(pictures[1]).status_code == 404


@pytest.mark.parametrize(
    ("text", "shown"), [("a\u202eb", "a�b"), ("\x00\x1f\ud800", "���"), ("\ufdd0", "�"), ("é\U0001f600", "é\U0001f600")]
)
def test_shown_is_as_long_as_what_it_shows(text: str, shown: str) -> None:
    assert view.legible_text(text) == shown
    assert len(view.legible_text(text)) == len(text)
