"""What a run has to do and the doing of it: documents that changed are read, or only searched, and stored one by one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from pipeline.corpus.manifest import Source
from pipeline.extract.document import Parsed, Processed, process_document
from pipeline.ingest.bounded import is_small
from pipeline.progress import Progress, Step
from pipeline.run.decided import apply_decided, read_decided
from pipeline.run.plan import Failure, Plan, Task, failure_key, make_plan
from pipeline.run.pool import Done, Runner, attempt, count_hands, each, hands_for
from pipeline.run.session import Session
from pipeline.settings import Limits
from pipeline.store import documents
from pipeline.store import failures as store
from pipeline.store.failures import KnownFailure

if TYPE_CHECKING:
    from pipeline.segment.correction import Correction


class WorkWords(TypedDict, total=False):
    """How work is done, as `do_work` takes it."""

    password: str
    workers: int | None
    runner: Runner | None


@dataclass(frozen=True, slots=True)
class Job:
    """One task as it goes to whoever does it, near or far: the work is a function of this and the versions.

    `data` are the file's bytes, for a worker that cannot see the folder; `parsed` are the paragraphs, for one that
    only has to search. `corrections` change how the text is cut (`parsed` has them already).
    """

    source: Source
    path: Path
    parsed: Parsed | None = None
    data: bytes | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def size(self) -> int:
        """Bytes and characters that it carries."""
        return len(self.data or b"") + (sum(len(p.text) for p in self.parsed.paragraphs) if self.parsed else 0)


def do_work(
    session: Session, plan: Plan, *, password: str = "", workers: int | None = None, runner: Runner | None = None
) -> tuple[Failure, ...]:
    """Do what is planned and store each document as it is done; return what failed.

    Documents share the worker processes, the longest first; a single document has its pages share them instead.
    `runner` does the work elsewhere. Every traceback goes to `outputs/logs/`, never to the terminal. Failures are kept
    for the next plan.
    """
    failures = [*plan.unreadable, *plan.failing]
    if plan.todo:
        failures += _done(session, plan, password, workers, runner)
        lasting = {one.document: KnownFailure(one.key, one.problem) for one in failures if one.key}
        store.keep(session.store, [task.document.slug for task in plan.todo], lasting)
    order = {document.slug: position for position, document in enumerate(session.corpus.documents)}
    return tuple(sorted(failures, key=lambda failure: order[failure.document]))


def do_late_work(session: Session, plan: Plan, **words: Unpack[WorkWords]) -> tuple[Session, Plan, tuple[Failure, ...]]:
    """Do again what analysts decided on documents whose text a document just read turned out to hold: they are gone, or it is
    another copy of theirs.

    Returns the session and the plan with that, and what failed. `words` are those of `do_work`.
    """
    decided = read_decided(session.store, session.corpus)
    changed = decided.differs(session.decided)
    if not changed:
        return session, plan, ()
    session = replace(session, decided=decided, corpus=apply_decided(session.corpus, decided))
    again = tuple(task for task in make_plan(session).todo if task.document.slug in changed)
    failures = do_work(session, Plan(again, ()), **words)
    slugs = {task.document.slug for task in again}
    first = tuple(task for task in plan.todo if task.document.slug not in slugs)
    unchanged = tuple(slug for slug in plan.unchanged if slug not in slugs)
    return session, Plan((*first, *again), unchanged, plan.unreadable, plan.failing), failures


def _done(session: Session, plan: Plan, password: str, workers: int | None, runner: Runner | None) -> Iterator[Failure]:
    tasks = {task.document.slug: task for task in plan.todo}
    ordered = sorted(plan.todo, key=_size, reverse=True)
    jobs = (_job(session, task, carry=runner is not None) for task in ordered)
    one: partial[Processed] = partial(do, limits=Limits(), password=password)
    hands = count_hands(session.settings, workers)
    if runner is not None:
        outcomes = runner(jobs, one)
    else:
        if len(ordered) == 1:
            pages = partial(_pages, session.progress, ordered[0].document.slug)
            one = partial(one, processes=hands, progress=pages)
        few = all(is_small(task.document.path) for task in ordered)
        outcomes = each(jobs, one, workers=hands_for(hands, map(_effort, ordered), is_small=few), name=_name)
    session.progress(Step("documents", 0, len(ordered)))
    for number, (job, outcome) in enumerate(outcomes, start=1):
        task = tasks[job.source.slug]
        key = failure_key(task.key) if outcome.is_lasting and not password else ""
        if outcome.result is not None:
            outcome = attempt(partial(_store, session, task), outcome.result)
        if outcome.problem:
            _log(session, job.source.slug, outcome)
            yield Failure(job.source.slug, str(job.path), outcome.problem, key)
        session.progress(Step("documents", number, len(ordered), job.source.slug))


def do(job: Job, **words: Any) -> Processed:
    """Do one job: a function of its bytes (or paragraphs) and the versions only, in whatever process or machine."""
    if job.data is None:
        return process_document(job.path, job.source, parsed=job.parsed, corrections=job.corrections, **words)
    with tempfile.TemporaryDirectory(prefix="gcmrefs-") as folder:
        path = Path(folder) / job.path.name
        path.write_bytes(job.data)
        return process_document(path, job.source, parsed=job.parsed, corrections=job.corrections, **words)


def _job(session: Session, task: Task, *, carry: bool) -> Job:
    """The paragraphs or bytes are fetched only when the job's turn comes, so that few are in memory at a time."""
    parsed = None if task.has_to_read else documents.stored_parse(session.store, task.document.slug)
    data = None
    if carry:
        try:
            data = task.document.path.read_bytes() if parsed is None else b""
        except OSError:
            data = None
    return Job(task.document.source, task.document.path, parsed, data, task.corrections)


def _store(session: Session, task: Task, processed: Processed) -> Processed:
    """A file that changed since the plan was made counts as unknown, so that the next run looks at it again."""
    same = processed.sha256 == task.sha256
    keys: Mapping[str, str] = {"key": task.key, "parse_key": task.parse_key} if same else {"key": "", "parse_key": ""}
    documents.write(session.store, processed, run_id=session.run_id, **keys)
    return processed


def _name(job: Job) -> str:
    return job.path.name


def _pages(progress: Progress, slug: str, done: int, total: int) -> None:
    progress(Step("pages", done, total, slug))


def _size(task: Task) -> int:
    return task.document.path.stat().st_size if task.document.path.exists() else 0


def _effort(task: Task) -> int:
    """Bytes that cost as much to read: a search alone is about a tenth of it."""
    return _size(task) if task.has_to_read else _size(task) // 10


def _log(session: Session, slug: str, outcome: Done[Processed]) -> None:
    if not outcome.traceback:
        return
    folder = session.settings.outputs / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{session.run_id}.log").open("a", encoding="utf-8", errors="replace") as file:
        file.write(f"{slug}: {outcome.problem}\n{outcome.traceback}\n")
