"""One run over the whole corpus: what changed is done again, what failed is listed, and only then `latest` moves."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from extractors.identity import identity
from pipeline import corpus, latest, store
from pipeline.corpus import Corpus, Document
from pipeline.document import Engine, Processed, process, work_key
from pipeline.document import engine as own_engine
from pipeline.errors import GcmrefsError
from pipeline.lock import locked
from pipeline.pool import WORKER_MODULES, Done, attempt, each, hands_for
from pipeline.progress import Progress, Step, silent
from pipeline.settings import Limits, Settings
from pipeline.version import libraries, version

Writer = Callable[..., Sequence[Path]]


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be done: `problem` is one line, and the remedy where there is one."""

    document: str
    file: str
    problem: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do: documents with their work key, those that are as they were, files that cannot be read."""

    todo: tuple[tuple[Document, str, str], ...]
    unchanged: tuple[str, ...]
    unreadable: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended. `moved` tells whether `latest` was written anew; `run` is the content of `run.json`.

    `exit_code` is 0 when all went well and 1 when documents failed or a declared minimum was missed.
    """

    run_id: str
    processed: tuple[str, ...]
    unchanged: tuple[str, ...]
    failures: tuple[Failure, ...]
    missed: tuple[str, ...]
    missing: tuple[str, ...]
    sample: bool
    moved: bool
    latest: Path
    counts: Mapping[str, int]
    documents: tuple[Mapping[str, Any], ...]
    run: Mapping[str, Any] = field(repr=False)

    @property
    def exit_code(self) -> int:
        return 1 if self.failures or self.missed else 0


@dataclass(frozen=True, slots=True)
class Session:
    """An opened run: the lock is held, the store is open, leftovers of a killed run are gone."""

    settings: Settings
    store: sa.Engine
    engine: Engine
    corpus: Corpus
    run_id: str
    started: str
    progress: Progress


def now() -> datetime:
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Return a time as it stands in `run.json`: `2018-12-19T15:00:00Z`."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def session(
    settings: Settings, *, engine: Engine | None = None, progress: Progress = silent, wait: float = 600.0
) -> Iterator[Session]:
    """Open a run for the length of a `with` block; see `run` for what is raised."""
    found = corpus.discover(settings.corpus)
    with locked(settings.outputs, wait=wait, notice=lambda line: progress(Step("notice", name=line))):
        latest.clean(settings.outputs)
        with store.opened(store.address(settings)) as opened:
            store.mark_interrupted(opened)
            moment = now()
            run_id = f"{moment:%Y%m%dT%H%M%S}.{moment.microsecond // 1000:03d}Z-{secrets.token_hex(2)}"
            store.record_run(opened, run_id, started=stamp(moment), status="running", finished="", summary={})
            yield Session(settings, opened, engine or own_engine(), found, run_id, stamp(moment), progress)


def plan(session: Session, *, force: bool = False) -> Plan:
    """Tell what has to be done by comparing each file's bytes and all versions with the last good result."""
    known = {} if force else store.keys(session.store)
    todo, unchanged, unreadable = [], [], []
    for document in session.corpus.documents:
        try:
            with document.path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            problem = f"{document.path.name}: cannot be read: {error.strerror}"
            unreadable.append(Failure(document.slug, str(document.path), problem))
            continue
        key = work_key(sha256, document.source, session.engine.parser, session.engine.versions)
        if key and known.get(document.slug) == key:
            unchanged.append(document.slug)
        else:
            todo.append((document, key, sha256))
    return Plan(tuple(todo), tuple(unchanged), tuple(unreadable))


def work(session: Session, plan: Plan, *, password: str = "", workers: int | None = None) -> tuple[Failure, ...]:
    """Do what is planned and store each document as it is done; return what failed.

    Documents share the worker processes, the longest first; a single document has its pages share them instead.
    Every traceback goes to `outputs/logs/`, never to the terminal.
    """
    todo = {document.slug: (document, key, sha256) for document, key, sha256 in plan.todo}
    jobs = sorted((document for document, _, _ in plan.todo), key=_size, reverse=True)
    hands = workers or session.settings.workers or os.cpu_count() or 1
    one = partial(_one, engine=session.engine, limits=Limits(), password=password)
    if len(jobs) == 1:
        pages = partial(_pages, session.progress, jobs[0].slug)
        one = partial(one, processes=hands, progress=pages)
    failures = list(plan.unreadable)
    session.progress(Step("documents", 0, len(jobs)))
    outcomes = each(jobs, one, workers=hands_for(hands, map(_size, jobs)), preload=WORKER_MODULES)
    for number, (document, outcome) in enumerate(outcomes, start=1):
        _, key, sha256 = todo[document.slug]
        if outcome.result is not None:
            outcome = _stored(session, outcome.result, key=key if outcome.result.sha256 == sha256 else "")
        if outcome.problem:
            failures.append(Failure(document.slug, str(document.path), outcome.problem))
            _log(session, document.slug, outcome)
        session.progress(Step("documents", number, len(jobs), document.slug))
    order = {document.slug: position for position, document in enumerate(session.corpus.documents)}
    return tuple(sorted(failures, key=lambda failure: order[failure.document]))


