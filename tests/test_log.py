"""The log: one line a fact, bounded, for several processes, and never a folder that was not there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import log


@pytest.fixture(autouse=True)
def apart() -> Iterator[None]:
    """The log of one test is not that of the next."""
    before = log.LOGGER.handlers[:]
    yield
    log.LOGGER.handlers[:] = before


def test_a_fact_is_one_line_whatever_is_in_it(tmp_path: Path) -> None:
    log.keep_log(tmp_path)
    log.note("fetched", document="a\nb", problem="", seconds=1.5)
    (line,) = (tmp_path / "logs" / "gcmrefs.log").read_text(encoding="utf-8").splitlines()
    assert line.endswith('info    fetched document="a\\nb" seconds=1.5')


def test_a_fact_is_one_object(tmp_path: Path) -> None:
    log.keep_log(tmp_path, is_json=True)
    log.note("fetch failed", is_problem=True, document="a", path=Path("x"))
    told = json.loads((tmp_path / "logs" / "gcmrefs.log").read_text(encoding="utf-8"))
    assert told.pop("at").endswith("Z")
    assert told == {"level": "warning", "fact": "fetch failed", "document": "a", "path": "x"}


def test_the_log_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "BYTES", 500)
    log.keep_log(tmp_path)
    for number in range(200):
        log.note("a fact", number=number)
    files = sorted((tmp_path / "logs").iterdir())
    assert [path.name for path in files] == ["gcmrefs.log", *(f"gcmrefs.log.{n}" for n in range(1, log.KEPT + 1))]
    assert all(path.stat().st_size <= 500 for path in files)
    assert "number=199" in files[0].read_text(encoding="utf-8")


def test_nothing_is_made_where_there_are_no_outputs(tmp_path: Path) -> None:
    log.keep_log(tmp_path / "none")
    log.note("a fact")
    assert not (tmp_path / "none").exists()


def test_one_process_writes_one_log(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        log.keep_log(tmp_path / name)
    log.note("a fact")
    assert [path.parent.parent.name for path in tmp_path.rglob("gcmrefs.log")] == ["two"]
