"""Objectives across mechanisms: how many documents stand behind a cell, and which objective nobody takes up."""

from __future__ import annotations

from pipeline.tables.gaps import GapRow, TakenUpRow, find_outcome_works, gaps_table, taken_up_table
from pipeline.tables.mechanisms.objectives import addressed
from pipeline.tables.sentences import Evidence
from tests.tables.mechanisms.sample import RCM, SACM, evidence
from tests.tables.test_series import corpus


def gaps(known: Evidence) -> list[GapRow]:
    table = gaps_table(known, find_outcome_works(known), addressed(known))
    return [row for row in table.rows if isinstance(row, GapRow)]


def test_versions_of_one_text_count_once_and_two_texts_of_a_day_twice() -> None:
    for languages, number in (("en es", 1), ("en en", 2)):
        one, two = languages.split()
        known = corpus([("a", "2016-03-14", one, [5]), ("b", "2016-03-14", two, [5])])
        (row,) = taken_up_table(known, find_outcome_works(known)).rows
        assert isinstance(row, TakenUpRow)
        assert (row.region, row.year, row.count, row.documents_read) == ("Americas", "2016", number, number)
        assert row.citation == "§1"


def test_gaps_are_those_of_the_documents_read() -> None:
    known = corpus([("a", "2016", "en", list(range(1, 23))), ("b", "", "en", [1])])
    assert {(row.scope, row.scope_name, row.objective, row.documents_read, row.taken_up_by) for row in gaps(known)} == {
        (scope, name, 23, 2, "nobody")
        for scope, name in (
            ("all", "all ISCMs"),
            ("type", "Regional consultative process"),
            ("region", "Americas"),
            ("mechanism", "Regional Conference on Migration"),
        )
    }


def test_a_gap_of_one_mechanism_says_who_takes_it_up_and_which_accounts_do() -> None:
    texts = [(name, "1", "paragraph", "We name objective 12") for name in ("rcm", "sacm", "press")]
    about = [(name, "1", "objective", 12, "explicit", "objective 12", 90.0, "") for name in ("sacm", "press")]
    documents = [
        {"document": "rcm", "title": "R", "iscm": RCM, "date": "2016", "language": "en", "role": "outcome"},
        {"document": "sacm", "title": "S", "iscm": SACM, "date": "2017", "language": "en", "role": "outcome"},
        {"document": "press", "title": "Communiqué", "iscm": RCM, "date": "2016", "language": "en", "role": "report"},
    ]
    found = [row for row in gaps(evidence(texts, [], documents, about)) if row.objective == 12]
    told = [(row.scope, row.documents_read, row.taken_up_by, row.told_in, row.outcomes) for row in found]
    assert told == [("mechanism", 1, "South American Conference on Migration", 1, "rcm")]
