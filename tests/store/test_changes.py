"""What is done again after a change, and what a run and `gcmrefs diff` say that it changed."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.errors import GcmrefsError
from pipeline.export.excel.changes import workbook
from pipeline.run import run
from pipeline.run.publish import RunResult
from pipeline.settings import Settings
from pipeline.store import changes, documents, runs, schema
from pipeline.store.changes import Changes
from tests.run import fake


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"The {name}\na forum\nobjective 7\n", encoding="utf-8")
    return Settings(corpus=folder, outputs=tmp_path / "outputs", database_url="", workers=1)


def go(place: Settings, versions: Mapping[str, str] | None = None, **words: Any) -> RunResult:
    """A run; `fake.CALLS` counts from zero what it asks of the stages."""
    fake.CALLS.clear()
    return fake.run_corpus(versions, settings=place, **words)


def change(place: Settings, name: str, text: str) -> None:
    (place.corpus / f"{name}.txt").write_text(text, encoding="utf-8")


def diff(place: Settings, before: str = "previous", after: str = "latest") -> Changes:
    with documents.opened(documents.address(place)) as opened:
        return changes.compare(opened, changes.resolve(opened, before), changes.resolve(opened, after))


@pytest.mark.parametrize(
    ("changed", "words", "reads", "searches"),
    [
        ({}, {}, 0, 0),
        ({"lexicon": "2"}, {}, 0, 3),
        ({"extractors": "2"}, {}, 0, 3),
        ({"parser": "2"}, {}, 3, 3),
        ({"parser": ""}, {}, 3, 3),
        ({"lexicon": ""}, {}, 0, 3),
        ({}, {"force": True}, 3, 3),
    ],
)
def test_only_what_a_change_touches_is_done_again(
    place: Settings, changed: dict[str, str], words: dict[str, Any], reads: int, searches: int
) -> None:
    go(place)
    before = (place.outputs / "latest" / "references.csv").read_bytes()
    result = go(place, changed, **words)
    assert (fake.CALLS["read"], fake.CALLS["split"], fake.CALLS["search"]) == (reads, reads, searches)
    assert len(result.processed) == searches
    assert (place.outputs / "latest" / "references.csv").read_bytes() == before


def test_one_new_document_costs_one_document(place: Settings) -> None:
    go(place)
    change(place, "d", "forum\n")
    go(place)
    assert (fake.CALLS["read"], fake.CALLS["search"]) == (1, 1)


def test_a_search_of_stored_paragraphs_gives_what_a_reading_gives(place: Settings) -> None:
    go(place)
    again = go(place, {"lexicon": "2"})
    kept = documents.reference_frame
    with documents.opened(documents.address(place)) as opened:
        searched = kept(opened, ["a", "b", "c"]).to_csv()
    read = go(place, {"lexicon": "2"}, force=True)
    with documents.opened(documents.address(place)) as opened:
        assert kept(opened, ["a", "b", "c"]).to_csv() == searched
    assert again.run["fingerprint"] == read.run["fingerprint"]


def test_a_change_of_the_manifests_facts_searches_and_a_change_of_language_reads(place: Settings) -> None:
    (place.corpus / "fetched").mkdir()
    (place.corpus / "fetched" / "m.txt").write_text("forum\n")
    reads = []
    for facts in ("title: One", "title: Two", "title: Two\n  language: es"):
        (place.corpus / "manifest.yaml").write_text(f"sources:\n- slug: m\n  {facts}\n")
        go(place)
        reads.append((fake.CALLS["read"], fake.CALLS["search"]))
    assert reads == [(4, 4), (0, 1), (1, 1)]


CASES: list[tuple[str, dict[str, str], dict[str, int]]] = [
    ("nothing", {}, {}),
    ("new", {"d": "forum\n"}, {"documents_new": 1, "references_gained": 1}),
    ("gone", {"c": ""}, {"documents_gone": 1, "references_lost": 1}),
    ("failed", {"c": "crash"}, {"documents_failed": 1, "references_lost": 1}),
    (
        "changed text",
        {"a": "The A\na forum\nobjective 7\nmore\n"},
        {"documents_changed": 1, "paragraphs_changed": 1, "paragraphs_new": 1},
    ),
    (
        "changed reference",
        {"a": "The a\na forum, a forum\nobjective 7\n"},
        {"documents_changed": 1, "paragraphs_changed": 1, "references_changed": 1},
    ),
    (
        "moved reference",
        {"a": "The a forum\nb\nobjective 7\n"},
        {"documents_changed": 1, "paragraphs_changed": 2, "references_gained": 1, "references_lost": 1},
    ),
    ("spacing only", {"a": "The  a\na forum\nobjective 7\n"}, {"documents_changed": 1}),
]


@pytest.mark.parametrize(("name", "files", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_changed(place: Settings, name: str, files: dict[str, str], expected: dict[str, int]) -> None:
    first = go(place)
    for slug, text in files.items():
        change(place, slug, text)
        if not text:
            (place.corpus / f"{slug}.txt").unlink()
    second = go(place)
    told = second.run["changes"]
    assert (told["counts"] if told else {}) == expected
    if files:
        assert told["before"] == first.run_id
        again = diff(place, first.run_id, second.run_id).as_dict()
        wanted = {name.replace("failed", "gone"): number for name, number in expected.items()}
        assert (again["counts"], again["references"]) == (wanted, told["references"])
        assert json.loads((place.outputs / "latest" / "run.json").read_text())["changes"] == told


def test_what_a_lexicon_changes_is_told_for_documents_that_did_not(place: Settings) -> None:
    go(place)

    def more(paragraphs: Any, **words: Any) -> Any:
        return [replace(r, canonical="The Forum", rule="forum/2") for r in fake.find_references(paragraphs, **words)][
            :1
        ]

    change(place, "c", "nothing\n")
    with fake.stages(lexicon="2") as patch:
        patch.setattr("pipeline.extract.references.find_references", more)
        told = run.run_corpus(settings=place, write=fake.write).run["changes"]
    assert told["counts"] == {
        "documents_changed": 1,
        "documents_reread": 2,
        "paragraphs_changed": 1,
        "paragraphs_gone": 2,
        "references_changed": 2,
        "references_lost": 1,
    }
    row = told["references"][0]
    assert (row["fields"], row["before"], row["after"]) == ("canonical, rule", "; forum", "The Forum; forum/2")


def test_texts_are_told_from_version_to_version_by_paragraph(place: Settings) -> None:
    ids = [go(place).run_id]
    for text in ("one\ntwo\n", "one\nTWO\nthree\n", "one\ntwo\n"):
        change(place, "a", text)
        ids.append(go(place).run_id)
    rows = [(row["paragraph"], row["change"], row["before"], row["after"]) for row in diff(place, ids[1], ids[2]).texts]
    assert rows == [("2", "changed", "two", "TWO"), ("3", "new", "", "three")]
    assert diff(place, ids[1], ids[3]).counts == {}
    assert [row["paragraph"] for row in diff(place, ids[3], ids[0]).texts] == ["1", "2", "3"]


def test_runs_are_named_by_their_beginning_or_their_place(place: Settings) -> None:
    with documents.opened(documents.address(place)) as opened, pytest.raises(GcmrefsError, match="no such run"):
        changes.resolve(opened, "latest")
    one = go(place).run_id
    assert go(place).run["changes"] is None
    change(place, "a", "x\n")
    two = go(place).run_id
    with documents.opened(documents.address(place)) as opened:
        named = [changes.resolve(opened, name) for name in ("previous", "latest", one, two[:-2])]
        assert named == [one, two, one, two]
        for name, says in (("", "no such run"), ("2", "several"), ("nonsense", "no such run")):
            with pytest.raises(GcmrefsError, match=says):
                changes.resolve(opened, name)


def test_a_run_that_changed_nothing_stands_for_the_one_before(place: Settings) -> None:
    one = go(place).run_id
    same = go(place).run_id
    with documents.opened(documents.address(place)) as opened:
        assert changes.resolve(opened, same) == one
        assert runs.last_summary(opened)["slugs"] == ["a", "b", "c"]  # type: ignore[index]


def test_only_the_last_runs_are_kept(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "KEPT", 3)
    ids = []
    for number in range(6):
        change(place, "a", f"number {number}\n")
        ids.append(go(place).run_id)
    assert diff(place, ids[-3], ids[-1]).counts == {"documents_changed": 1, "paragraphs_changed": 1}
    with pytest.raises(GcmrefsError, match="no longer kept"):
        diff(place, ids[0], ids[-1])
    with documents.opened(documents.address(place)) as opened, opened.connect() as connection:
        assert len(connection.execute(schema.earlier.select()).all()) == 2


def test_the_workbook_holds_everything_and_no_formula(place: Settings) -> None:
    go(place)
    change(place, "a", "=1+1 forum\n")
    go(place)
    found = diff(place)
    book = openpyxl.load_workbook(io.BytesIO(workbook(found)))
    assert book.sheetnames == ["Documents", "References", "Tables", "Rows", "Texts", "Decisions", "Counts"]
    rows = {sheet.title: sheet.max_row - 1 for sheet in book}
    assert rows == {
        "Documents": len(found.documents),
        "References": len(found.references),
        "Tables": len(found.tables),
        "Rows": len(found.rows),
        "Texts": len(found.texts),
        "Decisions": len(found.decisions),
        "Counts": len(found.counts),
    }
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}


def test_the_page_says_what_changed_and_escapes_it(place: Settings) -> None:
    go(place)
    change(place, "a", "<script>alert(1)</script> forum\n")
    fake.run_corpus(settings=place, write=None)
    page = (place.outputs / "latest" / "report.html").read_text(encoding="utf-8")
    assert "<h2>What changed</h2>" in page
    assert "References: " in page and "Text of paragraphs: 3" in page
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page
