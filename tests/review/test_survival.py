"""Decisions of every kind survive what happens to files: another name, another folder, a twin, a new reading."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pytest

from pipeline.review.answer import add_objective, make_addition, make_decision
from pipeline.review.desk import Desk
from pipeline.review.items import Item, Queue
from pipeline.review.kinds import DECIDABLE, TABLES
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from tests.review.corpus import opened, settings
from tests.review.test_kinds import TEXT, published, rows_of

pytestmark = pytest.mark.usefixtures("at_hand", "csv_only")
PLACES = ("Dhaka", "Colombo", "Manila", "Kathmandu", "Bangkok", "Abu Dhabi")
PARTNERS = (
    "the International Labour Organization",
    "the private sector",
    "trade unions",
    "diasporas",
    "local authorities",
)
SUBJECTS = (
    "fair recruitment in the region",
    "the recognition of skills and qualifications",
    "dignified return and sustainable reintegration",
    "cheaper and faster remittances",
    "consular protection of workers abroad",
    "border management that respects rights",
)


def declaration(number: int) -> str:
    """A declaration that is a work of its own: the same kinds of sentences, on another subject, with other partners and years."""
    more = "\n\n".join(
        f"{n}. We commit to work with {PARTNERS[(number + n) % len(PARTNERS)]} on {SUBJECTS[number]} by {2030 + number * 10 + n}."
        for n in range(5, 18)
    )
    place = PLACES[number]
    return f"{TEXT.replace('Dhaka', place).replace('3 May 2024', f'{number + 3} May 20{10 + number}')}\n{more}\n"


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six declarations with 200 decisions and more, of every kind that they have."""
    folder = tmp_path_factory.mktemp("survive")
    made = published(folder, **{f"colombo-{n}.en": declaration(n) for n in range(len(PLACES))})
    desk = Desk(opened(made))
    said = []
    for kind in ("reference", *DECIDABLE):
        items = desk.items(Queue("open", kind=kind))  # type: ignore[arg-type]
        said += [decision for n, item in enumerate(items[:200]) for decision in [_say(desk, item, n)]]
    said.append(add_objective(desk, "colombo-0.en", "1", "12", by="Ana", wording="strengthen cooperation"))
    said.append(make_addition(desk, "colombo-0.en", "2", "stakeholder.academia", by="Ana", wording="recruitment costs"))
    desk.write(said)
    counted = Counter(one.kind for one in said)
    assert len(said) >= 200 and len(counted) >= 6, counted
    run_corpus(settings=made, workers=1)
    return folder


def _say(desk: Desk, item: Item, n: int) -> Any:
    if n % 3 == 1 or (n % 3 == 2 and item.kind in ("reference", "objective")):
        return make_decision(desk, item, "reject", by="Ana")
    if n % 3 == 2:
        field = DECIDABLE[item.kind].fields[-1]
        return make_decision(desk, item, "edit", by="Ana", values={field: f"said by Ana {n}"})
    return make_decision(desk, item, "accept", by="Ana")


def fates(made: Settings) -> Counter[tuple[str, str]]:
    return Counter((row["kind"], row["fate"]) for row in rows_of(made, "decisions.csv"))


def statuses(made: Settings) -> Counter[tuple[str, str]]:
    files = [
        "references",
        "objectives",
        *(f"tables/{one.table}" for one in TABLES.values()),
    ]
    return Counter((file, row["status"]) for file in files for row in rows_of(made, f"{file}.csv"))


def rename_files(corpus: Path) -> None:
    for path in sorted(corpus.glob("colombo-*.txt")):
        path.rename(corpus / f"declaration of {path.name.replace('-', ' no ')}")


def move_files(corpus: Path) -> None:
    (corpus / "asia" / "colombo").mkdir(parents=True)
    for path in sorted(corpus.glob("*.txt")):
        path.rename(corpus / "asia" / "colombo" / path.name)


def change_bytes(corpus: Path) -> None:
    for path in sorted(corpus.glob("*.txt")):
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def change_format(corpus: Path) -> None:
    for path in write_twins(corpus):
        path.unlink()


def write_twins(corpus: Path) -> list[Path]:
    """Put a Word file of each text beside it, and return the texts."""
    paths = sorted(corpus.glob("*.txt"))
    for path in paths:
        twin = docx.Document()
        for text in path.read_text(encoding="utf-8").strip().split("\n\n"):
            twin.add_paragraph(text)
        twin.save(str(path.with_suffix(".docx")))
    return paths


@pytest.mark.parametrize("change", [rename_files, move_files, change_bytes, change_format])
def test_every_decision_is_kept(decided: Path, tmp_path: Path, change: Any) -> None:
    shutil.copytree(decided, tmp_path, dirs_exist_ok=True)
    made = settings(tmp_path)
    before, shown = fates(made), statuses(made)
    change(made.corpus)
    run_corpus(settings=made, workers=1, may_replace=True)
    assert fates(made) == before
    assert statuses(made) == shown
    desk = Desk(opened(made))
    for kind in ("reference", *DECIDABLE):
        assert desk.items(Queue("lost", kind=kind)) == []  # type: ignore[arg-type]


def test_a_second_format_takes_the_decisions_along(decided: Path, tmp_path: Path) -> None:
    shutil.copytree(decided, tmp_path, dirs_exist_ok=True)
    made = settings(tmp_path)
    before, shown = fates(made), statuses(made)
    write_twins(made.corpus)
    run_corpus(settings=made, workers=1, may_replace=True)
    assert fates(made) == before
    after = statuses(made)
    assert len({row["work"] for row in rows_of(made, "documents.csv")}) == len(PLACES)
    for file, status in shown:
        times = 1 if file.startswith("tables/") else 2  # the file lists both copies, the tables one
        assert after[file, status] == times * shown[file, status], (file, status)
