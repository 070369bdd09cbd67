"""What a re-run costs beside a first run, and what many documents cost in time and memory.

Run it with `GCMREFS_CORPUS=... python -m benchmarks.refresh [NUMBER]`; without the variable the sample documents are
used. NUMBER (60 by default) documents are made by repeating and altering the ones that are there, in a temporary folder.
Figures are shares of the first run's time, seconds, or megabytes; the first run and the others are timed in one go, so a
machine that is busy shifts both sides alike.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figure import PEAK
from extractors.lexicon.entries import load_lexicon
from pipeline.corpus.manifest import SUFFIXES
from pipeline.export.brief import write_briefs
from pipeline.run.novelty import Novelty
from pipeline.store import latest
from pipeline.store.documents import connect
from pipeline.store.published import read
from pipeline.tables.brief.briefs import build_briefs
from pipeline.tables.build import Frames, read_run, tables_of
from pipeline.tables.registry import load_registry

NUMBER = 60
GOALS = {
    "no change / first run": 0.05,
    "one new document / a corpus of it alone, tables apart": 1.5,
    "its tables / those of the first run": 0.9,
    "seconds for the new document's brief and all marks of what is new": 3.0,
}
"""The most that a figure may be; the others are figures to watch."""
REPEATS = 3
"""How often the short runs are timed; the fastest counts."""
LEFT_OUT = ("scan", "kerned")
"""Documents that are read in other ways (recognition) or stand there twice."""
_RUN = f"""
import contextlib, sys
from pipeline.commands.app import main
try:
    main()
except SystemExit as left:
    code = left.code
with contextlib.redirect_stdout(sys.stderr):
    exec({PEAK!r})
sys.exit(code)
"""


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of a whole command and of its steps, and the peak memory of its process in MB."""

    whole: float
    documents: float
    tables: float
    peak: float

    @property
    def work(self) -> float:
        """Seconds of everything but the writing of the tables."""
        return self.whole - self.tables


def ratios(number: int = NUMBER) -> list[tuple[str, float, str]]:
    """Rows of (name, figure, how it was measured) for a corpus of `number` documents."""
    with tempfile.TemporaryDirectory(prefix="gcmrefs-bench-") as place:
        folder = Path(place)
        originals = documents()
        made = fill(folder / "corpus", originals, number)
        first = timed(folder)
        pages = _pages(folder)
        again = min((timed(folder) for _ in range(REPEATS)), key=lambda one: one.whole)
        fill(folder / "corpus", originals, 1, start=made)
        one = timed(folder)
        brief, briefs, count, marks = time_news(folder / "outputs")
        fill(folder / "alone" / "corpus", originals, 1, start=made)
        alone = timed(folder / "alone")
        _forget_searches(folder)
        search = timed(folder)
        how = f"{made} documents, {pages} pages, gcmrefs run"
        each = first.documents / made
        return [
            ("no change / first run", again.whole / first.whole, f"{how}, fastest of {REPEATS}"),
            ("one new document / first run", one.whole / first.whole, f"{how} and one more"),
            ("its tables / those of the first run", one.tables / first.tables, f"{how} and one more"),
            ("one new document / a corpus of it alone, tables apart", one.work / alone.work, how),
            (
                "seconds for the new document's brief and all marks of what is new",
                brief + marks,
                f"{how} and one more, processor time: marks {marks:.2f}, brief {brief:.2f} as Word file and page",
            ),
            ("seconds for all briefs", briefs, f"{how} and one more: {count} briefs, the same way"),
            ("another lexicon / first run, tables apart", search.work / first.work, f"{how}, nothing read"),
            ("seconds a document", each, f"{how}; tables apart"),
            ("seconds a page", first.documents / max(1, pages), f"{how}; documents without pages count in the time"),
            ("seconds for all tables, a document", first.tables / made, how),
            ("peak MB, main process", first.peak, how),
            ("seconds for the tables of one new document", one.tables, f"{how} and one more"),
            ("peak MB, main process, one new document", one.peak, f"{how} and one more"),
        ]


