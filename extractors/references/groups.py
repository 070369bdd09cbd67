"""Groups of head nouns with what modifies them, as drafters coordinate them.

"subregional, regional and cross-regional processes, platforms and organizations at the global level" is one group: three
heads, three modifiers before them and one behind. What makes a reference of it is for the rules (`extractors.references.coordination`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from extractors.lexicon.vocabulary import Vocabulary
from extractors.references.hits import (
    ARTICLE,
    BESIDE_LEVELS,
    COMMA,
    FREE,
    HEAD,
    JOINT,
    LEVEL_NOUN,
    LEVEL_OPENER,
    LOWER_CASE,
    MIGRATION,
    MODIFIER,
    ON,
    PLAIN,
    TOPIC,
    TRIMMED,
    Findings,
    Modifier,
)

_OF = frozenset(["de", "d", "of"])
_JOINTS = 3
"""Tokens that can join two words: ", and", "and/or"."""
_REACH = 28
"""How many tokens from its head a modifier can stand."""

_Places = NDArray[np.intp]


@dataclass(slots=True)
class Group:
    """Head nouns with their modifiers: token places of the heads, the modifiers and the free words among them."""

    heads: list[int]
    modifiers: list[Modifier] = field(default_factory=list)
    qualifiers: list[Modifier] = field(default_factory=list)
    free: list[tuple[int, str]] = field(default_factory=list)
    post_end: int = 0
    post_modifiers: list[Modifier] = field(default_factory=list)
    topic_end: int = 0
    closing_end: int = 0


class GroupReader:
    """Reads the group around a head noun of one text; `classes` tells by token what its word is."""

    def __init__(self, doc: Doc, found: Findings, vocabulary: Vocabulary) -> None:
        self.doc, self.vocabulary = doc, vocabulary
        self.before = vocabulary.grammar.order == "before"
        self._array = found.classes(doc)
        self.classes = self._array.data
        self._by_start, self._by_end = found.by_start, found.by_end

    def heads(self) -> list[int]:
        """The lower-case heads that can have a group: a modifier or a level word is near; most have none."""
        classes, size = self._array, len(self._array)
        places = np.flatnonzero(classes & (HEAD | MODIFIER | LEVEL_NOUN))
        kinds = classes[places]
        heads = places[(kinds & (HEAD | LOWER_CASE)) == HEAD | LOWER_CASE]
        singles, nouns = places[(kinds & MODIFIER) != 0], places[(kinds & LEVEL_NOUN) != 0]
        if not len(heads) or not (len(singles) or len(nouns) or self._by_start):
            return []
        if not self.before:
            starts = _sorted(singles, self._by_start)
            return list(map(int, heads[_next(starts, heads, size + 14) < heads + 14]))
        ends = _sorted(singles + 1, self._by_end)
        nearest = np.append(-6, ends)[np.searchsorted(ends, heads, side="right")]
        noun = _next(nouns, heads, size + 64) - heads
        # before other words no modifier can be read; behind the head, or heads joined to it, there may be a level
        opens = (nearest == heads) | ((classes[np.maximum(heads - 1, 0)] & (FREE | TRIMMED)) != 0) | (noun < 64)
        return list(map(int, heads[((nearest > heads - 6) | (noun < 16)) & opens]))

    def group(self, head: int) -> Group:
        """The group whose first head stands at `head`."""
        group = Group(self._more_heads(head))
        if self.before:
            self._read_before(group, head)
        else:
            self._read_behind(group, head)
        self._read_levels(group)
        return group

    def _modifier_to(self, end: int) -> Modifier | None:
        """The longest modifier whose last word stands before `end`."""
        held = self._by_end.get(end)
        if held is None and end and self.classes[end - 1] & MODIFIER:
            return Modifier(end - 1, end, self.doc[end - 1].lower_)
        return held

    def _modifier_from(self, start: int) -> Modifier | None:
        """The longest modifier whose first word stands at `start`."""
        held = self._by_start.get(start)
        if held is None and start < len(self.classes) and self.classes[start] & MODIFIER:
            return Modifier(start, start + 1, self.doc[start].lower_)
        return held

    def _more_heads(self, head: int) -> list[int]:
        """The heads coordinated with the first one: ", platforms and organizations"; a list has to be closed by "and"."""
        classes = self.classes
        size = len(classes)
        out, position, closed = [head], head + 1, False
        while position + 1 < size:
            joint = position
            conjunction = False
            while joint < size and classes[joint] & JOINT and joint - position < _JOINTS:
                conjunction = conjunction or not classes[joint] & COMMA
                joint += 1
            if joint == position or joint >= size:
                break
            if (
                not self.before
                and conjunction
                and joint + 1 < size
                and classes[joint + 1] & HEAD
                and classes[joint] & ARTICLE
            ):
                joint += 1
            if classes[joint] & HEAD and classes[joint] & LOWER_CASE:
                out.append(joint)
                position = joint + 1
                closed = closed or conjunction
                continue
            closed = closed or (conjunction and bool(classes[joint] & PLAIN))
            break
        return out if closed else [head]

    def _read_before(self, group: Group, head: int) -> None:
        """English: modifiers stand before their head, level phrases ("at the regional level") after it."""
        classes, doc = self.classes, self.doc
        position, last, in_a_row, joined = head, "", 0, False
        while position > 0 and head - position < _REACH:
            modifier = self._modifier_to(position)
            if modifier is not None:
                self._add(group, modifier)
                position, last, in_a_row = modifier.start, "modifier", 0
                continue
            before = position - 1
            if classes[before] & JOINT:
                step = before
                while step > 0 and classes[step - 1] & JOINT and before - step < _JOINTS:
                    step -= 1
                joined = joined or any(not classes[i] & COMMA for i in range(step, before + 1))
                if not last or step == 0 or not joined:
                    # a list of modifiers ends in "and": "the private sector, international organizations" is two things
                    break
                if self._modifier_to(step) is not None:
                    position = step
                    continue
                word = classes[step - 1]
                if (
                    last == "modifier"
                    and word & FREE
                    and not word & (HEAD | TOPIC)
                    and not doc[step - 1].text.endswith(("ing", "s"))
                ):
                    group.free.append((step - 1, doc[step - 1].lower_))
                    position, last, in_a_row = step - 1, "modifier", 0
                    continue
                break
            if classes[before] & TRIMMED:
                # "existing relevant fora": the word says nothing, what stands before it may
                position, last = before, last or "free"
                continue
            near = before == head - 1 or not classes[before] & TOPIC
            if in_a_row < 3 and near and classes[before] & FREE:
                group.free.append((before, doc[before].lower_))
                position, last, in_a_row = before, "free", in_a_row + 1
                continue
            break
        end = group.heads[-1] + 1
        if end + 1 < len(classes) and classes[end] & (JOINT | COMMA) == JOINT and classes[end + 1] & FREE:
            # "existing mechanisms, platforms and frameworks": the last of the list is no head, but of the wording
            group.closing_end = end + 2

    def _read_behind(self, group: Group, head: int) -> None:
        """Spanish, French, Portuguese: modifiers stand after their head."""
        classes, doc = self.classes, self.doc
        size = len(classes)
        before = self._modifier_to(head)
        if before is not None and before.word in self.vocabulary.qualifiers:
            group.qualifiers.append(before)
        position, last, in_a_row = group.heads[-1] + 1, "", 0
        while position < size and position - head < _REACH:
            modifier = self._modifier_from(position)
            if modifier is not None:
                self._add(group, modifier)
                position, last, in_a_row = modifier.end, "modifier", 0
                continue
            if classes[position] & JOINT:
                step = position
                while step < size and classes[step] & JOINT and step - position < _JOINTS:
                    step += 1
                if last == "" or step >= size:
                    break
                if self._modifier_from(step) is not None:
                    position = step
                    continue
                if doc[step].lower_ == doc[head].lower_:
                    break  # "organizaciones internacionales y organizaciones regionales" are two things
                if classes[step] & FREE and (
                    self._modifier_from(step + 1) is not None or (step + 1 < size and classes[step + 1] & JOINT)
                ):
                    group.free.append((step, doc[step].lower_))
                    position, last, in_a_row = step + 1, "modifier", 0
                    continue
                break
            if in_a_row < 2 and classes[position] & FREE:
                group.free.append((position, doc[position].lower_))
                position, last, in_a_row = position + 1, "free", in_a_row + 1
                continue
            if not last and classes[position] & TRIMMED:
                # "forums et processus pertinents existants": the word says nothing, what stands behind it may
                position += 1
                continue
            if last == "" and position + 2 < size and classes[position + 1] & FREE and doc[position].lower_ in _OF:
                # "mécanismes de coordination régionale"
                group.free.append((position + 1, doc[position + 1].lower_))
                position, last = position + 2, "free"
                continue
            break

    def _add(self, group: Group, modifier: Modifier) -> None:
        if modifier.word in self.vocabulary.qualifiers:
            group.qualifiers.append(modifier)
        if modifier.word in self.vocabulary.modifiers:
            group.modifiers.append(modifier)

    def _read_levels(self, group: Group) -> None:
        """Reads what follows the last head: "at the global and regional levels", "a nivel regional", "on migration"."""
        classes = self.classes
        end = group.heads[-1] + 1
        size = len(classes)
        if end < size and classes[end] & LEVEL_OPENER:
            position = end + 1
            levels: list[Modifier] = []
            steps = 0
            while position < size and steps < 14:
                steps += 1
                modifier = self._modifier_from(position)
                if modifier is not None and modifier.word in self.vocabulary.levels:
                    levels.append(modifier)
                    position = modifier.end
                    continue
                if classes[position] & LEVEL_NOUN:
                    if levels:
                        group.post_modifiers, group.post_end = levels, position + 1
                        break
                    if self.before:
                        break
                    position += 1
                    continue
                if classes[position] & (JOINT | BESIDE_LEVELS):
                    position += 1
                    continue
                break
            if levels and not self.before:
                group.post_modifiers, group.post_end = levels, levels[-1].end
        if end < size and classes[end] & ON:
            group.topic_end = next((p + 1 for p in range(end + 1, min(end + 3, size)) if classes[p] & MIGRATION), 0)


def _sorted(singles: _Places, longer: Iterable[int]) -> _Places:
    """The places of single words and of longer modifiers in order; one that stands twice does no harm."""
    return np.sort(np.concatenate((singles, np.fromiter(longer, dtype=np.intp))))


def _next(places: _Places, tokens: _Places, none: int) -> _Places:
    """For each token the next of the (sorted) places behind it, or `none`."""
    return np.append(places, none)[np.searchsorted(places, tokens, side="right")]
