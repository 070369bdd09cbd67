"""What a document shows of itself, as far as a manifest entry can hold it: title, kind, issuing ISCM, date, language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from extractors.model import Paragraph, Reference
from pipeline.corpus.manifest import Source
from pipeline.extract.document import Engine, parse

FRONT = 3_000
"""Characters at the beginning in which a document says what it is, and when and by whom it was adopted."""
BACK = 1_500
"""Characters at the end, where declarations that do not say it in front have "Done at ... on ..."."""

_NO_TITLE = re.compile(r"(?i)^(microsoft \w+\s*-|untitled|document\d*$)|\.(docx?|pdf|indd|qxd|rtf)$")
_SYMBOL = re.compile(r"\b[AES]/(?:RES|CONF\.\d+|DEC)/\d+(?:/\d+)*(?:/Add\.\d+|/Rev\.\d+)?\b")
_KINDS: tuple[tuple[str, str], ...] = (
    ("highlights", r"highlights"),
    ("communique", r"communiqu[eé]|comunicado"),
    ("declaration", r"declaration|declaraci[oó]n|d[eé]claration|declara[cç][aã]o|إعلان"),
    ("plan", r"action plan|plan of action|work ?plan|plan de acci[oó]n|plan d.action|plano de a[cç][aã]o"),
    ("resolution", r"resolution|resoluci[oó]n|r[eé]solution|resolu[cç][aã]o"),
    ("position", r"position|recommendations|recomendaciones|recommandations|inputs? (?:from|of|to)|contribution"),
    ("report", r"report|summary|conclusions|informe|rapport|relat[oó]rio|conclusiones"),
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january enero janvier janeiro",
            "february febrero février fevrier fevereiro",
            "march marzo mars março marco",
            "april abril avril",
            "may mayo mai maio",
            "june junio juin junho",
            "july julio juillet julho",
            "august agosto août aout",
            "september septiembre setiembre septembre setembro",
            "october octubre octobre outubro",
            "november noviembre novembre novembro",
            "december diciembre décembre decembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|º|ª)?\s+(?:de\s+|of\s+)?(?P<month>{_MONTH})\.?,?\s+(?:de[l]?\s+)?(?P<year>(?:19|20)\d\d)\b"
    rf"|\b(?P<month2>{_MONTH})\s+(?:\d{{1,2}}\s*[-–]\s*)?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>(?:19|20)\d\d)\b"
    rf"|\b(?P<year3>(?:19|20)\d\d)-(?P<month3>\d\d)-(?P<day3>\d\d)\b",
    re.IGNORECASE,
)


def described(path: Path, *, engine: Engine | None = None) -> dict[str, str]:
    """Return the fields of a manifest entry that a document shows: symbol, title, kind, iscm, date, language.

    What it does not show is "" (`kind`: `other`): these are proposals for a person to check, never guesses taken as
    facts. The ISCM is the mechanism named most in the title and the opening text. Raises InputError when the file
    cannot be read.
    """
    if engine is None:
        from pipeline.extract.document import own_engine

        engine = own_engine()
    read = parse(Source(slug="described"), path, engine=engine)
    printed = next((" ".join(p.text.split())[:300] for p in read.paragraphs if p.kind == "title"), "")
    title = printed if _NO_TITLE.search(read.title.strip()) else " ".join(read.title.split())
    text = "\n".join(p.text for p in read.paragraphs if p.kind != "furniture")
    front = f"{title}\n{text[:FRONT]}"
    symbol = _SYMBOL.search(front)
    references = engine.extract(
        read.paragraphs, document="described", title=title, iscm="", language=read.language, ocr=read.ocr
    )
    return {
        "symbol": symbol[0] if symbol else "",
        "title": title,
        "kind": kind_of(title, front),
        "iscm": " ".join(read.body.split()) or mechanism(read.paragraphs, references),
        "date": date_in(title) or date_in(text[:FRONT]) or date_in(text[-BACK:], last=True) or _iso(read.date),
        "language": read.language,
    }


def kind_of(title: str, front: str = "") -> str:
    """Return the kind of document that its title, or else its opening text, names.

    >>> kind_of("San José Declaration"), kind_of("Plan de Acción 2018"), kind_of("", "Resolution adopted by"), kind_of("x")
    ('declaration', 'plan', 'resolution', 'other')
    """
    if _SYMBOL.search(front) and "/RES/" in front:
        return "resolution"
    for text in (title, front[:600]):
        for kind, words in _KINDS:
            if re.search(rf"(?i)\b(?:{words})", text):
                return kind
    return "other"


def date_in(text: str, *, last: bool = False) -> str:
    """Return the first (or last) full date in a text as ISO, "" for none. English, Spanish, French and Portuguese.

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
