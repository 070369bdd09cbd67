"""What a document shows of itself, as far as a manifest entry can hold it: title, kind, issuing ISCM, date, language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from extractors.lexicon.language import alternatives, any_word, languages
from extractors.model import Paragraph, Reference
from pipeline.corpus.manifest import Source
from pipeline.extract.document import Engine, parse
from pipeline.extract.front import read_front

FRONT = 3_000
"""Characters at the beginning in which a document says what it is, and when and by whom it was adopted."""
BACK = 1_500
"""Characters at the end, where declarations that do not say it in front have "Done at ... on ..."."""

_NO_TITLE = re.compile(r"(?i)^(microsoft \w+\s*-|untitled|document\d*$)|\.(docx?|pdf|indd|qxd|rtf)$")
_MONTHS = {
    form: number
    for language in languages().values()
    for number, forms in enumerate(language.numbering.months, 1)
    for form in forms
}
_MONTH = alternatives(_MONTHS)
_ORDINAL = any_word(lambda language: language.numbering.ordinal_marks)
_OF = any_word(lambda language: language.numbering.date_links)
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:{_ORDINAL})?\s+(?:(?:{_OF})\s+)?(?P<month>{_MONTH})\.?,?\s+(?:(?:{_OF})\s+)?(?P<year>(?:19|20)\d\d)\b"
    rf"|\b(?P<month2>{_MONTH})\s+(?:\d{{1,2}}\s*[-–]\s*)?(?P<day2>\d{{1,2}})(?:{_ORDINAL})?,?\s+(?P<year2>(?:19|20)\d\d)\b"
    rf"|\b(?P<year3>(?:19|20)\d\d)-(?P<month3>\d\d)-(?P<day3>\d\d)\b",
    re.IGNORECASE,
)


def described(path: Path, *, engine: Engine | None = None, password: str = "") -> dict[str, str]:
    """Return the fields of a manifest entry that a document shows: symbol, title, kind, iscm, date, language.

    What it does not show is "" (`kind`: `other`): these are proposals for a person to check, never guesses taken as
    facts. The ISCM is the mechanism named most in the title and the opening text. Raises InputError when the file
    cannot be read.
    """
    if engine is None:
        from pipeline.extract.document import own_engine

        engine = own_engine()
    read = parse(Source(slug="described"), path, engine=engine, password=password)
    printed = next((" ".join(p.text.split())[:300] for p in read.paragraphs if p.kind == "title"), "")
    title = printed if _NO_TITLE.search(read.title.strip()) else " ".join(read.title.split())
    text = "\n".join(p.text for p in read.paragraphs if p.kind != "furniture")
    shown = read_front(title, read.body, read.paragraphs, read.format)
    references = engine.extract(
        read.paragraphs, document="described", title=title, iscm="", language=read.language, ocr=read.ocr
    )
    return {
        "symbol": shown.symbol,
        "title": title,
        "kind": shown.kind,
        "iscm": " ".join(read.body.split()) or mechanism(read.paragraphs, references),
        "date": date_in(title) or date_in(text[:FRONT]) or date_in(text[-BACK:], last=True) or _iso(read.date),
        "language": read.language,
    }


def date_in(text: str, *, last: bool = False) -> str:
    """Return the first (or last) full date in a text as ISO, "" for none.

    >>> date_in("Done at Accra, 10–11 October 2017"), date_in("el 6 de julio de 2008"), date_in("2018")
    ('2017-10-11', '2008-07-06', '')
    """
    found = []
    for hit in _DATE.finditer(text):
        part: Mapping[str, str | None] = hit.groupdict()
        year = part["year"] or part["year2"] or part["year3"] or ""
        name = (part["month"] or part["month2"] or "").lower()
        month = _MONTHS[name] if name else int(part["month3"] or 0)
        day = int(part["day"] or part["day2"] or part["day3"] or 0)
        if 1 <= month <= 12 and 1 <= day <= 31:
            found.append(f"{year}-{month:02d}-{day:02d}")
    return (found[-1] if last else found[0]) if found else ""


def mechanism(paragraphs: Sequence[Paragraph], references: Sequence[Reference]) -> str:
    """Return the ISCM that is named most in the title and the opening text, "" when none or two are."""
    opening: set[str] = set()
    size = 0
    for paragraph in paragraphs:
        if size < FRONT:
            opening.add(paragraph.paragraph)
            size += len(paragraph.text)
    named = [r for r in references if r.category.startswith("iscm.") and r.canonical and r.paragraph in opening]
    titled = [r for r in named if r.paragraph == "TITLE"]
    counts = Counter[str]()
    for reference in titled or named:
        counts[reference.canonical] += reference.occurrences
    top = counts.most_common(2)
    return "" if not top or (len(top) == 2 and top[0][1] == top[1][1]) else top[0][0]


def _iso(date: str) -> str:
    found = re.match(r"\d{4}(-\d{2}(-\d{2})?)?(?!\d)", date)
    return found[0] if found else ""
