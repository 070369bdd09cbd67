"""The review as an Excel workbook: one row a reference, a drop-down for the decision, columns for corrections."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.cell import legible
from pipeline.extract import quote as quotes
from pipeline.review.agreement import measure_agreement
from pipeline.review.answer import categories
from pipeline.review.decision import Kind
from pipeline.review.desk import Desk
from pipeline.review.excel.columns import (
    ADD,
    ADDITIONS,
    KIND_SHEETS,
    REVIEW,
    SHEETS,
    SheetColumns,
    asked_columns,
    shown_fields,
    write_heading,
)
from pipeline.review.items import Item
from pipeline.review.kinds import DECIDABLE, KIND_LABELS, objective_labels
from pipeline.segment.citation import cite_paragraph
from pipeline.store.runs import start_of_run
from pipeline.translation import gettext, gettext_noop

LISTS, README, AGREEMENT = gettext_noop("Lists"), gettext_noop("Read me"), gettext_noop("Agreement")
ANSWERS = (gettext_noop("accept"), gettext_noop("reject"), gettext_noop("edit"), gettext_noop("undo"))
ROWS_TO_ADD, LONGEST, MOST_LETTERS = 500, 32_000, 31
GUIDE = (
    gettext_noop(
        "One row for each reference, or row of another sheet. Choose a decision in the green columns, now or later."
    ),
    gettext_noop("accept: it is right as it stands."),
    gettext_noop("reject: it is none, and the tables will not show it."),
    gettext_noop(
        "edit: give what is wrong: a new category, wording (as it stands in the paragraph) or name it stands for."
    ),
    gettext_noop("On the other sheets an edit gives what is wrong in the columns that begin with New."),
    gettext_noop("undo: take back what you said before about it."),
    gettext_noop("A comment can stand with any decision or alone."),
    gettext_noop(
        "References that were missed go to the sheet Add: document, paragraph (as 22(b)), category and wording."
    ),
    gettext_noop("So do objectives of a paragraph: the objective in place of the category."),
    gettext_noop(
        "Rows may be sorted, filtered, hidden and deleted. The grey columns are not read back, but keep the first one."
    ),
    gettext_noop("When done: gcmrefs review import FILE --by NAME. Importing the same file twice changes nothing."),
    gettext_noop("A workbook is read back in whichever language it was written."),
)


def form(desk: Desk, items: Iterable[Item], facts: Mapping[Kind, Sequence[Item]] = MappingProxyType({})) -> bytes:
    """Return the workbook of these items as the bytes of an .xlsx file; the same ledger gives the same bytes.

    Sheets: Review (with drop-downs for decision and category), one for each kind of `facts`, Add (for references and
    objectives that were missed), Agreement (how far analysts agree), Read me. Long texts are cut at what a cell holds.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        looks = _looks(book)
        known, aims = categories(), objective_labels()
        listed = [f"{name} · {gettext(label)}" for name, label in known.items()]
        titled = [f"{name} · {gettext(label)}" for name, label in aims.items()]
        kinds = {DECIDABLE[kind].label: told for kind, told in facts.items()}
        named_sheets = (REVIEW, *kinds, ADD, AGREEMENT, README, LISTS)
        sheets = {name: book.add_worksheet(gettext(name)[:MOST_LETTERS]) for name in named_sheets}
        sources = {}
        lists = {
            "category": listed,
            "document": [*desk.documents],
            "answer": [*map(gettext, ANSWERS)],
            "objective": titled,
        }
        for column, (name, values) in enumerate((lists | {"any": [*listed, *titled]}).items()):
            for n, value in enumerate(values):
                sheets[LISTS].write_string(n, column, legible(value))
            letter = chr(ord("A") + column)
            sources[name] = f"={gettext(LISTS)}!${letter}$1:${letter}${max(1, len(values))}"
        sheets[LISTS].hide()
        held = list(items)
        named: dict[str, str | list[str]] = {"decision": sources["answer"], "new_category": sources["category"]}
        _review(sheets[REVIEW], REVIEW, held, [_row(item, known) for item in held], looks, named)
        for sheet, told in kinds.items():
            chosen = named | ({"new_number": sources["objective"]} if told and told[0].kind == "objective" else {})
            chosen |= {f"new_{name}": list(values) for name, values in DECIDABLE[KIND_SHEETS[sheet]].choices.items()}
            rows = [_row(item, aims) | shown_fields(item) for item in told]
            _review(sheets[sheet], sheet, told, rows, looks, chosen)
        _additions(sheets[ADD], looks, {"document": sources["document"], "category": sources["any"]})
        _agreement(sheets[AGREEMENT], desk, known, looks)
        for n, text in enumerate(GUIDE):
            sheets[README].write_string(n, 0, gettext(text), looks["text"])
        sheets[README].set_column(0, 0, 110)
        book.set_properties({"title": gettext("Review of references"), "created": start_of_run(desk.run)})
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
    sheet: Worksheet,
    name: str,
    items: Sequence[Item],
    rows: Sequence[Mapping[str, str]],
    looks: Mapping[str, Format],
    lists: Mapping[str, str | list[str]],
) -> None:
    """A sheet with a row for each item; `lists` are the cells or words that a column's drop-down offers."""
    columns = SHEETS[name]
    told = len(columns) - len(asked_columns(name))
    last = max(1, len(items))
    for column, (field, heading, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, write_heading(heading), looks["head" if column < told else "asked"])
        if field in lists:
            sheet.data_validation(1, column, last, column, {"validate": "list", "source": lists[field]})
    for n, (item, row) in enumerate(zip(items, rows, strict=True), start=1):
        sheet.set_row(n, _height(row, columns))
        for column, (field, _, _) in enumerate(columns):
            if field == "quote":
                _rich(sheet, n, column, row[field], item.row.wording, looks)
            elif column < told:
                sheet.write_string(n, column, legible(row[field])[:LONGEST], looks["told"])
            else:
                sheet.write_blank(n, column, None, looks["answer"])
    sheet.freeze_panes(1, 5)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _height(row: Mapping[str, str], columns: SheetColumns) -> float:
    """Points that the fullest cell needs at the width of its column; not every program fits rows by itself."""
    lines = max(-(-len(row[name]) // (width - 2)) for name, _, width in columns if name in row)
    return min(13.5 * max(1, lines) + 2, 300.0)


def _row(item: Item, known: Mapping[str, str]) -> dict[str, str]:
    row = item.row
    said = "; ".join(
        f"{d.by}: {gettext(d.action)}" + (f" ({d.comment})" if d.comment else "")
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
        "citation": cite_paragraph(row.paragraph) if row.paragraph else "",
        "label": gettext(known.get(row.category, row.category)),
        "wording": row.wording,
        "canonical": row.canonical,
        "quote": row.quote or row.wording,
        "found": f"{row.extractor} ({gettext(row.method)}{score})",
        "status": gettext(state),
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


def _additions(sheet: Worksheet, looks: Mapping[str, Format], lists: Mapping[str, str]) -> None:
    for column, (name, heading, width) in enumerate(ADDITIONS):
        sheet.set_column(column, column, width, looks["typed" if name == "paragraph" else "text"])
        sheet.write_string(0, column, gettext(heading), looks["asked"])
        if name in lists:
            sheet.data_validation(1, column, ROWS_TO_ADD, column, {"validate": "list", "source": lists[name]})
    sheet.freeze_panes(1, 0)


def _agreement(sheet: Worksheet, desk: Desk, known: Mapping[str, str], looks: Mapping[str, Format]) -> None:
    headings = [*([gettext("Analyst")] * 2), gettext("Category"), gettext("Decided by both"), gettext("Same answer")]
    for column, heading in enumerate((*headings, gettext("Cohen's kappa"))):
        sheet.write_string(0, column, heading, looks["head"])
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, 2, 40)
    sheet.set_column(3, 5, 16)
    known = {**KIND_LABELS, **objective_labels(), **known}
    for n, found in enumerate(measure_agreement(desk.decisions(), desk.assignments), start=1):
        label = gettext(known.get(found.category, ""))
        label = label or gettext("All: %(kind)s", kind=gettext(known.get(found.kind, found.kind)))
        for column, text in enumerate((found.one, found.other, label)):
            sheet.write_string(n, column, legible(text), looks["text"])
        sheet.write_number(n, 3, found.items, looks["text"])
        sheet.write_number(n, 4, found.same, looks["text"])
        if found.kappa is not None:
            sheet.write_number(n, 5, found.kappa, looks["number"])
