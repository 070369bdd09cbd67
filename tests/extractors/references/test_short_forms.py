"""Short forms: resolved to one antecedent in scope, or left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract.references import mentions
from tests.extractors.tagged import marked, paragraph

CASES = [
    ("The River Forum on Walking met. [[The forum]] left.", "River Forum on Walking"),
    ("[[The forum]]: no. The River Forum on Walking met.".replace("[[", "").replace("]]", ""), ""),
    ("The River Forum on Walking met the Lake Forum. The forum left.", ""),
    ("The forum met.", ""),
    ("The River Forum on Walking met. The forum on trade left. The forum for Rest stayed.", ""),
    ("The River Forum on Walking met. The Forum Bank paid.", ""),
    ("[[RF]] met. The River Forum on Walking left.", "River Forum on Walking"),
    ("RF met.", ""),
    ("The Lake Forum met. RF left.", ""),
    ("The Lake Forum met, and [[the Forum]] left.", "Lake Forum"),
    ("1. The River Forum on Walking met.|2. The Lake Forum met. [[The forum]] left.", "Lake Forum"),
    ("1. The River Forum on Walking met.|2. The Lake Forum met.|3. The forum left.", ""),
    ("1. The River Forum on Walking met.|2. [[The forum]] left.", "River Forum on Walking"),
    ("1. The River Forum on Walking met.|1(a) [[The forum]] left.", "River Forum on Walking"),
    ("1. The River Forum on Walking met.|2. The Lake Forum met.|2(b) [[The forum]] left.", "Lake Forum"),
    ("1. The forum left.|2. The River Forum on Walking met.", ""),
]


@pytest.mark.parametrize(("example", "canonical"), CASES)
def test_resolved_or_not(example: str, canonical: str, small: Path) -> None:
    parts = example.split("|")
    paragraphs = [
        paragraph(
            part.replace("[[", "").replace("]]", ""), part.split(" ")[0].strip(".") if len(parts) > 1 else "1", order
        )
        for order, part in enumerate(parts, 1)
    ]
    got = [(p, m) for p, m in mentions(paragraphs, "en", small) if m.method == "resolved"]
    assert [marked(p.text, [m for q, m in got if q is p]) for p in paragraphs] == parts
    assert {m.canonical for _, m in got} == ({canonical} if canonical else set())


def test_antecedents_are_kept_over_long_texts(small: Path) -> None:
    filler = [paragraph("They walked and rested by the water. " * 300, str(n), n) for n in range(2, 30)]
    last = paragraph("The forum left.", "30", 30)
    first = paragraph("The River Forum on Walking met.")
    found = [(p.paragraph, m.method) for p, m in mentions([first, *filler, last], "en", small)]
    assert found == [("1", "exact"), ("30", "resolved")]
