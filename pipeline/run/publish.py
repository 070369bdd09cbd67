"""From the store to `outputs/latest`: tables, files, and what the run says of itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa

from extractors.text.identity import make_identity
from pipeline.corpus.discovery import Document
from pipeline.errors import GcmrefsError
from pipeline.files import json_text, locked, write_text
from pipeline.review import ledger
from pipeline.run.placement import place_documents
from pipeline.run.plan import Failure, Plan
from pipeline.run.session import Session, now, stamp
from pipeline.settings import Settings
from pipeline.store import changes, latest, runs
from pipeline.store import documents as store
from pipeline.version import build, libraries, read_version

if TYPE_CHECKING:
    from pipeline.export.run_facts import RunFacts
    from pipeline.review.apply import Review


Writer = Callable[..., Sequence[Path]]


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended. `moved` tells whether `latest` was written anew; `run` is the content of `run.json`, `seconds` what
    its steps took.

    `exit_code` is 0 when all went well and 1 when documents failed or a declared minimum was missed.
    """

    run_id: str
    processed: tuple[str, ...]
    unchanged: tuple[str, ...]
    failures: tuple[Failure, ...]
    missed: tuple[str, ...]
    missing: tuple[str, ...]
    sample: bool
    moved: bool
    latest: Path
    counts: Mapping[str, int]
    documents: tuple[Mapping[str, Any], ...]
    run: Mapping[str, Any] = field(repr=False)
    seconds: Mapping[str, float] = field(default_factory=dict, repr=False)

    @property
    def exit_code(self) -> int:
        return 1 if self.failures or self.missed else 0


def publish_run(session: Session, plan: Plan, failures: Sequence[Failure], *, write: Writer | None = None) -> RunResult:
    """Check the declared minimums, write the tables beside `latest` and put them in place in one step.

    `latest` stays as it is when a minimum is missed, when no document at all could be done, and when nothing differs
    from what it shows. What changed since the run that it shows is part of the new one (`changes` in `run.json`).
    """
    settings, opened = session.settings, session.store
    failed = {failure.document for failure in failures}
    slugs = [document.slug for document in session.corpus.documents if document.slug not in failed]
    counted = store.counts(opened, slugs)
    missed = tuple(_missed(session.corpus.documents, counted))
    run = _run(session, plan, failures, missed, slugs, counted)
    before = latest.read(settings.outputs)
    last = runs.last_summary(opened)
    known = last is not None and last["fingerprint"] == run["fingerprint"]
    shown = (run["fingerprint"], ledger.digest(opened))
    moved = bool(slugs) and not missed and (before is None or _shown(before) != shown)
    review = reviewed(opened, slugs) if moved else None
    run["review"] = review.summary if review else (before or {}).get("review")
    if not known:
        runs.remember(opened, session.run_id, slugs)
    if last is not None and (known or not slugs):
        run["changes"] = last.get("changes")
    else:
        base = str(before["run_id"]) if before else str(last["run_id"]) if last else ""
        run["changes"] = changes.brief(opened, base, run) if base else None
    if moved:
        run |= {"files": write_latest(settings.outputs, opened, run, slugs, write=write, review=review)}
    if not known or moved:
        latest.remember(settings.outputs, session.run_id, run, settings.outputs / latest.LATEST if moved else None)
    summary = {"same_as": last["run_id"]} if last is not None and known else run | {"slugs": slugs}
    end = {"status": str(run["status"]), "finished": str(run["finished"])}
    runs.record(opened, session.run_id, started=session.started, summary=summary, **end)
    return RunResult(
        run_id=session.run_id,
        processed=tuple(task.document.slug for task in plan.todo if task.document.slug not in failed),
        unchanged=plan.unchanged,
        failures=tuple(failures),
        missed=missed,
        missing=tuple(source.slug for source in session.corpus.missing),
        sample=session.corpus.sample,
        moved=moved,
        latest=settings.outputs / latest.LATEST,
        counts=run["counts"],
        documents=tuple(run["documents"]),
        run=run,
    )


def _shown(run: Mapping[str, Any]) -> tuple[Any, Any]:
    """What the tables of a run depend on: all that the machine found, and all that analysts said."""
    return run.get("fingerprint"), (run.get("review") or {}).get("digest")


