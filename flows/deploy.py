"""The deployments: the flows with their schedules, and a server for them (`make serve`).

The schedules stand in `prefect.yaml` (or the file that `GCMREFS_PREFECT_FILE` names). Folders and store come from the
environment (`GCMREFS_CORPUS`, ...), as for the command line; `GCMREFS_RUNNER=dask` and `GCMREFS_DASK_ADDRESS` send the
documents to a cluster.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.error import URLError
from urllib.request import urlopen

import yaml

from flows.setup import configure
from pipeline.commands.options import settings_of
from pipeline.commands.unattended import is_address, post_message, read_target, warn_of
from pipeline.errors import GcmrefsError
from pipeline.run.interruption import end_on_sigterm

SETTINGS = settings_of()
RUNNER, ADDRESS = os.environ.get("GCMREFS_RUNNER", "local"), os.environ.get("GCMREFS_DASK_ADDRESS", "")
try:
    configure(SETTINGS.outputs)
except GcmrefsError as error:
    sys.exit(f"error: {error}")

import prefect  # noqa: E402

from flows.cluster import task_runner  # noqa: E402

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun, State
    from prefect.deployments.runner import RunnerDeployment

    from pipeline.run.publish import RunResult

    FlowOfRun: TypeAlias = prefect.Flow[..., object]

HERE = Path(__file__).parent
SCHEDULES = next(path for path in (HERE / "prefect.yaml", HERE.parent / "prefect.yaml") if path.is_file())
"""In the installed package beside this file, in the sources at their root, where Prefect's own commands look for it."""
HOURS = 12
"""The longest that a flow may take."""
START = 300.0
"""Seconds that the server may take to start: 15 on an idle machine, more than 120 where all services start at once."""


def notify(flow: FlowOfRun, flow_run: FlowRun, state: State[object]) -> None:
    """Tell how a run ended."""
    tell(f"gcm-references: {state.name}", f"{flow.name} {flow_run.name}: {state.name}. {state.message or ''}".strip())


def tell(subject: str, body: str) -> None:
    """Tell something by what `GCMREFS_NOTIFY` names: an address that takes `{"text": ...}` (as the webhooks of chats do), or a
    block of Prefect (`sendgrid-email/ops`, `custom-webhook/...`). A notification that fails is printed and harms nothing."""
    name = read_target()
    if not name:
        return
    try:
        if is_address(name):
            post_message(name, subject, body)
            return
        from prefect.blocks.core import Block

        block: Any = Block.load(name)
        block.notify(body=body, subject=subject)
    except Exception as error:
        warn_of(name, error)


class MissedError(Exception):
    """A run that ended with failures or a missed minimum: the flow counts as failed, so that it is told."""


def _checked(result: RunResult) -> str:
    from flows.refresh import describe_new

    if read_target() and (new := describe_new(SETTINGS, result.run)):
        tell("gcm-references: new documents", new)
    if result.exit_code:
        problems = [f"{f.document}: {f.problem}" for f in result.failures] + list(result.missed)
        raise MissedError(f"run {result.run_id}: {'; '.join(problems)[:1000]}")
    return str(result.run_id)


_WORDS: dict[str, Any] = {
    "timeout_seconds": HOURS * 3600,
    "persist_result": False,
    "on_failure": [notify],
    "on_crashed": [notify],
}


@prefect.flow(name="refresh", task_runner=task_runner(RUNNER, ADDRESS), **_WORDS)
def refresh(fetch: bool = True, force: bool = False, mirror: str = "") -> str:
    """Watch, fetch, process what changed, compare, publish; return the run's id."""
    from flows.refresh import steps

    return _checked(steps(SETTINGS, fetch=fetch, force=force, mirror=mirror, has_cluster=RUNNER == "dask"))


@prefect.flow(name="rebuild", task_runner=task_runner(RUNNER, ADDRESS), **_WORDS)
def rebuild() -> str:
    """Read every document from scratch and write all tables; return the run's id."""
    from flows.refresh import steps

    return _checked(steps(SETTINGS, force=True, has_cluster=RUNNER == "dask"))


