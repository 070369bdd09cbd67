"""Decisions survive what happens between two runs: another lexicon, another file of the same document, another text."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.terminal import summary
from pipeline.extract import document
from pipeline.extract.references import find_references
from pipeline.review import ledger
from pipeline.review.answer import make_addition, make_decision
from pipeline.review.desk import Desk
from pipeline.review.items import Queue
from pipeline.run.publish import rebuild
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from pipeline.store import changes, documents
from tests.review.corpus import ALPHA, filled, in_another_format, named, opened

pytestmark = pytest.mark.usefixtures("at_hand", "csv_only")


def decided(made: Settings) -> Desk:
    """Accept one, reject one, edit one, add one."""
    desk = Desk(opened(made))
    desk.write(
        [
            make_decision(desk, desk.item(named(desk, "diasporas")), "accept", by="Ana"),
            make_decision(desk, desk.item(named(desk, "trade unions")), "reject", by="Ana", comment="in passing"),
            make_decision(desk, desk.item(named(desk, "Colombo Process")), "edit", by="Ana", category="iscm.rcp"),
            make_addition(desk, "alpha.en", "1", "stakeholder.academia", by="Ana", wording="their work"),
        ]
    )
    return desk


WORDS = {"diasporas": "accepted", "trade unions": "rejected", "Colombo Process": "edited", "their work": "added"}


def shown(made: Settings, **more: Any) -> dict[str, str]:
    """Status by wording of what people spoke of, as a run hands it to the tables."""
    found: dict[str, str] = {}

    def write(folder: Path, references: Any, *frames: Any, **words: Any) -> list[Path]:
        found.update(zip(references["wording"], references["status"], strict=True))
        return []

    run_corpus(settings=made, write=write, workers=1, **more)
    return {wording: status for wording, status in found.items() if status != "machine"}


@contextmanager
def without(*wordings: str) -> Iterator[None]:
    """A lexicon that does not know these wordings."""
    real = document.find_versions()

    def fewer(*args: Any, **words: Any) -> Any:
        return tuple(reference for reference in find_references(*args, **words) if reference.wording not in wordings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.extract.references.find_references", fewer)
        patch.setattr(
            document, "read_versions", lambda cache: replace(real, searching={**real.searching, "lexicon": "2"})
        )
        yield


def test_the_tables_show_the_human_word_and_a_run_notices_it(tmp_path: Path) -> None:
    made = filled(tmp_path)
    decided(made)
    assert shown(made) == WORDS


@pytest.mark.parametrize(
    "lost", [("diasporas",), ("trade unions",), ("Colombo Process", "diasporas"), ("civil society",)]
)
def test_another_lexicon_loses_no_decision(tmp_path: Path, lost: tuple[str, ...]) -> None:
    made = filled(tmp_path)
    decided(made)
    rejected = {"trade unions"} & set(lost)
    with without(*lost):
        assert shown(made) == {w: s for w, s in WORDS.items() if w not in rejected}
    assert shown(made) == WORDS


def test_the_docx_twin_keeps_every_decision(tmp_path: Path) -> None:
    made = filled(tmp_path)
    desk = decided(made)
    in_another_format(made, "alpha.en")
    assert shown(made) == WORDS
    desk.refresh()
    assert desk.items(Queue("lost")) == []


def test_what_no_longer_applies_is_listed_in_run_and_diff(tmp_path: Path) -> None:
    made = filled(tmp_path)
    decided(made)
    run_corpus(settings=made, workers=1)
    text = ALPHA.replace("diasporas and trade unions", "the diaspora communities").replace("their work", "the work")
    filled_again = filled(tmp_path, alpha=text)
    told = json.loads((filled_again.outputs / "latest" / "run.json").read_text(encoding="utf-8"))
    lost = {(row["wording"], row["fate"]) for row in told["review"]["unattached"]}
    assert lost == {("diasporas", "orphaned"), ("", "orphaned"), ("their work", "orphaned")}
    assert told["changes"]["counts"]["decisions_orphaned"] == 3
    with documents.opened(documents.address(made)) as held:
        found = changes.compare(held, changes.resolve(held, "previous"), changes.resolve(held, "latest"))
    assert {row["change"] for row in found.decisions} == {"orphaned"} and len(found.decisions) == 3
    desk = Desk(opened(made))
    assert len(desk.items(Queue("lost"))) == 3
    assert "diaspora" in {row["nearest_wording"].split()[0] for row in found.decisions if row["nearest_wording"]}


def test_the_files_show_both_values(tmp_path: Path) -> None:
    made = filled(tmp_path)
    decided(made)
    folder = rebuild(made)
    with (folder / "decisions.csv").open(encoding="utf-8-sig") as file:
        lines = list(csv.DictReader(file))
    assert [(row["action"], row["fate"], row["by"]) for row in lines] == [
        (action, "counts", "Ana") for action in ("accept", "reject", "edit", "add")
    ]
    assert (lines[2]["machine_category"], lines[2]["category"]) == ("iscm.named", "iscm.rcp")
    with (folder / "references.csv").open(encoding="utf-8-sig") as file:
        rows = {row["wording"]: row for row in csv.DictReader(file)}
    assert {w: rows[w]["status"] for w in WORDS} == WORDS
    assert rows["their work"]["extractor"] == "analyst" and rows["Colombo Process"]["category"] == "iscm.rcp"
    wordings = (folder / "tables" / "stakeholder_wordings.csv").read_text(encoding="utf-8-sig")
    assert "their work" in wordings and "trade unions" not in wordings
    assert not run_corpus(settings=made, workers=1).has_moved


def test_the_published_store_holds_the_ledger(tmp_path: Path) -> None:
    made = filled(tmp_path)
    desk = decided(made)
    folder = rebuild(made)
    with documents.opened(f"sqlite:///{folder / 'gcmrefs.db'}") as copy:
        assert ledger.read(copy) == ledger.read(desk.engine)


@pytest.mark.skipif(not os.environ.get("GCMREFS_CORPUS"), reason="GCMREFS_CORPUS names no folder of real documents")
def test_the_docx_twin_of_the_compact_keeps_every_decision(tmp_path: Path) -> None:
    real = Path(os.environ["GCMREFS_CORPUS"]) / "un"
    made = Settings(corpus=tmp_path / "corpus", outputs=tmp_path / "outputs", database_url="")
    made.corpus.mkdir()
    shutil.copy(real / "A_RES_73_195.pdf", made.corpus)
    assert shown(made) == {}
    desk = Desk(opened(made))
    items = desk.items(Queue())
    desk.write([make_decision(desk, item, "reject" if n % 3 else "accept", by="Ana") for n, item in enumerate(items)])
    desk.write(
        [
            make_addition(
                desk, "A_RES_73_195", "15(j)", "stakeholder.media", by="Ana", wording="whole-of-society approach"
            )
        ]
    )
    (made.corpus / "A_RES_73_195.pdf").unlink()
    shutil.copy(real / "A_RES_73_195.docx", made.corpus)
    run_corpus(settings=made, write=lambda folder, *frames, **words: [], workers=1)
    desk.refresh()
    assert len(items) > 200 and desk.items(Queue("lost")) == []
    assert len(desk.items(Queue("decided"))) == len(items) + 1


def test_a_run_says_what_was_decided(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = filled(tmp_path)
    decided(made)
    summary(run_corpus(settings=made, write=lambda folder, *frames, **words: [], workers=1))
    assert "Decided by analysts: 1 accepted, 1 edited, 1 rejected, 1 added" in capsys.readouterr().out


def renamed(made: Settings) -> None:
    (made.corpus / "alpha.en.txt").rename(made.corpus / "Alpha Dialogue 2018.en.txt")


def moved_to_a_folder(made: Settings) -> None:
    (made.corpus / "2018").mkdir()
    (made.corpus / "alpha.en.txt").rename(made.corpus / "2018" / "first.en.txt")


@pytest.mark.parametrize("change", [renamed, moved_to_a_folder, in_another_format])
def test_decisions_follow_the_text_to_another_file(tmp_path: Path, change: Any) -> None:
    made = filled(tmp_path)
    desk = decided(made)
    change(made)
    assert shown(made) == WORDS
    desk.refresh()
    assert desk.items(Queue("lost")) == [] and len(desk.items(Queue("decided"))) == 4
    desk.write([make_decision(desk, desk.item(named(desk, "diasporas")), "reject", by="Ana")])
    assert shown(made) == WORDS | {"diasporas": "rejected"}


def test_a_word_on_one_copy_counts_for_the_others(tmp_path: Path) -> None:
    made = filled(tmp_path)
    desk = decided(made)
    paragraphs = "".join(f"<p>{line}</p>" for line in ALPHA.strip().split("\n\n"))
    (made.corpus / "alpha.en.html").write_text(f"<html><body>{paragraphs}</body></html>", encoding="utf-8")
    run_corpus(settings=made, workers=1)
    with (made.outputs / "latest" / "references.csv").open(encoding="utf-8-sig") as lines:
        rows = [row for row in csv.DictReader(lines) if row["status"] != "machine"]
    by_document = {row["document"]: {} for row in rows}
    for row in rows:
        by_document[row["document"]][row["wording"]] = row["status"]
    assert sorted(by_document.values(), key=str) == [WORDS, WORDS]
    with (made.outputs / "latest" / "decisions.csv").open(encoding="utf-8-sig") as lines:
        assert len(list(csv.DictReader(lines))) == 4
    desk.refresh()
    assert desk.items(Queue("lost")) == []


def test_a_document_that_left_keeps_its_decisions_as_lost(tmp_path: Path) -> None:
    made = filled(tmp_path)
    decided(made)
    (made.corpus / "alpha.en.txt").unlink()
    assert shown(made) == {}
    assert len(Desk(opened(made)).items(Queue("lost"))) == 4


def test_two_hundred_decisions_follow_a_renamed_file(tmp_path: Path) -> None:
    text = "Declaration of the Alpha Dialogue\n\n" + "\n\n".join(
        f"{n}. In year {n} we met diasporas and trade unions of region {n}." for n in range(1, 101)
    )
    made = filled(tmp_path, alpha=text)
    desk = Desk(opened(made))
    words = ("accept", "reject", "edit", "comment")
    for n, item in enumerate([i for i in desk.items(Queue("all")) if i.row.document == "alpha.en"]):
        told = {"category": "stakeholder.academia"} if words[n % 4] == "edit" else {"comment": f"note {n}"}
        desk.write([make_decision(desk, item, words[n % 4], by="Ana", **told)])  # type: ignore[arg-type]
    before = shown(made)
    statuses = sorted(item.status for item in desk.items(Queue("all")))
    renamed(made)
    assert shown(made) == before
    desk.refresh()
    assert sorted(item.status for item in desk.items(Queue("all"))) == statuses and len(desk.decisions()) == 200
