"""A proposed manifest entry for a file or an address, appended to the manifest without touching what is there."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import yaml

from pipeline.corpus import describe
from pipeline.corpus.discovery import free_slug, slug_of
from pipeline.corpus.manifest import MANIFEST, SUFFIXES, Source, parse_manifest, read_manifest
from pipeline.errors import CorpusError, GcmrefsError, Refused
from pipeline.files import write_text
from pipeline.ingest.format import suffix_of
from pipeline.settings import Limits

if TYPE_CHECKING:
    from pipeline.corpus.web import Answer

ADDED = "added"
"""Folder inside the corpus for files that were added from elsewhere."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed entry, the bytes of a document that came from the web, and why there are none (`problem`)."""

    source: Source
    data: bytes | None = None
    answer: Answer | None = None
    problem: str = ""


def propose(
    folder: Path, what: str, *, hints: Mapping[str, str] | None = None, get: Callable[[str], Answer] | None = None
) -> Proposal:
    """Return an entry for a file or an http(s) address, with a slug that is still free.

    Title, kind, issuing ISCM, date and language are taken from what the document shows; `hints` (what a watch entry
    knows) fill what it does not. An address that cannot be got is noted with what is known, and the problem told. A
    file's address is where it is in the corpus, or where `append` puts it. `get` replaces the web in tests.

    Raises CorpusError for anything else and InputError for a file that cannot be read.
    """
    known = {name: value for name, value in (hints or {}).items() if value}
    if what.startswith(("http://", "https://")):
        return _from_web(what, _listed(folder), known, get or _get)
    file = Path(what)
    if not file.is_file():
        raise CorpusError(f"{what}: neither a file nor an http(s) address")
    if file.suffix.lower() not in SUFFIXES:
        raise CorpusError(f"{what}: not a document: {', '.join(SUFFIXES[:-1])} are")
    slug, address = place_file(folder, file.name, file.suffix.lower())
    here = folder.resolve()
    if file.resolve().is_relative_to(here):
        address = "file:" + file.resolve().relative_to(here).as_posix()
    return Proposal(_entry(slug, address, _merged(known, describe.described(file))))


def place_file(folder: Path, name: str, suffix: str, taken: Iterable[str] = ()) -> tuple[str, str]:
    """Return a slug for a file of this name that no entry has yet and that is none of `taken`, and its address for `append`."""
    slug = free_slug(slug_of(Path(name).stem), _listed(folder) | {other.casefold() for other in taken})
    return slug, f"file:{ADDED}/{slug}{suffix}"


def _listed(folder: Path) -> set[str]:
    path = folder / MANIFEST
    return {source.slug.casefold() for source in read_manifest(path).sources} if path.is_file() else set()


def _from_web(what: str, taken: set[str], known: Mapping[str, str], get: Callable[[str], Answer]) -> Proposal:
    import httpx

    try:
        httpx.URL(what)
    except httpx.InvalidURL as error:
        raise CorpusError(f"{what}: not an address: {error}") from None
    parts = urlsplit(what)
    address = what.replace(" ", "%20")
    slug = free_slug(slug_of(Path(unquote(parts.path)).stem or parts.hostname or "document"), taken)
    try:
        answer = get(address)
        data = answer.data or b""
        suffix = suffix_of(data)
        with tempfile.TemporaryDirectory(prefix="gcmrefs-") as place:
            file = Path(place) / f"{slug}{suffix}"
            file.write_bytes(data)
            said = describe.described(file)
    except (Refused, GcmrefsError) as error:
        return Proposal(_entry(slug, address, known), problem=f"{address}: {error}")
    return Proposal(_entry(slug, address, _merged(known, said)), data, answer)


def _get(address: str) -> Answer:
    from pipeline.corpus import web

    with web.opened() as opened:
        return web.get(opened, address, limit=Limits().bytes)


def _merged(known: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """What the document shows goes before what is otherwise known; "other" as kind shows nothing."""
    return {**known, **{name: value for name, value in said.items() if value and value != "other"}}


def _entry(slug: str, address: str, said: Mapping[str, str]) -> Source:
    return Source.model_validate({**said, "slug": slug, "addresses": (address,)})


def text(source: Source, indent: str = "  ") -> str:
    """Return an entry as it stands in the manifest (values as JSON strings, which are YAML as well)."""
    values: dict[str, object] = {
        name: getattr(source, name) for name in ("slug", "symbol", "title", "kind", "iscm", "date", "language")
    }
    shown = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value]
    shown += ["addresses:", *(f"  - {json.dumps(address, ensure_ascii=False)}" for address in source.addresses)]
    return f"{indent}- " + f"\n{indent}  ".join(shown) + "\n"


def append(folder: Path, source: Source, file: Path | None = None) -> Path:
    """Add an entry after the last one of `sources` in one step, and make the manifest when there is none.

    What is there stays as it is, comments and order included. `file` is copied to where the entry expects it, unless it
    is there. Raises CorpusError when the manifest is not valid, when the entry has to be added by hand (`sources` is
    written in one line), or when another file stands where this one should go.
    """
    path = folder / MANIFEST
    before = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    old = parse_manifest(before, str(path))
    after = _inserted(before, source)
    try:
        new = parse_manifest(after, str(path))
    except CorpusError:
        new = old
    if new.sources != (*old.sources, source) or new.watch != old.watch:
        raise CorpusError(f"{path}: the entry cannot be appended: add it by hand under sources: {text(source, '')}")
    if file is not None:
        _copy(file, folder / source.addresses[0].removeprefix("file:"))
    write_text(path, after)
    return path


def _inserted(before: str, source: Source) -> str:
    """The manifest's text with one more entry, put in as text so that nothing else moves."""
    lines = before.rstrip().splitlines()
    root = yaml.compose(before, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    place = next((n for n, (key, _) in enumerate(pairs) if key.value == "sources"), None)
    if place is None:
        return "\n".join([*lines, *([""] if lines else []), "sources:", "", text(source)])
    key, value = pairs[place]
    end = pairs[place + 1][0].start_mark.line if place + 1 < len(pairs) else len(lines)
    while end > key.start_mark.line + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    indent = "  "
    if value.value and isinstance(value, yaml.SequenceNode):
        indent = " " * value.start_mark.column
    elif lines[key.start_mark.line].rstrip().endswith("[]"):
        lines[key.start_mark.line] = lines[key.start_mark.line].rstrip().removesuffix("[]").rstrip()
    rest = lines[end:]
    added = ["", text(source, indent).rstrip()]
    return "\n".join([*lines[:end], *added, *([""] if rest and rest[0].strip() else []), *rest, ""])


def _copy(file: Path, place: Path) -> None:
    if place.exists() and place.samefile(file):
        return
    if place.exists():
        raise CorpusError(f"{place}: already there: rename {file.name} or remove it")
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, place)
