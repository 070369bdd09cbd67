"""The last run and what it changed, the runs before it, and the tables, to be written anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from pipeline.errors import GcmrefsError
from pipeline.review import ledger
from pipeline.store import changes, latest
from pipeline.store import runs as history
from pipeline.webapp.pages.corpus import begin
from pipeline.webapp.pages.people import lost
from pipeline.webapp.visit import Visit, Visiting

router = APIRouter()
RUNS = 20
ROWS = 50
"""Rows of each kind of change that are shown."""


@router.get("/runs")
def show_runs(visit: Visiting) -> Response:
    """Show the last run and what it changed; `before` names another run to compare it with."""
    visit.site.refresh()
    return show(visit, before=visit.request.query_params.get("before", "")[:80])


@router.post("/runs/tables")
def tables(visit: Visiting) -> Response:
    """Have the tables of the last run written from the store, with the decisions as they are now."""
    try:
        begin(visit, "tables")
    except GcmrefsError as error:
        return show(visit, problem=str(error), status=409)
    return visit.go("/runs")


def show(visit: Visit, *, before: str = "", problem: str = "", status: int = 200) -> Response:
    """Show the run page. Raises a 404 for a run to compare with that is not kept."""
    engine, run = visit.site.engine, visit.desk.run
    written = latest.read(visit.site.settings.outputs)
    shown = run.get("changes")
    if before:
        try:
            earlier = changes.resolve(engine, before)
            shown = changes.compare(engine, earlier, str(run["run_id"])).as_dict()
        except GcmrefsError as error:
            raise HTTPException(404, str(error)) from None
    return visit.page(
        "runs.html",
        status=status,
        here="runs",
        run=run,
        changes=_limited(shown, visit.reviewer if visit.is_blind else ""),
        counts=(shown or {}).get("counts") or {},
        earlier=_earlier(visit),
        lost=lost(visit),
        process=visit.site.process,
        tables="" if visit.is_blind else _tables(written, ledger.digest(engine), str(run["run_id"])),
        labels=visit.site.categories,
        held=visit.desk,
        problem=problem,
    )


def _limited(shown: Mapping[str, Any] | None, only: str = "") -> dict[str, Any] | None:
    """The first rows of each kind of change; `only` is an analyst who must not see what became of others' decisions."""
    if shown is None:
        return None
    if only:
        shown = {**shown, "decisions": [row for row in shown.get("decisions") or () if row["by"] == only]}
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
