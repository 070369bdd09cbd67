"""From lines to paragraphs with their official ids. `split_paragraphs` is the way in."""

from __future__ import annotations

from dataclasses import replace

from extractors.model import Paragraph
from pipeline.ingest.language import language_of
from pipeline.ingest.line import Ingested
from pipeline.ingest.text.margin import without_line_numbers
from pipeline.segment.block import Block, blocks
from pipeline.segment.breaks import with_bare_numbers, with_own_line_marks
from pipeline.segment.declaration import segment_declaration
from pipeline.segment.heading import keep_compact_objectives
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
    return tuple(keep_compact_objectives(draft.paragraphs, language))


def _furniture_if_empty(block: Block) -> Block:
    """A block that says nothing ("**", "-----") is no paragraph."""
    is_empty = block.role == "body" and not block.mark and not any(map(str.isalnum, block.text))
    return replace(block, role="furniture") if is_empty else block
