"""`gcmrefs explore`: what it starts, what it refuses, and the notebook in a real browser."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from pipeline.commands import explore
from pipeline.commands.app import app
from pipeline.errors import GcmrefsError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

GCMREFS = str(Path(sys.executable).parent / "gcmrefs")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """What would have replaced the process."""
    calls: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda program, words, env: calls.append((words, env)))
    return calls


@pytest.mark.parametrize(
    ("given", "mode", "there", "absent"),
    [
        ([], "run", ["--token", "--no-sandbox"], ["--headless", "--port"]),
        (["--no-browser", "first_look"], "run", ["--headless", "--token"], ["--port"]),
        (["--edit"], "edit", ["--token", "--skip-update-check"], ["--headless"]),
    ],
)
def test_it_starts_marimo_on_this_computer_behind_a_token(
    started: list[tuple[list[str], dict[str, str]]], given: list[str], mode: str, there: list[str], absent: list[str]
) -> None:
    assert CliRunner().invoke(app, ["explore", *given]).exit_code == 0
    words, env = started[0]
    assert words[1:3] == ["-m", "marimo"]
    assert mode in words
    assert words[words.index("--host") + 1] == "127.0.0.1"
    assert set(there) <= set(words)
    assert not set(absent) & set(words)
    assert "--no-token" not in words
    assert env["MARIMO_SKIP_UPDATE_CHECK"] == "1"


def test_outputs_are_handed_on_as_an_absolute_path(
    started: list[tuple[list[str], dict[str, str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    assert CliRunner().invoke(app, ["explore", "--outputs", "here"]).exit_code == 0
    env = started[0][1]
    assert env["GCMREFS_OUTPUTS"] == str(tmp_path / "here")
    assert "PYTHONHASHSEED" not in env


def test_a_file_of_ones_own_can_be_opened(started: list[tuple[list[str], dict[str, str]]], tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("import marimo\n")
    assert CliRunner().invoke(app, ["explore", str(tmp_path / "mine.py")]).exit_code == 0
    assert str(tmp_path / "mine.py") in started[0][0]


@pytest.mark.parametrize("name", ["nothing", "nothing.py", "../pipeline/cli", "explore.ipynb", ""])
def test_what_is_no_notebook_is_one_line(name: str, started: list[tuple[list[str], dict[str, str]]]) -> None:
    with pytest.raises(GcmrefsError, match=r"no such notebook.*explore, first_look"):
        explore.open_notebook(name)
    assert started == []


def test_without_the_extra_it_says_how_to_install_it(
    started: list[tuple[list[str], dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explore, "find_spec", lambda name: None)
    with pytest.raises(GcmrefsError, match=r"marimo is not installed: .*(make setup|gcm-references\[notebooks\])"):
        explore.open_notebook()
    assert started == []


def test_a_port_in_use_is_one_line(started: list[tuple[list[str], dict[str, str]]]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(GcmrefsError, match="in use"):
            explore.open_notebook(port=taken.getsockname()[1])
    assert started == []


@pytest.fixture(scope="module")
def served(outputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running notebook."""
    pytest.importorskip("marimo", reason="needs the extra notebooks")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("served") / "log"
    words = [GCMREFS, "explore", "--no-browser", "--port", str(port), "--outputs", str(outputs)]
    with log.open("w") as out:
        process = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    try:
        for _ in range(240):
            found = re.search(r"http://\S+access_token=\S+", log.read_text())
            with socket.socket() as probe:
                if found and probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.25)
        assert found, log.read_text()
        yield found[0].replace("localhost", "127.0.0.1")
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_without_the_token_there_is_only_the_login(served: str) -> None:
    bare = served.partition("?")[0]
    with urlopen(bare, timeout=20) as answer:
        assert "/auth/login" in answer.url
    with pytest.raises(HTTPError, match=r"401|403"):
        urlopen(bare.rstrip("/") + "/api/status/connections", timeout=20)


def test_the_notebook_in_a_browser(served: str, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(served)
    page.wait_for_selector("text=The columns", timeout=90_000)
    page.wait_for_selector(".vega-embed canvas, .vega-embed svg", timeout=30_000)
    box = page.get_by_label("Words, several with commas")
    box.fill("migra")
    box.press("Enter")
    page.wait_for_selector("text=/places in [1-9]/", timeout=30_000)
    text = page.inner_text("body")
    page.close()
    assert errors == []
    assert [url for url in requests if not re.match(r"(?:https?|wss?)://127\.0\.0\.1[:/]|data:|blob:", url)] == []
    assert "Explore the references" in text
    assert "Traceback" not in text
