"""Reference tables from the Global Compact for Migration and the declarations of consultation mechanisms.

What `__all__` lists is public, the rest is private. A name is imported when it is first used, so that `import gcmrefs`
costs nothing.

>>> import gcmrefs
>>> [mention.category for mention in gcmrefs.find_mentions("consult diasporas", "en")]
['stakeholder.diasporas']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.lexicon.entries import load_lexicon as load_lexicon
    from extractors.model import Mention as Mention
    from extractors.model import ObjectiveRow as ObjectiveRow
    from extractors.model import Paragraph as Paragraph
    from extractors.model import Reference as Reference
    from extractors.references.explanation import explain as explain
    from extractors.references.nlp import pipeline as nlp
    from pipeline.audit import audit_analysis as audit_analysis
    from pipeline.errors import GcmrefsError as GcmrefsError
    from pipeline.errors import InputError as InputError
    from pipeline.explore.load import load_results as load
    from pipeline.explore.load import load_results as load_results
    from pipeline.explore.load import load_table as load_table
    from pipeline.extract.document import process_document as process_document
    from pipeline.extract.objectives import find_objectives as find_objectives
    from pipeline.extract.references import find_mentions as find_mentions
    from pipeline.extract.references import find_references as find_references
    from pipeline.ingest import read_document as read_document
    from pipeline.run.run import run_corpus as run_corpus
    from pipeline.segment import split_paragraphs as split_paragraphs
    from pipeline.tables.build import build_tables as build_tables
    from pipeline.tables.table import Table as Table

_HOME = {
    "GcmrefsError": "pipeline.errors",
    "InputError": "pipeline.errors",
    "Mention": "extractors.model",
    "ObjectiveRow": "extractors.model",
    "Paragraph": "extractors.model",
    "Reference": "extractors.model",
    "Table": "pipeline.tables.table",
    "audit_analysis": "pipeline.audit",
    "build_tables": "pipeline.tables.build",
    "explain": "extractors.references.explanation",
    "find_mentions": "pipeline.extract.references",
    "find_objectives": "pipeline.extract.objectives",
    "find_references": "pipeline.extract.references",
    "load": "pipeline.explore.load:load_results",
    "load_lexicon": "extractors.lexicon.entries",
    "load_results": "pipeline.explore.load",
    "load_table": "pipeline.explore.load",
    "nlp": "extractors.references.nlp:pipeline",
    "process_document": "pipeline.extract.document",
    "read_document": "pipeline.ingest",
    "run_corpus": "pipeline.run.run",
    "split_paragraphs": "pipeline.segment",
}
"""Public name -> the module where it lives, and after a colon its name there where that is another."""

__all__ = [
    "GcmrefsError", "InputError", "Mention", "ObjectiveRow", "Paragraph", "Reference", "Table", "audit_analysis",
    "build_tables", "explain", "find_mentions", "find_objectives", "find_references", "load", "load_lexicon",
    "load_results", "load_table", "nlp", "process_document", "read_document", "run_corpus", "split_paragraphs",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module 'gcmrefs' has no attribute {name!r}: it has {', '.join(__all__)}")
    module, _, own = _HOME[name].partition(":")
    value = globals()[name] = getattr(import_module(module), own or name)
    return value


def __dir__() -> list[str]:
    return list(__all__)