def _one(document: Document, **words: Any) -> Processed:
    return process(document.source, document.path, **words)


def _pages(progress: Progress, slug: str, done: int, total: int) -> None:
    progress(Step("pages", done, total, slug))


def _size(document: Document) -> int:
    return document.path.stat().st_size if document.path.exists() else 0


def _stored(session: Session, processed: Processed, *, key: str) -> Done[Processed]:
    return attempt(lambda it: _write(session, it, key), processed)


def _write(session: Session, processed: Processed, key: str) -> Processed:
    store.write(session.store, processed, key=key, run_id=session.run_id)
    return processed


def _log(session: Session, slug: str, outcome: Done[Processed]) -> None:
    folder = session.settings.outputs / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{session.run_id}.log").open("a", encoding="utf-8", errors="replace") as file:
        file.write(f"{slug}: {outcome.problem}\n{outcome.traceback}\n" if outcome.traceback else "")


def publish(session: Session, plan: Plan, failures: Sequence[Failure], *, write: Writer | None = None) -> RunResult:
    """Check the declared minimums, write the tables beside `latest` and put them in place in one step.

    `latest` stays as it is when a minimum is missed, when no document at all could be done, and when nothing differs
    from what it shows.
    """
    failed = {failure.document for failure in failures}
    slugs = [document.slug for document in session.corpus.documents if document.slug not in failed]
    counted = store.counts(session.store, slugs)
    missed = tuple(_missed(session.corpus.documents, counted))
    run = _run(session, plan, failures, missed, slugs, counted)
    before = latest.read(session.settings.outputs)
    same = before is not None and before.get("fingerprint") == run["fingerprint"]
    moved = bool(slugs) and not missed and not same
    if moved:
        run |= {"files": write_latest(session.settings.outputs, session.store, run, slugs, write=write)}
    if not same:
        folder = session.settings.outputs / latest.LATEST if moved else None
        latest.remember(session.settings.outputs, session.run_id, run, folder)
    store.record_run(
        session.store,
        session.run_id,
        started=session.started,
        status=str(run["status"]),
        finished=str(run["finished"]),
        summary=run | {"slugs": slugs},
    )
    return RunResult(
        run_id=session.run_id,
        processed=tuple(document.slug for document, _, _ in plan.todo if document.slug not in failed),
        unchanged=plan.unchanged,
        failures=tuple(failures),
        missed=missed,
        missing=tuple(source.slug for source in session.corpus.missing),
        sample=session.corpus.sample,
        moved=moved,
        latest=session.settings.outputs / latest.LATEST,
        counts=run["counts"],
        documents=tuple(run["documents"]),
        run=run,
    )


