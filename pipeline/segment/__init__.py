"""From lines to paragraphs with their official ids. `segment` is the way in."""

from __future__ import annotations

from extractors.model import Paragraph
from pipeline.ingest.line import Ingested
from pipeline.segment.block import blocks
from pipeline.segment.breaks import with_own_line_marks
from pipeline.segment.declaration import segment_declaration
from pipeline.segment.resolution import is_resolution, segment_resolution

PARSER_VERSION = "2"
"""Changes whenever reading or segmenting can give another result; documents are then read again."""


def segment(document: Ingested, *, language: str = "en") -> tuple[Paragraph, ...]:
    """Cuts a document into its paragraphs, in order, each word of it in exactly one of them.

    Resolutions get `PP1`, `OP1` and the numbers of their annexes; other texts the numbering that they print, or `¶1`,
    `¶2` ... over their body paragraphs (README, "Paragraph ids").
    """
    found = with_own_line_marks(blocks(document.lines))
    draft = (
        segment_resolution(found)
        if is_resolution(found)
        else segment_declaration(found, document.metadata, language=language)
    )
    return tuple(draft.paragraphs)
