"""What changed from one run to another: documents, references, rows of the tables, decisions, and texts of paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from pipeline.errors import GcmrefsError
from pipeline.store import runs, table_rows

DOCUMENT_COLUMNS: tuple[str, ...] = (
    "document",
    "change",
    "title",
    "gained",
    "lost",
    "changed",
    "paragraphs_new",
    "paragraphs_gone",
    "paragraphs_changed",
    "sha256_before",
    "sha256_after",
)
REFERENCE_COLUMNS: tuple[str, ...] = (
    "change",
    "document",
    "paragraph",
    "category",
    "wording",
    "canonical",
    "fields",
    "before",
    "after",
    "quote",
    "reference_id",
)
ROW_COLUMNS: tuple[str, ...] = ("table", "change", "document", "citation", "row", "quote")
TEXT_COLUMNS: tuple[str, ...] = ("document", "paragraph", "change", "before", "after")
DECISION_COLUMNS: tuple[str, ...] = (
    "document",
    "paragraph",
    "change",
    "action",
    "by",
    "category",
    "wording",
    "nearest_paragraph",
    "nearest_wording",
    "comment",
    "reference_id",
)
COMPARED: tuple[str, ...] = (
    "section",
    "canonical",
    "level",
    "objective",
    "occurrences",
    "quote",
    "extractor",
    "rule",
    "method",
    "score",
    "status",
)
"""Columns whose change makes a reference "changed"; its place on the page and in the text may move without that."""
BRIEF = 100
"""Rows of each kind (and of each table) that `run.json` and the report show; `gcmrefs diff` shows all of them."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """The differences between two runs, as rows with the columns above.

    Documents are `new`, `gone`, `failed` (no longer readable), `changed` (other bytes) or `reread` (same bytes, other
    result); references `gained`, `lost` or `changed`; paragraphs `new`, `gone` or `changed`. The paragraphs of new and
    gone documents are not listed one by one. Decisions of analysts are `orphaned` or `reset` where they no longer attach.
    `rows` are those of the other tables, and of objectives.csv, that were `gained` or `lost`: facts with evidence, by what
    makes them the same row in two runs (`row`), so that a changed answer is lost and gained; none where one of the runs
    is of a time that kept none.
    """

    before: str
    after: str
    documents: tuple[Row, ...]
    references: tuple[Row, ...]
    texts: tuple[Row, ...]
    decisions: tuple[Row, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many documents, references and paragraphs changed in which way."""
        found: Counter[str] = Counter()
        kinds = {
            "documents": self.documents,
            "references": self.references,
            "paragraphs": self.texts,
            "decisions": self.decisions,
            "rows": self.rows,
        }
        for name, rows in kinds.items():
            found.update(f"{name}_{row['change']}" for row in rows)
        return dict(sorted(found.items()))

    @property
    def tables(self) -> tuple[Row, ...]:
        """How many rows each table gained and lost, for those that did, in the order of the tables."""
        found: dict[str, Counter[str]] = {}
        for row in self.rows:
            found.setdefault(row["table"], Counter())[row["change"]] += 1
        return tuple({"table": name, "gained": n["gained"], "lost": n["lost"]} for name, n in found.items())

    def as_dict(self, limit: int | None = None) -> dict[str, Any]:
        """Return everything as JSON can hold it; `limit` cuts each list, never the counts."""
        return {
            "before": self.before,
            "after": self.after,
            "counts": self.counts,
            **{name: list(getattr(self, name)[:limit]) for name in ("documents", "references", "texts", "decisions")},
            "tables": list(self.tables),
            "rows": [row for _, rows in groupby(self.rows, key=lambda row: row["table"]) for row in [*rows][:limit]],
        }


