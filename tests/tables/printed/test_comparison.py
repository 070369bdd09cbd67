import pytest

from extractors.model import ParagraphRow
from pipeline.tables.mechanisms.areas import FocusRow
from pipeline.tables.mechanisms.objectives import AddressRow
from pipeline.tables.mechanisms.positions import PositionRow
from pipeline.tables.printed.comparison import PrintedAndFoundRow, printed_and_found_table
from pipeline.tables.printed.lists import printed_facts
from pipeline.tables.records import Records
from pipeline.tables.registry import load_registry
from pipeline.tables.sentences import Evidence
from pipeline.tables.table import listing

PRAGUE, AREA = "Prague Process", "Labour migration"
CELLS = [("T1/R1/C1", "Area of focus"), ("T1/R1/C2", "ISCM"), ("T1/R2/C1", AREA), ("T1/R2/C2", PRAGUE)]


def focus(basis: str, area: str = AREA) -> FocusRow:
    return FocusRow(area, "", "", PRAGUE, "", basis, "", "report", "§1", (), None, None, "1", "")


def verdicts(*rows: FocusRow) -> list[tuple[str, str, str]]:
    """Item, verdict and where it was found, for an analysis that prints labour migration for the Prague Process."""
    texts = [("H:2", "heading", "Annex 2. ISCM areas of focus"), *((p, "cell", text) for p, text in CELLS)]
    paragraphs = [
        ParagraphRow("note", n, p, p, kind, "", None, None, "", text) for n, (p, kind, text) in enumerate(texts)
    ]
    tables = {
        "iscm_areas_of_focus": listing("iscm_areas_of_focus", "", "", FocusRow, rows),
        "iscm_positions": listing("iscm_positions", "", "", PositionRow, ()),
        "iscm_themes_principles_objectives": listing("iscm_themes_principles_objectives", "", "", AddressRow, ()),
    }
    evidence = Evidence(Records([], paragraphs, [], {}), load_registry())
    table = printed_and_found_table(evidence, printed_facts(evidence.source, evidence.known), tables)
    assert table is not None
    return [(r.item, r.verdict, r.found_document) for r in table.rows if isinstance(r, PrintedAndFoundRow)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([focus("text")], [(AREA, "agrees", "report")]),
        ([focus("printed and text")], [(AREA, "agrees", "report")]),
        ([focus("printed")], [(AREA, "only printed", "")]),
        ([], [(AREA, "only printed", "")]),
        ([focus("text", "Remittances")], [(AREA, "only printed", ""), ("Remittances", "only found", "report")]),
    ],
)
def test_what_is_printed_is_no_evidence_of_itself(rows: list[FocusRow], expected: list[tuple[str, str, str]]) -> None:
    assert verdicts(*rows) == expected


def test_no_table_where_nothing_is_printed() -> None:
    assert printed_and_found_table(Evidence(Records([], [], [], {}), load_registry()), [], {}) is None
