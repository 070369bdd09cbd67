"""The store: everything that was found, in one database, written one document at a time.

SQLite in WAL mode by default, PostgreSQL by address. The working store is `outputs/store/gcmrefs.db`, not the file in
`outputs/latest/`: that folder is replaced as a whole, so it gets a copy (`publish`) with the documents of its run.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from extractors.model import (
    DOCUMENT_COLUMNS,
    OBJECTIVE_COLUMNS,
    PARAGRAPH_COLUMNS,
    REFERENCE_COLUMNS,
    DocumentRow,
    Paragraph,
    Reference,
)
from extractors.text.identity import make_identity
from pipeline.errors import GcmrefsError
from pipeline.extract.document import Parsed, Processed, objective_row, pack, paragraph_row, reference_row, unpack
from pipeline.extras import EXTRA_OF, missing_extra
from pipeline.files import natural
from pipeline.settings import Settings
from pipeline.store import runs
from pipeline.store.schema import (
    DERIVED,
    FLOATS,
    INTEGERS,
    PUBLISHED,
    SCHEMA,
    decisions,
    documents,
    doubtful,
    meta,
    metadata,
    objectives,
    paragraphs,
    references,
)

if TYPE_CHECKING:
    import pandas as pd


_SHORT = 200
_SAID = ("title", "body", "date", "warnings", "url", "corrected", "lost_corrections")
"""What a document says of itself, and what became of the corrections of its paragraphs."""


def address(settings: Settings) -> str:
    """Return the store's address: the given one, or SQLite in `outputs/store/`."""
    return settings.database_url or f"sqlite:///{(settings.outputs / 'store' / 'gcmrefs.db').absolute()}"


def connect(url: str, *, is_reading: bool = False) -> sa.Engine:
    """Open the store and make what is missing in it: folder, tables, indexes.

    With `is_reading` nothing is made: a store that is not there is an error, and one that cannot be written is read as it is.

    Raises GcmrefsError when the address is no database address, its driver is not installed, or it cannot be opened.

    >>> engine = connect("sqlite://")
    >>> keys(engine)
    {}
    """
    try:
        parsed = sa.make_url(url)
        shown = parsed.render_as_string(hide_password=True)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            path = Path(parsed.database)
            if is_reading and not path.is_file():
                raise GcmrefsError(f"{path.parent.parent}: no finished run: run gcmrefs run first")
            if is_reading and not os.access(path.parent, os.W_OK):
                return _connect_fixed(path)
            path.parent.mkdir(parents=True, exist_ok=True)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(parsed)
    except (sa.exc.ArgumentError, ImportError, OSError) as error:
        if isinstance(error, ModuleNotFoundError) and (name := str(error.name)) in EXTRA_OF:
            raise missing_extra(name, "--database-url") from None
        raise GcmrefsError(f"--database-url: {_line(error)}") from None
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare)
    try:
        _migrate(engine)
    except sa.exc.SQLAlchemyError as error:
        engine.dispose()
        raise GcmrefsError(f"{shown}: the store cannot be opened: {_line(error)}") from None
    return engine


def _connect_fixed(path: Path) -> sa.Engine:
    """Open a store in a folder that cannot be written: no log beside it, no table made, and only the schema of this version."""
    log = path.with_name(f"{path.name}-wal")
    is_whole = not log.exists() or log.stat().st_size == 0
    where = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if is_whole else ''}"
    engine = sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(where, uri=True, check_same_thread=False))
    try:
        with engine.connect() as connection:
            found = connection.scalar(sa.select(meta.c.value).where(meta.c.name == "schema"))
    except sa.exc.SQLAlchemyError as error:
        raise GcmrefsError(f"{path}: the store cannot be read: {_line(error)}: copy the outputs") from None
    if found != SCHEMA:
        raise GcmrefsError(f"{path}: of another version, and cannot be written: copy the outputs, and run gcmrefs run")
    return engine


