import os
from pathlib import Path
from unicodedata import normalize

import pandas as pd
import pytest

from extractors.model import DocumentRow, ObjectiveRow, ParagraphRow
from pipeline.export import csv
from pipeline.extract import quote
from pipeline.store.published import read
from pipeline.tables.build import Frames, build_tables
from pipeline.tables.records import Records, document_rows
from pipeline.tables.references import Table
from tests import table_sample as sample
from tests.tables.sample import NAMES


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    return build_tables(Frames(sample.references(), sample.paragraphs(), sample.objectives()), labels=sample.LABELS)


def test_names(tables: dict[str, Table]) -> None:
    assert list(tables) == NAMES


FIXED = {
    "iscm_themes_principles_objectives_in_common",
    "iscm_profile_overview",
    "iscm_partnerships_by_category",
    "iscm_areas_of_focus",
    "iscms_by_type_and_region",
}
"""Tables that have their rows from the lexicon, also without any document."""


@pytest.mark.parametrize("name", [name for name in NAMES if name not in FIXED])
def test_empty_input_gives_empty_tables(name: str) -> None:
    nothing = [frame.head(0) for frame in (sample.references(), sample.paragraphs(), sample.objectives())]
    table = build_tables(Frames(*nothing), labels={})[name]
    assert len(table.frame) == 0
    assert list(table.frame.columns)


@pytest.mark.parametrize("section", ["iscm", "igo", "stakeholder"])
def test_rich_cells_say_what_the_plain_cells_say(section: str, tables: dict[str, Table]) -> None:
    table = tables[f"{section}_quotes"]
    assert [quote.plain(cell) for cell in table.rich["quote"]] == list(table.frame["quote"])
    for cell, wording in zip(table.rich["quote"], table.frame["wording"], strict=True):
        assert {run.text for run in cell if run.is_bold} == set(wording.split("; "))


def test_every_occurrence_is_bold_only_where_all_were_found(tables: dict[str, Table]) -> None:
    bold = {quote.plain(cell): sum(run.is_bold for run in cell) for cell in tables["stakeholder_quotes"].rich["quote"]}
    assert bold["We invite cities again, and cities of the coast."] == 2
    once = build_tables(Frames(sample.references(occurrences=1), sample.paragraphs(), sample.objectives()), labels={})[
        "stakeholder_quotes"
    ]
    assert [sum(run.is_bold for run in cell) for cell in once.rich["quote"]] == [1] * len(once.frame)


def test_wording_that_is_not_in_the_text_falls_back_on_its_own_quote() -> None:
    references = sample.references(wording="the mayors", quote="We thank the mayors.", start=0, end=3)
    table = build_tables(Frames(references.head(1), sample.paragraphs(), sample.objectives()), labels={})["iscm_quotes"]
    assert list(table.frame["quote"]) == ["We thank the mayors."]
    assert [run.text for run in table.rich["quote"][0] if run.is_bold] == ["the mayors"]


@pytest.mark.parametrize(
    ("section", "expected"),
    [("Other references", "other"), ("other", "other"), ("References to IGOs", "igo"), ("unheard of", "iscm")],
)
def test_section_of_the_row_comes_before_that_of_the_category(section: str, expected: str) -> None:
    references = sample.references(section=section, category="iscm.idm")
    built = build_tables(Frames(references, sample.paragraphs(), sample.objectives()), labels={})
    assert {name for name in NAMES[:4] if len(built[name].frame)} == {f"{expected}_wordings"}


def test_short_citations() -> None:
    built = build_tables(Frames(sample.references(), sample.paragraphs(), sample.objectives()), labels={}, short=True)
    assert "§9b" in set(built["stakeholder_quotes"].frame["citation"])


def test_order_without_paragraphs_is_that_of_the_numbers() -> None:
    nothing = sample.paragraphs().head(0)
    references = sample.references().iloc[::-1]
    table = build_tables(Frames(references, nothing, sample.objectives()), labels={})["stakeholder_wordings"].frame
    assert list(table[table["wording"] == "cities"]["paragraphs"]) == ["§9, 11"]


def test_missing_values_of_a_csv_file_are_the_same_as_none(tmp_path: Path, tables: dict[str, Table]) -> None:
    frames = [sample.references(), sample.paragraphs(), sample.objectives()]
    again = [pd.read_csv(csv.write(tmp_path / f"{n}.csv", frame)) for n, frame in enumerate(frames)]
    again[1]["text"] = read(tmp_path / "1.csv")["text"]
    built = build_tables(Frames(*again), labels=sample.LABELS)
    for name in NAMES:
        assert built[name].frame.equals(tables[name].frame), name


def test_a_document_without_anything_is_counted() -> None:
    known = [{"document": "void", "title": "Void"}]
    built = build_tables(
        Frames(sample.references(), sample.paragraphs(), sample.objectives(), documents=known), labels={}
    )
    assert built["counts_by_document"].frame.iloc[0][["document", "title", "count"]].tolist() == ["void", "Void", 0]


def test_every_wording_of_the_published_analysis_finds_its_paragraph() -> None:
    gold, corpus = os.environ.get("GCMREFS_GOLD"), os.environ.get("GCMREFS_CORPUS")
    if not gold or not corpus:
        pytest.skip("set GCMREFS_GOLD and GCMREFS_CORPUS to the folders with the published analysis and the documents")
    truth = pd.read_csv(Path(gold) / "gcm_complete.csv", dtype=str, keep_default_na=False)
    printed = pd.read_csv(Path(corpus) / "un" / "A_RES_73_195.paragraphs.csv", dtype=str, keep_default_na=False)
    texts = [(str(row.cite_id), normalize("NFKC", str(row.text))) for row in printed.itertuples()]
    for row in truth.itertuples():
        wording = normalize("NFKC", str(row.wording))
        spans = [(t, span) for p, t in texts if p == row.paragraph for span in quote.occurrences(t, wording)]
        assert spans, row
        text, span = spans[0]
        cut = quote.quote_text(text, [span])
        assert wording in cut
        assert len(cut) <= quote.LIMIT + 2 * len(quote.ELLIPSIS)


@pytest.mark.parametrize(
    ("cell", "preferred"), [("yes", True), ("no", False), (True, True), (False, False), ("False", False)]
)
def test_documents_are_read_from_runs_and_from_their_file_alike(cell: object, preferred: bool) -> None:
    frame = pd.DataFrame([{"document": "a", "preferred": cell, "pages": pd.NA, "title": float("nan"), "more": 1}])
    expected = DocumentRow("a", preferred=preferred)
    assert document_rows(frame) == document_rows([{"document": "a", "preferred": cell}]) == [expected]


def test_some_documents_are_read_as_among_all_with_what_analysts_refused() -> None:
    """That a paragraph stands under an objective, which an analyst refused, came back in the tables of chosen documents."""
    rows = [ParagraphRow(name, 1, "1", "§1", "numbered", "", 5, None, "", "We agree.") for name in ("a", "b")]
    told = [
        ObjectiveRow("a", "1", "objective", 5, "structural", "", 100, status="rejected"),
        ObjectiveRow("b", "1", "objective", 5, "structural", "", 100),
    ]
    every = Records([], rows, told, {})
    some = every.only(lambda facts: facts.document == "a")
    assert list(some.documents) == list(some.paragraphs) == ["a"]
    assert some.objectives == () and [row.document for row in every.objectives] == ["b"]
    assert some.placement("a", "1").objectives == every.placement("a", "1").objectives == ()
