"""Sequences of words found in a text: one look at each word, whatever their number."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from spacy.attrs import LOWER, ORTH
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.text import arabic

Value = TypeVar("Value")
_Values: TypeAlias = list[tuple[int, Value]]


def is_whole(text: str) -> bool:
    """Whether no tokenizer cuts this: letters only, and no Arabic ones, which particles are written together with.

    >>> is_whole("migration"), is_whole("migration,"), is_whole("\u0648\u0627\u0644")
    (True, False, False)
    """
    return text.isalpha() and not arabic.has_letters(text)


class Wordings(Generic[Value]):
    """Sequences of words, each with values, that are found in their own capitals or in any.

    A wording is cut into words when texts have had all of those that its pieces begin with: most texts meet few of the
    thousands. What is found does not depend on the texts before.
    """

    def __init__(self, vocab: Vocab, cut: Callable[[str], Doc]) -> None:
        self._strings, self._cut = vocab.strings, cut
        self._words: dict[str, tuple[str, ...]] = {}
        self._indexes: dict[bool, _Index[Value]] = {False: _Index(), True: _Index()}
        self._size = 0

    def add(self, text: str, value: Value, *, cased: bool) -> None:
        """Adds one wording, which is found in its own capitals only (`cased`) or in any; one can have several values."""
        self._size += 1
        self._indexes[cased].met.clear()
        self._wait(_Wording(self._size, text.split(), value), 0, cased)

    def find(self, doc: Doc) -> Iterator[tuple[Value, int, int]]:
        """Every wording in the text as (value, first token, token behind its last): those in any capitals first."""
        for cased, index in self._indexes.items():
            if not index.waiting and not index.is_filled:
                continue
            ids: list[int] = doc.to_array(ORTH if cased else LOWER).tolist()
            if new := set(ids) - index.met:
                index.met |= new
                for word in new:
                    for wording, place in index.waiting.pop(self._strings[word], ()):
                        self._wait(wording, place + 1, cased)
            for end, start, values in sorted(index.find(ids), key=itemgetter(0, 1)):
                for _, value in values:
                    yield value, start, end

    def _wait(self, wording: _Wording[Value], place: int, cased: bool) -> None:
        """Puts a wording by until the next word is met that one of its pieces, from `place` on, begins with."""
        index = self._indexes[cased]
        for at in range(place, len(wording.pieces)):
            first = self._words_of(wording.pieces[at], cased)[0]
            if not index.met or self._strings[first] not in index.met:
                index.waiting[first].append((wording, at))
                return
        words = [word for piece in wording.pieces for word in self._words_of(piece, cased)]
        index.add(tuple(self._strings[word] for word in words), wording)

    def _words_of(self, piece: str, cased: bool) -> tuple[str, ...]:
        """The words of what stands between two spaces, in its own capitals or in none."""
        if piece not in self._words:
            self._words[piece] = (piece,) if is_whole(piece) else tuple(token.text for token in self._cut(piece))
        words = self._words[piece]
        return words if cased else tuple(map(str.lower, words))


class _Wording(NamedTuple, Generic[Value]):
    """A wording by its number, and the pieces between its spaces."""

    number: int
    pieces: Sequence[str]
    value: Value


class _Index(Generic[Value]):
    """Wordings as numbers of words: by the first two, then by length; `waiting` holds those that are not cut yet, by the word
    that they wait for, and `met` the words that they need not wait for."""

    def __init__(self) -> None:
        self.waiting: dict[str, list[tuple[_Wording[Value], int]]] = defaultdict(list)
        self.met: set[int] = set()
        self._single: dict[int, _Values[Value]] = {}
        self._longer: dict[int, dict[int, dict[int, dict[tuple[int, ...], _Values[Value]]]]] = {}

    @property
    def is_filled(self) -> bool:
        return bool(self._single or self._longer)

    def add(self, ids: tuple[int, ...], wording: _Wording[Value]) -> None:
        if len(ids) == 1:
            values = self._single.setdefault(ids[0], [])
        else:
            lengths = self._longer.setdefault(ids[0], {}).setdefault(ids[1], {})
            values = lengths.setdefault(len(ids), {}).setdefault(ids, [])
        insort(values, (wording.number, wording.value), key=itemgetter(0))

    def find(self, ids: Sequence[int]) -> Iterator[tuple[int, int, _Values[Value]]]:
        """(word behind the last, first word, values with their numbers) of each wording in a text."""
        single, longer = self._single, self._longer
        for start, (first, second) in enumerate(zip(ids, [*ids[1:], -1], strict=False)):
            if first in single:
                yield start + 1, start, single[first]
            if first in longer and second in (seconds := longer[first]):
                for length, wordings in seconds[second].items():
                    if values := wordings.get(tuple(ids[start : start + length])):
                        yield start + length, start, values