def resolve(engine: sa.Engine, name: str) -> str:
    """Return the id of the run that a name stands for: an id or the start of one, `latest`, or `previous`.

    Runs that changed nothing count as the run whose result they confirmed. Raises GcmrefsError when there is no such
    run, or the name fits several, or what it showed is no longer kept.
    """
    ids = runs.list_finished(engine)
    shown = list(dict.fromkeys(confirmed_run(engine, run_id) for run_id in ids[:500]))
    if name in ("latest", "previous"):
        place = 0 if name == "latest" else 1
        if len(shown) <= place:
            raise GcmrefsError(f"{name}: no such run: only {len(shown)} runs changed anything")
        found = shown[place]
    else:
        fits = [run_id for run_id in ids if run_id.startswith(name)] if name else []
        exact = [run_id for run_id in fits if run_id == name]
        if len(exact or fits) != 1:
            known = ", ".join(ids[:5]) or "none"
            raise GcmrefsError(f"{name}: {'several runs start so' if fits else 'no such run'}; the last ones: {known}")
        found = confirmed_run(engine, (exact or fits)[0])
    if not runs.shown_by(engine, found) and (runs.read_summary(engine, found) or {}).get("slugs"):
        raise GcmrefsError(f"{found}: what this run showed is no longer kept (the last {runs.KEPT} are)")
    return found


def confirmed_run(engine: sa.Engine, run_id: str) -> str:
    """Return the run whose result a run confirmed: the run itself where it changed anything."""
    return str((runs.read_summary(engine, run_id) or {}).get("run_id", run_id))


def compare(
    engine: sa.Engine, before: str, after: str, *, failed: Sequence[str] = (), run: Mapping[str, Any] | None = None
) -> Changes:
    """Return what changed between two runs (ids as `resolve` gives them).

    Only documents whose content differs are looked at, so it costs what changed, not what there is. `failed` are
    documents that the later run could not read; `run` is its `run.json` while it is not yet recorded.
    """
    old, new = runs.shown_by(engine, before), runs.shown_by(engine, after)
    documents, references, texts = [], [], []
    for slug in sorted(old.keys() | new.keys()):
        one, two = old.get(slug), new.get(slug)
        if one is not None and two is not None and one["content"] == two["content"]:
            continue
        was, now = _contents(engine, slug, one), _contents(engine, slug, two)
        refs = list(_references(slug, was["references"], now["references"]))
        lines = list(_texts(slug, was["paragraphs"], now["paragraphs"]))
        kinds = Counter(row["change"] for row in refs)
        moved = Counter(row["change"] for row in lines)
        documents.append(
            {
                "document": slug,
                "change": _kind(one, two, slug in failed),
                "title": (two or one or {})["title"],
                **{name: kinds[name] for name in ("gained", "lost", "changed")},
                **{f"paragraphs_{name}": moved[name] for name in ("new", "gone", "changed")},
                "sha256_before": one["sha256"] if one else "",
                "sha256_after": two["sha256"] if two else "",
            }
        )
        references += refs
        texts += lines if one is not None and two is not None else []
    lost = _unattached(runs.read_summary(engine, before), run or runs.read_summary(engine, after))
    rows = _table_rows(engine, before, after)
    return Changes(before, after, tuple(documents), tuple(references), tuple(texts), tuple(lost), tuple(rows))


def _table_rows(engine: sa.Engine, before: str, after: str) -> Iterator[Row]:
    """The rows with evidence that only one of two runs has, table by table; only what differs between them is read.

    A table that one of the runs did not make, or by whose rows it meant something else, is passed over.
    """
    old, new = table_rows.digests(engine, before), table_rows.digests(engine, after)
    if not old or not new:
        return
    one, two = _sets(engine, old, new), _sets(engine, new, old)
    known = {row.key for row in one[""][""]}
    for name in (row.key[0] for row in two[""][""] if row.key in known):
        if name in ("", "documents", "references"):
            continue
        sides = [[(d, row) for d, held in side.items() for row in held.get(name, ())] for side in (one, two)]
        keys = [{row.key for _, row in rows} for rows in sides]
        for change, rows, others in (("gained", sides[1], keys[0]), ("lost", sides[0], keys[1])):
            for document, row in rows:
                if row.key not in others and (row.citation or row.quote):
                    said = " · ".join(value for value in row.key if value and value != document)
                    values = (name, change, document, row.citation, said, row.quote)
                    yield dict(zip(ROW_COLUMNS, values, strict=True))


