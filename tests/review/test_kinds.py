"""What is published besides references is decided in the same way: objectives in the run, rows of tables when they are made."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import GcmrefsError
from pipeline.extract import quote
from pipeline.review.answer import add_objective, make_decision
from pipeline.review.desk import Desk
from pipeline.review.items import Item, Queue
from pipeline.run.publish import rebuild
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from pipeline.tables.commitments.commitments import commitments_table
from pipeline.tables.table import Table
from tests.review.corpus import opened, settings

pytestmark = pytest.mark.usefixtures("csv_only")
TEXT = """Declaration of the Colombo Process

Dhaka, 3 May 2024

1. We commit to strengthen cooperation on labour migration with the International Labour Organization by 2026.

2. We recommend to reduce recruitment costs of migrant workers through fair recruitment and ethical recruitment.

3. We recall Objective 6 of the Global Compact for Safe, Orderly and Regular Migration on fair and ethical recruitment.

4. We will facilitate faster and cheaper remittances and the financial inclusion of migrants, by lowering transaction costs.
"""
"""A declaration of a known mechanism, with commitments, recommendations, partners and objectives."""


def published(tmp_path: Path, **files: str) -> Settings:
    made = settings(tmp_path)
    made.corpus.mkdir(exist_ok=True)
    for name, text in (files or {"colombo-2024.en": TEXT}).items():
        (made.corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    run_corpus(settings=made, workers=1, may_replace=True)
    return made


def rows_of(made: Settings, file: str) -> list[dict[str, str]]:
    with (made.outputs / "latest" / file).open(encoding="utf-8-sig", newline="") as opened_file:
        return list(csv.DictReader(opened_file))


def of_kind(desk: Desk, kind: str, show: str = "open") -> list[Item]:
    return desk.items(Queue(show, kind=kind))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kinds")
    published(folder)
    return folder


@pytest.fixture
def made(ready: Path, tmp_path: Path) -> Settings:
    shutil.copytree(ready, tmp_path, dirs_exist_ok=True)
    return settings(tmp_path)


def test_objectives_are_decided_and_the_tables_show_it(made: Settings) -> None:
    desk = Desk(opened(made))
    items = of_kind(desk, "objective")
    assert {item.row.category.partition(".")[0] for item in items} >= {"objective"}
    first, second, third = [item for item in items if item.row.category.startswith("objective.")][:3]
    said = [
        make_decision(desk, first, "accept", by="Ana"),
        make_decision(desk, second, "reject", by="Ana"),
        make_decision(desk, third, "edit", by="Ana", category="18"),
        add_objective(desk, "colombo-2024.en", "1", "12", by="Ana", wording="strengthen cooperation"),
    ]
    desk.write(said)
    assert [desk.item(d.reference_id).status for d in said] == ["accepted", "rejected", "edited", "added"]
    assert len(of_kind(desk, "objective")) == len(items) - 3
    rebuild(made)
    found = {(row["kind"], row["paragraph"], row["number"]): row for row in rows_of(made, "objectives.csv")}
    states = Counter(row["status"] for row in found.values())
    assert states["accepted"] == states["rejected"] == states["edited"] == states["added"] == 1
    assert found["objective", third.row.paragraph, "18"]["status"] == "edited"
    assert found["objective", "1", "12"]["wording"] == "strengthen cooperation"
    rejected = second.row.category.partition(".")[2]
    themes = rows_of(made, "tables/iscm_themes_principles_objectives.csv")
    assert {(row["kind"], row["number"]) for row in themes} >= {("Objective", "18"), ("Objective", "12")}
    if all(
        row["number"] != rejected or row["status"] == "rejected" for row in found.values() if row["kind"] == "objective"
    ):
        assert ("Objective", rejected) not in {(row["kind"], row["number"]) for row in themes}
    assert {row["kind"] for row in rows_of(made, "decisions.csv")} == {"objective"}


def test_what_the_compact_has_not_is_no_objective(made: Settings) -> None:
    desk = Desk(opened(made))
    with pytest.raises(GcmrefsError, match="no objective"):
        add_objective(desk, "colombo-2024.en", "1", "24", by="Ana")
    with pytest.raises(GcmrefsError, match="does not stand"):
        add_objective(desk, "colombo-2024.en", "1", "2", by="Ana", wording="statelessness")


def test_rows_of_tables_are_decided_and_marked(made: Settings) -> None:
    desk = Desk(opened(made))
    first, second, third = of_kind(desk, "commitments")[:3]
    answer = next(item for item in of_kind(desk, "profile", "all") if item.facts.facts.get("answer") == "not stated")
    desk.write(
        [
            make_decision(desk, first, "accept", by="Ana"),
            make_decision(desk, second, "reject", by="Ana"),
            make_decision(desk, third, "edit", by="Ana", values={"actor": "Member States of the Process"}),
            make_decision(
                desk, answer, "edit", by="Ana", values={"answer": "yes", "detail": "told by its secretariat"}
            ),
        ]
    )
    before = rows_of(made, "tables/commitments.csv")
    assert {row["status"] for row in before} == {"machine"}
    rebuild(made)
    after = rows_of(made, "tables/commitments.csv")
    assert len(after) == len(before) - 1 and second.facts.facts.get("quote") not in {row["quote"] for row in after}
    shown = {row["quote"]: row for row in after}
    assert shown[first.facts.facts.get("quote")]["status"] == "accepted"
    edited = shown[third.facts.facts.get("quote")]
    assert (edited["status"], edited["actor"]) == ("edited", "Member States of the Process")
    told = [row for row in rows_of(made, "tables/iscm_profile.csv") if row["status"] != "machine"]
    assert [(row["answer"], row["detail"], row["status"]) for row in told] == [
        ("yes", "told by its secretariat", "edited")
    ]
    glance = {row["question_number"]: row for row in rows_of(made, "tables/iscm_profile_overview.csv")}
    assert "told by its secretariat" in glance[answer.facts.facts.get("question_number")].values()
    desk.refresh()
    assert desk.item(second.reference_id).status == "rejected" and desk.item(answer.reference_id).status == "edited"


def test_fields_that_a_table_has_not_are_refused(made: Settings) -> None:
    desk = Desk(opened(made))
    item = of_kind(desk, "commitments")[0]
    with pytest.raises(GcmrefsError, match="cannot be edited"):
        make_decision(desk, item, "edit", by="Ana", values={"page": "3"})
    with pytest.raises(GcmrefsError, match="no category"):
        make_decision(desk, item, "edit", by="Ana", category="iscm.rcp")


def test_what_is_no_partner_is_none_at_a_glance_and_as_an_edge(tmp_path: Path) -> None:
    more = (
        "5. We thank the International Organization for Migration, which serves as the secretariat of the Process.\n\n"
    )
    more += "6. We will act in partnership with the International Labour Organization.\n"
    made = published(tmp_path, **{"colombo-2024.en": f"{TEXT}\n{more}"})
    desk = Desk(opened(made))
    named = next(item for item in of_kind(desk, "partnerships") if "Labour" in item.facts.facts.get("canonical"))
    partner, relation = named.facts.facts.get("canonical"), named.facts.facts.get("relation")

    def counted() -> int:
        rows = rows_of(made, "tables/iscm_partnerships_by_category.csv")
        return sum(int(row["total"]) for row in rows if row["label"] == named.facts.facts.get("partner"))

    def relations() -> set[str]:
        edges = rows_of(made, "tables/who_names_whom.csv")
        return {row["relation"] for row in edges if row["target"] == partner}

    before = counted()
    assert relation in relations()
    desk.write([make_decision(desk, named, "reject", by="Ana")])
    rebuild(made)
    assert counted() == before - 1 and relation not in relations() and "names" in relations()
    desk.write([make_decision(desk, desk.item(named.reference_id), "edit", by="Ana", values={"canonical": "The Bank"})])
    rebuild(made)
    assert counted() == before
    edges = rows_of(made, "tables/who_names_whom.csv")
    assert ("The Bank", relation, "1") in {(row["target"], row["relation"], row["count"]) for row in edges}


def test_a_row_that_was_accepted_and_is_found_no_more_comes_back(
    made: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows_of(made, "tables/commitments.csv")
    desk = Desk(opened(made))
    kept, left = of_kind(desk, "commitments")[:2]
    desk.write([make_decision(desk, kept, "accept", by="Ana")])
    gone = {kept.facts.facts.get("quote"), left.facts.facts.get("quote")}

    def missing(*sources: Any) -> Table:
        table = commitments_table(*sources)
        return replace(table, rows=tuple(row for row in table.rows if quote.plain(row.quote) not in gone))

    monkeypatch.setattr("pipeline.tables.build.commitments_table", missing)
    rebuild(made)
    after = rows_of(made, "tables/commitments.csv")
    assert len(after) == len(before) - 1
    back = next(row for row in after if row["quote"] == kept.facts.facts.get("quote"))
    same = next(row for row in before if row["quote"] == back["quote"])
    assert back == same | {"status": "accepted"}


def test_a_corrected_objective_is_not_new(made: Settings) -> None:
    (made.corpus / "colombo-2025.en.txt").write_text(TEXT.replace("2024", "2025") + "\n5. We met.\n", encoding="utf-8")
    run_corpus(settings=made, workers=1, may_replace=True)
    desk = Desk(opened(made))
    item = next(one for one in of_kind(desk, "objective") if one.row.category == "objective.6")
    assert item.row.document == "colombo-2024.en"
    desk.write([make_decision(desk, item, "edit", by="Ana", category="18")])
    rebuild(made)
    row = next(row for row in rows_of(made, "objectives.csv") if row["status"] == "edited")
    assert (row["number"], row["new_in_run"]) == ("18", "no")
    assert {one["new_in_run"] for one in rows_of(made, "objectives.csv")} == {"yes", "no"}