def _missed(documents: Sequence[Document], counted: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    for document in documents:
        for what in ("paragraphs", "references"):
            wanted = getattr(document.source.minimum, what)
            found = counted.get(document.slug, {}).get(what, 0)
            if found < wanted:
                yield f"{document.slug}: {found} {what}, the manifest expects at least {wanted}"


def _run(
    session: Session,
    plan: Plan,
    failures: Sequence[Failure],
    missed: Sequence[str],
    slugs: Sequence[str],
    counted: Mapping[str, Mapping[str, int]],
) -> dict[str, Any]:
    """The content of `run.json`, without anything that differs between two runs over the same input but ids, times."""
    sources = {document.slug: document for document in session.corpus.documents}
    described = store.described(session.store, slugs)
    documents = [
        {
            "document": row["document"],
            "symbol": sources[row["document"]].source.symbol,
            "kind": sources[row["document"]].source.kind,
            **{name: row[name] for name in ("title", "iscm", "date", "language", "format", "sha256", "ocr")},
            **counted[row["document"]],
            "warnings": row["warnings"],
        }
        for row in described
    ]
    totals = {
        name: sum(counted[slug][name] for slug in slugs) for name in ("paragraphs", "references", "objectives", "pages")
    }
    listed = [{"document": f.document, "problem": f.problem} for f in failures]
    versions = {"parser": session.engine.parser, **session.engine.versions}
    missing = [source.slug for source in session.corpus.missing]
    keys = store.keys(session.store)
    shown = [[row["document"], keys[row["document"]] or session.run_id] for row in described]
    return {
        "run_id": session.run_id,
        "started": session.started,
        "finished": stamp(now()),
        "status": "missed" if missed else "failures" if failures else "complete",
        "version": version(),
        "versions": versions,
        "libraries": libraries(),
        "counts": {"documents": len(slugs), **totals},
        "processed": [document.slug for document, _, _ in plan.todo if document.slug in set(slugs)],
        "unchanged": list(plan.unchanged),
        "documents": documents,
        "failures": listed,
        "missed": list(missed),
        "not_fetched": missing,
        "sample": session.corpus.sample,
        "fingerprint": identity(version(), libraries(), versions, shown, listed, missing),
    }


def write_latest(
    outputs: Path, opened: sa.Engine, run: Mapping[str, Any], slugs: Sequence[str], *, write: Writer | None = None
) -> list[str]:
    """Write all files of `outputs/latest/` from the store and put them in place; return their names.

    They are written to a folder beside it first, so that a run that is killed or fails here changes nothing.
    """
    folder = latest.staging(outputs, str(run["run_id"]))
    try:
        frames = (
            store.reference_frame(opened, slugs),
            store.paragraph_frame(opened, slugs),
            store.objective_frame(opened, slugs),
        )
        (write or write_tables)(folder, *frames, run=run)
        store.publish(opened, folder / "gcmrefs.db", slugs)
        files = sorted({p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} | {"run.json"})
        latest.write_text(folder / "run.json", latest.json_text({**run, "files": files}))
        latest.replace(outputs, folder)
    except OSError as error:
        raise GcmrefsError(f"{outputs}: cannot be written: {error.strerror or error}") from error
    return files


def write_tables(folder: Path, references: Any, paragraphs: Any, objectives: Any, *, run: Mapping[str, Any]) -> Any:
    """Build the reference tables and write every format of them into the folder."""
    from pipeline.export import write_all
    from pipeline.tables import build

    tables = build(references, paragraphs, objectives, labels=labels(), documents=run["documents"])
    return write_all(folder, tables, references, paragraphs, objectives, run)


def labels() -> Mapping[str, str]:
    """Return what the tables call the categories that a lexicon adds to the usual ones: the label of their only entry."""
    from extractors.lexicon import load
    from pipeline.rows import CATEGORIES

    return {category: label for category, label in load().labels().items() if category not in CATEGORIES}


def run(
    settings: Settings,
    *,
    force: bool = False,
    password: str = "",
    progress: Progress = silent,
    workers: int | None = None,
    engine: Engine | None = None,
    write: Writer | None = None,
) -> RunResult:
    """Bring the tables in `outputs/latest/` up to date with the corpus and say what was done.

    Documents whose bytes, language and versions are those of the last good run are not read again, unless `force`. A
    document that fails is listed and the rest goes on. `password` opens encrypted PDFs. `engine` and `write` replace
    the project's own functions.

    Raises CorpusError for a corpus or manifest that cannot be used, GcmrefsError when the outputs cannot be written,
    the store cannot be opened, or another run holds the folder for too long.
    """
    with session(settings, engine=engine, progress=progress) as opened:
        planned = plan(opened, force=force)
        failures = work(opened, planned, password=password, workers=workers)
        return publish(opened, planned, failures, write=write)


def rebuild(settings: Settings, *, write: Writer | None = None) -> Path:
    """Write the tables of the last run again from the store, without reading any document; return their folder.

    For a changed layout or a lost folder. Raises GcmrefsError when there was no run yet or the last one missed a
    declared minimum.
    """
    with locked(settings.outputs):
        latest.clean(settings.outputs)
        with store.opened(store.address(settings)) as opened:
            summary = store.last_summary(opened)
            if summary is None:
                raise GcmrefsError(f"{settings.outputs}: no finished run: run gcmrefs run first")
            if summary["missed"]:
                raise GcmrefsError(f"the last run missed a minimum and has no tables: {summary['missed'][0]}")
            shown = {name: value for name, value in summary.items() if name not in ("slugs", "files")}
            write_latest(settings.outputs, opened, shown, summary["slugs"], write=write)
    return settings.outputs / latest.LATEST
