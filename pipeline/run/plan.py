"""What a run has to do: which documents are read, searched again, or left as they are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.text.identity import make_identity
from pipeline.corpus.discovery import Document
from pipeline.extract.document import parse_key, work_key
from pipeline.ingest.pdf.ocr import recognizer
from pipeline.run.session import Session
from pipeline.settings import Limits
from pipeline.store import documents, failures

if TYPE_CHECKING:
    from pipeline.segment.correction import Correction


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be done: `problem` is one line, and the remedy where there is one.

    `key` stands for all that it depends on (see `failure_key`), "" where it may go well next time.
    """

    document: str
    file: str
    problem: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to do: `key` and `parse_key` as in `pipeline.extract.document`; `has_to_read` when its file has to be read,
    and not only its stored paragraphs searched anew; `corrections` of its paragraphs that analysts decided."""

    document: Document
    sha256: str
    key: str
    parse_key: str
    has_to_read: bool = True
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do: tasks, documents that are as they were, files that cannot be read, documents that would fail
    as they did."""

    todo: tuple[Task, ...]
    unchanged: tuple[str, ...]
    unreadable: tuple[Failure, ...] = ()
    failing: tuple[Failure, ...] = ()


def failure_key(task_key: str) -> str:
    """Return the id of a failure: of the work that failed (`task_key`), its limits, and what can recognize scans here.

    "" where the versions are unknown, as for work itself.
    """
    return make_identity(task_key, sorted(Limits().model_dump().items()), list(recognizer())) if task_key else ""


def make_plan(session: Session, *, force: bool = False, retry: bool = False) -> Plan:
    """Tell what has to be done by comparing each file's bytes and all versions with the last good result.

    Another lexicon or extractor, or a fact that was decided, means another search of the stored paragraphs; another
    parser, other bytes, another language in the manifest or other corrections of its paragraphs mean another reading.
    What failed is not tried again while nothing changed that it depends on, unless `retry`. `force` reads everything.
    """
    failed = {} if force or retry else failures.known(session.store)
    known = {} if force else documents.keys(session.store)
    parses = {} if force else documents.parse_keys(session.store)
    todo, unchanged, unreadable, failing = [], [], [], []
    for document in session.corpus.documents:
        try:
            with document.path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            problem = f"{document.path.name}: cannot be read: {error.strerror}"
            unreadable.append(Failure(document.slug, str(document.path), problem))
            continue
        corrections = session.decided.corrections.get(document.slug, ())
        key = work_key(sha256, document.source, session.versions.parser, session.versions.searching, corrections)
        if key and known.get(document.slug) == key:
            unchanged.append(document.slug)
            continue
        last = failed.get(document.slug)
        if last is not None and last.key == failure_key(key):
            failing.append(Failure(document.slug, str(document.path), last.problem, last.key))
            continue
        parsing = parse_key(sha256, document.source, session.versions.parser, corrections)
        read = not parsing or parses.get(document.slug) != parsing
        todo.append(Task(document, sha256, key, parsing, read, corrections))
    return Plan(tuple(todo), tuple(unchanged), tuple(unreadable), tuple(failing))
