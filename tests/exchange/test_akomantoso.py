"""Paragraphs as Akoma Ntoso and back."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings

from extractors.model import Paragraph
from pipeline.errors import InputError
from pipeline.exchange import akomantoso
from pipeline.store.published import PublishedDocument
from tests.exchange.made import documents, small
from tests.golden_file import same_as_golden

AKN = f"{{{akomantoso.NAMESPACE}}}"
CHILDREN = {
    "doc": ["meta", "preface", "preamble", "mainBody", "conclusions"],
    "preface": ["p"],
    "conclusions": ["p"],
    "preamble": ["formula", "recitals", "container"],
    "recitals": ["recital"],
    "recital": ["p"],
    "formula": ["p"],
    "container": ["p"],
    "content": ["p"],
    "intro": ["p"],
}
"""What may stand in what (schema akomantoso30), as far as it is written here."""
HOLDERS = {"paragraph", "subparagraph", "point", "hcontainer"}


def test_golden() -> None:
    same_as_golden("exchange/sample.xml", akomantoso.write(small()))


@settings(deadline=None, max_examples=30)
@given(documents())
def test_reads_back(document: PublishedDocument) -> None:
    assert akomantoso.read(akomantoso.write(document)) == akomantoso.units(document)


@settings(deadline=None, max_examples=30)
@given(documents())
def test_structure(document: PublishedDocument) -> None:
    """The rules of the schema, without the schema: order of parts, what stands in what, ids that are unique."""
    root = ET.fromstring(akomantoso.write(document))
    ids = [element.get("eId") for element in root.iter() if element.get("class")]
    assert len(ids) == len(set(ids)) == len(document.paragraphs)
    for element in root.iter():
        tag, inner = element.tag.removeprefix(AKN), [child.tag.removeprefix(AKN) for child in element]
        if tag in CHILDREN:
            assert set(inner) <= set(CHILDREN[tag])
        if tag == "doc":
            assert inner == [name for name in CHILDREN["doc"] if name in inner] and "mainBody" in inner
        if tag == "mainBody":
            assert inner and set(inner) <= HOLDERS | {"p"}
        if tag in HOLDERS:
            kinds = [name for name in inner if name not in HOLDERS]
            assert kinds in (["heading"], ["content"], ["intro"], ["num", "content"], ["num", "intro"])
            assert ("intro" in inner) == bool(HOLDERS & set(inner))
        if tag in ("hcontainer", "formula", "container", "doc"):
            assert element.get("name")


def paragraphs(*ids: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(n, name, "paragraph", f"text {n}") for n, name in enumerate(ids, start=1))


@pytest.mark.parametrize(
    ("ids", "outer"),
    [
        (["22", "22(a)", "22(b)"], {"22(a)": "22", "22(b)": "22"}),
        (["43", "43(a)", "43(a)(i)", "43(b)"], {"43(a)": "43", "43(a)(i)": "43(a)", "43(b)": "43"}),
        (["4", "43(a)"], {"43(a)": ""}),
        (["22", "23", "22(a)"], {"22(a)": ""}),
        (["22(a)", "22"], {"22(a)": "", "22": ""}),
        (["Annex/8", "8(h)", "Annex/8(h)"], {"8(h)": "", "Annex/8(h)": ""}),
        (["17", "17#2", "17(a)"], {"17#2": "17", "17(a)": "17"}),
    ],
)
def test_nesting(ids: list[str], outer: dict[str, str]) -> None:
    document = PublishedDocument("d", "", "", "", "en", "", "text", paragraphs(*ids), ())
    root = ET.fromstring(akomantoso.write(document))
    above = {child: element for element in root.iter() for child in element}
    named = {akomantoso.paragraph_id(str(e.get("eId"))): e for e in root.iter() if e.get("class")}
    for inner, name in outer.items():
        found = above[named[inner]].get("eId")
        assert (akomantoso.paragraph_id(found) if found else "") == name


def test_no_depth_without_end() -> None:
    ids = ["1" + "(a)" * n for n in range(400)]
    document = PublishedDocument("d", "", "", "", "en", "", "text", paragraphs(*ids), ())
    assert akomantoso.read(akomantoso.write(document)) == akomantoso.units(document)


@pytest.mark.parametrize(
    ("date", "written", "known"),
    [
        ("2018-12-19", "2018-12-19", "day"),
        ("2018-12", "2018-12-01", "month"),
        ("2018", "2018-01-01", "year"),
        ("", "0001-01-01", "unknown"),
        ("19 December", "0001-01-01", "unknown"),
    ],
)
def test_date(date: str, written: str, known: str) -> None:
    root = ET.fromstring(akomantoso.write(PublishedDocument("d", "", "", date, "en", "", "text", (), ())))
    found = root.find(f".//{AKN}FRBRWork/{AKN}FRBRdate")
    assert found is not None and (found.get("date"), found.get("name")) == (written, known)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "damaged XML"),
        (b"<a>", "damaged XML"),
        (b"<a/>", "not an Akoma Ntoso document"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "document type"),
        (b"<!DOCTYPE a><a/>", "document type"),
        (b"<a>" * 5000, "nested deeper"),
        (f'<akomaNtoso xmlns="{akomantoso.NAMESPACE}"><p eId="x y" class="body"/></akomaNtoso>'.encode(), "eId"),
    ],
)
def test_foreign(data: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        akomantoso.read(data, name="a.xml")
