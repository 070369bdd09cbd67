"""Whole documents through every format: the sample of this project, and the Compact where `GCMREFS_CORPUS` names it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.exchange import akomantoso, cas, docbin, webannotation
from pipeline.exchange.document import place_references
from pipeline.exchange.eid import format_eid, paragraph_id
from pipeline.exchange.formats import FORMATS
from pipeline.extract.references import find_references
from pipeline.ingest import read_document
from pipeline.segment import split_paragraphs
from pipeline.store.published import PublishedDocument

SAMPLE = Path(__file__).resolve().parent.parent.parent / "corpus" / "sample"


def read(path: Path, language: str) -> PublishedDocument:
    found = read_document(path)
    every = tuple(split_paragraphs(found, language=language))
    references = tuple(find_references(every, document="d", title="Title", language=language))
    return PublishedDocument(
        "d", "Title", "", "2018-12-19", language, "resolution", found.format,
        tuple(p for p in every if p.kind != "furniture"), references,
    )  # fmt: skip


@pytest.fixture(scope="module", params=["sample-resolution.en.pdf", "sample-declaracion.es.docx", "A_RES_73_195.pdf"])
def document(request: pytest.FixtureRequest) -> Iterator[PublishedDocument]:
    name: str = request.param
    folder = SAMPLE
    if name.startswith("A_RES"):
        if "GCMREFS_CORPUS" not in os.environ:
            pytest.skip("set GCMREFS_CORPUS to the folder with the documents")
        folder = Path(os.environ["GCMREFS_CORPUS"]) / "un"
        if not (folder / name).is_file():
            pytest.skip(f"{folder} has no {name}")
    yield read(folder / name, "es" if ".es." in name else "en")


def test_every_reference_stands_in_its_text(document: PublishedDocument) -> None:
    assert document.references and all(paragraph is not None for _, paragraph in place_references(document))


def test_ids(document: PublishedDocument) -> None:
    ids = [paragraph.id for paragraph in document.paragraphs]
    assert [paragraph_id(format_eid(name)) for name in ids] == ids
    assert len(set(map(format_eid, ids))) == len(ids)


@pytest.mark.parametrize("form", FORMATS)
def test_reads_back(document: PublishedDocument, form: str) -> None:
    if form == "cas":
        pytest.importorskip("cassis", reason="the extra `exchange` is not installed")
    data = FORMATS[form].write(document, "d")
    assert FORMATS[form].same(data, document) and data == FORMATS[form].write(document, "d")


def test_nothing_is_lost_on_the_way(document: PublishedDocument) -> None:
    assert webannotation.read(webannotation.write(document)) == document.references
    assert len(akomantoso.read(akomantoso.write(document))) == len(document.paragraphs)
    assert sum(len(doc.spans[docbin.GROUP]) for doc in docbin.docs(document)) == len(document.references)
    assert len(cas.marked(document)) == len(document.references)
