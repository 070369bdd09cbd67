"""`gcmrefs extract`: rows of any files, without manifest, store or server."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

from extractors.model import OBJECTIVE_COLUMNS, PARAGRAPH_COLUMNS, REFERENCE_COLUMNS
from extractors.text.identity import Field
from pipeline.corpus.discovery import make_slugs
from pipeline.corpus.manifest import Source
from pipeline.errors import GcmrefsError
from pipeline.extract.document import (
    FOUND,
    Processed,
    check_lexicon,
    objective_row,
    paragraph_row,
    process_document,
    reference_row,
)
from pipeline.ingest.bounded import is_small
from pipeline.progress import Progress, Step, silent
from pipeline.run.pool import each, hands_for
from pipeline.settings import Limits

if TYPE_CHECKING:
    import pandas as pd

What = Literal["references", "paragraphs", "objectives"]
Format = Literal["table", "csv", "jsonl", "json", "parquet", "xlsx", "docx"]
SUFFIXES: Mapping[str, Format] = {
    ".csv": "csv", ".docx": "docx", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet",
    ".xlsx": "xlsx",
}  # fmt: skip
"""What the end of a file's name says of its format."""
WHOLE = frozenset({"xlsx", "docx"})
"""Formats that hold all tables of what was read, whatever kind of row is asked for."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "references": REFERENCE_COLUMNS,
    "paragraphs": PARAGRAPH_COLUMNS,
    "objectives": OBJECTIVE_COLUMNS,
}


@dataclass(frozen=True, slots=True)
class Extraction:
    """What several files yielded, in the order in which they were given, and (file, problem) of those that failed."""

    done: tuple[Processed, ...]
    failures: tuple[tuple[str, str], ...]


def extract_files(
    files: Sequence[Path],
    *,
    password: str = "",
    workers: int = 0,
    progress: Progress = silent,
    wanted: Collection[str] = FOUND,
    is_checked: bool = False,
) -> Extraction:
    """Read and search files; one that fails is listed and the others go on. `workers` 0 means one a core; `wanted` are
    the kinds of rows that are searched for; `is_checked` reads each page of a PDF with a second library too.

    A document's slug is its file's name; files of the same name get distinct ones. Nothing is raised for a file,
    GcmrefsError for a lexicon that breaks the format.
    """
    distinct = list(dict.fromkeys(files))
    names = make_slugs(PurePosixPath(path.as_posix()) for path in distinct)
    jobs = [(Source(slug=names[PurePosixPath(path.as_posix())]), path) for path in distinct]
    hands = workers or os.cpu_count() or 1
    sizes = [path.stat().st_size for path in distinct if path.is_file()]
    check_lexicon()
    one = partial(_one, limits=Limits(), password=password, wanted=wanted, is_checked=is_checked)
    if len(jobs) == 1:
        one = partial(one, processes=hands, progress=lambda done, total: progress(Step("pages", done, total)))
    outcomes = {}
    few = all(is_small(path) for path in distinct)
    outcome = each(jobs, one, workers=hands_for(hands, sizes, is_small=few), name=lambda job: job[1].name)
    for number, ((_, path), done) in enumerate(outcome, start=1):
        outcomes[path] = done
        progress(Step("documents", number, len(jobs), path.name))
    ordered = [(path, outcomes[path]) for path in distinct]
    return Extraction(
        tuple(done.result for _, done in ordered if done.result is not None),
        tuple((str(path), _named(path, done.problem)) for path, done in ordered if done.problem),
    )


def _named(path: Path, problem: str) -> str:
    return problem if problem.startswith(path.name) else f"{path.name}: {problem}"


def _one(job: tuple[Source, Path], **words: Any) -> Processed:
    source, path = job
    if path.is_dir():
        raise GcmrefsError(f"{path.name}: a folder: name the files in it, or use gcmrefs run --corpus {path}")
    if not path.exists():
        raise GcmrefsError(f"{path.name}: no such file")
    return process_document(path, source, **words)


def rows(extraction: Extraction, what: What) -> list[dict[str, Field]]:
    """Return the rows of one kind, with exactly the columns of the published file of that name."""
    makers: Mapping[str, Callable[[Processed], list[dict[str, Field]]]] = {
        "references": lambda done: [reference_row(reference) for reference in done.references],
        "paragraphs": lambda done: [paragraph_row(done.document, paragraph) for paragraph in done.paragraphs],
        "objectives": lambda done: [objective_row(row) for row in done.objectives],
    }
    return [row for done in extraction.done for row in makers[what](done)]


def kinds_of(what: What, form: Format) -> Collection[str]:
    """The kinds of rows that have to be searched for.

    >>> sorted(kinds_of("paragraphs", "csv")), sorted(kinds_of("references", "xlsx"))
    ([], ['objectives', 'references'])
    """
    return FOUND if form in WHOLE else FOUND & {what}


def format_of(given: Format | None, output: Path | None) -> Format:
    """Return the format asked for, or the one that the file's name implies, or a table for the terminal.

    Raises GcmrefsError for a name that implies none.
    """
    if given or output is None:
        return given or "table"
    form = SUFFIXES.get(output.suffix.lower())
    if form is None:
        raise GcmrefsError(f"{output}: no format has this ending: use one of {', '.join(SUFFIXES)}, or --format")
    return form


def encoded(extraction: Extraction, what: What, form: Format) -> bytes:
    """Return what was found as the bytes of a file of that format. Raises GcmrefsError for a Word file of several
    documents."""
    if form == "json":
        return (report(extraction, what) + "\n").encode("utf-8", "replace")
    if form == "jsonl":
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows(extraction, what))
        return "".join(lines).encode("utf-8", "replace")
    if form == "csv":
        from pipeline.export.csv import encode_rows

        columns = COLUMNS[what]
        return b"".join(encode_rows(columns, ([row[name] for name in columns] for row in rows(extraction, what))))
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"rows.{form}"
        if form == "parquet":
            from pipeline.export import parquet

            parquet.write(made, _frame(extraction, what))
        else:
            _write_whole(made, extraction)
        return made.read_bytes()


def _write_whole(path: Path, extraction: Extraction) -> None:
    from pipeline.export.document import write_document
    from pipeline.export.run_facts import DocumentFacts, FailureFacts, RunFacts
    from pipeline.version import libraries, read_version

    if path.suffix == ".docx" and len(extraction.done) != 1:
        raise GcmrefsError("a Word file holds one document: give one file that can be read, or write .xlsx")
    documents = [
        DocumentFacts(
            document=done.document,
            title=done.title,
            iscm=done.iscm,
            date=done.date,
            language=done.language,
            format=done.format,
            pages=done.pages or 0,
            paragraphs=len(done.paragraphs),
            references=len(done.references),
            warnings=done.warnings,
        )
        for done in extraction.done
    ]
    failures = [FailureFacts(document=file, problem=problem) for file, problem in extraction.failures]
    run = RunFacts(documents=documents, failures=failures, version=read_version(), libraries=libraries())
    frames = (_frame(extraction, "references"), _frame(extraction, "paragraphs"), _frame(extraction, "objectives"))
    write_document(path, *frames, run)


def _frame(extraction: Extraction, what: What) -> pd.DataFrame:
    from pipeline.store.documents import frame

    return frame([[row[name] for name in COLUMNS[what]] for row in rows(extraction, what)], COLUMNS[what])


def report(extraction: Extraction, what: What) -> str:
    """Return everything as one JSON object: documents, rows, failures."""
    documents = [
        {
            "document": done.document,
            "sha256": done.sha256,
            "title": done.title,
            "iscm": done.iscm,
            "date": done.date,
            "language": done.language,
            "format": done.format,
            "pages": done.pages,
            "ocr": done.is_recognized,
            "warnings": list(done.warnings),
        }
        for done in extraction.done
    ]
    failures = [{"file": file, "problem": problem} for file, problem in extraction.failures]
    whole = {"documents": documents, what: rows(extraction, what), "failures": failures}
    return json.dumps(whole, ensure_ascii=False, indent=2)
