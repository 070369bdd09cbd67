"""Word documents (.docx): paragraphs and tables in order, with the numbers that Word makes and the notes it calls."""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.errors import InputError
from pipeline.ingest.archive import Archive
from pipeline.ingest.bounded import require_size
from pipeline.ingest.frames import TableFacts, without_frames
from pipeline.ingest.line import Ingested, Line, Role
from pipeline.ingest.marks import note_calls, split_bullet
from pipeline.ingest.numerals import ordinal
from pipeline.ingest.piece import moved
from pipeline.ingest.printed_lines import with_breaks
from pipeline.ingest.word.numbering import WordLists
from pipeline.ingest.word.package import child, flag, number, parse_xml, text
from pipeline.ingest.word.runs import WRAPPERS, PrintedLine, cells_of, descend, joined, runs_of, string_of
from pipeline.ingest.word.styles import Formatting, Styles, look_of
from pipeline.settings import Limits

_NOTE_SKIPPED = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_NOTE_STYLES = {"lowerRoman", "upperRoman", "lowerLetter", "upperLetter", "decimal"}
_CHICAGO = "*†‡§"
_UNREAD = {"dgm:relIds": "a diagram", "w:subDoc": "a subdocument"}


@dataclass(slots=True)
class _Carried:
    """A paragraph whose mark was deleted, moved away or hidden, or a drop cap: it goes on in the next paragraph."""

    pieces: list[PrintedLine]
    look: Formatting
    key: str


def read_docx(data: bytes, *, name: str, sha256: str, limits: Limits) -> Ingested:
    """Reads a Word document into lines: one a paragraph (more where it has line breaks), each note after its call.

    Automatic numbers are computed and given as `mark`. The text is that of the page with all changes accepted: deleted
    and hidden text and places moved from are left out, paragraphs whose marks were deleted are one, capitals by format
    are capitals. Running heads and feet are furniture; embedded pages and documents are read in their place, and what is
    not read (diagrams) is a warning. Raises InputError for packages that are damaged, too large or no document.
    """
    with Archive(data, name=name, expanded_bytes=limits.expanded_bytes) as archive:
        document = _Document(archive, name, limits)
        lines = document.read()
        metadata = document.metadata()
        warnings = tuple(dict.fromkeys(document.warnings))
    if not any(line.role != "furniture" for line in lines):
        raise InputError(name, "no text in this Word document", "it may hold only images: fetch another format")
    return Ingested(name, sha256, "docx", lines, 0, metadata, warnings=warnings)


