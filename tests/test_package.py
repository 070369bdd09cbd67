"""The wheel, and the one that the sdist gives, do everything from anywhere; the core does without what the extras bring."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from pipeline.extras import EXTRA_OF

ROOT = Path(__file__).parent.parent
BY_SPACY = {"httpx", "httpcore"}
"""Libraries of an extra that spaCy brings as well: it cannot be imported without them."""
PLACES = """
from importlib.metadata import distribution
from pathlib import Path
import extractors, flows, gcmrefs, lexicons, pipeline
from flows import deploy
scripts = distribution("gcm-references").entry_points
print(*sorted(script.name for script in scripts), len(deploy.deployments(deploy.SCHEDULES)))
print(*{Path(str(p)).parent for m in (extractors, flows, gcmrefs, lexicons, pipeline) for p in m.__path__})
"""
LINES = """
          | run
          | tables
          | corpus list
          | corpus check
          | corpus proposed
          | corpus add ../declaration.txt
          | run --json
          | corpus remove declaration
          | corpus ignore one
fetch     | corpus accept two
fetch     | corpus fetch A_RES_71_1 --mirror ../mirror
fetch     | corpus watch --corpus ../watched
          | extract corpus/sample/sample-resolution.en.txt -o rows.xlsx
parquet   | extract corpus/sample/sample-resolution.en.txt -o rows.parquet
          | diff previous latest
          | audit outputs/latest/tables/stakeholder_quotes.csv --against corpus/sample/sample-resolution.en.txt -o a.csv
          | brief corpus/sample/sample-numbered-declaration.en.txt -o brief.docx
          | cite -o documents.ris
          | evaluate --corpus corpus/sample --gold corpus/sample
          | exchange webannotation
exchange  | exchange skos
exchange  | exchange cas
          | lexicon check
          | lexicon show diaspora
          | lexicon explain diasporas
          | lexicon candidates ../declaration.txt
          | doctor
          | review assign --to Ana --by Ana
          | review export -o review.xlsx
review    | review import review.xlsx --by Ana
          | backup ../kept.zip
          | restore ../kept.zip --corpus ../again/corpus --outputs ../again/outputs
notebooks | explore --no-browser
review    | review --no-browser --port 0
"""
"""Every command once, in a folder that `gcmrefs init` made, and the extra that it needs."""
SERVERS = ("explore", "review --")
PLAN = [(extra.strip(), line.strip()) for extra, _, line in (one.partition("|") for one in LINES.strip().splitlines())]
FILES = {
    "declaration.txt": "Declaration of the ministers\n\n1. We consult diasporas on all that the States decide on migration.\n",
    "mirror/A_RES_71_1.txt": "Resolution\n\n1. Decides to consult diasporas;\n",
    "watched/manifest.yaml": "sources: []\n",
    "migration/corpus/proposed.yaml": "proposed:\n- {slug: one, address: 'http://127.0.0.1:9/one.pdf'}\n"
    "- {slug: two, address: 'http://127.0.0.1:9/two.pdf'}\n",
}


def build(source: Path, kind: str, folder: Path) -> Path:
    """Build from a folder of sources, without isolation or network."""
    words = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    done = subprocess.run(words, cwd=source, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl" if kind == "wheel" else "*.tar.gz"))


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheel of these sources, and the one of the sdist's."""
    folder = tmp_path_factory.mktemp("wheels")
    with tarfile.open(build(ROOT, "sdist", folder)) as archive:
        archive.extractall(folder, filter="data")
    source = next(path for path in folder.iterdir() if path.is_dir())
    return {"wheel": build(ROOT, "wheel", folder / "a"), "sdist": build(source, "wheel", folder / "b")}


def install(wheel: Path, folder: Path, *, is_core: bool) -> Path:
    """Put a wheel into an environment of its own and return its Python.

    It sees the libraries of the environment of the tests; as the core it cannot import what the extras bring.
    """
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(folder)
    packages = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(folder)}))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    if is_core:
        hidden = sorted(set(EXTRA_OF) - BY_SPACY)
        line = f"import sys; sys.modules.update(dict.fromkeys({hidden!r}))\n"
        (packages / "core.pth").write_text(line, encoding="utf-8")
    return Path(sysconfig.get_path("scripts", "venv", vars={"base": str(folder)})) / Path(sys.executable).name


