import pytest

from extractors.model import DocumentRow, ParagraphRow
from pipeline.tables.printed.lists import PrintedFact, printed_facts, printed_words
from pipeline.tables.records import Records
from pipeline.tables.registry import load_registry

RIGHTS = "Human rights of all migrants, social inclusion, cohesion, and all forms of discrimination, including racism."
DATA = "International cooperation and governance of migration in all its dimensions, including at borders."


def facts(*rows: tuple[str, str, str]) -> list[PrintedFact]:
    """Facts of an analysis with these paragraphs: (paragraph, kind, text)."""
    paragraphs = [
        ParagraphRow("note", n, p, p, kind, "", None, None, "", text) for n, (p, kind, text) in enumerate(rows)
    ]
    return printed_facts(Records([], paragraphs, [], {}), load_registry())


def said(*rows: tuple[str, str, str]) -> list[tuple[str, str]]:
    return [(fact.item, fact.value) for fact in facts(*rows)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Annex 1. Elements and themes of the Compact", "elements"),
        ("Elements and themes of the Compact", "elements"),
        ("Annex 9. List of Inter-State Consultation Mechanisms by region", "mechanisms"),
        ("Figure 3: Themes, guiding principles and objectives addressed in all positions", "topics"),
        ("The elements and themes of the Compact", ""),
        ("Annex 1. Elements", ""),
    ],
)
def test_heads(text: str, expected: str) -> None:
    head = printed_words().head(text)
    assert (head.id if head else "") == expected


def test_elements_stand_below_their_theme_in_lines_or_in_one_paragraph() -> None:
    head = ("H:1", "heading", "Annex 1. Elements and themes of the Compact")
    lines = [
        ("¶1", "body", RIGHTS),
        ("¶2", "body", "Element (i): Rights."),
        ("¶3", "body", DATA),
        ("¶4", "body", "Element (v): Data."),
    ]
    assert said(head, *lines) == [("i", "1"), ("v", "3")]
    assert said(("¶1", "body", " ".join([head[2], *(text for _, _, text in lines)]))) == [("i", "1"), ("v", "3")]


def test_a_list_ends_where_the_next_annex_begins() -> None:
    rows = [("H:1", "heading", "Annex 1. Elements and themes of the Compact"), ("¶1", "body", RIGHTS)]
    assert said(*rows, ("H:2", "heading", "Annex 2. Other things"), ("¶2", "body", "Element (i): Rights.")) == []


AREAS = ("H:2", "heading", "Annex 2. ISCM areas of focus")


def test_areas_of_a_table_with_a_row_that_goes_on() -> None:
    cells = [
        ("T1/R1/C1", "Area of focus"),
        ("T1/R1/C2", "ISCM"),
        ("T1/R2/C1", "Labour migration"),
        ("T1/R2/C2", "Prague Process PIDC"),
    ]
    rows = [(p, "cell", text) for p, text in [*cells, ("T2/R1/C2", "MIDWA")]]
    assert [(area, name.rpartition("(")[2].rstrip(")")) for area, name in said(AREAS, *rows)] == [
        ("Labour migration", "Prague Process"),
        ("Labour migration", "PIDC"),
        ("Labour migration", "MIDWA"),
    ]


def test_mechanisms_stand_left_of_their_areas_too() -> None:
    cells = [
        ("T1/R1/C1", "ISCM"),
        ("T1/R1/C2", "Area of focus"),
        ("T1/R2/C1", "PIDC"),
        ("T1/R2/C2", "Labour migration"),
        ("T1/R3/C1", "MIDWA"),
        ("T1/R3/C2", "Remittances"),
    ]
    found = facts(AREAS, *((p, "cell", text) for p, text in cells))
    assert [(fact.item, fact.value.rpartition("(")[2].rstrip(")")) for fact in found] == [
        ("Labour migration", "PIDC"),
        ("Remittances", "MIDWA"),
    ]
    assert {fact.head.text for fact in found} == {AREAS[2]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Remittances {DATA} PIDC Labour migration {RIGHTS} MIDWA", ["Remittances", "Labour migration"]),
        (f"Remittances Labour migration {DATA} {RIGHTS} PIDC MIDWA", []),
    ],
)
def test_areas_of_a_table_in_one_line_only_where_its_rows_stand_together(text: str, expected: list[str]) -> None:
    assert [area for area, _ in said(AREAS, ("¶1", "body", text))] == expected


