"""The exchange formats of documents by name: how each is written, and whether it reads back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from extractors.model import Reference
from pipeline.cell import held
from pipeline.exchange import akomantoso, cas, docbin, webannotation
from pipeline.exchange.document import place_references
from pipeline.store.published import PublishedDocument


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the end of its file names, its writer (document, file name without end), and `same`, which tells
    whether bytes read back as the document. `lost` counts the references that it has no place for."""

    suffix: str
    write: Callable[[PublishedDocument, str], bytes]
    same: Callable[[bytes, PublishedDocument], bool]
    lost: Callable[[PublishedDocument], int] = lambda document: 0


def _same_docs(data: bytes, document: PublishedDocument) -> bool:
    docs = docbin.read(data)
    texts = [replace(p, text=held(p.text), words=(), page_number=p.page) for p in document.paragraphs]
    known = sorted(map(docbin.storable, document.references), key=_id) if texts else []
    found = sorted((reference for doc in docs for reference in docbin.read_references(doc)), key=_id)
    return [docbin.read_paragraph(doc) for doc in docs] == texts and found == known


def _id(reference: Reference) -> str:
    return reference.reference_id


def _homeless(document: PublishedDocument) -> int:
    return sum(paragraph is None for _, paragraph in place_references(document))


FORMATS: Mapping[str, Format] = {
    "webannotation": Format(
        ".jsonld",
        lambda document, name: webannotation.write(document),
        lambda data, document: webannotation.read(data) == document.references,
    ),
    "akomantoso": Format(
        ".xml",
        lambda document, name: akomantoso.write(document),
        lambda data, document: akomantoso.read(data) == akomantoso.units(document),
    ),
    "docbin": Format(
        ".spacy",
        lambda document, name: docbin.write(document),
        _same_docs,
        lambda document: 0 if document.paragraphs else len(document.references),
    ),
    "cas": Format(
        ".zip",
        cas.write,
        lambda data, document: cas.read(data) == (cas.units(document), cas.marked(document)),
        _homeless,
    ),
}
