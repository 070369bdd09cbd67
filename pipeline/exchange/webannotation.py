"""References as W3C Web Annotations (JSON-LD): one AnnotationPage a document, with quote, position and page selectors.

Source of the model: W3C Recommendation "Web Annotation Data Model", 23 February 2017. Positions count Unicode code
points in the paragraph's text as `paragraphs.csv` has it; page regions are fragments of RFC 3778 (points from the top
left). What the model has no place for stands under `gcmrefs:` names, so that a reference reads back whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractors.model import Paragraph, Reference
from pipeline.errors import InputError
from pipeline.exchange.document import GENERATOR, IRI, document_iri, paragraph_iri, place_references
from pipeline.files import json_text
from pipeline.store.published import PublishedDocument
from pipeline.version import read_version

CONTEXT: Sequence[str | Mapping[str, str]] = ("http://www.w3.org/ns/anno.jsonld", {"gcmrefs": f"{IRI}:term:"})
FRAGMENT = "http://tools.ietf.org/rfc/rfc3778"
AROUND = 32
"""Characters before and after a quote that tell it apart from the same words elsewhere."""
_REGION = re.compile(r"(?:^|;)([0-9]+):" + ",".join([r"(-?[0-9]+(?:\.[0-9]+)?)"] * 4) + r"(?=;|\Z)")
_BODY = {"category": "classifying", "canonical": "identifying"}
_TAGS = ("section", "level")
_OWN = tuple(name for name in Reference.__dataclass_fields__ if name not in (*_BODY, "reference_id"))


def page(document: PublishedDocument) -> dict[str, object]:
    """Return the references of a document as an AnnotationPage, in their order."""
    return {
        "@context": list(CONTEXT),
        "id": f"{IRI}:page:{document_iri(document.slug).rpartition(':')[2]}",
        "type": "AnnotationPage",
        "partOf": {"id": f"{IRI}:references", "type": "AnnotationCollection", "label": "References"},
        "startIndex": 0,
        "items": [annotation(reference, paragraph) for reference, paragraph in place_references(document)],
    }


def annotation(reference: Reference, paragraph: Paragraph | None) -> dict[str, object]:
    """Return one reference as an Annotation; `paragraph` is the one that its offsets count in (see `place_references`)."""
    bodies = [_body(getattr(reference, name), purpose) for name, purpose in _BODY.items()]
    bodies += [_body(getattr(reference, name), "tagging") for name in _TAGS]
    if reference.objective is not None:
        bodies.append(_body(f"Objective {reference.objective}", "tagging"))
    return {
        "id": f"{IRI}:reference:{reference.reference_id}",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {
            "id": GENERATOR,
            "type": "Software",
            "name": "gcm-references",
            "gcmrefs:version": read_version(),
        },
        "body": [body for body in bodies if body["value"]],
        "target": [_text_target(reference, paragraph), *_page_targets(reference)],
        **{f"gcmrefs:{name}": getattr(reference, name) for name in _OWN},
    }


def _body(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _text_target(reference: Reference, paragraph: Paragraph | None) -> dict[str, object]:
    """The words in the paragraph, or only their quote in the document where they do not stand there."""
    target: dict[str, object] = {
        "type": "SpecificResource",
        "source": document_iri(reference.document),
        "selector": [{"type": "TextQuoteSelector", "exact": reference.wording}],
    }
    if paragraph is None:
        return target
    start, end, text = reference.start, reference.end, paragraph.text
    quote = {
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    return target | {
        "source": paragraph_iri(reference.document, paragraph.id),
        "scope": document_iri(reference.document),
        "selector": [
            {"type": "TextQuoteSelector", **quote},
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }


def _page_targets(reference: Reference) -> Iterator[dict[str, object]]:
    for number, *box in _REGION.findall(reference.regions):
        x0, top, x1, bottom = map(float, box)
        value = f"page={number}&viewrect={x0:.1f},{top:.1f},{x1 - x0:.1f},{bottom - top:.1f}"
        yield {
            "type": "SpecificResource",
            "source": document_iri(reference.document),
            "selector": {"type": "FragmentSelector", "conformsTo": FRAGMENT, "value": value},
        }


def write(document: PublishedDocument) -> bytes:
    """Return the AnnotationPage of a document as UTF-8 JSON-LD; the same references give the same bytes."""
    return json_text(page(document)).encode("utf-8", "replace")


def read(data: bytes, *, name: str = "annotations") -> tuple[Reference, ...]:
    """Return the references of a page that `write` made, exactly as they were.

    Nothing is fetched, whatever the `@context` names. Raises InputError for anything else.
    """
    try:
        items = json.loads(data)["items"]
        return tuple(_reference(item) for item in items)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(name, "not an annotation page of gcmrefs exchange", "write it again") from None


def _reference(item: Mapping[str, Any]) -> Reference:
    found = {body["purpose"]: body["value"] for body in item["body"] if body["purpose"] in _BODY.values()}
    told = {name: item[f"gcmrefs:{name}"] for name in _OWN}
    for selector in item["target"][0]["selector"]:
        if selector["type"] == "TextPositionSelector":
            told |= {"start": selector["start"], "end": selector["end"]}
    said = {name: found.get(purpose, "") for name, purpose in _BODY.items()}
    return Reference(reference_id=item["id"].removeprefix(f"{IRI}:reference:"), **said, **told)
