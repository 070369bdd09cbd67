"""One text for matching, and the way back to the printed one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.text.normalization import normalize, squash

PLAIN = [
    ("State‑led", "State-led"),
    ("2019–2022", "2019-2022"),
    ("migrants’ rights", "migrants' rights"),
    ("“Forum”", '"Forum"'),
    ("no\u00a0break", "no break"),
    ("two  spaces", "two spaces"),
    ("a\tb\nc", "a b c"),
    ("the Process—a forum", "the Process,a forum"),
    ("the “Forum”—a venue", 'the "Forum",a venue'),
    ("2019—2022 — now", "2019-2022 - now"),
    ("la reunión –capítulo del Foro– empezó", "la reunión ,capítulo del Foro, empezó"),
    ("sub- and inter-regional", "sub- and inter-regional"),
    ("Conﬂict", "Conflict"),
    ("oﬃce", "office"),
    ("cafe\u0301", "café"),
    ("Unidas1, y", "Unidas , y"),
    ("Rights,3 the", "Rights, the"),
    ("in 2013 we", "in 2013 we"),
    ("A/RES/73/195", "A/RES/73/195"),
    ("COVID-19", "COVID-19"),
    ("5+5", "5+5"),
    ("½", "1⁄2"),
    ("employer(s)", "employers"),
    ("empleador(es)", "empleadores"),
    ("Viceministros(as)", "Viceministros"),
    ("22(a)", "22(a)"),
    ("the I.O.M. and N.G.O.s", "the IOM and NGOs"),
    ("U.N.", "UN"),
    ("J. F. B. met e.g. here", "J. F. B. met e.g. here"),
    ("EE.UU.", "EE.UU."),
    ("", ""),
]
SOURCES = [
    ("Conﬂict zones", "Conflict", "Conﬂict"),
    ("the oﬃces  of", "offices", "oﬃces"),
    ("a  b  c", "b c", "b  c"),
    ("cafe\u0301 au", "café", "cafe\u0301"),
    ("ﬁ ﬂ ﬃ end", "end", "end"),
    ("the employer(s), all", "employers", "employer(s)"),
    ("the N.G.O.s of I.O.M.", "NGOs", "N.G.O.s"),
    ("the N.G.O.s of I.O.M.", "IOM", "I.O.M."),
    ("los ministros(as) y", "ministros", "ministros(as)"),
    ("no\u00a0\u00a0break", "no break", "no\u00a0\u00a0break"),
]
ODD = "ABs()ﬁﬂﬃ½²①Ⅳ…\u00a0\u2009\u200b\u00ad\u0301‘’“”–—‑ \t\n0123abcÉé.,;:()[]-_=*·•ـالهجرة"
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=ODD, max_size=60),
    st.lists(
        st.sampled_from(["-" * 9, "......... 12", "State‑led", "ﬁ", "rights3", "rights,12 ", "  ", "e\u0301", "\u00ad"])
    ).map("".join),
)


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_normalized(text: str, expected: str) -> None:
    assert normalize(text).text == expected


@pytest.mark.parametrize(("text", "piece", "source"), SOURCES)
def test_way_back(text: str, piece: str, source: str) -> None:
    found = normalize(text)
    start = found.text.index(piece)
    low, high = found.source(start, start + len(piece))
    assert text[low:high] == source


@pytest.mark.parametrize("run", ["-" * 40, "_" * 40, "." * 40, "–" * 40, "·" * 40])
def test_long_runs_of_a_sign_are_blank(run: str) -> None:
    assert normalize(f"Walk {run} 12").text.split() == ["Walk", "12"]


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.data())
def test_every_span_comes_from_its_source(text: str, data: st.DataObject) -> None:
    found = normalize(text)
    start = data.draw(st.integers(0, len(found.text)))
    end = data.draw(st.integers(start, len(found.text)))
    low, high = found.source(start, end)
    assert 0 <= low <= high <= len(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.data())
def test_words_are_the_words_of_their_source(text: str, data: st.DataObject) -> None:
    """`squash(raw[map(span)]) == squash(span)` for spans that begin and end with whole words."""
    found = normalize(text)
    words = [m for m in found.text.split(" ") if m]
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    place = 0
    for word in words[:first]:
        place = found.text.index(word, place) + len(word)
    start = found.text.index(words[first], place)
    low, high = found.source(start, start + len(words[first]))
    assert squash(text[low:high]) == squash(words[first])


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_offsets_rise(text: str) -> None:
    found = normalize(text)
    if found.offsets is None:
        assert len(found.text) == len(text)
    else:
        assert len(found.offsets) == len(found.text) + 1
        assert list(found.offsets) == sorted(found.offsets)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_squashed_text_has_single_spaces(text: str) -> None:
    once = squash(text)
    assert "  " not in once and once == once.strip() and once == once.lower()


@pytest.mark.parametrize(("one", "other"), [("Local  Authorities ", "local authorities"), ("State‑led", "state-led")])
def test_squash_makes_wordings_comparable(one: str, other: str) -> None:
    assert squash(one) == squash(other)


def test_a_letter_composes_across_an_invisible_character() -> None:
    assert normalize("I\u200b\u0300").text == "Ì"


@pytest.mark.parametrize(
    "text",
    [
        "Unidas1, la ‘Asamblea’12; “Estados”3) y 4 de 2018 (5) párr. 6/7",
        "migra\u00adtion – con\ufb02ict\u00a0zones, para.12 …… 1",
        "a" * 150 + "-" * 90 + "1 foro٣4 y\tforo7 fin",
        "sin más",
        "a table ============ of ~~~~~~~~~~ signs",
    ],
)
def test_long_texts_are_normalized_like_short_ones(text: str) -> None:
    times = 3_000 // len(text) + 1
    assert normalize(" | ".join([text] * times)).text == " | ".join([normalize(text).text] * times)
