"""Paragraphs and references as UIMA CAS XMI, the format of INCEpTION: a zip with the XMI and its type system.

The text is that of the paragraphs, one a line; each is a DKPro Paragraph (`id`, `divType` its kind) and a Sentence,
each reference a `gcmrefs.Reference`. Offsets in the XMI count UTF-16 units, as UIMA has it; here they count characters.
Tokens end where references end, so that layers bound to tokens take them.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.cell import held
from pipeline.errors import InputError
from pipeline.exchange.document import ExchangedParagraph, library, place_references
from pipeline.ingest import xml
from pipeline.settings import Limits
from pipeline.store.published import PublishedDocument

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

REFERENCE = "gcmrefs.Reference"
FEATURES: dict[str, str] = {
    "category": "group.name, as in the lexicons",
    "canonical": "the named body that it stands for, or empty",
    "rule": "the rule that found it",
    "status": "machine, accepted, edited, rejected or added",
    "reference_id": "id of the row in references.csv",
}
TYPE_SYSTEM = "TypeSystem.xml"
_SEGMENTATION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"
PARAGRAPH, SENTENCE, TOKEN = f"{_SEGMENTATION}.Paragraph", f"{_SEGMENTATION}.Sentence", f"{_SEGMENTATION}.Token"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_WORD = re.compile(r"\w+|[^\w\s]")
_BREAKS = re.compile("[\r\n\x85\u2028\u2029]")


class Marked(NamedTuple):
    """What reads back of a reference; `begin` and `end` count characters of its paragraph's text."""

    paragraph: str
    begin: int
    end: int
    category: str
    canonical: str
    rule: str
    status: str
    reference_id: str


def units(document: PublishedDocument) -> tuple[ExchangedParagraph, ...]:
    """Return the paragraphs as `read` gives them: line breaks inside are spaces, what XML cannot hold is "�"."""
    return tuple(ExchangedParagraph(held(p.id), p.kind, _line(p.text)) for p in document.paragraphs)


def marked(document: PublishedDocument) -> tuple[Marked, ...]:
    """Return the references that stand in the text as `read` gives them, in the order of the text."""
    places = {paragraph.id: n for n, paragraph in enumerate(document.paragraphs)}
    found = []
    for reference, paragraph in place_references(document):
        if paragraph is not None:
            features = [held(str(getattr(reference, name))) for name in FEATURES]
            one = Marked(held(paragraph.id), reference.start, reference.end, *features)
            found.append((places[paragraph.id], one))
    return tuple(one for _, one in sorted(found))


def _line(text: str) -> str:
    return _BREAKS.sub(" ", held(text))


def type_system() -> TypeSystem:
    """Return the types of the files: DKPro's segmentation and metadata, and the layer `gcmrefs.Reference`.

    Raises GcmrefsError when dkpro-cassis is not installed.
    """
    cassis = library("cassis", "cas")
    types = cassis.TypeSystem(add_document_annotation_type=True)
    division = types.create_type(f"{_SEGMENTATION}.Div", "uima.tcas.Annotation")
    for name in ("divType", "id"):
        types.create_feature(division, name, "uima.cas.String")
    types.create_type(PARAGRAPH, f"{_SEGMENTATION}.Div")
    for name in (SENTENCE, TOKEN):
        types.create_feature(types.create_type(name, "uima.tcas.Annotation"), "id", "uima.cas.String")
    metadata = types.create_type(METADATA, "uima.tcas.DocumentAnnotation")
    for name in ("documentTitle", "documentId"):
        types.create_feature(metadata, name, "uima.cas.String")
    layer = types.create_type(REFERENCE, "uima.tcas.Annotation", description="A reference found by gcm-references")
    for name, description in FEATURES.items():
        types.create_feature(layer, name, "uima.cas.String", description=description)
    return types


def type_system_xml() -> bytes:
    """Return the type system as XML, for INCEpTION's Layers page; always the same bytes."""
    return str(type_system().to_xml()).encode("utf-8")


