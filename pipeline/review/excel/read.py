"""The analysts' workbook read back: what it says becomes decisions, what cannot be taken is told row by row."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.cell import legible, restored
from pipeline.errors import GcmrefsError
from pipeline.ingest.archive import Archive
from pipeline.review import ledger
from pipeline.review.answer import Answer, AnswerWords, add_objective, categories, make_addition, make_decision
from pipeline.review.decision import Decision
from pipeline.review.desk import Desk
from pipeline.review.excel.columns import ADD, REVIEW, SHEETS, asked_columns, shown_fields, write_heading
from pipeline.review.excel.write import ANSWERS
from pipeline.review.items import Item
from pipeline.review.kinds import DECIDABLE, objective_labels
from pipeline.segment.citation import cite_paragraph
from pipeline.translation import gettext, spellings

MOST_ROWS = 200_000
MOST_BYTES = 100_000_000
_ABOVE = 6
"""Rows among which the headings are looked for."""
_QUANTITY = "quantity"
"""Marks a row whose paragraph is a number with decimals: typed as 2.10, a spreadsheet program keeps 2.1 of it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken: `row` counts as the spreadsheet does (the headings are row 1)."""

    sheet: str
    row: int
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of a workbook: decisions written, rows that said nothing new, rows refused, rows left empty."""

    taken: tuple[Decision, ...]
    known: int
    refused: tuple[Refusal, ...]
    empty: int


def take(desk: Desk, data: bytes, *, name: str, by: str, dry_run: bool = False) -> Intake:
    """Write what a filled-in `form` says to the ledger, as the word of `by`.

    Idempotent: what this analyst has said already is not written again. Rows are read by their headings and the reference
    in the first column, so that they may be sorted, hidden and deleted; a row that is refused leaves the others alone.
    `dry_run` writes nothing.

    Raises GcmrefsError for a file that is no such workbook, is damaged, or is too large, and for a missing name.
    """
    if not by.strip():
        raise GcmrefsError(gettext("who decides must be said: --by NAME"))
    by = ledger.spell_name(desk.engine, by)
    taken: list[Decision] = []
    refused: list[Refusal] = []
    undone: list[int] = []
    known = empty = 0
    rows = list(_rows(_sheets(data, name)))
    torn = _contradicting_rows(rows)
    for sheet, number, row in rows:
        if not any(row.get(column) for column in asked_columns(sheet)):
            empty += 1
            continue
        try:
            if (sheet, number) in torn:
                told = torn[sheet, number]
                raise GcmrefsError(
                    gettext("rows %(rows)s say different things of one reference: keep one of them", rows=told)
                )
            found = [_added(desk, row, by)] if sheet == ADD else _reviewed(desk, row, number, by)
        except (GcmrefsError, ValueError) as error:
            what = row.get("wording") or row.get("reference_id") or ""
            refused.append(Refusal(sheet, number, str(what)[:80], str(error)))
            continue
        fresh = [one for one in found if isinstance(one, int) or not _said(desk, one, taken)]
        if fresh and (why := _unseen(desk, row)):
            refused.append(Refusal(sheet, number, row["wording"][:80], why))
            continue
        known += not fresh
        undone += [one for one in fresh if isinstance(one, int)]
        taken += [one for one in fresh if isinstance(one, Decision)]
    if dry_run:
        return Intake(tuple(taken), known, tuple(refused), empty)
    lines = [ledger.undo(desk.engine, number, by=by, origin="import") for number in undone]
    written = desk.write(taken) if taken else []
    if lines:
        desk.refresh()
    return Intake((*lines, *written), known, tuple(refused), empty)


