"""The brief of one document of the last run, or of a file that is in no corpus."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, cast

from extractors.lexicon.entries import load_lexicon
from extractors.model import DocumentRow, ObjectiveRow, ParagraphRow, Reference
from extractors.text.dates import iso_date
from pipeline.corpus.describe import described
from pipeline.corpus.discovery import make_slugs
from pipeline.corpus.manifest import Source
from pipeline.errors import GcmrefsError
from pipeline.export.run_facts import REVIEW_ADDRESS
from pipeline.extract.document import Processed, make_paragraph_row, process_document
from pipeline.extract.front import role_of_kind
from pipeline.store import latest, published
from pipeline.tables.brief.briefs import build_brief
from pipeline.tables.brief.content import Brief
from pipeline.tables.brief.earlier import find_related
from pipeline.tables.build import added_labels
from pipeline.tables.records import Records, document_rows, typed_rows
from pipeline.tables.registry import load_registry

if TYPE_CHECKING:
    from pipeline.export.run_facts import RunFacts

_KINDS: Mapping[str, type] = {"references": Reference, "paragraphs": ParagraphRow, "objectives": ObjectiveRow}


def brief_document(
    outputs: Path, name: str, *, iscm: str = "", date: str = "", password: str = ""
) -> tuple[Brief, RunFacts]:
    """Return the brief of a document of the last run, else of the file at the path `name`, and what it was made from.

    A file is read as it stands and compared with what the last run has of its mechanism: that which it shows as its own,
    or `iscm`, by the date that it shows, or `date` (`2018-12-19`, or less of it). Raises GcmrefsError for a name that is
    neither or a date that is none, InputError for a file that cannot be read.
    """
    if date and not iso_date(date):
        raise GcmrefsError(f"{date}: no date; give a year, a month or a day, like 2018-12-19")
    folder = outputs / latest.LATEST
    run = _last_run(folder)
    documents = document_rows(run.get("documents") or ())
    if any(facts.document == name for facts in documents):
        return _brief(folder, documents, name), cast("RunFacts", run)
    path = Path(name)
    if not path.is_file():
        if not run:
            raise GcmrefsError(f"{name}: no such file, and no finished run in {outputs}")
        published.document_rows(outputs, name)
    processed, facts = _read_file(path, iscm, date, password, documents)
    return _brief(folder, [*documents, facts], facts.document, processed), cast("RunFacts", run)


def _last_run(folder: Path) -> Mapping[str, Any]:
    try:
        return latest.read_run(folder)
    except (OSError, ValueError):
        return {}


def _read_file(
    path: Path, iscm: str, date: str, password: str, documents: list[DocumentRow]
) -> tuple[Processed, DocumentRow]:
    """What a file yields, and its row as a corpus would have it; its address is that of the file."""
    shown = described(path, password=password)
    taken = {facts.document for facts in documents}
    (slug,) = make_slugs([PurePosixPath(path.name)]).values()
    while slug in taken:
        slug += ".file"
    source = Source(
        slug=slug,
        title=shown["title"],
        iscm=iscm or shown["iscm"],
        date=iso_date(date) or shown["date"],
        language=shown["language"],
    )
    done = process_document(path, source, password=password)
    same = next((facts.work for facts in documents if facts.sha256 == done.sha256), "")
    return done, DocumentRow(
        document=slug,
        work=same or slug,
        role=role_of_kind(shown["kind"]) or done.front.role,
        kind=shown["kind"],
        symbol=shown["symbol"],
        **{name: getattr(done, name) for name in ("title", "iscm", "date", "language", "format", "sha256")},
        pages=done.pages or 0,
        url=path.resolve().as_uri(),
        warnings="; ".join(done.warnings),
    )


def _brief(folder: Path, documents: list[DocumentRow], name: str, done: Processed | None = None) -> Brief:
    lexicon = load_lexicon()
    known = load_registry(lexicon)
    own = next(facts for facts in documents if facts.document == name)
    related = find_related(documents, own, known)
    rows: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
    if len(related) > bool(done):
        try:
            for kind, row in _KINDS.items():
                frame = published.read(folder / f"{kind}.csv")
                rows[kind] = typed_rows(frame[frame["document"].isin(related)], row)
        except (OSError, ValueError, KeyError) as error:
            raise GcmrefsError(f"{folder}: not the tables of this version: run gcmrefs tables") from error
    if done is not None:
        rows["references"] += done.references
        rows["objectives"] += done.objectives
        rows["paragraphs"] += [make_paragraph_row(name, paragraph) for paragraph in done.paragraphs]
    records = Records(
        rows["references"], rows["paragraphs"], rows["objectives"], added_labels(lexicon),
        documents=[facts for facts in documents if facts.document in related],
    )  # fmt: skip
    return build_brief(records, known, name, review="" if done else REVIEW_ADDRESS)
