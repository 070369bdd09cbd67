from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from pipeline.export.word import mechanisms
from pipeline.export.word.xml import Flow
from pipeline.tables.table import Table
from tests.tables import sample


def rows(path: Path, table: Table) -> list[list[str]]:
    """The rows of the table in the Word file; one that goes across the page has a single cell."""
    flow = Flow(docx.Document())
    mechanisms.listing(flow, table)
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
    monkeypatch.setattr(mechanisms, "_LONGEST", 2)
    table = sample.tables()["iscm_partnerships"]
    assert len(rows(tmp_path / "t.docx", table)) == 1 + 1 + 2
    text = [p.text for p in docx.Document(str(tmp_path / "t.docx")).paragraphs]
    assert f"The first 2 of {len(table.frame)} rows; all of them are in tables/iscm_partnerships.csv." in text
