"""XML that is read back: parsed without document types, entities or unbounded depth."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from pipeline.errors import InputError
from pipeline.ingest.markup import tree
from pipeline.settings import Limits


def parse(data: bytes, *, name: str, limits: Limits | None = None) -> ET.Element:
    """Return the tree of an XML file; tags and attributes with a namespace are `{namespace}name`.

    Raises InputError for a file that is too large or damaged, nests too deep, or declares a document type: that is how
    entities, and with them other files, come in.

    >>> parse(b"<a b='1'>x</a>", name="a.xml").get("b")
    '1'
    """
    bounds = limits or Limits()
    if len(data) > bounds.bytes:
        raise InputError(name, f"larger than {bounds.bytes} bytes", "raise GCMREFS_MAX_BYTES")
    remedy = "write it again with gcmrefs exchange"
    return tree(data, name=name, nesting=bounds.nesting, rename=_full, declares="a document type", remedy=remedy)


def _full(tag: str) -> str:
    return "{" + tag if "}" in tag else tag
