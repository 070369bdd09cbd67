"""Every command and snippet of the README runs."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.commands.app import app
from tests.docs.page import agrees

pytestmark = pytest.mark.usefixtures("at_hand")
ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line.split("#")[0].strip() for kind, text in BLOCKS if kind == "sh" for line in text.splitlines() if line.strip()
]
GCMREFS = [line for line in COMMANDS if line.startswith("gcmrefs ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder that holds only the corpus, so that the commands leave nothing in the project."""
    place = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "corpus", place / "corpus", ignore=shutil.ignore_patterns("fetched"))
    return place


def test_there_is_something_to_run() -> None:
    assert len(GCMREFS) >= 8
    assert {"make run", "make test"} <= set(COMMANDS)


@pytest.mark.parametrize("command", GCMREFS)
def test_command(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    for name in [name for name in os.environ if name.startswith("GCMREFS_")]:
        monkeypatch.delenv(name)
    done = CliRunner().invoke(app, shlex.split(command)[1:])
    assert done.exit_code == 0, (done.output, done.exception)


def test_the_installed_command_answers(folder: Path) -> None:
    words = [str(Path(sys.executable).parent / "gcmrefs"), "corpus", "list"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("make ")])
def test_make_target(command: str) -> None:
    done = subprocess.run(["make", "-n", *command.split()[1:]], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_first_run_prints_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus", ignore=shutil.ignore_patterns("fetched"))
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GCMREFS_")]:
        monkeypatch.delenv(name)
    done = CliRunner().invoke(app, ["run", "--workers", "1"])
    shown = next(text for kind, text in BLOCKS if kind == "text" and text.startswith("document "))
    assert agrees(shown, done.output), done.output


@pytest.mark.parametrize("snippet", [text for kind, text in BLOCKS if kind == "python"])
def test_snippet(snippet: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It runs, and prints what stands below each line that prints."""
    monkeypatch.chdir(ROOT)
    scope: dict[str, object] = {}
    exec(snippet, scope)
    assert scope["references"]
    shown = [line.removeprefix("# ") for line in snippet.splitlines() if line.startswith("# ")]
    assert capsys.readouterr().out.splitlines() == shown


def test_files_named_exist() -> None:
    for name in re.findall(r"`((?:corpus|lexicons|docs)/[\w./-]+\.(?:md|yaml|png))`|\]\((docs/[^)]+)\)", README):
        assert (ROOT / next(filter(None, name))).exists(), name
