"""The Word file in the layout of the published analysis: wordings by paragraph, then quotes with the wordings bold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from pipeline.export import annex, runinfo
from pipeline.export.cell import legible, plain, right_to_left
from pipeline.export.figures import Figure
from pipeline.export.wordxml import NS, append, paragraph, piece, table
from pipeline.quotes import Runs
from pipeline.rows import SECTIONS
from pipeline.table import Table

_BLUE = RGBColor(0x1F, 0x38, 0x64)
_DATE = (1980, 1, 1, 0, 0, 0)

Row = dict[str, Any]


def write(path: Path, tables: Mapping[str, Table], run: Mapping[str, Any], figures: Sequence[Figure] = ()) -> Path:
    """Write the Word file: for each document its four sections with wordings, quotes and, for stakeholders, objectives;
    before them, or behind those of a single document, the charts and tables of the mechanisms.

    Core properties are the run's and no clock is read, so that the same input gives the same bytes. A document without
    references stands in the overview only; failures are named on the first page.
    """
    document = Document()
    _styles(document)
    _page(document, run)
    counted = _rows(tables, "counts_by_document")
    names = [row["document"] for row in counted] or sorted({r["document"] for n in tables for r in _rows(tables, n)})
    several = len(names) > 1
    title = "" if several or not counted else counted[0]["title"] or counted[0]["document"]
    paragraph(document, "Title", runinfo.TITLE)
    if title:
        document.add_paragraph(legible(_entitled(run, names[0], title)), style="Subtitle")
    _how_to_read(document, tables, run)
    if several:
        _overview(document, counted)
    turned = several and annex.mechanisms(document, tables, figures)
    if turned:
        annex.portrait(document)
    by_document = {name: _grouped(_rows(tables, name)) for name in tables}
    rich = {name: _rich(tables[name]) for name in tables if "quote" in tables[name].rich}
    for name in names:
        level = 1
        if several:
            if not any(by_document[f"{s}_wordings"].get(name) for s in SECTIONS):
                continue
            row = next(r for r in counted if r["document"] == name)
            heading = paragraph(document, "Heading 1", legible(_entitled(run, name, row["title"] or name)))
            heading.paragraph_format.page_break_before = not turned
            turned = False
            level = 2
        for section, heading_text in SECTIONS.items():
            wordings = by_document[f"{section}_wordings"].get(name, [])
            if several and not wordings:
                continue
            paragraph(document, f"Heading {level}", heading_text)
            if not wordings:
                document.add_paragraph("The document has no reference of this kind that the rules know.")
                continue
            _wordings(document, wordings)
            _quotes(document, by_document[f"{section}_quotes"].get(name, []), rich[f"{section}_quotes"], level + 1)
            if section == "stakeholder":
                _objectives(document, by_document["stakeholders_by_objective"].get(name, []), level + 1)
    if not several:
        annex.mechanisms(document, tables, figures)
    core = document.core_properties
    core.title, core.author, core.comments = runinfo.TITLE, "gcm-references", f"Run {runinfo.run_id(run)}"
    core.created = core.modified = runinfo.started(run)
    core.last_modified_by, core.revision = "gcm-references", 1
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(_dated(buffer.getvalue()))
    return path


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), "Arial")
    normal.paragraph_format.space_after = Pt(6)
    sizes = {"Title": 18, "Subtitle": 12, "Heading 1": 14, "Heading 2": 12, "Heading 3": 10.5}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.size, style.font.name, style.font.color.rgb = Pt(size), "Arial", _BLUE
        style.font.bold, style.font.italic = name != "Subtitle", False
        properties = style.element.get_or_add_rPr()
        for spacing in properties.findall(qn("w:spacing")):
            properties.remove(spacing)
        fonts = properties.get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if "Theme" in key]:
            del fonts.attrib[theme]
        style.paragraph_format.space_before = Pt(14 if name == "Heading 1" else 10 if "Heading" in name else 0)
        style.paragraph_format.space_after = Pt(6)
    bullet = document.styles["List Bullet"].paragraph_format
    bullet.space_after = Pt(4)


def _page(document: Any, run: Mapping[str, Any]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.2)
    header = section.header.paragraphs[0]
    header.text = legible(f"{runinfo.TITLE} · run of {runinfo.started(run):%d %B %Y}")
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer.add_run("Page ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")
    for line in (header, footer):
        for words in line.runs:
            words.font.size = Pt(8)


def _field(paragraph: Any, code: str) -> None:
    """Add a field that Word computes (page number, number of pages)."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)


