"""Documents done on a Dask cluster through Prefect: the work of one is a function of its bytes and the versions."""

from __future__ import annotations

import logging
import pickle
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, cast

from pipeline.errors import GcmrefsError
from pipeline.extras import missing_extra
from pipeline.run.pool import Done, Result, SizedJob, attempt

if TYPE_CHECKING:
    from prefect.futures import PrefectFuture
    from prefect.task_runners import TaskRunner

BATCH = 400_000
"""Bytes of documents that go to a worker as one task: a task costs the server some 50 ms, a document some 10 ms a page."""
MOST = 20
"""Documents of a batch at most."""
AHEAD = 8
"""Batches in hand at a time, so that neither the cluster waits nor memory grows with the corpus."""
SECONDS = 3600.0
"""The longest that a batch may take."""


def task_runner(runner: str, address: str = "") -> TaskRunner[PrefectFuture[object]] | None:
    """Return Prefect's task runner for `--runner`: None for `local`, a Dask cluster for `dask`.

    Raises GcmrefsError when the extra `dask` is not installed or the runner is not known.
    """
    if runner == "local":
        return None
    if runner != "dask":
        raise GcmrefsError(f"--runner {runner}: local or dask")
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise missing_extra("prefect_dask", "--runner dask") from None
    logging.getLogger("distributed").setLevel(logging.ERROR)
    local = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    cluster = DaskTaskRunner(address=address) if address else DaskTaskRunner(cluster_kwargs=local)
    return cast("TaskRunner[PrefectFuture[object]]", cluster)


def dask_runner(
    jobs: Iterator[SizedJob], one: Callable[[SizedJob], Result], /
) -> Iterator[tuple[SizedJob, Done[Result]]]:
    """Send jobs to the task runner of the flow at hand, in batches; yield each job with its outcome.

    A batch whose worker died is tried again twice; after that its documents fail with the reason.
    """
    from prefect import task
    from prefect.cache_policies import NO_CACHE

    send = task(name="documents", retries=2, timeout_seconds=SECONDS, cache_policy=NO_CACHE, persist_result=False)(
        do_batch
    )
    waiting: deque[tuple[tuple[SizedJob, ...], PrefectFuture[bytes]]] = deque()
    rest = batches(jobs)
    while True:
        for batch in islice(rest, AHEAD - len(waiting)):
            waiting.append((batch, send.submit(pickle.dumps((batch, one)))))
        if not waiting:
            return
        batch, future = waiting.popleft()
        try:
            outcomes = pickle.loads(future.result())
        except Exception as error:
            told = " ".join(str(error).split())[:200] or type(error).__name__
            outcomes = [Done(None, f"the cluster did not do it: {told}")] * len(batch)
        yield from zip(batch, outcomes, strict=True)


def do_batch(packed: bytes) -> bytes:
    """Do a batch, on whatever machine; one bad document never stops the others.

    Batch and outcomes travel as pickled bytes, for Prefect looks for futures in whatever else a task is given.
    """
    batch, one = pickle.loads(packed)
    return pickle.dumps([attempt(one, job) for job in batch])


def batches(jobs: Iterator[SizedJob]) -> Iterator[tuple[SizedJob, ...]]:
    """Put jobs together until they are `BATCH` bytes or `MOST` documents."""
    held: list[SizedJob] = []
    size = 0
    for job in jobs:
        held.append(job)
        size += job.size
        if size >= BATCH or len(held) >= MOST:
            yield tuple(held)
            held, size = [], 0
    if held:
        yield tuple(held)
