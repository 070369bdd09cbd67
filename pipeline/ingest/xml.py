"""XML as a tree, without document types or entities, bounded in depth: the one parser for whatever XML is read."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from xml.parsers import expat

from pipeline.errors import InputError
from pipeline.settings import Limits


def tree(
    data: bytes,
    *,
    name: str,
    nesting: int,
    rename: Callable[[str], str],
    declares: str,
    remedy: str,
    elements: int | None = None,
) -> ET.Element:
    """Parse XML into a tree whose tags and attributes are called as `rename` says.

    `rename` gets "namespace}local", or the bare name where there is no namespace. `declares` and `remedy` are the words
    of the message for a document type declaration (entities are how a small file becomes a large one, and how other
    files come in); `elements` bounds their number.

    Raises InputError for broken XML, for any document type declaration and for elements nested deeper than `nesting`.

    >>> tree(b"<a b='1'>x</a>", name="a.xml", nesting=9, rename=str, declares="entities", remedy="save it again").text
    'x'
    """
    builder = ET.TreeBuilder()
    depth = count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > nesting:
            raise InputError(name, f"elements nested deeper than {nesting} levels", "raise GCMREFS_MAX_NESTING")
        if elements is not None and count > elements:
            raise InputError(name, f"more than {elements} elements", "split the document")
        builder.start(rename(tag), {rename(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(rename(tag))

    def refuse(*_: object) -> None:
        raise InputError(name, f"declares {declares}", remedy)

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError) as error:  # the latter for an encoding that nobody knows
        if getattr(error, "code", None) == expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]:
            raise MemoryError from error
        raise InputError(name, f"damaged XML ({error})", remedy) from error
    return builder.close()


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
