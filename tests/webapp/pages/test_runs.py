"""The run page: what the last run did and changed, and the tables, written anew and downloaded."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from fastapi import FastAPI

from pipeline.errors import GcmrefsError
from pipeline.files import locked
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from pipeline.webapp.pages.runs import FILES, Writing
from tests.review.corpus import ALPHA, filled, named
from tests.webapp.browser import Browser, log, review


def writing(app: FastAPI) -> Writing:
    held: Writing = app.state.writing
    return held


def fake(settings: Settings) -> None:
    folder = settings.outputs / "latest"
    folder.mkdir(exist_ok=True)
    (folder / "reference_tables.xlsx").write_bytes(b"a workbook")


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


def test_tables_are_written_by_a_button_and_the_log_says_by_whom(ana: Browser, app: FastAPI, place: Settings) -> None:
    writing(app).write = fake
    ana.open("/runs").submit("/runs/tables")
    writing(app).wait()
    ana.open("/runs")
    assert (ana.path, "Written in" in ana.text) == ("/runs", True)
    assert "refresh" not in ana.answer.headers
    told = log(place)
    assert '"what": "tables", "who": "Ana"' in told
    assert "done in" in told


def test_the_page_looks_again_while_tables_are_written(ana: Browser, app: FastAPI) -> None:
    go = threading.Event()
    writing(app).write = lambda settings: go.wait(30)
    ana.open("/runs").submit("/runs/tables")
    assert "They are being written" in ana.text
    assert ana.answer.headers["refresh"] == "2"
    ana.submit("/runs/tables")
    assert (ana.status, "having the tables written already" in ana.text) == (409, True)
    go.set()
    writing(app).wait()
    assert "Written in" in ana.open("/runs").text


def test_another_run_that_writes_is_waited_for_by_nobody(ana: Browser, app: FastAPI, place: Settings) -> None:
    writing(app).write = fake
    ana.open("/runs")
    with locked(place.outputs):
        ana.submit("/runs/tables")
    assert (ana.status, "another run" in ana.text, writing(app).state) == (409, True, "idle")


@pytest.mark.parametrize(
    ("error", "told"), [(GcmrefsError("the disk is full"), "the disk is full"), (ValueError("x"), "ValueError")]
)
def test_what_goes_wrong_is_told(ana: Browser, app: FastAPI, error: Exception, told: str) -> None:
    def broken(settings: Settings) -> None:
        raise error

    writing(app).write = broken
    ana.open("/runs").submit("/runs/tables")
    writing(app).wait()
    assert told in ana.open("/runs").text
    assert writing(app).state == "failed"


def test_real_tables_hold_what_was_decided(ana: Browser, app: FastAPI, place: Settings) -> None:
    name = named(app.state.site.desk, "civil society")
    ana.open(f"/item/{name}").submit("/accept")
    assert "They do not show yet" in ana.open("/runs").text
    ana.submit("/runs/tables")
    writing(app).wait()
    assert "all that was decided" in ana.open("/runs").text
    assert "accepted" in (place.outputs / "latest" / "references.csv").read_text(encoding="utf-8-sig")
    for file in FILES:
        answer = ana.client.get(f"/runs/file/{file}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"] == f'attachment; filename="{file}"'
        assert answer.content == (place.outputs / "latest" / file).read_bytes()


@pytest.mark.parametrize(
    "name", ["run.json", "..%2Fstore%2Freview.key", "%2e%2e", "reference_tables.xlsx%00", "gcmrefs.db"]
)
def test_no_other_file_is_given_out(ana: Browser, name: str) -> None:
    assert ana.open(f"/runs/file/{name}").status == 404


def test_a_file_that_is_not_there_is_not_found(ana: Browser) -> None:
    assert ana.open("/runs/file/reference_tables.xlsx").status == 404


def test_tables_are_written_for_nobody_without_a_form(ana: Browser, app: FastAPI) -> None:
    assert ana.post("/runs/tables", {"csrf": "x"}).status_code == 403
    assert writing(app).state == "idle"