def _contradicting_rows(rows: Sequence[tuple[str, int, Mapping[str, str]]]) -> dict[tuple[str, int], str]:
    """Rows that answer one reference twice and differently, each with the numbers of all of them."""
    answers: dict[tuple[str, str], dict[int, tuple[str, ...]]] = {}
    for sheet, number, row in rows:
        answer = tuple(row.get(column, "").casefold() for column in asked_columns(sheet))
        if sheet != ADD and any(answer):
            answers.setdefault((sheet, row.get("reference_id", "")), {})[number] = answer
    torn = {key: said for key, said in answers.items() if len(set(said.values())) > 1}
    return {
        (sheet, number): gettext(" and ").join(map(str, said)) for (sheet, _), said in torn.items() for number in said
    }


def _unseen(desk: Desk, row: Mapping[str, str]) -> str:
    """Why a bare yes or no cannot be taken: the grey cells show a correction that was itself corrected since, so that it is
    neither about what stands nor about what the machine found; "" where it is about one of them."""
    item = desk.get(row.get("reference_id", ""))
    if item is None or _answer(row) not in ("accept", "reject"):
        return ""
    if _as_shown(item, row) is not None:
        return ""
    now = _grey_cells(item)
    other = [name for name, value in now.items() if row.get(name) and not _is_written(row[name], name, value)]
    return gettext(
        "the sheet shows “%(shown)s”, it was changed to “%(now)s” since: export the review again, or say what is right",
        shown=row[other[0]],
        now=now[other[0]] or gettext("nothing"),
    )


@lru_cache(maxsize=1)
def _answers() -> Mapping[str, str]:
    """What the drop-down of a decision offers in any language, and the answer that it is."""
    return {said.casefold(): answer for answer in ANSWERS for said in spellings(answer)}


def _answer(row: Mapping[str, str]) -> str:
    """The decision of a row, as it is typed where it is none."""
    said = row.get("decision", "").strip().casefold()
    return _answers().get(said, said)


def _grey_cells(item: Item) -> Mapping[str, str]:
    """What the sheet tells of an item that can be corrected."""
    label = categories().get(item.row.category, item.row.category)
    return shown_fields(item) or {"wording": item.row.wording, "label": label, "canonical": item.row.canonical}


def _is_written(cell: str, name: str, value: str) -> bool:
    """Whether a grey cell says this, in whichever language the sheet is."""
    return _plain(cell) in map(_plain, spellings(value) if name == "label" else (value,))


def _as_shown(item: Item, row: Mapping[str, str]) -> Item | None:
    """The item as its grey cells show it: as it stands, or as the machine found it, which others have corrected since; None
    for neither. So two sheets that were filled in at the same time say the same, whichever is read first. Cells that were
    emptied say nothing, where they are no empty ones that another has filled in."""
    for is_emptied in (False, True):
        for one in (item, item.as_found):
            told = {name: value for name, value in _grey_cells(one).items() if name in row}
            if all(
                (is_emptied and not row[name]) or _is_written(row[name], name, value) for name, value in told.items()
            ):
                return one
    return None


def _reviewed(desk: Desk, row: Mapping[str, str], number: int, by: str) -> list[Decision | int]:
    """The decisions of one row of the sheet Review; a number is a decision to take back."""
    item = desk.get(row.get("reference_id", ""))
    if item is None:
        raise GcmrefsError(gettext("no such reference in the last run: it is gone, or the first column was changed"))
    if _contradicts(item, row):
        raise GcmrefsError(
            gettext(
                "row %(number)s: this row shows other words than its reference: was only part of the sheet sorted?",
                number=number,
            )
        )
    said, changes = _answer(row), _changes(item, row)
    if said and said not in ANSWERS:
        raise GcmrefsError(
            gettext(
                "“%(text)s” is no decision: use %(answers)s",
                text=row["decision"],
                answers=", ".join(map(gettext, ANSWERS)),
            )
        )
    if said == "undo":
        own = [d for d in (item.standing.verdicts if item.standing else ()) if d.by == by]
        return [decision.decision_id for decision in own]
    if said == "edit" and not changes:
        raise GcmrefsError(gettext("an edit needs a new category, new wording or new name, or another new value"))
    if said in ("accept", "reject") and changes:
        raise GcmrefsError(
            gettext(
                "%(answer)s and a correction exclude each other: use edit, or empty the correction",
                answer=gettext(said),
            )
        )
    action: Answer = (
        "edit" if changes else "accept" if said == "accept" else "reject" if said == "reject" else "comment"
    )
    told: AnswerWords = {**changes, "comment": row.get("comment", "")}
    return [make_decision(desk, _as_shown(item, row) or item, action, by=by, origin="import", **told)]


