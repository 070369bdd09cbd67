"""Sentences as evidence: what a text says about a mechanism, and whose text it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.model import BODY_KINDS, ParagraphRow, Reference
from extractors.objectives.anchors import anchors
from extractors.text.normalization import normalize
from pipeline.extract import quote
from pipeline.extract.quote import Run, Runs, Span
from pipeline.segment.citation import base
from pipeline.tables.records import Records
from pipeline.tables.registry import Mechanism, Registry, is_self

SPOKEN = BODY_KINDS - {"title", "heading"}
"""Kinds of paragraphs whose sentences say something; titles and headings only name."""
LISTED = frozenset({"continuation", "subparagraph"})
"""Kinds of paragraphs that go on with the paragraph before: where that names the Compact and ends with a colon, so do they."""
NAMED = 4
"""A sentence of another's document about more mechanisms than these is a list, and answers for none of them."""
LONGEST = 900
_SUBJECT = re.compile(
    r"(?:the|la|el|los|las|le|les|l'|o|a|os|as|representatives? of the|in addition, the)?\s*", re.IGNORECASE
)
_LEADERS = re.compile(r"(?:\.{3,}|…|(?:\. ){3,})\s*\d")
_CONTENTS = 3
"""So many dot leaders before a number make a paragraph a table of contents."""
_JUNCTION = Run(" · ", False)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph: `start` and `end` are offsets into `text`, the paragraph's whole text.

    `about` are the mechanisms it speaks of: those that issued the document, or in a document of others those it names.
    `others_act` tells that its subject is another organization or mechanism.
    """

    document: str
    paragraph: str
    text: str
    start: int
    end: int
    language: str
    own: bool
    compact: bool
    others_act: bool
    about: tuple[Mechanism, ...]
    references: tuple[Reference, ...]

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
        if self.own:
            return True
        for row in self.references:
            if row.canonical == mechanism.name:
                before = self.text[self.start : row.start]
                example = before.count("(") > before.count(")")
                if row.start <= at or (example and not (contrast and contrast.search(self.text[at : row.start]))):
                    return True
        return False

    @property
    def unnamed(self) -> str:
        """The sentence with the names of the mechanisms that it is about replaced by as many spaces."""
        out = list(self.words)
        names = {mechanism.name for mechanism in self.about}
        for row in self.references:
            if row.canonical in names:
                start, end = row.start - self.start, row.end - self.start
                out[start:end] = " " * (end - start)
        return "".join(out)


class Evidence:
    """The corpus as the mechanism tables read it: documents by mechanism, sentences, and the Compact's paragraphs."""

    def __init__(self, source: Records, known: Registry) -> None:
        self.source, self.known = source, known
        self.issuers = {name: known.issued_by(facts) for name, facts in source.documents.items()}
        self._compact: dict[tuple[str, str], bool] = {}
        self._self: dict[tuple[str, str, str], bool] = {}
        self._sentences: dict[str, tuple[Sentence, ...]] = {}

    @cached_property
    def mechanisms(self) -> dict[str, list[str]]:
        """The documents that each mechanism issued, by its full name, in the order of the documents."""
        out: dict[str, list[str]] = {}
        for document, issued in self.issuers.items():
            for mechanism in issued:
                out.setdefault(mechanism.name, []).append(document)
        return out

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence about a mechanism: all of its own documents, and those of others that name it."""
        return tuple(sentence for document in self.source.paragraphs for sentence in self.sentences_of(document))

    def sentences_of(self, document: str) -> tuple[Sentence, ...]:
        """The same of one document."""
        if document not in self._sentences:
            self._sentences[document] = tuple(self._read(document))
        return self._sentences[document]

    def forget(self) -> None:
        """Let go of the sentences: those of a large corpus take much memory."""
        self._sentences.clear()
        self._compact.clear()
        self.__dict__.pop("sentences", None)

    def _read(self, document: str) -> Iterator[Sentence]:
        rows = self.source.paragraphs.get(document, [])
        issued = self.issuers.get(document, ())
        language = self.source.language(document)
        lead = False
        for row in rows:
            if row.kind not in SPOKEN:
                continue
            text, place = row.text, base(row.paragraph)
            compact = self.names_compact(document, place, text)
            if row.kind not in LISTED:
                lead = compact and text.rstrip().endswith(":")
            compact = compact or (lead and row.kind in LISTED)
            located = [found for r in self.source.by_paragraph.get((document, place), []) for found in _places(r, row)]
            if not issued and not any(r.canonical in self.known.mechanisms for r in located):
                continue
            if len(_LEADERS.findall(text)) >= _CONTENTS:
                continue
            for start, end in quote.sentences(text):
                inside = tuple(r for r in located if start <= r.start and r.end <= end)
                named = {
                    r.canonical: self.known.mechanisms[r.canonical]
                    for r in inside
                    if r.canonical in self.known.mechanisms
                }
                about = issued or tuple(named.values())
                if not about or (not issued and (len(named) > NAMED or end - start > LONGEST)):
                    continue
                names = {mechanism.name for mechanism in issued}
                yield Sentence(
                    document,
                    place,
                    text,
                    start,
                    end,
                    language,
                    bool(issued),
                    compact,
                    bool(issued) and _led_by_others(text[start:end], start, inside, names),
                    about,
                    inside,
                )

    def names_compact(self, document: str, paragraph: str, text: str) -> bool:
        """Whether a paragraph names the Global Compact for Migration, in full or short."""
        key = (document, text)
        if key not in self._compact:
            found = anchors(self.source.language(document) or "en").find(normalize(text).text)
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


def joined(parts: Iterable[Runs]) -> Runs:
    """Several quotes in one, with a dot between them."""
    out: list[Run] = []
    for part in parts:
        if out and part:
            out.append(_JUNCTION)
        out += part
    return tuple(out)


def _led_by_others(words: str, start: int, references: Sequence[Reference], own: set[str]) -> bool:
    """Whether the sentence's first words are another organization: "The UNODC outlined ..."."""
    for row in references:
        before = words[: max(0, row.start - start)]
        other = row.category.startswith(("igo.", "other.iom", "iscm.")) and row.canonical not in own
        if other and len(before) < 30 and _SUBJECT.fullmatch(before):
            return True
    return False
