"""Names shaped like a mechanism that the lexicon lacks: "Harbour Dialogue on Migration", "Processus de Tombouctou".

They are offered for review, so that a mechanism nobody has listed is seen; they are never references and stand in no table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from extractors.lexicon.vocabulary import ARTICLE, COMMON_ADJECTIVES, Vocabulary
from extractors.model import SEARCHED_KINDS, Paragraph
from extractors.references.hits import findings
from extractors.references.nlp import SPANS, pipeline, words_of
from extractors.text.normalization import normalize, squash

_BEFORE = 6
_BEHIND = 12
"""Words of a name before and behind its noun."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be a mechanism, the paragraph it stands in first, and how many times it stands in the document."""

    name: str
    paragraph: str
    text: str
    occurrences: int = 1


def find_candidates(paragraphs: Sequence[Paragraph], language: str = "en") -> tuple[Candidate, ...]:
    """The names of a document, in reading order, that a noun such as "Process" or "Conferencia" heads and no entry holds.

    A name has a word with a capital beside its noun that is no level, ordinal or article, or a topic of migration
    ("Ministerial Conference" is none, "Ministerial Conference on Migration" is one); its paragraph speaks of migration.

    >>> text = "Migrants met at the Harbour Dialogue on Migration."
    >>> [candidate.name for candidate in find_candidates([Paragraph(1, "1", "paragraph", text)])]
    ['Harbour Dialogue on Migration']
    """
    nlp, vocabulary = pipeline(language), words_of(language)
    held: dict[str, Candidate] = {}
    for paragraph in paragraphs:
        if paragraph.kind not in SEARCHED_KINDS or not paragraph.text:
            continue
        normalized = normalize(paragraph.text)
        doc = nlp(normalized.text, disable=[SPANS])
        if not any(token.lower_ in vocabulary.topic for token in doc):
            continue
        known = {token for hit in findings(doc).kept for token in range(hit.start, hit.end)}
        for start, end in _names(doc, vocabulary):
            if not known.isdisjoint(range(start, end)):
                continue
            low, high = normalized.source(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
            name = " ".join(paragraph.text[low:high].split())
            seen = held.get(squash(name))
            more = replace(seen, occurrences=seen.occurrences + 1) if seen else None
            held[squash(name)] = more or Candidate(name, paragraph.id, " ".join(paragraph.text.split()))
    return tuple(held.values())


def _names(doc: Doc, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """The tokens [start, end) of each name."""
    nouns = vocabulary.noun_of.keys() | {noun.removeprefix(ARTICLE) for noun in vocabulary.noun_of}
    for place, token in enumerate(doc):
        if token.lower_ not in nouns or not (token.text[:1].isupper() or _is_arabic(token.text)):
            continue
        start = place
        while (
            vocabulary.grammar.order == "before" and start and place - start < _BEFORE and _is_capital(doc, start - 1)
        ):
            start -= 1
        while start < place and doc[start].lower_ in vocabulary.determiners | vocabulary.stops | vocabulary.turns:
            start += 1
        end = _end(doc, place, vocabulary)
        is_own = any(
            _is_capital(doc, n) and not _is_common(doc[n].lower_, vocabulary) for n in range(start, end) if n != place
        )
        if is_own or any(doc[n].lower_ in vocabulary.topic for n in range(place + 1, end)):
            yield start, end


def _end(doc: Doc, place: int, vocabulary: Vocabulary) -> int:
    """The place behind the last word with a capital or of migration that links, levels and articles lead to."""
    end, last = place + 1, min(place + _BEHIND, len(doc))
    for n in range(place + 1, last):
        word = doc[n].lower_
        if word in vocabulary.noun_of or (
            word in vocabulary.conjunctions and not _goes_on(doc, n + 1, last, vocabulary)
        ):
            break
        if _is_capital(doc, n) or word in vocabulary.topic:
            end = n + 1
        elif not _leads_on(doc, n, vocabulary, is_open=end == place + 1):
            break
    return end


def _goes_on(doc: Doc, place: int, last: int, vocabulary: Vocabulary) -> bool:
    """Whether the name goes on behind "and": a word with a capital, with or without an article, that is no other noun."""
    while place < last and doc[place].lower_ in vocabulary.determiners:
        place += 1
    return place < last and _is_capital(doc, place) and doc[place].lower_ not in vocabulary.noun_of


def _leads_on(doc: Doc, place: int, vocabulary: Vocabulary, is_open: bool) -> bool:
    """Whether a small word can stand inside a name; without capitals (Arabic) any word of a name still `is_open`."""
    word = doc[place].lower_
    small = vocabulary.links | vocabulary.determiners | vocabulary.conjunctions | vocabulary.contractions
    is_uncased = is_open and not vocabulary.determiners and doc[place].is_alpha and word not in vocabulary.stops
    return word in small or word in vocabulary.modifiers or is_uncased


def _is_common(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word says nothing of which body it is: a level, an ordinal, an article, "next"."""
    small = vocabulary.determiners | vocabulary.turns | vocabulary.stops | vocabulary.ordinals
    return word in small or word in vocabulary.levels or word in vocabulary.noun_of or word.title() in COMMON_ADJECTIVES


def _is_capital(doc: Doc, place: int) -> bool:
    return doc[place].text[:1].isupper()


def _is_arabic(word: str) -> bool:
    return word[:1].isalpha() and word == word.lower() == word.upper()
