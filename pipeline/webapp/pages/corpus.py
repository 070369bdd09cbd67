"""The corpus by browser: documents sent and read over, a run or a fetch begun and followed, what came of it."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import Response

from pipeline.corpus.describe import described
from pipeline.corpus.discovery import listed
from pipeline.corpus.manifest import SUFFIXES
from pipeline.corpus.remove import remove_source
from pipeline.corpus.start import CORPUS, start_corpus
from pipeline.corpus.uploads import Upload
from pipeline.errors import GcmrefsError
from pipeline.extract.front import KindOfDocument
from pipeline.run.pool import each
from pipeline.settings import Limits
from pipeline.tables.registry import load_registry
from pipeline.tables.table import NEW
from pipeline.translation import LANGUAGE_NAMES, gettext, gettext_noop
from pipeline.webapp.command_process import CommandProcess, Kind
from pipeline.webapp.security import FILES
from pipeline.webapp.site import ReviewSite
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
HOME = "/corpus"
KINDS = get_args(KindOfDocument)
READERS = 2
"""Processes that read what was sent: what brings one down leaves the server alone."""
SAID: Mapping[str, str] = {
    "added": gettext_noop("Added to the corpus. A run reads what is new."),
    "thrown": gettext_noop("Thrown away."),
    "removed": gettext_noop("Taken out of the corpus; its file and the decisions about it are kept."),
    "started": gettext_noop("Your corpus is begun."),
}
_writes = threading.Lock()


@dataclass(frozen=True, slots=True)
class CorpusRow:
    """A document of the corpus: `facts` as `gcmrefs corpus list` tells them, whether the last run has it, and as the first."""

    facts: Mapping[str, Any]
    is_read: bool
    is_new: bool

    @property
    def is_waiting(self) -> bool:
        """Whether the next run will read it for the first time."""
        return not self.is_read and self.facts["state"] in ("fetched", "file")


def check_open(visit: Visiting) -> None:
    """Refuse where the server is for decisions only."""
    if visit.site.settings.review_only:
        raise HTTPException(403, gettext("This review takes no documents and starts no runs (GCMREFS_REVIEW_ONLY)."))


Open = Depends(check_open)


@router.get(HOME)
def show_corpus(visit: Visiting) -> Response:
    """Show the documents, what waits, what is going on, and what the last run brought."""
    return show(visit, said=SAID.get(visit.request.query_params.get("said", ""), ""))


@router.get(f"{HOME}/progress")
def show_progress(visit: Visiting) -> Response:
    """Return how far what is going on is, for the page to put in place; once it has ended the page is loaded anew."""
    process = visit.site.process
    if visit.request.query_params.get("of") == "reading":
        return Response(status_code=204, headers={} if visit.site.reading else {"HX-Redirect": HOME})
    back = visit.request.query_params.get("here", "")
    back = back if back in (HOME, "/runs") else HOME
    answer = visit.page("progress.html", process=process, back=back)
    if not process.is_working:
        answer.headers["HX-Redirect"] = back
    return answer


@router.post(f"{HOME}/upload", dependencies=[Open])
def upload(visit: Visiting) -> Response:
    """Take documents and have each read by a process of its own, for what they say of themselves."""
    _check_idle(visit)
    uploads, refused, kept = visit.site.uploads, [], list[Upload]()
    for file in visit.files:
        data = file.file.read(Limits().bytes + 1)
        file.file.close()
        try:
            with _writes:
                kept.append(uploads.keep(data, name=file.filename or "", by=visit.reviewer))
        except GcmrefsError as error:
            refused.append(str(error))
    visit.site.reading.update(one.upload_id for one in kept)
    threading.Thread(target=read_uploads, args=(visit.site, kept), name="uploads", daemon=True).start()
    visit.note("upload", f"{', '.join(one.name for one in kept)}; {len(refused)} refused")
    if not visit.files:
        refused.append(gettext("No file was chosen."))
    return show(visit, problems=refused, status=400) if refused else visit.go(HOME)


def read_uploads(site: ReviewSite, kept: Sequence[Upload]) -> None:
    """Note of each upload what it shows of itself, or why it cannot be read."""
    by_path = {site.uploads.path(one): one for one in kept}
    try:
        for path, done in each(by_path, described, workers=READERS, name=lambda path: by_path[path].name):
            one = by_path[path]
            site.uploads.describe(one, done.result or {}, done.problem.replace(path.name, one.name))
            site.reading.discard(one.upload_id)
    finally:
        site.reading.difference_update(one.upload_id for one in kept)


@router.post(f"{HOME}/take", dependencies=[Open])
def take(visit: Visiting) -> Response:
    """Add what waits to the corpus with the facts of the form, all of it or one document; throw one away; begin a run."""
    _check_idle(visit)
    uploads, form = visit.site.uploads, visit.form
    if thrown := form.get("discard", ""):
        visit.note("upload thrown away", uploads.discard(thrown).name)
        return visit.go(f"{HOME}?said=thrown")
    wanted = form.get("take", "all")
    chosen = [one.upload_id for one in uploads.waiting() if wanted in ("all", "run", one.upload_id) and not one.problem]
    problems = []
    for upload_id in chosen:
        facts = {name.partition(".")[2]: value for name, value in form.items() if name.startswith(f"{upload_id}.")}
        try:
            with _writes:
                visit.note("document added", uploads.take(upload_id, facts).slug)
        except GcmrefsError as error:
            problems.append(str(error))
    if problems:
        return show(visit, problems=problems, status=400)
    return _begin(visit, "run") if wanted == "run" else visit.go(f"{HOME}?said=added")


@router.post(f"{HOME}/start", dependencies=[Open])
def start(visit: Visiting) -> Response:
    """Begin a corpus with the public documents that the project knows, and its sample."""
    folder = visit.site.settings.corpus
    if folder.name != CORPUS:
        raise GcmrefsError(f"{folder}: add documents, or start a corpus where the folder is named {CORPUS}")
    with _writes:
        start_corpus(folder.absolute().parent)
    visit.note("corpus started", str(folder))
    return visit.go(f"{HOME}?said=started")


@router.post(f"{HOME}/remove", dependencies=[Open])
def remove(visit: Visiting) -> Response:
    """Take an entry out of the manifest."""
    _check_idle(visit)
    slug = visit.form.get("slug", "")
    with _writes:
        remove_source(visit.site.settings.corpus, slug)
    visit.note("document removed", slug)
    return visit.go(f"{HOME}?said=removed")


@router.post(f"{HOME}/run", dependencies=[Open])
def run(visit: Visiting) -> Response:
    """Begin a run over the whole corpus."""
    return _begin(visit, "run")


@router.post(f"{HOME}/fetch", dependencies=[Open])
def fetch(visit: Visiting) -> Response:
    """Begin to fetch the documents of the manifest that are not there."""
    return _begin(visit, "fetch")


@router.post(f"{HOME}/stop", dependencies=[Open])
def stop(visit: Visiting) -> Response:
    """End what is going on."""
    visit.note("stopped", visit.site.process.kind)
    visit.site.process.stop()
    return visit.go(HOME)


def begin(visit: Visit, kind: Kind) -> None:
    """Begin a command for this reviewer; when it has ended the desk has the new results. Raises GcmrefsError."""

    def after(process: CommandProcess) -> None:
        with suppress(GcmrefsError):
            visit.desk.refresh()
        visit.note(kind, f"{process.state} in {process.seconds:.1f} s")

    visit.site.process.start(kind, visit.reviewer, after)
    visit.note(kind, "started")


def _begin(visit: Visit, kind: Kind) -> Response:
    try:
        begin(visit, kind)
    except GcmrefsError as error:
        return show(visit, problems=[str(error)], status=409)
    return visit.go(HOME)


def _check_idle(visit: Visit) -> None:
    """Refuse to change the corpus under a run that this server has going."""
    process = visit.site.process
    if process.is_working:
        raise HTTPException(
            409, gettext("What %(name)s started is going on: wait until it has ended.", name=process.by)
        )


def show(visit: Visit, *, said: str = "", problems: Sequence[str] = (), status: int = 200) -> Response:
    """Show the page, with what was refused."""
    visit.site.refresh()
    settings, broken = visit.site.settings, ""
    try:
        documents = listed(settings.corpus) if settings.corpus.is_dir() else []
    except GcmrefsError as error:
        documents, broken = [], str(error)
    is_first = not (visit.desk.run.get("base") or {}).get("run_id")
    new = {str(row["document"]) for row in visit.desk.run.get("documents") or () if is_first or row.get(NEW) is True}
    known = visit.desk.documents
    rows = [
        CorpusRow(one, one["document"] in known, one["document"] in new and one["document"] in known)
        for one in documents
    ]
    return visit.page(
        "corpus.html",
        status=status,
        here="corpus",
        corpus=settings.corpus.absolute(),
        rows=rows,
        unread=sum(row.is_waiting for row in rows),
        missing=sum(row.facts["state"] == "not fetched" for row in rows),
        can_start=settings.corpus.name == CORPUS and not (settings.corpus / "manifest.yaml").exists(),
        broken=broken if not _is_bare(settings.corpus) else "",
        waiting=[one for one in visit.site.uploads.waiting() if one.upload_id not in visit.site.reading],
        reading=len(visit.site.reading),
        process=visit.site.process,
        run=visit.desk.run,
        is_open=not settings.review_only,
        suffixes=",".join(SUFFIXES[:-1]),
        most=FILES[f"{HOME}/upload"],
        kinds=KINDS,
        languages=LANGUAGE_NAMES,
        mechanisms=sorted(load_registry().mechanisms),
        said=gettext(said),
        problems=problems,
    )


def _is_bare(folder: Path) -> bool:
    """Whether a folder has nothing yet that could be wrong."""
    return not folder.is_dir() or not any(folder.iterdir())
