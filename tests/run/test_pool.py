"""A run that is stopped leaves nothing behind: no process, no warning."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from pipeline.run.pool import each

TEXT = "The States agree to work with the regional consultative processes on migration, and with diasporas.\n\n"


def children_of(number: int) -> list[str]:
    """The processes that any thread of a process started (Linux)."""
    return [one for task in Path(f"/proc/{number}/task").glob("*/children") for one in task.read_text().split()]


@pytest.mark.skipif(sys.platform != "linux", reason="no /proc")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_says_so_in_one_line(tmp_path: Path, stop: signal.Signals) -> None:
    corpus, outputs = tmp_path / "corpus", tmp_path / "outputs"
    corpus.mkdir()
    for name in "ab":
        (corpus / f"{name}.txt").write_text(TEXT * 40_000)
    words = [sys.executable, "-m", "gcmrefs", "run", "--corpus", str(corpus), "--outputs", str(outputs)]
    dumping = {**os.environ, "PYTHONFAULTHANDLER": "1"}
    process = subprocess.Popen(
        words,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=dumping,
        preexec_fn=partial(signal.signal, stop, signal.SIG_DFL),  # a shell's background job begins with SIGINT ignored
    )
    until = time.monotonic() + 60
    while not children_of(process.pid) and time.monotonic() < until:
        time.sleep(0.05)
    begun = children_of(process.pid)
    process.send_signal(stop)
    try:
        _, errors = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)  # tells where each thread is
        _, errors = process.communicate(timeout=60)
    assert process.returncode == (130 if stop == signal.SIGINT else 143), errors
    assert not any(word in errors for word in ("leaked", "resource_tracker", "Traceback")), errors
    assert begun and not any(Path(f"/proc/{one}").exists() for one in begun)


def test_ctrl_c_between_beginning_a_job_and_noting_it_ends_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    submit = ThreadPoolExecutor.submit

    def interrupted(hands: ThreadPoolExecutor, *job: object) -> Future[object]:
        submit(hands, *job)  # type: ignore[arg-type]
        time.sleep(1)  # until the job is at work
        raise KeyboardInterrupt

    monkeypatch.setattr(ThreadPoolExecutor, "submit", interrupted)
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        list(each([30, 31], time.sleep, workers=1))
    for one in threading.enumerate():
        if one.name.startswith("gcmrefs-hand"):
            one.join(15)
    assert time.monotonic() - began < 15
