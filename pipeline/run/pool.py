"""A pool of worker processes over documents, each of which is ended when a document takes too long or too much memory."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from itertools import islice
from threading import Event
from time import sleep
from typing import Generic, Protocol, TypeVar

from pipeline.errors import GcmrefsError, ProcessLostError
from pipeline.ingest.apart import HEED
from pipeline.ingest.bounded import end_busy, end_idle, run_bounded
from pipeline.progress import Progress, silent
from pipeline.settings import Limits, Settings

POOL_PAYS = 300_000
"""Bytes to read from which worker processes are worth the seconds that they take to start."""

Job = TypeVar("Job")
Result = TypeVar("Result")


class Sized(Protocol):
    """A job that tells how much it is: characters or bytes of documents that it carries."""

    @property
    def size(self) -> int: ...


SizedJob = TypeVar("SizedJob", bound=Sized)


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """How one job ended: with a `result`, or with a `problem` of one line and, if it was unforeseen, its traceback.

    `is_lasting`: the job would end so again, for it is a matter of the document and not of the machine.
    """

    result: Result | None
    problem: str = ""
    traceback: str = ""
    is_lasting: bool = False


class Runner(Protocol):
    """Does jobs elsewhere (a cluster) and yields each with its outcome as it ends, in any order; jobs carry all they need."""

    def __call__(
        self, jobs: Iterator[SizedJob], work: Callable[[SizedJob], Result], /
    ) -> Iterator[tuple[SizedJob, Done[Result]]]: ...


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does work: a `number` of processes here, or a `runner` elsewhere; `progress` is told of it."""

    number: int = 1
    runner: Runner | None = None
    progress: Progress = silent


def count_hands(settings: Settings, workers: int | None = None) -> int:
    """Return how many processes may work at a time: what was asked for, else the setting, else one a core."""
    return workers or settings.workers or os.cpu_count() or 1


def attempt(work: Callable[[Job], Result], job: Job) -> Done[Result]:
    """Do one job; whatever goes wrong becomes a line, so that one bad document never stops the others."""
    try:
        return Done(work(job))
    except GcmrefsError as error:
        return Done(None, " ".join(str(error).split()), is_lasting=not isinstance(error, ProcessLostError))
    except Exception as error:
        told = " ".join(str(error).split())[:200]
        is_lasting = not isinstance(error, OSError | MemoryError)
        return Done(None, f"internal error: {type(error).__name__}: {told}", traceback.format_exc(), is_lasting)


def hands_for(hands: int, sizes: Iterable[int], *, is_small: bool = False) -> int:
    """Return how many worker processes documents of these sizes (bytes) are worth, `hands` at most; 0 where all are
    small, so that this very process does them at once, or there is only one, which gets one as it needs it.

    >>> hands_for(8, [1000, 2000]), hands_for(8, [400_000, 2000]), hands_for(8, [900_000])
    (1, 2, 0)
    """
    known = list(sizes)
    if len(known) < 2:
        return 0
    return min(hands, len(known)) if sum(known) >= POOL_PAYS else int(not is_small)


def each(
    jobs: Iterable[Job],
    work: Callable[[Job], Result],
    *,
    workers: int,
    name: Callable[[Job], str] = str,
    limits: Limits | None = None,
) -> Generator[tuple[Job, Done[Result]], None, None]:
    """Yield every job with its outcome, as they end.

    No worker means this very process. Each worker is a process of its own that does one job at a time within `limits`:
    when it is ended or dies, that job alone fails, under its `name`. Jobs are taken from the iterable only as there is a
    hand for them and nothing is kept of those that ended, so that memory does not grow with their number. `work` and the
    jobs must be picklable.

    >>> [(job, done.result) for job, done in each([2, 3], abs, workers=0)]
    [(2, 2), (3, 3)]
    """
    queue = iter(jobs)
    if not workers:
        for job in queue:
            yield job, attempt(work, job)
        return
    bounds = limits or Limits()
    running: dict[Future[Done[Result]], Job] = {}
    at_work: set[object] = set()
    is_left = Event()

    def do(job: Job) -> Done[Result]:
        here = object()
        at_work.add(here)
        try:
            if is_left.is_set():
                return Done(None, "no longer wanted")
            return attempt(partial(run_bounded, work, name=name(job), limits=bounds), job)
        finally:
            at_work.discard(here)

    hands = ThreadPoolExecutor(workers, thread_name_prefix="gcmrefs-hand")
    try:
        while True:
            for job in islice(queue, workers + 1 - len(running)):
                running[hands.submit(do, job)] = job
            if not running:
                return
            for future in wait(running, HEED, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()
    finally:
        is_left.set()
        hands.shutdown(wait=False, cancel_futures=True)
        while at_work:  # not `running`: a signal may have come before a job that has begun was written there
            end_busy()
            sleep(0.02)
        end_idle()
