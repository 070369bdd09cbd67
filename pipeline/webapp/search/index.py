"""Search over the paragraphs of the last run: SQLite by FTS5, PostgreSQL by its text search, the same words in both.

Words are folded in `pipeline.webapp.search.query`, not in the database, so that both databases and the marks in what is shown
agree. The index holds folded words only, no text. It is brought up to date before a search, document by document, by
comparing what each document's rows were made of with what the store holds: a run writes no slower for it, and a store
that is never searched holds none.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import sqlalchemy as sa

from pipeline.errors import GcmrefsError
from pipeline.store.schema import SCHEMA, documents, members, paragraphs
from pipeline.webapp.search.query import Alternative, SearchTerm, folded, matches, parse, spellings, words

VERSION = "2"
"""Of the folding of words and of the tables here; with another one all is indexed anew."""
MOST_HITS = 500
MOST_RANKED = 20_000
"""Hits that are put in order by rank: what more paragraphs have tells none of them apart, and they come as they are read."""
EXCERPT = 280
"""Characters of an excerpt."""
MOST_MARKS = 500
"""Matches of one paragraph that are looked at to choose and mark its excerpt."""
_LEAD = 60
_PART = 5_000
"""Paragraphs indexed in one transaction, so that nobody who writes waits for long."""
_LOCK = 7_319_520
_POSTGRES_BYTES = 500_000
"""Of the words of one paragraph (PostgreSQL holds 1 MB in one value)."""

_own = sa.MetaData()
_indexed = sa.Table(
    "search_documents",
    _own,
    sa.Column("document", sa.Text, primary_key=True),
    sa.Column("mark", sa.Text, nullable=False),
)
"""Which documents are indexed, and what they were then (`_mark`)."""
_rows = sa.Table(
    "search_places",
    _own,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("document", sa.Text, nullable=False, index=True),
    sa.Column("order", sa.Integer, nullable=False),
    sa.Column("paragraph", sa.Text, nullable=False),
)
"""SQLite: the paragraph behind each row of the index. Rows of the index without one are left over and never found."""
_vectors = sa.Table(
    "paragraph_search",
    _own,
    sa.Column("document", sa.Text, primary_key=True),
    sa.Column("order", sa.Integer, primary_key=True),
    sa.Column("words", sa.Text, nullable=False),
)
"""How PostgreSQL's table is asked; it is made by `_POSTGRES`, for `words` is a tsvector."""
_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS paragraph_search USING fts5(words, content='', tokenize='ascii')",
    "DROP TABLE IF EXISTS search_rows",  # of version 1, without the paragraph
)
_POSTGRES = (
    'CREATE TABLE IF NOT EXISTS paragraph_search (document text, "order" integer, words tsvector NOT NULL,'
    ' PRIMARY KEY (document, "order"))',
    "CREATE INDEX IF NOT EXISTS ix_paragraph_search_words ON paragraph_search USING gin (words)",
)
_turn = threading.Lock()


class ExcerptPiece(NamedTuple):
    """A part of an excerpt; `is_match`: it is one of the words that were searched."""

    text: str
    is_match: bool


class SearchHit(NamedTuple):
    """A paragraph that was found. `paragraph` is its id; `rank` is higher the better, inside one answer only."""

    document: str
    paragraph: str
    citation: str
    kind: str
    page: int | None
    pieces: tuple[ExcerptPiece, ...]
    rank: float


class SearchResult(NamedTuple):
    """How many paragraphs were found in all, and those that were asked for, the best first."""

    total: int
    hits: tuple[SearchHit, ...]


def find(
    engine: sa.Engine, query: str, *, document: str | None = None, limit: int = 50, offset: int = 0
) -> SearchResult:
    """Search the paragraphs that the last run shows, those of one `document` only where it is given.

    Any text is a query (syntax: `pipeline.webapp.search.query`), case and accents are nothing to it. Hits of the same rank come
    in the order of documents and paragraphs, so that pages (`offset`) do not overlap.

    Raises GcmrefsError where SQLite has no FTS5 or the store stays locked.

        found = find(engine, '"migration forum" -review', limit=20)
        print(found.total, [hit.citation for hit in found.hits])
    """
    alternatives = parse(query)
    if not alternatives:
        return SearchResult(0, ())
    with _searching(engine) as connection:
        return _found(connection, alternatives, document, min(max(limit, 0), MOST_HITS), max(offset, 0))