def _line(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return " ".join(str(cause).split())[:300]


def _prepare(connection: sqlite3.Connection, record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _migrate(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        meta.create(connection, checkfirst=True)
        found = connection.scalar(sa.select(meta.c.value).where(meta.c.name == "schema"))
        if found != SCHEMA:
            metadata.drop_all(connection, tables=DERIVED)
            connection.execute(sa.delete(meta).where(meta.c.name == "schema"))
            connection.execute(sa.insert(meta).values(name="schema", value=SCHEMA))
        metadata.create_all(connection)
        held = {column["name"] for column in sa.inspect(connection).get_columns(decisions.name)}
        for column in decisions.columns:
            if column.name not in held:
                told = sa.schema.CreateColumn(column).compile(dialect=engine.dialect)
                connection.exec_driver_sql(f"ALTER TABLE {decisions.name} ADD COLUMN {told}")


@contextmanager
def opened(url: str, *, is_reading: bool = False) -> Iterator[sa.Engine]:
    """Open the store for the length of a `with` block; see `connect`."""
    engine = connect(url, is_reading=is_reading)
    try:
        yield engine
    finally:
        engine.dispose()


def write(engine: sa.Engine, processed: Processed, *, key: str, run_id: str, parse_key: str = "") -> None:
    """Replace all that is stored of one document, in one transaction: readers see all of the old or all of the new.

    `key` is its `work_key`; "" makes the next run do it again. `parse_key` stands for its paragraphs (see
    `stored_parse`). What the last runs showed of the document is kept in `earlier` when it differs.
    """
    slug = processed.document
    paragraph_rows = [
        paragraph_row(slug, p) | {"suffix": p.suffix, "headings": json.dumps(p.heading_path), "words": pack(p.words)}
        for p in processed.paragraphs
    ]
    reference_rows = [reference_row(r) | {"position": n} for n, r in enumerate(processed.references)]
    doubtful_rows = [reference_row(r) | {"position": n} for n, r in enumerate(processed.doubtful)]
    objective_rows = [
        objective_row(row) | {"document": slug, "position": n} for n, row in enumerate(processed.objectives)
    ]
    read = processed.parsed
    said = {name: getattr(read, name) for name in _SAID} if read else {}
    front = asdict(processed.front)
    shown = [[r[name] for r in reference_rows] for name in REFERENCE_COLUMNS]
    texts = [[p.id, p.kind, p.text, str(p.regions), p.heading_path] for p in processed.paragraphs]
    facts = (*front.values(), processed.title, processed.iscm, processed.date, processed.language, processed.warnings)
    content = make_identity(processed.sha256, facts, shown, texts, [list(row.values()) for row in objective_rows])
    with engine.begin() as connection:
        runs.keep(connection, slug, content)
        for table in DERIVED:
            connection.execute(sa.delete(table).where(table.c.document == slug))
        connection.execute(
            sa.insert(documents).values(
                document=slug,
                sha256=processed.sha256,
                work_key=key,
                parse_key=parse_key if read else "",
                content=content,
                said=json.dumps(said),
                front=json.dumps(front),
                shingles=processed.sketch.size,
                sketch=processed.sketch.pack(),
                title=processed.title,
                iscm=processed.iscm,
                date=processed.date,
                language=processed.language,
                format=processed.format,
                pages=processed.pages,
                ocr=processed.is_recognized,
                warnings=json.dumps(processed.warnings),
                seconds=processed.seconds,
                run_id=run_id,
            )
        )
        filled = (
            (paragraphs, paragraph_rows),
            (references, reference_rows),
            (doubtful, doubtful_rows),
            (objectives, objective_rows),
        )
        for table, rows in filled:
            if rows:
                connection.execute(sa.insert(table), _holdable(rows) if engine.dialect.name == "postgresql" else rows)


def _holdable(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """PostgreSQL holds no NUL in text: the sign for an unknown character stands for it, so that offsets stay."""
    return [{k: v.replace("\0", "\ufffd") if isinstance(v, str) else v for k, v in row.items()} for row in rows]


def keys(engine: sa.Engine) -> dict[str, str]:
    """Return the work key of every stored document, by slug."""
    with engine.connect() as connection:
        query = sa.select(documents.c.document, documents.c.work_key)
        return {row.document: row.work_key for row in connection.execute(query)}


def content_keys(engine: sa.Engine) -> dict[str, str]:
    """Return what stands for all that is stored of every document, by slug; one whose work is unknown is left out."""
    with engine.connect() as connection:
        query = sa.select(documents.c.document, documents.c.work_key, documents.c.content)
        return {
            row.document: make_identity(row.work_key, row.content) for row in connection.execute(query) if row.work_key
        }


def parse_keys(engine: sa.Engine) -> dict[str, str]:
    """Return the key of the stored paragraphs of every document, by slug."""
    with engine.connect() as connection:
        query = sa.select(documents.c.document, documents.c.parse_key)
        return {row.document: row.parse_key for row in connection.execute(query)}


def stored_parse(engine: sa.Engine, slug: str) -> Parsed | None:
    """Return a document as it was read, None when it is not stored: searched again without reading its file."""
    with engine.connect() as connection:
        row = connection.execute(sa.select(documents).where(documents.c.document == slug)).one_or_none()
    said = json.loads(row.said) if row is not None else {}
    if row is None or not said:
        return None
    return Parsed(
        sha256=row.sha256,
        title=said["title"],
        body=said["body"],
        date=said["date"],
        language=row.language,
        format=row.format,
        pages=row.pages,
        is_recognized=row.ocr,
        warnings=tuple(said["warnings"]),
        paragraphs=stored_paragraphs(engine, slug),
        url=said["url"],
        corrected=tuple(said.get("corrected", ())),
        lost_corrections=tuple(said.get("lost_corrections", ())),
    )


def counts(engine: sa.Engine, slugs: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return for each document how many paragraphs, references and objective rows are stored, and its pages."""
    out = {slug: {"paragraphs": 0, "references": 0, "objectives": 0, "pages": 0} for slug in slugs}
    with engine.connect() as connection:
        for name, table in (("paragraphs", paragraphs), ("references", references), ("objectives", objectives)):
            query = sa.select(table.c.document, sa.func.count()).group_by(table.c.document)
            for slug, number in connection.execute(query):
                if slug in out:
                    out[slug][name] = number
        for slug, pages in connection.execute(sa.select(documents.c.document, documents.c.pages)):
            if slug in out:
                out[slug]["pages"] = pages
    return out


def described(engine: sa.Engine, slugs: Sequence[str]) -> list[dict[str, Any]]:
    """Return what is stored of each document itself (title, language, warnings, ...), in the order of `slugs`."""
    with engine.connect() as connection:
        found = {row.document: dict(row._mapping) for row in connection.execute(sa.select(documents))}
    read = {"warnings", "front", "said"}
    return [
        {name: json.loads(value) if name in read else value for name, value in found[slug].items()}
        for slug in slugs
        if slug in found
    ]


def place(engine: sa.Engine, rows: Sequence[DocumentRow]) -> None:
    """Write what only the corpus as a whole tells of each document (work, role, preferred ...) beside what was found in it."""
    names = ("work", "role", "preferred", "symbol", "kind", "url", "file")
    with engine.begin() as connection:
        query = sa.select(documents.c.document, *(documents.c[name] for name in names))
        known = {row.document: tuple(row)[1:] for row in connection.execute(query)}
        for row in rows:
            told = {name: getattr(row, name) for name in names}
            if known.get(row.document) == tuple(told.values()):
                continue
            connection.execute(sa.update(documents).where(documents.c.document == row.document).values(**told))
            shared = {name: told[name] for name in ("work", "role")}
            for table in (references, doubtful):
                connection.execute(sa.update(table).where(table.c.document == row.document).values(**shared))


def document_frame(rows: Sequence[DocumentRow]) -> pd.DataFrame:
    """Return the rows of `documents.csv`, sorted by name as people sort."""
    ordered = sorted(rows, key=lambda row: natural(row.document))
    return frame([list(asdict(row).values()) for row in ordered], DOCUMENT_COLUMNS)


def reference_frame(engine: sa.Engine, slugs: Sequence[str]) -> pd.DataFrame:
    """Return the references of these documents with the columns of `references.csv`, in reading order."""
    return _frame(engine, references, REFERENCE_COLUMNS, slugs, "position")


def paragraph_frame(engine: sa.Engine, slugs: Sequence[str]) -> pd.DataFrame:
    """Return the paragraphs of these documents with the columns of `paragraphs.csv`, in reading order."""
    return _frame(engine, paragraphs, PARAGRAPH_COLUMNS, slugs, "order")


def objective_frame(engine: sa.Engine, slugs: Sequence[str]) -> pd.DataFrame:
    """Return the objective rows of these documents with the columns of `objectives.csv`, in reading order.

    `number` is a whole number for objectives and text for what is numbered otherwise (SDG target "10.7").
    """
    table = _frame(engine, objectives, OBJECTIVE_COLUMNS, slugs, "position")
    numbers = [int(n) if n is not None and n.isdecimal() else n for n in table["number"].astype(object)]
    return table.assign(number=numbers).astype({"number": "object"})


def _frame(
    engine: sa.Engine, table: sa.Table, columns: Sequence[str], slugs: Sequence[str], order: str
) -> pd.DataFrame:
    query = sa.select(*(table.c[name] for name in columns)).order_by(table.c[order])
    of: dict[str, list[tuple[object, ...]]] = {slug: [] for slug in slugs}
    known: dict[object, object] = {}  # what repeats, as titles and categories do, is one text in memory
    with engine.connect() as connection:
        for row in connection.execute(query.where(table.c.document.in_(list(of)) if len(of) < 500 else sa.true())):
            if row.document in of:
                values = (known.setdefault(v, v) if type(v) is str and len(v) < _SHORT else v for v in row)
                of[row.document].append(tuple(values))
    return frame([row for rows in of.values() for row in rows], columns)


def frame(rows: Sequence[Sequence[object]], columns: Sequence[str]) -> pd.DataFrame:
    """Return rows as a table with these columns; whole numbers stay whole where some are absent."""
    import pandas as pd

    table = pd.DataFrame(rows, columns=list(columns))
    kinds = {name: "Int64" for name in columns if name in INTEGERS}
    return table.astype(kinds | {name: "float64" for name in columns if name in FLOATS})


def stored_paragraphs(engine: sa.Engine, slug: str) -> tuple[Paragraph, ...]:
    """Return a document's paragraphs as they were, with the boxes of their words."""
    query = sa.select(paragraphs).where(paragraphs.c.document == slug).order_by(paragraphs.c.order)
    with engine.connect() as connection:
        return tuple(
            Paragraph(
                order=row.order,
                paragraph=row.paragraph.removesuffix(row.suffix) if row.suffix else row.paragraph,
                kind=row.kind,
                text=row.text,
                suffix=row.suffix,
                heading_path=tuple(json.loads(row.headings)),
                objective=row.objective,
                words=unpack(row.words),
                page_number=None if row.words else row.page,
            )
            for row in connection.execute(query)
        )


def stored_references(engine: sa.Engine, slug: str) -> tuple[Reference, ...]:
    """Return a document's references as the machine found them."""
    columns = [references.c[name] for name in REFERENCE_COLUMNS]
    query = sa.select(*columns).where(references.c.document == slug).order_by(references.c.position)
    with engine.connect() as connection:
        return tuple(Reference(**row) for row in connection.execute(query).mappings())


def publish(engine: sa.Engine, path: Path, slugs: Sequence[str]) -> None:
    """Write a copy of the store as one SQLite file that holds these documents, the runs and all decisions.

    Copied in one reading transaction, by SQLite itself where the store is a file of it, else row by row. Nothing is left
    of documents that are no longer in the corpus; the copy is a single file without a write-ahead log beside it.
    """
    wanted = set(slugs)
    copy = sa.create_engine(f"sqlite:///{path.absolute()}")
    try:
        metadata.create_all(copy, tables=PUBLISHED)
        if engine.dialect.name == "sqlite" and engine.url.database not in (None, "", ":memory:"):
            _copy(Path(str(engine.url.database)), path, wanted)
            return
        with engine.connect() as reader, copy.begin() as writer:
            for table in PUBLISHED:
                query = sa.select(table).order_by(*table.primary_key.columns)
                if "document" in table.c and table is not decisions:
                    query = query.where(table.c.document.in_(wanted)) if len(wanted) < 500 else query
                for part in reader.execute(query).mappings().partitions(1000):
                    every = table is decisions or "document" not in table.c
                    rows = [dict(row) for row in part if every or row["document"] in wanted]
                    if rows:
                        writer.execute(sa.insert(table), rows)
    finally:
        copy.dispose()


def _copy(source: Path, path: Path, wanted: Collection[str]) -> None:
    """Fill the copy's tables from the store's file, in the order of their keys."""
    with closing(sqlite3.connect(path, timeout=30)) as connection:
        connection.execute("attach database ? as store", (str(source.absolute()),))
        with connection:
            connection.execute("create temp table wanted (document text primary key)")
            connection.executemany("insert into wanted values (?)", [(slug,) for slug in wanted])
            for table in PUBLISHED:
                names = ", ".join(f'"{column.name}"' for column in table.columns)
                order = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
                some = " where document in (select document from wanted)"
                where = some if "document" in table.c and table is not decisions else ""
                rows = f'select {names} from store."{table.name}"{where} order by {order}'
                connection.execute(f'insert into main."{table.name}" ({names}) {rows}')
