"""What the lexicon learns from decisions: the words, the file, and what they would change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractors.lexicon.entries import load_lexicon
from extractors.lexicon.yaml_file import OWN
from pipeline.errors import GcmrefsError
from pipeline.extract.references import find_mentions
from pipeline.review.lessons import (
    LEARNED,
    Lesson,
    draft_lesson,
    measure_lesson,
    suggest_blocking_words,
    suggest_entries,
    write_lesson,
)
from pipeline.review.own_lexicons import find_lexicons, use_lexicons
from pipeline.run.run import run_corpus
from pipeline.settings import Settings
from pipeline.store import documents
from tests.review.corpus import ALPHA, filled

BLOCK = Lesson(
    "civil-society", "negatives", "en", "civil society hall", "met in the civil society hall", "decision 1 of Ana"
)
WORD = Lesson(
    "civil-society", "variants", "en", "neighbourhood circles", "with [[neighbourhood circles]]", "decision 2 of Ana"
)


@pytest.mark.parametrize(
    ("text", "wording", "language", "expected"),
    [
        ("civil society", "civil society", "en", []),
        ("The civil society hall.", "civil society", "en", ["civil society hall", "The civil society hall"]),
        ("We met. Civil society spoke", "Civil society", "en", ["Civil society spoke"]),
        ("with diasporas and trade unions.", "trade unions", "en", ["diasporas and trade unions"]),
        (
            "بيت المجتمع المدني هنا",
            "المجتمع المدني",
            "ar",
            ["بيت المجتمع المدني", "المجتمع المدني هنا", "بيت المجتمع المدني هنا"],
        ),
    ],
)
def test_words_that_could_block(text: str, wording: str, language: str, expected: list[str]) -> None:
    start = text.index(wording)
    assert suggest_blocking_words(text, start, start + len(wording), language) == expected


def test_a_named_body_has_its_entry_and_a_category_all_of_its_own() -> None:
    bali = load_lexicon().by_id["bali-process"]
    assert [entry.id for entry in suggest_entries(bali.category, bali.canonical)] == ["bali-process"]
    assert "civil-society" in {entry.id for entry in suggest_entries("stakeholder.civil_society", "Nobody")}


def test_lessons_stand_one_behind_the_other_and_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = draft_lesson(BLOCK, tmp_path)
    assert [line[0] for line in first.difference] == ["+"] * len(first.after.splitlines())
    write_lesson(first)
    monkeypatch.setenv(OWN, str(tmp_path))
    write_lesson(draft_lesson(WORD, tmp_path))
    assert load_lexicon().by_id["civil-society"].negatives["en"][-1] == "civil society hall"
    found = [
        find_mentions(text)
        for text in ("in the civil society hall", "with civil society", "with neighbourhood circles")
    ]
    assert [len(mentions) for mentions in found] == [0, 1, 1]


@pytest.mark.parametrize(
    ("lesson", "problem"),
    [
        (Lesson("nobody", "negatives", "en", "x y"), "nobody: the lexicon has no such entry"),
        (Lesson("civil-society", "negatives", "en", " "), "say which words"),
        (Lesson("civil-society", "variants", "en", "civil society"), "there already"),
        (Lesson("civil-society", "negatives", "en", "x" * 400), "at most"),
    ],
)
def test_what_cannot_be_learned(lesson: Lesson, problem: str, tmp_path: Path) -> None:
    with pytest.raises(GcmrefsError, match=problem):
        draft_lesson(lesson, tmp_path)
    assert not (tmp_path / LEARNED).exists()


@pytest.mark.parametrize("text", ["group: [", "group: mine\nadditions: []\nentries: []\n", "group: mine\n"])
def test_a_file_that_cannot_take_it_stays_as_it_is(text: str, tmp_path: Path) -> None:
    (tmp_path / LEARNED).write_text(text, encoding="utf-8")
    with pytest.raises(GcmrefsError, match="lessons cannot be added"):
        draft_lesson(BLOCK, tmp_path)
    assert (tmp_path / LEARNED).read_text(encoding="utf-8") == text


def test_two_lessons_at_once_lose_neither(tmp_path: Path) -> None:
    one, other = draft_lesson(BLOCK, tmp_path), draft_lesson(WORD, tmp_path)
    write_lesson(one)
    with pytest.raises(GcmrefsError, match="changed meanwhile"):
        write_lesson(other)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return filled(
        tmp_path_factory.mktemp("lessons"), alpha=ALPHA + "\n4. We met in the civil society hall of the town.\n"
    )


def references(settings: Settings, slug: str) -> list[str]:
    engine = documents.connect(documents.address(settings), is_reading=True)
    try:
        return [str(wording) for wording in documents.reference_frame(engine, [slug])["wording"]]
    finally:
        engine.dispose()


def test_what_a_lesson_would_gain_and_lose(desk: Settings, tmp_path: Path) -> None:
    store = documents.address(desk)
    lost = measure_lesson(store, ["alpha.en", "beta.en"], BLOCK, draft_lesson(BLOCK, tmp_path))
    assert [(one.document, one.paragraph, one.wording) for one in lost.lost] == [("alpha.en", "4", "civil society")]
    assert (lost.gained, lost.searched, lost.broken) == ((), 1, ())
    wide = Lesson("civil-society", "negatives", "en", "civil society")
    broken = measure_lesson(store, ["alpha.en"], wide, draft_lesson(wide, tmp_path))
    assert len(broken.lost) == 2 and broken.broken


def test_the_next_run_uses_what_was_learned(desk: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(OWN, raising=False)
    before = references(desk, "alpha.en")
    write_lesson(draft_lesson(BLOCK, find_lexicons(desk)))
    result = run_corpus(settings=desk, write=lambda folder, *frames, **more: [], workers=1)
    after = references(desk, "alpha.en")
    assert (before.count("civil society"), after.count("civil society")) == (2, 1)
    assert (len(result.processed), os.environ[OWN]) == (2, str(desk.corpus.resolve() / "lexicons"))
    use_lexicons(desk.model_copy(update={"corpus": desk.corpus / "none"}))
    assert OWN not in os.environ
