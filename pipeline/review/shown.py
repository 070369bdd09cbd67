"""Rows that are no references as a review shows them: in the columns of a reference, so that queue, table and page are one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

import sqlalchemy as sa

from extractors.model import Method, ObjectiveRow, Reference
from pipeline.review.apply import facts_of_document
from pipeline.review.decision import FactRow, Kind, empty_reference
from pipeline.review.found_rows import read_rows
from pipeline.review.kinds import DECIDABLE, objective_labels
from pipeline.review.rows import objective_facts
from pipeline.segment.citation import cite_paragraph
from pipeline.store.schema import objectives, paragraphs

_QUOTE = 400
"""Characters that are shown of what a row rests on."""
_LEAD = 120
"""Of these before the words that show it."""


def shown_row(row: FactRow, known: Mapping[str, Mapping[str, object]], quote: str = "") -> Reference:
    """Return a row in the columns of a reference: `category` says of what kind it is, `wording` what it is called by,
    `canonical` what is decided of it; `known` are the documents of the run, `quote` what it rests on.

    For objectives the category is `objective.7`, the wording the words that show it, the method the basis.
    """
    cells, own = row.facts.cells, known.get(row.document, {})
    told = [cells.get(name, "") for name in DECIDABLE[row.kind].told]
    category, said, score, method = str(row.kind), "", 100.0, ""
    if row.kind == "objective":
        category = ".".join(filter(None, (cells.get("kind"), cells.get("number"))))
        said = objective_labels().get(category, category)
        score, method = float(cells.get("score") or 100), cells.get("basis", "")
    said, page = said or str(row.facts), cells.get("page", "")
    return replace(
        _EMPTY,
        reference_id=row.reference_id,
        document=row.document,
        paragraph=row.paragraph,
        paragraph_row=row.paragraph,
        citation=cells.get("citation") or (cite_paragraph(row.paragraph) if row.paragraph else ""),
        category=category,
        wording=" · ".join(filter(None, told)) or said,
        canonical=said,
        quote=quote or cells.get("quote") or cells.get("action", ""),
        page=int(page) if page.isdecimal() else None,
        extractor="" if row.status != "added" else "analyst",
        method=cast(Method, method),
        score=score,
        status=row.status,
        **facts_of_document(own),
    )


_EMPTY = replace(empty_reference(), rule="")


def found_rows_of(engine: sa.Engine, kind: Kind, slugs: Sequence[str]) -> Iterator[tuple[FactRow, str]]:
    """Yield every row of a kind that the last run found in these documents, with what it rests on."""
    if kind != "objective":
        known = {"", *slugs}
        yield from ((row, "") for row in read_rows(engine, kind) if row.document in known)
        return
    texts: dict[tuple[str, str], str] = {}
    held: dict[str, list[tuple[FactRow, str]]] = {slug: [] for slug in slugs}
    with engine.connect() as connection:
        here = paragraphs.c
        for document, paragraph, text in connection.execute(sa.select(here.document, here.paragraph, here.text)):
            texts[document, paragraph] = text or ""
        for row in connection.execute(sa.select(objectives).order_by(objectives.c.position)):
            if row.document in held:
                told = ObjectiveRow(
                    row.document, row.paragraph, row.kind, row.number, row.basis, row.wording, row.score, row.reasons
                )
                quote = _around(texts.get((row.document, row.paragraph), ""), row.wording)
                held[row.document].append((objective_facts(told), quote))
    for rows in held.values():
        yield from rows


def _around(text: str, words: str) -> str:
    """The text on one line, of a long one only what stands around the words."""
    at = max(text.find(words), 0)
    start = text.rfind(" ", 0, max(0, min(at - _LEAD, len(text) - _QUOTE))) + 1
    end = text.rfind(" ", start, start + _QUOTE) if len(text) - start > _QUOTE else len(text)
    end = end if end > at else start + _QUOTE
    cut = " ".join(text[start:end].split())
    return f"{'...' if start else ''}{cut}{'...' if end < len(text) else ''}"


def evidence_of(row: FactRow) -> str:
    """Return the words of the paragraph that show a row: the longest piece of a quote that leaves out others.

    >>> from pipeline.review.decision import facts_of
    >>> told = facts_of({"answer": "yes"}, {"quote": "...the States meet each year... and report"})
    >>> evidence_of(FactRow("profile", "r", "d", "3", told))
    'the States meet each year'
    """
    told = row.facts.get(DECIDABLE[row.kind].evidence)
    return max((part.strip() for part in told.split("...")), key=len)
