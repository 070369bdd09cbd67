"""Rows printed from right to left, given as they stand on the page from left to right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.pdf.bidi import Letter, is_right_to_left, order_from_right
from tests.ingest.pdf.sheet import blocks, read
from tests.ingest.pdf.test_reader import arabic


@dataclass
class Word:
    glyphs: list[Letter]


def from_page(printed: str) -> str:
    words = [Word([(char, False) for char in word]) for word in printed.split()]
    return " ".join("".join(char for char, _ in word.glyphs) for word in order_from_right(words))


def mirrored(text: str) -> str:
    """An Arabic word as it stands on the page."""
    return text[::-1]


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        (f"{mirrored('قوارب')} .1", "1. قوارب"),
        (f"{mirrored('قوارب')} -1", "1- قوارب"),
        (f"{mirrored('قوارب')} )1(", "(1) قوارب"),
        (f"{mirrored('قوارب')} (أ)", "(أ) قوارب"),
        (f"{mirrored('قوارب')} )أ(", "(أ) قوارب"),
        (f")2045 {mirrored('عام')}(", "(عام 2045)"),
        (f"(2045 {mirrored('عام')})", "(عام 2045)"),
        (f"3 ,2 ,1 {mirrored('فقرات')}", "فقرات 1, 2, 3"),
        (f"12/2018 {mirrored('قرار')}", "قرار 12/2018"),
        (f".A/RES/73/195 {mirrored('قرار')}", "قرار A/RES/73/195."),
        (f"{mirrored('مع')} Global Compact 2018 {mirrored('وثيقة')}", "وثيقة Global Compact 2018 مع"),
        (f"(IOM) {mirrored('منظمة')}", "منظمة (IOM)"),
        (f")Global Compact( {mirrored('وثيقة')}", "وثيقة (Global Compact)"),
        (f"»{mirrored('حوار')}«", "«حوار»"),
        (f"٢٠١٨ {mirrored('عام')}", "عام ٢٠١٨"),
        (f"%50 {mirrored('نحو')}", "نحو 50%"),
        ("2018 - 2019", "2019 - 2018"),
    ],
)
def test_a_row_from_the_right(printed: str, read_as: str) -> None:
    assert from_page(printed) == read_as


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("ابتقد12Az().,/", min_size=1, max_size=6), min_size=1, max_size=8))
def test_no_letter_is_lost_and_arabic_words_come_from_the_right(words: list[str]) -> None:
    found = from_page(" ".join(words))
    letters = [char for char in "".join(words) if char.isalnum()]
    assert sorted(char for char in found if char.isalnum()) == sorted(letters)
    arabic_letters = [char for char in found if is_right_to_left(char)]
    assert arabic_letters == [char for char in reversed("".join(words)) if is_right_to_left(char)]


def test_letters_in_their_printed_forms_are_letters(tmp_path: Path) -> None:
    row = "\ufe8d\ufedf\ufe92\ufea4\ufeae \ufefb"
    assert blocks(read(arabic(tmp_path / "a.pdf", [row]))) == ["البحر لا"]


def test_numbered_paragraphs_of_arabic_begin_and_go_on(tmp_path: Path) -> None:
    full = "القرى والمدن على النهر تعد القوارب كل شهر عند المرسى"
    rows = [f"{mark} {full}" if mark else "ثم تدفع المدن." for mark in ("١-", "", "٢-", "", "(أ)", "")]
    assert [block.split()[0] for block in blocks(read(arabic(tmp_path / "a.pdf", rows)))] == ["١-", "٢-", "(أ)"]
