"""How the tables were made, counted from the references: by which method, how many of them analysts have decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from extractors.lexicon.categories import category_label
from pipeline.cell import legible, plain
from pipeline.extract import quote
from pipeline.extract.quote import Runs
from pipeline.segment.citation import cite_paragraph
from pipeline.tables.table import Table, listing
from pipeline.translation import gettext, gettext_noop, write_number

METHODS: Mapping[str, str] = {
    "exact": gettext_noop("the words of a list, as they stand there"),
    "pattern": gettext_noop("an open wording: known words in an order that a rule describes"),
    "fuzzy": gettext_noop("the words of a list with a wrong letter or a stray space"),
    "resolved": gettext_noop("a short form (“the Forum”) whose full name stands before it"),
}
"""How a reference was found -> what that means."""
DECIDED: Mapping[str, str] = {
    "accepted": gettext_noop("accepted as found"),
    "edited": gettext_noop("accepted with a correction"),
    "added": gettext_noop("added by hand"),
    "rejected": gettext_noop("rejected: in no table"),
}
"""What an analyst decides -> what that means."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A reference that an analyst decided, with what holds of it now."""

    status: str
    document: str
    label: str
    wording: str
    canonical: str
    citation: str
    quote: Runs
    paragraph: str


@dataclass(frozen=True, slots=True)
class Making:
    """Counts of references by method and decision: `total` are in the tables, `every` with those that were rejected, and
    `reviewed` those of them that an analyst decided about."""

    total: int
    every: int
    methods: tuple[tuple[str, str, int, str], ...]
    decisions: tuple[tuple[str, str, int, str], ...]
    reviewed: int
    share: str
    kept: str


def count_making(references: pd.DataFrame) -> Making:
    """Count the rows of references.csv: (name, meaning, number, share) by method and by decision.

    `share` is the part that analysts reviewed; `kept` the part of the rule-found references which they decided about
    that they accepted, "" where they decided nothing: an estimate of the precision on what they looked at.
    """
    status = Counter(str(value) for value in references["status"].tolist())
    shown = references[references["status"] != "rejected"]
    method = Counter(str(value) for value in shown["method"].tolist())
    names = [*(name for name in METHODS if method[name]), *sorted(set(method) - set(METHODS) - {"", "nan"})]
    reviewed = sum(status[name] for name in DECIDED)
    found = status["accepted"] + status["edited"] + status["rejected"]
    return Making(
        len(shown),
        len(references),
        tuple((name, METHODS.get(name, ""), method[name], percent(method[name], len(shown))) for name in names),
        tuple((n, DECIDED[n], status[n], percent(status[n], reviewed)) for n in DECIDED if status[n]),
        reviewed,
        percent(reviewed, len(references)),
        percent(status["accepted"] + status["edited"], found) if found else "",
    )


def decisions(references: pd.DataFrame, labels: Mapping[str, str]) -> Table | None:
    """The references that analysts decided about, also the rejected ones; None where there are none."""
    decided = references[references["status"].isin(list(DECIDED))]
    if not len(decided):
        return None
    rows = []
    columns = ("status", "document", "paragraph", "category", "wording", "canonical", "quote")
    for values in zip(*(decided[name].tolist() for name in columns), strict=True):
        row = {name: str(plain(value)) for name, value in zip(columns, values, strict=True)}
        wording = row["wording"]
        rows.append(
            DecisionRow(
                row["status"],
                row["document"],
                category_label(row["category"], labels),
                wording,
                row["canonical"],
                cite_paragraph(row["paragraph"]),
                quote.mark(legible(row["quote"]), [wording]),
                row["paragraph"],
            )
        )
    return listing(
        "decisions",
        gettext("Decisions of analysts"),
        gettext(
            "One row for each reference that an analyst accepted, edited, added or rejected; rejected ones are in no other table."
        ),
        DecisionRow,
        rows,
        brief="status document label wording canonical citation quote",
        section="review",
        headers={"status": gettext_noop("Decision")},
    )


def percent(part: int, whole: int) -> str:
    """A share in words; only all is 100 %, only nothing is 0 %.

    >>> percent(1, 3), percent(1, 4000), percent(3999, 4000), percent(0, 0)
    ('33 %', '< 0.1 %', '> 99.9 %', '0 %')
    """
    share = 100 * part / whole if whole else 0
    if 0 < share < 0.1:
        return f"< {write_number(0.1, 1)} %"
    if 99.9 < share < 100:
        return f"> {write_number(99.9, 1)} %"
    return f"{write_number(share, 1 if 0 < share < 10 or 99 < share < 100 else 0)} %"