class _Document:
    """One package while it is read: its parts, its running counters and the lines so far."""

    def __init__(self, archive: Archive, name: str, limits: Limits, *, is_outer: bool = True) -> None:
        self.archive, self.name, self.limits, self.is_outer = archive, name, limits, is_outer
        self.main = next(iter(self.related("", "officeDocument")), "") or "word/document.xml"
        root = self.part(self.main)
        body = child(root, "w:body")
        if body is None:
            raise InputError(name, "a Word package without a document in it", "save it again in a word processor")
        self.body = body
        self.styles = Styles(self.first("styles"))
        self.numbering = WordLists(self.first("numbering"), self.styles.lists())
        self.note_parts = {kind: self.notes_of(f"{kind}s") for kind in ("footnote", "endnote")}
        self.note_styles = {kind: self.note_style(kind) for kind in ("footnote", "endnote")}
        self.note_counts = {"footnote": 0, "endnote": 0}
        self.lines: list[Line] = []
        self.tables: list[TableFacts] = []
        self.carried: _Carried | None = None
        self.warnings: list[str] = []
        self.boxes: list[ET.Element] = []
        self.pending: list[tuple[str, str, str]] = []

    def part(self, path: str) -> ET.Element | None:
        data = self.archive.read(path)
        require_size(self.name, self.limits, lines=max(data.count(b"</w:p>"), data.count(b"</w:tc>")))
        return parse_xml(data, name=self.name, nesting=self.limits.nesting) if data.strip() else None

    def relations(self, source: str) -> Iterator[tuple[str, str, str]]:
        """Id, kind and path of the parts that `source` ("" = the package) names, those outside of the package left out."""
        folder, file = posixpath.split(source)
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        for one in root if root is not None else ():
            if one.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
                yield one.get("Id", ""), one.get("Type", "").rpartition("/")[2], path

    def related(self, source: str, kind: str) -> list[str]:
        return [path for _, own, path in self.relations(source) if own == kind]

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
        if not found.get("language"):  # what its styles are written in
            found["language"] = self.styles.language
        return {key: string for key, string in found.items() if string}

    def read(self) -> tuple[Line, ...]:
        heads = self.running("header")
        self.block(self.body)
        self.release()
        lines = with_breaks(without_frames(self.lines, self.tables))
        return (*heads, *lines, *self.running("footer"))

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
                self.release(cell)
                self.table(element, cell)
            elif element.tag == "w:altChunk":
                self.release(cell)
                self.embedded(element.get("r:id", ""), cell)
            elif element.tag in WRAPPERS or element.tag == "mc:AlternateContent":
                self.block(element, cell)
            elif element.tag in _UNREAD:
                self.warnings.append(f"{_UNREAD[element.tag]} in it was not read")

    def table(self, table: ET.Element, cell: str) -> None:
        """A table's cells in order, merged ones once; one column is a frame, and a table in a cell is its text."""
        rows = [row for row in descend(table, "w:tr") if child(child(row, "w:trPr"), "w:del") is None]
        framed = max((len(list(cells_of(row))) for row in rows), default=0) < 2
        if not framed:
            headed = any(flag(child(row, "w:trPr"), "w:tblHeader") for row in rows)
            self.tables.append(TableFacts(cell, is_headed=headed, is_layout=bool(cell)))
        count = len(self.tables)
        for at, row in enumerate(rows, 1):
            for column, one in cells_of(row):
                properties = child(one, "w:tcPr")
                merged = child(properties, "w:vMerge")
                deleted = child(properties, "w:cellDel") is not None
                if not deleted and (merged is None or merged.get("w:val") == "restart"):
                    place = cell if framed else f"T{count}/R{at}/C{column}"
                    self.block(one, place)
                    self.release(place)

    def embedded(self, key: str, cell: str) -> None:
        """Reads a page, text or Word document that is embedded in its place, as Word shows it."""
        path = next((path for own, _, path in self.relations(self.main) if own == key), "")
        try:
            lines = self.lines_of(self.archive.read(path))
        except InputError as error:
            self.warnings.append(f"an embedded part was not read ({error.problem})")
            return
        tables = max((int(line.cell[1 : line.cell.index("/")]) for line in lines if line.cell), default=0)
        for line in lines:
            if line.cell:
                inner, _, rest = line.cell[1:].partition("/")
                line = replace(line, cell=f"T{int(inner) + len(self.tables)}/{rest}")
            elif cell and line.role == "body":
                line = replace(line, cell=cell, role="cell")
            self.lines.append(line)
        self.tables += [TableFacts(is_headed=True)] * tables

    def lines_of(self, data: bytes) -> tuple[Line, ...]:
        """The lines of an embedded part. Raises InputError for kinds that are not read; parts of parts are none."""
        from pipeline.ingest.format import detect, page_of_archive
        from pipeline.ingest.html.reader import read_html
        from pipeline.ingest.text.reader import read_text

        data = page_of_archive(data) or data
        kind = detect(data, name="", expanded_bytes=self.limits.expanded_bytes).format
        if kind == "html":
            return read_html(data, name=self.name, sha256="", limits=self.limits).lines
        if kind == "text":
            return read_text(data, name=self.name, sha256="", limits=self.limits).lines
        if kind == "docx" and self.is_outer:
            with Archive(data, name=self.name, expanded_bytes=self.limits.expanded_bytes) as archive:
                return _Document(archive, self.name, self.limits, is_outer=False).read()
        raise InputError(self.name, f"a document of the kind {kind}")

    def paragraph(self, paragraph: ET.Element, cell: str = "", note: str | None = None) -> None:
        properties = child(paragraph, "w:pPr")
        key = text(properties, "w:pStyle")
        look = look_of(properties, None).over(self.styles.paragraph(key))
        pieces, hidden = self.pieces(paragraph, look)
        own_mark = child(properties, "w:rPr")
        gone = any(child(own_mark, tag) is not None for tag in ("w:del", "w:moveFrom")) or flag(own_mark, "w:vanish")
        dropped = text(properties, "w:framePr", "w:dropCap") in ("drop", "margin")
        if any(piece.text() for piece in pieces):
            if gone or dropped:
                self.carry(_Carried(pieces, Formatting() if dropped else look, key))
                return
        elif gone or hidden:
            self.attached(cell, note)
            return
        self.emit(pieces, look, key, cell, note)

    def carry(self, carried: _Carried) -> None:
        """Keeps a paragraph that goes on in the next one, with the number that it would have had."""
        before, self.carried = self.carried, carried
        if before is not None:
            self.carried = _Carried(joined(before.pieces, carried.pieces), before.look, before.key)

    def release(self, cell: str = "", note: str | None = None) -> None:
        """Ends a carried paragraph where none follows that it could go on in."""
        if (carried := self.carried) is not None:
            self.carried = None
            self.emit(carried.pieces, carried.look, carried.key, cell, note)

    def emit(self, pieces: list[PrintedLine], look: Formatting, key: str, cell: str, note: str | None) -> None:
        """Adds the lines of one paragraph and counts its number; what was carried stands before it."""
        mark, depth = self.mark(look, key)
        if (carried := self.carried) is not None:
            self.carried = None
            pieces = joined(carried.pieces, pieces)
            if not mark:
                mark, depth = self.mark(carried.look, carried.key)
        shown = [piece for piece in pieces if piece.text()]
        role: Role = "note" if note is not None else "cell" if cell else "body"
        if cell and mark and not shown:  # a number of its own in a cell counts what stands beside it
            self.lines.append(Line("", role, mark=mark, depth=depth, cell=cell))
        for at, piece in enumerate(shown):
            words = piece.text()
            typed, rest = split_bullet(words) if at == 0 and not mark else ("", words)
            cut = len(words) - len(rest)
            self.lines.append(
                Line(
                    rest,
                    role,
                    size=max(piece.sizes, key=lambda size: piece.sizes[size]) if piece.sizes else None,
                    is_bold=piece.is_all(1),
                    is_italic=piece.is_all(2),
                    is_centred=bool(look.is_centred),
                    has_break=at == 0,
                    mark=(mark or typed) if at == 0 else "",
                    depth=depth,
                    heading=look.heading or None if role != "note" else None,
                    cell=cell if role == "cell" else "",
                    note=note or "",
                    notes=tuple(piece.notes),
                    bold_spans=moved(piece.bold_spans(), -cut),
                )
            )
        self.attached(cell, note)

    def mark(self, look: Formatting, key: str) -> tuple[str, int]:
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
            self.release(cell)
        pending, self.pending = self.pending, []
        for kind, key, printed in pending if note is None else ():
            element = self.note_parts[kind].pop(key, None)  # each note once, however often it is called
            for paragraph in element.iter("w:p") if element is not None else ():
                before = len(self.lines)
                self.paragraph(paragraph, note=printed)
                self.release(note=printed)
                if len(self.lines) > before:
                    self.lines[before] = _without_mark(self.lines[before], printed)

    def pieces(self, paragraph: ET.Element, look: Formatting) -> tuple[list[PrintedLine], bool]:
        """The paragraph's printed lines, and whether it has text that is all hidden."""
        pieces = [PrintedLine()]
        hidden = False
        custom: tuple[str, str] | None = None
        for run, element in runs_of(paragraph):
            properties = child(run, "w:rPr")
            style = self.styles.resolved(text(properties, "w:rStyle"))
            own = look_of(None, properties).over(style).over(look)
            if own.is_hidden:
                hidden = hidden or bool(element.text)
                continue
            string = string_of(element)
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
                pieces.append(PrintedLine())
            elif element.tag == "w:txbxContent":
                self.boxes.append(element)
            elif element.tag in _UNREAD:
                self.warnings.append(f"{_UNREAD[element.tag]} in it was not read")
            elif own.is_raised and (called := note_calls(pieces[-1].since(-8), string)):
                pieces[-1].notes += called
            elif string:
                pieces[-1].put(string, own)
        return pieces, hidden and not any(piece.text() for piece in pieces)

    def call(self, kind: str, key: str, printed: str, piece: PrintedLine) -> None:
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
    if not found:
        return line
    return replace(line, text=line.text[found.end() :], bold_spans=moved(line.bold_spans, -found.end()))
