"""The ledger: decisions in the store, added line by line and never changed; runs and re-readings leave it alone."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from extractors.model import REFERENCE_COLUMNS, Reference
from extractors.text.identity import make_identity
from pipeline.errors import GcmrefsError
from pipeline.review.decision import ACTIONS, KINDS, Decision, Facts, Kind, Origin, Value, empty_reference
from pipeline.store.schema import assignments
from pipeline.store.schema import decisions as table
from pipeline.translation import gettext

LOCK = 7_319_520
"""Number of the advisory lock that writers take in PostgreSQL."""
NAME_LENGTH, COMMENT_LENGTH, WORDING_LENGTH = 80, 4_000, 2_000


def append(engine: sa.Engine, decisions: Sequence[Decision]) -> list[Decision]:
    """Write decisions in one transaction, all or none; return them with their numbers and the time.

    Raises GcmrefsError, with nothing written, for a decision that cannot stand: without a name, with an unknown action,
    an edit or addition without a value, or a text beyond its length (name 80, comment 4,000, wording 2,000 characters).
    """
    for decision in decisions:
        _check(decision)
    at = now()
    with writing(engine) as connection:
        return [_insert(connection, replace(d, at=d.at or at, by=" ".join(d.by.split()))) for d in decisions]


def undo(engine: sa.Engine, decision_id: int, *, by: str, origin: Origin = "python") -> Decision:
    """Take back one's own decision by a line that says so; the decision itself stays in the ledger.

    Raises GcmrefsError when there is no such decision, it is somebody else's, or it was taken back already.
    """
    with writing(engine) as connection:
        return _undo(connection, decision_id, by, origin)


def _undo(connection: sa.Connection, decision_id: int, by: str, origin: Origin) -> Decision:
    row = connection.execute(sa.select(table).where(table.c.decision_id == decision_id)).one_or_none()
    if row is None or row.action == "undo":
        raise GcmrefsError(f"decision {decision_id}: there is none to take back")
    if row.reviewer != " ".join(by.split()):
        raise GcmrefsError(
            gettext("decision %(number)s: only %(name)s can take it back", number=decision_id, name=row.reviewer)
        )
    if connection.scalar(sa.select(table.c.decision_id).where(table.c.undoes == decision_id).limit(1)):
        raise GcmrefsError(gettext("decision %(number)s: it was taken back already", number=decision_id))
    told = {name: getattr(row, name) for name in ("reference_id", "document", "paragraph", "kind")}
    line = Decision(**told, action="undo", by=row.reviewer, undoes=decision_id, origin=origin, at=now())
    return _insert(connection, line)


def undo_batch(engine: sa.Engine, decision_id: int, *, by: str) -> list[Decision]:
    """Take back one's own decision and all that were written with it in one step of the review in the browser.

    What was said of a group, or of many ticked rows, is written at one moment: one undo takes back all of it that still
    stands. Raises GcmrefsError as `undo` does.
    """
    with writing(engine) as connection:
        row = connection.execute(sa.select(table).where(table.c.decision_id == decision_id)).one_or_none()
        undone = sa.select(table.c.undoes).where(table.c.undoes.is_not(None))
        numbers = [decision_id]
        if row is not None and row.origin == "web":
            together = (table.c.reviewer == row.reviewer, table.c.at == row.at, table.c.origin == row.origin)
            query = sa.select(table.c.decision_id).where(*together, table.c.action != "undo")
            numbers = [*connection.scalars(query.where(table.c.decision_id.not_in(undone)))] or numbers
        return [_undo(connection, number, by, "web") for number in numbers]


def read(
    engine: sa.Engine, *, after: int = 0, reference: str | None = None, kinds: Collection[Kind] = ()
) -> list[Decision]:
    """Return decisions in the order written: those after a number, about one thing, or of some kinds (default: all)."""
    query = sa.select(table).where(table.c.decision_id > after).order_by(table.c.decision_id)
    if kinds:
        query = query.where(table.c.kind.in_(kinds))
    if reference is not None:
        query = query.where(table.c.reference_id == reference)
    with engine.connect() as connection:
        return [_decision(row) for row in connection.execute(query)]


NOTHING_SAID = make_identity()
"""The digest of a ledger without lines."""


def digest(engine: sa.Engine) -> str:
    """Return what stands for the whole ledger: tables made from another one are out of date."""
    with engine.connect() as connection:
        query = sa.select(table.c.decision_id, table.c.reviewer, table.c.at).order_by(table.c.decision_id)
        return make_identity(*(list(row) for row in connection.execute(query)))


def own_last(engine: sa.Engine, by: str) -> Decision | None:
    """Return an analyst's newest decision that is not taken back, None when there is none."""
    undone = sa.select(table.c.undoes).where(table.c.undoes.is_not(None))
    query = sa.select(table).where(table.c.reviewer == by, table.c.action != "undo", table.c.decision_id.not_in(undone))
    with engine.connect() as connection:
        row = connection.execute(query.order_by(table.c.decision_id.desc()).limit(1)).one_or_none()
    return _decision(row) if row is not None else None


