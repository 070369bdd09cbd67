"""A passage of a document as the search for short names sees it: its names, its words, and where each of them stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

from extractors.lexicon.entries import Entry
from extractors.lexicon.vocabulary import ARTICLE, Vocabulary
from extractors.references.hits import Findings, Hit

_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th|[ªº])\Z|[IVX]{1,6}\Z")
_TURNS = 3
"""Words that can stand between an article and its noun."""


class Site(NamedTuple):
    """Where a token stands: its numbered paragraph without letters, how that is cited, its kind and the headings over it."""

    paragraph: str = ""
    citation: str = ""
    kind: str = "paragraph"
    text: str = ""
    headings: tuple[str, ...] = ()


@dataclass(slots=True)
class Passage:
    """One searched text. `text` is that of `doc` before its letters were folded (Arabic); `lower` its words in lower case."""

    doc: Doc
    found: Findings
    vocabulary: Vocabulary
    site: Callable[[int], Site] = lambda token: Site()
    text: str = ""
    names: list[Hit] = field(init=False)
    lower: list[str] = field(init=False)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.names = self.found.kept
        ids = self.found.lower(self.doc).tolist()
        words = {
            key: self.doc.vocab.strings[key] for key in set(ids)
        }  # a token object for each word takes 20 times as long
        self.lower = [words[key] for key in ids]
        self.text = self.text or self.doc.text
        self._starts = [hit.start for hit in self.names]

    def name_at(self, place: int) -> Hit | None:
        """The name that begins at a token."""
        index = bisect_left(self._starts, place)
        return self.names[index] if index < len(self.names) and self._starts[index] == place else None

    def name_before(self, place: int) -> Hit | None:
        """The last name that begins before a token."""
        index = bisect_left(self._starts, place)
        return self.names[index - 1] if index else None

    def places(self, words: Iterable[str]) -> list[int]:
        """The tokens that are one of these lower-case words."""
        strings = self.doc.vocab.strings
        known = np.fromiter((strings[word] for word in words if word in strings), dtype=np.uint64)
        places: list[int] = np.flatnonzero(np.isin(self.found.lower(self.doc), known)).tolist()
        return places

    def printed(self, start: int, end: int) -> str:
        """The words of tokens [start, end) as they are printed."""
        return self.text[self.doc[start].idx : self.doc[end - 1].idx + len(self.doc[end - 1])]

    def evidence(self, hit: Hit) -> str:
        """A name as printed and where: "Rabat Process (§1)"."""
        citation = self.site(hit.start).citation
        return self.printed(hit.start, hit.end) + (f" ({citation})" if citation else "")

    def resolved(self, entry: Entry, start: int, end: int, evidence: str) -> Hit:
        """The hit of a short name, whose rule tells what it rests on."""
        return Hit(start, end, entry, f"{entry.id}/{self.printed(start, end)} = {evidence}", "resolved")

    def opening(self, place: int) -> int | None:
        """Where the wording of a noun begins with its article ("the", "each", "the first"); None without an article.

        In Arabic the article is a part of the word; an article that is written together with a preposition ("del") is
        none of the wording.
        """
        lower, vocabulary = self.lower, self.vocabulary
        if not vocabulary.determiners:
            return place if lower[place].startswith(ARTICLE) else None
        before = place - 1
        while before >= 0 and place - before <= _TURNS and self._is_turn(before):
            before -= 1
        if before >= 0 and lower[before] in vocabulary.determiners:
            return before if lower[before] not in vocabulary.contractions else before + 1
        if before > 0 and lower[before] == "'" and f"{lower[before - 1]}'" in vocabulary.determiners:
            return before - 1
        # "future forums", "subsequent forums" need no article
        return before + 1 if lower[before + 1] in vocabulary.turns and self.doc[before + 1].is_lower else None

    def _is_turn(self, place: int) -> bool:
        word = self.lower[place]
        is_word = word in self.vocabulary.turns or word in self.vocabulary.ordinals
        return is_word or _ORDINAL.match(self.doc[place].text) is not None

    def goes_on(self, end: int, is_strict: bool) -> bool:
        """Whether the words behind a noun make another name of it; `is_strict` for nouns in lower case.

        CASE 1 a link to a name or topic: "the Forum on Trade"; to anything where strict: "the network of smugglers".
        CASE 2 a word with a capital: "the Forum Bank", "el Foro Mundial".
        CASE 3 an adjective, where it stands behind its noun: "la Conferencia regional", "el foro político de alto nivel".
        """
        doc, lower, vocabulary = self.doc, self.lower, self.vocabulary
        if end >= len(doc) or not doc[end].text[:1].isalpha():
            return False
        after, last = lower[end], len(doc) - 1
        if after in vocabulary.links and end < last:
            behind = end + 1
            while behind < last and lower[behind] in vocabulary.determiners:
                behind += 1
            is_name = doc[behind].text[:1].isupper() or lower[behind] in vocabulary.topic
            return is_name or (is_strict and not doc[behind].text[:1].isdigit())
        if doc[end].text[:1].isupper():
            return True
        if vocabulary.grammar.order == "before" or after in vocabulary.ordinals:
            return False
        if not vocabulary.determiners:
            return after.startswith(ARTICLE)
        is_loose = after not in vocabulary.stops and after not in vocabulary.conjunctions
        return (
            after in vocabulary.modifiers
            or after in vocabulary.topic
            or (is_strict and is_loose and lower[min(end + 1, last)] in vocabulary.links)
        )
