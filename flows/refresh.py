"""The refresh of all tables as a Prefect flow: the same three steps as `gcmrefs run`, with retries and artifacts.

`python -m flows.refresh` (`make run`) starts a temporary Prefect server by itself and needs nothing else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import GcmrefsError

if TYPE_CHECKING:
    from prefect import Flow

    from pipeline.document import Engine
    from pipeline.run import RunResult, Writer
    from pipeline.settings import Settings

Result = TypeVar("Result")


def environment(outputs: Path) -> dict[str, str]:
    """Return how Prefect is set up: its files inside the outputs, nothing sent out, nothing printed but errors.

    Starting its server takes more than Prefect's own 20 s on a busy machine, hence 90.
    """
    return {
        "PREFECT_HOME": str((outputs / ".prefect").absolute()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_CLI_PROMPT": "false",
        "DO_NOT_TRACK": "1",
    }


def configure(outputs: Path) -> None:
    """Set Prefect up (see `environment`), except where the caller's environment says otherwise.

    It has to come before the first import of Prefect, which reads its settings then.
    """
    for name, value in environment(outputs).items():
        os.environ.setdefault(name, value)
    Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)


def refresh(settings: Settings, *, engine: Engine | None = None, write: Writer | None = None) -> Flow[..., RunResult]:
    """Return the flow for these folders; calling it runs it: `refresh(settings)(force=True)` gives a `RunResult`.

    Prefect is imported here, not above: worker processes import this module too and need none of it. The steps share
    an open store and a lock, which no task can take as a parameter, so they are functions of the open session.
    `engine` and `write` replace the project's own functions. The flow raises what `pipeline.run.run` raises.
    """
    configure(settings.outputs)
    from prefect import flow, task
    from prefect.artifacts import create_markdown_artifact, create_table_artifact
    from prefect.cache_policies import NO_CACHE

    from pipeline import run
    from pipeline.terminal import progress

    def step(name: str, work: Callable[[], Result]) -> Result:
        again = task(name=name, retries=2, retry_delay_seconds=2, cache_policy=NO_CACHE, persist_result=False)
        return again(work)()

    @flow(name="refresh", persist_result=False)
    def whole(force: bool = False) -> RunResult:
        with progress() as shown, run.session(settings, engine=engine, progress=shown) as session:
            planned = step("plan", lambda: run.plan(session, force=force))
            failures = step("documents", lambda: run.work(session, planned))
            result = step("tables", lambda: run.publish(session, planned, failures, write=write))
        create_table_artifact(key="references-by-document", table=counts(result), description="What was found")
        create_markdown_artifact(key="run", markdown=report(result.run), description=f"Run {result.run_id}")
        return result

    return whole


def counts(result: RunResult) -> list[dict[str, Any]]:
    """Return one row a document: pages, paragraphs, references, objective rows."""
    names = ("document", "language", "pages", "paragraphs", "references", "objectives")
    return [{name: row[name] for name in names} for row in result.documents]


def report(run: Mapping[str, Any]) -> str:
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


def main() -> int:
    """Refresh the tables and say where they are; return the exit status of `gcmrefs run`."""
    from pipeline.option import settings_of
    from pipeline.terminal import clean, summary

    try:
        result = refresh(settings_of())()
    except GcmrefsError as error:
        print(f"error: {clean(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("error: interrupted", file=sys.stderr)
        return 130
    summary(result)
    return result.exit_code


if __name__ == "__main__":
    sys.exit(main())
