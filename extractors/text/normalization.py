"""One normalization for all matching, with a way back to the printed text.

Matching never sees raw text and output never shows normalized text. Most replacements keep the length (dashes,
apostrophes, no-break spaces), so that offsets are the same; only compatibility characters such as the ligature "ﬂ"
change it, and then an offset map is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_SAME_LENGTH = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-"),
    **dict.fromkeys(map(ord, "‘’‚‛ʼ＇`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»＂"), '"'),
    **dict.fromkeys(
        map(
            ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n\r\v\f"
        ),
        " ",
    ),
}
_COMMON = (("’", "'"), ("–", "-"), ("\u00a0", " "), ("“", '"'), ("”", '"'), ("\t", " "))
_REPLACED = frozenset(map(chr, _SAME_LENGTH))
_LONG_DASH = re.compile(r"—(?=[^\W\d_]|[(\[\"'“‘«])|(?:(?<=[^\W\d_])|(?<=[)\]\"'”’»]))—")
"""An em dash glued to a word: it parts it from the next one ("the Process—a forum"), as a hyphen would not."""
_ASIDE = re.compile(r"(?<=[ (])-(?=[^\W\d_])([^\x00]{1,300}?(?:[^\W\d_]|[)\].\"]))-(?=[ ,.;:)])")
"""Words between two dashes glued to them: "the Forum -a platform- met"."""
_DIGITS = frozenset("0123456789")
_SIGNS = frozenset("._-=*~#+…·•")
_ARABIC_MARKS = dict.fromkeys([0x0640, *range(0x064B, 0x0653), 0x0670])
"""Tatweel and diacritics: left out, since printed Arabic sets them or not as it pleases."""
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
"""Soft hyphens, zero-width characters and marks of direction: they stand inside words and are left out."""
_DROPPED = {**_ARABIC_MARKS, **_INVISIBLE}
_MARKS = frozenset(map(chr, _DROPPED))
_UNSPACED = 200
"""Longest stretch without a space that the tokenizer is given signs in: it takes quadratic time on longer ones."""
_LONG_WORD = re.compile(r"[^\s\x00]{200,}")
_SIGN = re.compile(r"[^\w\x00]")
_LONG_TEXT = 2_000
"""From this length numpy finds the characters of a text faster than Python's own loops do."""
_LONG_RUN = re.compile(r"([^\w\s])\1{7,}|_{8,}")
_GLUED_NOTE = re.compile(
    r"[0-9]{1,3}(?=$|[\s\x00,.;:)\]])(?:(?<=[^\W\d_]{4}\d)|(?<=[^\W\d_]{4}\d\d)|(?<=[^\W\d_]{4}\d{3})|(?<=[^\W\d_]{3}[,;:)\"]\d)|(?<=[^\W\d_]{3}[,;:)\"]\d\d))"
)
_ZERO = np.uint32(ord("0"))
_MAY_END_IN_NOTE = np.ones(0x80, dtype=bool)
"""By ASCII code whether a glued note can follow the character; the last place stands for all beyond ASCII."""
_MAY_END_IN_NOTE[list(map(ord, " \0(/.-0123456789"))] = False
_ASCII = "".join(sorted(sign for sign in {*_REPLACED, *_SIGNS, *_DIGITS} if sign < "\x7f"))
_ENDINGS = {"(s)": "s", "(es)": "es", "(as)": "", "(os)": "", "(a)": "", "(o)": "", "(e)": ""}
"""Endings that writers put in parentheses: those of a plural are read ("employer(s)"), those of a gender are left out."""
_WRITTEN = re.compile(
    rf"(?<=[^\W\d_])(?:{'|'.join(map(re.escape, _ENDINGS))})(?!\w)|(?<![\w.])(?:[A-ZÀ-Ý]\.){{2,}}(?=s?\b|(?!\w))"
)
"""Forms of writing that are read as another: "employer(s)", "I.O.M.", "N.G.O.s"."""
_DOTTED = re.compile(r"\.[A-ZÀ-Ý]\.")
_Codes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Normalized:
    """Text for matching, and for each of its characters and its end the offset in the source (None: the same)."""

    text: str
    offsets: tuple[int, ...] | None = None

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source text that gave `text[start:end]`.

        >>> n = normalize("Conﬂict zones")
        >>> n.text[0:8], n.source(0, 8)
        ('Conflict', (0, 7))
        """
        if self.offsets is None:
            return start, end
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], max(self.offsets[end - 1] + 1, self.offsets[end])


def normalize(text: str) -> Normalized:
    """Makes text comparable: one dash, one apostrophe, single spaces, NFKC; no soft hyphens, glued note digits, Arabic marks.

    Dashes glued to words around an aside are read as commas, so that the words stand by themselves.
    Long runs of one sign (leaders, rules of dashes) become spaces: spaCy's tokenizer takes quadratic time on them.

    >>> normalize("State‑led  processes’ Unidas1,").text
    "State-led processes' Unidas ,"
    """
    flat, signs = _flatten(text)
    return _composed(flat, _odd(signs))


def _flatten(text: str) -> tuple[str, set[str]]:
    """The text after the replacements that keep the length, and the characters that can be in it."""
    codes = _codes(text) if len(text) >= _LONG_TEXT else None
    flat = text
    signs = _signs(text, codes)
    if "—" in signs:
        flat = _LONG_DASH.sub(",", flat)
    if signs & _REPLACED:
        for sign, plain in _COMMON:
            if sign in signs:
                flat = flat.replace(sign, plain)
                signs.discard(sign)
                signs.add(plain)
        if signs & _REPLACED:
            flat = flat.translate(_SAME_LENGTH)
            signs -= _REPLACED
    if " -" in flat or "(-" in flat:
        flat = _ASIDE.sub(r",\1,", flat)
    if any(sign * 8 in flat for sign in signs & _SIGNS):
        flat = _LONG_RUN.sub(lambda m: " " * len(m[0]), flat)
    if _has_long_word(text, codes):
        flat = _LONG_WORD.sub(lambda m: _SIGN.sub(" ", m[0]), flat)
    if signs & _DIGITS:
        flat = _without_glued_notes(flat, codes)
    return flat, signs


def _codes(text: str) -> _Codes:
    """The code point of each character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _signs(text: str, codes: _Codes | None) -> set[str]:
    """The characters of a text that any replacement asks for: those beyond ASCII and a few of ASCII."""
    if codes is None:
        return set(text)
    return {*map(chr, set(codes[codes > 0x7F].tolist())), *(sign for sign in _ASCII if sign in text)}


