"""Lines joined into blocks, and blocks cut into pieces."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.model import WordBox
from pipeline.ingest.line import Line, LineWord
from pipeline.segment.block import Block, blocks, hyphenates, join_text, merged, with_mark

JOINED = [
    ("the migra-|tion of migration", "the migration of migration"),
    ("cross-|regional forums", "cross-regional forums"),
    ("State-|Led processes", "State-Led processes"),
    ("the well-|being of the well-being", "the well-being of the well-being"),
    ("the whole-of-|government approach", "the whole-of-government approach"),
    ("a fast-|track way on a fast track", "a fast-track way on a fast track"),
    ("gender\u2011|responsive", "gender\u2011responsive"),
    ("inten-|sify", "intensify"),
    ("sub- and|regional", "sub- and regional"),
    ("pre-|and post-departure", "pre- and post-departure"),
    ("co-|operation by cooperation", "cooperation by cooperation"),
    ("develop-|ment", "development"),
    ("mi\u00ad|gration", "migration"),
    ("2019–|2022", "2019–2022"),
    ("13-|14 March", "13-14 March"),
    ("sea–|land", "sea–land"),
    ("a word –|another", "a word – another"),
    ("and/|or", "and/or"),
    ("one|two|three", "one two three"),
    ("end.|Next", "end. Next"),
]


def run(*lines: Line) -> list[str]:
    return [block.text for block in blocks(lines)]


@pytest.mark.parametrize(("text", "expected"), JOINED)
def test_lines_join(text: str, expected: str) -> None:
    first, *rest = text.split("|")
    assert run(Line(first), *(Line(line, has_break=False) for line in rest)) == [expected]


def test_hyphens_of_a_text_that_divides_no_words_are_kept() -> None:
    compounds = "fast- track ill- timed home- grown world- wide".split()
    lines = [Line(word, has_break=not i % 2) for i, word in enumerate(compounds)]
    assert run(*lines) == ["fast-track", "ill-timed", "home-grown", "world-wide"]
    divided = [
        Line(word, has_break=not i % 2) for i, word in enumerate("mi- gration fo- rum bor- der inten- sify".split())
    ]
    assert run(*divided, Line("migration, forum and border"))[:4] == ["migration", "forum", "border", "intensify"]


def test_furniture_does_not_cut_a_paragraph() -> None:
    assert run(Line("one"), Line("2", role="furniture"), Line("two", has_break=False)) == ["one two", "2"]


def test_note_goes_on_over_a_page() -> None:
    lines = [Line("See a", role="note"), Line("Text"), Line("long note", role="note", has_break=False)]
    assert run(*lines) == ["See a long note", "Text"]


def test_cells_stay_apart() -> None:
    lines = [Line("a", role="cell", cell="T1/R1/C1"), Line("b", role="cell", cell="T1/R1/C2", has_break=False)]
    assert run(*lines) == ["a", "b"]


def test_empty_lines_are_dropped() -> None:
    assert run(Line("a"), Line("  "), Line("")) == ["a"]


def test_word_boxes_move_with_the_text() -> None:
    lines = [
        Line("1. the migra-", page=1, words=(LineWord(0, 2, 0, 0, 1, 1), LineWord(3, 6, 1, 0, 2, 1), LineWord(7, 13, 2, 0, 3, 1))),
        Line("tion here", page=2, has_break=False, words=(LineWord(0, 4, 0, 0, 1, 1), LineWord(5, 9, 1, 0, 2, 1))),
    ]  # fmt: skip
    (block,) = blocks(lines)
    assert [(block.text[w.start : w.end], w.page) for w in block.words] == [
        ("1.", 1), ("the", 1), ("migra", 1), ("tion", 2), ("here", 2),
    ]  # fmt: skip
    cut = block.cut(3)
    assert [cut.text[w.start : w.end] for w in cut.words] == ["the", "migra", "tion", "here"]
    marked = with_mark(Block("the", (WordBox(0, 3, 1, 0, 0, 1, 1),), mark="(a)"))
    assert (marked.text, [marked.text[w.start : w.end] for w in marked.words]) == ("(a) the", ["the"])
    both = merged((marked, cut))
    assert [both.text[w.start : w.end] for w in both.words] == ["the", "the", "migra", "tion", "here"]


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(0, None, "one two"), (3, None, "two"), (0, 4, "one"), (7, None, "")]
)
def test_cut(start: int, end: int | None, expected: str) -> None:
    assert Block("one two").cut(start, end).text == expected


KNOWN = frozenset("ab abc walk walker re one-two-six six-ten".split())


@pytest.mark.parametrize(
    ("left", "right", "divides", "expected"),
    [
        ("", "walk", True, (0, "")),
        ("x ab-", "walk", True, (1, "")),
        ("x abc-", "walk", True, (0, "")),
        ("x walk-", "ab", True, (1, "")),
        ("x walk-", "abc", True, (0, "")),
        ("x xyz-", "Walk", True, (0, "")),
        ("x xyz-", "wALK", True, (1, "")),
        ("x xyz-", "walk", False, (0, "")),
        ("x walk-", "er-on", True, (1, "")),
        ("x xyz-", "7 walk", True, (0, " ")),
        ("x 7-", "8", True, (0, "")),
        ("x 7-", "x", True, (0, " ")),
        ("x -", "8", True, (0, " ")),
        ("–", "8", True, (0, " ")),
        ("walk\u00ad", "er", True, (1, "")),
        ("x xyz-", "and walk", True, (0, " ")),
        ("x xyz\u2010", "w", True, (1, "")),
        ("x one-xyz-", "w", True, (0, "")),
        ("x one-two-", "six", True, (0, "")),
        ("x six-", "ten-walk", True, (0, "")),
        ("x six-", "ten-er", True, (0, "")),
        ("x six-", "tenth", True, (1, "")),
        ("x non-", "xyz", True, (0, "")),
        ("x abc-", "ab", True, (1, "")),
        ("x2018–", "2020", True, (0, "")),
        ("x 2018 –", "2020", True, (0, " ")),
        ("States/", "walk", True, (0, "")),
        ("x7-", "8", True, (0, "")),
        ("x -", "x", True, (0, " ")),
        ("walk", "ab", True, (0, " ")),
    ],
)
def test_join(left: str, right: str, divides: bool, expected: tuple[int, str]) -> None:
    assert join_text(left, right, KNOWN, divides) == expected


@pytest.mark.parametrize(
    ("lines", "is_divided"),
    [
        ("x- y x- y x- y", True),
        ("x- y x- y x- y x- y", False),
        ("walk- er " + "x- y " * 9, True),
        ("walk- er " + "x- y " * 10, False),
        ("x- y x- y x- y x- 7", True),
    ],
)
def test_few_known_words_at_line_ends_are_compounds(lines: str, is_divided: bool) -> None:
    made = [Line(word, has_break=not n % 2) for n, word in enumerate(lines.split())]
    assert hyphenates(made, KNOWN) is is_divided
    assert hyphenates([Line(line.text) for line in made], KNOWN)


@pytest.mark.parametrize(
    ("lines", "spans"),
    [
        ([("one two", (4, 7)), ("three", (0, 5))], ["two three"]),
        ([("one two", (4, 6)), ("three", (0, 5))], ["tw", "three"]),
        ([("one two", (4, 7)), ("three", (1, 5))], ["two", "hree"]),
        ([("one", (0, 3)), ("two", (0, 3)), ("three", (0, 2))], ["one two th"]),
        ([("one", (0, 1)), ("two", (1, 2))], ["o", "w"]),
    ],
)
def test_bold_words_go_on_over_the_end_of_a_line(lines: list[tuple[str, tuple[int, int]]], spans: list[str]) -> None:
    (block,) = blocks([Line(text, has_break=not n, bold_spans=(span,)) for n, (text, span) in enumerate(lines)])
    assert [block.text[a:b] for a, b in block.bold_spans] == spans
    first = replace(block, mark="1.")
    assert [with_mark(first).text[a:b] for a, b in with_mark(first).bold_spans] == spans
    both = merged([block, block])
    assert [both.text[a:b] for a, b in both.bold_spans] == spans * 2


def test_bold_words_of_a_piece() -> None:
    block = Block("one two three", bold_spans=((0, 3), (2, 6), (8, 13)))
    for cut, spans in ((block.cut(3), ["tw", "three"]), (block.cut(0, 8), ["one", "e tw"]), (block.cut(4, 7), ["tw"])):
        assert [cut.text[a:b] for a, b in cut.bold_spans] == spans
