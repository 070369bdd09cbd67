"""Articles of agreements and conventions: "Article 2" over paragraphs that begin anew, "Artículo primero.- Las Partes"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.ingest.printed_marks import article_mark
from pipeline.segment.block import Block
from pipeline.segment.heading import looks_like_heading

_LONGEST_TITLE = 14
"""Words of the longest title behind the number of an article."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article that a block opens: its name as printed ("Article 2"), its number, and whether the block is no more
    than its heading ("Article 2", "Article 2: Cooperation")."""

    name: str
    number: str
    is_heading: bool


def articles(body: Sequence[Block]) -> dict[int, Article]:
    """The articles of a text by the place of the block that opens them; a single one is a mention and no article.

    >>> [a.name for a in articles([Block("Article 1"), Block("1. To walk."), Block("ARTICLE 2"), Block("To rest.")]).values()]
    ['Article 1', 'Article 2']
    """
    out: dict[int, Article] = {}
    for place, block in enumerate(body):
        mark = article_mark(block.text) if not block.mark else None
        if mark is None:
            continue
        rest = block.text[mark.length :]
        titled = len(rest.split()) <= _LONGEST_TITLE and looks_like_heading(replace(block, text=rest))
        word = block.text.split()[0].rstrip(".").capitalize()
        out[place] = Article(f"{word} {mark.name}", mark.name, not rest or titled)
    return out if len(out) > 1 else {}
