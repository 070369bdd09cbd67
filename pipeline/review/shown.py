"""Rows that are no references as a review shows them: in the columns of a reference, so that queue, table and page are one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

import sqlalchemy as sa

from extractors.model import Method, ObjectiveRow, Reference
from pipeline.extract.quote import quote_text
from pipeline.review.apply import with_facts
from pipeline.review.decision import FactRow, Kind, empty_reference
from pipeline.review.found_rows import read_rows
from pipeline.review.kinds import DECIDABLE, objective_labels
from pipeline.review.rows import objective_facts
from pipeline.segment.citation import cite_paragraph
from pipeline.store.schema import objectives, paragraphs

_QUOTE = 400
"""Characters that are shown of what a row rests on."""


def shown_row(row: FactRow, known: Mapping[str, Mapping[str, object]], quote: str = "") -> Reference:
    """Return a row in the columns of a reference: `category` says of what kind it is, `wording` what it is called by,
    `canonical` what is decided of it; `known` are the documents of the run, `quote` what it rests on.

    For objectives the category is `objective.7`, the wording the words that show it, the method the basis.
    """
    decidable, facts = DECIDABLE[row.kind], row.facts
    told = [facts.get(name) for name in decidable.told]
    category, said, score, method = str(row.kind), str(facts), 100.0, ""
    if row.kind == "objective":
        category = ".".join(filter(None, (facts.get("kind"), facts.get("number"))))
        said = objective_labels().get(category, category)
        score, method = float(facts.get("score") or 100), facts.get("basis")
    page = facts.get("page")
    found = replace(
        empty_reference(row.reference_id, row.document, row.paragraph),
        paragraph=row.paragraph,
        citation=facts.get("citation") or (cite_paragraph(row.paragraph) if row.paragraph else ""),
        category=category,
        wording=" · ".join(filter(None, told)) or said,
        canonical=said,
        quote=quote or facts.get("quote") or facts.get("action"),
        page=int(page) if page.isdecimal() else None,
        extractor="" if row.status != "added" else "analyst",
        rule="",
        method=cast(Method, method),
        score=score,
        status=row.status,
    )
    return with_facts(found, known[row.document]) if row.document in known else found


def found_rows_of(engine: sa.Engine, kind: Kind, slugs: Sequence[str]) -> Iterator[tuple[FactRow, str]]:
    """Yield every row of a kind that the last run found in these documents, with what it rests on."""
    if kind != "objective":
        known = {"", *slugs}
        yield from ((row, "") for row in read_rows(engine, kind) if row.document in known)
        return
    here = paragraphs.c
    query = (
        sa.select(objectives, here.text)
        .outerjoin(
            paragraphs, sa.and_(here.document == objectives.c.document, here.paragraph == objectives.c.paragraph)
        )
        .order_by(objectives.c.position)
    )
    held: dict[str, list[tuple[FactRow, str]]] = {slug: [] for slug in slugs}
    with engine.connect() as connection:
        for row in connection.execute(query).mappings():
            if row["document"] in held:
                cells = {name: row[name] for name in ("document", "paragraph", "kind", "number", "basis", "wording")}
                told = ObjectiveRow(**cells, score=row["score"], reasons=row["reasons"])
                held[row["document"]].append((objective_facts(told), _around(row["text"] or "", row["wording"])))
    for rows in held.values():
        yield from rows


def _around(text: str, words: str) -> str:
    at = max(text.find(words), 0)
    return quote_text(text, [(at, at + max(1, len(words)))], _QUOTE) if text else ""


def evidence_of(row: FactRow) -> str:
    """Return the words of the paragraph that show a row: the longest piece of a quote that leaves out others.

    >>> from pipeline.review.decision import facts_of
    >>> told = facts_of({"answer": "yes"}, {"quote": "...the States meet each year... and report"})
    >>> evidence_of(FactRow("profile", "r", "d", "3", told))
    'the States meet each year'
    """
    told = row.facts.get(DECIDABLE[row.kind].evidence)
    return max((part.strip() for part in told.split("...")), key=len)
