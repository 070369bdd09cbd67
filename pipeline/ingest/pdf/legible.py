"""Whether letters are what they look like: text layers whose codes were shifted are put right, others are told."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from extractors.lexicon.language import words

SAMPLE = 900
"""Letters of a font on one page that are looked at."""
FEWEST_LETTERS, FEWEST_WORDS = 150, 30
SHARE_OF_COMMON_WORDS, FEWEST_COMMON_WORDS = 0.2, 5
"""Of a text's words, at least as many are among the commonest of its language (measured: 0.3 to 0.5), and as many
different ones."""

_COMMON = frozenset(words(lambda language: language.sentences.common))
_SYMBOL_FONT = re.compile(r"symbol|wingding|webding|dingbat|marlett|bullet|ornament", re.IGNORECASE)
_VOWELS = frozenset("aeiouy")
_TABLES = {
    shift: {code: code - shift for code in range(max(1, 32 + shift), min(383, 383 + shift))}
    for shift in range(-40, 41)
    if shift
}


def is_private(text: str) -> bool:
    """Whether a character has no meaning of its own (Private Use Area)."""
    return "\ue000" <= text <= "\uf8ff"


def mapping_of(font: str, text: str) -> dict[str, str] | None:
    """How the characters of a font's text are to be read: {} as they are, a table where they were shifted; None when
    they name no letters.

    Symbol fonts are left alone. A text counts as shifted only where the shift makes it a language.

    >>> mapping_of("F", "\uf04d\uf069\uf06e\uf069\uf073\uf074\uf065\uf072\uf073")["\uf04d"]
    'M'
    """
    signs = [char for char in text if not char.isspace()]
    if _SYMBOL_FONT.search(font) or not signs:
        return {}
    private = [char for char in signs if is_private(char)]
    if len(private) > 0.5 * len(signs):
        return _private_mapping(text) if len(set(private)) >= 6 else {}
    latin = sum(char < "\u0250" and (char.isalpha() or "\x7f" <= char < "\xa0") for char in signs)
    other = sum(char >= "\u0250" and char.isalpha() for char in signs)
    if latin < FEWEST_LETTERS or other > 0.3 * latin or _common_words(text)[0] > 0.02:
        return {}
    best, shift = max((_likeness(text.translate(table)), shift) for shift, table in _TABLES.items())
    if best[0] >= SHARE_OF_COMMON_WORDS:
        return {chr(code): chr(true) for code, true in _TABLES[shift].items()}
    return None if _vowel_share(text) < 0.2 else {}


def is_meant(text: str, mapping: dict[str, str]) -> bool:
    """Whether a text too short to tell by itself is more of a language through the mapping of a longer one."""
    return _vowel_share("".join(mapping.get(char, char) for char in text)) > _vowel_share(text) + 0.05


def _private_mapping(text: str) -> dict[str, str] | None:
    """Codes of U+F000 plus a letter's, as symbol fonts have them; None where what comes out is no text."""
    table = {chr(0xF000 + code): bytes([code]).decode("cp1252", "replace") for code in range(32, 256)}
    plain = "".join(table.get(char, char) for char in text).lower()
    counts = Counter(char for char in plain if char.isascii() and char.isalpha())
    letters = counts.total()
    vowels = sum(counts[char] for char in _VOWELS)
    if letters < 0.5 * sum(not char.isspace() for char in plain) or not 0.25 <= vowels / letters <= 0.65:
        return None
    return table


def _common_words(text: str) -> tuple[float, int]:
    """Share of a text's words that are common ones, and how many different ones there are."""
    spoken = re.findall(r"[^\W\d_]+", text.lower())
    common = [word for word in spoken if word in _COMMON]
    return len(common) / max(len(spoken), FEWEST_WORDS), len(set(common))


def _likeness(text: str) -> tuple[float, int]:
    """How much of a language a text is; of two that differ in capitals only, the one with more small letters."""
    share, different = _common_words(text)
    return (share, sum(map(str.islower, text))) if different >= FEWEST_COMMON_WORDS else (0.0, 0)


def _vowel_share(text: str) -> float:
    """Share of vowels among the letters: more than a third in the languages of the Latin alphabet."""
    letters = [char for char in unicodedata.normalize("NFD", text.lower()) if char.isalpha()]
    return sum(char in _VOWELS for char in letters) / max(len(letters), 1)
