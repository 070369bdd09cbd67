"""Groups of head nouns with what modifies them, as drafters coordinate them.

"subregional, regional and cross-regional processes, platforms and organizations at the global level" is one group: three
heads, three modifiers before them and one behind. What makes a reference of it is for the rules (`extractors.references.coordination`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
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
_REACH = 28
"""How many tokens from its head a modifier or a further head can stand."""
_PAST_THE_TEXT = np.zeros(3, dtype=np.uint64)
"""Classes of the tokens that are looked at before a text and behind it: none."""
_SMALL_HEAD = HEAD | LOWER_CASE
"""A head noun in lower case."""


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
    """Reads the group around a head noun of one text; `classes` tells by token what its word is, nothing of those around it."""

    def __init__(self, doc: Doc, found: Findings, vocabulary: Vocabulary) -> None:
        self.doc, self.vocabulary = doc, vocabulary
        self.before = vocabulary.grammar.order == "before"
        self.classes = np.append(found.classes(doc), _PAST_THE_TEXT).data
        self._by_start, self._by_end = found.by_start, found.by_end

    def heads(self) -> list[int]:
        """The heads that can have a group: those in lower case."""
        places: list[int] = np.flatnonzero((np.asarray(self.classes) & _SMALL_HEAD) == _SMALL_HEAD).tolist()
        return places

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
        if held is None and self.classes[end - 1] & MODIFIER:
            return Modifier(end - 1, end, self.doc[end - 1].lower_)
        return held

    def _modifier_from(self, start: int) -> Modifier | None:
        """The longest modifier whose first word stands at `start`."""
        held = self._by_start.get(start)
        if held is None and self.classes[start] & MODIFIER:
            return Modifier(start, start + 1, self.doc[start].lower_)
        return held

    def _past_joint(self, place: int, step: int = 1) -> int:
        """The first place from `place` on, in steps of one to the right or left, whose word joins no two others (", and")."""
        while self.classes[place] & JOINT:
            place += step
        return place

    def _is_conjunction(self, start: int, end: int) -> bool:
        """Whether more than commas stand among the words that join."""
        return any(not self.classes[place] & COMMA for place in range(start, end))

    def _more_heads(self, head: int) -> list[int]:
        """The heads coordinated with the first one: ", platforms and organizations"; a list has to be closed by "and"."""
        classes = self.classes
        heads, position, is_closed = [head], head + 1, False
        while position - head < _REACH and (place := self._past_joint(position)) > position:
            has_conjunction = self._is_conjunction(position, place)
            if not self.before and has_conjunction and classes[place] & ARTICLE and classes[place + 1] & HEAD:
                place += 1
            is_head = classes[place] & _SMALL_HEAD == _SMALL_HEAD
            is_closed = is_closed or (has_conjunction and bool(is_head or classes[place] & PLAIN))
            if not is_head:
                break
            heads.append(place)
            position = place + 1
        return heads if is_closed else [head]

    def _read_before(self, group: Group, head: int) -> None:
        """English: modifiers stand before their head, level phrases ("at the regional level") after it."""
        classes, doc = self.classes, self.doc
        position, last, in_a_row, is_joined = head, "", 0, False
        while head - position < _REACH:
            modifier = self._modifier_to(position)
            before = position - 1
            word = classes[before]
            if modifier is not None:
                self._add(group, modifier)
                position, last, in_a_row = modifier.start, "modifier", 0
            elif word & JOINT:
                end = self._past_joint(before, -1) + 1
                is_joined = is_joined or self._is_conjunction(end, position)
                if not last or not is_joined:
                    # a list of modifiers ends in "and": "the private sector, international organizations" is two things
                    break
                position = end
                if self._modifier_to(end) is not None:
                    continue
                free = classes[end - 1] & (FREE | HEAD | TOPIC) == FREE and not doc[end - 1].text.endswith(("ing", "s"))
                if last != "modifier" or not free:
                    break
                group.free.append((end - 1, doc[end - 1].lower_))
                position, in_a_row = end - 1, 0
            elif word & TRIMMED:
                # "existing relevant fora": the word says nothing, what stands before it may
                position, last = before, last or "free"
            elif word & FREE and in_a_row < 3 and (before == head - 1 or not word & TOPIC):
                group.free.append((before, doc[before].lower_))
                position, last, in_a_row = before, "free", in_a_row + 1
            else:
                break
        end = group.heads[-1] + 1
        if classes[end] & (JOINT | COMMA) == JOINT and classes[end + 1] & FREE:
            # "existing mechanisms, platforms and frameworks": the last of the list is no head, but of the wording
            group.closing_end = end + 2

    def _read_behind(self, group: Group, head: int) -> None:
        """Spanish, French, Portuguese: modifiers stand after their head."""
        classes, doc = self.classes, self.doc
        before = self._modifier_to(head)
        if before is not None and before.word in self.vocabulary.qualifiers:
            group.qualifiers.append(before)
        position, last, in_a_row = group.heads[-1] + 1, "", 0
        while position - head < _REACH:
            modifier = self._modifier_from(position)
            word = classes[position]
            if modifier is not None:
                self._add(group, modifier)
                position, last, in_a_row = modifier.end, "modifier", 0
            elif word & JOINT:
                place = self._past_joint(position)
                if not last:
                    break
                if self._modifier_from(place) is not None:
                    position = place
                    continue
                if classes[place] & (FREE | HEAD) != FREE:
                    break  # "organizaciones internacionales y asociaciones sindicales" are two things
                is_listed = not self._is_conjunction(position, place)
                if not classes[place + 1] & JOINT and (is_listed or self._modifier_from(place + 1) is None):
                    break  # "organizaciones internacionales, centrales sindicales" too
                group.free.append((place, doc[place].lower_))
                position, last, in_a_row = place + 1, "modifier", 0
            elif word & FREE and in_a_row < 2:
                group.free.append((position, doc[position].lower_))
                position, last, in_a_row = position + 1, "free", in_a_row + 1
            elif not last and word & TRIMMED:
                # "forums et processus pertinents existants": the word says nothing, what stands behind it may
                position += 1
            elif not last and classes[position + 1] & FREE and doc[position].lower_ in _OF:
                # "mécanismes de coordination régionale"
                group.free.append((position + 1, doc[position + 1].lower_))
                position, last = position + 2, "free"
            else:
                break

    def _add(self, group: Group, modifier: Modifier) -> None:
        if modifier.word in self.vocabulary.qualifiers:
            group.qualifiers.append(modifier)
        if modifier.word in self.vocabulary.modifiers:
            group.modifiers.append(modifier)

    def _read_levels(self, group: Group) -> None:
        """Reads what follows the last head: "at the global and regional levels", "a nivel regional", "on migration"."""
        classes, known = self.classes, self.vocabulary.levels
        end = group.heads[-1] + 1
        if classes[end] & LEVEL_OPENER:
            position, levels = end + 1, list[Modifier]()
            while True:
                modifier = self._modifier_from(position)
                if modifier is not None and modifier.word in known:
                    levels.append(modifier)
                    position = modifier.end
                elif classes[position] & (JOINT | BESIDE_LEVELS) or (
                    classes[position] & LEVEL_NOUN and not levels and not self.before
                ):
                    position += 1
                else:
                    break
            if levels and not self.before:
                group.post_modifiers, group.post_end = levels, levels[-1].end
            elif levels and classes[position] & LEVEL_NOUN:
                group.post_modifiers, group.post_end = levels, position + 1
        if classes[end] & ON:
            group.topic_end = next((place + 1 for place in (end + 1, end + 2) if classes[place] & MIGRATION), 0)
