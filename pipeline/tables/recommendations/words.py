"""The words that tell recommendations: `lexicons/tables/recommendations.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from extractors.lexicon.terms import Words
from extractors.lexicon.yaml_file import Strict, folder, read_yaml

FieldName = Literal["recommendation", "means", "partnerships"]


class Force(Strict):
    """Words that bind or recommend; `label` tells which. The `past` ones count in documents that decide."""

    id: str = Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")
    label: str
    terms: Words
    past: Words = Field(default_factory=dict)
    examples: Words = Field(default_factory=dict)
    counter_examples: Words = Field(default_factory=dict)


class Directives(Strict):
    """The file `recommendations.yaml`: what makes a sentence a recommendation, and how its parts are told."""

    voices: tuple[str, ...]
    deciding: tuple[str, ...]
    forces: tuple[Force, ...] = Field(min_length=1)
    speakers: Words
    blocked: Words
    items: Words
    openings: Words
    means: Words
    ends: Words
    headers: Mapping[FieldName, Words]
    header_ratio: float = Field(ge=0, le=100)
    header_rows: int = Field(ge=1)
    partners: tuple[str, ...]


def directives(path: Path | None = None) -> Directives:
    """Read what a recommendation is; raises GcmrefsError with file and line where the file breaks the format."""
    return read_yaml(path or folder() / "recommendations.yaml", Directives)
