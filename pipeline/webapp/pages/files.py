"""The files of the last run to take away, the brief of each document to read, and the review in Excel: out and in again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, HTMLResponse, Response

from pipeline.errors import GcmrefsError
from pipeline.export.brief import FOLDER as BRIEFS
from pipeline.export.brief import html
from pipeline.export.run_facts import REVIEW_ADDRESS
from pipeline.files import sha256, write_bytes
from pipeline.review import ledger
from pipeline.review.excel.read import Intake
from pipeline.review.excel.read import take as take_workbook
from pipeline.review.excel.write import form as make_workbook
from pipeline.review.items import SHOWS, Queue, Show
from pipeline.review.kinds import DECIDABLE
from pipeline.run.briefing import brief_document
from pipeline.store import latest
from pipeline.tables.brief.content import name_file
from pipeline.translation import current_language, gettext, gettext_noop
from pipeline.webapp.site import UPLOADS
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
TYPES: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}
"""Types of files by their ending; others are bytes, and nothing is shown in the browser."""
GROUPS: Mapping[str, str] = {
    "whole": gettext_noop("Everything at once"),
    "word": gettext_noop("Word, a file a work"),
    "tables": gettext_noop("Single tables (CSV)"),
    "rows": gettext_noop("All rows"),
    "charts": gettext_noop("Charts"),
    "other": gettext_noop("For programs"),
}
_WHOLE = ("reference_tables.xlsx", "reference_tables.docx", "report.html")
BRIEF_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Of a brief shown in the browser: its own style, which its own policy names by hash, and nothing else."""
REFUSED = 200
"""Refused rows of a workbook that are shown."""
WITHHELD = "You code blind: the results show what others said, and wait until the assignment is closed."
_WORKBOOK = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class LatestFile:
    """A file of the last run: its `path` in `outputs/latest/`, its name as people read it, its size in bytes."""

    path: str
    label: str
    size: int


def is_withheld(visit: Visit) -> bool:
    """Whether the results show decisions that this reviewer must not see yet."""
    run = latest.read(visit.site.settings.outputs) or {}
    return visit.is_blind and (run.get("review") or {}).get("digest") != ledger.NOTHING_SAID


@router.get("/files")
def show_files(visit: Visiting) -> Response:
    """Show what there is to take away."""
    visit.site.refresh()
    return show(visit)


@router.get("/files/latest/{path:path}")
def download(visit: Visiting, path: str) -> Response:
    """Return a file of the last run: one that its `run.json` lists, which lies in its folder; no other path is looked up."""
    if is_withheld(visit):
        raise HTTPException(403, WITHHELD)
    place = _listed(visit).get(path)
    if place is None:
        raise HTTPException(404, gettext("There is no such file in the last run."))
    name = path.replace("/", "-") if path.startswith(("tables/", "charts/")) else place.name
    kind = TYPES.get(place.suffix[1:], "application/octet-stream")
    return FileResponse(place, media_type=kind, filename=name, headers={"Cache-Control": "no-store"})


@router.get("/brief/{slug}")
def read_brief(visit: Visiting, slug: str) -> Response:
    """Show the brief of a document: the file that the run wrote, in another language made now."""
    if slug not in visit.desk.documents:
        raise HTTPException(404)
    if is_withheld(visit):
        raise HTTPException(403, WITHHELD)
    place = _listed(visit).get(f"{BRIEFS}/{name_file(slug)}.html")
    is_written = place is not None and visit.desk.run.get("language", "en") == current_language()
    text = (
        place.read_text(encoding="utf-8")
        if place is not None and is_written
        else html.render(*brief_document(visit.site.settings.outputs, slug))
    )
    here = text.replace(f'href="{REVIEW_ADDRESS}', 'href="/')
    return HTMLResponse(here, headers={"Content-Security-Policy": BRIEF_POLICY})


@router.get("/files/review.xlsx")
def export(visit: Visiting) -> Response:
    """Return the workbook of a queue, to be filled in in Excel; what is to decide is one's own share where one has any."""
    params = visit.request.query_params
    chosen = params.get("show", "open")
    queue = Queue(cast(Show, chosen if chosen in SHOWS else "open"), document=params.get("document", "")[:200])
    kinds = visit.desk.assignments.kinds_of(visit.reviewer) if queue.show == "open" else ()
    queue = replace(queue, assigned=visit.reviewer if kinds else "")
    facts = {kind: visit.desk.items(replace(queue, kind=kind)) for kind in kinds if kind in DECIDABLE}
    headers = {"Content-Disposition": 'attachment; filename="review.xlsx"'}
    return Response(
        make_workbook(visit.desk, visit.desk.items(queue), facts), media_type=TYPES["xlsx"], headers=headers
    )


