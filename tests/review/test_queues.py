"""The queues that a desk keeps in memory: after each decision they are what a look at all items would give."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.review import ledger
from pipeline.review import queues as queues_module
from pipeline.review.answer import make_addition, make_decision
from pipeline.review.items import SHOWS, Order, Queue
from pipeline.review.standing import follow_up
from tests.review.corpus import desk

KEPT = [
    *(Queue(show) for show in SHOWS),
    Queue("all", document="beta.en"),
    Queue("all", category="stakeholder"),
    Queue("decided", by="Ben"),
    Queue("all", status="rejected"),
    Queue("all", words="sector"),
    Queue("all", without="Ana"),
]
BY_DOUBT = Queue("all", order="doubt")


@pytest.mark.parametrize("seed", range(4))
def test_they_follow_every_decision(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues_module, "QUEUES", 8 if seed % 2 else 64)
    held, chance = desk(tmp_path), random.Random(seed)
    for _ in range(25):
        for queue in KEPT:
            expected = [item for item in held._queues.items.values() if queue.holds(item)]
            assert held.items(queue) == expected
        place = held.place_in(BY_DOUBT)
        assert held.items(BY_DOUBT) == sorted(held.items(Queue("all")), key=place)
        for item in held._queues.items.values():
            alike = held.alike(item)
            assert (item in alike, len(alike)) == (Queue(kind=item.kind).holds(item), held.count_alike(item))
        counted: dict[str, dict[str, int]] = {slug: {} for slug in held.documents}
        for item in held.items(Queue("all")):
            kind = "conflict" if item.has_conflict else "lost" if item.is_lost else item.status
            for name in ("total", kind):
                counted[item.row.document][name] = counted[item.row.document].get(name, 0) + 1
        assert held.progress() == counted
        told = Counter((one.by, one.action) for one, fate in follow_up(held.decisions()) if not fate.startswith("und"))
        assert {(by, action): n for by, known in held.reviewers().items() for action, n in known.items()} == told
        item, by = chance.choice(held.items(Queue("all"))), chance.choice(["Ana", "Ben"])
        if chance.random() < 0.15:
            wording = chance.choice(["took part", "their work", "partners"])
            paragraph, slug = {"took part": ("3", "alpha.en"), "their work": ("1", "alpha.en")}.get(
                wording, ("1", "beta.en")
            )
            decision = make_addition(held, slug, paragraph, "stakeholder.media", by=by, wording=wording)
        else:
            action = chance.choice(["accept", "reject", "edit", "unsure", "skip", "flag"])
            category = "stakeholder.media" if action == "edit" else ""
            decision = make_decision(held, item, action, by=by, category=category)  # type: ignore[arg-type]
        (written,) = held.write([decision])
        if chance.random() < 0.2:
            ledger.undo(held.engine, written.decision_id, by=by)
            held.refresh()


def test_a_mark_is_ended_by_a_verdict_and_a_flag_taken_back_only_by_hand(tmp_path: Path) -> None:
    held = desk(tmp_path)
    first = held.items(Queue())[0]
    name = first.reference_id
    held.write([make_decision(held, first, mark, by="Ana") for mark in ("unsure", "skip", "flag")])  # type: ignore[arg-type]
    assert name not in [item.reference_id for item in held.items(Queue())]
    assert [held.count(Queue(show)) for show in ("unsure", "flagged", "decided")] == [1, 1, 0]
    assert name not in [item.reference_id for item in held.items(Queue("all", without="Ana"))]
    assert name in [item.reference_id for item in held.items(Queue("all", without="Ben"))]
    held.write([make_decision(held, held.item(name), "accept", by="Ana")])
    assert [held.count(Queue(show)) for show in ("unsure", "flagged", "decided")] == [0, 1, 1]


@pytest.mark.parametrize("queue", [queue for queue in KEPT if queue != Queue(queue.show)] + [Queue(search="partners")])
@pytest.mark.parametrize("order", ["text", "doubt"])
def test_each_is_told_alone_as_it_is_told_beside_others(tmp_path: Path, queue: Queue, order: Order) -> None:
    """A queue is made from others that are kept; what they held before tells nothing of it."""
    held = desk(tmp_path)
    held.found = lambda query: {"beta.en": frozenset("1")}
    items = held.items(Queue("all"))
    said = zip(items, ("accept", "reject", "flag", "unsure"), ("Ana", "Ben", "Ana", "Ben"), strict=False)
    held.write([make_decision(held, item, action, by=by) for item, action, by in said])  # type: ignore[arg-type]
    for show in SHOWS:
        wanted = replace(queue, show=show, order=order)  # type: ignore[arg-type]
        expected = [item for item in held._queues.items.values() if held._queues.has(wanted, item)]
        assert held.items(wanted) == sorted(expected, key=held.place_in(wanted)), show


def test_a_search_narrows_a_queue_down(tmp_path: Path) -> None:
    held = desk(tmp_path)
    held.found = lambda query: {"beta.en": frozenset("1")} if query == "partners" else {}
    assert {item.row.wording for item in held.items(Queue(search="partners"))} == {
        "Local authorities",
        "private sector",
    }
    assert held.items(Queue(search="nothing")) == []


def test_what_is_handed_out_is_a_copy(tmp_path: Path) -> None:
    held = desk(tmp_path)
    held.items(Queue()).clear()
    assert held.items(Queue())
