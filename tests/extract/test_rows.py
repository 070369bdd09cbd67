"""Offsets name their row: the words of every reference stand where its `paragraph_row`, `start` and `end` say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Kind, Paragraph, Reference
from pipeline.corpus.discovery import discover
from pipeline.errors import InputError
from pipeline.extract.document import process_document
from pipeline.extract.references import find_references

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
FILES = sorted(p for p in SAMPLE.iterdir() if p.suffix in (".txt", ".docx", ".pdf"))
WORDS = (
    "civil society",
    "the Forum",
    "trade  unions",
    "regional and global\nforums",
    "and",
    "Puebla Process",
    "(IOM)",
    "𝔸",
)
SUFFIXES: tuple[tuple[str, Kind], ...] = (("", "paragraph"), ("#2", "continuation"), ("#n1", "note"))


@pytest.fixture(autouse=True, scope="module")
def footnotes() -> Iterator[None]:
    """Footnotes are searched too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GCMREFS_FOOTNOTES", "true")
        yield


def displaced(paragraphs: tuple[Paragraph, ...], references: tuple[Reference, ...]) -> list[Reference]:
    texts = {p.id: p.text for p in paragraphs}
    assert len(texts) == len(paragraphs)
    own = {p.id: p.paragraph for p in paragraphs}
    return [
        r
        for r in references
        if " ".join(texts[r.paragraph_row][r.start : r.end].split()) != r.wording or own[r.paragraph_row] != r.paragraph
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_in_the_sample(path: Path) -> None:
    found = process_document(path)
    assert found.references and displaced(found.paragraphs, (*found.references, *found.doubtful)) == []


@pytest.mark.slow
def test_in_real_documents() -> None:
    named = os.environ.get("GCMREFS_CORPUS")
    if not named:
        pytest.skip("set GCMREFS_CORPUS to the folder of the real documents")
    for one in discover(Path(named)).documents:
        try:
            found = process_document(one.path, one.source)
        except InputError:
            continue
        assert (one.slug, displaced(found.paragraphs, (*found.references, *found.doubtful))) == (one.slug, [])


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=6), min_size=3, max_size=3))
@settings(deadline=None, max_examples=25)
def test_in_a_paragraph_its_continuation_and_its_footnote(rows: list[list[str]]) -> None:
    paragraphs = tuple(
        Paragraph(n, "17", kind, " ".join(words), suffix=suffix, heading_path=("footnote 3",) if kind == "note" else ())
        for n, (words, (suffix, kind)) in enumerate(zip(rows, SUFFIXES, strict=True), 1)
    )
    found = find_references(paragraphs, document="d", title="t", doubtful=True)
    assert displaced(paragraphs, found) == []


def test_a_footnote_is_named_as_its_row() -> None:
    texts = (("", "paragraph", "Governments met."), ("#n1", "note", "With trade unions."))
    paragraphs = [Paragraph(n, "17", k, t, suffix=s) for n, (s, k, t) in enumerate(texts, 1)]  # type: ignore[arg-type]
    (one,) = find_references(paragraphs, document="d", title="t")
    assert (one.paragraph, one.paragraph_row, one.wording) == ("17", "17#n1", "trade unions")
