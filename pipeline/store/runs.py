"""The memory of runs: how each one ended, and what the last ones showed of every document, so that two compare."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from extractors.model import REFERENCE_COLUMNS
from pipeline.errors import GcmrefsError
from pipeline.store.schema import documents, earlier, members, paragraphs, references, runs

KEPT = 20
"""Runs that changed something and can still be compared."""
LOCK = 7_319_519
"""Number of the advisory lock that runs take in PostgreSQL."""


def keep(connection: sa.Connection, slug: str, content: str) -> None:
    """Before a document is replaced: keep what is there if a run showed it and it is about to go."""
    there = connection.scalar(sa.select(documents.c.content).where(documents.c.document == slug))
    if there is None or there == content:
        return
    in_run = sa.select(members.c.run_id).where(members.c.document == slug, members.c.content == there).limit(1)
    kept = sa.select(earlier.c.content).where(earlier.c.document == slug, earlier.c.content == there)
    if connection.scalar(in_run) is None or connection.scalar(kept) is not None:
        return
    body = {"references": _current(connection, references, slug), "paragraphs": _current(connection, paragraphs, slug)}
    data = zlib.compress(json.dumps(body, ensure_ascii=False).encode("utf-8"))
    connection.execute(sa.insert(earlier).values(document=slug, content=there, body=data))


def _current(connection: sa.Connection, table: sa.Table, slug: str) -> list[dict[str, Any]]:
    names = ("paragraph", "text") if table is paragraphs else REFERENCE_COLUMNS
    order = table.c.order if table is paragraphs else table.c.position
    query = sa.select(*(table.c[name] for name in names)).where(table.c.document == slug).order_by(order)
    return [dict(row) for row in connection.execute(query).mappings()]


def contents(engine: sa.Engine, slug: str, content: str) -> dict[str, list[dict[str, Any]]]:
    """Return what a run showed of a document, under `references` (all columns) and `paragraphs` (id and text).

    `content` is that of `members`. Raises GcmrefsError when it is no longer kept.
    """
    with engine.connect() as connection:
        there = connection.scalar(sa.select(documents.c.content).where(documents.c.document == slug))
        if there == content:
            tables = {"references": references, "paragraphs": paragraphs}
            return {name: _current(connection, table, slug) for name, table in tables.items()}
        query = sa.select(earlier.c.body).where(earlier.c.document == slug, earlier.c.content == content)
        body = connection.scalar(query)
    if body is None:
        raise GcmrefsError(f"{slug}: what that run showed of it is no longer kept")
    found: dict[str, list[dict[str, Any]]] = json.loads(zlib.decompress(body))
    return found


def record(
    engine: sa.Engine, run_id: str, *, started: str, status: str, finished: str = "", summary: Any = None
) -> None:
    """Note how a run stands: at its start (`running`) and again at its end."""
    with engine.begin() as connection:
        connection.execute(sa.delete(runs).where(runs.c.run_id == run_id))
        row = {"run_id": run_id, "started": started, "finished": finished, "status": status}
        connection.execute(sa.insert(runs).values(**row, summary=json.dumps(summary or {}, ensure_ascii=False)))


def forget(engine: sa.Engine, run_id: str) -> None:
    """Take back the note of a run that was begun and did nothing."""
    with engine.begin() as connection:
        connection.execute(sa.delete(runs).where(runs.c.run_id == run_id))


def remember(engine: sa.Engine, run_id: str, slugs: Sequence[str]) -> None:
    """Note what a run shows of these documents, and forget what only runs before the last `KEPT` showed."""
    shown = sa.select(documents.c.document, documents.c.sha256, documents.c.content, documents.c.title)
    wanted = set(slugs)
    with engine.begin() as connection:
        rows = [dict(row) | {"run_id": run_id} for row in connection.execute(shown).mappings()]
        connection.execute(sa.delete(members).where(members.c.run_id == run_id))
        if rows := [row for row in rows if row["document"] in wanted]:
            connection.execute(sa.insert(members), rows)
        known = connection.scalars(sa.select(members.c.run_id).distinct().order_by(members.c.run_id.desc())).all()
        if gone := known[KEPT:]:
            connection.execute(sa.delete(members).where(members.c.run_id.in_(gone)))
            used = sa.exists().where(members.c.document == earlier.c.document, members.c.content == earlier.c.content)
            connection.execute(sa.delete(earlier).where(~used))


def settle(engine: sa.Engine, shown: Mapping[str, Any] | None) -> None:
    """Put right what a killed run left, now that nobody else holds the lock.

    A run still marked as running was cut short, except the one that `latest` shows (`shown` is its `run.json`): that one
    was killed after its last step.
    """
    with engine.begin() as connection:
        if shown is not None:
            own = (runs.c.run_id == str(shown.get("run_id"))) & (runs.c.finished == "")
            summary = {**shown, "slugs": [document["document"] for document in shown.get("documents", ())]}
            end = {"status": str(shown.get("status")), "finished": str(shown.get("finished"))}
            connection.execute(sa.update(runs).where(own).values(**end, summary=json.dumps(summary)))
        connection.execute(sa.update(runs).where(runs.c.status == "running").values(status="interrupted"))


def list_finished(engine: sa.Engine) -> list[str]:
    """Return the ids of the runs that came to their end, the last one first."""
    with engine.connect() as connection:
        query = sa.select(runs.c.run_id).where(runs.c.finished != "").order_by(runs.c.run_id.desc())
        return list(connection.scalars(query))


def read_summary(engine: sa.Engine, run_id: str) -> Mapping[str, Any] | None:
    """Return what a run said at its end; a run that changed nothing says what the one before it said."""
    found = _summary(engine, run_id)
    return _summary(engine, str(found["same_as"])) if found and "same_as" in found else found


def _summary(engine: sa.Engine, run_id: str) -> Mapping[str, Any] | None:
    with engine.connect() as connection:
        text = connection.scalar(sa.select(runs.c.summary).where(runs.c.run_id == run_id, runs.c.finished != ""))
    found: Mapping[str, Any] | None = json.loads(text) if text else None
    return found


def last_summary(engine: sa.Engine) -> Mapping[str, Any] | None:
    """Return the summary of the last run that came to its end, None before the first."""
    ids = list_finished(engine)[:1]
    return read_summary(engine, ids[0]) if ids else None


def shown_by(engine: sa.Engine, run_id: str) -> dict[str, Mapping[str, str]]:
    """Return what a run showed of each document: `sha256`, `content` and `title`; empty when it is no longer kept."""
    query = sa.select(members).where(members.c.run_id == run_id)
    with engine.connect() as connection:
        return {row["document"]: dict(row) for row in connection.execute(query).mappings()}


@contextmanager
def exclusive(engine: sa.Engine, *, wait: float, notice: Callable[[str], None]) -> Iterator[None]:
    """Hold a PostgreSQL store for one run at a time, whatever machine it runs on; SQLite has the lock of its folder.

    `notice` is told once, before waiting. The hold ends with its connection, so a killed run never blocks the next one.
    Raises GcmrefsError when `wait` seconds are over.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    until, told = time.monotonic() + wait, False
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.scalar(sa.text("select pg_try_advisory_lock(:key)"), {"key": LOCK}):
            if time.monotonic() >= until:
                raise GcmrefsError("another run is writing the PostgreSQL store: try again later")
            if not told:
                notice("waiting for another run that is writing the PostgreSQL store")
                told = True
            time.sleep(0.2)
        try:
            yield
        finally:
            connection.execute(sa.text("select pg_advisory_unlock(:key)"), {"key": LOCK})


_EPOCH = datetime(1980, 1, 1)


def id_of_run(run: Mapping[str, Any]) -> str:
    return str(run.get("run_id") or run.get("id") or "")


def start_of_run(run: Mapping[str, Any]) -> datetime:
    """When the run began, without time zone; 1 January 1980 where the run does not say, never the time of now."""
    try:
        return datetime.fromisoformat(str(run.get("started"))).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return _EPOCH
