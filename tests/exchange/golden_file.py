"""Golden files: what a format looked like when somebody last looked at it. GCMREFS_WRITE_GOLDEN=1 writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def same_as_golden(name: str, data: bytes) -> None:
    """Fail where `data` differs from the golden file."""
    if os.environ.get("GCMREFS_WRITE_GOLDEN") == "1":
        (FOLDER / name).write_bytes(data)
    assert data.decode("utf-8") == (FOLDER / name).read_text(encoding="utf-8")
