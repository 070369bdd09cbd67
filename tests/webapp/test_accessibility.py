"""Every page as axe-core judges it, light and dark, wide and narrow. It is not part of the project: `npm install axe-core`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.review.answer import make_decision
from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.settings import Settings
from tests.review.corpus import opened
from tests.review.server import person, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

VARIABLE = "GCMREFS_AXE"
PATHS = (
    *("/", "/?show=all&order=doubt", "/table?show=all", "/documents", "/document/alpha.en", "/search?q=migration"),
    *("/search?q=3", "/lexicon?q=forum", "/runs", "/people", "/nothing", "/document/alpha.en/add?paragraph=1"),
    *("/corpus", "/files", "/document/alpha.en/facts", "/document/alpha.en/cut"),
)
JUDGED = """async () => (await axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }))
  .violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target} ${node.any[0]?.message ?? one.help}`))"""


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core: the file that GCMREFS_AXE names, else that of `npm install axe-core` in this folder."""
    path = Path(os.environ.get(VARIABLE) or Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js")
    if not path.is_file():
        pytest.skip(f"no axe-core: npm install axe-core, or set {VARIABLE} to its axe.min.js")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_reports_nothing(chromium: Browser, place: Settings, axe: str, scheme: str, width: int) -> None:
    engine = opened(place)
    held = Desk(engine)
    said = [
        ("accept", "Ana"),
        ("reject", "Ana"),
        ("edit", "Ana"),
        ("unsure", "Ana"),
        ("flag", "Ana"),
        ("comment", "Ana"),
    ]
    for item, (action, by) in zip(held.items(Queue()), said, strict=False):
        more = {"category": "stakeholder.media"} if action == "edit" else {"comment": "Why so?"}
        held.write([make_decision(held, item, action, by=by, **more)])  # type: ignore[arg-type]
    items = held.items(Queue("all"))
    held.write([make_decision(held, items[0], "reject", by="Ben", comment="No")])
    names = [item.reference_id for item in items]
    engine.dispose()
    found = []
    with served(place) as address, person(chromium, address, color_scheme=scheme, bypass_csp=True) as page:
        page.set_viewport_size({"width": width, "height": 844})
        for path in (
            *PATHS,
            *(f"/item/{name}" for name in names[:6]),
            f"/group/{names[-1]}",
            "keys",
            "ask",
            "/sign-in",
        ):
            if path == "keys":
                page.goto(f"{address}/item/{names[7]}")
                for key in ("c", "Escape", "e", "Escape", "n", "Escape", "?"):
                    page.keyboard.press(key)
            elif path == "ask":
                page.goto(f"{address}/table?show=all")
                page.click("#tick-all")
                page.click(".actions [value=accept]")
                page.wait_for_selector("h1:has-text('rows?')")
            else:
                if path == "/sign-in":
                    page.context.clear_cookies()
                page.goto(address + path)
            page.evaluate(axe)
            found += [f"{path} {one}" for one in page.evaluate(JUDGED)]
    assert found == []
