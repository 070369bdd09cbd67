"""Documents that could not be done: kept, so that the next run names them again without trying them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import sqlalchemy as sa

from pipeline.store.schema import failures


class KnownFailure(NamedTuple):
    """The problem that a document had, in one line, and the key of everything that it may depend on."""

    key: str
    problem: str


def known(engine: sa.Engine) -> dict[str, KnownFailure]:
    """Return what is known to fail, by document."""
    with engine.connect() as connection:
        return {row.document: KnownFailure(row.key, row.problem) for row in connection.execute(sa.select(failures))}


def keep(engine: sa.Engine, tried: Iterable[str], rows: Mapping[str, KnownFailure]) -> None:
    """Keep what became of the documents that were tried: those of `rows` failed, the others did not."""
    with engine.begin() as connection:
        for slug in {*tried, *rows}:
            connection.execute(sa.delete(failures).where(failures.c.document == slug))
            if slug in rows:
                connection.execute(sa.insert(failures).values(document=slug, **rows[slug]._asdict()))
