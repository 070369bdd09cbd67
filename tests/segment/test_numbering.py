"""Printed marks: what they are, and what they continue."""

from __future__ import annotations

import pytest

from pipeline.ingest.numerals import letter_value, roman_value
from pipeline.ingest.printed_marks import Mark, read_mark
from pipeline.segment.numbering import Outline

READ = [
    ("1. Text", "1", "dot"),
    ("12.\tText", "12", "dot"),
    ("12.Text", "12", "dot"),
    ("1) Text", "1", "half"),
    ("(1) Text", "1", "paren"),
    ("(a) Text", "a", "paren"),
    ("(aa) Text", "aa", "paren"),
    ("a) Text", "a", "half"),
    ("a. Text", "a", "dot"),
    ("(iv) Text", "iv", "paren"),
    ("xviii. Text", "xviii", "dot"),
    ("II. Text", "II", "dot"),
    ("II.Commitments", "II", "dot"),
    ("A. Return", "A", "dot"),
    ("I.1 Text", "I.1", "multi"),
    ("A.2 Text", "A.2", "multi"),
    ("3.1.2 Text", "3.1.2", "multi"),
    ("3.1. Text", "3.1", "multi"),
    ("8.a Text", "8.a", "multi"),
    ("17.", "17", "dot"),
]
NO_MARKS = [
    "In 2006 we met",
    "2016 was a year",
    "23 March 2016",
    "4.5 million people",
    "1.5 per cent of all",
    "3.2 millones de personas",
    "U.S. authorities",
    "e.g. the coast",
    "5 May, Bali",
    "$ 20 million",
    "(Signed) The Chair",
    "(see annex)",
    "1,200 persons",
    "1234. Text",
    "",
]
LISTS = [
    ("1. 2. 3.", "1 2 3"),
    ("1. (a) (b) 2. (a)", "1 1(a) 1(b) 2 2(a)"),
    ("1. (a) (i) (ii) (b)", "1 1(a) 1(a)(i) 1(a)(ii) 1(b)"),
    ("1. (g) ", "1 -"),
    ("1. (a) (b) (c) (d) (e) (f) (g) (h) (i) (j)", "1 1(a) 1(b) 1(c) 1(d) 1(e) 1(f) 1(g) 1(h) 1(i) 1(j)"),
    ("1. (a) (b) (i) (ii)", "1 1(a) 1(b) 1(b)(i) 1(b)(ii)"),
    ("1. (a) (b) (c) (d) (e) (f) (g) (h) (i) (ii)", "1 1(a) 1(b) 1(c) 1(d) 1(e) 1(f) 1(g) 1(h) 1(h)(i) 1(h)(ii)"),
    ("1. a) i) ii) b)", "1 1(a) 1(a)(i) 1(a)(ii) 1(b)"),
    ("1. (a) (i) a. b. (ii)", "1 1(a) 1(a)(i) 1(a)(i)(a) 1(a)(i)(b) 1(a)(ii)"),
    ("1. (a) (c)", "1 1(a) 1(c)"),
    ("1. 2. 5. 6.", "1 2 5 6"),
    ("1. (y) (z) (aa)", "1 - - -"),
    ("1. (a) (b) (j) (t)", "1 1(a) 1(b) 1(j) -"),
    ("1. 31. 62.", "1 31 -"),
    ("1. (1) (b)", "1 1(1) -"),
    ("1. 2. 2.", "1 2 -"),
    ("3.4 3.5 4.7", "3.4 3.5 -"),
    ("3.4 4.5", "- -"),
    ("3.1 4. 2.", "3.1 4 -"),
    ("3.1 (1) 3.", "3.1 3.1(1) -"),
    ("1. (i) (ii) (iii) (iv) (v) (vi)", "1 1(i) 1(ii) 1(iii) 1(iv) 1(v) 1(vi)"),
    ("(t) (u) (v)", "- - -"),
    ("1. 2. (1) (2) 3.", "1 2 2(1) 2(2) 3"),
    ("I.1 I.2 II.1 II.2", "I.1 I.2 II.1 II.2"),
    ("1. 1.1 1.2 2. 2.1", "1 1.1 1.2 2 2.1"),
    ("1.1 (a) (b) 1.2", "1.1 1.1(a) 1.1(b) 1.2"),
    ("1.1 1.1.1 1.1.2 1.2", "1.1 1.1.1 1.1.2 1.2"),
    ("7.4", "-"),
    ("1. (a) 2. 1. 2.", "1 1(a) 2 1 2"),
    ("I. II. III. IV. V.", "I II III IV V"),
    ("A. B. C. D.", "A B C D"),
]


@pytest.mark.parametrize(("text", "core", "style"), READ)
def test_mark_is_read(text: str, core: str, style: str) -> None:
    mark = read_mark(text)
    assert mark is not None
    assert (mark.core, mark.style) == (core, style)
    assert text[mark.length :].strip() in ("Text", "Return", "Commitments", "")


@pytest.mark.parametrize("text", NO_MARKS)
def test_no_mark(text: str) -> None:
    mark = read_mark(text)
    assert mark is None or Outline().place(mark) is None


@pytest.mark.parametrize(("marks", "expected"), LISTS)
def test_lists(marks: str, expected: str) -> None:
    outline = Outline()
    read = [read_mark(f"{mark} Text") for mark in marks.split()]
    got = []
    for mark, after in zip(read, [*read[1:], None], strict=True):
        assert mark is not None
        got.append(outline.place(mark, after=after) or "-")
    assert got == expected.split()


def test_number_made_by_the_format_takes_no_text() -> None:
    assert read_mark("To act", "(b)") == Mark("b", "paren", 0)


@pytest.mark.parametrize(("opens", "deeper"), [(True, False), (False, True)])
def test_first_roman_after_h_under_a_colon_or_deeper(opens: bool, deeper: bool) -> None:
    outline = Outline()
    for mark in ("1.", *(f"({c})" for c in "abcdefgh")):
        read = read_mark(mark)
        assert read and outline.place(read)
    assert outline.place(Mark("i", "paren", 4), opens=opens, deeper=deeper) == "1(h)(i)"


@pytest.mark.parametrize(("start", "expected"), [("5.", "5"), ("(5)", None), ("e)", None)])
def test_list_that_begins_anywhere(start: str, expected: str | None) -> None:
    mark = read_mark(f"{start} Text")
    assert mark
    numbered = mark.style == "dot" and mark.core.isdigit()
    assert (Outline().begin(mark) if numbered else Outline().place(mark)) == expected


@pytest.mark.parametrize(("text", "value"), [("i", 1), ("iv", 4), ("IX", 9), ("xl", 40), ("iix", None), ("", None)])
def test_roman(text: str, value: int | None) -> None:
    assert roman_value(text) == value


@pytest.mark.parametrize(("text", "value"), [("a", 1), ("Z", 26), ("aa", 27), ("ab", None), ("é", None)])
def test_letter(text: str, value: int | None) -> None:
    assert letter_value(text) == value
