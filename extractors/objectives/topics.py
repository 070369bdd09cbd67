"""Implied topics: what objectives, principles, themes and elements of the Compact a paragraph takes up in its own words.

Terms are data (`lexicons/topics/objective_terms.yaml`). A strong term counts by itself, a plain one in a text about
migration, a weak one only together with others; evidence adds up like independent chances.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from pydantic import Field

from extractors.lexicon.language import Language
from extractors.lexicon.words import expand
from extractors.lexicon.yaml_file import Strict, default_folder, read_yaml
from extractors.references.nlp import reader
from extractors.references.wordings import Wordings
from extractors.text.normalization import normalize

if TYPE_CHECKING:
    from spacy.tokens import Doc

FILE = Path("topics") / "objective_terms.yaml"
THRESHOLD = 60.0
"""Score (0-100) from which a topic counts; below it is a matter for review. Chosen so that one plain term in a text about
migration passes, two different weak ones do not, and three do."""
WEIGHTS = {"strong": 0.85, "plain": 0.65, "weak": 0.3}
"""What one term says, as a chance; further terms of the same topic add to it."""
OUTSIDE = {"strong": 0.3, "plain": 0.1, "weak": 0.02}
"""The same in a text that is not about migration."""
ABOUT = 0.35
"""Share of a document's paragraphs with a word of the field from which all of it is about migration."""
MIXED = 0.1
"""The same from which a paragraph that says a word of the field counts by itself; below it the document is of another field."""
ENUMERATION = 3
"""Agreements named in one paragraph from which their names say nothing of what it takes up."""
GAP = 6
"""Words that may stand between the parts of a term with a gap."""
NAME_GAP = 14
"""The same for the names of agreements and for what blocks: names are long."""

Kind = Literal["objective", "principle", "theme", "element"]
Strength = Literal["strong", "plain", "weak"]
Terms = Mapping[Language, tuple[str, ...]]
_STRENGTHS: tuple[Strength, ...] = ("strong", "plain", "weak")
_WEIGHED: Mapping[str, Strength] = {strength: strength for strength in _STRENGTHS}
_MARKS = (
    "context", "instruments", "enumerated", "never", "bodies", "offices", "agreements", "fulfilled", "procedural", "reports",
    "accounts", "asides",
)  # fmt: skip
_NAME_CONNECTORS = 3
"""Small words in a row that a name may hold: "Committee on the Rights of the Child"."""
_LONGEST_NAME = 60
"""Words of a name on either side of its noun; a list of names in capitals is no name without end."""
_CLAUSE_END = frozenset(".;:?!")
_PORTFOLIO = 4
"""Words other than small ones that the matters of an office may have: "ministers in charge of migration and development issues"."""
_FULFILLED = 12
"""Words before an agreement's name in which a text asks to ratify or implement it: then its matter is what the text takes up."""


class Topic(Strict):
    """Terms of one objective, principle, theme or element; `derived` names objectives whose evidence is its own too."""

    kind: Kind
    number: int | str
    strong: Terms = Field(default_factory=dict)
    plain: Terms = Field(default_factory=dict)
    weak: Terms = Field(default_factory=dict)
    never: Terms = Field(default_factory=dict)
    derived: tuple[int, ...] = Field(default=(), alias="from")


class TopicLexicon(Strict):
    """A file of topic terms; `never` blocks for every topic, `instruments` in texts that enumerate agreements."""

    group: Literal["topics"]
    context: Terms
    instruments: Terms
    enumerated: Terms
    never: Terms
    bodies: Terms
    offices: Terms
    agreements: Terms
    fulfilled: Terms
    connectors: Terms
    procedural: Terms
    reports: Terms
    accounts: Terms
    asides: Terms
    topics: tuple[Topic, ...]


class Finding(NamedTuple):
    """A topic of a text: score 0-100 and the place of the best term."""

    kind: Kind
    number: int | str
    score: float
    start: int
    end: int


class TopicTerm(NamedTuple):
    """A term of a topic in a text, by the tokens that it covers."""

    strength: Strength
    start: int
    end: int
    name: str


Named: TypeAlias = tuple[Kind, int | str]
"""A topic by its kind and number."""


class TopicEvidence(NamedTuple):
    """The terms of one topic that count, how many were blocked, and the chance (0-1) that they add up to."""

    terms: tuple[TopicTerm, ...]
    blocked: int
    chance: float

    @property
    def best(self) -> TopicTerm | None:
        """The strongest and longest term, the first of equals."""
        return min(self.terms, key=lambda t: (_STRENGTHS.index(t.strength), t.start - t.end, t.start), default=None)


