"""Word documents (.docx): paragraphs and tables in order, with the numbers that Word makes and the notes it calls."""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.errors import InputError
from pipeline.ingest.archive import Archive
from pipeline.ingest.line import Ingested, Line, Role
from pipeline.ingest.mark import note_calls, ordinal, split_bullet
from pipeline.ingest.numbering import Numbering
from pipeline.ingest.ooxml import child, flag, number, parse_xml, text
from pipeline.ingest.style import Look, Styles, look_of
from pipeline.settings import Limits

_WRAPPERS = frozenset(
    "w:sdt w:sdtContent w:ins w:moveTo w:smartTag w:customXml w:hyperlink w:fldSimple w:dir w:bdo mc:Choice "
    "w:ruby w:rubyBase m:oMath m:oMathPara".split()
)
_DROPPED = frozenset("w:del w:moveFrom w:rt w:pPr w:rPr w:sdtPr w:sdtEndPr w:instrText w:delText mc:Fallback".split())
_NOTE_SKIPPED = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_NOTE_STYLES = {"lowerRoman", "upperRoman", "lowerLetter", "upperLetter", "decimal"}
_CHICAGO = "*†‡§"


@dataclass(slots=True)
class _Piece:
    """A printed line inside a paragraph: its text and, for telling its style, letters in all, bold and italic."""

    parts: list[str] = field(default_factory=list)
    letters: int = 0
    bold: int = 0
    italic: int = 0
    sizes: dict[float, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, string: str, look: Look) -> None:
        letters = sum(map(str.isalpha, string))
        self.parts.append(string)
        self.letters += letters
        self.bold += letters if look.bold else 0
        self.italic += letters if look.italic else 0
        if look.size:
            self.sizes[look.size] = self.sizes.get(look.size, 0) + letters

    def text(self) -> str:
        return " ".join("".join(self.parts).split())


def read_docx(data: bytes, *, name: str, sha256: str, limits: Limits) -> Ingested:
    """Reads a Word document into lines: one a paragraph (more where it has line breaks), each note after its call.

    Automatic numbers are computed and given as `mark`; deleted and hidden text is left out, inserted text kept;
    running heads and feet are furniture. Raises InputError for packages that are damaged, too large or no document.
    """
    with Archive(data, name=name, expanded_bytes=limits.expanded_bytes) as archive:
        document = _Document(archive, name, limits)
        lines = document.read()
        metadata = document.metadata()
    if not any(line.role != "furniture" for line in lines):
        raise InputError(name, "no text in this Word document", "it may hold only images: fetch another format")
    return Ingested(name, sha256, "docx", lines, 0, metadata)


