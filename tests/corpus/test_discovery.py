"""What a corpus folder holds: its documents as people sort them, and what is not read, named with the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.corpus.discovery import discover
from pipeline.errors import CorpusError

REMEDY = "not read: save it as PDF, Word (.docx), HTML or plain text"


def put(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("1. We consult diasporas.\n", encoding="utf-8")
    return folder


def test_documents_sort_as_people_do(tmp_path: Path) -> None:
    put(tmp_path, "d10.txt", "d2.txt", "D1.txt", "2018/a.txt", "b.txt")
    assert [one.slug for one in discover(tmp_path).documents] == ["a", "b", "D1", "d2", "d10"]


def test_what_is_not_read_is_named(tmp_path: Path) -> None:
    """An old Word file is tried, and fails with its own remedy."""
    put(tmp_path, "a.txt", "sub/B.ODT", "c.rtf", "~$c.rtf", "picture.png", "old.doc")
    found = discover(tmp_path)
    assert found.warnings == tuple(f"{name}: {REMEDY}" for name in ("c.rtf", "sub/B.ODT"))
    assert [one.slug for one in found.documents] == ["a", "old"]


def test_a_folder_of_nothing_else_says_so(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=rf"no documents.*\(old\.odt: {REMEDY[:20]}"):
        discover(put(tmp_path, "old.odt"))
