"""Who codes what: shares, what a blind coder sees, and that assignments outlive files' names, closing and old stores."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import GcmrefsError
from pipeline.review import assignments, ledger
from pipeline.review.answer import make_addition, make_decision
from pipeline.review.assignments import (
    CodingAssignment,
    begin_assignment,
    close_assignment,
    plan_assignment,
    read_assignments,
    share_documents,
)
from pipeline.review.desk import Desk
from pipeline.review.items import SHOWS, Queue
from pipeline.review.standing import fold_standing
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from tests.review.corpus import desk, filled, in_another_format, opened, renamed
from tests.review.corpus import settings as settings_in

SIZES = {"alpha.en": 8, "beta.en": 3}
BOTH = {"alpha.en": ("Ana", "Ben"), "beta.en": ("Ana", "Ben")}


@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=4), st.integers(0, 400), min_size=1, max_size=40),
    st.integers(1, 5),
    st.sampled_from([0, 20, 50, 100]),
)
@settings(deadline=None, max_examples=60)
def test_documents_are_shared_evenly(sizes: dict[str, int], count: int, twice: int) -> None:
    people = ["Ana", "Ben", "Cem", "Dee", "Eva"][:count]
    found, largest = share_documents(sizes, people, twice if count > 1 else 0), max(sizes.values())
    assert found.keys() == sizes.keys() and found == share_documents(sizes, people, twice if count > 1 else 0)
    assert all(len(set(who)) == len(who) and set(who) <= set(people) for who in found.values())
    load = Counter(dict.fromkeys(people, 0))
    for slug, who in found.items():
        load.update(dict.fromkeys(who, sizes[slug]))
    assert max(load.values()) - min(load.values()) <= largest
    doubled = sum(sizes[slug] for slug, who in found.items() if len(who) > 1)
    if count > 1:
        assert abs(doubled - sum(sizes.values()) * twice / 100) <= largest


def test_items_are_drawn_once_for_all() -> None:
    made = CodingAssignment(("Ana", "Ben", "Cem"), {"d": ()}, unit="item", twice=20, assignment_id=4)
    drawn = [made.coders("reference", "d", f"r{n}") for n in range(3_000)]
    assert drawn == [made.coders("reference", "d", f"r{n}") for n in range(3_000)]
    assert drawn != [replace(made, assignment_id=5).coders("reference", "d", f"r{n}") for n in range(3_000)]
    assert sum(len(who) == 2 for who in drawn) / 3_000 == pytest.approx(0.2, abs=0.03)
    assert all(
        count / 3_600 == pytest.approx(1 / 3, abs=0.04) for count in Counter(n for w in drawn for n in w).values()
    )
    assert made.coders("document", "d", "x") == () == made.coders("reference", "other", "r1")
    assert replace(made, closed_at="now").coders("reference", "d", "r1") == ()


@pytest.mark.parametrize(
    ("people", "told", "why"),
    [
        ([], {}, "say who is to code"),
        (["Ana", " "], {}, "say who is to code"),
        (["Ana", "ána"], {}, "named twice"),
        (["Anyone"], {}, "nobody can be called"),
        (["x" * 81], {}, "80 characters"),
        (["Ana"], {"twice": 20}, "name two people"),
        (["Ana", "Ben"], {"twice": 101}, "0 to 100"),
        (["Ana"], {"sizes": {}}, "nothing of that to code"),
    ],
)
def test_what_makes_no_sense_is_refused(people: list[str], told: dict[str, object], why: str) -> None:
    sizes = told.pop("sizes", SIZES)
    with pytest.raises(GcmrefsError, match=why):
        plan_assignment(sizes, people, by="Cem", **told)  # type: ignore[arg-type]


def blind(held: Desk) -> CodingAssignment:
    made = begin_assignment(held.engine, CodingAssignment(("Ana", "Ben"), BOTH, is_blind=True, by="Cem"))
    held.refresh()
    return made


def seen_by(held: Desk, who: str) -> Desk:
    return Desk(held.engine, viewer=who, whole=held)


def say(held: Desk, name: str, action: str, by: str, **more: str) -> None:
    own = seen_by(held, by)
    own.write([make_decision(own, own.item(name), action, by=by, **more)])  # type: ignore[arg-type]


def test_a_blind_coder_sees_the_machine_until_both_have_decided(tmp_path: Path) -> None:
    held = desk(tmp_path)
    made, first = blind(held), held.items(Queue())[0]
    name, ana, ben, cem = first.reference_id, seen_by(held, "Ana"), seen_by(held, "Ben"), seen_by(held, "Cem")
    say(held, name, "edit", "Ana", category="stakeholder.media", comment="Secret")
    say(held, name, "flag", "Ana")
    for one in (ana, ben, cem, held):
        one.refresh()
    assert (ben.item(name).row, ben.item(name).standing) == (first.row, None)
    assert ben.decisions() == [] == ben.items(Queue("noted")) and ben.reviewers() == {}
    assert [one.item(name).status for one in (ana, cem, held)] == ["edited"] * 3
    say(held, name, "accept", "Ben")
    say(held, name, "comment", "Cem", comment="A note")
    for one in (ana, ben):
        one.refresh()
        assert one.item(name).has_conflict and len(one.decisions()) == 4
    ledger.undo(held.engine, ana.decisions()[0].decision_id, by="Ana")
    for one in (ana, ben):
        one.refresh()
    assert ana.item(name).status == "machine" and {line.by for line in ana.decisions()} == {"Ana"}
    assert ben.item(name).status == "accepted" and {line.by for line in ben.decisions()} == {"Ben"}
    close_assignment(held.engine, made.assignment_id, by="Cem")
    ana.refresh()
    assert ana.item(name).status == "accepted" and len(ana.decisions()) == 5
    with pytest.raises(GcmrefsError, match="none that is open"):
        close_assignment(held.engine, made.assignment_id, by="Cem")


def test_what_the_other_added_is_not_there_before_both_have_it(tmp_path: Path) -> None:
    held = desk(tmp_path)
    blind(held)
    ana, ben = seen_by(held, "Ana"), seen_by(held, "Ben")
    added = make_addition(ana, "beta.en", "1", "stakeholder.media", by="Ana", wording="are partners")
    ana.write([added])
    ben.refresh()
    assert ana.get(added.reference_id) is not None and ben.get(added.reference_id) is None
    ben.write([make_addition(ben, "beta.en", "1", "stakeholder.media", by="Ben", wording="are partners")])
    assert {line.by for line in ben.decisions()} == {"Ana", "Ben"}
    ledger.undo(held.engine, ben.decisions()[-1].decision_id, by="Ben")
    ben.refresh()
    assert ben.item(added.reference_id).status == "machine"
    assert {line.by for line in ben.decisions()} == {"Ben"}


@pytest.mark.parametrize("seed", range(3))
def test_a_desk_of_ones_own_is_that_of_what_may_be_seen(tmp_path: Path, seed: int) -> None:
    """After every step each coder's desk holds what folding the lines that they may see gives, in every queue."""
    held, chance = desk(tmp_path), random.Random(seed)
    begin_assignment(held.engine, CodingAssignment(("Ana", "Ben"), BOTH, is_blind=True))
    begin_assignment(held.engine, CodingAssignment(("Ana", "Cem"), {"beta.en": ("Cem",)}, is_blind=True))
    held.refresh()
    desks = {who: seen_by(held, who) for who in ("Ana", "Ben", "Cem")}
    for _ in range(20):
        by = chance.choice([*desks])
        own = desks[by]
        own.refresh()
        action = chance.choice(["accept", "reject", "edit", "unsure", "flag", "undo"])
        item = chance.choice(own.items(Queue("all")))
        if action == "undo":
            if last := ledger.own_last(held.engine, by):
                ledger.undo(held.engine, last.decision_id, by=by)
        else:
            say(held, item.reference_id, action, by, category="stakeholder.media" if action == "edit" else "")
        held.refresh()
        for who, one in desks.items():
            one.refresh()
            for name, lines in held._decisions.items():
                is_hidden = held.assignments.hides(who, lines)
                seen = [line for line in lines if line.by == who] if is_hidden else lines
                shown = one.get(name)
                assert shown is not None
                assert shown.standing == (fold_standing(seen) if seen else None)
            for show in SHOWS:
                queue = Queue(show)  # type: ignore[arg-type]
                assert one.items(queue) == [item for item in one._queues.items.values() if one._queues.has(queue, item)]


