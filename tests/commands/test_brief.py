import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.commands.app import app
from pipeline.run.run import run_corpus
from pipeline.settings import Settings

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
TEXT = """# title: Declaration of the Lake
# body: South American Conference on Migration (SACM)
# date: {date}

DECLARATION OF THE LAKE

1. We commit to cooperate with trade unions against the smuggling of migrants.
"""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over one declaration of a mechanism."""
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "lake-2010.txt").write_text(TEXT.format(date="2010-05-01"), encoding="utf-8")
    settings = Settings(corpus=corpus, outputs=corpus / "outputs", database_url="", workers=1)
    return run_corpus(settings=settings).latest.parent


def brief(outputs: Path, *words: str) -> str:
    done = CliRunner().invoke(app, ["brief", *words, "--outputs", str(outputs)])
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def test_a_document_of_the_last_run(outputs: Path) -> None:
    shown = brief(outputs, "lake-2010")
    assert "first document of this mechanism in the corpus" in shown
    assert "objective 9 by subject; with Trade unions §1" in " ".join(shown.split())


@pytest.mark.parametrize("name", ["new.txt", "lake-2010.txt", "a new (file) ñ.txt"])
def test_a_file_of_no_corpus_is_compared_with_its_mechanism(name: str, outputs: Path, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(TEXT.format(date="2020-05-01").replace("trade unions", "employers"), encoding="utf-8")
    shown = brief(outputs, str(path))
    assert "against 1 earlier outcome document of the South American Conference on Migration" in shown
    assert "new Employers" in shown
    assert "dropped Trade unions" in shown


def test_a_file_without_any_run(tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_text(TEXT.format(date="2020-05-01"), encoding="utf-8")
    assert "first document of this mechanism" in brief(tmp_path / "none", str(path))


@pytest.mark.parametrize("suffix", [".docx", ".html", ".md"])
def test_a_file_of_each_format(suffix: str, outputs: Path, tmp_path: Path) -> None:
    path = tmp_path / f"brief{suffix}"
    assert str(path) in brief(outputs, "lake-2010", "-o", str(path)).replace("\n", "")
    assert path.stat().st_size > 500


def test_what_cannot_be_briefed_is_one_line(outputs: Path, tmp_path: Path) -> None:
    for words, told in (
        (["lake-2011"], "no document of the last run; it has lake-2010"),
        (["lake-2010", "-o", str(tmp_path / "brief.exe")], "must end in .docx, .html or .md"),
    ):
        done = CliRunner().invoke(app, ["brief", *words, "--outputs", str(outputs)])
        assert done.exit_code
        assert told in f"{done.output} {done.exception}"


def test_a_damaged_run_is_one_line(outputs: Path, tmp_path: Path) -> None:
    shutil.copytree(outputs, tmp_path / "outputs")
    (tmp_path / "outputs" / "latest" / "references.csv").write_text("x", encoding="utf-8")
    done = CliRunner().invoke(app, ["brief", "lake-2010", "--outputs", str(tmp_path / "outputs")])
    assert "run gcmrefs tables" in str(done.exception)
