"""Fifteen invented documents as a run finds them: meetings of five mechanisms in five languages, an instrument with objectives
of the Compact, a report with printed lists and recommendations, a table of recommendations, a speech, a translation and a
copy. The rows are those that the program found once; they are kept, so that a new term of the lexicon changes no table here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd

from extractors.lexicon.entries import Lexicon, load_lexicon
from pipeline.tables.build import Frames, read_run, tables_of
from pipeline.tables.records import Records
from pipeline.tables.table import Table

KNOWN = frozenset(
    {"rcm", "sacm", "bali-process", "midwa", "colombo-process", "abu-dhabi-dialogue", "quito-process", "gfmd"}
)
FOLDER = Path(__file__).parent
REVIEW = "http://127.0.0.1:8350/"


@cache
def lexicon() -> Lexicon:
    """The package's lexicon with no mechanisms but those of the documents."""
    known = load_lexicon()
    entries = tuple(entry for entry in known.entries if not entry.facts or entry.id in KNOWN)
    return replace(known, entries=entries, version="corpus")


@cache
def records() -> Records:
    """The rows of the documents."""
    references, paragraphs, objectives, documents = (
        pd.read_csv(FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("references", "paragraphs", "objectives", "documents")
    )
    return read_run(Frames(references, paragraphs, objectives, documents.to_dict("records")), lexicon(), labels={})


@cache
def tables() -> dict[str, Table]:
    """Every table of them."""
    return tables_of(records(), lexicon())
