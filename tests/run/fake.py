"""Stages for tests of what surrounds the real ones: lines are paragraphs, and each "forum" is a reference."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from extractors.model import ObjectiveRow, Paragraph, Reference, WordBox
from extractors.text.identity import make_identity
from pipeline.errors import InputError
from pipeline.extract.document import Versions
from pipeline.ingest.line import Ingested, Line
from pipeline.run import run
from pipeline.run.publish import RunResult

CALLS: Counter[str] = Counter()
"""How often each stage was called."""


def read_document(path: Path, **words: Any) -> Ingested:
    CALLS["read"] += 1
    text = path.read_text(encoding="utf-8")
    if text.startswith("encrypted") and words.get("password") != "secret":
        raise InputError(path.name, "encrypted", "give --password")
    if text.startswith("crash"):
        raise RuntimeError("never\nforeseen")
    lines = tuple(Line(line) for line in text.splitlines() if line)
    said = {"title": lines[0].text} if lines and lines[0].text.istitle() else {}
    return Ingested(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), "text", lines, metadata=said)


def split_paragraphs(ingested: Ingested, *, language: str = "en") -> tuple[Paragraph, ...]:
    CALLS["split"] += 1
    return tuple(
        Paragraph(
            n, str(n), "paragraph", line.text, words=(WordBox(0, len(line.text), 1, 72.0, 10.5 * n, 500.25, 12.0),)
        )
        for n, line in enumerate(ingested.lines, start=1)
    )


def find_references(
    paragraphs: Sequence[Paragraph], *, document: str, language: str, title: str = "", iscm: str = "", **words: Any
) -> tuple[Reference, ...]:
    CALLS["search"] += 1
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


def find_objectives(paragraphs: Sequence[Paragraph], *, document: str, language: str = "en") -> list[ObjectiveRow]:
    return [
        ObjectiveRow(document, p.id, "objective", 7, "explicit", "objective 7", 1.0)
        for p in paragraphs
        if "objective 7" in p.text
    ]


def detect(text: str) -> str:
    return "es" if " de " in text else "en"


def make_versions(parser: str = "1", **searching: str) -> Versions:
    return Versions(parser, {"lexicon": "1", "extractors": "1", **searching})


@contextmanager
def stages(**changed: str) -> Iterator[pytest.MonkeyPatch]:
    """These stages instead of the real ones, with these versions, for the length of a `with` block in this process."""
    versions = make_versions(**changed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.ingest.read_document", read_document)
        patch.setattr("pipeline.segment.split_paragraphs", split_paragraphs)
        patch.setattr("pipeline.extract.references.find_references", find_references)
        patch.setattr("pipeline.extract.objectives.find_objectives", find_objectives)
        patch.setattr("pipeline.ingest.language.detect", detect)
        patch.setattr("pipeline.extract.document.find_versions", lambda: versions)
        patch.setattr("pipeline.extract.document.read_versions", lambda cache: versions)
        patch.setattr("pipeline.run.work.hands_for", lambda *sizes, **more: 0)
        yield patch


def run_corpus(versions: Mapping[str, str] | None = None, **words: Any) -> RunResult:
    """A run with these stages, which writes one table unless `write` says otherwise."""
    with stages(**versions or {}):
        return run.run_corpus(**{"write": write} | words)


def write(
    folder: Path, references: Any, paragraphs: Any, objectives: Any, *, run: Mapping[str, Any], **more: Any
) -> list[Path]:
    path = folder / "references.csv"
    references.to_csv(path, index=False)
    return [path]