def _has_long_word(text: str, codes: _Codes | None) -> bool:
    """Whether so many characters stand together that the pattern of long words is worth trying."""
    if codes is None:
        return len(text) >= _UNSPACED
    spaces = np.flatnonzero(codes == ord(" "))
    return not len(spaces) or max(spaces[0], len(codes) - spaces[-1], np.diff(spaces).max(initial=0)) >= _UNSPACED


def _without_glued_notes(flat: str, codes: _Codes | None) -> str:
    """The text with spaces for the digits of footnote marks that are glued to a word ("Unidas1").

    In a long text the pattern is tried only where it can fit: at digits behind no space, digit or opening sign.
    `codes` are those before any replacement, none of which makes or moves a digit.
    """
    if codes is None:
        return _GLUED_NOTE.sub(lambda m: " " * len(m[0]), flat)
    digits = np.flatnonzero((codes[1:] - _ZERO) < len(_DIGITS)) + 1  # below "0" the unsigned difference is huge
    before = codes[digits - 1]
    pieces: list[str] = []
    position = 0
    for place in digits[_MAY_END_IN_NOTE[np.minimum(before, 0x7F)]].tolist():
        found = _GLUED_NOTE.match(flat, place)
        if found is not None:
            pieces += (flat[position:place], " " * len(found[0]))
            position = found.end()
    return "".join((*pieces, flat[position:])) if pieces else flat


