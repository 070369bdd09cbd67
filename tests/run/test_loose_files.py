"""Loose files are searched for what is asked for, with what that needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pipeline.run.loose_files import extract_files

TEXT = "The Ministers thanked the International Organization for Migration for its support to migrants.\n"
LOADED = """
import sys
from gcmrefs.__main__ import main
try:
    main()
except SystemExit:
    pass
print(sorted({"pandas", "docx", "xlsxwriter", "pyarrow", "sqlalchemy", "spacy.cli", "requests"} & set(sys.modules)), file=sys.stderr)
"""


def test_rows_as_csv_load_no_library_of_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    command = [sys.executable, "-c", LOADED, "extract", str(path), "--format", "csv"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "International Organization for Migration" in done.stdout
    assert done.stderr.splitlines()[-1] == "[]"


def test_only_what_is_wanted_is_searched_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    whole, paragraphs = extract_files([path]).done[0], extract_files([path], wanted=()).done[0]
    assert whole.references and not paragraphs.references
    assert paragraphs.paragraphs == whole.paragraphs and not paragraphs.warnings
