"""What is no reference is decided on the same pages, with the same forms."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from tests.review.corpus import settings
from tests.review.test_kinds import published
from tests.webapp.browser import Browser, review


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder = tmp_path_factory.mktemp("kinds")
    published(folder)
    return review(settings(folder))


@pytest.fixture
def desk(app: FastAPI) -> Desk:
    held: Desk = app.state.site.desk
    return held


@pytest.mark.parametrize("kind", ["objective", "commitments", "recommendations", "profile", "areas", "positions"])
def test_pages_of_each_kind(app: FastAPI, desk: Desk, kind: str) -> None:
    ana = Browser(app, "Ana")
    for show in ("open", "all"):
        ana.open(f"/?kind={kind}&show={show}").open(f"/table?kind={kind}&show={show}&rows=200")
        assert ana.status == 200
    items = desk.items(Queue("all", kind=kind))  # type: ignore[arg-type]
    for item in [*items[:3], *items[-1:]]:
        ana.open(f"/item/{item.reference_id}?kind={kind}&show=all")
        assert ana.status == 200 and ana.form("/facts") is not None
        ana.open(f"/group/{item.reference_id}?kind={kind}")
        assert ana.status == 200


def test_an_objective_is_decided_and_leads_to_the_next(app: FastAPI, desk: Desk) -> None:
    ana = Browser(app, "Ana")
    items = [one for one in desk.items(Queue("open", kind="objective")) if one.row.category.startswith("objective.")]
    ana.open(f"/item/{items[0].reference_id}?kind=objective")
    assert "For and against" in ana.text or items[0].row.method != "implied"
    ana.submit("/accept")
    assert ana.told.startswith("Accepted.") and "kind=objective" in ana.path
    assert desk.item(items[0].reference_id).status == "accepted"
    ana.open(f"/item/{items[1].reference_id}?kind=objective").submit("/facts", number="remittances")
    assert desk.item(items[1].reference_id).row.category == "objective.20"
    ana.submit("/undo")
    assert desk.item(items[1].reference_id).status == "machine"
    ana.submit("/facts", number="of nobody knows what")
    assert ana.status == 422 and "no such category" in ana.text
    ana.submit("/reject")
    assert desk.item(items[1].reference_id).status == "rejected"


def test_a_row_of_a_table_is_corrected_and_two_disagree(app: FastAPI, desk: Desk) -> None:
    ana, ben = Browser(app, "Ana"), Browser(app, "Ben")
    item = desk.items(Queue("open", kind="commitments"))[0]
    for one in (ana, ben):
        one.open(f"/item/{item.reference_id}?kind=commitments")
    ana.submit("/facts", actor="The Member States", due="2026-12-31")
    held = desk.item(item.reference_id)
    assert (held.status, held.facts.facts.get("actor")) == ("edited", "The Member States")
    ben.submit("/reject")
    assert desk.item(item.reference_id).has_conflict
    cem = Browser(app, "Cem").open(f"/item/{item.reference_id}?kind=commitments&show=conflict")
    verdict = desk.item(item.reference_id).standing.verdicts[0]
    cem.submit("/adjudicate", choice=str(verdict.decision_id))
    held = desk.item(item.reference_id)
    assert not held.has_conflict and held.facts.facts.get("actor") == "The Member States"


def test_an_objective_is_added_to_a_paragraph(app: FastAPI, desk: Desk) -> None:
    ana = Browser(app, "Ana")
    ana.open("/document/colombo-2024.en/add?paragraph=1")
    ana.submit("/add", category="objective.12", wording="labour migration", to="item")
    added = [one for one in desk.items(Queue("all", kind="objective")) if one.status == "added"]
    assert [(one.row.category, one.row.wording) for one in added] == [("objective.12", "labour migration")]


def test_many_objectives_at_once(app: FastAPI, desk: Desk) -> None:
    ana = Browser(app, "Ana")
    ana.open("/table?kind=objective&show=open")
    names = [one.reference_id for one in desk.items(Queue("open", kind="objective"))][:2]
    form = {"csrf": ana.token(), "row": names, "do": "accept"}
    answer = ana.client.post("/table?kind=objective&show=open", data=form)  # type: ignore[arg-type]
    assert answer.status_code == 200
    assert [desk.item(name).status for name in names] == ["accepted", "accepted"]
