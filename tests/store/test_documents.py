"""The store: what is written comes back, and work is skipped only when everything is known and equal."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import OBJECTIVE_COLUMNS, PARAGRAPH_COLUMNS, REFERENCE_COLUMNS, Paragraph, WordBox
from pipeline.corpus.manifest import Source
from pipeline.errors import GcmrefsError
from pipeline.extract.document import Processed, pack, process_document, unpack, work_key
from pipeline.store import documents, runs, schema
from tests.run import fake


def processed(folder: Path, slug: str = "a", text: str = "the forum\nobjective 7\n") -> Processed:
    path = folder / f"{slug}.txt"
    path.write_text(text, encoding="utf-8")
    with fake.stages():
        return process_document(path, Source(slug=slug))


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    return documents.connect(f"sqlite:///{tmp_path / 'store' / 'gcmrefs.db'}")


def test_rows_come_back_with_the_published_columns(engine: sa.Engine, tmp_path: Path) -> None:
    for slug in ("b", "a"):
        documents.write(engine, processed(tmp_path, slug), key="k", run_id="r")
    frames = [
        f(engine, ["b", "a"]) for f in (documents.reference_frame, documents.paragraph_frame, documents.objective_frame)
    ]
    assert [tuple(f.columns) for f in frames] == [REFERENCE_COLUMNS, PARAGRAPH_COLUMNS, OBJECTIVE_COLUMNS]
    assert list(frames[0].document) == ["b", "a"]
    assert list(frames[1].paragraph) == ["1", "2", "1", "2"]
    assert [str(n) for n in frames[0].objective] == ["<NA>", "<NA>"]
    assert list(frames[2].number) == [7, 7]
    assert documents.reference_frame(engine, []).empty


def test_paragraphs_come_back_as_they_were(engine: sa.Engine, tmp_path: Path) -> None:
    done = processed(tmp_path)
    documents.write(engine, done, key="k", run_id="r")
    assert documents.stored_paragraphs(engine, "a") == done.paragraphs


def test_suffix_and_headings_come_back(engine: sa.Engine, tmp_path: Path) -> None:
    line = Paragraph(1, "17", "continuation", "x", "#2", ("A", "B > C"), 5, (), 3)
    done = processed(tmp_path)
    documents.write(engine, replace(done, paragraphs=(line,)), key="k", run_id="r")
    assert documents.stored_paragraphs(engine, "a") == (line,)
    assert list(documents.paragraph_frame(engine, ["a"]).paragraph) == ["17#2"]


def test_a_document_is_replaced_as_a_whole_or_not_at_all(engine: sa.Engine, tmp_path: Path) -> None:
    documents.write(engine, processed(tmp_path, text="forum\nforum\nforum\n"), key="k1", run_id="r")
    bad = processed(tmp_path, text="forum\n")
    broken = replace(bad, paragraphs=bad.paragraphs * 2)
    with pytest.raises(sa.exc.IntegrityError):
        documents.write(engine, broken, key="k2", run_id="r")
    assert documents.keys(engine) == {"a": "k1"}
    assert documents.counts(engine, ["a"])["a"]["references"] == 3
    documents.write(engine, bad, key="k3", run_id="r")
    assert documents.counts(engine, ["a"])["a"] == {"paragraphs": 1, "references": 1, "objectives": 0, "pages": 0}


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 3000), st.floats(0, 5000)), max_size=20))
def test_word_boxes_come_back_to_the_hundredth_of_a_point(words: list[tuple[int, int, float]]) -> None:
    boxes = tuple(WordBox(at, at + 3, page, x, x, x, x) for at, page, x in words)
    back = unpack(pack(boxes))
    assert [b[:3] for b in back] == [b[:3] for b in boxes]
    assert all(
        abs(one - two) <= 0.0051
        for b, c in zip(back, boxes, strict=True)
        for one, two in zip(b[3:], c[3:], strict=True)
    )


KEY = work_key("00", Source(slug="a", title="T", language="en"), "1", {"lexicon": "1", "extractors": "1"})


@pytest.mark.parametrize(
    ("sha256", "source", "parser", "versions"),
    [
        ("01", {}, "1", {"lexicon": "1", "extractors": "1"}),
        ("00", {"language": "es"}, "1", {"lexicon": "1", "extractors": "1"}),
        ("00", {"title": "U"}, "1", {"lexicon": "1", "extractors": "1"}),
        ("00", {}, "2", {"lexicon": "1", "extractors": "1"}),
        ("00", {}, "1", {"lexicon": "2", "extractors": "1"}),
        ("00", {}, "1", {"lexicon": "1", "extractors": "2"}),
    ],
)
def test_any_change_is_another_piece_of_work(
    sha256: str, source: dict[str, str], parser: str, versions: dict[str, str]
) -> None:
    other = Source.model_validate({"slug": "a", "title": "T", "language": "en", **source})
    assert work_key(sha256, other, parser, versions) not in (KEY, "")


@pytest.mark.parametrize(("parser", "versions"), [("", {"lexicon": "1"}), ("1", {"lexicon": ""}), ("1", {})])
def test_unknown_means_redo(parser: str, versions: dict[str, str]) -> None:
    assert work_key("00", Source(slug="a"), parser, versions) == ""


def test_publish_holds_only_the_documents_of_the_run_in_one_file(engine: sa.Engine, tmp_path: Path) -> None:
    for slug in ("a", "b"):
        documents.write(engine, processed(tmp_path, slug), key="k", run_id="r")
    runs.record(engine, "r", started="s", status="complete", finished="f")
    documents.publish(engine, tmp_path / "copy.db", ["b"])
    copy = sqlite3.connect(tmp_path / "copy.db")
    assert copy.execute("select distinct document from refs").fetchall() == [("b",)]
    assert copy.execute("select document from documents").fetchall() == [("b",)]
    assert copy.execute("select run_id from runs").fetchall() == [("r",)]
    assert copy.execute("pragma integrity_check").fetchall() == [("ok",)]
    copy.close()
    assert not list(tmp_path.glob("copy.db-*"))


@pytest.mark.parametrize("slugs", [["b"], ["a", "b"], []])
def test_a_copy_by_sqlite_is_the_copy_row_by_row(
    slugs: list[str], engine: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for slug in ("b", "a"):
        documents.write(engine, processed(tmp_path, slug), key="k", run_id="r")
    runs.record(engine, "r", started="s", status="complete", finished="f")
    said = dict.fromkeys((c.name for c in schema.decisions.columns), "x") | {"adjudicates": False, "undoes": None}
    with engine.begin() as connection:
        connection.execute(sa.insert(schema.decisions).values(said | {"decision_id": 7, "document": "gone"}))
    documents.publish(engine, tmp_path / "one.db", slugs)
    monkeypatch.setattr(engine.dialect, "name", "other")
    documents.publish(engine, tmp_path / "two.db", slugs)
    copies = [sqlite3.connect(tmp_path / name) for name in ("one.db", "two.db")]
    one, two = ([line for line in copy.iterdump() if "runs" in line or "INSERT" in line] for copy in copies)
    assert one == two and any("gone" in line for line in one)
    for copy in copies:
        copy.close()


def test_another_schema_drops_what_can_be_computed_anew(engine: sa.Engine, tmp_path: Path) -> None:
    documents.write(engine, processed(tmp_path), key="k", run_id="r")
    runs.record(engine, "r", started="s", status="complete", finished="f", summary={"x": 1})
    with engine.begin() as connection:
        connection.execute(sa.update(schema.meta).values(value="0"))
    again = documents.connect(str(engine.url))
    assert documents.keys(again) == {}
    assert runs.last_summary(again) == {"x": 1}


def test_sqlite_is_in_wal_mode(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql("pragma journal_mode").scalar() == "wal"


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////proc/none/x.db", "oracle+none://x/y", "sqlite:///{}/bad.db"])
def test_a_store_that_cannot_be_opened_is_one_line(url: str, tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(GcmrefsError) as caught:
        documents.connect(url.format(tmp_path))
    assert "\n" not in str(caught.value)


def test_a_password_in_the_address_is_never_shown() -> None:
    with pytest.raises(GcmrefsError) as caught:
        documents.connect("postgresql+none://user:geheim@localhost/x")
    assert "geheim" not in str(caught.value)


def test_every_table_can_be_made_in_postgresql() -> None:
    dialect = sa.make_url("postgresql://").get_dialect()()
    made = [str(sa.schema.CreateTable(t).compile(dialect=dialect)) for t in schema.metadata.sorted_tables]
    assert any('"order" INTEGER NOT NULL' in text and "BYTEA" in text for text in made)