def spell_name(engine: sa.Engine, name: str) -> str:
    """Return an analyst's name as the ledger spells it, so that “Ana”, “ana” and “Ána” are one person; a new name stays.

    Who has decided nothing yet is called as the first assignment calls them.
    """
    name = " ".join(name.split())
    with engine.connect() as connection:
        known = connection.scalars(
            sa.select(table.c.reviewer).group_by(table.c.reviewer).order_by(sa.func.min(table.c.decision_id))
        ).all()
        has_any = sa.inspect(connection).has_table(assignments.name)  # not in a fixed store of an earlier release
        query = sa.select(assignments.c.people).order_by(assignments.c.assignment_id)
        given = connection.scalars(query).all() if has_any else ()
    spellings = [*known, *(one for text in given for one in json.loads(text))]
    return next((spelling for spelling in spellings if fold_name(spelling) == fold_name(name)), name)


def fold_name(name: str) -> str:
    """Return a name as names compare: without case and accents.

    >>> fold_name("Ána  López") == fold_name("ana lopez")
    True
    """
    from extractors.text.normalization import (
        without_accents,  # here, for a run without changes only looks at the ledger
    )

    return without_accents(unicodedata.normalize("NFKC", " ".join(name.split()).casefold()))


def now() -> str:
    """Return the time as the ledger has it, UTC."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Open a transaction that is alone from its first statement on, so that numbers appear in their order to all readers."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(sa.text("select pg_advisory_xact_lock(:key)"), {"key": LOCK})
        yield connection
        connection.commit()


def _insert(connection: sa.Connection, decision: Decision) -> Decision:
    number = connection.scalar(sa.insert(table).values(**_row(decision)).returning(table.c.decision_id))
    return replace(decision, decision_id=int(number or 0))


def _check(decision: Decision) -> None:
    name, value = " ".join(decision.by.split()), decision.human
    words = value if isinstance(value, Value) else None
    longest = max((len(text) for _, text in value.items), default=0) if isinstance(value, Facts) else 0
    told = Facts if decision.kind != "reference" else (Value, Reference)
    problems: Iterator[str] = (
        text
        for text, wrong in (
            ("who decides must be said", not name),
            (f"a name has at most {NAME_LENGTH} characters", len(name) > NAME_LENGTH),
            (f"{decision.action}: no such action", decision.action not in ACTIONS or decision.action == "undo"),
            (gettext("a comment is empty"), decision.action == "comment" and not decision.comment.strip()),
            (
                gettext("a comment has at most %(n)s characters", n=COMMENT_LENGTH),
                len(decision.comment) > COMMENT_LENGTH,
            ),
            ("an edit or addition needs its words", decision.action in ("edit", "add") and value is None),
            ("a verdict needs what it is about", decision.is_verdict and not (decision.machine or value)),
            (f"{decision.kind}: nothing of that kind can be decided", decision.kind not in KINDS),
            (
                f"{decision.kind}: a value of another kind",
                any(one is not None and not isinstance(one, told) for one in (value, decision.machine)),
            ),
            ("the words are empty", words is not None and not words.wording.strip()),
            ("the words end before they start", words is not None and not 0 <= words.start < words.end),
            (
                f"words have at most {WORDING_LENGTH} characters",
                max(longest, len(words.wording) if words is not None else 0) > WORDING_LENGTH,
            ),
        )
        if wrong
    )
    for problem in problems:
        raise GcmrefsError(f"{decision.document} {decision.paragraph}: {problem}")


_SAME = "reference_id document paragraph action at comment adjudicates undoes origin text kind".split()
"""Columns that a decision has by the same name."""


def _row(decision: Decision) -> dict[str, object]:
    said = {"human": _written(decision.human), "machine": _written(decision.machine)}
    row = {name: getattr(decision, name) for name in _SAME} | {"reviewer": decision.by} | said
    return {name: value.replace("\0", "\ufffd") if isinstance(value, str) else value for name, value in row.items()}


def _written(value: Reference | Value | Facts | None) -> str:
    """A value as the store has it; the fields of facts are an object by their names, what stood beside them another."""
    if value is None:
        return ""
    if isinstance(value, Facts):
        return json.dumps({"items": dict(value.items), "beside": dict(value.beside)}, ensure_ascii=False)
    return json.dumps(asdict(value), ensure_ascii=False)


def _facts(text: str) -> Facts:
    parts: Mapping[str, Mapping[str, str]] = json.loads(text)
    items, beside = (tuple((str(n), str(v)) for n, v in parts.get(p, {}).items()) for p in ("items", "beside"))
    return Facts(items, beside)


def _decision(row: Any) -> Decision:
    is_reference = row.kind == "reference"
    return Decision(
        **{name: getattr(row, name) for name in _SAME} | {"adjudicates": bool(row.adjudicates)},
        decision_id=row.decision_id,
        by=row.reviewer,
        human=(Value(**json.loads(row.human)) if is_reference else _facts(row.human)) if row.human else None,
        machine=(_machine(row.machine, row.paragraph) if is_reference else _facts(row.machine))
        if row.machine
        else None,
    )


def _machine(text: str, paragraph: str) -> Reference:
    """The machine's row of a decision; one that an earlier release noted lacks the columns that are newer."""
    cells = json.loads(text)
    known = {name: cells[name] for name in REFERENCE_COLUMNS if cells.get(name) is not None}
    return replace(empty_reference(paragraph_row=paragraph), **known)


