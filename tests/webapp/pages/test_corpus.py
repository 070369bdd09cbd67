"""The corpus page: from an empty folder to a run, what is refused, and what a server for decisions only does not do."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from pipeline.corpus.manifest import read_manifest
from pipeline.files import locked
from pipeline.settings import Settings
from pipeline.webapp.pages import corpus
from pipeline.webapp.security import FILES
from tests.run import fake
from tests.webapp.browser import Browser, log, review

TEXT = b"Declaration of the Gamma Dialogue\n\n1. We thank the forum.\n"


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    return Settings(corpus=tmp_path / "corpus", outputs=tmp_path / "outputs", database_url="")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are described here and now: that they are read by processes is tested in a real browser."""

    def each(paths: Any, work: Any, **more: Any) -> Iterator[Any]:
        from pipeline.run.pool import Done

        for path in paths:
            bad = b"crash" in path.read_bytes()
            told = {"title": "Gamma <b>Declaration</b>", "date": "2024-05-31", "language": "en", "kind": "declaration"}
            yield path, Done(None, f"{path.name}: cannot be read: <i>") if bad else Done(told)

    monkeypatch.setattr(corpus, "each", each)


def send(person: Browser, *files: tuple[str, bytes], token: str = "") -> Browser:
    data = {"csrf": token or person.token()}
    sent = [("files", (name, content)) for name, content in files]
    person._take(person.client.post("/corpus/upload", data=data, files=sent))
    return person.open("/corpus") if person.path == "/corpus" and _settled(person.app) else person


def _settled(app: FastAPI) -> bool:
    until = time.monotonic() + 10
    while app.state.site.reading and time.monotonic() < until:
        time.sleep(0.01)
    return not app.state.site.reading


def test_an_empty_folder_says_what_to_do(empty: Settings) -> None:
    ana = Browser(review(empty), "Ana")
    for path in ("/", "/runs", "/files", "/item/none", "/table"):
        ana.open(path)
        assert (ana.status, ana.path, ana.heading) == (200, "/corpus", "Start here")
    assert "Add documents" in ana.text and "Begin with these" in ana.text
    assert not empty.corpus.exists()


def test_a_document_is_sent_read_over_added_and_run(empty: Settings) -> None:
    app = review(empty)
    ana = send(Browser(app, "Ana"), ("../gamma.txt", TEXT))
    assert (ana.status, "gamma.txt" in ana.text, "Gamma <b>Declaration</b>" in ana.answer.text) == (200, True, False)
    (upload,) = app.state.site.uploads.waiting()
    field = f"{upload.upload_id}.iscm"
    ana.submit("/corpus/take", take="all", **{field: 'The "Gamma" Dialogue'})
    assert (ana.path, "Added to the corpus" in ana.text) == ("/corpus?said=added", True)
    (source,) = read_manifest(empty.corpus / "manifest.yaml").sources
    assert (source.title, source.iscm, source.date) == (
        "Gamma <b>Declaration</b>",
        'The "Gamma" Dialogue',
        "2024-05-31",
    )
    assert "1 document not read yet" in ana.text
    fake.run_corpus(settings=empty)
    assert ana.open("/").path == "/"
    ana.open("/corpus")
    assert "New in the last run" in ana.text
    assert {"/document/gamma", "/brief/gamma"} <= {*ana.links("/document/"), *ana.links("/brief/")}
    ana.submit("/corpus/remove", slug="gamma")
    assert "Taken out of the corpus" in ana.text
    assert read_manifest(empty.corpus / "manifest.yaml").sources == ()
    assert all(f'"what": "{what}"' in log(empty) for what in ("upload", "document added", "document removed"))


def test_what_is_refused_is_told_and_the_rest_is_kept(empty: Settings) -> None:
    ana = send(Browser(review(empty), "Ana"), ("a.exe", b"MZ"), ("gamma.txt", TEXT), ("b.txt", b"crash"))
    assert (ana.status, "a.exe: not a document by its name" in ana.text) == (400, True)
    assert _settled(ana.app)
    ana.open("/corpus")
    assert "b.txt: cannot be read: <i>" in ana.text
    ana.submit("/corpus/take", take="all")
    assert [source.slug for source in read_manifest(empty.corpus / "manifest.yaml").sources] == ["gamma"]
    (left,) = ana.app.state.site.uploads.waiting()
    ana.submit("/corpus/take", discard=left.upload_id)
    assert ana.app.state.site.uploads.waiting() == []
    assert send(ana, ("other.txt", TEXT)).status == 400
    assert "the same file as gamma, which is in the corpus" in ana.text


