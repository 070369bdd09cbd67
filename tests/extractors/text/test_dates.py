"""Dates as texts print them."""

from __future__ import annotations

import pytest

from extractors.text.dates import date_in, is_same_day, iso_date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Done at Accra, 10–11 October 2017", "2017-10-11", "2017-10-11"),
        ("el 6 de julio de 2008 y el 1 de enero de 2009", "2008-07-06", "2009-01-01"),
        ("March 3rd, 2000, then 2001-12-31", "2000-03-03", "2001-12-31"),
        ("May 3-4, 2021", "2021-05-04", "2021-05-04"),
        ("2001-13-01 or 2001-00-10 or 2001-10-32 or 2001-10-00", "", ""),
        ("2001-12-01", "2001-12-01", "2001-12-01"),
        ("2001-01-31", "2001-01-31", "2001-01-31"),
        ("0 May 2001, 32 May 2001, 31 May 2001", "2001-05-31", "2001-05-31"),
        ("1 May 2001", "2001-05-01", "2001-05-01"),
        ("le 1er février 2019", "2019-02-01", "2019-02-01"),
        ("3 May 1899, in 2018", "", ""),
    ],
)
def test_date_in(text: str, first: str, last: str) -> None:
    assert (date_in(text), date_in(text, last=True)) == (first, last)


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2018", "2018"),
        ("2018-11", "2018-11"),
        ("2018-11-16 (adopted)", "2018-11-16"),
        ("20181116", ""),
        ("16 November 2018", "2018-11-16"),
    ],
)
def test_iso_date(said: str, date: str) -> None:
    assert iso_date(said) == date


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [("2013", "2013-07-11", True), ("2013-07-11", "2013-07", True), ("2013-07", "2013-08", False)],
)
def test_same_day(one: str, other: str, is_same: bool) -> None:
    assert is_same_day(one, other) is is_same
