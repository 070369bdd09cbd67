"""Queries as analysts type them, and words as they compare."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.webapp.search.query import (
    LONGEST_QUERY,
    LONGEST_WORD,
    MOST_TERMS,
    MOST_WORDS,
    Alternative,
    SearchTerm,
    folded,
    matches,
    parse,
    words,
)


def shown(query: str) -> str:
    """What a query was taken for: `a b* -c | d`, phrases with `+` between their words."""

    def term(term: SearchTerm) -> str:
        return "+".join(term.words) + ("*" if term.is_prefix else "")

    return " | ".join(
        " ".join([*map(term, side.wanted), *("-" + term(unwanted) for unwanted in side.unwanted)])
        for side in parse(query)
    )


@pytest.mark.parametrize(
    ("query", "taken"),
    [
        ("", ""),
        ("  ", ""),
        ("Forum", "forum"),
        ("regional forum", "regional forum"),
        ('"regional forum"', "regional+forum"),
        ("“regional forum”", "regional+forum"),
        ("«regional forum»", "regional+forum"),
        ('"regional forum', "regional+forum"),
        ('regional" forum"', "regional forum"),
        ('""', ""),
        ("cross-regional", "cross+regional"),
        ("l’Organisation", "l+organisation"),
        ("region*", "region*"),
        ("region*,", "region*"),
        ('"regional for*"', "regional+for*"),
        ('"regional for"*', "regional+for*"),
        ("*", ""),
        ("*forum", "forum"),
        ("cross-region*", "cross+region*"),
        ("forum -review", "forum -review"),
        ('forum -"review forum"', "forum -review+forum"),
        ("forum −review", "forum -review"),
        ("forum --review", "forum -review"),
        ("forum - review", "forum review"),
        ("forum NOT review", "forum -review"),
        ("forum NOT -review", "forum -review"),
        ("forum NOT", "forum"),
        ("-review", ""),
        ("-review OR forum", "forum"),
        ("forum OR dialogue", "forum | dialogue"),
        ("a forum OR the dialogue -x", "a forum | the dialogue -x"),
        ("OR", ""),
        ("OR OR forum OR", "forum"),
        ('"OR"', "or"),
        ("forum or dialogue", "forum or dialogue"),
        ("forum AND dialogue", "forum dialogue"),
        ("forum AND NOT dialogue", "forum -dialogue"),
        ("(forum OR dialogue)", "(forum | dialogue)".replace("(", "").replace(")", "")),
        ("NEAR(forum dialogue)", "near+forum dialogue"),
        ("text:forum", "text+forum"),
        ("^forum + {dialogue}", "forum dialogue"),
        ("a'); DROP TABLE paragraphs; --", "a drop table paragraphs"),
        ("10.7", "10+7"),
        ("§43(b)", "43+b"),
        ("\0forum\0", "forum"),
        ("Œuvre Diálogo STRASSE Straße İstanbul", "oeuvre dialogo strasse strasse istanbul"),
        ("٢٠١٨", "2018"),
        ("أفريقيا", "افريقيا"),
        ("مُحَمَّد", "محمد"),
        ("الهجـــرة", "الهجره"),
        ("الهجرة،", "الهجره"),
    ],
)
def test_what_a_query_is_taken_for(query: str, taken: str) -> None:
    assert shown(query) == taken


def test_long_queries_are_cut() -> None:
    assert len(parse("a " * 200)[0].wanted) == MOST_TERMS
    assert parse("x" * 10_000) == (Alternative((SearchTerm(("x" * LONGEST_WORD,)),)),)
    assert parse(" " * LONGEST_QUERY + "forum") == ()


def test_long_paragraphs_are_read_to_a_bound() -> None:
    assert len(words("a " * 20_000)) == len(folded("a " * 20_000)) == MOST_WORDS


@given(st.text())
def test_any_text_is_a_query_of_plain_words(text: str) -> None:
    for side in parse(text):
        assert side.wanted
        for term in (*side.wanted, *side.unwanted):
            assert term.words and all(word.isalnum() and len(word) <= LONGEST_WORD for word in term.words)


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    found = words(text)
    assert [word.folded for word in found] == folded(text)
    at = 0
    for word in found:
        assert at <= word.start < word.end <= len(text)
        at = word.end


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Zs"], max_codepoint=0x6FF)))
def test_composed_and_decomposed_letters_are_the_same_words(text: str) -> None:
    assert folded(unicodedata.normalize("NFC", text)) == folded(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("The Forum and the forum", "forum", ["Forum", "forum"]),
        ("regional, subregional forums", "regional", ["regional"]),
        ("regional, subregional forums", "sub*", ["subregional"]),
        ("a cross-regional forum", "cross-regional", ["cross-regional"]),
        ("a cross-regional forum", '"regional for*"', ["regional forum"]),
        ("a cross-regional fo", '"regional for*"', []),
        ("a cross-regional", '"regional for*"', []),
        ("diálogo", "dialogo", ["diálogo"]),
        ("بشأن الهجرة وللهجرة", "الهجرة", ["الهجرة", "وللهجرة"]),
        ("بشأن الهجرة وللهجرة", "هجرة", ["الهجرة", "وللهجرة"]),
        ("the trade unions", "trade union", ["trade", "unions"]),
        ("the trade unions", '"trade union"', ["trade unions"]),
        ("a trade union", '"trade unions"', ["trade union"]),
        ("RCPs and a country", "RCP countries", ["RCPs", "country"]),
        ("la migración", "migraciones", ["migración"]),
        ("os trabalhadores", "trabalhador", ["trabalhadores"]),
        ("unions", '"union"*', ["unions"]),
        ("forum review", "forum -review", ["forum"]),
    ],
)
def test_matches_are_where_the_words_are(text: str, query: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end, _ in matches(words(text), parse(query))] == marked
