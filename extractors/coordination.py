"""Open wordings: modifiers and head nouns, coordinated in every way that drafters coordinate them.

"subregional, regional and cross-regional processes, platforms and organizations" names processes and platforms (iscm.generic)
and organizations (igo.regional_organization): every category whose modifiers and heads stand in the same group. The work is
done around head nouns only, so that its cost follows the hits and not the length of the text.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from extractors.findings import Blocked, Findings, Hit, Modifier, findings
from extractors.vocabulary import Rule, Vocabulary

_MIGRATION = frozenset(
    ["migration", "migrations", "migración", "migraciones", "migração", "migrações", "migratoires", "migratorios"]
)
_BESIDE_LEVELS = frozenset(
    ["the", "both", "local", "national", "nacional", "nacionales", "nationaux", "nationales", "nacionais"]
)
_OF = frozenset(["de", "d", "of"])
_ON = frozenset(["on", "of", "for", "sobre", "sur", "de"])


@dataclass
class Group:
    """Head nouns with their modifiers: token places of the heads, the modifiers and the free words among them."""

    heads: list[int]
    modifiers: list[Modifier]
    qualifiers: list[Modifier]
    free: list[tuple[int, str]]
    post_end: int = 0
    post_modifiers: list[Modifier] | None = None
    topic_end: int = 0
    closing_end: int = 0


class Coordination:
    """spaCy component: reads the group around each head noun and tries the rules of its heads on it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.before = vocabulary.grammar.order == "before"

    def __call__(self, doc: Doc) -> Doc:
        found = findings(doc)
        if not found.heads:
            return doc
        topical = _Topic(doc, found)
        heads = set(found.heads)
        exact: dict[int, list[Hit]] = {}
        for hit in found.hits:
            for token in range(hit.start, hit.end):
                if token in heads:
                    exact.setdefault(token, []).append(hit)
        found.level_nouns.sort()
        places = sorted(found.by_end if self.before else found.by_start)
        done: set[int] = set()
        for head in sorted(heads):
            if head in done or not self._has_company(found, head, places) or not doc[head].is_lower:
                continue
            group = (
                self._group_before(doc, head, heads, found)
                if self.before
                else self._group_after(doc, head, heads, found)
            )
            done.update(group.heads)
            if group.modifiers or group.qualifiers or group.post_modifiers:
                self._try(doc, group, found, exact, topical)
        return doc

    def _has_company(self, found: Findings, head: int, places: list[int]) -> bool:
        """Whether a modifier stands near enough to a head for a group; most heads ("the process") have none."""
        if self.before:
            near = bisect_right(places, head)
            if near and places[near - 1] > head - 6:
                return True
            after = bisect_right(found.level_nouns, head)
            return after < len(found.level_nouns) and found.level_nouns[after] < head + 16
        near = bisect_right(places, head)
        return near < len(places) and places[near] < head + 14

    # reading the group ------------------------------------------------------------------------------------------------

    def _is_joint(self, doc: Doc, index: int) -> bool:
        return doc[index].text == "," or doc[index].lower_ in self.vocabulary.conjunctions

    def _more_heads(self, doc: Doc, head: int, heads: set[int]) -> list[int]:
        """The heads coordinated with the first one: ", platforms and organizations"; a list has to be closed by "and"."""
        vocabulary = self.vocabulary
        out, position, closed = [head], head + 1, False
        while position + 1 < len(doc):
            joint = position
            conjunction = False
            while joint < len(doc) and self._is_joint(doc, joint) and joint - position < 2:
                conjunction = conjunction or doc[joint].text != ","
                joint += 1
            if joint == position or joint >= len(doc):
                break
            if (
                not self.before
                and conjunction
                and joint + 1 in heads
                and doc[joint].lower_ in vocabulary.grammar.articles
            ):
                joint += 1
            if joint in heads and doc[joint].is_lower:
                out.append(joint)
                position = joint + 1
                closed = closed or conjunction
                continue
            word = doc[joint]
            closed = closed or (conjunction and word.is_alpha and word.is_lower and word.lower_ not in vocabulary.stops)
            break
        return out if closed else [head]

    def _group_before(self, doc: Doc, head: int, heads: set[int], found: Findings) -> Group:
        """English: modifiers stand before their head, level phrases ("at the regional level") after it."""
        vocabulary = self.vocabulary
        group = Group(self._more_heads(doc, head, heads), [], [], [])
        position, last, in_a_row, joined = head, "", 0, False
        while position > 0 and head - position < 28:
            modifier = found.by_end.get(position)
            if modifier is not None:
                self._add(group, modifier)
                position, last, in_a_row = modifier.start, "modifier", 0
                continue
            before = position - 1
            if self._is_joint(doc, before):
                step = before
                while step > 0 and self._is_joint(doc, step - 1) and before - step < 2:
                    step -= 1
                joined = joined or any(doc[i].text != "," for i in range(step, before + 1))
                if not last or step == 0 or not joined:
                    # a list of modifiers ends in "and": "the private sector, international organizations" is two things
                    break
                if step in found.by_end:
                    position = step
                    continue
                word = doc[step - 1]
                if (
                    last == "modifier"
                    and self._is_free(doc, step - 1)
                    and not word.text.endswith(("ing", "s"))
                    and step - 1 not in heads
                    and word.lower_ not in vocabulary.topic
                ):
                    group.free.append((step - 1, word.lower_))
                    position, last, in_a_row = step - 1, "modifier", 0
                    continue
                break
            if doc[before].lower_ in vocabulary.trimmed and doc[before].lower_ not in vocabulary.stops:
                # "existing relevant fora": the word says nothing, what stands before it may
                position, last = before, last or "free"
                continue
            near = before == head - 1 or doc[before].lower_ not in vocabulary.topic
            if in_a_row < 3 and near and self._is_free(doc, before):
                group.free.append((before, doc[before].lower_))
                position, last, in_a_row = before, "free", in_a_row + 1
                continue
            break
        self._read_levels_after(doc, group, found)
        end = group.heads[-1] + 1
        if end + 1 < len(doc) and doc[end].lower_ in vocabulary.conjunctions and self._is_free(doc, end + 1):
            # "existing mechanisms, platforms and frameworks": the last of the list is no head, but of the wording
            group.closing_end = end + 2
        return group

    def _add(self, group: Group, modifier: Modifier) -> None:
        if modifier.word in self.vocabulary.qualifiers:
            group.qualifiers.append(modifier)
        if modifier.word in self.vocabulary.modifiers:
            group.modifiers.append(modifier)

    def _is_free(self, doc: Doc, index: int) -> bool:
        word = doc[index]
        lower = word.lower_
        return (
            word.is_lower
            and lower[:1].isalpha()
            and lower not in self.vocabulary.stops
            and lower not in self.vocabulary.trimmed
        )

    def _read_levels_after(self, doc: Doc, group: Group, found: Findings) -> None:
        """Reads what follows the last head: "at the global and regional levels", "a nivel regional", "on migration"."""
        grammar = self.vocabulary.grammar
        end = group.heads[-1] + 1
        size = len(doc)
        if end < size and doc[end].lower_ in grammar.level_openers:
            position = end + 1
            levels: list[Modifier] = []
            steps = 0
            while position < size and steps < 14:
                steps += 1
                modifier = found.by_start.get(position)
                if modifier is not None and modifier.word in self.vocabulary.levels:
                    levels.append(modifier)
                    position = modifier.end
                    continue
                word = doc[position].lower_
                if word in grammar.level_nouns:
                    if levels:
                        group.post_modifiers, group.post_end = levels, position + 1
                        break
                    if self.before:
                        break
                    position += 1
                    continue
                if self._is_joint(doc, position) or word in _BESIDE_LEVELS or word in grammar.articles:
                    position += 1
                    continue
                break
            if levels and not self.before:
                group.post_modifiers, group.post_end = levels, levels[-1].end
        for offset in (1, 2):
            place = end + offset
            if end < size and place < size and doc[end].lower_ in _ON and doc[place].lower_ in _MIGRATION:
                group.topic_end = place + 1
                break

    def _group_after(self, doc: Doc, head: int, heads: set[int], found: Findings) -> Group:
        """Spanish, French, Portuguese: modifiers stand after their head."""
        vocabulary = self.vocabulary
        group = Group(self._more_heads(doc, head, heads), [], [], [])
        before = found.by_end.get(head)
        if before is not None and before.word in vocabulary.qualifiers:
            group.qualifiers.append(before)
        position, last, in_a_row = group.heads[-1] + 1, "", 0
        while position < len(doc) and position - head < 28:
            modifier = found.by_start.get(position)
            if modifier is not None:
                self._add(group, modifier)
                position, last, in_a_row = modifier.end, "modifier", 0
                continue
            if self._is_joint(doc, position):
                step = position
                while step < len(doc) and self._is_joint(doc, step) and step - position < 2:
                    step += 1
                if last == "" or step >= len(doc):
                    break
                if step in found.by_start:
                    position = step
                    continue
                if self._is_free(doc, step) and (
                    step + 1 in found.by_start or (step + 1 < len(doc) and self._is_joint(doc, step + 1))
                ):
                    group.free.append((step, doc[step].lower_))
                    position, last, in_a_row = step + 1, "modifier", 0
                    continue
                break
            if in_a_row < 2 and self._is_free(doc, position):
                group.free.append((position, doc[position].lower_))
                position, last, in_a_row = position + 1, "free", in_a_row + 1
                continue
            if not last and doc[position].lower_ in vocabulary.trimmed and doc[position].lower_ not in vocabulary.stops:
                # "forums et processus pertinents existants": the word says nothing, what stands behind it may
                position += 1
                continue
            if (
                last == ""
                and doc[position].lower_ in _OF
                and position + 2 < len(doc)
                and self._is_free(doc, position + 1)
            ):
                # "mécanismes de coordination régionale"
                group.free.append((position + 1, doc[position + 1].lower_))
                position, last = position + 2, "free"
                continue
            break
        self._read_levels_after(doc, group, found)
        return group

    # trying the rules -------------------------------------------------------------------------------------------------

    def _try(self, doc: Doc, group: Group, found: Findings, exact: dict[int, list[Hit]], topical: _Topic) -> None:
        words = {doc[h].lower_ for h in group.heads}
        tried: set[str] = set()
        for word in words:
            for rule in self.vocabulary.rules_by_head.get(word, ()):
                if rule.name in tried:
                    continue
                tried.add(rule.name)
                hit = self._hit(doc, group, rule, found, exact, topical)
                if hit is not None:
                    found.hits.append(hit)

    def _hit(
        self,
        doc: Doc,
        group: Group,
        rule: Rule,
        found: Findings,
        exact: dict[int, list[Hit]],
        topical: _Topic,
    ) -> Hit | None:
        pair = rule.pair
        heads = [h for h in group.heads if doc[h].lower_ in rule.heads]
        if len(heads) < pair.heads_minimum:
            return None
        front = [m for m in group.modifiers if m.word in rule.modifiers]
        last_head_is_own = heads[-1] == group.heads[-1]
        post = [m for m in group.post_modifiers or () if m.word in rule.modifiers] if last_head_is_own else []
        distinct = {self.vocabulary.levels.get(m.word, m.word) for m in (*front, *post)}
        needed = 1 if pair.minimum > 1 and any(doc[h].lower_ in rule.alone for h in heads) else pair.minimum
        if len(distinct) < needed:
            return None
        qualifiers = [q for q in group.qualifiers if q.word in rule.qualifiers]
        if rule.qualifiers and not qualifiers:
            return None
        if rule.not_among and rule.not_among & {*(m.word for m in group.modifiers), *(w for _, w in group.free)}:
            return None
        if rule.not_with and self._stacked(group, heads) & rule.not_with:
            return None
        after = max(heads[-1] + 1, *(m.end for m in front)) if front and not self.before else heads[-1] + 1
        if rule.not_before and after < len(doc) and last_head_is_own and doc[after].lower_ in rule.not_before:
            return None
        if pair.topic and not topical(heads[0]):
            return None
        parts = [*front, *qualifiers]
        if self._masked(exact, rule, heads, parts):
            return None
        negative = next(
            (t for low, high, t in found.negatives.get(rule.entry.id, ()) if any(low <= h < high for h in heads)), None
        )
        if negative:
            found.blocked.append(
                Blocked(Hit(heads[0], heads[-1] + 1, rule.entry, rule.name, "pattern"), f"negative: {negative}")
            )
            return None
        start = min([heads[0], *(m.start for m in parts)])
        end = max([heads[-1] + 1, *(m.end for m in (parts if not self.before else ()))])
        while True:
            # a qualifier that touches the group belongs to its wording
            touching = next((q for q in group.qualifiers if q.end == start or q.start == end), None)
            if touching is None:
                break
            start, end = min(start, touching.start), max(end, touching.end)
        if last_head_is_own:
            if pair.heads_minimum > 1:
                end = max(end, group.closing_end)
            if post:
                end = max(end, group.post_end)
            elif group.topic_end and pair.topic:
                end = max(end, group.topic_end)
        levels = tuple(
            dict.fromkeys(
                self.vocabulary.levels[m.word] for m in (*front[::-1], *post) if m.word in self.vocabulary.levels
            )
        )
        return Hit(start, end, rule.entry, rule.name, "pattern", levels=levels)

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
        return {
            word
            for start, end, word in spans
            if start in ends or (start in behind) or (end in starts and start > heads[-1])
        }

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


class _Topic:
    """Whether a place in the text is about migration: the text as a whole is, or the words around it are."""

    def __init__(self, doc: Doc, found: Findings) -> None:
        self.places = sorted(found.topic)
        self.whole = len(self.places) >= 3 and len(self.places) * 120 >= len(doc)

    def __call__(self, token: int) -> bool:
        return self.whole or any(abs(place - token) <= 60 for place in self.places)