def xmi(document: PublishedDocument) -> bytes:
    """Return a document as XMI, UTF-8; the same document gives the same bytes."""
    cassis = library("cassis", "cas")
    types = type_system()
    cas = cassis.Cas(typesystem=types)
    texts = units(document)
    cas.sofa_string = "\n".join(unit.text for unit in texts)
    cas.sofa_mime = "text/plain"
    title, slug = held(document.title), held(document.slug)
    facts = {"language": held(document.language) or "x-unspecified", "documentTitle": title, "documentId": slug}
    cas.add(types.get_type(METADATA)(begin=0, end=len(cas.sofa_string), **facts))
    layers = {name: types.get_type(name) for name in (PARAGRAPH, SENTENCE, TOKEN, REFERENCE)}
    by_paragraph: dict[str, list[Marked]] = {}
    for one in marked(document):
        by_paragraph.setdefault(one.paragraph, []).append(one)
    start = 0
    for unit in texts:
        end = start + len(unit.text)
        own = by_paragraph.get(unit.paragraph, [])
        cas.add(layers[PARAGRAPH](begin=start, end=end, id=unit.paragraph, divType=unit.kind))
        if unit.text.strip():
            cas.add(layers[SENTENCE](begin=start, end=end))
        for begin, stop in _tokens(unit.text, own):
            cas.add(layers[TOKEN](begin=start + begin, end=start + stop))
        for one in own:
            features = {name: getattr(one, name) for name in FEATURES}
            cas.add(layers[REFERENCE](begin=start + one.begin, end=start + one.end, **features))
        start = end + 1
    return str(cas.to_xmi(pretty_print=False)).encode("utf-8")


def _tokens(text: str, references: Sequence[Marked]) -> Iterator[tuple[int, int]]:
    """Words and signs, cut where a reference begins or ends."""
    cuts = sorted({place for one in references for place in (one.begin, one.end)})
    for word in _WORD.finditer(text):
        inside = [cut for cut in cuts if word.start() < cut < word.end()]
        yield from pairwise([word.start(), *inside, word.end()])


def write(document: PublishedDocument, name: str = "document") -> bytes:
    """Return a zip of `NAME.xmi` and `TypeSystem.xml`; the same document gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in ((f"{name}.xmi", xmi(document)), (TYPE_SYSTEM, type_system_xml())):
            archive.writestr(zipfile.ZipInfo(entry), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def read(data: bytes, *, name: str = "document.zip") -> tuple[tuple[ExchangedParagraph, ...], tuple[Marked, ...]]:
    """Return the paragraphs and references of a zip that `write` made or INCEpTION exported from it.

    References that an annotator added come with the features that they were given. Raises InputError for anything else,
    for XML with a document type and for what unpacks to more than GCMREFS_MAX_EXPANDED_BYTES.
    """
    cassis = library("cassis", "cas")
    types, text = _members(data, name)
    tags = [xml.parse(part, name=name).tag.rpartition("}")[2] for part in (types, text)]
    if tags != ["typeSystemDescription", "XMI"]:
        raise InputError(name, "not a CAS with its type system", "write it again")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            known = cassis.load_typesystem(io.BytesIO(types))
            # size and depth were checked; without this a text over 10 MB would be refused
            cas = cassis.load_cas_from_xmi(io.BytesIO(text), typesystem=known, lenient=True, trusted=True)
        return _read(cas)
    except Exception as error:  # cassis and lxml raise whatever comes up
        problem = " ".join(str(error).split())[:200]
        raise InputError(name, f"not a CAS of gcmrefs exchange ({problem})", "write it again") from None


def _members(data: bytes, name: str) -> tuple[bytes, bytes]:
    limit = Limits().expanded_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [i for i in archive.infolist() if i.filename == TYPE_SYSTEM or i.filename.endswith(".xmi")]
            if sum(info.file_size for info in infos) > limit:
                raise InputError(name, f"unpacks to more than {limit} bytes", "raise GCMREFS_MAX_EXPANDED_BYTES")
            types, texts = [[i for i in infos if (i.filename == TYPE_SYSTEM) is wanted] for wanted in (True, False)]
            if len(types) != 1 or len(texts) != 1:
                raise InputError(name, f"needs one {TYPE_SYSTEM} and one .xmi file", "write it again")
            return archive.read(types[0]), archive.read(texts[0])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise InputError(name, "not a zip of gcmrefs exchange", "write it again") from None


def _read(cas: Cas) -> tuple[tuple[ExchangedParagraph, ...], tuple[Marked, ...]]:
    text: str = cas.sofa_string or ""
    divisions = sorted(cas.select(PARAGRAPH), key=lambda found: found.begin)
    paragraphs = [
        ExchangedParagraph(found.id or "", found.divType or "", text[found.begin : found.end]) for found in divisions
    ]
    begins = [found.begin for found in divisions]
    out = []
    for found in cas.select(REFERENCE):
        place = bisect_right(begins, found.begin) - 1
        if place < 0:
            raise ValueError("a reference stands outside all paragraphs")
        features = [str(found.get(name) or "") for name in FEATURES]
        begin = begins[place]
        out.append((place, Marked(paragraphs[place].paragraph, found.begin - begin, found.end - begin, *features)))
    return tuple(paragraphs), tuple(one for _, one in sorted(out))
