"""Work is done again when the code that it depends on changed, and only then."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import grimp
import pytest

from pipeline.extract.document import READING_CODE, SEARCHING_CODE
from pipeline.version import code

ROOT = Path(__file__).parents[2]
TEXT = (
    "1. We welcome subregional, regional and cross-regional processes and platforms.\n2. We thank the Puebla Process.\n"
    "3. The Ministers agreed that the rights of all migrants are the aim of their work with the other States of the region.\n"
)
RUN = """
import json, sys
from pathlib import Path
from pipeline.run.plan import make_plan
from pipeline.run.run import run_corpus
from pipeline.run.session import open_session
from pipeline.settings import Settings

settings = Settings(corpus=Path(sys.argv[1]), outputs=Path(sys.argv[2]), database_url="", workers=1)
with open_session(settings) as opened:
    todo = [["read" if task.has_to_read else "searched", task.document.slug] for task in make_plan(opened).todo]
told = [todo]
if sys.argv[3:] == ["run"]:
    result = run_corpus(settings=settings, write=lambda *frames, **more: [])
    told += [list(result.processed), result.counts["references"]]
print(json.dumps(told))
"""
NO_COORDINATION = "\n\nCoordination.__call__ = lambda self, doc: doc\n"


def changed(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_changed_component_does_the_work_again_and_a_changed_export_does_not(tmp_path: Path) -> None:
    house, corpus = tmp_path / "house", tmp_path / "corpus"
    for package in ("pipeline", "extractors", "lexicons"):
        shutil.copytree(ROOT / package, house / package)  # with what is compiled, which is that of these files
    corpus.mkdir()
    (corpus / "a.txt").write_text(TEXT, encoding="utf-8")

    def planned(*words: str) -> list[Any]:
        command = [sys.executable, "-c", RUN, str(corpus), str(tmp_path / "outputs"), *words]
        done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(house)}, cwd=tmp_path, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        told: list[Any] = json.loads(done.stdout.splitlines()[-1])
        return told

    todo, processed, before = planned("run")
    assert (todo, processed) == ([["read", "a"]], ["a"]) and before > 1
    changed(house / "extractors" / "references" / "coordination.py", NO_COORDINATION)
    todo, processed, after = planned("run")
    assert (todo, processed) == ([["searched", "a"]], ["a"]) and 0 < after < before
    changed(house / "pipeline" / "export" / "csv.py", "\n# another way to write\n")
    assert planned() == [[]]
    changed(house / "pipeline" / "segment" / "numbering.py", "\n# another way to read\n")
    assert planned() == [[["read", "a"]]]


def covers(places: tuple[str, ...], module: str) -> bool:
    path = module.replace(".", "/")
    names = {path, f"{path}.py", f"{path}/__init__.py"}
    return any(place in names or path.startswith(f"{place}/") for place in places)


@pytest.mark.parametrize(
    ("stages", "places"),
    [
        (("pipeline.ingest", "pipeline.segment"), READING_CODE),
        (("extractors", "pipeline.extract"), (*READING_CODE, *SEARCHING_CODE)),
    ],
)
def test_every_module_that_a_stage_imports_counts(stages: tuple[str, ...], places: tuple[str, ...]) -> None:
    graph = grimp.build_graph("pipeline", "extractors", "lexicons")
    own = {module for module in graph.modules if module.startswith(stages)}
    used = own.union(*(graph.find_upstream_modules(module) for module in own))
    left = {module for module in used if not covers(places, module)}
    assert left <= {"pipeline.errors", "pipeline.files", "pipeline.settings", "pipeline.version"}


def test_places_that_count_are_there() -> None:
    there = [place for place in (*READING_CODE, *SEARCHING_CODE) if (ROOT / place).exists()]
    assert set(READING_CODE) | set(SEARCHING_CODE) == set(there) | {"lexicons/languages"}


def test_code_is_that_of_the_places_and_libraries() -> None:
    one = code(("pipeline/segment",))
    assert one == code(("pipeline/segment",)) != code(("pipeline/ingest",))
    assert one != code(("pipeline/segment",), ("numpy",))
    assert code(("pipeline/nothing",)) == code(("nothing",)) == code(())
