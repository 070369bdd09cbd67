"""By when something is due: "by 2030", "within 60 days", "at its seventy-fourth session"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.lexicon.language import languages
from extractors.lexicon.terms import Words, pattern, words_of
from extractors.text.normalization import normalize
from pipeline.tables.commitments.words import operative_words


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time as printed, and as far as it can be told in ISO form: a year, month or day; "" for a period or an occasion."""

    printed: str
    iso: str


@lru_cache(maxsize=8)
def _months(language: str) -> dict[str, int]:
    """The names of the months, also those of English: texts of all languages quote English."""
    known = languages()
    return {
        normalize(form).text.casefold(): number
        for code in ("en", language)
        if code in known
        for number, forms in enumerate(known[code].numbering.months, 1)
        for form in forms
    }


@lru_cache(maxsize=8)
def _expression(language: str) -> re.Pattern[str]:
    data = operative_words().deadlines

    def of(lists: Words) -> str:
        return pattern(words_of(lists, language), fold=True)

    month = pattern(_months(language), fold=True)
    link = r"(?:\s+\w{2,3})?\s+"
    date = (
        rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?{link})?(?P<month>{month})(?:\s+(?P<day2>\d{{1,2}}),)?{link}"
        rf"(?P<year>20\d\d)|(?P<year2>20\d\d)"
    )
    return re.compile(
        rf"(?<!\w)(?:(?:{of(data.before_dates)})\s+(?:{date})"
        rf"|(?:{of(data.before_periods)})\s+(?:[\w-]+\s+){{1,4}}?(?:{of(data.periods)})"
        rf"|(?:{of(data.occasions)}))(?!\w)"
    )


def deadline_in(text: str, language: str) -> Deadline:
    """The first time in a sentence by which something is due; empty where it has none.

    >>> deadline_in("We will open counters by 31 May 2030 and within two years.", "en")
    Deadline(printed='by 31 May 2030', iso='2030-05-31')
    >>> deadline_in("Un taller, en un plazo no mayor de sesenta días, sobre la Agenda 2030.", "es")
    Deadline(printed='en un plazo no mayor de sesenta días', iso='')
    """
    normalized = normalize(text)
    found = _expression(language).search(normalized.text)
    if not found:
        return Deadline("", "")
    start, end = normalized.source(*found.span())
    year = found["year"] or found["year2"] or ""
    month = _months(language).get((found["month"] or "").casefold(), 0)
    day = int(found["day"] or found["day2"] or 0)
    iso = year + (f"-{month:02}" if year and month else "") + (f"-{day:02}" if year and month and 0 < day < 32 else "")
    return Deadline(" ".join(text[start:end].split()), iso)
