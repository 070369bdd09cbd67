"""The analysts' word over the references of a run, as its tables show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from extractors.model import REFERENCE_COLUMNS
from pipeline import store
from pipeline.review import ledger
from pipeline.review.application import DECISION_COLUMNS, apply
from pipeline.review.attachment import Passages

if TYPE_CHECKING:
    import pandas as pd

UNATTACHED = 200
"""Decisions that no longer attach which `run.json` lists; `decisions.csv` has all of them."""


@dataclass(frozen=True, slots=True)
class Review:
    """References and decisions of a run as frames, and what `run.json` says of them (`summary`)."""

    references: pd.DataFrame
    decisions: pd.DataFrame
    summary: Mapping[str, Any]


def review(engine: sa.Engine, slugs: Sequence[str]) -> Review:
    """Return the references of these documents with the analysts' word over the machine's, and the whole ledger.

    `summary` has the digest of the ledger (tables made from another one are out of date), the counts by status and the
    decisions that no longer attach.
    """
    references = store.reference_frame(engine, slugs)
    digest, said = ledger.digest(engine), ledger.read(engine)
    if not said:
        empty = store.frame([], DECISION_COLUMNS)
        return Review(references, empty, {"digest": digest, "counts": {}, "unattached": []})

    @lru_cache(maxsize=16)
    def passages(slug: str) -> Passages:
        return Passages(store.stored_paragraphs(engine, slug))

    documents = {row["document"]: row for row in store.described(engine, slugs)}
    rows = [_row(values) for values in references.itertuples(index=False, name=None)]
    found = apply(rows, said, passages, documents)
    lines = store.frame([tuple(row.values()) for row in found.decisions], DECISION_COLUMNS)
    shown = store.frame([tuple(row[name] for name in REFERENCE_COLUMNS) for row in found.rows], REFERENCE_COLUMNS)
    unattached = [row for row in found.decisions if row["fate"] in ("reset", "orphaned")]
    summary = {"digest": digest, "counts": dict(found.counts), "unattached": unattached[:UNATTACHED]}
    return Review(shown, lines, summary)


def _row(values: Sequence[Any]) -> dict[str, Any]:
    import pandas as pd

    return {
        name: None if value is None or value is pd.NA else value
        for name, value in zip(REFERENCE_COLUMNS, values, strict=True)
    }
