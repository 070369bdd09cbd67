"""The XML of a Word package as trees with short names ("w:p"), without entities, bounded in depth and size."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from pipeline.ingest.xml import tree

_MAX_ELEMENTS = 3_000_000
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm:",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm:",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}


def parse_xml(data: bytes, *, name: str, nesting: int) -> ET.Element:
    """Parses one part of a package; strict and transitional namespaces give the same names ("w:p", "w:val").

    Raises InputError for broken XML, for any document type declaration (a package has none; entities are how a small
    file becomes a large one) and for elements nested deeper than `nesting` levels.

    >>> parse_xml(b"<a b='1'>x</a>", name="a.docx", nesting=9).text
    'x'
    """
    names: dict[str, str] = {}

    def short(full: str) -> str:
        if full not in names:
            space, _, local = full.rpartition("}")
            names[full] = _PREFIXES.get(space, "x:" if space else "") + local
        return names[full]

    remedy = "save it again in a word processor"
    return tree(
        data,
        name=name,
        nesting=nesting,
        rename=short,
        declares="XML entities",
        remedy=remedy,
        elements=_MAX_ELEMENTS,
    )


def child(element: ET.Element | None, tag: str) -> ET.Element | None:
    """The first child with that short name."""
    if element is None:
        return None
    return next((one for one in element if one.tag == tag), None)


def flag(properties: ET.Element | None, tag: str) -> bool | None:
    """An on/off property (`w:b`): True, False where it is switched off, None where it is not given."""
    found = child(properties, tag)
    return None if found is None else found.get("w:val", "1").lower() not in ("0", "false", "off", "none")


def number(element: ET.Element | None, tag: str, attribute: str = "w:val") -> int | None:
    """A whole number in a child's attribute, None where there is none or it is no number."""
    found = child(element, tag)
    try:
        return int(float(found.get(attribute, ""))) if found is not None else None
    except (ValueError, OverflowError):
        return None


def text(element: ET.Element | None, tag: str, attribute: str = "w:val") -> str:
    """A child's attribute, "" where there is none."""
    found = child(element, tag)
    return found.get(attribute, "") if found is not None else ""
