"""The one reader of YAML files: strict models, and errors that name file, line, key and remedy."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

Place: TypeAlias = tuple[int | str, ...]
"""Where a value stands in a file: its keys and positions, from the outside in."""


class LexiconError(ValueError):
    """A lexicon file that breaks the format; the message names file, line and what to do."""


class Strict(BaseModel):
    """A model that knows all its keys and does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Read = TypeVar("Read", bound=BaseModel)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Both read the same; that of the C library ten times as fast."""
_TEXT, _LIST, _MAPPING, _MERGED = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map", "merge"))


def read_yaml(path: Path, model: type[Read], *, raises: type[Exception] = LexiconError) -> Read:
    """Read one YAML file into a model.

    Raises `raises` that names file, line, key and remedy when the file is missing, broken or not of the model's form.
    An empty file is one without keys.
    """
    file = YamlFile.read(path, raises=raises)
    return file.valid(model, {} if file.data is None else file.data)


@dataclass(frozen=True)
class YamlFile:
    """A YAML file as read: its plain data, and the nodes that tell on which line each value stands.

    Keys given twice are refused, for the first value would be lost without a word; so are anchors and aliases, which can
    nest without end or grow without bound.
    """

    name: str
    data: Any
    node: yaml.Node | None
    raises: type[Exception]

    @classmethod
    def read(cls, path: Path, *, raises: type[Exception] = LexiconError) -> YamlFile:
        """Read a file; raises `raises` when it is missing, not UTF-8 or no YAML."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            problem = getattr(error, "strerror", None) or str(error)
            raise raises(f"{path.name}: cannot be read: {problem}: restore the file") from None
        return cls.parse(text, path.name, raises=raises)

    @classmethod
    def parse(cls, text: str, name: str, *, raises: type[Exception] = LexiconError) -> YamlFile:
        """Read a text; `name` stands in the messages.

        >>> YamlFile.parse("a: [1, 2]", "a.yaml").line(("a", 1))
        1
        """
        loader = _LOADER(text)
        try:
            node = loader.get_single_node()
            return cls(name, _data(node, loader, set()) if node else None, node, raises)
        except _Unclear as unclear:
            raise raises(f"{name}:{unclear.node.start_mark.line + 1}: {unclear}: correct the file") from None
        except (yaml.YAMLError, RecursionError, UnicodeError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or (str(error).splitlines() or ["not readable"])[0]
            line = mark.line + 1 if mark else 1
            raise raises(f"{name}:{line}: not valid YAML: {problem}: correct the file") from None
        finally:
            loader.dispose()

    def valid(self, model: type[Read], data: Any, place: Place = ()) -> Read:
        """The data at a place as a model; raises the file's error with the line of the first mistake, unknown keys first."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            problems = error.errors(include_url=False)
            first = next((p for p in problems if p["type"] == "extra_forbidden"), problems[0])
            problem = (
                "unknown key" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
            )
            raise self.error((*place, *first["loc"]), problem) from None

    def error(self, place: Place, problem: str, remedy: str = "correct the file") -> Exception:
        """The error to raise for a mistake at a place."""
        where = ".".join(map(str, place))
        return self.raises(f"{self.name}:{self.line(place)}: {f'{where}: ' if where else ''}{problem}: {remedy}")

    def line(self, place: Place) -> int:
        """The line, from 1, of the deepest part of a place that the file has."""
        node = self.node
        line = node.start_mark.line + 1 if node else 1
        for key in place:
            if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
                node = node.value[key]
                line = node.start_mark.line + 1
            elif isinstance(node, yaml.MappingNode):
                pair = next(((k, v) for k, v in node.value if str(k.value) == str(key)), None)
                if pair is None:
                    break
                line, node = pair[0].start_mark.line + 1, pair[1]
            else:
                break
        return line


class _Unclear(Exception):
    """What YAML allows and no file here may have, and the node where it stands."""

    def __init__(self, node: yaml.Node, problem: str) -> None:
        super().__init__(problem)
        self.node = node


def _data(node: yaml.Node, loader: Any, above: set[int]) -> Any:
    """The plain data of a node, as the loader gives it but in a third of its time: nearly all are texts, lists and mappings.

    Raises _Unclear for a node met before (an alias shows as one) and for a key given twice.
    """
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.tag == _TEXT else loader.construct_object(node)
    if id(node) in above:
        raise _Unclear(node, "anchors and aliases are not used in this file")
    above.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        items = [_data(item, loader, above) for item in node.value]
        return items if node.tag == _LIST else loader.construct_object(node, deep=True)
    keys: set[str] = set()
    pairs: dict[object, object] = {}
    is_plain = node.tag == _MAPPING
    for key, value in node.value:
        if str(key.value) in keys:
            raise _Unclear(key, f"{key.value}: key given twice")
        keys.add(str(key.value))
        is_plain = is_plain and isinstance(key, yaml.ScalarNode) and key.tag != _MERGED
        name = key.value if key.tag == _TEXT or not is_plain else loader.construct_object(key)
        data = _data(value, loader, above)
        if is_plain:
            pairs[name] = data
    return pairs if is_plain else loader.construct_object(node, deep=True)


OWN = "GCMREFS_LEXICONS"
"""Names a folder of one's own: it replaces the lexicons of the package where it is a whole set (it has `compact.yaml` and
`languages/`), else its files of entries are added to them."""


def default_folder() -> Path:
    """The lexicons that are used: one's own where they are a whole set, else those that come with the package."""
    own = own_folder()
    return own if own is not None and _is_whole(own) else Path(str(files("lexicons")))


def added_folder() -> Path | None:
    """The folder whose entries are added to those of the package, None for none."""
    own = own_folder()
    return own if own is not None and not _is_whole(own) else None


def own_folder() -> Path | None:
    """The folder that `GCMREFS_LEXICONS` names, None where it is not set. Raises LexiconError when it has no YAML file."""
    name = os.environ.get(OWN, "")
    if not name:
        return None
    if not any(Path(name).glob("*.yaml")):
        raise LexiconError(f"{OWN}: {name}: no lexicon files: name a folder that holds *.yaml, or unset it")
    return Path(name).resolve()


def own_version() -> str:
    """Return a text that changes with any byte of one's own lexicons, "" for none."""
    own = own_folder()
    return _digest(sorted(own.rglob("*.yaml"))) if own is not None else ""


def _is_whole(own: Path) -> bool:
    return (own / "compact.yaml").is_file() and (own / "languages").is_dir()


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def folder() -> Path:
    """The words of the tables that come with the package."""
    return default_folder() / "tables"
