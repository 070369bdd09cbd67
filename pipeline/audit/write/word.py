"""The audit as a Word file: the summary, every claim that does not hold with both texts, and the lists behind it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt, RGBColor

from pipeline.audit.check.comparison import sides
from pipeline.audit.claims import Audit, Checked, ComparedWords, of_status, summary
from pipeline.cell import legible

_Cell: TypeAlias = str | int | list[tuple[str, bool]]
_GONE, _NEW = RGBColor(0xB4, 0x23, 0x18), RGBColor(0x1B, 0x6E, 0x2E)
_FIXED = datetime(2018, 12, 19, tzinfo=UTC)
_HEADS = {
    "wrong_paragraph": "Wrong paragraph",
    "wording_differs": "Other words than the text",
    "not_found": "Not in the text",
    "debatable": "Debatable",
    "ok": "Claims that hold",
}


def write_word(audit: Audit) -> bytes:
    """Return the Word file: tables with the printed text left and the true text right, words of only one side marked.

    Deleted words are struck through and red, true ones underlined and green, so that black and white print tells them.
    """
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.8)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Arial", Pt(9)
    document.add_heading("Audit of a published analysis", 0)
    document.add_paragraph(legible(f"{audit.published} against {audit.document}"))
    document.add_paragraph(legible(summary(audit)))
    for warning in audit.warnings:
        document.add_paragraph(legible(f"Warning: {warning}"))
    for status in ("wrong_paragraph", "not_found", "wording_differs", "debatable"):
        found = of_status(audit.claims, status)
        if found:
            document.add_heading(f"{_HEADS[status]} ({len(found)})", 1)
            _compared(document, found)
    if audit.narrative:
        document.add_heading(f"Claims of the running text ({len(audit.narrative)})", 1)
        rows: list[list[_Cell]] = [
            [r["wording"], r["printed"], r["status"], r["true"], r["note"]] for r in audit.narrative_rows()
        ]
        _table(document, ("Wording", "Printed", "Status", "True", "Note"), rows, (7, 4, 3.2, 4, 7.8))
    if audit.missed:
        document.add_heading(f"Not cited by the analysis ({len(audit.missed)})", 1)
        rows = [[m.label, m.paragraph, m.wording, m.quote] for m in audit.missed]
        _table(document, ("Category", "Paragraph", "Wording", "Quote"), rows, (5, 3, 6, 12))
    held = of_status(audit.claims, "ok")
    if held:
        document.add_heading(f"{_HEADS['ok']} ({len(held)})", 1)
        rows = [
            [r["section"], r["wording"], r["paragraph_printed"], r["paragraph_true"], r["note"]]
            for r in map(Checked.row, held)
        ]
        _table(document, ("Section", "Wording", "Printed", "True", "Note"), rows, (7, 7, 2.4, 2.4, 7.2))
    core = document.core_properties
    core.title, core.author, core.last_modified_by = "Audit of a published analysis", "gcm-references", "gcm-references"
    core.created = core.modified = _FIXED
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _compared(document: WordDocument, found: Sequence[Checked]) -> None:
    rows: list[list[_Cell]] = []
    for one in found:
        claim, verdict = one.claim, one.verdict
        left, right = sides(verdict.pieces or _plain(one))
        rows.append([claim.printed, verdict.paragraph, left, right, "; ".join(verdict.notes)])
    _table(document, ("Printed", "True", "Printed text", "The text", "Note"), rows, (2, 2, 8, 8, 6))


def _plain(one: Checked) -> tuple[ComparedWords, ...]:
    printed, true = one.claim.quote or one.claim.wording, one.verdict.wording
    return (
        (ComparedWords("same", printed),)
        if printed == true
        else (ComparedWords("printed", printed), ComparedWords("true", true))
    )


def _table(
    document: WordDocument,
    heads: Sequence[str],
    rows: Sequence[Sequence[_Cell]],
    widths: Sequence[float],
) -> None:
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for cell, head, width in zip(table.rows[0].cells, heads, widths, strict=True):
        cell.width = Cm(width)
        cell.paragraphs[0].add_run(head).bold = True
    for row in rows:
        cells = table.add_row().cells
        for n, (cell, value, width) in enumerate(zip(cells, row, widths, strict=True)):
            cell.width = Cm(width)
            parts = [(str(value), False)] if not isinstance(value, list) else value
            for text, differs in parts:
                run = cell.paragraphs[0].add_run(legible(text))
                if differs:
                    run.bold = True
                    run.font.strike, run.font.underline = n == 2, n != 2
                    run.font.color.rgb = _GONE if n == 2 else _NEW
    document.add_paragraph()
