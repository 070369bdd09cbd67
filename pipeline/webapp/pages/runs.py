"""The last run and what it changed, the runs before it, and the tables: to download, and to write anew."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from pipeline.errors import GcmrefsError
from pipeline.files import locked
from pipeline.review import ledger
from pipeline.run.publish import rebuild
from pipeline.settings import Settings
from pipeline.store import changes, latest
from pipeline.store import runs as history
from pipeline.webapp.pages.people import lost
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
FILES: Mapping[str, tuple[str, str]] = {
    "reference_tables.xlsx": (
        "Tables for Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "reference_tables.docx": (
        "Tables for Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "references.csv": ("All references (CSV)", "text/csv; charset=utf-8"),
    "decisions.csv": ("All decisions (CSV)", "text/csv; charset=utf-8"),
}
"""Files of `outputs/latest/` that can be downloaded, with their label and type; no others."""
RUNS = 20
ROWS = 50
"""Rows of each kind of change that are shown."""
REFRESH = "2"
"""Seconds after which the page looks again whether the tables are written."""

State = Literal["idle", "writing", "done", "failed"]


@dataclass(slots=True)
class Writing:
    """The one job of this server: writing the tables, in a thread of its own so that nobody's page waits for it.

    `state` tells how it stands, `by` who started it, `message` what went wrong, `seconds` how long it took.
    """

    settings: Settings
    write: Callable[[Settings], object] = rebuild
    state: State = "idle"
    by: str = ""
    message: str = ""
    seconds: float = 0.0
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None

    def start(self, by: str, after: Callable[[Writing], None]) -> None:
        """Begin to write; `after` is called when it has ended. Raises GcmrefsError when somebody writes already."""
        with self._turn:
            if self.state == "writing":
                raise GcmrefsError(f"{self.by} is having the tables written already: wait a moment")
            with locked(self.settings.outputs, wait=0):
                pass
            self.state, self.by, self.message = "writing", by, ""
        self._thread = threading.Thread(target=self._work, args=(after,), name="tables", daemon=True)
        self._thread.start()

    def wait(self, seconds: float = 60.0) -> None:
        """Wait until what was started has ended."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _work(self, after: Callable[[Writing], None]) -> None:
        began, state, message = time.monotonic(), "done", ""
        try:
            self.write(self.settings)
        except GcmrefsError as error:
            state, message = "failed", str(error)
        except Exception as error:  # a thread has nobody to tell: the page does
            state, message = "failed", f"the tables were not written: {type(error).__name__}"
        with self._turn:
            self.seconds, self.message = time.monotonic() - began, message
            self.state = "done" if state == "done" else "failed"
        after(self)


def _writing(visit: Visit) -> Writing:
    found: Writing = visit.request.app.state.writing
    return found


@router.get("/runs")
def show_runs(visit: Visiting) -> Response:
    """Show the last run and what it changed; `before` names another run to compare it with."""
    visit.site.refresh()
    return show(visit, before=visit.request.query_params.get("before", "")[:80])


@router.post("/runs/tables")
def tables(visit: Visiting) -> Response:
    """Have the tables of the last run written from the store, with the decisions as they are now."""

    def after(writing: Writing) -> None:
        visit.note("tables", f"{writing.state} in {writing.seconds:.1f} s {writing.message}".strip())

    try:
        _writing(visit).start(visit.reviewer, after)
    except GcmrefsError as error:
        return show(visit, problem=str(error), status=409)
    visit.note("tables", "started")
    return visit.go("/runs")


@router.get("/runs/file/{name}")
def download(visit: Visiting, name: str) -> Response:
    """Return one of FILES as it stands in `outputs/latest/`; no other name is looked up."""
    if name not in FILES:
        raise HTTPException(404)
    try:
        data = (visit.site.settings.outputs / latest.LATEST / name).read_bytes()
    except OSError:
        raise HTTPException(404, "This file was not written by the last run: write the tables.") from None
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type=FILES[name][1], headers=headers)


def show(visit: Visit, *, before: str = "", problem: str = "", status: int = 200) -> Response:
    """Show the run page. Raises a 404 for a run to compare with that is not kept."""
    engine, run, writing = visit.site.engine, visit.desk.run, _writing(visit)
    written = latest.read(visit.site.settings.outputs)
    folder = visit.site.settings.outputs / latest.LATEST
    shown = run.get("changes")
    if before:
        try:
            earlier = changes.resolve(engine, before)
            shown = changes.compare(engine, earlier, str(run["run_id"])).as_dict()
        except GcmrefsError as error:
            raise HTTPException(404, str(error)) from None
    answer = visit.page(
        "runs.html",
        status=status,
        here="runs",
        run=run,
        changes=_limited(shown),
        counts=(shown or {}).get("counts") or {},
        earlier=_earlier(visit),
        lost=lost(visit),
        writing=writing,
        tables=_tables(written, ledger.digest(engine), str(run["run_id"])),
        files=[(name, label) for name, (label, _) in FILES.items() if (folder / name).is_file()],
        labels=visit.site.categories,
        held=visit.desk,
        problem=problem,
    )
    if writing.state == "writing":
        answer.headers["Refresh"] = REFRESH
    return answer


def _limited(shown: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if shown is None:
        return None
    kinds = ("documents", "references", "texts", "decisions")
    return {name: list(shown.get(name) or ())[:ROWS] for name in kinds} | {"before": shown["before"]}


def _tables(written: Mapping[str, Any] | None, digest: str, run_id: str) -> str:
    """Tell how the tables stand to what is in the store: `none`, `behind`, `current`."""
    if written is None:
        return "none"
    same = (written.get("review") or {}).get("digest") == digest and str(written.get("run_id")) == run_id
    return "current" if same else "behind"


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A run of the past; `same_as` is the one whose result it confirmed, "" where it changed something itself."""

    run_id: str
    same_as: str
    status: str
    finished: str
    counts: Mapping[str, int]
    is_comparable: bool


def _earlier(visit: Visit) -> list[EarlierRun]:
    """The last runs, newest first, with what they counted; those that changed nothing are marked."""
    engine, out = visit.site.engine, []
    seen: set[str] = set()
    current = str(visit.desk.run["run_id"])
    for run_id in history.list_finished(engine)[:RUNS]:
        told = history.read_summary(engine, run_id) or {}
        own = str(told.get("run_id", run_id))
        comparable = own not in (current, *seen) and bool(history.shown_by(engine, own))
        same, status, finished = own if own != run_id else "", told.get("status", ""), told.get("finished", "")
        seen.add(own)
        out.append(EarlierRun(run_id, same, status, finished, told.get("counts") or {}, comparable))
    return out
