"""Sentences as evidence: what a text says about a mechanism, and whose text it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.model import BODY_KINDS, ObjectiveRow, ParagraphRow, Reference
from extractors.objectives.anchors import load_anchors
from extractors.text.normalization import normalize
from pipeline.extract import quote
from pipeline.extract.quote import Run, Runs, Span
from pipeline.segment.citation import base
from pipeline.tables.records import Records
from pipeline.tables.registry import Mechanism, Registry, is_self
from pipeline.tables.speakers import Voice, examples, goes_on, subjects, voice

SPOKEN = BODY_KINDS - {"title", "heading"}
"""Kinds of paragraphs whose sentences say something; titles and headings only name."""
LISTED = frozenset({"continuation", "subparagraph"})
"""Kinds of paragraphs that go on with the paragraph before: where that names the Compact and ends with a colon, so do they."""
NAMED = 4
"""A sentence of another's document about more mechanisms than these is a list, and answers for none of them."""
LONGEST = 900
_LEADERS = re.compile(r"(?:\.{3,}|…|(?:\. ){3,})\s*\d")
_CONTENTS = 3
"""So many dot leaders before a number make a paragraph a table of contents."""
_JUNCTION = Run(" · ", False)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph: `start` and `end` are offsets into `text`, the paragraph's whole text.

    `about` are the mechanisms it speaks of: those whose words the document has, or in a document of others those that are
    its subject, each from an offset of `since` (in the paragraph) on. `is_others_act`: it is another organization.
    """

    document: str
    paragraph: str
    text: str
    start: int
    end: int
    language: str
    said_by: Voice
    is_on_compact: bool
    is_others_act: bool
    about: tuple[Mechanism, ...]
    since: tuple[int, ...]
    references: tuple[Reference, ...]

    @property
    def is_own(self) -> bool:
        """Whether the mechanism says it: in what it adopted, or in its account."""
        return self.said_by != "others"

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]

    def spans(self, found: Sequence[Span]) -> list[Span]:
        """Spans in the sentence as spans in the paragraph."""
        return [(self.start + s, self.start + e) for s, e in found]

    def speaks_of(self, mechanism: Mechanism, at: int, contrast: re.Pattern[str] | None = None) -> bool:
        """Whether what stands at `at` (in the paragraph) is said of the mechanism: in its own document always, in that of
        others where its name stands before, or behind as an example in parentheses: "... (e.g. Puebla Process)", if no
        word of `contrast` ("while") stands between."""
        if self.is_own:
            return True
        since = dict(zip((one.name for one in self.about), self.since, strict=True)).get(mechanism.name)
        if since is not None and since <= at:
            return True
        stated = self.text[at : since or at]
        if ";" in stated or (":" in self.text[self.start : at] and "," in stated):
            return False
        example = self.text[self.start : since or 0].count("(") > self.text[self.start : since or 0].count(")")
        return example and not (contrast and contrast.search(stated))

    @property
    def unnamed(self) -> str:
        """The sentence with the names of the mechanisms that it is about replaced by as many spaces."""
        names = {mechanism.name for mechanism in self.about}
        return self._without(row for row in self.references if row.canonical in names)

    @property
    def bodiless(self) -> str:
        """The sentence with the names of all mechanisms and organizations replaced by as many spaces: no name tells what a
        mechanism works on."""
        return self._without(row for row in self.references if row.category.startswith(("iscm.", "igo.", "other.")))

    def _without(self, rows: Iterable[Reference]) -> str:
        out = list(self.words)
        for row in rows:
            start, end = row.start - self.start, row.end - self.start
            out[start:end] = " " * (end - start)
        return "".join(out)


class Evidence:
    """The corpus as the mechanism tables read it: documents by mechanism, sentences, and the Compact's paragraphs."""

    def __init__(self, source: Records, known: Registry) -> None:
        self.source, self.known = source, known
        self.issuers = {name: known.issued_by(facts) for name, facts in source.documents.items()}
        self.voices = {
            name: voice(facts) if self.issuers[name] else "others" for name, facts in source.documents.items()
        }
        self.speakers = {name: () if self.voices[name] == "others" else issued for name, issued in self.issuers.items()}
        self._compact: dict[tuple[str, str], bool] = {}
        self._self: dict[tuple[str, str, str], bool] = {}
        self._sentences: dict[str, tuple[Sentence, ...]] = {}
        self.worded: dict[str, frozenset[ObjectiveRow]] = {}

    @cached_property
    def mechanisms(self) -> dict[str, list[str]]:
        """The documents that each mechanism issued, by its full name, in the order of the documents."""
        out: dict[str, list[str]] = {}
        for document, issued in self.issuers.items():
            for mechanism in issued:
                out.setdefault(mechanism.name, []).append(document)
        return out

    def sentences_of(self, document: str) -> tuple[Sentence, ...]:
        """Every sentence of a document about a mechanism: all of its own ones, and those of others that name it."""
        if document not in self._sentences:
            self._sentences[document] = tuple(self._read(document))
        return self._sentences[document]

    def forget(self) -> None:
        """Let go of the sentences: those of a large corpus take much memory."""
        self._sentences.clear()
        self._compact.clear()

    def _read(self, document: str) -> Iterator[Sentence]:
        speakers, said_by = self.speakers.get(document, ()), self.voices.get(document, "others")
        language = self.source.language(document)
        lead = False
        for row in self.source.paragraphs.get(document, []):
            if row.kind not in SPOKEN:
                continue
            text, place = row.text, base(row.paragraph)
            compact = self.names_compact(document, place, text)
            if row.kind not in LISTED:
                lead = compact and text.rstrip().endswith(":")
            compact = compact or (lead and row.kind in LISTED)
            located = [found for r in self.source.by_paragraph.get((document, place), []) for found in _places(r, row)]
            if not speakers and not any(r.canonical in self.known.mechanisms for r in located):
                continue
            if is_contents(text):
                continue
            before: tuple[Mechanism, ...] = ()
            for start, end in quote.sentences(text):
                inside = tuple(r for r in located if start <= r.start and r.end <= end)
                since = self._spoken_of(text[start:end], start, language, inside, before)
                before = tuple(since)
                if not speakers and (not 0 < len(since) <= NAMED or end - start > LONGEST):
                    continue
                about = dict.fromkeys(speakers, start) or since
                others_act = bool(speakers) and _led_by_others(text[start:end], start, language, inside, speakers)
                spoken = (tuple(about), tuple(about.values()), inside)
                yield Sentence(document, place, text, start, end, language, said_by, compact, others_act, *spoken)

    def _spoken_of(
        self, words: str, start: int, language: str, inside: Sequence[Reference], before: Sequence[Mechanism]
    ) -> dict[Mechanism, int]:
        """The mechanisms that a sentence of others speaks of, each from where: its subject, the one of the sentence before
        where it opens with a pronoun, and examples in parentheses."""
        known = self.known.mechanisms
        named = subjects(words, language, inside, start, lambda row: row.canonical in known)
        named = named or tuple(r for r in examples(inside, words, start) if r.canonical in known)
        out: dict[Mechanism, int] = {}
        for row in named:
            out.setdefault(known[row.canonical], row.start)
        if not out and len(before) == 1 and goes_on(words, language):
            out[before[0]] = start
        return out

    def names_compact(self, document: str, paragraph: str, text: str) -> bool:
        """Whether a paragraph names the Global Compact for Migration, in full or short."""
        key = (document, text)
        if key not in self._compact:
            found = load_anchors(self.source.language(document) or "en").find(normalize(text).text)
            self._compact[key] = any(a.whose in ("compact", "short") for a in found)
        return self._compact[key]

    def compact_paragraphs(self, document: str) -> list[str]:
        """The paragraphs of a document that name the Compact, titles and headings included."""
        rows = self.source.paragraphs.get(document, [])
        searched = [row for row in rows if row.kind in BODY_KINDS]
        return [row.paragraph for row in searched if self.names_compact(document, row.paragraph, row.text)]

    def is_self(self, row: Reference) -> bool:
        """Whether a reference is the issuing mechanism's own name in its own document (see `registry.is_self`)."""
        key = (row.document, row.canonical, row.wording)
        if key not in self._self:
            self._self[key] = is_self(row, self.source.documents[row.document], self.known)
        return self._self[key]

    def quoted(self, sentence: Sentence, spans: Sequence[Span]) -> Runs:
        """The quote of a sentence with these spans of it bold."""
        return self.source.cut(sentence.text, sentence.spans(spans), quote.LIMIT)


