"""A category takes one entry and no code; a language one file and no code: shown by programs that run with a copied folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractors.lexicon.categories import load_categories
from extractors.lexicon.language import languages
from extractors.lexicon.yaml_file import LexiconError, default_folder

SEAFARERS = "  - {id: stakeholder.seafarers, label: Seafarers, section: stakeholder, listed: wording}\n"
ENTRY = """
group: sea
entries:
  - id: seafarers
    label: People at sea
    category: stakeholder.seafarers
    section: References to various categories of non-State stakeholders
    variants: {en: [seafarers]}
    examples: {en: ["with [[seafarers]]"]}
"""
TABLES = """
import sys
from pathlib import Path
import pandas as pd
from extractors.model import OBJECTIVE_COLUMNS
from pipeline.run.loose_files import extract_files
from pipeline.extract.document import paragraph_row, reference_row
from pipeline.tables.build import Frames, build_tables
done = extract_files([Path(sys.argv[1])], workers=1).done[0]
frames = Frames(
    pd.DataFrame([reference_row(r) for r in done.references]),
    pd.DataFrame([paragraph_row(done.document, p) for p in done.paragraphs]),
    pd.DataFrame([], columns=list(OBJECTIVE_COLUMNS)),
    [],
)
tables = build_tables(frames, labels={})
table = next(t for t in tables.values() if t.name == "stakeholder_wordings")
print(table.frame[["label", "wording"]].to_csv(index=False))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the lexicons that a program finds before those of the project."""
    place = tmp_path / "lexicons"
    shutil.copytree(default_folder(), place, ignore=shutil.ignore_patterns("__pycache__"))
    return place


def printed(program: str, folder: Path, text: str) -> str:
    """What a program prints about a document, run with the copied lexicons."""
    document = folder.parent / "document.txt"
    document.write_text(text, encoding="utf-8")
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program, str(document)],
        env={**os.environ, "PYTHONPATH": f"{folder.parent}{os.pathsep}{root}"},
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_category_takes_one_entry(folder: Path) -> None:
    path = folder / "categories.yaml"
    path.write_text(path.read_text(encoding="utf-8") + SEAFARERS, encoding="utf-8")
    (folder / "sea.yaml").write_text(ENTRY, encoding="utf-8")
    assert load_categories(folder).categories[-1].label == "Seafarers"
    out = printed(TABLES, folder, "Ministers met.\n\n1. They thanked the seafarers for their work.\n")
    assert out.split() == ["label,wording", "Seafarers,seafarers"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (SEAFARERS.replace("listed", "colour"), "unknown key: correct the file"),
        (SEAFARERS.replace("section: stakeholder", "section: sea"), "unknown section 'sea'"),
        (SEAFARERS.replace("stakeholder.seafarers", "iscm.rcp"), "category 'iscm.rcp' stands twice"),
    ],
)
def test_a_mistake_in_categories_names_file_and_line(folder: Path, line: str, says: str) -> None:
    path = folder / "categories.yaml"
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"categories\.yaml:\d+: .*{says}"):
        load_categories(folder)


def test_languages_are_named_by_their_files() -> None:
    assert list(languages()) == ["en", "ar", "es", "fr", "pt"]
