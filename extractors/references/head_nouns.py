"""Head nouns that stand for a body named before: "the Forum", "each forum", "del Foro"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractors.lexicon.entries import Entry
from extractors.lexicon.vocabulary import Vocabulary
from extractors.references.hits import Hit
from extractors.references.passage import Passage, Site


class _Body(NamedTuple):
    """A body that was named, and how and where."""

    entry: Entry
    evidence: str


@dataclass(slots=True)
class _Memory:
    """The bodies with one head noun that were named so far, by entry id, and whether something else bears the noun, too."""

    here: dict[str, _Body] = field(default_factory=dict)
    before: dict[str, _Body] = field(default_factory=dict)
    by_heading: dict[str, dict[str, _Body]] = field(default_factory=lambda: defaultdict(dict))
    title: dict[str, _Body] = field(default_factory=dict)
    is_other_here: bool = False
    is_other_name_here: bool = False
    is_other_name_before: bool = False


class HeadNouns:
    """The head nouns of one document; `resolve` is called with its passages in order."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._memories: dict[str, _Memory] = defaultdict(_Memory)
        self._paragraph = ""

    def resolve(self, passage: Passage, taken: NDArray[np.bool_]) -> Iterator[Hit]:
        """The head nouns with an article that a single body can be meant by; tokens that are `taken` are something else."""
        names = iter([*(hit for hit in passage.names if hit.entry.id in self._vocabulary.nouns_of), None])
        name = next(names)
        for place in [*passage.places(self._vocabulary.noun_of), len(taken)]:
            while name is not None and name.start <= place:
                self._note_name(passage, name)
                name = next(names)
            if place == len(taken) or taken[place]:
                continue
            hit = self._hit(passage, place)
            if hit is not None:
                yield hit

    def _hit(self, passage: Passage, place: int) -> Hit | None:
        doc, here = passage.doc, passage.site(place)
        self._enter(here.paragraph)
        word = doc[place].text
        is_small = word in self._vocabulary.small_nouns
        memory = self._memories[self._vocabulary.noun_of[passage.lower[place]]]
        start, goes_on = passage.opening(place), passage.goes_on(place + 1, is_small)
        if start is None or goes_on:
            is_name = word[:1].isupper() and (goes_on or (place > 0 and doc[place - 1].text[:1].isupper()))
            memory.is_other_here = True
            memory.is_other_name_here |= is_name
            memory.is_other_name_before |= is_name
            return None
        if not is_small and not (word[:1].isupper() and word[1:].islower()):
            return None
        body = _antecedent(memory, here, is_small)
        return passage.resolved(body.entry, start, place + 1, body.evidence) if body else None

    def _note_name(self, passage: Passage, name: Hit) -> None:
        here = passage.site(name.start)
        self._enter(here.paragraph)
        body = _Body(name.entry, passage.evidence(name))
        for noun in self._nouns(passage, name):
            memory = self._memories[noun]
            memory.here.setdefault(name.entry.id, body)
            memory.before.setdefault(name.entry.id, body)
            if here.kind == "heading":
                memory.by_heading[here.text].setdefault(name.entry.id, body)
            elif here.kind == "title":
                memory.title.setdefault(name.entry.id, body)

    def _nouns(self, passage: Passage, name: Hit) -> set[str]:
        """The nouns that the name prints, else all of the body: after "Rabat Process" a "Dialogue" is another one, after
        "GFMD" the Forum is the GFMD."""
        nouns = set(self._vocabulary.nouns_of[name.entry.id])
        noun_of = self._vocabulary.noun_of
        return nouns & {noun_of[word] for word in passage.lower[name.start : name.end] if word in noun_of} or nouns

    def _enter(self, paragraph: str) -> None:
        """Forgets what was named in the paragraph before."""
        if paragraph != self._paragraph:
            self._paragraph = paragraph
            for memory in self._memories.values():
                memory.here, memory.is_other_here, memory.is_other_name_here = {}, False, False


def _antecedent(memory: _Memory, here: Site, is_small: bool) -> _Body | None:
    """The single body that a head noun can stand for.

    CASE 1 something else in the paragraph has the noun: none ("the World Social Forum met; the Forum agreed").
    CASE 2 the paragraph names one body with the noun: that one ("the Global Forum ... The Forum agreed").
    CASE 3 it names several: the one of them that the title names.
    CASE 4 it names none: the one that the nearest heading with such a name, or the title, or else the text before names.
    """
    if memory.is_other_name_here or (memory.is_other_here and is_small and not memory.title):
        return None
    if memory.here:
        return _single(memory.here) or _single(
            {key: memory.here[key] for key in memory.here.keys() & memory.title.keys()}
        )
    for heading in reversed(here.headings):
        if named := memory.by_heading.get(heading):
            return _single(named)
    if memory.title:
        return _single(memory.title)
    return None if memory.is_other_name_before else _single(memory.before)


def _single(bodies: Mapping[str, _Body]) -> _Body | None:
    return next(iter(bodies.values())) if len(bodies) == 1 else None
