"""The run: skips what is unchanged, lists what fails, never harms the last good tables."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa

from extractors.model import REFERENCE_COLUMNS
from pipeline.errors import CorpusError, GcmrefsError, ProcessLostError
from pipeline.files import locked
from pipeline.progress import Step
from pipeline.run import pool, run, work
from pipeline.run.plan import Failure, Plan
from pipeline.run.pool import Done, each
from pipeline.run.publish import RunResult, rebuild
from pipeline.settings import Settings
from pipeline.store import documents, latest, runs, schema
from tests.run import fake


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"The {name}\na forum, a forum\nobjective 7\n", encoding="utf-8")
    return Settings(corpus=folder, outputs=tmp_path / "outputs", database_url="", workers=1)


def go(place: Settings, versions: Mapping[str, str] | None = None, **words: object) -> RunResult:
    return fake.run_corpus(versions, settings=place, **words)


def shown(place: Settings) -> dict[str, list[str]]:
    folder = place.outputs / "latest"
    rows = pd.read_csv(folder / "references.csv")
    return {"documents": sorted(set(rows.document)), "columns": list(rows.columns)}


def manifest(place: Settings, text: str) -> None:
    (place.corpus / "manifest.yaml").write_text(text, encoding="utf-8")


def test_a_second_run_processes_nothing_and_rewrites_nothing(place: Settings) -> None:
    first = go(place)
    assert (first.processed, first.unchanged, first.exit_code, first.has_moved) == (("a", "b", "c"), (), 0, True)
    assert shown(place) == {"documents": ["a", "b", "c"], "columns": [*REFERENCE_COLUMNS, "new_in_run"]}
    before = {p: p.stat().st_mtime_ns for p in (place.outputs / "latest").iterdir()}
    second = go(place)
    assert (second.processed, second.unchanged, second.has_moved) == ((), ("a", "b", "c"), False)
    assert {p: p.stat().st_mtime_ns for p in (place.outputs / "latest").iterdir()} == before
    assert second.counts == {"documents": 3, "paragraphs": 9, "references": 3, "objectives": 3, "pages": 0}


def test_only_what_changed_is_read_again(place: Settings) -> None:
    go(place)
    (place.corpus / "b.txt").write_text("nothing\n")
    (place.corpus / "c.txt").unlink()
    (place.corpus / "d.txt").write_text("forum\n")
    result = go(place)
    assert (result.processed, result.unchanged) == (("b", "d"), ("a",))
    assert shown(place)["documents"] == ["a", "d"]
    assert go(place, force=True).processed == ("a", "b", "d")


@pytest.mark.parametrize(
    ("changed", "again"),
    [({}, 0), ({"parser": "2"}, 3), ({"lexicon": "2"}, 3), ({"extractors": "2"}, 3), ({"lexicon": ""}, 3)],
)
def test_another_version_means_another_look(place: Settings, changed: dict[str, str], again: int) -> None:
    go(place)
    assert len(go(place, changed).processed) == again


def test_the_same_input_gives_the_same_bytes(place: Settings, tmp_path: Path) -> None:
    go(place)
    one = (place.outputs / "latest" / "references.csv").read_bytes()
    go(place, force=True)
    assert (place.outputs / "latest" / "references.csv").read_bytes() == one


@pytest.mark.parametrize(
    ("text", "says"),
    [("encrypted", "b.txt: encrypted: give --password"), ("crash", "internal error: RuntimeError: never foreseen")],
)
def test_a_bad_document_is_listed_and_the_rest_goes_on(place: Settings, text: str, says: str) -> None:
    (place.corpus / "b.txt").write_text(text)
    result = go(place)
    assert [(f.document, f.problem) for f in result.failures] == [("b", says)]
    assert (result.exit_code, result.has_moved, shown(place)["documents"]) == (1, True, ["a", "c"])
    logs = "".join(p.read_text() for p in place.outputs.glob("logs/*"))
    assert ("Traceback" in logs) is (text == "crash")
    assert json.loads((place.outputs / "latest" / "run.json").read_text())["failures"][0]["problem"] == says
    assert go(place).has_moved is False


def tried(place: Settings, monkeypatch: pytest.MonkeyPatch, **options: Any) -> list[str]:
    """The documents that a run reads; whatever becomes of it, `b` is told to have failed."""
    read: list[str] = []

    def note(job: work.Job, **words: Any) -> Any:
        read.append(job.source.slug)
        return real(job, **words)

    real = work.do
    with monkeypatch.context() as patch:
        patch.setattr(work, "do", note)
        assert [failure.document for failure in go(place, **options).failures] == ["b"]
    return read


@pytest.mark.parametrize("text", ["encrypted", "crash"])
def test_a_failure_is_told_again_and_not_tried_again(
    place: Settings, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    (place.corpus / "b.txt").write_text(text)
    told = go(place).run["failures"]
    assert tried(place, monkeypatch) == []
    assert go(place).run["failures"] == told
    assert tried(place, monkeypatch, retry=True) == ["b"]
    (place.corpus / "a.txt").write_text("forum\n")
    assert tried(place, monkeypatch) == ["a"]
    assert tried(place, monkeypatch) == []
    (place.corpus / "b.txt").write_text(f"{text} again")
    assert tried(place, monkeypatch) == ["b"]
    monkeypatch.setenv("GCMREFS_MAX_SECONDS", "600")
    assert tried(place, monkeypatch) == ["b"]
    assert tried(place, monkeypatch, password="wrong") == ["b"]


@pytest.mark.parametrize("error", [OSError("disk full"), ProcessLostError("b.txt", "ended")])
def test_what_may_go_well_next_time_is_tried_again(
    place: Settings, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(job: work.Job, **words: Any) -> Any:
        if job.source.slug == "b":
            raise error
        return real(job, **words)

    real = work.do
    with monkeypatch.context() as patch:
        patch.setattr(work, "do", fail)
        assert len(go(place).failures) == 1
    assert go(place).failures == ()


def test_a_password_opens_it_at_the_next_run(place: Settings) -> None:
    (place.corpus / "b.txt").write_text("encrypted forum")
    go(place)
    assert go(place, password="secret").processed == ("b",)
    assert shown(place)["documents"] == ["a", "b", "c"]


def test_an_unreadable_file_is_a_failure(place: Settings) -> None:
    (place.corpus / "b.txt").unlink()
    (place.corpus / "b.txt").symlink_to(place.corpus / "a.txt")
    go(place)
    plan = Plan((), ("a", "c"), (Failure("b", "b.txt", "b.txt: cannot be read: Permission denied"),))
    with fake.stages(), run.open_session(place) as session:
        assert run.do_work(session, plan) == plan.unreadable


def test_a_missed_minimum_keeps_the_last_good_tables(place: Settings) -> None:
    (place.corpus / "fetched").mkdir()
    (place.corpus / "fetched" / "m.txt").write_text("forum\nforum\n")
    manifest(place, "sources:\n- slug: m\n  minimum: {references: 2, paragraphs: 2}\n")
    assert go(place).exit_code == 0
    before = (place.outputs / "latest" / "run.json").read_bytes()
    (place.corpus / "fetched" / "m.txt").write_text("forum\n")
    result = go(place)
    assert result.missed == (
        "m: 1 paragraphs, the manifest expects at least 2",
        "m: 1 references, the manifest expects at least 2",
    )
    assert (result.exit_code, result.has_moved) == (1, False)
    assert (place.outputs / "latest" / "run.json").read_bytes() == before
    again = go(place)
    assert (again.processed, again.exit_code) == ((), 1)
    with pytest.raises(GcmrefsError, match="missed a minimum"):
        rebuild(place, write=fake.write)


def test_a_document_that_fails_misses_its_minimum(place: Settings) -> None:
    (place.corpus / "fetched").mkdir()
    (place.corpus / "fetched" / "m.txt").write_text("crash")
    manifest(place, "sources:\n- slug: m\n  minimum: {references: 1}\n")
    result = go(place)
    assert result.missed and not result.has_moved


def test_nothing_readable_at_all_leaves_latest(place: Settings) -> None:
    go(place)
    for path in place.corpus.iterdir():
        path.write_text("crash")
    result = go(place)
    assert (len(result.failures), result.has_moved) == (3, False)
    assert shown(place)["documents"] == ["a", "b", "c"]


def test_what_the_manifest_says_shows_and_a_change_of_it_counts(place: Settings) -> None:
    (place.corpus / "fetched").mkdir()
    (place.corpus / "fetched" / "m.txt").write_text("forum\n")
    for title in ("One", "Two"):
        manifest(place, f"sources:\n- slug: m\n  title: {title}\n  iscm: Some Process\n  language: es\n")
        assert "m" in go(place).processed
        row = pd.read_csv(place.outputs / "latest" / "references.csv").iloc[0]
        assert (row.title, row.iscm, row.language) == (title, "Some Process", "es")


class Killed(BaseException):
    """Stands for the death of the process."""


def test_killed_between_documents(place: Settings) -> None:
    go(place)
    before = (place.outputs / "latest" / "run.json").read_bytes()
    for name in "abc":
        (place.corpus / f"{name}.txt").write_text(f"{name} forum forum\n")

    def kill(step: Step) -> None:
        if step.what == "documents" and step.done == 2:
            raise Killed

    with pytest.raises(Killed):
        go(place, progress=kill)
    assert (place.outputs / "latest" / "run.json").read_bytes() == before
    assert len(go(place).processed) == 1


def test_killed_while_writing(place: Settings) -> None:
    go(place)
    before = (place.outputs / "latest" / "run.json").read_bytes()
    (place.corpus / "a.txt").write_text("other forum\n")

    def kill(folder: Path, *rest: object, **words: object) -> list[Path]:
        (folder / "half.csv").write_text("x")
        raise Killed

    with pytest.raises(Killed):
        fake.run_corpus(settings=place, write=kill)
    assert (place.outputs / "latest" / "run.json").read_bytes() == before
    assert list(place.outputs.glob(".staging-*"))
    result = go(place)
    assert (result.processed, result.has_moved) == ((), True)
    assert not list(place.outputs.glob(".staging-*"))


KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.settings import Settings
from tests.run import fake
def kill(step):
    if step.what == "documents" and step.done == 1:
        os.kill(os.getpid(), signal.SIGKILL)
fake.run_corpus(settings=Settings(corpus=Path(sys.argv[1]), outputs=Path(sys.argv[2]), workers=1), progress=kill)
"""


