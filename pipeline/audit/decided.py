"""What analysts decided of an audit's claims: claims kept for the review, and the analysts' word over the audit's verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from pipeline.audit.claims import Audit, Checked, Narrated
from pipeline.files import checksum
from pipeline.review import ledger
from pipeline.review.apply import apply_decisions
from pipeline.review.attachment import Passages, keep_passages
from pipeline.review.copies import with_copies
from pipeline.review.cuts import follow_decisions
from pipeline.review.decision import FactRow
from pipeline.review.found_rows import keep_claims
from pipeline.review.kinds import CLAIMS, identify_facts, split_facts
from pipeline.review.standing import standings
from pipeline.segment.citation import base
from pipeline.store import documents as store
from pipeline.store import runs

KIND = CLAIMS.kind


def find_analysed(engine: sa.Engine, path: Path) -> str:
    """Return the document of the last run that has the bytes of a file, "" where it holds none."""
    wanted = checksum(path)
    return next((slug for slug, facts in _documents(engine).items() if facts["sha256"] == wanted), "")


def keep_audit(engine: sa.Engine, audit: Audit, document: str) -> int:
    """Put the claims of an audit before the reviewers, in place of those that it made before; return how many there are.

    `document` is the analysed one: a claim is shown in the paragraph that the audit names, else in the one it cites.
    """
    rows = list(_claim_rows(audit, document, Passages(store.stored_paragraphs(engine, document))))
    keep_claims(engine, document, audit.published, rows)
    return len(rows)


def decide_audit(engine: sa.Engine, audit: Audit, document: str) -> Audit:
    """Return the audit with the analysts' word over its verdicts, and without what they said is no claim.

    What was decided about another copy of the text, or under another name of its file, counts.
    """
    said = ledger.read(engine, kinds=(KIND,))
    if not said:
        return audit
    known = _documents(engine)
    passages_of = keep_passages(engine, known)
    said, copied = follow_decisions(engine, said, known, passages_of)
    rows = list(_claim_rows(audit, document, passages_of(document) or Passages(())))
    found = apply_decisions(rows, standings(with_copies(said, copied)), passages_of)
    every: tuple[Checked | Narrated, ...] = (*audit.claims, *audit.narrative)
    decided = zip(every, found.rows, strict=True)
    shown = [
        one.decided(dict(row.facts.items), row.status) if row.status != "machine" else one
        for one, row in decided
        if row is not None and row.status != "rejected"
    ]
    return replace(
        audit,
        claims=tuple(one for one in shown if isinstance(one, Checked)),
        narrative=tuple(one for one in shown if isinstance(one, Narrated)),
    )


def _documents(engine: sa.Engine) -> Mapping[str, Mapping[str, object]]:
    summary = runs.last_summary(engine) or {}
    return {row["document"]: row for row in store.described(engine, list(summary.get("slugs") or ()))}


def _claim_rows(audit: Audit, document: str, passages: Passages) -> Iterator[FactRow]:
    """The claims of tables, quotations and running text as fields, in the order of the audit."""
    rows = [row | {"cited": " ".join(one.claim.cited)} for row, one in zip(audit.rows(), audit.claims, strict=True)]
    for row, told in zip(audit.narrative_rows(), audit.narrative, strict=True):
        renamed = {
            "kind": "text",
            "quote": row["text"],
            "paragraph_printed": row["printed"],
            "paragraph_true": row["true"],
        }
        rows.append(row | renamed | {"cited": " ".join(told.cited)})
    for row in rows:
        cells = {name: str(value) for name, value in row.items()} | {"verdict": str(row["status"])}
        facts = split_facts(CLAIMS, cells | {"analysis": audit.published}, beside=("analysis", "section"))
        places = (*cells["paragraph_true"].split(", "), cells["paragraph_printed"], *cells["cited"].split())
        named = (passages.named(base(place)) for place in places if place)
        paragraph = next(filter(None, named), "")
        yield FactRow(KIND, identify_facts(KIND, document, paragraph, facts), document, paragraph, facts)
