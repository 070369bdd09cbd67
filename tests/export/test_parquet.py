from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.model import REFERENCE_COLUMNS
from pipeline.export import parquet
from tests import table_sample as sample


def test_types_and_values(tmp_path: Path) -> None:
    table = pq.read_table(parquet.write(tmp_path / "r.parquet", sample.references()))
    assert tuple(table.column_names) == REFERENCE_COLUMNS
    assert table.schema.field("start").type == pa.int32() and table.schema.field("score").type == pa.float64()
    assert table["objective"].to_pylist() == [None, None, None, 3, 3, 3, 3, None, None, None, None, None]
    assert table["wording"].to_pylist()[-1] == "النقابات"
    assert table.schema.metadata is None


def test_no_rows(tmp_path: Path) -> None:
    table = pq.read_table(parquet.write(tmp_path / "r.parquet", sample.references().head(0)))
    assert table.num_rows == 0 and table.schema.field("page").type == pa.int32()
