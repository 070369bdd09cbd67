"""The corpus: which documents there are, where they come from, and what is known of each before it is read."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from extractors.identity import identity
from pipeline.errors import CorpusError
from pipeline.holding import FETCHED, same_as

MANIFEST = "manifest.yaml"
SAMPLE = "sample"
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


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the corpus together with what the manifest says of it (only the slug when it says nothing)."""

    source: Source
    path: Path

    @property
    def slug(self) -> str:
        return self.source.slug


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a folder holds: the documents in the order of the tables, and manifest entries without a file yet."""

    folder: Path
    documents: tuple[Document, ...]
    missing: tuple[Source, ...] = ()
    sample: bool = False


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


def slug_of(name: str) -> str:
    """Return the slug that a file name or title stands for: letters, digits, `.`, `_` and `-` only.

    >>> slug_of("A_RES_73_195 (final)")
    'A_RES_73_195-final'
    """
    text = re.sub(r"[^\w.\-]+", "-", unicodedata.normalize("NFC", name)).strip("-._")
    return text[:100].rstrip("-._") or "document"


def slugs(files: Iterable[PurePosixPath], taken: Iterable[str] = ()) -> dict[PurePosixPath, str]:
    """Give each file (relative to its folder) a slug of its own.

    The stem serves where it is the only one; where stems collide, all that share it carry their format; where that
    is not enough (same name in two folders), the folders; and where even that collides, a hash of the path. The
    outcome depends on the set of files only, never on the order in which the disk lists them.

    >>> files = [PurePosixPath("un/A_RES_73_195.pdf"), PurePosixPath("un/A_RES_73_195.docx")]
    >>> sorted(slugs(files).values())
    ['A_RES_73_195.docx', 'A_RES_73_195.pdf']
    """
    forms: tuple[Any, ...] = (
        lambda f: slug_of(f.stem),
        lambda f: slug_of(f.name),
        lambda f: slug_of("-".join(f.parts)),
        lambda f: f"{slug_of(f.stem)[:80]}-{identity(*f.parts)}",
    )
    done: dict[PurePosixPath, str] = {}
    left = sorted(set(files))
    used = {slug.casefold() for slug in taken}
    for form in forms:
        counts = Counter(form(f).casefold() for f in left)
        free = [f for f in left if counts[form(f).casefold()] == 1 and form(f).casefold() not in used]
        done |= {f: form(f) for f in free}
        used |= {slug.casefold() for slug in counts}
        left = [f for f in left if f not in done]
    return done


def inside(folder: Path, address: str) -> Path | None:
    """Return the file that a `file:` address names, or None when it is not there or leaves the folder by a link."""
    path = folder / address.removeprefix("file:")
    try:
        resolved = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    return path if resolved.is_file() and resolved.is_relative_to(folder.resolve()) else None


def located(folder: Path, source: Source) -> Path | None:
    """Return the file of a manifest entry: the fetched one, else the first of its `file:` addresses that is there."""
    for suffix in SUFFIXES:
        if (path := folder / FETCHED / f"{source.slug}{suffix}").is_file():
            return path
    found = (inside(folder, address) for address in source.addresses if address.startswith("file:"))
    return next((path for path in found if path is not None), None)


def files_in(folder: Path) -> list[Path]:
    """Return every document file in a folder and its sub-folders, sorted by path; hidden ones are passed over."""
    found = []
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "~$")) for part in parts)
        if path.suffix.lower() in SUFFIXES and path.stem.lower() != "readme" and not hidden and path.is_file():
            found.append(path)
    return sorted(found, key=lambda p: p.relative_to(folder).as_posix())


def discover(folder: Path) -> Corpus:
    """Return the documents of a corpus folder, in an order that is always the same.

    Manifest entries come first, in the manifest's order, as far as their file is there; then every other document file
    in the folder. The sample (its text forms) stands in when there is nothing else, so that the first run needs no network. A folder
    without a manifest is simply all its documents.

    Raises CorpusError when the folder or its manifest cannot be used, or no document is found.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder: give --corpus or set GCMREFS_CORPUS")
    manifest = read_manifest(folder / MANIFEST) if (folder / MANIFEST).is_file() else None
    sources = manifest.sources if manifest else ()
    there = {source.slug: path for source in sources if (path := located(folder, source)) is not None}
    documents = [Document(source, there[source.slug]) for source in sources if source.slug in there]
    same = same_as(folder)
    missing = tuple(source for source in sources if source.slug not in there and source.slug not in same)
    used = {path.resolve() for path in there.values()}
    kept = (FETCHED, SAMPLE) if manifest else ()
    loose = [f for f in files_in(folder) if f.relative_to(folder).parts[0] not in kept and f.resolve() not in used]
    documents += _unlisted(folder, loose, taken=[source.slug for source in sources])
    sample = not documents and manifest is not None
    if sample:
        documents = _unlisted(folder / SAMPLE, [f for f in files_in(folder / SAMPLE) if f.suffix == ".txt"])
    if not documents:
        raise CorpusError(f"{folder}: no documents: put files there or run gcmrefs corpus fetch")
    return Corpus(folder, tuple(documents), missing, sample)


def _unlisted(folder: Path, files: Iterable[Path], taken: Iterable[str] = ()) -> list[Document]:
    relative: Mapping[PurePosixPath, Path] = {PurePosixPath(f.relative_to(folder).as_posix()): f for f in files}
    return [Document(Source(slug=slug), relative[name]) for name, slug in sorted(slugs(relative, taken).items())]
