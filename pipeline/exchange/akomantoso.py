"""Paragraphs as an Akoma Ntoso document (LegalDocML 1.0, `<doc>`): ids as in `eid`, text as it was segmented.

Title and front matter stand in the preface, preambular paragraphs in the preamble, closing matter in the conclusions,
all else in reading order in the main body, parts inside the paragraph that they belong to. Page furniture is left out.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from extractors.model import Paragraph
from pipeline.cell import held
from pipeline.errors import GcmrefsError, InputError
from pipeline.exchange.document import ExchangedParagraph, quoted
from pipeline.exchange.eid import format_eid, is_within, paragraph_id
from pipeline.ingest import xml
from pipeline.store.published import PublishedDocument

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
DEEPEST = 12
"""Levels of paragraphs inside paragraphs; what would stand deeper stands beside."""
_AGENT = "gcm-references"
_ELEMENTS = {"para": "paragraph", "subpara": "subparagraph", "point": "point"}
_LANGUAGES = {"en": "eng", "es": "spa", "fr": "fra", "pt": "por", "ar": "ara", "ru": "rus", "zh": "zho"}


def units(document: PublishedDocument) -> tuple[ExchangedParagraph, ...]:
    """Return the paragraphs of a document as `read` gives them: characters that XML cannot hold are "�"."""
    return tuple(ExchangedParagraph(p.id, p.kind, held(p.text)) for p in document.paragraphs)


def write(document: PublishedDocument) -> bytes:
    """Return a document as Akoma Ntoso XML, UTF-8; the same paragraphs give the same bytes."""
    root = ET.Element("akomaNtoso", {"xmlns": NAMESPACE})
    doc = ET.SubElement(root, "doc", {"name": _name(document.kind)})
    _meta(doc, document)
    preface, preamble, body, conclusions = _parts(document.paragraphs)
    if preface:
        _flat(ET.SubElement(doc, "preface"), preface)
    if preamble:
        _preamble(ET.SubElement(doc, "preamble"), preamble)
    _body(ET.SubElement(doc, "mainBody"), body)
    if conclusions:
        _flat(ET.SubElement(doc, "conclusions"), conclusions)
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    # a parser reads a bare carriage return as a line feed
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + text.replace("\r", "&#13;") + "\n").encode("utf-8")


def _parts(paragraphs: Sequence[Paragraph]) -> tuple[Sequence[Paragraph], ...]:
    """Preface, preamble, main body and conclusions: cut where the kinds of the paragraphs change, never reordered."""
    run = 0
    while run < len(paragraphs) and paragraphs[run].kind in ("title", "frontmatter", "heading", "note"):
        run += 1
    opens = run < len(paragraphs) and paragraphs[run].kind in ("opening", "preambular")
    while run and not opens and paragraphs[run - 1].kind not in ("title", "frontmatter"):
        run -= 1
    preamble = run
    while preamble < len(paragraphs) and _preambular(paragraphs[preamble]):
        preamble += 1
    end = len(paragraphs)
    while end > preamble and paragraphs[end - 1].kind == "backmatter":
        end -= 1
    return paragraphs[:run], paragraphs[run:preamble], paragraphs[preamble:end], paragraphs[end:]


def _preambular(paragraph: Paragraph) -> bool:
    return paragraph.kind in ("opening", "preambular") or format_eid(paragraph.id).startswith(("rec_", "formula_"))


def _flat(parent: ET.Element, paragraphs: Sequence[Paragraph]) -> None:
    for paragraph in paragraphs:
        block = ET.SubElement(parent, "p", _marked(paragraph))
        inner = ET.SubElement(block, "docTitle") if paragraph.kind == "title" else block
        inner.text = held(paragraph.text)


def _preamble(parent: ET.Element, paragraphs: Sequence[Paragraph]) -> None:
    recitals: ET.Element | None = None
    for paragraph in paragraphs:
        if paragraph.kind == "preambular":
            recitals = ET.SubElement(parent, "recitals") if recitals is None else recitals
            holder = ET.SubElement(recitals, "recital", _marked(paragraph))
        else:
            recitals = None
            name = "formula" if paragraph.kind == "opening" else "container"
            holder = ET.SubElement(parent, name, {"name": paragraph.kind} | _marked(paragraph))
        ET.SubElement(holder, "p").text = held(paragraph.text)


def _body(parent: ET.Element, paragraphs: Sequence[Paragraph]) -> None:
    if not paragraphs:
        ET.SubElement(parent, "p")
    ids = [format_eid(paragraph.id) for paragraph in paragraphs]
    above = _above(paragraphs, ids)
    holders: dict[int, ET.Element] = {}
    inside = {place for place in above if place is not None}
    for n, paragraph in enumerate(paragraphs):
        place = above[n]
        outer = parent if place is None else holders[place]
        holders[n] = _unit(outer, paragraph, ids[n], has_parts=n in inside)


def _above(paragraphs: Sequence[Paragraph], ids: Sequence[str]) -> list[int | None]:
    """For each paragraph the place of the one that it stands in: the nearest still open one that its id names."""
    out: list[int | None] = []
    opened: list[int] = []
    for n, paragraph in enumerate(paragraphs):
        while opened and not is_within(ids[n], ids[opened[-1]]):
            opened.pop()
        del opened[DEEPEST:]
        out.append(opened[-1] if opened else None)
        if paragraph.kind != "heading":
            opened.append(n)
    return out


def _unit(parent: ET.Element, paragraph: Paragraph, name: str, *, has_parts: bool) -> ET.Element:
    """One paragraph; where others stand in it, its own text introduces them."""
    part, _, _ = name.rpartition("__")[2].partition("_")
    element = _ELEMENTS.get(part, "hcontainer")
    given = {"name": paragraph.kind} if element == "hcontainer" else {}
    unit = ET.SubElement(parent, element, given | _marked(paragraph))
    if paragraph.kind == "heading":
        ET.SubElement(unit, "heading").text = held(paragraph.text)
        return unit
    if element != "hcontainer":
        ET.SubElement(unit, "num").text = held(_number(paragraph.paragraph))
    holder = ET.SubElement(unit, "intro" if has_parts else "content")
    ET.SubElement(holder, "p").text = held(paragraph.text)
    return unit


def _number(paragraph: str) -> str:
    """The number as it is printed: "47", "(b)"; "2" for OP2."""
    inner = re.search(r"\([^()]*\)\Z", paragraph)
    own = inner[0] if inner else paragraph.rpartition("/")[2]
    return own[2:] if re.fullmatch(r"OP[0-9]+", own) else own


def _marked(paragraph: Paragraph) -> dict[str, str]:
    return {"eId": format_eid(paragraph.id), "class": paragraph.kind}


def _name(kind: str) -> str:
    return re.sub(r"\W+", "_", held(kind)).strip("_") or "document"


def _meta(doc: ET.Element, document: PublishedDocument) -> None:
    """Who, what and when, as far as known; a date known by its year stands for the first of January."""
    meta = ET.SubElement(doc, "meta")
    identification = ET.SubElement(meta, "identification", {"source": f"#{_AGENT}"})
    whole = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", document.date)
    date = f"{whole[1]}-{whole[2] or '01'}-{whole[3] or '01'}" if whole else "0001-01-01"
    known = ("day" if whole[3] else "month" if whole[2] else "year") if whole else "unknown"
    code = _LANGUAGES.get(document.language, document.language or "und")
    work = f"/akn/xx/doc/{date if whole else 'undated'}/{quoted(document.slug)}"
    levels = {"Work": work, "Expression": f"{work}/{quoted(code)}", "Manifestation": f"{work}/{quoted(code)}.xml"}
    for level, address in levels.items():
        part = ET.SubElement(identification, f"FRBR{level}")
        ET.SubElement(part, "FRBRthis", {"value": f"{address}/!main"})
        ET.SubElement(part, "FRBRuri", {"value": address})
        if level == "Work" and document.title:
            ET.SubElement(part, "FRBRalias", {"value": held(document.title), "name": "title"})
        ET.SubElement(part, "FRBRdate", {"date": date, "name": known})
        ET.SubElement(part, "FRBRauthor", {"href": f"#{'issuer' if document.iscm else _AGENT}"})
        if level == "Work":
            ET.SubElement(part, "FRBRcountry", {"value": "xx"})
        if level == "Expression":
            ET.SubElement(part, "FRBRlanguage", {"language": held(code)})
    references = ET.SubElement(meta, "references", {"source": f"#{_AGENT}"})
    agents = [(_AGENT, _AGENT)] + ([("issuer", document.iscm)] if document.iscm else [])
    for name, shown in agents:
        href = f"/akn/ontology/organization/xx/{quoted(shown)}"
        ET.SubElement(references, "TLCOrganization", {"eId": name, "href": href, "showAs": held(shown)})


def read(data: bytes, *, name: str = "document.xml") -> tuple[ExchangedParagraph, ...]:
    """Return the paragraphs of a document that `write` made: ids, kinds and texts in reading order.

    Raises InputError for XML that is damaged, declares a document type or has ids that are not ours.
    """
    root = xml.parse(data, name=name)
    if root.tag != f"{{{NAMESPACE}}}akomaNtoso":
        raise InputError(name, "not an Akoma Ntoso document", "write it again with gcmrefs exchange")
    found = []
    for element in root.iter():
        value, kind = element.get("eId"), element.get("class")
        if value is None or kind is None:
            continue
        try:
            found.append(ExchangedParagraph(paragraph_id(value), kind, _text(element)))
        except GcmrefsError as error:
            raise InputError(name, str(error)) from None
    return tuple(found)


def _text(element: ET.Element) -> str:
    """The own text of a unit, without that of the units in it."""
    for path in ("docTitle", "heading", "content/p", "intro/p", "p"):
        own = element.find("/".join(f"{{{NAMESPACE}}}{tag}" for tag in path.split("/")))
        if own is not None:
            return "".join(own.itertext())
    return "".join(element.itertext())
