"""Rows of tables as the machine made them, and claims as an audit did: kept, so that a review need not make them anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice

import sqlalchemy as sa

from pipeline.review.decision import FactRow, Facts, Kind
from pipeline.review.kinds import TABLES
from pipeline.review.rows import decidable_tables, table_facts
from pipeline.store.schema import found_rows, meta
from pipeline.tables.table import Table

_STAMP = "found_rows"
_PART = 1_000
"""Rows that are made ready and written at a time."""


def keep_rows(engine: sa.Engine, tables: Mapping[str, Table]) -> None:
    """Write the rows that can be decided on in place of those of the run before, before anything is decided of them."""
    rows = (table_facts(known, row) for known, table in decidable_tables(tables) for row in table.rows)
    _replace(engine, [*TABLES], rows)


def keep_claims(engine: sa.Engine, document: str, analysis: str, rows: Iterable[FactRow]) -> None:
    """Write the claims that an analysis makes of a document, in place of those that it made before."""
    known = read_rows(engine, "claim")
    others = [row for row in known if (row.document, row.facts.get("analysis")) != (document, analysis)]
    _replace(engine, ["claim"], [*others, *rows])


def _replace(engine: sa.Engine, kinds: Sequence[Kind], rows: Iterable[FactRow]) -> None:
    """Write rows in place of all of these kinds, and the stamp by which a review sees it."""
    cells = (
        {
            "kind": row.kind,
            "position": n,
            "reference_id": row.reference_id,
            "document": row.document,
            "paragraph": row.paragraph,
            "facts": json.dumps([row.facts.items, row.facts.beside], ensure_ascii=False).replace("\\u0000", ""),
        }
        for n, row in enumerate(rows)
    )
    with engine.begin() as connection:
        connection.execute(sa.delete(found_rows).where(found_rows.c.kind.in_(kinds)))
        while part := list(islice(cells, _PART)):
            connection.execute(sa.insert(found_rows), part)
        connection.execute(sa.delete(meta).where(meta.c.name == _STAMP))
        connection.execute(sa.insert(meta).values(name=_STAMP, value=datetime.now(UTC).isoformat()))


def rows_stamp(engine: sa.Engine) -> str:
    """Return what changes whenever rows were kept anew; "" where none are."""
    with engine.connect() as connection:
        return str(connection.scalar(sa.select(meta.c.value).where(meta.c.name == _STAMP)) or "")


def read_rows(engine: sa.Engine, kind: Kind) -> Iterator[FactRow]:
    """Yield the rows of a kind that were kept last, in the order of their table."""
    query = sa.select(found_rows).where(found_rows.c.kind == kind).order_by(found_rows.c.position)
    with engine.connect() as connection:
        for row in connection.execute(query):
            items, beside = (tuple((str(n), str(v)) for n, v in part) for part in json.loads(row.facts))
            yield FactRow(kind, row.reference_id, row.document, row.paragraph, Facts(items, beside))
