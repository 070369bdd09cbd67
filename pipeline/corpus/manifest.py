"""The corpus: which documents there are, where they come from, and what is known of each before it is read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from pipeline.errors import CorpusError

MANIFEST = "manifest.yaml"
SUFFIXES: tuple[str, ...] = (".pdf", ".docx", ".html", ".htm", ".txt", ".doc")
"""Files that count as documents; `.doc` is among them so that it is reported as unreadable rather than passed over."""

Place = tuple[int | str, ...]
Category = Literal["resolution", "declaration", "communique", "plan", "report", "position", "highlights", "other"]


def _date(value: object) -> object:
    """YAML reads `2018-12-19` as a date and `2018` as a number; both mean the text."""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _valid_slug(slug: str) -> str:
    if not re.fullmatch(r"[^\W_][\w.\-]*", slug):
        raise ValueError(f"{slug!r}: letters, digits, '.', '_' and '-' only, the first a letter or digit")
    return slug


class Minimum(BaseModel):
    """The least a document must yield; a run that finds less does not replace the last good tables."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    paragraphs: int = Field(default=0, ge=0)
    references: int = Field(default=0, ge=0)


class Source(BaseModel):
    """One entry of the manifest: a document by its slug, and what is known of it before it is read.

    `addresses` are tried in order, the official one first: http(s) addresses, or `file:` with a path relative to the
    manifest that stays inside its folder. Empty fields are filled from the document itself.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str = Field(max_length=120)
    symbol: str = ""
    title: str = ""
    kind: Category = "other"
    iscm: str = ""
    date: Annotated[str, BeforeValidator(_date), Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")] = ""
    language: str = Field(default="", pattern=r"^([a-z]{2})?$")
    addresses: tuple[str, ...] = ()
    minimum: Minimum = Minimum()

    @field_validator("slug")
    @classmethod
    def _slug(cls, slug: str) -> str:
        return _valid_slug(slug)

    @field_validator("addresses")
    @classmethod
    def _addresses(cls, addresses: tuple[str, ...]) -> tuple[str, ...]:
        for address in addresses:
            if re.match(r"https?://[^/\s]+", address) and not re.search(r"\s", address):
                continue
            if not address.startswith("file:"):
                raise ValueError(f"{address!r} is neither an http(s) address nor file:PATH")
            path = PurePosixPath(address.removeprefix("file:"))
            if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in address:
                raise ValueError(f"{address!r} must be a path inside the manifest's folder")
        return addresses

    def facts(self) -> tuple[str, ...]:
        """What the manifest says that ends up in the tables; a change of it means that the document is read anew."""
        return (self.symbol, self.title, self.kind, self.iscm, self.date)


class Watch(BaseModel):
    """A page, feed or sitemap where an ISCM announces its documents; what is new there is proposed, never taken.

    `pattern` and `exclude` are regular expressions (case counts unless they start with `(?i)`) searched in a link's
    address and its text. `kind`, `iscm` and `language` go into the proposed entries.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str = Field(max_length=120)
    address: str
    pattern: str = ""
    exclude: str = ""
    kind: Category = "other"
    iscm: str = ""
    language: str = Field(default="", pattern=r"^([a-z]{2})?$")

    @field_validator("slug")
    @classmethod
    def _slug(cls, slug: str) -> str:
        return _valid_slug(slug)

    @field_validator("address")
    @classmethod
    def _address(cls, address: str) -> str:
        if not re.fullmatch(r"https?://[^/\s]+\S*", address):
            raise ValueError(f"{address!r} is no http(s) address")
        return address

    @field_validator("pattern", "exclude")
    @classmethod
    def _expression(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{pattern!r} is no regular expression: {error}") from None
        return pattern


class Manifest(BaseModel):
    """The whole of `manifest.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: tuple[Source, ...] = ()
    watch: tuple[Watch, ...] = ()


def read_manifest(path: Path) -> Manifest:
    """Read and check a manifest; every mistake names the file and the line.

    Raises CorpusError when the file cannot be read, is not YAML, or breaks the format: unknown keys, a key given
    twice, a slug used twice, an address that is no address or leaves the folder.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: cannot be read: {error}") from None
    return parse_manifest(text, str(path))


def parse_manifest(text: str, name: str) -> Manifest:
    """Check a manifest's text; `name` stands in the messages. See `read_manifest`."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        lines: dict[Place, int] = {(): 1}
        if root is not None:
            lines.update(_lines(root, (), set()))
        value = yaml.safe_load(text)
    except _Unclear as error:
        raise CorpusError(f"{name}:{error.line}: {error}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise CorpusError(f"{name}:{mark.line + 1 if mark else 1}: not valid YAML: {problem}") from None
    try:
        manifest = Manifest.model_validate({} if value is None else value)
    except ValidationError as error:
        first = error.errors()[0]
        place = first["loc"]
        found: Place = place
        while found not in lines:
            found = found[:-1]
        raise CorpusError(f"{name}:{lines[found]}: {_problem(place, first['type'], first['msg'])}") from None
    listed: tuple[tuple[str, Sequence[Source | Watch]], ...] = (
        ("sources", manifest.sources),
        ("watch", manifest.watch),
    )
    for block, entries in listed:
        seen: set[str] = set()
        for position, entry in enumerate(entries):
            if entry.slug.casefold() in seen:
                raise CorpusError(f"{name}:{lines[block, position]}: slug used twice: {entry.slug}")
            seen.add(entry.slug.casefold())
    return manifest


class _Unclear(Exception):
    def __init__(self, node: yaml.Node, problem: str) -> None:
        self.line = node.start_mark.line + 1
        super().__init__(problem)


def _lines(node: yaml.Node, place: Place, above: set[int]) -> Iterator[tuple[Place, int]]:
    """Where each value stands (lines from 1). An alias shows as a node met before: refused, for it can nest without
    end or grow without bound."""
    if id(node) in above:
        raise _Unclear(node, "anchors and aliases are not used in this file")
    above.add(id(node))
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if str(key.value) in seen:
                raise _Unclear(key, f"key given twice: {key.value}")
            seen.add(str(key.value))
            yield (*place, str(key.value)), key.start_mark.line + 1
            yield from _lines(value, (*place, str(key.value)), above)
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            yield (*place, position), value.start_mark.line + 1
            yield from _lines(value, (*place, position), above)


def _problem(place: Place, kind: str, message: str) -> str:
    field = ".".join(str(part) for part in place)
    if kind == "extra_forbidden":
        return f"unknown key: {place[-1]}"
    return f"{field}: {message.removeprefix('Value error, ')}" if field else message.removeprefix("Value error, ")
