"""The one reader of YAML files: strict models, and errors that name file, line and key."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

Read = TypeVar("Read", bound=BaseModel)


def read_yaml(path: Path, model: type[Read]) -> Read:
    """Read one YAML file into a model.

    Raises LexiconError that names file, line and key when the file is missing, broken or not of the model's form.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise LexiconError(f"{path.name}: {error.strerror}: give a lexicon folder that holds it") from None
    try:
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LexiconError(f"{path.name}:{line}: not valid YAML: {error.problem}: correct the file") from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        line = line_of(yaml.compose(text, Loader=yaml.SafeLoader), first["loc"])
        kind = "unknown key" if first["type"] == "extra_forbidden" else first["msg"]
        raise LexiconError(f"{path.name}:{line}: {where}: {kind}: correct the file") from None


class LexiconError(ValueError):
    """A lexicon file that breaks the format; the message names file, line and what to do."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


_Checked = TypeVar("_Checked", bound=_Model)


def line_of(node: yaml.Node | None, path: tuple[Any, ...]) -> int:
    """The line in the file of the place that a validation error names."""
    line = node.start_mark.line + 1 if node else 1
    for key in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
        elif isinstance(node, yaml.MappingNode):
            hit = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if hit is None:
                break
            line, node = hit[0].start_mark.line + 1, hit[1]
            continue
        else:
            break
        line = node.start_mark.line + 1
    return line


def _fail(path: Path, error: ValidationError, prefix: tuple[Any, ...], text: str) -> LexiconError:
    first = error.errors(include_url=False)[0]
    where = (*prefix, *first["loc"])
    line = line_of(_composed(text), where)
    kind = "unknown key" if first["type"] == "extra_forbidden" else first["msg"]
    return LexiconError(f"{path.name}:{line}: {'.'.join(str(p) for p in where)}: {kind}: correct the file")


def default_folder() -> Path:
    """The lexicons that come with the package."""
    return Path(str(files("lexicons")))


def _composed(text: str) -> yaml.Node | None:
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _valid(model: type[_Checked], raw: Any, path: Path, text: str, where: tuple[Any, ...]) -> _Checked:
    """The validated model, or a LexiconError with the file and line of what is wrong."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise _fail(path, error, where, text) from None


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Both read the same; that of the C library ten times as fast."""


Data = TypeVar("Data", bound=_Model)


def folder() -> Path:
    """The words of the tables that come with the package."""
    return default_folder() / "tables"


def version() -> str:
    """Return a text that changes with any byte of the words of the tables."""
    digest = hashlib.sha256()
    for path in sorted(folder().glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _read(path: Path, model: type[Data]) -> Data:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read: {error}: restore the file") from None
    return cast(Data, _checked(path.name, text, model))


@lru_cache(maxsize=8)
def _checked(name: str, text: str, model: type[_Model]) -> _Model:
    try:
        data = yaml.load(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "not readable"
        raise LexiconError(f"{name}:{line}: not valid YAML: {problem}: correct the file") from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        first = next((p for p in problems if p["type"] == "extra_forbidden"), problems[0])
        what = "unknown key" if first["type"] == "extra_forbidden" else first["msg"]
        where = ".".join(str(part) for part in first["loc"])
        line = _line(yaml.compose(text, Loader=yaml.SafeLoader), first["loc"])
        raise LexiconError(f"{name}:{line}: {f'{where}: ' if where else ''}{what}: correct the file") from None


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
