"""Copies of one text are one thing: what is said of a paragraph in one of them is said of it in all."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pytest

from pipeline.review import ledger
from pipeline.review.answer import make_addition, make_decision
from pipeline.review.assignments import begin_assignment, plan_assignment
from pipeline.review.copies import Copies
from pipeline.review.decision import Decision, Value
from pipeline.review.desk import Desk
from pipeline.review.doubt import judged_references
from pipeline.review.items import Item, Queue
from pipeline.review.segmentation import decide_correction
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from tests.review.corpus import ALPHA, filled, opened

COPIES = ("alpha.en", "alpha.en-html", "alpha.en-docx")
WORDING = "trade unions"


def add_copies(made: Settings) -> None:
    """Put a web page and a Word file of the first text beside it."""
    lines = (made.corpus / "alpha.en.txt").read_text(encoding="utf-8").strip().split("\n\n")
    page = "".join(f"<p>{line}</p>" for line in lines)
    (made.corpus / "alpha page.html").write_text(f"<html lang='en'><body>{page}</body></html>", encoding="utf-8")
    twin = docx.Document()
    for line in lines:
        twin.add_paragraph(line)
    twin.save(str(made.corpus / "alpha twin.docx"))


def write(folder: Path, references: pd.DataFrame, *frames: object, **more: object) -> None:
    references.to_csv(folder / "references.csv", index=False, encoding="utf-8-sig")


def run(made: Settings) -> tuple[str, ...]:
    return run_corpus(settings=made, write=write, workers=1).processed


@pytest.fixture
def made(tmp_path: Path) -> Settings:
    """Two texts, the first in three formats."""
    made = filled(tmp_path)
    add_copies(made)
    run(made)
    assert len({row["work"] for row in Desk(opened(made)).documents.values()}) == 2
    return made


def on_copies(desk: Desk, wording: str = WORDING) -> list[Item]:
    return [item for item in desk.items(Queue("all")) if item.row.wording == wording]


def say(desk: Desk, copy: int, action: Any, by: str, **told: Any) -> Decision:
    return desk.write([make_decision(desk, on_copies(desk)[copy], action, by=by, **told)])[0]


def published(made: Settings, file: str) -> list[dict[str, str]]:
    with (made.outputs / "latest" / file).open(encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def shown(made: Settings, desk: Desk) -> list[str]:
    """The status of the words on each copy, the same on the desk of one who worked, of one who comes, and in the tables."""
    run(made)
    rows = published(made, "references.csv")
    statuses = [row["status"] for row in rows if row["wording"] == WORDING]
    desk.refresh()
    for one in (desk, Desk(opened(made))):
        assert sorted(item.status for item in on_copies(one)) == sorted(statuses)
    return statuses


def test_two_who_differ_on_two_copies_are_in_conflict_on_all(made: Settings) -> None:
    desk = Desk(opened(made))
    say(desk, 0, "accept", "Ana")
    assert shown(made, desk) == ["accepted"] * 3
    say(desk, 1, "reject", "Ben")
    assert [item.has_conflict for item in on_copies(desk)] == [True] * 3 and desk.count(Queue("conflict")) == 3
    assert shown(made, desk) == ["machine"] * 3
    assert [row["fate"] for row in published(made, "decisions.csv")] == ["conflict"] * 2
    settled = say(desk, 2, "reject", "Cem", adjudicates=True)
    assert shown(made, desk) == ["rejected"] * 3 and desk.count(Queue("conflict")) == 0
    assert [row["fate"] for row in published(made, "decisions.csv")] == ["settled", "settled", "counts"]
    ledger.undo(desk.engine, settled.decision_id, by="Cem")
    assert shown(made, desk) == ["machine"] * 3


def test_the_last_word_of_one_analyst_counts_on_whichever_copy(made: Settings) -> None:
    desk = Desk(opened(made))
    say(desk, 2, "accept", "Ana")
    last = say(desk, 0, "reject", "Ana")
    assert shown(made, desk) == ["rejected"] * 3
    assert [row["fate"] for row in published(made, "decisions.csv")] == ["superseded", "counts"]
    ledger.undo(desk.engine, last.decision_id, by="Ana")
    assert shown(made, desk) == ["accepted"] * 3
    assert desk.reviewers() == {"Ana": {"accept": 1}} and len(desk.decisions()) == 3
    assert len(list(judged_references(desk.items(Queue("decided"))))) == 1, "said once, counted once"


def test_what_is_added_to_one_copy_stands_in_all(made: Settings) -> None:
    desk = Desk(opened(made))
    desk.write([make_addition(desk, "alpha.en", "1", "stakeholder.media", by="Ana", wording="their work")])
    assert [item.status for item in on_copies(desk, "their work")] == ["added"] * 3


def test_what_is_hidden_on_one_copy_is_hidden_on_all(made: Settings) -> None:
    desk = Desk(opened(made))
    first = on_copies(desk)[0].row.document
    begin_assignment(desk.engine, plan_assignment({first: 8}, ["Ana", "Ben"], by="Cem", twice=100, is_blind=True))
    desk.refresh()
    own = Desk(desk.engine, viewer="Ana", whole=desk)
    say(desk, 0, "reject", "Ben")
    own.follow()
    assert [item.status for item in on_copies(desk)] == ["rejected"] * 3
    assert [item.status for item in on_copies(own)] == ["machine"] * 3
    say(own, 0, "accept", "Ana")
    assert [item.has_conflict for item in on_copies(own)] == [True] * 3


def test_a_paragraph_that_stands_twice_keeps_its_number() -> None:
    class TwoTexts(Copies):
        def _named(self, slug: str) -> dict[int, list[str]]:
            return {hash("we met."): ["1", "5"]}

    documents = {slug: {"work": "w", "language": "en"} for slug in "ab"} | {"c": {"work": "w", "language": "fr"}}
    copies = TwoTexts(None, documents)  # type: ignore[arg-type]
    for paragraph, there in (("5", "5"), ("7", "1")):
        said = Value(paragraph, "iscm.rcp", "met", 3, 6)
        found = copies.said_of(Decision(paragraph, "a", paragraph, "add", "Ana", human=said, text="We met."))
        assert [(one.document, one.paragraph) for one in found] == [("b", there)]


def correct(made: Settings, slug: str, paragraph: str, operation: Any, by: str = "Ana", **told: Any) -> Decision:
    desk = Desk(opened(made))
    line = decide_correction(slug, desk.passages(slug).paragraphs, paragraph, operation, by=by, **told)
    return desk.write([line])[0]


def numbers(made: Settings) -> dict[str, list[str]]:
    desk = Desk(opened(made))
    return {
        slug: [p.id for p in desk.passages(slug).paragraphs if p.kind == "paragraph"]
        for slug in desk.documents
        if slug != "beta.en"
    }


def test_a_correction_of_paragraphs_is_made_in_all_copies(tmp_path: Path) -> None:
    made = filled(tmp_path)
    said = correct(made, "alpha.en", "3", "renumber", number="4")
    add_copies(made)
    assert len(run(made)) == 3
    assert list(numbers(made).values()) == [["1", "2", "4"]] * 3
    assert run(made) == ()
    assert [row["fate"] for row in published(made, "decisions.csv")] == ["counts"]
    other = next(slug for slug in numbers(made) if slug != "alpha.en")
    correct(made, other, "2", "merge")
    run(made)
    assert list(numbers(made).values()) == [["1", "4"]] * 3
    ledger.undo(opened(made), said.decision_id, by="Ana")
    run(made)
    assert list(numbers(made).values()) == [["1", "3"]] * 3


def test_two_who_cut_copies_otherwise_are_in_conflict_on_all(made: Settings) -> None:
    slugs = [*numbers(made)]
    correct(made, slugs[0], "3", "renumber", number="4")
    correct(made, slugs[1], "3", "renumber", by="Ben", number="5")
    run(made)
    assert list(numbers(made).values()) == [["1", "2", "3"]] * 3
    assert [row["fate"] for row in published(made, "decisions.csv")] == ["conflict"] * 2


def test_a_copy_that_is_cut_otherwise_loses_nothing(tmp_path: Path) -> None:
    made = filled(tmp_path)
    add_copies(made)
    page = made.corpus / "alpha page.html"
    page.write_text(page.read_text(encoding="utf-8").replace("<p>3. ", "<p>3. First, "), encoding="utf-8")
    run(made)
    correct(made, "alpha.en", "3", "renumber", number="4")
    run(made)
    assert sorted(numbers(made).values()) == [["1", "2", "3"], ["1", "2", "4"], ["1", "2", "4"]]
    assert all(not row["warnings"] for row in published(made, "documents.csv"))
    assert ALPHA.count("3. ") == 1
