"""Rows of paragraphs, references and objectives for invented texts, as the listings take them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from extractors.model import OBJECTIVE_COLUMNS, PARAGRAPH_COLUMNS, REFERENCE_COLUMNS
from pipeline.segment.citation import base, cite_paragraph
from pipeline.tables.records import Records, read_records

Frames = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
Text = tuple[str, str, int | None, str]
Found = tuple[str, str, str, str]


def frames(
    texts: Sequence[Text],
    found: Sequence[Found] = (),
    about: Sequence[tuple[str, int]] = (),
    *,
    language: str = "en",
    heading: str = "",
    **changes: Any,
) -> Frames:
    """`texts` are (paragraph, kind, objective, text), `found` (paragraph, category, wording, canonical), `about`
    (paragraph, objective); `changes` overwrite columns of the references."""
    paragraphs = [
        ("plan", n, paragraph, cite_paragraph(paragraph), kind, heading, objective, n, "", text)
        for n, (paragraph, kind, objective, text) in enumerate(texts, 1)
    ]
    references = []
    for paragraph, category, wording, canonical in found:
        home, text = next((p, t) for p, _, _, t in texts if base(p) == paragraph and wording in t)
        row: dict[str, Any] = dict.fromkeys(REFERENCE_COLUMNS, "")
        start = text.index(wording)
        row |= {"document": "plan", "language": language, "paragraph": paragraph, "paragraph_row": home}
        row |= {
            "category": category,
            "wording": wording,
            "canonical": canonical,
            "start": start,
            "end": start + len(wording),
        }
        row |= {"occurrences": text.count(wording), "status": "machine", "objective": None, "page": None}
        references.append(row | changes)
    objectives = [("plan", paragraph, "objective", number, "implied", "", 90.0, "") for paragraph, number in about]
    return (
        pd.DataFrame(paragraphs, columns=list(PARAGRAPH_COLUMNS)),
        pd.DataFrame(references, columns=list(REFERENCE_COLUMNS)),
        pd.DataFrame(objectives, columns=list(OBJECTIVE_COLUMNS)),
    )


def records(frames: Frames, language: str = "en", role: str = "") -> Records:
    """The same as the tables take them."""
    paragraphs, references, objectives = frames
    return read_records(references, paragraphs, objectives, spoken(language, role))


def spoken(language: str, role: str = "") -> list[dict[str, str]]:
    """What a run says of the invented document."""
    return [{"document": "plan", "language": language, "role": role}]