def test_mechanisms_by_type_and_region() -> None:
    rows = [
        ("H:1", "heading", "Annex 5. List of Inter-State Consultation Mechanisms per region"),
        ("H:2", "heading", "Regional Consultative Processes on Migration"),
        ("H:3", "heading", "Europe"),
        ("H:4", "heading", "Prague Process"),
        ("¶1", "body", "The Prague Process and others are listed here because they were active in these years."),
    ]
    assert said(*rows) == [("Prague Process", "Regional consultative process; Europe")]


def test_positions_are_those_that_a_line_begins_with() -> None:
    rows = [
        ("H:1", "heading", "ISCM Positions on the Global Compact"),
        ("¶1", "body", "Budapest Process, Prague Process: An agenda"),
        ("¶2", "body", "A paper of some length on the Colombo Process"),
    ]
    assert [name for name, _ in said(*rows)] == ["Budapest Process", "Prague Process"]


def test_positions_of_a_table_whose_columns_were_read_across() -> None:
    head = "ISCMs that had formulated ISCMs with formal positions advice before on the Compact"
    rows = [
        ("¶1", "body", f"{head} · South American Arab Regional Consultative Conference on Process on Migration"),
        ("¶2", "body", "Prague Process · South American"),
        ("¶3", "body", "The Budapest Process is not in the table."),
    ]
    found = facts(*rows)
    assert [(fact.item.rpartition("(")[2].rstrip(")"), fact.paragraph.paragraph) for fact in found] == [
        ("SACM", "¶1"),
        ("ARCP", "¶1"),
        ("Prague Process", "¶2"),
    ]


def test_topics() -> None:
    head = ("H:1", "heading", "Figure 3: Themes, guiding principles and objectives addressed in all positions")
    rows = [("T1/R1/C1", "cell", DATA), ("T1/R1/C2", "cell", "Principle 2: Cooperation Objective 5: Pathways")]
    assert [item for item, _ in said(head, *rows)] == ["theme 3", "principle 2", "objective 5"]


def shown(fact: PrintedFact) -> str:
    words = " + ".join(fact.paragraph.text[start:end] for start, end in fact.spans)
    return f"{fact.list}: {fact.item.rpartition('(')[2].rstrip(')')} | {fact.value.rpartition('(')[2].rstrip(')')} | {words}"


