"""Explicit mentions: objectives, principles, themes and paragraphs of the Compact, its names, and SDG targets.

A number counts only when it can be told whose it is: "Objective 8" of an action plan, "paragraph 5 above" or "Goal 10"
is none of the Compact's. Works on the texts of one document together, for a short name ("the Compact") or a bare
"objective 23" is decided by what the rest of the document names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from extractors.anchors import Anchor, Anchors, pattern, pointing
from extractors.compact import Compact, Principle, compact
from extractors.normalization import Normalized, normalize
from extractors.titles import Titles

_LONGER_NAME = re.compile(r" (?!Obje[ct]|Para|Párr|Princ)[A-ZÁÉÍÓÚÀÂÇÊÔ][^\W\d_]+")
"""What makes a short name a part of another: "GCM Thematic Session"."""
Kind = Literal["objective", "principle", "theme", "sdg_target", "compact", "paragraph"]

TITLE_RATIO = 72.0
"""Likeness (0-100) from which words after "Objective 5:" are that objective's title."""
_NEAR = 4
_ATTRIBUTED = 30
_GENERIC = frozenset((2, 5, 6))
_FILLER = (
    r"(?:an?|the|that|which|is|are|los|las|el|la|un|una|une|les|le|o|as|os|uma|que|sea|est|soit|integr\w+|intégr\w+|"
    r"comprehensive|coordinated|inclusive|humane?\w*)"
)
"""Words that may stand between a principle and the noun that calls it one ("a whole-of-government and integrated
approach")."""
_NUMBER = r"(?:\(\d{1,2}\)|\d{1,2})(?![\d\w]|[.,]\d)"
_ITEM = r"(?:\d{1,2}(?!\d|[.,]\d|/)(?:\s?\([a-z]{1,4}\))*(?!\w)|(?:\s?\([a-z]{1,4}\))+)"
_LABEL = r"(?:\s*\([^()\d]{3,80}\))?"
_DECIMAL = r"\d{1,2}\.(?:\d{1,2}|[a-d])(?!\w|\.\d)"
_LETTERS = re.compile(r"\(([a-z]{1,4})\)")


class Explicit(NamedTuple):
    """A mention: what it names, and where it stands in the paragraph's own text; `score` is 0-100."""

    kind: Kind
    number: int | str
    start: int
    end: int
    score: float


class _Text(NamedTuple):
    normalized: Normalized
    anchors: tuple[Anchor, ...]

    @property
    def text(self) -> str:
        return self.normalized.text

    def near(self, low: int, high: int) -> Iterator[Anchor]:
        """The anchors that start within these offsets."""
        for index in range(bisect_left(self.anchors, (low,)), len(self.anchors)):
            if self.anchors[index].start > high:
                return
            yield self.anchors[index]

    def before(self, place: int) -> Iterator[Anchor]:
        """The anchors that start before an offset, nearest first."""
        for index in range(bisect_left(self.anchors, (place,)) - 1, -1, -1):
            yield self.anchors[index]


