"""All tables of a run, in the order of the workbook."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from extractors.lexicon.categories import CATEGORIES, SECTIONS
from extractors.lexicon.entries import Lexicon, load_lexicon
from extractors.model import ROLES
from pipeline.extract import quote
from pipeline.tables.commitments.commitments import commitments_table
from pipeline.tables.commitments.operative import DocumentOperatives
from pipeline.tables.edges import edges_table, follow_partnerships
from pipeline.tables.entry_points.entry_points import entry_points_table
from pipeline.tables.findings import DocumentFindings, Shelf
from pipeline.tables.footnotes import Footnote, cite
from pipeline.tables.gaps import find_outcome_works, gaps_table, taken_up_table
from pipeline.tables.mechanisms import areas, partnerships, positions, profile, questionnaire, states
from pipeline.tables.mechanisms import objectives as addressed
from pipeline.tables.mechanisms.areas import FocusRow
from pipeline.tables.mechanisms.questions import read_questions
from pipeline.tables.printed import objectives as printed_objectives
from pipeline.tables.printed.comparison import printed_and_found_table
from pipeline.tables.printed.lists import printed_facts
from pipeline.tables.recommendations.recommendations import recommendations_table
from pipeline.tables.records import Cut, Records, read_records
from pipeline.tables.references import (
    by_category_table,
    by_document_table,
    by_objective_counts_table,
    by_objective_table,
    quotes_table,
    wordings_table,
)
from pipeline.tables.registry import load_registry
from pipeline.tables.sentences import Evidence
from pipeline.tables.series import find_reviews, find_series, reviews_table, series_table
from pipeline.tables.table import Table, TableRow
from pipeline.tables.translations import differences_table, find_translations, translations_table

if TYPE_CHECKING:
    import pandas as pd


QUOTED = frozenset({"instrument", "outcome", ""})
"""Roles of the documents that the reference tables quote: what States adopted, not what is said about it. "" is a document
whose role nothing tells."""
EVERY_ROLE = frozenset({*ROLES, ""})
"""For the tables of documents that somebody named: whatever they are, their words are shown."""


class RunRows(Protocol):
    """The rows of a run: frames with the columns of references.csv, paragraphs.csv and objectives.csv, and its documents
    with the columns of documents.csv, which tell which mechanism issued which."""

    @property
    def references(self) -> pd.DataFrame: ...
    @property
    def paragraphs(self) -> pd.DataFrame: ...
    @property
    def objectives(self) -> pd.DataFrame: ...
    @property
    def documents(self) -> pd.DataFrame | Sequence[Mapping[str, object]]: ...


@dataclass(frozen=True, slots=True)
class Frames:
    """Rows as a run has them in hand; documents without any reference count only where `documents` names them."""

    references: pd.DataFrame
    paragraphs: pd.DataFrame
    objectives: pd.DataFrame
    documents: Sequence[Mapping[str, object]] = ()


def added_labels(lexicon: Lexicon) -> dict[str, str]:
    """What the tables call the categories that a lexicon adds to the usual ones: the label of their only entry."""
    return {category: label for category, label in lexicon.labels().items() if category not in CATEGORIES}


def build_tables(
    results: RunRows,
    *,
    labels: Mapping[str, str] | None = None,
    cut: Cut = quote.runs,
    short: bool = False,
    lexicon: Lexicon | None = None,
    roles: Collection[str] = QUOTED,
    has_all_copies: bool = False,
) -> dict[str, Table]:
    """Build every table from the rows of a run: `load_results()`, or frames as they stand in its files (`Frames`).

    Rejected references are left out. `labels` gives the name of a category, and its order is the order of the
    categories (default: those that the lexicon adds); `cut` makes the quotes; `short` cites as §43biii; `lexicon` names
    the mechanisms (default: the package's own). A work counts once a language, by its preferred copy, unless
    `has_all_copies`; `roles` are those of the documents whose own words the reference tables quote.

        tables = build_tables(load_results())
        tables["stakeholder_wordings"].frame
    """
    known = lexicon or load_lexicon()
    records = read_run(results, known, labels=labels, cut=cut, short=short)
    return tables_of(records, known, roles=roles, has_all_copies=has_all_copies)


def read_run(
    results: RunRows,
    known: Lexicon,
    *,
    labels: Mapping[str, str] | None = None,
    cut: Cut = quote.runs,
    short: bool = False,
    findings: DocumentFindings | None = None,
) -> Records:
    """The typed rows of a run, with the names of the categories that the lexicon adds."""
    return read_records(
        results.references,
        results.paragraphs,
        results.objectives,
        results.documents,
        labels=added_labels(known) if labels is None else labels,
        cut=cut,
        short=short,
        findings=findings,
    )


def read_findings(keys: Mapping[str, str], read: Callable[[str], Shelf], known: Lexicon) -> DocumentFindings:
    """What tables found in documents with these keys; `read` gives what was kept under a name."""
    shared: dict[str, Mapping[str, object]] = {
        "mechanism": load_registry(known).mechanisms,
        "partner": {one.id: one for one in partnerships.read_partner_words().partners},
        "question": {one.id: one for one in read_questions().questions},
    }
    return DocumentFindings(keys, read, shared)


def tables_of(
    records: Records, known: Lexicon, *, roles: Collection[str] = QUOTED, has_all_copies: bool = False
) -> dict[str, Table]:
    """Every table of these rows, as `build_tables` gives them."""
    works = records if has_all_copies else records.only(lambda facts: facts.preferred)
    texts = works.only(lambda facts: facts.role in roles)
    evidence, own = Evidence(works, load_registry(known)), Evidence(texts, load_registry(known))
    operatives = DocumentOperatives(works)
    tables = [wordings_table(texts, section, own) for section in SECTIONS]
    tables += [quotes_table(texts, section, own) for section in SECTIONS]
    tables += [by_objective_table(texts), by_objective_counts_table(texts), *mechanism_tables(evidence, known)]
    focus = [row for table in tables for row in table.rows if isinstance(row, FocusRow)]
    tables += [entry_points_table(works, known, focus=focus), recommendations_table(works, operatives)]
    found = find_translations(works)
    tables += [translations_table(works, found), differences_table(works, found)]
    tables += [commitments_table(evidence, operatives)]
    tables += [by_category_table(texts), by_document_table(records)]
    return {table.name: with_footnotes(table, records) for table in tables}


def with_footnotes(table: Table, records: Records) -> Table:
    """The table with a footnote for each row that is about one document; a matrix has none."""
    names = [name for name in ("paragraph", "paragraphs", "citation") if name in table.columns]
    if table.kind == "matrix" or "document" not in table.columns:
        return table
    documents = records.documents  # and not the texts, which nothing else holds when files are written

    def noted(row: TableRow) -> Footnote:
        document = documents.get(getattr(row, "document", ""))
        cited = str(getattr(row, names[0])) if names else ""
        return cite(document, cited, getattr(row, "page", None)) if document else Footnote("")

    return replace(table, cited=noted)


def mechanism_tables(evidence: Evidence, known: Lexicon) -> list[Table]:
    """The tables of the ISCM Review and the background note, from the corpus.

    Tables of what is printed and found are left out where no document of the corpus prints any.
    """
    stated = positions.find_positions(evidence)
    addresses = addressed.addressed(evidence)
    partnered = partnerships.find_partnerships(evidence)
    printed = printed_facts(evidence.source, evidence.known)
    works = find_outcome_works(evidence)
    answers = questionnaire.profile(evidence, questionnaire.ProfileSources(stated, addresses, partnered, printed))
    answered = profile.profile_table(evidence, answers)
    partners = partnerships.partnerships_table(evidence, partnered)
    tables = [
        positions.positions_table(evidence, stated),
        positions.documents_table(evidence, stated),
        addressed.common_table(evidence, addresses),
        addressed.addressed_table(evidence, addresses),
        profile.overview_table(answered.rows),
        answered,
        partnerships.matrix_table(partners.rows),
        partners,
        areas.focus_table(evidence, printed),
        areas.registry_table(evidence),
        states.states_table(evidence),
        edges_table(evidence, partnered),
        series_table(evidence, find_series(evidence)),
        taken_up_table(evidence, works),
        gaps_table(evidence, works, addresses),
    ]
    evidence.forget()
    differences = printed_objectives.claims_table(evidence, printed_objectives.claims(evidence))
    compared = printed_and_found_table(evidence, printed, {table.name: table for table in tables})
    reviews = reviews_table(evidence, find_reviews(evidence, known))
    return [*tables, *(table for table in (reviews, differences, compared) if table)]


def sum_up(tables: Mapping[str, Table], decided: Mapping[str, Table]) -> dict[str, Table]:
    """Return the tables that analysts decided on with those that sum them up made of the rows that they left.

    `tables` are those of the machine: the profile at a glance, partners by category, and who names whom follow the decided rows.
    """
    out = dict(decided)
    for name, source, made in (
        ("iscm_profile_overview", "iscm_profile", profile.overview_table),
        ("iscm_partnerships_by_category", "iscm_partnerships", partnerships.matrix_table),
    ):
        if name in out and source in out and out[source].rows != tables[source].rows:
            anew = made(out[source].rows)
            out[name] = replace(out[name], rows=anew.rows, spread=anew.spread)
    if "iscm_partnerships" in out and "who_names_whom" in out:
        before, after = tables["iscm_partnerships"].rows, out["iscm_partnerships"].rows
        out["who_names_whom"] = follow_partnerships(out["who_names_whom"], before, after)
    return out
