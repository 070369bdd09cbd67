"""A file of the run before is taken over only where it was made of the same and nobody changed it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.export import kept_files
from pipeline.export.kept_files import KeptFiles


def run(place: Path, number: int, *parts: object) -> bool:
    """One run that writes one file, after the run before; whether that file was taken over."""
    folder, before = place / str(number), place / str(number - 1)
    (folder / "word").mkdir(parents=True)
    kept = KeptFiles(folder, before, place / "store" / "files.json")
    is_taken = kept.has_taken(folder / "word" / "a.docx", *parts)
    if not is_taken:
        (folder / "word" / "a.docx").write_text(f"{number} {parts}", encoding="utf-8")
    kept.note()
    return is_taken


def test_what_is_made_of_the_same_is_taken_over_run_after_run(tmp_path: Path) -> None:
    assert [run(tmp_path, n, "title", ("row",)) for n in (1, 2, 3)] == [False, True, True]
    assert len({(tmp_path / str(n) / "word/a.docx").stat().st_ino for n in (1, 2, 3)}) == 1


def edit(place: Path) -> None:
    file = place / "1" / "word" / "a.docx"
    file.write_text("x" * file.stat().st_size, encoding="utf-8")
    os.utime(file, ns=(1, 1))


CHANGES: dict[str, Callable[[Path], object]] = {
    "changed by somebody": edit,
    "gone": lambda place: (place / "1" / "word" / "a.docx").unlink(),
    "no listing": lambda place: (place / "store" / "files.json").unlink(),
    "a damaged listing": lambda place: (place / "store" / "files.json").write_text("[1", encoding="utf-8"),
    "a listing of another form": lambda place: (place / "store" / "files.json").write_text("[1]", encoding="utf-8"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_cannot_be_trusted_is_written_again(name: str, tmp_path: Path) -> None:
    run(tmp_path, 1, "title")
    CHANGES[name](tmp_path)
    assert not run(tmp_path, 2, "title")
    assert run(tmp_path, 3, "title")


def test_other_parts_or_another_program_write_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path, 1, "title")
    assert not run(tmp_path, 2, "other title")
    monkeypatch.setattr(kept_files, "build", lambda: "another")
    assert not run(tmp_path, 3, "other title")


def test_a_disk_without_links_has_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(kept_files.os, "link", refuse)
    assert [run(tmp_path, n, "title") for n in (1, 2, 3)] == [False, True, True]
    assert len({(tmp_path / str(n) / "word/a.docx").stat().st_ino for n in (1, 2, 3)}) == 3
