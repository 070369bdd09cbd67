"""`outputs/latest/` read into tidy frames, with what an analyst would otherwise have to look up and join."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from extractors.lexicon.compact import load_compact
from extractors.lexicon.entries import load_lexicon
from extractors.model import BODY_KINDS
from pipeline.errors import GcmrefsError
from pipeline.explore.columns import COLUMNS
from pipeline.explore.results import JOINT, Results
from pipeline.segment.citation import base
from pipeline.settings import Settings
from pipeline.store import latest
from pipeline.store.published import read
from pipeline.tables.build import added_labels
from pipeline.tables.mechanisms.objectives import names
from pipeline.tables.printed.objectives import analysed_documents
from pipeline.tables.records import read_records
from pipeline.tables.registry import load_registry
from pipeline.tables.sentences import Evidence
from pipeline.tables.table import NEW

_FILES = ("references.csv", "paragraphs.csv", "objectives.csv", "run.json")
_INTEGERS = frozenset({"order", "objective", "page", "occurrences", "start", "end"})
_COUNTS = frozenset({"count", "mentions", "total", "documents", "page", "rank"})
"""Columns of tables that are numbers in all of them."""
_FORMAL = frozenset({"declaration", "communique", "plan", "position"})
_SOLEMN = frozenset({"declaration", "communique"})
_OF_DOCUMENT = ("part", "mechanism", "type", "region", "year")
_TEXTS = "document work role title symbol iscm date language format url file sha256".split()


def load_results(outputs: Path | str | None = None) -> Results:
    """Open the results of the last run as tidy pandas frames; `columns_help()` of what comes back explains each column.

    `outputs` is the folder that `gcmrefs run` wrote (default: GCMREFS_OUTPUTS, else `outputs`). References that an
    analyst rejected are left out, as in the tables. Nothing is written and no document is read.

    `data = pipeline.load()` gives `data.references`, `.paragraphs`, `.objectives`, `.decisions` and `.documents`.

    Raises GcmrefsError where there are no results yet, or a file of them is missing or broken.
    """
    folder = (Path(outputs) if outputs is not None else Settings().outputs) / latest.LATEST
    absent = next((name for name in _FILES if not (folder / name).is_file()), "")
    if absent:
        raise GcmrefsError(f"{folder / absent}: no such file: first run `make run` or `gcmrefs run`")
    try:
        run = latest.read_run(folder)
        frames = {name: _typed(read(folder / f"{name}.csv")) for name in ("references", "paragraphs", "objectives")}
        tables = (folder / "tables" / f"{name}.csv" for name in ("iscm_positions", "iscm_documents"))
        positions = pd.concat([_optional(path, ("document", "position")) for path in tables], ignore_index=True)
        decisions = _optional(folder / "decisions.csv", tuple(COLUMNS["decisions"]))
        return _results(run["documents"], **frames, positions=positions, decisions=decisions)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        said = " ".join(str(error).split())[:200]
        raise GcmrefsError(f"{folder}: cannot be read ({said}): write it again with `gcmrefs tables`") from None


def load_table(name: str, outputs: Path | str | None = None) -> pd.DataFrame:
    """Open a table of the last run by the name of its file, counts as numbers: `load_table("who_names_whom")`.

    Raises GcmrefsError where there is none of that name, with those that there are most like it.
    """
    folder = (Path(outputs) if outputs is not None else Settings().outputs) / latest.LATEST / "tables"
    known = sorted(path.stem for path in folder.glob("*.csv"))
    if name not in known:
        told = ", ".join(get_close_matches(name, known, 5, 0.3) or known[:5])
        raise GcmrefsError(
            f"{folder / name}.csv: no table of the last run; it has {told or 'none: run gcmrefs run first'}"
        )
    frame = read(folder / f"{name}.csv")
    return frame.assign(**{c: pd.to_numeric(frame[c]).astype("Int64") for c in frame if c in _COUNTS})


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """The text of a CSV file with numbers as numbers."""
    numbers = {name: pd.to_numeric(frame[name]).astype("Int64") for name in frame.columns if name in _INTEGERS}
    scores = {"score": pd.to_numeric(frame["score"]).astype("float64")} if "score" in frame else {}
    marks = frame[NEW] == "yes" if NEW in frame else False
    return frame.assign(**numbers, **scores, **({} if "order" in frame else {NEW: marks}))


def _optional(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """A CSV file with at least these columns; no rows where there is no file."""
    frame = read(path) if path.is_file() else pd.DataFrame(columns=list(columns), dtype=str)
    absent = {name: "" for name in columns if name not in frame}
    return frame.assign(**absent)[[*columns, *(name for name in frame.columns if name not in columns)]]


def _results(
    described: Sequence[Mapping[str, object]],
    references: pd.DataFrame,
    paragraphs: pd.DataFrame,
    objectives: pd.DataFrame,
    positions: pd.DataFrame,
    decisions: pd.DataFrame,
) -> Results:
    labels = added_labels(load_lexicon())
    records = read_records(references, paragraphs, objectives, described, labels=labels)
    evidence = Evidence(records, load_registry())
    references, objectives = (rows[rows["status"] != "rejected"] for rows in (references, objectives))
    own = {row.reference_id: row.category.startswith("iscm.") and evidence.is_self(row) for row in records.references}
    references = references.assign(
        group=references["category"].str.split(".").str[0],
        label=references["category"].map(records.label),
        own_name=references["reference_id"].map(own).astype(bool),
    )
    paragraphs = paragraphs.assign(
        unit=paragraphs["paragraph"].map(base), searched=paragraphs["kind"].isin(list(BODY_KINDS))
    )
    titles = _titles()
    objectives = _numbered(objectives).assign(
        unit=objectives["paragraph"].map(base),
        label=[titles.get(key, "") for key in zip(objectives["kind"], objectives["number"], strict=True)],
    )
    documents = _documents(described, evidence, positions, paragraphs, references, objectives)
    facts = documents.set_index("document")
    frames = {"references": references, "paragraphs": paragraphs, "objectives": objectives}
    for name, frame in frames.items():
        wanted = [column for column in (*_OF_DOCUMENT, "language") if column not in frame]
        joined = frame.assign(**{column: frame["document"].map(facts[column]) for column in wanted})
        frames[name] = joined[list(COLUMNS[name])].reset_index(drop=True)
    return Results(documents=documents, decisions=decisions, **frames)


def _numbered(objectives: pd.DataFrame) -> pd.DataFrame:
    """`number` as a whole number where it is one, else as text (SDG target "10.7", element "c")."""
    numbers = [int(n) if isinstance(n, str) and n.isdecimal() else n for n in objectives["number"]]
    return objectives.assign(number=pd.Series(numbers, index=objectives.index, dtype=object))


def _titles() -> dict[tuple[str, str], str]:
    """The short titles of objectives, themes, principles and elements by kind and number."""
    known = load_compact()
    short = {("theme", str(t.number)): t.label for t in known.themes}
    return names() | short | {("objective", str(o.number)): o.label for o in known.objectives}


def _documents(
    described: Sequence[Mapping[str, object]],
    evidence: Evidence,
    positions: pd.DataFrame,
    paragraphs: pd.DataFrame,
    references: pd.DataFrame,
    objectives: pd.DataFrame,
) -> pd.DataFrame:
    """One row for each document of the run, in its order."""
    compacts = set(analysed_documents(evidence))
    calls = positions.groupby("document")["position"].agg(lambda said: JOINT.join(dict.fromkeys(said)))
    body = paragraphs[paragraphs["searched"]].groupby("document").size()
    found = references.groupby("document").size()
    taken = objectives[objectives["kind"] == "objective"].groupby("document")["number"].nunique()
    rows = []
    for facts in described:
        document = str(facts["document"])
        issued = evidence.issuers.get(document, ())
        date, kind = str(facts.get("date") or ""), str(facts.get("kind") or "other")
        position = str(calls.get(document, ""))
        issuer = bool(str(facts.get("iscm") or "").strip())
        stated = bool(position) or kind in _SOLEMN or (kind in _FORMAL and issuer)
        part = "Compact" if document in compacts else "declaration" if stated and kind != "resolution" else "other"
        rows.append(
            {
                **{name: str(facts.get(name) or "") for name in _TEXTS},
                "preferred": bool(facts.get("preferred")),
                "kind": kind,
                "position": position,
                "part": part,
                "mechanism": JOINT.join(mechanism.label for mechanism in issued),
                "type": JOINT.join(dict.fromkeys(mechanism.type for mechanism in issued)),
                "region": JOINT.join(dict.fromkeys(mechanism.region for mechanism in issued)),
                "year": int(date[:4]) if date[:4].isdecimal() else pd.NA,
                "pages": int(str(facts.get("pages") or 0)),
                "ocr": bool(facts.get("ocr")),
                "paragraphs": int(body.get(document, 0)),
                "references": int(found.get(document, 0)),
                "objectives": int(str(facts.get("objectives") or 0)),
                "warnings": evidence.source.documents[document].warnings,
                NEW: bool(facts.get(NEW)),
                "addressed": int(taken.get(document, 0)),
            }
        )
    frame = pd.DataFrame(rows, columns=list(COLUMNS["documents"]))
    return frame.astype({"year": "Int64"})
