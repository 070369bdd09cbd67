"""What every Word file of the project looks like: fonts, headings, page, header and footer, made once by python-docx."""

from __future__ import annotations

import re

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from pipeline.cell import legible
from pipeline.export import run_facts
from pipeline.export.run_facts import RunFacts
from pipeline.store.runs import id_of_run, start_of_run
from pipeline.translation import gettext, write_date

WIDE = 25.9
"""Centimetres of text across a page in landscape."""
_SIDE, _SIDE_WIDE, _EDGE = 2.2, 1.9, 2.0
_BLUE = RGBColor(0x1F, 0x38, 0x64)
_SIZES = {"Title": 16.0, "Subtitle": 11.0, "Heading 1": 13.0, "Heading 2": 11.0, "Heading 3": 10.0}


def dress(document: Document, run: RunFacts, title: str = run_facts.TITLE) -> None:
    """Give a new document its styles, its A4 page with header and footer, and the run's date: the same input gives the
    same bytes. Headings stay with what follows them."""
    _set_styles(document)
    section = document.sections[0]
    turn(section, landscape=False)
    section.top_margin = section.bottom_margin = Cm(_EDGE)
    when = gettext("run of %(date)s", date=write_date(start_of_run(run)))
    _set_header(section, legible(f"{gettext(run_facts.TITLE)} · {when}"))
    core = document.core_properties
    core.title, core.author, core.comments = title, "gcm-references", gettext("Run %(run)s", run=id_of_run(run))
    core.created = core.modified = start_of_run(run)
    core.last_modified_by, core.revision = "gcm-references", 1


def begin_section(document: Document, *, landscape: bool) -> None:
    """Start a section on a new page; headers and footers go on."""
    turn(document.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)


def turn(section: Section, *, landscape: bool) -> None:
    """Set the page of a section: A4, upright or in landscape."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Cm(29.7), Cm(21.0)) if landscape else (Cm(21.0), Cm(29.7))
    section.left_margin = section.right_margin = Cm(_SIDE_WIDE if landscape else _SIDE)


def _set_styles(document: Document) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(9.5)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), "Arial")
    normal.paragraph_format.space_after = Pt(5)
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.size, style.font.name, style.font.color.rgb = Pt(size), "Arial", _BLUE
        style.font.bold, style.font.italic = name != "Subtitle", False
        properties = style.element.get_or_add_rPr()
        for spacing in properties.findall(qn("w:spacing")):
            properties.remove(spacing)
        fonts = properties.get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if "Theme" in key]:
            del fonts.attrib[theme]
        shape = style.paragraph_format
        shape.space_before = Pt(14 if name == "Heading 1" else 8 if "Heading" in name else 0)
        shape.space_after, shape.keep_with_next = Pt(4), "Heading" in name
    bullet = document.styles["List Bullet"].paragraph_format
    bullet.space_after, bullet.alignment = Pt(2), WD_ALIGN_PARAGRAPH.LEFT
    bullet.widow_control = True


def _set_header(section: Section, text: str) -> None:
    header = section.header.paragraphs[0]
    header.text = text
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, between, behind = re.split(
        "[{]page[}]|[{]last[}]", gettext("Page %(page)s of %(last)s", page="{page}", last="{last}")
    )
    footer.add_run(before)
    _add_field(footer, "PAGE")
    footer.add_run(between)
    _add_field(footer, "NUMPAGES")
    footer.add_run(behind)
    for line in (header, footer):
        for words in line.runs:
            words.font.size = Pt(8)


def _add_field(paragraph: Paragraph, code: str) -> None:
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
