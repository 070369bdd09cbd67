"""A document as the exchange formats take it: its paragraphs, its references, and where each reference stands."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import quote

from extractors.model import Paragraph, Reference
from pipeline.cell import held
from pipeline.errors import GcmrefsError
from pipeline.exchange.eid import eid
from pipeline.store.published import Document

IRI = "urn:gcmrefs"
GENERATOR = f"{IRI}:generator"


class Placed(NamedTuple):
    """A reference and the paragraph that its offsets count in; None where its wording does not stand there."""

    reference: Reference
    paragraph: Paragraph | None


def placed(document: Document) -> Iterator[Placed]:
    """Yield every reference with its paragraph, in the order given.

    A reference names the official number; continuation lines share it, so that the paragraph is the one whose text has
    the wording between the reference's offsets and, where several have, the one that the quote comes from.
    """
    known: dict[str, list[Paragraph]] = {}
    for paragraph in document.paragraphs:
        for name in dict.fromkeys((paragraph.paragraph, paragraph.id)):
            known.setdefault(name, []).append(paragraph)
    for reference in document.references:
        start, end, wording = reference.start, reference.end, _squashed(held(reference.wording))
        fits = [
            paragraph
            for paragraph in known.get(reference.paragraph, ())
            if 0 <= start < end <= len(paragraph.text) and _squashed(held(paragraph.text[start:end])) == wording
        ]
        if len(fits) > 1:
            told = _squashed(held(reference.quote))
            fits = [paragraph for paragraph in fits if told in _squashed(held(paragraph.text))] or fits
        yield Placed(reference, fits[0] if fits else None)


def document_iri(slug: str) -> str:
    """Return the IRI of a document: `urn:gcmrefs:document:A_RES_73_195`."""
    return f"{IRI}:document:{quoted(slug)}"


def paragraph_iri(slug: str, paragraph: str) -> str:
    """Return the IRI of a paragraph of a document.

    >>> paragraph_iri("A_RES_73_195", "22(b)")
    'urn:gcmrefs:paragraph:A_RES_73_195:para_22__subpara_b'
    """
    return f"{IRI}:paragraph:{quoted(slug)}:{quoted(eid(paragraph))}"


def quoted(text: str) -> str:
    """Text as a part of an IRI: everything but letters, digits and -._~ percent-encoded."""
    return quote(held(text), safe="")


def _squashed(text: str) -> str:
    return " ".join(text.split())


def library(name: str, form: str) -> Any:
    """Return an imported module.

    Raises GcmrefsError when it is not installed.

    >>> library("json", "skos").dumps([])
    '[]'
    """
    try:
        return import_module(name)
    except ImportError:
        package = {"cassis": "dkpro-cassis"}.get(name, name)
        raise GcmrefsError(f"{form}: {package} is not installed: pip install 'gcm-references[exchange]'") from None
