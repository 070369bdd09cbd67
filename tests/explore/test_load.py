"""`pipeline.load()`: what the frames hold, and one clear line where there is nothing to load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.errors import GcmrefsError
from pipeline.explore import Results, describe, load_table
from pipeline.explore.columns import COLUMNS
from pipeline.export import csv
from pipeline.store.published import read
from tests.explore.conftest import write


@pytest.mark.parametrize("frame", COLUMNS)
def test_every_column_is_explained_and_there(data: Results, frame: str) -> None:
    assert list(getattr(data, frame).columns) == list(COLUMNS[frame])
    assert describe(frame).column.tolist() == list(COLUMNS[frame])
    assert describe(frame).meaning.str.len().min() > 2


def test_help_knows_its_frames(data: Results) -> None:
    assert set(data.columns_help().frame) == set(COLUMNS)
    with pytest.raises(ValueError, match="references"):
        data.columns_help("sources")


@pytest.mark.parametrize(
    ("document", "part", "mechanism", "kind", "year"),
    [
        ("compact", "Compact", "", "", 2018),
        ("colombo", "declaration", "Colombo Process", "RCP", 2018),
        ("sacm", "declaration", "South American Conference on Migration", "RCP", 2010),
        ("rabat", "declaration", "Rabat Process", "IRF", 2006),
        ("plan", "declaration", "Rabat Process; Khartoum Process", "IRF", None),
        ("review", "other", "", "", 2019),
    ],
)
def test_documents_say_what_they_are(
    data: Results, document: str, part: str, mechanism: str, kind: str, year: int | None
) -> None:
    row = data.documents.set_index("document").loc[document]
    assert (row.part, row.mechanism, row.type) == (part, mechanism, kind)
    assert row.year == year if year else pd.isna(row.year)
    for frame in (data.references, data.paragraphs, data.objectives):
        assert set(frame.loc[frame.document == document, "part"]) <= {part}


def test_numbers_are_numbers_and_text_is_as_it_was(data: Results) -> None:
    assert data.references.start.dtype == "Int64"
    assert data.paragraphs.text.str.startswith("=Ministers").sum() == 1
    assert data.objectives.loc[data.objectives.kind == "objective", "number"].map(type).eq(int).all()
    assert data.objectives.number.iloc[-1] == "10.c"
    assert data.objectives.set_index("number").label[19].iloc[0] == "Migrants and diasporas"


def test_rejected_references_are_left_out_and_own_names_marked(data: Results) -> None:
    assert "rejected" not in set(data.references.status)
    assert data.references[data.references.own_name].wording.tolist() == ["Colombo Process"]


def test_references_join_paragraphs_by_unit(data: Results) -> None:
    joined = data.references.merge(
        data.paragraphs, left_on=["document", "paragraph"], right_on=["document", "unit"], suffixes=("", "_of")
    )
    stands = [w == t[s:e] for w, t, s, e in zip(joined.wording, joined.text, joined.start, joined.end, strict=True)]
    assert joined[stands].reference_id.nunique() == len(data.references)


def test_decisions_are_empty_with_their_columns_or_those_of_the_file(tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert pipeline.load(tmp_path).decisions.columns.tolist() == list(COLUMNS["decisions"])
    assert pipeline.load(tmp_path).decisions.empty
    csv.write(folder / "decisions.csv", pd.DataFrame([{"reference_id": "r0", "action": "accept", "run": "x"}]))
    found = pipeline.load(tmp_path).decisions
    assert (found.action[0], found.comment[0], found.columns[-1]) == ("accept", "", "run")


def test_results_of_no_document_load(tmp_path: Path) -> None:
    folder = write(tmp_path)
    for name in ("references", "paragraphs", "objectives"):
        csv.write(folder / f"{name}.csv", read(folder / f"{name}.csv").iloc[:0])
    (folder / "run.json").write_text('{"documents": []}')
    data = pipeline.load(tmp_path)
    assert len(data.documents) == len(data.references) == 0
    assert data.uptake()["RCP"].tolist() == [0] * 23
    assert data.concordance("diaspora").empty
    assert data.co_occurrence().empty
    assert data.mention_matrix().empty
    assert data.compare().empty
    assert data.profile("stakeholder.media").shape[1] == 0


@pytest.mark.parametrize("name", ["references.csv", "paragraphs.csv", "objectives.csv", "run.json"])
def test_a_missing_file_is_one_line_with_the_remedy(tmp_path: Path, name: str) -> None:
    (write(tmp_path) / name).unlink()
    with pytest.raises(GcmrefsError, match=rf"{name}: no such file: .*make run.*gcmrefs run") as error:
        pipeline.load(tmp_path)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.json", b"{"),
        ("run.json", b"[]"),
        ("run.json", b"{}"),
        ("references.csv", b""),
        ("references.csv", b"a,b\n1,2\n"),
        ("paragraphs.csv", b"\xff\xfe\x00"),
        ("objectives.csv", b"document,kind\nx,objective\n"),
    ],
)
def test_a_broken_file_is_one_line(tmp_path: Path, name: str, content: bytes) -> None:
    (write(tmp_path) / name).write_bytes(content)
    with pytest.raises(GcmrefsError, match="gcmrefs tables") as error:
        pipeline.load(tmp_path)
    assert "\n" not in str(error.value)


def test_the_default_is_the_folder_of_the_settings(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GCMREFS_OUTPUTS", str(outputs))
    assert len(pipeline.load().documents) == 6
    assert repr(pipeline.load()).startswith("Results(6 documents, 12 references")


def test_a_table_is_loaded_by_its_name(tmp_path: Path) -> None:
    folder = write(tmp_path)
    csv.write(folder / "tables" / "edges.csv", pd.DataFrame({"target": ["=IOM"], "count": [2], "page": [None]}))
    found = load_table("edges", tmp_path)
    assert (found.target[0], found["count"].sum(), found.page.isna().all()) == ("=IOM", 2, True)
    with pytest.raises(GcmrefsError, match="no table of the last run; it has edges"):
        load_table("edge", tmp_path)
    with pytest.raises(GcmrefsError, match="run gcmrefs run first"):
        load_table("edges", tmp_path / "none")


def test_the_package_stays_light_until_load_is_asked_for() -> None:
    script = "import sys, pipeline; assert 'pandas' not in sys.modules; pipeline.load; assert 'pandas' in sys.modules"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with pytest.raises(AttributeError, match="save"):
        _ = pipeline.save  # type: ignore[attr-defined]
