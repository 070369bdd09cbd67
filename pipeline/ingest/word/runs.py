"""What the runs of a Word paragraph print, and the children of its elements, whatever wraps them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.ingest.piece import Piece
from pipeline.ingest.word.package import child, number
from pipeline.ingest.word.styles import Formatting

WRAPPERS = frozenset(
    "w:sdt w:sdtContent w:ins w:moveTo w:smartTag w:customXml w:hyperlink w:fldSimple w:dir w:bdo mc:Choice "
    "w:ruby w:rubyBase m:oMath m:oMathPara".split()
)
_DROPPED = frozenset("w:del w:moveFrom w:rt w:pPr w:rPr w:sdtPr w:sdtEndPr w:instrText w:delText mc:Fallback".split())


@dataclass(slots=True)
class PrintedLine(Piece):
    """A printed line inside a paragraph, with its letters by size in points and the notes that it calls."""

    sizes: dict[float, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def put(self, string: str, look: Formatting) -> None:
        """Adds what a run prints; capitals by format are capitals, as on the page."""
        self.add(string.upper() if look.has_capitals else string, bool(look.is_bold), bool(look.is_italic))
        if look.size:
            self.sizes[look.size] = self.sizes.get(look.size, 0) + sum(map(str.isalpha, string))

    def join(self, after: PrintedLine) -> None:
        self.parts += after.parts
        self.notes += after.notes
        for size, letters in after.sizes.items():
            self.sizes[size] = self.sizes.get(size, 0) + letters


def joined(before: list[PrintedLine], after: list[PrintedLine]) -> list[PrintedLine]:
    """The lines of two paragraphs that are one."""
    before[-1].join(after[0])
    return before + after[1:]


def runs_of(paragraph: ET.Element) -> Iterator[tuple[ET.Element | None, ET.Element]]:
    """Every piece of a paragraph with the run it stands in; text boxes as a whole; of alternatives one."""
    stack: list[tuple[ET.Element | None, Iterator[ET.Element]]] = [(None, iter(paragraph))]
    while stack:
        run, rest = stack[-1]
        element = next(rest, None)
        if element is None:
            stack.pop()
        elif element.tag == "w:txbxContent":
            yield run, element
        elif element.tag == "mc:AlternateContent":
            options = [one for one in element if one.tag in ("mc:Choice", "mc:Fallback")]
            stack += [(run, iter(options[0]))] if options else []
        elif element.tag in ("w:r", "m:r"):
            stack.append((element, iter(element)))
        elif element.tag not in _DROPPED:
            yield run, element
            if len(element) and element.tag not in ("w:sym", "w:tab"):
                stack.append((run, iter(element)))


def string_of(element: ET.Element) -> str:
    """The characters that an element of a run prints."""
    if element.tag in ("w:t", "m:t"):
        return element.text or ""
    if element.tag in ("w:tab", "w:ptab"):
        return " "
    if element.tag == "w:noBreakHyphen":
        return "‑"
    if element.tag == "w:sym":
        code = element.get("w:char", "")
        point = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0x2022
        return "•" if 0xE000 <= point <= 0xF8FF or 0xD800 <= point <= 0xDFFF else chr(point)
    return ""


def descend(element: ET.Element, tag: str) -> Iterator[ET.Element]:
    """Children with that tag, also inside content controls and the like, but not inside each other."""
    for one in element:
        if one.tag == tag:
            yield one
        elif one.tag in WRAPPERS:
            yield from descend(one, tag)


def cells_of(row: ET.Element) -> Iterator[tuple[int, ET.Element]]:
    """The cells of a row with their columns, counted over merged ones from 1."""
    column = 1 + (number(child(row, "w:trPr"), "w:gridBefore") or 0)
    for cell in descend(row, "w:tc"):
        yield column, cell
        column += min(max(number(child(cell, "w:tcPr"), "w:gridSpan") or 1, 1), 1000)