def test_a_queue_holds_what_is_assigned_and_left(tmp_path: Path) -> None:
    held = desk(tmp_path)
    documents: dict[str, tuple[str, ...]] = {"alpha.en": ("Ana",), "beta.en": ("Ana", "Ben")}
    begin_assignment(held.engine, CodingAssignment(("Ana", "Ben"), documents))
    held.refresh()
    left = [Queue(assigned=who) for who in ("Ana", "Ben")]
    assert [held.count(queue) for queue in left] == [11, 3]
    shared, own = held.items(left[1])[0], held.items(Queue(assigned="Ana"))[0]
    held.write([make_decision(held, shared, "accept", by="Ana"), make_decision(held, own, "accept", by="Ben")])
    assert [held.count(queue) for queue in left] == [9, 3], "who shares an item decides on it, too"
    held.write([make_decision(held, held.item(shared.reference_id), "reject", by="Ben")])
    assert [held.count(queue) for queue in left] == [9, 2]
    assert held.count(Queue("conflict", assigned="Ben")) == 1
    held.write([make_decision(held, held.item(shared.reference_id), "accept", by="Cem", adjudicates=True)])
    assert [held.count(queue) for queue in left] == [9, 2]
    assert held.count(Queue(assigned="anyone")) == held.count(Queue())


