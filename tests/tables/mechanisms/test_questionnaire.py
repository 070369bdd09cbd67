from pathlib import Path

import pytest

from extractors.lexicon.yaml_file import LexiconError, default_folder
from pipeline.extract import quote
from pipeline.tables.mechanisms.objectives import addressed
from pipeline.tables.mechanisms.partnerships import find_partnerships
from pipeline.tables.mechanisms.positions import find_positions
from pipeline.tables.mechanisms.profile import overview_table, profile_table
from pipeline.tables.mechanisms.questionnaire import ProfileAnswer, ProfileSources, profile
from pipeline.tables.mechanisms.questions import read_questions, reply
from tests.tables.mechanisms import sample as sample

DATA = read_questions()
EXAMPLES = [(q.id, code, text) for q in DATA.questions for code, texts in q.examples.items() for text in texts]
COUNTER = [(q.id, code, text) for q in DATA.questions for code, texts in q.counter_examples.items() for text in texts]
BY_ID = {q.id: q for q in DATA.questions}


@pytest.fixture(scope="module")
def answers() -> list[ProfileAnswer]:
    evidence = sample.evidence()
    return profile(evidence, ProfileSources(find_positions(evidence), addressed(evidence), find_partnerships(evidence)))


def said(answers: list[ProfileAnswer], acronym: str) -> dict[str, str]:
    return {a.question.id: a.detail or a.state for a in answers if a.mechanism.acronym == acronym and a.quote}


@pytest.mark.parametrize(("question", "language", "text"), EXAMPLES)
def test_examples_are_answered(question: str, language: str, text: str) -> None:
    assert reply(BY_ID[question], text, language, DATA).state == "yes"


@pytest.mark.parametrize(("question", "language", "text"), COUNTER)
def test_counter_examples_are_not(question: str, language: str, text: str) -> None:
    assert reply(BY_ID[question], text, language, DATA).state == ""


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("action_plan", "The Process has no action plan.", "no"),
        ("action_plan", "The Process did not discuss the action plan.", ""),
        ("action_plan", "Not one two three action plan was adopted.", "yes"),
        ("action_plan", "We met but never drew up an action plan in Lima.", ""),
        ("action_plan", "We urge members to adopt an action plan.", ""),
        ("position", "The Process did not generally take formal positions.", "no"),
        ("position", "The Process has formulated a position.", "yes"),
    ],
)
def test_denials(question: str, text: str, expected: str) -> None:
    assert reply(BY_ID[question], text, "en", DATA).state == expected


def test_answers(answers: list[ProfileAnswer]) -> None:
    assert said(answers, "RCM") == {
        "position": "yes",
        "meeting": "XXIV Regional Conference on Migration, Tegucigalpa, Honduras, 3-4 May 2019",
        "link": "Tegucigalpa Declaration",
        "themes": "implied: 2",
        "objectives": "23",
        "agenda": "yes",
        "partners_igos": "International Organization for Migration (IOM)",
    }
    assert said(answers, "SACM") == {"action_plan": "partly"}  # it does not name the Compact


def test_no_answer_without_a_quote_and_every_question_is_there(answers: list[ProfileAnswer]) -> None:
    assert all(a.quote or a.state == "not stated" for a in answers)
    listed = {m.name for m in sample.evidence().known.mechanisms.values() if m.annex5}
    assert {a.mechanism.name for a in answers} == listed and len(answers) == 30 * len(DATA.questions)


def test_words_of_a_quote_are_words_of_the_corpus(answers: list[ProfileAnswer]) -> None:
    texts = {(d, p): text for d, p, _, text in sample.PARAGRAPHS}
    for answer in answers:
        if answer.quote and answer.paragraph != "TITLE" and " · " not in quote.plain(answer.quote):
            assert quote.plain(answer.quote).strip(".") in texts[answer.document, answer.paragraph]


def test_tables(answers: list[ProfileAnswer]) -> None:
    table = profile_table(sample.evidence(), answers)
    assert len(table.frame) == len(answers)
    assert len(table.told()) == sum(bool(a.quote) for a in answers)
    overview = overview_table(table.rows)
    cells = overview.frame["South American Conference on Migration"]
    rows = dict(zip(overview.frame["question_number"], cells, strict=True))
    assert (rows["17"], rows["13"]) == ("partly", "")


