"""Whether a word that could bind or ask does so: whether it is the verb of the main clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.lexicon.terms import Pattern, Words, expression, spans, words_of
from extractors.text.normalization import normalize
from pipeline.extract.quote import Span
from pipeline.tables.commitments.words import OperativeWords

_TOKEN = re.compile(r"[\w'’-]+|[^\w\s]")
_MARK = re.compile(r"\s*(?:[•·▪◦‣*–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s*", re.IGNORECASE)
_STOPS = frozenset(",;:–—")
_FEW = 6
"""Words that may stand between the beginning of a clause and its subject: "The Asia-Pacific Preparatory Meeting"."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a language that tell the verb of a main clause from its look-alikes."""

    subjects: Pattern
    first_person: Pattern
    adverbs: Pattern
    joins: Pattern
    blockers: Pattern
    infinitive: Pattern
    bare: Pattern
    nouns: Pattern
    plural: Pattern
    relatives: Pattern
    conditions: Pattern
    that: Pattern
    is_so: Pattern
    to_be: Pattern
    preambles: Pattern

    @classmethod
    def of(cls, data: OperativeWords, language: str) -> Clause:
        """The words of a language made ready."""

        def words(name: str) -> Pattern:
            lists: Words = getattr(data, name)
            return expression(tuple(normalize(word).text for word in words_of(lists, language)))

        return cls(**{name: words(name) for name in cls.__dataclass_fields__})

    def is_main(self, text: str, verb: Span, *, is_led: bool = False) -> bool:
        """Whether the verb at `verb` is that of a main clause with a subject that decides.

        The cases, with the verb in capitals:
        1. at the head of the sentence or item: "Also INVITES members", "(a) To REQUEST that";
        2. behind its subject: "we AGREE", but not behind a relative: "through which we AGREED";
        3. behind a word that makes it something else: "the CALL for", "wish to INVITE", "were INVITED";
        4. behind a comma or a conjunction, after another main verb: "Welcomes the list, and INVITES"; a form that is an
           infinitive too needs a subject or a sentence that opens with one: "aims to end and ENCOURAGE" is none, nor is
           a plural noun: "Recognize the commitments and CALLS for";
        5. behind other words, where the clause has a subject: "The Ministers of the region AGREED", or the verb holds it.
        """
        before = self._without_adverbs(text[: verb[0]])
        word = text[verb[0] : verb[1]]
        tokens = _TOKEN.findall(_MARK.sub("", before, count=1) if _MARK.match(before) else before)
        last = tokens[-1] if tokens else ""
        is_first = bool(self.first_person.search(word))
        if self.is_preambular(text) and not (is_first or self.subjects.fullmatch(last) or self.subjects.match(word)):
            return False
        if not tokens or (len(tokens) == 1 and self.infinitive.fullmatch(last)):
            return True
        if self.relatives.fullmatch(last):
            return False
        if self.subjects.fullmatch(last):
            return not (len(tokens) > 1 and self.relatives.fullmatch(tokens[-2]))
        if self.blockers.fullmatch(last):
            return False
        if last in _STOPS or self.joins.fullmatch(last):
            if self.nouns.match(word):
                return not (self._is_imperative(text) or self.plural.search(before))
            return not self.bare.match(word) or self._may_be_bare(before, text, is_led)
        return is_first or bool(self.subjects.match(word)) or self._has_subject(before) or _is_acronym(last, text)

    def binds(self, text: str, modal: Span) -> bool:
        """Whether a "must" or "should" binds somebody: not in a relative clause, a condition or a preamble."""
        before = text[: modal[0]]
        tokens = _TOKEN.findall(self._without_adverbs(before))
        if tokens and self.relatives.fullmatch(tokens[-1]):
            return False
        if len(tokens) > 1 and tokens[-1].casefold() == "se" and self.relatives.fullmatch(tokens[-2]):
            return False
        if self.is_preambular(text) and not self.subjects.match(text[modal[0] :]):
            return False
        return not self.conditions.search(before)

    def is_opinion(self, text: str, verb: Span) -> bool:
        """Whether the verb only says that something is so: "agreed that the Forum is a good place"."""
        opens = any(end >= verb[1] and start <= verb[1] + 1 for start, end in spans(self.that, text[: verb[1] + 5]))
        if not opens:
            return False
        rest = text[verb[1] :]
        so, to_be = self.is_so.search(rest), self.to_be.search(rest)
        return bool(so) and not (to_be and so and to_be.start() < so.start())

    def is_preambular(self, text: str) -> bool:
        """Whether a sentence opens like a paragraph of a preamble: "Recalling", "Also convinced"."""
        opened = _MARK.match(text)
        return bool(self.preambles.match(text, self.behind_adverbs(text, opened.end() if opened else 0)))

    def behind_adverbs(self, text: str, start: int) -> int:
        """Where the words behind the adverbs at `start` begin."""
        while adverb := self.adverbs.match(text, start):
            start = adverb.end() + len(text[adverb.end() :]) - len(text[adverb.end() :].lstrip(" ,"))
        return start

    def ends_with_subject(self, text: str) -> bool:
        """Whether a text ends in a subject, but for adverbs: "... of the people, and we therefore"."""
        bare = self._without_adverbs(text)
        return any(m.end() == len(bare) for m in self.subjects.finditer(bare)) and self._has_subject(bare)

    def _without_adverbs(self, before: str) -> str:
        """The text without the adverbs at its end, and the commas around these."""
        while True:
            bare = before.rstrip()
            trimmed = bare.rstrip(", ")
            found = next((m for m in self.adverbs.finditer(trimmed[-60:]) if m.end() == len(trimmed[-60:])), None)
            if not found:
                return bare
            before = trimmed[: len(trimmed) - (found.end() - found.start())]

    def _may_be_bare(self, before: str, text: str, is_led: bool) -> bool:
        tokens = _TOKEN.findall(before)
        if len(tokens) > 2 and self.infinitive.fullmatch(tokens[-3]):
            return False
        return is_led or self._has_subject(before) or self._is_imperative(text)

    def _is_imperative(self, text: str) -> bool:
        """Whether the sentence opens with such a verb, without a subject: "Commit to ..., and request"."""
        return not _TOKEN.findall(self._without_adverbs(text[: m.start()])) if (m := self.bare.search(text)) else False

    def _has_subject(self, before: str) -> bool:
        return next(self.subject_phrases(before), None) is not None

    def subject_phrases(self, before: str) -> Iterator[Span]:
        """The subjects that open a clause, but for a few words, each from the beginning of its clause: "The participating
        Ministers"; those joined are one: "the Ministers and Heads of Delegation"."""
        last: Span | None = None
        for found in self.subjects.finditer(before):
            start, words = found.start(), []
            for token in reversed([*_TOKEN.finditer(before, 0, found.start())]):
                if token[0] in _STOPS or self.joins.fullmatch(token[0]):
                    break
                start = token.start()
                words.append(token[0])
            if len(words) > _FEW or any(self.blockers.fullmatch(word) for word in words[:-1]):
                continue
            if last and self.joins.fullmatch(before[last[1] : start].strip()):
                last = (last[0], found.end())
            else:
                if last:
                    yield last
                last = (start, found.end())
        if last:
            yield last


def _is_acronym(word: str, text: str) -> bool:
    """Whether the word is an acronym among other words: "The RCM urges"."""
    return len(word) > 1 and word.isupper() and not text.isupper()


def first(found: Sequence[Span]) -> int:
    """Where the first span starts; beyond any text where there is none."""
    return min((start for start, _ in found), default=1 << 30)
