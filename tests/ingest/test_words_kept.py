"""Any plain text gives a valid list of paragraphs, and every word of it that is not furniture in exactly one of them."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.ingest.text.reader import read_text
from pipeline.segment import split_paragraphs
from pipeline.settings import Limits

LINES = [
    "River Dialogue on Walking",
    "The Ministers agreed to walk along the river and to",
    "rest in the harbour of the city, which is",
    "They left.",
    "They agreed:",
    "Recalling the walks;",
    "1. They walked",
    "2 bis. They ran",
    "2. They rested:",
    "(a) in the town;",
    "(a bis) in the port;",
    "(3) and so on",
    "1 Walkers met",
    "2 Resters met",
    "PRIMERO.- Andar",
    "SEGUNDO.- Parar",
    "- walkers",
    "– resters",
    "“1. Nobody walks.",
    "2. Nobody rests.”",
    "Article 1",
    "Article 2: Walking",
    "Annex II",
    "Annex 5. List of walkers",
    "١- يشكر الوزراء",
    "(أ) العمل؛",
    "PP1. Recalling it,",
    "OP2 alt. Decides it.",
    "* See the report.",
    "1 See the book.",
    "________",
    "**",
    "Area\tState\tYear",
    "Labour\tMali\t",
    "\tand others\t",
    "5 of the walkers",
    "10 of the resters",
    "",
    "",
    "\f",
]
TEXTS = st.lists(st.sampled_from(LINES), min_size=1, max_size=40).map("\n".join)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(["en", "es", "ar"]))
def test_words_are_neither_lost_nor_doubled(text: str, language: str) -> None:
    try:
        document = read_text(text.encode(), name="a.txt", sha256="", limits=Limits())
    except InputError:
        assert not re.search(r"\w", text)
        return
    found = split_paragraphs(document, language=language)
    assert [p.order for p in found] == list(range(1, len(found) + 1))
    assert len({p.id for p in found}) == len(found)
    # words with letters: numbers of lines and the marks of notes are left out of the text on purpose
    assert words(" ".join(p.text for p in found)) == words(text)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]{2,}", text))
