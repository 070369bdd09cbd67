"""kill -9 at any moment: the next run ends as if nothing had happened, and the store is sound."""

from __future__ import annotations

import json
import multiprocessing
import random
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.settings import Settings
from tests.run import fake

DOCUMENTS = 8
OWN = ("run_id", "started", "finished", "processed", "unchanged", "changes")
"""What two runs over the same documents may say differently: their ids and times, and who did the work when."""
FORK = multiprocessing.get_context("fork")


def corpus(folder: Path, edition: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(DOCUMENTS + edition):
        text = "".join(f"paragraph {n} of edition {edition}, a forum\n" for n in range(20 + number))
        (folder / f"d{number}.txt").write_text(text, encoding="utf-8")


def settings(folder: Path) -> Settings:
    return Settings(corpus=folder / "corpus", outputs=folder / "outputs", database_url="", workers=1)


def work(folder: Path, real: bool) -> None:
    fake.run_corpus(settings=settings(folder), write=None if real else fake.write)


def shown(folder: Path) -> dict[str, Any]:
    """Everything that `latest` and the store hold, without ids and times."""
    latest = folder / "outputs" / "latest"
    said = json.loads((latest / "run.json").read_text())
    told = said["changes"] or {}
    names = [said["run_id"], said["started"], *filter(None, (said["base"]["run_id"], said["base"]["started"]))]
    found: dict[str, Any] = {
        path.relative_to(latest).as_posix(): path.read_bytes()
        for path in latest.rglob("*")
        if path.suffix in (".csv", ".parquet")
    }
    found["report"] = [path.read_text() for path in latest.glob("report.html")]
    for name in names:
        found["report"] = [text.replace(name, "") for text in found["report"]]
    found["run"] = {name: value for name, value in said.items() if name not in OWN} | {"base": said["base"]["note"]}
    found["changes"] = {name: value for name, value in told.items() if name not in ("before", "after")}
    with sqlite3.connect(folder / "outputs" / "store" / "gcmrefs.db") as store:
        assert store.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert store.execute("pragma foreign_key_check").fetchall() == []
        for table, columns in (("documents", "document, sha256, content"), ("refs", "*"), ("paragraphs", "*")):
            found[table] = store.execute(f"select {columns} from {table} order by 1, 2").fetchall()
    left = [path.name for path in (folder / "outputs").iterdir() if path.name.startswith((".staging", ".previous"))]
    assert left == []
    return found


@pytest.mark.parametrize(
    ("real", "moments"),
    [(False, 12), pytest.param(True, 6, marks=pytest.mark.slow)],
    ids=["one-table", "all-formats"],
)
def test_killed_at_any_moment(tmp_path: Path, real: bool, moments: int) -> None:
    calm = tmp_path / "calm"
    calm.mkdir()
    spent = 0.0
    for edition in (0, 1):
        corpus(calm / "corpus", edition)
        began = time.monotonic()
        work(calm, real)
        spent = time.monotonic() - began
    expected = shown(calm)
    chance = random.Random(4)
    killed = tried = 0
    while killed < moments:
        tried += 1
        assert tried <= 4 * moments, "the runs ended before they could be killed"
        folder = tmp_path / str(tried)
        folder.mkdir()
        corpus(folder / "corpus", 0)
        work(folder, real)
        corpus(folder / "corpus", 1)
        victim = FORK.Process(target=work, args=(folder, real))
        victim.start()
        victim.join(spent * 0.8 * chance.random())
        victim.kill()
        victim.join()
        killed += victim.exitcode == -9
        work(folder, real)
        found = shown(folder)
        assert {name for name in expected if found[name] != expected[name]} == set(), tried
