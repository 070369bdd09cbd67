"""Paragraphs and references as a spaCy DocBin: one Doc a paragraph, its references in the span group "references".

Tokens are those that the extractors work on (a blank pipeline of the language). A span covers whole tokens; where a
reference ends inside one, the span is expanded and the exact characters stand in `doc.user_data["gcmrefs"]`, from which
everything reads back.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extractors.model import Paragraph, Reference
from pipeline.cell import held
from pipeline.errors import InputError
from pipeline.exchange.document import place_references
from pipeline.exchange.eid import format_eid
from pipeline.settings import Limits
from pipeline.store.published import PublishedDocument

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

GROUP = "references"
KEY = "gcmrefs"
_UNSPACED = re.compile(r"\S{200}")
"""Longer runs without a space are cut by their signs: the tokenizer takes quadratic time on them."""
_PIECE = re.compile(r"\w+|\s+|[^\w\s]")


@lru_cache(maxsize=8)
def _tokenizer(language: str) -> Language:
    from extractors.references.nlp import tokenizer

    return tokenizer(language)


def docs(document: PublishedDocument) -> list[Doc]:
    """Return one Doc for each paragraph; references without a place in the text are in the user data of the first.

    A document without paragraphs gives an empty list.
    """
    by_paragraph: dict[str, list[Reference]] = {}
    homeless: list[Reference] = []
    for reference, paragraph in place_references(document):
        (homeless if paragraph is None else by_paragraph.setdefault(paragraph.id, [])).append(reference)
    out = []
    for n, paragraph in enumerate(document.paragraphs):
        own = by_paragraph.get(paragraph.id, [])
        out.append(_doc(document, paragraph, own, homeless if n == 0 else []))
    return out


def _doc(
    document: PublishedDocument, paragraph: Paragraph, references: list[Reference], homeless: list[Reference]
) -> Doc:
    doc = _tokenized(held(paragraph.text), document.language)
    spans = []
    for reference in references:
        span = doc.char_span(
            reference.start,
            reference.end,
            label=reference.category,
            span_id=reference.reference_id,
            alignment_mode="expand",
        )
        if span is not None:
            spans.append(span)
    doc.spans[GROUP] = spans
    doc.user_data[KEY] = {
        "document": document.slug,
        "language": document.language,
        "paragraph": paragraph.id,
        "eid": format_eid(paragraph.id),
        "kind": paragraph.kind,
        "order": paragraph.order,
        "heading_path": list(paragraph.heading_path),
        "objective": paragraph.objective,
        "page": paragraph.page,
        "references": [asdict(storable(reference)) for reference in references],
        "not_in_text": [asdict(storable(reference)) for reference in homeless],
    }
    return doc


def storable(reference: Reference) -> Reference:
    """Return a reference as it reads back: characters that UTF-8 or XML cannot hold are "�"."""
    texts = {
        name: value for name in Reference.__dataclass_fields__ if isinstance(value := getattr(reference, name), str)
    }
    return replace(reference, **{name: held(text) for name, text in texts.items()})  # type: ignore[arg-type]


def _tokenized(text: str, language: str) -> Doc:
    from spacy.tokens import Doc

    nlp = _tokenizer(language)
    if not _UNSPACED.search(text):
        return nlp.make_doc(text)
    words = _PIECE.findall(text)
    return Doc(nlp.vocab, words=words, spaces=[False] * len(words))


def write(document: PublishedDocument) -> bytes:
    """Return a document as the bytes of a DocBin; the same document gives the same bytes."""
    from spacy.tokens import DocBin

    return bytes(DocBin(attrs=["ORTH", "SPACY"], store_user_data=True, docs=docs(document)).to_bytes())


def read(data: bytes, *, name: str = "document.spacy") -> list[Doc]:
    """Return the Docs of a DocBin that `write` made.

    Raises InputError for anything else, and for one that unpacks to more than GCMREFS_MAX_EXPANDED_BYTES.
    """
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    limit = Limits().expanded_bytes
    try:
        unpacker = zlib.decompressobj()
        unpacker.decompress(data, limit)
        if unpacker.unconsumed_tail:
            raise InputError(name, f"unpacks to more than {limit} bytes", "raise GCMREFS_MAX_EXPANDED_BYTES")
        found = list(DocBin(store_user_data=True).from_bytes(data).get_docs(Vocab()))
        if any(KEY not in doc.user_data for doc in found):
            raise ValueError("no user data")
    except InputError:
        raise
    except Exception:  # zlib, msgpack and spaCy raise whatever comes up
        raise InputError(name, "not a DocBin of gcmrefs exchange", "write it again") from None
    return found


def read_paragraph(doc: Doc) -> Paragraph:
    """Return the paragraph of a Doc that `read` gave: all but its word boxes."""
    from pipeline.segment.citation import base

    told = _told(doc)
    number = base(told["paragraph"])
    return Paragraph(
        order=told["order"],
        paragraph=number,
        suffix=told["paragraph"][len(number) :],
        kind=told["kind"],
        text=doc.text,
        heading_path=tuple(told["heading_path"]),
        objective=told["objective"],
        page_number=told["page"],
    )


def read_references(doc: Doc) -> list[Reference]:
    """Return the references of a Doc that `read` gave, those without a place in the text last."""
    told = _told(doc)
    return [Reference(**row) for row in (*told["references"], *told["not_in_text"])]


def _told(doc: Doc) -> Mapping[str, Any]:
    told: Mapping[str, Any] = doc.user_data[KEY]
    return told
