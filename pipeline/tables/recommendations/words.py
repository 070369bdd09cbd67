"""The template of recommendations: `lexicons/tables/recommendations.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from extractors.lexicon.terms import Words
from extractors.lexicon.yaml_file import Strict, folder, read_yaml

FieldName = Literal["recommendation", "means", "partnerships"]


class Template(Strict):
    """The file `recommendations.yaml`: who recommends, and how the parts of a recommendation are told."""

    voices: tuple[str, ...]
    means: Words
    no_means: Words
    ends: Words
    headers: Mapping[FieldName, Words]
    header_ratio: float = Field(ge=0, le=100)
    header_rows: int = Field(ge=1)


def read_template() -> Template:
    """Read the template; raises LexiconError with file and line where the file breaks the format."""
    return read_yaml(folder() / "recommendations.yaml", Template)
