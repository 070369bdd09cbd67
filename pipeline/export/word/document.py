"""The Word file in the layout of the published analysis: wordings by paragraph, then quotes with the wordings bold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from extractors.lexicon.categories import SECTIONS
from pipeline.cell import is_right_to_left, legible, plain
from pipeline.export import run_facts
from pipeline.export.pictures.figures import ChartFigure
from pipeline.export.word import mechanisms
from pipeline.export.word.xml import Flow, piece, table
from pipeline.extract.quote import Runs
from pipeline.store.runs import run_id, started
from pipeline.tables.table import Table

LONGEST = 20_000
"""Quotes in the Word file, some 2,000 pages: documents behind those are in its list only, and it says where else."""

_BLUE = RGBColor(0x1F, 0x38, 0x64)

Row = dict[str, Any]


def write(
    path: Path,
    tables: Mapping[str, Table],
    run: Mapping[str, Any],
    figures: Sequence[ChartFigure] = (),
    *,
    longest: int = LONGEST,
) -> Path:
    """Write the Word file: for each document its four sections with wordings, quotes and, for stakeholders, objectives;
    before them, or behind those of a single document, the charts and tables of the mechanisms.

    Core properties are the run's and no clock is read, so that the same input gives the same bytes. A document without
    references stands in the overview only, and so do all behind the one with the `longest`-th quote: a line under the
    overview then says so, and where their quotes are. Failures are named on the first page.
    """
    document = Document()
    flow = Flow(document)
    _styles(document)
    _page(document, run)
    counted = _rows(tables["counts_by_document"]) if "counts_by_document" in tables else []
    names = [row["document"] for row in counted] or _named(tables)
    several = len(names) > 1
    title = "" if several or not counted else counted[0]["title"] or counted[0]["document"]
    entitled = _titles(run, counted)
    flow.paragraph("Title", run_facts.TITLE)
    if title:
        flow.paragraph("Subtitle", legible(entitled[names[0]]))
    _how_to_read(flow, tables, run)
    grouped = {name: _Grouped(tables[name]) for name in _SHOWN}
    listed = [n for n in names if not several or any(n in grouped[f"{s}_wordings"].places for s in SECTIONS)]
    shown = _first(listed, grouped, longest) if several else listed
    if several:
        _overview(flow, counted, len(shown), len(listed))
    turned = several and mechanisms.mechanisms(flow, tables, figures)
    if turned:
        mechanisms.portrait(document)
    for name in shown:
        level = 1
        if several:
            broken = '<w:pageBreakBefore w:val="0"/>' if turned else "<w:pageBreakBefore/>"
            flow.paragraph("Heading 1", legible(entitled[name]), properties=broken)
            turned = False
            level = 2
        for section, heading_text in SECTIONS.items():
            wordings = grouped[f"{section}_wordings"].rows(name)
            if several and not wordings:
                continue
            flow.paragraph(f"Heading {level}", heading_text)
            if not wordings:
                flow.paragraph("", "The document has no reference of this kind that the rules know.")
                continue
            _wordings(flow, wordings)
            quoted = f"{section}_quotes"
            _quotes(flow, grouped[quoted].rows(name), tables[quoted].rich["quote"], level + 1)
            if section == "stakeholder":
                _objectives(flow, grouped["stakeholders_by_objective"].rows(name), level + 1)
    if not several:
        mechanisms.mechanisms(flow, tables, figures)
    core = document.core_properties
    core.title, core.author, core.comments = run_facts.TITLE, "gcm-references", f"Run {run_id(run)}"
    core.created = core.modified = started(run)
    core.last_modified_by, core.revision = "gcm-references", 1
    flow.save(path)
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
    header.text = legible(f"{run_facts.TITLE} · run of {started(run):%d %B %Y}")
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


def _how_to_read(flow: Flow, tables: Mapping[str, Table], run: Mapping[str, Any]) -> None:
    flow.paragraph(
        "",
        "How to read this. Each section first lists the wordings with the paragraphs that use them, then quotes the "
        "paragraphs. In the quotes the wording is bold, “...” marks words left out, and the official number of the "
        "paragraph follows in parentheses. Wordings are those of the document.",
    )
    noted = [t.frame["note"] for t in tables.values() if {"note", "document"} <= set(t.frame.columns)]
    if any(plain(note) for column in noted for note in column.unique()):
        flow.paragraph("", "✓ an analyst accepted the reference; ✎ an analyst edited or added it.")
    for problem in run_facts.problems(run):
        if problem.kind != "warning":
            name = f"{problem.document}: " if problem.document else ""
            flow.paragraph("", legible(f"Not complete: {name}{problem.text} ({problem.kind})."))


def _overview(flow: Flow, counted: Sequence[Row], shown: int, listed: int) -> None:
    flow.paragraph("Heading 1", "Documents")
    heads = ["Document", "ISCMs", "IGOs", "Stakeholders", "Other", "All"]
    rows = [
        [row["title"] or row["document"], *(row[f"{section}_count"] for section in SECTIONS), row["count"]]
        for row in counted
    ]
    table(flow, heads, rows, (7.9, 1.5, 1.5, 2.7, 1.4, 1.4))
    if shown < listed:
        flow.paragraph(
            "",
            f"Of {listed} documents with references, the wordings and quotes of the first {shown} follow; those of the "
            "other documents are in reference_tables.xlsx and in tables/*_wordings.csv and tables/*_quotes.csv.",
        )


def _first(names: Sequence[str], grouped: Mapping[str, _Grouped], longest: int) -> Sequence[str]:
    """The documents up to the one with the last quote that is shown; always the first."""
    total = 0
    for n, name in enumerate(names):
        total += sum(len(grouped[f"{section}_quotes"].places.get(name, ())) for section in SECTIONS)
        if n and total > longest:
            return names[:n]
    return names


def _wordings(flow: Flow, wordings: Sequence[Row]) -> None:
    """One table: wording and paragraphs, under a line with the category where there are several."""
    categories = [label for label, _ in groupby(wordings, key=lambda row: row["label"])]
    rows: list[Sequence[Any]] = []
    for label, group in groupby(wordings, key=lambda row: row["label"]):
        if len(categories) > 1:
            rows.append([label])
        for row in group:
            mark = f" {row['note']}" if row["note"] else ""
            rows.append([row["wording"], row["paragraphs"] + mark])
    table(flow, ["Reference / wording", "Paragraph"], rows, (10.2, 6.2))


def _quotes(flow: Flow, rows: Sequence[Row], rich: Sequence[Runs], level: int) -> None:
    for subsection, group in groupby(rows, key=lambda row: row["subsection"]):
        flow.paragraph(f"Heading {level}", legible(subsection))
        for row in group:
            _bullet(flow, rich[row["#"]], row["citation"], row["note"])


def _bullet(flow: Flow, runs: Runs, citation: str, note: str) -> None:
    backwards = is_right_to_left("".join(run.text for run in runs))
    pieces = [piece("“"), *(piece(run.text, bold=run.bold, backwards=backwards) for run in runs)]
    pieces.append(piece(f"” ({citation})" + (f" {note}" if note else "")))
    bidi = "<w:bidi/>" if backwards else ""
    flow.append(f'<w:p><w:pPr><w:pStyle w:val="ListBullet"/>{bidi}</w:pPr>{"".join(pieces)}</w:p>')


def _objectives(flow: Flow, rows: Sequence[Row], level: int) -> None:
    """The matrix of stakeholders and objectives as a list: Word pages are too narrow for 23 columns."""
    listed = []
    for row in rows:
        cells = {column: text for column, text in row.items() if column.startswith("objective_") and text}
        pieces = [f"{column.rpartition('_')[2]} ({text})" for column, text in cells.items()]
        if pieces:
            listed.append([row["label"], "; ".join(pieces)])
    if listed:
        flow.paragraph(f"Heading {level}", "Non-State stakeholders by objective")
        table(flow, ["Stakeholder", "Objectives (paragraphs)"], listed, (5.4, 11.0))


def _titles(run: Mapping[str, Any], counted: Sequence[Row]) -> dict[str, str]:
    """The title of each document with the symbol in front and the date behind, where the run knows them."""
    known: dict[Any, Mapping[str, Any]] = {}
    for described in run_facts.documents(run):
        known.setdefault(described.get("document"), described)
    out = {}
    for row in counted:
        title, facts = row["title"] or row["document"], known.get(row["document"], {})
        symbol, date = str(facts.get("symbol") or ""), str(facts.get("date") or "")
        text = f"{symbol}: {title}" if symbol and symbol not in title else title
        out[row["document"]] = f"{text} ({date})" if date and date not in title else text
    return out


_SHOWN = (*(f"{s}_{kind}" for s in SECTIONS for kind in ("wordings", "quotes")), "stakeholders_by_objective")
"""The tables that are written document by document."""


def _named(tables: Mapping[str, Table]) -> list[str]:
    """The documents of any table, where there is no list of them."""
    frames = (table.frame for table in tables.values() if "document" in table.frame.columns)
    return sorted({str(plain(name)) for frame in frames for name in frame["document"]})


class _Grouped:
    """The rows of a table by document."""

    def __init__(self, table: Table) -> None:
        self._columns = {str(column): table.frame[column].tolist() for column in table.frame.columns}
        self.places: dict[str, list[int]] = {}
        for n, name in enumerate(self._columns["document"]):
            self.places.setdefault(str(plain(name)), []).append(n)

    def rows(self, document: str) -> list[Row]:
        """The rows of a document with their number under "#"."""
        places = self.places.get(document, ())
        return [{"#": n} | {column: plain(values[n]) for column, values in self._columns.items()} for n in places]


def _rows(table: Table) -> list[Row]:
    columns = [str(column) for column in table.frame.columns]
    rows = table.frame.itertuples(index=False, name=None)
    return [{column: plain(value) for column, value in zip(columns, row, strict=True)} for row in rows]
