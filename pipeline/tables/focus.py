"""The areas of focus of mechanisms: the theme of the Compact that each belongs to, and the words by which texts name it."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from extractors.lexicon.terms import Words
from extractors.lexicon.yaml_file import Strict, folder, read_yaml


class Area(Strict):
    """An area of focus, its theme of the Compact and the words of texts."""

    label: str
    theme: int = Field(ge=1, le=6)
    sdg: str = ""
    terms: Words


class Areas(Strict):
    """Everything in `lexicons/tables/areas.yaml`."""

    source: str
    areas: tuple[Area, ...]


@lru_cache(maxsize=1)
def areas() -> Areas:
    """Read and check `tables/areas.yaml`; raises LexiconError with file and line."""
    return read_yaml(folder() / "areas.yaml", Areas)
