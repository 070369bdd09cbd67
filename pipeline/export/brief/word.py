"""A brief as a Word file of two pages, each line linked to its page."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote as percent
from xml.sax.saxutils import quoteattr

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from pipeline.cell import is_right_to_left, legible
from pipeline.export.run_facts import RunFacts
from pipeline.export.word.styles import dress
from pipeline.export.word.xml import Skeleton, Story, piece
from pipeline.extract.quote import Runs, plain
from pipeline.tables.brief import labels
from pipeline.tables.brief.content import Brief, BriefLine, BriefPlace
from pipeline.translation import gettext

_SIZE = 8.5
_COLOURS = {"new": "2E6B3E", "resumed": "2E6B3E", "kept": "5A6676", "dropped": "B42318"}
_SOFT, _LINK = "5A6676", "1F3864"
_TAB = 1500
"""Twips from the margin to the text of a fact."""


class BriefFiles:
    """Word files of briefs that share their styles: those are made once, each file is then its own text."""

    def __init__(self, run: RunFacts) -> None:
        document = docx.Document()
        dress(document, run, gettext(labels.TITLE_IN_WORD))
        _narrow(document)
        self._skeleton = Skeleton(document, gettext(labels.TITLE_IN_WORD))

    def write(self, path: Path, brief: Brief) -> Path:
        """Write a brief. Text of documents is escaped; links are fields, so that no part of the file names an address that
        is opened without a click."""
        story = Story()
        story.paragraph("Title", legible(brief.title))
        for fact in brief.facts:
            words = _link(fact.text, fact.address, "") if fact.address else piece(fact.text)
            story.append(
                f'<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="{_TAB}"/></w:tabs><w:spacing w:after="0"/>'
                f'<w:ind w:left="{_TAB}" w:hanging="{_TAB}"/></w:pPr>{_coloured(fact.name, _SOFT)}'
                f"<w:r><w:tab/></w:r>{words}</w:p>"
            )
        for section in brief.sections:
            story.paragraph("Heading 2", section.heading)
            for line in section.lines:
                _write_line(story, line)
            if section.remark:
                story.append(f"<w:p>{_coloured(section.remark, _SOFT)}</w:p>")
        story.append(
            f'<w:p><w:pPr><w:spacing w:before="120" w:after="0"/></w:pPr>{_coloured(gettext(labels.FOOT), _SOFT)}</w:p>'
        )
        colon = gettext(": ")
        self._skeleton.save(path, story, f"{gettext(labels.TITLE)}{colon}{legible(brief.title)}")
        return path


def _narrow(document: Document) -> None:
    """Type and margins for two pages."""
    for name, size in (("Normal", _SIZE), ("Title", 14)):
        style = document.styles[name]
        style.font.size = Pt(size)
        for script in style.element.get_or_add_rPr().xpath("w:szCs"):  # the size of right-to-left scripts
            script.getparent().remove(script)
        complex_size = OxmlElement("w:szCs")
        complex_size.set(qn("w:val"), f"{2 * size:.0f}")
        style.element.rPr.append(complex_size)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(7)
    document.styles["Heading 2"].paragraph_format.space_after = Pt(2)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(1)
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin = section.bottom_margin = Cm(1.7)


def _write_line(story: Story, line: BriefLine) -> None:
    backwards = is_right_to_left(plain(line.quote))
    parts = []
    if line.mark:
        parts.append(
            _coloured(f"{gettext(labels.MARKS[line.mark]).upper()} ", _COLOURS[line.mark], "<w:b/><w:bCs/>", size=7)
        )
    if line.text:
        parts.append(piece(f"{line.text} ", bold=not line.quote or bool(line.mark)))
    if line.quote:
        marks = [piece("“", backwards=backwards), piece("”", backwards=backwards), piece(" ")]
        parts += [marks[0], *_quoted(line.quote, backwards), *marks[1:]]
    if line.notes:
        parts.append(_coloured(f"{line.notes} ", _SOFT))
    for number, place in enumerate(line.places):
        parts.append((piece(", ") if number else "") + _placed(place))
    story.append(f'<w:p><w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>{"".join(parts)}</w:p>')


def _quoted(runs: Runs, backwards: bool) -> list[str]:
    return [piece(run.text, bold=run.is_bold, backwards=backwards) for run in runs]


def _placed(place: BriefPlace) -> str:
    return _link(place.citation, place.url, place.footnote) if place.url else piece(place.citation)


def _link(text: str, url: str, hint: str) -> str:
    """A field that opens an address at a click; `hint` shows when the mouse rests on it."""
    address = percent(legible(url), safe=":/?#[]@!$&'()*+,;=%-._~")
    told = re.sub(r'["\\]', "'", " ".join(legible(hint).split()))
    code = f' HYPERLINK "{address}"' + (f' \\o "{told}"' if told else "") + " "
    return f"<w:fldSimple w:instr={quoteattr(code)}>{_coloured(text, _LINK)}</w:fldSimple>"


def _coloured(text: str, colour: str, properties: str = "", *, size: float = 0) -> str:
    run = piece(text, size=size)
    inside = f'{properties}<w:color w:val="{colour}"/>'
    return run.replace("<w:rPr/>", f"<w:rPr>{inside}</w:rPr>", 1).replace("<w:rPr><w:sz", f"<w:rPr>{inside}<w:sz", 1)
