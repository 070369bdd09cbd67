"""`gcmrefs review`: starts where it may, says in one line why it does not, and ends quietly."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from pipeline.commands.app import app
from pipeline.errors import GcmrefsError
from pipeline.extras import install_line
from pipeline.settings import Settings
from tests.review.corpus import desk, settings


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    desk(tmp_path).engine.dispose()
    return settings(tmp_path)


def refusal(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["review", "--no-browser", *arguments])
    assert isinstance(result.exception, GcmrefsError)
    assert "\n" not in str(result.exception)
    return str(result.exception)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "review.example.org", "::"])
def test_others_may_only_come_in_with_a_password(place: Settings, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GCMREFS_REVIEW_PASSWORD", raising=False)
    assert "give --password" in refusal("--host", host, "--outputs", str(place.outputs))


def test_a_password_that_keeps_nobody_out_is_refused(place: Settings) -> None:
    told = refusal("--password", "x", "--outputs", str(place.outputs))
    assert told == "--password: 1 characters are too few to keep others out: give 8 or more"


def test_a_port_that_is_taken(place: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert "give another --port" in refusal("--port", port, "--outputs", str(place.outputs))


def test_the_extra_is_named_when_it_is_missing(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "pipeline.webapp.server", raising=False)
    assert install_line("review") in refusal("--outputs", str(place.outputs))


def test_it_serves_and_ends_quietly(place: Settings) -> None:
    command = [sys.executable, "-c", "from pipeline.commands.app import main; main()"]
    options = ["review", "--no-browser", "--port", "0", "--outputs", str(place.outputs), "--corpus", str(place.corpus)]
    environment = {name: value for name, value in os.environ.items() if name != "GCMREFS_REVIEW_PASSWORD"}
    process = subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.fullmatch(r"Review: (http://127\.0\.0\.1:\d+/) \(Ctrl-C ends it\)\n", line)
        assert address, line
        answer = httpx.get(address[1], follow_redirects=True, timeout=60, trust_env=False)
        assert answer.status_code == 200 and "Who reviews?" in answer.text
        assert "server" not in answer.headers
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=60)
        assert (process.returncode, out, error) == (0, "", "")
    finally:
        process.kill()
        process.wait()


def test_work_is_assigned_listed_and_ended(place: Settings, tmp_path: Path) -> None:
    def said(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["review", *arguments, "--outputs", str(place.outputs)])
        return result.output if result.exit_code == 0 else f"{result.exit_code}: {result.exception}"

    assert said("assign") == "Nothing is assigned.\n"
    told = said(
        "assign", "--to", "Ana", "--to", "Ben", "--kind", "reference", "--twice", "100", "--blind", "--by", "Cem"
    )
    assert told.splitlines() == [
        "1: References, 11 items by document, 11 by two, blind",
        *("   Ana: 0 of 11", "   Ben: 0 of 11"),
    ]
    said("assign", "--to", "Ana", "--document", "beta.en", "--kind", "reference", "--by-item")
    (both, own) = json.loads(said("assign", "--json"))
    assert (both["by_two"], both["blind"]) == (11, True)
    assert (own["shared"], own["coders"]) == ("by item", {"Ana": {"items": 3, "decided": 0}})
    assert "11 references" in said("export", "-o", str(tmp_path / "own.xlsx"), "--by", "ana")
    assert said("assign", "--close", "1").startswith("2: References, 3 items")
    assert "3 references" in said("export", "-o", str(tmp_path / "own.xlsx"), "--by", "ana")
    assert "none that is open" in said("assign", "--close", "1")
    assert "no such document" in said("assign", "--to", "Ana", "--document", "gamma")
    assert "--kind towns" in CliRunner().invoke(app, ["review", "assign", "--to", "Ana", "--kind", "towns"]).output
