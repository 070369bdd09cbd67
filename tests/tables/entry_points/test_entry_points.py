import os
import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.entry_points import CUT, DOCUMENT, candidates, measure, published
from extractors.lexicon.entries import load_lexicon
from extractors.lexicon.yaml_file import LexiconError, folder
from pipeline.extract import quote
from pipeline.tables.entry_points.entry_points import EntryPointRow, entry_points_table
from pipeline.tables.entry_points.rating import mechanisms, rater
from pipeline.tables.entry_points.words import engagement
from tests.listing_sample import Text, frames, records

TITLE = "Objective 6: Facilitate fair and ethical recruitment and safeguard conditions that ensure decent work"
REMITTANCES = "Promote faster, safer and cheaper transfer of remittances"
PLAN: list[Text] = [
    ("H:" + TITLE, "heading", 6, TITLE),
    ("5", "paragraph", 6, "We commit to fair pay in our towns."),
    ("5#2", "continuation", 6, "We will draw from these actions of regional cooperation:"),
    ("5(a)", "subparagraph", 6, "Paint every counter of the ministry blue;"),
    ("5(b)", "subparagraph", 6, "Strengthen regional and cross-regional dialogue on recruitment with employers;"),
    ("5(c)", "subparagraph", 6, "Conclude regional agreements on the mutual recognition of licences;"),
    ("5(d)", "subparagraph", 6, "Study international guidelines of pay."),
    ("6", "paragraph", None, "We welcome regional dialogue and cooperation elsewhere."),
]


def row(paragraph: str) -> dict[Hashable, Any]:
    table = entry_points_table(records(frames(PLAN)), load_lexicon())
    return next(r for r in table.frame.to_dict("records") if r["paragraph"] == paragraph)


def test_candidates_are_ranked_and_speak_of_cooperation() -> None:
    table = entry_points_table(records(frames(PLAN)), load_lexicon())
    assert list(table.frame["paragraph"]) == ["5(b)", "5(d)", "5(c)"]
    assert list(table.frame["rank"]) == [1, 2, 3]
    assert (table.kind, table.row) == ("listing", EntryPointRow)


def test_action_is_the_whole_paragraph_with_the_words_of_cooperation_bold() -> None:
    table = entry_points_table(records(frames(PLAN)), load_lexicon())
    assert [quote.plain(cell) for cell in table.rich["action"]] == list(table.frame["action"])
    assert table.frame["action"][0] == PLAN[4][3]
    assert [run.text for run in table.rich["action"][0] if run.bold] == ["regional and cross-regional dialogue"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("objective", 6),
        ("objective_title", "Objective 6. Recruitment and decent work"),
        ("level", "regional"),
        ("citation", "§5(b)"),
        ("part", "action"),
        ("roles", "platform for exchange"),
        ("focus", "labour migration"),
    ],
)
def test_cells(column: str, value: str | int) -> None:
    assert row("5(b)")[column] == value


def test_mechanisms_are_those_whose_focus_fits() -> None:
    named = str(row("5(b)")["mechanisms"]).split("; ")
    assert {"Colombo Process", "Abu Dhabi Dialogue"} <= set(named)
    assert len(named) == engagement().mechanisms


def test_references_to_mechanisms_lift_a_paragraph_and_are_told() -> None:
    text: list[Text] = [*PLAN[:6], ("5(d)", "subparagraph", 6, "Learn about pay from regional platforms of States.")]
    found = [("5(d)", "iscm.generic", "regional platforms", "")]
    alone = entry_points_table(records(frames(text)), load_lexicon()).frame
    lifted = entry_points_table(records(frames(text, found)), load_lexicon()).frame
    rejected = entry_points_table(records(frames(text, found, status="rejected")), load_lexicon()).frame
    scores = [f.set_index("paragraph")["score"]["5(d)"] for f in (alone, rejected, lifted)]
    assert scores[0] == scores[1] < scores[2]
    assert "“regional platforms”" in lifted.set_index("paragraph")["engagement"]["5(d)"]


@pytest.mark.parametrize(
    ("language", "text", "level"),
    [
        ("en", "Hold regional forums on migration.", "regional"),
        ("en", "Strengthen global policy discussions.", "global"),
        ("en", "Respect international law in every dialogue.", ""),
        ("en", "Follow the Global Migration Group and its network.", ""),
        ("en", "Keep a dialogue with towns.", ""),
        ("es", "Fortalecer la cooperación bilateral, regional e internacional sobre contratación.", "regional"),
        ("es", "Respetar el derecho internacional en el diálogo.", ""),
        ("fr", "Renforcer le dialogue interrégional et les plateformes existantes.", "regional"),
        ("fr", "Harmoniser les méthodes au niveau mondial.", "global"),
        ("pt", "Fortalecer o diálogo regional sobre recrutamento.", "regional"),
        ("ar", "تعزيز التعاون الإقليمي بشأن الهجرة", "regional"),
        ("de", "Regional cooperation and dialogue.", ""),
    ],
)
def test_level(language: str, text: str, level: str) -> None:
    rated = rater(engagement(), language).rate(text)
    assert (rated.level if rated else "") == level


def test_binding_instruments_and_police_work_weigh_less() -> None:
    judge = rater(engagement(), "en")
    plain, binding = judge.rate("Foster regional cooperation."), judge.rate("Conclude regional cooperation.")
    assert plain and binding
    assert plain.score - binding.score == engagement().unsuited.weight


