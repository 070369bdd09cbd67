"""Whatever the lines are: no error, a valid list of paragraphs, and every word of the document in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Paragraph
from pipeline.ingest.line import Ingested, Line
from pipeline.segment import split_paragraphs
from pipeline.segment.block import blocks
from pipeline.segment.parts import is_resolution
from tests.segment.page import document

FRAGMENTS = [
    "The General Assembly,",
    "The General Assembly, Recalling it,",
    "La Asamblea General,",
    "L’Assemblée générale,",
    "Annex",
    "Annex II",
    "Annex Framework for Walking",
    "Anexo",
    "A",
    "B",
    "Contents",
    "I. Introduction",
    "A. Return",
    "Objective 7: Reduce walking",
    "RECALLING,",
    "WE,",
    "REITERANDO:",
    "Recalling the Charter;",
    "Decides to act.",
    "Adopts the following text:",
    "They agreed:",
    "52nd plenary meeting",
    "15 December 2044",
    "A/RES/99/1",
    "99/1. Walking",
    "Walking........ 12",
    "12",
    "2/10",
    "(Signed) A. Walker",
    "from: the Chair",
    "1.",
    "(a)",
    "•",
    "migra-",
    "tion and rest; and",
    "1. Walk. 2. Rest. 3. Eat.",
    "x; RECALLING it; REAFIRMANDO eso; . Act . Rest • Eat - To - Be",
    "Statement of the Ministers of the participating States on walking in the rain",
    "the end of a sentence that began on the page before and goes on and on",
]
MARKS = "1. 2. 3. 7. (a) (b) (h) (i) (ii) a) i) (1) (2) I.1 I.2 1.1 II. A. - •".split(" ")
WORDS = st.sampled_from(
    ["walk", "Rest", "of", "and", "2044", "States", "3", "(x)", "–", "naïve", "ACT;", "río.", "eat:", "الهجرة"]
)
PLAIN = st.one_of(st.sampled_from(FRAGMENTS), st.lists(WORDS, max_size=12).map(" ".join), st.text(max_size=30))
TEXT = st.builds(
    lambda mark, text: " ".join(f"{mark} {text}".split()), st.one_of(st.just(""), st.sampled_from(MARKS)), PLAIN
)
LINE = st.builds(
    Line,
    text=TEXT,
    role=st.sampled_from(["body", "body", "body", "body", "body", "furniture", "note", "cell"]),
    has_break=st.sampled_from([True, True, True, False]),
    mark=st.one_of(st.just(""), st.just(""), st.just(""), st.sampled_from(MARKS)),
    depth=st.integers(0, 2),
    heading=st.sampled_from([None, None, None, 1, 2]),
    is_bold=st.booleans(),
    note=st.sampled_from(["", "1", "2"]),
    notes=st.sampled_from([(), (), ("1",), ("1", "2")]),
    cell=st.sampled_from(["T1/R1/C1", "T1/R2/C1"]),
)
OPENED = st.lists(LINE, max_size=25).map(lambda lines: [Line("The General Assembly,"), *lines])


def letters(texts: Iterable[str]) -> Counter[str]:
    return Counter(char for text in texts for char in text if char.isalnum())


def cut_marks(paragraphs: Iterable[Paragraph]) -> Counter[str]:
    """What the ids of a resolution hold in place of the printed marks."""
    marked = (p.paragraph for p in paragraphs if p.kind in ("paragraph", "subparagraph"))
    return letters(re.sub(r"^OP", "", re.split(r"[(/]", label)[-1]) for label in marked)


def check(made: Ingested) -> None:
    found = split_paragraphs(made, language="es")
    assert [p.order for p in found] == list(range(1, len(found) + 1))
    assert len({p.id for p in found}) == len(found)
    assert all(p.paragraph and p.paragraph == " ".join(p.paragraph.split()) for p in found)
    source, got = (
        letters(line.text for line in made.lines if line.text.strip() or line.mark),
        letters(p.text for p in found),
    )
    resolution = is_resolution(blocks(made.lines))
    lost, printed = source - got, got - source
    assert not lost - (cut_marks(found) if resolution else Counter())
    assert not printed - letters(line.mark for line in made.lines)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, max_size=25))
def test_any_lines(lines: list[Line]) -> None:
    check(document(*lines))


@settings(max_examples=150, deadline=None)
@given(OPENED)
def test_any_resolution(lines: list[Line]) -> None:
    check(document(*lines))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*FRAGMENTS, *(f"{mark} Walk on" for mark in MARKS)]), max_size=40), st.booleans())
def test_any_order_of_parts(texts: list[str], opened: bool) -> None:
    check(document(*(["The General Assembly,"] if opened else []), *texts))


LARGE = {
    "one line of prose": [Line("the States walk and rest by the river. " * 20_000)],
    "one line of numbers": [Line(" ".join(f"{i % 900 + 1}. To walk along the river." for i in range(10_000)))],
    "one line that names a number": [Line("1. To walk " + "see paragraph 2. The " * 40_000)],
    "one word": [Line("a" * 1_000_000)],
    "one paragraph": [Line("the States walk and rest by the mig-", has_break=i == 0) for i in range(10_000)],
    "sentences over pages": [Line("the States walk and rest by the river and go", page=i) for i in range(10_000)],
    "headings": [Line("They agreed to walk:"), *(Line("Short heading here") for _ in range(10_000))],
    "page numbers": [Line(str(i % 900)) for i in range(10_000)],
    "marks": [Line(f"({'abi'[i % 3]}) To walk:") for i in range(10_000)],
    "preamble": [Line("The General Assembly,"), *(Line("Decides to walk,") for _ in range(10_000))],
    "notes": [Line("Walk.", notes=(str(i),)) for i in range(10_000)] + [Line("See.", role="note", note=str(i)) for i in range(10_000)],
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.timeout(60)
def test_cost_grows_with_the_length(name: str) -> None:
    """A quadratic step takes minutes on these; a linear one a fraction of a second."""
    check(document(*LARGE[name]))
