"""What an analyst types into the search field, as terms; and the words of a text in the form in which they compare.

| typed | finds paragraphs |
|---|---|
| `regional forum` | with both words, anywhere, in the singular or plural |
| `"regional forum"` | with the words in this order, side by side |
| `region*` | with a word that begins so; also `"regional for*"` |
| `forum -review` | with the first and without the second; also `-"review forum"` or `NOT review` |
| `forum OR dialogue` | that fit what stands on one side of OR (in capitals) |

Everything else is taken for words; nothing that is typed is an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, product
from math import prod
from typing import NamedTuple

LONGEST_QUERY = 500
MOST_TERMS = 24
LONGEST_WORD = 100
MOST_WORDS = 16_000
"""Of one paragraph; what follows is not searched (PostgreSQL counts positions up to 16,383)."""

_INSIDE = "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u2060\ufeff"
"""Accents, vowel signs and invisible characters: they stand inside words and do not end them."""
_NOTE_MARKS = "\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089"
_WORD = re.compile(rf"[^\W_{_NOTE_MARKS}](?:[^\W_{_NOTE_MARKS}]|[{_INSIDE}])*")
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا", "ـ": ""}
)
_ARABIC = re.compile("[\u0621-\u064a]{3,}")
_PARTICLES = ("و", "ف", "ب", "ك", "ل", "وب", "ول")
_ARTICLE = "ال"
_JOINED = ("لل", "ولل", "فلل")
"""What the article becomes behind the particle that swallows it."""
_NUMBERS = (
    *(("", "s"), ("y", "ies"), ("s", "ses"), ("ch", "ches"), ("sh", "shes"), ("x", "xes"), ("sis", "ses")),
    *(("al", "aux"), ("au", "aux"), ("eu", "eux")),
    *(("d", "des"), ("l", "les"), ("n", "nes"), ("r", "res"), ("z", "ces"), ("z", "zes")),
    *(
        ("m", "ns"),
        ("ao", "oes"),
        ("ao", "aes"),
        ("al", "ais"),
        ("el", "eis"),
        ("il", "is"),
        ("ol", "ois"),
        ("ul", "uis"),
    ),
)
"""How words end that mean one and many: in English, French, Spanish, Portuguese, as they are folded here."""
_STEM = 2
"""Letters; a word in the singular has more."""
MOST_SPELLINGS = 64
"""Of one term: of a phrase that has more only the last word is looked for in both numbers."""
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PIECE = re.compile(r'(?P<sign>[-\u2212]+)?(?:"(?P<phrase>[^"]*)(?:"(?P<star>\*)?|$)|(?P<plain>[^\s"]+))')


class Word(NamedTuple):
    """A word of a text in the form in which it compares, and where it stands: `text[start:end]`."""

    folded: str
    start: int
    end: int


class SearchTerm(NamedTuple):
    """Words side by side; `is_prefix`: the last one is only the beginning of a word."""

    words: tuple[str, ...]
    is_prefix: bool = False


class Alternative(NamedTuple):
    """What a paragraph must hold, all of it, and what it must not."""

    wanted: tuple[SearchTerm, ...]
    unwanted: tuple[SearchTerm, ...] = ()


def words(text: str) -> list[Word]:
    """Return the words of a text, in order: without case, accents, vowel signs; `MOST_WORDS` at most.

    >>> [word.folded for word in words("L’Œuvre: Cross-Regional Diálogos²")]
    ['l', 'oeuvre', 'cross', 'regional', 'dialogos']
    """
    found: list[Word] = []
    for match in _WORD.finditer(text):
        if word := _fold(match[0]):
            found.append(Word(word, match.start(), match.end()))
            if len(found) == MOST_WORDS:
                break
    return found


def folded(text: str) -> list[str]:
    """Return what `words` returns without the places, in a third of the time."""
    return list(islice(filter(None, map(_fold, _WORD.findall(text))), MOST_WORDS))


@lru_cache(maxsize=50_000)
def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()[:LONGEST_WORD]
    flat = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold()).translate(_LETTERS)
    return "".join(str(unicodedata.decimal(c, c)) for c in flat if c.isalnum())[:LONGEST_WORD]


def parse(text: str) -> tuple[Alternative, ...]:
    """Return the alternatives that a query consists of; () where it asks for nothing.

    An alternative that only excludes asks for nothing. Beyond `LONGEST_QUERY` characters or `MOST_TERMS` terms the rest
    is not looked at.

    >>> parse('regional "migration forum" -review OR dialog*')[1]
    Alternative(wanted=(SearchTerm(words=('dialog',), is_prefix=True),), unwanted=())
    """
    sides: list[tuple[list[SearchTerm], list[SearchTerm]]] = [([], [])]
    negated, count = False, 0
    for piece in _PIECE.finditer(text[:LONGEST_QUERY].translate(_QUOTES)):
        plain, phrase = piece["plain"] or "", piece["phrase"] or ""
        if not piece["sign"] and plain in ("OR", "AND", "NOT"):
            if plain == "OR":
                sides.append(([], []))
            negated = plain == "NOT"
            continue
        said = tuple(word.folded for word in words(phrase or plain))
        if said and count < MOST_TERMS:
            count += 1
            prefix = bool(piece["star"]) or (phrase or plain).rstrip(".,;:!?)]").endswith("*")
            sides[-1][1 if negated or piece["sign"] else 0].append(SearchTerm(said, prefix))
        negated = False
    return tuple(Alternative(tuple(wanted), tuple(unwanted)) for wanted, unwanted in sides if wanted)


def spellings(term: SearchTerm) -> tuple[tuple[str, ...], ...]:
    """Return the words that a term stands for: in both numbers, in Arabic with and without article and particles.

    The beginning of a word is looked for as it is.

    >>> spellings(SearchTerm(("trade", "union")))[:2], ("trade", "unions") in spellings(SearchTerm(("trade", "union")))
    ((('trade', 'union'), ('trade', 'unions')), True)
    >>> ('للهجره',) in spellings(SearchTerm(("هجره",)))
    True
    """
    forms = [_forms(word) for word in term.words]
    if term.is_prefix:
        forms[-1] = tuple(form for form in forms[-1] if form.endswith(term.words[-1]))
    if prod(map(len, forms)) > MOST_SPELLINGS:
        kept = len(term.words) - 1 if not _ARABIC.fullmatch(term.words[0]) else 0
        forms = [form if n == kept else form[:1] for n, form in enumerate(forms)]
    return tuple(islice(product(*forms), MOST_SPELLINGS))


@lru_cache(maxsize=1_000)
def _forms(word: str) -> tuple[str, ...]:
    """A word as it may stand in a text, first as it is."""
    forms = [word]
    if _ARABIC.fullmatch(word):
        bare = word.removeprefix(_ARTICLE) if len(word) > len(_ARTICLE) + 2 else word
        forms += [_ARTICLE + bare, bare, *(joined + bare for joined in _JOINED)]
        forms += [particle + form for particle in _PARTICLES for form in (bare, _ARTICLE + bare)]
    elif word.isalpha():
        for one, many in _NUMBERS:
            if word.endswith(many) and len(word) - len(many) + len(one) > _STEM and not word.endswith("ss"):
                forms.append(word.removesuffix(many) + one)
            if word.endswith(one) and not (one == "" and word.endswith(("s", "x", "z"))) and len(word) > _STEM:
                forms.append(word[: len(word) - len(one)] + many)
    return tuple(dict.fromkeys(forms))


def matches(words_of_text: Sequence[Word], alternatives: Sequence[Alternative]) -> list[tuple[int, int, int]]:
    """Return where the wanted terms stand in a text's words: (start, end, number of the term), in reading order."""
    exact: dict[str, list[tuple[tuple[str, ...], bool, int]]] = defaultdict(list)
    begun: list[tuple[str, int]] = []
    terms = [term for alternative in alternatives for term in alternative.wanted]
    for number, term in enumerate(terms):
        for said in spellings(term):
            if len(said) == 1 and term.is_prefix:
                begun.append((said[0], number))
            else:
                exact[said[0]].append((said[1:], term.is_prefix, number))
    out = []
    for at, word in enumerate(words_of_text):
        out += [(word.start, word.end, number) for said, number in begun if word.folded.startswith(said)]
        for rest, prefix, number in exact.get(word.folded, ()):
            after = [w.folded for w in words_of_text[at + 1 : at + 1 + len(rest)]]
            if prefix and len(after) == len(rest) and after[-1].startswith(rest[-1]):
                after[-1] = rest[-1]
            if tuple(after) == rest:
                out.append((word.start, words_of_text[at + len(rest)].end, number))
    return sorted(out)
