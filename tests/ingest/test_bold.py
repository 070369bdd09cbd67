"""Every reader says which words of a line are bold, and the blocks that lines are joined to say it too."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import read_document
from pipeline.ingest.line import Line
from pipeline.ingest.piece import Piece
from pipeline.ingest.text.markdown import without_emphasis
from pipeline.segment.block import Block, blocks, merged, with_mark


def bold(block: Block | Line) -> list[str]:
    return [block.text[start:end] for start, end in block.bold_spans]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("we thank **the Forum** here", ["the Forum"]),
        ("**one**, **two** and three", ["one", "two"]),
        ("**one, two** and three", ["one, two"]),
        ("we **thank *all* of** you", ["thank all of"]),
        ("5 ** 3 is no bold", []),
        ("we __thank__ all of <b>you</b> and <strong class='x'>us</strong>", ["thank", "you", "us"]),
        ("• we thank **the Forum**", ["the Forum"]),
        ("Rights;³ **the Forum**", ["the Forum"]),
        ("## On **the Forum**", ["the Forum"]),
        ("we thank **the\nForum of all** here", ["the Forum of all"]),
    ],
)
def test_plain_text(tmp_path: Path, source: str, expected: list[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(source, encoding="utf-8")
    joined = [
        Line(line.text, has_break=at == 0, bold_spans=line.bold_spans)
        for at, line in enumerate(read_document(path).lines)
    ]
    assert [words for block in blocks(joined) for words in bold(block)] == expected


@pytest.mark.parametrize("line", ["**a", "a_b_c", "\\*a\\*", "*2207116*"])
def test_signs_that_are_no_emphasis_stay(line: str) -> None:
    assert without_emphasis([line])[0].text == line.replace("\\", "")


LINES = [
    Line("we thank the mi-", bold_spans=((9, 16),)),
    Line("gration Forum for", has_break=False, bold_spans=((0, 13),)),
    Line("its help", has_break=False, bold_spans=((4, 8),)),
]


def test_blocks_keep_what_is_bold() -> None:
    block = blocks(LINES)[0]
    assert bold(block) == ["the migration Forum", "help"]
    assert bold(block.cut(13)) == ["migration Forum", "help"]
    assert bold(merged([block, block])) == bold(block) * 2
    assert bold(with_mark(Block(block.text, mark="(a)", bold_spans=block.bold_spans))) == bold(block)


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(alphabet="ab \t.", max_size=5), st.booleans(), st.just(False)), max_size=8))
def test_bold_spans_cover_the_bold_letters_and_no_other(parts: list[tuple[str, bool, bool]]) -> None:
    piece = Piece(parts)
    text, spans = piece.text(), piece.bold_spans()
    weights = [is_bold for words, is_bold, _ in parts for char in words if not char.isspace()]
    inside = [any(start <= at < end for start, end in spans) for at, char in enumerate(text) if not char.isspace()]
    assert inside == weights
    assert all(text[start:end].strip() == text[start:end] for start, end in spans)
