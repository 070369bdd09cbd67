"""Documents made up for the tests: one small and readable, and any that hypothesis can think of."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from extractors.model import Paragraph, Reference
from pipeline.store.published import PublishedDocument

KINDS = ("title", "frontmatter", "heading", "opening", "preambular", "paragraph", "subparagraph", "continuation")
KINDS += ("body", "note", "backmatter", "cell", "chapeau")
NUMBERS = [
    "TITLE",
    "FM1",
    "BM1",
    "PP0",
    "PP1",
    "PP2(a)",
    "OP1",
    "47",
    "22",
    "22(b)",
    "43(b)(iii)",
    "I.1",
    "¶1",
    "¶5(1)",
]
NUMBERS += [
    "chapeau",
    "Annex/3",
    "Annex II/8(h)",
    "Key findings/4(i)",
    "T1/R2/C3",
    "Annex/T1/R2/C3",
    "H:A b, c/d",
    "(a)",
]
SUFFIXES = ["", "", "", "#2", "#n1", "#cont1"]
LETTERS = "ab cdé—'’&<>\"]\t\n\r\x00\x0b\x85\ufeff\ufffe\u0301أ👩𝔸§#~_/()"


def reference(document: str, paragraph: Paragraph, start: int, end: int, **given: Any) -> Reference:
    """A reference to the words of a paragraph; everything else of it is made up, or given."""
    usual: dict[str, Any] = {
        "reference_id": f"{start:08x}{end:08x}",
        "document": document,
        "title": "Title",
        "iscm": "",
        "language": "en",
        "paragraph": paragraph.paragraph,
        "paragraph_row": paragraph.id,
        "citation": paragraph.citation,
        "heading": "",
        "objective": None,
        "category": "iscm.rcp",
        "section": "References to ISCMs",
        "wording": paragraph.text[start:end],
        "canonical": "",
        "level": "",
        "quote": paragraph.text,
        "occurrences": 1,
        "start": start,
        "end": end,
        "page": None,
        "regions": "",
        "extractor": "phrases",
        "rule": "rcp/forum",
        "method": "exact",
        "score": 100.0,
        "status": "machine",
    }
    return Reference(**usual | given)


def small() -> PublishedDocument:
    """Ten paragraphs of every part of a document, with four references, one of them in a letter outside the BMP."""
    rows: list[tuple[str, str, Any, str]] = [
        ("FM1", "", "frontmatter", "General Assembly"),
        ("TITLE", "", "title", "Sample Framework"),
        ("PP0", "", "opening", "The General Assembly,"),
        ("PP1", "", "preambular", "Noting the <forum> & its work,"),
        ("OP1", "", "paragraph", "Welcomes the following:"),
        ("OP1(a)", "", "subparagraph", "𝔸𝔹 the regional forum;"),
        ("OP1", "#2", "continuation", "The forum stays."),
        ("OP1", "#n1", "note", "See the forum."),
        ("H:Annex", "", "heading", "Annex"),
        ("BM1", "", "backmatter", "Done."),
    ]
    paragraphs = tuple(
        Paragraph(n, number, kind, text, suffix=suffix, heading_path=("Annex",) if n == 10 else (), page_number=1)
        for n, (number, suffix, kind, text) in enumerate(rows, start=1)
    )
    found = [
        reference("sample", paragraphs[3], 12, 17, reference_id="a1", regions="1:72.0,90.0,101.5,100.0", page=1),
        reference("sample", paragraphs[5], 7, 21, reference_id="b2", canonical="Forum", level="regional", objective=3),
        reference("sample", paragraphs[6], 4, 9, reference_id="c3", status="accepted"),
        reference("sample", paragraphs[9], 0, 4, reference_id="d4", wording="gone", status="rejected"),
    ]
    return PublishedDocument(
        "sample", "Sample “Framework”", "Dialogue", "2018-12", "en", "resolution", "pdf", paragraphs, tuple(found)
    )


def texts(**bounds: Any) -> st.SearchStrategy[str]:
    """Any text that UTF-8 can hold, with what is hard for XML, JSON and tokenizers more often than by chance."""
    return st.one_of(st.text(LETTERS, **bounds), st.text(st.characters(exclude_categories=["Cs"]), **bounds))


@st.composite
def documents(draw: st.DrawFn) -> PublishedDocument:
    """Any document: ids that are unique, references that stand in its text or not."""
    numbers = draw(st.lists(st.one_of(st.sampled_from(NUMBERS), texts(max_size=8)), max_size=8))
    paragraphs: list[Paragraph] = []
    for number in numbers:
        suffix = draw(st.sampled_from(SUFFIXES))
        if any(known.id == number + suffix for known in paragraphs):
            continue
        kind: Any = draw(st.sampled_from(KINDS))
        paragraphs.append(Paragraph(len(paragraphs) + 1, number, kind, draw(texts(max_size=40)), suffix=suffix))
    found = []
    for n in range(draw(st.integers(0, 4)) if paragraphs else 0):
        paragraph = draw(st.sampled_from(paragraphs))
        start = draw(st.integers(0, max(0, len(paragraph.text) - 1)))
        end = draw(st.integers(start, len(paragraph.text)))
        words = draw(st.one_of(st.just({}), st.fixed_dictionaries({"wording": texts(max_size=5)})))
        given = {"canonical": draw(texts(max_size=5)), "score": draw(st.floats(0, 100)), **words}
        found.append(reference("made", paragraph, start, end, reference_id=f"{n:016x}", **given))
    return PublishedDocument("made", draw(texts(max_size=9)), "", "", "en", "", "text", tuple(paragraphs), tuple(found))
