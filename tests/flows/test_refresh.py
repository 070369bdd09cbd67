"""The flow: Prefect is started once, and does what the plain run does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.refresh import describe_new, describe_run, environment
from pipeline.run.run import run_corpus, run_idle
from pipeline.settings import Settings
from pipeline.store import documents, runs

ROOT = Path(__file__).parent.parent.parent
TWICE = """
import sys
import time
from pathlib import Path
from flows.refresh import make_flow
from pipeline.settings import Settings
from pipeline.commands.terminal import summary
from tests.run import fake
settings = Settings(corpus=Path("corpus"), outputs=Path("outputs"), workers=1)
flow = make_flow(settings, write=fake.write)
for _ in range(2):
    with fake.stages():
        result = flow()
    summary(result)
from prefect.client.orchestration import get_client
with get_client(sync_client=True) as client:
    print("artifacts", sorted({artifact.key for artifact in client.read_artifacts()}))
    print("states", sorted({run.state_name for run in client.read_flow_runs()}))
    print("tasks", sorted({run.name.rsplit("-", 1)[0] for run in client.read_task_runs()}))
    for _ in range(300):  # lines are sent a while after they are written
        told = [log.message.partition(" run=")[0] for log in client.read_logs() if "run=" in log.message]
        if len(told) == 4:
            break
        time.sleep(0.1)
    print("log", told)
sys.exit(result.exit_code)
"""


@pytest.mark.flow
def test_the_flow_runs_the_corpus_and_skips_it_the_second_time(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    for name in ("a", "b"):
        (tmp_path / "corpus" / f"{name}.txt").write_text(f"{name} forum\n")
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("GCMREFS_", "PREFECT_"))}
    variables["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(
        [sys.executable, "-c", TWICE], cwd=tmp_path, env=variables, capture_output=True, text=True, timeout=240
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "2 documents processed, 0 unchanged" in lines
    assert "Nothing to do: 0 documents processed, 2 unchanged" in lines
    assert lines[-4:] == [
        "artifacts ['changes', 'references-by-document', 'run']",
        "states ['Completed']",
        "tasks ['documents', 'plan', 'tables']",
        f"log {['run began', 'run ended'] * 2}",
    ]
    assert (tmp_path / "outputs" / "latest" / "references.csv").exists()
    assert (tmp_path / "outputs" / ".prefect").is_dir()


def test_prefect_stays_inside_the_outputs_and_sends_nothing(tmp_path: Path) -> None:
    found = environment(tmp_path)
    assert found["PREFECT_HOME"] == str(tmp_path / ".prefect")
    assert found["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert found["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] == "90"


def test_a_foreseen_error_is_one_line_and_starts_nothing(tmp_path: Path) -> None:
    variables = {**os.environ, "GCMREFS_WORKERS": "many", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "flows.refresh"], cwd=tmp_path, env=variables, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert done.stderr.startswith("error: GCMREFS_WORKERS=many: ")


def test_importing_the_flow_does_not_import_prefect() -> None:
    code = "import sys, flows.refresh; print('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT).stdout == "False\n"


IDLE = """
import sys
from flows.refresh import main
print(main([]), "prefect" in sys.modules)
"""


def test_with_nothing_to_do_prefect_is_not_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document gone or another decision is work: the tables change."""
    for name in ("a", "b"):
        (tmp_path / f"corpus/{name}.txt").parent.mkdir(exist_ok=True)
        (tmp_path / f"corpus/{name}.txt").write_text(f"1. We consult diasporas of {name}.\n")
    monkeypatch.chdir(tmp_path)
    settings = Settings(corpus=Path("corpus"), outputs=Path("outputs"), database_url="", workers=1)
    assert run_idle(settings) is None
    first = run_corpus(settings=settings)
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("GCMREFS_", "PREFECT_"))}
    variables["PYTHONPATH"] = str(ROOT)
    done = subprocess.run([sys.executable, "-c", IDLE], env=variables, capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines()[-3:] == [
        "Nothing to do: 0 documents processed, 2 unchanged",
        f"Tables: {Path('outputs/latest')}",
        "0 False",
    ], done.stderr
    (tmp_path / "corpus/b.txt").unlink()
    before = (tmp_path / "outputs/latest/run.json").read_bytes()
    assert run_idle(settings) is None
    assert (tmp_path / "outputs/latest/run.json").read_bytes() == before
    with documents.opened(documents.address(settings), is_reading=True) as store:
        assert [*runs.list_finished(store)][-1:] == [first.run_id]
        assert len(runs.list_finished(store)) == 2
        assert runs.last_summary(store)["run_id"] == first.run_id


def test_the_report_names_failures_and_what_is_not_fetched() -> None:
    run = {
        "run_id": "r",
        "status": "failures",
        "counts": {"documents": 1},
        "processed": ["a"],
        "unchanged": [],
        "versions": {"parser": "1"},
        "failures": [{"document": "b", "problem": "encrypted"}],
        "missed": [],
        "not_fetched": ["c"],
    }
    text = describe_run(run)
    assert "- b: encrypted\n" in text
    assert "## Not fetched\n\n- c\n" in text
    assert "Missed" not in text


def test_a_new_document_is_told_by_its_brief(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    settings = Settings(corpus=tmp_path / "corpus", outputs=tmp_path / "outputs", database_url="", workers=1)
    for name in ("Lima", "Cali"):
        text = f"# title: {name} Declaration\n\n{name.upper()} DECLARATION\n\n1. We commit to act against *smuggling* of migrants.\n"
        (tmp_path / "corpus" / f"{name}.txt").write_text(text)
        run = run_corpus(settings=settings).run
    told = describe_new(settings, run)
    assert told.startswith("# Brief: Cali Declaration\n")
    assert "Lima" not in told
    assert describe_new(settings, run | {"documents": []}) == ""