def test_uploads_need_a_form_of_ours_and_have_limits(empty: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = Browser(review(empty), "Ana")
    assert send(ana, ("gamma.txt", TEXT), token="x").status == 403
    assert send(ana.open("/corpus"), *[(f"{n}.txt", TEXT) for n in range(FILES["/corpus/upload"][0] + 1)]).status == 400
    monkeypatch.setitem(FILES, "/corpus/upload", (20, 1_000))  # type: ignore[attr-defined]
    assert send(ana.open("/corpus"), ("gamma.txt", TEXT * 100)).status == 413
    ana.open("/corpus")
    stranger = Browser(ana.app)
    answer = stranger.client.post("/corpus/upload", data={"csrf": ana.token()}, files=[("files", ("a.txt", TEXT))])
    assert answer.status_code == 403
    for path in ("/corpus/take", "/corpus/run", "/corpus/fetch", "/corpus/stop", "/corpus/start", "/corpus/remove"):
        assert ana.post(path, {"csrf": "x"}).status_code == 403
    assert ana.app.state.site.uploads.waiting() == []


def test_nothing_is_begun_or_changed_while_a_run_goes_on(ana: Browser, place: Settings) -> None:
    process = ana.app.state.site.process
    process.command = lambda kind: (sys.executable, "-c", "import time; time.sleep(60)")
    with locked(place.outputs):
        ana.open("/corpus").submit("/corpus/run")
    assert (ana.status, "another run" in ana.text, process.state) == (409, True, "idle")
    ana.open("/corpus").submit("/corpus/run")
    assert (ana.path, "The run is going on" in ana.text) == ("/corpus", True)
    assert '<meta http-equiv="refresh" content="2; url=/corpus">' in ana.answer.text
    token = ana.token()
    for path in ("/corpus/run", "/corpus/fetch", "/corpus/take", "/corpus/remove", "/runs/tables"):
        answer = ana.client.post(path, data={"csrf": token, "slug": "x"})
        assert (answer.status_code, "started is going on" in answer.text) == (409, True), path
    assert send(ana, ("gamma.txt", TEXT)).status == 409
    part = ana.client.get("/corpus/progress?here=/runs", headers={"hx-request": "true"})
    assert ("The run is going on" in part.text, "hx-redirect" in part.headers) == (True, False)
    ana.open("/corpus").submit("/corpus/stop")
    assert "The run was stopped" in ana.text
    part = ana.client.get("/corpus/progress?here=//evil", headers={"hx-request": "true"})
    assert part.headers["hx-redirect"] == "/corpus"


def test_what_went_wrong_is_told(ana: Browser) -> None:
    process = ana.app.state.site.process
    process.command = lambda kind: (sys.executable, "-c", "print('failed: a: <b>'); raise SystemExit(1)")
    ana.open("/corpus").submit("/corpus/run")
    process.wait()
    ana.open("/corpus")
    assert "The run ended with problems" in ana.text and "failed: a: <b>" in ana.text


def test_a_corpus_is_begun_with_what_the_project_knows(empty: Settings) -> None:
    ana = Browser(review(empty), "Ana").open("/corpus").submit("/corpus/start")
    assert "Your corpus is begun" in ana.text and "not fetched" in ana.text
    assert (empty.corpus / "sample").is_dir()


def test_a_server_for_decisions_only_takes_and_starts_nothing(place: Settings) -> None:
    ana = Browser(review(place.model_copy(update={"review_only": True})), "Ana").open("/corpus")
    assert "takes no documents and starts no runs" in ana.text
    assert [form.get("action") for form in ana.forms()] == ["/sign-out", None]
    for path in ("take", "run", "fetch", "stop", "start", "remove"):
        assert ana.post(f"/corpus/{path}", {"csrf": ana.token(), "slug": "x"}).status_code == 403
    assert send(ana, ("gamma.txt", TEXT)).status == 403
