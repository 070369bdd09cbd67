"""The review as an Excel workbook: one row a reference, a drop-down for the decision, columns for corrections."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.cell import legible
from pipeline.extract import quote as quotes
from pipeline.review.agreement import measure_agreement
from pipeline.review.answer import categories
from pipeline.review.items import Desk, Item
from pipeline.segment.citation import cite_paragraph
from pipeline.store.runs import start_of_run

REVIEW, ADD, LISTS, README = "Review", "Add", "Lists", "Read me"
ANSWERS = ("accept", "reject", "edit", "undo")
COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("reference_id", "Reference", 18),
    ("document", "Document", 22),
    ("citation", "Paragraph", 11),
    ("label", "Category", 26),
    ("wording", "Wording", 30),
    ("canonical", "Stands for", 24),
    ("quote", "Quote", 70),
    ("found", "Found by", 16),
    ("status", "Status", 11),
    ("said", "So far", 34),
    ("decision", "Decision", 11),
    ("new_category", "New category", 28),
    ("new_wording", "New wording", 28),
    ("new_canonical", "New name", 24),
    ("comment", "Comment", 40),
)
"""Column, heading and width in characters; the first ten are told, the last five are asked."""
ADDITIONS: tuple[tuple[str, str, int], ...] = (
    ("document", "Document", 30),
    ("paragraph", "Paragraph", 14),
    ("category", "Category", 34),
    ("wording", "Wording (as it stands in the text)", 44),
    ("canonical", "Stands for", 30),
    ("comment", "Comment", 50),
)
ROWS_TO_ADD, LONGEST = 500, 32_000
GUIDE = (
    "One row for each reference. Choose a decision in the green columns; leave a row empty to decide later.",
    "accept: the reference is right as it stands.",
    "reject: it is none, and the tables will not show it.",
    "edit: give what is wrong: a new category, new wording (as it stands in the paragraph) or the name it stands for.",
    "undo: take back what you said before about this reference.",
    "A comment can stand with any decision or alone.",
    "References that were missed go to the sheet Add: document, paragraph (as 22(b)), category and wording.",
    "Rows may be sorted, filtered, hidden and deleted. The grey columns are not read back, but keep the first one.",
    "When done: gcmrefs review import FILE --by NAME. Importing the same file twice changes nothing.",
)


def form(desk: Desk, items: Iterable[Item]) -> bytes:
    """Return the workbook of these items as the bytes of an .xlsx file; the same ledger gives the same bytes.

    Sheets: Review (with drop-downs for decision and category), Add (for references that were missed), Agreement (how
    far analysts agree), Read me. Long texts are cut at what a cell holds.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        looks = _looks(book)
        known = categories()
        listed = [f"{name} · {label}" for name, label in known.items()]
        sheets = {name: book.add_worksheet(name) for name in (REVIEW, ADD, "Agreement", README, LISTS)}
        for column, values in enumerate((listed, list(desk.documents), list(ANSWERS))):
            for n, value in enumerate(values):
                sheets[LISTS].write_string(n, column, legible(value))
        sheets[LISTS].hide()
        _review(sheets[REVIEW], list(items), known, looks, len(listed))
        _additions(sheets[ADD], looks, len(listed), len(desk.documents))
        _agreement(sheets["Agreement"], desk, known, looks)
        for n, text in enumerate(GUIDE):
            sheets[README].write_string(n, 0, text, looks["text"])
        sheets[README].set_column(0, 0, 110)
        book.set_properties({"title": "Review of references", "created": start_of_run(desk.run)})
    return out.getvalue()


def _looks(book: xlsxwriter.Workbook) -> Mapping[str, Format]:
    plain = {"valign": "top", "text_wrap": True, "font_size": 10}
    return {
        "head": book.add_format({"bold": True, "bg_color": "#1f3a5f", "font_color": "#ffffff", "text_wrap": True}),
        "asked": book.add_format({"bold": True, "bg_color": "#1b6e4b", "font_color": "#ffffff", "text_wrap": True}),
        "text": book.add_format(plain),
        "typed": book.add_format({**plain, "num_format": "@"}),
        "told": book.add_format({**plain, "font_color": "#444444", "bg_color": "#f4f5f7"}),
        "answer": book.add_format({**plain, "bg_color": "#eef8f2", "border": 1, "border_color": "#b8d8c6"}),
        "bold": book.add_format({"bold": True, "font_size": 10}),
        "plain": book.add_format({"font_size": 10, "font_color": "#444444"}),
        "number": book.add_format({**plain, "num_format": "0.00"}),
    }


