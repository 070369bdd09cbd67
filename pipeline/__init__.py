"""The engine: plain functions from documents to tables; `import gcmrefs` is its public face.

>>> import pipeline
>>> callable(pipeline.load)
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.explore import load_results as load

__all__ = ["load"]


def __getattr__(name: str) -> object:
    """Import `load`, the short name of `load_results`, when it is asked for: most commands need no pandas."""
    if name == "load":
        from pipeline.explore import load_results

        return load_results
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
