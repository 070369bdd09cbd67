from dataclasses import fields, replace

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

RIGHTS = "Human rights of all migrants, social inclusion, cohesion, and all forms of discrimination, including racism."
RCP = "Regional consultative process"
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


NOTE = [
    ("H:1", "heading", "Annex 1. Elements and themes of the Compact"),
    ("¶1", "body", RIGHTS),
    ("¶2", "body", "Element (i): Rights. Element (c): Climate."),
    ("H:2", "heading", "Annex 2. List of Inter-State Consultation Mechanisms per region"),
    ("H:3", "heading", "Regional Consultative Processes on Migration"),
    ("H:4", "heading", "EUROPE (eurasia)"),
    ("¶3", "body", PRAGUE),
    ("H:5", "heading", "Africa"),
    ("¶4", "body", "Colombo Process"),
    ("H:8", "heading", "Interregional forums on migration"),
    ("H:9", "heading", "Americas-Europe"),
    ("¶7", "body", "Ibero-American Network of Migration Authorities"),
    ("H:6", "heading", "ISCM Positions on the Global Compact"),
    ("¶5", "body", "Prague Process, Colombo Process: An agenda"),
    ("H:7", "heading", "Figure 3: Themes, guiding principles and objectives addressed in all positions"),
    ("¶6", "body", "Objective 5: Pathways. Objective 6: Work. Principle 2: Cooperation. Objective 24: None."),
]


def test_every_list_is_held_against_what_was_found() -> None:
    paragraphs = [ParagraphRow("note", n, p, p, kind, "", None, 3, "", text) for n, (p, kind, text) in enumerate(NOTE)]
    evidence = Evidence(Records([], paragraphs, [], {}), load_registry())
    iscms = {one.label: one.name for one in evidence.known.mechanisms.values()}
    prague, colombo, puebla = iscms[PRAGUE], iscms["Colombo Process"], iscms["Regional Conference on Migration"]
    position = PositionRow(**{field.name: "" for field in fields(PositionRow)})  # type: ignore[arg-type]
    address = AddressRow(**{field.name: "" for field in fields(AddressRow)})  # type: ignore[arg-type]
    positions = [
        replace(position, iscm=prague, document="second", paragraph="8; 9"),
        replace(position, iscm=prague, document="first", paragraph="4; 5"),
        replace(position, iscm=puebla, document="third", paragraph="7"),
    ]
    addresses = [
        replace(address, kind="Objective", number=number, iscm=iscm, basis=basis, document=document, paragraph="2")
        for number, iscm, basis, document in [
            ("5", prague, "implied", "a"),
            ("5", puebla, "explicit", "b"),
            ("5", colombo, "explicit", "c"),
            ("7", prague, "structural", "d"),
            ("6", colombo, "explicit", "e"),
        ]
    ]
    tables = {
        "iscm_areas_of_focus": listing("iscm_areas_of_focus", "", "", FocusRow, ()),
        "iscm_positions": listing("iscm_positions", "", "", PositionRow, positions),
        "iscm_themes_principles_objectives": listing(
            "iscm_themes_principles_objectives", "", "", AddressRow, addresses
        ),
    }
    table = printed_and_found_table(evidence, printed_facts(evidence.source, evidence.known), tables)
    assert table is not None
    rows = [row for row in table.rows if isinstance(row, PrintedAndFoundRow)]
    shown = [
        f"{row.item[:20]} | {row.name[:20]} | {row.verdict} | {row.printed} | {row.found} | {row.citation} "
        f"| {row.found_document} {row.found_citation}"
        for row in rows
    ]
    assert shown[:12] == [
        "Element (i) | Human rights and fun | agrees | 1 | 1 | ¶2 | lexicon ",
        "Element (c) | Addressing the drive | differs | 1 | 5 | ¶2 | lexicon ",
        f"Prague Process |  | agrees | {RCP}; EUROPE (eurasia) | {RCP}; Europe (Eurasia) | ¶3 | lexicon ",
        f"Regional Consultativ |  | differs | {RCP}; Africa | {RCP}; Asia and Pacific | ¶4 | lexicon ",
        "Ibero-American Netwo |  | agrees | Interregional forum; Americas-Europe | Interregional forum; Americas – Europe "
        "| ¶7 | lexicon ",
        "Prague Process |  | agrees | yes | yes | ¶5 | second §8",
        "Regional Consultativ |  | only printed | yes |  | ¶5 |  ",
        "Principle 2 | International cooper | only printed | yes |  | ¶6 |  ",
        "Objective 5 | Enhance availability | agrees | yes | 2 of 2 ISCMs with a position (explicit) | ¶6 | b §2",
        "Objective 6 | Facilitate fair and  | only printed | yes |  | ¶6 |  ",
        "Objective 24 |  | only printed | yes |  | ¶6 |  ",
        "Element (a) | Migration as a multi | only found |  | 4 |  | lexicon ",
    ]
    assert shown[-2:] == [
        "Regional Conference  |  | only found |  | yes |  | third §7",
        "Objective 7 | Address and reduce v | only found |  | 1 of 2 ISCMs with a position (structural) |  | d §2",
    ]
    assert all(row.verdict == "only found" and row.found and not row.printed for row in rows[12:])
    assert len({(row.list, row.item) for row in rows}) == len(rows)
