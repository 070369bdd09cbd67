"""Corrections of how a text is cut: decided once, made in every run, by the text and not by the name of its file."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractors.model import Paragraph
from pipeline.errors import GcmrefsError
from pipeline.review import ledger
from pipeline.review.answer import make_addition, make_decision
from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.review.segmentation import corrections_of, decide_correction, preview
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from tests.review.corpus import filled, in_another_format, named, opened, renamed

TEXT = """Declaration of the Alpha Dialogue

1. We thank civil society and the private sector for their work on migration, which we value much.

2. We will work with regional consultative processes and diasporas. We will also meet the trade unions each year.

3. The Global Forum on Migration and Development met, and hometown associations took part in all its meetings.
"""
SLUG = "alpha.en"
SECOND = "We will also meet the trade unions each year."


def cut(made: Settings, slug: str = SLUG) -> list[str]:
    """The paragraphs of the text as they are cut now."""
    paragraphs = Desk(opened(made)).passages(slug).paragraphs
    return [f"{p.id} {p.text.removeprefix(p.paragraph + '. ')[:12]}" for p in paragraphs if p.kind not in ("title",)]


AS_PRINTED = ["1 We thank civ", "2 We will work", "3 The Global F"]


def decide(made: Settings, paragraph: str, operation: Any, words: str = "", by: str = "Ana", **told: Any) -> int:
    desk = Desk(opened(made))
    paragraphs = desk.passages(SLUG).paragraphs
    own = next(p for p in paragraphs if p.id == paragraph)
    start = own.text.index(words) if words else 0
    line = decide_correction(SLUG, paragraphs, paragraph, operation, by=by, start=start, **told)
    return desk.write([line])[0].decision_id


def run(made: Settings) -> tuple[str, ...]:
    return run_corpus(settings=made, write=lambda folder, *frames, **more: [], workers=1).processed


def fates(made: Settings) -> list[str]:
    with (made.outputs / "latest" / "decisions.csv").open(encoding="utf-8-sig") as file:
        return [row["fate"] for row in csv.DictReader(file)]


@pytest.mark.parametrize("change", [renamed, in_another_format])
def test_a_correction_is_made_in_every_run_wherever_the_file_goes(
    tmp_path: Path, change: Callable[[Settings], str]
) -> None:
    made = filled(tmp_path, alpha=TEXT)
    numbers = [decide(made, "2", "split", SECOND, number="2 bis"), decide(made, "3", "renumber", number="4")]
    assert cut(made) == AS_PRINTED and run(made) == (SLUG,)
    corrected = ["1 We thank civ", "2 We will work", "2 bis We will also", "4 3. The Globa"]
    assert cut(made) == corrected and fates(made) == ["counts", "counts"] and run(made) == ()
    numbers.append(decide(made, "2", "merge"))
    slug = change(made)
    for _ in range(3):
        run(made)
        assert (
            cut(made, slug) == ["1 We thank civ", "2 bis We will also", "4 3. The Globa"]
            and fates(made) == ["counts"] * 3
        )
    assert run(made) == ()
    for number in numbers:
        ledger.undo(opened(made), number, by="Ana")
    assert run(made) == (slug,) and cut(made, slug) == AS_PRINTED


def test_a_text_that_changed_orphans_a_correction_visibly(tmp_path: Path) -> None:
    made = filled(tmp_path, alpha=TEXT)
    decide(made, "2", "split", SECOND, number="2 bis")
    decide(made, "3", "renumber", number="4")
    run(made)
    filled(tmp_path, alpha=TEXT.replace("trade unions", "employers"))
    assert cut(made) == ["1 We thank civ", "2 We will work", "4 3. The Globa"] and fates(made) == ["orphaned", "counts"]
    told = json.loads((made.outputs / "latest" / "run.json").read_text(encoding="utf-8"))
    assert [row["kind"] for row in told["review"]["unattached"]] == ["segmentation"]
    warned = {row["document"]: row["warnings"] for row in told["documents"]}
    assert warned[SLUG] == ["1 correction of its paragraphs no longer attach"]
    filled(tmp_path, alpha=TEXT)
    assert cut(made)[2] == "2 bis We will also" and fates(made) == ["counts", "counts"]


WORDS = {"regional consultative processes": "accepted", "trade unions": "rejected", "each year": "added"}


def statuses(made: Settings) -> dict[str, tuple[str, str]]:
    desk = Desk(opened(made))
    assert desk.items(Queue("lost")) == []
    return {i.row.wording: (i.status, i.row.paragraph) for i in desk.items(Queue("decided"))}


def test_what_was_decided_about_references_follows_the_text(tmp_path: Path) -> None:
    made = filled(tmp_path, alpha=TEXT)
    desk = Desk(opened(made))
    desk.write(
        [
            make_decision(desk, desk.item(named(desk, "regional consultative processes")), "accept", by="Ana"),
            make_decision(desk, desk.item(named(desk, "trade unions")), "reject", by="Ana"),
            make_addition(desk, SLUG, "2", "stakeholder.media", by="Ana", wording="each year"),
        ]
    )
    at = dict.fromkeys(WORDS, "2")
    assert statuses(made) == {word: (status, at[word]) for word, status in WORDS.items()}
    number = decide(made, "2", "split", SECOND, number="2 bis")
    run(made)
    at |= {"trade unions": "2 bis", "each year": "2 bis"}
    assert statuses(made) == {word: (status, at[word]) for word, status in WORDS.items()}
    assert fates(made) == ["counts"] * 4
    decide(made, "2 bis", "renumber", number="7")
    run(made)
    at |= {"trade unions": "7", "each year": "7"}
    assert statuses(made) == {word: (status, at[word]) for word, status in WORDS.items()}
    decide(made, "2", "merge")
    run(made)
    at["regional consultative processes"] = "1"
    assert statuses(made) == {word: (status, at[word]) for word, status in WORDS.items()}
    ledger.undo(opened(made), number, by="Ana")
    run(made)
    assert fates(made)[:3] == ["counts"] * 3 and statuses(made).keys() == WORDS.keys()


def test_who_agrees_changes_no_order_and_who_disagrees_leaves_the_text_as_it_is(tmp_path: Path) -> None:
    made = filled(tmp_path, alpha=TEXT)
    decide(made, "2", "merge", by="Ana")
    run(made)
    decide(made, "1", "split", SECOND, number="2", by="Ana")
    desk = Desk(opened(made))
    first = desk.decisions()[0]
    desk.write([replace(first, by="Ben", decision_id=0, at="")])
    assert [one.operation for one in corrections_of(desk.decisions())[SLUG]] == ["merge", "split"]
    desk.write([replace(first, by="Cem", action="reject", human=None, decision_id=0, at="")])
    assert [one.operation for one in corrections_of(desk.decisions())[SLUG]] == ["split"]
    run(made)
    assert cut(made) == AS_PRINTED and fates(made) == ["conflict", "orphaned", "conflict", "conflict"]


REFUSED = {
    ("1", "merge", 0, "x"): "is no number|no paragraph before",
    ("2", "split", 4, ""): "the second part begins with",
    ("2", "renumber", 0, ""): "number that is printed",
    ("2", "renumber", 0, "17#2"): "is no number of a paragraph",
    ("9", "merge", 0, ""): "no paragraph 9",
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_done_is_refused(case: tuple[str, Any, int, str]) -> None:
    rows = tuple(Paragraph(n, str(n), "paragraph", f"{n}. We met. We rest.") for n in (1, 2))
    paragraph, operation, start, number = case
    with pytest.raises(GcmrefsError, match=REFUSED[case]):
        decide_correction(
            "d", rows, paragraph, operation, by="Ana", start=start, number=number if number != "x" else ""
        )


def test_a_preview_shows_what_goes_and_what_comes() -> None:
    rows = tuple(Paragraph(n, str(n), "paragraph", f"{n}. We met. We rest.") for n in (1, 2, 3))
    shown = preview(rows, decide_correction("d", rows, "2", "merge", by="Ana"), language="en")
    assert [p.id for p in shown.before] == ["1", "2"]
    assert [(p.id, p.text) for p in shown.after] == [("1", "1. We met. We rest. 2. We met. We rest.")]
