import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.export.excel import workbook
from pipeline.extract.quote import Run
from pipeline.tables.build import Frames, build_tables
from pipeline.tables.mechanisms.profile import ProfileRow
from pipeline.tables.references import Table
from pipeline.tables.table import NOT_STATED, listing
from tests import table_sample as sample


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    return build_tables(Frames(sample.references(), sample.paragraphs(), sample.objectives()), labels=sample.LABELS)


@pytest.fixture(scope="module")
def path(tables: dict[str, Table], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workbook.write(tmp_path_factory.mktemp("x") / "t.xlsx", tables, sample.references(), sample.RUN)


@pytest.fixture(scope="module")
def book(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path, rich_text=True)


def cells(sheet: Worksheet, header: str) -> list[object]:
    column = [cell.value for cell in sheet[1]].index(header) + 1
    return [sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)]


def bold(value: object) -> list[str]:
    assert isinstance(value, CellRichText)
    return [block.text for block in value if isinstance(block, TextBlock) and block.font.b]


def test_sheets(book: openpyxl.Workbook, tables: dict[str, Table]) -> None:
    shown = [workbook.SHEETS[name] for name, table in tables.items() if table.rows]
    assert book.sheetnames == ["Read me", *shown, "All references"]
    assert len(shown) < len(tables)


def test_the_read_me_begins_with_the_result(book: openpyxl.Workbook) -> None:
    rows = [[cell.value for cell in row[:2]] for row in book["Read me"].iter_rows(max_row=6)]
    assert rows[2:6] == [["Result", None], ["Documents", 2], ["Paragraphs", 9], ["References", 11]]


def test_sheet_names_are_short_and_each_only_once(tables: dict[str, Table]) -> None:
    long = {f"a_table_with_a_very_long_name_number_{n}": tables["iscm_quotes"] for n in range(3)}
    names = list(workbook.sheet_names(long).values())
    assert len({name.casefold() for name in names}) == 3
    assert all(len(name) <= 31 for name in names)


def test_every_table_is_filtered_frozen_and_printed_on_pages_with_its_header(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        assert sheet.auto_filter.ref.startswith("A1:"), sheet.title
        assert sheet.freeze_panes is not None and sheet.freeze_panes.endswith("2"), sheet.title
        assert sheet.print_title_rows == "$1:$1" and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.orientation == "landscape"


def test_wordings_are_bold_in_quotes(book: openpyxl.Workbook, tables: dict[str, Table]) -> None:
    found = cells(book["Stakeholder quotes"], "Quote")
    assert [str(value) for value in found] == list(tables["stakeholder_quotes"].frame["quote"])
    assert [bold(value) for value in found] == [
        ["trade unions"], ["cities"], ["cities", "cities"], ["cities"], ["trade unions"], ["النقابات"],
    ]  # fmt: skip


def test_read_me_explains_run_documents_failures_sheets_and_columns(book: openpyxl.Workbook) -> None:
    text = "\n".join(str(cell.value) for row in book["Read me"].rows for cell in row if cell.value is not None)
    for expected in (sample.RUN["run_id"], "Compact on Moving Well", "lost.pdf: encrypted", "odd", "the words of the"):
        assert expected in text


def test_no_cell_is_a_formula_or_a_link(tables: dict[str, Table], tmp_path: Path) -> None:
    evil = sample.references(wording="=1+1", canonical="http://x.test/", title="@SUM(A1)", quote="+1|x")
    built = build_tables(Frames(evil, sample.paragraphs(), sample.objectives()), labels={})
    path = workbook.write(tmp_path / "t.xlsx", built, evil, sample.RUN)
    book = openpyxl.load_workbook(path)
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.rows for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}
    assert "=1+1" in cells(book["ISCM wordings"], "Reference / wording")
    links = [c.hyperlink for sheet in book.worksheets for row in sheet.rows for c in row if c.hyperlink]
    assert links and all(link.target is None and link.location.endswith("!A1") for link in links)


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ((Run("all bold", True),), "all bold"),
        ((Run("plain", False),), "plain"),
        ((), None),
        ((Run("", False), Run("a", True), Run("b", False)), "ab"),
        ((Run("a\x00", True), Run("b", False)), "a�b"),
        ((Run("x" * 40_000, True), Run("y", False)), "x" * 32_764 + "..."),
        ((Run("_x0041_", True), Run("z", False)), "_x0041_z"),
        ((Run(" a", True), Run(" ", False), Run("b ", True)), " a b "),
    ],
)
def test_odd_rich_cells_are_not_lost(
    runs: tuple[Run, ...], expected: str | None, tables: dict[str, Table], tmp_path: Path
) -> None:
    whole = tables["iscm_quotes"]
    table = replace(whole, rows=(replace(whole.rows[0], quote=runs),))
    path = workbook.write(tmp_path / "t.xlsx", {"iscm_quotes": table}, sample.references(), sample.RUN)
    value = cells(openpyxl.load_workbook(path, rich_text=True)["ISCM quotes"], "Quote")[0]
    assert (value if value is None else str(value)) == expected


