"""One run over the whole corpus: what changed is done again, what failed is listed, and only then `latest` moves.

What happens on Ctrl-C is told in `run.interruption`.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from pipeline.log import note
from pipeline.progress import Progress, silent
from pipeline.run.plan import make_plan
from pipeline.run.pool import Runner
from pipeline.run.publish import RunResult, Writer, compare_run, forget_kept, publish_run
from pipeline.run.session import open_session
from pipeline.run.work import WorkWords, do_late_work, do_work
from pipeline.settings import Settings
from pipeline.store import runs


def run_corpus(
    corpus: Path | str | None = None,
    outputs: Path | str | None = None,
    *,
    force: bool = False,
    retry: bool = False,
    may_replace: bool = False,
    password: str = "",
    settings: Settings | None = None,
    progress: Progress = silent,
    workers: int | None = None,
    write: Writer | None = None,
    runner: Runner | None = None,
) -> RunResult:
    """Bring the tables in `outputs/latest/` up to date with the corpus and say what was done.

    Documents whose bytes, language and versions are those of the last good run are not read again, unless `force`. A
    document that fails is listed and the rest goes on; it is not tried again while nothing changed that it depends on,
    unless `retry` or a `password` is given.

    corpus, outputs  the folders (default: those of `settings`, which come from GCMREFS_CORPUS and GCMREFS_OUTPUTS)
    may_replace      also where the tables in the outputs are of another corpus, which is refused otherwise
    password         opens encrypted PDFs
    progress         is told each step; `workers` is the number of processes, 0 for one a core (default: the settings')
    write            replaces the project's own function; `runner` does the documents elsewhere
    returns          `processed`, `unchanged`, `failed`; `latest` is the folder of the tables, `exit_code` 0 or 1
    raises           CorpusError for a corpus or manifest that cannot be used, GcmrefsError when the outputs cannot be
                     written, the store cannot be opened, or another run holds the folder for too long

        result = run_corpus("corpus/sample", "outputs")
        result.latest / "reference_tables.xlsx"
    """
    settings = settings or Settings()
    folders = {"corpus": corpus, "outputs": outputs}
    settings = settings.model_copy(update={name: Path(one) for name, one in folders.items() if one is not None})
    marks = [time.perf_counter()]
    with open_session(settings, progress=progress, may_replace=may_replace) as opened:
        if force:
            forget_kept(opened)
        planned = make_plan(opened, force=force, retry=retry or bool(password))
        marks.append(time.perf_counter())
        words: WorkWords = {"password": password, "workers": workers, "runner": runner}
        failures = do_work(opened, planned, **words)
        opened, planned, more = do_late_work(opened, planned, **words)
        marks.append(time.perf_counter())
        result = publish_run(opened, planned, (*failures, *more), write=write, workers=workers, runner=runner)
        marks.append(time.perf_counter())
    spent = zip(("plan", "documents", "tables"), marks, marks[1:], strict=False)
    return replace(result, seconds={name: round(two - one, 3) for name, one, two in spent})


def run_idle(settings: Settings, *, may_replace: bool = False, progress: Progress = silent) -> RunResult | None:
    """Note a run that has nothing to read and nothing to write, and return how it ended; None where there is work.

    So a scheduler that takes seconds to start is started for work only. What it raises is that of `run_corpus`.
    """
    with open_session(settings, progress=progress, may_replace=may_replace) as opened:
        planned = make_plan(opened)
        compared = None if planned.todo or planned.unreadable else compare_run(opened, planned, planned.failing)
        if compared is None or compared.has_to_move:
            runs.forget(opened.store, opened.run_id)
            note("run put off", run=opened.run_id, to_do=len(planned.todo))
            return None
        return publish_run(opened, planned, planned.failing, compared=compared)