def start(python: Path, words: list[str], folder: Path) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GCMREFS_", "PYTHON"))}
    env = kept | {"GCMREFS_WORKERS": "1", "PYTHONUTF8": "1"}
    out = subprocess.PIPE
    return subprocess.Popen([python, *words], cwd=folder, env=env, stdout=out, stderr=out, text=True, encoding="utf-8")


def call(python: Path, words: list[str], folder: Path) -> tuple[int | None, str, str]:
    """Run to the end and return the exit status and what was printed; a server is ended once it says where it is."""
    with start(python, words, folder) as process:
        if " ".join(words[2:]).startswith(SERVERS) and process.stdout and (first := process.stdout.readline()):
            process.kill()
            return 0, first, ""
        out, err = process.communicate(timeout=300)
        return process.returncode, out, err


@pytest.fixture(scope="module")
def core(wheels: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(wheels["wheel"], tmp_path_factory.mktemp("core") / "env", is_core=True)


def test_the_sdist_gives_the_same_wheel(wheels: dict[str, Path]) -> None:
    one, other = (zipfile.ZipFile(path) for path in wheels.values())
    with one, other:
        assert {info.filename: info.CRC for info in one.infolist() if "RECORD" not in info.filename} == {
            info.filename: info.CRC for info in other.infolist() if "RECORD" not in info.filename
        }
        assert len(one.namelist()) > 500


def test_every_command_has_a_line() -> None:
    text = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    names = set(re.findall(r"^\| \[`gcmrefs ([a-z ]+)`\]", text, re.MULTILINE))
    called = {max((name for name in names if f"{line} ".startswith(f"{name} ")), key=len) for _, line in PLAN}
    assert called | {"init"} == names


@pytest.mark.parametrize(
    ("words", "extra"),
    [
        ("-m gcmrefs review", "review"),
        ("-m gcmrefs explore", "notebooks"),
        ("-m gcmrefs corpus add http://127.0.0.1:9/", "fetch"),
        ("-m gcmrefs run --database-url postgresql://127.0.0.1:9/", "postgres"),
        ("-m flows.refresh --fetch", "schedule"),
        ("-m flows.deploy", "schedule"),
    ],
)
def test_without_an_extra_the_line_that_installs_it_is_told(core: Path, tmp_path: Path, words: str, extra: str) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("We consult diasporas.\n", encoding="utf-8")
    code, out, err = call(core, words.split(), tmp_path)
    assert (code, out) == (1, "")
    assert f"gcm-references[{extra}]" in err
    assert err.count("\n") == 1
    made = {path.name for path in tmp_path.iterdir()} - {"corpus"}
    assert made == ({"outputs"} if "gcmrefs run" in words else set())  # its log


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("is_core", [True, False], ids=["core", "all"])
@pytest.mark.parametrize("source", ["wheel", "sdist"])
def test_every_command_outside_of_the_sources(
    source: str, is_core: bool, wheels: dict[str, Path], tmp_path: Path
) -> None:
    """Each does its work, or names the extra that the core lacks."""
    python = install(wheels[source], tmp_path / "env", is_core=is_core)
    assert call(python, ["-m", "gcmrefs", "init", "migration"], tmp_path)[0] == 0
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    folder = tmp_path / "migration"
    for extra, line in PLAN:
        code, out, err = call(python, ["-m", "gcmrefs", *line.split()], folder)
        lacks = is_core and extra
        assert code == (1 if lacks else 0), (line, out, err)
        assert (f"gcm-references[{extra}]" in err and err.count("\n") == 1) if lacks else "rror" not in err, (line, err)
        if is_core and line == "run":
            assert "references.parquet" in out and "gcm-references[charts]" in out
    latest = folder / "outputs" / "latest"
    assert (latest / "reference_tables.xlsx").stat().st_size > 10_000
    assert is_core != any(path.suffix in (".png", ".parquet") for path in latest.rglob("*"))
    if not is_core:
        code, out, _ = call(python, ["-c", PLACES], tmp_path)
        assert out.splitlines()[0] == "gcm-references gcmrefs 2"
        assert Path(out.splitlines()[1]).is_relative_to(tmp_path / "env")
