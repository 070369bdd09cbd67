"""How much a paragraph speaks of regional or international cooperation, in which words, and which roles fit it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.lexicon.entries import Lexicon
from extractors.lexicon.terms import Pattern, Words, expression, hidden, printed, spans, words_of
from extractors.text.normalization import normalize
from pipeline.extract.quote import Span
from pipeline.tables.entry_points.words import AreaOfWork, Engagement, LevelName, Role

_WORD = re.compile(r"\S+")
_OTHER_WORD = re.compile(r"\w{4}|[.;:]")  # longer than "and", and what ends a list
_REACH = 400  # characters: more than the words between can have
_CLAUSE = re.compile(r"[.;:](?=\s|$)|, (?:and|y|et|e)\b")


@dataclass(frozen=True, slots=True)
class Rated:
    """What was found in one text: score, level, roles (the strongest first) and the words that speak of it.

    `bold` are offsets into the printed text.
    """

    score: float
    level: LevelName
    roles: tuple[Role, ...]
    bold: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Rater:
    """The words of one language, made ready: `rate` a text, or tell its `topics`.

    `is_level_first` tells whether a level stands before what it qualifies ("regional, global and other forums"); the
    other way round, no comma may follow the first.
    """

    data: Engagement
    levels: Mapping[LevelName, Pattern]
    roles: tuple[tuple[Role, Pattern], ...]
    subjects: tuple[tuple[AreaOfWork, Pattern], ...]
    blocked: Pattern
    unsuited: Pattern
    national: Pattern
    at_home: Pattern
    is_level_first: bool

    def rate(self, text: str, mentioned: Sequence[str] = ()) -> Rated | None:
        """Score a text, or None where it names no level or nothing that mechanisms could do, or is done at home.

        `mentioned` are the categories of the references in it: a paragraph that names such mechanisms is about them.
        A term counts once, more in the opening; a level counts more where it stands beside what it qualifies.
        """
        normalized = normalize(text)
        plain = hidden(normalized.text, self.blocked)
        starts = [m.start() for m in _WORD.finditer(plain)]
        opening = starts[self.data.opening_words] if len(starts) > self.data.opening_words else len(plain) + 1
        found = {role.id: spans(pattern, plain) for role, pattern in self.roles}
        places = sorted(span for role_spans in found.values() for span in role_spans)
        named = {
            level: [span for span in spans(pattern, plain) if not _in_name(plain, span)]
            for level, pattern in self.levels.items()
        }
        if not places or not any(named.values()):
            return None
        linked: dict[LevelName, list[tuple[Span, Span]]] = {
            level: [(span, near) for span in level_spans if (near := self._nearest(plain, starts, span, places))]
            for level, level_spans in named.items()
        }

        if self._is_done_at_home(plain, opening, linked) or self._is_done_everywhere(plain, named, found):
            return None

        def weighed(weight: float, where: Sequence[Span]) -> float:
            return weight * (self.data.opening_factor if any(s < opening for s, _ in where) else 1.0) if where else 0.0

        score = sum(self.data.mention_weights.get(name, 0.0) for name in _groups(mentioned))
        score -= self.data.unsuited.weight if self.unsuited.search(plain) else 0.0
        for name, level_spans in named.items():
            score += weighed(self.data.levels[name].weight, level_spans)
            score += weighed(self.data.near_weight, [span for pair in linked[name] for span in pair])
        joined = {near for pairs in linked.values() for _, near in pairs}
        gains: list[tuple[bool, float, Role]] = []
        for role, _ in self.roles:
            if gain := weighed(role.weight, found[role.id]):
                gains.append((not joined.isdisjoint(found[role.id]), gain, role))
        score += sum(sorted((gain for _, gain, _ in gains), reverse=True)[: self.data.role_count])
        gains.sort(key=lambda g: (-g[0], -g[1]))
        bold = [(min(a[0], b[0]), max(a[1], b[1])) for pairs in linked.values() for a, b in pairs]
        bold = bold or [span for level_spans in named.values() for span in level_spans]
        is_early = any(start < opening for start, _ in named["regional"])
        is_regional = linked["regional"] or not named["global"] or (is_early and not linked["global"])
        level: LevelName = "regional" if is_regional else "global"
        return Rated(score, level, tuple(role for _, _, role in gains), tuple(printed(normalized, sorted(bold))))

    def _is_done_at_home(
        self, text: str, opening: int, linked: Mapping[LevelName, Sequence[tuple[Span, Span]]]
    ) -> bool:
        """Whether an action opens with what a State's own services do, ahead of any cooperation that it names: "Conduct
        household surveys ... to improve international comparability"."""
        home = self.at_home.search(text[:opening])
        return home is not None and not any(min(p)[0] < home.start() for pairs in linked.values() for p in pairs)

    def _is_done_everywhere(
        self, text: str, named: Mapping[LevelName, Sequence[Span]], found: Mapping[str, Sequence[Span]]
    ) -> bool:
        """Whether levels stand only in one list with the national one, which says that something is done everywhere, and
        nothing in the text is done between States: "strategies at the local, national and regional levels"."""
        if any(found[role] for role in self.data.shared_roles):
            return False
        levels = [span for spans_of_level in named.values() for span in spans_of_level]
        home = spans(self.national, text)
        return all(any(_is_one_list(text, span, own, levels) for own in home) for span in levels)

    def topics(self, text: str, objectives: Sequence[int]) -> tuple[AreaOfWork, ...]:
        """The areas of work of a text: those of its objectives that its words name too, else those of its objectives,
        else those that its words name."""
        plain = normalize(text).text
        worded = [topic for topic, pattern in self.subjects if pattern.search(plain)]
        placed = [topic for topic, _ in self.subjects if set(topic.objectives).intersection(objectives)]
        return tuple([topic for topic in placed if topic in worded] or placed or worded)

    def _nearest(self, text: str, starts: Sequence[int], span: Span, places: Sequence[Span]) -> Span | None:
        """The nearest of the places in the same clause with at most `near_words` words between."""
        best: tuple[int, int, Span] | None = None
        first = bisect_left(places, (span[0] - _REACH, 0))
        for place in places[first : bisect_right(places, (span[1] + _REACH, 0))]:
            low, high = (span, place) if span[0] <= place[0] else (place, span)
            gap = max(0, bisect_right(starts, high[0]) - bisect_right(starts, max(low[0], low[1] - 1)) - 1)
            if gap > self.data.near_words or (high[0] > low[1] and _CLAUSE.search(text, low[1], high[0])):
                continue
            if (low is span) is not self.is_level_first and text[low[1] : low[1] + 1] == ",":
                continue
            key = (gap, abs(place[0] - span[0]), place)
            best = key if best is None or key < best else best
        return best[2] if best else None


