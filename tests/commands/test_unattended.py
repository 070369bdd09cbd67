"""A command that nobody watches tells its failure once, to the address of `GCMREFS_NOTIFY`."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from pipeline.commands.app import app
from pipeline.commands.unattended import find_command, told_end

Chat = tuple[str, list[str]]


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("run --retry", "run"),
        ("-q corpus watch", "corpus watch"),
        ("corpus list", ""),
        ("extract run", ""),
        ("", ""),
    ],
)
def test_the_commands_of_schedules(line: str, command: str) -> None:
    assert find_command(line.split()) == command


@pytest.fixture
def place(tmp_path: Path, chat: Chat, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus, whose commands tell the chat, started by nobody."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GCMREFS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GCMREFS_NOTIFY", chat[0])
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("We consult diasporas on migration.\n", encoding="utf-8")
    return tmp_path


def end_of(line: str) -> int:
    words = line.split()
    with pytest.raises(SystemExit) as end, told_end(words):
        app(words)
    return int(str(end.value.code))


def test_a_failure_is_told_once_and_success_when_asked(
    place: Path, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert end_of("run") == 0
    assert chat[1] == []
    (place / "corpus" / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    assert [end_of("run"), end_of("run")] == [1, 1]
    (told,) = chat[1]
    assert "run: failed" in told and "b.pdf: broken PDF" in told
    (place / "corpus" / "b.pdf").unlink()
    monkeypatch.setenv("GCMREFS_NOTIFY_SUCCESS", "1")
    assert end_of("run") == 0
    assert len(chat[1]) == 2 and "run: done" in chat[1][1]


def test_what_is_raised_and_bad_usage_are_told(place: Path, chat: Chat) -> None:
    assert end_of("run --workers many") == 2
    with pytest.raises(ValueError, match="unforeseen"), told_end(["run"]):
        raise ValueError("unforeseen")
    assert [text.partition("\n")[2] for text in chat[1]] == ["bad usage", "unforeseen"]


def test_whoever_sits_before_it_is_not_told(place: Path, chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert end_of("run --workers many") == 2
    assert chat[1] == []


@pytest.mark.parametrize("target", ["http://127.0.0.1:9/", "custom-webhook/ops"])
def test_a_message_that_does_not_arrive_is_a_warning(
    target: str, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GCMREFS_NOTIFY", target)
    assert end_of("run --workers many") == 2
    assert f"warning: GCMREFS_NOTIFY={target}: " in capsys.readouterr().err