_LATER: dict[str, object] = {"kind": "reference"}
"""Columns that lines of an earlier release lack."""


def rows(engine: sa.Engine) -> list[dict[str, Any]]:
    """Return the ledger as it is stored, line by line, for a backup."""
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.select(table).order_by(table.c.decision_id)).mappings()]


def is_row(line: object) -> bool:
    """Tell whether a value has the columns of the ledger, and a decision in them that can be read.

    A backup of an earlier release lacks those that have a default since.
    """
    columns = {column.name for column in table.columns}
    needed = {column.name for column in table.columns if column.server_default is None}
    if not isinstance(line, dict) or not needed <= set(line) <= columns:
        return False
    row = _LATER | line
    numbers = (row["decision_id"], row["undoes"] if row["undoes"] is not None else 0)
    texts = (value for name, value in row.items() if name not in ("decision_id", "undoes", "adjudicates"))
    if not all(type(number) is int for number in numbers) or not all(isinstance(text, str) for text in texts):
        return False
    try:
        _decision(SimpleNamespace(**row))
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return row["action"] in ACTIONS and row["kind"] in KINDS and isinstance(row["adjudicates"], bool)


def restore(engine: sa.Engine, lines: Sequence[dict[str, Any]]) -> None:
    """Put the lines of a backup into a ledger that has none, with their numbers, in one transaction."""
    with writing(engine) as connection:
        if connection.scalar(sa.select(sa.func.count()).select_from(table)):
            raise GcmrefsError("the store has decisions already: give other --outputs")
        if lines:
            connection.execute(sa.insert(table), [_LATER | line for line in lines])
        if lines and engine.dialect.name == "postgresql":
            highest = sa.select(sa.func.max(table.c.decision_id)).scalar_subquery()
            own = sa.func.pg_get_serial_sequence(table.name, "decision_id")
            connection.execute(sa.select(sa.func.setval(own, highest)))
