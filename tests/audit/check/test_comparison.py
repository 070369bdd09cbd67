from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit.check.comparison import changes, describe_changes, pieces, sides, tokens, trimmed, window


def differences(printed: str, true: str) -> list[str]:
    one, other = tokens(printed), tokens(true)
    return describe_changes(one, other, changes(one, other))


@pytest.mark.parametrize(
    ("printed", "true", "expected"),
    [
        ("We invite forums", "we invite forums", []),
        ("“we invite” forums", "we invite forums", []),
        ("we invite... to act", "we invite all States to act", []),
        ("we invite [...] to act", "we invite all States to act", []),
        ("we invite forums", "we invite forums;", []),
        ("and report findings", "and to report findings", ["“and report” where the text has “and to report”"]),
        ("relevant fora", "relevant forums", ["“fora” where the text has “forums”"]),
        ("Human Rights, and IOM", "Human Rights and IOM", ["“Rights, and” where the text has “Rights and”"]),
        (
            "the Group Principles",
            "the Group’s Principles",
            ["“Group Principles” where the text has “Group's Principles”"],
        ),
        (
            "the Regional Bodies meet",
            "the regional bodies meet",
            ["“Regional Bodies” where the text has “regional bodies”"],
        ),
    ],
)
def test_differences(printed: str, true: str, expected: list[str]) -> None:
    assert differences(printed, true) == expected


def test_a_window_is_what_is_quoted_and_no_more() -> None:
    true = tokens("We decide. We welcome the decision to establish a network to ensure support for all of it and more.")
    quote = tokens("We welcome the decision to establish a network to ensure support to all")
    low, high = window(quote, true)
    found = true[low:high]
    low, high = trimmed(quote, found)
    assert " ".join(token.text for token in found[low:high]).startswith("We welcome")
    assert found[high - 1].text == "all"


@given(
    st.lists(st.sampled_from("a b c D e, the of …".split()), max_size=20),
    st.lists(st.sampled_from("a b c d e".split()), max_size=20),
)
def test_pieces_give_both_texts_back(left: list[str], right: list[str]) -> None:
    printed, true = " ".join(left), " ".join(right)
    one, other = tokens(printed), tokens(true)
    shown = sides(pieces(printed, one, true, other, changes(one, other)))
    assert "".join(text for text, _ in shown[0]).replace(" ", "") == printed.replace(" ", "") or not one


@given(st.text(max_size=200))
def test_tokens_stand_where_they_say(text: str) -> None:
    found = tokens(text)
    assert all(0 <= token.start < token.end <= len(text) for token in found)
