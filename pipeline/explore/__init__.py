"""The results as tidy pandas frames, with the questions that analysts ask of them as one-line functions.

>>> from pipeline.explore import describe
>>> describe("objectives").column.tolist()[:4]
['document', 'paragraph', 'unit', 'kind']
"""

from __future__ import annotations

from pipeline.explore.columns import describe
from pipeline.explore.load import load_results, load_table
from pipeline.explore.results import Results

__all__ = ["Results", "describe", "load_results", "load_table"]
