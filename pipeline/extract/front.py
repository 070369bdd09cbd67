"""What a document says of itself at its head: its own symbol, its kind, and its role where that is sure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extractors.lexicon.terms import Openings, Words, hidden, openings
from extractors.lexicon.yaml_file import Strict, folder, read_yaml
from extractors.model import Paragraph, Role
from extractors.text.dates import date_in
from extractors.text.normalization import normalize

SYMBOL = re.compile(r"\b[AES]/(?:RES|CONF\.\d+|DEC|AC\.\d+|[A-Z]{3,6}|\d{2,3})(?:/[A-Z]+)*/\d[\w.]*(?:/[\w.]+)*")
"""Symbols of United Nations documents: A/RES/73/195, A/CONF.231/3, E/ESCAP/GCM/PREP/6."""
_RESOLUTION = re.compile(r"\b[AES]/RES/\d")
_NUMBERED = re.compile(r"(\d{2}/\d{1,3})[.\s]")
_DATELINE = re.compile(r"[A-ZÀ-Þ][^.;:!?]{2,60}?(?:\.\s?-|\s-\s)|[A-ZÀ-Þ]{4,}(?: [A-ZÀ-Þ]+)*:\s")
"""How the press begins: "Quito, 22 September 2009.- ", "Colombo, Sri Lanka – ", "DUBAI: "."""
_HEAD = 12
_LONGEST = 300
_OPENING = 200

KindOfDocument = Literal["resolution", "declaration", "communique", "plan", "report", "position", "highlights", "other"]


class NamedKind(Strict):
    """A kind of document, the role that documents of this kind have, and the words by which titles call them."""

    kind: KindOfDocument
    role: Role
    words: Words


class FrontWords(Strict):
    """Everything in `lexicons/tables/documents.yaml`; the file says what each list is."""

    source: str
    marks: Mapping[Role, Words]
    kinds: tuple[NamedKind, ...]
    never: Words
    headlines: Words
    declares: Words
    reports: Words
    assembly: Words
    instruments: Words
    others: Words


@lru_cache(maxsize=1)
def front_words() -> FrontWords:
    """The words that come with the package. Raises LexiconError with file and line where the file breaks the format."""
    return read_yaml(folder() / "documents.yaml", FrontWords)


@dataclass(frozen=True, slots=True)
class Front:
    """What a document's head shows: "" where it shows nothing sure (`kind`: other).

    `adopted` is the ISO date of a resolution's masthead: "Resolution adopted by the General Assembly on 19 December 2018".
    """

    symbol: str = ""
    kind: KindOfDocument = "other"
    role: Role | Literal[""] = ""
    adopted: str = ""


def role_of_kind(kind: str) -> Role | Literal[""]:
    """The role that documents of a kind have, "" for other."""
    return next((named.role for named in front_words().kinds if named.kind == kind), "")


def read_front(title: str, body: str, paragraphs: Sequence[Paragraph], form: str = "") -> Front:
    """Read what a document's title and head say of it; `body` is its issuing body, `form` the format of its file.

    The role is told, in this order, by the masthead of a resolution, a mark in title or head (speech, draft, analysis,
    account), a headline, what the title calls the document, and how its text begins. What a meeting adopts that is none
    of a mechanism (`others`) is no outcome. A document that shows none of this has no role: it is never guessed.

    >>> read_front("Joint Communiqué of the Vice-Ministers", "", ())
    Front(symbol='', kind='communique', role='outcome', adopted='')
    """
    head, opening = _head(paragraphs)
    titles = [_plain(title), *head]
    symbol = _own_symbol(title, paragraphs, head)
    kind: KindOfDocument = "resolution" if _RESOLUTION.match(symbol) else "other"
    kind = kind if kind != "other" else next((k for t in titles if (k := _kind_at(t)[1]) != "other"), "other")
    role = _role(titles, opening, symbol, kind, form)
    if role == "outcome" and _has(front_words().others, *titles[:4], _plain(body)):
        role = "report"
    adopted = (date_in(text) for text in titles if _has(front_words().assembly, text))
    return Front(symbol, kind, role, next(filter(None, adopted), ""))


def _role(titles: Sequence[str], opening: str, symbol: str, kind: str, form: str) -> Role | Literal[""]:
    words = front_words()
    if _RESOLUTION.match(symbol) or _has(words.assembly, *titles):
        return "draft" if _has(words.marks.get("draft", {}), *titles) else "instrument"
    for role, marks in words.marks.items():
        if _has(marks, *titles):
            return role
    if _has(words.instruments, *titles):
        return "instrument"
    if _has(words.reports, opening, start=True):
        return "account"
    for title in titles:
        place, named = _kind_at(title)
        headline = _pattern(words.headlines).search(title)
        if headline and headline.start() < place:
            return "account"
        if named != "other":
            return role_of_kind(named)
    if _has(words.declares, opening, start=True):
        return "outcome"
    return "account" if _DATELINE.match(opening) or form == "html" else ""


def _head(paragraphs: Sequence[Paragraph]) -> tuple[list[str], str]:
    """The short pieces before the text itself, and how the text begins; without furniture."""
    head: list[str] = []
    for paragraph in paragraphs[: 3 * _HEAD]:
        if paragraph.kind in ("title", "heading", "frontmatter"):
            if len(head) < _HEAD:
                head.append(_plain(paragraph.text))
        elif paragraph.kind not in ("furniture", "note"):
            return head, _plain(paragraph.text.lstrip("0123456789.() "))[:_OPENING]
    return head, ""


def _own_symbol(title: str, paragraphs: Sequence[Paragraph], head: Sequence[str]) -> str:
    """The symbol that the document bears: at the start of its title or standing alone in its masthead, or that of a
    resolution whose title has its number ("73/195. ...")."""
    if found := SYMBOL.match(title.strip()):
        return found[0]
    for paragraph in paragraphs[:_HEAD]:
        text = paragraph.text.strip()
        if paragraph.kind in ("furniture", "frontmatter") and (found := SYMBOL.fullmatch(text)):
            return found[0]
    numbered = next((hit for t in (title, *head) if (hit := _NUMBERED.match(t.strip()))), None)
    return f"A/RES/{numbered[1]}" if numbered and _has(front_words().assembly, *head) else ""


def _kind_at(title: str) -> tuple[int, KindOfDocument]:
    """Where the first word of any kind stands in a title, and its kind; beyond its end for none."""
    clear = hidden(title, _pattern(front_words().never))
    found: list[tuple[int, int, KindOfDocument]] = []
    for named in front_words().kinds:
        if hit := _pattern(named.words).search(clear):
            found.append((hit.start(), -len(hit[0]), named.kind))
    place, _, kind = min(found, default=(len(title) + 1, 0, "other"))
    return place, kind


def _has(words: Words, *texts: str, start: bool = False) -> bool:
    hits = map(_pattern(words).search, texts)
    return any(hit and not (start and hit.start()) for hit in hits)


def _pattern(words: Words) -> Openings:
    """The words of all languages in one pattern; made once a list."""
    return openings(tuple(term for terms in words.values() for term in terms))


def _plain(text: str) -> str:
    return " ".join(normalize(text[:_LONGEST]).text.split())