@router.post("/files/workbook")
def preview(visit: Visiting) -> Response:
    """Take a filled-in workbook, and show what would be taken of it and what refused; nothing is taken yet."""
    if not visit.files:
        return show(visit, problem=gettext("No workbook was chosen."), status=400)
    (file,) = visit.files
    data, name = file.file.read(), Path(file.filename or "").name[:100]
    file.file.close()
    try:
        intake = take_workbook(visit.desk, data, name=name, by=visit.reviewer, dry_run=True)
        digest = sha256(data)
        _kept(visit, digest).parent.mkdir(parents=True, exist_ok=True)
        for old in _kept(visit, "").parent.glob(_kept(visit, "*").name):
            old.unlink(missing_ok=True)
        write_bytes(_kept(visit, digest), data)
    except GcmrefsError as error:
        return show(visit, problem=str(error), status=400)
    return _told(visit, intake, name=name, digest=digest)


@router.post("/files/take")
def take(visit: Visiting) -> Response:
    """Take the workbook that was shown before."""
    digest, name = visit.form.get("workbook", ""), visit.form.get("name", "")[:100]
    place = _kept(visit, digest)
    if not _WORKBOOK.fullmatch(digest) or not place.is_file():
        return show(
            visit,
            problem=gettext("This workbook was taken already, or is no longer here: choose it again."),
            status=404,
        )
    try:
        intake = take_workbook(visit.desk, place.read_bytes(), name=name, by=visit.reviewer)
    except GcmrefsError as error:
        return show(visit, problem=str(error), status=400)
    place.unlink(missing_ok=True)
    visit.note("import", f"{name}: {len(intake.taken)} taken, {len(intake.refused)} refused")
    return _told(visit, intake, name=name)


def _kept(visit: Visit, digest: str) -> Path:
    """Where the workbook of this reviewer waits between being shown and being taken: one at a time."""
    return visit.site.folder / UPLOADS / f"{sha256(visit.reviewer.encode())[:16]}-{digest}.xlsx"


def _told(visit: Visit, intake: Intake, *, name: str, digest: str = "") -> Response:
    """Show what came of a workbook, or (with `digest`) would."""
    return visit.page(
        "workbook.html",
        here="files",
        intake=intake,
        refused=intake.refused[:REFUSED],
        taken=intake.taken[:REFUSED],
        name=name,
        digest=digest,
        labels=visit.site.categories,
    )


def show(visit: Visit, *, problem: str = "", status: int = 200) -> Response:
    """Show the page, with what was refused."""
    grouped: dict[str, list[LatestFile]] = {group: [] for group in GROUPS}
    briefs = {}
    withheld = is_withheld(visit)
    for path, place in ({} if withheld else _listed(visit)).items():
        if path.startswith(f"{BRIEFS}/"):
            briefs[path] = place
        else:
            grouped[group_of(path)].append(LatestFile(path, place.stem.replace("_", " "), place.stat().st_size))
    documents = [
        (slug, facts, word if (word := f"{BRIEFS}/{name_file(slug)}.docx") in briefs else "")
        for slug, facts in ({} if withheld else visit.desk.documents).items()
    ]
    return visit.page(
        "files.html",
        status=status,
        here="files",
        groups={GROUPS[name]: files for name, files in grouped.items() if files},
        documents=documents,
        shows=SHOWS,
        held=visit.desk.documents,
        problem=problem,
        withheld=WITHHELD if withheld else "",
    )


def group_of(path: str) -> str:
    """Return the key of GROUPS that a file of the last run belongs to.

    >>> [group_of(path) for path in ("report.html", "tables/commitments.csv", "references.csv", "run.json")]
    ['whole', 'tables', 'rows', 'other']
    """
    folder, _, name = path.rpartition("/")
    if folder:
        return folder if folder in GROUPS else "other"
    return "whole" if name in _WHOLE else "rows" if name.endswith(".csv") else "other"


def _listed(visit: Visit) -> Mapping[str, Path]:
    """The files that the last run lists and that lie in its folder, by their path in it."""
    folder = visit.site.settings.outputs / latest.LATEST
    run = latest.read(visit.site.settings.outputs) or {}
    names: Sequence[str] = run.get("files") or ()
    inside = folder.resolve()
    return {name: folder / name for name in names if (folder / name).resolve().is_relative_to(inside)}
