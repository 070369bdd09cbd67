"""Output files: one module a format, and `write_all`, which writes every file of `outputs/latest/` but the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.extras import EXTRA_OF, has_library, install_line

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.export.kept_files import KeptFiles
    from pipeline.export.run_facts import RunFacts
    from pipeline.tables.brief.content import Brief
    from pipeline.tables.table import Table


PARTS: Mapping[str, str] = {
    "vl_convert": "the charts as PNG, in the workbook and in Word",
    "pyarrow": "references.parquet",
}
"""What the library of an extra brings to the files of a run, which are written without it where it is not there."""


def find_left_out() -> dict[str, str]:
    """What this copy leaves out of the files of a run, each with the line that installs what it takes."""
    return {part: install_line(EXTRA_OF[name]) for name, part in PARTS.items() if not has_library(name)}


def write_all(
    out: Path,
    tables: Mapping[str, Table],
    references: pd.DataFrame,
    paragraphs: pd.DataFrame,
    objectives: pd.DataFrame,
    run: RunFacts,
    briefs: Sequence[Brief] = (),
    kept: KeptFiles | None = None,
) -> list[Path]:
    """Write every file into the existing folder `out` and return their paths.

    `tables` come from `tables.build`, `briefs` from `tables.brief`; `run` is the content of `run.json` (run_id, started,
    counts, versions, documents, failures, ...); `kept` are files of the run before that are taken over where they are made
    of the same. No clock is read: the same input gives the same bytes. Raises OSError
    where a file cannot be written; nothing is written outside `out`.
    """
    from pipeline.export import csv, graphml
    from pipeline.export.brief import FOLDER, write_briefs
    from pipeline.export.excel import workbook
    from pipeline.export.new_rows import collect_new_rows
    from pipeline.export.page import report
    from pipeline.export.pictures import figures
    from pipeline.export.word import cross_tables, work

    folder = out / "tables"
    folder.mkdir(exist_ok=True)
    paths = [
        csv.write(out / "references.csv", references),
        csv.write(out / "paragraphs.csv", paragraphs),
        csv.write(out / "objectives.csv", objectives),
    ]
    paths += [csv.write(folder / f"{name}.csv", table) for name, table in tables.items()]
    if "who_names_whom" in tables:
        paths.append(graphml.write(folder / "who_names_whom.graphml", tables["who_names_whom"]))
    drawn = figures.draw(tables)
    painted = figures.select_painted(drawn)
    new = collect_new_rows(tables, run, {"references": references, "objectives": objectives})
    paths += figures.write(out / "charts", drawn)
    paths.append(workbook.write(out / "reference_tables.xlsx", tables, references, run, painted, new))
    paths.append(cross_tables.write(out / "reference_tables.docx", tables, run, painted, new))
    paths += work.write_works(out / "word", tables, run, kept)
    paths += write_briefs(out / FOLDER, briefs, run, kept)
    rows = {"references": references, "paragraphs": paragraphs}
    paths.append(report.write(out / "report.html", tables, run, drawn, new, **rows))
    if has_library("pyarrow"):
        from pipeline.export import parquet

        paths.append(parquet.write(out / "references.parquet", references))
    return paths
