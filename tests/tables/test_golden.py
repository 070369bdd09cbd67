"""Every table, to the byte: those of references from two plain documents, those of translations from three versions of one, the
others from mechanisms and a plan; and every table and brief of fifteen documents that a run could hold."""

from pathlib import Path

import pytest

from pipeline.export import csv
from pipeline.extract.quote import plain
from pipeline.tables.brief.briefs import build_briefs
from pipeline.tables.brief.content import Brief, BriefLine
from pipeline.tables.build import Frames, build_tables
from pipeline.tables.registry import load_registry
from pipeline.tables.table import Table
from tests import table_sample
from tests.golden_file import FOLDER, same_as_golden
from tests.tables import corpus, sample, test_translations

PLAIN = (
    "iscm_wordings",
    "igo_wordings",
    "stakeholder_wordings",
    "iscm_quotes",
    "igo_quotes",
    "stakeholder_quotes",
    "stakeholders_by_objective",
    "stakeholders_by_objective_counts",
    "counts_by_category",
    "counts_by_document",
)

VERSIONS = ("translations", "translation_differences")


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    plain = build_tables(
        Frames(table_sample.references(), table_sample.paragraphs(), table_sample.objectives()),
        labels=table_sample.LABELS,
    )
    versions = test_translations.tables(test_translations.documents(work="L"))
    return sample.tables() | {name: plain[name] for name in PLAIN} | {name: versions[name] for name in VERSIONS}


def test_every_table_has_rows_and_a_golden_file(tables: dict[str, Table]) -> None:
    assert sorted(path.stem for path in (FOLDER / "tables").glob("*.csv")) == sorted(tables)
    assert [name for name, table in tables.items() if table.frame.empty] == []


@pytest.mark.parametrize("name", [*sample.NAMES, sample.DIFFERENCES])
def test_table_is_the_golden_one(name: str, tables: dict[str, Table], tmp_path: Path) -> None:
    same_as_golden(f"tables/{name}.csv", csv.write(tmp_path / "table.csv", tables[name].frame).read_bytes())


@pytest.mark.parametrize("name", [*sample.NAMES, sample.DIFFERENCES])
def test_rows_of_a_table_are_told_apart_by_their_identity(name: str, tables: dict[str, Table]) -> None:
    """What makes a row the same row in another run, without what changes from run to run."""
    table = tables[name]
    keys = [tuple(str(getattr(row, column)) for column in table.identity) for row in table.rows]
    assert table.identity and set(table.identity).isdisjoint({"quote", "page", "url", "citation", "count"})
    assert table.kind == "quotes" or len(set(keys)) == len(keys), "two quotes may be of one wording in one paragraph"


CITED = ("iscm_documents", "iscm_positions", "igo_wordings")
"""Tables whose footnotes are looked at; those of the others are the same."""


@pytest.mark.parametrize("name", [*sample.NAMES, "printed_and_found"])
def test_table_of_a_corpus_is_the_golden_one(name: str, tmp_path: Path) -> None:
    frame = corpus.tables()[name].frame
    shown = frame if name in CITED else frame.drop(columns="footnote", errors="ignore")
    same_as_golden(f"corpus/{name}.csv", csv.write(tmp_path / "table.csv", shown).read_bytes())


def _line(line: BriefLine) -> str:
    quote = "".join(f"**{run.text}**" if run.is_bold else run.text for run in line.quote)
    places = "; ".join(f"{place.citation} <{place.url}> {place.footnote}" for place in line.places)
    return f"[{line.mark}] {line.text} | {quote} | {line.notes} | {places} | {line.rank:.2f} {line.height}"


def _brief(brief: Brief) -> str:
    rows = [f"# {brief.title}", *(f"{fact.name}: {fact.text} <{fact.address}>" for fact in brief.facts)]
    for section in brief.sections:
        rows += [f"## {section.heading} ({section.file})", *map(_line, section.lines), section.remark]
    return "\n".join(rows)


def test_briefs_of_a_corpus_are_the_golden_ones() -> None:
    tables = corpus.tables()
    briefs = build_briefs(corpus.records(), load_registry(corpus.lexicon()), tables.values(), review=corpus.REVIEW)
    assert all(
        plain(line.quote) or line.text or line.notes
        for brief in briefs
        for section in brief.sections
        for line in section.lines
    )
    same_as_golden("corpus/briefs.txt", ("\n\n".join(map(_brief, briefs)) + "\n").encode())
