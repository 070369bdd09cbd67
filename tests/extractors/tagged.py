"""Examples with tags: the mentions of a text, marked in it as [[...]]."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractors.lexicon.words import untag
from extractors.model import Mention, Paragraph
from pipeline.extract.references import mentions


def paragraph(text: str, number: str = "1", order: int = 1) -> Paragraph:
    return Paragraph(order, number, "paragraph", text)


def found(text: str, language: str = "en", folder: Path | None = None) -> list[Mention]:
    return [mention for _, mention in mentions([paragraph(text)], language, folder)]


def spans(example: str) -> list[tuple[int, int]]:
    return list(untag(example)[1])


def marked(text: str, wanted: Sequence[Mention]) -> str:
    """The text with these mentions tagged."""
    for mention in sorted(wanted, key=lambda m: -m.start):
        text = f"{text[: mention.start]}[[{text[mention.start : mention.end]}]]{text[mention.end :]}"
    return text


def tagged(example: str, category: str, language: str = "en", folder: Path | None = None) -> str:
    """The text of an example with the mentions of one category tagged anew."""
    text = untag(example)[0]
    return marked(text, [m for m in found(text, language, folder) if m.category == category])
