"""The documentation is true: commands and snippets run and print what is shown, links lead somewhere, the reference is fresh."""

from __future__ import annotations

import importlib.util
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from typer.main import get_command
from typer.testing import CliRunner

from extractors.lexicon import entries as lexicon
from extractors.references.examples import cases, outcome
from pipeline.commands.app import app
from tests.docs.page import HEREDOC, ROOT, Block, Command, agrees, anchors, blocks, links, name, pages

pytestmark = pytest.mark.usefixtures("at_hand")
READ = {name(path): path.read_text(encoding="utf-8") for path in pages()}
BLOCKS = {page: blocks(text) for page, text in READ.items()}
ELSEWHERE = {
    "docs/exchange.md": "tests/exchange/test_docs.py",
    "docs/scheduling.md": "",
    "docs/how-to/service.md": "tests/test_deploy.py",
    "docs/how-to/container.md": "tests/test_deploy.py",
}
"""Pages whose commands other tests run, or that nothing can run here (servers, clusters): they are only checked."""
SHELL = frozenset({".", "cd", "cp", "cat", "export", "git", "make", "mkdir", "pip", "python"})
PROJECT = {page: (ROOT / page).read_text(encoding="utf-8") for page in sorted(p.name for p in ROOT.glob("*.md"))}
COMMANDS = sorted(
    {
        (page, c)
        for page, found in (*BLOCKS.items(), ("CONTRIBUTING.md", blocks(PROJECT["CONTRIBUTING.md"])))
        for b in found
        for c in b.commands
        if page not in ELSEWHERE or c.line.startswith(("gcmrefs", "make", "python -m flows"))
    },
    key=str,
)
LINKED = {**READ, **PROJECT}
RUN = [page for page, found in BLOCKS.items() if page not in ELSEWHERE and {"sh", "python"} & {b.kind for b in found}]


@pytest.fixture(scope="module")
def generated() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder after one run over the sample documents, and what that run printed."""
    place = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "corpus", place / "corpus", ignore=shutil.ignore_patterns("fetched", "__pycache__"))
    shutil.copytree(
        ROOT / "pipeline" / "explore" / "notebooks",
        place / "pipeline" / "explore" / "notebooks",
        ignore=shutil.ignore_patterns("__*"),
    )
    with pytest.MonkeyPatch.context() as patch:
        settle(patch, place)
        return place, gcmrefs("gcmrefs run")


@pytest.fixture
def folder(base: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder for one page, so that pages do not see each other."""
    place = tmp_path / "project"
    shutil.copytree(base[0], place)
    settle(monkeypatch, place)
    return place


def settle(patch: pytest.MonkeyPatch, place: Path) -> None:
    """No settings from outside, one process, and the folder as the current one."""
    for variable in [v for v in os.environ if v.startswith("GCMREFS_")]:
        patch.delenv(variable)
    patch.setenv("GCMREFS_WORKERS", "1")
    patch.chdir(place)


def gcmrefs(line: str) -> str:
    """Run a command in this process, which saves the start each time, and return what it printed."""
    done = CliRunner().invoke(app, shlex.split(line)[1:], catch_exceptions=True)
    assert done.exit_code == 0, (line, done.output, done.exception)
    return done.output


def do(command: Command, place: Path, first: str) -> str:
    """Run one line of a page; `first` is what the first run printed, which `make run` would print."""
    words = shlex.split(command.line)
    if words[0] == "gcmrefs":
        return gcmrefs(command.line)
    if words[0] == "cp":
        shutil.copy(place / words[1], place / words[2])
    elif words[0] == "mkdir":
        (place / words[1]).mkdir()
    elif written := HEREDOC.fullmatch(command.line):
        (place / written[1]).write_text(command.text, encoding="utf-8")
    elif words[0] == "python":
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        env = {**os.environ, "PATH": path}
        done = subprocess.run([sys.executable, *words[1:]], env=env, capture_output=True, text=True, timeout=240)
        assert done.returncode == 0, done.stderr
        return done.stdout
    return first if command.line == "make run" else ""


def test_there_is_something_to_run() -> None:
    assert len(RUN) >= 10
    assert sum(c.runs and c.line.startswith("gcmrefs ") for page, c in COMMANDS if page in RUN) >= 30


@pytest.mark.parametrize("page", RUN)
def test_page_runs(page: str, folder: Path, base: tuple[Path, str]) -> None:
    """Its blocks in order; what is shown below one is what its last command, or its snippet, prints."""
    scope: dict[str, Any] = {}
    for block in BLOCKS[page]:
        printed = ""
        for command in block.commands:
            if command.runs:
                printed = do(command, folder, base[1]) or printed
        if block.kind == "python":
            out = io.StringIO()
            with redirect_stdout(out):
                exec(compile(block.text, page, "exec"), scope)
            printed = out.getvalue()
        if block.printed and all(command.runs for command in block.commands):
            assert agrees(block.printed, printed), f"{page} shows\n{block.printed}\nprinted was\n{printed}"


