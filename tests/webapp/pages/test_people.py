"""The people page: who did what, how far they agree, and what they have to settle."""

from __future__ import annotations

import pytest

from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.settings import Settings
from pipeline.webapp.pages.people import strength
from tests.review.corpus import named
from tests.webapp.browser import Browser, review


def test_before_anybody_decided(ana: Browser) -> None:
    ana.open("/people")
    assert ana.heading == "People"
    assert "Nobody has decided anything yet." in ana.text


def test_work_agreement_and_conflicts_are_shown(ana: Browser, ben: Browser, desk_of: Desk) -> None:
    for number, item in enumerate(desk_of.items(Queue("all", category="stakeholder"))):
        ana.open(f"/item/{item.reference_id}").submit("/accept" if number else "/reject", comment="Too vague")
        ben.open(f"/item/{item.reference_id}").submit("/accept")
    ana.open("/people")
    assert all(name in ana.text for name in ("Ana and Ben", "Conflicts 1", "“Too vague”", "no reason given"))
    assert f"/item/{named(desk_of, 'civil society')}?show=conflict&kind=all&assigned=anyone" in ana.links("/item/")
    tables = list(ana.page.iter("table"))
    cells = [["".join(c.itertext()).strip() for c in row if c.tag in ("th", "td")] for row in tables[1].iter("tr")]
    everything = cells[1]
    assert (everything[0], everything[1], everything[2]) == ("References", "7", "6")
    assert everything[3] == "–"


def test_work_is_assigned_and_found_in_the_queue(ana: Browser, ben: Browser, desk_of: Desk) -> None:
    ana.open("/people").submit("/people/assign", people="Ben", unit="document", kind="reference", document="beta.en")
    assert ana.told.startswith("Assigned.") and "3 References, by document" in ana.text
    assert ana.open("/").heading == "To decide 11", "who has no share works on everything"
    assert ben.open("/").heading == "To decide 3" and "Assigned to you: 3 left of 3" in ben.text
    assert ben.open("/?assigned=anyone").heading == "To decide 11"
    ben.open("/").open(ben.links("/item/")[0]).submit("/accept")
    assert "2 left of 3" in ben.open("/").text
    ana.open("/people")
    assert "1 of 3" in ana.text
    for people, twice, why in (("Ana, ana", "0", "named twice"), ("Ana", "20", "two people"), ("Ana", "x", "0 to 100")):
        ana.open("/people").submit("/people/assign", people=people, twice=twice)
        assert ana.status == 422 and why in ana.text


def test_only_settlers_assign_where_the_setting_names_some(place: Settings) -> None:
    held = review(place.model_copy(update={"settlers": "Cem"}))
    ana, cem = Browser(held, "Ana"), Browser(held, "Cem")
    assert "/people/assign" not in [form.get("action") for form in ana.open("/people").forms()]
    assert ana.post("/people/assign", {"csrf": ana.token(), "people": "Ana"}).status_code == 403
    assert cem.open("/people").submit("/people/assign", people="Ana").told.startswith("Assigned.")


def test_a_name_cannot_break_out(app: object, ana: Browser, desk_of: Desk) -> None:
    mallory = Browser(ana.app, "<img src=x onerror=alert(1)>\"'")
    mallory.open(f"/item/{named(desk_of, 'civil society')}").submit(
        "/comment", comment="</ul><script>alert(2)</script>"
    )
    mallory.submit("/reject", comment="</ul><script>alert(3)</script>")
    ana.open(f"/item/{named(desk_of, 'civil society')}").submit("/accept")
    ana.open("/people")
    assert not list(ana.page.iter("img"))
    assert "<script>alert(3)</script>" in ana.text


@pytest.mark.parametrize(
    ("kappa", "name"),
    [
        (None, ""),
        (-0.2, "worse than chance"),
        (0.0, "slight"),
        (0.21, "fair"),
        (0.6, "moderate"),
        (1.0, "almost perfect"),
    ],
)
def test_strength(kappa: float | None, name: str) -> None:
    assert strength(kappa) == name
