"""Every table, to the byte: those of references from two plain documents, those of translations from three versions of one, the
others from mechanisms and a plan."""

from pathlib import Path

import pytest

from pipeline.export import csv
from pipeline.tables.build import Frames, build_tables
from pipeline.tables.table import Table
from tests import table_sample
from tests.golden_file import FOLDER, same_as_golden
from tests.tables import sample, test_translations

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
