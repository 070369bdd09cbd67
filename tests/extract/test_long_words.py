"""A word without end costs no more than as much prose; `benchmarks.ingest` measures it, here only what would hang shows."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from benchmarks.ingest import LONG_WORDS, write_long_word
from pipeline.extract.document import process_document


@pytest.mark.parametrize("kind", LONG_WORDS)
def test_a_word_without_end_is_read_like_prose(tmp_path: Path, kind: str) -> None:
    path = write_long_word(tmp_path / "a.txt", LONG_WORDS[kind])
    began = time.process_time()
    found = process_document(path)
    assert [one.wording for one in found.references] == ["Global Forum on Migration and Development"]
    assert time.process_time() - began < 20
