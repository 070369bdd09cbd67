"""All tables of a run, in the order of the workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from extractors.lexicon.categories import SECTIONS
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


def build_tables(
    references: pd.DataFrame,
    paragraphs: pd.DataFrame,
    objectives: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    runs: Callable[[str, Sequence[Span], int], Runs] | None = None,
    short: bool = False,
    documents: Sequence[Mapping[str, Any]] = (),
    lexicon: Lexicon | None = None,
    cache: Cache | None = None,
) -> dict[str, Table]:
    """Build every table from the rows of references.csv, paragraphs.csv and objectives.csv.

    Rejected references are left out. `labels` gives the name of a category, and its order is the order of the
    categories; `runs` cuts the quotes (default: `quotes.runs`); `short` cites as §43biii; `documents` (the `documents`
    of a run, with `document`, `title`, `iscm`, `kind`, `date`, `language`) adds documents without any reference to the
    counts and tells which mechanism issued which; `lexicon` names the mechanisms (default: the package's own).
    What `cache` knows of a document is not computed again; the tables are the same with and without one.
    """
    known = lexicon or load_lexicon()
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
