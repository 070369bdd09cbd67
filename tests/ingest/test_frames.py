import pytest

from pipeline.ingest.frames import TableFacts, is_mark_alone, without_frames
from pipeline.ingest.line import Line


def table(*rows: str, facts: TableFacts | None = None) -> list[str]:
    """Rows written "a | b", lines of a cell parted by " / "; what comes out, cells in front of the text."""
    lines = []
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells.split("|"), 1):
            lines += [
                Line(text.strip(), "cell", cell=f"T1/R{row}/C{column}") for text in cell.split("/") if text.strip()
            ]
    return [f"{line.cell} {line.mark} {line.text}".strip() for line in without_frames(lines, [facts or TableFacts()])]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["1. | We agreed.", "2. | We met."], ["1.  We agreed.", "2.  We met."]),
        (["(a) | to meet;"], ["(a)  to meet;"]),
        (["– | to meet;", "– | to report."], ["–  to meet;", "–  to report."]),
        (["| (a) | to meet;", "| (b) | to report."], ["(a)  to meet;", "(b)  to report."]),  # an indent of its own
        (["2 bis. | We agreed."], ["2 bis.  We agreed."]),
        (["1. | We agreed: / to meet;", "| to report."], ["1.  We agreed:", "to meet;", "to report."]),
        (["LABOUR", "1. | We agreed."], ["LABOUR", "1.  We agreed."]),
        (["1 | We met in spring.", "2 | We met in autumn."], ["1  We met in spring.", "2  We met in autumn."]),
        (["Aims | 1. We agreed. / 2. We met.", "Work | 3. We left."], ["Aims", "1. We agreed.", "2. We met.", "Work", "3. We left."]),
        (["1. We agreed. / 2. We met. | 3. We left. / 4. We came."], ["1. We agreed.", "2. We met.", "3. We left.", "4. We came."]),
    ],
)  # fmt: skip
def test_rows_of_a_page_are_its_text(rows: list[str], expected: list[str]) -> None:
    assert [" ".join(one.split()) for one in table(*rows)] == [" ".join(one.split()) for one in expected]


@pytest.mark.parametrize(
    "rows",
    [
        ["No. | Country | Year", "1. | Chad | 2044"],
        ["No. | Action", "1. | We train staff of all ports."],  # a heading row
        ["1 | Chad", "2 | Mali"],  # entries, not paragraphs
        ["2044 | 12", "2045 | 13"],
        ["1. | 300", "2. | 400"],
        ["1 | We met in spring.", "7 | We met in autumn."],  # figures do not run on
        ["1. Chad | N'Djamena", "2. Mali | Bamako"],  # the numbers count entries
        ["Name | Office", "Chad | 1. Visas 2. Ports", "Mali | 1. Visas"],
        ["For Chad | For Mali"],
    ],
)
def test_data_stays_in_its_table(rows: list[str]) -> None:
    assert all(one.startswith("T1/R") for one in table(*rows))


def test_a_heading_row_makes_data() -> None:
    assert table("1. | We agreed.", facts=TableFacts(is_headed=True)) == ["T1/R1/C1  1.", "T1/R1/C2  We agreed."]


def test_a_number_by_format_counts_what_stands_beside_it() -> None:
    lines = [Line("", "cell", mark="1.", cell="T1/R1/C1"), Line("We agreed.", "cell", cell="T1/R1/C2")]
    assert without_frames(lines, [TableFacts()]) == (Line("We agreed.", mark="1."),)


def test_an_inner_table_is_read_in_the_paragraph_around_it() -> None:
    """The page of a law: paragraph 1 holds a table of its points."""
    cells = [("T1/R1/C1", "1."), ("T1/R1/C2", "We agreed:"), ("T2/R1/C1", "(a)"), ("T2/R1/C2", "to meet;")]
    cells += [("T2/R2/C1", "(b)"), ("T2/R2/C2", "to report."), ("T3/R1/C1", "Chad"), ("T3/R1/C2", "300")]
    facts = [TableFacts(is_layout=True), TableFacts("T1/R1/C2"), TableFacts("T1/R1/C2")]
    lines = without_frames([Line(text, "cell", cell=cell) for cell, text in cells], facts)
    assert [(line.cell, line.mark, line.text) for line in lines] == [
        ("", "1.", "We agreed:"),
        ("", "(a)", "to meet;"),
        ("", "(b)", "to report."),
        ("T1/R1/C1", "", "Chad"),
        ("T1/R1/C2", "", "300"),
    ]


def test_single_letters_without_a_sign_are_no_marks() -> None:
    assert not any(is_mark_alone(text) for text in ("A", "EU", "12", "2044.", "Chad", ""))