def _review(
    sheet: Worksheet, items: Sequence[Item], known: Mapping[str, str], looks: Mapping[str, Format], listed: int
) -> None:
    told = len(COLUMNS) - 5
    for column, (_, heading, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, looks["head" if column < told else "asked"])
    for n, item in enumerate(items, start=1):
        row = _row(item, known)
        sheet.set_row(n, _height(row))
        for column, (name, _, _) in enumerate(COLUMNS):
            if name == "quote":
                _rich(sheet, n, column, str(row[name]), item.row.wording, looks)
            elif column < told:
                sheet.write_string(n, column, legible(str(row[name]))[:LONGEST], looks["told"])
            else:
                sheet.write_blank(n, column, None, looks["answer"])
    last = max(1, len(items))
    sheet.data_validation(1, told, last, told, {"validate": "list", "source": f"={LISTS}!$C$1:$C${len(ANSWERS)}"})
    source = f"={LISTS}!$A$1:$A${listed}"
    sheet.data_validation(1, told + 1, last, told + 1, {"validate": "list", "source": source})
    sheet.freeze_panes(1, 5)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _height(row: Mapping[str, str]) -> float:
    """Points that the fullest cell needs at the width of its column; not every program fits rows by itself."""
    lines = max(-(-len(row[name]) // (width - 2)) for name, _, width in COLUMNS if name in row)
    return min(13.5 * max(1, lines) + 2, 300.0)


def _row(item: Item, known: Mapping[str, str]) -> dict[str, str]:
    row = item.row
    said = "; ".join(
        f"{d.by}: {d.action}" + (f" ({d.comment})" if d.comment else "")
        for d in (
            *(item.standing.verdicts if item.standing else ()),
            *(item.standing.comments if item.standing else ()),
        )
    )
    score = "" if row.score >= 100 else f" {row.score:.0f}"
    state = "conflict" if item.has_conflict else str(item.state) if item.is_lost else item.status
    return {
        "reference_id": item.reference_id,
        "document": row.document,
        "citation": cite_paragraph(row.paragraph),
        "label": known.get(row.category, row.category),
        "wording": row.wording,
        "canonical": row.canonical,
        "quote": row.quote or row.wording,
        "found": f"{row.extractor} ({row.method}{score})",
        "status": state,
        "said": said,
    }


def _rich(sheet: Worksheet, row: int, column: int, quote: str, wording: str, looks: Mapping[str, Format]) -> None:
    """The quote with its wording bold; a cell of one fragment, or one too long, is written plain."""
    text = legible(quote)[:LONGEST]
    pieces = [piece for piece in quotes.mark(text, [legible(wording)]) if piece.text]
    parts: list[Format | str] = []
    for piece in pieces:
        parts += [looks["bold" if piece.is_bold else "plain"], piece.text]
    if len(pieces) < 2 or sheet.write_rich_string(row, column, *parts, looks["told"]) != 0:
        sheet.write_string(row, column, text, looks["told"])


def _additions(sheet: Worksheet, looks: Mapping[str, Format], listed: int, documents: int) -> None:
    for column, (name, heading, width) in enumerate(ADDITIONS):
        sheet.set_column(column, column, width, looks["typed" if name == "paragraph" else "text"])
        sheet.write_string(0, column, heading, looks["asked"])
    lists = {0: f"={LISTS}!$B$1:$B${max(1, documents)}", 2: f"={LISTS}!$A$1:$A${listed}"}
    for column, source in lists.items():
        sheet.data_validation(1, column, ROWS_TO_ADD, column, {"validate": "list", "source": source})
    sheet.freeze_panes(1, 0)


def _agreement(sheet: Worksheet, desk: Desk, known: Mapping[str, str], looks: Mapping[str, Format]) -> None:
    headings = ("Analyst", "Analyst", "Category", "Decided by both", "Same answer", "Cohen's kappa")
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, looks["head"])
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, 2, 40)
    sheet.set_column(3, 5, 16)
    for n, found in enumerate(measure_agreement(desk.decisions()), start=1):
        label = known.get(found.category, found.category) or "All categories"
        for column, text in enumerate((found.one, found.other, label)):
            sheet.write_string(n, column, legible(text), looks["text"])
        sheet.write_number(n, 3, found.items, looks["text"])
        sheet.write_number(n, 4, found.same, looks["text"])
        if found.kappa is not None:
            sheet.write_number(n, 5, found.kappa, looks["number"])
