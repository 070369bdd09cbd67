"""Implied topics: what objectives, principles, themes and elements of the Compact a paragraph takes up in its own words.

Terms are data (`lexicons/topics/objective_terms.yaml`). A strong term counts by itself, a plain one in a text about
migration, a weak one only together with others; evidence adds up like independent chances.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from pydantic import Field
from spacy.tokens import Doc

from extractors.lexicon.language import Language
from extractors.lexicon.words import expand
from extractors.lexicon.yaml_file import Strict, default_folder, read_yaml
from extractors.references.nlp import tokenizer
from extractors.references.phrases import Wordings
from extractors.text.normalization import normalize

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
_MARKS = ("context", "instruments", "enumerated", "never", "bodies", "procedural", "reports", "accounts", "asides")
_NAME_CONNECTORS = 3
"""Small words in a row that a name may hold: "Committee on the Rights of the Child"."""
_CLAUSE_END = frozenset(".;:?!")


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


class _Use(NamedTuple):
    """What a term is for: evidence of a topic (by its place in the lexicon), or a mark of the text (topic -1)."""

    role: str
    topic: int
    term: str


class _Split(NamedTuple):
    """A term in parts that follow each other: the numbers of the wordings that each part may be."""

    use: _Use
    parts: tuple[tuple[int, ...], ...]


class _Wording(NamedTuple):
    """A wording by its number: the terms that it is, and the split terms that it opens."""

    number: int
    uses: list[_Use]
    opens: list[_Split]


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
        self._nlp = tokenizer(language)
        self._topics = lexicon.topics
        self._wordings: Wordings[_Wording] = Wordings(self._nlp.vocab)
        self._known: dict[str, _Wording] = {}
        code = language if language in lexicon.context else "en"

        def words(terms: Terms) -> Sequence[str]:
            return terms.get(code, ())

        self._places: dict[Named, list[int]] = defaultdict(list)
        self._sources = [_sources(topic) for topic in lexicon.topics]
        for index, keys in enumerate(self._sources):
            for key in keys:
                self._places[key].append(index)
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
                split = _Split(use, tuple(tuple(wording.number for wording in part) for part in parts))
                for wording in parts[0]:
                    wording.opens.append(split)

    def _wording(self, text: str) -> _Wording:
        if text not in self._known:
            self._known[text] = _Wording(len(self._known), [], [])
            self._wordings.add(self._nlp.tokenizer(text), self._known[text], cased=False)
        return self._known[text]

    def read(self, text: str) -> Reading:
        """Every term in a normalized text with its role, before anything is judged."""
        doc = self._nlp.make_doc(text)
        places: dict[int, list[tuple[int, int]]] = defaultdict(list)
        wordings: dict[int, _Wording] = {}
        for wording, start, end in self._wordings.find(doc):
            wordings[wording.number] = wording
            places[wording.number].append((start, end))
        found = [(use, places[number]) for number, wording in wordings.items() for use in wording.uses]
        for split in {id(split): split for wording in wordings.values() for split in wording.opens}.values():
            parts = [[place for number in part if number in places for place in places[number]] for part in split.parts]
            if all(parts):
                gap = NAME_GAP if split.use.role in ("never", "instruments") else GAP
                found.append((split.use, _join(doc, parts, gap)))
        marks: dict[str, list[tuple[int, int]]] = defaultdict(list)
        terms: dict[int, list[TopicTerm]] = defaultdict(list)
        never: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (role, topic, term), spans in found:
            if role in _WEIGHED:
                terms[topic] += [TopicTerm(_WEIGHED[role], start, end, term) for start, end in spans]
            elif topic >= 0:
                never[topic] += spans
            else:
                marks[role] += spans
        for start, end in marks.get("bodies", ()):
            if doc[start].text[:1].isupper():
                marks["never"].append(_name_around(doc, start, end, self._connectors))
        return Reading(text, doc, marks, terms, never)

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

    def findings(self, reading: Reading, evidence: Mapping[Named, TopicEvidence]) -> list[Finding]:
        """What the terms alone say of each topic; a theme or element also takes the evidence of its objectives."""
        found: list[Finding] = []
        known = {index for key in evidence for index in self._places[key]}
        for index in sorted(known):
            topic = self._topics[index]
            top = max((evidence[key] for key in self._sources[index] if key in evidence), key=lambda e: e.chance)
            if best := top.best:
                place = reading.place(best.start, best.end)
                found.append(Finding(topic.kind, topic.number, round(100 * top.chance, 1), *place))
        return found


def _sources(topic: Topic) -> list[Named]:
    """The topics whose evidence is a topic's own."""
    return [(topic.kind, topic.number), *(("objective", number) for number in topic.derived)]


class Reading:
    """What stands in a text: its tokens, the marks of each role, and by topic the terms and what blocks them."""

    def __init__(
        self,
        text: str,
        doc: Doc,
        marks: Mapping[str, list[tuple[int, int]]],
        terms: Mapping[int, list[TopicTerm]],
        never: Mapping[int, list[tuple[int, int]]],
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


def _name_around(doc: Doc, start: int, end: int, connectors: frozenset[str]) -> tuple[int, int]:
    """The name that a noun such as "Committee" is the head of: the capitalized words around it with the small words
    between them."""

    def reach(place: int, step: int) -> int:
        last = place
        while 0 <= place + step < len(doc) and abs(place - last) <= _NAME_CONNECTORS:
            place += step
            text = doc[place].text
            if text[:1].isupper():
                last = place
            elif text.lower() not in connectors:
                break
        return last

    return reach(start, -1), reach(end - 1, 1) + 1


def _join(doc: Doc, places: Sequence[list[tuple[int, int]]], gap: int) -> list[tuple[int, int]]:
    """Spans in which the parts of a term follow each other within the gap and one clause."""
    held = places[0]
    for part in places[1:]:
        after = sorted(part)
        joined: list[tuple[int, int]] = []
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

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def __call__(self, start: int, end: int) -> bool:
        place = bisect_right(self._starts, start) - 1
        return place >= 0 and self._reach[place] >= end


def share_of_field(readings: Sequence[Reading]) -> float:
    """The share (0-1) of a document's longer paragraphs, all where it has none, that say a word of the field.

    From `ABOUT` on the whole document is about migration, from `MIXED` on its paragraphs that say such a word are, below
    it nothing is: a resolution on health that names migrants once takes up no objective.
    """
    longer = [r for r in readings if len(r.doc) >= 8] or list(readings)
    return sum(r.has_field for r in longer) / len(longer) if longer else 0.0


@lru_cache(maxsize=8)
def topics(language: str) -> Topics:
    """The finder of a language, made once."""
    return Topics(load_topics(), language)


def topics_version(folder: Path | None = None) -> str:
    """A digest that changes with any byte of the topic terms, for telling whether stored rows are still current."""
    return sha256(((folder or default_folder()) / FILE).read_bytes()).hexdigest()[:16]
