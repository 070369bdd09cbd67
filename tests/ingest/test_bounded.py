"""What takes too long or too much memory is ended where it is, and said in one line; the next order is done as before."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.ingest import bounded, read_document
from pipeline.ingest.bounded import SMALL, is_bounded, is_small, more_time, run_bounded
from pipeline.run.pool import each
from pipeline.settings import Limits

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    bounded.end_idle()


def spin(number: int) -> int:
    """A loop that no signal of Python's interrupts before its end."""
    return sum(range(number))


def stay() -> None:
    while True:
        pass


def eat(size: int) -> int:
    return len(bytearray(size))


def leave(code: int) -> None:
    os._exit(code)


def fail(reason: str) -> None:
    raise ValueError(reason)


def tell(number: int, progress: Callable[[int, int], None]) -> int:
    for one in range(number):
        progress(one + 1, number)
    return os.getpid()


def rest(seconds: float) -> bool:
    with more_time(seconds + 30):
        time.sleep(seconds)
    return is_bounded()


def run(work: Callable[..., object], *args: object, seconds: float = 60.0) -> object:
    return run_bounded(work, *args, name="a.txt", limits=Limits(seconds=seconds))


@pytest.mark.parametrize(
    ("work", "argument", "said"),
    [
        (spin, 10**12, "a.txt: not read within 4 seconds: raise GCMREFS_MAX_SECONDS"),
        (eat, 4_000_000_000, "a.txt: needs more than 1500 MB of memory"),
        (leave, 3, "a.txt: the process that read it ended unexpectedly"),
    ],
)
def test_what_outlives_its_limits_is_ended(work: Callable[..., object], argument: int, said: str) -> None:
    if work is eat and sys.platform != "linux":
        pytest.skip("no bound of memory")
    with pytest.raises(InputError, match=said):
        run(work, argument, seconds=4)
    assert run(os.getpid) != os.getpid()


def test_one_process_does_order_after_order() -> None:
    assert run(os.getpid) == run(os.getpid)


def test_one_that_ended_while_it_waited_is_replaced() -> None:
    first = run(os.getpid)
    bounded._idle[-1][1].kill()
    assert run(os.getpid) != first


def test_another_setting_means_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(os.getpid)
    monkeypatch.setenv("GCMREFS_FOOTNOTES", "1")
    assert run(os.getpid) != first


def test_errors_come_back_with_where_they_were_raised() -> None:
    with pytest.raises(ValueError, match="no such thing") as error:
        run(fail, "no such thing")
    assert "in fail" in error.value.__notes__[0]


def test_progress_is_handed_on() -> None:
    told: list[tuple[int, int]] = []
    run_bounded(tell, 3, name="", limits=Limits(), progress=lambda *pages: told.append(pages))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_what_may_take_longer_gets_that_time_only() -> None:
    assert run(rest, 5.0, seconds=4) is True


def test_a_job_that_is_ended_costs_only_itself() -> None:
    outcomes = dict(each([10, 10**12, 20], spin, workers=2, name=lambda job: f"{job}.txt", limits=Limits(seconds=4)))
    assert {job: done.result for job, done in outcomes.items()} == {10: 45, 20: 190, 10**12: None}
    assert outcomes[10**12].problem.startswith("1000000000000.txt: not read within 4 seconds")


def test_a_run_that_is_left_ends_what_is_being_done() -> None:
    began = time.monotonic()
    outcomes = each([10, 10**12, 10**12], spin, workers=2)
    assert next(outcomes)[0] == 10
    outcomes.close()
    assert time.monotonic() - began < 30
    assert not bounded._busy and not bounded._idle


def test_a_process_ends_with_the_one_that_started_it() -> None:
    code = """
import os, sys, threading
from pipeline.settings import Limits
from pipeline.ingest.bounded import run_bounded
from tests.ingest.test_bounded import stay
print(run_bounded(os.getpid, name="", limits=Limits()), flush=True)
threading.Timer(0.5, os._exit, [0]).start()
run_bounded(stay, name="", limits=Limits())
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60)
    until = time.monotonic() + 20
    while Path(f"/proc/{int(done.stdout)}").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{int(done.stdout)}").exists()


def test_only_what_cannot_grow_is_small(tmp_path: Path) -> None:
    (text := tmp_path / "a.txt").write_text("x" * SMALL)
    assert is_small(text) and is_small(tmp_path) and is_small(tmp_path / "none")
    text.write_text("x" * (SMALL + 1))
    assert not is_small(text)
    text.write_text("%PDF-1.7")
    assert not is_small(text)
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "x" * (SMALL + 1))
    assert not is_small(tmp_path / "a.docx")


def test_any_reader_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("word\n\n" * 2_000_000)
    with pytest.raises(InputError, match=r"a.txt: not read within 0.01 seconds"):
        read_document(path, limits=Limits(seconds=0.01))
