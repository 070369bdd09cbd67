"""The Excel round trip: what is filled in comes back as decisions, once."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.errors import GcmrefsError
from pipeline.review import ledger
from pipeline.review.answer import make_decision
from pipeline.review.desk import Desk
from pipeline.review.excel.columns import ADD, ADDITIONS, COLUMNS, REVIEW, SHEETS, write_heading
from pipeline.review.excel.read import Intake, take
from pipeline.review.excel.write import ANSWERS, form
from pipeline.review.items import Queue
from pipeline.translation import gettext, spellings, use_language
from tests.review.corpus import desk, named

NAMES = [name for name, _, _ in COLUMNS]
ADDED = [name for name, _, _ in ADDITIONS]


@pytest.fixture
def held(tmp_path: Path) -> Desk:
    return desk(tmp_path)


def filled_in(held: Desk, answers: dict[str, dict[str, Any]], additions: tuple[dict[str, Any], ...] = ()) -> bytes:
    """The form with these answers by wording, saved by another program."""
    book = openpyxl.load_workbook(io.BytesIO(form(held, held.items(Queue("all")))))
    for row in book[REVIEW].iter_rows(min_row=2):
        for name, value in answers.get(row[NAMES.index("wording")].value, {}).items():
            row[NAMES.index(name)].value = value
    for number, told in enumerate(additions, start=2):
        for name, value in told.items():
            book[ADD].cell(number, ADDED.index(name) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def imported(held: Desk, data: bytes, by: str = "Ana") -> Intake:
    return take(held, data, name="form.xlsx", by=by)


def told(found: Intake) -> tuple[int, int, list[str]]:
    return len(found.taken), found.known, [refusal.why for refusal in found.refused]


def test_the_form_has_drop_downs_and_quotes(held: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(form(held, held.items(Queue()))))
    assert [cell.value for cell in book[REVIEW][1]] == [heading for _, heading, _ in COLUMNS]
    assert book[REVIEW].max_row == 12 and book["Lists"].sheet_state == "hidden"
    validated = {str(v.sqref): v.formula1 for v in book[REVIEW].data_validations.dataValidation}
    assert validated["K2:K12"].endswith("Lists!$C$1:$C$4") and "L2:L12" in validated
    assert book[REVIEW].freeze_panes == "F2"


def test_the_same_ledger_gives_the_same_bytes(held: Desk) -> None:
    assert form(held, held.items(Queue())) == form(held, held.items(Queue()))


def test_an_untouched_form_says_nothing(held: Desk) -> None:
    found = imported(held, form(held, held.items(Queue())))
    assert told(found) == (0, 0, []) and found.empty == 11


def test_every_kind_of_answer_comes_back_once(held: Desk) -> None:
    answers = {
        "diasporas": {"decision": "accept"},
        "trade unions": {"decision": "Reject", "comment": "only mentioned"},
        "Colombo Process": {"decision": "edit", "new_category": "iscm.rcp · Regional consultative processes"},
        "civil society": {"comment": "check the French text"},
        "hometown associations": {"new_wording": "and hometown associations"},
    }
    added = ({"document": "beta.en", "paragraph": 1, "category": "Media", "wording": "partners"},)
    data = filled_in(held, answers, added)
    assert told(imported(held, data)) == (6, 0, [])
    status = {item.row.wording: item.status for item in held.items(Queue("decided"))}
    assert status == {
        "diasporas": "accepted",
        "trade unions": "rejected",
        "Colombo Process": "edited",
        "and hometown associations": "edited",
        "partners": "added",
    }
    assert {d.origin for d in ledger.read(held.engine)} == {"import"}
    assert told(imported(held, data)) == (0, 6, [])
    assert told(imported(held, data, by="Ben")) == (6, 0, [])
    assert held.items(Queue("conflict")) == []


@pytest.mark.parametrize("code", ["fr", "es"])
def test_a_workbook_in_another_language_says_the_same(held: Desk, code: str) -> None:
    with use_language(code):
        answers = {
            "diasporas": {"decision": gettext("accept")},
            "trade unions": {"decision": gettext("reject").upper()},
            "Colombo Process": {"new_category": gettext("Regional consultative processes")},
            "civil society": {"decision": "?"},
        }
        book = openpyxl.load_workbook(io.BytesIO(form(held, held.items(Queue("all")))))
    sheet = book.worksheets[0]
    assert sheet.title == {"fr": "Examen", "es": "Revisión"}[code]
    assert [cell.value for cell in sheet[1]][10:12] == {
        "fr": ["Décision", "Nouvelle catégorie"],
        "es": ["Decisión", "Nueva categoría"],
    }[code]
    for row in sheet.iter_rows(min_row=2):
        for name, value in answers.get(row[NAMES.index("wording")].value, {}).items():
            row[NAMES.index(name)].value = value
    out = io.BytesIO()
    book.save(out)
    found = imported(held, out.getvalue())
    assert [why.partition(":")[0] for why in told(found)[2]] == ["“?” is no decision"]
    status = {item.row.wording: item.status for item in held.items(Queue("decided"))}
    assert status == {"diasporas": "accepted", "trade unions": "rejected", "Colombo Process": "edited"}


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_heading_means_another_column_in_another_language(sheet: str) -> None:
    written = [
        (text.casefold(), name) for name, heading, _ in SHEETS[sheet] for text in spellings(heading, write_heading)
    ]
    assert len({text for text, _ in written}) == len(set(written))
    assert len([title for name in SHEETS for title in spellings(name) if title in spellings(sheet)]) == len(
        spellings(sheet)
    )


def test_no_answer_means_another_in_another_language() -> None:
    assert len({said for answer in ANSWERS for said in spellings(answer)}) == sum(
        len(spellings(one)) for one in ANSWERS
    )


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"decision": "maybe"}, "“maybe” is no decision"),
        ({"decision": "edit"}, "an edit needs"),
        ({"decision": "accept", "new_category": "iscm.rcp"}, "exclude each other"),
        ({"new_category": "iscm.moon"}, "no such category"),
        ({"new_wording": "the moon"}, "does not stand in this paragraph"),
        ({"decision": "accept", "reference_id": "0000"}, "no such reference"),
    ],
)
def test_a_refused_row_leaves_the_others_alone(held: Desk, cells: dict[str, str], why: str) -> None:
    found = imported(held, filled_in(held, {"diasporas": cells, "trade unions": {"decision": "accept"}}))
    assert len(found.taken) == 1
    (refusal,) = found.refused
    assert why in refusal.why and refusal.row == 5 and refusal.sheet == REVIEW


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"document": "beta.en", "paragraph": "1", "category": "iscm.rcp"}, "needs document, paragraph"),
        ({"document": "gamma", "paragraph": "1", "category": "iscm.rcp", "wording": "x"}, "no such document"),
        ({"document": "beta.en", "paragraph": "7", "category": "iscm.rcp", "wording": "x"}, "no paragraph 7"),
        ({"document": "beta.en", "paragraph": "1", "category": "iscm.rcp", "wording": "moon"}, "does not stand"),
    ],
)
def test_a_wrong_addition_is_refused(held: Desk, cells: dict[str, str], why: str) -> None:
    found = imported(held, filled_in(held, {}, (cells,)))
    assert [why in refusal.why for refusal in found.refused] == [True] and found.refused[0].sheet == ADD


def test_undo_takes_back_ones_own_word(held: Desk) -> None:
    held.write([make_decision(held, held.item(named(held, "diasporas")), "accept", by="Ana")])
    assert told(imported(held, filled_in(held, {"diasporas": {"decision": "undo"}}), by="Ben")) == (0, 1, [])
    assert held.item(named(held, "diasporas")).status == "accepted"
    imported(held, filled_in(held, {"diasporas": {"decision": "undo"}}))
    assert held.item(named(held, "diasporas")).status == "machine"


def test_a_dry_run_writes_nothing(held: Desk) -> None:
    data = filled_in(held, {"diasporas": {"decision": "accept"}})
    assert len(take(held, data, name="form.xlsx", by="Ana", dry_run=True).taken) == 1
    assert ledger.read(held.engine) == []


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"not a workbook", "damaged zip package"),
        (zipped({"a.txt": b"x"}), "no Excel workbook"),
        (zipped({"xl/workbook.xml": b"<workbook/>"}), "damaged workbook"),
        (zipped({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'}), "document type declaration"),
        (zipped({"xl/workbook.xml": b"0" * 310_000_000}), "expands to more than"),
    ],
)
def test_a_hostile_file_is_refused_in_one_line(held: Desk, data: bytes, problem: str) -> None:
    with pytest.raises(GcmrefsError, match=problem) as caught:
        imported(held, data)
    assert "form.xlsx" in str(caught.value) and "\n" not in str(caught.value)


def test_a_workbook_of_another_kind_is_refused(held: Desk) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.save(out)
    with pytest.raises(GcmrefsError, match="has no sheet “Review”"):
        imported(held, out.getvalue())


def test_formulas_in_the_text_stay_text(tmp_path: Path) -> None:
    held = desk(tmp_path)
    item = held.item(named(held, "diasporas"))
    held.write([make_decision(held, item, "comment", by="=cmd|' /C calc'!A0", comment="=1+1")])
    book = openpyxl.load_workbook(io.BytesIO(form(held, held.items(Queue("all")))))
    cells = [cell for row in book[REVIEW].iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=cmd") for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_rows_whose_grey_cells_are_another_references_are_refused(held: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled_in(held, {"diasporas": {"decision": "accept"}})))
    rows = {row[NAMES.index("wording")].value: row for row in book[REVIEW].iter_rows(min_row=2)}
    rows["diasporas"][0].value = rows["trade unions"][0].value
    out = io.BytesIO()
    book.save(out)
    count, _, refused = told(imported(held, out.getvalue()))
    assert count == 0 and len(refused) == 1 and "only part of the sheet sorted" in refused[0]


def test_a_grey_cell_that_was_only_reformatted_is_no_contradiction(held: Desk) -> None:
    assert told(imported(held, filled_in(held, {"diasporas": {"decision": "accept", "wording": " DIASPORAS"}})))[0] == 1


def test_a_size_of_the_sheet_that_is_too_small_loses_no_row(held: Desk) -> None:
    data = filled_in(held, {"diasporas": {"decision": "accept"}, "trade unions": {"decision": "reject"}})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as other:
        for name in package.namelist():
            part = package.read(name)
            if name.startswith("xl/worksheets/"):
                part = re.sub(rb'<dimension ref="[^"]*" ?/>', b'<dimension ref="A1"/>', part)
            other.writestr(name, part)
    assert told(imported(held, out.getvalue())) == (2, 0, [])


def test_paragraphs_to_add_are_typed_as_text(held: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(form(held, held.items(Queue()))))
    assert book[ADD].column_dimensions["B"].number_format == "@"


def test_a_yes_is_about_what_the_sheet_shows(held: Desk) -> None:
    """Two disagree where another has corrected it since; of a correction that was corrected again nothing is taken."""
    data = filled_in(held, {"diasporas": {"decision": "accept"}, "trade unions": {"decision": "accept"}})
    item = held.item(named(held, "diasporas"))
    held.write([make_decision(held, item, "edit", by="Ben", category="stakeholder.migrants")])
    assert told(imported(held, data)) == (2, 0, [])
    name = named(held, "trade unions")
    assert held.item(item.reference_id).has_conflict and held.item(name).status == "accepted"
    held.write([make_decision(held, held.item(name), "edit", by="Ana", category="stakeholder.migrants")])
    stale = filled_in(held, {"trade unions": {"decision": "accept"}})
    held.write([make_decision(held, held.item(name), "edit", by="Ana", category="stakeholder.media")])
    count, _, refused = told(imported(held, stale, by="Cem"))
    assert count == 0 and len(refused) == 1 and "was changed to" in refused[0]


def test_a_reference_answered_twice_and_differently_is_refused_in_both_rows(held: Desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled_in(held, {"diasporas": {"decision": "accept"}})))
    row = next(r for r in book[REVIEW].iter_rows(min_row=2) if r[NAMES.index("wording")].value == "diasporas")
    copy = [cell.value for cell in row]
    copy[NAMES.index("decision")] = "reject"
    book[REVIEW].append(copy)
    out = io.BytesIO()
    book.save(out)
    count, _, refused = told(imported(held, out.getvalue()))
    assert count == 0 and len(refused) == 2 and "say different things of one reference" in refused[0]


@pytest.mark.parametrize("title", [REVIEW, f"{REVIEW} - Table 1", f"{REVIEW}-Table 1"])
@pytest.mark.parametrize("lines", [0, 1, 2])
def test_lines_above_the_headings_and_names_of_tables_are_read(held: Desk, title: str, lines: int) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled_in(held, {"diasporas": {"decision": "accept"}})))
    for _ in range(lines):
        book[REVIEW].insert_rows(1)
        book[REVIEW].cell(1, 1).value = "Review of May"
    book[REVIEW].title = title
    out = io.BytesIO()
    book.save(out)
    assert told(imported(held, out.getvalue())) == (1, 0, [])


def test_a_name_is_spelled_as_the_ledger_has_it(held: Desk) -> None:
    imported(held, filled_in(held, {"diasporas": {"decision": "accept"}}), by="Ana López")
    data = filled_in(held, {"diasporas": {"decision": "accept"}, "trade unions": {"decision": "reject"}})
    assert told(imported(held, data, by="ana  LOPEZ")) == (1, 1, [])
    assert {d.by for d in ledger.read(held.engine)} == {"Ana López"}
