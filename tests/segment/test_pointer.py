from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segment.pointer import bare, key_of, pointers


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("paragraphs 47, 50 and 52", ["47", "50", "52"]),
        ("(§§ 47, 50 and 52)", ["47", "50", "52"]),
        ("§3; §34f; § 36b", ["3", "34f", "36b"]),
        ("(§43biii)", ["43biii"]),
        ("paragraphs 2 bis and 3 of it", ["2bis", "3"]),
        ("in paragraph 2 new walks", ["2"]),
        ("paragraph 43(b)(iii)", ["43biii"]),
        ("para. 7", ["7"]),
        ("paras. 7 and 8", ["7", "8"]),
        ("párrafo 23 d)", ["23d"]),
        ("párrafos 23, apartado d), y 47", ["23d", "47"]),
        ("paragraphe 18 l)", ["18l"]),
        ("الفقرة 22 (أ) و (ب)", ["22أ", "22ب"]),
        ("paragraphs 47 to 49", ["47", "48", "49"]),
        ("paragraph 49(a), (b) and (e)", ["49a", "49b", "49e"]),
        ("paragraph 49(a)–(c)", ["49a", "49b", "49c"]),
        ("§23I", ["23I"]),
        ("paragraph 12 per cent", []),
        ("the paragraph on 3 countries", []),
        ("§1,000", []),
        ("Objectives 2 and 3", []),
    ],
)
def test_paragraphs(text: str, keys: list[str]) -> None:
    assert [cited.key for pointer in pointers(text) for cited in pointer.cited] == keys


def test_what_is_printed_keeps_its_sign() -> None:
    assert [c.printed for p in pointers("§ 18g; §43c and paragraph 18(g)") for c in p.cited] == [
        "§ 18g",
        "§43c",
        "18(g)",
    ]


@pytest.mark.parametrize(
    ("text", "keys"), [("47, 50", ["47", "50"]), ("§3; §34f", ["3", "34f"]), ("see 47", []), ("", [])]
)
def test_bare_cells(text: str, keys: list[str]) -> None:
    assert [cited.key for cited in bare(text)] == keys


@given(st.text(alphabet="§ 0123456789abivl();,.-–para. ygnd", max_size=80))
def test_any_text_gives_pointers_inside_it(text: str) -> None:
    found = pointers(text)
    assert all(0 <= p.start < p.end <= len(text) and p.cited for p in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.integers(1, 199), st.sampled_from(["", "a", "l"]), st.sampled_from(["", "i", "iii"]))
def test_every_spelling_has_one_key(number: int, letter: str, roman: str) -> None:
    roman = roman if letter else ""
    spelled = f"{number}" + (f"({letter})" if letter else "") + (f"({roman})" if roman else "")
    assert key_of(spelled) == key_of(f"§ {number}{letter}{roman}") == f"{number}{letter}{roman}"
