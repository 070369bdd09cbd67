import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.tables import kept as cache
from pipeline.tables.build import Frames, build_tables
from pipeline.tables.entry_points import entry_points
from pipeline.tables.mechanisms import positions
from pipeline.tables.recommendations import recommendations
from pipeline.tables.references import Table
from tests import table_sample
from tests.tables.mechanisms import sample as mechanism_sample

Three = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def plain_sample() -> tuple[Three, Any]:
    return (table_sample.references(), table_sample.paragraphs(), table_sample.objectives()), table_sample.RUN[
        "documents"
    ]


def mechanisms() -> tuple[Three, Any]:
    return mechanism_sample.frames(), mechanism_sample.DOCUMENTS


def shown(tables: dict[str, Table]) -> dict[str, Any]:
    return {name: (t.frame.astype(str).values.tolist(), t.frame.dtypes.to_dict(), t.rich) for name, t in tables.items()}


def written(frames: Three, documents: Any, path: Path | None = None, **options: Any) -> dict[str, Any]:
    if path is None:
        return shown(build_tables(Frames(*frames, documents=documents), labels={}, **options))
    with cache.opened(path) as kept:
        return shown(build_tables(Frames(*frames, documents=documents), labels={}, cache=kept, **options))


def test_a_part_is_made_once_for_a_key(tmp_path: Path) -> None:
    made: list[str] = []

    def part(key: str) -> Any:
        with cache.opened(tmp_path / "new" / "c.db") as kept:
            kept.about({"d": key})
            return kept.part("d", "p", lambda: made.append(key) or [key, "\ud800", None, 1.5])

    assert [part("one"), part("one"), part("two"), part("one")] == [
        [key, "\ud800", None, 1.5] for key in ("one", "one", "two", "one")
    ]
    assert made == ["one", "two", "one"]


def test_documents_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    for keys in ({"a": "k", "b": "k"}, {"b": "k"}, {"a": "k", "b": "k"}):
        made: list[str] = []
        with cache.opened(tmp_path / "c.db") as kept:
            kept.about(keys)
            for name in keys:
                kept.part(name, "p", partial(made.append, name))
    assert made == ["a"]


@pytest.mark.parametrize("data", [b"no database", b"SQLite format 3\0" + b"\1" * 5000, b""])
def test_a_broken_file_is_begun_anew(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    path.write_bytes(data)
    for expected in (1, 0):
        made: list[int] = []
        with cache.opened(path) as kept:
            kept.about({"d": "k"})
            assert kept.part("d", "p", partial(made.append, 1)) is None
        assert len(made) == expected


def test_a_broken_part_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    frames, documents = mechanisms()
    fresh = written(frames, documents, path)
    with sqlite3.connect(path) as file:
        file.execute("update parts set body = x'00'")
    assert [written(frames, documents, path) for _ in range(2)] == [fresh, fresh]


@pytest.mark.parametrize("sample", [plain_sample, mechanisms])
def test_tables_are_the_same_with_and_without(sample: Callable[[], tuple[Three, Any]], tmp_path: Path) -> None:
    frames, documents = sample()
    fresh = written(frames, documents)
    assert [written(frames, documents, tmp_path / "c.db") for _ in range(2)] == [fresh, fresh]


def test_what_is_kept_is_not_computed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frames, documents = mechanisms()
    fresh = written(frames, documents, tmp_path / "c.db")

    def never(*arguments: Any) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr(positions, "_position", never)
    monkeypatch.setattr(recommendations, "reader", never)
    monkeypatch.setattr(entry_points, "rater", never)
    monkeypatch.setattr("pipeline.tables.sentences.Evidence.sentences_of", never)
    assert written(frames, documents, tmp_path / "c.db") == fresh


@pytest.mark.parametrize("column", ["status", "wording", "category", "canonical", "occurrences"])
def test_an_edited_reference_shows(column: str, tmp_path: Path) -> None:
    (references, paragraphs, objectives), documents = mechanisms()
    written((references, paragraphs, objectives), documents, tmp_path / "c.db")
    edited = references.copy()
    values = {"status": "rejected", "wording": "Conference", "category": "other.iom", "canonical": "", "occurrences": 2}
    edited.loc[0, column] = values[column]
    frames = (edited, paragraphs, objectives)
    assert written(frames, documents, tmp_path / "c.db") == written(frames, documents)


def test_facts_of_a_document_labels_and_the_way_to_cite_show(tmp_path: Path) -> None:
    frames, documents = mechanisms()
    written(frames, documents, tmp_path / "c.db")
    other = [documents[0] | {"title": "Communiqué", "iscm": "", "date": "2001"}, *documents[1:]]
    assert written(frames, other, tmp_path / "c.db") == written(frames, other)
    assert written(frames, other, tmp_path / "c.db", short=True) == written(frames, other, short=True)


def test_another_program_computes_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frames, documents = mechanisms()
    written(frames, documents, tmp_path / "c.db")
    asked: list[str] = []
    old = positions._position
    monkeypatch.setattr(positions, "_position", lambda *a: asked.append(a[1]) or old(*a))
    written(frames, documents, tmp_path / "c.db")
    assert not asked
    monkeypatch.setattr("pipeline.tables.build.build_of_program", lambda: "another")
    written(frames, documents, tmp_path / "c.db")
    assert asked == ["rcm", "sacm"]
