"""Open wordings: modifiers and head nouns, coordinated in every way that drafters coordinate them.

"subregional, regional and cross-regional processes, platforms and organizations" names processes and platforms (iscm.generic)
and organizations (igo.regional_organization): every category whose modifiers and heads stand in the same group. The work is
done around head nouns only, so that its cost follows the hits and not the length of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

from extractors.lexicon.vocabulary import Rule, Vocabulary
from extractors.references.groups import Group, GroupReader
from extractors.references.hits import HEAD, TOPIC, Blocked, Classes, Findings, Hit, Modifier, findings


class _Fit(NamedTuple):
    """The words of a group that fit a rule; `is_last` where the last head of the group is one of its heads."""

    heads: list[int]
    front: list[Modifier]
    post: list[Modifier]
    qualifiers: list[Modifier]
    is_last: bool


class Coordination:
    """spaCy component: reads the group around each head noun and tries the rules of its heads on it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.before = vocabulary.grammar.order == "before"

    def __call__(self, doc: Doc) -> Doc:
        found = findings(doc)
        reader = GroupReader(doc, found, self.vocabulary)
        heads = reader.heads()
        if not heads:
            return doc
        topical = _Topic(found.classes(doc))
        exact: dict[int, list[Hit]] = {}
        for hit in found.hits:
            for token in range(hit.start, hit.end):
                if reader.classes[token] & HEAD:
                    exact.setdefault(token, []).append(hit)
        done: set[int] = set()
        for head in heads:
            if head in done:
                continue
            group = reader.group(head)
            done.update(group.heads)
            if group.modifiers or group.qualifiers or group.post_modifiers:
                self._try(doc, group, found, exact, topical)
        return doc

    def _try(self, doc: Doc, group: Group, found: Findings, exact: dict[int, list[Hit]], topical: _Topic) -> None:
        words = [doc[h].lower_ for h in group.heads]
        modifiers = {m.word for m in (*group.modifiers, *group.post_modifiers)}
        qualifiers = {q.word for q in group.qualifiers}
        among = {*_single_words(m.word for m in group.modifiers), *(word for _, word in group.free)}
        tried: set[str] = set()
        for word in dict.fromkeys(words):
            for rule in self.vocabulary.rules_by_head.get(word, ()):
                if (
                    (rule.pair.minimum and rule.modifiers.isdisjoint(modifiers))
                    or (rule.qualifiers and rule.qualifiers.isdisjoint(qualifiers))
                    or rule.name in tried
                ):
                    continue
                tried.add(rule.name)
                hit = self._hit(doc, group, words, among, rule, found, exact, topical)
                if hit is not None:
                    (found.short if rule.pair.match == "short" else found.hits).append(hit)

    def _hit(
        self,
        doc: Doc,
        group: Group,
        words: list[str],
        among: set[str],
        rule: Rule,
        found: Findings,
        exact: dict[int, list[Hit]],
        topical: _Topic,
    ) -> Hit | None:
        """The hit of one rule on a group; None where the group lacks a word that it needs or has one that blocks it."""
        fit = self._fit(doc, group, words, rule)
        if fit is None or self._has_blocking_word(doc, group, among, rule, fit):
            return None
        if rule.pair.topic and not topical(fit.heads[0]):
            return None
        if self._masked(exact, rule, fit.heads, [*fit.front, *fit.qualifiers]):
            return None
        for low, high, text in found.negatives.get(rule.entry.id, ()):
            if any(low <= head < high for head in fit.heads):
                blocked = Hit(fit.heads[0], fit.heads[-1] + 1, rule.entry, rule.name, "pattern")
                found.blocked.append(Blocked(blocked, f"negative: {text}"))
                return None
        start, end = self._span(group, rule, fit)
        known = self.vocabulary.levels
        levels = dict.fromkeys(known[m.word] for m in (*fit.front[::-1], *fit.post) if m.word in known)
        return Hit(start, end, rule.entry, rule.name, "pattern", levels=tuple(levels))

    def _fit(self, doc: Doc, group: Group, words: list[str], rule: Rule) -> _Fit | None:
        """The words of a group that a rule asks for.

        CASE 1 too few heads: "existing forums" where forums and processes have to be coordinated.
        CASE 2 too few modifiers: "regional cooperation" where two levels are needed; "regional dialogue" needs one only.
        CASE 3 no qualifier: "processes" where "existing" or "State-led" has to stand there.
        """
        pair = rule.pair
        heads = [h for h, word in zip(group.heads, words, strict=True) if word in rule.heads]
        if len(heads) < pair.heads_minimum:
            return None
        is_last = heads[-1] == group.heads[-1]
        front = [m for m in group.modifiers if m.word in rule.modifiers]
        post = [m for m in group.post_modifiers if m.word in rule.modifiers] if is_last else []
        needed = 1 if pair.minimum > 1 and any(doc[h].lower_ in rule.alone for h in heads) else pair.minimum
        if len({self.vocabulary.levels.get(m.word, m.word) for m in (*front, *post)}) < needed:
            return None
        qualifiers = [q for q in group.qualifiers if q.word in rule.qualifiers]
        return None if rule.qualifiers and not qualifiers else _Fit(heads, front, post, qualifiers, is_last)

    def _has_blocking_word(self, doc: Doc, group: Group, among: set[str], rule: Rule, fit: _Fit) -> bool:
        """Whether a word makes something else of the group.

        CASE 1 anywhere among the modifiers: "regional coordination mechanisms for disasters".
        CASE 2 right beside a modifier: "regional fisheries bodies".
        CASE 3 right behind the group: "cooperation agreements".
        """
        if not rule.not_among.isdisjoint(among):
            return True
        if rule.not_with and self._stacked(group, fit.heads) & rule.not_with:
            return True
        after = fit.heads[-1] + 1
        if not self.before:
            after = max([after, *(m.end for m in fit.front)])
        return fit.is_last and after < len(doc) and doc[after].lower_ in rule.not_before

    def _span(self, group: Group, rule: Rule, fit: _Fit) -> tuple[int, int]:
        """The tokens of the wording: heads and modifiers, qualifiers that touch them, and what follows the last head.

        CASE 1 a list that goes on: "existing mechanisms, platforms and frameworks".
        CASE 2 levels: "at the global and regional levels".
        CASE 3 the topic: "on migration".
        """
        parts = [*fit.front, *fit.qualifiers]
        start = min([fit.heads[0], *(m.start for m in parts)])
        end = max([fit.heads[-1] + 1, *(m.end for m in (parts if not self.before else ()))])
        while touching := next((q for q in group.qualifiers if q.end == start or q.start == end), None):
            start, end = min(start, touching.start), max(end, touching.end)
        if fit.is_last:
            closing = group.closing_end if rule.pair.heads_minimum > 1 else 0
            behind = group.post_end if fit.post else group.topic_end if rule.pair.topic else 0
            end = max(end, closing, behind)
        return start, end

    @staticmethod
    def _stacked(group: Group, heads: list[int]) -> set[str]:
        """The words that stand directly beside another modifier or the head, not joined to it by "and" or a comma.

        In "regional civil society organizations" these are "civil" and "society"; in "intergovernmental and
        non-governmental organizations" none: each of the two modifies the head by itself.
        """
        spans = [(m.start, m.end, m.word) for m in (*group.modifiers, *group.qualifiers)]
        spans += [(place, place + 1, word) for place, word in group.free]
        ends, starts = {end for _, end, _ in spans}, {start for start, _, _ in spans}
        behind = {h + 1 for h in heads}
        return _single_words(
            word
            for start, end, word in spans
            if start in ends or (start in behind) or (end in starts and start > heads[-1])
        )

    @staticmethod
    def _masked(exact: dict[int, list[Hit]], rule: Rule, heads: list[int], parts: list[Modifier]) -> bool:
        """Whether an exact name of the same group already holds these words ("regional consultative processes")."""
        group, category = rule.entry.category.split(".")[0], rule.entry.category
        return any(
            hit.entry.category != category
            and hit.entry.category.split(".")[0] == group
            and any(hit.start <= m.start < hit.end for m in parts)
            for head in heads
            for hit in exact.get(head, ())
        )


def _single_words(modifiers: Iterable[str]) -> set[str]:
    """Modifiers, and the words of those that have several: "civil society" is "society", too."""
    return {word for modifier in modifiers for word in (modifier, *modifier.split())}


class _Topic:
    """Whether a place in the text is about migration: the text as a whole is, or the words around it are."""

    def __init__(self, classes: Classes) -> None:
        self.places = np.flatnonzero(classes & TOPIC)
        self.whole = len(self.places) >= 3 and len(self.places) * 120 >= len(classes)

    def __call__(self, token: int) -> bool:
        return self.whole or bool((np.abs(self.places - token) <= 60).any())
