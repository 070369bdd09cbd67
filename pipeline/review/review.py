"""The analysts' word over everything that a run publishes: references, objectives, rows of tables, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import sqlalchemy as sa

from extractors.model import REFERENCE_COLUMNS, ObjectiveRow, Reference
from pipeline.review import ledger
from pipeline.review.apply import DECISION_COLUMNS, LedgerRow, apply_decisions, line
from pipeline.review.attachment import Passages
from pipeline.review.cuts import find_orphans, find_trail
from pipeline.review.decision import Decision, Kind
from pipeline.review.standing import Standing, follow_up, standings
from pipeline.review.successors import find_copies
from pipeline.store import documents as store
from pipeline.tables.table import STATUS

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.review.rows import DecidedRows, FactRow
    from pipeline.tables.table import Table

UNATTACHED = 200
"""Decisions that no longer attach which `run.json` lists; `decisions.csv` has all of them."""


class Review:
    """What analysts said of the documents of a run, put over what the machine found; costs what was decided on.

    `references` and `objectives` are frames as their files show them, rejected rows with their status. Tables are decided
    on when they are made (`decide_tables`); `decisions` and `summary` tell then what became of every line of the ledger.
    """

    def __init__(self, engine: sa.Engine, slugs: Sequence[str]) -> None:
        self._engine = engine
        self.references = store.reference_frame(engine, slugs)
        self.objectives = store.objective_frame(engine, slugs).assign(**{STATUS: "machine"})
        self._digest, said = ledger.digest(engine), ledger.read(engine)
        self._lines: list[LedgerRow] = []
        self._counts: Counter[str] = Counter()
        self._said: list[Decision] = []
        self._copied: list[Decision] = []
        self._documents: dict[str, dict[str, object]] = {}
        if not said:
            return
        documents = {str(row["document"]): row for row in store.described(engine, slugs)}
        passages = lru_cache(maxsize=16)(lambda slug: Passages(store.stored_paragraphs(engine, slug)))
        self._passages_of = lambda slug: passages(slug) if slug in documents else None
        self._said = [*map(find_trail(engine, said, documents, passages).follow, said)]
        copies = find_copies(engine, self._said, documents)
        self._copied = [moved.follow(one) for moved in copies for one in self._said if moved.holds(one)]
        self._documents = documents
        self._decide_references()
        self._decide_objectives(slugs)

    def _decide_references(self) -> None:
        rows = [_reference(values) for values in self.references.itertuples(index=False, name=None)]
        said, copied = ([one for one in told if one.kind == "reference"] for told in (self._said, self._copied))
        found = apply_decisions(rows, said, self._passages_of, self._documents, copied)
        shown = [tuple(getattr(row, name) for name in REFERENCE_COLUMNS) for row in found.rows]
        self.references = store.frame(shown, REFERENCE_COLUMNS)
        self._lines += found.decisions
        self._counts.update(found.counts)

    def _standings(self, kind: Kind) -> tuple[dict[str, Standing], dict[str, Standing]]:
        """Where everything of a kind stands that somebody spoke of, and the same with what is said of its copies."""
        own, copies = (standings(d for d in told if d.kind == kind) for told in (self._said, self._copied))
        return own, copies | own

    def _decide_objectives(self, slugs: Sequence[str]) -> None:
        from pipeline.review.rows import decide_rows, objective_facts, objective_of
        from pipeline.tables.records import typed_rows

        own, every = self._standings("objective")
        if not own:
            return
        columns = list(self.objectives.columns)
        touched = {standing.document for standing in every.values()}
        typed = typed_rows(self.objectives, ObjectiveRow)
        found = decide_rows(
            [objective_facts(row) for row in typed if row.document in touched], every, self._passages_of
        )
        decided = iter(found.rows)
        by_document: dict[str, list[ObjectiveRow]] = {slug: [] for slug in slugs}
        for row in typed:
            one = next(decided) if row.document in touched else None
            if row.document not in touched:
                by_document[row.document].append(row)
            elif one is not None and one.status in ("edited", "added"):
                by_document[row.document].append(replace(objective_of(one), paragraph=row.paragraph))
            elif one is not None:
                by_document[row.document].append(replace(row, status=one.status))
        for added in found.added:
            by_document[added.document].append(objective_of(added))
        cells = [tuple(getattr(row, name) for name in columns) for rows in by_document.values() for row in rows]
        self.objectives = store.frame(cells, columns).astype({"number": "object"})
        self._note(own, found)

    def decide_tables(self, tables: Mapping[str, Table]) -> dict[str, Table]:
        """Return the tables with the human values, their rows marked with what was said of each, and without those that were
        rejected."""
        from pipeline.review.rows import decidable_tables, decide_rows, decide_table, table_facts

        out = dict(tables)
        for known, table in decidable_tables(tables):
            own, every = self._standings(known.kind)
            if not own:
                out[known.table] = replace(table, statuses=("machine",) * len(table.rows))
                continue
            rows: list[FactRow] = [table_facts(known, row) for row in table.rows]
            found: DecidedRows = decide_rows(rows, every, self._passages_of)
            out[known.table] = decide_table(table, rows, found)
            self._note(own, found)
        return out

    def _note(self, own: Mapping[str, Standing], found: DecidedRows) -> None:
        """Keep what became of each line about these, and count them."""
        for name, standing in own.items():
            row = found.judged.get(name)
            state = row.state if row else None
            for decision, fate in zip(standing.decisions, standing.fates, strict=True):
                is_gone = fate == "counts" and state in ("reset", "orphaned")
                self._lines.append(line(decision, str(state) if is_gone else fate))
            if standing.has_conflict:
                self._counts["conflicts"] += 1
            elif state in ("reset", "orphaned"):
                self._counts[str(state)] += 1
            elif row is not None and standing.deciding is not None:
                self._counts[row.status] += 1

    @property
    def _told(self) -> list[LedgerRow]:
        noted = {row.decision_id for row in self._lines}
        gone = find_orphans(self._said, self._documents)
        lines = [
            line(one, "orphaned" if fate == "counts" and one.reference_id in gone else fate)
            for one, fate in follow_up(self._said)
            if one.decision_id not in noted
        ]
        return sorted((*self._lines, *lines), key=lambda row: row.decision_id)

    @property
    def decisions(self) -> pd.DataFrame:
        """The whole ledger with what became of each line, as in `decisions.csv`."""
        return store.frame([tuple(asdict(row).values()) for row in self._told], DECISION_COLUMNS)

    @property
    def summary(self) -> Mapping[str, object]:
        """The digest of the ledger (tables made from another one are out of date), how many things of all kinds have which
        status, and the decisions that no longer attach."""
        unattached = [asdict(row) for row in self._told if row.fate in ("reset", "orphaned")]
        return {"digest": self._digest, "counts": dict(self._counts), "unattached": unattached[:UNATTACHED]}


def _reference(values: Sequence[object]) -> Reference:
    import pandas as pd

    cells = {name: None if value is pd.NA else value for name, value in zip(REFERENCE_COLUMNS, values, strict=True)}
    return Reference(**cells)  # type: ignore[arg-type]