def _odd(signs: set[str]) -> frozenset[str]:
    """Of the characters of a text those that NFKC, or leaving out the marks of Arabic, would change."""
    return frozenset(c for c in signs if c > "\x7f" and (c in _MARKS or _changes(c)))


@lru_cache(maxsize=4096)
def _changes(sign: str) -> bool:
    return unicodedata.normalize("NFKC", sign) != sign or unicodedata.combining(sign) > 0


def _composed(flat: str, odd: frozenset[str]) -> Normalized:
    """NFKC and single spaces, with offsets where they change the length."""
    if not _is_changed(flat, odd):
        return Normalized(flat)
    out: list[str] = []
    offsets: list[int] = []
    position = 0
    for found in _changing(odd).finditer(flat):
        start, end = found.span()
        out.append(flat[position:start])
        offsets.extend(range(position, start))
        piece = flat[start:end]
        plain = _plain(piece)
        out.append(plain)
        # the letters of "I.O.M." stand at every second place, those of "(s)" behind the sign
        step, first = (2, 0) if piece.endswith(".") else (1, int(piece in _ENDINGS))
        offsets.extend(min(start + first + step * place, end - 1) for place in range(len(plain)))
        position = end
    out.append(flat[position:])
    offsets.extend(range(position, len(flat) + 1))
    text = "".join(out)
    if not odd:
        return Normalized(text, tuple(offsets))
    # what NFKC spells out ("ﬃ" is three letters) can make new glued digits and spaces
    again = _composed(_flatten(text)[0], frozenset())
    return Normalized(again.text, tuple(offsets[place] for place in again.offsets or range(len(text) + 1)))


def _is_changed(flat: str, odd: frozenset[str]) -> bool:
    """Whether anything in a text changes its length."""
    if "  " in flat or any(sign in flat for sign in odd):
        return True
    return any(ending in flat for ending in _ENDINGS) or _DOTTED.search(flat) is not None


def _plain(piece: str) -> str:
    """What is read for a piece of text that `_changing` found."""
    if piece.isspace():
        return " "
    if piece in _ENDINGS:
        return _ENDINGS[piece]
    if piece.endswith("."):
        return piece.replace(".", "")
    return unicodedata.normalize("NFKC", piece.translate(_DROPPED))


@lru_cache(maxsize=256)
def _changing(odd: frozenset[str]) -> re.Pattern[str]:
    """Finds what changes the length or the characters: runs of spaces, odd characters, letters with combining marks.

    Invisible characters count as marks, so that a letter composes with the accent behind them.
    """
    marks = "".join(c for c in odd if unicodedata.combining(c) or c in _MARKS)
    others = "".join(odd - set(marks))
    parts = ["  +", _WRITTEN.pattern]
    if marks:
        parts.append(f".?[{re.escape(marks)}]+")
    if others:
        parts.append(f"[{re.escape(others)}]")
    return re.compile("|".join(parts), re.DOTALL)


def normalize_all(texts: Sequence[str]) -> tuple[Normalized, ...]:
    """`normalize` of each text; the replacements that keep the length are made in all of them at once, which is faster."""
    separator = "\x00"
    flat, signs = _flatten(separator.join(texts))
    pieces = flat.split(separator)
    if len(pieces) != len(texts):
        return tuple(normalize(text) for text in texts)
    odd = _odd(signs)
    if not _is_changed(flat, odd):
        return tuple(map(Normalized, pieces))
    return tuple(_composed(piece, odd) for piece in pieces)


def without_accents(text: str) -> str:
    """Return a text without the marks on its letters, vowel signs too; letters keep their case.

    >>> without_accents("Montréal, MIGRACIÓN")
    'Montreal, MIGRACION'
    """
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def squash(text: str) -> str:
    """Text for comparing wordings: normalized, single spaces, lower case.

    >>> squash("Local  Authorities ")
    'local authorities'
    """
    return " ".join(normalize(text).text.split()).lower()