class _Document:
    """One package while it is read: its parts, its running counters and the lines so far."""

    def __init__(self, archive: Archive, name: str, limits: Limits) -> None:
        self.archive, self.name, self.nesting = archive, name, limits.nesting
        self.main = next(iter(self.related("", "officeDocument")), "") or "word/document.xml"
        root = self.part(self.main)
        body = child(root, "w:body")
        if body is None:
            raise InputError(name, "a Word package without a document in it", "save it again in a word processor")
        self.body = body
        self.styles = Styles(self.first("styles"))
        self.numbering = Numbering(self.first("numbering"), self.styles.lists())
        self.note_parts = {kind: self.notes_of(f"{kind}s") for kind in ("footnote", "endnote")}
        self.note_styles = {kind: self.note_style(kind) for kind in ("footnote", "endnote")}
        self.note_counts = {"footnote": 0, "endnote": 0}
        self.lines: list[Line] = []
        self.tables = 0
        self.boxes: list[ET.Element] = []
        self.pending: list[tuple[str, str, str]] = []

    def part(self, path: str) -> ET.Element | None:
        data = self.archive.read(path)
        return parse_xml(data, name=self.name, nesting=self.nesting) if data.strip() else None

    def related(self, source: str, kind: str) -> list[str]:
        """Paths of the parts that `source` ("" = the package) names as its `kind`."""
        folder, file = posixpath.split(source)
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        return [
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
            for one in (root if root is not None else ())
            if one.get("Type", "").endswith(f"/{kind}") and one.get("TargetMode") != "External"
        ]

    def first(self, kind: str) -> ET.Element | None:
        path = next(iter(self.related(self.main, kind)), "")
        return self.part(path) if path else None

    def notes_of(self, kind: str) -> dict[str, ET.Element]:
        root = self.first(kind)
        return {
            one.get("w:id", ""): one
            for one in (root if root is not None else ())
            if one.get("w:type") not in _NOTE_SKIPPED
        }

    def note_style(self, kind: str) -> tuple[str, int]:
        """How notes of a kind are numbered, and from what number, by the last section that says so."""
        style, start = "lowerRoman" if kind == "endnote" else "decimal", 1
        for properties in self.body.iter(f"w:{kind}Pr"):
            style = text(properties, "w:numFmt") or style
            start = number(properties, "w:numStart") or start
        return style, start

    def metadata(self) -> dict[str, str]:
        path = next(iter(self.related("", "core-properties")), "docProps/core.xml")
        root = self.part(path)
        wanted = {"dc:title": "title", "dc:creator": "author", "dc:subject": "subject", "dc:language": "language"}
        wanted |= {"dcterms:created": "created", "dcterms:modified": "modified", "dc:description": "description"}
        found = {
            wanted[one.tag]: " ".join((one.text or "").split())
            for one in (root if root is not None else ())
            if one.tag in wanted
        }
        return {key: string for key, string in found.items() if string}

    def read(self) -> tuple[Line, ...]:
        heads = self.running("header")
        self.block(self.body)
        return (*heads, *self.lines, *self.running("footer"))

    def running(self, kind: str) -> list[Line]:
        """Running heads or feet as furniture, each wording once."""
        found: dict[str, None] = {}
        for path in self.related(self.main, kind):
            root = self.part(path)
            for paragraph in root.iter("w:p") if root is not None else ():
                pieces, _ = self.pieces(paragraph, self.styles.paragraph(""))
                found.update({piece.text(): None for piece in pieces if piece.text()})
        self.boxes, self.pending = [], []
        return [Line(string, "furniture") for string in found]

    def block(self, parent: ET.Element, cell: str = "") -> None:
        for element in parent:
            if element.tag == "w:p":
                self.paragraph(element, cell)
            elif element.tag == "w:tbl":
                self.table(element, cell)
            elif element.tag in _WRAPPERS or element.tag == "mc:AlternateContent":
                self.block(element, cell)

    def table(self, table: ET.Element, cell: str) -> None:
        """A table's cells in order, merged ones once; one column is a frame, and a table in a cell is its text."""
        rows = [row for row in _descend(table, "w:tr") if child(child(row, "w:trPr"), "w:del") is None]
        framed = bool(cell) or max((len(list(_cells(row))) for row in rows), default=0) < 2
        if not framed:
            self.tables += 1
        for at, row in enumerate(rows, 1):
            for column, one in _cells(row):
                merged = child(child(one, "w:tcPr"), "w:vMerge")
                if merged is None or merged.get("w:val") == "restart":
                    self.block(one, cell if framed else f"T{self.tables}/R{at}/C{column}")

    def paragraph(self, paragraph: ET.Element, cell: str = "", note: str | None = None) -> None:
        properties = child(paragraph, "w:pPr")
        key = text(properties, "w:pStyle")
        look = look_of(properties, None).over(self.styles.paragraph(key))
        pieces, hidden = self.pieces(paragraph, look)
        shown = [piece for piece in pieces if piece.text()]
        mark_gone = child(properties, "w:rPr")
        gone = child(mark_gone, "w:del") is not None or bool(flag(mark_gone, "w:vanish")) or hidden
        mark, depth = ("", 0) if gone and not shown else self.mark(look, key)
        role: Role = "note" if note is not None else "cell" if cell else "body"
        for at, piece in enumerate(shown):
            typed, words = split_bullet(piece.text()) if at == 0 and not mark else ("", piece.text())
            self.lines.append(
                Line(
                    words,
                    role,
                    size=max(piece.sizes, key=lambda size: piece.sizes[size]) if piece.sizes else None,
                    bold=0 < piece.letters == piece.bold,
                    italic=0 < piece.letters == piece.italic,
                    centred=bool(look.centred),
                    breaks=at == 0,
                    mark=(mark or typed) if at == 0 else "",
                    depth=depth,
                    heading=look.heading or None if role == "body" else None,
                    cell=cell if role == "cell" else "",
                    note=note or "",
                    notes=tuple(piece.notes),
                )
            )
        self.attached(cell, note)

    def mark(self, look: Look, key: str) -> tuple[str, int]:
        if not look.list_id or look.list_id == "0":
            return "", 0
        depth = look.level
        if depth is None:
            depth = self.numbering.level_of_style(look.list_id, key) or 0
        return self.numbering.mark(look.list_id, depth), depth

    def attached(self, cell: str, note: str | None) -> None:
        """What hangs on the paragraph just read: its text boxes, then the notes it called."""
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.block(box, cell)
        pending, self.pending = self.pending, []
        for kind, key, printed in pending if note is None else ():
            element = self.note_parts[kind].pop(key, None)  # each note once, however often it is called
            for paragraph in element.iter("w:p") if element is not None else ():
                before = len(self.lines)
                self.paragraph(paragraph, note=printed)
                if len(self.lines) > before:
                    self.lines[before] = _without_mark(self.lines[before], printed)

    def pieces(self, paragraph: ET.Element, look: Look) -> tuple[list[_Piece], bool]:
        """The paragraph's printed lines, and whether it has text that is all hidden."""
        pieces = [_Piece()]
        hidden = False
        custom: tuple[str, str] | None = None
        for run, element in _runs(paragraph):
            properties = child(run, "w:rPr")
            style = self.styles.resolved(text(properties, "w:rStyle"))
            own = look_of(None, properties).over(style).over(look)
            if own.hidden:
                hidden = hidden or bool(element.text)
                continue
            string = _string(element)
            if custom and string.strip():
                self.call(*custom, string.strip(), pieces[-1])
                custom = None
            elif element.tag in ("w:footnoteReference", "w:endnoteReference"):
                kind, key = element.tag[2:-9], element.get("w:id", "")
                if element.get("w:customMarkFollows") in ("1", "true", "on"):
                    custom = (kind, key)
                elif key in self.note_parts[kind]:
                    self.note_counts[kind] += 1
                    self.call(kind, key, self.note_mark(kind), pieces[-1])
            elif element.tag in ("w:br", "w:cr"):
                pieces.append(_Piece())
            elif element.tag == "w:txbxContent":
                self.boxes.append(element)
            elif own.raised and (called := note_calls("".join(pieces[-1].parts[-8:]), string)):
                pieces[-1].notes += called
            elif string:
                pieces[-1].add(string, own)
        return pieces, hidden and not any(piece.text() for piece in pieces)

    def call(self, kind: str, key: str, printed: str, piece: _Piece) -> None:
        piece.notes.append(printed)
        self.pending.append((kind, key, printed))

    def note_mark(self, kind: str) -> str:
        style, start = self.note_styles[kind]
        count = self.note_counts[kind] + start - 1
        if style == "chicago":
            return _CHICAGO[(count - 1) % 4] * ((count - 1) // 4 + 1)
        return ordinal(count, style if style in _NOTE_STYLES else "decimal")


def _without_mark(line: Line, mark: str) -> Line:
    """A note's first line without the custom mark that is typed at its start."""
    found = re.match(rf"{re.escape(mark)}\s+(?=\S)", line.text)
    return replace(line, text=line.text[found.end() :]) if found else line


def _runs(paragraph: ET.Element) -> Iterator[tuple[ET.Element | None, ET.Element]]:
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


def _string(element: ET.Element) -> str:
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


def _descend(element: ET.Element, tag: str) -> Iterator[ET.Element]:
    """Children with that tag, also inside content controls and the like, but not inside each other."""
    for one in element:
        if one.tag == tag:
            yield one
        elif one.tag in _WRAPPERS:
            yield from _descend(one, tag)


def _cells(row: ET.Element) -> Iterator[tuple[int, ET.Element]]:
    """The cells of a row with their columns, counted over merged ones from 1."""
    column = 1 + (number(child(row, "w:trPr"), "w:gridBefore") or 0)
    for cell in _descend(row, "w:tc"):
        yield column, cell
        column += min(max(number(child(cell, "w:tcPr"), "w:gridSpan") or 1, 1), 1000)
