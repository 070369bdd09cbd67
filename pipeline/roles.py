"""The role files (`lexicons/roles/*.yaml`): what the IOM tables look for, read into validated data."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, cast

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from extractors.lexicon import Language, default_folder, expand
from pipeline.errors import GcmrefsError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Both read the same; that of the C library ten times as fast."""
Part = Literal["action", "commitment", "title"]
LevelName = Literal["regional", "global"]
FieldName = Literal["recommendation", "means", "partnerships"]


def _usable(term: str) -> str:
    if any(not wording.strip("* ") for wording in expand(term)):
        raise ValueError("a term needs at least one letter in each of its alternatives")
    return term


Term = Annotated[str, AfterValidator(_usable)]
Words = Mapping[Language, tuple[Term, ...]]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Weighted(_Model):
    """Words, and what a paragraph gains or loses by them."""

    weight: float = Field(ge=0)
    terms: Words


class Role(_Model):
    """What a mechanism can do: its words, their weight, and the sentence of the suggestion."""

    id: str = Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")
    label: str
    sentence: str
    weight: float = Field(ge=0)
    terms: Words


class Topic(_Model):
    """An area of work: by its words or by objectives of the Compact; `focus` are values of the lexicon's facts."""

    id: str = Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")
    label: str
    focus: tuple[str, ...] = Field(min_length=1)
    objectives: tuple[Annotated[int, Field(ge=1, le=23)], ...] = ()
    terms: Words = Field(default_factory=dict)


class Engagement(_Model):
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
    roles: tuple[Role, ...] = Field(min_length=1)
    topics: tuple[Topic, ...]

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
        return self


class Force(_Model):
    """Words that bind or recommend; `label` tells which."""

    id: str = Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")
    label: str
    terms: Words


class Directives(_Model):
    """The file `recommendations.yaml`: what makes a sentence a recommendation, and how its parts are told."""

    forces: tuple[Force, ...] = Field(min_length=1)
    blocked: Words
    items: Words
    openings: Words
    means: Words
    ends: Words
    headers: Mapping[FieldName, Words]
    header_ratio: float = Field(ge=0, le=100)
    header_rows: int = Field(ge=1)
    partners: tuple[str, ...]


Data = TypeVar("Data", bound=_Model)


def words_of(words: Words, language: str) -> tuple[str, ...]:
    """Give the terms of a language, none for one that the file does not have."""
    return next((terms for code, terms in words.items() if code == language), ())


def engagement(path: Path | None = None) -> Engagement:
    """Read what an entry point is; raises GcmrefsError with file and line where the file breaks the format."""
    return _read(path or folder() / "engagement.yaml", Engagement)


def directives(path: Path | None = None) -> Directives:
    """Read what a recommendation is; raises GcmrefsError with file and line where the file breaks the format."""
    return _read(path or folder() / "recommendations.yaml", Directives)


def folder() -> Path:
    """The role files that come with the package."""
    return default_folder() / "roles"


def version() -> str:
    """Return a text that changes with any byte of the role files."""
    digest = hashlib.sha256()
    for path in sorted(folder().glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _read(path: Path, model: type[Data]) -> Data:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GcmrefsError(f"{path}: cannot be read: {error}: restore the file") from None
    return cast(Data, _checked(path.name, text, model))


@lru_cache(maxsize=8)
def _checked(name: str, text: str, model: type[_Model]) -> _Model:
    try:
        data = yaml.load(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "not readable"
        raise GcmrefsError(f"{name}:{line}: not valid YAML: {problem}: correct the file") from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        first = next((p for p in problems if p["type"] == "extra_forbidden"), problems[0])
        what = "unknown key" if first["type"] == "extra_forbidden" else first["msg"]
        where = ".".join(str(part) for part in first["loc"])
        line = _line(yaml.compose(text, Loader=yaml.SafeLoader), first["loc"])
        raise GcmrefsError(f"{name}:{line}: {f'{where}: ' if where else ''}{what}: correct the file") from None


def _line(node: Any, place: tuple[int | str, ...]) -> int:
    """The line of the deepest part of a place (keys and positions) that the file has."""
    line = node.start_mark.line + 1 if node else 1
    for key in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        else:
            break
    return line
