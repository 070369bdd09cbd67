"""What a single cell may hold: text that no program runs, can be written everywhere and reads back as it was."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from numbers import Integral, Real
from typing import Any

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_RUN_AS_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def neutralised(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula when it opens a CSV file.

    That is text that starts with = + - @, a tab or a line end, also where it is only a list item ("- cities"); plain
    numbers stay. Text that already starts with apostrophes before such a character gets one more, so that `restored`
    gives back exactly what was there (offsets into `paragraphs.csv` count in the restored text).

    >>> neutralised("=1+1"), neutralised("- cities"), neutralised("-5"), neutralised("cities")
    ("'=1+1", "'- cities", '-5', 'cities')
    """
    return "'" + text if _RUN_AS_FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def restored(text: str) -> str:
    """Undo `neutralised`.

    >>> restored("'- cities"), restored("'tis")
    ('- cities', "'tis")
    """
    return text[1:] if text.startswith("'") and _RUN_AS_FORMULA.match(text) else text


def legible(text: str) -> str:
    """Replace characters that XML or UTF-8 cannot hold (control characters, half surrogates) one for one by "�".

    >>> legible("a\\x00b")
    'a�b'
    """
    return text if text.isprintable() else _ILLEGAL.sub("\ufffd", text)


def is_missing(value: Any) -> bool:
    """Tell None, NaN, NaT and NA from real values; empty text is not missing."""
    if value is None or isinstance(value, str | int | float):
        return value is None or value != value
    if type(value).__name__ == "NAType":  # that of pandas, told without asking it
        return True
    import pandas as pd

    return bool(pd.isna(value))


def plain(value: object) -> str | int | float:
    """The value as it is written: legible text, a number, or "" where it is missing; whole numbers without ".0".

    >>> plain(3.0), plain(None), plain(97.5), plain("a")
    (3, '', 97.5, 'a')
    """
    if type(value) is str:  # most cells: the checks below take longer than the rest of writing a file
        return legible(value)
    if is_missing(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        number = float(value)
        return int(number) if number.is_integer() else number
    return legible(str(value))


def is_right_to_left(text: str) -> bool:
    """Tell whether the first letter is one of a script that runs from right to left.

    >>> is_right_to_left("«الهجرة»"), is_right_to_left("migration")
    (True, False)
    """
    return next((unicodedata.bidirectional(c) in ("R", "AL") for c in text if c.isalpha()), False)


@cache
def _unheld() -> re.Pattern[str]:
    return re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def held(text: str) -> str:
    """Return the text with each character that XML 1.0 cannot hold replaced by "�" (XML 1.0, production 2, `Char`).

    >>> held("a\\x00b\\ud800"), held("a\\tb 𝔸")
    ('a�b�', 'a\\tb 𝔸')
    """
    return _unheld().sub("\ufffd", text)


CELL_LIMIT = 32_767
"""Characters (UTF-16) that Excel takes in one cell."""


def fitting(text: str) -> str:
    """The text, or as much of it as one cell holds, marked with "..."."""
    if len(text) <= CELL_LIMIT // 2 or len(text.encode("utf-16-le")) // 2 <= CELL_LIMIT:
        return text
    cut = text.encode("utf-16-le")[: 2 * (CELL_LIMIT - 3)].decode("utf-16-le", errors="ignore")
    return cut + "..."