Span: TypeAlias = tuple[int, int]
"""The first token and the one behind the last."""


class _Use(NamedTuple):
    """What a term is for: evidence of a topic (by its place in the lexicon), or a mark of the text (topic -1)."""

    role: str
    topic: int
    term: str


class _Split(NamedTuple):
    """A term in parts that follow each other: its place among such terms, and the numbers of the wordings that each part may
    be."""

    number: int
    use: _Use
    parts: tuple[tuple[int, ...], ...]


class _Wording(NamedTuple):
    """A wording by its number: the terms that it is, and the numbers of the split terms that it opens or ends."""

    number: int
    uses: list[_Use]
    opens: set[int]
    ends: set[int]


def load_topics(folder: Path | None = None) -> TopicLexicon:
    """Read and check the topic terms of a lexicon folder (by default the one that comes with the package).

    Raises LexiconError with file and line for broken YAML, unknown keys and missing fields.
    """
    return _load((folder or default_folder()).resolve())


@lru_cache(maxsize=4)
def _load(folder: Path) -> TopicLexicon:
    return read_yaml(folder / FILE, TopicLexicon)


def unfold(text: str) -> Iterator[str]:
    """All wordings of a term; alternatives may hold alternatives.

    >>> list(unfold("{safe,dign{o,os}} return"))
    ['safe return', 'digno return', 'dignos return']
    """
    done: dict[str, None] = {}
    held = [text]
    while held:
        for wording in expand(held.pop(0)):
            if "{" in wording:
                held.append(wording)
            else:
                done[wording] = None
    yield from done


