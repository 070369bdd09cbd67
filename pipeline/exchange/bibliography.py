"""Documents as entries of a bibliography: footnotes of the United Nations, RIS, BibTeX and CSL-JSON.

Reference managers take RIS, BibTeX and CSL-JSON. The fields are those that Zotero reads: the body is the institution, the
symbol the number of the report. A title stands in the language of its document, which a field of its own names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple
from urllib.parse import quote

from extractors.lexicon.language import languages
from extractors.model import DocumentRow
from extractors.text.identity import make_identity
from pipeline.tables.footnotes import ISO_DATE, author, footnote

Type = Literal["report", "speech", "webpage"]
_RIS: Mapping[Type, str] = {"report": "RPRT", "speech": "SLIDE", "webpage": "ELEC"}
"""SLIDE is the type that Zotero reads as a presentation, which is the speech of CSL."""
_ORGANS = {"A": "General Assembly", "E": "Economic and Social Council", "S": "Security Council"}
"""First part of a symbol -> the organ of the United Nations whose document it is."""
_LANGUAGES = {"en": "english", "es": "spanish", "fr": "french", "pt": "portuguese", "ar": "arabic"}
"""Language -> its name in LaTeX."""
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # braces count in BibTeX even behind a backslash
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: "\\" + sign for sign in "$&#_%"},
    }
)
_ADDRESS_SAFE = ":/?#[]@!$&'()*+,;=%~"


class IssuedDate(NamedTuple):
    """A date as far as it is known: a year, a year and month, or a day."""

    year: int
    month: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    """A document as a bibliography lists it; "" and None stand for what is not known. `key` is unique and plain ASCII."""

    key: str
    type: Type
    title: str
    body: str
    publisher: str
    number: str
    genre: str
    issued: IssuedDate | None
    language: str
    url: str


def write_footnotes(documents: Sequence[DocumentRow]) -> str:
    """Return one footnote a line, each of a document as a whole."""
    return "".join(f"{_line(footnote(document))}\n" for document in documents)


def write_ris(documents: Sequence[DocumentRow]) -> str:
    """Return the documents in RIS. A field is one line, whatever its text held.

    A reader takes what stands before the first comma of an author for the family name: a body with a comma in its name is
    only the publisher.
    """
    return "".join("".join(f"{tag}  - {value}\r\n" for tag, value in _ris(one)) for one in entries(documents))


def _ris(entry: BibliographyEntry) -> Iterator[tuple[str, str]]:
    date = entry.issued
    fields = (
        ("TY", _RIS[entry.type]),
        ("ID", entry.key),
        ("TI", entry.title),
        ("AU", "" if "," in entry.body else entry.body),
        ("PB", entry.publisher or entry.body),
        ("SN", entry.number),
        ("M3", entry.genre),
        ("PY", f"{date.year:04}" if date else ""),
        ("DA", "/".join(f"{part:02}" if part else "" for part in (*date, 0)) if date else ""),
        ("LA", entry.language),
        ("UR", entry.url),
    )
    yield from ((tag, value) for tag, value in fields if value)
    yield "ER", ""


def write_bibtex(documents: Sequence[DocumentRow]) -> str:
    """Return the documents in BibTeX (UTF-8, as biber reads it): titles keep their capitals, bodies are one name."""
    return "\n".join(_bibtex(entry) for entry in entries(documents))


def _bibtex(entry: BibliographyEntry) -> str:
    date = entry.issued
    months = languages()["en"].numbering.months
    fields = {
        "author": f"{{{{{_escaped(entry.body)}}}}}" if entry.body else "",
        "title": f"{{{{{_escaped(entry.title)}}}}}",
        "institution": f"{{{_escaped(entry.publisher or entry.body)}}}" if entry.type == "report" else "",
        "number": f"{{{_escaped(entry.number)}}}" if entry.number else "",
        "type": f"{{{entry.genre}}}" if entry.genre else "",
        "year": f"{{{date.year}}}" if date else "",
        "month": months[date.month - 1][0][:3] if date and date.month else "",
        "day": f"{{{date.day}}}" if date and date.day else "",
        "langid": f"{{{_LANGUAGES[entry.language]}}}" if entry.language in _LANGUAGES else "",
        "url": f"{{{entry.url}}}" if entry.url else "",
    }
    kind = "techreport" if entry.type == "report" else "misc"
    lines = (f"  {name} = {value},\n" for name, value in fields.items() if value not in ("", "{}"))
    return f"@{kind}{{{entry.key},\n{''.join(lines)}}}\n"


def write_csl(documents: Sequence[DocumentRow]) -> str:
    """Return the documents in CSL-JSON."""
    items = []
    for entry in entries(documents):
        item: dict[str, object] = {"id": entry.key, "type": entry.type, "title": entry.title}
        item |= {"author": [{"literal": entry.body}]} if entry.body else {}
        item |= {"issued": {"date-parts": [[part for part in entry.issued if part]]}} if entry.issued else {}
        named = {"publisher": entry.publisher or entry.body, "number": entry.number, "genre": entry.genre}
        item |= {
            name: value for name, value in (named | {"language": entry.language, "URL": entry.url}).items() if value
        }
        items.append(item)
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


WRITERS: Mapping[str, Callable[[Sequence[DocumentRow]], str]] = {
    "footnote": write_footnotes,
    "ris": write_ris,
    "bibtex": write_bibtex,
    "csl": write_csl,
}
"""Format -> what writes documents in it."""


def entries(documents: Sequence[DocumentRow]) -> list[BibliographyEntry]:
    """Return the entry of each document.

    >>> entries([DocumentRow("a", title="Lake Declaration", role="outcome", date="2022-06")])[0].issued
    IssuedDate(year=2022, month=6, day=0)
    """
    out: list[BibliographyEntry] = []
    keys: set[str] = set()
    for document in documents:
        organ = _ORGANS.get(document.symbol.partition("/")[0], "") if "/" in document.symbol else ""
        key = re.sub(r"[^A-Za-z0-9_.:-]+", "_", document.document).strip("_") or "document"
        if key in keys or key != document.document:
            key = f"{key}-{make_identity(document.document)}"
        keys.add(key)
        out.append(
            BibliographyEntry(
                key=key,
                type=_type(document),
                title=_line(document.title.removeprefix(document.symbol) or document.document),
                body=f"United Nations {organ}" if organ else _line(author(document)),
                publisher="United Nations" if organ else "",
                number=_line(document.symbol),
                genre="" if document.kind in ("", "other") else document.kind.capitalize(),
                issued=_issued(document.date),
                language=document.language,
                url=_address(document.url),
            )
        )
    return out


def _type(document: DocumentRow) -> Type:
    if document.role == "speech":
        return "speech"
    is_page = not document.symbol and (document.role == "account" or document.format == "html")
    return "webpage" if is_page and document.url else "report"


def _issued(date: str) -> IssuedDate | None:
    told = ISO_DATE.match(date)
    if not told:
        return None
    year, month, day = (int(part or 0) for part in told.groups())
    return IssuedDate(year, month, day if month else 0) if 0 <= month <= 12 else IssuedDate(year)


def _address(url: str) -> str:
    """An address that ends no field: what cannot stand in one is percent-encoded; "" where it is none."""
    return quote(url, safe=_ADDRESS_SAFE) if re.match(r"https?://", url) else ""


def _line(text: str) -> str:
    """Text in one line, without characters that could end a field or write on a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
