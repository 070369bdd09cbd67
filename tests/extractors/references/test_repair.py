"""A word with one wrong, lost or added letter is known as damaged, wherever that letter stands."""

from __future__ import annotations

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
