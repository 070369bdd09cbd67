"""The wheel, and the one that the sdist gives, do everything from anywhere; the core does without what the extras bring."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from pipeline.extras import EXTRA_OF

ROOT = Path(__file__).parent.parent
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
EVERY = """
from pathlib import Path
from typer.main import get_command
from typer.testing import CliRunner
from pipeline.commands.app import app
def walk(group, above=()):
    for name, command in group.commands.items():
        yield (*above, name)
        yield from walk(command, (*above, name)) if getattr(command, "commands", None) else ()
names = list(walk(get_command(app)))
for name in names:
    done = CliRunner().invoke(app, [*name, "-h"])
    assert done.exit_code == 0, (name, done.output)
import pipeline, flows, lexicons, gcmrefs
places = {Path(str(p)).parent for module in (pipeline, flows, lexicons, gcmrefs) for p in module.__path__}
print(len(names), *places)
"""
CORE = f"""
import sys
for name in {sorted(EXTRA_OF)!r}:
    sys.modules[name] = None
from pipeline.commands.app import main
if __name__ == "__main__":
    main()
"""
LINES = """
init migration
-C migration run
-C migration tables
-C migration corpus list
-C migration corpus check
-C migration corpus add ../declaration.txt
-C migration run --json
-C migration corpus remove declaration
-C migration extract corpus/sample/sample-resolution.en.txt -o rows.xlsx
-C migration diff previous latest
-C migration audit outputs/latest/tables/stakeholder_quotes.csv --against corpus/sample/sample-resolution.en.txt -o audited.csv
-C migration lexicon check
-C migration doctor
-C migration exchange webannotation -o annotations
"""


def python(*words: str, folder: Path, place: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GCMREFS_")}
    env = kept | {"PYTHONPATH": str(place), "GCMREFS_WORKERS": "1"}
    return subprocess.run([sys.executable, *words], cwd=folder, env=env, capture_output=True, text=True, timeout=300)


def built(source: Path, kind: str, folder: Path) -> Path:
    """Build from a folder of sources, without isolation or network."""
    words = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    done = subprocess.run(words, cwd=source, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl" if kind == "wheel" else "*.tar.gz"))


@pytest.fixture(scope="module", params=["wheel", "sdist"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages, as a package manager would put them there."""
    folder = tmp_path_factory.mktemp(request.param)
    source = ROOT
    if request.param == "sdist":
        with tarfile.open(built(ROOT, "sdist", folder)) as archive:
            archive.extractall(folder, filter="data")
        source = next(path for path in folder.iterdir() if path.is_dir())
    with zipfile.ZipFile(built(source, "wheel", folder)) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_every_command_is_there(place: Path, tmp_path: Path) -> None:
    done = python("-c", EVERY, folder=tmp_path, place=place)
    assert done.returncode == 0, done.stderr
    number, *places = done.stdout.split()
    assert int(number) > 20
    assert places == [str(place)]


def test_the_core_starts_a_corpus_and_makes_its_tables(place: Path, tmp_path: Path) -> None:
    (tmp_path / "declaration.txt").write_text("Declaration\n\n1. We consult diasporas.\n", encoding="utf-8")
    for line in filter(None, LINES.splitlines()):
        words = line.split()
        folder = tmp_path
        if words[0] == "-C":
            folder, words = tmp_path / words[1], words[2:]
        done = python("-c", CORE, *words, folder=folder, place=place)
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        if line.endswith(" run"):
            left = [line for line in done.stdout.splitlines() if line.startswith("Left out: ")]
            assert len(left) == 1
            assert "gcm-references[charts]" in left[0] and "references.parquet" in left[0]
    latest = tmp_path / "migration" / "outputs" / "latest"
    assert (latest / "reference_tables.xlsx").stat().st_size > 10_000
    assert not [path for path in latest.rglob("*") if path.suffix in (".png", ".parquet")]


@pytest.mark.parametrize(
    ("line", "extra"), [("explore", "notebooks"), ("review", "review"), ("exchange skos", "exchange")]
)
def test_without_an_extra_the_line_that_installs_it_is_told(place: Path, tmp_path: Path, line: str, extra: str) -> None:
    done = python("-c", CORE, *line.split(), folder=tmp_path, place=place)
    assert done.returncode == 1
    assert f"gcm-references[{extra}]" in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_schedules_are_in_the_package(place: Path, tmp_path: Path) -> None:
    code = "from flows import deploy; print(len(deploy.deployments(deploy.SCHEDULES)), deploy.SCHEDULES)"
    done = python("-c", code, folder=tmp_path, place=place)
    assert done.stdout.split() == ["2", str(place / "flows" / "prefect.yaml")], done.stderr