def test_a_mistake_in_the_file_is_named_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    text = (default_folder() / "tables" / "questions.yaml").read_text(encoding="utf-8")
    (folder / "questions.yaml").write_text(text.replace('    number: "4"', '    numbre: "4"'), encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if row.strip() == 'number: "4"')
    with pytest.raises(LexiconError, match=rf"questions\.yaml:({line}|{line - 1}): "):
        read_questions(tmp_path)


PUEBLA = "Regional Conference on Migration (RCM or Puebla Process)"


def told(paragraphs: list[tuple[str, str, str, str]], roles: dict[str, str] | None = None) -> dict[str, ProfileAnswer]:
    """What a review says of the Puebla Process, the documents of mechanisms left out; each paragraph may name it once."""
    references = [
        ("review", place, "iscm.named", "Puebla Process", PUEBLA)
        for _, place, _, text in paragraphs
        if "Puebla Process" in text
    ]
    documents = [{**d, "role": (roles or {}).get(str(d["document"]), "")} for d in sample.DOCUMENTS]
    evidence = sample.evidence(paragraphs, references, documents, about=[])
    answers = profile(evidence, ProfileSources())
    return {a.question.id: a for a in answers if a.mechanism.acronym == "RCM" and a.quote}


def test_a_list_answers_for_the_mechanisms_that_it_names() -> None:
    lead = "The Global Compact has had an impact on the work of ISCMs in the following ways:"
    rows = [("review", "¶1", "body", lead), ("review", "¶1#2", "continuation", "In their work (e.g. Puebla Process)")]
    answer = told(rows)["influence"]
    assert (answer.state, answer.paragraph) == ("yes", "¶1")
    assert quote.plain(answer.quote) == f"{lead} · In their work (e.g. Puebla Process)"
    assert "influence" not in told([("review", "¶1", "body", lead.replace("following", "many")), rows[1]])


@pytest.mark.parametrize(
    ("text", "question", "state"),
    [
        ("The Puebla Process suggested that members could build the capacities of States.", "capacity", "partly"),
        ("It was suggested that the Puebla Process should adopt an action plan this year.", "action_plan", None),
        ("We hope that the Puebla Process will soon have adopted an action plan for it.", "action_plan", None),
        ("The Puebla Process has adopted an action plan for the Global Compact for Migration.", "action_plan", "yes"),
        (
            "Efforts take forms, including: forums that facilitate dialogue, and talks (Puebla Process).",
            "expert_dialogue",
            None,
        ),
        (
            "Efforts take forms, including: talks, and forums that facilitate dialogue (Puebla Process).",
            "expert_dialogue",
            "partly",
        ),
        ("The Puebla Process is considering an action plan for all of its members.", "action_plan", "partly"),
        ("The Puebla Process welcomed two States as new members of the forum in May.", "expansion_modality", "yes"),
    ],
)
def test_a_suggestion_or_wish_is_no_yes(text: str, question: str, state: str | None) -> None:
    answer = told([("review", "¶1", "body", text)]).get(question)
    assert (answer.state if answer else None) == state


def test_two_named_between_dashes_are_the_subject() -> None:
    text = "Two ISCMs —the Puebla Process and another forum — have already formulated an action plan."
    assert told([("review", "¶1", "body", text)])["action_plan"].state == "partly"


@pytest.mark.parametrize(
    ("role", "said_by"), [("analysis", "an analysis"), ("report", "a report"), ("speech", None), ("instrument", None)]
)
def test_who_says_so(role: str, said_by: str | None) -> None:
    paragraph = ("review", "¶1", "body", "The Puebla Process has adopted an action plan for all of its members.")
    answers = told([paragraph], {"review": role})
    table = profile_table(
        sample.evidence(documents=[{**d, "role": role} for d in sample.DOCUMENTS]), list(answers.values())
    )
    assert list(table.frame["said_by"]) == ([said_by] if said_by else [])


def test_a_global_process_is_not_asked_what_it_submits_to_global_processes() -> None:
    assert BY_ID["global_processes"].types == ("RCP", "IRF")
