"""Pieces of a Word file as XML: runs, bullets and tables, in the order of properties that the format asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsmap
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from pipeline.export.cell import legible, plain, right_to_left
from pipeline.quotes import Run, Runs

NS = f'xmlns:w="{nsmap["w"]}"'
_HEADER, _GROUP = "D9E2F3", "EFF3FA"
_TWIPS = 567

Cell = str | int | float | Runs


def piece(text: str, *, bold: bool = False, backwards: bool = False, size: float = 0) -> str:
    """A run of text; `size` in points, 0 for that of the style."""
    properties = "<w:b/><w:bCs/>" if bold else ""
    properties += f'<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/>' if size else ""
    properties += "<w:rtl/>" if backwards else ""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(legible(text))}</w:t></w:r>'


def append(document: Any, xml: str) -> None:
    """Put an element at the end of the body, before the section's own properties."""
    document.element.body[-1].addprevious(parse_xml(xml))  # looking the section up scans the whole body


def paragraph(document: Any, style: str, text: str = "") -> Any:
    """Add a paragraph with a style by its id: the library's look-up by name is most of the time of a long file."""
    append(document, f"<w:p {NS}/>")
    added = Paragraph(document.element.body[-2], document._body)
    added._p.style = style.replace(" ", "")
    if text:
        added.add_run(text)
    return added


def table(
    document: Any,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *,
    size: float = 9,
    upright: int = 0,
) -> None:
    """Add a table with a shaded header that repeats on every page; a row with one cell is a line across.

    `widths` in centimetres; the last `upright` headers are written from bottom to top; a cell may be rich text.
    """
    twips = [round(width * _TWIPS) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    lines = [_line(heads, twips, header=True, size=size, upright=upright)]
    lines += [_line(row, twips, size=size, centred=upright) for row in rows]
    append(
        document,
        f'<w:tbl {NS}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(twips)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}</w:tbl>',
    )
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _line(
    cells: Sequence[Cell],
    twips: Sequence[int],
    *,
    header: bool = False,
    size: float = 9,
    upright: int = 0,
    centred: int = 0,
) -> str:
    across = len(cells) == 1 and len(twips) > 1
    strong = header or across
    tall = f'<w:trHeight w:val="{_tallest(cells[-upright:])}" w:hRule="atLeast"/>' if header and upright else ""
    out = ["<w:tr><w:trPr><w:cantSplit/>", tall, "<w:tblHeader/>" if header else "", "</w:trPr>"]
    for n, (value, width) in enumerate(zip(cells, [sum(twips)] if across else twips, strict=True)):
        turned = header and n >= len(cells) - upright > 0 and upright > 0
        middle = centred > 0 and n >= len(cells) - centred and not across
        span = f'<w:gridSpan w:val="{len(twips)}"/>' if across else ""
        fill = _HEADER if header else _GROUP
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if strong else ""
        turn = '<w:textDirection w:val="btLr"/>' if turned else ""
        keep = "<w:keepNext/>" if strong else ""
        side = '<w:jc w:val="center"/>' if middle else '<w:jc w:val="right"/>' if isinstance(value, int) else ""
        backwards = isinstance(value, tuple) and right_to_left("".join(run.text for run in value))
        bidi = "<w:bidi/>" if backwards else ""
        runs = value if isinstance(value, tuple) else (Run(str(plain(value)), strong),)
        text = "".join(piece(run.text, bold=run.bold, backwards=backwards, size=size) for run in runs)
        out.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}{turn}</w:tcPr>'
            f'<w:p><w:pPr>{keep}{bidi}<w:spacing w:after="20"/>{side}</w:pPr>{text}</w:p></w:tc>'
        )
    return "".join([*out, "</w:tr>"])


def _tallest(cells: Sequence[Cell]) -> int:
    """The height in twips for upright headers: what the longest of them takes, within limits."""
    return min(2600, 300 + 95 * max((len(str(cell)) for cell in cells), default=0))