ELEMENTS = ("¶0", "body", "Elements and themes of the Compact")
CASES = {
    "an element before any theme": ([ELEMENTS, ("¶1", "body", f"Element (i): Rights. {RIGHTS}")], []),
    "two themes in a line": (
        [ELEMENTS, ("¶1", "body", f"x {RIGHTS} Element (v) {DATA}"), ("¶2", "body", "Element (i): Rights.")],
        ["elements: v | 1 | Element (v)", "elements: i | 3 | Element (i)"],
    ),
    "notes and furniture are no part": (
        [ELEMENTS, ("FN1", "note", RIGHTS), ("F1", "furniture", DATA), ("¶1", "body", "Element (i): Rights.")],
        [],
    ),
    "one list behind another": (
        [ELEMENTS, ("¶1", "body", RIGHTS), AREAS, ("¶2", "body", "Element (i) Remittances PIDC")],
        ["areas: Remittances | PIDC | PIDC"],
    ),
    "a list that is named again goes on": (
        [ELEMENTS, ("¶1", "body", RIGHTS), ("¶2", "body", ELEMENTS[2]), ("¶3", "body", "Element (i): Rights.")],
        ["elements: i | 1 | Element (i)"],
    ),
    "an annex of the same name begins anew": (
        [ELEMENTS, ("¶1", "body", RIGHTS), ("H:1", "heading", f"Annex 2. {ELEMENTS[2]}"), ("¶3", "body", "Element (i)")],
        [],
    ),
    "columns in another order, an area by its printed words, none without an area": (
        [
            AREAS,
            *(
                (place, "cell", text)
                for place, text in [
                    ("T1/R1/C1", "PIDC"),
                    ("T1/R1/C2", "ISCM"),
                    ("T1/R1/C3", "Area of focus"),
                    ("T1/R2/C2", "Prague Process"),
                    ("T1/R3/C2", "MIDWA"),
                    ("T1/R3/C3", "Fishing  grounds"),
                    ("T1/R3/C1", "PIDC"),
                    ("T1/R4/C2", "PIDC"),
                    ("T1/R5/C3", "Labour migratoin"),
                    ("T1/R5/C2", "MIDWA"),
                ]
            ),
        ],
        [
            "areas: Fishing grounds | MIDWA | MIDWA",
            "areas: Fishing grounds | PIDC | PIDC",
            "areas: Labour migration | MIDWA | MIDWA",
        ],
    ),
    "a cell that goes on": (
        [
            AREAS,
            ("T1/R1/C1", "cell", "ISCM"),
            ("T1/R1/C2", "cell", "Area of focus"),
            ("T1/R2/C1", "cell", "MIDWA"),
            ("T1/R2/C1#2", "cell", "PIDC"),
            ("T1/R2/C2", "cell", "Labour migration"),
        ],
        ["areas: Labour migration | MIDWA | MIDWA", "areas: Labour migration | PIDC | PIDC"],
    ),
    "a mechanism before any area, areas that are words of a theme": (
        [AREAS, ("¶1", "body", f"PIDC Labour migration MIDWA {RIGHTS} Remittances PIDC")],
        ["areas: Labour migration | MIDWA | MIDWA", "areas: Remittances | PIDC | PIDC"],
    ),
    "mechanisms under a type, with a region or without, and what is no line of the list": (
        [
            ("H:1", "heading", "List of Inter-State Consultation Mechanisms per region"),
            ("¶0", "body", "Prague Process"),
            ("H:2", "heading", "Regional Consultative Processes on Migration"),
            ("¶1", "body", "Prague Process"),
            ("H:3", "heading", "Europe"),
            ("¶2", "body", "Prague Process, a town"),
            ("¶3", "body", "Prague Process is it, a townhall"),
            ("H:4", "heading", "A heading that is as long as no name of a region is, for it tells what comes below it"),
            ("¶4", "body", "Budapest Process"),
            ("H:5", "heading", "Interregional forums on migration"),
            ("¶5", "body", "Colombo Process"),
        ],
        [
            "mechanisms: Prague Process | Regional consultative process | Prague Process",
            "mechanisms: Prague Process | Regional consultative process; Europe | Prague Process",
            "mechanisms: Budapest Process | Regional consultative process; Europe | Budapest Process",
            "mechanisms: Colombo Process | Interregional forum | Colombo Process",
        ],
    ),
    "positions with one word between, or two": (
        [
            ("H:1", "heading", "ISCM Positions on the Global Compact"),
            ("¶1", "body", "The Budapest Process and Prague Process, and the Colombo Process: An agenda"),
        ],
        ["positions: Budapest Process | | Budapest Process", "positions: Prague Process | | Prague Process"],
    ),
    "topics by title, number and colon": (
        [
            ("H:1", "heading", "Figure 3: Themes, guiding principles and objectives addressed in all positions"),
            ("¶1", "body", f"Objective 23 : Partners {RIGHTS} {RIGHTS} Subobjective 3: no. Objective 4 no. PRINCIPLE 10: x"),
        ],
        [
            "topics: theme 1 | | Human rights of all migrants, social inclusion, cohesion, an",
            "topics: theme 1 | | Human rights of all migrants, social inclusion, cohesion, an",
            "topics: principle 10 | | PRINCIPLE 10:",
            "topics: objective 23 | | Objective 23 :",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_facts(case: str) -> None:
    rows, expected = CASES[case]
    assert [shown(fact).replace("|  |", "| |") for fact in facts(*rows)] == expected


@pytest.mark.parametrize(("role", "count"), [("analysis", 1), ("report", 1), ("", 1), ("outcome", 0), ("speech", 0)])
def test_only_analyses_and_reports_print_lists(role: str, count: int) -> None:
    rows = [ELEMENTS, ("¶1", "body", f"{RIGHTS} Element (i)")]
    paragraphs = [ParagraphRow("d", n, p, p, k, "", None, None, "", text) for n, (p, k, text) in enumerate(rows)]
    records = Records([], paragraphs, [], {}, documents=[DocumentRow("d", role=role)])
    assert len(printed_facts(records, load_registry())) == count
