"""Who decides, and who is asked: the subject of an operative sentence and the object of its verb."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.lexicon.terms import Pattern, Words, expression, words_of
from extractors.text.normalization import normalize
from pipeline.extract.quote import Span, sentences
from pipeline.tables.commitments.operative import Operative, OperativeReader, Verb, operative_reader
from pipeline.tables.commitments.words import operative_words
from pipeline.tables.records import Unit

_ASKS = frozenset({"request", "urge", "recommend", "invite", "encourage"})
_HEAD = 60
"""Characters in which a sentence names its subject."""
_LONGEST = 14
"""Words of those who are asked."""
_NEAR = 10
"""Characters between a verb and the name of those who are asked: "all the"."""
_CAPITALS = re.compile(r"[A-ZÀ-Ý][\w'-]*(?:\s+[A-ZÀ-Ý][\w'-]*)*")
_END = re.compile(r"[,;:.]")
_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class NamedSubject:
    """A subject that a document names: where (the position of the unit, and the offset in it), and in which words.

    `is_voice` marks those who speak in the document: "We, the Ministers of ...", "The General Assembly,".
    """

    place: tuple[int, int]
    words: str
    is_voice: bool = False


@dataclass(frozen=True, slots=True)
class Parties:
    """The words of a language that tell who decides and who is asked."""

    reader: OperativeReader
    pronouns: Pattern
    openers: Pattern
    clauses: Pattern
    ends: Pattern
    matters: Pattern

    def named(self, units: Sequence[Unit]) -> list[NamedSubject]:
        """Every subject that a document names at the head of a sentence, and the organ that opens a resolution."""
        out: list[NamedSubject] = []
        for position, unit in enumerate(units):
            if unit.kind == "opening":
                out.append(NamedSubject((position, 0), unit.text.strip(" ,:."), is_voice=True))
            elif unit.kind in ("body", "chapeau", "paragraph", "continuation"):
                for start, end in sentences(unit.text):
                    sentence = unit.text[start:end]
                    if not self.reader.is_item(sentence) and (subject := self._subject(sentence)):
                        out.append(NamedSubject((position, start), *subject))
        return out

    def _subject(self, sentence: str) -> tuple[str, bool] | None:
        """The noun that a sentence has as its subject, and whether its pronoun stands for that: "We, the Ministers"."""
        normalized = normalize(sentence)
        text = normalized.text
        said = 0
        for span in self.reader.clause.subject_phrases(text):
            start = self.reader.clause.behind_adverbs(text, span[0])
            if span[0] > _HEAD or start >= span[1]:
                return None
            if self.pronouns.search(text, start, span[1]):
                said = span[1]
            elif not said or text[said : span[0]].strip() == ",":
                return _printed(sentence, normalized.source(start, span[1])), bool(said)
        return None

    def actor(self, operative: Operative, position: int, named: Sequence[NamedSubject]) -> str:
        """Who decides: the subject of the verb, or the one named last before where it has none or a pronoun.

        The subject of a "must" is the one who is asked; who speaks is then the one named before, too.
        """
        text = operative.text
        verb = operative.verbs[0] if operative.verbs else None
        own = self._before(text, _moved(verb, operative)[0]) if verb else ""
        if verb and self._is_modal(text, _moved(verb, operative)) and not self.pronouns.fullmatch(own):
            own = ""
        if own and not self.pronouns.fullmatch(own):
            return own
        find = bisect_right if own else bisect_left
        at = find([one.place for one in named], (position, operative.span[0]))
        before = named[:at]
        voices = [one for one in before if one.is_voice]
        return voices[-1].words if voices else before[-1].words if before else own

    def addressee(self, operative: Operative) -> str:
        """Who is asked: the object of the verb ("urges STATES to"), or the subject of a "must"; "" where nobody is."""
        text = operative.text
        for verb in operative.verbs:
            span = _moved(verb, operative)
            if verb.force not in _ASKS:
                continue
            if self._is_modal(text, span):
                subject = self._before(text, span[0])
                return "" if self.pronouns.fullmatch(subject) else subject
            return self._behind(operative, span[1])
        return ""

    def _is_modal(self, text: str, span: Span) -> bool:
        word = normalize(text[span[0] : span[1]]).text
        return any(pattern.fullmatch(word) for _, pattern in self.reader.modals)

    def _before(self, text: str, end: int) -> str:
        """The subject before a verb: the one directly before it, else the first of the sentence."""
        normalized = normalize(text[:end])
        phrases = [*self.reader.clause.subject_phrases(normalized.text)]
        if not phrases:
            return ""
        near = self.reader.clause.ends_with_subject(normalized.text)
        start, stop = phrases[-1] if near else phrases[0]
        start = self.reader.clause.behind_adverbs(normalized.text, start)
        if clause := self.clauses.match(normalized.text, start):
            start = _next_word(normalized.text, clause.end())
        return _printed(text, normalized.source(min(start, stop), stop))

    def _behind(self, operative: Operative, start: int) -> str:
        """Who stands behind a verb that asks: an actor, or a name, up to what is asked; behind "that" its subject."""
        text = operative.text[start:]
        normalized = normalize(text)
        plain = normalized.text
        at = _next_word(plain, 0)
        clause = self.clauses.match(plain, at)
        if opener := clause or self.openers.match(plain, at):
            at = _next_word(plain, opener.end())
        tokens = [*_TOKEN.finditer(plain, at)][:_LONGEST]
        if not tokens or self.matters.match(plain, at):
            return ""
        stops = [m.start() for m in [self.ends.search(plain, tokens[0].end()), _END.search(plain, at)] if m]
        phrase = plain[at : min([*stops, tokens[-1].end()])].rstrip()
        head = self._head(phrase, normalized.source(at, at + 1)[0] + start + operative.span[0], operative.unit)
        end = at + (head if clause else max(head, len(phrase)))
        return _printed(text, normalized.source(at, end)) if head else ""

    def _head(self, phrase: str, place: int, unit: Unit) -> int:
        """Where the actor or name ends that is the head of a phrase; 0 where none is ("the list of the Ministers")."""
        ends = [end for m in unit.mentioned for start, end in m.places if place <= start <= place + _NEAR]
        if ends:
            return max(ends) - place
        for number, word in enumerate(_TOKEN.finditer(phrase)):
            if found := self.reader.subjects.match(phrase, word.start()):
                return found.end()
            if word[0][:1].isupper():
                return len(_CAPITALS.match(phrase, word.start())[0]) + word.start()  # type: ignore[index]
            if number and self.reader.clause.blockers.fullmatch(word[0]):
                return 0
        return 0


def _next_word(text: str, start: int) -> int:
    return start + len(text[start:]) - len(text[start:].lstrip())


def _moved(verb: Verb, operative: Operative) -> Span:
    """The place of a verb in its sentence."""
    return verb.span[0] - operative.span[0], verb.span[1] - operative.span[0]


def _printed(text: str, span: Span) -> str:
    return " ".join(text[span[0] : span[1]].split())


@lru_cache(maxsize=16)
def parties_of(language: str) -> Parties:
    """Those words of a language."""
    data = operative_words()

    def words(terms: Words) -> Pattern:
        return expression(words_of(terms, language))

    return Parties(
        operative_reader(language),
        words(data.pronouns),
        words(data.addressees.openers),
        words(data.addressees.clauses),
        words(data.addressees.ends),
        words(data.addressees.matters),
    )