def _places(row: Reference, paragraph: ParagraphRow) -> list[Reference]:
    """The reference wherever its wording stands in a row of the paragraphs that it was found in, also inside a longer
    wording: "mechanisms on migration (GRCP 7)" speaks of GRCP 7. One found by its context stands only at its offsets."""
    own = row.paragraph_row == paragraph.paragraph
    if row.method == "resolved" or not (own or row.occurrences > 1):
        return [row] if own else []
    spans = quote.occurrences(paragraph.text, row.wording)
    return [replace(row, start=start, end=end) for start, end in spans] or ([row] if own else [])


def is_contents(text: str) -> bool:
    """Whether a paragraph is a table of contents or a line of one: it ends in a dot leader and a page, or has several.

    >>> is_contents("Recommendations..........21"), is_contents("They met in ... 2017 and left.")
    (True, False)
    """
    leaders = list(_LEADERS.finditer(text))
    return len(leaders) >= _CONTENTS or (bool(leaders) and not text[leaders[-1].start() :].strip(" .…0123456789"))


def joined(parts: Iterable[Runs]) -> Runs:
    """Several quotes in one, with a dot between them."""
    out: list[Run] = []
    for part in parts:
        if out and part:
            out.append(_JUNCTION)
        out += part
    return tuple(out)


def _led_by_others(
    words: str, start: int, language: str, references: Sequence[Reference], own: Sequence[Mechanism]
) -> bool:
    """Whether the subject of the sentence is another organization or mechanism: "The UNODC outlined ..."."""
    names = {mechanism.name for mechanism in own}

    def is_body(row: Reference) -> bool:
        return row.category.startswith(("igo.", "other.iom", "iscm."))

    return any(row.canonical not in names for row in subjects(words, language, references, start, is_body)[:1])
