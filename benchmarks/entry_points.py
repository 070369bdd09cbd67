"""How high the entry points of the published table stand among the candidates for A/RES/73/195.

Run it with `GCMREFS_CORPUS=... GCMREFS_GOLD=... python -m benchmarks.entry_points`; exit code 1 where a published row
is no candidate.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from extractors.lexicon.entries import load_lexicon
from extractors.model import OBJECTIVE_COLUMNS, PARAGRAPH_COLUMNS, REFERENCE_COLUMNS
from pipeline.corpus.manifest import Source
from pipeline.extract.document import objective_row, paragraph_row, process_document, reference_row
from pipeline.tables.entry_points.entry_points import entry_points_table
from pipeline.tables.records import read_records
from pipeline.tables.table import Table

DOCUMENT = Path("un") / "A_RES_73_195.txt"
CUT = 30


@dataclass(frozen=True, slots=True)
class Published:
    """A row of the published table: any of the paragraphs counts as found ("H:Objective 8" is that heading)."""

    row: str
    objective: int
    level: str
    paragraphs: tuple[str, ...]

    def at(self, paragraph: str) -> bool:
        return any(paragraph == p or (p.startswith("H:") and paragraph.startswith(f"{p}:")) for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of one table against the published one.

    ranks          place of each published row among all candidates of the document, from 1; 0 = none
    within         the same among the candidates of its objective
    levels         share of the rows found that have the published level
    """

    candidates: int
    ranks: Mapping[str, int]
    within: Mapping[str, int]
    levels: float

    @property
    def mean_reciprocal_rank(self) -> float:
        """Mean of 1/rank over the published rows in the whole list (see `ceiling`)."""
        return _reciprocal(self.ranks)

    @property
    def ceiling(self) -> float:
        """The mean reciprocal rank of a perfect list: the published rows fill its first places."""
        return sum(1 / n for n in range(1, len(self.ranks) + 1)) / len(self.ranks)

    @property
    def mean_reciprocal_rank_within(self) -> float:
        """Mean of 1/rank where each published row asks only for its own objective."""
        return _reciprocal(self.within)

    def recall(self, cut: int) -> float:
        """Share of the published rows among the first `cut` candidates."""
        return sum(0 < rank <= cut for rank in self.ranks.values()) / len(self.ranks)


def published(path: Path) -> list[Published]:
    """Read the published table with the paragraphs that it stands for."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Published(
                row["row_id"],
                int(row["objective_no"]),
                row["level"].casefold(),
                tuple(p.strip() for p in row["paragraph"].split(";")),
            )
            for row in csv.DictReader(file)
        ]


def measure(table: Table, wanted: Sequence[Published]) -> Measured:
    """Compare one document's candidates with the published rows."""
    rows = table.frame[["paragraph", "objective", "level"]].itertuples(index=False, name=None)
    found = [(str(p), 0 if pd.isna(n) else int(n), str(level)) for p, n, level in rows]
    ranks, within, right = {}, {}, []
    for row in wanted:
        ranks[row.row] = next((n for n, (p, _, _) in enumerate(found, 1) if row.at(p)), 0)
        own = [p for p, number, _ in found if number == row.objective]
        within[row.row] = next((n for n, p in enumerate(own, 1) if row.at(p)), 0)
        if ranks[row.row]:
            right.append(found[ranks[row.row] - 1][2] == row.level)
    return Measured(len(found), ranks, within, sum(right) / len(right) if right else 0.0)


def candidates(path: Path) -> Table:
    """Make the table for one document, read from its file."""
    done = process_document(path, Source(slug=path.stem, title=path.stem))
    records = read_records(
        pd.DataFrame([reference_row(r) for r in done.references], columns=list(REFERENCE_COLUMNS)),
        pd.DataFrame([paragraph_row(path.stem, p) for p in done.paragraphs], columns=list(PARAGRAPH_COLUMNS)),
        pd.DataFrame(list(map(objective_row, done.objectives)), columns=list(OBJECTIVE_COLUMNS)),
        [{"document": path.stem, "role": "instrument", "language": done.language}],
    )
    return entry_points_table(records, load_lexicon())


def _reciprocal(ranks: Mapping[str, int]) -> float:
    return sum(1 / rank for rank in ranks.values() if rank) / len(ranks)


def main() -> int:
    """Print the figures, or say what is missing."""
    path = Path(os.environ.get("GCMREFS_CORPUS", "corpus")) / DOCUMENT
    gold = Path(os.environ.get("GCMREFS_GOLD", "gold")) / "entry_points.csv"
    if not path.is_file() or not gold.is_file():
        print(f"needs {path} and {gold}: set GCMREFS_CORPUS and GCMREFS_GOLD to the folders that hold them")
        return 2
    found = measure(candidates(path), published(gold))
    for row, rank in found.ranks.items():
        print(f"{row:<8} rank {rank or '-':>3}   within its objective {found.within[row] or '-':>3}")
    print(f"candidates                     {found.candidates:>6}")
    print(f"published rows among them      {sum(r > 0 for r in found.ranks.values()):>6} of {len(found.ranks)}")
    print(f"recall at {CUT}                   {found.recall(CUT):>6.2f}")
    print(f"mean reciprocal rank           {found.mean_reciprocal_rank:>6.3f}  (a perfect list: {found.ceiling:.3f})")
    print(f"... within its objective       {found.mean_reciprocal_rank_within:>6.3f}")
    print(f"published level                {found.levels:>6.2f}")
    return 0 if all(found.ranks.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
