"""The short names that a document defines: "the Colombo Process (CP)", "hereinafter “the Process”", "(en adelante, la Conferencia)".

One table of them holds for the whole document and goes before the lexicon's own short forms. The rule of a reference by such a
name shows the definition: `rabat-process/the Process = Rabat Process (§1)`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractors.lexicon.entries import Entry
from extractors.lexicon.vocabulary import ARTICLE, Vocabulary
from extractors.references.hits import Hit
from extractors.references.passage import Passage

_CLAUSE = 24
"""Tokens that a definition in parentheses can have."""
_TERM = 5
_TAIL = 16
"""Tokens that a name can go on with, behind what the lexicon knows of it, before its definition."""
_LONGEST_ACRONYM = 8
_LONGEST_NAME = 200
_QUOTES = frozenset(['"', "'"])
_SIGNS = frozenset([*_QUOTES, ":", "*", "_"])
_ACRONYM = re.compile(r"[A-Z][\w&/+.-]*[A-Z\d][\w&/+.-]*\Z|[A-Z]{2,}s?\Z")


class Definition(NamedTuple):
    """A short name as `written`, the body that it stands for, the definition as text, and the token it holds from.

    Without an entry the body is none of the lexicon: the name then stands for nothing that could be a reference.
    """

    written: tuple[str, ...]
    entry: Entry | None
    evidence: str
    start: int


class _Term(NamedTuple):
    """Tokens [low, high) that may be a defined name; stated by "hereinafter" or quotation marks, or alone in parentheses."""

    low: int
    high: int
    is_stated: bool
    is_alone: bool = False


class Definitions:
    """The definitions of one document; `resolve` is called with its passages in order."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._table: dict[tuple[str, ...], list[Definition]] = defaultdict(list)

    def resolve(self, passage: Passage, taken: NDArray[np.bool_]) -> Iterator[Hit]:
        """The defined names of a passage outside of what is `taken`, as hits of method "resolved"; takes their tokens, too.

        >>> from extractors.references.nlp import pipeline, words_of
        >>> from extractors.references.hits import findings
        >>> doc = pipeline("en")("The Colombo Process (CP) met. CP agreed.")
        >>> passage = Passage(doc, findings(doc), words_of("en"))
        >>> [hit.rule for hit in Definitions(words_of("en")).resolve(passage, np.arange(len(doc)) < 7)]
        ['colombo-process/CP = Colombo Process (CP)']
        """
        for held in self._table.values():
            held[:] = [definition._replace(start=0) for definition in held]
        for definition in self._read(passage):
            held = self._table[tuple(map(self._lemma, definition.written))]
            if all(other.entry is not definition.entry for other in held):
                held.append(definition)
        lower, size = passage.lower, len(taken)
        longest_first = sorted(self._table, key=len, reverse=True)
        for place in passage.places(self._firsts()):
            for words in longest_first:
                end = place + len(words)
                if end > size or taken[place:end].any() or tuple(map(self._lemma, lower[place:end])) != words:
                    continue
                known = _definition_at(passage, self._table[words], place, end)
                start = place if known is None or _is_name(known.written) else self._start(passage, place, end)
                if known is None or start is None:
                    continue
                taken[start:end] = True
                if known.entry is not None:
                    yield passage.resolved(known.entry, start, end, known.evidence)
                break

    def _firsts(self) -> set[str]:
        """The words that a defined name can begin with, in all their forms."""
        firsts = {words[0] for words in self._table}
        forms = {form for form, noun in self._vocabulary.noun_of.items() if noun in firsts}
        return firsts | forms | {ARTICLE + word for word in firsts}

    @staticmethod
    def _start(passage: Passage, place: int, end: int) -> int | None:
        """Where a noun defined begins with its article; None where it has none or is a part of another name."""
        return None if passage.goes_on(end, is_strict=False) else passage.opening(place)

    def _lemma(self, word: str) -> str:
        """The noun of a word in any of its forms; an Arabic one without its article."""
        bare = word.lower()
        return self._vocabulary.noun_of.get(bare) or (
            bare.removeprefix(ARTICLE) if len(bare) > len(ARTICLE) + 2 else bare
        )

    def _read(self, passage: Passage) -> Iterator[Definition]:
        """Every definition of a passage.

        CASE 1 the acronym before the name: "the CP (Colombo Process)".
        CASE 2 in parentheses behind the name: "(CP)", "(the forum)", "(hereinafter: the Dialogue)", "(“the Process”, or “RP”)".
        CASE 3 in a clause: "hereinafter referred to as “the Process”", "en adelante la Conferencia".
        """
        lower, closed = passage.lower, 0
        for place in passage.places((*(words[0] for words in self._vocabulary.definers), "(")):
            if lower[place] == "(":
                end = min(place + _CLAUSE, len(lower))
                close = next((p for p in range(place + 1, end) if lower[p] == ")"), 0)
                if not close:
                    continue
                closed = close
                inside = passage.name_at(place + 1)
                if place and inside is not None and inside.end == close:
                    acronym = passage.doc[place - 1].text
                    if stands_for(acronym, passage.doc[inside.start : inside.end].text):
                        yield Definition((acronym,), inside.entry, passage.evidence(inside), place - 1)
                    continue
                terms, end = self._in_parentheses(lower, place, close), place
            elif place >= closed and self._definer(lower, place):
                terms, end = self._in_clause(passage, place), place
                while end and lower[end - 1] in (",", "-", *_SIGNS):
                    end -= 1
            else:
                continue
            for term in terms:
                definition = self._definition(passage, term, end)
                if definition is not None:
                    yield definition

    def _in_parentheses(self, lower: list[str], opening: int, close: int) -> Iterator[_Term]:
        """The names between parentheses, without quotation marks and articles: "the Process", "RP"."""
        low, is_stated = self._behind_definers(lower, opening + 1)
        breaks = (",", ";", "/", *self._vocabulary.conjunctions)
        is_alone = not any(word in breaks for word in lower[low:close])
        for high in [*(place for place in range(low, close) if lower[place] in breaks), close]:
            begin = self._behind_article(lower, low, high)
            end = high
            while end > begin and lower[end - 1] in _SIGNS:
                end -= 1
            if 0 < end - begin <= _TERM:
                yield _Term(begin, end, is_stated or lower[begin - 1] in _QUOTES, is_alone and begin > low)
            low = high + 1

    def _in_clause(self, passage: Passage, place: int) -> Iterator[_Term]:
        """The name that follows "hereinafter": what stands in quotation marks, or words with capitals, or a single word."""
        lower, doc = passage.lower, passage.doc
        behind, _ = self._behind_definers(lower, place)
        low = high = self._behind_article(lower, behind, len(lower))
        is_quoted = '"' in lower[behind:low]
        while high < len(lower) and high - low < _TERM and doc[high].text[:1].isalpha():
            if high > low and not is_quoted and not doc[high].text[:1].isupper():
                break
            high += 1
        if high > low:
            yield _Term(low, high, is_stated=True)

    def _definition(self, passage: Passage, term: _Term, end: int) -> Definition | None:
        """What a name defines for the body named last before `end`; None where it is no short name of it.

        An acronym has to be made of the letters of the name, right behind it. Any other name has to repeat a noun of it
        ("Members of the Bali Process (“the Members”)" defines nothing) or to be a noun that stands for bodies.
        """
        doc, lower, vocabulary = passage.doc, passage.lower, self._vocabulary
        written = tuple(token.text for token in doc[term.low : term.high])
        hit = passage.name_before(end)
        if len(written) == 1 and _ACRONYM.match(written[0]):
            if hit is None or hit.end < end or (written[0], hit.entry.id) in vocabulary.names:
                return None
            is_known = stands_for(written[0], doc[hit.start : end].text)
            return Definition(written, hit.entry, passage.evidence(hit), hit.start) if is_known else None
        head = self._lemma(written[-1] if vocabulary.grammar.order == "before" else written[0])
        if hit is not None and hit.entry.canonical and (term.is_stated or term.is_alone):
            behind = min(hit.end, end)
            tail = lower[behind:end]
            is_near = len(tail) <= _TAIL and not any(word in (".", ";") or word.isspace() for word in tail)
            is_noun = head in map(self._lemma, lower[hit.start : behind]) or (
                not tail and head in vocabulary.short_nouns
            )
            if is_near and is_noun:
                return Definition(written, hit.entry, passage.evidence(hit), behind)
        is_body = term.is_stated and any(word.lower() in vocabulary.noun_of for word in written)
        return Definition(written, None, "", term.low) if is_body else None

    def _definer(self, lower: list[str], place: int) -> int:
        """How many tokens the words of a definition take there: 1 for "hereinafter", 2 for "en adelante", else 0."""
        return max((len(w) for w in self._vocabulary.definers if tuple(lower[place : place + len(w)]) == w), default=0)

    def _behind_definers(self, lower: list[str], place: int) -> tuple[int, bool]:
        """The place behind "hereinafter referred to as", and whether there is such a word."""
        is_stated = False
        while place < len(lower):
            size = self._definer(lower, place)
            is_stated = is_stated or size > 0
            is_filler = lower[place] in (":", ",") or (is_stated and lower[place] in self._vocabulary.fillers)
            if not size and not is_filler:
                break
            place += size or 1
        return place, is_stated

    def _behind_article(self, lower: list[str], low: int, high: int) -> int:
        """The place behind quotation marks and articles."""
        while low < high and (lower[low] in _SIGNS or lower[low] in self._vocabulary.determiners):
            low += 1
        return low


