"""The tables of the store: documents with what was found in them, runs, what earlier runs showed, and decisions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from extractors.model import OBJECTIVE_COLUMNS, PARAGRAPH_COLUMNS, REFERENCE_COLUMNS

SCHEMA = "7"
"""Version of the tables below; with another one everything that can be computed anew is dropped, and is."""
INTEGERS = frozenset({"order", "objective", "page", "occurrences", "start", "end"})
FLOATS = frozenset({"score"})

metadata = sa.MetaData()


def _column(name: str) -> sa.Column[Any]:
    kind: Any = sa.Integer if name in INTEGERS else sa.Float if name in FLOATS else sa.Text
    return sa.Column(name, kind, index=name in ("reference_id", "category"))


def _owner() -> sa.Column[Any]:
    return sa.Column("document", sa.Text, sa.ForeignKey("documents.document", ondelete="CASCADE"), primary_key=True)


meta = sa.Table("meta", metadata, sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text))
runs = sa.Table(
    "runs",
    metadata,
    sa.Column("run_id", sa.Text, primary_key=True),
    sa.Column("started", sa.Text, nullable=False),
    sa.Column("finished", sa.Text, nullable=False, default=""),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False, default="{}"),
)
documents = sa.Table(
    "documents",
    metadata,
    sa.Column("document", sa.Text, primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("work_key", sa.Text, nullable=False),
    sa.Column("parse_key", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("said", sa.Text, nullable=False),
    sa.Column("front", sa.Text, nullable=False),
    sa.Column("shingles", sa.Integer, nullable=False),
    sa.Column("sketch", sa.LargeBinary, nullable=False),
    *(
        sa.Column(name, sa.Text, nullable=False, default="")
        for name in ("work", "role", "symbol", "kind", "url", "file")
    ),
    sa.Column("preferred", sa.Boolean, nullable=False, default=True),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("title", "iscm", "date", "language", "format")),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("ocr", sa.Boolean, nullable=False),
    sa.Column("warnings", sa.Text, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
    sa.Column("run_id", sa.Text, nullable=False),
)
paragraphs = sa.Table(
    "paragraphs",
    metadata,
    _owner(),
    sa.Column("order", sa.Integer, primary_key=True),
    *(_column(name) for name in PARAGRAPH_COLUMNS if name not in ("document", "order")),
    sa.Column("suffix", sa.Text, nullable=False),
    sa.Column("headings", sa.Text, nullable=False),
    sa.Column("words", sa.LargeBinary, nullable=False),
)


def _references(name: str) -> sa.Table:
    position = sa.Column("position", sa.Integer, primary_key=True)
    columns = (_column(column) for column in REFERENCE_COLUMNS if column != "document")
    return sa.Table(name, metadata, _owner(), position, *columns)


references = _references("refs")
doubtful = _references("doubtful")
"""Damaged words that are like a wording but not enough to count: for the review only."""
objectives = sa.Table(
    "objectives",
    metadata,
    _owner(),
    sa.Column("position", sa.Integer, primary_key=True),
    *(_column(name) for name in OBJECTIVE_COLUMNS if name != "document"),
)
members = sa.Table(
    "members",
    metadata,
    sa.Column("run_id", sa.Text, primary_key=True),
    sa.Column("document", sa.Text, primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
)
earlier = sa.Table(
    "earlier",
    metadata,
    sa.Column("document", sa.Text, primary_key=True),
    sa.Column("content", sa.Text, primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
shown_rows = sa.Table(
    "shown_rows",
    metadata,
    sa.Column("run_id", sa.Text, primary_key=True),
    sa.Column("document", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False, index=True),
)
row_sets = sa.Table(
    "row_sets",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
"""What the last runs showed, so that two can be compared: `members` says which content each document had in a run,
`earlier` keeps the contents that `documents` no longer holds; `shown_rows` says which rows of the tables a run showed of
each document ("" = of none), and `row_sets` holds those rows once for all runs that showed the same."""
failures = sa.Table(
    "failures",
    metadata,
    sa.Column("document", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
)
"""Documents that the last run could not do, and what they failed under (`pipeline.run.plan.failure_key`)."""
found_rows = sa.Table(
    "found_rows",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("reference_id", "document", "paragraph", "facts")),
)
"""Rows of the tables that analysts can decide on, as the run that wrote the tables last made them."""
findings = sa.Table(
    "findings",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("document", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
"""What the tables found in each document, and what stands for all that it was made of (`pipeline.run.publish`)."""
decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("decision_id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("reference_id", sa.Text, nullable=False, index=True),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("document", "paragraph", "action", "reviewer", "at")),
    sa.Column("comment", sa.Text, nullable=False),
    sa.Column("adjudicates", sa.Boolean, nullable=False),
    sa.Column("undoes", sa.Integer, nullable=True, unique=True),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("origin", "human", "machine", "text")),
    sa.Column("kind", sa.Text, nullable=False, server_default="reference"),
    sqlite_autoincrement=True,
)
"""What analysts said; only ever added to, and never dropped (`pipeline.review.ledger`). Columns of a newer release have a
default, and are put into the table of an older one where it stands."""
assignments = sa.Table(
    "assignments",
    metadata,
    sa.Column("assignment_id", sa.Integer, primary_key=True, autoincrement=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("people", "documents", "kinds", "unit")),
    sa.Column("twice", sa.Integer, nullable=False),
    sa.Column("is_blind", sa.Boolean, nullable=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("made_by", "at", "closed_by", "closed_at")),
)
"""Who is to code what (`pipeline.review.assignments`); never dropped."""
DERIVED = (objectives, doubtful, references, paragraphs, documents)
"""Tables that a run can compute anew, in the order in which they can be emptied."""
PUBLISHED = (meta, runs, documents, paragraphs, references, objectives, decisions)
"""Tables of the copy in `outputs/latest/`."""
