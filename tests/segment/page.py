"""Short texts as the readers hand them over, and the ids that they get."""

from __future__ import annotations

from collections.abc import Mapping

from extractors.model import Paragraph
from pipeline.ingest.line import Ingested, Line
from pipeline.segment import split_paragraphs


def document(*lines: str | Line, metadata: Mapping[str, str] | None = None) -> Ingested:
    """A document of these lines; a string is one body paragraph."""
    made = tuple(line if isinstance(line, Line) else Line(line) for line in lines)
    return Ingested("page", "", "text", made, metadata=metadata or {})


def paragraphs(*lines: str | Line, language: str = "en") -> list[Paragraph]:
    return list(split_paragraphs(document(*lines), language=language))


def ids(*lines: str | Line, language: str = "en") -> list[str]:
    """The ids of the paragraphs in reading order; headings and the text around the body are left out."""
    outside = ("furniture", "heading", "title", "frontmatter", "backmatter")
    return [p.id for p in paragraphs(*lines, language=language) if p.kind not in outside]


def kinds(*lines: str | Line, language: str = "en") -> list[tuple[str, str]]:
    """(id, kind) of every paragraph."""
    return [(p.id, p.kind) for p in paragraphs(*lines, language=language)]
