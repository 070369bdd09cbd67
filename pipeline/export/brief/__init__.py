"""A brief in the formats that people pass on: one module a format, all from the same content."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.export.brief import html, markdown, word
from pipeline.export.run_facts import RunFacts
from pipeline.export.word.work import file_names
from pipeline.tables.brief.content import Brief

SUFFIXES = (".docx", ".html", ".md")
"""The endings of a brief's file: each names its format."""


def write_brief(path: Path, brief: Brief, run: RunFacts) -> Path:
    """Write a brief to a file whose name ends in one of SUFFIXES. Raises OSError where it cannot be written."""
    if path.suffix.lower() == ".docx":
        return word.BriefFiles(run).write(path, brief)
    text = html.render(brief, run) if path.suffix.lower() == ".html" else markdown.render(brief)
    path.write_bytes(text.encode("utf-8", "replace"))
    return path


def write_briefs(folder: Path, briefs: Sequence[Brief], run: RunFacts) -> list[Path]:
    """Write `folder/<work>.docx` and `.html` for each brief, named like the Word files of the works; return the paths."""
    kept = {brief.document: brief for brief in briefs}
    names = file_names(run, list(kept))
    if not names:
        return []
    folder.mkdir(exist_ok=True)
    files, paths = word.BriefFiles(run), []
    for document, name in names.items():
        paths.append(files.write(folder / f"{name}.docx", kept[document]))
        paths.append(write_brief(folder / f"{name}.html", kept[document], run))
    return paths