def _how_to_read(document: Any, tables: Mapping[str, Table], run: Mapping[str, Any]) -> None:
    document.add_paragraph(
        "How to read this. Each section first lists the wordings with the paragraphs that use them, then quotes the "
        "paragraphs. In the quotes the wording is bold, “...” marks words left out, and the official number of the "
        "paragraph follows in parentheses. Wordings are those of the document."
    )
    if any(row.get("note") for name in tables for row in _rows(tables, name)):
        document.add_paragraph("✓ an analyst accepted the reference; ✎ an analyst edited or added it.")
    for problem in runinfo.problems(run):
        if problem.kind != "warning":
            name = f"{problem.document}: " if problem.document else ""
            document.add_paragraph(legible(f"Not complete: {name}{problem.text} ({problem.kind})."))


def _overview(document: Any, counted: Sequence[Row]) -> None:
    paragraph(document, "Heading 1", "Documents")
    heads = ["Document", "ISCMs", "IGOs", "Stakeholders", "Other", "All"]
    rows = [
        [row["title"] or row["document"], *(row[f"{section}_count"] for section in SECTIONS), row["count"]]
        for row in counted
    ]
    table(document, heads, rows, (7.9, 1.5, 1.5, 2.7, 1.4, 1.4))


def _wordings(document: Any, wordings: Sequence[Row]) -> None:
    """One table: wording and paragraphs, under a line with the category where there are several."""
    categories = [label for label, _ in groupby(wordings, key=lambda row: row["label"])]
    rows: list[Sequence[Any]] = []
    for label, group in groupby(wordings, key=lambda row: row["label"]):
        if len(categories) > 1:
            rows.append([label])
        for row in group:
            mark = f" {row['note']}" if row["note"] else ""
            rows.append([row["wording"], row["paragraphs"] + mark])
    table(document, ["Reference / wording", "Paragraph"], rows, (10.2, 6.2))


def _quotes(document: Any, rows: Sequence[Row], rich: Mapping[int, Runs], level: int) -> None:
    for subsection, group in groupby(rows, key=lambda row: row["subsection"]):
        paragraph(document, f"Heading {level}", legible(subsection))
        for row in group:
            _bullet(document, rich[row["#"]], row["citation"], row["note"])


def _bullet(document: Any, runs: Runs, citation: str, note: str) -> None:
    backwards = right_to_left("".join(run.text for run in runs))
    pieces = [piece("“"), *(piece(run.text, bold=run.bold, backwards=backwards) for run in runs)]
    pieces.append(piece(f"” ({citation})" + (f" {note}" if note else "")))
    bidi = "<w:bidi/>" if backwards else ""
    append(document, f'<w:p {NS}><w:pPr><w:pStyle w:val="ListBullet"/>{bidi}</w:pPr>{"".join(pieces)}</w:p>')


def _objectives(document: Any, rows: Sequence[Row], level: int) -> None:
    """The matrix of stakeholders and objectives as a list: Word pages are too narrow for 23 columns."""
    listed = []
    for row in rows:
        cells = {column: text for column, text in row.items() if column.startswith("objective_") and text}
        pieces = [f"{column.rpartition('_')[2]} ({text})" for column, text in cells.items()]
        if pieces:
            listed.append([row["label"], "; ".join(pieces)])
    if listed:
        paragraph(document, f"Heading {level}", "Non-State stakeholders by objective")
        table(document, ["Stakeholder", "Objectives (paragraphs)"], listed, (5.4, 11.0))


def _entitled(run: Mapping[str, Any], name: str, title: str) -> str:
    """The title with the symbol in front and the date behind, where the run knows them."""
    known = next((d for d in runinfo.documents(run) if d.get("document") == name), {})
    symbol, date = str(known.get("symbol") or ""), str(known.get("date") or "")
    text = f"{symbol}: {title}" if symbol and symbol not in title else title
    return f"{text} ({date})" if date and date not in title else text


def _rows(tables: Mapping[str, Table], name: str) -> list[Row]:
    """The rows of a table with their number under "#"; none where there is no such table or document column."""
    if name not in tables or "document" not in tables[name].frame.columns:
        return []
    frame = tables[name].frame
    columns = [str(column) for column in frame.columns]
    return [
        {"#": n} | {column: plain(value) for column, value in zip(columns, row, strict=True)}
        for n, row in enumerate(frame.itertuples(index=False, name=None))
    ]


def _grouped(rows: Iterable[Row]) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for row in rows:
        out.setdefault(row["document"], []).append(row)
    return out


def _rich(table: Table) -> dict[int, Runs]:
    return dict(enumerate(table.rich["quote"]))


def _dated(data: bytes) -> bytes:
    """The same zip file with one fixed date on every member."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(name))
    return out.getvalue()
