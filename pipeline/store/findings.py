"""What the tables found in each document, as the last run kept it (`pipeline.tables.findings`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from pipeline.store.schema import findings

Shelf = Mapping[str, tuple[str, bytes]]
"""Key and body of a finding, by document."""


def read_shelf(engine: sa.Engine, name: str) -> Shelf:
    """Return the findings of one name by document, each as its key and body."""
    query = sa.select(findings.c.document, findings.c.key, findings.c.body).where(findings.c.name == name)
    with engine.connect() as connection:
        return {row.document: (row.key, row.body) for row in connection.execute(query)}


def read_keys(engine: sa.Engine) -> set[tuple[str, str]]:
    """Return the documents of which anything is kept, each with a key that it is kept under."""
    with engine.connect() as connection:
        query = sa.select(findings.c.document, findings.c.key).distinct()
        return {(row.document, row.key) for row in connection.execute(query)}


def keep_findings(
    engine: sa.Engine, fresh: Mapping[tuple[str, str], tuple[str, bytes]], slugs: Collection[str]
) -> None:
    """Keep findings by name and document in place of those of the run before, and drop those of other documents than `slugs`."""
    rows = [{"name": name, "document": document, "key": key, "body": body}
            for (name, document), (key, body) in fresh.items()]  # fmt: skip
    wanted = set(slugs)
    with engine.begin() as connection:
        held = connection.scalars(sa.select(findings.c.document).distinct())
        for document in [document for document in held if document not in wanted]:
            connection.execute(sa.delete(findings).where(findings.c.document == document))
        if rows:
            pair = sa.delete(findings).where(
                findings.c.name == sa.bindparam("of_name"), findings.c.document == sa.bindparam("of_document")
            )
            connection.execute(pair, [{"of_name": row["name"], "of_document": row["document"]} for row in rows])
            connection.execute(sa.insert(findings), rows)


def forget_findings(engine: sa.Engine) -> None:
    """Drop all findings, so that the next tables are made of nothing but what is stored of each document."""
    with engine.begin() as connection:
        connection.execute(sa.delete(findings))
