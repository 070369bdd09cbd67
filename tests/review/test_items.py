"""The desk: queues, neighbours, progress, and that it sees what others write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import GcmrefsError
from pipeline.review import ledger
from pipeline.review.answer import make_addition, make_decision
from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.run.run import run_corpus
from tests.review.corpus import ALPHA, desk, filled, named, opened, settings


@pytest.fixture
def held(tmp_path: Path) -> Desk:
    return desk(tmp_path)


@pytest.mark.parametrize(
    ("queue", "count"),
    [
        (Queue(), 11),
        (Queue(document="beta.en"), 3),
        (Queue(category="stakeholder.private_sector"), 2),
        (Queue(category="stakeholder"), 7),
        (Queue(words="colombo PROCESS"), 3),
        (Queue(method="fuzzy"), 0),
        (Queue(below=100.0), 0),
        (Queue(status="accepted"), 0),
        (Queue("new"), 0),
        (Queue("doubtful"), 0),
        (Queue("conflict"), 0),
        (Queue("decided"), 0),
        (Queue("all"), 11),
    ],
)
def test_a_queue_narrows_down(held: Desk, queue: Queue, count: int) -> None:
    assert len(held.items(queue)) == count


def test_what_is_decided_leaves_the_open_queue(held: Desk) -> None:
    item = held.items(Queue())[0]
    held.write([make_decision(held, item, "accept", by="Ana")])
    assert len(held.items(Queue())) == 10 and len(held.items(Queue("decided"))) == 1
    assert held.items(Queue("decided", by="Ana"))[0].status == "accepted"
    assert held.items(Queue("decided", by="Ben")) == []
    assert held.progress()["alpha.en"] == {"total": 8, "accepted": 1, "machine": 7}
    assert held.reviewers() == {"Ana": {"accept": 1}}


def test_another_desk_sees_it_and_the_conflict(held: Desk, tmp_path: Path) -> None:
    other = Desk(held.engine)
    item = held.items(Queue())[0]
    held.write([make_decision(held, item, "accept", by="Ana")])
    other.refresh()
    other.write([make_decision(other, other.item(item.reference_id), "reject", by="Ben", comment="no")])
    held.refresh()
    assert [i.reference_id for i in held.items(Queue("conflict"))] == [item.reference_id]
    held.write([make_decision(held, held.item(item.reference_id), "reject", by="Cem", adjudicates=True)])
    assert held.items(Queue("conflict")) == [] and held.item(item.reference_id).status == "rejected"


def test_an_edit_is_shown_and_undone(held: Desk) -> None:
    item = held.item(named(held, "Colombo Process"))
    (written,) = held.write(
        [make_decision(held, item, "edit", by="Ana", category="iscm.rcp", canonical="Colombo Process")]
    )
    shown = held.item(item.reference_id)
    assert (shown.status, shown.row.category, shown.machine and shown.machine.category) == (
        "edited",
        "iscm.rcp",
        "iscm.named",
    )
    ledger.undo(held.engine, written.decision_id, by="Ana")
    held.refresh()
    assert held.item(item.reference_id).status == "machine"


@pytest.mark.parametrize(
    ("wording", "status", "shown"),
    [("the Colombo Process", "edited", "the Colombo Process"), ("Colombo  Process", "accepted", "Colombo Process")],
)
def test_words_are_looked_for_in_the_paragraph(held: Desk, wording: str, status: str, shown: str) -> None:
    item = held.item(named(held, "Colombo Process"))
    held.write([make_decision(held, item, "edit", by="Ana", wording=wording)])
    found = held.item(item.reference_id)
    assert (found.status, found.row.wording) == (status, shown)


def test_an_addition_is_an_item_and_what_the_machine_has_is_accepted(held: Desk) -> None:
    new = make_addition(held, "beta.en", "1", "stakeholder.civil_society", by="Ana", wording="partners")
    same = make_addition(held, "beta.en", "1", "stakeholder.private_sector", by="Ana", wording="private sector")
    assert (new.action, same.action) == ("add", "accept")
    held.write([new, same])
    item = held.item(new.reference_id)
    assert (item.status, item.machine, item.row.title) == ("added", None, "Declaration of the Beta Dialogue")
    held.write([make_decision(held, item, "accept", by="Ben")])
    assert held.item(new.reference_id).status == "added" and not held.item(new.reference_id).has_conflict
    held.write([make_decision(held, held.item(new.reference_id), "reject", by="Cem")])
    assert held.item(new.reference_id).has_conflict


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"category": "iscm.nonsense"}, "no such category"),
        ({"wording": "the moon"}, "does not stand in this paragraph"),
        ({"span": (5, 5)}, "select some words"),
    ],
)
def test_a_wrong_edit_is_refused(held: Desk, given: dict[str, object], problem: str) -> None:
    with pytest.raises(GcmrefsError, match=problem):
        make_decision(held, held.items(Queue())[0], "edit", by="Ana", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("slug", "paragraph", "problem"),
    [("gamma", "1", "no such document"), ("beta.en", "9", "no paragraph 9"), ("../beta.en", "1", "no such document")],
)
def test_an_addition_elsewhere_is_refused(held: Desk, slug: str, paragraph: str, problem: str) -> None:
    with pytest.raises(GcmrefsError, match=problem):
        make_addition(held, slug, paragraph, "stakeholder.media", by="Ana", wording="partners")


def test_nothing_to_review_before_the_first_run(tmp_path: Path) -> None:
    with pytest.raises(GcmrefsError, match="run gcmrefs run first"):
        Desk(opened(settings(tmp_path)))


def test_a_new_run_is_taken_over_with_what_it_gained(tmp_path: Path) -> None:
    held = desk(tmp_path)
    held.write([make_decision(held, held.item(named(held, "trade unions")), "accept", by="Ana")])
    filled(tmp_path, alpha=ALPHA + "\n4. Parliamentarians took part.\n")
    held.refresh()
    assert [item.row.wording for item in held.items(Queue("new"))] == ["Parliamentarians"]
    assert held.item(named(held, "trade unions")).status == "accepted"


def test_doubtful_words_wait_for_a_person(tmp_path: Path) -> None:
    made = filled(tmp_path, beta="1. We welcome the privatc seclor that came.\n")
    held = Desk(opened(made))
    unsure = held.items(Queue("doubtful"))
    assert [(item.row.category, item.status) for item in unsure] == [("stakeholder.private_sector", "machine")]
    assert all(item.row.score < 90 for item in unsure) and not any(i.is_doubtful for i in held.items(Queue()))
    held.write([make_decision(held, unsure[0], "accept", by="Ana")])
    seen: list[tuple[str, str]] = []

    def write(folder: Path, references: Any, *more: Any, **words: Any) -> list[Path]:
        seen.extend(zip(references["wording"], references["status"], strict=True))
        return []

    run_corpus(settings=made, write=write, workers=1)
    assert ("privatc seclor", "accepted") in seen
