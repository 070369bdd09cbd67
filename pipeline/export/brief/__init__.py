"""A brief in the formats that people pass on: one module a format, all from the same content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.export.brief import html, markdown, word
from pipeline.export.kept_files import KeptFiles
from pipeline.export.run_facts import RunFacts
from pipeline.tables.brief.content import Brief, name_file
from pipeline.tables.table import NEW

FOLDER = "briefs"
"""Where a run writes them, in the folder of its tables."""
SUFFIXES = (".docx", ".html", ".md")
"""The endings of a brief's file: each names its format."""


def write_brief(path: Path, brief: Brief, run: RunFacts) -> Path:
    """Write a brief to a file whose name ends in one of SUFFIXES. Raises OSError where it cannot be written."""
    if path.suffix.lower() == ".docx":
        return word.BriefFiles(run).write(path, brief)
    text = html.render(brief, run) if path.suffix.lower() == ".html" else markdown.render(brief)
    path.write_bytes(text.encode("utf-8", "replace"))
    return path


def write_briefs(folder: Path, briefs: Sequence[Brief], run: RunFacts, kept: KeptFiles | None = None) -> list[Path]:
    """Write `folder/<document>.docx` and `.html` for each brief, but for those that are `kept`; return the paths."""
    if not briefs:
        return []
    folder.mkdir(exist_ok=True)
    paths = {
        folder / f"{name_file(brief.document)}{suffix}": brief for brief in briefs for suffix in (".docx", ".html")
    }
    files: word.BriefFiles | None = None
    for path, brief in paths.items():
        if kept is not None and kept.has_taken(path, brief):
            continue
        if path.suffix == ".docx":
            files = files or word.BriefFiles(run)
            files.write(path, brief)
        else:
            write_brief(path, brief, run)
    return list(paths)


def find_new_briefs(run: Mapping[str, Any]) -> dict[str, str]:
    """The file of the brief of each document that a run has and the run before had not, from its `run.json`.

    >>> find_new_briefs({"documents": [{"document": "a", "new_in_run": True}], "files": ["briefs/a.docx"]})
    {'a': 'briefs/a.docx'}
    """
    new = [str(row["document"]) for row in run.get("documents") or () if row.get(NEW) is True]
    files = {name: f"{FOLDER}/{name_file(name)}.docx" for name in new}
    return {name: file for name, file in files.items() if file in (run.get("files") or ())}
