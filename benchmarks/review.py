"""How long a reviewer waits from a key press to the next of 10,000 references, and for a queue of 100,000.

Run it with `python -m benchmarks.review`. Figures are milliseconds: of waiting, medians over 60 presses, and for the queues
of the server's processor; without Chromium only the server is measured.
"""

from __future__ import annotations

import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.settings import Settings
from pipeline.store import documents
from pipeline.webapp.app import create_app
from tests.review.server import served
from tests.run import fake

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

REFERENCES, MOST_REFERENCES, LINES, PRESSES = 10_000, 100_000, 500, 60
GOALS = {
    "key press to next item, browser": 60.0,
    "queue by doubt after a decision, server": 300.0,
    "queue of a search that all meet, server": 300.0,
}
MET = ("States", "will", "meet", "forum", "report")
"""Words that stand in every paragraph."""
_TIMED = """() => {
  window.taken = [];
  let began = 0;
  document.addEventListener("keydown", () => { began = performance.now(); }, true);
  document.addEventListener("review:arrived", () => requestAnimationFrame(() => {
    if (began) window.taken.push(performance.now() - began);
    began = 0;
  }));
}"""


def ratios() -> list[tuple[str, float, str]]:
    """Rows of (name, milliseconds, how it was measured)."""
    with tempfile.TemporaryDirectory() as folder:
        settings = _filled(Path(folder) / "few", REFERENCES)
        most = _filled(Path(folder) / "most", MOST_REFERENCES)
        return [*_server(settings), *_browser(settings), *_queues(most)]


def _filled(folder: Path, references: int) -> Settings:
    """A store with so many references, 500 in each document, found by a stand-in for the extractors."""
    settings = Settings(corpus=folder / "corpus", outputs=folder / "outputs", database_url="")
    settings.corpus.mkdir(parents=True)
    for n in range(references // LINES):
        lines = (f"{n}.{line} States will meet in the forum and report to it." for line in range(LINES))
        (settings.corpus / f"document-{n:02}.en.txt").write_text("\n".join(lines), encoding="utf-8")
    fake.run_corpus(settings=settings, write=lambda folder, *frames, **more: [], workers=1)
    return settings


def _signed_in(settings: Settings) -> TestClient:
    client = TestClient(create_app(settings), base_url="http://127.0.0.1:8350", client=("127.0.0.1", 50_000))
    token = _token(client.get("/").text)
    client.post("/sign-in", data={"name": "Ana", "csrf": token, "to": "/"})
    return client


def _queues(settings: Settings) -> Iterator[tuple[str, float, str]]:
    client = _signed_in(settings)
    first = client.get("/?search=Europe&order=doubt").text  # nothing: what is only made once is made
    by_doubt: list[float] = []
    by_search: list[float] = []
    for word in MET:
        page = client.get("/").text
        name = page.partition('href="/item/')[2].partition("?")[0].partition('"')[0]
        client.post(f"/item/{name}/accept", data={"csrf": _token(first)}).raise_for_status()
        for address, taken in (("/?order=doubt", by_doubt), (f"/?search={word}", by_search)):
            began = time.process_time()
            client.get(address).raise_for_status()
            taken.append(1000 * (time.process_time() - began))
    how = f"{MOST_REFERENCES} references, processor time, median of {len(MET)}"
    yield "queue by doubt after a decision, server", median(by_doubt), how
    yield "queue of a search that all meet, server", median(by_search), how


def _server(settings: Settings) -> Iterator[tuple[str, float, str]]:
    client = _signed_in(settings)
    with documents.opened(documents.address(settings)) as engine:
        names = [item.reference_id for item in Desk(engine).items(Queue())]
    taken = []
    for name in names[100 : 100 + PRESSES]:
        began = time.perf_counter()
        client.get(f"/item/{name}?show=open", headers={"HX-Request": "true"}).raise_for_status()
        taken.append(1000 * (time.perf_counter() - began))
    yield "next item, server", median(taken), f"{len(names)} references, median of {PRESSES}"


def _token(page: str) -> str:
    return page.partition('name="csrf" value="')[2].partition('"')[0]


def _browser(settings: Settings) -> Iterator[tuple[str, float, str]]:
    named = shutil.which("chromium")
    if not named:
        return
    from playwright.sync_api import sync_playwright

    with served(settings) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=named, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        page.fill("input[name=name]", "Ana")
        page.press("input[name=name]", "Enter")
        page.locator("main a[href^='/item/']").first.click()
        page.wait_for_selector(".actions")
        page.evaluate(_TIMED)
        for key in ("j", "a"):
            page.evaluate("() => { window.taken = [] }")
            for n in range(PRESSES):
                page.keyboard.press(key)
                page.wait_for_function("n => window.taken.length > n", arg=n)
            found = page.evaluate("window.taken")
            what = "key press to next item, browser" if key == "j" else "accept to next item, browser"
            yield what, median(found), f"{REFERENCES} references, headless Chromium, median of {PRESSES}"
        browser.close()


if __name__ == "__main__":
    for name, figure, how in ratios():
        print(f"{name:<40} {figure:8.1f} ms  {how}")
