"""The deployments: what `prefect.yaml` says is what is served, and a schedule really fires."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

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


def answer(address: str, body: dict[str, Any]) -> Any:
    """What Prefect's server says to a question."""
    asked = Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urlopen(asked, timeout=30) as answered:
        return json.load(answered)


def is_there(pid: int) -> bool:
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.flow
def test_a_schedule_fires_its_failure_is_told_and_all_ends(tmp_path: Path, chat: tuple[str, list[str]]) -> None:
    """By the command of the container and of systemd. The failure stands in the log, in Prefect's pages and in the chat;
    SIGTERM, which only the first process gets in a container, ends the server and whatever runs."""
    address, told = chat
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("The existing regional platforms on migration.\n")
    (tmp_path / "corpus" / "b.pdf").write_bytes(b"%PDF-1.4 broken")
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
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["scheduler"]
    unit = (ROOT / "deploy" / "systemd" / "gcmrefs-scheduler.service").read_text()
    assert f"ExecStart=/opt/gcmrefs/bin/{' '.join(compose['command'])}\n" in unit
    more = {
        "GCMREFS_PREFECT_FILE": str(tmp_path / "p.yaml"),
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_API_HOST": compose["environment"]["PREFECT_SERVER_API_HOST"],
        "GCMREFS_NOTIFY": address,
    }
    words, env = [sys.executable, *compose["command"][1:]], environment(tmp_path, **more)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as for what a shell starts in the background
    served = subprocess.Popen(words, cwd=tmp_path, env=env, stderr=subprocess.PIPE, text=True, start_new_session=True)
    signal.signal(signal.SIGINT, before)
    try:
        until = time.monotonic() + 270
        while not told and time.monotonic() < until and served.poll() is None:
            time.sleep(1)
        logs = answer(f"http://127.0.0.1:{port}/api/logs/filter", {"limit": 50})
        settings = json.load(urlopen(f"http://127.0.0.1:{port}/api/admin/settings", timeout=30))["server"]
        served.send_signal(signal.SIGTERM)
        assert served.wait(60) in (0, 130)
        assert served.stderr
        assert served.stderr.read() == ""
        assert not is_there(served.pid)
    finally:
        if is_there(served.pid):
            os.killpg(served.pid, signal.SIGKILL)
    assert told[0].startswith("gcm-references: Failed\n")
    assert "b: b.pdf: broken PDF" in told[0]
    kept = (tmp_path / "outputs" / "logs" / "gcmrefs.log").read_text()
    assert 'document failed document=b problem="b.pdf: broken PDF' in kept
    assert any(log["message"].startswith("document failed document=b") for log in logs)
    assert not settings["analytics_enabled"]
    assert not settings["ui"]["v2_enabled"]
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
