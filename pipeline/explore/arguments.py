"""Arguments of questions, checked: a wrong one is an error that lists what there is, never an empty answer."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

import pandas as pd

from extractors.lexicon.categories import CATEGORIES, SECTIONS
from extractors.lexicon.entries import load_lexicon
from pipeline.explore.counts import PARTS, several
from pipeline.tables.registry import TYPES, load_registry

_MOST = 40
"""Values that an error lists."""


def check(value: str, what: str, known: Iterable[str]) -> None:
    """Raise ValueError for a value that is none of those known, with the likest one and the list.

    >>> check("colour", "column of documents", ["type", "year"])
    Traceback (most recent call last):
    ValueError: 'colour' is no column of documents; there are: type, year
    """
    names = list(dict.fromkeys(known))
    if value in names:
        return
    names = [name for name in names if name]
    near = get_close_matches(value, names, n=1)
    listed = ", ".join(names[:_MOST]) + (f" and {len(names) - _MOST} more" if len(names) > _MOST else "")
    meant = f" (did you mean {near[0]!r}?)" if near else ""
    raise ValueError(f"{value!r} is no {what}{meant}; there are: {listed or 'none'}")


def check_columns(what: str, frame: pd.DataFrame, *columns: str) -> None:
    """Raise ValueError for a column that the frame has not."""
    for column in columns:
        check(column, f"column of {what}", map(str, frame.columns))


def check_category(category: str, references: pd.DataFrame) -> None:
    """Raise ValueError for what is no category of the results, of the project, or of the lexicon."""
    of_lexicon = (entry.category for entry in load_lexicon().entries)
    check(category, "category", [*CATEGORIES, *references["category"], *of_lexicon])


def is_category(term: str) -> bool:
    """Tell what is written like a category ("stakeholder.media") from a word."""
    return term in CATEGORIES or (term.partition(".")[0] in SECTIONS and "." in term and " " not in term)


def check_value(column: str, value: object, documents: pd.DataFrame) -> None:
    """Raise ValueError for a text that no document has in this column and none could have."""
    if not isinstance(value, str):
        return
    possible: dict[str, Iterable[str]] = {
        "part": PARTS,
        "type": TYPES,
        "language": load_lexicon().grammars,
        "mechanism": (one.label for one in load_registry().mechanisms.values()),
    }
    there = sorted({str(part) for held in documents[column].dropna() for part in several(held)} - {""})
    if value and value not in set(documents[column].dropna().astype(str)):
        check(value, column, [*there, *possible.get(column, ())])
