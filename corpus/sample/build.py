"""Makes the forms of every sample document from its source: `python corpus/sample/build.py [FOLDER]`.

A source (`<slug>.src`) has one block a line, `tag|text`. From it come `<slug>.txt`, `<slug>.docx`, `<slug>.pdf` and
`<slug>.paragraphs.csv`, the same bytes each time; `<slug>.references.csv` is written by hand. Tags:

    front, session, adopted, committee, title, closing   lines outside the numbering (`title|mark|text`)
    symbol, distribution, issued, job                    what the layout of a resolution prints around the text
    opening, pre, op, chapeau                            the parts of a resolution; op is numbered
    annex, annextitle, heading, objective                headings
    number, letter, roman, continuation                  numbered paragraphs and their parts
    body, verb                                           unnumbered paragraphs; a clause verb that stands alone
    note                                                 a footnote (`note|mark|text`), called with [^mark]

Words between asterisks are in italics.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

FOLDER = Path(__file__).resolve().parent
AROUND = ("symbol", "distribution", "issued", "job")
OUTSIDE = (*AROUND, "front", "session", "adopted", "committee", "title", "closing", "note")
HEADINGS = ("annex", "annextitle", "heading", "objective")
LISTS = {"op": 0, "number": 0, "letter": 1, "roman": 2}
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_PIECE = re.compile(r"\*([^*]+)\*|\[\^(\w+)\]|([^*\[]+|[*\[])")


class Block(NamedTuple):
    """One line of a source with the number that is printed before it and the id its paragraph has."""

    tag: str
    text: str
    mark: str = ""
    id: str = ""

    @property
    def plain(self) -> str:
        """The text without italics and footnote calls."""
        return "".join(text for text, style in pieces(self.text) if style != "call")


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a text in order, each with its style: normal, italic or call (of a footnote)."""
    for found in _PIECE.finditer(text):
        if found[1]:
            yield found[1], "italic"
        elif found[2]:
            yield found[2], "call"
        else:
            yield found[3], "normal"


def read(path: Path) -> list[Block]:
    """The blocks of a source, numbered as they are printed."""
    blocks: list[Block] = []
    count = {"pre": 0, "op": 0, "number": 0, "body": 0, "letter": 0, "roman": 0, "continuation": 1}
    parent = child = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        tag, _, text = line.partition("|")
        mark = identifier = ""
        if tag in ("title", "note"):
            mark, _, text = text.partition("|")
        elif tag in HEADINGS:
            identifier = f"H:{text}"
        elif tag == "opening":
            identifier = "PP0"
        elif tag == "chapeau":
            identifier = "chapeau"
        elif tag in ("pre", "body"):
            count[tag] += 1
            identifier = f"PP{count[tag]}" if tag == "pre" else f"¶{count[tag]}"
        elif tag in ("op", "number"):
            count[tag] += 1
            count.update(letter=0, continuation=1)
            parent = f"OP{count[tag]}" if tag == "op" else str(count[tag])
            mark, identifier = f"{count[tag]}.", parent
        elif tag == "letter":
            count["letter"] += 1
            count["roman"] = 0
            mark = f"({chr(96 + count['letter'])})"
            identifier = child = parent + mark
        elif tag == "roman":
            count["roman"] += 1
            mark = f"({ROMAN[count['roman'] - 1]})"
            identifier = child + mark
        elif tag == "continuation":
            count["continuation"] += 1
            identifier = f"{parent}#{count['continuation']}"
        blocks.append(Block(tag, text, mark, identifier))
    return blocks


def is_resolution(blocks: list[Block]) -> bool:
    """Whether the source is laid out as a resolution (it has a symbol)."""
    return any(block.tag == "symbol" for block in blocks)


def paragraphs(blocks: list[Block]) -> list[tuple[str, str]]:
    """The true list of paragraphs: id and text; a declaration keeps the printed number in the text."""
    keep = not is_resolution(blocks)
    return [(b.id, f"{b.mark} {b.plain}" if b.mark and keep else b.plain) for b in blocks if b.id]