class Topics:
    """Finds topics in normalized text of one language; made once per language by `topics`."""

    def __init__(self, lexicon: TopicLexicon, language: str) -> None:
        self._nlp = reader(language)
        self._topics = lexicon.topics
        self._wordings: Wordings[_Wording] = Wordings(self._nlp.vocab, self._nlp.tokenizer)
        self._known: dict[str, _Wording] = {}
        self._splits: list[_Split] = []
        code = language if language in lexicon.context else "en"

        def words(terms: Terms) -> Sequence[str]:
            return terms.get(code, ())

        self._sources = [_sources(topic) for topic in lexicon.topics]
        self._fed: dict[Named, list[int]] = defaultdict(list)
        for index, sources in enumerate(self._sources):
            for source in sources:
                self._fed[source].append(index)
        self._connectors = frozenset(words(lexicon.connectors))
        for role in _MARKS:
            self._add(role, -1, words(getattr(lexicon, role)))
        for index, topic in enumerate(lexicon.topics):
            for strength in _STRENGTHS:
                self._add(strength, index, words(getattr(topic, strength)))
            self._add("never", index, words(topic.never))

    def _add(self, role: str, topic: int, terms: Iterable[str]) -> None:
        for term in terms:
            use = _Use(role, topic, term)
            parts = [
                [self._wording(w.lower()) for w in unfold(part.strip()) if w]
                for part in normalize(term).text.split("...")
            ]
            if len(parts) == 1:
                for wording in parts[0]:
                    wording.uses.append(use)
            else:
                number = len(self._splits)
                self._splits.append(_Split(number, use, tuple(tuple(one.number for one in part) for part in parts)))
                for wording in parts[0]:
                    wording.opens.add(number)
                for wording in parts[-1]:
                    wording.ends.add(number)

    def _wording(self, text: str) -> _Wording:
        if text not in self._known:
            self._known[text] = _Wording(len(self._known), [], set(), set())
            self._wordings.add(text, self._known[text], cased=False)
        return self._known[text]

    def read(self, text: str) -> Reading:
        """Every term in a normalized text with its role, before anything is judged."""
        doc = self._nlp.make_doc(text)
        places: dict[int, list[Span]] = defaultdict(list)
        wordings: dict[int, _Wording] = {}
        for wording, start, end in self._wordings.find(doc):
            wordings[wording.number] = wording
            places[wording.number].append((start, end))
        splits = self._met(wordings, places)
        marks: dict[str, list[Span]] = defaultdict(list)
        terms: dict[int, list[TopicTerm]] = defaultdict(list)
        never: dict[int, list[Span]] = defaultdict(list)

        def keep(use: _Use, spans: Sequence[Span]) -> None:
            if use.role in _WEIGHED:
                strength = _WEIGHED[use.role]
                terms[use.topic] += [TopicTerm(strength, start, end, use.term) for start, end in spans]
            elif use.topic >= 0:
                never[use.topic] += spans
            else:
                marks[use.role] += spans

        for number, wording in wordings.items():
            for use in wording.uses:
                keep(use, places[number])
        for split in splits:
            if split.use.role not in _WEIGHED:
                gap = NAME_GAP if split.use.role in ("never", "instruments") else GAP
                keep(split.use, _join(doc, _parts(split, places), gap))
        names = list(self._names(doc, marks))
        marks["never"] += names
        is_named = _Within(names)
        for split in splits:
            if split.use.role in _WEIGHED:
                parts = _parts(split, places)
                if names:
                    parts = [[place for place in part if not is_named(*place)] for part in parts]
                keep(split.use, _join(doc, parts, GAP))
        return Reading(text, doc, marks, terms, never)

    def _met(self, wordings: Mapping[int, _Wording], places: Mapping[int, Sequence[Span]]) -> list[_Split]:
        """The terms in parts of which a text has a wording of each part, in the order of the wordings that open them."""
        opened = set().union(*(wording.opens for wording in wordings.values() if wording.opens))
        opened &= set().union(*(wording.ends for wording in wordings.values() if wording.ends))
        splits = [self._splits[number] for number in opened]
        order = {number: place for place, number in enumerate(places)}

        def opening(split: _Split) -> tuple[int, int]:
            return min(order[number] for number in split.parts[0] if number in order), split.number

        return sorted((s for s in splits if not any(map(places.keys().isdisjoint, s.parts[1:-1]))), key=opening)

    def _names(self, doc: Doc, marks: Mapping[str, Sequence[Span]]) -> Iterator[Span]:
        """The names of a text: capitalized words around the noun of a body, a meeting, a plan or an agreement (but one that
        the text asks to carry out), and the matters of an office, in any letters."""
        for start, end in marks.get("bodies", ()):
            if doc[start].text[:1].isupper():
                yield _name_around(doc, start, end, self._connectors)
        fulfilled = sorted(end for _, end in marks.get("fulfilled", ()))
        for start, end in marks.get("agreements", ()):
            asked = bisect_right(fulfilled, start) > bisect_left(fulfilled, start - _FULFILLED)
            if doc[start].text[:1].isupper() and not asked:
                yield _name_around(doc, start, end, self._connectors)
        for start, end in marks.get("offices", ()):
            yield start, _portfolio(doc, end, self._connectors)

    def find(self, text: str, *, about: bool, masked: Sequence[tuple[int, int]] = ()) -> list[Finding]:
        """The topics of a normalized text with their scores, whatever these are, in the lexicon's order.

        `about` tells that the document is about migration even where this text does not say so; `masked` are places
        (character offsets) whose words are no evidence, such as a quoted title.
        """
        reading = self.read(text)
        return self.findings(reading, self.weigh(reading, about=about, masked=masked))

    def weigh(
        self, reading: Reading, *, about: bool, masked: Sequence[tuple[int, int]] = ()
    ) -> dict[Named, TopicEvidence]:
        """The evidence for every topic that has a term in the text, be it a blocked one."""
        weights = WEIGHTS if about or reading.has_field else OUTSIDE
        blocked = [*reading.marks.get("never", ()), *reading.tokens(masked)]
        if len(set(reading.marks.get("enumerated", ()))) >= ENUMERATION:
            blocked += reading.marks.get("instruments", ())
        everywhere = _Within(blocked)
        out: dict[Named, TopicEvidence] = {}
        for index in sorted(reading.terms):
            terms, own = reading.terms[index], reading.never.get(index)
            stop = _Within([*blocked, *own]) if own else everywhere
            free = _longest(t for t in terms if not stop(t.start, t.end))
            doubt = 1.0
            for strength in {t.name: t.strength for t in reversed(free)}.values():
                doubt *= 1 - weights[strength]
            topic = self._topics[index]
            out[topic.kind, topic.number] = TopicEvidence(tuple(free), len(terms) - len(free), 1 - doubt)
        return out

    def findings(
        self, reading: Reading, evidence: Mapping[Named, TopicEvidence], objectives: Sequence[Finding] | None = None
    ) -> list[Finding]:
        """What the terms say of each topic; a theme or element is also found by the best of its objectives, as these were
        judged (`objectives`), else by their own terms."""
        found = {
            key: Finding(*key, round(100 * of.chance, 1), *reading.place(best.start, best.end))
            for key, of in evidence.items()
            if (key[0] != "objective" or objectives is None) and (best := of.best)
        }
        found |= {(one.kind, one.number): one for one in objectives or ()}
        out = []
        for index in sorted({index for key in found for index in self._fed.get(key, ())}):
            surest = max((found[key] for key in self._sources[index] if key in found), key=lambda one: one.score)
            kind, number = self._sources[index][0]
            out.append(surest._replace(kind=kind, number=number))
        return out


