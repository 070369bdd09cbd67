"""Which paragraph a reference's offsets count in."""

import pytest

from extractors.model import Paragraph
from pipeline.cell import held
from pipeline.exchange.document import paragraph_iri, placed
from pipeline.store.published import Document
from tests.exchange.made import reference

PARAGRAPHS = (
    Paragraph(1, "17", "paragraph", "the forum meets"),
    Paragraph(2, "17", "continuation", "the forum ends  here", suffix="#2"),
    Paragraph(3, "17", "continuation", "a panel; the forum", suffix="#3"),
)


@pytest.mark.parametrize(
    ("start", "end", "wording", "quote", "home"),
    [
        (4, 9, "forum", "the forum meets", "17"),
        (4, 9, "forum", "the forum ends here", "17#2"),
        (4, 9, "forum", "words that are nowhere", "17"),
        (2, 7, "panel", "", "17#3"),
        (10, 20, "ends here", "", "17#2"),
        (4, 9, "panel", "", None),
        (9, 4, "forum", "", None),
        (4, 900, "forum", "", None),
        (-5, 9, "forum", "", None),
    ],
)
def test_home(start: int, end: int, wording: str, quote: str, home: str | None) -> None:
    one = reference("d", PARAGRAPHS[0], start, end, wording=wording, quote=quote)
    ((_, found),) = placed(Document("d", "", "", "", "en", "", "text", PARAGRAPHS, (one,)))
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