def rater(data: Engagement, language: str) -> Rater:
    """Make the words of a language ready; a language without words gives a rater that finds nothing."""

    def words(terms: Words) -> Pattern:
        return expression(words_of(terms, language))

    return Rater(
        data,
        {level: words(found.terms) for level, found in data.levels.items()},
        tuple((role, words(role.terms)) for role in data.roles),
        tuple((topic, words(topic.terms)) for topic in data.topics),
        words(data.blocked),
        words(data.unsuited.terms),
        words(data.national),
        words(data.at_home),
        language == "en",
    )


@dataclass(frozen=True, slots=True)
class Fitting:
    """A mechanism by its label, and those of its areas of focus that fit."""

    label: str
    focus: tuple[str, ...]


def mechanisms(lexicon: Lexicon, topics: Sequence[AreaOfWork], level: LevelName) -> tuple[Fitting, ...]:
    """Name the mechanisms whose areas of focus fit, best first.

    Those with more of the areas come first, then those where the area is named earlier among their own; global
    processes come first for an action at the global level and last for others. Only mechanisms of the ISCM Review's
    list are named (`facts.annex5`), since others are no longer active or no consultation mechanism.
    """
    focus = {value for topic in topics for value in topic.focus}
    rated: list[tuple[bool, int, int, str, tuple[str, ...]]] = []
    for entry in lexicon.entries:
        facts = entry.facts
        own = [str(value) for value in facts.get("focus") or ()]
        fitting = tuple(value for value in own if value in focus)
        if fitting and facts.get("annex5"):
            elsewhere = (facts.get("type") == "global") != (level == "global")
            rated.append((elsewhere, -len(fitting), own.index(fitting[0]), entry.label, fitting))
    return tuple(Fitting(label, fitting) for *_, label, fitting in sorted(rated))


def _is_one_list(text: str, level: Span, home: Span, levels: Sequence[Span]) -> bool:
    """Whether a level and the national one are items of one list, with nothing but other levels between them."""
    first, last = sorted((level, home))
    between = list(text[first[1] : last[0]])
    for start, end in levels:
        if first[1] <= start and end <= last[0]:
            between[start - first[1] : end - first[1]] = " " * (end - start)
    return not _OTHER_WORD.search("".join(between))


def _in_name(text: str, span: Span) -> bool:
    """Tell whether a level is part of a name ("the Global Migration Group"): capital letter, but not the first word."""
    return text[span[0]].isupper() and bool(text[: span[0]].strip(" \"'(•-"))


def _groups(categories: Sequence[str]) -> set[str]:
    return {name for category in categories for name in (category, category.partition(".")[0])}
