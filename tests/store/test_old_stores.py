"""Stores that earlier versions made open with no decision lost, and what was decided still counts.

`old/schema_N.sql` is what the code of schema N left of `DECLARATION` and of the decisions below, as SQLite dumps it. A new version of
the schema adds its own file; none is ever changed.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipeline.review import ledger
from pipeline.review.decision import REJECTED
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from pipeline.store import documents, schema
from tests.run import fake

OLD = sorted((Path(__file__).parent / "old").glob("schema_*.sql"))
DECLARATION = """SAMPLE DECLARATION

1. We recall the Bali Process and regional consultative processes.

2. We consult diasporas and civil society, and thank the International Organization for Migration.
"""
DECIDED = [
    ("accept", "Ana", "1", "bali process"),
    ("reject", "Ben", "1", REJECTED),
    ("edit", "Ana", "2", "diasporas"),
    ("comment", "Ben", "1", "as printed; see “page 2”"),
    ("add", "Ana", "1", "recall"),
    ("reject", "Ben", "2", REJECTED),
    ("undo", "Ben", "2", 6),
]


@pytest.fixture(params=OLD, ids=lambda path: path.stem)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """A corpus with the outputs of an earlier version."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "declaration.txt").write_text(DECLARATION, encoding="utf-8")
    (tmp_path / "outputs" / "store").mkdir(parents=True)
    with sqlite3.connect(tmp_path / "outputs" / "store" / "gcmrefs.db") as store:
        store.executescript(request.param.read_text(encoding="utf-8"))
    return Settings(corpus=tmp_path / "corpus", outputs=tmp_path / "outputs", database_url="", workers=1)


def decided(engine: sa.Engine) -> list[tuple[object, ...]]:
    out = []
    for line in ledger.read(engine):
        what: object = line.comment or line.undoes
        if line.is_verdict:
            what = REJECTED if line.outcome == REJECTED else line.outcome[2]
        out.append((line.action, line.by, line.paragraph, what))
    return out


def test_there_are_stores_of_every_schema_that_had_decisions() -> None:
    assert {path.stem for path in OLD} >= {f"schema_{number}" for number in range(3, int(schema.SCHEMA))}


def test_no_decision_is_lost(settings: Settings) -> None:
    with documents.opened(documents.address(settings)) as engine:
        assert decided(engine) == DECIDED
        lines = ledger.rows(engine)
    with documents.opened(documents.address(settings)) as engine:
        assert ledger.rows(engine) == lines


def test_what_was_decided_still_counts(settings: Settings) -> None:
    result = run_corpus(settings=settings, write=fake.write)
    counts = result.run["review"]["counts"]
    assert {name: number for name, number in counts.items() if number} == {
        "accepted": 1, "rejected": 1, "edited": 1, "added": 1,
    }  # fmt: skip
    with documents.opened(documents.address(settings)) as engine:
        assert decided(engine) == DECIDED
