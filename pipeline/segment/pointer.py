"""Citations of paragraphs as analyses print them: "§43biii", "paragraphs 47, 50 and 52", "párrafo 23 d)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.lexicon.compact import load_compact
from extractors.lexicon.language import any_word, words
from extractors.lexicon.words import expand
from pipeline.ingest.printed_marks import INSERTIONS

_LONGEST = 60
"""Citations in one list, and paragraphs in one range, beyond which it is none."""
_NUMBER = r"(?:(?:OP|PP|FM|BM)\s?)?\d{1,3}(?!\d|[.,]\d|\s?%)"
_DIVISION = rf"(?:{any_word(lambda language: language.numbering.divisions)})"
_PART = (
    rf"(?:\s?(?:{'|'.join(word for word in INSERTIONS if word not in ('alt', 'new'))})(?![^\W_])"  # 2 bis
    r"|[A-Za-z]{1,6}(?![^\W_])"  # 43biii, 23I
    r"|(?:\s?\(\s?(?:[A-Za-z]{1,5}|[ء-ي])\s?\)){1,3}"  # 43(b)(iii)
    rf"|,?\s?(?:{_DIVISION}\s?)?\(?[a-z]{{1,4}}\)(?:\s?[ivx]{{1,4}}\))?)"  # 23 d), 43 b) iii), 23, apartado d)
)
_REFERENCE = re.compile(rf"(?:¶\s?\d{{1,4}}|{_NUMBER}(?:{_PART})?)")
_LETTER = re.compile(r"\(?([a-zء-ي]|[ivx]{1,4})\)")
_ASIDE = re.compile(r"\s*\([^()]{1,80}\)")
_MARKS = r"[,;/&\uFF0C\u060C]"


@dataclass(frozen=True, slots=True)
class Cited:
    """One paragraph that a text names: as printed, and `key`, its letters and digits ("43biii")."""

    printed: str
    key: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """A list of citations at `start` to `end` of a text."""

    start: int
    end: int
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class _Grammar:
    sign: re.Pattern[str]
    separator: re.Pattern[str]
    range: re.Pattern[str]
    units: re.Pattern[str]


def key_of(printed: str) -> str:
    """The letters and digits of a citation, which two spellings of it share; case tells "23I" from "23i".

    >>> key_of("§43(b)(iii)"), key_of("párrafo 23, apartado d)"), key_of("OP 2"), key_of("¶ 4")
    ('43biii', '23d', 'OP2', '¶4')
    """
    found = re.search(r"(¶)?\s?(?:(OP|PP|FM|BM)\s?)?(\d+)(.*)", printed, re.DOTALL)
    if not found:
        return re.sub(r"[\W_]", "", printed)
    tail = re.sub(rf"(?i){_DIVISION}", "", found[4]) if len(found[4]) > 6 else found[4]
    return (found[1] or "") + (found[2] or "") + found[3] + re.sub(r"[\W_]", "", tail)


def pointers(text: str) -> list[Pointer]:
    """Find the citations of a text, in any of the languages; a list gives one `Pointer`.

    >>> [[c.key for c in p.cited] for p in pointers("paragraphs 47, 50 and 52 (§ 23 d)")]
    [['47', '50', '52'], ['23d']]
    """
    grammar = _grammar()
    out: list[Pointer] = []
    at = 0
    for sign in grammar.sign.finditer(text):
        if sign.start() < at:
            continue
        end, cited = _list(text, sign.end(), grammar, _shown(sign))
        if cited:
            out.append(Pointer(sign.start(), end, tuple(cited)))
            at = end
    return out


def bare(text: str) -> tuple[Cited, ...]:
    """Read a text that is nothing but citations, with or without signs: a table's cell "§3; §34f" or "47, 50".

    Returns () when there is anything else in it.

    >>> [c.key for c in bare("§3; §34f, 47")], bare("47 delegations")
    (['3', '34f', '47'], ())
    """
    text = text.strip().strip("()[].;,").strip()
    grammar = _grammar()
    sign = grammar.sign.match(text)
    end, cited = _list(text, sign.end() if sign else 0, grammar, 0)
    return tuple(cited) if cited and not text[end:].strip(" .;,)") else ()


def _shown(sign: re.Match[str]) -> int:
    """Where a printed citation begins: with its sign "§", or behind the word "paragraph"."""
    return sign.start() if sign[0].strip() in ("§", "¶") else sign.end()


def _list(text: str, at: int, grammar: _Grammar, first: int) -> tuple[int, list[Cited]]:
    """The end of a list of citations that starts at `at`, and what it cites; the first is printed from `first` on."""
    cited: list[Cited] = []
    end, spread = at, False
    while len(cited) < _LONGEST:
        found = _REFERENCE.match(text, at)
        letter = _LETTER.match(text, at) if not found and cited else None
        if found and not grammar.units.match(text, found.end()):
            printed, key, end = text[first : found.end()].strip(), key_of(found[0]), found.end()
            new = list(_between(cited[-1].key, key)) if spread and cited else []
            cited += [Cited(name, name) for name in new] + [Cited(printed, key)]
        elif letter:
            base = re.match(r"(?:¶|OP|PP|FM|BM)?\d+", cited[-1].key)
            if not base:
                break
            key, end = base[0] + letter[1], letter.end()
            new = list(_between(cited[-1].key, key)) if spread else []
            cited += [Cited(name, name) for name in new] + [Cited(key, key)]
        else:
            break
        step = grammar.range.match(text, end) or grammar.separator.match(text, end)
        spread = step is not None and step.re is grammar.range
        if not step:
            aside = _ASIDE.match(text, end)
            step = grammar.separator.match(text, aside.end()) if aside else None
            if not step or not grammar.sign.match(text, step.end()):
                break
        at = first = step.end()
        sign = grammar.sign.match(text, at)
        if sign:
            at, first = sign.end(), _shown(sign)
    return end, cited


def _between(low: str, high: str) -> Iterator[str]:
    """The keys between two ends of a range: numbers (47 to 52), or letters of one paragraph (49a to 49e)."""
    if low.isdigit() and high.isdigit() and 0 < int(high) - int(low) <= _LONGEST:
        yield from map(str, range(int(low) + 1, int(high)))
    elif low[:-1] == high[:-1] and low[-1:].isalpha() and high[-1:].isalpha():
        yield from (low[:-1] + chr(code) for code in range(ord(low[-1]) + 1, ord(high[-1])))


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    spoken = load_compact().pointing.values()
    signs = {w for pointing in spoken for word in pointing.paragraph for w in expand(word)}
    signs |= {"¶¶", *words(lambda language: language.numbering.citations)}
    joints = {w for pointing in spoken for word in pointing.conjunctions for w in expand(word)}
    ranges = {w for pointing in spoken for word in pointing.ranges for w in expand(word)}
    units = {w for pointing in spoken for word in pointing.units for w in expand(word)}
    sign = "|".join(_word(w) for w in sorted(signs, key=len, reverse=True))
    joint = "|".join(_word(w) for w in sorted(joints, key=len, reverse=True) if w.isalpha())
    until = "|".join(_word(w) for w in sorted(ranges, key=len, reverse=True) if w.isalpha())
    unit = "|".join(_word(w) for w in sorted(units, key=len, reverse=True))
    return _Grammar(
        re.compile(rf"(?:{sign})\s*", re.IGNORECASE),
        re.compile(rf"\s*(?:{_MARKS}\s*(?:(?:{joint})\s+)?|(?:{joint})\s+)", re.IGNORECASE),
        re.compile(rf"\s*(?:[-–—‑]|(?:{until})\s)\s*", re.IGNORECASE),
        re.compile(rf"\s*(?:{unit})", re.IGNORECASE),
    )


def _word(word: str) -> str:
    """A word as a pattern with word borders where it has letters at its ends."""
    before = r"(?<!\w)" if word[:1].isalnum() else ""
    after = r"(?!\w)" if word[-1:].isalpha() else ""
    return before + re.escape(word).replace(r"\ ", r"\s+") + after
