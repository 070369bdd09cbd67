"""The page in a real browser: it asks for nothing, and its tables sort, filter and grow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.export.page import report
from pipeline.export.pictures import figures
from pipeline.tables.build import Frames, build_tables
from tests import table_sample as sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

TIMES = 12


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with a table of 84 quotes, so that most rows are data."""
    references, paragraphs = sample.references(), sample.paragraphs()
    built = build_tables(Frames(references, paragraphs, sample.objectives()), labels=sample.LABELS)
    one = built["stakeholder_quotes"]
    built["stakeholder_quotes"] = replace(one, rows=one.rows * TIMES)
    path: Path = tmp_path_factory.mktemp("page") / "report.html"
    changes = {"before": "a", "counts": {"references_gained": 1}, "references": [{"change": "gained", "document": "x"}]}
    run: dict[str, Any] = sample.RUN | {"changes": changes}
    report.write(path, built, run, figures.draw(built), references=references, paragraphs=paragraphs)
    return path.as_uri()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """The open page; a request, an error or a message of the security policy fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    opened, faults = context.new_page(), []
    opened.on("request", lambda request: faults.append(request.url) if request.url != address else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text))
    opened.goto(address)
    yield opened
    context.close()
    assert [fault for fault in faults if not fault.startswith("data:")] == []


def quotes(page: Page) -> Locator:
    return page.locator("[data-name=stakeholder_quotes]")


def column(table: Locator, n: int) -> list[str]:
    return [cell.inner_text() for cell in table.locator(f"tbody tr td:nth-child({n})").all()]


def test_rows_are_shown_on_demand(page: Page) -> None:
    table = quotes(page)
    total = 6 * TIMES
    assert table.locator("tbody tr").count() == 25
    assert table.locator(".count").inner_text() == f"{total} rows, the first 25 shown"
    first = table.locator("tbody tr").first.inner_html()
    table.get_by_role("button", name=f"Show all {total} rows").click()
    assert table.locator("tbody tr").count() == total and table.locator(".more").is_hidden()
    assert table.locator("tbody tr").nth(60).inner_html() == first


def test_filter_and_sort_by_keyboard(page: Page) -> None:
    table = quotes(page)
    table.locator("input").focus()
    page.keyboard.type("Trade COAST")
    page.locator("[data-name=stakeholder_quotes] .count", has_text=re.compile(r"^\s*0 of")).wait_for()
    assert table.locator("tbody tr").count() == 0
    table.locator("input").fill("lake")
    page.locator("[data-name=stakeholder_quotes] .count", has_text="24 of").wait_for()
    found = table.locator("tbody tr").all_inner_texts()
    assert all("Lake" in text for text in found) and len(found) == 2 * TIMES
    table.locator("th button").first.focus()
    for direction in ("ascending", "descending"):
        page.keyboard.press("Enter")
        assert table.locator("th").first.get_attribute("aria-sort") == direction
        found = column(table, 1)
        assert found == sorted(found, reverse=direction == "descending")
    page.keyboard.press("Space")
    assert table.locator("th").first.get_attribute("aria-sort") is None


def test_one_document(page: Page) -> None:
    page.locator("#document").select_option("charter")
    table = quotes(page)
    assert (
        set(column(table, 1)) == {"charter"} and f"{2 * TIMES} of {6 * TIMES}" in table.locator(".count").inner_text()
    )
    assert set(column(page.locator("[data-name=stakeholder_wordings]"), 1)) == {"charter"}
    assert page.locator(".cards dd").all_inner_texts()[:3] == ["1", "3", "3"]
    assert "Charter of the Forum" in page.locator("#chart-along strong").inner_text()
    assert page.locator(".summary").is_hidden()  # it speaks of all documents
    assert page.locator("#chart-strips").is_hidden() and page.locator("#whole").is_visible()
    counts = [int(text) for text in page.locator("#chart-heatmap text.v").all_text_contents() if text]
    assert sum(counts) == 1
    page.locator("#document").select_option("")
    assert page.locator(".cards dd").first.inner_text() == "2" and page.locator("#chart-strips").is_visible()


def test_whole_paragraph_also_in_rows_that_the_script_makes(page: Page) -> None:
    page.get_by_role("button", name="All rows").click()
    details = quotes(page).locator("details:not(.cite)").last
    details.locator("summary").press("Enter")
    assert details.locator("p").inner_text() == "We thank cities and trade unions. We thank nobody else."
    assert details.locator("mark").all_inner_texts() == ["cities"]


def test_how_to_cite_also_in_rows_that_the_script_makes(page: Page) -> None:
    page.get_by_role("button", name="All rows").click()
    cites = quotes(page).locator("details.cite p").all_text_contents()
    assert len(cites) == 6 * TIMES and cites[:6] == cites[-6:] and all(", p. 1" in text for text in cites)


def test_small_tables_sort_and_filter_too(page: Page) -> None:
    page.locator("#chart-heatmap summary").click()
    table = page.locator("#chart-heatmap .table")
    table.locator("th button").first.press("Enter")
    found = column(table, 1)
    assert len(found) > 1 and found == sorted(found)
    table.locator("input").fill("unions")
    page.locator("#chart-heatmap .count", has_text=" of ").wait_for()
    assert all(name.startswith("Trade unions") for name in column(table, 1))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_in_light_and_dark(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    assert _contrast(page, "body", "body") >= 7
    assert _contrast(page, "#stakeholder td", ".table") >= 7
    assert _contrast(page, "mark", "mark") >= 4.5


def test_nothing_is_wider_than_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_paper_shows_no_controls(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    assert not any(page.locator(name).first.is_visible() for name in ("nav", ".bar input", ".more"))
    assert page.locator("#chart-heatmap svg").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def _contrast(page: Page, words: str, ground: str) -> float:
    """The contrast of the first such words on their ground, as WCAG counts it."""

    def light(selector: str, name: str) -> float:
        script = f"getComputedStyle(document.querySelector({selector!r})).{name}"
        parts = [int(n) / 255 for n in str(page.evaluate(script)).strip("rgba()").split(",")[:3]]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    two = sorted([light(words, "color"), light(ground, "backgroundColor")])
    return (two[1] + 0.05) / (two[0] + 0.05)
