"""The results as tidy pandas frames, with the questions that analysts ask of them as one-line functions.

>>> from pipeline.exploration import describe
>>> describe("objectives").column.tolist()[:4]
['document', 'paragraph', 'unit', 'kind']
"""

from __future__ import annotations

from pipeline.exploration.columns import describe
from pipeline.exploration.reading import load
from pipeline.exploration.results import Results

__all__ = ["Results", "describe", "load"]
