"""The analysts' word over everything that a run publishes: references, objectives, rows of tables, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from extractors.model import REFERENCE_COLUMNS, ObjectiveRow, Reference
from extractors.text.identity import make_identity
from pipeline.review import ledger
from pipeline.review.apply import (
    DECISION_COLUMNS,
    DecidedRows,
    LedgerRow,
    Row,
    apply_decisions,
    count_states,
    ledger_lines,
    line,
    with_facts,
)
from pipeline.review.attachment import keep_passages
from pipeline.review.copies import with_copies
from pipeline.review.cuts import find_orphans, follow_decisions
from pipeline.review.decision import Decision, Kind
from pipeline.review.standing import Standing, follow_up, standings
from pipeline.store import documents as store
from pipeline.tables.table import STATUS

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.tables.table import Table

UNATTACHED = 200
"""Decisions that no longer attach which `run.json` lists; `decisions.csv` has all of them."""


class Review:
    """What analysts said of the documents of a run, put over what the machine found; costs what was decided on.

    `references` and `objectives` are frames as their files show them, rejected rows with their status; `objectives_as_found`
    has the same rows as the machine found them. Tables are decided
    on when they are made (`decide_tables`); `decisions` and `summary` tell then what became of every line of the ledger.
    """

    def __init__(self, engine: sa.Engine, slugs: Sequence[str]) -> None:
        self._engine = engine
        self.references = store.reference_frame(engine, slugs)
        self.objectives = store.objective_frame(engine, slugs).assign(**{STATUS: "machine"})
        self.objectives_as_found = self.objectives
        self._digest, said = ledger.digest(engine), ledger.read(engine)
        self._lines: list[LedgerRow] = []
        self._counts: Counter[str] = Counter()
        self._said: list[Decision] = []
        self._copied: list[Decision] = []
        self._every: list[Decision] = []
        self._here: frozenset[tuple[int, str]] = frozenset()
        self._documents: dict[str, dict[str, object]] = {}
        if not said:
            return
        documents = {str(row["document"]): row for row in store.described(engine, slugs)}
        self._passages_of = keep_passages(engine, documents)
        self._said, self._copied = follow_decisions(engine, said, documents, self._passages_of)
        self._every = with_copies(self._said, self._copied)
        self._here = frozenset((one.decision_id, one.reference_id) for one in self._said)
        self._documents = documents
        self._decide_references(slugs)
        self._decide_objectives(slugs)

    @property
    def spoken_of(self) -> Mapping[str, str]:
        """What stands for all that was said of each document that somebody spoke of, or of another copy of its text."""
        out: dict[str, list[str]] = {}
        for one in (*self._said, *self._copied):
            out.setdefault(one.document, []).append(repr(one))
        return {document: make_identity(told) for document, told in out.items()}

    def _decide_references(self, slugs: Sequence[str]) -> None:
        if not self._standings("reference")[0]:
            return
        rows = [_reference(values) for values in self.references.itertuples(index=False, name=None)]
        found = self._decide("reference", rows)
        added = [with_facts(row, self._documents[row.document]) for row in found.added]
        self.references = _frame((*found.rows, *added), slugs, REFERENCE_COLUMNS)

    def _standings(self, kind: Kind) -> tuple[dict[str, Standing], dict[str, Standing]]:
        """Where everything of a kind stands that somebody spoke of on any copy: what was said of these very rows, and all."""
        every = standings(one for one in self._every if one.kind == kind)
        spoken = {one.reference_id for one in self._said if one.kind == kind}
        return {name: stood for name, stood in every.items() if name in spoken}, every

    def _decide(self, kind: Kind, rows: Sequence[Row]) -> DecidedRows[Row]:
        """Put the analysts' word over the rows of a kind; note what became of each line about them, and count them."""
        own, every = self._standings(kind)
        found = apply_decisions(rows, every, self._passages_of)
        spoken = [one for name, one in found.judged.items() if name in own]
        lines = ledger_lines(spoken, rows)
        self._lines += [told for told in lines if (told.decision_id, told.reference_id) in self._here]
        self._counts.update(count_states(spoken))
        return found

    def _decide_objectives(self, slugs: Sequence[str]) -> None:
        from pipeline.review.rows import objective_facts, objective_of
        from pipeline.tables.records import typed_rows

        own, every = self._standings("objective")
        if not own:
            return
        touched = {standing.document for standing in every.values()}
        typed = typed_rows(self.objectives, ObjectiveRow)
        found = self._decide("objective", [objective_facts(row) for row in typed if row.document in touched])
        decided = iter(found.rows)
        rows: list[ObjectiveRow | None] = []
        for row in typed:
            one = next(decided) if row.document in touched else None
            if one is None:
                rows.append(None if row.document in touched else row)
            elif one.status in ("edited", "added"):
                rows.append(replace(objective_of(one), paragraph=row.paragraph))
            else:
                rows.append(replace(row, status=one.status))
        columns = list(self.objectives.columns)
        added = [objective_of(row) for row in found.added]
        as_found = [row if shown is not None else None for row, shown in zip(typed, rows, strict=True)]
        self.objectives = _frame((*rows, *added), slugs, columns).astype({"number": "object"})
        self.objectives_as_found = _frame((*as_found, *added), slugs, columns).astype({"number": "object"})

    def decide_tables(self, tables: Mapping[str, Table]) -> dict[str, Table]:
        """Return the tables with the human values, their rows marked with what was said of each, and without those that were
        rejected."""
        from pipeline.review.rows import decidable_tables, decide_table, table_facts

        out = dict(tables)
        for known, table in decidable_tables(tables):
            if not self._standings(known.kind)[0]:
                out[known.table] = replace(table, statuses=("machine",) * len(table.rows))
                continue
            rows = [table_facts(known, row) for row in table.rows]
            found = self._decide(known.kind, rows)
            stands = [row for row in found.added if not row.document or self._documents[row.document]["preferred"]]
            out[known.table] = decide_table(table, rows, replace(found, added=stands))
        return out

    @property
    def _told(self) -> list[LedgerRow]:
        noted = {row.decision_id for row in self._lines}
        gone = find_orphans(self._said, self._documents)
        lines = [
            line(one, "orphaned" if fate == "counts" and one.reference_id in gone else fate)
            for one, fate in follow_up(self._every)
            if one.decision_id not in noted and (one.decision_id, one.reference_id) in self._here
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


def _frame(
    rows: Iterable[Reference | ObjectiveRow | None], slugs: Sequence[str], columns: Sequence[str]
) -> pd.DataFrame:
    """Rows as a frame, by document in the order given, what was added behind those of its document."""
    by_document: dict[str, list[tuple[object, ...]]] = {slug: [] for slug in slugs}
    for row in rows:
        if row is not None:
            by_document[row.document].append(tuple(getattr(row, name) for name in columns))
    return store.frame([cells for held in by_document.values() for cells in held], columns)
