"""Numbers as lists print them: letters, roman numerals, digits of other scripts, read and written."""

from __future__ import annotations

import re
from collections.abc import Mapping

ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
ALPHABET = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
"""The two orders in which Arabic texts count with letters: as numbers (United Nations), and as in the alphabet."""

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_FORM = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\Z")
_ROMANS = tuple(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True)
)
_ALPHABETS: Mapping[str, str] = {
    "arabicAlpha": ALPHABET,
    "arabicAbjad": ABJAD,
    "hebrew2": "אבגדהוזחטיכלמנסעפצקרשת",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
    "lowerGreek": "αβγδεζηθικλμνξοπρστυφχψω",
}
_DIGITS: Mapping[str, str] = {
    "arabicIndic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "hindiNumbers": "०१२३४५६७८९",
    "thaiNumbers": "๐๑๒๓๔๕๖๗๘๙",
}
_SURROUNDED: Mapping[str, str] = {
    "numberInDash": "- {} -",
    "decimalEnclosedParen": "({})",
    "decimalEnclosedFullstop": "{}.",
    "decimalEnclosedCircle": "({})",
    "decimalEnclosedCircleChinese": "({})",
}
"""Signs that are one character on the page are written out, so that they are read as the marks that they are."""


def numeral(number: int, style: str) -> str:
    """Writes a number as a list of that style prints it; styles that `ordinal` knows, and unknown ones, are left to it.

    Style names are Word's (ECMA-376, ST_NumberFormat), and `arabicIndic`, `persian`, `lowerGreek` of style sheets.

    >>> [numeral(2, "arabicAlpha"), numeral(3, "arabicAbjad"), numeral(14, "arabicIndic")]
    ['ب', 'ج', '١٤']
    """
    if (alphabet := _ALPHABETS.get(style)) and 0 < number <= 20 * len(alphabet):
        return alphabet[(number - 1) % len(alphabet)] * ((number - 1) // len(alphabet) + 1)
    if digits := _DIGITS.get(style):
        return "".join(digits[int(digit)] if digit.isdecimal() else digit for digit in str(number))
    if shape := _SURROUNDED.get(style):
        return shape.format(number)
    return ordinal(number, style)


def ordinal(number: int, style: str) -> str:
    """Writes a number as lists do: `decimal`, `decimalZero`, `lowerLetter`, `upperLetter`, `lowerRoman`, `upperRoman`.

    Letters go a ... z, aa, bb as Word prints them; zero and below, and unknown styles, are decimal.

    >>> [ordinal(4, "lowerRoman"), ordinal(28, "upperLetter"), ordinal(7, "decimalZero")]
    ['iv', 'BB', '07']
    """
    if style == "decimalZero":
        return f"{number:02d}"
    if style.endswith("Letter") and 0 < number <= 780:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if style.startswith("upper") else letters
    if style.endswith("Roman") and 0 < number < 4000:
        roman, rest = "", number
        for value, letters in _ROMANS:
            roman += letters * (rest // value)
            rest %= value
        return roman.upper() if style.startswith("upper") else roman
    return str(number)


def roman_value(text: str) -> int | None:
    """The value of a roman numeral in either case, None when it is none.

    >>> roman_value("xiv"), roman_value("iix")
    (14, None)
    """
    text = text.lower()
    if not text or not _ROMAN_FORM.match(text):
        return None
    total = 0
    for here, after in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN[here]
        total += -value if after and _ROMAN[after] > value else value
    return total


def letter_value(text: str) -> int | None:
    """a=1 ... z=26, aa=27 and a'=27 (doubled or primed letters only), None otherwise.

    >>> letter_value("c"), letter_value("bb"), letter_value("a'"), letter_value("ab")
    (3, 28, 27, None)
    """
    if not text[:1].isascii() or not text[:1].isalpha():
        return None
    value = ord(text[0].lower()) - 96
    if len(text) == 1:
        return value
    return 26 + value if len(text) == 2 and text[1] in (text[0], "'", "’", "′") else None


def arabic_values(text: str) -> tuple[tuple[str, int], ...]:
    """What an Arabic letter counts in either order; past the last one letters are doubled ("أ أ").

    >>> arabic_values("ج"), arabic_values("ب")
    ((('abjad', 3), ('alphabet', 5)), (('abjad', 2), ('alphabet', 2)))
    """
    letters = [("أ" if c in "اإآ" else c) for c in text if c.isalpha() and c != "\u0640"]
    if not letters or letters[0] not in ABJAD or len(letters) > 2 or letters[-1] != letters[0]:
        return ()
    past = len(ABJAD) * (len(letters) - 1)
    orders = (("abjad", ABJAD), ("alphabet", ALPHABET))
    return tuple((name, past + order.index(letters[0]) + 1) for name, order in orders)
