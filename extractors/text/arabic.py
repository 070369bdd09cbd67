"""Arabic words made comparable: spelling folded, particles that are written together with a word set apart.

"بجامعة الدول العربية" holds the name "جامعة الدول العربية", "للمنظمة الدولية للهجرة" holds "المنظمة الدولية للهجرة". Text and lexicon
pass through the same tokenizer, which replaces letters one for one and cuts words without adding any, so that every offset is that
of the text it was given. Diacritics and the tatweel, which have no place of their own, are left out by `normalize`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from spacy.attrs import IS_LOWER
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

_FOLDED = str.maketrans("أإآٱىیکة،؛؟", "ااااييكه,;?")
_LETTER = re.compile(r"[\u0621-\u064a]")
_JOINED = frozenset("وف")
_PREPOSITIONS = frozenset("بكل")
_SHORTEST = 3
"""Letters that must remain of a lexicon word when its particle is cut off."""
_SHORTEST_WITH_ARTICLE = 5


def fold(text: str) -> str:
    """The text with one letter for those that are spelled loosely: alef with or without hamza, final ya, ta marbuta.

    Length and offsets stay; text in other scripts comes back as it is.

    >>> fold("أفريقيا") == fold("إفريقيا") == fold("افريقيا")
    True
    >>> fold("العالمى") == fold("العالمي")
    True
    """
    return text.translate(_FOLDED)


def has_letters(text: str) -> bool:
    """Whether a text holds an Arabic letter."""
    return _LETTER.search(text) is not None


def forms(text: str) -> tuple[str, ...]:
    """The spelling of a wording after the preposition li-, where the lam of its first word swallows that of the article.

    >>> forms("اللجنة الإحصائية")
    ('للجنة الإحصائية',)
    """
    return (f"لل{text[3:]}",) if text.startswith("الل") else ()


def split(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """The parts of one folded word: particles (wa-, fa-, bi-, ka-, li-) and what they stand before.

    A particle is cut off only before the article or before a word of `known`, so that ordinary words stay whole
    ("ولايه" is no "و" + "لايه"). The contraction "لل" is rewritten as the article. Lengths add up to that of the word.

    >>> split("ومنظمه", frozenset({"منظمه"}))
    ('و', 'منظمه')
    >>> split("وبالهجره", frozenset())
    ('و', 'ب', 'الهجره')
    >>> split("للهجره", frozenset())
    ('الهجره',)
    """
    if word.startswith("لل") and len(word) >= _SHORTEST_WITH_ARTICLE:
        return (f"ال{word[2:]}",)
    first, rest = word[:1], word[1:]
    if first in _PREPOSITIONS and _stands_alone(rest, known):
        return (first, *split(rest, known))
    if first in _JOINED:
        inner = rest[:1] in _PREPOSITIONS and (_stands_alone(rest[1:], known) or rest.startswith("لل"))
        if _stands_alone(rest, known) or inner:
            return (first, *split(rest, known))
    return (word,)


def _stands_alone(rest: str, known: frozenset[str]) -> bool:
    article = rest.startswith("ال") and len(rest) >= _SHORTEST_WITH_ARTICLE
    return article or (len(rest) >= _SHORTEST and rest in known)


def words(texts: Iterable[str]) -> frozenset[str]:
    """The folded Arabic words of wordings: those that a particle may stand before."""
    return frozenset(word for text in texts for word in fold(text).split() if _LETTER.match(word))


class Tokenizer:
    """A tokenizer around another one: folds the text, then cuts particles off; offsets are those of the text."""

    def __init__(self, base: Callable[[str], Doc], vocab: Vocab, known: frozenset[str]) -> None:
        self._base = base
        self._vocab = vocab
        self._known = known
        self._parts: dict[str, tuple[str, ...]] = {}

    def __call__(self, text: str) -> Doc:
        doc = self._base(fold(text))
        pieces: list[str] = []
        spaces: list[bool] = []
        for token in doc:
            parts = self._cut(token.text)
            pieces.extend(parts)
            spaces.extend([*[False] * (len(parts) - 1), bool(token.whitespace_)])
        return Doc(self._vocab, words=pieces, spaces=spaces)

    def _cut(self, word: str) -> tuple[str, ...]:
        parts = self._parts.get(word)
        if parts is None:
            parts = self._parts[word] = split(word, self._known) if _LETTER.match(word) else (word,)
        return parts


def prepare(nlp: Language, wordings: Iterable[str]) -> None:
    """Makes a blank pipeline read Arabic; `wordings` are those of the lexicon.

    Arabic has no case: its words count as lower case, as open wordings ask of theirs.
    """
    getters: Any = nlp.vocab.lex_attr_getters  # type: ignore[attr-defined]
    getters[IS_LOWER] = lambda word: word == word.lower() and any(c.isalpha() for c in word)
    nlp.tokenizer = Tokenizer(nlp.tokenizer, nlp.vocab, words(wordings))
