"""Footnotes that cite a document and a place in it, in the form of the United Nations Editorial Manual.

A document with a symbol is cited by it (Footnotes, III.A and III.E): "A/RES/73/195, annex, para. 22 (b)". Any other is
cited by its body, its title in quotation marks, its date and place, and where it is available (IV.A, IV.J, IV.M). The
Manual cites paragraphs rather than pages; the page stands behind them, for readers who open the file. A footnote is in
English, whatever the language of the document; titles stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from extractors.lexicon.language import any_word, languages
from extractors.model import DocumentRow
from pipeline.segment.citation import ANNEX, base
from pipeline.tables.speakers import is_other_body

ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
UNDATED = "n.d."
_RESOLUTION = re.compile(r"[AES]/(?:[A-Z]+/)*RES/")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
_BODIES = frozenset({"", "outcome", "report", "instrument", "draft"})
"""Roles of documents whose body is their author: who held a speech or wrote about a mechanism is not the mechanism."""
_CALLED = {"speech": "statement", "draft": "draft"}
_ARTICLE = re.compile(
    rf"(?:{any_word(lambda language: language.numbering.articles)})\.?\s*([^/]+)(?:/(.+))?", re.IGNORECASE
)
_CELL = re.compile(r"T(\d+)/R(\d+)/C(\d+)")
_NEXT = re.compile(r"; (?=heading “|H:|TITLE|¶|§|(?:PP|OP|FM|BM|T)?\d)")
"""Where a list of paragraphs goes on behind a heading, which may hold commas and semicolons itself."""
_SECTION = re.compile(r"([IVXLC]+|[A-Z])\.(\d.*)")
_SEVERAL = {"para.": "paras.", "column": "columns"}
_ONE = re.compile(r"\b(?:para\.|column)$")
_SPELLED = 9
"""Ordinal numbers up to here are words (Editorial Manual, Numbers)."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote in its parts: the source, the place in it, and the address where it is available, "" for none."""

    source: str
    place: str = ""
    address: str = ""

    @property
    def printed(self) -> str:
        """The footnote without the address, for lists that say it once."""
        return ", ".join(filter(None, (self.source, self.place)))

    def __str__(self) -> str:
        return f"{self.printed.removesuffix('.')}. Available at {self.address}" if self.address else self.printed


class CitedPlace(NamedTuple):
    """A paragraph as it is cited: the part it stands in, words before its number, the number, words behind it."""

    part: str = ""
    before: str = ""
    number: str = ""
    behind: str = ""


def footnote(document: DocumentRow, citation: str = "", page: int | None = None) -> str:
    """Return the footnote for a place in a document: `citation` is a paragraph id or what the tables cite ("PP2, §47, 50").

    >>> compact = DocumentRow("gcm", symbol="A/RES/73/195")
    >>> footnote(compact, "22(b)", 14), footnote(compact, "PP2"), footnote(compact, "§47, 50(a)")
    ('A/RES/73/195, annex, para. 22 (b), p. 14', 'A/RES/73/195, second preambular para.', 'A/RES/73/195, annex, paras. 47 and 50 (a)')
    """
    return str(cite(document, citation, page))


def cite(document: DocumentRow, citation: str = "", page: int | None = None) -> Footnote:
    """Return the same in its parts."""
    place = _cite_place(citation, is_resolution=bool(_RESOLUTION.match(document.symbol)))
    address = document.url if not document.symbol and _ADDRESS.fullmatch(document.url) else ""
    if page:
        place = ", ".join(filter(None, (place, f"p. {page}")))
        address = f"{address}#page={page}" if address and document.format == "pdf" else address
    return Footnote(cite_source(document), place, address)


@lru_cache(maxsize=4096)
def _cite_place(citation: str, *, is_resolution: bool) -> str:
    """The paragraphs of a citation as they are printed; kept, as many rows cite the same numbers."""
    units = [_unit(one, is_resolution=is_resolution) for one in _listed(citation)]
    return "; ".join(_joined([unit for unit in units if unit != CitedPlace()]))


@lru_cache(maxsize=4096)
def cite_source(document: DocumentRow) -> str:
    """Return how a document is cited as a whole: its symbol, else body, title, what it is and date.

    >>> cite_source(DocumentRow("d", title="Lake Declaration", iscm="Lake Process", role="outcome", date="2022-06-10"))
    'Lake Process, “Lake Declaration”, 10 June 2022'
    """
    if document.symbol:
        return document.symbol
    title = " ".join((document.title or document.document).split())
    parts = [author(document), _quoted(title), _CALLED.get(document.role, "")]
    if not _states_date(title, document.date):
        parts.append(printed_date(document.date) or UNDATED)
    return ", ".join(filter(None, parts))


def author(document: DocumentRow) -> str:
    """Return the body that a document is of, "" where none is known, it is not the author, or the title names it."""
    body = " ".join(document.iscm.split())
    bare = re.sub(r"\s*\([^()]*\)", "", body).casefold()
    if document.role not in _BODIES or is_other_body(body) or (bare and bare in document.title.casefold()):
        return ""
    return body


def printed_date(date: str) -> str:
    """Return an ISO date, possibly only a year or month, as it is printed; "" for none.

    >>> printed_date("2022-06-10"), printed_date("2013-07"), printed_date("2017"), printed_date("")
    ('10 June 2022', 'July 2013', '2017', '')
    """
    told = ISO_DATE.match(date)
    if not told:
        return ""
    year, month, day = told.groups()
    named = languages()["en"].numbering.months[int(month) - 1][0].capitalize() if month and 0 < int(month) < 13 else ""
    return " ".join(filter(None, (str(int(day)) if day and named else "", named, year)))


