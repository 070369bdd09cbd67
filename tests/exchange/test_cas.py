"""Paragraphs and references as UIMA CAS XMI and back."""

import io
import xml.etree.ElementTree as ET
import zipfile
from itertools import pairwise

import pytest
from hypothesis import given, settings

from extractors.model import Paragraph
from pipeline.errors import InputError
from pipeline.exchange import cas
from pipeline.store.published import PublishedDocument
from tests.exchange.made import documents, reference, small
from tests.golden_file import same_as_golden

pytest.importorskip("cassis", reason="the extra `exchange` is not installed")
CAS = "{http:///uima/cas.ecore}"
LAYER = "{http:///gcmrefs.ecore}Reference"
TOKEN = "{http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore}Token"


def utf16(text: str, begin: int, end: int) -> str:
    """What stands between two offsets as UIMA counts them, by another way than the library's."""
    return text.encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le")


def test_golden() -> None:
    same_as_golden("exchange/sample.xmi", cas.xmi(small()))
    same_as_golden("exchange/TypeSystem.xml", cas.type_system_xml())


@settings(deadline=None, max_examples=30)
@given(documents())
def test_reads_back(document: PublishedDocument) -> None:
    assert cas.read(cas.write(document)) == (cas.units(document), cas.marked(document))


@settings(deadline=None, max_examples=30)
@given(documents())
def test_offsets_in_the_file_count_utf16_units(document: PublishedDocument) -> None:
    root = ET.fromstring(cas.xmi(document))
    sofa = root.find(f"{CAS}Sofa")
    assert sofa is not None
    text = sofa.get("sofaString", "")
    found = {
        e.get("reference_id"): utf16(text, int(e.get("begin", "")), int(e.get("end", ""))) for e in root.iter(LAYER)
    }
    texts = {unit.paragraph: unit.text for unit in cas.units(document)}
    assert found == {one.reference_id: texts[one.paragraph][one.begin : one.end] for one in cas.marked(document)}


@settings(deadline=None, max_examples=30)
@given(documents())
def test_references_begin_and_end_with_tokens(document: PublishedDocument) -> None:
    root = ET.fromstring(cas.xmi(document))
    tokens = sorted((int(e.get("begin", "")), int(e.get("end", ""))) for e in root.iter(TOKEN))
    assert all(one[1] <= two[0] for one, two in pairwise(tokens))
    for element in root.iter(LAYER):
        begin, end = int(element.get("begin", "")), int(element.get("end", ""))
        assert not any(one < begin < two or one < end < two for one, two in tokens)


def test_letters_outside_the_first_plane() -> None:
    root = ET.fromstring(cas.xmi(small()))
    (found,) = [e for e in root.iter(LAYER) if e.get("reference_id") == "b2"]
    before = "General Assembly\nSample Framework\nThe General Assembly,\nNoting the <forum> & its work,\n"
    before += "Welcomes the following:\n"
    # two letters that take two units each, " the " and the paragraphs before
    assert int(found.get("begin", "")) == len(before) + 4 + len(" the ")


def test_characters_that_xml_cannot_hold() -> None:
    paragraph = Paragraph(1, "1", "paragraph", "a\x00b \ud800forum\ufffe\x0b")
    document = PublishedDocument("d", "\x01", "", "", "", "", "text", (paragraph,), (reference("d", paragraph, 5, 10),))
    (unit,), (found,) = cas.read(cas.write(document))
    assert unit.text == "a�b �forum��" and unit.text[found.begin : found.end] == "forum"


def test_zip_is_a_document_and_its_types() -> None:
    with zipfile.ZipFile(io.BytesIO(cas.write(small(), "sample"))) as archive:
        assert archive.namelist() == ["sample.xmi", "TypeSystem.xml"]
        assert b"gcmrefs.Reference" in archive.read("TypeSystem.xml")


def test_annotation_added_by_hand() -> None:
    """A span of our layer that an annotator made without features, as INCEpTION writes it."""
    import cassis

    types = cas.type_system()
    found = cassis.load_cas_from_xmi(io.BytesIO(cas.xmi(small())), typesystem=types)
    found.add(types.get_type(cas.REFERENCE)(begin=0, end=7, category="other.un"))
    units, marked = cas.read(packed(str(found.to_xmi()).encode(), str(types.to_xml()).encode()))
    assert units == cas.units(small())
    assert cas.Marked("FM1", 0, 7, "other.un", "", "", "", "") in marked


def packed(xmi: bytes, types: bytes | None = None, name: str = "a.xmi") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, xmi)
        archive.writestr("TypeSystem.xml", types if types is not None else cas.type_system_xml())
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (lambda: b"", "not a zip"),
        (lambda: packed(b"<a/>", name="a.txt"), "needs one TypeSystem.xml"),
        (lambda: packed(b"<a"), "damaged XML"),
        (lambda: packed(b"<a/>"), "not a CAS"),
        (lambda: packed(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'), "document type"),
        (lambda: packed(cas.xmi(small()), b"<!DOCTYPE a><a/>"), "document type"),
        (lambda: packed(cas.xmi(small()), b"<a/>"), "not a CAS"),
    ],
)
def test_foreign(data: object, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        cas.read(data())  # type: ignore[operator]


def test_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GCMREFS_MAX_EXPANDED_BYTES", "1000")
    with pytest.raises(InputError, match="unpacks to more than 1000 bytes"):
        cas.read(packed(b" " * 100_000))
