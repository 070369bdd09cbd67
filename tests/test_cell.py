import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cell import is_missing, is_right_to_left, legible, neutralised, plain, restored


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("- item", "'- item"),
        ("'=1", "''=1"),
        ("-5", "-5"),
        ("+12.50", "+12.50"),
        ("1-2", "1-2"),
        ("a=b", "a=b"),
        ("'tis", "'tis"),
        ("– dash", "– dash"),
        ("", ""),
    ],
)
def test_neutralised(text: str, expected: str) -> None:
    assert neutralised(text) == expected
    assert restored(expected) == text


@given(st.text(st.sampled_from("'=+-@\t\r\n1a. ")))
def test_restored_undoes_neutralised(text: str) -> None:
    assert restored(neutralised(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b", "a�b"),
        ("a\tb\nc\rd", "a\tb\nc\rd"),
        ("\ud800", "�"),
        ("\uffff", "�"),
        ("é–ع🙂", "é–ع🙂"),
        ("\x1b[31m", "�[31m"),
    ],
)
def test_legible(text: str, expected: str) -> None:
    assert legible(text) == expected
    assert len(legible(text)) == len(text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (math.nan, ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (3, 3),
        (3.0, 3),
        (97.5, 97.5),
        ("x", "x"),
        (True, "yes"),
        ("3.0", "3.0"),
    ],
)
def test_plain(value: object, expected: object) -> None:
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)


def test_plain_takes_the_numbers_of_a_frame() -> None:
    assert [plain(v) for v in pd.Series([1, None], dtype="Int64")] == [1, ""]
    assert [plain(v) for v in pd.Series([1.0, None])] == [1, ""]


def test_missing_is_not_empty_text() -> None:
    assert not is_missing("") and not is_missing(0) and is_missing(None)


@pytest.mark.parametrize(
    ("text", "expected"), [("«عملية»", True), ("12 ע", True), ("A ع", False), ("123", False), ("", False)]
)
def test_right_to_left(text: str, expected: bool) -> None:
    assert is_right_to_left(text) is expected