FLOWS: Mapping[str, prefect.Flow[..., str]] = {"flows/deploy.py:refresh": refresh, "flows/deploy.py:rebuild": rebuild}


def deployments(path: Path) -> list[RunnerDeployment]:
    """Return the deployments that a `prefect.yaml` describes. Raises KeyError for an entrypoint that is none of ours."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig
    from prefect.deployments.runner import RunnerDeployment
    from prefect.schedules import Cron

    out = []
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["deployments"]:
        limit = entry.get("concurrency_limit")
        deployment = FLOWS[entry["entrypoint"]].to_deployment(
            name=entry["name"],
            description=entry.get("description"),
            schedules=[
                Cron(s["cron"], timezone=s.get("timezone"), active=s.get("active", True)) for s in entry["schedules"]
            ],
            concurrency_limit=ConcurrencyLimitConfig(**limit) if limit else None,
            parameters=entry.get("parameters") or {},
            tags=entry.get("tags") or [],
        )
        assert isinstance(deployment, RunnerDeployment)  # outside of a running event loop it is no coroutine
        out.append(deployment)
    return out


def called(host: str) -> str:
    """Return how a server is called from this machine that listens on an address: that of all is none to call."""
    return "127.0.0.1" if host == "0.0.0.0" else host


def start(host: str, port: int) -> subprocess.Popen[bytes]:
    """Start a Prefect server and wait until it answers. Raises RuntimeError when it does not, or when the port is taken.

    A server that is there belongs to another project: its schedules would run here, and ours in the other one's outputs.
    """
    remedy = "give another port: PREFECT_SERVER_API_PORT=..., or name that server: PREFECT_API_URL=..."
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise RuntimeError(f"{host}:{port}: another project's server is there: {remedy}") from None
    words = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + START
    try:
        while time.monotonic() < until and server.poll() is None:
            try:
                with urlopen(f"http://{called(host)}:{port}/api/health", timeout=5):
                    return server
            except (URLError, OSError):
                time.sleep(0.5)
        raise RuntimeError(
            f"the Prefect server does not answer on {host}:{port}: is the port free? PREFECT_SERVER_API_PORT=..."
        )
    except BaseException:
        end(server)
        raise


def end(server: subprocess.Popen[bytes]) -> None:
    """End a server that this process started."""
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()


def main() -> int:
    """Start the server (unless `PREFECT_API_URL` names one) and serve the deployments until interrupted or ended.

    The server listens on `PREFECT_SERVER_API_HOST` (default: this machine only, for it asks nobody who they are).
    """
    from prefect.runner import Runner

    end_on_sigterm()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it, SIGTERM becomes it
    path = Path(os.environ.get("GCMREFS_PREFECT_FILE") or SCHEDULES)
    host = os.environ.get("PREFECT_SERVER_API_HOST", "127.0.0.1")
    port = int(os.environ.get("PREFECT_SERVER_API_PORT", "4200"))
    server = None
    try:
        if not os.environ.get("PREFECT_API_URL"):
            server = start(host, port)
            url = f"http://{called(host)}:{port}/api"
            print(f"Prefect: http://{called(host)}:{port}  (deployments of {path})", flush=True)
            os.environ["PREFECT_API_URL"] = url
        with prefect.settings.temporary_settings({prefect.settings.PREFECT_API_URL: os.environ["PREFECT_API_URL"]}):
            # Prefect's own handler never awaits its stop, and leaves a flow that is at work to itself
            Runner.handle_sigterm = lambda self, *given: os.kill(os.getpid(), signal.SIGINT)  # type: ignore[method-assign]
            prefect.serve(*deployments(path), limit=1, print_starting_message=False, pause_on_shutdown=False)
    except RuntimeError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        if server is not None:
            end(server)
    return 0


if __name__ == "__main__":
    sys.exit(main())
