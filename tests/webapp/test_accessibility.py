"""Every page as axe-core judges it, light and dark, wide and narrow. It is not part of the project: `npm install axe-core`."""

from __future__ import annotations

import os
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import pytest
from fastapi.routing import APIRoute

from pipeline.review.answer import make_decision
from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.settings import Settings
from pipeline.webapp import pages
from tests.review.corpus import opened
from tests.review.server import person, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

VARIABLE = "GCMREFS_AXE"
PATHS = (
    *(
        "/?show=all&order=doubt",
        "/table?show=all",
        "/search?q=migration",
        "/search?q=3",
        "/lexicon?q=forum",
        "/nothing",
    ),
    *("/document/alpha.en/add?paragraph=1", "/?kind=objective&show=all", "/documents?q=alpha"),
)
"""Addresses besides those of the routes, for what they show."""
NO_PAGES = re.compile(r"[.](?:png|svg|xlsx)$|:path}$|/health|/progress$|^/language$")
"""Routes that answer with no page of the review: pictures, downloads."""
JUDGED = """async () => (await axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }))
  .violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target} ${node.any[0]?.message ?? one.help}`))"""


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core: the file that GCMREFS_AXE names, else that of `npm install axe-core` in this folder."""
    path = Path(os.environ.get(VARIABLE) or Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js")
    if not path.is_file():
        pytest.skip(f"no axe-core: npm install axe-core, or set {VARIABLE} to its axe.min.js")
    return path.read_text(encoding="utf-8")


def addresses(names: list[str]) -> list[str]:
    """All pages that there are, by the routes, so that none is forgotten; the sign-in comes last."""
    values = {"slug": "alpha.en", "category": "stakeholder.media", "reference_id": names[0]}
    modules = [import_module(f"{pages.__name__}.{module.name}") for module in iter_modules(pages.__path__)]
    found = [route for module in modules if hasattr(module, "router") for route in module.router.routes]
    paths = [route.path for route in found if isinstance(route, APIRoute) and "GET" in route.methods]
    listed = [path.format(**values) for path in paths if not NO_PAGES.search(path)]
    assert {"/", "/table", f"/lesson/{names[0]}", "/codebook/stakeholder.media"} <= {*listed}
    return [
        *(path for path in listed if path != "/sign-in"),
        *PATHS,
        *(f"/item/{name}" for name in names[1:6]),
        "/sign-in",
    ]


def decide_some(settings: Settings) -> list[str]:
    """Decide in every way that there is; return the ids of all items."""
    engine = opened(settings)
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
    return names


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_reports_nothing(chromium: Browser, place: Settings, axe: str, scheme: str, width: int) -> None:
    names = decide_some(place)
    found = []
    with served(place) as address, person(chromium, address, color_scheme=scheme, bypass_csp=True) as page:
        page.set_viewport_size({"width": width, "height": 844})
        *pages_of_routes, last = addresses(names)
        for path in (*pages_of_routes, f"/group/{names[-1]}", "keys", "ask", last):
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


@pytest.mark.parametrize("width", [640, 390])
def test_no_page_is_wider_than_a_window_at_200_percent_or_of_a_phone(
    chromium: Browser, place: Settings, width: int
) -> None:
    names = decide_some(place)
    wide = []
    with served(place) as address, person(chromium, address) as page:
        page.set_viewport_size({"width": width, "height": 844})
        for path in addresses(names):
            page.goto(address + path)
            over = page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
            wide += [f"{path}: {over} px"] if over > 0 else []
    assert wide == []
