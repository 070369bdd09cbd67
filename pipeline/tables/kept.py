"""What the tables take from one document alone, kept between two writings of them: only changed documents cost again."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PENDING = 500
"""Parts that wait in memory before they are written."""
_SCHEMA = (
    "create table if not exists parts"
    " (document text, part text, key text not null, body blob not null, primary key (document, part)) without rowid"
)


class Cache:
    """Parts of tables by document, in one SQLite file; without a file nothing is kept and everything is computed.

    `keys` give for each document what its parts depend on: its rows as the tables show them (an analyst's decision
    changes them), what the run says of it, and the program with its lexicons. A part under another key counts as
    absent. Only JSON is kept, never a program. The file can be deleted at any time.

    >>> cache = Cache()
    >>> cache.part("a-declaration", "recommendations", lambda: [["row"]])
    [['row']]
    """

    def __init__(self, connection: sqlite3.Connection | None = None) -> None:
        self._connection = connection
        self._keys: Mapping[str, str] = {}
        self.broken = False
        self._pending: list[tuple[str, str, str, bytes]] = []

    @property
    def keeps(self) -> bool:
        """Whether anything is kept."""
        return self._connection is not None

    def about(self, keys: Mapping[str, str]) -> None:
        """Say which documents there are and under which keys; parts of all others are forgotten."""
        self._keys = keys
        if self._connection is None:
            return
        try:
            with self._connection:
                known = {row[0] for row in self._connection.execute("select distinct document from parts")}
                gone = [(document,) for document in known - set(keys)]
                self._connection.executemany("delete from parts where document = ?", gone)
        except sqlite3.Error:
            self.broken = True

    def part(self, document: str, part: str, make: Callable[[], Any]) -> Any:
        """Return a part of a document (lists, texts, numbers, mappings) as kept, else make it and keep it."""
        key = self._keys.get(document)
        if self._connection is None or self.broken or key is None:
            return make()
        try:
            query = "select body from parts where document = ? and part = ? and key = ?"
            found = self._connection.execute(query, (document, part, key)).fetchone()
            if found is not None:
                return json.loads(zlib.decompress(found[0]))
        except (sqlite3.Error, zlib.error, ValueError):
            self.broken = True
        made = make()
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        self._pending.append((document, part, key, zlib.compress(text.encode("utf-8", "surrogatepass"), 1)))
        if len(self._pending) >= _PENDING:
            self.flush()
        return made

    def flush(self) -> None:
        """Write what waits. A file that cannot be written or read costs time, and nothing else."""
        if self._connection is not None and self._pending and not self.broken:
            try:
                with self._connection:
                    self._connection.executemany("insert or replace into parts values (?, ?, ?, ?)", self._pending)
            except sqlite3.Error:
                self.broken = True
        self._pending.clear()


@contextmanager
def opened(path: Path) -> Iterator[Cache]:
    """Open the cache in this file for the length of a `with` block; a file that is none is begun anew."""
    connection = _connected(path)
    cache = Cache(connection)
    try:
        yield cache
        cache.flush()
    finally:
        if connection is not None:
            connection.close()
        if cache.broken:
            path.unlink(missing_ok=True)


def _connected(path: Path) -> sqlite3.Connection | None:
    for attempt in range(2):
        connection: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path)
            connection.execute("pragma synchronous=off")
            connection.execute(_SCHEMA)
            connection.execute("select document, part, key, body from parts limit 1").fetchone()
            return connection
        except (sqlite3.Error, OSError):
            if connection is not None:
                connection.close()
            if attempt == 0:
                path.unlink(missing_ok=True)
    return None
