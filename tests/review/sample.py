"""A small document with its references as the machine finds them, and decisions about them."""

from __future__ import annotations

from typing import Any

from extractors.model import REFERENCE_COLUMNS, Paragraph, Reference, WordBox
from pipeline.review.decision import Decision, Value, reference_id, value_of

TEXTS = {
    "46": "We thank civil society and the private sector for their work.",
    "47": "The Process meets each year, and the regional platforms report to the Process.",
    "48": "Diasporas and diaspora organizations are partners.",
}


def paragraphs(texts: dict[str, str] | None = None) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(n, name, "paragraph", text, words=(WordBox(0, len(text), 1, 72.0, 20.0 * n, 500.0, 20.0 * n + 12),))
        for n, (name, text) in enumerate((texts or TEXTS).items(), start=1)
    )


def row(paragraph: str, category: str, wording: str, texts: dict[str, str] | None = None, **more: Any) -> Reference:
    """A row of references.csv, found at the wording's first place."""
    start = (texts or TEXTS)[paragraph].index(wording)
    value = Value(paragraph, category, wording, start, start + len(wording), more.get("canonical", ""))
    told = {
        "reference_id": reference_id("d", value),
        "document": "d",
        "title": "A document",
        "language": "en",
        "paragraph": paragraph,
        "paragraph_row": paragraph,
        "citation": f"§{paragraph}",
        "category": category,
        "wording": wording,
        "start": start,
        "end": start + len(wording),
        "occurrences": 1,
        "objective": None,
        "page": 1,
        "extractor": "phrases",
        "rule": "process/1",
        "method": "exact",
        "score": 100.0,
        "status": "machine",
    }
    return Reference(**(dict.fromkeys(REFERENCE_COLUMNS, "") | told | more))


MACHINE = row("47", "iscm.rcp", "Process")


def decide(action: Any, about: Reference, by: str = "Ana", human: Value | None = None, **more: Any) -> Decision:
    """A decision about a row, against the sample's text unless `text` says otherwise."""
    told = {"machine": about, "text": TEXTS[about.paragraph]} | more
    return Decision(about.reference_id, "d", about.paragraph, action, by, human=human, **told)


def add(paragraph: str, category: str, wording: str, by: str = "Ana", **more: Any) -> Decision:
    value = value_of(row(paragraph, category, wording))
    told = {"text": TEXTS[paragraph]} | more
    return Decision(reference_id("d", value), "d", paragraph, "add", by, human=value, **told)
