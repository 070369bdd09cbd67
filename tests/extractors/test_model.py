"""Paragraphs as they are cited, and where they stand on the page."""

from __future__ import annotations

import pytest

from extractors.model import Paragraph, Region, WordBox

WORDS = (
    WordBox(0, 2, 1, 10.0, 5.0, 20.0, 9.0),
    WordBox(3, 5, 1, 30.0, 4.0, 40.0, 11.9),
    WordBox(6, 8, 1, 8.0, 15.0, 18.0, 14.9),
    WordBox(9, 11, 2, 1.0, 2.0, 3.0, 14.9),
)
PARAGRAPH = Paragraph(1, "3", "paragraph", "ab cd ef gh", words=WORDS, page_number=7)


@pytest.mark.parametrize(
    ("start", "end", "is_per_line", "regions"),
    [
        (0, 11, False, ["1:8.0,4.0,40.0,14.9", "2:1.0,2.0,3.0,14.9"]),
        (0, 11, True, ["1:10.0,4.0,40.0,11.9", "1:8.0,15.0,18.0,14.9", "2:1.0,2.0,3.0,14.9"]),
        (2, 3, True, []),
        (1, 4, True, ["1:10.0,4.0,40.0,11.9"]),
        (2, 6, True, ["1:30.0,4.0,40.0,11.9"]),
        (5, 6, True, []),
        (0, 0, True, []),
    ],
)
def test_regions(start: int, end: int, is_per_line: bool, regions: list[str]) -> None:
    assert [str(region) for region in PARAGRAPH.regions_between(start, end, per_line=is_per_line)] == regions


def test_a_paragraph_is_on_the_page_of_its_first_word() -> None:
    assert (PARAGRAPH.page, Paragraph(1, "3", "paragraph", "x", page_number=7).page) == (1, 7)
    assert PARAGRAPH.regions == PARAGRAPH.regions_between(0, 11, per_line=False)
    assert str(Region(1, 0.04, 0.05, 2, 3)) == "1:0.0,0.1,2.0,3.0"


@pytest.mark.parametrize(
    ("paragraph", "kind", "path", "citation"),
    [
        ("43(b)", "subparagraph", (), "§43(b)"),
        ("PP1", "preambular", ("Preamble",), "PP1"),
        ("17", "note", ("Text", "footnote 3"), "§17, footnote 3"),
        ("17", "note", (), "§17"),
        ("17", "paragraph", ("Text",), "§17"),
    ],
)
def test_citation(paragraph: str, kind: str, path: tuple[str, ...], citation: str) -> None:
    made = Paragraph(1, paragraph, kind, "x", "#2", path)  # type: ignore[arg-type]
    assert (made.citation, made.id) == (citation, f"{paragraph}#2")
