"""A blind coder's pages are the same whatever the other coder says: every page and file of the review, before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from pipeline.review import ledger
from pipeline.review.answer import make_addition, make_decision
from pipeline.review.assignments import CodingAssignment, begin_assignment, close_assignment
from pipeline.review.desk import Desk
from pipeline.review.items import SHOWS, Queue
from pipeline.webapp.app import ROUTERS
from pipeline.webapp.pages import corpus, health
from tests.review.corpus import named
from tests.webapp.browser import Browser

BOTH = {"alpha.en": ("Ana", "Ben"), "beta.en": ("Ana", "Ben")}
SECRET = "Benjaminite"
WORDING = "civil society"
QUERIES = [f"?show={show}&kind={kind}" for show in SHOWS for kind in ("reference", "all")]
QUERIES += [
    "?by=Ben",
    "?status=edited",
    "?order=doubt&show=all",
    "?assigned=Ben&show=all",
    "?assigned=anyone",
    "?without=Ben",
]
MORE = {
    "/": QUERIES,
    "/table": [f"{query}&rows=500" for query in QUERIES],
    "/search": ["?q=society", "?q=partners"],
    "/codebook/{category}": ["stakeholder.civil_society", "stakeholder.media", "objective.3"],
    "/files/review.xlsx": [f"?show={show}" for show in SHOWS],
}
"""Addresses beyond the plain one of a page, by its route."""


@pytest.fixture
def assigned(app: FastAPI, desk_of: Desk) -> Desk:
    begin_assignment(desk_of.engine, CodingAssignment(("Ana", "Ben"), BOTH, is_blind=True, by="Cem"))
    desk_of.refresh()
    return desk_of


def speak(desk: Desk, by: str = "Ben") -> list[str]:
    """What the other coder does: all that can be done to items, some with words; returns the ids of what was said."""
    own = Desk(desk.engine, viewer=by, whole=desk)
    items, lines = own.items(Queue("all")), []
    for action, item in zip(("edit", "reject", "accept", "unsure", "skip", "flag", "comment"), items, strict=False):
        told = {"category": "stakeholder.media"} if action == "edit" else {}
        lines.append(make_decision(own, item, action, by=by, comment=SECRET, **told))  # type: ignore[arg-type]
    added = make_addition(own, "beta.en", "1", "stakeholder.media", by=by, wording="are partners", comment=SECRET)
    objective = own.items(Queue("all", kind="objective"))
    lines += [make_decision(own, one, "reject", by=by, comment=SECRET) for one in objective[:2]]
    written = own.write([*lines, added])
    desk.refresh()
    return [line.reference_id for line in written]


def addresses(names: list[str]) -> Iterator[str]:
    """Every address that can be asked for, of all routes of the review."""
    given = {"reference_id": names, "slug": [*BOTH], "number": ["1"], "category": MORE["/codebook/{category}"]}
    for route in (route for router in (*ROUTERS, corpus.router, health.router) for route in router.routes):
        if not isinstance(route, APIRoute) or "GET" not in (route.methods or ()):
            continue
        held = re.findall(r"\{(\w+)(?::\w+)?\}", route.path)
        values = given.get(held[0], ["run.json"]) if held else [""]
        for value in values:
            path = re.sub(r"\{\w+(?::\w+)?\}", lambda m, v=value: "1" if m[0] == "{number}" else v, route.path)
            yield path
            if not held or held == ["reference_id"]:
                yield from (path + query for query in MORE.get(route.path, ["?show=all", "?show=conflict&kind=all"]))


def shown(browser: Browser, names: list[str]) -> dict[str, tuple[int, bytes]]:
    out = {}
    for address in dict.fromkeys(addresses(names)):
        answer = browser.client.get(address, follow_redirects=False)
        out[address] = (answer.status_code, answer.content)
    for address, form in [
        *((f"/item/{name}/undo", {"decision": str(n)}) for name in names[:2] for n in (1, 2)),
        *((f"/lesson/{name}", {"do": "try"}) for name in names[:2]),
        ("/table", {"do": "undo", "row": names[0]}),
        ("/table", {"do": "undo"}),
    ]:
        answer = browser.post(address, {"csrf": browser.token(), **form})
        out[f"POST {address} {form}"] = (answer.status_code, answer.content)
    return out


def test_nothing_that_the_other_says_changes_any_page_of_a_blind_coder(assigned: Desk, ana: Browser) -> None:
    names = [item.reference_id for item in assigned.items(Queue("all"))]
    names += [item.reference_id for item in assigned.items(Queue("all", kind="objective"))[:3]]
    added = make_addition(assigned, "beta.en", "1", "stakeholder.media", by="Ben", wording="are partners").reference_id
    ana.open("/people")
    before = shown(ana, [*names, added])
    assert {address for address, (status, _) in before.items() if status == 200} >= {
        "/",
        "/people",
        "/files/review.xlsx",
    }
    assert added in speak(assigned)
    after = shown(ana, [*names, added])
    assert [address for address in before if before[address] != after[address]] == []
    assert not [address for address, (_, body) in after.items() if SECRET.encode() in body or b"Benjamin" in body]


def test_who_is_no_coder_sees_all_of_it(app: FastAPI, assigned: Desk) -> None:
    cem = Browser(app, "Cem")
    speak(assigned)
    name = assigned.items(Queue("all"))[0].reference_id
    assert SECRET in cem.open(f"/item/{name}").text
    assert "Ben" in cem.open("/people").text


def test_both_see_it_when_both_have_decided(assigned: Desk, ana: Browser, ben: Browser) -> None:
    name = named(assigned, WORDING)
    ben.open(f"/item/{name}").submit("/reject", comment=SECRET)
    ana.open(f"/item/{name}")
    assert SECRET not in ana.text and "Analysts disagree" not in ana.text
    ana.submit("/accept")
    for one in (ana, ben):
        one.open(f"/item/{name}")
        assert SECRET in one.text and "Analysts disagree" in one.text
    assert named(assigned, WORDING) in "".join(ana.open("/people").links("/item/"))


def test_the_results_wait_until_the_end(assigned: Desk, ana: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"files": [], "review": {"digest": ledger.NOTHING_SAID}}
    monkeypatch.setattr("pipeline.store.latest.read", lambda outputs: told)
    assert ana.open("/files/latest/references.csv").status == 404
    told["review"] = {"digest": "of a ledger with lines"}
    for address in ("/files/latest/references.csv", "/brief/alpha.en"):
        assert ana.open(address).status == 403 and "until the assignment is closed" in ana.text
    assert "until the assignment is closed" in ana.open("/files").text
    close_assignment(assigned.engine, 1, by="Cem")
    assigned.refresh()
    assert ana.open("/files/latest/references.csv").status == 404


def test_a_blind_coder_does_not_end_it(app: FastAPI, assigned: Desk, ana: Browser) -> None:
    ana.open("/people")
    assert "/people/close" not in [form.get("action") for form in ana.forms()]
    assert ana.post("/people/close", {"csrf": ana.token(), "assignment": "1"}).status_code == 403
    cem = Browser(app, "Cem").open("/people").submit("/people/close")
    assert "nothing is hidden any more" in cem.told
    assert not assigned.assignments.is_blind("Ana")
