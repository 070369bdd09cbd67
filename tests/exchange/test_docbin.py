"""Paragraphs and references as a spaCy DocBin and back."""

import zlib

import pytest
from hypothesis import given, settings

from extractors.model import Paragraph
from pipeline.cell import held
from pipeline.errors import InputError
from pipeline.exchange import docbin
from pipeline.exchange.document import place_references
from pipeline.exchange.formats import FORMATS
from pipeline.store.published import PublishedDocument
from tests.exchange.made import documents, reference, small


def document(text: str, *spans: tuple[int, int]) -> PublishedDocument:
    paragraph = Paragraph(1, "1", "paragraph", text)
    found = [reference("d", paragraph, start, end) for start, end in spans]
    return PublishedDocument("d", "", "", "", "en", "", "text", (paragraph,), tuple(found))


@settings(deadline=None, max_examples=30)
@given(documents())
def test_reads_back(made: PublishedDocument) -> None:
    data = docbin.write(made)
    assert FORMATS["docbin"].same(data, made)
    for doc, paragraph in zip(docbin.read(data), made.paragraphs, strict=True):
        assert doc.text == held(paragraph.text)


@settings(deadline=None, max_examples=30)
@given(documents())
def test_spans_cover_their_references(made: PublishedDocument) -> None:
    homes = {r.reference_id: p.id for r, p in place_references(made) if p is not None}
    for doc in docbin.docs(made):
        told = doc.user_data[docbin.KEY]
        exact = {row["reference_id"]: row for row in told["references"]}
        assert set(exact) == {name for name, home in homes.items() if home == told["paragraph"]}
        for span in doc.spans[docbin.GROUP]:
            row = exact[span.id_]
            assert span.label_ == row["category"]
            before, after = doc.text[row["start"] : span.start_char], doc.text[span.end_char : row["end"]]
            assert not before.strip() and not after.strip()


@pytest.mark.parametrize(
    ("text", "span", "covered"),
    [
        ("the regional forum meets", (4, 18), "regional forum"),
        ("the subregional forum", (7, 15), "subregional"),
        ("the forum’s work", (4, 9), "forum"),
        ("𝔸𝔹 the forum", (7, 12), "forum"),
        ("المنتدى العالمي", (0, 7), "المنتدى"),
    ],
)
def test_ends_inside_words(text: str, span: tuple[int, int], covered: str) -> None:
    (doc,) = docbin.read(docbin.write(document(text, span)))
    assert [found.text for found in doc.spans[docbin.GROUP]] == [covered]
    (found,) = docbin.read_references(doc)
    assert (found.start, found.end) == span


def test_long_run_of_signs_is_no_trap() -> None:
    text = "–" * 40_000 + " forum"
    (doc,) = docbin.read(docbin.write(document(text, (40_001, 40_006))))
    assert doc.text == text and [span.text for span in doc.spans[docbin.GROUP]] == ["forum"]


def test_reference_that_is_gone_is_kept() -> None:
    docs = docbin.read(docbin.write(small()))
    assert [r.reference_id for doc in docs for r in docbin.read_references(doc)] == ["d4", "a1", "b2", "c3"]
    assert sum(len(doc.spans[docbin.GROUP]) for doc in docs) == 3


@pytest.mark.parametrize("data", [b"", b"abc", zlib.compress(b"abc"), zlib.compress(b"\x80")])
def test_foreign(data: bytes) -> None:
    with pytest.raises(InputError, match="not a DocBin"):
        docbin.read(data)


def test_docs_of_others() -> None:
    import spacy
    from spacy.tokens import DocBin

    with pytest.raises(InputError, match="not a DocBin of gcmrefs"):
        docbin.read(DocBin(docs=[spacy.blank("en")("a")]).to_bytes())


def test_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GCMREFS_MAX_EXPANDED_BYTES", "1000")
    with pytest.raises(InputError, match="unpacks to more than 1000 bytes"):
        docbin.read(zlib.compress(b"\0" * 100_000))
