"""The codebook of a category: examples, what was decided and why, and its link from the page of a reference."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from tests.review.corpus import named
from tests.webapp.browser import Browser


def test_a_category_has_its_examples_and_what_was_decided(ana: Browser, app: FastAPI) -> None:
    desk = app.state.site.desk
    ana.open(f"/item/{named(desk, 'diasporas')}").submit("/comment", comment="all of <b>them</b>")
    ana.open(f"/item/{named(desk, 'diasporas')}").submit("/accept")
    ana.open(f"/item/{named(desk, 'civil society')}").submit("/reject")
    ana.open(f"/item/{named(desk, 'diasporas')}?show=all").open(ana.links("/codebook/")[0])
    assert (ana.status, ana.path, ana.heading) == (200, "/codebook/stakeholder.diasporas", "Diasporas")
    assert "What belongs here" in ana.text and "diasporas 1 kept “all of <b>them</b>”" in ana.text
    assert any(mark.text for mark in ana.page.iter("mark"))
    ana.open("/codebook/stakeholder.civil_society")
    assert "Rejected, or put elsewhere 1" in ana.text and "civil society 1 not" in ana.text


def test_every_category_has_a_page_and_no_other_has(ana: Browser, app: FastAPI) -> None:
    for category in app.state.site.categories:
        assert ana.open(f"/codebook/{category}").status == 200, category
    assert ana.open("/codebook/none.none").status == 404


@pytest.mark.parametrize("name", ["objective.7", "principle.2", "commitments", "profile", "claim"])
def test_every_kind_has_a_page(ana: Browser, name: str) -> None:
    ana.open(f"/codebook/{name}")
    assert ana.status == 200 and "What is decided of it" in ana.text
    assert ana.open("/codebook/nothing").status == 404
