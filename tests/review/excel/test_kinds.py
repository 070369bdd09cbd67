"""The sheets of what is no reference: decided in Excel with the same safety, and the same ledger whoever comes first."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.review import ledger
from pipeline.review.answer import make_decision
from pipeline.review.desk import Desk
from pipeline.review.excel.columns import KIND_SHEETS, REVIEW, SHEETS
from pipeline.review.excel.read import take
from pipeline.review.excel.write import form
from pipeline.review.items import Queue
from pipeline.review.kinds import DECIDABLE
from tests.review.corpus import opened, settings
from tests.review.test_kinds import of_kind, published

pytestmark = pytest.mark.usefixtures("csv_only")


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kinds")
    published(folder)
    return folder


@pytest.fixture
def desk(ready: Path, tmp_path: Path) -> Desk:
    shutil.copytree(ready, tmp_path, dirs_exist_ok=True)
    return Desk(opened(settings(tmp_path)))


def whole_form(desk: Desk) -> bytes:
    return form(desk, desk.items(Queue("all")), {kind: of_kind(desk, kind, "all") for kind in KIND_SHEETS.values()})


def filled_in(data: bytes, answers: dict[str, dict[str, dict[str, Any]]]) -> bytes:
    """The form with these answers by sheet and id, saved by another program."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet, told in answers.items():
        names = [name for name, _, _ in SHEETS[sheet]]
        for row in book[sheet].iter_rows(min_row=2):
            for name, value in told.get(row[0].value, {}).items():
                row[names.index(name)].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_each_kind_is_decided_in_its_sheet(desk: Desk) -> None:
    data = whole_form(desk)
    goal, other, third = (item.reference_id for item in of_kind(desk, "objective")[:3])
    promise = of_kind(desk, "commitments")[0].reference_id
    objectives = {
        goal: {"decision": "accept"},
        other: {"decision": "reject"},
        third: {"new_number": "objective.12 · Statelessness"},
    }
    commitments = {promise: {"new_actor": "The States", "comment": "as in the lead"}}
    data = filled_in(data, {"Objectives": objectives, "Commitments": commitments})
    found = take(desk, data, name="form.xlsx", by="Ana")
    assert ([r.why for r in found.refused], len(found.taken)) == ([], 4)
    assert [desk.item(name).status for name in (goal, other, third, promise)] == [
        "accepted",
        "rejected",
        "edited",
        "edited",
    ]
    assert desk.item(promise).facts.facts.get("actor") == "The States"  # type: ignore[union-attr]
    again = take(desk, data, name="form.xlsx", by="Ana")
    assert (len(again.taken), again.known) == (0, 4)


def test_what_was_not_seen_and_what_is_another_row_is_refused(desk: Desk) -> None:
    data = whole_form(desk)
    one, two = of_kind(desk, "commitments")[:2]
    desk.write([make_decision(desk, one, "edit", by="Ben", values={"actor": "Nobody"})])
    seen = filled_in(data, {"Commitments": {one.reference_id: {"decision": "accept"}}})
    assert not take(desk, seen, name="form.xlsx", by="Ana").refused
    assert desk.item(one.reference_id).has_conflict, "the accept is about what the sheet shows, as the machine found it"
    told = {two.reference_id: {"decision": "accept", "wording": one.row.wording}}
    shifted = filled_in(data, {"Commitments": told})
    found = take(desk, shifted, name="form.xlsx", by="Ana")
    assert not found.taken and ["other words" in refusal.why for refusal in found.refused] == [True]


def answers(desk: Desk, by: str) -> dict[str, dict[str, dict[str, Any]]]:
    """What an analyst fills in, by sheet and id: both speak of the same rows of every kind, and say yes, no and otherwise."""
    turn = 0 if by == "Ana" else 1
    out: dict[str, dict[str, dict[str, Any]]] = {}
    for sheet in (REVIEW, *KIND_SHEETS):
        kind = KIND_SHEETS.get(sheet, "reference")
        edit = {"new_category": f"stakeholder.{('media', 'migrants')[turn]}"}
        if kind == "objective":
            edit = {"new_number": f"objective.{12 + turn}"}
        elif kind != "reference":
            fields = DECIDABLE[kind].fields
            edit = {f"new_{fields[turn % len(fields)]}": f"as {by} says"}
        choices = (
            {"decision": "accept", "comment": by},
            edit,
            {"decision": "reject"},
            {**edit, "comment": by},
            {"comment": by},
        )
        rows = of_kind(desk, kind) if kind != "reference" else desk.items(Queue())
        out[sheet] = {one.reference_id: choices[(n + turn) % len(choices)] for n, one in enumerate(rows[:8])}
    return out


def test_two_analysts_in_either_order_give_the_same_ledger_up_to_time(ready: Path, tmp_path: Path) -> None:
    ledgers, files = [], dict[str, bytes]()
    for order in (("Ana", "Ben"), ("Ben", "Ana")):
        folder = tmp_path / order[0]
        shutil.copytree(ready, folder)
        desk = Desk(opened(settings(folder)))
        if not files:
            files = {by: filled_in(whole_form(desk), answers(desk, by)) for by in ("Ana", "Ben")}
        for by in order:
            assert not take(desk, files[by], name=by, by=by).refused
        lines = [replace(line, decision_id=0, at="") for line in ledger.read(desk.engine)]
        assert {line.kind for line in lines} >= {"reference", "objective", "commitments", "profile", "areas"}
        states = {item.reference_id: (item.has_conflict, item.status) for item in desk.items(Queue("all", kind="all"))}
        assert any(conflict for conflict, _ in states.values())
        ledgers.append((sorted(map(str, lines)), states))
    assert ledgers[0] == ledgers[1]