def test_other_plans_with_numbered_objectives_have_no_entry_points() -> None:
    other = [("H:x", "heading", 6, "Objective 6: Plant trees along the river"), *PLAN[1:]]
    assert entry_points_table(records(frames(other)), load_lexicon()).frame.empty


def test_resolutions_without_objectives_give_their_operative_paragraphs() -> None:
    texts: list[Text] = [
        ("PP1", "preambular", None, "Recalling regional dialogue and cooperation,"),
        ("OP1", "paragraph", None, "Encourages regional dialogue on remittances;"),
        ("OP2", "paragraph", None, "Decides to meet again."),
    ]
    table = entry_points_table(records(frames(texts, about=[("OP1", 20)])), load_lexicon())
    assert list(table.frame["paragraph"]) == ["OP1"]
    assert table.frame["objective_title"][0] == "Objective 20. Remittances"


def test_declarations_give_none() -> None:
    texts: list[Text] = [("¶1", "body", None, "We will strengthen regional dialogue and cooperation.")]
    assert entry_points_table(records(frames(texts)), load_lexicon()).frame.empty


def test_no_more_than_the_limit() -> None:
    text = "Strengthen regional and cross-regional dialogue on recruitment."
    many: list[Text] = [PLAN[0], *((f"5({n})", "subparagraph", 6, text) for n in range(200))]
    table = entry_points_table(records(frames(many)), load_lexicon())
    assert len(table.frame) == engagement().limit == 60


def test_global_processes_come_first_for_a_global_action() -> None:
    topics = [topic for topic in engagement().topics if topic.id == "development"]
    first = {level: mechanisms(load_lexicon(), topics, level)[0] for level in ("global", "regional")}
    assert first["global"] == "Global Forum on Migration and Development"
    assert first["regional"] != first["global"]


def test_every_area_of_focus_of_the_lexicon_belongs_to_a_topic() -> None:
    known = {value for topic in engagement().topics for value in topic.focus}
    used = {value for entry in load_lexicon().entries for value in entry.facts.get("focus") or ()}
    assert used - known == set()
    assert known - used == set()


@pytest.mark.parametrize("name", ["engagement", "recommendations"])
def test_role_files_have_every_language_and_no_paragraph_number(name: str) -> None:
    text = (folder() / f"{name}.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    groups = data.get("roles", []) + data.get("forces", [])
    assert groups
    assert all({"en", "es", "fr", "pt"} <= set(group["terms"]) for group in groups)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("limit: 60", "limit: 0", "limit: .*greater than or equal to 1"),
        ("limit: 60", "lmit: 60", "lmit: unknown key"),
        ("sentence: bring", "sentense: bring", "roles.1.sentense: unknown key"),
        ("objectives: [10]", "objectives: [10, 24]", "topics.8.objectives.1: .*less than or equal to 23"),
        ("fora,", "'{,s}',", "roles.0.terms.en.*: .*at least one letter"),
        ("limit: 60", "limit: @60", "not valid YAML"),
    ],
)
def test_errors_name_file_and_line(old: str, new: str, problem: str, tmp_path: Path) -> None:
    text = (folder() / "engagement.yaml").read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    path = tmp_path / "engagement.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError, match=problem) as error:
        engagement(path)
    told = re.match(r"engagement\.yaml:(\d+): .*: correct the file$", str(error.value))
    assert told and int(told[1]) == line


def test_ids_are_used_once(tmp_path: Path) -> None:
    text = (folder() / "engagement.yaml").read_text(encoding="utf-8")
    path = tmp_path / "engagement.yaml"
    path.write_text(text.replace("id: convergence", "id: exchange"), encoding="utf-8")
    with pytest.raises(LexiconError, match="roles: id 'exchange' is used twice"):
        engagement(path)


def test_missing_role_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="cannot be read"):
        engagement(tmp_path / "none.yaml")


def test_published_table_is_among_the_candidates() -> None:
    corpus, gold = os.environ.get("GCMREFS_CORPUS"), os.environ.get("GCMREFS_GOLD")
    if not corpus or not gold:
        pytest.skip("set GCMREFS_CORPUS and GCMREFS_GOLD to the folders with the documents and the published table")
    found = measure(candidates(Path(corpus) / DOCUMENT), published(Path(gold) / "entry_points.csv"))
    assert found.candidates <= 60
    assert all(found.ranks.values())
    assert found.recall(CUT) >= 0.8
    assert found.mean_reciprocal_rank >= 0.8 * found.ceiling


def test_a_further_action_of_the_same_objective_comes_after_weaker_ones_of_others() -> None:
    texts: list[Text] = [
        *((f"H:{n}", "heading", n, f"Objective {n}: {title}") for n, title in ((6, TITLE[13:]), (20, REMITTANCES))),
        ("5(a)", "subparagraph", 6, "Strengthen regional dialogue on recruitment;"),
        ("5(b)", "subparagraph", 6, "Strengthen regional dialogue on recruitment;"),
        ("6(a)", "subparagraph", 20, "Strengthen global dialogue on remittances."),
    ]
    table = entry_points_table(records(frames(texts)), load_lexicon()).frame
    scores = dict(zip(table["paragraph"], table["score"], strict=True))
    assert scores["5(a)"] == scores["5(b)"] > scores["6(a)"]
    assert list(table["paragraph"]) == ["5(a)", "6(a)", "5(b)"]