def text_form(blocks: list[Block]) -> str:
    """The plain text, one paragraph a line."""
    lines = [f"{b.mark}\t{b.plain}" if b.mark else b.plain for b in blocks if b.tag not in (*AROUND, "note")]
    return "\n".join(lines) + "\n"


# Word -----------------------------------------------------------------------------------------------------------------

_LEVELS = (("decimal", "%1.", 567), ("lowerLetter", "(%2)", 1134), ("lowerRoman", "(%3)", 1701))


def _numbering(document: Any, first: int) -> None:
    """Adds two lists of three levels (`first` and `first + 1`): the resolution's own and the annex's."""
    part = document.part.numbering_part.element
    for number in (first, first + 1):
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="567"/></w:pPr></w:lvl>'
            for i, (form, text, left) in enumerate(_LEVELS)
        )
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        part.insert(len(part.findall(qn("w:abstractNum"))), abstract)
        part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def _footnotes(document: Any, notes: list[Block]) -> None:
    body = "".join(
        f'<w:footnote w:id="{b.mark}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {b.text}</w:t></w:r></w:p></w:footnote>'
        for b in notes
    )
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{i}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for i, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{rules}{body}</w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _runs(paragraph: Any, text: str) -> None:
    for piece, style in pieces(text):
        run = paragraph.add_run("" if style == "call" else piece)
        run.italic = True if style == "italic" else None
        if style == "call":
            run.font.superscript = True
            call = OxmlElement("w:footnoteReference")
            call.set(qn("w:id"), piece)
            run._r.append(call)


def word_form(blocks: list[Block]) -> bytes:
    """The Word document: a resolution has automatic numbers and real footnotes, a declaration typed numbers."""
    document: Any = Document()
    resolution = is_resolution(blocks)
    around = {b.tag: b.text for b in blocks if b.tag in AROUND}
    first, annexed = 90, 0
    if resolution:
        _numbering(document, first)
        document.sections[0].header.paragraphs[0].text = around["symbol"]
        document.sections[0].footer.paragraphs[0].text = around["job"]
    for block in blocks:
        if block.tag in (*AROUND, "note"):
            continue
        annexed |= block.tag == "annex"
        style = {"annex": "Heading 1", "annextitle": "Heading 1", "heading": "Heading 2", "objective": "Heading 3"}
        paragraph = document.add_paragraph(style=style.get(block.tag))
        if block.tag == "title":
            run = paragraph.add_run(f"{block.mark}\t{block.text}" if block.mark else block.text)
            run.bold, run.font.size = True, Pt(14)
        elif block.tag in LISTS and resolution:
            _runs(paragraph, block.text)
            properties = paragraph._p.get_or_add_pPr()
            numbers = properties.get_or_add_numPr()
            numbers.get_or_add_ilvl().val = LISTS[block.tag]
            numbers.get_or_add_numId().val = first + annexed
        else:
            _runs(paragraph, f"{block.mark}\t{block.text}" if block.mark else block.text)
        if block.tag in ("front", "adopted", "annex", "annextitle") or (block.tag == "title" and not resolution):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    notes = [b for b in blocks if b.tag == "note"]
    if notes:
        _footnotes(document, notes)
    buffer = io.BytesIO()
    document.save(buffer)
    return _undated(buffer)


