import pytest

from pipeline.ingest.text.reader import read_text
from pipeline.ingest.text.table import printed_cells
from pipeline.settings import Limits

HEADER = "Recommendation\tMeans\tPartnerships"


def cells(text: str) -> dict[str, str]:
    """The cells of a text by their place."""
    return {
        line.cell: line.text
        for line in read_text(text.encode(), name="a.txt", sha256="", limits=Limits()).lines
        if line.cell
    }


def body(text: str) -> list[str]:
    return [
        line.text
        for line in read_text(text.encode(), name="a.txt", sha256="", limits=Limits()).lines
        if line.role == "body"
    ]


def test_rows_between_tabs_with_tags_as_web_forms_export_them() -> None:
    row = '<p>Promote dialogue</p>\t<ul style="x"> • Fairs • Lists\t<p>Cities</p>'
    assert cells(f"{HEADER}\n{row}") == {
        "T1/R1/C1": "Recommendation",
        "T1/R1/C2": "Means",
        "T1/R1/C3": "Partnerships",
        "T1/R2/C1": "Promote dialogue",
        "T1/R2/C2": "• Fairs • Lists",
        "T1/R2/C3": "Cities",
    }


@pytest.mark.parametrize(
    "between",
    [
        "",
        "\n",
        "\nA running head\n\n",
        f"\n{HEADER}\n",
        "--\t--\t---\n",
    ],
)
def test_a_row_goes_on_over_the_end_of_a_page(between: str) -> None:
    found = cells(f"{HEADER}\nPromote\tFairs of\tCities\n{between}\tmany towns\tand ports\n")
    assert (found["T1/R2/C2"], found["T1/R2/C3"]) == ("Fairs of many towns", "Cities and ports")
    assert len(found) == 6


def test_a_row_without_its_first_cell_is_a_row_of_its_own() -> None:
    assert cells(f"{HEADER}\nPromote\tFairs\tCities\n\tLists\tPorts")["T1/R3/C2"] == "Lists"


def test_text_after_the_table_is_body() -> None:
    assert body(f"{HEADER}\nPromote\tFairs\t\nThe States agreed.") == ["The States agreed."]


def test_two_tables() -> None:
    assert {"T1/R2/C1", "T2/R2/C1"} <= set(cells(f"{HEADER}\nA\tB\tC\n\nWords.\n\nArea\tState\tYear\nD\tE\tF"))


def test_markdown() -> None:
    text = "| Area | State |\n|------|:---:|\n| Labour | **Mali** |\n"
    assert cells(text) == {"T1/R1/C1": "Area", "T1/R1/C2": "State", "T1/R2/C1": "Labour", "T1/R2/C2": "Mali"}


@pytest.mark.parametrize(
    "text",
    [
        "1.\tExpresses its gratitude\tto the States\n2.\tEndorses\tthe Compact",
        "1.\tIntroduction\t1\n\tBackground\t1",
        "from:\tthe Presidency\nto:\tCouncil",
        "The States\tmet in\tthe town\nand they\tagreed to\tmeet again",
        HEADER,
        "Belize\t\tMexico\nMinister\t\tMinister",
    ],
)
def test_tabs_that_make_no_table(text: str) -> None:
    assert cells(text) == {}


def test_a_header_without_end_is_no_table() -> None:
    assert printed_cells(["|Area|State|", "|-|-|"] * 20_000) == {}
