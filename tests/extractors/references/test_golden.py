"""All that is found in invented sentences of every language, and why: a golden file that one reads sentence by sentence."""

from __future__ import annotations

from extractors.model import Paragraph
from pipeline.extract.references import mentions
from tests.extractors.sentences import BODIES
from tests.golden_file import same_as_golden


def told(language: str, sentence: str) -> str:
    """A sentence and, a line each, what is found in it, doubtful mentions too."""
    rows = [f"{language}: {sentence}"]
    for _, m in mentions([Paragraph(1, "1", "paragraph", sentence)], language, doubtful=True):
        rows.append(
            f"  {m.start}-{m.end} {sentence[m.start : m.end]} | {m.category} | {m.canonical} | {m.level} "
            f"| {m.rule} | {m.method} {m.score}"
        )
    return "\n".join(rows)


def test_what_is_found_is_the_golden_text() -> None:
    text = "\n".join(told(language, line) for language, lines in BODIES.items() for line in lines.split("\n") if line)
    same_as_golden("extractors/references.txt", f"{text}\n".encode())


def test_a_text_of_many_paragraphs_is_read_as_one() -> None:
    """Short names hold from the paragraph that defines them on."""
    rows: list[str] = []
    for language, lines in BODIES.items():
        paragraphs = [
            Paragraph(n, str(n), "paragraph", line) for n, line in enumerate(filter(None, lines.split("\n")), 1)
        ]
        rows += [
            f"{language} §{p.id} {p.text[m.start : m.end]} | {m.rule}"
            for p, m in mentions(paragraphs, language)
            if m.method == "resolved"
        ]
    same_as_golden("extractors/short_names.txt", ("\n".join(rows) + "\n").encode())
