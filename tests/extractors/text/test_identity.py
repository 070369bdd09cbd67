"""Ids of lists of fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text.identity import Field, identify_reference, make_identity

FIELDS = st.lists(st.text(max_size=6) | st.integers() | st.none() | st.booleans(), max_size=5)


@given(FIELDS, FIELDS)
def test_distinct_fields_have_distinct_ids(one: list[Field], other: list[Field]) -> None:
    same = repr(one) == repr(other)
    assert (make_identity(*one) == make_identity(*other)) is same


@given(st.lists(st.text(max_size=4), min_size=2, max_size=4), st.integers(min_value=0, max_value=12))
def test_equal_concatenations_are_kept_apart(fields: list[str], at: int) -> None:
    joined = "".join(fields)
    cut = [joined[: at % (len(joined) + 1)], joined[at % (len(joined) + 1) :]]
    assert (make_identity(*fields) == make_identity(*cut)) is (fields == cut)


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ab", "c"), ("a", "bc")), ((1,), ("1",)), ((1,), (True,)), ((None,), ("null",)), ((("a",), "b"), (("a", "b"),))],
)
def test_kept_apart(one: tuple[Field, ...], other: tuple[Field, ...]) -> None:
    assert make_identity(*one) != make_identity(*other)


def test_stable() -> None:
    assert make_identity("A_RES_73_195", "47", "iscm.gfmd", "global forum") == make_identity(
        *["A_RES_73_195", "47", "iscm.gfmd", "global forum"]
    )
    assert make_identity({"a": 1, "b": 2}) == make_identity({"b": 2, "a": 1})
    assert len(make_identity("\ud800", "é")) == 16


def test_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        make_identity(float("nan"))


def test_ids_are_those_of_every_run_before() -> None:
    assert make_identity("A_RES_73_195", "47", "iscm.gfmd", "global forum on migration and development") == (
        "1c4513881e243d0b"
    )
    assert identify_reference("d", "17", "iscm.rcp", "the  Process") == make_identity(
        "d", "17", "iscm.rcp", "the process"
    )
    assert identify_reference("d", "17", "iscm.rcp", "a") != identify_reference("d", "17", "iscm.rcp", "b")
