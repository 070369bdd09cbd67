"""What a run marks as new: rows that the run published before did not have, whatever else differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from pipeline.export import write_all
from pipeline.run.novelty import FIRST, FORGOTTEN
from pipeline.run.publish import RunResult, rebuild
from pipeline.settings import Settings
from pipeline.store import changes, documents, schema
from pipeline.store.published import read
from tests.run import fake

pytestmark = pytest.mark.usefixtures("csv_only")


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("The a\na forum\nobjective 7\n", encoding="utf-8")
    return Settings(corpus=folder, outputs=tmp_path / "outputs", database_url="", workers=1)


def go(place: Settings, versions: Mapping[str, str] | None = None, **more: Any) -> RunResult:
    return fake.run_corpus(versions, settings=place, write=None, **more)


def put(place: Settings, name: str, text: str) -> None:
    (place.corpus / f"{name}.txt").write_text(text, encoding="utf-8")


def new(place: Settings, file: str, *columns: str) -> list[str]:
    """The rows of a file that are marked as new, by these columns."""
    rows = read(place.outputs / "latest" / f"{file}.csv")
    assert set(rows["new_in_run"]) <= {"yes", "no"}
    return [" ".join(row) for row in rows[rows["new_in_run"] == "yes"][list(columns)].values.tolist()]


Change = Callable[[Settings], Any]
CASES: list[tuple[str, Change, list[str], list[str], list[str]]] = [
    ("a document more", lambda p: put(p, "b", "A forum\n"), ["b"], ["b 1"], []),
    ("a paragraph more", lambda p: put(p, "a", "The a\na forum\nobjective 7\nthe forum\n"), [], ["a 4"], []),
    ("an objective more", lambda p: put(p, "a", "The a objective 7\na forum\nobjective 7\n"), [], [], ["a 1"]),
    ("a quote that is cut elsewhere", lambda p: put(p, "a", "The a\nso a forum meets\nobjective 7\n"), [], [], []),
    ("another name", lambda p: (p.corpus / "a.txt").rename(p.corpus / "z.txt"), [], [], []),
    ("less", lambda p: put(p, "a", "The a\n"), [], [], []),
    ("a copy", lambda p: put(p, "c", "The a\na forum\nobjective 7\n"), ["c"], ["c 2"], ["c 3"]),
]


@pytest.mark.parametrize(("name", "change", "texts", "references", "objectives"), CASES, ids=[c[0] for c in CASES])
def test_what_is_new(
    place: Settings, name: str, change: Change, texts: list[str], references: list[str], objectives: list[str]
) -> None:
    go(place)
    change(place)
    go(place)
    assert new(place, "documents", "document") == texts
    assert new(place, "references", "document", "paragraph") == references
    assert new(place, "objectives", "document", "paragraph") == objectives


def test_a_first_run_marks_nothing_and_says_so(place: Settings) -> None:
    result = go(place)
    assert result.run["base"] == {"run_id": "", "started": "", "note": FIRST}
    assert new(place, "documents", "document") == new(place, "references", "document") == []


def test_every_table_has_marks_and_only_new_rows_are_marked(place: Settings) -> None:
    go(place)
    put(place, "b", "The new forum\n")
    go(place)
    marked = {path.stem: new(place, f"tables/{path.stem}") for path in (place.outputs / "latest/tables").glob("*.csv")}
    assert new(place, "tables/counts_by_document", "document") == ["b"]
    assert new(place, "tables/iscm_wordings", "document", "wording") == ["b forum"]
    assert marked["counts_by_category"] == [], "its row was there, with another number"


def test_marks_stay_until_something_else_changes(place: Settings) -> None:
    """Neither a run that finds nothing, nor one that reads everything anew, nor tables written again change a mark."""
    go(place)
    put(place, "b", "The new forum\n")
    go(place)
    latest = place.outputs / "latest"
    before = {path: path.read_bytes() for path in latest.rglob("*.csv")}
    assert not go(place).has_moved and not go(place, force=True).has_moved
    rebuild(place)
    assert {path: path.read_bytes() for path in latest.rglob("*.csv")} == before
    put(place, "c", "Another\n")
    go(place)
    assert new(place, "documents", "document") == ["c"]


def test_tables_of_other_documents_have_no_marks(place: Settings) -> None:
    go(place)
    rebuild(place, roles=("speech",))
    assert "new_in_run" not in read(place.outputs / "latest/tables/iscm_quotes.csv")
    rebuild(place)
    assert new(place, "tables/counts_by_document", "document") == []


def test_a_lexicon_that_changed_is_named(place: Settings) -> None:
    go(place)
    put(place, "a", "The forum\na forum\nobjective 7\n")
    told = go(place, {"lexicon": "2"}).run["base"]["note"]
    assert told.startswith("Changed since then: lexicon. ")


def test_a_base_that_is_not_kept_marks_nothing(place: Settings) -> None:
    go(place)
    with documents.opened(documents.address(place)) as opened, opened.begin() as connection:
        connection.execute(schema.shown_rows.delete())
    put(place, "b", "The new forum\n")
    assert go(place).run["base"]["note"] == FORGOTTEN
    assert new(place, "documents", "document") == []


def test_files_say_what_is_new(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    go(place)
    put(place, "b", "The new forum\n")
    monkeypatch.setattr("pipeline.export.write_all", write_all)
    go(place)
    latest = place.outputs / "latest"
    sheet = load_workbook(latest / "reference_tables.xlsx").worksheets[0]
    cells = {str(cell.value) for row in sheet for cell in row if cell.value}
    assert sheet.title == "New in this run"
    assert {"Documents: 1", "b", "References (references.csv): 1 new", "iscm.generic: forum", "The new forum"} <= cells
    page = (latest / "report.html").read_text(encoding="utf-8")
    assert '<section id="new"' in page and "References (references.csv): 1 new" in page
    word = "\n".join(p.text for p in Document(str(latest / "reference_tables.docx")).paragraphs)
    assert "New in this run" in word and "References (references.csv): 1 new" in word


def test_rows_of_tables_are_gained_and_lost_between_runs(place: Settings) -> None:
    go(place)
    put(place, "a", "The a\na forum\nobjective 7\nobjective 7\n")
    told = go(place).run["changes"]
    assert told["tables"] == [{"table": "objectives", "gained": 1, "lost": 0}]
    assert [(row["document"], row["citation"], row["row"]) for row in told["rows"]] == [("a", "4", "4 · objective · 7")]
    put(place, "a", "The a\na forum\n")
    go(place)
    with documents.opened(documents.address(place)) as opened:
        ids = [changes.resolve(opened, name) for name in ("previous", "latest")]
        found = changes.compare(opened, *ids)
    assert {(row["change"], row["citation"]) for row in found.rows} == {("lost", "3"), ("lost", "4")}
    assert found.counts["rows_lost"] == 2
