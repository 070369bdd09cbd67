"""Facts of a document that analysts decided: over manifest and text, on every run, wherever the file goes."""

from __future__ import annotations

import csv
import pickle
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.corpus.manifest import Source
from pipeline.errors import GcmrefsError
from pipeline.review import ledger
from pipeline.review.desk import Desk
from pipeline.review.facts import apply_facts, decide_fact, decided_facts, facts_standing, problem_of
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from tests.review.corpus import filled, in_another_format, opened, renamed

SLUG = "alpha.en"
PROBLEMS = {
    ("date", "2018"): "", ("date", "2018-13"): "a date is written", ("date", "May 2018"): "a date is written",
    ("language", "fr"): "", ("language", "french"): "two letters", ("role", "outcome"): "", ("role", "paper"): "one of",
    ("title", ""): "has a title", ("iscm", ""): "", ("title", "a\nb"): "on one line", ("pages", "3"): "no such fact",
}  # fmt: skip


@pytest.mark.parametrize(("field", "value"), PROBLEMS)
def test_what_a_fact_can_be(field: str, value: str) -> None:
    told, expected = problem_of(field, value), PROBLEMS[field, value]
    assert expected in told and bool(told) == bool(expected)


def say(made: Settings, slug: str = SLUG, by: str = "Ana", **facts: str) -> list[int]:
    """Decide facts of a document as the page does; the numbers of the decisions."""
    desk = Desk(opened(made))
    told = {"by": by, "paragraphs": desk.passages(slug).paragraphs}
    lines = [decide_fact(desk.documents[slug], field, value, **told) for field, value in facts.items()]
    return [line.decision_id for line in desk.write(lines)]


def run(made: Settings) -> tuple[Mapping[str, dict[str, str]], tuple[str, ...]]:
    """Run again: the rows of documents.csv, and the documents that were read or searched."""
    result = run_corpus(settings=made, write=lambda folder, *frames, **more: [], workers=1)
    with (made.outputs / "latest" / "documents.csv").open(encoding="utf-8-sig") as file:
        return {row["document"]: row for row in csv.DictReader(file)}, result.processed


SAID = {"title": "Alpha Declaration", "date": "2018-05", "iscm": "Alpha Dialogue", "role": "report"}


def test_facts_are_in_the_tables_and_only_what_depends_on_them_is_done_again(tmp_path: Path) -> None:
    made = filled(tmp_path)
    say(made, **SAID)
    rows, processed = run(made)
    assert {name: rows[SLUG][name] for name in SAID} == SAID and processed == (SLUG,)
    assert rows[SLUG]["decided"] == "title; date; iscm; role" and rows["beta.en"]["decided"] == ""
    assert run(made)[1] == ()
    say(made, role="speech", work="The Dialogues")
    rows, processed = run(made)
    assert (rows[SLUG]["role"], rows[SLUG]["work"], processed) == ("speech", "The Dialogues", ())
    say(made, "beta.en", work="The Dialogues")
    assert {row["work"] for row in run(made)[0].values()} == {"The Dialogues"}


def test_a_language_makes_one_document_be_read_again(tmp_path: Path) -> None:
    made = filled(tmp_path)
    number = say(made, language="es")[0]
    rows, processed = run(made)
    assert (rows[SLUG]["language"], processed) == ("es", (SLUG,))
    ledger.undo(opened(made), number, by="Ana")
    rows, processed = run(made)
    assert (rows[SLUG]["language"], rows[SLUG]["decided"], processed) == ("en", "", (SLUG,))


def test_the_analysts_word_beats_the_manifest_and_is_shown_as_such(tmp_path: Path) -> None:
    made = filled(tmp_path)
    entry = (
        f"sources:\n- slug: {SLUG}\n  title: Listed\n  date: 2017\n  iscm: A Body\n  addresses: ['file:alpha.en.txt']\n"
    )
    (made.corpus / "manifest.yaml").write_text(entry, encoding="utf-8")
    assert run(made)[0][SLUG]["iscm"] == "A Body"
    say(made, title="Decided", iscm="", date="2017")
    row = run(made)[0][SLUG]
    assert (row["title"], row["iscm"], row["date"]) == ("Decided", "", "2017")
    assert row["decided"] == "title (manifest: Listed); date; iscm (manifest: A Body)"


@pytest.mark.parametrize("change", [renamed, in_another_format])
def test_facts_go_where_the_text_goes_and_come_back_to_the_machine_by_an_undo(tmp_path: Path, change: Any) -> None:
    made = filled(tmp_path)
    before = run(made)[0][SLUG]
    numbers = say(made, **SAID, language="en", work="Alpha")
    run(made)
    slug = change(made)
    rows, processed = run(made)
    assert {name: rows[slug][name] for name in SAID} == SAID and rows[slug]["work"] == "Alpha"
    assert processed == (slug,) and run(made)[1] == ()
    for number in numbers:
        ledger.undo(opened(made), number, by="Ana")
    row = run(made)[0][slug]
    assert (row["title"], row["date"], row["role"], row["decided"]) == (before["title"], "", before["role"], "")


def test_analysts_who_disagree_leave_the_machines_value_until_somebody_settles_it(tmp_path: Path) -> None:
    made = filled(tmp_path)
    say(made, date="2018", by="Ana")
    say(made, date="2019", by="Ben")
    desk = Desk(opened(made))
    assert facts_standing(desk.decisions())[SLUG]["date"].has_conflict and decided_facts(desk.decisions()) == {}
    assert run(made)[0][SLUG]["date"] == ""
    desk.write([decide_fact(desk.documents[SLUG], "date", "2018", by="Cem", adjudicates=True)])
    assert run(made)[0][SLUG]["date"] == "2018"


def test_what_cannot_be_a_fact_is_refused_and_what_a_program_wrote_is_passed_over(tmp_path: Path) -> None:
    made = filled(tmp_path)
    with pytest.raises(GcmrefsError, match="a date is written"):
        say(made, date="yesterday")
    desk = Desk(opened(made))
    bad = decide_fact(desk.documents[SLUG], "date", "2018", by="Ana")
    human = bad.human and bad.human.changed({"date": "yesterday"})  # type: ignore[union-attr]
    desk.write([replace(bad, human=human)])
    assert run(made)[0][SLUG]["date"] == ""


def test_what_was_decided_goes_to_a_process_of_its_own() -> None:
    told = apply_facts(Source(slug="a", date="2018"), {"date": "2019", "iscm": ""})
    there = pickle.loads(pickle.dumps(told))
    assert (there.facts(), there.lacks("iscm"), str(there)) == (told.facts(), True, "date (manifest: 2018); iscm")
