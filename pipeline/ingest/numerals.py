"""Numbers of lists in the styles that word processors and style sheets have beside the Latin ones."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.ingest.marks import ordinal

_ALPHABETS: Mapping[str, str] = {
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
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
