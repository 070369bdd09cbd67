"""The rows of the tables that the last runs published: what a later run is compared with, row by row."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from extractors.text.identity import make_identity
from pipeline.store.schema import members, row_sets, shown_rows

_PART = 500
"""Rows that are asked for at a time: databases limit the values of one query."""


class ShownRow(NamedTuple):
    """A row of a table: `key` makes it the same row in another run, `citation` and `quote` are its evidence."""

    key: tuple[str, ...]
    citation: str = ""
    quote: str = ""


Rows = Mapping[str, Sequence[ShownRow]]
"""Rows by the name of their table."""
RowSet = tuple[str, bytes]
"""The rows of one document in all tables, as they are stored, with the digest of the same."""


def pack(rows: Rows) -> RowSet:
    """Return the rows of one document as they are stored.

    >>> read = unpack(pack({"gaps": [ShownRow(("12",), "17", "No one")]})[1])
    >>> read["gaps"][0].key
    ('12',)
    """
    text = json.dumps({name: [[list(row.key), *row[1:]] for row in held] for name, held in rows.items()})
    return make_identity(text), zlib.compress(text.encode("ascii"), 1)


def unpack(body: bytes) -> dict[str, list[ShownRow]]:
    """Return what was packed."""
    found: dict[str, list[tuple[list[str], str, str]]] = json.loads(zlib.decompress(body))
    return {name: [ShownRow(tuple(key), *rest) for key, *rest in rows] for name, rows in found.items()}


def remember(engine: sa.Engine, run_id: str, sets: Mapping[str, RowSet]) -> None:
    """Note what the tables of a run show of each document ("" = of none), and forget what no run that is kept showed."""
    with engine.begin() as connection:
        connection.execute(sa.delete(shown_rows).where(shown_rows.c.run_id == run_id))
        rows = [{"run_id": run_id, "document": name, "digest": digest} for name, (digest, _) in sets.items()]
        if rows:
            connection.execute(sa.insert(shown_rows), rows)
        connection.execute(sa.delete(shown_rows).where(~sa.exists().where(members.c.run_id == shown_rows.c.run_id)))
        used = sa.exists().where(shown_rows.c.digest == row_sets.c.digest)
        connection.execute(sa.delete(row_sets).where(~used))
        known = set(connection.scalars(sa.select(row_sets.c.digest)))
        fresh = {digest: body for digest, body in sets.values() if digest not in known}
        if fresh:
            connection.execute(sa.insert(row_sets), [{"digest": d, "body": body} for d, body in fresh.items()])


def digests(engine: sa.Engine, run_id: str) -> dict[str, str]:
    """Return the digest of what a run showed of each document; empty where it is not kept."""
    query = sa.select(shown_rows.c.document, shown_rows.c.digest).where(shown_rows.c.run_id == run_id)
    with engine.connect() as connection:
        return {row.document: row.digest for row in connection.execute(query)}


def read(engine: sa.Engine, wanted: Collection[str]) -> Iterator[tuple[str, dict[str, list[ShownRow]]]]:
    """Yield the rows of these digests, each with its digest."""
    ordered = sorted(wanted)
    with engine.connect() as connection:
        for start in range(0, len(ordered), _PART):
            query = sa.select(row_sets).where(row_sets.c.digest.in_(ordered[start : start + _PART]))
            for row in connection.execute(query):
                yield row.digest, unpack(row.body)
