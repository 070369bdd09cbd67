"""Four reviewers at once: real HTTP clients decide on the same items, and nothing is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from pipeline.review import ledger
from pipeline.review.agreement import measure_agreement
from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.settings import Settings
from tests.review.corpus import opened
from tests.review.server import served
from tests.run import fake

ITEMS = 100
NAMES = ("Ana", "Ben", "Cem", "Dia")


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    """A hundred references in two documents."""
    made = Settings(corpus=tmp_path / "corpus", outputs=tmp_path / "outputs", database_url="")
    made.corpus.mkdir()
    for n in range(2):
        lines = (f"{n} {line} all States meet in the forum" for line in range(ITEMS // 2))
        (made.corpus / f"doc-{n}.txt").write_text("\n".join(lines), encoding="utf-8")
    fake.run_corpus(settings=made, write=lambda folder, *frames, **more: [], workers=1)
    return made


def token_of(page: str) -> str:
    """The form token of a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None, page[:500]
    return found[1]


@contextmanager
def signed_in(address: str, name: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60, follow_redirects=True, headers={"Origin": address}) as client:
        client.post("/sign-in", data={"name": name, "csrf": token_of(client.get("/").text)}).raise_for_status()
        yield client


def review_all(address: str, name: str, items: list[str]) -> int:
    """Decide on every item by its forms; Dia rejects each fifth one, and everybody accepts the rest."""
    with signed_in(address, name) as client:
        token = token_of(client.get(f"/item/{items[0]}?show=all").text)
        for n, item in enumerate(items):
            action = "reject" if name == "Dia" and n % 5 == 0 else "accept"
            answer = client.post(
                f"/item/{item}/{action}?show=all", data={"csrf": token}, headers={"HX-Request": "true"}
            )
            assert answer.status_code == 200, answer.text[:500]
    return len(items)


def test_no_decision_is_lost_and_everybody_sees_the_conflicts(place: Settings) -> None:
    engine = opened(place)
    items = [item.reference_id for item in Desk(engine).items(Queue())]
    assert len(items) == ITEMS
    with served(place) as address, ThreadPoolExecutor(len(NAMES)) as pool:
        done = list(pool.map(lambda name: review_all(address, name, items), NAMES))
        with signed_in(address, "Eve") as client:
            shown = client.get("/?show=conflict").text
    assert done == [ITEMS] * len(NAMES)
    written = ledger.read(engine)
    assert Counter(decision.by for decision in written) == dict.fromkeys(NAMES, ITEMS)
    assert [decision.decision_id for decision in written] == list(range(1, 4 * ITEMS + 1))
    desk = Desk(engine)
    conflicts = {item.reference_id for item in desk.items(Queue("conflict"))}
    assert conflicts == set(items[::5])
    assert "20" in shown and all(f"/item/{name}" in shown for name in items[:10:5])
    kappas = {(a.one, a.other): (a.items, a.same) for a in measure_agreement(written) if not a.category}
    assert kappas[("Ana", "Dia")] == (ITEMS, 80) and kappas[("Ana", "Ben")] == (ITEMS, ITEMS)
