"""The ledger: append-only, all or nothing, several writers at once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.errors import GcmrefsError
from pipeline.review import ledger
from pipeline.review.decision import Decision, Value, facts_of
from pipeline.store import documents
from tests.review.sample import MACHINE, add, decide


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    return documents.connect(f"sqlite:///{tmp_path / 'store.db'}")


def test_what_was_written_is_read_back(engine: sa.Engine) -> None:
    said = [decide("accept", MACHINE, comment="sure"), add("48", "stakeholder.diasporas", "Diasporas", by=" Ben  B. ")]
    written = ledger.append(engine, said)
    assert ledger.read(engine) == written
    assert [d.decision_id for d in written] == [1, 2] and written[1].by == "Ben B."
    assert all(d.at.endswith("Z") for d in written)
    assert ledger.read(engine, after=1) == written[1:]


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (decide("accept", MACHINE, by=" "), "who decides"),
        (decide("accept", MACHINE, by="A" * 81), "at most 80"),
        (decide("edit", MACHINE), "needs its words"),
        (decide("comment", MACHINE, comment=" "), "comment is empty"),
        (decide("comment", MACHINE, comment="x" * 4001), "at most 4000"),
        (decide("undo", MACHINE), "no such action"),
        (decide("forget", MACHINE), "no such action"),
        (decide("accept", MACHINE, machine=None), "what it is about"),
        (decide("edit", MACHINE, human=Value("47", "iscm.irf", "Process", 9, 9)), "end before"),
        (decide("edit", MACHINE, human=Value("47", "iscm.irf", " ", 9, 10)), "words are empty"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_written(engine: sa.Engine, bad: Decision, problem: str) -> None:
    with pytest.raises(GcmrefsError, match=problem):
        ledger.append(engine, [decide("accept", MACHINE), bad])
    assert ledger.read(engine) == []


def test_undo_takes_back_once_and_only_ones_own(engine: sa.Engine) -> None:
    ledger.append(engine, [decide("accept", MACHINE)])
    with pytest.raises(GcmrefsError, match="only Ana"):
        ledger.undo(engine, 1, by="Ben")
    assert ledger.undo(engine, 1, by="Ana").undoes == 1
    for number, by in ((1, "Ana"), (2, "Ana"), (9, "Ana")):
        with pytest.raises(GcmrefsError, match=r"taken back already|none to take back"):
            ledger.undo(engine, number, by=by)
    assert [d.action for d in ledger.read(engine)] == ["accept", "undo"]
    assert ledger.own_last(engine, "Ana") is None


def test_the_last_of_ones_own_is_found(engine: sa.Engine) -> None:
    ledger.append(engine, [decide("accept", MACHINE), decide("reject", MACHINE, by="Ben"), decide("reject", MACHINE)])
    ledger.undo(engine, 3, by="Ana")
    found = ledger.own_last(engine, "Ana")
    assert found is not None and found.decision_id == 1


def test_the_digest_tells_ledgers_apart(engine: sa.Engine) -> None:
    before = ledger.digest(engine)
    ledger.append(engine, [decide("accept", MACHINE)])
    assert ledger.digest(engine) != before == ledger.digest(documents.connect("sqlite://"))


def test_a_new_form_of_the_store_keeps_the_ledger(engine: sa.Engine, tmp_path: Path) -> None:
    written = ledger.append(engine, [decide("accept", MACHINE)])
    with engine.begin() as connection:
        connection.execute(sa.text("update meta set value = 'older' where name = 'schema'"))
    assert ledger.read(documents.connect(f"sqlite:///{tmp_path / 'store.db'}")) == written


def test_a_decision_that_named_no_row_is_read_with_the_official_paragraph(engine: sa.Engine) -> None:
    (written,) = ledger.append(engine, [decide("accept", MACHINE)])
    older = json.dumps({name: value for name, value in asdict(MACHINE).items() if name != "paragraph_row"})
    with engine.begin() as connection:
        connection.execute(sa.text("update decisions set machine = :older"), {"older": older})
    assert ledger.read(engine) == [replace(written, machine=replace(MACHINE, paragraph_row="47"))]


def test_four_writers_lose_nothing_and_numbers_are_in_order(engine: sa.Engine) -> None:
    def write(name: str) -> None:
        for _ in range(25):
            ledger.append(engine, [replace(decide("accept", MACHINE), by=name)])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, ["Ana", "Ben", "Cem", "Dia"]))
    found = ledger.read(engine)
    assert [d.decision_id for d in found] == list(range(1, 101))
    assert {name: sum(d.by == name for d in found) for name in ("Ana", "Ben", "Cem", "Dia")} == dict.fromkeys(
        ("Ana", "Ben", "Cem", "Dia"), 25
    )


ANSWER = Decision(
    "q1",
    "d",
    "47",
    "edit",
    "Ana",
    kind="profile",
    machine=facts_of({"iscm": "A Process", "question_number": "7", "answer": "yes"}, {"quote": "We met.", "page": "3"}),
    human=facts_of({"iscm": "A Process", "question_number": "7", "answer": "no"}),
    text="We met.",
)


def test_facts_are_written_and_read_back_and_taken_back(engine: sa.Engine) -> None:
    written = ledger.append(engine, [ANSWER, decide("accept", MACHINE)])
    assert ledger.read(engine) == written and ledger.read(engine, kinds=("profile",)) == written[:1]
    assert written[0].machine.get("page") == "3" and written[0].outcome[-1] == ("answer", "no")
    assert ledger.undo(engine, 1, by="Ana").kind == "profile"


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (replace(ANSWER, kind="forms"), "nothing of that kind"),
        (replace(ANSWER, kind="reference"), "value of another kind"),
        (replace(decide("accept", MACHINE), kind="areas"), "value of another kind"),
        (replace(ANSWER, human=None), "needs its words"),
        (replace(ANSWER, human=facts_of({"answer": "x" * 2001})), "at most 2000"),
    ],
)
def test_facts_that_cannot_stand_are_refused(engine: sa.Engine, bad: Decision, problem: str) -> None:
    with pytest.raises(GcmrefsError, match=problem):
        ledger.append(engine, [bad])


def test_a_store_of_an_earlier_release_keeps_every_decision(tmp_path: Path) -> None:
    """Its table of decisions has no kinds; the rest of it, of another schema, is made anew."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    engine = documents.connect(url)
    said = [decide("accept", MACHINE, comment=f"{n}", by=f"Analyst {n}") for n in range(50)]
    written = [*ledger.append(engine, said), ledger.undo(engine, 7, by="Analyst 6")]
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE decisions DROP COLUMN kind")
        connection.exec_driver_sql("UPDATE meta SET value = '6' WHERE name = 'schema'")
    engine.dispose()
    again = documents.connect(url)
    assert ledger.read(again) == written
    assert ledger.append(again, [ANSWER])[0].decision_id == 52
    assert [one.kind for one in ledger.read(documents.connect(url))][-2:] == ["reference", "profile"]


def test_a_backup_of_an_earlier_release_is_restored(engine: sa.Engine, tmp_path: Path) -> None:
    ledger.append(engine, [decide("accept", MACHINE)])
    lines = [{name: value for name, value in row.items() if name != "kind"} for row in ledger.rows(engine)]
    assert all(map(ledger.is_row, lines)) and not ledger.is_row(lines[0] | {"kind": "forms"})
    other = documents.connect(f"sqlite:///{tmp_path / 'other.db'}")
    ledger.restore(other, lines)
    assert ledger.read(other) == ledger.read(engine)