class Explicits:
    """Finds explicit mentions in the texts of one document; made once per language by `explicits`."""

    def __init__(self, data: Compact, language: str) -> None:
        self._data = data
        self._anchors = Anchors(data, language)
        self._titles = Titles(data, language)
        words = pointing(data, language)
        edge = "" if language == "ar" else r"(?<!\w)"
        numeral = rf"(?:(?:{pattern(words.numeral, fold=True)})\s*)?"
        joined = rf"(?:{pattern(words.conjunctions, fold=True)})"
        ranged = rf"(?:{pattern(words.ranges, fold=True)})"
        between = rf"\s*(?:[,;]\s*(?:{joined}\s*)?|{joined}\s*|{ranged}\s*)"
        self._ranged = re.compile(ranged)

        def listed(nouns: Sequence[str], item: str, label: str = "") -> re.Pattern[str]:
            return re.compile(
                rf"{edge}(?:{pattern(nouns, fold=True)})\s*{numeral}(?P<list>{item}(?:{label}{between}{item})*)"
            )

        self._objective = listed(words.objective, _NUMBER, _LABEL)
        self._paragraph = listed(words.paragraph, _ITEM)
        self._target = listed(words.target, _DECIMAL)
        self._of = re.compile(rf"[\s,)]*(?:{pattern(words.of, fold=True)})\s+(?:[\w']{{1,5}}\s+|[ld]')?")
        self._elsewhere = re.compile(rf"[\s,(]*(?:{pattern(words.elsewhere, fold=True)})(?!\w)")
        self._units = re.compile(rf"\s*(?:{pattern(words.units, fold=True)})(?!\w)")
        self._goals = re.compile(rf"(?:{pattern(words.goals, fold=True)})(?!\w)")
        parts = pattern((*words.objective, *words.paragraph), fold=True)
        self._near = re.compile(rf"{edge}(?:{parts})\s*{numeral}\d")
        self._principles = _Principles(data, language)
        self._instruments = [
            (p.number, re.compile(rf"{edge}(?:{pattern(p.instruments.get(code, ()))})(?!\w)"))
            for p in data.principles
            for code in dict.fromkeys((language, "en"))
            if p.instruments.get(code)
        ]
        self._official = {
            o.number: tuple(normalize(t).text.lower() for t in (*o.titles.values(), o.label)) for o in data.objectives
        }

    def find(self, texts: Sequence[str]) -> list[list[Explicit]]:
        """The mentions of each text, in order of place; offsets are those of the text as given.

        >>> found = explicits("en").find(["Recalling objectives 2, 5-7 of the GCM and paragraph 3 above"])
        >>> [(m.kind, m.number) for m in found[0]]
        [('objective', 2), ('objective', 5), ('objective', 6), ('objective', 7), ('compact', '')]
        """
        read = [_Text(n, tuple(self._anchors.find(n.text))) for n in map(normalize, texts)]
        named = any(a.whose == "compact" for r in read for a in r.anchors)
        held = [self._held(r, named) for r in read]
        only = named and not any(
            a.whose == "plan" and a.proper and not self._is_goal(r, a) for r in held for a in r.anchors
        )
        only = only and not any(self._own(r) for r in held)
        return [self._all(r, named, only) for r in held]

    def title_of(self, heading: str) -> int | None:
        """The objective whose number and title a heading prints ("Objective 5: Enhance availability ..."), else None."""
        text = normalize(heading).text
        hit = self._objective.match(text)
        numbers = self._numbers(hit, text)[0] if hit else []
        if hit is None or len(numbers) != 1:
            return None
        return numbers[0] if self._titled(numbers[0], text[hit.end() :]) else None

    # ------------------------------------------------------------------------------------------------ whose is it?

    def _held(self, read: _Text, named: bool) -> _Text:
        """Without the short names that stand for nothing here: the document must name the Compact in full, or the
        short name must be an acronym beside an objective."""
        kept = tuple(a for a in read.anchors if a.whose != "short" or named or self._beside(read.text, a))
        return read._replace(anchors=kept)

    def _beside(self, text: str, anchor: Anchor) -> bool:
        after = self._near.search(text, anchor.end, anchor.end + _ATTRIBUTED)
        window = max(0, anchor.start - 3 * _ATTRIBUTED)
        before = any(
            anchor.start - m.end() <= _ATTRIBUTED
            for numbered in (self._objective, self._paragraph)
            for m in numbered.finditer(text, window, anchor.start)
        )
        return before or (after is not None and not re.search(r"[.;]\s", text[anchor.end : after.start()]))

    def _is_goal(self, read: _Text, anchor: Anchor) -> bool:
        name = read.text[anchor.start : anchor.end].lower()
        return self._goals.match(read.text, anchor.start) is not None or name in ("agenda", "framework")

    def _own(self, read: _Text) -> bool:
        """Whether a text opens with a numbered objective that is none of the Compact's ("Objective 1: Maximise ...")."""
        hit = self._objective.match(read.text)
        if hit is None or read.text[hit.end() : hit.end() + 3].strip()[:1] not in tuple(":.-"):
            return False
        numbers, _ = self._numbers(hit, read.text)
        return not any(self._titled(n, read.text[hit.end() :]) for n in numbers)

    def _titled(self, number: int, after: str) -> bool:
        """Whether the words after a number are that objective's title or label, or the beginning of it."""
        words = re.sub(r"^[\s:.,()\"'-]+", "", after)[:220].lower()
        if len(words) < 8:
            return False
        for title in self._official.get(number, ()):
            size = min(len(title), len(words))
            if size >= 8 and fuzz.ratio(title[:size], words[:size]) >= TITLE_RATIO:
                return True
        return False

    def _attributed(self, read: _Text, end: int) -> Literal["compact", "other", ""]:
        """Whose a number is by the words behind it: "of the GCM", "of the present resolution", "above", or unsaid."""
        if self._elsewhere.match(read.text, end):
            # "of its resolution", but not "of the GCM"
            near = next(read.near(end, end + 12), None)
            if near is None or near.whose not in ("compact", "short"):
                return "other"
        hit = self._of.match(read.text, end)
        if hit is None:
            return ""
        anchor = next(read.near(max(end, hit.end() - 6), hit.end() + _ATTRIBUTED), None)
        if anchor is not None:
            if anchor.whose not in ("compact", "short"):
                return "other"
            between = read.text[hit.end() : anchor.start]
            return "compact" if len(between) <= 14 and not re.search(r"[,;.]", between) else ""
        return "other" if read.text[hit.end() : hit.end() + 1].isupper() else ""

    def _theirs(self, read: _Text, hit: re.Match[str], end: int, numbers: list[int], only: bool) -> bool:
        """Whether a mention of numbered objectives means those of the Compact."""
        whose = self._attributed(read, end)
        if whose:
            return whose == "compact"
        if len(numbers) == 1 and self._titled(numbers[0], read.text[end:]):
            return True
        for anchor in read.before(hit.start()):
            if anchor.whose in ("compact", "short"):
                return True
            if anchor.whose == "plan" and anchor.proper and not self._is_goal(read, anchor):
                return False
        if any(a.whose in ("compact", "short") for a in read.anchors):
            return not any(a.whose == "plan" and a.proper and not self._is_goal(read, a) for a in read.anchors)
        return only and not self._own(read)

    def _paragraphs_theirs(self, read: _Text, start: int, end: int) -> bool:
        whose = self._attributed(read, end)
        if whose:
            return whose == "compact"
        nearest = next((a for a in read.before(start) if a.proper or a.whose == "other"), None)
        return nearest is not None and nearest.whose in ("compact", "short")

    # ------------------------------------------------------------------------------------------------ reading lists

    def _numbers(self, hit: re.Match[str], text: str) -> tuple[list[int], int]:
        """The numbers of a list with its ranges filled, and where the list ends; the last is dropped when it counts
        something ("objectives 5, 6 and 10 others")."""
        low = hit.start("list")
        places = [(m.start() + low, m.end() + low, int(m[0])) for m in re.finditer(r"\d{1,2}", hit["list"])]
        if places and self._units.match(text, places[-1][1]):
            places.pop()
        out: list[int] = []
        for index, (start, _, value) in enumerate(places):
            gap = text[places[index - 1][1] : start].strip(" ()") if index else ""
            if out and gap and self._ranged.fullmatch(gap) and value > out[-1]:
                out.extend(range(out[-1] + 1, value))
            out.append(value)
        return out, (
            hit.end() if places and places[-1][1] + 1 >= hit.end() else places[-1][1] if places else hit.start()
        )

    def _items(self, hit: re.Match[str]) -> Iterator[str]:
        """The paragraph ids of a list: "22 (b) and (c), 48 to 50" -> 22(b), 22(c), 48, 49, 50."""
        previous, last, base = "", 0, ""
        for m in re.finditer(_ITEM, hit["list"]):
            item = re.sub(r"\s+", "", m[0])
            gap = hit["list"][last : m.start()].strip()
            last = m.end()
            ranged = bool(previous and gap and self._ranged.fullmatch(gap))
            if item[0] == "(":
                letters = _LETTERS.findall(item)
                if ranged and len(letters) == 1 and len(letters[0]) == 1 and previous.endswith(")"):
                    first = previous[-2]
                    yield from (f"{base}({chr(c)})" for c in range(ord(first) + 1, ord(letters[0])))
                item = base + item
            elif ranged and item.isdigit() and previous.isdigit():
                yield from (str(n) for n in range(int(previous) + 1, int(item)))
            number = re.match(r"\d+", item)
            if number is None or not 1 <= int(number[0]) <= self._data.paragraphs:
                continue
            base = item if "(" not in item else item[: item.rindex("(")]
            previous = item
            yield item

    # ------------------------------------------------------------------------------------------------ all of a text

    def _all(self, read: _Text, named: bool, only: bool) -> list[Explicit]:
        found = [*self._names(read), *self._objectives(read, only), *self._parts(read), *self._targets(read)]
        text = _blanked(read.text, (a for a in read.anchors if a.whose in ("compact", "short")))
        found += [
            Explicit(q.kind, q.number, q.start, q.end, round(60 + 40 * q.coverage, 1)) for q in self._titles.find(text)
        ]
        anchored = any(a.whose in ("compact", "short") for a in read.anchors)
        found += self._principles.find(read.text, anchored)
        if anchored or named or re.search(r"(?i)migra|هجر", read.text):
            for number, instrument in self._instruments:
                found += [
                    Explicit("principle", number, m.start(), m.end(), 90.0) for m in instrument.finditer(read.text)
                ]
        out = {(m.kind, m.number, *read.normalized.source(m.start, m.end)): m.score for m in sorted(found, key=_order)}
        return [Explicit(kind, number, start, end, score) for (kind, number, start, end), score in out.items()]

    def _names(self, read: _Text) -> Iterator[Explicit]:
        for a in read.anchors:
            if a.whose == "short" and _LONGER_NAME.match(read.text, a.end):
                continue
            if a.whose in ("compact", "short"):
                yield Explicit("compact", "", a.start, a.end, 100.0 if a.whose == "compact" else 95.0)

    def _objectives(self, read: _Text, only: bool) -> Iterator[Explicit]:
        for hit in self._objective.finditer(read.text):
            numbers, end = self._numbers(hit, read.text)
            if not numbers or not all(1 <= n <= len(self._data.objectives) for n in numbers):
                continue
            several = read.text[hit.start() : hit.start("list")].rstrip().endswith("s")
            if several and len(numbers) == 1 and not read.text[end:].strip(" ."):
                continue  # a page number: "... the Global Compact objectives 4"
            if self._theirs(read, hit, end, numbers, only):
                yield from (Explicit("objective", n, hit.start(), end, 100.0) for n in dict.fromkeys(numbers))

    def _parts(self, read: _Text) -> Iterator[Explicit]:
        for hit in self._paragraph.finditer(read.text):
            if self._units.match(read.text, hit.end()) or not self._paragraphs_theirs(read, hit.start(), hit.end()):
                continue
            for item in dict.fromkeys(self._items(hit)):
                yield Explicit("paragraph", item, hit.start(), hit.end(), 100.0)

    def _targets(self, read: _Text) -> Iterator[Explicit]:
        for hit in self._target.finditer(read.text):
            if self._units.match(read.text, hit.end()):
                continue
            of = self._of.match(read.text, hit.end())
            if of and any(
                a.whose in ("plan", "other") and not self._is_goal(read, a)
                for a in read.near(of.end() - 6, of.end() + _NEAR)
                if a.start >= hit.end() and not self._goals.search(read.text, of.end(), a.end + 30)
            ):
                continue
            for m in re.finditer(_DECIMAL, hit["list"]):
                goal, _, part = m[0].partition(".")
                if self._data.is_target(int(goal), part):
                    yield Explicit("sdg_target", f"{int(goal)}.{part}", hit.start(), hit.end(), 100.0)


