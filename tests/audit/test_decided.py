"""What analysts decide of an audit's claims: in the review as everything else, and shown when the audit is made again."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from typer.testing import CliRunner

from pipeline.audit import audit_analysis
from pipeline.audit.claims import STATUSES, Audit
from pipeline.audit.decided import decide_audit, find_analysed, keep_audit
from pipeline.commands import app
from pipeline.errors import GcmrefsError
from pipeline.review.answer import make_decision
from pipeline.review.desk import Desk
from pipeline.review.excel.read import take
from pipeline.review.excel.write import form
from pipeline.review.items import Item, Queue
from pipeline.review.kinds import CLAIMS
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from tests.audit import sample
from tests.review.corpus import opened, settings
from tests.webapp.browser import Browser, review


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over the analysed text, and the analysis beside it."""
    folder = tmp_path_factory.mktemp("claims")
    made = settings(folder)
    made.corpus.mkdir()
    shutil.copy(sample.RESOLUTION, made.corpus / "framework.en.txt")
    (folder / "analysis.md").write_text(sample.MARKDOWN, encoding="utf-8")
    run_corpus(settings=made, workers=1)
    return folder


@pytest.fixture
def made(ready: Path, tmp_path: Path) -> Settings:
    shutil.copytree(ready, tmp_path, dirs_exist_ok=True)
    return settings(tmp_path)


def audited(made: Settings, against: str = "framework.en.txt") -> tuple[Audit, str]:
    path = made.corpus / against
    return audit_analysis(made.corpus.parent / "analysis.md", path), find_analysed(opened(made), path)


def kept(made: Settings) -> Desk:
    keep_audit(opened(made), *audited(made))
    return Desk(opened(made))


def claim(desk: Desk, wording: str) -> Item:
    items = desk.items(Queue("all", kind="claim"))
    return next(item for item in items if item.facts is not None and item.facts.facts.get("wording") == wording)


def shown(audit: Audit) -> dict[str, tuple[object, ...]]:
    return {str(row["wording"]): (row["status"], row["paragraph_true"], row["review"]) for row in audit.rows()}


def test_the_review_offers_every_status_of_an_audit() -> None:
    assert CLAIMS.choices["verdict"] == STATUSES


def test_claims_are_decided_and_the_next_audit_shows_it(made: Settings) -> None:
    desk = kept(made)
    audit, document = audited(made)
    assert len(desk.items(Queue("open", kind="claim"))) == len({*shown(audit), *(n.wording for n in audit.narrative)})
    forum = claim(desk, "Global Forum on Migration and Development")
    assert (forum.row.document, forum.facts and forum.facts.facts.get("verdict")) == (document, "wrong_paragraph")
    said = {"verdict": "debatable", "note": "the preamble names it, too"}
    desk.write(
        [
            make_decision(desk, claim(desk, "trade unions"), "accept", by="Ana"),
            make_decision(desk, claim(desk, "settings"), "reject", by="Ana"),
            make_decision(desk, forum, "edit", by="Ana", values=said),
        ]
    )
    before, after = shown(audit), shown(decide_audit(opened(made), audit, document))
    assert before.keys() - after.keys() == {"settings"}
    assert after["trade unions"] == (*before["trade unions"][:2], "accepted")
    assert after["Global Forum on Migration and Development"][::2] == ("debatable", "edited")
    assert decide_audit(opened(made), audit, document).counts["debatable"] == 1


def test_a_claim_says_only_what_an_audit_can_say(made: Settings) -> None:
    desk = kept(made)
    with pytest.raises(GcmrefsError, match="one of ok, wrong_paragraph"):
        make_decision(desk, claim(desk, "trade unions"), "edit", by="Ana", values={"verdict": "fine"})


def in_word(corpus: Path) -> str:
    twin = docx.Document()
    for text in (corpus / "framework.en.txt").read_text(encoding="utf-8").strip().split("\n"):
        twin.add_paragraph(text)
    twin.save(str(corpus / "framework.en.docx"))
    return "framework.en.docx"


def renamed(corpus: Path) -> str:
    (corpus / "framework.en.txt").rename(corpus / "the text.txt")
    return "the text.txt"


@pytest.mark.parametrize("change", [renamed, in_word])
def test_what_was_decided_counts_under_another_name_and_in_a_copy(made: Settings, change: object) -> None:
    desk = kept(made)
    desk.write([make_decision(desk, claim(desk, "trade unions"), "accept", by="Ana")])
    assert callable(change)
    name = change(made.corpus)
    run_corpus(settings=made, workers=1, may_replace=True)
    audit, document = audited(made, name)
    assert document
    assert shown(decide_audit(opened(made), audit, document))["trade unions"][2] == "accepted"


def test_a_run_keeps_the_claims_and_an_audit_replaces_its_own(made: Settings) -> None:
    count = len(kept(made).items(Queue("all", kind="claim")))
    run_corpus(settings=made, workers=1, force=True, may_replace=True)
    desk = kept(made)
    assert len(desk.items(Queue("all", kind="claim"))) == count > 4
    assert desk.items(Queue("all", kind="commitments"))


def test_claims_have_the_pages_and_the_sheet_of_everything_else(made: Settings) -> None:
    desk = kept(made)
    name = claim(desk, "trade unions").reference_id
    ana = Browser(review(made), "Ana")
    for path in ("/?kind=claim", "/table?kind=claim&show=all", f"/item/{name}?kind=claim", f"/group/{name}?kind=claim"):
        assert ana.open(path).status == 200
    ana.open(f"/item/{name}?kind=claim").submit("/facts", verdict="debatable")
    desk.refresh()
    assert desk.item(name).status == "edited" and desk.item(name).row.document == "framework.en"
    other = claim(desk, "local authorities").reference_id
    book = openpyxl.load_workbook(io.BytesIO(form(desk, [], {"claim": desk.items(Queue("all", kind="claim"))})))
    sheet = book["Audit claims"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(cells[0].row for cells in sheet.iter_rows(min_row=2) if cells[0].value == other)
    sheet.cell(row, columns["Decision"]).value = "edit"
    sheet.cell(row, columns["New: Verdict"]).value = "not_found"
    out = io.BytesIO()
    book.save(out)
    taken = take(desk, out.getvalue(), name="claims.xlsx", by="Ben")
    assert not taken.refused and desk.item(other).status == "edited"


def test_the_command_keeps_claims_and_says_where_it_cannot(made: Settings) -> None:
    folder = made.corpus.parent
    words = ["audit", str(folder / "analysis.md"), "--outputs", str(made.outputs), "--against"]
    runner = CliRunner()
    told = runner.invoke(app.app, [*words, str(made.corpus / "framework.en.txt"), "--review"])
    assert told.exit_code == 0 and "claims can be decided" in told.output
    desk = Desk(opened(made))
    desk.write([make_decision(desk, claim(desk, "trade unions"), "accept", by="Ana")])
    told = runner.invoke(app.app, [*words, str(made.corpus / "framework.en.txt"), "--format", "csv"])
    assert ",accepted" in told.output
    told = runner.invoke(app.app, [*words, str(sample.DECLARATION), "--review"])
    assert told.exit_code == 1 and "not in the last run" in str(told.exception or told.output)