def _definition_at(passage: Passage, held: Sequence[Definition], place: int, end: int) -> Definition | None:
    """The definition that holds at a place: the last one before it; an acronym has to have a single one, anywhere."""
    text = tuple(token.text for token in passage.doc[place:end])
    if len(text) == 1 and _ACRONYM.match(held[0].written[0]):
        same = [d for d in held if text[0].removesuffix("s") == d.written[0].removesuffix("s")]
        return same[0] if len(same) == 1 else None
    for definition in reversed(held):
        pairs = zip(definition.written, text, strict=True)
        if definition.start <= place and all(w[:1].isupper() <= t[:1].isupper() for w, t in pairs):
            return definition
    return None


def _is_name(written: tuple[str, ...]) -> bool:
    """Whether a defined name needs no article: an acronym, or several words with capitals."""
    return _ACRONYM.match(written[0]) is not None or (len(written) > 1 and all(w[:1].isupper() for w in written))


def stands_for(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym begin words of a name, in their order, or follow one that does; all but the last may
    stand in one word ("interregional forum", IRF).

    >>> stands_for("CP", "Colombo Process"), stands_for("MIDSA", "Migration Dialogue for Southern Africa"), stands_for("EU", "Rabat")
    (True, True, False)
    """
    letters = [re.escape(c) for c in acronym.removesuffix("s") if c.isalnum()]
    if not _ACRONYM.match(acronym) or not 2 <= len(letters) <= _LONGEST_ACRONYM:
        return False
    words = r"\b" + r"(?:|.{0,80}?\b)".join(letters)
    inside = r"\b" + r"\w*?".join(letters[:-1]) + r".{0,80}?\b" + letters[-1] if len(letters) > 2 else words
    return re.search(f"{words}|{inside}", name[-_LONGEST_NAME:], re.IGNORECASE) is not None
