"""The queues that a desk keeps in memory: after each decision they are what a look at all items would give."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.review import items as desk_module
from pipeline.review.answer import make_addition, make_decision
from pipeline.review.items import SHOWS, Queue
from tests.review.corpus import desk

KEPT = [
    *(Queue(show) for show in SHOWS),
    Queue("all", document="beta.en"),
    Queue("all", category="stakeholder"),
    Queue("decided", by="Ben"),
    Queue("all", status="rejected"),
    Queue("all", words="sector"),
]


@pytest.mark.parametrize("seed", range(4))
def test_they_follow_every_decision(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "QUEUES", 8 if seed % 2 else 64)
    held, chance = desk(tmp_path), random.Random(seed)
    for _ in range(25):
        for queue in KEPT:
            expected = [item for item in held._items.values() if queue.holds(item)]
            assert held.items(queue) == expected
        item, by = chance.choice(held.items(Queue("all"))), chance.choice(["Ana", "Ben"])
        if chance.random() < 0.15:
            wording = chance.choice(["took part", "their work", "partners"])
            paragraph, slug = {"took part": ("3", "alpha.en"), "their work": ("1", "alpha.en")}.get(
                wording, ("1", "beta.en")
            )
            decision = make_addition(held, slug, paragraph, "stakeholder.media", by=by, wording=wording)
        else:
            action = chance.choice(["accept", "reject", "edit"])
            category = "stakeholder.media" if action == "edit" else ""
            decision = make_decision(held, item, action, by=by, category=category)  # type: ignore[arg-type]
        held.write([decision])


def test_what_is_handed_out_is_a_copy(tmp_path: Path) -> None:
    held = desk(tmp_path)
    held.items(Queue()).clear()
    assert held.items(Queue())
