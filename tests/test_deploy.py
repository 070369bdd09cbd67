"""Container and service: the files are what their programs take, and the commands in them start what they say."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import yaml
from click.testing import CliRunner

from pipeline.run.run import run_corpus
from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "gcm-references"}
PLACE = "/opt/gcmrefs/bin"


def unit(name: str) -> dict[str, list[str]]:
    """The lines of a unit by their keys."""
    lines = (ROOT / "deploy" / "systemd" / name).read_text(encoding="utf-8").splitlines()
    found: dict[str, list[str]] = {}
    for key, _, value in (line.partition("=") for line in lines if "=" in line):
        found.setdefault(key, []).append(value)
    return found


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_takes_the_unit(path: Path, tmp_path: Path) -> None:
    """As it would be where the environment is at its place: that of this test stands for it."""
    for one in UNITS:
        text = one.read_text(encoding="utf-8").replace(PLACE, str(Path(sys.executable).parent))
        (tmp_path / one.name).write_text(text, encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", tmp_path / path.name], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_a_unit_writes_only_where_it_has_to(path: Path) -> None:
    found = unit(path.name)
    assert (found["User"], found["ProtectSystem"], found["ReadWritePaths"]) == (
        ["gcmrefs"], ["strict"], ["/srv/gcmrefs"],
    )  # fmt: skip
    assert found["NoNewPrivileges"] == ["yes"]


def test_every_timer_has_its_service() -> None:
    names = {path.name for path in UNITS}
    assert {path.with_suffix(".service").name for path in UNITS if path.suffix == ".timer"} <= names


def test_containers_are_not_root_and_reached_from_this_machine_only() -> None:
    assert set(OURS) == {"tables", "review", "scheduler"}
    for service in OURS.values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert {volume.partition(":")[2] for volume in service["volumes"]} == {"/data/corpus", "/data/outputs"}
    assert {
        volume.partition(":")[0] for service in COMPOSE["services"].values() for volume in service["volumes"]
    } == set(COMPOSE["volumes"])
    assert all(port.startswith("127.0.0.1:") for service in OURS.values() for port in service.get("ports", ()))
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER (\d+)$", last, re.MULTILINE)
    assert json.loads(re.findall(r"^VOLUME (.+)$", last, re.MULTILINE)[0]) == ["/data/corpus", "/data/outputs"]


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("compose-spec", "compose.yaml"),
        ("github-workflows", ".github/workflows/checks.yml"),
        ("github-issue-forms", ".github/ISSUE_TEMPLATE/fault.yml"),
        ("github-issue-forms", ".github/ISSUE_TEMPLATE/reference.yml"),
        ("github-issue-forms", ".github/ISSUE_TEMPLATE/wish.yml"),
        ("github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
        ("citation-file-format", "CITATION.cff"),
    ],
)
def test_a_file_follows_the_schema_of_its_program(schema: str, path: str) -> None:
    """The schemas are in the package that checks: no network is asked."""
    check_jsonschema = pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    done = CliRunner().invoke(check_jsonschema.main, ["--builtin-schema", f"vendor.{schema}", str(ROOT / path)])
    assert done.exit_code == 0, done.output


def test_what_waits_for_what_is_there() -> None:
    for service in COMPOSE["services"].values():
        for name, wanted in service.get("depends_on", {}).items():
            other = COMPOSE["services"][name]
            assert wanted["condition"] != "service_healthy" or other["healthcheck"]["test"]


STARTS = {
    "Dockerfile": json.loads(re.findall(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)[-1]),
    "systemd": shlex.split(unit("gcmrefs-review.service")["ExecStart"][0].replace(f"{PLACE}/", "")),
}


def test_the_service_of_compose_starts_as_its_container_does() -> None:
    assert COMPOSE["services"]["review"]["command"] == STARTS["Dockerfile"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder after one run."""
    place = tmp_path_factory.mktemp("service")
    (place / "corpus").mkdir()
    (place / "corpus" / "a.txt").write_text("The existing regional platforms on migration.\n", encoding="utf-8")
    run_corpus(settings=Settings(corpus=place / "corpus", outputs=place / "outputs", database_url="", workers=1))
    return place


def started(words: Sequence[str], folder: Path) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GCMREFS_", "PREFECT_"))}
    bin_folder = Path(sys.executable).parent
    words = [str(bin_folder / words[0]), *words[1:]]
    env = kept | {"GCMREFS_REVIEW_PASSWORD": "long-secret", "GCMREFS_WORKERS": "1"}
    return subprocess.Popen(words, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture(params=STARTS)
def review(request: pytest.FixtureRequest, place: Path) -> Iterator[subprocess.Popen[str]]:
    process = started([*STARTS[request.param], "--port", "0"], place)
    yield process
    process.kill()
    process.communicate()


def test_the_review_starts_answers_and_ends(review: subprocess.Popen[str], place: Path) -> None:
    """Its health address is that of the container, asks nobody who they are, and does not fill the log."""
    assert review.stdout
    port = re.findall(r":(\d+)/", review.stdout.readline())[0]
    health = re.findall(r"127\.0\.0\.1:8350(/\w+)", DOCKERFILE)[0]
    until = time.monotonic() + 60
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}{health}", timeout=10) as answer:
                assert (answer.status, answer.read()) == (200, b"ok\n")
            break
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.2)
    with urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=10) as answer:
        assert b'type="password"' in answer.read()
    review.send_signal(signal.SIGTERM)
    assert review.wait(30) in (0, -signal.SIGTERM, 128 + signal.SIGTERM)
    assert review.stderr
    assert review.stderr.read() == ""
    log = (place / "outputs" / "logs" / "gcmrefs.log").read_text(encoding="utf-8")
    assert "path=/sign-in" in log
    assert health not in log


def test_the_first_run_of_the_container(place: Path) -> None:
    """A document that fails keeps the review from its first start, but not from a later one."""
    words = COMPOSE["services"]["tables"]["command"]
    (place / "corpus" / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GCMREFS_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        words, cwd=place, env=kept | {"PATH": path, "GCMREFS_WORKERS": "1"}, capture_output=True, text=True
    )
    assert "failed: b" in done.stderr
    assert done.returncode == 0
