"""Menus of web pages in a text that was made from one: "You are here", lists of similar documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.lexicon.language import any_word
from pipeline.ingest.printed_marks import read_mark
from pipeline.segment.block import Block

_CONTROL = re.compile(rf"(?:{any_word(lambda language: language.pages.controls)})\s*[:.…»>]*\Z", re.IGNORECASE)
_OPENER = re.compile(rf"(?:{any_word(lambda language: language.pages.link_lists)})\s*:?\Z", re.IGNORECASE)
_LONGEST_LINK = 220
"""Characters of the longest title in a list of links."""
_LONGEST_BLOCK = 400
"""Characters of several titles that the mirror ran together."""
_FEWEST_LINKS = 4
_SENTENCE_END = (".", ";", ":", "!", "?", "؟", "؛")


def without_menus(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, those that are surely part of a page's menus in the role of furniture.

    A list of links goes from its heading to where the document's first line or a control of the page is printed again,
    else to the first block that is no title: a long or numbered one, one that leads in others, two sentences one after
    the other, or a heading of its rank. Fewer than four titles are none.

    >>> texts = ["Similar documents", "Port Declaration", "Notes on Ports", "Harbour Plan", "Ships", "1. They met."]
    >>> [block.role for block in without_menus([Block(text) for text in texts])]
    ['furniture', 'furniture', 'furniture', 'furniture', 'furniture', 'body']
    """
    out = list(blocks)
    body = [place for place, block in enumerate(blocks) if block.role == "body"]
    end = 0
    for at, place in enumerate(body):
        block = blocks[place]
        if at < end or (len(block.text) <= _LONGEST_LINK and _CONTROL.match(block.text)):
            out[place] = replace(block, role="furniture")
        elif len(block.text) <= _LONGEST_LINK and _OPENER.match(block.text):
            links = _links([blocks[p] for p in body], at)
            if links >= _FEWEST_LINKS:
                end = at + 1 + links
                out[place] = replace(block, role="furniture")
    return out


def _links(body: Sequence[Block], opener: int) -> int:
    """How many blocks after the heading of a list of links are titles in it."""
    start = opener + 1
    end = next((at for at in range(start, len(body)) if _is_after_links(body[at], body[0])), -1)
    if start < end and all(len(block.text) <= _LONGEST_BLOCK for block in body[start:end]):
        return end - start
    level = body[opener].heading
    for at in range(start, len(body)):
        block = body[at]
        follows = body[at + 1].text if at + 1 < len(body) else ""
        if (
            len(block.text) > _LONGEST_LINK
            or block.text.endswith(":")
            or (level is not None and block.heading is not None and block.heading <= level)
            or (block.text.endswith(_SENTENCE_END) and follows.endswith(_SENTENCE_END))
            or _is_numbered(block)
        ):
            return at - start
    return len(body) - start


def _is_after_links(block: Block, first: Block) -> bool:
    """Whether a block surely is the page's own again: its first line printed once more, or one of its controls."""
    return block.text.startswith(first.text) or (len(block.text) <= _LONGEST_LINK and bool(_CONTROL.match(block.text)))


def _is_numbered(block: Block) -> bool:
    """Whether a printed number or the format's own counts a block; bullets do not."""
    mark = read_mark(block.text, block.mark)
    return mark is not None and mark.is_number and mark.style != "word"
