"""One table by itself: its columns, its cells, and what narrow places show of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import pytest

from pipeline.extract.quote import Run, Runs
from pipeline.tables.footnotes import Footnote
from pipeline.tables.table import Table, listing, matrix, translate_cell
from pipeline.translation import use_language


@dataclass(frozen=True)
class Answered:
    IDENTITY: ClassVar[str] = "document question"

    document: str
    question: str
    answer: str = "yes"
    page: int | None = None
    count: int = 0
    share: float = 0.0
    quote: Runs = ()


@dataclass(frozen=True)
class Spread:
    label: str
    cells: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    label: str
    cells: Mapping[str, str] = field(default_factory=dict)


ROWS = (
    Answered("a", "1", page=3, count=2, share=0.5, quote=(Run("the ", False), Run("forum", True))),
    Answered("b", "2", "not stated"),
    Answered("c", "3", ""),
)
TABLE = listing("answers", "Answers", "Who answers what.", Answered, ROWS, headers={"question": "Asked"})
NAMED = tuple("document question answer page count share quote".split())
MARKED = replace(TABLE, new_rows=(True, False, True), statuses=("accepted", "machine", "edited"))
CITED = replace(MARKED, cited=lambda row: Footnote(f"Source {row.document}"))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("table", "more"),
    [
        (TABLE, ()),
        (MARKED, ("status", "new_in_run")),
        (CITED, ("footnote", "status", "new_in_run")),
        (replace(TABLE, new_rows=()), ("new_in_run",)),
        (replace(TABLE, statuses=()), ("status",)),
    ],
)
def test_columns_are_the_fields_and_what_every_table_has(table: Table, more: tuple[str, ...]) -> None:
    assert table.columns == (*NAMED, *more)


def test_columns_may_be_chosen_and_those_of_a_matrix_are_named() -> None:
    assert replace(TABLE, only=("answer", "document")).columns == ("answer", "document")
    spread = matrix("m", "M", "m", Spread, [Spread("x", {"b": 4})], ("a", "b"))
    assert (spread.columns, spread.kind) == (("label", "a", "b"), "matrix")
    assert [spread.cells(name) for name in spread.columns] == [["x"], [0], [4]]
    assert [str(kind) for kind in spread.frame.dtypes] == ["object", "Int64", "Int64"]
    told = matrix("m", "M", "m", Told, [Told("x", {"b": "4"})], ("a", "b"))
    assert [told.cells(name) for name in told.columns] == [["x"], [""], ["4"]]
    assert [str(kind) for kind in told.frame.dtypes] == ["object", "object", "object"]


@pytest.mark.parametrize(
    ("column", "start", "stop", "expected"),
    [
        ("document", 0, None, ["a", "b", "c"]),
        ("document", 1, 2, ["b"]),
        ("page", 0, 2, [3, None]),
        ("quote", 0, 1, ["the forum"]),
        ("status", 1, None, ["machine", "edited"]),
        ("new_in_run", 1, 2, [False]),
        ("footnote", 2, None, ["Source c"]),
    ],
)
def test_cells(column: str, start: int, stop: int | None, expected: list[object]) -> None:
    assert CITED.cells(column, start, stop) == expected


def test_numbers_that_are_missing_are_told_from_nought() -> None:
    frame = CITED.frame
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert (kinds["page"], kinds["count"], kinds["share"], kinds["new_in_run"]) == ("Int64", "Int64", "float64", "bool")
    assert frame["page"].isna().tolist() == [False, True, True]
    assert frame["count"].tolist() == [2, 0, 0]
    assert CITED.rich == {"quote": tuple(row.quote for row in ROWS)}


@pytest.mark.parametrize(
    ("kind", "several", "hidden"),
    [("quotes", True, False), ("quotes", False, True), ("counts", False, False), ("listing", False, False)],
)
def test_what_tells_documents_apart_is_shown_where_there_are_several(kind: Any, several: bool, hidden: bool) -> None:
    assert ("document" not in replace(TABLE, kind=kind).shown(several)) is hidden
    assert "question" in replace(TABLE, kind=kind).shown(several)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (TABLE, NAMED),
        (CITED, (*NAMED, "status")),
        (replace(CITED, brief=("answer", "question")), ("question", "answer", "status")),
        (replace(CITED, brief=("answer",), statuses=("machine",) * 3), ("answer",)),
    ],
)
def test_narrow_places_show_the_brief_columns_and_what_was_decided(table: Table, expected: tuple[str, ...]) -> None:
    assert table.narrow() == expected


def test_narrow_places_leave_out_what_is_not_stated() -> None:
    assert TABLE.told() == [0, 2]
    assert replace(TABLE, kind="counts").told() == [0, 1, 2]
    assert replace(TABLE, only=("document",)).told() == [0, 1, 2]


def test_decided_is_a_table_of_which_somebody_spoke() -> None:
    assert [table.is_decided for table in (TABLE, MARKED, replace(TABLE, statuses=("machine",)))] == [
        False,
        True,
        False,
    ]


def test_words_around_a_table() -> None:
    assert (TABLE.header("question"), TABLE.header("nothing_known")) == ("Asked", "nothing_known")
    assert TABLE.header("document") != "document"
    assert (TABLE.identity, replace(TABLE, row=Spread).identity) == (("document", "question"), ())
    assert (TABLE.credit(), replace(TABLE, source="Review, table 1").credit()) == (
        "Who answers what.",
        "Who answers what. After: Review, table 1.",
    )
    assert TABLE.footnotes == () and [str(one) for one in CITED.footnotes] == ["Source a", "Source b", "Source c"]


def test_names_of_the_lexicon_are_translated_and_nothing_else() -> None:
    with use_language("fr"):
        assert translate_cell("label", "Diasporas") == translate_cell("kind", "Diasporas")
        assert translate_cell("label", "Civil society") != "Civil society" == translate_cell("wording", "Civil society")
        assert (translate_cell("label", 3), translate_cell("label", None)) == (3, None)