def _states_date(title: str, date: str) -> bool:
    """Whether a title has the whole date, in any language: "Cancún, 29 y 30 de mayo de 2003"."""
    told = ISO_DATE.match(date)
    if not told:
        return bool(re.search(r"\b(?:19|20)\d\d\b", title)) and not date
    year, month, day = told.groups()
    words = set(re.findall(r"\w+", title.casefold()))
    months = {form for language in languages().values() for form in language.numbering.months[int(month or 1) - 1]}
    return year in words and (not month or bool(words & months)) and (not day or str(int(day)) in words)


def _listed(citation: str) -> Iterator[str]:
    """The paragraphs of a citation: one id, or the list that the tables print ("PP2, §47, 50; heading “A, b”")."""
    for part in _NEXT.split(citation):
        whole = "H:" in part or part.startswith("heading “") or ", footnote " in part
        yield from filter(None, (one.strip() for one in ([part] if whole else part.split(", "))))


def _unit(cited: str, *, is_resolution: bool) -> CitedPlace:
    """How one paragraph is cited. The numbers of a resolution's annex are plain, those of the resolution begin with OP.

    CASE 1  heading, title, table cell: "H:Vision", "TITLE", "T1/R2/C3"; cover and end pages have no place of their own
    CASE 2  preambular and operative paragraphs: "PP2", "OP1", "PP2 bis"
    CASE 3  annex and article, each with a place in it: "Annex II/8(h)", "Article 2/1"
    CASE 4  unnumbered paragraphs, by their count: "¶3"
    CASE 5  sections with numbers of their own: "I.4"
    CASE 6  numbers: "22(b)", in a resolution those of its annex
    """
    paragraph, _, note = base(cited.removeprefix("§")).partition(", footnote ")
    if note:
        unit = _unit(paragraph, is_resolution=is_resolution)
        return unit._replace(number=f"{unit.number}, footnote {note}")
    if paragraph.startswith(("H:", "heading “")):
        return CitedPlace(
            before="heading", number=_quoted(paragraph.removeprefix("H:").removeprefix("heading “").strip(" ”"))
        )
    if paragraph in ("TITLE", "PP0"):
        return CitedPlace(number="title" if paragraph == "TITLE" else "opening words")
    if re.fullmatch(r"(?:FM|BM)\d*", paragraph):
        return CitedPlace()
    if cell := _CELL.fullmatch(paragraph):
        return CitedPlace(f"table {cell[1]}, row {cell[2]}", "column", cell[3])
    if (place := paragraph.removeprefix("PP")) != paragraph:
        if place.isdecimal():
            return CitedPlace(number=_ordinal(int(place)), behind="preambular para.")
        return CitedPlace(before="preambular para.", number=_spaced(place))
    if paragraph.startswith("OP"):
        return CitedPlace(before="para.", number=_spaced(paragraph[2:]))
    if (annex := ANNEX.match(paragraph)) and annex.end():
        rest = paragraph[annex.end() :]
        inside = _unit(rest, is_resolution=False) if rest else CitedPlace()
        return inside._replace(part=", ".join(filter(None, (f"annex {annex[1] or ''}".strip(), inside.part))))
    if article := _ARTICLE.fullmatch(paragraph):
        named = f"art. {article[1].strip()}"
        return CitedPlace(named, "para.", _spaced(article[2])) if article[2] else CitedPlace(named)
    if paragraph.startswith("¶"):
        return CitedPlace(before="unnumbered para.", number=_spaced(paragraph[1:]))
    if section := _SECTION.fullmatch(paragraph):
        return CitedPlace(f"sect. {section[1]}", "para.", _spaced(section[2]))
    return CitedPlace("annex" if is_resolution else "", "para.", _spaced(paragraph))


def _joined(units: Sequence[CitedPlace]) -> Iterator[str]:
    """Paragraphs that are cited in the same words, together: "annex, paras. 47, 50 and 52"."""
    for (part, before, behind), group in groupby(units, key=lambda unit: (unit.part, unit.before, unit.behind)):
        numbers = list(dict.fromkeys(unit.number for unit in group))
        if len(numbers) > 1:
            before, behind = (_ONE.sub(lambda one: _SEVERAL[one[0]], words) for words in (before, behind))
            numbers = [f"{', '.join(numbers[:-1])} and {numbers[-1]}"]
        place = " ".join(filter(None, (before, numbers[0], behind)))
        if part or place:
            yield ", ".join(filter(None, (part, place)))


def _quoted(text: str) -> str:
    """Text in quotation marks, those inside it single ones."""
    inner = re.sub(r'"([^"]*)"', r"‘\1’", text).translate({ord("“"): "‘", ord("”"): "’", ord('"'): "’"})
    return f"“{inner}”"


def _spaced(number: str) -> str:
    """The points of a paragraph as the United Nations print them: "43(b)(iii)" -> "43 (b) (iii)"."""
    return re.sub(r"\s*\(", " (", number).strip()


def _ordinal(number: int) -> str:
    if 0 < number <= _SPELLED:
        return languages()["en"].numbering.ordinals[number - 1][0]
    tail = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{tail}"