@pytest.mark.parametrize("change", [renamed, in_another_format])
def test_an_assignment_follows_its_document(tmp_path: Path, change: Callable[[Settings], str]) -> None:
    made = filled(tmp_path)
    engine = opened(made)
    begin_assignment(engine, CodingAssignment(("Ana",), {"alpha.en": ("Ana",), "": ("Ana",)}))
    engine.dispose()
    slug = change(made)
    held = Desk(opened(filled_again(made)))
    assert held.assignments.coders("reference", slug, "x") == ("Ana",)
    assert {item.row.document for item in held.items(Queue(assigned="Ana"))} == {slug}


def filled_again(made: Settings) -> Settings:
    run_corpus(settings=made, write=lambda folder, *frames, **more: [], workers=1, may_replace=True)
    return made


def test_names_are_spelled_one_way(tmp_path: Path) -> None:
    held = desk(tmp_path)
    say(held, held.items(Queue())[0].reference_id, "accept", "Ána López")
    made = begin_assignment(held.engine, plan_assignment(SIZES, ["ana lopez", "Ben"], by="Cem", twice=100))
    assert made.people == ("Ána López", "Ben") and set(made.documents["alpha.en"]) == set(made.people)
    assert ledger.spell_name(held.engine, "BEN") == "Ben"


def test_assignments_are_restored_as_they_were(tmp_path: Path) -> None:
    held = desk(tmp_path / "one")
    for unit in get_args(assignments.Unit):
        planned = plan_assignment(
            SIZES, ["Ana", "Ben"], by="Cem", kinds=["objective"], unit=unit, twice=30, is_blind=True
        )
        begin_assignment(held.engine, planned)
    close_assignment(held.engine, 1, by="Cem")
    lines = assignments.rows(held.engine)
    other = opened(settings_in(tmp_path / "two"))
    assignments.restore(other, lines)
    assert read_assignments(other) == read_assignments(held.engine)
    assert [one.assignment_id for one in read_assignments(other).every] == [1, 2]
    assert all(map(assignments.is_row, lines))
    assert not any(map(assignments.is_row, ({"people": "no"}, [], None, {**lines[0], "people": "[]"})))
