"""From the store to `outputs/latest`: tables, files, and what the run says of itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa

from extractors.lexicon.yaml_file import own_version
from extractors.text.identity import make_identity
from pipeline.corpus.discovery import Document
from pipeline.errors import GcmrefsError
from pipeline.files import json_text, locked, write_text
from pipeline.log import note
from pipeline.progress import Progress, Step, silent
from pipeline.review import ledger
from pipeline.run.novelty import Novelty
from pipeline.run.placement import place_documents
from pipeline.run.plan import Failure, Plan
from pipeline.run.pool import Hands, Runner, count_hands
from pipeline.run.session import Session, now, stamp
from pipeline.settings import Settings
from pipeline.store import changes, findings, latest, runs
from pipeline.store import documents as store
from pipeline.tables.brief.content import Brief
from pipeline.tables.table import NEW
from pipeline.translation import current_language, use_language
from pipeline.version import build, libraries, read_version

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.export.kept_files import KeptFiles
    from pipeline.export.run_facts import RunFacts
    from pipeline.review.review import Review
    from pipeline.tables.table import Table


Writer = Callable[..., Sequence[Path]]
_ONE = Hands()
_FILES = "store/files.json"
"""What the files of single documents and works in `latest` were made of."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended. `has_moved` tells whether `latest` was written anew; `run` is the content of `run.json`, `seconds` what
    its steps took, `untried` how many of the failures are those of the run before.

    `exit_code` is 0 when all went well and 1 when documents failed or a declared minimum was missed.
    """

    run_id: str
    processed: tuple[str, ...]
    unchanged: tuple[str, ...]
    failures: tuple[Failure, ...]
    missed: tuple[str, ...]
    missing: tuple[str, ...]
    is_sample: bool
    has_moved: bool
    latest: Path
    counts: Mapping[str, int]
    documents: tuple[Mapping[str, Any], ...]
    run: Mapping[str, Any] = field(repr=False)
    seconds: Mapping[str, float] = field(default_factory=dict, repr=False)
    untried: int = 0

    @property
    def exit_code(self) -> int:
        return 1 if self.failures or self.missed else 0


@dataclass(frozen=True, slots=True)
class RunComparison:
    """A run beside the one before it: `run` is the content of `run.json` so far, `before` that of `latest`, `last` what the last
    run said at its end.

    `is_known`: the last run found the same; `has_to_move`: `latest` shows something else, and may be replaced.
    """

    run: dict[str, Any]
    slugs: Sequence[str]
    missed: tuple[str, ...]
    before: Mapping[str, Any] | None
    last: Mapping[str, Any] | None
    is_known: bool
    has_to_move: bool


def compare_run(session: Session, plan: Plan, failures: Sequence[Failure]) -> RunComparison:
    """Count what the store holds for this corpus, check the declared minimums, and compare it with what `latest` shows.

    `latest` stays as it is when a minimum is missed, when no document at all could be done, and when nothing differs
    from what it shows.
    """
    failed = {failure.document for failure in failures}
    slugs = [document.slug for document in session.corpus.documents if document.slug not in failed]
    counted = store.counts(session.store, slugs)
    missed = tuple(_missed(session.corpus.documents, counted))
    run = _run(session, plan, failures, missed, slugs, counted)
    before = latest.read(session.settings.outputs)
    last = runs.last_summary(session.store)
    shown = (run["fingerprint"], ledger.digest(session.store), session.settings.language)
    moves = bool(slugs) and not missed and (before is None or _shown(before) != shown)
    return RunComparison(
        run, slugs, missed, before, last, last is not None and last["fingerprint"] == run["fingerprint"], moves
    )


def publish_run(
    session: Session,
    plan: Plan,
    failures: Sequence[Failure],
    *,
    write: Writer | None = None,
    compared: RunComparison | None = None,
    workers: int | None = None,
    runner: Runner | None = None,
) -> RunResult:
    """Write the tables beside `latest` and put them in place in one step, where they have to move (see `compare_run`).

    What changed since the run that `latest` shows is part of the new one (`changes` in `run.json`). What the tables find in
    single documents is made by so many `workers` (default: the settings'), or by `runner` elsewhere, where it is much.
    """
    hands = Hands(count_hands(session.settings, workers), runner, session.progress)
    with use_language(session.settings.language):
        return _publish(session, plan, compared or compare_run(session, plan, failures), failures, write, hands)


def _publish(
    session: Session,
    plan: Plan,
    found: RunComparison,
    failures: Sequence[Failure],
    write: Writer | None,
    hands: Hands,
) -> RunResult:
    settings, opened = session.settings, session.store
    run, slugs, missed, before, last = found.run, found.slugs, found.missed, found.before, found.last
    known, moved = found.is_known, found.has_to_move
    if not known:
        runs.remember(opened, session.run_id, slugs)
    base = _base(opened, before, last, is_known=known)
    run["review"] = (before or {}).get("review")
    content = None
    if moved:
        shown_as = str(last["run_id"]) if known and last else session.run_id
        novelty = Novelty(opened, run, base=base, shown_as=shown_as)
        content = collect_content(opened, run, slugs, novelty, write=write, hands=hands)
        run |= content.facts
    if last is not None and (known or not slugs):
        run["changes"] = last.get("changes")
    else:
        run["changes"] = changes.brief(opened, base, run) if base else None
    if content:
        run |= {"files": write_latest(settings.outputs, opened, run, slugs, content, write=write)}
        latest.note_corpus(settings.outputs, settings.corpus)
    if not known or moved:
        latest.remember(settings.outputs, session.run_id, run, settings.outputs / latest.LATEST if moved else None)
    summary = {"same_as": last["run_id"]} if last is not None and known else run | {"slugs": slugs}
    end = {"status": str(run["status"]), "finished": str(run["finished"])}
    runs.record(opened, session.run_id, started=session.started, summary=summary, **end)
    known_failures = {failure.document for failure in plan.failing}
    for failure in failures:
        again = "yes" if failure.document in known_failures else ""
        note("document failed", is_problem=True, document=failure.document, problem=failure.problem, is_known=again)
    for minimum in missed:
        note("minimum missed", is_problem=True, problem=minimum)
    done = {"processed": len(run["processed"]), "unchanged": len(plan.unchanged), "failed": len(failures)}
    told = {"run": session.run_id, "status": run["status"], "moved": moved, **run["counts"], **done}
    note("run ended", is_problem=run["status"] != "complete", **told)
    return RunResult(
        run_id=session.run_id,
        processed=tuple(run["processed"]),
        unchanged=plan.unchanged,
        failures=tuple(failures),
        missed=missed,
        missing=tuple(source.slug for source in session.corpus.missing),
        is_sample=session.corpus.is_sample,
        has_moved=moved,
        latest=settings.outputs / latest.LATEST,
        counts=run["counts"],
        documents=tuple(run["documents"]),
        run=run,
        untried=len(plan.failing),
    )


def _base(
    opened: sa.Engine, before: Mapping[str, Any] | None, last: Mapping[str, Any] | None, *, is_known: bool
) -> str:
    """The run that this one is compared with: the one that `latest` shows, whose own base stays that of a run that finds
    nothing else; "" for none."""
    if is_known and last:
        return str((last.get("base") or {}).get("run_id") or "")
    shown = before or last
    return changes.confirmed_run(opened, str(shown["run_id"])) if shown else ""


def _shown(run: Mapping[str, Any]) -> tuple[object, ...]:
    """What the tables of a run depend on: all that the machine found, all that analysts said, and the language of its words."""
    return run.get("fingerprint"), (run.get("review") or {}).get("digest"), run.get("language", "en")


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
    versions = {"parser": session.versions.parser, **session.versions.searching}
    missing = [source.slug for source in session.corpus.missing]
    shown = [[row["document"], row["content"]] for row in described]
    facts = [list(row.values()) for row in documents]
    warnings = list(session.corpus.warnings)
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
        "warnings": warnings,
        "sample": session.corpus.is_sample,
        "fingerprint": make_identity(build(), versions, shown, facts, listed, missing, list(missed), warnings),
    }


@dataclass(frozen=True, slots=True)
class RunContent:
    """The rows of a run as its files show them, each with its mark `new_in_run`; `tables` is None where somebody else
    writes them. `facts` are what `run.json` says of all of it, `briefs` those of its outcome documents."""

    references: pd.DataFrame
    paragraphs: pd.DataFrame
    objectives: pd.DataFrame
    decisions: pd.DataFrame
    tables: Mapping[str, Table] | None
    facts: Mapping[str, Any]
    briefs: Sequence[Brief] = ()


def collect_content(
    opened: sa.Engine,
    run: Mapping[str, Any],
    slugs: Sequence[str],
    novelty: Novelty,
    *,
    write: Writer | None = None,
    roles: Collection[str] = (),
    has_all_copies: bool = False,
    hands: Hands = _ONE,
) -> RunContent:
    """Take the rows of a run from the store, with the analysts' word over the machine's, and build its tables.

    `roles` are those of the documents that the reference tables quote (default: `pipeline.tables.build.QUOTED`);
    `has_all_copies` counts every copy of a work. Tables of such a choice have no marks: no earlier run showed the like.
    `hands` make what the tables find in single documents.
    """
    from extractors.lexicon.entries import load_lexicon
    from pipeline.export.run_facts import REVIEW_ADDRESS
    from pipeline.review.found_rows import keep_rows
    from pipeline.review.review import Review
    from pipeline.run.findings import find_ahead
    from pipeline.tables.brief.briefs import build_briefs
    from pipeline.tables.build import QUOTED, Frames, read_findings, read_run, sum_up, tables_of
    from pipeline.tables.registry import load_registry

    said = Review(opened, slugs)
    documents = novelty.mark_documents(run["documents"])
    references = novelty.mark_frame("references", said.references)
    objectives = novelty.mark_frame("objectives", said.objectives, said.objectives_as_found)
    paragraphs = store.paragraph_frame(opened, slugs)
    tables, briefs = None, list[Brief]()
    if write is None:
        known = load_lexicon()
        keys = key_documents(opened, run, said, known.version)
        found = read_findings(keys, partial(findings.read_shelf, opened), known)
        records = read_run(Frames(references, paragraphs, objectives, documents), known, findings=found)
        find_ahead(records, known, partial(findings.read_keys, opened), hands)
        tables = tables_of(records, known, roles=roles or QUOTED, has_all_copies=has_all_copies)
        if not roles and not has_all_copies:
            tables = {name: novelty.mark_table(table) for name, table in tables.items()}
            novelty.remember()
            keep_rows(opened, tables)
        tables = sum_up(tables, said.decide_tables(tables))
        briefs = build_briefs(records, load_registry(known), tables.values(), review=REVIEW_ADDRESS)
        findings.keep_findings(opened, found.fresh, slugs)
    facts = {"review": said.summary, "base": novelty.facts, "documents": documents}
    return RunContent(references, paragraphs, objectives, said.decisions, tables, facts, briefs)


def forget_kept(session: Session) -> None:
    """Let everything that tables and files are made of be made anew, whatever the runs before kept."""
    findings.forget_findings(session.store)
    (session.settings.outputs / _FILES).unlink(missing_ok=True)


def key_documents(opened: sa.Engine, run: Mapping[str, Any], said: Review, lexicon: str) -> dict[str, str]:
    """Return what stands for all that the tables find in each document by itself: what is stored of it, its row of
    `documents.csv`, what analysts said, the lexicons, the program, and the language that it writes."""
    from pipeline.tables.records import document_rows

    used = (build(), lexicon, own_version(), current_language())
    stored, spoken = store.content_keys(opened), said.spoken_of
    return {
        row.document: make_identity(*used, stored[row.document], repr(row), spoken.get(row.document, ""))
        for row in document_rows(run["documents"])
        if row.document in stored
    }


def write_latest(
    outputs: Path,
    opened: sa.Engine,
    run: Mapping[str, Any],
    slugs: Sequence[str],
    content: RunContent,
    *,
    write: Writer | None = None,
) -> list[str]:
    """Write all files of `outputs/latest/` and put them in place; return their names.

    They are written to a folder beside it first, so that a run that is killed or fails here changes nothing.
    """
    from pipeline.export import csv
    from pipeline.export.kept_files import KeptFiles
    from pipeline.tables.records import document_rows

    run = {**run, "language": current_language()}
    if run["language"] == "en":
        del run["language"]
    folder = latest.make_staging(outputs, str(run["run_id"]))
    kept = KeptFiles(folder, outputs / latest.LATEST, outputs / _FILES)
    try:
        frames = (content.references, content.paragraphs, content.objectives)
        (write or partial(write_tables, kept=kept))(
            folder, *frames, run=cast("RunFacts", run), tables=content.tables or {}, briefs=content.briefs
        )
        described = store.document_frame(document_rows(run["documents"]))
        marks = {str(row["document"]): row[NEW] for row in run["documents"]}
        csv.write(folder / "documents.csv", described.assign(**{NEW: described["document"].map(marks)}))
        csv.write(folder / "decisions.csv", content.decisions)
        store.publish(opened, folder / "gcmrefs.db", slugs)
        files = sorted({p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} | {"run.json"})
        write_text(folder / "run.json", json_text({**run, "files": files}))
        kept.note()
        latest.replace(outputs, folder)
    except OSError as error:
        raise GcmrefsError(f"{outputs}: cannot be written: {error.strerror or error}") from error
    return files


def write_tables(
    folder: Path,
    references: pd.DataFrame,
    paragraphs: pd.DataFrame,
    objectives: pd.DataFrame,
    *,
    run: RunFacts,
    tables: Mapping[str, Table],
    briefs: Sequence[Brief] = (),
    kept: KeptFiles | None = None,
) -> Sequence[Path]:
    """Write every format of the tables, and the briefs, into the folder."""
    from pipeline.export import write_all

    return write_all(folder, tables, references, paragraphs, objectives, run, briefs, kept)


def rebuild(
    settings: Settings,
    *,
    write: Writer | None = None,
    roles: Collection[str] = (),
    has_all_copies: bool = False,
    progress: Progress = silent,
) -> Path:
    """Write the tables of the last run again from the store, without reading any document; return their folder.

    `roles` and `has_all_copies` choose the documents of the tables (see `collect_content`).

    For a changed layout or a lost folder. Raises GcmrefsError when there was no run yet, the last one missed a
    declared minimum, or the store of another version holds its documents no longer.
    """
    if not settings.database_url and not (settings.outputs / "store").is_dir():
        raise GcmrefsError(f"{settings.outputs}: no finished run: run gcmrefs run first")
    with (
        use_language(settings.language),
        locked(settings.outputs, notice=lambda line: progress(Step("notice", name=line))),
    ):
        latest.clean(settings.outputs)
        with store.opened(store.address(settings)) as opened:
            summary = runs.last_summary(opened)
            if summary is None:
                raise GcmrefsError(f"{settings.outputs}: no finished run: run gcmrefs run first")
            if summary["missed"]:
                raise GcmrefsError(f"the last run missed a minimum and has no tables: {summary['missed'][0]}")
            shown = {name: value for name, value in summary.items() if name not in ("slugs", "files")}
            base, run_id = str((summary.get("base") or {}).get("run_id") or ""), str(summary["run_id"])
            novelty = Novelty(opened, summary, base=base, shown_as=run_id)
            slugs: Sequence[str] = summary["slugs"]
            if lost := sorted(set(slugs) - set(store.keys(opened))):
                raise GcmrefsError(
                    f"{settings.outputs}: the store no longer holds {lost[0]}{f' and {len(lost) - 1} more' if lost[1:] else ''}, "
                    "as after a new version of the program: run gcmrefs run first"
                )
            hands = Hands(count_hands(settings), progress=progress)
            content = collect_content(
                opened, summary, slugs, novelty, write=write, roles=roles, has_all_copies=has_all_copies, hands=hands
            )
            write_latest(settings.outputs, opened, {**shown, **content.facts}, slugs, content, write=write)
    return settings.outputs / latest.LATEST
