"""One run over the whole corpus: what changed is done again, what failed is listed, and only then `latest` moves."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.document import Engine
from pipeline.progress import Progress, silent
from pipeline.run.plan import plan
from pipeline.run.publish import RunResult, Writer, publish
from pipeline.run.session import session
from pipeline.run.work import Runner, work
from pipeline.settings import Settings

if TYPE_CHECKING:
    pass


def run(
    settings: Settings,
    *,
    force: bool = False,
    password: str = "",
    progress: Progress = silent,
    workers: int | None = None,
    engine: Engine | None = None,
    write: Writer | None = None,
    runner: Runner | None = None,
) -> RunResult:
    """Bring the tables in `outputs/latest/` up to date with the corpus and say what was done.

    Documents whose bytes, language and versions are those of the last good run are not read again, unless `force`. A
    document that fails is listed and the rest goes on. `password` opens encrypted PDFs. `engine` and `write` replace
    the project's own functions; `runner` does the documents elsewhere.

    Raises CorpusError for a corpus or manifest that cannot be used, GcmrefsError when the outputs cannot be written,
    the store cannot be opened, or another run holds the folder for too long.
    """
    marks = [time.perf_counter()]
    with session(settings, engine=engine, progress=progress) as opened:
        planned = plan(opened, force=force)
        marks.append(time.perf_counter())
        failures = work(opened, planned, password=password, workers=workers, runner=runner)
        marks.append(time.perf_counter())
        result = publish(opened, planned, failures, write=write)
        marks.append(time.perf_counter())
    spent = zip(("plan", "documents", "tables"), marks, marks[1:], strict=False)
    return replace(result, seconds={name: round(two - one, 3) for name, one, two in spent})
