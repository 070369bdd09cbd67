"""Every paragraph of small documents of every kind, to the letter: id, kind, objective, headings above it and text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.ingest.line import Line
from tests.golden_file import same_as_golden
from tests.segment import test_declaration, test_resolution
from tests.segment.documents import DOCUMENTS
from tests.segment.page import paragraphs


def documents() -> Iterator[tuple[str, str, Sequence[str | Line]]]:
    """Name, language and lines of each."""
    yield from ((name, language, lines) for name, (language, lines) in DOCUMENTS.items())
    for name, (text, _) in test_declaration.CASES.items():
        yield name, "en", test_declaration.lines(text)
    for name, (language, text, _) in test_declaration.OTHER.items():
        yield name, language, test_declaration.lines(text)
    for language, cases in (
        ("en", test_resolution.CASES),
        ("es", test_resolution.SPANISH),
        ("fr", test_resolution.FRENCH),
    ):
        for name, (text, _) in cases.items():
            yield name, language, test_resolution.lines(text)


def told(name: str, language: str, lines: Sequence[str | Line]) -> str:
    rows = [f"# {name} ({language})"]
    for p in paragraphs(*lines, language=language):
        objective = f" objective {p.objective}" if p.objective is not None else ""
        page = f" page {p.page_number}" if p.page_number is not None else ""
        rows.append(f"{p.id} | {p.kind}{objective}{page} | {' > '.join(p.heading_path)} | {p.text}")
    return "\n".join(rows)


def test_paragraphs_are_the_golden_ones() -> None:
    text = "\n\n".join(told(*document) for document in documents())
    same_as_golden("segment/paragraphs.txt", f"{text}\n".encode())