def _missed(documents: Sequence[Document], counted: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    for document in documents:
        for what in ("paragraphs", "references"):
            wanted = getattr(document.source.minimum, what)
            found = counted.get(document.slug, {}).get(what, 0)
            if found < wanted:
                yield f"{document.slug}: {found} {what}, the manifest expects at least {wanted}"


def _run(
    session: Session,
    plan: Plan,
    failures: Sequence[Failure],
    missed: Sequence[str],
    slugs: Sequence[str],
    counted: Mapping[str, Mapping[str, int]],
) -> dict[str, Any]:
    """The content of `run.json`, without anything that differs between two runs over the same input but ids, times."""
    described = store.described(session.store, slugs)
    rows, likely = place_documents(session.corpus, described, counted)
    store.place(session.store, rows)
    documents = [asdict(row) | {"warnings": told["warnings"]} for row, told in zip(rows, described, strict=True)]
    totals = {
        name: sum(counted[slug][name] for slug in slugs) for name in ("paragraphs", "references", "objectives", "pages")
    }
    done = set(slugs)
    listed = [{"document": f.document, "problem": f.problem} for f in failures]
    versions = {"parser": session.known.parser, **session.known.versions}
    missing = [source.slug for source in session.corpus.missing]
    shown = [[row["document"], row["content"]] for row in described]
    facts = [list(row.values()) for row in documents]
    return {
        "run_id": session.run_id,
        "started": session.started,
        "finished": stamp(now()),
        "status": "missed" if missed else "failures" if failures else "complete",
        "version": read_version(),
        "versions": versions,
        "libraries": libraries(),
        "counts": {"documents": len(slugs), **totals},
        "processed": [task.document.slug for task in plan.todo if task.document.slug in done],
        "unchanged": list(plan.unchanged),
        "documents": documents,
        "likely_copies": [asdict(one) for one in likely],
        "failures": listed,
        "missed": list(missed),
        "not_fetched": missing,
        "sample": session.corpus.sample,
        "fingerprint": make_identity(build(), versions, shown, facts, listed, missing, list(missed)),
    }


def write_latest(
    outputs: Path,
    opened: sa.Engine,
    run: Mapping[str, Any],
    slugs: Sequence[str],
    *,
    write: Writer | None = None,
    review: Review | None = None,
) -> list[str]:
    """Write all files of `outputs/latest/` from the store and put them in place; return their names.

    The references are shown with the analysts' word over the machine's (`review`, else as the ledger has it now). They
    are written to a folder beside it first, so that a run that is killed or fails here changes nothing.
    """
    from pipeline.export import csv
    from pipeline.tables.records import document_rows

    folder = latest.make_staging(outputs, str(run["run_id"]))
    try:
        said = review or reviewed(opened, slugs)
        frames = (said.references, store.paragraph_frame(opened, slugs), store.objective_frame(opened, slugs))
        (write or write_tables)(folder, *frames, run=cast("RunFacts", run))
        csv.write(folder / "documents.csv", store.document_frame(document_rows(run["documents"])))
        csv.write(folder / "decisions.csv", said.decisions)
        store.publish(opened, folder / "gcmrefs.db", slugs)
        files = sorted({p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} | {"run.json"})
        write_text(folder / "run.json", json_text({**run, "files": files}))
        latest.replace(outputs, folder)
    except OSError as error:
        raise GcmrefsError(f"{outputs}: cannot be written: {error.strerror or error}") from error
    return files


def reviewed(opened: sa.Engine, slugs: Sequence[str]) -> Review:
    """Return the references of these documents with the analysts' word over the machine's (`pipeline.review`)."""
    from pipeline.review.apply import review

    return review(opened, slugs)


def write_tables(
    folder: Path,
    references: Any,
    paragraphs: Any,
    objectives: Any,
    *,
    run: RunFacts,
    roles: Collection[str] = (),
    has_all_copies: bool = False,
) -> Sequence[Path]:
    """Build the reference tables and write every format of them into the folder.

    `roles` are those of the documents that the reference tables quote (default: `pipeline.tables.build.QUOTED`);
    `has_all_copies` counts every copy of a work.
    """
    from pipeline.export import write_all
    from pipeline.tables.build import QUOTED, Frames, build_tables

    frames = Frames(references, paragraphs, objectives, run["documents"])
    tables = build_tables(frames, roles=roles or QUOTED, has_all_copies=has_all_copies)
    return write_all(folder, tables, references, paragraphs, objectives, run)


def rebuild(settings: Settings, *, write: Writer | None = None) -> Path:
    """Write the tables of the last run again from the store, without reading any document; return their folder.

    For a changed layout or a lost folder. Raises GcmrefsError when there was no run yet or the last one missed a
    declared minimum.
    """
    with locked(settings.outputs):
        latest.clean(settings.outputs)
        with store.opened(store.address(settings)) as opened:
            summary = runs.last_summary(opened)
            if summary is None:
                raise GcmrefsError(f"{settings.outputs}: no finished run: run gcmrefs run first")
            if summary["missed"]:
                raise GcmrefsError(f"the last run missed a minimum and has no tables: {summary['missed'][0]}")
            shown = {name: value for name, value in summary.items() if name not in ("slugs", "files")}
            review = reviewed(opened, summary["slugs"])
            shown |= {"review": review.summary}
            write_latest(settings.outputs, opened, shown, summary["slugs"], write=write, review=review)
    return settings.outputs / latest.LATEST
