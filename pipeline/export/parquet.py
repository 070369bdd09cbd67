"""The references as a Parquet file with fixed column types."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.cell import is_missing, legible

_INTEGERS = frozenset({"objective", "occurrences", "start", "end", "page"})
_NUMBERS = frozenset({"score"})


def write(path: Path, references: pd.DataFrame) -> Path:
    """Write the rows of references.csv, typed: offsets, pages and objectives as integers, missing ones as null.

    No pandas metadata is stored, so that the same rows give the same bytes with the same pyarrow.
    """
    columns = [str(column) for column in references.columns]
    arrays = [_array(column, references[column].tolist()) for column in columns]
    pq.write_table(pa.Table.from_arrays(arrays, names=columns), path, compression="zstd")
    return path


def _array(column: str, values: list[object]) -> pa.Array:
    if column in _INTEGERS or column in _NUMBERS:
        known = [None if is_missing(value) or value == "" else float(str(value)) for value in values]
        if column in _NUMBERS:
            return pa.array(known, type=pa.float64())
        return pa.array([None if value is None else int(value) for value in known], type=pa.int32())
    texts = (v if type(v) is str else "" if is_missing(v) else str(v) for v in values)
    return pa.array(list(map(legible, texts)), type=pa.string())
