"""PostgreSQL as the store: the same run, the same tables, and one run at a time from any machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import GcmrefsError
from pipeline.run.session import open_session
from pipeline.settings import Settings
from pipeline.store import changes, documents, runs
from tests.run import fake


def place(folder: Path, url: str = "") -> Settings:
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for name in "abc":
        (corpus / f"{name}.txt").write_text(f"The {name}\na forum\nobjective 7\n", encoding="utf-8")
    return Settings(corpus=corpus, outputs=folder / "outputs", database_url=url, workers=1)


def test_the_tables_are_those_of_sqlite_and_nothing_is_done_twice(url: str, tmp_path: Path) -> None:
    here, there = place(tmp_path / "sqlite"), place(tmp_path / "postgres", url)
    for settings in (here, there):
        first = fake.run_corpus(settings=settings)
        again = fake.run_corpus(settings=settings)
        assert (len(first.processed), len(again.processed), again.has_moved) == (3, 0, False)
        assert len(fake.run_corpus({"lexicon": "2"}, settings=settings).processed) == 3
        (settings.corpus / "a.txt").write_text("other\n")
        told = fake.run_corpus({"lexicon": "2"}, settings=settings).run["changes"]
        counts = {"documents_changed": 1, "paragraphs_changed": 1, "paragraphs_gone": 2, "references_lost": 1}
        assert told["counts"] == counts
        with documents.opened(documents.address(settings)) as opened:
            found = changes.compare(opened, *(changes.resolve(opened, name) for name in ("previous", "latest")))
            assert found.counts == told["counts"]
    tables = [(p.outputs / "latest" / "references.csv").read_bytes() for p in (here, there)]
    assert tables[0] == tables[1]


def test_a_character_that_postgresql_cannot_hold(url: str, tmp_path: Path) -> None:
    settings = place(tmp_path, url)
    (settings.corpus / "a.txt").write_text("a\0b forum\n")
    result = fake.run_corpus(settings=settings)
    assert result.failures == ()
    with documents.opened(url) as opened:
        assert documents.paragraph_frame(opened, ["a"]).text[0] == "a\ufffdb forum"


def test_runs_on_two_machines_wait_for_each_other(url: str, tmp_path: Path) -> None:
    one, two = place(tmp_path / "one", url), place(tmp_path / "two", url)
    told: list[str] = []
    with fake.stages(), open_session(one), documents.opened(url) as opened:
        with (
            pytest.raises(GcmrefsError, match="another run is writing"),
            runs.exclusive(opened, wait=0.3, notice=told.append),
        ):
            pass
        with pytest.raises(GcmrefsError, match="another run"), open_session(two, wait=0):
            pass
    assert len(told) == 1
    with fake.stages(), open_session(two, wait=0):
        pass
