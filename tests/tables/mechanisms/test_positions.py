from typing import Any

import pytest

from pipeline.extract import quote
from pipeline.tables.mechanisms.positions import documents_table, find_positions, positions_table
from tests.tables.mechanisms import sample as sample


def one(title: str, *lines: tuple[str, str], iscm: str = sample.RCM, date: str = "", language: str = "en") -> Any:
    document = {"document": "d", "title": title, "iscm": iscm, "date": date, "language": language}
    paragraphs = [("d", f"¶{n}", kind, text) for n, (kind, text) in enumerate(lines, 1)]
    return find_positions(sample.evidence(paragraphs, [], [document]))


def test_position_of_a_declaration() -> None:
    found = next(p for p in find_positions(sample.evidence()) if p.document == "rcm")
    assert (found.kinds, found.stated_in, found.compact) == (("Declaration",), "heading", ("1",))
    assert found.meeting == "XXIV Regional Conference on Migration"
    assert (found.place, found.held) == ("Tegucigalpa, Honduras", "3-4 May 2019")
    assert "XXIV Regional Conference on Migration" in quote.plain(found.meeting_quote)


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


def test_the_words_that_tell_the_kind_are_marked() -> None:
    found = one("Notes", ("body", "They met in the hall. The ministers adopted a Declaration on movement."))[0]
    assert [run.text for run in found.meeting_quote if run.is_bold] == ["adopted", "Declaration"]


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


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("Joint Action Plan - Conclusions 2018", ("Conclusions",)),
        ("Declaration and Action Plan", ("Declaration", "Action plan or strategy")),
    ],
)
def test_kinds_of_a_heading(heading: str, kinds: tuple[str, ...]) -> None:
    assert one("", ("heading", heading), ("body", "We met."))[0].kinds == kinds


COMPACT = "The ministers submitted recommendations to the Global Compact for Safe, Orderly and Regular Migration."


@pytest.mark.parametrize(
    ("role", "title", "text", "expected"),
    [
        ("outcome", "Declaration", "We reaffirm the Global Compact for Safe, Orderly and Regular Migration.", ("itself", True)),
        ("outcome", "Declaration", "We reaffirm the New York Declaration.", ("itself", False)),
        ("account", "Own page of a declaration", COMPACT, ("its account", True)),
        ("account", "Own page of a declaration", "They spoke of the Global Compact for Migration.", ("its account", False)),
        ("account", "Publisher's description", COMPACT, ("others", True)),
        ("speech", "Remarks on the declaration", COMPACT, ("others", False)),
    ],
)  # fmt: skip
def test_positions_on_the_compact(role: str, title: str, text: str, expected: tuple[str, bool]) -> None:
    documents = [{"document": "d", "title": title, "iscm": sample.RCM, "language": "en", "role": role}]
    found = find_positions(sample.evidence([("d", "¶1", "body", "We met."), ("d", "¶2", "body", text)], [], documents))[
        0
    ]
    assert (found.said_by, found.is_on_compact) == expected
    if found.is_on_compact:
        assert (found.paragraphs, quote.plain(found.quote)) == (("¶2",), text)


def test_positions_and_other_documents_are_two_tables() -> None:
    evidence = sample.evidence()
    found = find_positions(evidence)
    table = positions_table(evidence, found)
    assert list(table.frame[["document", "position"]].itertuples(index=False, name=None)) == [("rcm", "Declaration")]
    assert "Global Compact" in table.frame["quote"][0]
    others = documents_table(evidence, found).frame
    assert list(others[["document", "position"]].itertuples(index=False, name=None)) == [
        ("sacm", "Action plan or strategy")
    ]


def test_a_title_that_only_the_manifest_gives_is_not_quoted() -> None:
    found = one("Joint communiqué", ("body", "Summary of the talks."))[0]
    assert (found.kinds, found.paragraphs, quote.plain(found.quote)) == (
        ("Communiqué",),
        ("¶1",),
        "Summary of the talks.",
    )
