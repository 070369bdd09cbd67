"""An opened run: the corpus, the outputs folder and the store, held for the length of a `with` block."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import sqlalchemy as sa

from pipeline.corpus.discovery import Corpus, discover
from pipeline.extract import document
from pipeline.extract.document import Versions
from pipeline.files import locked
from pipeline.log import keep_log, note
from pipeline.progress import Progress, Step, silent
from pipeline.review.own_lexicons import use_lexicons
from pipeline.run.decided import Decided, apply_decided, read_decided
from pipeline.settings import Settings
from pipeline.store import documents as store
from pipeline.store import latest, runs


@dataclass(frozen=True, slots=True)
class Session:
    """An opened run: the lock is held, the store is open, leftovers of a killed run are gone.

    The sources of `corpus` have the analysts' word (`decided`) over the manifest's.
    """

    settings: Settings
    store: sa.Engine
    versions: Versions
    corpus: Corpus
    run_id: str
    started: str
    progress: Progress
    decided: Decided = field(default_factory=Decided)


def now() -> datetime:
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Return a time as it stands in `run.json`: `2018-12-19T15:00:00Z`."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def open_session(
    settings: Settings,
    *,
    progress: Progress = silent,
    wait: float = 600.0,
    may_replace: bool = False,
) -> Iterator[Session]:
    """Open a run for the length of a `with` block; see `pipeline.run.run.run_corpus` for what is raised.

    Another run over the same outputs, or over the same PostgreSQL store from another machine, is waited for up to
    `wait` seconds.
    """

    use_lexicons(settings)
    keep_log(settings.outputs, is_json=settings.log == "json")
    try:
        with _session(settings, progress=progress, wait=wait, may_replace=may_replace) as session:
            note("run began", run=session.run_id, corpus=settings.corpus, documents=len(session.corpus.documents))
            yield session
    except BaseException as error:
        note("run failed", is_problem=True, error=type(error).__name__, problem=error)
        raise


@contextmanager
def _session(settings: Settings, *, progress: Progress, wait: float, may_replace: bool) -> Iterator[Session]:
    def notice(line: str) -> None:
        progress(Step("notice", name=line))

    discover(settings.corpus)  # what cannot be used is told before anything is made
    with locked(settings.outputs, wait=wait, notice=notice):
        found = discover(settings.corpus)
        latest.clean(settings.outputs)
        if not may_replace:
            latest.check_corpus(settings.outputs, settings.corpus, [one.slug for one in found.documents])
        with (
            store.opened(store.address(settings)) as opened,
            runs.exclusive(opened, wait=wait, notice=notice),
        ):
            runs.settle(opened, latest.read(settings.outputs))
            cache = settings.outputs / "store" / "engine.json"
            versions = document.read_versions(cache)
            moment = now()
            run_id = f"{moment:%Y%m%dT%H%M%S}.{moment.microsecond // 1000:03d}Z-{secrets.token_hex(2)}"
            runs.record(opened, run_id, started=stamp(moment), status="running")
            decided = read_decided(opened, found)
            corpus = apply_decided(found, decided)
            yield Session(settings, opened, versions, corpus, run_id, stamp(moment), progress, decided)
