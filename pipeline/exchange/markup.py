"""XML that is read back: parsed without document types, entities or unbounded depth."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from xml.parsers import expat

from pipeline.errors import InputError
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
    builder = ET.TreeBuilder()
    depth = 0

    def full(tag: str) -> str:
        return "{" + tag if "}" in tag else tag

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > bounds.nesting:
            raise InputError(name, f"elements nested deeper than {bounds.nesting} levels", "raise GCMREFS_MAX_NESTING")
        builder.start(full(tag), {full(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(full(tag))

    def refuse(*_: object) -> None:
        raise InputError(name, "declares a document type", "write it again with gcmrefs exchange")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InputError(name, f"damaged XML ({error})", "write it again with gcmrefs exchange") from None
    return builder.close()
