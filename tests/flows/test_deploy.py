"""The deployments: what `prefect.yaml` says is what is served, and a schedule really fires."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
READ = """
import json, sys
from flows import deploy
print(json.dumps([
    {"name": d.name, "flow": d.flow_name, "limit": d.concurrency_limit, "parameters": d.parameters,
     "entrypoint": d.entrypoint, "schedules": [[s.schedule.cron, s.schedule.timezone] for s in d.schedules]}
    for d in deploy.deployments(deploy.SCHEDULES)
]))
"""
NOTIFY = """
from types import SimpleNamespace
from prefect.blocks.core import Block
from flows import deploy
class Told:
    def notify(self, **words):
        print(words["subject"], "|", words["body"])
Block.load = classmethod(lambda cls, name: Told() if name == "custom-webhook/ops" else 1 / 0)
for name in ("", "custom-webhook/ops", "custom-webhook/none"):
    deploy.os.environ["GCMREFS_NOTIFY"] = name
    deploy.notify(SimpleNamespace(name="refresh"), SimpleNamespace(name="r1"), SimpleNamespace(name="Failed", message="a: bad"))
"""


def environment(folder: Path, **more: str) -> dict[str, str]:
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("GCMREFS_", "PREFECT_"))}
    return {**variables, "PYTHONPATH": str(ROOT), **more}


def python(code: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_what_prefect_yaml_says_is_served(tmp_path: Path) -> None:
    done = python(READ, tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[dict[str, Any]] = yaml.safe_load(done.stdout)
    written = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    assert [d["name"] for d in found] == [d["name"] for d in written] == ["nightly", "monthly"]
    assert [d["flow"] for d in found] == ["refresh", "rebuild"]
    for one, two in zip(found, written, strict=True):
        assert one["schedules"] == [[s["cron"], s["timezone"]] for s in two["schedules"]]
        assert (one["limit"], one["parameters"]) == (1, two["parameters"])
        assert one["entrypoint"].endswith(two["entrypoint"])
    assert {path.name for path in tmp_path.iterdir()} == {"outputs"}


def test_a_failure_is_told_by_the_named_block_or_a_warning(tmp_path: Path) -> None:
    done = python(NOTIFY, tmp_path)
    warning = "warning: GCMREFS_NOTIFY=custom-webhook/none: division by zero\n"
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "gcm-references: Failed | refresh r1: Failed. a: bad\n",
        warning,
    )


@pytest.mark.slow
@pytest.mark.flow
def test_a_schedule_really_fires(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("The existing regional platforms on migration.\n")
    deployment = {
        "name": "minutely",
        "entrypoint": "flows/deploy.py:refresh",
        "schedules": [{"cron": "* * * * *", "timezone": "UTC"}],
        "concurrency_limit": {"limit": 1, "collision_strategy": "CANCEL_NEW"},
        "parameters": {"fetch": False},
    }
    (tmp_path / "p.yaml").write_text(yaml.safe_dump({"deployments": [deployment]}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    more = {"GCMREFS_PREFECT_FILE": str(tmp_path / "p.yaml"), "PREFECT_SERVER_API_PORT": str(port)}
    served = subprocess.Popen(
        [sys.executable, "-m", "flows.deploy"], cwd=tmp_path, env=environment(tmp_path, **more), start_new_session=True
    )
    store = tmp_path / "outputs" / "store" / "gcmrefs.db"
    found: list[tuple[str]] = []
    try:
        until = time.monotonic() + 240
        while not found and time.monotonic() < until and served.poll() is None:
            time.sleep(1)
            if store.is_file():
                with sqlite3.connect(store) as opened:
                    if opened.execute("select 1 from sqlite_master where name = 'runs'").fetchone():
                        found = opened.execute("select status from runs where finished <> ''").fetchall()
    finally:
        os.killpg(served.pid, signal.SIGTERM)
        try:
            served.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(served.pid, signal.SIGKILL)
    assert found[0] == ("complete",)
    assert (tmp_path / "outputs" / "latest" / "references.csv").is_file()


TAKEN = """
import socket
from flows import deploy
with socket.socket() as taken:
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    try:
        deploy.start("127.0.0.1", taken.getsockname()[1])
    except RuntimeError as error:
        print(error)
"""


def test_a_port_that_another_server_has_is_told_at_once(tmp_path: Path) -> None:
    """Never joined: one project's schedules would write the other one's outputs."""
    done = python(TAKEN, tmp_path)
    assert "another project's server is there: give another port" in done.stdout, done.stderr
