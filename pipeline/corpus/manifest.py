"""The corpus: which documents there are, where they come from, and what is known of each before it is read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator

from extractors.lexicon.yaml_file import Strict, YamlFile
from extractors.model import Role
from pipeline.errors import CorpusError
from pipeline.extract.front import KindOfDocument

MANIFEST = "manifest.yaml"
SUFFIXES: tuple[str, ...] = (".pdf", ".docx", ".html", ".htm", ".txt", ".doc")
"""Files that count as documents; `.doc` is among them so that it is reported as unreadable rather than passed over."""


def _date(value: object) -> object:
    """YAML reads `2018-12-19` as a date and `2018` as a number; both mean the text."""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _valid_slug(slug: str) -> str:
    if not re.fullmatch(r"[^\W_][\w.\-]*", slug):
        raise ValueError(f"{slug!r}: letters, digits, '.', '_' and '-' only, the first a letter or digit")
    return slug


class Minimum(Strict):
    """The least a document must yield; a run that finds less does not replace the last good tables."""

    paragraphs: int = Field(default=0, ge=0)
    references: int = Field(default=0, ge=0)


class Source(Strict):
    """One entry of the manifest: a document by its slug, and what is known of it before it is read.

    `addresses` are tried in order, the official one first: http(s) addresses, or `file:` with a path relative to the
    manifest that stays inside its folder. Empty fields are filled from the document itself. Entries with the same
    `work` (a name of your own, a symbol, or the slug of another document) are copies of one work; `preferred` is the
    copy that the tables count; `role` says what the document is where its kind does not.
    """

    slug: str = Field(max_length=120)
    symbol: str = ""
    title: str = ""
    kind: KindOfDocument = "other"
    iscm: str = ""
    date: Annotated[str, BeforeValidator(_date), Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")] = ""
    language: str = Field(default="", pattern=r"^([a-z]{2})?$")
    work: str = Field(default="", max_length=200)
    role: Role | Literal[""] = ""
    preferred: bool = False
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

    def lacks(self, fact: str) -> bool:
        """Whether it is known that the document has no such fact (`iscm`, `date`), whatever its text seems to say."""
        return False


class Watch(Strict):
    """A page, feed or sitemap where an ISCM announces its documents; what is new there is proposed, never taken.

    `pattern` and `exclude` are regular expressions (case counts unless they start with `(?i)`) searched in a link's
    address and its text. `kind`, `iscm` and `language` go into the proposed entries.
    """

    slug: str = Field(max_length=120)
    address: str
    pattern: str = ""
    exclude: str = ""
    kind: KindOfDocument = "other"
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


class Manifest(Strict):
    """The whole of `manifest.yaml`."""

    sources: tuple[Source, ...] = ()
    watch: tuple[Watch, ...] = ()


def read_manifest(path: Path) -> Manifest:
    """Read and check a manifest; every mistake names the file and the line.

    Raises CorpusError when the file cannot be read, is not YAML, or breaks the format: unknown keys, a key given
    twice, a slug used twice, an address that is no address or leaves the folder.
    """
    return _checked(YamlFile.read(path, raises=CorpusError))


def parse_manifest(text: str, name: str) -> Manifest:
    """Check a manifest's text; `name` stands in the messages. See `read_manifest`."""
    return _checked(YamlFile.parse(text, name, raises=CorpusError))


def _checked(file: YamlFile) -> Manifest:
    manifest = file.valid(Manifest, {} if file.data is None else file.data)
    listed: tuple[tuple[str, Sequence[Source | Watch]], ...] = (
        ("sources", manifest.sources),
        ("watch", manifest.watch),
    )
    for block, entries in listed:
        slugs: set[str] = set()
        for position, entry in enumerate(entries):
            if entry.slug.casefold() in slugs:
                raise file.error((block, position), f"slug used twice: {entry.slug}")
            slugs.add(entry.slug.casefold())
    return manifest
