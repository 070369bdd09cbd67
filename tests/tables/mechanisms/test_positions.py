from typing import Any

import pytest

from pipeline.extract import quote
from pipeline.tables.mechanisms.positions import positions, positions_table
from tests.tables.mechanisms import sample as sample


def one(title: str, *lines: tuple[str, str], iscm: str = sample.RCM, date: str = "", language: str = "en") -> Any:
    document = {"document": "d", "title": title, "iscm": iscm, "date": date, "language": language}
    paragraphs = [("d", f"¶{n}", kind, text) for n, (kind, text) in enumerate(lines, 1)]
    return positions(sample.evidence(paragraphs, [], [document]))


def test_position_of_a_declaration() -> None:
    found = next(p for p in positions(sample.evidence()) if p.document == "rcm")
    assert (found.kinds, found.stated_in, found.compact) == (("Declaration",), "heading", ("1",))
    assert found.meeting == "XXIV Regional Conference on Migration"
    assert (found.place, found.held) == ("Tegucigalpa, Honduras", "3-4 May 2019")
    assert "XXIV Regional Conference on Migration" in quote.plain(found.quote)


@pytest.mark.parametrize(
    ("title", "lines", "kinds"),
    [
        ("Notes", [("body", "The ministers adopted a Declaration on movement.")], ("Declaration",)),
        ("Notes", [("body", "In his welcome statement, the minister praised the Declaration.")], ()),
        ("Notes", [("heading", "Annex 3: Communiqué"), ("body", "Summary of the talks.")], ()),
        ("Joint communiqué", [("body", "Summary of the talks.")], ("Communiqué",)),
        (
            "Press note",
            [("body", "They met in March 2011, which led to the adoption of the Declaration, then adopted.")],
            (),
        ),
    ],
)
def test_kinds(title: str, lines: list[tuple[str, str]], kinds: tuple[str, ...]) -> None:
    assert one(title, *lines, date="2013-06-05")[0].kinds == kinds


def test_nothing_is_invented() -> None:
    found = one("Declaration", ("body", "We agree on everything."))[0]
    assert (found.meeting, found.place, found.held) == ("", "", "")


def test_earlier_meetings_that_are_recalled_are_not_the_meeting() -> None:
    lines = [
        (
            "body",
            "RECALLING the Fifth Ministerial Conference held in Rabat on 10 July 2006; MEETING in Rome on 27 November 2014;",
        )
    ]
    found = one("Declaration", *lines)[0]
    assert (found.place, found.held) == ("Rome", "27 November 2014")


def test_both_issuers_of_a_joint_document_have_a_row() -> None:
    found = one("Conclusions", ("body", "We met."), iscm="Rabat Process and Khartoum Process")
    assert [p.mechanism.id for p in found] == ["rabat-process", "khartoum-process"]


def test_table_lists_only_positions() -> None:
    evidence = sample.evidence()
    table = positions_table(evidence, positions(evidence))
    assert list(table.frame[["document", "position"]].itertuples(index=False, name=None)) == [
        ("rcm", "Declaration"),
        ("sacm", "Action plan or strategy"),
    ]
    assert [quote.plain(cell) for cell in table.rich["quote"]] == list(table.frame["quote"])