@pytest.mark.parametrize(
    ("page", "command"), COMMANDS, ids=lambda value: value if isinstance(value, str) else value.line
)
def test_command_is_valid(page: str, command: Command) -> None:
    """Every command and option exists, also in those that nothing runs here."""
    words = shlex.split(command.line, comments=True) if "<<" not in command.line else ["cat"]
    while words and "=" in words[0]:
        words.pop(0)
    if "-m" in words[:2] and words[2:3] == ["flows.refresh"]:
        assert set(words[3:]) <= {"--fetch", "--runner", "dask", "--address", "tcp://scheduler:8786"}
    elif words and words[0] == "make":
        done = subprocess.run(["make", "-n", *words[1:]], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    elif words and words[0] == "gcmrefs":
        parsed(words[1:])
    elif page not in ELSEWHERE:
        assert words[0] in SHELL


def parsed(words: list[str]) -> None:
    """Let the command line read the words without doing anything; it raises for what it does not know."""
    here: Any = get_command(app)
    while words and words[0] in getattr(here, "commands", {}):
        here = here.commands[words.pop(0)]
    with here.make_context("gcmrefs", words):
        pass


def test_a_wrong_option_would_be_seen() -> None:
    with pytest.raises(Exception, match="No such option"):
        parsed(["review", "export", "--nonsense"])


@pytest.mark.parametrize("page", LINKED)
def test_links_lead_somewhere(page: str) -> None:
    for link in links(LINKED[page]):
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), f"{page}: {link}"
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), f"{page}: {link}"


def test_every_page_is_in_the_index() -> None:
    linked = {(ROOT / "docs" / link.partition("#")[0]).resolve() for link in links(READ["docs/README.md"])}
    assert {path for path in pages() if path.name != "README.md"} - {ROOT / "docs" / "accuracy.md"} <= linked


@pytest.mark.parametrize("page", ["commands.md", "columns.md", "lexicon.md", "settings.md", "categories.md"])
def test_reference_is_fresh(page: str, generated: ModuleType) -> None:
    assert READ[f"docs/reference/{page}"] == generated.PAGES[page](), "run: python docs/generate.py"


def test_schema_is_fresh() -> None:
    held = (ROOT / "lexicons" / "schema.json").read_text(encoding="utf-8")
    assert held == lexicon.schema_text(), "run: gcmrefs lexicon check --schema lexicons/schema.json"


def test_every_page_of_the_reference_is_made(generated: ModuleType) -> None:
    assert {path.name for path in pages() if path.parent.name == "reference"} == set(generated.PAGES)


def test_every_setting_is_listed() -> None:
    sources = [path for package in ("pipeline", "flows") for path in (ROOT / package).rglob("*.py")]
    named = {name for path in sources for name in re.findall(r"GCMREFS_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8"))}
    listed = set(re.findall(r"^\| `(GCMREFS_\w+)`", READ["docs/reference/settings.md"], re.MULTILINE))
    assert len(named) >= 12
    assert {
        name for name in named if name not in listed and not any(one.startswith(f"{name}_") for one in listed)
    } == set()


def test_every_column_has_a_meaning() -> None:
    rows = [line.split(" | ") for line in READ["docs/reference/columns.md"].splitlines() if line.startswith("| `")]
    assert len(rows) > 200
    assert [row for row in rows if not row[-1].strip(" |")] == []


@pytest.fixture
def lexicons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the lexicons that stands in for them."""
    place = tmp_path / "lexicons"
    shutil.copytree(ROOT / "lexicons", place)
    monkeypatch.setattr(lexicon, "default_folder", lambda: place)
    yield place


@pytest.mark.parametrize(
    "block",
    [b for page in BLOCKS for b in BLOCKS[page] if b.kind == "yaml" and "entries:" in b.text],
    ids=lambda b: "yaml",
)
def test_entries_pass_their_examples(block: Block, lexicons: Path) -> None:
    (lexicons / "page.yaml").write_text(block.text, encoding="utf-8")
    own = {entry["id"] for entry in yaml.safe_load(block.text)["entries"]}
    entries = [entry for entry in lexicon.load_lexicon().entries if entry.id in own]
    assert entries
    assert [outcome(entry, *case) for entry in entries for case in cases(entry) if outcome(entry, *case)] == []


def test_what_agrees() -> None:
    assert agrees("a   b\n─────\n...\nd ... f\n", "a b\nc\n\nd e f\n")
    assert not agrees("a\n...\nd\n", "a\nc\n")
    assert not agrees("a\n", "a\nb\n")
