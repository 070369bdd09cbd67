"""A document as the exchange formats take it: its paragraphs, its references, and where each reference stands."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import NamedTuple
from urllib.parse import quote

from extractors.model import Paragraph, Reference
from pipeline.cell import held
from pipeline.exchange.eid import format_eid
from pipeline.extras import missing_extra
from pipeline.store.published import PublishedDocument

IRI = "urn:gcmrefs"
GENERATOR = f"{IRI}:generator"


class ExchangedParagraph(NamedTuple):
    """What reads back of a paragraph: its id with suffix, its kind and its text."""

    paragraph: str
    kind: str
    text: str


class PlacedReference(NamedTuple):
    """A reference and the paragraph that its offsets count in; None where its wording does not stand there."""

    reference: Reference
    paragraph: Paragraph | None


def place_references(document: PublishedDocument) -> Iterator[PlacedReference]:
    """Yield every reference with its paragraph, in the order given.

    The paragraph is the row that the reference names; a text that no longer has the wording there is none.
    """
    known = {paragraph.id: paragraph for paragraph in document.paragraphs}
    for reference in document.references:
        start, end, wording = reference.start, reference.end, _squashed(held(reference.wording))
        paragraph = known.get(reference.paragraph_row)
        fits = paragraph is not None and 0 <= start < end <= len(paragraph.text)
        stands = paragraph is not None and fits and _squashed(held(paragraph.text[start:end])) == wording
        yield PlacedReference(reference, paragraph if stands else None)


def document_iri(slug: str) -> str:
    """Return the IRI of a document: `urn:gcmrefs:document:A_RES_73_195`."""
    return f"{IRI}:document:{quoted(slug)}"


def paragraph_iri(slug: str, paragraph: str) -> str:
    """Return the IRI of a paragraph of a document.

    >>> paragraph_iri("A_RES_73_195", "22(b)")
    'urn:gcmrefs:paragraph:A_RES_73_195:para_22__subpara_b'
    """
    return f"{IRI}:paragraph:{quoted(slug)}:{quoted(format_eid(paragraph))}"


def quoted(text: str) -> str:
    """Text as a part of an IRI: everything but letters, digits and -._~ percent-encoded."""
    return quote(held(text), safe="")


def _squashed(text: str) -> str:
    return " ".join(text.split())


def library(name: str, form: str) -> ModuleType:
    """Return an imported module.

    Raises GcmrefsError when it is not installed.

    >>> library("json", "skos").dumps([])
    '[]'
    """
    try:
        return import_module(name)
    except ImportError:
        raise missing_extra(name, form) from None