def _sources(topic: Topic) -> list[Named]:
    """The topics whose evidence is a topic's own."""
    return [(topic.kind, topic.number), *(("objective", number) for number in topic.derived)]


class Reading:
    """What stands in a text: its tokens, the marks of each role, and by topic the terms and what blocks them."""

    def __init__(
        self,
        text: str,
        doc: Doc,
        marks: Mapping[str, list[Span]],
        terms: Mapping[int, list[TopicTerm]],
        never: Mapping[int, list[Span]],
    ) -> None:
        self.text, self.doc, self.marks, self.terms, self.never = text, doc, marks, terms, never

    @property
    def has_field(self) -> bool:
        """Whether the text holds a word of the field."""
        return bool(self.marks.get("context"))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The character offsets of a token span."""
        return self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])

    def tokens(self, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Token spans that cover these character spans."""
        for low, high in places:
            span = self.doc.char_span(low, high, alignment_mode="expand")
            if span is not None:
                yield span.start, span.end


def _name_around(doc: Doc, start: int, end: int, connectors: frozenset[str]) -> Span:
    """The name that a noun such as "Committee" is the head of: the capitalized words around it with the small words
    between them, and behind it with the commas of a list ("Ministry of Labour, Employment and Social Security")."""

    def reach(place: int, step: int) -> int:
        last = noun = place
        while (
            0 <= place + step < len(doc) and abs(place - last) <= _NAME_CONNECTORS and abs(place - noun) < _LONGEST_NAME
        ):
            place += step
            text = doc[place].text
            if text[:1].isupper():
                last = place
            elif text.lower() not in connectors and not (text == "," and step > 0):
                break
        return last

    return reach(start, -1), reach(end - 1, 1) + 1


def _portfolio(doc: Doc, place: int, connectors: frozenset[str]) -> int:
    """The end of the matters that an office has: so many words from `place` on, and as many behind each comma that a
    capitalized one follows ("ministre des Affaires étrangères, de l'Intégration africaine")."""
    matters = 0
    while place < len(doc) and matters < _PORTFOLIO:
        word = doc[place]
        if word.text == ",":
            further = doc[place + 1 : place + 2 + _NAME_CONNECTORS]
            if not next((w.text[:1].isupper() for w in further if w.lower_ not in connectors), False):
                break
            matters = 0
        elif word.lower_ not in connectors:
            if not word.is_alpha:
                break
            matters += 1
        place += 1
    return place


def _parts(split: _Split, places: Mapping[int, Sequence[Span]]) -> list[list[Span]]:
    """Where each part of a term stands."""
    return [[place for number in part for place in places.get(number, ())] for part in split.parts]


def _join(doc: Doc, places: Sequence[list[Span]], gap: int) -> list[Span]:
    """Spans in which the parts of a term follow each other within the gap and one clause."""
    held = places[0] if all(places) else []
    for part in places[1:]:
        after = sorted(part)
        joined: list[Span] = []
        for start, end in held:
            place = bisect_left(after, (end,))
            if place < len(after) and after[place][0] <= end + gap:
                low, high = after[place]
                if not any(doc[i].text in _CLAUSE_END for i in range(end, low)):
                    joined.append((start, high))
        held = joined
    return held


def _longest(found: Iterable[TopicTerm]) -> list[TopicTerm]:
    """The terms of a topic without those that share a word with a stronger or longer one, in order of place."""
    kept: list[TopicTerm] = []
    taken: set[int] = set()
    for term in sorted(found, key=lambda t: (_STRENGTHS.index(t.strength), t.start - t.end, t.start)):
        words = range(term.start, term.end)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(term)
    return sorted(kept, key=lambda t: t.start)


class _Within:
    """Tells quickly whether a span lies inside one of many."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def __call__(self, start: int, end: int) -> bool:
        place = bisect_right(self._starts, start) - 1
        return place >= 0 and self._reach[place] >= end


def share_of_field(readings: Sequence[Reading]) -> float:
    """The share (0-1) of a document's longer paragraphs, all where it has none, that say a word of the field.

    From `ABOUT` on the whole document is about migration, and from `MIXED` on where its title says such a word; else from
    `MIXED` on its paragraphs that say one are, below it nothing is: a resolution on health that names migrants once takes
    up no objective.
    """
    longer = [r for r in readings if len(r.doc) >= 8] or list(readings)
    return sum(r.has_field for r in longer) / len(longer) if longer else 0.0


@lru_cache(maxsize=8)
def topics_of(language: str) -> Topics:
    """The finder of a language, made once."""
    return Topics(load_topics(), language)
