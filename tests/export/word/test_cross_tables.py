from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from pipeline.export.word import cross_tables
from pipeline.export.word.xml import Flow
from pipeline.tables.table import Table
from tests import table_sample
from tests.tables import sample


def rows(path: Path, table: Table) -> list[list[str]]:
    """The rows of the table in the Word file; one that goes across the page has a single cell."""
    flow = Flow(docx.Document())
    cross_tables.write_listing(flow, table)
    flow.save(path)
    written = docx.Document(str(path)).tables[0]._tbl.tr_lst
    return [["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.tc_lst] for row in written]


@pytest.mark.parametrize(
    "name", ["iscm_partnerships", "iscm_areas_of_focus", "iscm_profile", "iscms_by_type_and_region"]
)
def test_every_group_has_a_line_across_above_its_rows(name: str, tmp_path: Path) -> None:
    table = sample.tables()[name]
    shown = [str(table.frame[table.group][n]) for n in table.told()]
    expected: list[str] = []
    for before, group in zip(["", *shown], shown, strict=False):
        expected += [group, "row"] if group != before else ["row"]
    written = rows(tmp_path / "t.docx", table)[1:]
    assert [row[0] if len(row) == 1 else "row" for row in written] == expected


def test_a_long_listing_is_cut_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cross_tables, "_LONGEST", 2)
    few = sample.tables()["iscm_partnerships"]
    table = replace(few, rows=few.rows[:1] * 3)
    assert len(rows(tmp_path / "t.docx", table)) == 1 + 1 + 2
    text = [p.text for p in docx.Document(str(tmp_path / "t.docx")).paragraphs]
    assert (
        f"The first 2 of {len(table.frame)} rows. All {len(table.frame)} rows are in tables/iscm_partnerships.csv."
        in text
    )


def test_states_that_another_table_lists_are_not_said_twice(tmp_path: Path) -> None:
    table = sample.tables()["who_names_whom"]
    edges = [
        replace(table.rows[0], target=name, target_kind=kind)
        for name, kind in (("Peru", "State"), ("IOM", "organization"))
    ]
    written = rows(tmp_path / "t.docx", replace(table, rows=tuple(edges)))
    assert [row for row in written if "Peru" in row] == [] and [row for row in written if "IOM" in row]
    assert "All 2 rows are in tables/who_names_whom.csv." in docx.Document(str(tmp_path / "t.docx")).paragraphs[0].text


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("word") / "t.docx"
    return docx.Document(str(cross_tables.write(path, sample.tables(), table_sample.RUN)))


def test_the_contents_lead_to_every_heading_in_their_order(whole: Any) -> None:
    heads = [p for p in whole.paragraphs if p.style.name == "Heading 1"]
    links = list(whole.element.body.iter(qn("w:hyperlink")))
    assert ["".join(t.text for t in link.iter(qn("w:t"))) for link in links] == [p.text for p in heads]
    marks = [p._p.find(qn("w:bookmarkStart")).get(qn("w:name")) for p in heads]
    assert [link.get(qn("w:anchor")) for link in links] == marks and len(set(marks)) == len(marks)
    assert "recommendations" in " ".join(marks) and not any("wordings" in mark for mark in marks)


def test_no_table_is_wider_than_its_page(whole: Any) -> None:
    upright, *turned = [s.page_width - s.left_margin - s.right_margin for s in whole.sections]
    sums = [sum(column.width for column in table.columns) for table in whole.tables]
    assert sums[0] <= upright and max(sums[1:]) <= turned[0] + 20_000


def test_a_matrix_that_no_page_holds_is_cut_into_parts(tmp_path: Path) -> None:
    table = sample.tables()["counts_by_category"]
    names = tuple(f"document {n}" for n in range(70))
    wide = replace(table, spread=names, section="mechanisms", headers={name: name for name in names})
    path = cross_tables.write(tmp_path / "t.docx", {"iscm_counts": wide}, table_sample.RUN)
    document = docx.Document(str(path))
    heads = [[cell.text for cell in written.rows[0].cells] for written in document.tables]
    assert [name for head in heads for name in head if name in names] == list(names)
    assert len(heads) > 1 and all("Category" in head for head in heads)


def test_failures_are_named(whole: Any) -> None:
    text = "\n".join(p.text for p in whole.paragraphs)
    assert "Not complete: lost: lost.pdf: encrypted: give --password (failed)." in text


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    tables = sample.tables()
    paths = [cross_tables.write(tmp_path / f"{n}.docx", tables, table_sample.RUN) for n in range(2)]
    assert paths[0].read_bytes() == paths[1].read_bytes()
