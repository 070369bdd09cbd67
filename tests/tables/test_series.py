"""Objectives from one outcome document of a mechanism to the next, and the declarations that review the Compact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.lexicon.entries import load_lexicon
from extractors.text.dates import iso_date
from pipeline.tables.sentences import Evidence
from pipeline.tables.series import (
    Change,
    Series,
    SeriesRow,
    SeriesStep,
    compare_steps,
    find_reviews,
    find_series,
    series_table,
)
from tests.tables.mechanisms.sample import RCM, SACM, evidence

Meeting = tuple[str, str, str, Sequence[int]]
"""Name of a document, date, language, objectives that it names."""


def corpus(meetings: Sequence[Meeting], **facts: Any) -> Evidence:
    """The documents of one mechanism, each with a paragraph for each objective that it names."""
    texts = [
        (name, "1", "paragraph", "We name " + ", ".join(f"objective {n}" for n in given))
        for name, _, _, given in meetings
    ]
    about = [
        (name, "1", "objective", n, "explicit", f"objective {n}", 90.0, "")
        for name, _, _, given in meetings
        for n in given
    ]
    documents = [
        {
            "document": name,
            "title": f"Declaration {name}",
            "iscm": RCM,
            "date": date,
            "language": language,
            "role": "outcome",
        }
        | facts
        for name, date, language, _ in meetings
    ]
    return evidence(texts, [], documents, about or [("", "", "objective", 1, "explicit", "", 90.0, "")])


def changes(meetings: Sequence[Meeting], **facts: Any) -> list[str]:
    """Each row of the series as "date objective change"."""
    known = corpus(meetings, **facts)
    rows = [row for row in series_table(known, find_series(known)).rows if isinstance(row, SeriesRow)]
    return [f"{row.date[:4]} {row.objective} {row.change}" for row in rows]


CASES: list[tuple[str, list[Meeting], list[str]]] = [
    ("one document", [("a", "2016", "en", [5])], ["2016 5 first"]),
    ("kept", [("a", "2016", "en", [5]), ("b", "2018", "en", [5])], ["2016 5 first", "2018 5 kept"]),
    ("new", [("a", "2016", "en", []), ("b", "2018", "en", [5])], ["2018 5 new"]),
    ("dropped", [("a", "2016", "en", [5]), ("b", "2018", "en", [])], ["2016 5 first", "2018 5 dropped"]),
    ("the order is that of time", [("b", "2018", "en", [5]), ("a", "2016", "en", [])], ["2018 5 new"]),
    ("one meeting", [("a", "2016-03", "en", [5]), ("b", "2016-03-23", "en", [6])], ["2016 5 first", "2016 6 first"]),
    ("two languages", [("a", "2016", "en", [5]), ("b", "2016", "es", [5])], ["2016 5 first"]),
    (
        "resumed",
        [("a", "2016", "en", [5]), ("b", "2018", "en", []), ("c", "2020", "en", [5])],
        ["2016 5 first", "2018 5 dropped", "2020 5 resumed"],
    ),
    ("undated last", [("a", "", "en", [5]), ("b", "2018", "en", [6])], ["2018 6 first", " 5 undated"]),
]


@pytest.mark.parametrize(("name", "meetings", "expected"), CASES, ids=[case[0] for case in CASES])
def test_changes(name: str, meetings: list[Meeting], expected: list[str]) -> None:
    assert changes(meetings) == expected


@pytest.mark.parametrize("role", ["account", "speech", "report", "draft", "analysis", ""])
def test_only_outcome_documents_count(role: str) -> None:
    assert changes([("a", "2016", "en", [5])], role=role) == []


def test_a_row_has_the_passage_and_where_it_stood_before() -> None:
    known = corpus([("a", "2016", "en", [5]), ("b", "2017", "en", []), ("c", "2018", "en", [5, 6])])
    rows = [row for row in series_table(known, find_series(known)).rows if isinstance(row, SeriesRow)]
    told = [(row.objective, row.change, row.outcome, row.document, row.before, row.taken_before) for row in rows]
    assert told == [
        (5, "first", "a", "a", "", ""),
        (5, "dropped", "b", "a", "a (2016)", "a (2016)"),
        (5, "resumed", "c", "c", "b (2017)", "a (2016)"),
        (6, "new", "c", "c", "b (2017)", ""),
    ]
    assert "".join(run.text for run in rows[2].quote) == "We name objective 5, objective 6"


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sets(st.integers(1, 23), max_size=6), min_size=1, max_size=6))
def test_what_is_taken_up_now_and_before_adds_up(taken: list[set[int]]) -> None:
    steps = tuple(
        SeriesStep(str(2000 + n), (f"d{n}",), {number: [] for number in found}) for n, found in enumerate(taken)
    )
    for step, before, found in list(compare_steps(Series("x", "x", steps)))[1:]:
        by = {change: {n for n, one in found.items() if one == change} for change in get_args(Change)}
        assert before is not None
        assert by["new"] | by["resumed"] | by["kept"] == set(step.taken) and by["kept"] | by["dropped"] == set(
            before.taken
        )
        assert sum(map(len, by.values())) == len(found)


@pytest.mark.parametrize(
    ("title", "role", "is_review"),
    [
        ("Progress Declaration of the International Migration Review Forum", "instrument", True),
        ("Declaración sobre los Progresos del Foro de Examen de la Migración Internacional", "draft", True),
        ("Format and organizational aspects of the international migration review forums", "instrument", False),
        ("Progress Declaration of the International Migration Review Forum", "account", False),
        ("Declaration of the Regional Conference on Migration", "instrument", False),
    ],
)
def test_declarations_of_reviews(title: str, role: str, is_review: bool) -> None:
    known = corpus([("a", "2022-05-20", "en", [5])], title=title, role=role, iscm="")
    assert [step.works for step in find_reviews(known, load_lexicon()).steps] == ([("a",)] if is_review else [])


def test_two_mechanisms_have_a_series_each() -> None:
    known = corpus([("a", "2016", "en", [5])], iscm=f"{RCM} and {SACM}")
    labels = ["Regional Conference on Migration", "South American Conference on Migration"]
    assert [series.short for series in find_series(known)] == labels


def test_dates() -> None:
    assert [iso_date(d) for d in ("2018", "2018-05", "May 2018", "20181")] == [
        "2018",
        "2018-05",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("dates", "is_comparable"), [((), False), (("2019",), False), (("2019", ""), False), (("2019", "2020"), True)]
)
def test_two_dates_can_be_compared(dates: Sequence[str], is_comparable: bool) -> None:
    assert Series("a", "a", tuple(SeriesStep(date, ("d",), {}) for date in dates)).is_comparable is is_comparable
