"""A command in a process of its own: followed, one at a time, and told when it fails."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.errors import GcmrefsError
from pipeline.files import locked
from pipeline.progress import Step
from pipeline.settings import Settings
from pipeline.webapp.command_process import LINE, LINES, CommandProcess, Kind, command_of


def process(tmp_path: Path, script: str) -> CommandProcess:
    def command(kind: Kind) -> Sequence[str]:
        return (sys.executable, "-c", script)

    settings = Settings(corpus=tmp_path / "corpus", outputs=tmp_path / "outputs", database_url="sqlite:///x.db")
    return CommandProcess(settings, command)


def test_steps_lines_and_settings_come_through(tmp_path: Path) -> None:
    script = (
        'import os; print(\'{"what": "documents", "done": 2, "total": 3, "name": "a"}\');'
        "print('{\"what\": broken'); print(os.environ['GCMREFS_DATABASE_URL'], os.environ['GCMREFS_CORPUS']);"
        "print('x' * 5000); print('\\x1b[31mred\\x1b[0m')"
    )
    one, ended = process(tmp_path, script), []
    one.start("run", "Ana", lambda process: ended.append(process.state))
    one.wait()
    assert (one.state, one.by, one.step, ended) == ("done", "Ana", Step("documents", 2, 3, "a"), ["done"])
    assert one.lines[1] == f"sqlite:///x.db {tmp_path / 'corpus'}"
    assert all(len(line) <= LINE and line.isprintable() for line in one.lines)


def test_what_fails_is_told_and_can_be_begun_again(tmp_path: Path) -> None:
    one = process(tmp_path, f"import sys; [print(n) for n in range({2 * LINES})]; print('error: no'); sys.exit(1)")
    for _ in range(2):
        one.start("fetch", "Ana")
        one.wait()
        assert (one.state, one.problems, len(one.lines)) == ("failed", ["error: no"], LINES)


def test_one_at_a_time_and_none_beside_a_run_of_a_terminal(tmp_path: Path) -> None:
    one = process(tmp_path, "input()")
    with locked(tmp_path / "outputs"), pytest.raises(GcmrefsError, match="another run"):
        one.start("run", "Ana")
    assert one.state == "idle"
    one = process(tmp_path, "import time; time.sleep(60)")
    one.start("run", "Ana")
    with pytest.raises(GcmrefsError, match="What Ana started is going on"):
        one.start("tables", "Ben")
    one.stop()
    assert (one.state, one.kind, one.seconds < 30) == ("stopped", "run", True)
    one.stop()


def test_the_real_command_is_this_python_and_names_no_store() -> None:
    assert command_of("run") == (sys.executable, "-P", "-m", "gcmrefs", "--steps", "run")