def documents() -> list[Path]:
    """The documents to repeat: those of `GCMREFS_CORPUS`, or the sample."""
    folder = Path(os.environ.get("GCMREFS_CORPUS") or Path(__file__).parent.parent / "corpus" / "sample")
    found = [
        p for p in sorted(folder.rglob("*")) if p.suffix in SUFFIXES and p.suffix != ".doc" and "README" not in p.name
    ]
    return [path for path in found if not any(word in path.name for word in LEFT_OUT)]


def fill(folder: Path, originals: list[Path], number: int, *, start: int = 0) -> int:
    """Write `number` documents, each other bytes than every other; return how many there are then."""
    folder.mkdir(parents=True, exist_ok=True)
    for n, path in itertools.islice(enumerate(itertools.cycle(originals)), start, start + number):
        altered(path, folder / f"{path.stem}-{n}{path.suffix}", n)
    return start + number


def altered(path: Path, to: Path, number: int) -> None:
    """Copy a document so that it is another one to the pipeline and as much work."""
    shutil.copyfile(path, to)
    to.chmod(0o644)
    if path.suffix == ".docx":
        with zipfile.ZipFile(to, "a") as archive:
            archive.comment = f"copy {number}".encode()
        return
    mark = {".pdf": f"\n%% copy {number}\n", ".txt": f"\n\nCopy number {number}.\n"}
    with to.open("ab") as file:
        file.write(mark.get(path.suffix, f"<!-- copy {number} -->").encode())


def timed(folder: Path) -> Timed:
    """Run the command once in a process of its own. Raises RuntimeError when it fails."""
    words = ["gcmrefs", "run", "--json", "--corpus", str(folder / "corpus"), "--outputs", str(folder / "outputs")]
    # compiled modules are kept, as they are wherever the tool is installed and used twice
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GCMREFS_") and name != "PYTHONDONTWRITEBYTECODE"
    }
    began = time.perf_counter()
    code = f"import sys; sys.argv = {words!r}\n{_RUN}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=clean)
    spent = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(done.stderr)
    seconds = json.loads(done.stdout)["seconds"]
    return Timed(spent, seconds["documents"], seconds["tables"], float(done.stderr.split()[-1]))


def time_news(outputs: Path) -> tuple[float, float, int, float]:
    """Seconds of processor time for one brief and for all, how many they are, and seconds for the marks of all rows."""
    folder, known = outputs / latest.LATEST, load_lexicon()
    run = latest.read_run(folder)
    frames = [read(folder / f"{name}.csv") for name in ("references", "paragraphs", "objectives", "documents")]
    records = read_run(Frames(*frames[:3], frames[3].to_dict("records")), known)
    tables = tables_of(records, known)
    with tempfile.TemporaryDirectory() as place:
        began = time.process_time()
        briefs = build_briefs(records, load_registry(known), tables.values())
        write_briefs(Path(place) / "briefs", briefs, {})
        briefed = time.process_time() - began
    engine = connect(f"sqlite:///{(outputs / 'store' / 'gcmrefs.db').absolute()}")
    began = time.process_time()
    novelty = Novelty(engine, run, base=str(run["base"]["run_id"]), shown_as="benchmark")
    novelty.mark_documents(run["documents"])
    for name, frame in zip(("references", "objectives"), (frames[0], frames[2]), strict=True):
        novelty.mark_frame(name, frame)
    for table in tables.values():
        novelty.mark_table(table)
    novelty.remember()
    return briefed / max(1, len(briefs)), briefed, len(briefs), time.process_time() - began


def _store(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "outputs" / "store" / "gcmrefs.db")


def _pages(folder: Path) -> int:
    with _store(folder) as store:
        return int(store.execute("select sum(pages) from documents").fetchone()[0] or 0)


def _forget_searches(folder: Path) -> None:
    """Make every search count as done with another lexicon."""
    with _store(folder) as store:
        store.execute("update documents set work_key = 'another lexicon'")


def main() -> None:
    """Print the rows."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    for name, figure, how in ratios(number):
        print(f"{name:<50} {figure:8.3f}   {how}")


if __name__ == "__main__":
    main()
