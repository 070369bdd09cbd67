"""The sample documents as results, made once for the notebooks."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pipeline.run.run import run_corpus
from pipeline.settings import Settings

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "corpus" / "sample"


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An outputs folder of the four sample documents; not to be changed."""
    place = tmp_path_factory.mktemp("notebooks")
    (place / "corpus").mkdir()
    for path in SAMPLE.glob("*.txt"):
        shutil.copyfile(path, place / "corpus" / path.name)
    settings = Settings(corpus=place / "corpus", outputs=place / "outputs", database_url="")
    assert run_corpus(settings=settings, workers=1).exit_code == 0
    return place / "outputs"


@pytest.fixture
def environment(outputs: Path) -> dict[str, str]:
    """The environment of a notebook over these results, with the project's own programs on the path."""
    import sys

    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "GCMREFS_OUTPUTS": str(outputs), "PATH": programs}
