"""The judge of implied objectives: what moves its verdict, its file, and what it is trained with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.lexicon.yaml_file import LexiconError, default_folder
from extractors.objectives import judge, likeness
from extractors.objectives.judge import (
    FEATURES,
    FILE,
    LISTED,
    OBJECTIVES,
    UNLISTED,
    ObjectiveJudgement,
    lexicon_digest,
    load,
    load_judge,
)
from extractors.objectives.likeness import Sketch
from extractors.objectives.topics import THRESHOLD, topics_of
from extractors.text.normalization import normalize

TRAFFICKING = "States should protect victims of trafficking in persons and prosecute traffickers"


def verdicts(text: str, language: str = "en", listed: Collection[int] = ()) -> dict[int, ObjectiveJudgement]:
    finder = topics_of(language)
    reading = finder.read(normalize(text).text)
    judged = load_judge(language).judge(reading, finder.weigh(reading, about=True), listed=listed)
    return {one.number: one for one in judged}


def found(text: str, language: str = "en") -> set[int]:
    return {number for number, one in verdicts(text, language).items() if one.score >= THRESHOLD}


def test_the_model_was_trained_with_the_terms_and_titles_of_today() -> None:
    assert load().lexicon == lexicon_digest(), "the terms or titles were changed: run `make train`"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (TRAFFICKING, "en", {10}),
        ("We will lower the cost of remittances and promote financial literacy of migrants", "en", {20}),
        ("Facilitate the voluntary return, readmission and reintegration of migrants", "en", {21}),
        ("Urges States to end the arbitrary detention of migrants and to use alternatives to detention", "en", {13}),
        ("Ampliar las vías regulares de migración, incluida la reunificación familiar", "es", {5}),
        ("Lutter contre le racisme et la xénophobie à l'égard des migrants", "fr", {17}),
        ("Combater o tráfico de pessoas e proteger as vítimas de tráfico", "pt", {10}),
        ("مكافحة تهريب المهاجرين وملاحقة المهربين", "ar", {9}),
    ],
)
def test_what_a_paragraph_is_about(text: str, language: str, expected: set[int]) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Takes note of the report of the Special Rapporteur on the human rights of migrants",
        "Requests the Secretary-General to submit a report to the General Assembly at its next session",
        "The meeting was attended by the Minister of Foreign Employment and the Ministry of Labour and Diaspora Affairs",
        "Recalling the Conference on Consular Protection and Border Management of 2011",
    ],
)
def test_names_and_procedure_take_up_nothing(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    ("more", "less", "number"),
    [
        (TRAFFICKING, f"Recalling its resolution on the report of the panel discussion: {TRAFFICKING}", 10),
        ("Countering trafficking in persons", "Supporting youth, including against trafficking in persons", 10),
        ("fight racism and xenophobia", "fight racism, migrant smuggling, trafficking in persons and xenophobia", 17),
    ],
)
def test_place_and_company_count(more: str, less: str, number: int) -> None:
    assert verdicts(more)[number].score > verdicts(less)[number].score


def test_a_heading_that_lists_objectives_is_one_reason_more() -> None:
    bare, listed, other = (verdicts(TRAFFICKING, listed=of)[10] for of in ((), (2, 10), (2, 5)))
    assert listed.score > bare.score > other.score > 50
    assert [r.log_odds for one in (listed, other) for r in one.reasons if r.name == "heading"] == [LISTED, UNLISTED]
    assert set(verdicts(TRAFFICKING, listed=(2,))) >= {2, 10}


def test_every_verdict_shows_its_words_and_reasons() -> None:
    for one in verdicts(TRAFFICKING).values():
        assert TRAFFICKING[one.start : one.end].strip() and one.reasons
        assert [abs(r.log_odds) for r in one.reasons] == sorted((abs(r.log_odds) for r in one.reasons), reverse=True)


def test_without_a_term_the_likest_are_judged_in_english_only() -> None:
    assert len(verdicts("States should recover the boats of those lost on their way")) == 3
    assert verdicts("Los Estados recuperan los barcos perdidos", "es") == {}


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "es", "ar"]))
def test_any_text_is_judged(text: str, language: str) -> None:
    clean = normalize(text).text
    for one in verdicts(text, language).values():
        assert 0 <= one.score <= 100 and 0 <= one.start <= one.end <= len(clean)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"bias"', '"bios"', "bias"),
        (f'"{FEATURES[0]}"', '"chanse"', "other features"),
        ("{", "", "Expecting|Extra data"),
    ],
)
def test_a_broken_file_is_told_with_the_remedy(tmp_path: Path, old: str, new: str, message: str) -> None:
    shutil.copytree(default_folder() / "topics", tmp_path / "topics")
    path = tmp_path / FILE
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"objective_model\.json: .*({message}).*make train"):
        load(tmp_path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"objective_model\.json: No such file"):
        load(tmp_path)


def test_the_file_holds_numbers_only() -> None:
    held = json.loads((default_folder() / FILE).read_text(encoding="utf-8"))
    assert len(held["objectives"]) == OBJECTIVES and set(held["weights"]) == set(FEATURES)
    assert (default_folder() / FILE).stat().st_size < 90_000


@given(st.lists(st.lists(st.text(max_size=40), min_size=1, max_size=3), min_size=2, max_size=3))
def test_a_sketch_comes_back_from_its_text(texts: list[list[str]]) -> None:
    sketch = Sketch.of(texts)
    again = Sketch.unpacked(sketch.packed())
    assert abs(again.rows - sketch.rows).max() < 1e-9 and again.packed() == sketch.packed()


@given(st.text(max_size=60), st.text(max_size=60))
def test_runs_of_joined_texts_are_those_of_both(first: str, second: str) -> None:
    one, two = likeness.words(first), likeness.words(second)
    if one and two:
        assert len(likeness.runs(f"{one} {two}")) == len(one) + 1 + len(two)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [""]),
        ("Walk.", ["Walk."]),
        ("Walk. ", ["Walk."]),
        ("Walk; rest", ["Walk;", " rest"]),
        ("Walk, rest and eat", ["Walk, rest and eat"]),
        (f"{'w' * (judge.PIECE - 1)}, rest", [f"{'w' * (judge.PIECE - 1)},", " rest"]),
        (f"{'w' * (judge.PIECE - 2)}, rest", [f"{'w' * (judge.PIECE - 2)}, rest"]),
        (f"Walk; {'w' * 20}, rest", ["Walk;", f" {'w' * 20}, rest"]),
        ("of 3.5 per cent", ["of 3.5 per cent"]),
    ],
)
def test_pieces_end_at_marks_and_a_comma_ends_none_that_is_short(text: str, pieces: list[str]) -> None:
    assert [text[start:end] for start, end in judge._pieces(text)] == pieces


@pytest.mark.parametrize(
    ("place", "ends", "asides", "expected"),
    [
        (10, [], [], False),
        (10, [], [3], True),
        (10, [], [10], False),
        (10, [], [11], False),
        (10, [5], [3], False),
        (10, [5], [5], True),
        (10, [5, 12], [7], True),
        (5, [5], [3], False),
        (4, [5], [3], True),
    ],
)
def test_in_passing_is_what_stands_after_including_in_its_clause(
    place: int, ends: list[int], asides: list[int], expected: bool
) -> None:
    assert judge._in_passing(place, ends, asides) is expected


def test_values_are_told_from_those_of_the_other_objectives() -> None:
    values = np.zeros((2 * OBJECTIVES, 1))
    values[0], values[OBJECTIVES + 1] = OBJECTIVES, 2 * OBJECTIVES
    found = judge._spread(values)
    assert found.shape == values.shape
    assert found[:OBJECTIVES].mean() == pytest.approx(0) and found[:OBJECTIVES].std() == pytest.approx(1)
    assert found[0, 0] == pytest.approx(found[OBJECTIVES + 1, 0]) == found.max()
    assert not judge._spread(np.ones((2 * OBJECTIVES, 2))).any()
