"""Which words are the verb of a main clause, and what stands before it; the verb is tagged."""

from __future__ import annotations

import pytest

from extractors.lexicon.words import untag
from pipeline.tables.commitments.clause import Clause, first
from pipeline.tables.commitments.words import operative_words

CLAUSES = {code: Clause.of(operative_words(), code) for code in ("en", "es", "fr")}
MAIN = [
    ("en", "[[Invites]] members to write.", True),
    ("en", "(a) To [[request]] that lists be made.", True),
    ("en", "Also [[invites]] members to write.", True),
    ("en", "Therefore, also, [[invites]] members to write.", True),
    ("en", "(b) Also, [[invites]] members to write.", True),
    ("en", "In May we [[agree]] to write.", True),
    ("en", "The talks through which we [[agree]] to write.", False),
    ("en", "The talks that we therefore [[agree]] to write.", False),
    ("en", "The [[call]] for lists is long.", False),
    ("en", "We wish to [[invite]] members to write.", False),
    ("en", "They were [[invited]] to write.", False),
    ("en", "Welcomes the list, and [[invites]] members to write.", True),
    ("en", "Welcomes the list, [[invites]] members to write.", True),
    ("en", "A plan that aims to end and [[encourage]] trade.", False),
    ("en", "The Ministers aim high, and [[encourage]] trade.", True),
    ("en", "A plan of walls, and [[encourage]] trade.", False),
    ("en", "Recognize the commitments and [[calls]] for trade.", False),
    ("en", "Welcomes the list and [[calls]] for trade.", True),
    ("en", "The Ministers of the river and of all the lakes [[agreed]] to write.", True),
    ("en", "One two three four five six Ministers of lakes [[agreed]] to write.", True),
    ("en", "One two three four five six seven Ministers of lakes [[agreed]] to write.", False),
    ("en", "One two three four five six seven, the Ministers [[agreed]] to write.", True),
    ("en", "The RCM [[urges]] all to write.", True),
    ("en", "THE RCM [[URGES]] ALL TO WRITE.", False),
    ("en", "The A [[urges]] all to write.", False),
    ("en", "The river [[urges]] all to write.", False),
    ("en", "Recalling that the RCM [[urges]] all to write.", False),
    ("en", "Recalling May, we [[agree]] to write.", True),
    ("es", "[[Acordamos]] escribir.", True),
    ("es", "En mayo [[acordamos]] escribir.", True),
    ("es", "Los Ministros de los ríos [[acordaron]] escribir.", True),
    ("es", "Las tareas que [[acordamos]] son muchas.", False),
    ("fr", "Nous [[décidons]] d'écrire.", True),
    ("fr", "Les Ministres du fleuve [[décident]] d'écrire.", True),
    ("fr", "Les tâches dont nous [[décidons]] sont longues.", False),
]
BINDS = [
    ("en", "States [[must]] write.", True),
    ("en", "States, which [[must]] write, read.", False),
    ("en", "States, which also [[must]] write, read.", False),
    ("en", "If States [[must]] write, they read.", False),
    ("en", "Recalling that States [[must]] write.", False),
    ("es", "Las listas que se [[deben]] escribir.", False),
    ("es", "Se [[deben]] escribir listas.", True),
]
OPINIONS = [
    ("en", "We [[agreed]] that it is a good list.", True),
    ("en", "We [[agreed]] that lists be written, for it is good.", False),
    ("en", "We [[agreed]] to write that it is good.", False),
    ("en", "We [[decided]] lists, that is good.", False),
]
SUBJECTS = [
    ("en", "[[The participating Ministers]]", True),
    ("en", "all of the people, and [[we]] therefore", True),
    ("en", "[[The Ministers and Heads of Delegation]] met", False),
    ("en", "of the people", False),
    ("en", "[[The Ministers]], and so on, [[the States]] meet", False),
]


def split(example: str) -> tuple[str, list[tuple[int, int]]]:
    text, tagged = untag(example)
    return text, list(tagged)


@pytest.mark.parametrize(("language", "example", "is_main"), MAIN)
def test_verb_of_the_main_clause(language: str, example: str, is_main: bool) -> None:
    text, (verb,) = split(example)
    assert CLAUSES[language].is_main(text, verb) is is_main


@pytest.mark.parametrize(("language", "example", "is_binding"), BINDS)
def test_modals(language: str, example: str, is_binding: bool) -> None:
    text, (modal,) = split(example)
    assert CLAUSES[language].binds(text, modal) is is_binding


@pytest.mark.parametrize(("language", "example", "is_opinion"), OPINIONS)
def test_opinions(language: str, example: str, is_opinion: bool) -> None:
    text, (verb,) = split(example)
    assert CLAUSES[language].is_opinion(text, verb) is is_opinion


@pytest.mark.parametrize(("language", "example", "is_last"), SUBJECTS)
def test_subjects(language: str, example: str, is_last: bool) -> None:
    text, spans = split(example)
    assert list(CLAUSES[language].subject_phrases(text)) == spans
    assert CLAUSES[language].ends_with_subject(text) is is_last


def test_a_bare_verb_needs_a_subject_unless_it_is_led() -> None:
    text = "A plan of walls, and encourage trade."
    assert CLAUSES["en"].is_main(text, (21, 30), is_led=True)


def test_adverbs_are_passed_over_with_their_commas() -> None:
    clause = CLAUSES["en"]
    assert clause.behind_adverbs("Also, therefore, we", 0) == 17 and clause.behind_adverbs("we also", 0) == 0
    assert first([(3, 4), (1, 9)]) == 1 and first([]) > 1_000_000