def test_one_document_needs_no_document_column(tmp_path: Path) -> None:
    one = sample.references().query("document == 'charter'")
    built = build_tables(
        Frames(one, sample.paragraphs().query("document == 'charter'"), sample.objectives().head(0)), labels={}
    )
    book = openpyxl.load_workbook(workbook.write(tmp_path / "t.xlsx", built, one, {}))
    assert [cell.value for cell in book["ISCM quotes"][1]][:2] == ["Listed under", "Cited as"]


def test_dates_are_those_of_the_run(path: Path, book: openpyxl.Workbook) -> None:
    assert str(book.properties.created) == "2030-01-02 03:04:05"
    with zipfile.ZipFile(path) as file:
        assert len({info.date_time for info in file.infolist()}) == 1


def test_a_sheet_holds_what_excel_takes_and_the_read_me_says_so(
    tables: dict[str, Table], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST", 2)
    book = openpyxl.load_workbook(workbook.write(tmp_path / "t.xlsx", tables, sample.references(), sample.RUN))
    assert book["Stakeholder quotes"].max_row == 3 and book["Stakeholder quotes"].auto_filter.ref.endswith("3")
    told = {str(row[0].value): str(row[1].value) for row in book["Read me"].iter_rows()}
    assert told["Stakeholder quotes"].endswith("The sheet has the first 2 rows, tables/stakeholder_quotes.csv has all.")
    assert "first 2 rows" not in told["IGO quotes"]


def test_many_rows_keep_their_numbers_and_places(tables: dict[str, Table], tmp_path: Path) -> None:
    whole = tables["counts_by_document"]
    frame = [replace(row, count=n) for n, row in enumerate(whole.rows * 3000)]
    many = {"counts_by_document": replace(whole, rows=tuple(frame))}
    sheet = openpyxl.load_workbook(workbook.write(tmp_path / "t.xlsx", many, sample.references(), {}))["By document"]
    assert cells(sheet, "References") == list(range(len(frame)))
    assert sheet.dimensions.endswith(str(len(frame) + 1))
    assert all(sheet.row_dimensions[n].height for n in (2, 700, len(frame) + 1))


def test_the_same_tables_give_the_same_bytes(tables: dict[str, Table], path: Path, tmp_path: Path) -> None:
    again = workbook.write(tmp_path / "t.xlsx", tables, sample.references(), sample.RUN)
    assert again.read_bytes() == path.read_bytes()


def test_all_words_of_a_quote_are_of_one_size(book: openpyxl.Workbook) -> None:
    value = next(v for v in cells(book["ISCM quotes"], "Quote") if isinstance(v, CellRichText))
    assert {block.font.sz for block in value if isinstance(block, TextBlock)} == {10}


def test_rows_in_which_nothing_is_stated_are_hidden_by_a_filter(tmp_path: Path) -> None:
    rows = tuple(profile_row(answer) for answer in ("yes", NOT_STATED))
    table = listing("iscm_profile", "Profile", "One row for each answer.", ProfileRow, rows)
    path = workbook.write(tmp_path / "t.xlsx", {table.name: table}, sample.references().head(0), sample.RUN)
    sheet = openpyxl.load_workbook(path)["ISCM profile"]
    assert [sheet.row_dimensions[n].hidden for n in (2, 3)] == [False, True]
    assert sheet.auto_filter.filterColumn


def profile_row(answer: str) -> ProfileRow:
    return ProfileRow("A Process", "A", "4", "Has it?", answer, *[""] * 6, (), None, None, "", "")
