"""References as Web Annotations and back."""

import json

import pytest
from hypothesis import given, settings

from pipeline.errors import InputError
from pipeline.exchange import webannotation
from pipeline.store.published import PublishedDocument
from tests.exchange.made import documents, small
from tests.golden_file import FOLDER, same_as_golden


def test_golden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webannotation, "read_version", lambda: "0")
    same_as_golden("exchange/sample.jsonld", webannotation.write(small()))


@settings(deadline=None, max_examples=30)
@given(documents())
def test_reads_back(document: PublishedDocument) -> None:
    assert webannotation.read(webannotation.write(document)) == document.references


@settings(deadline=None, max_examples=30)
@given(documents())
def test_model(document: PublishedDocument) -> None:
    """What the Web Annotation Data Model asks of a page, and selectors that select the words."""
    page = json.loads(webannotation.write(document))
    assert page["type"] == "AnnotationPage" and page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    texts = {p.id: p.text for p in document.paragraphs}
    for item in page["items"]:
        assert item["type"] == "Annotation" and item["id"].startswith("urn:gcmrefs:reference:")
        assert item["body"] and all(body["type"] == "TextualBody" and body["purpose"] for body in item["body"])
        target = item["target"][0]
        assert target["source"].isascii() and " " not in target["source"]
        quote, *position = target["selector"]
        if position:
            start, end = position[0]["start"], position[0]["end"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert any(around in text and text[start:end] == quote["exact"] for text in texts.values())


def test_page_region() -> None:
    item = webannotation.page(small())["items"][0]
    assert item["target"][1]["selector"] == {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc3778",
        "value": "page=1&viewrect=72.0,90.0,29.5,10.0",
    }


def test_wording_that_is_gone_has_no_position() -> None:
    target = webannotation.page(small())["items"][3]["target"][0]
    assert target["source"] == "urn:gcmrefs:document:sample"
    assert target["selector"] == [{"type": "TextQuoteSelector", "exact": "gone"}]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"items": [{}]}', b'{"items": 1}', b"\xff", b"[" * 100_000, b'{"items": ["a"]}']
)
def test_foreign(data: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.jsonld: not an annotation page"):
        webannotation.read(data, name="a.jsonld")


def test_golden_is_whole() -> None:
    golden = FOLDER / "exchange" / "sample.jsonld"
    assert webannotation.read(golden.read_bytes()) == small().references
