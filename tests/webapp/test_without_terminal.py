"""The whole job in a real browser, by somebody who never opens a terminal: from an empty folder to brief, tables and Excel."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.settings import Settings
from tests.review.server import person, served
from tests.webapp.pages.test_files import filled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
LONG = 300_000
"""Milliseconds that reading may take on a machine with much else to do."""


def run_to_its_end(page: Page) -> None:
    page.wait_for_selector("text=The run is going on")
    page.wait_for_selector("text=The run is done", timeout=LONG)


def test_from_an_empty_folder_to_a_brief(chromium: Browser, tmp_path: Path) -> None:
    place = Settings(corpus=tmp_path / "corpus", outputs=tmp_path / "outputs", database_url="")
    with served(place) as address, person(chromium, address) as page:
        assert page.locator("h1").inner_text() == "Start here"
        page.set_input_files("#files", SAMPLE / "sample-numbered-declaration.en.docx")
        page.click("text=Send")
        page.wait_for_selector("#waiting", timeout=LONG)
        assert page.locator("[id^=title-]").input_value() == "SAMPLE DIALOGUE ON MIGRATION"
        assert page.locator("[id^=date-]").input_value() == "2044-05-04"
        page.locator("[id^=iscm-]").fill("Sample Dialogue on Migration (SDM)")
        page.click("text=Add and run")
        page.wait_for_selector("text=The run is going on")
        with chromium.new_context() as other:
            ben = other.new_page()
            ben.goto(address)
            ben.fill("input[name=name]", "Ben")
            ben.press("input[name=name]", "Enter")
            ben.wait_for_selector("text=The run is going on")
            assert ben.locator("form[action='/corpus/run'], form[action='/corpus/upload']").count() == 0
            answer = ben.request.post(
                f"{address}/corpus/run", form={"csrf": ben.locator("[name=csrf]").first.get_attribute("value") or ""}
            )
            assert (answer.status, "started is going on" in answer.text()) == (409, True)
        page.wait_for_selector("text=The run is done", timeout=LONG)
        assert page.url == f"{address}/corpus"
        page.click("text=Read the brief")
        assert "Sample Dialogue on Migration (SDM)" in page.inner_text("main")
        assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "832px"
        page.go_back()
        page.click("nav >> text=Queue")
        page.wait_for_selector("main a[href^='/item/']")
        page.click("nav >> text=Files")
        with page.expect_download() as arriving:
            page.click("a[href='/files/latest/reference_tables.xlsx']")
        assert arriving.value.suggested_filename == "reference_tables.xlsx"
        assert Path(arriving.value.path()).read_bytes() == (place.outputs / "latest/reference_tables.xlsx").read_bytes()


def test_everything_without_javascript(chromium: Browser, tmp_path: Path) -> None:
    place = Settings(corpus=tmp_path / "corpus", outputs=tmp_path / "outputs", database_url="")
    place.corpus.mkdir()
    shutil.copy(SAMPLE / "sample-clause-declaration.en.txt", place.corpus / "clauses.txt")
    with served(place) as address, person(chromium, address, java_script_enabled=False) as page:
        page.set_input_files("#files", SAMPLE / "sample-declaracion.es.txt")
        page.click("text=Send")
        page.wait_for_selector("#waiting", timeout=LONG)
        page.click("text=Add only")
        assert "Added to the corpus" in page.inner_text("main")
        page.click("form[action='/corpus/run'] button")
        run_to_its_end(page)
        assert page.locator("a:text('Read the brief')").count() == 2

        page.goto(f"{address}/files")
        with page.expect_download() as arriving:
            page.click("text=Workbook")
        book = tmp_path / "review.xlsx"
        book.write_bytes(filled(Path(arriving.value.path()).read_bytes(), {"civil society": "reject"}))
        page.set_input_files("#workbook", book)
        page.click("text=Show what it says")
        taken = page.locator("ul.figures strong").first.inner_text()
        assert int(taken) >= 1 and "rejected" in page.inner_text("main")
        page.click("text=Take it as Ana")
        assert page.locator("h2").first.inner_text() == "What was taken"
        page.click("main >> text=Write the tables")
        page.click("form[action='/runs/tables'] button")
        page.wait_for_selector("text=Writing the tables is done", timeout=LONG)
    assert ",reject," in (place.outputs / "latest" / "decisions.csv").read_text(encoding="utf-8-sig")
