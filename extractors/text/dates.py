"""Dates as texts print them, read as ISO."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from extractors.lexicon.language import alternatives, any_word, languages

MONTHS = {
    form: number
    for language in languages().values()
    for number, forms in enumerate(language.numbering.months, 1)
    for form in forms
}
"""Name of a month, in any language, -> its number."""


@cache
def _dates() -> re.Pattern[str]:
    month = alternatives(MONTHS)
    ordinal = any_word(lambda language: language.numbering.ordinal_marks)
    of = any_word(lambda language: language.numbering.date_links)
    return re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:{ordinal})?\s+(?:(?:{of})\s+)?(?P<month>{month})\.?,?\s+(?:(?:{of})\s+)?(?P<year>(?:19|20)\d\d)\b"
        rf"|\b(?P<month2>{month})\s+(?:\d{{1,2}}\s*[-–]\s*)?(?P<day2>\d{{1,2}})(?:{ordinal})?,?\s+(?P<year2>(?:19|20)\d\d)\b"
        rf"|\b(?P<year3>(?:19|20)\d\d)-(?P<month3>\d\d)-(?P<day3>\d\d)\b",
        re.IGNORECASE,
    )


def date_in(text: str, *, last: bool = False) -> str:
    """Return the first (or last) full date in a text as ISO, "" for none.

    >>> date_in("Done at Accra, 10–11 October 2017"), date_in("el 6 de julio de 2008"), date_in("2018")
    ('2017-10-11', '2008-07-06', '')
    """
    found = []
    for hit in _dates().finditer(text):
        part: Mapping[str, str | None] = hit.groupdict()
        year = part["year"] or part["year2"] or part["year3"] or ""
        name = (part["month"] or part["month2"] or "").lower()
        month = MONTHS[name] if name else int(part["month3"] or 0)
        day = int(part["day"] or part["day2"] or part["day3"] or 0)
        if 1 <= month <= 12 and 1 <= day <= 31:
            found.append(f"{year}-{month:02d}-{day:02d}")
    return (found[-1] if last else found[0]) if found else ""


def iso_date(said: str) -> str:
    """Return the date that a file says of itself as ISO, possibly only a year or month; "" for none.

    >>> iso_date("2018-11-16 (date of its adoption)"), iso_date("2013-07"), iso_date("soon")
    ('2018-11-16', '2013-07', '')
    """
    found = re.match(r"\d{4}(-\d{2}(-\d{2})?)?(?!\d)", said)
    return found[0] if found else date_in(said)


def is_same_day(one: str, other: str) -> bool:
    """Whether two ISO dates can be of one meeting: the same, or one of them less exact.

    >>> is_same_day("2013-07", "2013-07-11"), is_same_day("2013-07-11", "2013-07-12")
    (True, False)
    """
    return one.startswith(other) or other.startswith(one)
