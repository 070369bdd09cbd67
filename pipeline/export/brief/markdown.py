"""A brief as Markdown: for a mail, a wiki, an issue, a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.cell import legible
from pipeline.extract.quote import Runs
from pipeline.tables.brief import labels
from pipeline.tables.brief.content import Brief, BriefLine, BriefPlace
from pipeline.translation import gettext

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~&])")
_NUMBERED = re.compile(r"^(\s*\d+)([.)])")
_UNSAFE = re.compile(r"[\s<>()\\\"]")


def render(brief: Brief) -> str:
    """Return the brief as Markdown in which no word of a document is markup."""
    return "\n".join(_lines(brief)) + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    colon = gettext(": ")
    yield f"# {gettext(labels.TITLE)}{colon}{escaped(brief.title)}"
    yield ""
    for fact in brief.facts:
        yield f"- **{escaped(fact.name)}**{colon}{_linked(fact.text, fact.address)}"
    for section in brief.sections:
        yield from ("", f"## {section.heading}", "")
        yield from (f"- {_line(line)}" for line in section.lines)
        if section.remark:
            yield from ([""] if section.lines else [])
            yield escaped(section.remark)
    yield from ("", "---", "", escaped(gettext(labels.FOOT)))


def _line(line: BriefLine) -> str:
    parts = [
        f"*{gettext(labels.MARKS[line.mark])}*" if line.mark else "",
        f"**{escaped(line.text)}**" if line.text else "",
    ]
    parts += [f"“{_rich(line.quote)}”" if line.quote else "", f"({escaped(line.notes)})" if line.notes else ""]
    return " ".join(filter(None, [*parts, ", ".join(map(_place, line.places))]))


def _rich(pieces: Runs) -> str:
    out = ""
    for piece in pieces:
        text = escaped(piece.text)
        inner = text.strip()
        out += text.replace(inner, f"**{inner}**", 1) if piece.is_bold and inner else text
    return out


def _place(place: BriefPlace) -> str:
    return _linked(place.citation, place.url, place.footnote)


def _linked(text: str, url: str, hint: str = "") -> str:
    if not url:
        return escaped(text)
    address = _UNSAFE.sub(lambda hit: "".join(f"%{byte:02X}" for byte in hit[0].encode()), legible(url))
    told = f' "{escaped(hint).replace(chr(34), chr(39))}"' if hint else ""
    return f"[{escaped(text)}](<{address}>{told})"


def escaped(text: str) -> str:
    r"""Text on one line in which nothing is markup.

    >>> escaped("[a](b)\n1. <b>")
    '\\[a\\](b) 1. \\<b\\>'
    """
    flat = _SPECIAL.sub(r"\\\1", " ".join(legible(text).split(" ")).replace("\n", " ").replace("\r", " "))
    return _NUMBERED.sub(r"\1\\\2", flat)