def _changes(item: Item, row: Mapping[str, str]) -> AnswerWords:
    """What a row says is wrong, as an edit takes it."""
    new = {name.removeprefix("new_"): text for name, text in row.items() if name.startswith("new_") and text}
    if item.facts is None:
        told: AnswerWords = {}
        if "category" in new:
            told["category"] = _category(new["category"])
        if "wording" in new:
            told["wording"] = new["wording"]
        if "canonical" in new:
            told["canonical"] = new["canonical"]
        return told
    if item.kind == "objective":
        return {"category": _category(new["number"])} if "number" in new else {}
    values = {name: new[name] for name in DECIDABLE[item.kind].fields if name in new}
    return {"values": values} if values else {}


def _contradicts(item: Item, row: Mapping[str, str]) -> bool:
    """Whether the grey cells are another reference's: a sort of some columns puts a decision beside other words.

    Case and spaces may differ, and empty cells say nothing; the wording may be the machine's or an analyst's.
    """
    known = [one for one in (item.row, item.machine) if one is not None]
    shown = {
        "document": {_plain(one.document) for one in known},
        "citation": {_plain(cite_paragraph(one.paragraph)) if one.paragraph else "" for one in known},
        "wording": {_plain(one.wording) for one in known},
    }
    return any(row.get(name) and _plain(row[name]) not in values for name, values in shown.items())


def _plain(text: str) -> str:
    return "".join(legible(text).casefold().split())


def _added(desk: Desk, row: Mapping[str, str], by: str) -> Decision:
    paragraph = row.get("paragraph", "").strip().removeprefix("§").strip()
    if row.get(_QUANTITY) and row.get("document") in desk.documents:
        passages = desk.passages(row["document"])
        longer = [f"{paragraph}{'0' * zeros}" for zeros in (1, 2) if passages.named(f"{paragraph}{'0' * zeros}")]
        if longer and passages.named(paragraph):
            raise GcmrefsError(
                gettext(
                    "the cell holds the quantity %(number)s, and there are paragraphs %(number)s and %(others)s:"
                    " format it as text and say which is meant",
                    number=paragraph,
                    others=gettext(" and ").join(longer),
                )
            )
        paragraph = longer[0] if longer else paragraph
    if not all(row.get(name) for name in ("document", "category", "wording")) or not paragraph:
        raise GcmrefsError(gettext("an addition needs document, paragraph, category and wording"))
    named, comment = _category(row["category"]), row.get("comment", "")
    if named in objective_labels():
        told = {"by": by, "wording": row["wording"], "comment": comment}
        return add_objective(desk, row["document"], paragraph, named, origin="import", **told)
    return make_addition(
        desk,
        row["document"],
        paragraph,
        named,
        by=by,
        wording=row["wording"],
        canonical=row.get("canonical", ""),
        comment=comment,
        origin="import",
    )


def _category(text: str) -> str:
    """`iscm.rcp · Regional consultative processes`, the id alone or the name alone, whatever the case."""
    wanted = text.partition(" · ")[0].strip()
    for category, label in {**categories(), **objective_labels()}.items():
        if wanted.casefold() in (category, *(named.casefold() for named in spellings(label))):
            return category
    return wanted


