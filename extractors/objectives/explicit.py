"""Explicit mentions: objectives, principles, themes and paragraphs of the Compact, its names, and SDG targets.

A number counts only when it can be told whose it is: "Objective 8" of an action plan, "paragraph 5 above" or "Goal 10"
is none of the Compact's. Works on the texts of one document together: a short name ("the Compact") counts where the
document names the Compact in full, and a bare "objective 23" belongs to what is named nearest: in the paragraph, in the
heading above, in the paragraphs before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from rapidfuzz import fuzz

from extractors.lexicon.compact import Compact, load_compact
from extractors.lexicon.language import any_word
from extractors.lexicon.terms import Openings, pattern
from extractors.objectives.anchors import Anchor, Anchors, pointing
from extractors.objectives.number_lists import Listed, NumberLists
from extractors.objectives.principles import Principles
from extractors.objectives.titles import Titles
from extractors.text.normalization import Normalized, normalize

Kind = Literal["objective", "principle", "theme", "sdg_target", "compact", "paragraph"]

TITLE_RATIO = 72.0
"""Likeness (0-100) from which words after "Objective 5:" are that objective's title."""
_NEAR = 4
_LETTERED = 60
"""Characters before "paragraph 22" in which its letters are looked for."""
_ATTRIBUTED = 30
_BESIDE = 3
_GOALS = 17
"""How many Sustainable Development Goals there are: most languages call them objectives too."""
_MANY = 3
"""Numbers in a list from which a bare one is the Compact's in a document that names it: few plans have so many."""
_DIVISION = rf"(?:{any_word(lambda language: language.numbering.divisions)})"
_LETTER = r"(?:\((?:[a-z]{1,4}|[ء-ي])\)|(?:[a-z]|[ivx]{2,4})\))"
_PART = rf"(?:{_DIVISION}\s?)?{_LETTER}(?:\s?{_LETTER})*"
_ITEM = rf"(?:\d{{1,2}}(?!\d|[.,]\d|/)(?:,?\s?{_PART})?(?!\w)|{_PART})"
"""A paragraph with its letters, or letters alone that belong to the one before: "22 (b)", "22, apartados a)", "(iii)"."""
_DECIMAL = r"\d{1,2}\.(?:\d{1,2}|[a-d])(?!\w|\.\d)"
_DIGIT, _POINT = re.compile(r"\d"), re.compile(r"\d\.[\da-d]")
"""Without which no list of paragraphs or targets can be."""
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"\(?([^\W\d_]{1,4})\)")


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


Owner: TypeAlias = Literal["compact", "other", ""]
"""Whose numbers are; "" where nothing tells."""


