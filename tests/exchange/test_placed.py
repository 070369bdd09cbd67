"""Which paragraph a reference's offsets count in."""

import pytest

from extractors.model import Paragraph
from pipeline.cell import held
from pipeline.exchange.document import paragraph_iri, place_references
from pipeline.store.published import PublishedDocument
from tests.exchange.made import reference

PARAGRAPHS = (
    Paragraph(1, "17", "paragraph", "the forum meets"),
    Paragraph(2, "17", "continuation", "the forum ends  here", suffix="#2"),
    Paragraph(3, "17", "continuation", "a panel; the forum", suffix="#3"),
)


@pytest.mark.parametrize(
    ("row", "start", "end", "wording", "home"),
    [
        ("17", 4, 9, "forum", "17"),
        ("17#2", 4, 9, "forum", "17#2"),
        ("17#3", 2, 7, "panel", "17#3"),
        ("17#2", 10, 20, "ends here", "17#2"),
        ("17", 2, 7, "panel", None),
        ("17", 4, 9, "panel", None),
        ("17", 9, 4, "forum", None),
        ("17", 4, 900, "forum", None),
        ("17", -5, 9, "forum", None),
        ("18", 4, 9, "forum", None),
    ],
)
def test_home(row: str, start: int, end: int, wording: str, home: str | None) -> None:
    one = reference("d", PARAGRAPHS[0], start, end, wording=wording, paragraph_row=row)
    ((_, found),) = place_references(PublishedDocument("d", "", "", "", "en", "", "text", PARAGRAPHS, (one,)))
    assert (found.id if found else None) == home


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00\x0b", "a��"),
        ("\ud800\udfff", "��"),
        ("\ufffe\uffff", "��"),
        ("a\t\n\r\x85é𝔸\ufeff", "a\t\n\r\x85é𝔸\ufeff"),
    ],
)
def test_held(text: str, expected: str) -> None:
    assert held(text) == expected


def test_iris_have_no_spaces_or_signs() -> None:
    assert paragraph_iri("a b/c", "H:A “b”") == "urn:gcmrefs:paragraph:a%20b%2Fc:crossHeading_A-~201c~b~201d~"
