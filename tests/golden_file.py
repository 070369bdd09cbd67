"""Golden files: what an output looked like when somebody last looked at it. GCMREFS_WRITE_GOLDEN=1 writes them anew."""

from __future__ import annotations

import difflib
import os
from itertools import islice
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"
_SWITCH = "GCMREFS_WRITE_GOLDEN"
_LINES = 40


def same_as_golden(name: str, data: bytes) -> None:
    """Fail with the lines that differ where `data` is not the golden file of that name, to the byte."""
    path = FOLDER / name
    if os.environ.get(_SWITCH) == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    expected = path.read_bytes() if path.is_file() else b""
    if data != expected:
        pytest.fail(_difference(name, expected.decode("utf-8"), data.decode("utf-8")), pytrace=False)


def _difference(name: str, expected: str, given: str) -> str:
    lines = difflib.unified_diff(
        expected.splitlines(),
        given.splitlines(),
        f"tests/golden/{name}",
        "what the program writes now",
        lineterm="",
        n=0,
    )
    shown = "\n".join(islice(lines, _LINES)) or "(line ends, or the end of the file)"
    return f"{shown}\nIf the new text is right: {_SWITCH}=1 python -m pytest <this test>, then read the diff of the golden files."
