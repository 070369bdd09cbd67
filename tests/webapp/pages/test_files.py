"""Files of the last run: only those that it lists; and the review workbook, out, shown, and in."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from fastapi import FastAPI

from pipeline.review import ledger
from pipeline.settings import Settings
from tests.review.corpus import named
from tests.webapp.browser import Browser, log


def publish(place: Settings, *files: str) -> Path:
    """A last run that lists these files, each of which holds its own name."""
    folder = place.outputs / "latest"
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (folder / "run.json").write_text(json.dumps({"files": [*files, "run.json"]}))
    return folder


@pytest.mark.parametrize(
    "path",
    [
        "..%2Fstore%2Freview.key",
        "%2e%2e/store/review.key",
        "secret.txt",
        "tables/",
        "run.json%00",
        "/etc/passwd",
        "link.csv",
    ],
)
def test_no_other_file_is_given_out(ana: Browser, place: Settings, path: str) -> None:
    folder = publish(place, "tables/a.csv")
    (folder / "secret.txt").write_text("secret")
    (folder / "link.csv").symlink_to(place.outputs / "store" / "review.key")
    (folder / "run.json").write_text(json.dumps({"files": ["tables/a.csv", "link.csv", "../store/review.key"]}))
    assert ana.client.get("/files/latest/tables/a.csv").text == "tables/a.csv"
    assert ana.client.get(f"/files/latest/{path}").status_code == 404


def test_files_are_told_and_pages_are_never_shown_from_there(ana: Browser, place: Settings) -> None:
    publish(place, "report.html", "tables/counts_by_category.csv", "briefs/alpha.en.docx")
    ana.open("/files")
    assert all(text in ana.text for text in ("Everything at once", "counts by category.csv", "Single tables"))
    answer = ana.client.get("/files/latest/report.html")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert ana.open("/brief/none").status == 404


def filled(data: bytes, answers: dict[str, str]) -> bytes:
    """The workbook with decisions in the rows of these wordings."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Review"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=2):
        words = {str(cell.value) for cell in row}
        for wording, answer in answers.items():
            if wording in words:
                sheet.cell(row[0].row, columns["Decision"], answer)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring(person: Browser, data: bytes, name: str = "review.xlsx") -> Browser:
    person.open("/files")
    person._take(person.client.post("/files/workbook", data={"csrf": person.token()}, files={"workbook": (name, data)}))
    return person


def test_a_workbook_is_shown_before_it_is_taken(ana: Browser, app: FastAPI, place: Settings) -> None:
    data = ana.client.get("/files/review.xlsx?show=open").content
    data = filled(data, {"civil society": "accept", "diasporas": "perhaps"})
    bring(ana, data, "../my <b>review</b>.xlsx")
    assert "1 to take" in ana.text and "1 refused" in ana.text
    assert "“perhaps” is no decision" in ana.text and "<b>review" not in ana.answer.text
    assert ledger.read(app.state.site.engine) == []
    ana.submit("/files/take")
    assert "1 taken" in ana.text
    (decision,) = ledger.read(app.state.site.engine)
    assert (decision.action, decision.by, decision.origin) == ("accept", "Ana", "import")
    assert app.state.site.desk.item(named(app.state.site.desk, "civil society")).status == "accepted"
    assert '"what": "import"' in log(place)
    assert list((place.outputs / "store" / "uploads").glob("*.xlsx")) == []
    bring(ana, data)
    assert "1 known already" in ana.text


def test_what_is_no_workbook_is_refused_in_one_line(ana: Browser, app: FastAPI, ben: Browser) -> None:
    for data in (b"", b"PK\x03\x04", b"%PDF-1.7", b"x" * 1000):
        bring(ana, data)
        assert (ana.status, len(list(ana.page.iter("h1")))) == (400, 1)
    token = ana.open("/files").token()
    for workbook in ("", "../../review.key", "0" * 64):
        assert ana.post("/files/take", {"csrf": token, "workbook": workbook}).status_code == 404
    bring(ben, ben.client.get("/files/review.xlsx").content)
    digest = next(i.get("value", "") for i in ben.page.iter("input") if i.get("name") == "workbook")
    assert ana.post("/files/take", {"csrf": token, "workbook": digest}).status_code == 404
    assert ledger.read(app.state.site.engine) == []
