"""A search for a paragraph by its number, as people write it."""

from __future__ import annotations

import pytest

from pipeline.webapp.search.citation import cited_number


@pytest.mark.parametrize(
    ("query", "loose", "plain"),
    [
        ("32(f)", "32f", False),
        ("§ 43 (b) (iii)", "43biii", False),
        ("43biii", "43biii", False),
        ("para. 32 (f)", "32f", False),
        ("párrafo 7", "7", False),
        ("الفقرة 7", "7", False),
        ("OP5", "op5", False),
        ("¶12", "¶12", False),
        ("32", "32", True),
    ],
)
def test_numbers_are_told_from_words(query: str, loose: str, plain: bool) -> None:
    cited = cited_number(query)
    assert cited is not None
    assert (cited.loose, cited.is_plain) == (loose, plain)


@pytest.mark.parametrize("query", ["", "2018", "32 forums", '"32(f)"', "73/195", "forum", "32(f) OR 33"])
def test_words_are_words(query: str) -> None:
    assert cited_number(query) is None
