"""An engine for tests of what surrounds the real one: lines are paragraphs, and each "forum" is a reference."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from extractors.model import ObjectiveRow, Paragraph, Reference, WordBox
from extractors.text.identity import make_identity
from pipeline.errors import InputError
from pipeline.extract.document import Engine
from pipeline.ingest.line import Ingested, Line


def ingest(path: Path, **words: Any) -> Ingested:
    text = path.read_text(encoding="utf-8")
    if text.startswith("encrypted") and words.get("password") != "secret":
        raise InputError(path.name, "encrypted", "give --password")
    if text.startswith("crash"):
        raise RuntimeError("never\nforeseen")
    lines = tuple(Line(line) for line in text.splitlines() if line)
    said = {"title": lines[0].text} if lines and lines[0].text.istitle() else {}
    return Ingested(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), "text", lines, metadata=said)


def segment(ingested: Ingested, *, language: str = "en") -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(
            n, str(n), "paragraph", line.text, words=(WordBox(0, len(line.text), 1, 72.0, 10.5 * n, 500.25, 12.0),)
        )
        for n, line in enumerate(ingested.lines, start=1)
    )


def extract(
    paragraphs: Sequence[Paragraph], *, document: str, title: str, iscm: str, language: str, ocr: bool = False
) -> tuple[Reference, ...]:
    found = [(p, hit) for p in paragraphs if (hit := re.search("forum", p.text))]
    return tuple(
        Reference(
            reference_id=make_identity(document, p.id, "iscm.generic", "forum"),
            document=document,
            title=title,
            iscm=iscm,
            language=language,
            paragraph=p.id,
            paragraph_row=p.id,
            citation=p.citation,
            heading="",
            objective=None,
            category="iscm.generic",
            section="References to ISCMs",
            wording=hit[0],
            canonical="",
            level="",
            quote=p.text,
            occurrences=p.text.count("forum"),
            start=hit.start(),
            end=hit.end(),
            page=p.page,
            regions="",
            extractor="fake",
            rule="forum",
            method="exact",
            score=100.0,
        )
        for p, hit in found
    )


def objectives(paragraphs: Sequence[Paragraph], *, document: str, language: str = "en") -> list[ObjectiveRow]:
    return [
        ObjectiveRow(document, p.id, "objective", 7, "explicit", "objective 7", 1.0)
        for p in paragraphs
        if "objective 7" in p.text
    ]


def detect(text: str) -> str:
    return "es" if " de " in text else "en"


ENGINE = Engine(ingest, segment, extract, objectives, detect, "1", {"lexicon": "1", "extractors": "1"})


def versions(**changed: str) -> Engine:
    """The fake engine with other versions."""
    parser = changed.pop("parser", ENGINE.parser)
    return replace(ENGINE, parser=parser, versions={**ENGINE.versions, **changed})


def write(
    folder: Path, references: Any, paragraphs: Any, objectives: Any, *, run: Mapping[str, Any], **more: Any
) -> list[Path]:
    path = folder / "references.csv"
    references.to_csv(path, index=False)
    return [path]
