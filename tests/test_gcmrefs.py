"""The public face: every name is there, quick to import, typed, and told what it does."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import gcmrefs
from pipeline.store.published import read

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "corpus" / "sample"


@pytest.mark.parametrize("name", gcmrefs.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    thing = getattr(gcmrefs, name)
    assert inspect.getdoc(thing)
    if inspect.isfunction(thing):
        signature = inspect.signature(thing)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(p.annotation is not p.empty for p in signature.parameters.values())


def test_names_are_listed_once_and_in_order() -> None:
    assert sorted(set(gcmrefs.__all__)) == list(gcmrefs.__all__) == dir(gcmrefs) == sorted(gcmrefs._HOME)


def test_a_wrong_name_is_told_what_there_is() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'find_reference': it has .*find_references"):
        gcmrefs.find_reference  # type: ignore[attr-defined]  # noqa: B018


def test_import_loads_no_library() -> None:
    code = "import sys, gcmrefs; print([m for m in ('spacy', 'pandas', 'pydantic', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_the_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "gcmrefs", "--version"], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


@pytest.mark.parametrize("package", ["gcmrefs", "pipeline", "extractors", "flows"])
def test_packages_are_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


@pytest.mark.usefixtures("at_hand")
@pytest.mark.parametrize("name", ["sample-resolution.en.pdf", "sample-declaracion.es.docx"])
def test_one_function_does_what_the_steps_do(name: str) -> None:
    path = SAMPLE / name
    paragraphs = gcmrefs.split_paragraphs(gcmrefs.read_document(path))
    done = gcmrefs.process_document(str(path))
    assert done.paragraphs == paragraphs
    by_step = gcmrefs.find_references(paragraphs, document=path.stem, title=done.title)
    assert [r.reference_id for r in by_step] == [r.reference_id for r in done.references]
    assert gcmrefs.find_objectives(paragraphs, document=path.stem) == done.objectives


def test_offsets_of_mentions_are_those_of_the_text() -> None:
    text = "Diasporas,  civil society\u00a0and regional processes"
    found = gcmrefs.find_mentions(text, "en")
    assert [text[m.start : m.end] for m in found] == ["Diasporas", "civil society", "regional processes"]


@pytest.mark.usefixtures("at_hand", "csv_only")
def test_tables_of_the_results_are_those_of_the_run(tmp_path: Path) -> None:
    done = gcmrefs.run_corpus(SAMPLE, tmp_path, workers=1)
    tables = gcmrefs.build_tables(gcmrefs.load_results(tmp_path))
    published = {path.stem for path in (done.latest / "tables").glob("*.csv")}
    assert set(tables) == published
    again = gcmrefs.run_corpus(SAMPLE, tmp_path, workers=1)
    assert (len(done.processed), again.processed) == (len(again.unchanged), ())
    for name, table in tables.items():
        assert len(table.frame) == len(read(done.latest / "tables" / f"{name}.csv")), name
