"""Every command and snippet of docs/exchange.md runs, in its order."""

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.commands.app import app

pytest.importorskip("rdflib", reason="the extra `exchange` is not installed")
pytest.importorskip("cassis", reason="the extra `exchange` is not installed")

pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
    pytest.mark.usefixtures("at_hand"),
]
ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [line.strip() for kind, text in BLOCKS if kind == "sh" for line in text.splitlines() if line.strip()]
SNIPPETS = [text for kind, text in BLOCKS if kind == "python"]


def run(command: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Run a command in a folder and an environment without settings; in this process, which saves the start each time."""
    for name in [name for name in os.environ if name.startswith("GCMREFS_")]:
        patch.delenv(name)
    patch.chdir(folder)
    done = CliRunner().invoke(app, shlex.split(command)[1:])
    assert done.exit_code == 0, (done.output, done.exception)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder that holds only the documents of the page, after the commands of the first block."""
    place = tmp_path_factory.mktemp("exchange")
    (place / "corpus" / "sample").mkdir(parents=True)
    for name in set(re.findall(r"sample-resolution\.en\.(?:pdf|txt)", PAGE)):
        shutil.copy(ROOT / "corpus" / "sample" / name, place / "corpus" / "sample" / name)
    with pytest.MonkeyPatch.context() as patch:
        for command in COMMANDS[:6]:
            run(command, place, patch)
    return place


def test_all_formats_are_there(folder: Path) -> None:
    assert [command.split()[1] for command in COMMANDS[:6]] == ["run", *["exchange"] * 5]
    written = {path.name for path in (folder / "outputs" / "exchange").iterdir()}
    assert written == {"webannotation", "akomantoso", "docbin", "cas", "skos"}


@pytest.mark.parametrize("command", COMMANDS[6:])
def test_command(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(command, folder, monkeypatch)


@pytest.mark.parametrize("snippet", SNIPPETS, ids=["webannotation", "akomantoso", "docbin", "cas", "skos"])
def test_snippet(snippet: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    scope: dict[str, object] = {}
    exec(snippet, scope)
    assert scope["found"]


def test_table_of_ids() -> None:
    from pipeline.exchange.eid import format_eid

    rows = re.findall(r"^\| (`.+?) \| (`.+?) \|$", PAGE[PAGE.index("| paragraph | eId |") :], re.MULTILINE)
    pairs = [tuple(re.findall(r"`([^`]+)`", cell) for cell in row) for row in rows]
    assert len(pairs) == 6
    assert all([format_eid(paragraph) for paragraph in left] == right for left, right in pairs)
