"""Whose words a document has, and of whom a sentence speaks: the subject of its clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Literal

from extractors.lexicon.terms import Words, expression, flattened, with_english
from extractors.lexicon.yaml_file import Strict, folder, read_yaml
from extractors.model import DocumentRow, Reference
from extractors.text.normalization import normalize

Voice = Literal["itself", "its account", "others"]
"""Who says it: the mechanism in what it adopted, its own account of a meeting, or others."""
SILENT = frozenset({"speech", "analysis", "draft"})
"""Roles of documents that are no outcome of a mechanism, report none as theirs and never speak for it."""
_ACCOUNTS = frozenset({"account", "report"})
_SENTENCE = re.compile(r"[.:–—]")
_CLAUSE = re.compile(r"[,;]")
_WORD = re.compile(r"[\w'’]+")


class SpeakerWords(Strict):
    """Everything in `lexicons/tables/sentences.yaml`; the file says what each list is."""

    source: str
    others: Words
    denials: Words
    tracks: Words
    leads: Words
    openers: Words
    joins: Words
    pronouns: Words


@lru_cache(maxsize=1)
def read_speaker_words() -> SpeakerWords:
    """Read and check `tables/sentences.yaml`; raises LexiconError with file and line."""
    return read_yaml(folder() / "sentences.yaml", SpeakerWords)


@lru_cache(maxsize=64)
def _every(name: str) -> re.Pattern[str]:
    """The words of a list in all languages: titles and notes are often in another language than the text."""
    lists: Words = getattr(read_speaker_words(), name)
    return expression(tuple(dict.fromkeys(word for words in lists.values() for word in words)))


@lru_cache(maxsize=64)
def _listed(name: str, language: str) -> re.Pattern[str]:
    return expression(with_english(getattr(read_speaker_words(), name), language))


def is_other_body(body: str) -> bool:
    """Whether the name of an issuing body says that it is no mechanism, whatever it names then.

    >>> [is_other_body(name) for name in ("not an ISCM (ESCAP)", "5+5 Dialogue (foreign ministers' track)", "Rabat Process")]
    [True, True, False]
    """
    text = normalize(body).text.strip().casefold()
    return bool(_every("denials").match(text) or _every("tracks").search(text))


def voice(facts: DocumentRow) -> Voice:
    """Whose words a document has that a mechanism issued, or that is about one.

    What was adopted is the mechanism's own word, its report or page of a meeting its account. Speeches, analyses and
    drafts are not, and no account by the press or a publisher.
    """
    told = f"{facts.title} ({facts.iscm})".casefold()
    if facts.role in SILENT or (facts.role in ("account", "") and _every("others").search(normalize(told).text)):
        return "others"
    return "its account" if facts.role in _ACCOUNTS else "itself"


def subjects(
    words: str, language: str, references: Sequence[Reference], start: int, is_body: Callable[[Reference], bool]
) -> tuple[Reference, ...]:
    """The references that the sentence has as its subject: the first that `is_body` accepts, with those listed with it.

    `start` is the sentence's offset in the text that the references count in. Only words such as "the representative of"
    may stand between the beginning of the clause and the name; what comes before the clause must open with a word such
    as "in" or "furthermore".
    """
    bodies = sorted((r for r in references if is_body(r)), key=lambda r: (r.start, -r.end))
    first = next((r for r in bodies if _leads(words[: r.start - start], language)), None)
    if first is None:
        return ()
    out, end = [first], first.end
    for row in bodies:
        if row.start >= end and _joins(words[end - start : row.start - start], language):
            out.append(row)
            end = row.end
        elif row.start < end and row.start >= first.start and row is not first:
            out.append(row)
    return tuple(out)


def _joins(between: str, language: str) -> bool:
    """Whether two names with this between them are of one list."""
    known = _listed("joins", language)
    return not _SENTENCE.search(between) and all(known.fullmatch(w) for w in _WORD.findall(between.casefold()))


def _leads(before: str, language: str) -> bool:
    """Whether a name behind these words is the subject of its clause."""
    marks = [*_CLAUSE.finditer(before)]
    opening, clause = (before[: marks[-1].start()], before[marks[-1].end() :]) if marks else ("", before)
    known = _listed("leads", language)
    flat = flattened(clause).text.casefold()
    if any(not known.fullmatch(word) for word in _WORD.findall(flat) if not word[0].isdigit()):
        return False
    opening = flattened(opening).text.casefold().strip()
    return not opening or bool(_listed("openers", language).match(opening)) or len(opening.split()) == 1


def goes_on(words: str, language: str) -> bool:
    """Whether a sentence opens with a pronoun, behind at most a word and a comma: "Furthermore, it works with ..."."""
    flat = flattened(words).text.casefold()
    opened = re.match(r"(?:\w+,)?\s*", flat)
    return bool(_listed("pronouns", language).match(flat, opened.end() if opened else 0))


def examples(references: Iterable[Reference], words: str, start: int) -> list[Reference]:
    """The references that stand in parentheses: "... (e.g. Puebla Process)"."""
    return [r for r in references if words[: r.start - start].count("(") > words[: r.start - start].count(")")]
