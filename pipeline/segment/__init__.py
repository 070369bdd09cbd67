"""From lines to paragraphs with their official ids. `split_paragraphs` is the way in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.model import Paragraph
from extractors.objectives.explicit import explicits
from pipeline.ingest.language import language_of
from pipeline.ingest.line import Ingested
from pipeline.ingest.text.margin import without_line_numbers
from pipeline.segment.block import Block, blocks
from pipeline.segment.breaks import with_bare_numbers, with_own_line_marks
from pipeline.segment.declaration import segment_declaration
from pipeline.segment.heading import objective_of
from pipeline.segment.menu import without_menus
from pipeline.segment.parts import is_resolution
from pipeline.segment.resolution import segment_resolution


def split_paragraphs(document: Ingested, *, language: str = "") -> tuple[Paragraph, ...]:
    """Cuts a document into its paragraphs, in order, each word of it in exactly one of them.

    Resolutions get `PP1`, `OP1` and the numbers of their annexes; other texts the numbering that they print, or `¶1`,
    `¶2` ... over their body paragraphs (README, "Paragraph ids"). `language` is a two-letter code; by default the text
    tells it. Nothing is raised: any document gives a valid list, an empty one ().

    >>> from pipeline.ingest.line import Line
    >>> lines = (Line("1. We welcome the Global Compact."), Line("2. We thank the diaspora."))
    >>> [p.citation for p in split_paragraphs(Ingested("a.txt", "", "text", lines))]
    ['§1', '§2']
    """
    language = language or language_of(document)
    found = with_bare_numbers(with_own_line_marks(blocks(without_line_numbers(document.lines))))
    found = without_menus([_furniture_if_empty(block) for block in found])
    draft = (
        segment_resolution(found)
        if is_resolution(found)
        else segment_declaration(found, document.metadata, language=language)
    )
    return tuple(_under_the_compact(draft.paragraphs, language))


def _furniture_if_empty(block: Block) -> Block:
    """A block that says nothing ("**", "-----") is no paragraph."""
    is_empty = block.role == "body" and not block.mark and not any(map(str.isalnum, block.text))
    return replace(block, role="furniture") if is_empty else block


def _under_the_compact(paragraphs: Sequence[Paragraph], language: str) -> Iterator[Paragraph]:
    """Keeps `objective` only under headings with the Compact's own titles: other plans number their objectives too."""
    known: dict[str, bool] = {}
    for paragraph in paragraphs:
        if paragraph.objective is not None:
            heading = next((h for h in reversed(paragraph.heading_path) if objective_of(h)), "")
            if heading not in known:
                known[heading] = explicits(language).title_of(heading) == paragraph.objective
            if not known[heading]:
                paragraph = replace(paragraph, objective=None)
        yield paragraph
