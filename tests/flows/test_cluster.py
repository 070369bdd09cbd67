"""Documents on a Dask cluster: two workers, PostgreSQL as the store, the same tables as on one machine."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from flows.cluster import BATCH, MOST, batches, do_batch, task_runner
from pipeline.corpus.manifest import Source
from pipeline.errors import GcmrefsError
from pipeline.run.work import Job, do
from tests.run import fake

ROOT = Path(__file__).parent.parent.parent
BOTH = """
import sys
from pathlib import Path
from flows.refresh import make_flow
from pipeline.settings import Settings
from tests.run import fake

if __name__ == "__main__":
    for name, url in (("local", ""), ("dask", sys.argv[1])):
        place = Settings(corpus=Path("corpus"), outputs=Path(name), database_url=url, workers=1)
        result = make_flow(place, write=fake.write, runner=name)()
        print(name, len(result.processed), [failure.document for failure in result.failures], flush=True)
"""


def job(number: int, size: int) -> Job:
    return Job(Source(slug=f"d{number}"), Path(f"d{number}.txt"), data=b"a forum " * (size // 8))


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [([], []), ([8], [1]), ([8] * (MOST + 1), [MOST, 1]), ([BATCH, 8, 8], [1, 2]), ([8, BATCH, 8], [2, 1])],
)
def test_batches(sizes: list[int], expected: list[int]) -> None:
    jobs = [job(number, size) for number, size in enumerate(sizes)]
    found = list(batches(iter(jobs)))
    assert [len(batch) for batch in found] == expected
    assert [one for batch in found for one in batch] == jobs


def test_a_batch_needs_nothing_but_its_bytes() -> None:
    sent = pickle.dumps(((job(1, 8), job(2, 16)), partial(do, limits=None, password="")))
    with fake.stages():
        outcomes = pickle.loads(do_batch(sent))
    assert [outcome.result.document for outcome in outcomes] == ["d1", "d2"]
    assert [len(outcome.result.references) for outcome in outcomes] == [1, 1]


def test_runners() -> None:
    assert task_runner("local") is None
    with pytest.raises(GcmrefsError, match="local or dask"):
        task_runner("magic")


@pytest.mark.slow
@pytest.mark.flow
def test_two_workers_and_postgresql_give_the_tables_of_one_process(tmp_path: Path) -> None:
    pytest.importorskip("prefect_dask", reason="Dask: install the extra dask")
    pytest.importorskip("psycopg", reason="PostgreSQL: install the extra postgres")
    pgserver = pytest.importorskip("pgserver", reason="PostgreSQL: install the extra postgres with pgserver")
    for place in (tmp_path, *tmp_path.parents[:2]):
        place.chmod(0o755)
    (tmp_path / "corpus").mkdir()
    for number in range(25):
        (tmp_path / "corpus" / f"d{number}.txt").write_text(f"In year {number} we thank the diasporas.\n")
    (tmp_path / "corpus" / "x.pdf").write_text("no PDF")
    (tmp_path / "both.py").write_text(BOTH)
    server = pgserver.get_server(tmp_path / "data")
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("GCMREFS_", "PREFECT_"))}
    try:
        ended = subprocess.run(
            [sys.executable, "both.py", server.get_uri()],
            cwd=tmp_path,
            env={**variables, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=280,
        )
    finally:
        server.cleanup()
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert ended.stdout.splitlines() == ["local 25 ['x']", "dask 25 ['x']"]
    tables = [(tmp_path / name / "latest" / "references.csv").read_bytes() for name in ("local", "dask")]
    assert tables[0] == tables[1]