def find_paragraphs(engine: sa.Engine, query: str) -> Mapping[str, frozenset[str]]:
    """Return the ids of all paragraphs that a search finds, by document; raises as `find` does."""
    alternatives = parse(query)
    if not alternatives:
        return {}
    with _searching(engine) as connection:
        before, source, where, _, values = _asked(connection, alternatives, None)
        ids = "group_concat(r.paragraph, :line)"
        if connection.dialect.name != "sqlite":
            ids = "string_agg(p.paragraph, :line)"
            source += ' JOIN paragraphs AS p ON p.document = r.document AND p."order" = r."order"'
        rows = sa.text(f"{before}SELECT r.document, {ids} AS ids FROM {source} WHERE {where} GROUP BY r.document")
        found = connection.execute(rows, values | {"line": "\n"})  # a row for each paragraph costs ten times as much
        return {row.document: frozenset(row.ids.split("\n")) for row in found}


@contextmanager
def _searching(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection to the index, brought up to date."""
    try:
        refresh(engine)
        with engine.connect() as connection:
            yield connection
    except sa.exc.OperationalError as error:
        told = str(error.orig)
        if "fts5" in told:
            raise GcmrefsError("search: this Python's SQLite has no FTS5: use one that has, or PostgreSQL") from None
        if "locked" in told:
            raise GcmrefsError("search: the store is being written: try again in a moment") from None
        raise


def refresh(engine: sa.Engine) -> int:
    """Bring the index up to date and return how many documents were indexed; every `find` does it.

    Worth calling after a run: the first search then does not wait (some seconds for 100,000 paragraphs).
    """
    done = 0
    with _turn:
        with engine.connect() as connection:
            there = sa.inspect(connection).has_table(_indexed.name)
            if there and not _stale(connection) and not connection.scalar(_gone().limit(1)):
                return 0
        with engine.begin() as connection:
            _make(connection)
        while True:
            with engine.begin() as connection:
                _hold(connection)
                connection.execute(sa.delete(_indexed).where(_indexed.c.document.in_(_gone())))
                part = _part(connection)
                for slug, mark in part:
                    _index(connection, slug, mark)
                done += len(part)
                if not part:
                    _sweep(connection)
                    if not _stale(connection):
                        return done


def _mark() -> sa.ColumnElement[str]:
    return sa.literal(f"{VERSION}/{SCHEMA}/") + documents.c.content + "/" + documents.c.run_id


def _stale(connection: sa.Connection) -> Sequence[sa.Row[tuple[str, str]]]:
    """Documents whose rows are missing or were made of something else, with their mark."""
    query = sa.select(documents.c.document, _mark().label("mark"))
    query = query.outerjoin(_indexed, _indexed.c.document == documents.c.document)
    return connection.execute(query.where(sa.or_(_indexed.c.mark.is_(None), _indexed.c.mark != _mark()))).all()


def _gone() -> sa.Select[tuple[str]]:
    return sa.select(_indexed.c.document).where(_indexed.c.document.not_in(sa.select(documents.c.document)))


def _part(connection: sa.Connection) -> list[tuple[str, str]]:
    """The next stale documents, `_PART` paragraphs of them or one document."""
    stale = sorted((row.document, row.mark) for row in _stale(connection))
    counted = sa.select(paragraphs.c.document, sa.func.count()).group_by(paragraphs.c.document)
    sizes: dict[str, int] = dict(connection.execute(counted).tuples().all()) if stale else {}
    part: list[tuple[str, str]] = []
    total = 0
    for slug, mark in stale:
        total += sizes.get(slug, 0)
        if part and total > _PART:
            break
        part.append((slug, mark))
    return part


def _make(connection: sa.Connection) -> None:
    """Make the tables, the one that is asked for (`_indexed`) last."""
    sqlite = connection.dialect.name == "sqlite"
    _hold(connection)
    for statement in _SQLITE if sqlite else _POSTGRES:
        connection.exec_driver_sql(statement)
    for table in (_rows, _indexed) if sqlite else (_indexed,):
        connection.execute(sa.schema.CreateTable(table, if_not_exists=True))
        for index in table.indexes:
            connection.execute(sa.schema.CreateIndex(index, if_not_exists=True))


def _hold(connection: sa.Connection) -> None:
    """One at a time indexes in PostgreSQL; in SQLite the first change of a transaction takes the whole database."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _index(connection: sa.Connection, slug: str, mark: str) -> None:
    query = sa.select(paragraphs.c.order, paragraphs.c.paragraph, paragraphs.c.text)
    found = connection.execute(query.where(paragraphs.c.document == slug)).all()
    texts = [(row.order, folded(row.text or "")) for row in found]
    connection.execute(sa.delete(_indexed).where(_indexed.c.document == slug))
    if connection.dialect.name == "sqlite":
        connection.execute(sa.delete(_rows).where(_rows.c.document == slug))
        first = 1 + (connection.scalar(sa.text("SELECT max(id) FROM paragraph_search_docsize")) or 0)
        numbered = list(enumerate(texts, first))
        if numbered:
            places = zip(numbered, found, strict=True)
            connection.execute(
                sa.insert(_rows),
                [{"id": n, "document": slug, "order": row.order, "paragraph": row.paragraph} for (n, _), row in places],
            )
            rows = [{"id": n, "words": " ".join(t[1])} for n, t in numbered]
            connection.execute(sa.text("INSERT INTO paragraph_search (rowid, words) VALUES (:id, :words)"), rows)
    else:
        connection.execute(sa.delete(_vectors).where(_vectors.c.document == slug))
        insert = sa.text("INSERT INTO paragraph_search VALUES (:document, :order, CAST(:words AS tsvector))")
        if texts:
            rows = [{"document": slug, "order": order, "words": _vector(said)} for order, said in texts]
            connection.execute(insert, rows)
    connection.execute(sa.insert(_indexed).values(document=slug, mark=mark))


def _sweep(connection: sa.Connection) -> None:
    """Take out what is of no document; SQLite's index is made anew once more than half of it is left over."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.delete(_vectors).where(_vectors.c.document.not_in(sa.select(_indexed.c.document))))
        return
    connection.execute(sa.delete(_rows).where(_rows.c.document.not_in(sa.select(_indexed.c.document))))
    live = connection.scalar(sa.select(sa.func.count()).select_from(_rows)) or 0
    held = connection.scalar(sa.text("SELECT count(*) FROM paragraph_search_docsize")) or 0
    if held > 2 * live + 1_000:
        connection.exec_driver_sql("INSERT INTO paragraph_search (paragraph_search) VALUES ('delete-all')")
        connection.execute(sa.delete(_rows))
        connection.execute(sa.delete(_indexed))


def _vector(said: Sequence[str]) -> str:
    """Words as PostgreSQL's tsvector: each with its positions, as far as it can hold them."""
    places: dict[str, list[str]] = defaultdict(list)
    size = 0
    for number, word in enumerate(said, 1):
        size += 2 + (0 if word in places else len(word.encode("utf-8")) + 4)
        if size > _POSTGRES_BYTES:
            break
        places[word].append(str(number))
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


def _fts(alternatives: Sequence[Alternative]) -> str:
    def phrase(term: SearchTerm) -> str:
        said = [f'"{" ".join(form)}"{"*" if term.is_prefix else ""}' for form in spellings(term)]
        return said[0] if len(said) == 1 else f"({' OR '.join(said)})"

    sides = []
    for wanted, unwanted in alternatives:
        side = f"({' AND '.join(map(phrase, wanted))})"
        sides.append(f"({side} NOT ({' OR '.join(map(phrase, unwanted))}))" if unwanted else side)
    return " OR ".join(sides)


def _tsquery(alternatives: Sequence[Alternative]) -> str:
    def phrase(term: SearchTerm) -> str:
        star = ":*" if term.is_prefix else ""
        said = [" <-> ".join(f"'{word}'" for word in form) + star for form in spellings(term)]
        return f"({' | '.join(said)})"

    sides = []
    for wanted, unwanted in alternatives:
        parts = [phrase(term) for term in wanted] + [f"!{phrase(term)}" for term in unwanted]
        sides.append(f"({' & '.join(parts)})")
    return " | ".join(sides)


class _Asked(NamedTuple):
    """A search as this database is asked: what comes first, where, what has to hold, what ranks, and all the values."""

    before: str
    source: str
    where: str
    rank: str
    values: dict[str, object]


def _asked(connection: sa.Connection, alternatives: Sequence[Alternative], document: str | None) -> _Asked:
    if connection.dialect.name == "sqlite":
        source, said = "paragraph_search AS i JOIN search_places AS r ON r.id = i.rowid", _fts(alternatives)
        match, rank = "paragraph_search MATCH :said", "-bm25(paragraph_search)"
    else:
        source, said = "paragraph_search AS r", _tsquery(alternatives)
        match, rank = "r.words @@ CAST(:said AS tsquery)", "ts_rank_cd(r.words, CAST(:said AS tsquery), 1)"
    values: dict[str, object] = {"said": said, "made": f"{VERSION}/{SCHEMA}/"}
    indexed = (
        "SELECT d.document FROM documents AS d JOIN search_documents AS s"
        " ON s.document = d.document AND s.mark = :made || d.content || '/' || d.run_id WHERE 1 = 1"
    )
    if run := last_run(connection):
        indexed += " AND d.document IN (SELECT document FROM members WHERE run_id = :run)"
        values["run"] = run
    if document is not None:
        indexed += " AND d.document = :document"
        values["document"] = document
    before = f"WITH indexed AS MATERIALIZED ({indexed}) "
    return _Asked(before, source, f"{match} AND r.document IN (SELECT document FROM indexed)", rank, values)


def _found(
    connection: sa.Connection, alternatives: Sequence[Alternative], document: str | None, limit: int, offset: int
) -> SearchResult:
    before, source, where, rank, values = _asked(connection, alternatives, document)
    total = connection.scalar(sa.text(f"{before}SELECT count(*) FROM {source} WHERE {where}"), values) or 0
    if total > MOST_RANKED:
        rank = "0.0"
    best = (
        f'SELECT r.document, r."order", {rank} AS rank FROM {source} WHERE {where}'
        " ORDER BY 3 DESC, 1, 2 LIMIT :limit OFFSET :offset"
    )
    query = sa.text(
        f"{before}SELECT p.document, p.paragraph, p.citation, p.kind, p.page, p.text, b.rank"
        f' FROM ({best}) AS b JOIN paragraphs AS p ON p.document = b.document AND p."order" = b."order"'
        ' ORDER BY b.rank DESC, p.document, p."order"'
    )
    rows = connection.execute(query, values | {"limit": limit, "offset": offset}) if limit else ()
    hits = tuple(
        SearchHit(
            row.document, row.paragraph, row.citation, row.kind, row.page, excerpt(row.text, alternatives), row.rank
        )
        for row in rows
    )
    return SearchResult(total, hits)


def last_run(connection: sa.Connection) -> str:
    """The last finished run that says what it shows; "" before the first, when everything stored is searched."""
    query = sa.select(members.c.run_id).order_by(members.c.run_id.desc()).limit(1)
    return connection.scalar(query) or ""


def excerpt(text: str, alternatives: Sequence[Alternative], size: int = EXCERPT) -> tuple[ExcerptPiece, ...]:
    """Return about `size` characters of a text, where most of the terms stand, with the matches apart.

    >>> [tuple(piece) for piece in excerpt("The Forum met.", parse("forum"))]
    [('The ', False), ('Forum', True), (' met.', False)]
    """
    found = words(text)
    spans = matches(found, alternatives)[:MOST_MARKS]
    first = max(spans, key=lambda s: (len({t[2] for t in spans if s[0] <= t[0] < s[0] + size}), -s[0]), default=None)
    start, end = _window(text, first[0] if first else 0, size)
    pieces = [ExcerptPiece("… ", False)] if start else []
    at = start
    for begin, stop, _ in spans:
        if begin < at or stop > end:
            continue
        pieces += [ExcerptPiece(text[at:begin], False)] if begin > at else []
        pieces.append(ExcerptPiece(text[begin:stop], True))
        at = stop
    pieces += [ExcerptPiece(text[at:end], False)] if end > at else []
    if end < len(text):
        pieces.append(ExcerptPiece(" …", False))
    return tuple(pieces)


def _window(text: str, at: int, size: int) -> tuple[int, int]:
    """Where to cut around a match: at spaces, and not at all where the rest is short."""
    start = max(at - _LEAD, 0)
    if len(text) - start < size:
        start = max(len(text) - size, 0)
    if start:
        space = text.find(" ", start, at)
        start = space + 1 if space >= 0 else min(start, at)
    end = min(start + size, len(text))
    if end < len(text):
        space = text.rfind(" ", max(start, at) + 1, end)
        end = space if space > at else end
    return start, end
