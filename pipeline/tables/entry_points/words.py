"""The words that tell entry points: `lexicons/tables/engagement.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from extractors.lexicon.terms import Words
from extractors.lexicon.yaml_file import Strict, folder, read_yaml

Part = Literal["action", "commitment", "title"]


LevelName = Literal["regional", "global"]


class Weighted(Strict):
    """Words, and what a paragraph gains or loses by them."""

    weight: float = Field(ge=0)
    terms: Words


class Role(Strict):
    """What a mechanism can do: its words, their weight, and the sentence of the suggestion."""

    id: str = Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")
    label: str
    sentence: str
    weight: float = Field(ge=0)
    terms: Words


class AreaOfWork(Strict):
    """An area of work: by its words or by objectives of the Compact; `focus` are values of the lexicon's facts,
    `areas` those areas of focus (`lexicons/tables/areas.yaml`) that give the evidence.

    A general one is the work of consultation mechanisms as such: that they do it lifts no action above others.
    """

    id: str = Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")
    label: str
    focus: tuple[str, ...] = Field(min_length=1)
    areas: tuple[str, ...] = Field(min_length=1)
    objectives: tuple[Annotated[int, Field(ge=1, le=23)], ...] = ()
    is_general: bool = False
    terms: Words = Field(default_factory=dict)


class Engagement(Strict):
    """The file `engagement.yaml`; its comments tell what each weight does."""

    limit: int = Field(ge=1)
    minimum: float
    opening_words: int = Field(ge=0)
    opening_factor: float = Field(ge=1)
    near_words: int = Field(ge=0)
    near_weight: float = Field(ge=0)
    mention_weights: Mapping[str, float]
    title_ratio: float = Field(ge=0, le=100)
    further_factor: float = Field(gt=0, le=1)
    parts: Mapping[Part, Annotated[float, Field(ge=0)]]
    mechanisms: int = Field(ge=0)
    mechanism_weight: float = Field(ge=0)
    role_count: int = Field(ge=1)
    levels: Mapping[LevelName, Weighted]
    blocked: Words
    unsuited: Weighted
    national: Words
    at_home: Words
    shared_roles: tuple[str, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = Field(min_length=1)
    topics: tuple[AreaOfWork, ...]

    @model_validator(mode="after")
    def _complete(self) -> Engagement:
        missing = {"regional", "global"} - set(self.levels) or {"action", "commitment", "title"} - set(self.parts)
        if missing:
            raise ValueError(f"{sorted(missing)[0]} is missing")
        for name, entries in (("roles", self.roles), ("topics", self.topics)):
            ids = [entry.id for entry in entries]
            twice = next((i for n, i in enumerate(ids) if i in ids[:n]), "")
            if twice:
                raise ValueError(f"{name}: id {twice!r} is used twice")
        if unknown := set(self.shared_roles) - {role.id for role in self.roles}:
            raise ValueError(f"shared_roles: {sorted(unknown)[0]!r} is no role")
        return self


def engagement(path: Path | None = None) -> Engagement:
    """Read what an entry point is; raises GcmrefsError with file and line where the file breaks the format."""
    return read_yaml(path or folder() / "engagement.yaml", Engagement)
