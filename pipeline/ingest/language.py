"""The language of a document and of its paragraphs, told by the text; what a file says of itself is only believed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from extractors.lexicon.entries import load_lexicon
from extractors.lexicon.language import languages
from extractors.model import BODY_KINDS, Paragraph
from pipeline.ingest.line import Ingested, Line

LANGUAGE_SAMPLE = 20_000
"""Characters that the language of a document is told by."""

_ENOUGH = 60
"""Letters that a text must have to be told by; names and headings are often in another language than their text."""
_SURE = 20.0
"""How much likelier (natural logarithm) another language must be than the one expected; a sentence has 40 and more."""
_SLIGHT = 3.0
"""By how much less (natural logarithm) than another language English may be likely in a text of few words."""
_SAMPLE = 400
"""Characters that the language of a paragraph is told by."""
_VOTES = 12
"""Small words from which a text is told by them alone: those of three or four sentences."""
_UNRIVALLED = 4
"""The same where a text has none of another language: those of one sentence."""
_CODE = re.compile(r"([A-Za-z]{2})(?:[-_]|$)")
_SMALL_WORDS = {code: frozenset(language.sentences.telling) for code, language in languages().items()}
"""Words that stand in nearly every sentence of one of the languages and in few of the others."""
_ready: set[str] = set()


def detect(text: str) -> str:
    """The two-letter code of the language that a text is most likely in, among those with lexicons; "en" for no text.

    A text of few words is in the language of its one small word, else in English where the detector hardly tells.

    >>> detect("La Conferencia reafirma la importancia de las migraciones para el desarrollo."), detect("The Forum met")
    ('es', 'en')
    """
    is_short = _letters(text) < _ENOUGH
    if voted := _voted(text) or (_leading(text, 1) if is_short else ""):
        return voted
    scores = _ranked(text)
    best = next(iter(scores), "en")
    return "en" if is_short and scores and scores[best] - scores.get("en", scores[best]) < _SLIGHT else best


def language_of(document: Ingested) -> str:
    """The language that a document names, if its text agrees, else the one that its text shows; "en" for no text."""
    text = sample(document.lines)
    return agreed(document.metadata.get("language", ""), text)[0] or detect(text)


def detect_paragraphs(paragraphs: Sequence[Paragraph]) -> str:
    """The language of paragraphs whose document is not at hand: see `detect`."""
    return detect("\n".join(one.text for one in paragraphs if one.kind in BODY_KINDS)[:LANGUAGE_SAMPLE])


def sample(lines: Sequence[Line]) -> str:
    """The text that the language of a document is told by: the first lines of its body."""
    parts: list[str] = []
    size = 0
    for line in lines:
        if line.role == "body" and size < LANGUAGE_SAMPLE:
            parts.append(line.text)
            size += len(line.text)
    return "\n".join(parts)[:LANGUAGE_SAMPLE]


def agreed(said: str, text: str) -> tuple[str, str]:
    """The language of a document that says one of itself ("en-US"), and a warning where the text says another.

    Templates and office programs label every file with one language, so that the label counts only where the text is
    too short to tell or agrees with it. What is no code of a language ("English") says nothing: ("", "").

    >>> agreed("en-US", "Los Ministros agradecen a los empleadores y a los sindicatos su apoyo a la reunión.")
    ('es', 'labelled as en, but its text is es: read as es')
    """
    found = _CODE.match(said.strip())
    if not found:
        return "", ""
    label = found[1].lower()
    if _voted(text) == label:
        return label, ""
    scores = _ranked(text, label)
    if scores and label not in scores:
        return next(iter(scores)), ""
    written = _other(text, label, scores)
    return (written, f"labelled as {label}, but its text is {written}: read as {written}") if written else (label, "")


def by_paragraph(texts: Sequence[str], language: str) -> list[str]:
    """The language of each paragraph of a document in `language`: another one where the paragraph surely is in it.

    Short ones between two of the same other language are in it too.

    >>> spanish = "Los Ministros agradecen a los empleadores y a los sindicatos su apoyo a la reunión."
    >>> by_paragraph(["Ministers met.", spanish, "Acuerdan:", spanish], "en")
    ['en', 'es', 'es', 'es']
    """
    out: list[str] = []
    for text in texts:
        if _letters(text) < _ENOUGH and not _is_arabic(text):
            out.append("")
        else:
            plainly = _is_plainly(text, language)
            out.append(language if plainly else _other(text, language, _ranked(text[:_SAMPLE])) or language)
    before, open_places = language, []
    for place, own in enumerate(out):
        if not own:
            open_places.append(place)
            continue
        for at in open_places:
            out[at] = own if own == before else language
        before, open_places = own, []
    for at in open_places:
        out[at] = before if len(open_places) < len(out) else language
    return out


def speaks_of_migration(texts: Sequence[str], language: str) -> bool:
    """Whether a text speaks of migration, by two words or more of its language."""
    known = languages()
    parts = known.get(language, known["en"]).sentences.migration
    return sum(text.lower().count(part) for text in texts for part in parts) > 1


def _other(text: str, expected: str, scores: Mapping[str, float]) -> str:
    """The language that a text surely is in, where that is not the one expected; "" else."""
    best = next(iter(scores), expected)
    foreign = _is_arabic(text) != (expected == "ar") and "ar" in (best, expected)
    sure = _letters(text) >= _ENOUGH and scores.get(best, 0.0) - scores.get(expected, 0.0) > _SURE
    return best if best != expected and (foreign or sure) else ""


def _is_plainly(text: str, language: str) -> bool:
    """Whether small words say that a text is in the language expected, which saves the detector's time."""
    return _leading(text[:_SAMPLE], 3) == language


def _voted(text: str) -> str:
    """The language that the script or the small words of a text leave no doubt of; "" where the detector has to say.

    The detector takes half a second and 100 MB to load. It is asked where a language has no small words.
    """
    if set(load_lexicon().grammars) - {code for code, small in _SMALL_WORDS.items() if small}:
        return ""
    return "ar" if _is_arabic(text) else _leading(text, _VOTES, _UNRIVALLED)


def _leading(text: str, least: int, unrivalled: int = 0) -> str:
    """The language with so many small words in a text, and more than twice as many as any other; "" for none.

    `unrivalled` are enough where no word is another language's."""
    words = text.lower().split()
    count = sorted((sum(map(small.__contains__, words)), code) for code, small in _SMALL_WORDS.items())
    (second, _), (most, code) = count[-2:]
    if unrivalled and not second:
        least = unrivalled
    return code if most >= max(least, 2 * second + 1) else ""


def _ranked(text: str, *more: str) -> dict[str, float]:
    """Logarithmic scores of the languages with lexicons and of `more`, best first; empty for a text without letters.

    Letters are compared as what they are, not in the shape that they have at their place in a word.
    """
    text = unicodedata.normalize("NFKC", text)
    if not any(map(str.isalpha, text)):
        return {}
    import py3langid

    codes = {*load_lexicon().grammars, *filter(None, more)}
    if _ready != codes:
        try:
            py3langid.set_languages(sorted(codes))
        except ValueError:  # a code that the detector does not know
            codes = set(load_lexicon().grammars)
            py3langid.set_languages(sorted(codes))
        _ready.clear()
        _ready.update(codes)
    return {str(code): float(score) for code, score in py3langid.rank(text)}


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text[:4000]))


def _is_arabic(text: str) -> bool:
    letters = [char for char in text[:4000] if char.isalpha()]
    return 2 * sum("\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufefc" for char in letters) > len(letters) > 4
