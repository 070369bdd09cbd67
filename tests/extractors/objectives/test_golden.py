"""What of the Compact invented sentences of every language take up, and why: a golden file."""

from __future__ import annotations

from extractors.model import Paragraph
from pipeline.extract.objectives import find_objectives
from tests.extractors.sentences import BODIES, SUBJECTS
from tests.golden_file import same_as_golden

LOWEST = 20
"""Score below which a judgement tells nothing to a reader of the file."""


def told(language: str, sentences: list[str]) -> str:
    paragraphs = [Paragraph(n, str(n), "paragraph", text) for n, text in enumerate(sentences, 1)]
    found: dict[str, list[str]] = {}
    for row in find_objectives(paragraphs, document="d", language=language, review=True):
        if row.score >= LOWEST:
            shown = f"  {row.kind} {row.number} | {row.basis} {row.score} | {row.wording} | {row.reasons}"
            found.setdefault(row.paragraph, []).append(shown)
    return "\n".join("\n".join([f"{language}: {p.text}", *found.get(p.paragraph, [])]) for p in paragraphs)


def test_objectives_are_the_golden_ones() -> None:
    text = "\n".join(
        told(code, [*filter(None, lines.split("\n")), *filter(None, BODIES[code].split("\n"))])
        for code, lines in SUBJECTS.items()
    )
    same_as_golden("extractors/objectives.txt", f"{text}\n".encode())
