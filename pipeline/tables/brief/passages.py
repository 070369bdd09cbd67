"""Sentences that say most of a text that binds and recommends little: what was decided, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.model import ParagraphRow
from pipeline.extract import quote
from pipeline.tables.brief.content import BriefLine, BriefSection
from pipeline.tables.brief.sections import SENTENCE, BriefReader, shortened
from pipeline.tables.commitments.operative import operative_reader
from pipeline.tables.mechanisms.states import listed_states
from pipeline.tables.sentences import SPOKEN

_DECIDED = 3.0
"""What a sentence is worth that decides or adopts, beside what it is about: an objective 2, a principle or theme 1, half as
much again where it is named."""
_SHORTEST = 6
"""Words of a sentence; shorter ones say too little alone."""
_ALIKE = 60
"""Characters by which a sentence is known among the quotes of other sections."""
_ITEM = 160
"""Characters of the items of a list that is shown as one passage with the words that lead to it."""


def passages_section(reader: BriefReader, shown: Sequence[str]) -> BriefSection:
    """Sentences that are not among the quotes `shown` by other sections, the most telling ones; a list of short items is
    one passage with the words before it."""
    document = reader.document
    language = reader.source.language(document)
    operative = operative_reader(language)
    lines = []
    for row, text in _passages(reader.source.paragraphs.get(document, ())):
        worth = _about(reader, row, text) + _DECIDED * bool(operative.verbs(text, is_deciding=True))
        is_shown = any(text[:_ALIKE] in quoted or quoted.strip(".")[:_ALIKE] in text for quoted in shown)
        if worth and not is_shown and len(text.split()) >= _SHORTEST and not listed_states(text, language):
            cited = reader.place(document, row.paragraph)
            lines.append(BriefLine(quote=shortened((quote.Run(text, False),), SENTENCE), places=(cited,), rank=worth))
    return BriefSection("passages", tuple(lines), "paragraphs.csv")


def _passages(rows: Sequence[ParagraphRow]) -> Iterator[tuple[ParagraphRow, str]]:
    """Each sentence on one line with its paragraph; words that end in a colon with the short items below them."""
    spoken = [row for row in rows if row.kind in SPOKEN]
    taken = 0
    for number, row in enumerate(spoken):
        if number < taken:
            continue
        pieces = [" ".join(row.text[start:end].split()) for start, end in quote.sentences(row.text)]
        if pieces and pieces[-1].endswith(":"):
            items = _items(spoken, number)
            taken = number + 1 + len(items)
            pieces[-1] = " ".join([pieces[-1], *items])
        yield from ((row, text) for text in pieces)


def _items(rows: Sequence[ParagraphRow], number: int) -> list[str]:
    """The short items that follow a paragraph, each ending as items do."""
    out: list[str] = []
    for row in rows[number + 1 :]:
        text = " ".join(row.text.split())
        if row.kind not in ("subparagraph", "continuation") or len(text) > _ITEM:
            break
        out.append(text if re.search(r"[.;,]$", text) else f"{text};")
    return out


def _about(reader: BriefReader, row: ParagraphRow, text: str) -> float:
    """What a passage is worth for what it is about."""
    worth = 0.0
    for (kind, _), found in reader.sources.said(reader.document).items():
        inside = [one for one in found if one.wording and " ".join(one.wording.split()) in text]
        if inside:
            is_named = any(one.basis == "explicit" for one in inside)
            worth += (2.0 if kind == "objective" else 1.0) * (1.5 if is_named else 1.0)
    return worth
