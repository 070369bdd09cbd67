"""Rows of tables as the machine made them, kept with each run, so that a review need not build the tables to show a row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import sqlalchemy as sa

from pipeline.review.decision import FactRow, Facts, Kind
from pipeline.review.rows import decidable_tables, table_facts
from pipeline.store.schema import found_rows, meta
from pipeline.tables.table import Table

_STAMP = "found_rows"


def keep_rows(engine: sa.Engine, tables: Mapping[str, Table]) -> None:
    """Write the rows that can be decided on in place of those of the run before, before anything is decided of them."""
    rows = [
        {
            "kind": row.kind,
            "position": n,
            "reference_id": row.reference_id,
            "document": row.document,
            "paragraph": row.paragraph,
            "facts": json.dumps([row.facts.items, row.facts.beside], ensure_ascii=False).replace("\\u0000", ""),
        }
        for known, table in decidable_tables(tables)
        for n, row in enumerate(table_facts(known, one) for one in table.rows)
    ]
    with engine.begin() as connection:
        connection.execute(sa.delete(found_rows))
        if rows:
            connection.execute(sa.insert(found_rows), rows)
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
