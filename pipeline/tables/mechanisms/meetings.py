"""Which meeting a text comes from: its name with its number, its place and its dates, in the words of the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from pydantic import Field

from extractors.lexicon.terms import Words, expression, pattern, with_english
from extractors.lexicon.yaml_file import Strict, folder, read_yaml
from extractors.text.dates import MONTHS
from extractors.text.normalization import normalize
from pipeline.extract.quote import Span

_ROMAN = r"(?-i:(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3}))"
_NUMERAL = r"\d{1,3}\s?(?:st|nd|rd|th|ª|º|a\.|e|ème|er|ère)"
_WORD = r"(?-i:[A-Z][\w'\-]*)"
_BEHIND = "on|from|in|under|with|for|during|and|to|los|del?|con|en|les?|pour|avec|dans|nos?|com|em|a"
_PLACE_LIMIT = 70
_OWN = "\ue000"
"""Stands for every letter of the mechanism's own name."""
_ACCENTS = {ord(c): unicodedata.normalize("NFD", c)[0] for c in "áéíóúàèìòùâêîôûäëïöüñãõçÁÉÍÓÚÀÈÌÒÙÂÊÎÔÛÄËÏÖÜÑÃÕÇ"}


class PositionKind(Strict):
    """A kind of formal position and the words that name it."""

    id: str = Field(pattern=r"^[a-z_]+$")
    label: str
    words: Words


