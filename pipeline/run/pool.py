"""A pool of worker processes over documents, which survives the death of a worker."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from pipeline.errors import GcmrefsError

POOL_PAYS = 300_000
"""Bytes to read from which worker processes are worth the seconds that they take to start."""
WORKER_MODULES = ("pipeline.extract.document", "pipeline.extract.references", "pipeline.ingest", "pipeline.segment")
"""What a worker that reads documents needs."""

Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """How one job ended: with a `result`, or with a `problem` of one line and, if it was unforeseen, its traceback."""

    result: Result | None
    problem: str = ""
    traceback: str = ""


def attempt(work: Callable[[Job], Result], job: Job) -> Done[Result]:
    """Do one job; whatever goes wrong becomes a line, so that one bad document never stops the others."""
    try:
        return Done(work(job))
    except GcmrefsError as error:
        return Done(None, " ".join(str(error).split()))
    except Exception as error:
        told = " ".join(str(error).split())[:200]
        return Done(None, f"internal error: {type(error).__name__}: {told}", traceback.format_exc())


def hands_for(hands: int, sizes: Iterable[int]) -> int:
    """Return how many worker processes documents of these sizes (bytes) are worth, `hands` at most.

    >>> hands_for(8, [1000, 2000]), hands_for(8, [400_000, 2000]), hands_for(8, [900_000])
    (1, 2, 1)
    """
    known = list(sizes)
    return min(hands, len(known)) if sum(known) >= POOL_PAYS else 1


def each(
    jobs: Iterable[Job], work: Callable[[Job], Result], *, workers: int, preload: Sequence[str] = ()
) -> Iterator[tuple[Job, Done[Result]]]:
    """Yield every job with its outcome, as they end.

    One worker works in this very process. More are processes of their own: when one of them dies (out of memory, a
    crash in a library), each job that had not ended gets a process of its own, so that only the culprit fails. Jobs
    are taken from the iterable only as there is a hand for them and nothing is kept of those that ended, so that
    memory does not grow with their number. `preload` names modules to load once for all workers. `work` and the jobs
    must be picklable.

    >>> [(job, done.result) for job, done in each([2, 3], abs, workers=1)]
    [(2, 2), (3, 3)]
    """
    queue = iter(jobs)
    if workers <= 1:
        for job in queue:
            yield job, attempt(work, job)
        return
    more = True
    while more:
        suspects: list[Job] = []
        with _executor(workers, preload) as executor:
            try:
                more = yield from _pooled(executor, queue, work, 2 * workers, suspects)
            except BaseException:
                executor.shutdown(wait=False, cancel_futures=True)
                for child in multiprocessing.active_children():
                    child.terminate()
                raise
        for job in suspects:
            with _executor(1, preload) as executor:
                try:
                    yield job, executor.submit(attempt, work, job).result()
                except BrokenProcessPool:
                    yield job, Done(None, "the process that read it ended unexpectedly: out of memory, or killed")


def _pooled(
    executor: ProcessPoolExecutor,
    queue: Iterator[Job],
    work: Callable[[Job], Result],
    window: int,
    suspects: list[Job],
) -> Generator[tuple[Job, Done[Result]], None, bool]:
    """Yield outcomes until the queue is empty (False) or a process died (True): what was in hand then are suspects."""
    running: dict[Future[Done[Result]], Job] = {}
    broken = False
    while True:
        for job in () if broken else islice(queue, window - len(running)):
            try:
                running[executor.submit(attempt, work, job)] = job
            except BrokenProcessPool:
                suspects.append(job)
                broken = True
                break
        if not running:
            return broken
        ended, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in ended:
            job = running.pop(future)
            try:
                outcome = future.result()
            except BrokenProcessPool:
                suspects.append(job)
                broken = True
                continue
            yield job, outcome


def _executor(workers: int, preload: Sequence[str]) -> ProcessPoolExecutor:
    """Workers are forked from a clean server process, never from this one, which may have threads (Prefect, rich)."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(list(preload))
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """A worker ends at once on Ctrl-C, and does not stay behind waiting for work when its run was killed."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
