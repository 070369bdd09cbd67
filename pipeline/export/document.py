"""All tables of one document as one file: what `gcmrefs tables --document` and `gcmrefs extract -o` write."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pipeline.export.excel import workbook
from pipeline.export.pictures import figures
from pipeline.export.run_facts import RunFacts
from pipeline.export.word import work
from pipeline.export.word.cross_tables import OVERVIEWS
from pipeline.tables.build import EVERY_ROLE, Frames, build_tables
from pipeline.tables.table import Table

SUFFIXES = (".xlsx", ".docx")
"""The formats of such a file; a Word file holds one document, a workbook any number."""


def write_document(
    path: Path, references: pd.DataFrame, paragraphs: pd.DataFrame, objectives: pd.DataFrame, run: RunFacts
) -> Path:
    """Build the tables of the documents in `run` from their rows and write them to `path`, whose name ends in .xlsx or
    .docx. Raises OSError where the file cannot be written."""
    tables = build_tables(
        Frames(references, paragraphs, objectives, run["documents"]), roles=EVERY_ROLE, has_all_copies=True
    )
    several = len(run["documents"]) > 1
    shown = {name: table for name, table in tables.items() if several or _is_own(table)}
    if path.suffix.lower() == ".docx":
        return work.write(path, shown, run)
    return workbook.write(path, shown, references, run, figures.select_painted(figures.draw(tables)) if several else ())


def _is_own(table: Table) -> bool:
    """Whether a table says something of the single document that it was made from: what compares mechanisms does not,
    and the profile only where it answers."""
    return table.name not in OVERVIEWS and (table.name != "iscm_profile" or bool(table.told()))