class _Scope(NamedTuple):
    """What the document says around one text: whether it names the Compact at all, whether it has numbered objectives of
    its own ("Objective 1: Enlarge trade"), and whose objectives the heading above and the nearest name before speak of."""

    is_named: bool
    has_own: bool
    section: Owner
    earlier: Owner


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

        def listed(nouns: Sequence[str], item: str) -> re.Pattern[str]:
            return re.compile(rf"{edge}(?:{pattern(nouns, fold=True)})\s*{numeral}(?P<list>{item}(?:{between}{item})*)")

        nouns = data.pointing_words(lambda words: (*words.objective, *words.paragraph, *words.principle))
        # what makes a short name a part of another: "GCM Thematic Session", but not "GCM Objective 5"
        self._longer_name = re.compile(rf" (?!{pattern(nouns, fold=True)})[A-ZÁÉÍÓÚÀÂÇÊÔ][^\W\d_]+")
        self._migration = re.compile(any_word(lambda language: language.sentences.migration), re.IGNORECASE)
        self._lists = NumberLists(data, language)
        self._every = re.compile(rf"{edge}(?:{pattern(words.every, fold=True)})(?!\w)")
        self._paragraph = listed(words.paragraph, _ITEM)
        self._lettered = re.compile(  # "subparagraphs (a) and (b) of paragraph 22", "el apartado a) del párrafo 22"
            rf"{edge}(?P<letters>{_DIVISION}\s*{_PART}(?:{between}{_PART})*)\s*(?:{pattern(words.of, fold=True)})\s+"
            rf"(?:[^\W\d_]{{1,3}}\s+)?$"
        )
        self._target = listed(words.target, _DECIMAL)
        self._of = re.compile(rf"[\s,)]*(?:{pattern(words.of, fold=True)})\s+(?:(?![A-ZÀ-Ý])[\w']{{1,5}}\s+|[ld]')?")
        self._elsewhere = re.compile(rf"[\s,(]*(?:{pattern(words.elsewhere, fold=True)})(?!\w)")
        self._units = re.compile(rf"\s*(?:{pattern(words.units, fold=True)})(?!\w)")
        self._goals_are_objectives = any(re.match(pattern(words.objective, fold=True), goal) for goal in words.goals)
        self._goals = re.compile(rf"(?:{pattern(words.goals, fold=True)})(?!\w)")
        parts = pattern((*words.objective, *words.paragraph), fold=True)
        self._near = re.compile(rf"{edge}(?:{parts})\s*:?\s*{numeral}\(?\d")
        self._principles = Principles(data, language)
        self._instruments = [
            (p.number, Openings(rf"{edge}(?:{pattern(named)})(?!\w)", named))
            for p in data.principles
            for code in dict.fromkeys((language, "en"))
            if (named := p.instruments.get(code, ()))
        ]
        self._official = {
            o.number: tuple(normalize(t).text.lower() for t in (*o.titles.values(), o.label)) for o in data.objectives
        }

    def find(self, texts: Sequence[str | Normalized], headings: Sequence[str] = ()) -> list[list[Explicit]]:
        """The mentions of each text, in order of place; offsets are those of the text as printed. `headings` are the
        headings that the texts stand under, "" for none.

        >>> found = explicits("en").find(["Recalling objectives 2, 5-7 of the GCM and paragraph 3 above"])
        >>> [(m.kind, m.number) for m in found[0]]
        [('objective', 2), ('objective', 5), ('objective', 6), ('objective', 7), ('compact', '')]
        """
        flat = [normalize(text) if isinstance(text, str) else text for text in texts]
        read = [_Text(n, tuple(self._anchors.find(n.text))) for n in flat]
        named = any(a.whose == "compact" for r in read for a in r.anchors)
        held = [self._held(r, named) for r in read]
        own = any(self._own(r) for r in held)
        section: dict[str, Owner] = {"": ""}
        earlier: Owner = ""
        out = []
        for text, above in zip(held, headings or [""] * len(held), strict=True):
            if above not in section:
                heading = normalize(above)
                section[above] = self._last(self._held(_Text(heading, tuple(self._anchors.find(heading.text))), named))
            out.append(self._all(text, _Scope(named, own, section[above], earlier)))
            earlier = self._last(text) or earlier
        return out

    def title_of(self, heading: str) -> int | None:
        """The objective whose number and title a heading prints ("Objective 5: Enhance availability ..."), else None."""
        text = normalize(heading).text
        listed = self._lists.opening(text)
        if listed is None or len(listed.numbers) != 1:
            return None
        return listed.numbers[0] if self._titled(listed.numbers[0], text[listed.end :]) else None

    # ------------------------------------------------------------------------------------------------ whose is it?

    def _held(self, read: _Text, named: bool) -> _Text:
        """Without the short names that stand for nothing here: the document must name the Compact in full, or the
        short name must be an acronym beside an objective."""
        kept = tuple(a for a in read.anchors if a.whose != "short" or named or self._beside(read.text, a))
        return read._replace(anchors=kept)

    def _beside(self, text: str, anchor: Anchor) -> bool:
        after = self._near.search(text, anchor.end, anchor.end + _ATTRIBUTED)
        window = max(0, anchor.start - 3 * _ATTRIBUTED)
        space = text[window : anchor.start]
        ends = [listed.end for listed in self._lists.find(space)] + [m.end() for m in self._paragraph.finditer(space)]
        before = any(len(space) - end <= _ATTRIBUTED for end in ends)
        return before or (after is not None and not re.search(r"[.;]\s", text[anchor.end : after.start()]))

    def _is_goal(self, read: _Text, anchor: Anchor) -> bool:
        name = read.text[anchor.start : anchor.end].lower()
        return self._goals.match(read.text, anchor.start) is not None or name in ("agenda", "framework")

    def _owner(self, read: _Text, anchor: Anchor) -> Owner:
        """Whose objectives a name speaks of; "" for documents without any, and for the Goals in a language that does not
        call them objectives."""
        if anchor.whose in ("compact", "short"):
            return "compact"
        if anchor.whose == "other" or not anchor.is_proper:
            return ""
        return "" if self._is_goal(read, anchor) and not self._goals_are_objectives else "other"

    def _last(self, read: _Text) -> Owner:
        """Whose objectives the last name of a text speaks of."""
        return self._nearest(read, len(read.text))

    def _own(self, read: _Text) -> bool:
        """Whether a text opens with a numbered objective that is none of the Compact's ("Objective 1: Maximise ...")."""
        listed = self._lists.opening(read.text)
        if listed is None or read.text[listed.end : listed.end + 3].strip()[:1] not in tuple(":.-"):
            return False
        return not any(self._titled(n, read.text[listed.end :]) for n in listed.numbers)

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

    def _attributed(self, read: _Text, end: int) -> Owner:
        """Whose a number is by the words behind it: "of the GCM", "(GCM)", "of the present resolution", "above", or unsaid."""
        if self._elsewhere.match(read.text, end):
            # "of its resolution", but not "of the GCM"
            near = next(read.near(end, end + 12), None)
            if near is None or near.whose not in ("compact", "short"):
                return "other"
        beside = next(read.near(end, end + _BESIDE), None)
        if beside is not None and not read.text[end : beside.start].strip(" ()[],"):
            return "compact" if beside.whose in ("compact", "short") else "other" if beside.is_proper else ""
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

    def _whose(self, read: _Text, listed: Listed, scope: _Scope) -> Owner:
        """Whose objectives numbers are, by the nearest that tells.

        - said behind them: "objective 3 of the Action Plan", "Obj 17 (GCM)", "objective 2 above"
        - the first of these numbers with its title: "Objective 8: Save lives"
        - said right before them: "GCM objective 8", "SDG objective 8"
        - ordinals need one of these, or the Compact named before in the sentence: "the GCM, in its seventh objective"
        - numbers that the Goals do not have, in a document that names the Compact: "objetivos 5 y 23"
        - the nearest name before them in the paragraph, else any in it
        - many numbers in a document that names the Compact: "objectives 2, 5, 6, 12 and 18"
        - the heading above; the document's own numbered objectives; the nearest name in the paragraphs before
        """
        if said := self._attributed(read, listed.end):
            return said
        if self._titled(listed.numbers[0], read.text[listed.end :]):
            return "compact"
        before = next((a for a in read.before(listed.start) if self._owner(read, a) or self._is_goal(read, a)), None)
        if before is not None and len(read.text[before.end : listed.start].strip(" '\"()s")) == 0:
            return "compact" if before.whose in ("compact", "short") else "other"
        nearest = self._nearest(read, listed.start)
        if listed.is_ordinal:
            between = read.text[before.end : listed.start] if before else ""
            near = before is not None and len(between) <= _ATTRIBUTED and not re.search(r"[.;:]\s", between)
            return "compact" if near and nearest == "compact" else "other"
        if (
            scope.is_named
            and max(listed.numbers) > _GOALS
            and (nearest != "other" or (before and self._is_goal(read, before)))
        ):
            return "compact"
        if nearest:
            return nearest
        if owners := {self._owner(read, a) for a in read.anchors} - {""}:
            return "compact" if owners == {"compact"} else "other"
        if scope.is_named and len(listed.numbers) >= _MANY:
            return "compact"
        if scope.section or scope.has_own or not scope.is_named:
            return scope.section or "other"
        return scope.earlier or "compact"

    def _nearest(self, read: _Text, place: int) -> Owner:
        """Whose objectives the nearest name before a place speaks of."""
        for anchor in read.before(place):
            if owner := self._owner(read, anchor):
                return owner
        return ""

    def _paragraphs_theirs(self, read: _Text, start: int, end: int) -> bool:
        whose = self._attributed(read, end)
        if whose:
            return whose == "compact"
        nearest = next((a for a in read.before(start) if a.is_proper or a.whose == "other"), None)
        return nearest is not None and nearest.whose in ("compact", "short")

    # ------------------------------------------------------------------------------------------------ reading lists

    def _items(self, printed: str) -> Iterator[str]:
        """The paragraph ids of a list: "22 (b) and (c), 48 to 50" -> 22(b), 22(c), 48, 49, 50."""
        previous, last, base = "", 0, ""
        for m in re.finditer(_ITEM, printed):
            gap = printed[last : m.start()].strip()
            last = m.end()
            ranged = bool(previous and gap and self._ranged.fullmatch(gap))
            head, letters = _DIGITS.match(m[0]), _LETTERS.findall(m[0])
            if not head:
                if ranged and len(letters) == 1 and len(letters[0]) == 1 and previous.endswith(")"):
                    yield from (f"{base}({chr(c)})" for c in range(ord(previous[-2]) + 1, ord(letters[0])))
            elif ranged and not letters and previous.isdigit():
                yield from (str(n) for n in range(int(previous) + 1, int(head[0])))
            item = (head[0] if head else base) + "".join(f"({letter})" for letter in letters)
            number = _DIGITS.match(item)
            if number is None or not 1 <= int(number[0]) <= self._data.paragraphs:
                continue
            base = item if not letters else item[: item.rindex("(")]
            previous = item
            yield item

    # ------------------------------------------------------------------------------------------------ all of a text

    def _all(self, read: _Text, scope: _Scope) -> list[Explicit]:
        found = [*self._names(read), *self._objectives(read, scope), *self._parts(read), *self._targets(read)]
        text = _blanked(read.text, (a for a in read.anchors if a.whose in ("compact", "short")))
        found += [
            Explicit(q.kind, q.number, q.start, q.end, round(60 + 40 * q.coverage, 1)) for q in self._titles.find(text)
        ]
        anchored = any(a.whose in ("compact", "short") for a in read.anchors)
        found += [Explicit("principle", *p, 100.0) for p in self._principles.find(read.text, anchored)]
        if anchored or scope.is_named or self._migration.search(read.text):
            for number, instrument in self._instruments:
                found += [
                    Explicit("principle", number, m.start(), m.end(), 90.0) for m in instrument.finditer(read.text)
                ]
        out = {(m.kind, m.number, *read.normalized.source(m.start, m.end)): m.score for m in sorted(found, key=_order)}
        return [Explicit(kind, number, start, end, score) for (kind, number, start, end), score in out.items()]

    def _names(self, read: _Text) -> Iterator[Explicit]:
        for a in read.anchors:
            if a.whose == "short" and self._longer_name.match(read.text, a.end):
                continue
            if a.whose in ("compact", "short"):
                yield Explicit("compact", "", a.start, a.end, 100.0 if a.whose == "compact" else 95.0)

    def _objectives(self, read: _Text, scope: _Scope) -> Iterator[Explicit]:
        """Objectives by number; a number that the Compact does not have is passed over."""
        last = len(self._data.objectives)
        if not self._lists.is_possible(read.text):
            return
        for listed in self._lists.find(read.text):
            numbers = [n for n in listed.numbers if 1 <= n <= last]
            if 2 * len(numbers) <= len(listed.numbers):
                continue
            several = re.match(r"\w+s\W", read.text[listed.start : listed.end])
            if several and len(numbers) == 1 and not read.text[listed.end :].strip(" ."):
                continue  # a page number: "... the Global Compact objectives 4"
            if self._whose(read, listed._replace(numbers=tuple(numbers)), scope) == "compact":
                yield from (Explicit("objective", n, listed.start, listed.end, 100.0) for n in numbers)
        for anchor in read.anchors:
            if anchor.whose in ("compact", "short") and (apart := self._lists.named_before(read.text, *anchor[:2])):
                numbers = [n for n in apart.numbers if 1 <= n <= last]
                yield from (Explicit("objective", n, apart.start, apart.end, 100.0) for n in numbers)
        for hit in self._every.finditer(read.text):
            whole = Listed(hit.start(), hit.end(), tuple(range(1, last + 1)))
            if self._whose(read, whole, scope) == "compact":
                yield from (Explicit("objective", n, hit.start(), hit.end(), 100.0) for n in whole.numbers)

    def _parts(self, read: _Text) -> Iterator[Explicit]:
        for hit in self._paragraph.finditer(read.text) if _DIGIT.search(read.text) else ():
            if self._units.match(read.text, hit.end()) or not self._paragraphs_theirs(read, hit.start(), hit.end()):
                continue
            lettered = self._lettered.search(read.text, max(0, hit.start() - _LETTERED), hit.start())
            printed = f"{hit['list']} {lettered['letters']}" if lettered else hit["list"]
            for item in dict.fromkeys(self._items(printed)):
                yield Explicit("paragraph", item, (lettered or hit).start(), hit.end(), 100.0)

    def _targets(self, read: _Text) -> Iterator[Explicit]:
        for hit in self._target.finditer(read.text) if _POINT.search(read.text) else ():
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
    return Explicits(load_compact(), language)
