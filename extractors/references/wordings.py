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
    return text.isalpha() and (text.isascii() or not arabic.has_letters(text))


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
        index, first = self._indexes[cased], self._words_of(text.split(None, 1)[0])[0]
        index.waiting[first if cased else first.lower()].append((text, value))
        index.met.clear()

    def find(self, doc: Doc) -> Iterator[tuple[Value, int, int]]:
        """Every wording in the text as (value, first token, token behind its last): those in any capitals first."""
        for cased, index in self._indexes.items():
            if index.is_empty:
                continue
            ids: list[int] = doc.to_array(ORTH if cased else LOWER).tolist()
            new = set(ids) - index.met
            index.met |= new
            for text, value in (wording for word in new for wording in index.waiting.pop(self._strings[word], ())):
                words = [word for piece in text.split() for word in self._words_of(piece)]
                index.add(tuple(self._strings[word if cased else word.lower()] for word in words), value)
            for end, start, values in sorted(index.find(ids), key=itemgetter(0, 1)):
                for value in values:
                    yield value, start, end

    def _words_of(self, piece: str) -> tuple[str, ...]:
        """The words of what stands between two spaces."""
        if piece not in self._words:
            self._words[piece] = (piece,) if is_whole(piece) else tuple(token.text for token in self._cut(piece))
        return self._words[piece]


class _Index(Generic[Value]):
    """Wordings as numbers of words: by the first two, then by length; `waiting` holds those that are not cut yet, by their
    first word, and `met` the words of texts that nothing waits for."""

    def __init__(self) -> None:
        self.waiting: dict[str, list[tuple[str, Value]]] = defaultdict(list)
        self.met: set[int] = set()
        self._single: dict[int, list[Value]] = {}
        self._longer: dict[int, dict[int, dict[int, dict[tuple[int, ...], list[Value]]]]] = {}

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self._single or self._longer)

    def add(self, ids: tuple[int, ...], value: Value) -> None:
        if len(ids) == 1:
            self._single.setdefault(ids[0], []).append(value)
        else:
            lengths = self._longer.setdefault(ids[0], {}).setdefault(ids[1], {})
            lengths.setdefault(len(ids), {}).setdefault(ids, []).append(value)

    def find(self, ids: Sequence[int]) -> Iterator[tuple[int, int, list[Value]]]:
        """(word behind the last, first word, values) of each wording in a text."""
        single, longer = self._single, self._longer
        for start, (first, second) in enumerate(zip(ids, [*ids[1:], -1], strict=False)):
            if first in single:
                yield start + 1, start, single[first]
            if first in longer and second in (seconds := longer[first]):
                for length, wordings in seconds[second].items():
                    if values := wordings.get(tuple(ids[start : start + length])):
                        yield start + length, start, values
