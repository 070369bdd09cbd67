"""Which of the hits that overlap count, which modifiers are kept, and what a word is to the grammar."""

from __future__ import annotations

from typing import get_args

import pytest

from extractors.lexicon.entries import load_lexicon
from extractors.model import Method
from extractors.references import hits
from extractors.references.hits import Findings, Hit, Modifier, grammar_classes, longest
from extractors.references.nlp import words_of

CATEGORIES = {
    "g": "iscm.generic",
    "r": "iscm.rcp",
    "o": "igo.un_system",
    "m": "stakeholder.migrants",
    "d": "stakeholder.diasporas",
    "n": "iscm.named",
}
METHODS: dict[str, Method] = {method[0]: method for method in get_args(Method)}


def read(words: str) -> list[Hit]:
    """Hits by category, tokens and method: "g0-3p" is one of iscm.generic from token 0 to 3 by a pattern; "g0-3" is exact."""
    out = []
    for word in words.split():
        start, end = word[1:].rstrip("epfr").split("-")
        entry = next(e for e in load_lexicon().entries if e.category == CATEGORIES[word[0]])
        method = METHODS[word[-1]] if word[-1].isalpha() else "exact"
        out.append(Hit(int(start), int(end), entry, word, method))
    return out


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ("g0-2 g1-4", "g1-4"),
        ("g1-4 g0-2", "g1-4"),
        ("n0-4 o0-1 d1-2", "n0-4 d1-2"),
        ("g0-2 g2-4", "g0-2 g2-4"),
        ("g2-4 g0-2", "g0-2 g2-4"),
        ("g0-2p g1-3", "g1-3"),
        ("g0-2 g1-3", "g0-2"),
        ("g1-3 g0-2", "g0-2"),
        ("g0-3p g1-3", "g0-3p"),
        ("g0-2 g1-3 g2-5", "g0-2 g2-5"),
        ("g0-5 g1-2 g3-4 g5-6", "g0-5 g5-6"),
        ("g0-5 g1-2 g4-6 g6-7", "g0-5 g6-7"),
        ("r0-4 g1-4", "r0-4"),
        ("r0-4 g1-4p", "r0-4 g1-4p"),
        ("r0-4p g1-4", "r0-4p g1-4"),
        ("r0-3 g1-4", "r0-3 g1-4"),
        ("r0-2 g1-4", "r0-2 g1-4"),
        ("r1-4 g0-2", "g0-2 r1-4"),
        ("r0-3 g0-3", "r0-3 g0-3"),
        ("r0-4 o1-4", "r0-4"),
        ("d0-4 o1-2", "d0-4"),
        ("r1-2 n1-2r", "n1-2r"),
        ("m0-4 d1-4", "m0-4 d1-4"),
    ],
)
def test_of_hits_that_overlap_the_longest_count(found: str, kept: str) -> None:
    assert " ".join(hit.rule for hit in longest(read(found))) == kept


def test_of_modifiers_that_share_a_border_the_longest_is_kept() -> None:
    found = Findings()
    spans = [(2, 4), (1, 4), (3, 4), (1, 5), (1, 2), (1, 5)]
    for number, (start, end) in enumerate(spans):
        found.add(Modifier(start, end, str(number)))
    assert {place: modifier.word for place, modifier in found.by_start.items()} == {2: "0", 1: "3", 3: "2"}
    assert {place: modifier.word for place, modifier in found.by_end.items()} == {4: "1", 5: "3", 2: "4"}


NAMES = {getattr(hits, name): name.lower() for name in (
    "TOPIC", "LEVEL_NOUN", "LEVEL_OPENER", "BESIDE_LEVELS", "ARTICLE", "COMMA", "JOINT", "LOWER_CASE", "FREE", "TRIMMED", "NOUN",
    "PLAIN", "CAPITAL", "OPENING", "ON", "MIGRATION",
)}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "language", "is_lower", "classes"),
    [
        (",", "en", False, "comma joint"),
        ("and", "en", True, "joint lower_case free plain"),
        ("the", "en", True, "beside_levels article lower_case"),
        ("The", "en", False, "beside_levels article capital"),
        ("both", "en", True, "beside_levels lower_case"),
        ("at", "en", True, "level_opener lower_case"),
        ("on", "en", True, "level_opener lower_case on"),
        ("relevant", "en", True, "lower_case trimmed plain"),
        ("Relevant", "en", False, "trimmed capital"),
        ("partners", "en", True, "lower_case free noun plain"),
        ("co-operative", "en", True, "lower_case free"),
        ("2030s", "en", True, "lower_case"),
        ("migration", "en", True, "lower_case free plain migration"),
        ("(", "en", False, "opening"),
        ("y", "es", True, "joint lower_case free plain"),
        ("nacional", "es", True, "beside_levels lower_case free plain"),
        ("l'", "fr", True, "beside_levels article lower_case"),
    ],
)
def test_what_a_word_is_to_the_grammar(word: str, language: str, is_lower: bool, classes: str) -> None:
    bits = grammar_classes(word, words_of(language), is_lower)
    assert " ".join(name for bit, name in NAMES.items() if bits & bit) == classes
    assert len({bit for bit in NAMES if bit.bit_count() == 1}) == len(NAMES)
