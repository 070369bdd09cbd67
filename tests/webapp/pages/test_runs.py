"""The run page: what the last run did and changed, and the tables, written anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI

from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from pipeline.store import latest
from tests.review.corpus import ALPHA, filled, named
from tests.webapp.browser import Browser, log, review


def test_the_last_run_is_shown(ana: Browser) -> None:
    ana.open("/runs")
    assert (ana.status, ana.heading) == (200, "The last run")
    assert all(text in ana.text for text in ("2 documents", "11 references", "There is no earlier run"))


def test_what_a_run_changed_is_shown(tmp_path: Path) -> None:
    made = filled(tmp_path)
    app = review(made)
    ana = Browser(app, "Ana")
    name = named(app.state.site.desk, "civil society")
    ana.open(f"/item/{name}").submit("/accept")
    (made.corpus / "alpha.en.txt").write_text(
        ALPHA.replace("civil society and", "civil society organizations and"), encoding="utf-8"
    )
    run_corpus(settings=made, write=lambda folder, *frames, **more: [], workers=1)
    app.state.site.desk.refresh()
    ana.open("/runs")
    assert all(text in ana.text for text in ("1 references gained", "1 references lost", "Decisions that no longer"))
    assert "civil society §1: nearest now civil society organizations, §1" in ana.text
    assert f"/item/{name}?show=lost" in ana.links("/item/")
    (link,) = ana.links("/runs?before=")
    ana.open(link)
    assert (ana.status, "1 references lost" in ana.text) == (200, True)


@pytest.mark.parametrize("before", ["zzz", "%00", "..%2F.."])
def test_an_unknown_run_is_not_found(ana: Browser, before: str) -> None:
    assert ana.open(f"/runs?before={before}").status == 404


def test_tables_are_written_by_a_button_with_what_was_decided(ana: Browser, app: FastAPI, place: Settings) -> None:
    name = named(app.state.site.desk, "civil society")
    ana.open(f"/item/{name}").submit("/accept")
    assert "They do not show yet" in ana.open("/runs").text
    ana.submit("/runs/tables")
    assert ana.path == "/runs" and "Writing the tables" in ana.text
    app.state.site.process.wait()
    ana.open("/runs")
    assert "all that was decided" in ana.text and "Writing the tables is done" in ana.text
    assert "accepted" in (place.outputs / "latest" / "references.csv").read_text(encoding="utf-8-sig")
    told = log(place)
    assert '"what": "tables", "who": "Ana"' in told and "done in" in told

    ana.open("/files")
    listed = (latest.read(place.outputs) or {})["files"]
    links = ana.links("/files/latest/")
    assert len(links) == len(listed) - sum(file.startswith("briefs/") and file.endswith(".html") for file in listed)
    assert {"/files/latest/reference_tables.xlsx", "/files/latest/tables/commitments.csv"} <= set(links)
    for link in links:
        answer = ana.client.get(link)
        path = link.removeprefix("/files/latest/")
        assert answer.status_code == 200 and answer.headers["content-disposition"].startswith("attachment; filename")
        assert answer.content == (place.outputs / "latest" / path).read_bytes()
    brief = ana.client.get("/brief/alpha.en")
    assert brief.status_code == 200 and "Declaration of the Alpha Dialogue" in brief.text
    assert "script-src" not in brief.headers["content-security-policy"]
    assert "http://127.0.0.1:8350/" not in brief.text


def test_tables_are_written_for_nobody_without_a_form(ana: Browser, app: FastAPI) -> None:
    assert ana.post("/runs/tables", {"csrf": "x"}).status_code == 403
    assert app.state.site.process.state == "idle"
