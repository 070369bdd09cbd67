"""A word with one wrong, lost or added letter is known as damaged, wherever that letter stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.references.hits import DAMAGED, findings
from extractors.references.nlp import pipeline


@settings(deadline=None)
@given(word=st.sampled_from(("organizations", "parliamentarians", "consultative")), data=st.data())
def test_one_letter_apart_is_damaged(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from("qxz"))
    behind = data.draw(st.sampled_from((place, place + 1)))  # letters in place of one, or beside it
    lost = data.draw(st.booleans())
    damaged = word[:place] + ("" if lost else letter) + word[place + 1 if lost else behind :]
    doc = pipeline("en")(damaged)
    assert (findings(doc).classes(doc) & DAMAGED).any()


@pytest.mark.parametrize(
    ("text", "repaired", "doubtful"),
    [
        ("with civil sociaty", ["civil sociaty"], []),
        ("with civil societty", [], []),  # a letter too many makes no word of seven
        ("with parliamentarans", ["parliamentarans"], []),
        ("with parliamentariians", ["parliamentariians"], []),
        ("with parliamentariansx", [], []),  # at the end it would be an inflection
        ("with homtown associations", ["homtown associations"], []),
        ("with diasporaz", [], []),  # one word needs ten letters
        ("with jou rnalists", ["jou rnalists"], []),
        ("with parlia mentarians", ["parlia mentarians"], []),
        ("with trade unionz", ["trade unionz"], []),
        ("with the Puebla Pracess", ["Puebla Pracess"], []),
        ("with the Puebla Pracezs", [], []),  # two wrong letters in a word
        ("with privatc seclor", [], ["privatc seclor"]),  # below 90 % alike
        ("with locol authoritiez", [], ["locol authoritiez"]),
        ("of regional consultitive procasses", ["regional consultitive procasses"], []),
        ("of parliamentariars and parliamentariars", ["parliamentariars", "parliamentariars"], []),
        ("of parliamentariars, parliamentariars, parliamentariars", [], []),  # thrice it is a word of its own
    ],
)
def test_what_is_repaired(text: str, repaired: list[str], doubtful: list[str]) -> None:
    doc = pipeline("en")(text)
    found = findings(doc)
    for hits, expected in ((found.hits, repaired), (found.doubtful, doubtful)):
        assert [doc[hit.start : hit.end].text for hit in hits if hit.method == "fuzzy"] == expected


@pytest.mark.parametrize("between", [1, 20, 60])
def test_damaged_words_are_repaired_however_far_apart(between: int) -> None:
    doc = pipeline("en")(f"civil sociaty {'walks ' * between}privatc sector {'walks ' * between}trade unionz")
    found = [doc[hit.start : hit.end].text for hit in findings(doc).hits if hit.method == "fuzzy"]
    assert found == ["civil sociaty", "privatc sector", "trade unionz"]


def test_a_word_that_was_found_is_not_found_again() -> None:
    doc = pipeline("en")("civil society and civil sociaty")
    assert [hit.method for hit in findings(doc).hits] == ["exact", "fuzzy"]
