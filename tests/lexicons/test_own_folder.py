"""One's own lexicons add to those of the package, or replace them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extractors.lexicon.entries import load_lexicon
from extractors.lexicon.yaml_file import OWN, LexiconError, default_folder, own_version
from pipeline.extract.document import search_versions

ENTRY = """
group: own
entries:
  - id: {name}
    label: Seafarers
    category: stakeholder.migrants
    section: References to various categories of non-State stakeholders
    variants: {{en: [seafarers]}}
    examples: {{en: ["with [[seafarers]]"]}}
"""


def write(folder: Path, name: str) -> None:
    (folder / "own.yaml").write_text(ENTRY.format(name=name), encoding="utf-8")


def test_entries_are_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, versions = load_lexicon(), search_versions()
    write(tmp_path, "seafarers")
    monkeypatch.setenv(OWN, str(tmp_path))
    after = load_lexicon()
    assert {one.id for one in after.entries} - {one.id for one in before.entries} == {"seafarers"}
    assert search_versions()["lexicon"] != versions["lexicon"]
    assert after.places["seafarers"] == "own.yaml"


def test_an_entry_takes_the_place_of_the_one_with_its_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "diasporas")
    before = load_lexicon()
    assert "diasporas" in {one.id for one in before.entries}
    monkeypatch.setenv(OWN, str(tmp_path))
    assert len(load_lexicon().entries) == len(before.entries)
    assert next(one.label for one in load_lexicon().entries if one.id == "diasporas") == "Seafarers"


def test_a_whole_set_replaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(default_folder(), tmp_path / "own", ignore=shutil.ignore_patterns("*.py", "__pycache__", "un_*"))
    monkeypatch.setenv(OWN, str(tmp_path / "own"))
    assert default_folder() == (tmp_path / "own").resolve()
    assert not any(place == "un_system.yaml" for place in load_lexicon().places.values())


def test_a_folder_without_lexicons_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_version() == ""
    monkeypatch.setenv(OWN, str(tmp_path / "none"))
    with pytest.raises(LexiconError, match="no lexicon files: name a folder"):
        load_lexicon()
