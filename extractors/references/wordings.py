"""Sequences of words found in a text: one look at each word, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Generic, TypeVar

from spacy.attrs import LOWER, ORTH
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.text import arabic

Value = TypeVar("Value")


def is_whole(text: str) -> bool:
    """Whether no tokenizer cuts this: letters only, and no Arabic ones, which particles are written together with.

    >>> is_whole("migration"), is_whole("migration,"), is_whole("\u0648\u0627\u0644")
    (True, False, False)
    """
    return text.isalpha() and not arabic.has_letters(text)


class Wordings(Generic[Value]):
    """Sequences of words, each with values, that are found in their own capitals or in any.

    A wording is cut into words when a text first has the word that it begins with: most texts meet few of the thousands.
    """

    def __init__(self, vocab: Vocab, cut: Callable[[str], Doc]) -> None:
        self._strings, self._cut = vocab.strings, cut
        self._words: dict[str, tuple[str, ...]] = {}
        self._indexes: dict[bool, _Index[Value]] = {False: _Index(), True: _Index()}

    def add(self, text: str, value: Value, *, cased: bool) -> None:
        """Adds one wording, which is found in its own capitals only (`cased`) or in any; one can have several values."""
        first = self._words_of(text.split(None, 1)[0])[0]
        self._indexes[cased].waiting[self._number(first, cased)].append((text, value))

    def find(self, doc: Doc) -> Iterator[tuple[Value, int, int]]:
        """Every wording in the text as (value, first token, token behind its last): those in any capitals first."""
        for cased, index in self._indexes.items():
            ids: list[int] = doc.to_array(ORTH if cased else LOWER).tolist()
            for first in index.waiting.keys() & set(ids):
                for text, value in index.waiting.pop(first):
                    words = [word for piece in text.split() for word in self._words_of(piece)]
                    index.add(tuple(self._number(word, cased) for word in words), value)
            for end, start, values in sorted(index.find(ids), key=itemgetter(0, 1)):
                for value in values:
                    yield value, start, end

    def _number(self, word: str, cased: bool) -> int:
        """The number that spaCy knows a word by, with or without its capitals."""
        number: int = self._strings[word if cased else word.lower()]
        return number

    def _words_of(self, piece: str) -> tuple[str, ...]:
        """The words of what stands between two spaces."""
        if piece not in self._words:
            self._words[piece] = (piece,) if is_whole(piece) else tuple(token.text for token in self._cut(piece))
        return self._words[piece]


class _Index(Generic[Value]):
    """Wordings as numbers of words: by the first, then by length; `waiting` holds those that are not cut yet."""

    def __init__(self) -> None:
        self.waiting: dict[int, list[tuple[str, Value]]] = defaultdict(list)
        self._known: dict[int, dict[int, dict[tuple[int, ...], list[Value]]]] = {}

    def add(self, ids: tuple[int, ...], value: Value) -> None:
        self._known.setdefault(ids[0], {}).setdefault(len(ids), {}).setdefault(ids, []).append(value)

    def find(self, ids: Sequence[int]) -> Iterator[tuple[int, int, list[Value]]]:
        """(word behind the last, first word, values) of each wording in a text."""
        known = self._known
        for start, first in enumerate(ids):
            if first in known:
                for length, wordings in known[first].items():
                    if values := wordings.get(tuple(ids[start : start + length])):
                        yield start + length, start, values