class _Principles:
    """Finds guiding principles named as such: "whole-of-government approach", "the principle of national sovereignty"."""

    def __init__(self, data: Compact, language: str) -> None:
        words = pointing(data, language)
        noun = pattern(words.principle, fold=True)
        codes = tuple(dict.fromkeys((language, "en")))

        def forms(principle: Principle) -> list[str]:
            named = [form for code in codes for form in principle.named.get(code, ())]
            return [*named, *(principle.titles.get(code, "") for code in codes)]

        every = pattern((f for p in data.principles for f in forms(p) if f), fold=True)
        joins = pattern((*words.conjunctions, *words.of), fold=True)
        word = rf"(?:{every}|{joins}|\w+(?:-\w+)+|{_FILLER})"
        filler = rf"(?:\s*(?:,|(?<![\w-]){word}(?![\w-])))*\s*"
        self._forms = [
            (
                p.number,
                re.compile(rf"(?<!\w)(?:{pattern((f for f in forms(p) if f), fold=True)})(?!\w)"),
            )
            for p in data.principles
        ]
        self._before = re.compile(rf"(?<!\w)(?:{noun})(?!\w){filler}\Z")
        self._after = re.compile(rf"{filler}(?<!\w)(?:{noun})(?!\w)")
        self._guiding = re.compile(
            r"(?i)guiding principles|principios rectores|principes directeurs|princípios orientadores"
        )
        self._noun = re.compile(rf"(?<!\w)(?:{noun})(?!\w)")

    def find(self, text: str, anchored: bool) -> list[Explicit]:
        """Principles beside the word "principle" or "approach"; in a text that names the Compact also those of a list
        that follows "guiding principles". Common words (international cooperation, sustainable development, human
        rights) count only in such lists of two or more."""
        if not self._noun.search(text):
            return []
        guiding = self._guiding.search(text) if anchored else None
        found: list[Explicit] = []
        for number, form in self._forms:
            for hit in form.finditer(text):
                window = max(0, hit.start() - 160)
                after = None if number in _GENERIC else self._after.match(text, hit.end(), hit.end() + 120)
                before = self._before.search(text, window, hit.start())
                listed = (
                    guiding is not None
                    and guiding.end() <= hit.start()
                    and not re.search(r"[.]\s", text[guiding.end() : hit.start()])
                )
                if after or before or listed or self._noun.search(hit[0]):
                    direct = after is not None and re.fullmatch(r"\s*\w+", after[0])
                    found.append(
                        Explicit(
                            "principle", number, hit.start(), after.end() if after and direct else hit.end(), 100.0
                        )
                    )
        kinds = {m.number for m in found}
        return [m for m in found if m.number not in _GENERIC or len(kinds) > 1]


def _order(mention: Explicit) -> tuple[int, int, str, str]:
    return mention.start, mention.end, mention.kind, f"{mention.number:>8}"


def _blanked(text: str, names: Iterable[Anchor]) -> str:
    """The text with the Compact's names blanked: they hold words of its titles."""
    out, place = [], 0
    for name in names:
        out += [text[place : name.start], "#" * (name.end - name.start)]
        place = name.end
    return "".join((*out, text[place:]))


@lru_cache(maxsize=8)
def explicits(language: str) -> Explicits:
    """The finder of a language, made once."""
    return Explicits(compact(), language)