def _sets(engine: sa.Engine, own: Mapping[str, str], other: Mapping[str, str]) -> dict[str, table_rows.Rows]:
    """The rows of one of two runs by document, where those of the other run differ."""
    wanted = {document: digest for document, digest in own.items() if document == "" or other.get(document) != digest}
    found = dict(table_rows.read(engine, set(wanted.values())))
    return {document: found[digest] for document, digest in wanted.items() if digest in found}


def _unattached(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Iterator[Row]:
    """Decisions that attached in the earlier run and do not in the later one."""

    def of(run: Mapping[str, Any] | None) -> dict[int, Row]:
        return {row["decision_id"]: row for row in ((run or {}).get("review") or {}).get("unattached", ())}

    known = of(before)
    for number, row in of(after).items():
        if number not in known:
            yield {name: row["fate"] if name == "change" else row[name] for name in DECISION_COLUMNS}


def brief(engine: sa.Engine, before: str, run: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what the run of this `run.json` changed, short enough for it; None when `before` is no longer kept."""
    failed = [str(failure["document"]) for failure in run["failures"]]
    try:
        found = compare(engine, before, str(run["run_id"]), failed=failed, run=run)
    except GcmrefsError:
        return None
    return found.as_dict(BRIEF)


def _contents(engine: sa.Engine, slug: str, member: Mapping[str, str] | None) -> Mapping[str, list[dict[str, Any]]]:
    if member is None:
        return {"references": [], "paragraphs": []}
    return runs.contents(engine, slug, member["content"])


def _kind(one: Mapping[str, str] | None, two: Mapping[str, str] | None, failed: bool) -> str:
    if one is None:
        return "new"
    if two is None:
        return "failed" if failed else "gone"
    return "reread" if one["sha256"] == two["sha256"] else "changed"


def _references(slug: str, before: Sequence[Row], after: Sequence[Row]) -> Iterator[Row]:
    old = {row["reference_id"]: row for row in before}
    new = {row["reference_id"]: row for row in after}
    for row in after:
        was = old.get(row["reference_id"])
        if was is None:
            yield _reference(slug, "gained", row)
        elif fields := [name for name in COMPARED if was[name] != row[name]]:
            values = {"before": _values(was, fields), "after": _values(row, fields)}
            yield _reference(slug, "changed", row) | {"fields": ", ".join(fields)} | values
    for row in before:
        if row["reference_id"] not in new:
            yield _reference(slug, "lost", row)


def _reference(slug: str, change: str, row: Row) -> dict[str, Any]:
    told = {name: row[name] for name in ("paragraph", "category", "wording", "canonical", "quote", "reference_id")}
    empty = {"fields": "", "before": "", "after": ""}
    return {name: {"change": change, "document": slug, **empty, **told}[name] for name in REFERENCE_COLUMNS}


def _values(row: Row, fields: Sequence[str]) -> str:
    return "; ".join("" if row[name] is None else str(row[name]) for name in fields)


def _texts(slug: str, before: Sequence[Row], after: Sequence[Row]) -> Iterator[Row]:
    old, new = _by_id(before), _by_id(after)
    for name, text in new.items():
        if name not in old:
            yield _text(slug, name, "new", "", text)
        elif _words(old[name]) != _words(text):
            yield _text(slug, name, "changed", old[name], text)
    for name, text in old.items():
        if name not in new:
            yield _text(slug, name, "gone", text, "")


def _by_id(rows: Sequence[Row]) -> dict[str, str]:
    """Texts by paragraph id; where an id stands twice, their texts together."""
    out: dict[str, str] = {}
    for row in rows:
        out[row["paragraph"]] = f"{out[row['paragraph']]}\n{row['text']}" if row["paragraph"] in out else row["text"]
    return out


def _words(text: str) -> str:
    """Line breaks and spacing are no change of the text."""
    return " ".join(text.split())


def _text(slug: str, paragraph: str, change: str, before: str, after: str) -> Row:
    return {"document": slug, "paragraph": paragraph, "change": change, "before": before, "after": after}
