"""Which of the Compact's objectives a paragraph stands under, as rows of `objectives.csv`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from extractors.model import Paragraph


def objectives(paragraphs: Sequence[Paragraph], *, document: str) -> tuple[Mapping[str, Any], ...]:
    """One row for each paragraph under the heading of an objective: basis `structural`, the heading as evidence."""
    rows = []
    for paragraph in paragraphs:
        if paragraph.objective is None or paragraph.kind in ("furniture", "note"):
            continue
        heading = next((h for h in reversed(paragraph.heading_path) if str(paragraph.objective) in h), "")
        rows.append(
            {
                "document": document,
                "paragraph": paragraph.id,
                "kind": "objective",
                "number": paragraph.objective,
                "basis": "structural",
                "wording": heading,
                "score": 100.0,
            }
        )
    return tuple(rows)