def _said(desk: Desk, decision: Decision, before: Sequence[Decision]) -> bool:
    """Tell whether the analyst has said exactly this: the same outcome and comment, or the same comment."""
    item = desk.get(decision.reference_id)
    stood = item.standing if item else None
    held = [*(stood.verdicts if stood else ()), *(stood.comments if stood else ()), *before]
    same = (d for d in held if d.by == decision.by and d.reference_id == decision.reference_id)
    if decision.action == "comment":
        return any(d.comment == decision.comment for d in same)
    return any(
        d.is_verdict and d.outcome == decision.outcome and (d.comment == decision.comment or not decision.comment)
        for d in same
    )


def _sheets(data: bytes, name: str) -> Mapping[str, list[tuple[object, ...]]]:
    """All rows of the sheets that are read; the package is bounded before anything is parsed."""
    import openpyxl

    if len(data) > MOST_BYTES:
        raise GcmrefsError(gettext("%(name)s: larger than %(n)s MB", name=name, n=MOST_BYTES // 1_000_000))
    with Archive(data, name=name, expanded_bytes=3 * MOST_BYTES) as package:
        if "xl/workbook.xml" not in package.names:
            raise GcmrefsError(gettext("%(name)s: no Excel workbook: export one with gcmrefs review export", name=name))
        for part in package.names:
            if part.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(part)[:2_000]:
                raise GcmrefsError(
                    gettext(
                        "%(name)s: holds a document type declaration: save it again in a spreadsheet program", name=name
                    )
                )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for sheet in book:
                sheet.reset_dimensions()  # some programs write a size that is too small
            found = {
                sheet: [row for _, row in zip(range(MOST_ROWS), book[own].iter_rows(values_only=True), strict=False)]
                for sheet in SHEETS
                for own in book.sheetnames[::-1]
                for title in spellings(sheet)
                if own == title or own.startswith((f"{title} - ", f"{title}-"))  # Numbers adds the name of the table
            }
            book.close()
    except Exception as error:  # openpyxl raises whatever a damaged part leads it to
        raise GcmrefsError(
            gettext("%(name)s: a damaged workbook (%(error)s): save it again", name=name, error=type(error).__name__)
        ) from None
    if not found.keys() - {ADD}:
        raise GcmrefsError(
            gettext(
                "%(name)s: has no sheet “%(sheet)s”: export one with gcmrefs review export",
                name=name,
                sheet=gettext(REVIEW),
            )
        )
    return found


def _rows(sheets: Mapping[str, list[tuple[object, ...]]]) -> Iterator[tuple[str, int, dict[str, str]]]:
    """(sheet, row number, cells by column name) of every row that is not blank; the headings may stand below a line or two
    that somebody, or the program Numbers, wrote above them."""
    for sheet, columns in SHEETS.items():
        if sheet not in sheets:
            continue
        rows = sheets[sheet] or [()]
        headings = {
            written.casefold(): name for name, heading, _ in columns for written in spellings(heading, write_heading)
        }
        named = [[headings.get(str(cell or "").strip().casefold(), "") for cell in row] for row in rows[:_ABOVE]]
        names = max(named, key=lambda found: sum(map(bool, found)))
        first = named.index(names) + 1
        if sheet != ADD and not {"reference_id", "decision"} <= set(names):
            raise GcmrefsError(
                gettext(
                    "the sheet %(sheet)s has no columns “%(first)s” and “%(decision)s” in its first rows",
                    sheet=gettext(sheet),
                    first=write_heading(columns[0][1]),
                    decision=gettext("Decision"),
                )
            )
        for number, cells in enumerate(rows[first:], start=first + 1):
            row = {name: _text(cell) for name, cell in zip(names, cells, strict=False) if name}
            if sheet == ADD and any(
                name == "paragraph" and isinstance(cell, float) and not cell.is_integer()
                for name, cell in zip(names, cells, strict=False)
            ):
                row[_QUANTITY] = "yes"
            if any(row.values()):
                yield sheet, number, row


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return restored(" ".join(str(cell).split(" "))).strip()