def _undated(buffer: io.BytesIO) -> bytes:
    """The same archive with one fixed date, so that building twice gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            target.writestr(zipfile.ZipInfo(name, (2044, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


# Print ----------------------------------------------------------------------------------------------------------------

WIDTH, HEIGHT = 612.0, 792.0
LEFT, RIGHT = 126.0, 486.0
FONTS = {"normal": "Times-Roman", "italic": "Times-Italic", "call": "Times-Roman", "bold": "Times-Bold"}


class Printed(NamedTuple):
    """A line ready to print: its pieces with their places, font size, space above and the notes called in it."""

    runs: tuple[tuple[float, str, str], ...]
    size: float
    above: float
    calls: tuple[str, ...]


def _set(text: str, size: float, indent: float, hang: float, above: float, mark: str = "", bold: bool = False,
         centred: bool = False) -> Iterator[Printed]:  # fmt: skip
    """Breaks a text into lines: the first starts at `indent` with its mark, the others at `hang`."""
    x, end = LEFT + indent, RIGHT
    line: list[tuple[float, str, str]] = [(x, mark, "bold" if bold else "normal")] if mark else []
    if mark:
        x += max(26.0, stringWidth(mark, FONTS[line[0][2]], size) + 8)
    calls: list[str] = []
    filled = False

    def done() -> Printed:
        shift = (LEFT + RIGHT - line[0][0] - x) / 2 if centred and line else 0.0
        return Printed(tuple((at + shift, t, s) for at, t, s in line), size, above, tuple(calls))

    for piece, style in pieces(text):
        style = "bold" if bold else style
        for word in [piece] if style == "call" else re.findall(r"\S+\s*|\s+", piece):
            wide = stringWidth(word.rstrip(), FONTS[style], size * 0.65 if style == "call" else size)
            if filled and style != "call" and x + wide > end:
                yield done()
                line, calls, above, filled = [], [], 1.5, False
                x = LEFT + hang
            line.append((x, word, style))
            calls += [word] if style == "call" else []
            x += wide if style == "call" else stringWidth(word, FONTS[style], size)
            filled = True
    yield done()


def _lines(block: Block, size: float, resolution: bool) -> Iterator[Printed]:
    text, mark = block.text, block.mark
    match block.tag:
        case "title":
            hang = 44.0 if mark else 0.0
            yield from _set(text, size + 3, 18.0 if mark else 0.0, hang, 14.0, mark, bold=True, centred=not mark)
        case "front":
            yield from _set(text, size + 1, 0.0, 0.0, 6.0, centred=True)
        case "annex" | "annextitle":
            yield from _set(text, size + 4, 0.0, 0.0, 16.0 if block.tag == "annex" else 8.0, bold=True)
        case "closing":
            yield from _set(f"*{text}*", size, 214.0, 214.0, 2.0)
        case "adopted":
            yield from _set(text, size + 2, 0.0, 0.0, 14.0, bold=True)
        case "heading" | "objective":
            yield from _set(text, size + (1 if block.tag == "heading" else 0), 0.0, 0.0, 10.0, bold=True)
        case "pre" | "opening" | "chapeau" | "continuation":
            yield from _set(text, size, 24.0, 0.0, 6.0)
        case "op" | "number":
            yield from _set(text, size, 24.0 if resolution else 0.0, 0.0, 6.0, mark)
        case "letter":
            yield from _set(text, size, 24.0, 0.0 if resolution else 50.0, 5.0, mark)
        case "roman":
            yield from _set(text, size, 50.0, 50.0, 5.0, mark)
        case _:
            yield from _set(text, size, 0.0, 0.0, 6.0)


def _draw(canvas: Any, line: Printed, y: float) -> None:
    for x, text, style in line.runs:
        raised = style == "call"
        canvas.setFont(FONTS[style], line.size * 0.65 if raised else line.size)
        canvas.drawString(x, y + (line.size * 0.38 if raised else 0.0), text)


def _furniture(canvas: Any, page: int, pages: int, around: dict[str, str], title: str) -> float:
    """Draws what stands around a page of a resolution; returns where its text starts."""
    symbol, job = around["symbol"], around["job"].split(" ")[0]
    if page == 1:
        canvas.setFont("Times-Roman", 12)
        canvas.drawString(LEFT - 54, HEIGHT - 54, "United Nations")
        canvas.drawRightString(RIGHT + 54, HEIGHT - 54, symbol)
        canvas.line(LEFT - 54, HEIGHT - 58, RIGHT + 54, HEIGHT - 58)
        canvas.setFont("Times-Bold", 20)
        canvas.drawString(LEFT - 54, HEIGHT - 86, "General Assembly")
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(RIGHT - 40, HEIGHT - 72, around["distribution"])
        canvas.drawString(RIGHT - 40, HEIGHT - 83, around["issued"])
        canvas.drawString(LEFT - 54, 46, around["job"])
        return HEIGHT - 128
    canvas.setFont("Times-Bold", 8.5)
    heads = (symbol, title) if page % 2 == 0 else (title, symbol)
    canvas.drawString(LEFT - 54, HEIGHT - 46, heads[0])
    canvas.drawRightString(RIGHT + 54, HEIGHT - 46, heads[1])
    canvas.line(LEFT - 54, HEIGHT - 50, RIGHT + 54, HEIGHT - 50)
    canvas.setFont("Times-Roman", 8.5)
    feet = (f"{page}/{pages}", job) if page % 2 == 0 else (job, f"{page}/{pages}")
    canvas.drawString(LEFT - 54, 46, feet[0])
    canvas.drawRightString(RIGHT + 54, 46, feet[1])
    return HEIGHT - 72


def _paged(lines: list[Printed], top: Callable[[int], float], notes: dict[str, list[Printed]]) -> list[list[Printed]]:
    """Fills pages with lines, keeping room at the foot of each for the notes called on it."""
    pages: list[list[Printed]] = [[]]
    room = top(1) - 72
    for line in lines:
        need = line.size + line.above + sum(n.size + 2 for c in line.calls for n in notes[c])
        need += 16 if line.calls else 0
        if pages[-1] and need > room:
            pages.append([])
            room = top(len(pages)) - 72
        pages[-1].append(line)
        room -= need
    return pages


def print_form(blocks: list[Block]) -> bytes:
    """The PDF: a resolution with masthead, running heads, page numbers and footnotes, a declaration plain."""
    resolution = is_resolution(blocks)
    size = 10.0 if resolution else 11.0
    around = {b.tag: b.text for b in blocks if b.tag in AROUND}
    title = next(b.text for b in blocks if b.tag == "title")
    notes = {b.mark: list(_set(f"[^{b.mark}] {b.text}", 8.0, 0, 0, 0)) for b in blocks if b.tag == "note"}
    lines = [p for b in blocks if b.tag not in (*AROUND, "note") for p in _lines(b, size, resolution)]
    pages = _paged(lines, lambda page: HEIGHT - (128 if page == 1 else 72), notes)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle(title)
    for number, page in enumerate(pages, 1):
        y = _furniture(canvas, number, len(pages), around, title) if resolution else HEIGHT - 72
        for line in page:
            y -= line.size + line.above
            _draw(canvas, line, y)
        foot = [n for line in page for call in line.calls for n in notes[call]]
        y = 64.0 + sum(n.size + 2 for n in foot)
        if foot:
            canvas.setFont("Times-Roman", 8)
            canvas.drawString(LEFT, y + 2, "_" * 18)
        for line in foot:
            y -= line.size + 2
            _draw(canvas, line, y)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def forms(path: Path) -> dict[str, bytes]:
    """Every form of one source by the ending of its name, as bytes."""
    blocks = read(path)
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows([("paragraph", "text"), *paragraphs(blocks)])
    return {
        ".txt": text_form(blocks).encode(),
        ".docx": word_form(blocks),
        ".pdf": print_form(blocks),
        ".paragraphs.csv": table.getvalue().encode(),
    }


def main(folder: Path = FOLDER) -> None:
    """Writes the forms of every source of a folder beside it."""
    for source in sorted(folder.glob("*.src")):
        for ending, data in forms(source).items():
            source.with_name(source.name.removesuffix(".src") + ending).write_bytes(data)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
