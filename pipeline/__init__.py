"""The engine: plain functions from documents to tables, and `load`, which opens the results for pandas.

>>> import pipeline
>>> callable(pipeline.load)
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.explore import load as load

__all__ = ["load"]


def __getattr__(name: str) -> Any:
    """Import `load` when it is asked for: it needs pandas, which most commands do not."""
    if name == "load":
        from pipeline.explore import load

        return load
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
