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
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extractors.compact import read_yaml
from extractors.lexicon import Language, default_folder, expand
from extractors.nlp import tokenizer
from extractors.normalization import normalize

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
_CLAUSE_END = frozenset(".;:?!")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Topic(_Model):
    """Terms of one objective, principle, theme or element; `derived` names objectives whose evidence is its own too."""

    kind: Kind
    number: int | str
    strong: Terms = Field(default_factory=dict)
    plain: Terms = Field(default_factory=dict)
    weak: Terms = Field(default_factory=dict)
    never: Terms = Field(default_factory=dict)
    derived: tuple[int, ...] = Field(default=(), alias="from")


class TopicLexicon(_Model):
    """A file of topic terms; `never` blocks for every topic, `instruments` in texts that enumerate agreements."""

    group: Literal["topics"]
    context: Terms
    instruments: Terms
    enumerated: Terms
    never: Terms
    topics: tuple[Topic, ...]


class Finding(NamedTuple):
    """A topic of a text: score 0-100 and the place of the best term."""

    kind: Kind
    number: int | str
    score: float
    start: int
    end: int


class _Use(NamedTuple):
    role: str
    topic: int
    term: str
    part: int
    parts: int


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
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        self._uses: dict[int, list[_Use]] = defaultdict(list)
        code = language if language in lexicon.context else "en"

        def words(terms: Terms) -> Sequence[str]:
            return terms.get(code, ())

        for role, terms in (
            ("context", lexicon.context),
            ("instrument", lexicon.instruments),
            ("enumerated", lexicon.enumerated),
            ("never", lexicon.never),
        ):
            self._add(role, -1, words(terms))
        for index, topic in enumerate(lexicon.topics):
            for strength in _STRENGTHS:
                self._add(strength, index, words(getattr(topic, strength)))
            self._add("never", index, words(topic.never))

    def _add(self, role: str, topic: int, terms: Iterable[str]) -> None:
        for term in terms:
            pieces = [[w for w in unfold(piece.strip()) if w] for piece in normalize(term).text.split("...")]
            for part, wordings in enumerate(pieces):
                for wording in wordings:
                    key = self._nlp.vocab.strings.add(wording.lower())
                    if key not in self._uses:
                        self._matcher.add(wording.lower(), [self._nlp.tokenizer(wording.lower())])
                    self._uses[key].append(_Use(role, topic, term, part, len(pieces)))

    def read(self, text: str) -> _Reading:
        """Every term in a normalized text with its role, before anything is judged."""
        doc = self._nlp.make_doc(text)
        spans: dict[tuple[str, int, str], list[tuple[int, int]]] = defaultdict(list)
        parts: dict[tuple[str, int, str], tuple[list[tuple[int, int]], ...]] = {}
        for key, start, end in self._matcher(doc):
            for use in self._uses[key]:
                name = (use.role, use.topic, use.term)
                if use.parts == 1:
                    spans[name].append((start, end))
                else:
                    parts.setdefault(name, tuple([] for _ in range(use.parts)))[use.part].append((start, end))
        for name, places in parts.items():
            joined = _join(doc, places, NAME_GAP if name[0] in ("never", "instrument") else GAP)
            if joined:
                spans[name].extend(joined)
        return _Reading(doc, dict(spans))

    def find(self, text: str, *, about: bool, masked: Sequence[tuple[int, int]] = ()) -> list[Finding]:
        """The topics of a normalized text with their scores, whatever these are, in the lexicon's order.

        `about` tells that the document is about migration even where this text does not say so; `masked` are places
        (character offsets) whose words are no evidence, such as a quoted title.
        """
        return self.judge(self.read(text), about=about, masked=masked)

    def judge(self, reading: _Reading, *, about: bool, masked: Sequence[tuple[int, int]] = ()) -> list[Finding]:
        """`find` for a text already read."""
        weights = WEIGHTS if about or reading.field else OUTSIDE
        blocked = [*reading.blocked(-1), *reading.tokens(masked)]
        if len({(a, b) for _, a, b in reading.of("enumerated")}) >= ENUMERATION:
            blocked += [(a, b) for _, a, b in reading.of("instrument")]
        by_number: dict[tuple[Kind, int | str], tuple[float, tuple[int, int]]] = {}
        for index, topic in enumerate(self._topics):
            stop = _Within([*blocked, *reading.blocked(index)])
            found = _longest((s, a, b, t) for s in _STRENGTHS for t, a, b in reading.of(s, index) if not stop(a, b))
            doubt, seen = 1.0, set[str]()
            best: tuple[float, int, tuple[int, int]] | None = None
            for strength, start, end, term in found:
                weight = weights[strength] if term not in seen else 0.0
                seen.add(term)
                doubt *= 1 - weight
                rank = (weights[strength], end - start, (start, end))
                best = rank if best is None or rank[:2] > best[:2] else best
            key = (topic.kind, topic.number)
            score, place = (1 - doubt, best[2]) if best else (0.0, (0, 0))
            for number in topic.derived:
                other, where = by_number.get(("objective", number), (0.0, (0, 0)))
                if other > score:
                    score, place = other, where
            if score:
                by_number[key] = (score, place)
        doc = reading.doc
        return [
            Finding(kind, number, round(100 * score, 1), doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
            for (kind, number), (score, (start, end)) in by_number.items()
        ]


class _Reading(NamedTuple):
    doc: Doc
    spans: dict[tuple[str, int, str], list[tuple[int, int]]]

    @property
    def field(self) -> bool:
        """Whether the text holds a word of the field."""
        return any(role == "context" for role, _, _ in self.spans)

    def of(self, role: str, topic: int = -1) -> list[tuple[str, int, int]]:
        """(term, start, end) of the spans with a role."""
        return [
            (term, a, b) for (r, t, term), places in self.spans.items() if r == role and t == topic for a, b in places
        ]

    def blocked(self, topic: int) -> list[tuple[int, int]]:
        return [(a, b) for _, a, b in self.of("never", topic)]

    def tokens(self, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Token spans that cover these character spans."""
        for low, high in places:
            span = self.doc.char_span(low, high, alignment_mode="expand")
            if span is not None:
                yield span.start, span.end


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


def _longest(found: Iterable[tuple[Strength, int, int, str]]) -> list[tuple[Strength, int, int, str]]:
    """The terms of a topic without those that share a word with a stronger or longer one, in order of place."""
    kept: list[tuple[Strength, int, int, str]] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda f: (_STRENGTHS.index(f[0]), f[1] - f[2], f[1])):
        words = range(one[1], one[2])
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(one)
    return sorted(kept, key=lambda f: f[1])


class _Within:
    """Tells quickly whether a span lies inside one of many."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def __call__(self, start: int, end: int) -> bool:
        place = bisect_right(self._starts, start) - 1
        return place >= 0 and self._reach[place] >= end


def about_migration(readings: Sequence[_Reading]) -> bool:
    """Whether a document as a whole is about migration: a good share of its longer paragraphs says a word of the field."""
    longer = [r for r in readings if len(r.doc) >= 8] or list(readings)
    return bool(longer) and sum(r.field for r in longer) >= ABOUT * len(longer)


@lru_cache(maxsize=8)
def topics(language: str) -> Topics:
    """The finder of a language, made once."""
    return Topics(load_topics(), language)


def topics_version(folder: Path | None = None) -> str:
    """A digest that changes with any byte of the topic terms, for telling whether stored rows are still current."""
    return sha256(((folder or default_folder()) / FILE).read_bytes()).hexdigest()[:16]
