"""One decision for all references of one wording and category: covered as shown, taken back as one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.review import ledger
from pipeline.review.desk import Desk, Scope
from pipeline.review.items import Queue
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from tests.review.corpus import named, opened, settings
from tests.review.server import person, served
from tests.webapp.browser import Browser, review

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium

MANY = 298


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two documents, of which one names diasporas 297 times and the other once."""
    made = settings(tmp_path_factory.mktemp("group"))
    made.corpus.mkdir()
    lines = [f"{n}. In year {n} we met the diasporas of region {n}." for n in range(1, MANY)]
    (made.corpus / "long.en.txt").write_text("Declaration of the Long Dialogue\n\n" + "\n\n".join(lines), "utf-8")
    (made.corpus / "short.en.txt").write_text(
        "Declaration of the Short Dialogue\n\n1. We thank diasporas and civil society for their work.\n", "utf-8"
    )
    run_corpus(settings=made, write=lambda folder, *frames, **more: [], workers=1)
    return made


@pytest.fixture
def held(corpus: Settings) -> Desk:
    engine = opened(corpus)
    with engine.begin() as connection:
        connection.exec_driver_sql("delete from decisions")
    return Desk(engine)


@pytest.mark.parametrize(("scope", "count"), [("document", 1), ("work", 1), ("everywhere", MANY)])
def test_a_group_is_one_wording_and_category(held: Desk, scope: Scope, count: int) -> None:
    one = next(i for i in held.items(Queue("all", document="short.en")) if i.row.wording == "diasporas")
    found = held.alike(one, scope)
    assert len(found) == count and {item.row.wording for item in found} == {"diasporas"}


def test_a_whole_group_is_decided_and_taken_back_at_once(held: Desk, corpus: Settings) -> None:
    ana, desk = Browser(review(corpus), "Ana"), held
    name = named(desk, "diasporas")
    ana.open(f"/item/{name}")
    assert f"All {MANY}" in ana.text
    ana.open(f"/group/{name}")
    assert "One answer for 298 references on which nobody has decided yet, in 2 documents." in ana.text
    ana.submit(f"/group/{name}", do="reject", comment="not here")
    assert "All of them are decided" in ana.told and len(ledger.read(desk.engine)) == MANY
    ana.submit("/undo")
    desk.refresh()
    assert len(desk.items(Queue("decided"))) == 0 and len(ledger.read(desk.engine)) == 2 * MANY
    assert len(desk.alike(desk.item(name))) == MANY


@pytest.mark.parametrize(
    ("filled", "problem"),
    [
        ({"do": "accept", "count": "12"}, "it is 298 references now"),
        ({"do": "zzz"}, "Choose what"),
        ({"do": "category"}, "Choose a category"),
    ],
)
def test_nothing_is_written_of_what_was_not_shown(
    held: Desk, corpus: Settings, filled: dict[str, str], problem: str
) -> None:
    ana, name = Browser(review(corpus), "Ana"), named(held, "diasporas")
    ana.open(f"/group/{name}").submit(f"/group/{name}", **filled)
    assert (ana.status, problem in ana.text, ledger.read(held.engine)) == (422, True, [])


def test_two_named_decisions_are_taken_back_one_by_one(held: Desk, corpus: Settings) -> None:
    ana, name = Browser(review(corpus), "Ana"), named(held, "diasporas")
    ana.open(f"/group/{name}?scope=document").submit(f"/group/{name}", do="accept")
    first = ledger.read(held.engine)[0]
    ana.open(f"/item/{first.reference_id}").submit("/undo", decision=str(first.decision_id))
    assert [d.action for d in ledger.read(held.engine)].count("undo") == 1


def test_a_group_by_keyboard(chromium: Chromium, held: Desk, corpus: Settings, tmp_path: Path) -> None:
    name = named(held, "diasporas")
    with served(corpus) as address, person(chromium, address) as page:
        page.goto(f"{address}/item/{name}")
        page.wait_for_selector(".actions")
        with page.expect_navigation():
            page.keyboard.press("g")
        assert "298" in page.locator("h1").inner_text()
        with page.expect_navigation():
            page.keyboard.press("a")
        held.refresh()
        assert len(held.items(Queue("decided"))) == MANY
        page.wait_for_selector(".actions")
        before = len(ledger.read(held.engine))
        page.keyboard.press("u")
        page.locator("#said", has_text="Taken back").wait_for()
        held.refresh()
        assert len(ledger.read(held.engine)) == 2 * before and held.items(Queue("decided")) == []