def test_a_real_kill_leaves_a_sound_store_and_no_lock(place: Settings) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, place.corpus, place.outputs], cwd=Path(__file__).parents[2])
    assert done.returncode == -9
    with documents.opened(documents.address(place)) as opened:
        assert list(documents.keys(opened)) == ["a"]
    assert go(place).processed == ("b", "c")


def test_a_latest_caught_between_two_renames_is_put_back(place: Settings) -> None:
    go(place)
    (place.outputs / "latest").rename(place.outputs / ".previous-x")
    assert go(place).has_moved is False
    assert shown(place)["documents"] == ["a", "b", "c"]


def test_lost_files_are_written_again(place: Settings) -> None:
    go(place)
    (place.outputs / "latest" / "references.csv").unlink()
    result = go(place)
    assert (result.processed, result.has_moved) == ((), True)
    assert shown(place)["documents"] == ["a", "b", "c"]


@pytest.mark.parametrize("exchange", [True, False])
def test_replace(tmp_path: Path, exchange: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not exchange:
        monkeypatch.setattr(latest, "_exchange", lambda one, other: False)
    for name in ("1", "2"):
        folder = latest.make_staging(tmp_path, name)
        (folder / name).touch()
        latest.replace(tmp_path, folder)
    assert [p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")] == ["latest", "latest/2"]


def test_the_history_keeps_the_last_runs(place: Settings) -> None:
    for number in range(latest.KEPT + 2):
        (place.corpus / "a.txt").write_text(f"forum {number}\n")
        result = go(place)
    kept = sorted((place.outputs / "runs").iterdir())
    assert len(kept) == latest.KEPT
    assert kept[-1].name == result.run_id
    assert sorted(p.name for p in kept[-1].iterdir()) == ["references.csv", "run.json"]


def test_rebuild_needs_no_document(place: Settings) -> None:
    with pytest.raises(GcmrefsError, match="no finished run"):
        rebuild(place, write=fake.write)
    go(place)
    before = (place.outputs / "latest" / "references.csv").read_bytes()
    for path in place.corpus.iterdir():
        path.unlink()
    (place.outputs / "latest" / "references.csv").unlink()
    rebuild(place, write=fake.write)
    assert (place.outputs / "latest" / "references.csv").read_bytes() == before


def test_rebuild_writes_nothing_from_a_store_of_another_version(place: Settings) -> None:
    go(place)
    before = (place.outputs / "latest" / "references.csv").read_bytes()
    with documents.opened(documents.address(place)) as opened, opened.begin() as connection:
        connection.execute(sa.update(schema.meta).values(value="0"))
    with pytest.raises(GcmrefsError, match=r"no longer holds a and 2 more.*run gcmrefs run first"):
        rebuild(place, write=fake.write)
    assert (place.outputs / "latest" / "references.csv").read_bytes() == before


def test_the_published_store_is_that_of_the_run(place: Settings) -> None:
    go(place)
    with documents.opened(f"sqlite:///{place.outputs / 'latest' / 'gcmrefs.db'}") as copy:
        assert sorted(documents.keys(copy)) == ["a", "b", "c"]


HELD = """
import sys, time
from pathlib import Path
from pipeline.files import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(1)
"""


def test_two_runs_at_once_wait_for_each_other(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HELD, tmp_path], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        with pytest.raises(GcmrefsError, match=f"another run .process {other.pid}."), locked(tmp_path, wait=0):
            pass
        told: list[str] = []
        started = time.monotonic()
        with locked(tmp_path, notice=told.append):
            assert time.monotonic() - started > 0.2
        assert len(told) == 1


def test_runs_cut_short_are_marked(place: Settings) -> None:
    with documents.opened(documents.address(place)) as opened:
        runs.record(opened, "0", started="s", status="running")
    go(place)
    with documents.opened(documents.address(place)) as opened, opened.connect() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql("select status from runs order by run_id")]
    assert found == [("interrupted",), ("complete",)]


def test_no_corpus_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such folder"):
        go(Settings(corpus=tmp_path / "none", outputs=tmp_path / "o"))


def die(job: int) -> int:
    if job == 3:
        os._exit(9)
    return job * 2


@pytest.mark.slow
def test_a_worker_that_dies_costs_only_its_document() -> None:
    outcomes = dict(each([1, 3], die, workers=2))
    assert {job: done.result for job, done in outcomes.items()} == {1: 2, 3: None}
    assert "ended unexpectedly" in outcomes[3].problem


@pytest.mark.slow
def test_worker_processes_give_what_one_process_gives(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in place.corpus.iterdir():
        path.write_text(f"In {path.stem} we thank the diasporas.\n")
    assert run.run_corpus(settings=place, write=fake.write).counts["references"] == 3
    one = (place.outputs / "latest" / "references.csv").read_bytes()
    monkeypatch.setattr(pool, "POOL_PAYS", 0)
    (place.corpus / "d.pdf").write_text("no PDF")
    result = run.run_corpus(settings=place, write=fake.write, force=True, workers=2)
    assert [f.document for f in result.failures] == ["d"]
    assert (place.outputs / "latest" / "references.csv").read_bytes() == one


def test_each_keeps_errors_apart() -> None:
    outcomes = dict(each([1, 0], lambda n: 1 // n, workers=0))
    assert outcomes[1] == Done(1)
    assert outcomes[0].problem.startswith("internal error: ZeroDivisionError")