class PositionWords(Strict):
    """Everything in `lexicons/tables/positions.yaml`; the file says what each list is."""

    source: str
    kinds: tuple[PositionKind, ...]
    addressing: Words
    contributing: Words
    adopted: Words
    within: int = Field(gt=0)
    appended: tuple[str, ...]
    recalling: Words
    meetings: Words
    ordinals: Words
    levels: Words
    held: Words
    never_held: Words
    places: Words
    never_places: tuple[str, ...]
    joining: tuple[str, ...]

    @cached_property
    def _named(self) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
        return {}

    def named(self, language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """Patterns for the name of a meeting with its number and without one, each compiled once a language; the name of
        the mechanism is masked in the text that they are searched in."""
        if language not in self._named:
            self._named[language] = self._naming(language)
        return self._named[language]

    def _naming(self, language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
        ordinal = rf"(?:{_ROMAN}|{_NUMERAL}|{'|'.join(map(plain, with_english(self.ordinals, language)))})"
        nouns = tuple(map(plain, with_english(self.meetings, language)))
        noun = _joined(nouns)
        own, level = rf"{_OWN}+", _joined(tuple(map(plain, with_english(self.levels, language))))
        after = rf"(?:\s+(?:of|de|de la|del|du|da)\s+(?:the\s+|la\s+)?{own})?"
        several = _joined([n for n in nouns if len(n.split()) > 1])
        return re.compile(
            rf"(?<!\w){ordinal}\s+(?:(?:(?:{level})\s+)?\(?{own}\)?(?:\s+(?:{noun}))?|(?:[\w'+\-{_OWN}]+\s+){{0,5}}?(?:{noun})(?!\w){after})(?!\w)",
            re.IGNORECASE,
        ), re.compile(
            rf"(?<!\w)(?:(?:{several})(?!\w){after}|{own}\s+(?:{noun}))(?!\w)",
            re.IGNORECASE,
        )

    @cached_property
    def date(self) -> re.Pattern[str]:
        """A date with its year in any of the languages: days, day ranges or only a month."""
        month = "|".join(sorted({plain(m) for m in MONTHS}, key=lambda m: (-len(m), m)))
        day = r"\d{1,2}\s?(?:st|nd|rd|th|er|º)?"
        days = rf"(?:{day}(?:\s*(?:,|-+|\?|and|to|y|al?|et|au|e)\s*{day}){{0,3}})"
        return re.compile(
            rf"(?<!\w)(?:{days}\s+(?:of\s+|de\s+)?(?:{month}),?\s+(?:de\s+|del\s+)?\d{{4}}"
            rf"|(?:{month})\s+{days},?\s+\d{{4}}|(?:{month}),?\s+(?:de\s+)?\d{{4}})(?!\w)",
            re.IGNORECASE,
        )


class PlacedWords(NamedTuple):
    """Words of a text and where they stand in it."""

    text: str
    span: Span


def _joined(nouns: Sequence[str]) -> str:
    return pattern(nouns, fold=True)


def plain(text: str) -> str:
    """The text without accents, character for character: headings in capitals leave them out.

    >>> plain("RÉUNIS à Cancún")
    'REUNIS a Cancun'
    """
    return text.translate(_ACCENTS)


@lru_cache(maxsize=1)
def vocabulary() -> PositionWords:
    """Read and check `tables/positions.yaml`; raises LexiconError with file and line."""
    return read_yaml(folder() / "positions.yaml", PositionWords)


def recalls(text: str, language: str, words: PositionWords) -> bool:
    """Whether a clause starts by recalling: the meetings that it names are earlier ones."""
    recalling = expression(tuple(map(plain, with_english(words.recalling, language))))
    return bool(recalling.match(plain(normalize(text).text).lstrip()))


def dates(text: str, words: PositionWords) -> list[PlacedWords]:
    """The dates in a text, as printed.

    >>> [f.text for f in dates("held on 20 – 22 June 2017 and May 30-31, 2002", vocabulary())]
    ['20 – 22 June 2017', 'May 30-31, 2002']
    """
    flat = normalize(text)
    searched = plain(flat.text)
    never = "|".join(plain(w) for w in sorted({w for ws in words.never_held.values() for w in ws}))
    hits = [
        h
        for h in words.date.finditer(searched)
        if not re.search(rf"(?<!\w)(?:{never})\W*(?:\w+day,?\s*)?$", searched[: h.start()][-40:], re.I)
    ]
    spans = [flat.source(*hit.span()) for hit in hits]
    return [PlacedWords(" ".join(text[s:e].split()), (s, e)) for s, e in spans]


def name(text: str, language: str, words: PositionWords, wordings: Iterable[str] = ()) -> PlacedWords | None:
    """The numbered meeting that a text names: "Sixth Ministerial Conference", "XI Conferencia Sudamericana ...".

    `wordings` are names of the mechanism, which count as names of its meeting where they follow the number. A meeting
    without a number counts only by a name of two words or more ("Senior Officials' Meeting").
    """
    flat = normalize(text)
    searched = _masked(plain(flat.text), wordings)
    numbered, unnumbered = words.named(language)
    hit = next((h for h in numbered.finditer(searched) if not re.match(r"I\s+[a-z]", h[0])), None)
    if hit is None and language == "ar":
        noun = _joined(words.meetings.get("ar", ()))
        hit = re.search(rf"(?:{noun})\s+(?:{'|'.join(words.ordinals.get('ar', ()))})", flat.text)
    if hit is None:
        hit = unnumbered.search(searched)
    if hit is None:
        return None
    start, end = flat.source(*hit.span())
    return PlacedWords(" ".join(text[start:end].split()), (start, end))


@lru_cache(maxsize=256)
def _masks(wordings: tuple[str, ...]) -> tuple[str, ...]:
    """Names as they are searched for, the longest first."""
    return tuple(sorted({plain(normalize(w).text).lower() for w in wordings}, key=lambda w: (-len(w), w)))


def _masked(text: str, wordings: Iterable[str]) -> str:
    """The text with the names of the mechanism masked, letter for letter."""
    lower = text.lower()
    if len(lower) != len(text):
        return text
    for wording in _masks(tuple(wordings)):
        at = lower.find(wording) if wording else -1
        while at >= 0:
            end = at + len(wording)
            if not lower[at - 1 : at].isalnum() and not lower[end : end + 1].isalnum():
                text = text[:at] + _OWN * len(wording) + text[end:]
                lower = lower[:at] + _OWN * len(wording) + lower[end:]
            at = lower.find(wording, end)
    return text


def place(
    text: str, language: str, words: PositionWords, near: Sequence[PlacedWords], meeting: PlacedWords | None = None
) -> PlacedWords | None:
    """The place that a text says a meeting was held at: before a date, or behind "held in", "reunidos en", ...

    `near` are the dates of the text, `meeting` the name of the meeting, which a place may follow. Nothing is looked up:
    the words are those of the text, up to 70 characters.
    """
    flat = normalize(text)
    never = {w.casefold() for w in words.never_places}
    joining = "|".join(words.joining)
    named = rf"{_WORD}(?:[ ](?:(?:{joining})[ ]){{0,2}}{_WORD}){{0,3}}"
    full = rf"{named}(?:,[ ]?(?:en[ ])?{named}){{0,2}}"
    searched = plain(flat.text)
    held = expression(tuple(map(plain, with_english(words.held, language)))).pattern
    within = pattern(map(plain, with_english(words.places, language)), fold=True)
    behind = rf"{held}[^.;:]{{0,80}}?\s(?:{within})\s+(?P<place>{full})(?=\s*(?:$|[,.;:()]|-)|\s+(?:{_BEHIND})\b)"
    candidates = [m.span("place") for m in re.finditer(behind, searched)]
    for found in near if flat.offsets is None else ():
        hit = re.match(rf",?\s+(?:{within})\s+(?P<place>{full})(?!\w)", searched[found.span[1] :], re.IGNORECASE)
        if hit:
            candidates.append((found.span[1] + hit.start("place"), found.span[1] + hit.end("place")))
        low = meeting.span[1] if meeting and meeting.span[1] <= found.span[0] else 0
        before = searched[low : found.span[0]]
        hit = re.search(rf"(?<!\w)(?P<place>{full})(?:\s*[,(]|\s+-|\s+on|\s+los días|,?\s+les)?\s*,?\s*$", before)
        if hit and re.match(
            rf"(?:^|.*(?:[,.:(]|\s(?:{within})))\s*$", before[: hit.start()], re.IGNORECASE | re.DOTALL
        ):
            candidates.insert(0, (low + hit.start("place"), low + hit.end("place")))
    for span in candidates:
        start, end = flat.source(*span)
        if meeting and start < meeting.span[1] and end > meeting.span[0]:
            continue
        printed = " ".join(text[start:end].split())
        if (
            not {printed.split(",")[0].casefold(), printed.split()[0].casefold()} & never
            and len(printed) <= _PLACE_LIMIT
            and not words.date.search(printed)
        ):
            return PlacedWords(printed, (start, end))
    return None
