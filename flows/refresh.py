"""The refresh of all tables as a Prefect flow: watch, fetch, process, compare, publish, with retries and artifacts.

`python -m flows.refresh` (`make run`) plans first, and starts a temporary Prefect server of its own where there is work; with
nothing to do Prefect is not started, which takes longer than all the rest. It leaves out watching and fetching, so that it
needs no network, unless it is given `--fetch`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from flows.setup import configure, environment
from pipeline.commands.terminal import CHANGES
from pipeline.errors import GcmrefsError
from pipeline.log import keep_log
from pipeline.run.interruption import end_on_sigterm, tell_interrupted
from pipeline.run.plan import make_plan
from pipeline.run.publish import publish_run

if TYPE_CHECKING:
    from prefect import Flow

    from pipeline.run.publish import RunResult, Writer
    from pipeline.settings import Settings

__all__ = ["configure", "environment", "main", "make_flow"]
Result = TypeVar("Result")
MOST_BRIEFS = 3
"""Briefs of new documents that are told in full."""
FETCH_SECONDS = 6 * 3600
"""The longest that watching or fetching may take, for any number of addresses."""


def make_flow(
    settings: Settings,
    *,
    write: Writer | None = None,
    runner: str = "local",
    address: str = "",
) -> Flow[..., RunResult]:
    """Return the flow for these folders; calling it runs it: `make_flow(settings)(force=True)` gives a `RunResult`.

    The flow's parameters: `force` reads every document again, `fetch` watches and fetches first, `mirror` names a
    folder that stands for the web. `runner="dask"` sends the documents to the Dask cluster at `address`, or to two
    processes of its own where no address is given. `write` replaces the project's own function.

    Prefect is imported here, not above: worker processes import this module too and need none of it. The steps share
    an open store and a lock, which no task can take as a parameter, so they are functions of the open session. The flow
    raises what `pipeline.run.run.run_corpus` raises; what cannot be fetched is a warning in its artifacts.
    """
    configure(settings.outputs)
    from prefect import flow

    from flows.cluster import task_runner

    @flow(name="refresh", persist_result=False, task_runner=task_runner(runner, address))
    def whole(force: bool = False, fetch: bool = False, mirror: str = "", replace: bool = False) -> RunResult:
        dask = runner == "dask"
        given: dict[str, Any] = {"force": force, "fetch": fetch, "mirror": mirror, "may_replace": replace}
        return steps(settings, **given, write=write, has_cluster=dask)

    return whole


def steps(
    settings: Settings,
    *,
    force: bool = False,
    fetch: bool = False,
    mirror: str = "",
    write: Writer | None = None,
    has_cluster: bool = False,
    may_replace: bool = False,
) -> RunResult:
    """Do the steps of a refresh, each as a Prefect task; to be called inside a flow."""
    from prefect.artifacts import create_markdown_artifact, create_table_artifact

    from flows.cluster import dask_runner
    from pipeline.commands.terminal import progress
    from pipeline.run import work
    from pipeline.run.session import open_session

    keep_log(settings.outputs, is_json=settings.log == "json")
    if fetch:
        found = step("watch", lambda: _watch(settings, mirror), retries=2, seconds=FETCH_SECONDS)
        got = step("fetch", lambda: _fetch(settings, mirror), retries=2, seconds=FETCH_SECONDS)
        create_table_artifact(key="proposed", table=found, description="What the watches found")
        create_table_artifact(key="fetched", table=got, description="What was fetched, and what could not be")
    with progress() as shown, open_session(settings, progress=shown, may_replace=may_replace) as opened:
        planned = step("plan", lambda: make_plan(opened, force=force))
        there = dask_runner if has_cluster else None
        do = partial(work.do_work, opened, planned, runner=there)
        failures = do() if has_cluster else step("documents", do)
        publish = partial(publish_run, opened, planned, failures, write=write, runner=there)
        result = publish() if has_cluster else step("tables", publish)
    create_table_artifact(key="references-by-document", table=counts(result), description="What was found")
    create_markdown_artifact(key="run", markdown=describe_run(result.run), description=f"Run {result.run_id}")
    create_markdown_artifact(key="changes", markdown=describe_changes(result.run), description="Since the run before")
    if new := describe_new(settings, result.run):
        create_markdown_artifact(key="briefs", markdown=new, description="New documents, each on two pages")
    return result


def describe_new(settings: Settings, run: Mapping[str, Any]) -> str:
    """Return the briefs of the documents that a run has and the one before had not as Markdown, "" where there are none;
    of more than three the others are only named."""
    from pipeline.export.brief import find_new_briefs, markdown
    from pipeline.run.briefing import brief_document

    names = list(find_new_briefs(run))
    texts = [markdown.render(brief_document(settings.outputs, name)[0]) for name in names[:MOST_BRIEFS]]
    return "\n".join([*texts, *(f"- {markdown.escaped(name)}" for name in names[MOST_BRIEFS:])])


def step(name: str, work: Callable[[], Result], *, retries: int = 2, seconds: float | None = None) -> Result:
    """Do one step as a Prefect task: tried again when it fails, ended when it takes longer than `seconds`."""
    from prefect import task
    from prefect.cache_policies import NO_CACHE

    again = task(
        name=name,
        retries=retries,
        retry_delay_seconds=2,
        timeout_seconds=seconds,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    return again(work)()


def _watch(settings: Settings, mirror: str) -> list[dict[str, object]]:
    from pipeline.corpus.manifest import MANIFEST
    from pipeline.corpus.proposals import update

    if mirror or not (settings.corpus / MANIFEST).is_file():
        return []
    rows: list[dict[str, object]] = []
    for watched in update(settings.corpus):
        rows += [{"watch": watched.slug, "address": p.address, "title": p.title, "problem": ""} for p in watched.new]
        if watched.problem:
            rows.append({"watch": watched.slug, "address": "", "title": "", "problem": watched.problem})
    return rows


def _fetch(settings: Settings, mirror: str) -> list[dict[str, object]]:
    from pipeline.corpus.discovery import select_sources
    from pipeline.corpus.fetch import fetch_sources
    from pipeline.corpus.manifest import MANIFEST

    if not (settings.corpus / MANIFEST).is_file():
        return []
    outcomes = fetch_sources(settings.corpus, select_sources(settings.corpus), mirror=Path(mirror) if mirror else None)
    return [{"document": o.slug, "state": o.state, "address": o.address, "problem": o.problem} for o in outcomes]


def counts(result: RunResult) -> list[dict[str, object]]:
    """Return one row a document: pages, paragraphs, references, objective rows."""
    names = ("document", "language", "pages", "paragraphs", "references", "objectives")
    return [{name: row[name] for name in names} for row in result.documents]


def describe_run(run: Mapping[str, Any]) -> str:
    """Return the run as Markdown: how it ended, what it counted, what failed."""
    lines = [f"# Run {run['run_id']}: {run['status']}", ""]
    lines += [f"- {name}: {number}" for name, number in run["counts"].items()]
    lines += [f"- processed: {len(run['processed'])}, unchanged: {len(run['unchanged'])}"]
    lines += [f"- {name}: `{version}`" for name, version in run["versions"].items()]
    for name in ("failures", "missed", "not_fetched"):
        if run[name]:
            lines += ["", f"## {name.replace('_', ' ').capitalize()}", ""]
            lines += [f"- {e['document']}: {e['problem']}" if isinstance(e, Mapping) else f"- {e}" for e in run[name]]
    return "\n".join(lines) + "\n"


def describe_changes(run: Mapping[str, Any]) -> str:
    """Return what changed since the run before as Markdown tables; text of documents cannot become markup."""
    changes = run.get("changes")
    if not changes or not changes["counts"]:
        return "Nothing changed.\n"
    lines = [f"Since run {changes['before']}:", ""]
    lines += [f"- {name.replace('_', ' ')}: {number}" for name, number in changes["counts"].items()]
    for name, columns in CHANGES.items():
        if changes.get(name):
            lines += ["", f"## {name.capitalize()}", "", _row(columns), _row(["---"] * len(columns))]
            lines += [_row([row[column] for column in columns]) for row in changes[name]]
    return "\n".join(lines) + "\n"


def _row(values: Sequence[object]) -> str:
    cells = (" ".join(str(value).split())[:300] for value in values)
    escaped = ("".join(f"\\{c}" if c in "\\`*_[]<>|#!~" else c for c in cell) for cell in cells)
    return (
        "| " + " | ".join(cell if value != "---" else "---" for cell, value in zip(escaped, values, strict=True)) + " |"
    )


def main(words: Sequence[str] | None = None) -> int:
    """Refresh the tables and say where they are; return the exit status of `gcmrefs run`."""
    from pipeline.commands.options import settings_of
    from pipeline.commands.terminal import clean, progress, summary
    from pipeline.run.run import run_idle

    parser = argparse.ArgumentParser(prog="python -m flows.refresh", description=__doc__)
    parser.add_argument("--fetch", action="store_true", help="look for and get documents first (network)")
    parser.add_argument("--mirror", default="", metavar="DIR", help="folder that stands for the web; implies --fetch")
    parser.add_argument("--force", action="store_true", help="read every document again")
    parser.add_argument("--replace", action="store_true", help="also where the tables there are of another corpus")
    parser.add_argument("--runner", choices=("local", "dask"), default="local", help="where documents are read")
    parser.add_argument("--address", default="", help="scheduler of a Dask cluster; none: two processes of its own")
    given = parser.parse_args(words)
    end_on_sigterm()
    has_to_fetch = given.fetch or bool(given.mirror)
    try:
        settings = settings_of()
        result = None
        if not (has_to_fetch or given.force):
            with progress() as shown:
                result = run_idle(settings, may_replace=given.replace, progress=shown)
        if result is None:
            flow = make_flow(settings, runner=given.runner, address=given.address)
            result = flow(force=given.force, fetch=has_to_fetch, mirror=given.mirror, replace=given.replace)
    except GcmrefsError as error:
        print(f"error: {clean(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return tell_interrupted()
    summary(result)
    return result.exit_code


if __name__ == "__main__":
    sys.exit(main())
