"""All tables of a run, in the order of the workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from extractors.lexicon.categories import CATEGORIES, SECTIONS
from extractors.lexicon.entries import Lexicon, load_lexicon
from pipeline.extract import quote
from pipeline.extract.quote import Runs, Span
from pipeline.tables.entry_points import entry_points
from pipeline.tables.kept import Cache
from pipeline.tables.mechanisms import mechanism_tables
from pipeline.tables.recommendations import recommendations
from pipeline.tables.records import Rows, Units
from pipeline.tables.references import (
    _by_category,
    _by_document,
    _by_objective,
    _by_objective_counts,
    _quotes,
    _wordings,
)
from pipeline.tables.registry import registry
from pipeline.tables.sentences import Evidence
from pipeline.tables.table import Table
from pipeline.version import build as build_of_program


class RunRows(Protocol):
    """The rows of a run: frames with the columns of references.csv, paragraphs.csv and objectives.csv, and its documents
    with `document`, `title`, `iscm`, `kind`, `date`, `language`, which tell which mechanism issued which."""

    @property
    def references(self) -> pd.DataFrame: ...
    @property
    def paragraphs(self) -> pd.DataFrame: ...
    @property
    def objectives(self) -> pd.DataFrame: ...
    @property
    def documents(self) -> pd.DataFrame | Sequence[Mapping[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class Frames:
    """Rows as a run has them in hand; documents without any reference count only where `documents` names them."""

    references: pd.DataFrame
    paragraphs: pd.DataFrame
    objectives: pd.DataFrame
    documents: Sequence[Mapping[str, Any]] = ()


def added_labels(lexicon: Lexicon) -> dict[str, str]:
    """What the tables call the categories that a lexicon adds to the usual ones: the label of their only entry."""
    return {category: label for category, label in lexicon.labels().items() if category not in CATEGORIES}


def _described(documents: pd.DataFrame | Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    if isinstance(documents, pd.DataFrame):
        return [{str(name): value for name, value in row.items()} for row in documents.to_dict("records")]
    return documents


def build_tables(
    results: RunRows,
    *,
    labels: Mapping[str, str] | None = None,
    runs: Callable[[str, Sequence[Span], int], Runs] | None = None,
    short: bool = False,
    lexicon: Lexicon | None = None,
    cache: Cache | None = None,
) -> dict[str, Table]:
    """Build every table from the rows of a run: `load_results()`, or frames as they stand in its files (`Frames`).

    Rejected references are left out. `labels` gives the name of a category, and its order is the order of the
    categories (default: those that the lexicon adds); `runs` cuts the quotes (default: `quotes.runs`); `short` cites as
    §43biii; `lexicon` names the mechanisms (default: the package's own). What `cache` knows of a document is not computed
    again; the tables are the same with and without one.

        tables = build_tables(load_results())
        tables["stakeholder_wordings"].frame
    """
    known = lexicon or load_lexicon()
    labels = added_labels(known) if labels is None else labels
    references, paragraphs, objectives = results.references, results.paragraphs, results.objectives
    documents = _described(results.documents)
    structural = objectives[objectives["kind"] == "objective"]
    source = Rows(references, paragraphs, structural, labels, runs or quote.runs, short, documents)
    kept = cache if cache and lexicon is None and runs is None else Cache()
    if kept.keeps:
        kept.about(_keys(source, documents))
    evidence = Evidence(source, registry(known), documents, kept)
    tables = [_wordings(source, section, evidence) for section in SECTIONS]
    tables += [_quotes(source, section, evidence) for section in SECTIONS]
    tables += [_by_objective(source), _by_objective_counts(source), *mechanism_tables(evidence, objectives)]
    read = Units(source.paragraphs, source.every, source.objective_rows, documents)
    tables.append(entry_points.listed(read, lexicon=known, short=short, cache=kept))
    tables.append(recommendations.listed(read, labels=labels, short=short, cache=kept))
    tables += [_by_category(source), _by_document(source)]
    return {table.name: table for table in tables}


def _keys(source: Rows, documents: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """For each document a text that changes with any of its rows, with what the run says of it, and with the program."""
    common = repr((build_of_program(), sorted(source.labels.items()), source.short)).encode("utf-8")
    digests = {name: hashlib.blake2b(common, digest_size=16) for name in source.documents}
    for facts in documents:
        if (name := str(facts.get("document") or "")) in digests:
            digests[name].update(repr(sorted(facts.items())).encode("utf-8", "surrogatepass"))
    for rows in (source.paragraphs, source.every, source.objective_rows):
        for row in rows:
            digests[row["document"]].update(repr(list(row.values())).encode("utf-8", "surrogatepass"))
    return {name: digest.hexdigest() for name, digest in digests.items()}
